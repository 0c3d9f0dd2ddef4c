"""The paper does not seem to say where the evaluated work took place.

## What it does
Looks for words that tell of places (a region of the world, “nationwide”, “districts”) and for a name with a capital that
stands at least twice behind a word such as “in”.

## Why it is bad
What worked in one place need not work in another. A reader who does not know the place cannot tell what the findings mean for their own.

## Known problems
A name behind “in” may be that of an organisation: then a place that is missing is not noticed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded, pages_of
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import known, listed
from evaltrail.check.wording import say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="STR004",
    severity="warning",
    sources=("UNEG quality checklist for evaluation reports",),
    version=2,
    papers=EVALUATIONS,
    suspects=True,
)

BAD = (
    "# Evaluation of the water programme\n\n## Background\n\nThe programme drilled wells in March.\n",
    "# Évaluation du programme de l’eau\n\n## Contexte\n\nLe programme a foré des puits.\n",
)
GOOD = (
    "# Evaluation of the water programme in Mali\n\n## Background\n\nThe programme drilled wells in Mali.\n",
    "# Évaluation du programme de l’eau\n\n## Contexte\n\nLe programme a foré des puits dans trois communes d’Afrique.\n",
)


_NAME = re.compile(r"[A-ZÀ-Ý][\w-]* [A-ZÀ-Ý]")


@cache
def _named() -> re.Pattern[str]:
    before = "|".join(re.escape(w) for w in listed("place", "before"))
    return re.compile(
        rf"(?<![\w’'])(?:{before})(?:\s+(?:the|la|le|les|el|los|las|o|a|os))?\s*(?<=[\s’'])([A-ZÀ-Ý][a-zà-ÿ]{{3,}})\b(?!\s+\d)"
    )


@cache
def _months() -> frozenset[str]:
    return frozenset(folded(m) for m in packs.merged("dates")["months"])


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no place is told."""
    if not known(paper) or not paper.running:
        return
    seen: set[str] = set()
    for u in paper.units:
        for m in _named().finditer(u.text):
            name = m[1]
            if folded(name) in _months():
                continue
            if name in seen:
                return
            seen.add(name)
    pages = pages_of(paper)
    # "Global Clinics Fund" is a name and no place.
    if all(_NAME.match(pages.printed(at, min(end + 2, len(pages.text)))) for at, end in pages.hits(listed("place", "words"))):
        yield Message(say("The paper does not seem to say where the evaluated work took place."))
