"""A table or figure is never mentioned in the text.

## What it does
Looks at the captions that begin with a word such as “Table” and a number. One message for those whose number no other
text names, ranges (“Figures 2–5”) counted. A caption right behind words such as “the following table” counts as
mentioned.

## Why it is bad
The reader meets a table without knowing what it is to show. What the text does not use may not be needed.

## Options
- `share`: part of the numbered tables and figures that must be mentioned before single ones are reported (0.3): where a
paper never mentions any,   it is a habit, and one message says so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._lines import folded, listed
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="STR020", severity="note", sources=("practice of evaluation offices",), papers=EVALUATIONS, options={"share": 0.3})

_TABLE = "| Year | Wells |\n|---|---|\n| 2020 | 40 |\n\n"
BAD = (
    f"# Evaluation of the water programme\n\n## Findings\n\nHalf of the wells work.\n\nTable 1: Wells by year\n\n{_TABLE}",
    f"# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié des puits marche.\n\nTableau 1 : Puits par année\n\n{_TABLE}",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Findings\n\nHalf of the wells work (Table 1).\n\nTable 1: Wells by year\n\n{_TABLE}",
    f"# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié marche (tableau 1).\n\nTableau 1 : Puits par année\n\n{_TABLE}",
)

_SKIPPED = frozenset({"contents", "annex", "foreign", "references", "aside", "summary"})
_LINE = 160
"""Characters of a paragraph that may be a caption: some formats have no mark for one."""


@cache
def _words() -> str:
    found = {folded(w) for w in packs.merged("layout")["captions"]["words"]}
    return "|".join(re.escape(w) for w in sorted(found, key=len, reverse=True))


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(rf"({_words()})\.?\s(?:n[°º.] ?)?(\d{{1,3}}(?:\.\d{{1,2}})?)(?![\w])[.: ]*")


@cache
def _mention() -> re.Pattern[str]:
    number = r"\d{1,3}(?:\.\d{1,2})?"
    return re.compile(
        rf"(?<!\w)({_words()})s?\.?\s(?:n[°º.] ?)?({number}[a-z]?(?:(?:\s?,\s?|\s?[ &/]\s?|\s(?:and|et|y|e|to|a|au|al)\s){number}[a-z]?)*)"
    )


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for what is never mentioned."""
    captions: dict[tuple[str, str], Unit] = {}
    seen: set[tuple[str, str]] = set()
    pointed: set[int] = set()
    for u in paper.units:
        text = folded(u.text)
        m = _caption().match(text)
        if m and not (u.kind == "caption" or (u.kind == "paragraph" and len(text) < _LINE and m[0].rstrip()[-1:] in (":", "."))):
            m = None
        if m and not u.within & _SKIPPED:
            captions.setdefault((m[1], m[2]), u)
        elif "contents" not in u.within:
            seen |= _mentioned(text)
            if any(w in text for w in listed("captions", "pointing")):
                pointed.add(u.index)
    if len(captions) < 1:
        return
    never = {k: u for k, u in captions.items() if k not in seen and not pointed & set(range(u.index - 3, u.index + 4))}
    if not never:
        yield Message(f"The text mentions all {len(captions)} tables and figures.", next(iter(captions.values())).places, right=True)
        return
    names = [f"{word.capitalize()} {number}" for word, number in never]
    first = next(iter(never.values()))
    related = tuple(Related(n, u.places) for n, u in list(zip(names, never.values(), strict=True))[1:5])
    if len(never) > (1 - options["share"]) * len(captions) and len(captions) > 3:
        yield Message(
            f"The text mentions {len(captions) - len(never)} of its {len(captions)} tables and figures.", first.places, related=related
        )
    else:
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        yield Message(f"The text never mentions {shown}.", first.places, related=related)


def _mentioned(text: str) -> set[tuple[str, str]]:
    """The tables and figures that a text names, each number of a range."""
    out: set[tuple[str, str]] = set()
    for m in _mention().finditer(text):
        numbers = re.findall(r"\d{1,3}(?:\.\d{1,2})?", m[2])
        out |= {(m[1], n) for n in numbers}
        for a, between, b in re.findall(r"(\d{1,3})(\s{1,3}| to | a | au | al )(\d{1,3})", m[2]):
            if between and int(a) < int(b) < int(a) + 30:
                out |= {(m[1], str(n)) for n in range(int(a), int(b))}
    return out
