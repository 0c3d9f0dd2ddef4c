"""One part of the paper counts the people it heard by sex, the others do not.

## What it does
In a paper on several evaluations, compares how each counts its interviews and informants. Where one says how many were women
or men, the others that give a number without a split are named.

## Why it is bad
The standard is the same for each evaluation of one paper. Who was heard decides what was heard, and a reader cannot see
whether women were heard in the parts that give only a total.

## Known problems
A split that stands only in the full report, and not in the paper itself, is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.inclusion._people import Count, counted, evaluation_of
from evaltrail.check.wording import listed, plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="INC001",
    severity="warning",
    sources=("consistency", "UN-SWAP evaluation performance indicator"),
    papers=EVALUATIONS,
)

BAD = (
    (
        "# Part I. Evaluation of the water programme\n\n"
        "The team held 131 interviews (43 per cent female) in ten countries.\n\n"
        "Key finding 1: The wells are in use.\n\n"
        "# Part II. Evaluation of the road programme\n\n"
        "The team held 118 interviews in nine countries.\n\n"
        "Key finding 1: The roads are open.\n"
    ),
    (
        "# Partie I. Évaluation du programme d'eau\n\n"
        "L'équipe a mené 40 entretiens, dont 18 avec des femmes.\n\n"
        "Constatation 1 : Les puits sont utilisés.\n\n"
        "# Partie II. Évaluation du programme routier\n\n"
        "L'équipe a mené 35 entretiens dans neuf pays.\n\n"
        "Constatation 1 : Les routes sont ouvertes.\n"
    ),
)
GOOD = (
    (
        "# Part I. Evaluation of the water programme\n\n"
        "The team held 131 interviews (43 per cent female) in ten countries.\n\n"
        "Key finding 1: The wells are in use.\n\n"
        "# Part II. Evaluation of the road programme\n\n"
        "The team held 118 interviews, 60 of them with women.\n\n"
        "Key finding 1: The roads are open.\n"
    ),
    (
        "# Partie I. Évaluation du programme d'eau\n\n"
        "L'équipe a mené 40 entretiens.\n\n"
        "Constatation 1 : Les puits sont utilisés.\n\n"
        "# Partie II. Évaluation du programme routier\n\n"
        "L'équipe a mené 35 entretiens dans neuf pays.\n\n"
        "Constatation 1 : Les routes sont ouvertes.\n"
    ),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for all parts that give no split where another does."""
    if len(paper.evaluations) < 2:
        return
    by: dict[str, list[Count]] = {e.id: [] for e in paper.evaluations}
    for c in counted(paper, "heard"):
        of = evaluation_of(paper, c.unit)
        if of in by:
            by[of].append(c)
    split = {e: next(c for c in found if c.split) for e, found in by.items() if any(c.split for c in found)}
    names = {e.id: e.label or e.title for e in paper.evaluations}
    without = {e: found[0] for e, found in by.items() if found and e not in split}
    if split and without:
        with_split = next(iter(split.values()))
        parts = [names[e] for e in without]
        yield Message(
            say(
                "{given}; {not_given}.",
                given=plural(
                    len(split),
                    "{parts} gives the number of people heard by sex, {words}",
                    "{parts} give the number of people heard by sex, {words}",
                    parts=listed([names[e] for e in split]),
                    words=quoted(with_split.text),
                ),
                not_given=plural(len(parts), "{parts} does not", "{parts} do not", parts=listed(parts)),
            ),
            next(iter(without.values())).places,
            related=(
                Related(say("by sex: {words}", words=with_split.text), with_split.places),
                *(Related(say("{part}: {words}", part=names[e], words=c.text), c.places) for e, c in without.items()),
            ),
        )
    elif len(split) > 1:
        yield Message(
            say("{parts} give the number of people heard by sex.", parts=listed([names[e] for e in split])),
            next(iter(split.values())).places,
            right=True,
        )
