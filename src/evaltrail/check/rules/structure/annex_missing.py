"""An annex that a report should have is missing.

## What it does
Looks in headings and short lines for the annexes that an evaluation report is expected to carry: terms of reference, people met,
documents used, instruments, evaluation matrix, results framework. One message for each that is nowhere; one for all where
four or more are missing. Says nothing where the report says that its annexes stand in another volume.
Only papers of development cooperation are asked for these annexes; other evaluation bodies have other customs.

## Why it is bad
Without them nobody can see what was asked for, whom the evaluators heard and how, and so judge how far the findings can be trusted.

## Known problems
An annex of that kind under a title of its own invention is not seen.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded, named_lines
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import annexes_elsewhere, kinds, known, listed
from evaltrail.check.wording import Said, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Place

RULE = Rule(
    code="STR012",
    severity="warning",
    sources=("UNEG quality checklist for evaluation reports",),
    version=3,
    papers=REPORTS,
    development=True,
)

_HEAD = "# Evaluation of the water programme\n\n## Findings\n\nHalf of the wells work.\n\n"
_REST = (
    "## Annex 2: People met\n\nThe mayor.\n\n## Annex 3: Interview guide\n\nWhat changed?\n\n"
    "## Annex 4: Evaluation matrix\n\nQuestion 1.\n\n## Annex 5: Theory of change\n\nWells, water.\n\n## Bibliography\n\nA report.\n"
)
_TETE = "# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié des puits marche, selon les habitants.\n\n"
_SUITE = (
    "## Annexe 2 : Personnes rencontrées\n\nLe maire.\n\n## Annexe 3 : Guide d’entretien\n\nQuels changements ?\n\n"
    "## Annexe 4 : Cadre logique\n\nPuits, eau, santé.\n\n## Annexe 5 : Documents consultés\n\nUn rapport.\n"
)
BAD = (_HEAD + _REST, _TETE + _SUITE)
GOOD = (
    f"{_HEAD}## Annex 1: Terms of reference\n\nThe Ministry asks for an evaluation.\n\n{_REST}",
    f"{_TETE}## Annexe 1 : Termes de référence\n\nLe ministère demande.\n\n{_SUITE}\n## Annexe 6 : Matrice d’évaluation\n\nQuestion 1.\n",
    f"{_HEAD}The annexes are in a separate volume.\n",
)
_LOOKED_AT = 40
_TERMS = re.compile(r"terms? of references")


_SAID = {
    "terms of reference": say("terms of reference"),
    "people met": say("people met"),
    "documents": say("documents"),
    "instruments": say("instruments"),
    "evaluation matrix": say("evaluation matrix"),
    "results framework": say("results framework"),
}


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each kind, or one for all where most are missing."""
    if not known(paper) or annexes_elsewhere(paper):
        return
    missing: list[Said] = []
    for kind, terms in kinds("annexes", "kinds").items():
        place, sure = _annex(paper, terms)
        if place is None:
            missing.append(_SAID[kind])
        elif sure:
            yield Message(say("The report has an annex or a section for: {kind}.", kind=_SAID[kind]), (place,), right=True)
    if len(missing) >= 4:
        yield Message(say("The report has no annexes with {kinds} or {last}.", kinds=tuple(missing[:-1]), last=missing[-1]))
    else:
        yield from (Message(say("The report has no annex with {kind}.", kind=kind)) for kind in missing)


def _annex(paper: Paper, terms: tuple[str, ...]) -> tuple[Place | None, bool]:
    """A line that may name the annex, and whether it surely does: it calls itself one, or is a heading."""
    first: Place | None = None
    for place in islice(named_lines(paper, terms), _LOOKED_AT):
        line = folded(paper.record.pages[place.page - 1].text[place.start : place.end])
        if "references" in terms and _TERMS.search(line):
            continue
        # The line's number is no part of its unit.
        unit = paper.unit_at(place.model_copy(update={"start": max(place.start, place.end - 1)}))
        if any(w in line for w in listed("annexes", "words")):
            return place, True
        if unit is not None and unit.kind in ("heading", "title"):
            # A chapter on the questions is no matrix: what a chapter may be called as well is told by standing among the annexes.
            if _chapter(unit, line):
                continue
            return place, True
        first = first or place
    return first, False


def _chapter(unit: Unit, line: str) -> bool:
    return unit.within.isdisjoint({"annex"}) and any(w in line for w in listed("annexes", "in_annex")) and "matri" not in line
