"""A table or figure is never mentioned in the text.

## What it does
Looks at the captions that begin with a word such as “Table” and a number. One message for those whose number no other
text names, ranges (“Figures 2–5”) counted. A caption right behind words such as “the following table” counts as
mentioned. Where the format marks tables and others of the paper have a title, also looks for those of the method, the
findings and the conclusions that have none.

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

from evaltrail.check.mention import quoted
from evaltrail.check.pages import folded
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._words import known_headings, listed
from evaltrail.check.wording import plural, say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Passage

RULE = Rule(
    code="STR020", severity="note", sources=("practice of evaluation offices",), version=2, papers=EVALUATIONS, options={"share": 0.3}
)

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
_NUMBERED = re.compile(r"[^\W\d][.s]?\s(?:n[°º.] ?)?\d")
_TITLED = frozenset({"method", "findings", "conclusions"})
"""Parts whose tables have titles where any have; a form around a recommendation has none."""
_LINE = 160
"""Characters of a paragraph that may be a caption: some formats have no mark for one."""


@cache
def _words() -> frozenset[str]:
    return frozenset(folded(w) for w in packs.merged("layout")["captions"]["words"])


@cache
def _beginnings() -> tuple[str, ...]:
    """The words of captions and their plurals, printed with accents or without."""
    return tuple(dict.fromkeys(f"{w}*" for printed in packs.merged("layout")["captions"]["words"] for w in (printed, folded(printed))))


_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_CAPTION = re.compile(rf"([^\W\d_]{{3,14}})\.?\s(?:n[°º.] ?)?({_NUMBER})(?!\w)[.: ]*")
# Any word before a number, and only then whether it is one of a caption: an alternative of forty words is slow.
_MENTION = re.compile(
    rf"(?<!\w)([^\W\d_]{{3,14}})\.?\s(?:n[°º.] ?)?"
    rf"({_NUMBER}[a-z]?(?:(?:\s?,\s?|\s?[ &/]\s?|\s(?:and|et|y|e|to|a|au|al)\s){_NUMBER}[a-z]?)*)"
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for what is never mentioned."""
    captions: dict[tuple[str, str], Unit] = {}
    seen: set[tuple[str, str]] = set()
    for u in paper.holding(_beginnings()):
        if not _NUMBERED.search(u.text):
            continue
        text = folded(u.text)
        m = _CAPTION.match(text)
        if m and m[1] not in _words():
            m = None
        if m and not (u.kind == "caption" or (u.kind == "paragraph" and len(text) < _LINE and m[0].rstrip()[-1:] in (":", "."))):
            m = None
        if m and not u.within & _SKIPPED:
            captions.setdefault((m[1], m[2]), u)
        elif "contents" not in u.within:
            seen |= _mentioned(text)
    if len(captions) < 1:
        return
    if known_headings(paper):
        yield from _untitled(paper)
    never = {k: u for k, u in captions.items() if k not in seen}
    if never:
        pointed = _pointed(paper, {i for u in never.values() for i in range(u.index - 3, u.index + 4)})
        never = {k: u for k, u in never.items() if not any(i in pointed for i in range(u.index - 3, u.index + 4))}
    if not never:
        yield Message(
            say("The text mentions all {number} tables and figures.", number=len(captions)),
            next(iter(captions.values())).places,
            right=True,
        )
        return
    names = [f"{word.capitalize()} {number}" for word, number in never]
    first = next(iter(never.values()))
    related = tuple(Related(n, u.places) for n, u in list(zip(names, never.values(), strict=True))[1:5])
    if len(never) > (1 - options["share"]) * len(captions) and len(captions) > 3:
        yield Message(
            say("The text mentions {number} of its {all} tables and figures.", number=len(captions) - len(never), all=len(captions)),
            first.places,
            related=related,
        )
    else:
        yield Message(
            say("The text never mentions {names}{more}.", names=tuple(names[:5]), more=" …" if len(names) > 5 else ""),
            first.places,
            related=related,
        )


def _untitled(paper: Paper) -> Iterator[Message]:
    """The tables of the method and the findings that no title stands beside, where the paper gives others one."""
    passages = paper.record.passages
    bare = [
        p
        for i, p in enumerate(passages)
        if p.kind == "table"
        and _TITLED & set(p.within)
        and not _SKIPPED & set(p.within)
        and len({c.row for c in p.cells}) > 1
        and not any(_titles(q) for q in passages[max(0, i - 1) : i + 2])
    ]
    if bare:
        cell = next((c for c in bare[0].cells if c.text), None)
        more = plural(len(bare) - 1, ", nor have {number} others", ", nor have {number} others") if len(bare) > 1 else ""
        beginning = "" if cell is None else say(" that begins with {words}", words=quoted(cell.text))
        yield Message(
            say("The table{beginning} has no title{more}.", beginning=beginning, more=more), bare[0].places or (cell.places if cell else ())
        )


def _titles(passage: Passage) -> bool:
    m = _CAPTION.match(folded(passage.text[:_LINE]))
    return passage.kind == "caption" or (m is not None and m[1] in _words())


def _pointed(paper: Paper, near: set[int]) -> set[int]:
    """The passages near a caption that point to it without its number."""
    terms = listed("captions", "pointing")
    texts = ((u.index, folded(u.text)) for u in paper.units if u.index in near)
    return {i for i, text in texts if any(w in text for w in terms)}


def _mentioned(text: str) -> set[tuple[str, str]]:
    """The tables and figures that a text names, each number of a range."""
    out: set[tuple[str, str]] = set()
    for m in _MENTION.finditer(text):
        word = m[1] if m[1] in _words() else m[1].removesuffix("s").removesuffix("x")
        if word not in _words():
            continue
        numbers = re.findall(r"\d{1,3}(?:\.\d{1,2})?", m[2])
        out |= {(word, n) for n in numbers}
        for a, between, b in re.findall(r"(\d{1,3})(\s{1,3}| to | a | au | al )(\d{1,3})", m[2]):
            if between and int(a) < int(b) < int(a) + 30:
                out |= {(word, str(n)) for n in range(int(a), int(b))}
    return out
