"""A rule: one fault, one module, found by scanning.

A rule is a module in ``rules/<family>/``, named for the fault.  It holds

- a docstring: the fault in one line, then the headings ``What it does``, ``Why it is bad``, ``Known problems`` (if any);
- ``RULE``: a :class:`Rule`;
- ``BAD`` and ``GOOD``: samples, each a small paper in Markdown; the tests read them, and the documentation shows the first of each;
- ``check(paper, options)``: yields :class:`Message`, the faults and what was found to be right, in words that
  :func:`evaltrail.check.wording.say` has made, so that they can be had in other languages too.

Nothing else has to be edited when a rule arrives.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from evaltrail.check.wording import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from evaltrail.check.paper import Genre, Paper
    from evaltrail.record import Edit, Place

Severity = Literal["error", "warning", "note"]
"""error: the paper contradicts itself or a requirement is broken; warning: a standard asks for more; note: worth a look."""
Status = Literal["preview", "stable", "deprecated"]
"""stable: at least 20 labelled messages over five documents, at least 0.9 of them true (docs/reference/precision.md)."""

FAMILIES = {
    "structure": "STR",
    "summary": "SUM",
    "method": "MET",
    "findings": "FIN",
    "ratings": "RAT",
    "conclusions": "CON",
    "recommendations": "REC",
    "lessons": "LES",
    "chain": "CHA",
    "numbers": "NUM",
    "language": "LAN",
    "response": "RES",
    "inclusion": "INC",
}
"""Folder of a family and the letters that its codes begin with."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is fixed about a rule."""

    code: str
    """Family letters and three digits; never given to another rule."""
    severity: Severity
    sources: tuple[str, ...]
    """Where the norm stands ("UNEG quality checklist 2010, item 4.2"), or "consistency" where a paper is held against itself."""
    papers: frozenset[Genre]
    """Kinds of paper that the rule is meant for."""
    status: Status = "preview"
    version: int = 1
    """Goes up when the rule's messages change, so that labels of its precision tell what they were given to."""
    development: bool = False
    """Whether the norm is one of development cooperation (UNEG, OECD-DAC), which the evaluations of a tax office or a health department do
    not follow: on a paper of another field the rule is run only when a profile names it."""
    suspects: bool = False
    """Whether the rule can only suspect; its messages then say "may" or "seems"."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Names and defaults of what a profile may set; what each means stands in the docstring under ``Options``."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a message speaks of, and what stands there: words of the paper as they are, others said."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What a rule says about one place: a fault, or with ``right`` something that it found to be as it should."""

    text: Said
    """One sentence that names the thing: "Recommendation 3 (Part III) has a time, “Medium-term”, in the resource column."."""
    places: tuple[Place, ...] = ()
    """Where; empty for something that is missing from the whole paper."""
    right: bool = False
    statement: str | None = None
    """id of the statement that it is about."""
    related: tuple[Related, ...] = ()
    proposal: str | None = None
    """What could stand there instead, for a person to judge."""
    repair: tuple[Edit, ...] = ()
    """Changes to the record that are safe to make; empty where only a person can say."""

    def __post_init__(self) -> None:
        """Refuse a sentence that could be had in one language only."""
        if not isinstance(self.text, Said):
            raise TypeError(f"the words of a message are given by evaltrail.check.wording.say: {self.text}")


class Check(Protocol):
    """The function of a rule."""

    def __call__(self, paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
        """Yield what is wrong with the paper, and what was looked at and is right."""
        ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule with its function, documentation and samples."""

    rule: Rule
    name: str
    """The module's name with hyphens: ``time-in-resource-column``."""
    family: str
    doc: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    check: Check

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def title(self) -> str:
        """The fault in one line, without a full stop."""
        return self.doc.partition("\n")[0].rstrip(".")


@cache
def rules() -> dict[str, Loaded]:
    """All rules by code, in order of family and code. Raises ``ValueError`` for a module that is no sound rule."""
    import evaltrail.check.rules as package

    found: dict[str, Loaded] = {}
    for family in FAMILIES:
        where = f"{package.__name__}.{family}"
        try:
            folder = importlib.import_module(where)
        except ModuleNotFoundError:
            continue
        of_family = [_loaded(importlib.import_module(f"{where}.{m.name}"), family, m.name) for m in pkgutil.iter_modules(folder.__path__)]
        for one in sorted((r for r in of_family if r is not None), key=lambda r: r.code):
            if one.code in found:
                raise ValueError(f"{one.name} and {found[one.code].name} have the same code {one.code}")
            found[one.code] = one
    return found


def _loaded(module: ModuleType, family: str, name: str) -> Loaded | None:
    if name.startswith("_"):
        return None  # what rules of a family share
    rule: Rule = module.RULE
    if not rule.code.startswith(FAMILIES[family]) or len(rule.code) != 6:
        raise ValueError(f"{name}: the code {rule.code} does not fit the family {family} ({FAMILIES[family]} and three digits)")
    return Loaded(rule, name.replace("_", "-"), family, module.__doc__ or "", tuple(module.BAD), tuple(module.GOOD), module.check)
