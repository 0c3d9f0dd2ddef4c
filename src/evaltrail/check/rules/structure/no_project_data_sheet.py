"""The evaluation of a project has no sheet with the project's key data.

## What it does
Where the title says that a project was evaluated, or a programme with the years of its life, looks for lines or table cells
that begin with labels of such a sheet (title, number, period, budget, donor, partners, place): as many different ones on
one page as the option asks for.

## Why it is bad
Whoever compares projects needs budget, period, donor and partners at one look, and finds them scattered or not at all.

## Options
- `fewest`: different labels that make a data sheet (4).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded, pages_of
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import known, listed
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="STR008",
    severity="note",
    sources=("practice of evaluation offices: a sheet of key data in front",),
    version=2,
    papers=REPORTS,
    options={"fewest": 4},
)

_TEXT = "## Background\n\nThe project drilled wells in Mali with the villages.\n"
_SHEET = "| Project data | |\n|---|---|\n| Donor | Norway |\n| Budget | USD 2 million |\n| Duration | 2019–2022 |\n| Country | Mali |\n\n"
_FICHE = "| Fiche | |\n|---|---|\n| Bailleur | Norvège |\n| Budget | 2 millions |\n| Durée | 2019–2022 |\n| Pays | Mali |\n\n"
BAD = (
    f"# Evaluation of the water project\n\n{_TEXT}",
    "# Évaluation du projet de l’eau\n\n## Contexte\n\nLe projet a foré des puits au Mali avec les villages.\n",
)
GOOD = (
    f"# Evaluation of the water project\n\n{_SHEET}{_TEXT}",
    f"# Évaluation du projet de l’eau\n\n{_FICHE}## Contexte\n\nLe projet a foré des puits au Mali.\n",
    f"# Evaluation of the ministry’s work on water\n\n{_TEXT}",
)

_PERIOD = re.compile(r"(?<!\d)(?<!\d )(?<! to )(?<! a )((?:19|20)\d\d) ?(?: |to |a |au |al )((?:19|20)\d\d)(?!\d| to )")
"""From year to year; "2011-2012 to 2015-2016" are fiscal years of a programme that goes on."""
_YEARS = 10
"""Years that a programme with an end may run."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for a project's report without one."""
    title = folded(" ".join([paper.record.document.title, *(u.text for u in paper.units[:12] if u.kind in ("title", "heading"))]))
    if not known(paper) or not _undertaking(title):
        return
    pages = pages_of(paper)
    labels: dict[int, set[str]] = {}
    first: dict[int, tuple[int, int]] = {}
    for at, end in pages.hits(listed("datasheet", "labels")):
        start, stop = pages.line(at)
        # A label begins its line: what stands before it is a bullet or a number.
        if any(c.isalpha() for c in pages.text[start:at]):
            continue
        window = pages.place(at, end).page if len(paper.record.pages) > 1 else at // 4000
        labels.setdefault(window, set()).add(pages.text[at:end])
        first.setdefault(window, (start, stop))
    best = max(labels, key=lambda w: len(labels[w]), default=None)
    if best is not None and len(labels[best]) >= options["fewest"]:
        yield Message(say("The report has a sheet with the project’s data."), (pages.place(*first[best]),), right=True)
    else:
        yield Message(say("The report has no sheet with the project’s key data (number, period, budget, donor, partners)."))


def _undertaking(title: str) -> bool:
    """Whether a folded title names a project, or a programme with the years of its life."""
    words = re.findall(r"\w+", title)
    if any(w in words for w in listed("datasheet", "project")):
        return True
    return (
        any(w in words for w in listed("datasheet", "programme"))
        and not any(w in title for w in listed("datasheet", "standing"))
        and any(0 < int(m[2]) - int(m[1]) <= _YEARS for m in _PERIOD.finditer(title))
    )
