"""An acronym is introduced and never used again.

## What it does
Counts on the pages how often each acronym stands that is introduced in a sentence of the text or in the list of acronyms. One
that stands nowhere else is named, all of them in one message. Titles of other works that hold an acronym introduce none.

## Why it is bad
Each acronym is one more thing to keep in mind; one that is not used only disturbs.

## Options
- `least`: how many there must be before anything is said, where none of them stands in the list of acronyms (3).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import TOKEN, acronyms, plain
from evaltrail.check.paper import ANY, TEXT_ROLES
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.acronyms import Definition
    from evaltrail.check.paper import Paper

RULE = Rule(code="LAN003", severity="note", sources=("UNEG quality checklist: clear language",), papers=ANY, options={"least": 3})

_BAD = "The Country Programme Outcome (CPO), the Chief Finance Officer (CFO) and the Director of Water (DW) were late.\n"
BAD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_BAD}",
    (
        "# Évaluation du programme\n\n## Constatations\n\n"
        "Le plan de travail et budget annuel (PTBA), le plan national de développement (PND) "
        "et le cadre de gouvernance des migrations (CGM) sont en retard.\n"
    ),
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_BAD}\nThe CPO, the CFO and the DW were dropped.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLe plan de travail et budget annuel (PTBA) est en retard. Le PTBA suit.\n",
)

_NAMED = 8
_ENDS = (".", ";", ":", "!", "?", ".”", ".)")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for the paper."""
    definitions = acronyms(paper).definitions
    stand = Counter(plain(m[0]) for page in paper.record.pages for m in TOKEN.finditer(page.text))
    # An acronym inside another ("DDG" in "DDG/FOP") is used too.
    parts: Counter[str] = Counter()
    for name, n in stand.items():
        parts.update({p: n for p in re.split(r"[/–&-]", name) if p != name})
    idle = [
        ds[0]
        for name, ds in definitions.items()
        if len(ds) == 1
        and (ds[0].listed or (ds[0].sure and _in_sentence(ds[0])))
        and stand[name] + parts[name] <= 1
        and name.isupper()
        and len(name) <= _NAMED
    ]
    idle = _alone(paper, idle)
    if len(idle) >= options["least"] or any(d.listed for d in idle):
        more = len(idle) - _NAMED
        text = plural(
            len(idle),
            "An acronym is introduced and never used again: {acronyms}{more}.",
            "Acronyms are introduced and never used again: {acronyms}{more}.",
            acronyms=tuple(d.acronym for d in idle[:_NAMED]),
            more=plural(more, " and {number} more", " and {number} more") if more > 0 else "",
        )
        yield Message(
            text,
            paper.at(idle[0].unit, idle[0].start, idle[0].end),
            related=tuple(Related(d.acronym, paper.at(d.unit, d.start, d.end)) for d in idle[1:]),
        )


def _in_sentence(definition: Definition) -> bool:
    """Whether it is introduced in a sentence of the paper: titles in lists, tables and quotation marks are those of others."""
    unit = definition.unit
    text = unit.text.rstrip()
    quoted = text.count("“", 0, definition.start) > text.count("”", 0, definition.start)
    return unit.kind in ("paragraph", "item", "footnote") and not unit.within & TEXT_ROLES and text.endswith(_ENDS) and not quoted


def _alone(paper: Paper, idle: list[Definition]) -> list[Definition]:
    """Those that stand once on all pages, hyphens and plurals counted too ("meta-GWAS")."""
    if not idle:
        return []
    names = "|".join(re.escape(d.acronym) for d in sorted(idle, key=lambda d: -len(d.acronym)))
    pattern = re.compile(rf"(?<![A-Za-z])(?:{names})(?=s?(?![A-Za-z]))")
    counts = Counter(m[0] for page in paper.record.pages for m in pattern.finditer(page.text))
    # A list may set the s of a plural as a capital: "CCTS" for the "CCTs" of the text.
    plurals = {d.acronym: f"{d.acronym[:-1]}s" for d in idle if d.acronym.endswith("S")}
    plural = {a: any(p in page.text for page in paper.record.pages) for a, p in plurals.items()}
    return [d for d in idle if counts[d.acronym] <= 1 and not plural.get(d.acronym)]
