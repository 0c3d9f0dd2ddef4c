"""What a recommendation says and rests on, in the papers that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.record import Response as Answered
from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.page import EvaluationPage
from evaltrail_office.evaluations.whole import whole_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import AnyStatement
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation, Recommendation
    from evaltrail_office.evaluations.page_parts import Spot
    from evaltrail_office.evaluations.whole import Whole
    from evaltrail_office.follow_up.models import Response


@dataclass(frozen=True, slots=True)
class Resting:
    """A finding or conclusion that leads to a recommendation."""

    kind: str
    label: str
    text: str
    spot: Spot
    proposed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation as the papers have it."""

    text: str
    spot: Spot | None = None
    """None: the person sees no paper that prints it."""
    rests_on: tuple[Resting, ...] = ()
    evidence: int = 0
    """Pieces of evidence on which these stand."""
    answers: tuple[Spot, ...] = ()
    """Places of the answers that papers print."""


class _Names(EvaluationPage):
    """Names and places of statements, without the drawing of the trail that takes most of the time."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self._addresses: dict[str, str] = {}
        self._labels: dict[str, str] = {}


def asked_for(user: User, response: Response) -> Asked | None:
    """The recommendation that an answer is to; None: it is to the evaluation as a whole."""
    if response.track is None:
        return None
    return recommended(user, response.evaluation, response.track.recommendation)


def recommended(user: User, evaluation: Evaluation, recommendation: Recommendation) -> Asked:
    """What papers say of a recommendation."""
    whole = whole_of(queries.papers(user, evaluation), evaluation.key)
    if whole is None:
        return Asked(recommendation.text)
    own = whole.keys
    said = next((s for s in whole.statements if own.get((whole.home(s.id).document.key, whole.own_id(s.id))) == recommendation.key), None)
    if said is None:
        return Asked(recommendation.text)
    page = _Names(whole)
    before, pieces = _before(whole, said)
    rests = tuple(Resting(s.kind, page.label(s), s.text, page.spot(s), proposed) for s, proposed in before)
    after = [whole.by_id[x.end] for x in whole.near.get(said.id, ([], []))[1] if x.end in whole.by_id]
    return Asked(said.text, page.spot(said), rests, pieces, tuple(page.spot(s) for s in after if isinstance(s, Answered)))


def _before(whole: Whole, said: AnyStatement) -> tuple[Sequence[tuple[AnyStatement, bool]], int]:
    """Statements that lead to it, the nearest last, and how many pieces of evidence they stand on."""
    found: dict[str, bool] = {}
    evidence: set[str] = set()
    edge = [(said.id, False)]
    while edge:
        at, likely = edge.pop()
        for line in whole.near.get(at, ([], []))[0]:
            if line.start not in whole.by_id:
                evidence.add(line.start)
            elif line.start not in found:
                found[line.start] = likely or line.proposed
                # What is only proposed carries the thread no further.
                if not line.proposed:
                    edge.append((line.start, likely))
    order = [s for s in whole.statements if s.id in found and s.kind in {"finding", "conclusion", "lesson", "good_practice"}]
    return [(s, found[s.id]) for s in order], len(evidence)
