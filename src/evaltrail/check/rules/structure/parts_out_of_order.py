"""The parts of the report do not follow each other from background to recommendations.

## What it does
Looks where the first section of its own for the background, the findings, the conclusions and the recommendations
begins, the summary and the annexes left aside, and compares their order.

## Why it is bad
Conclusions rest on findings, and recommendations on both. A reader who meets them the other way round cannot follow,
and the writer may have decided before looking.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import MANY
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper, Section
    from evaltrail.record import Role

RULE = Rule(code="STR009", severity="warning", sources=("UNEG quality checklist for evaluation reports",), papers=REPORTS)

_FINDINGS = "## Findings\n\nHalf of the wells work.\n\n"
_CONCLUSIONS = "## Conclusions\n\nThe wells were drilled too fast.\n\n"
_CONSTATS = "## Constats\n\nLa moitié des puits marche.\n\n"
_RECOMMANDATIONS = "## Recommandations\n\nLe Ministère devrait réparer les puits du pays.\n\n"
BAD = (
    f"# Evaluation of the water programme\n\n{_CONCLUSIONS}{_FINDINGS}",
    f"# Évaluation du programme de l’eau\n\n{_RECOMMANDATIONS}{_CONSTATS}",
)
GOOD = (
    f"# Evaluation of the water programme\n\n{_FINDINGS}{_CONCLUSIONS}",
    f"# Évaluation du programme de l’eau\n\n{_CONSTATS}{_RECOMMANDATIONS}",
)

_ORDER: tuple[Role, ...] = ("background", "findings", "conclusions", "recommendations")
_SAID = {
    "background": say("background"),
    "findings": MANY["finding"],
    "conclusions": MANY["conclusion"],
    "recommendations": MANY["recommendation"],
}
_ASIDE = frozenset({"summary", "annex", "contents", "references", "foreign", "response", "aside"})


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for the first pair in the wrong order."""
    if len(paper.evaluations) > 1:
        return  # each evaluation has its own parts
    sections = [(r, s) for r in _ORDER if (s := _own(paper, r)) is not None]
    if len(sections) < 2:
        return
    for (role, before), (next_role, behind) in pairwise(sections):
        if behind.first < before.first and not _again(paper, next_role, before):
            yield Message(
                say(
                    "“{title}” ({part}) stands before “{other}” ({other_part}).",
                    title=behind.title,
                    part=_SAID[next_role],
                    other=before.title,
                    other_part=_SAID[role],
                ),
                behind.heading.places,
                related=(Related(say("the {part}", part=_SAID[role]), before.heading.places),),
            )
            return
    yield Message(
        say("The parts stand in order: {parts}.", parts=tuple(_SAID[r] for r, _ in sections)), sections[0][1].heading.places, right=True
    )


def _own(paper: Paper, role: Role) -> Section | None:
    """The first section of a part: on the paper's upper levels, named for this part alone."""
    return next((s for s in paper.sections if s.heads == {role} and not s.heading.within & _ASIDE and not _under_part(s)), None)


def _under_part(section: Section) -> bool:
    """Whether it stands within a section that is itself one of the parts: "Conclusions" at the end of each findings chapter."""
    above = section.parent
    while above is not None:
        if above.heads & set(_ORDER):
            return True
        above = above.parent
    return False


def _again(paper: Paper, role: Role, before: Section) -> bool:
    """Whether a section of the part follows as it should: an early one is then a summary by another name."""
    return any(role in s.heads and s.first > before.first and not s.heading.within & _ASIDE for s in paper.sections)
