"""The paper has no date.

## What it does
Looks for a date or a month with its year on the first four pages (of a format without pages, in the first 6,000 characters) and at the end,
and for a year that stands alone on a line.

## Why it is bad
A reader who finds the paper years later cannot tell what it knew. Deadlines for the response count from the date.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded, pages_of
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import known
from evaltrail.check.wording import say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.pages import Pages
    from evaltrail.check.paper import Paper

RULE = Rule(code="STR007", severity="warning", sources=("UNEG quality checklist for evaluation reports",), papers=EVALUATIONS)

BAD = (
    "# Evaluation of the water programme\n\n## Background\n\nThe programme drilled wells.\n",
    "# Évaluation du programme de l’eau\n\n## Contexte\n\nLe programme a foré des puits dans le pays.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\nMarch 2024\n\n## Background\n\nThe programme drilled wells.\n",
    "# Évaluation du programme de l’eau\n\nMai 2022\n\n## Contexte\n\nLe programme a foré des puits dans le pays.\n",
)

_FRONT = 6000
_SHORT = 110


@cache
def _date() -> re.Pattern[str]:
    months = "|".join(sorted((re.escape(folded(m)) for m in packs.merged("dates")["months"]), key=len, reverse=True))
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"(?<!\w)(?:{months})\.?,?(?:\s+\d{{1,2}},?)?(?:\s+(?:de|del|do)?\s*){year}(?!\d)"
        rf"|(?<!\d)\d{{1,2}}[./ ]\d{{1,2}}[./ ]{year}(?!\d)|(?<!\d){year}[ /.]\d\d[ /.]\d\d(?!\d)|^\W*{year}\W*$",
        re.MULTILINE,
    )


def _dates(pages: Pages, front: int) -> Iterator[re.Match[str]]:
    yield from _date().finditer(pages.text, 0, front)
    yield from _date().finditer(pages.text, max(front, len(pages.text) - 1500))


def _apart(pages: Pages, m: re.Match[str]) -> bool:
    """Whether a date stands in a line of its own or a short one: one in running text is that of something told."""
    start, end = pages.line(m.start())
    return end - start <= _SHORT


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no date stands at the front or at the end."""
    if not known(paper):
        return
    pages = pages_of(paper)
    fourth = sum(len(p.text) + 1 for p in paper.record.pages[:4])
    front = max(_FRONT, fourth) if len(paper.record.pages) > 1 else _FRONT
    found = next((m for m in _dates(pages, front) if _apart(pages, m)), None)
    if found is None:
        yield Message(say("The paper has no date at its front."))
    else:
        words = pages.printed(found.start(), found.end())
        yield Message(
            say("The paper has a date, “{words}”.", words=" ".join(words.split())), (pages.place(found.start(), found.end()),), right=True
        )
