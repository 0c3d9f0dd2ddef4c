"""A long report has no contents list.

## What it does
Looks for a contents list in a report that is longer than the options allow: a heading that names one, a line that is
nothing but such a name, or a run of lines that end in dots and a page number.

## Why it is bad
Nobody reads a long report from front to back. Without a contents list a reader cannot see its plan or find the part that concerns them.

## Options
- `pages`: pages from which a report needs one (20).
- `words`: words of running text from which it needs one (10000).
- `headings`: headings from which it needs one (30).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import alone, folded, pages_of
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import known, listed
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="STR001",
    severity="warning",
    sources=("UNEG quality checklist for evaluation reports",),
    version=2,
    papers=REPORTS,
    options={"pages": 20, "words": 10_000, "headings": 30},
)


def _long(first: str, one: str) -> str:
    return f"# {first}\n\n" + "".join(f"## {one} {n}\n\n{one} {n}: 12.\n\n" for n in range(1, 31))


BAD = (_long("Evaluation of the water programme", "District"), _long("Évaluation du programme de l’eau", "Commune"))
GOOD = (
    "# Evaluation of the water programme\n\n## Contents\n\n- Findings\n- Conclusions\n\n" + _long("Findings", "District"),
    "# Évaluation du programme de l’eau\n\n## Table des matières\n\n- Constats\n- Conclusions\n\n" + _long("Constats", "Commune"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when the report is long and has none."""
    pages, heads = len(paper.record.pages), len(paper.sections)
    size = (
        say("{number} pages", number=pages)
        if pages > options["pages"]
        else say("about {number:,} words", number=round(paper.words, -3))
        if paper.words > options["words"]
        else say("{number} headings", number=heads)
        if heads > options["headings"]
        else None
    )
    if size is None or not known(paper):
        return
    pages_ = pages_of(paper)
    found = next(alone(paper, listed("contents", "names")), None)
    if found or len(pages_.leaders) >= 5:
        yield Message(say("The report has a contents list."), (found or pages_.place(*pages_.leaders[0]),), right=True)
    elif not any("contents" in s.heads and s.last - s.first > 8 and not _acronyms(s.title) for s in paper.sections):
        yield Message(say("The report has {size} and no contents list.", size=size))


def _acronyms(title: str) -> bool:
    """Whether a heading is that of the list of acronyms, which stands beside the contents list."""
    return any(w.rstrip("*") in folded(title) for w in listed("acronyms", "names"))
