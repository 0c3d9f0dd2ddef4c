"""What is known about recommendations, their answers and actions on one day, as plain values.

Whoever keeps the follow-up (the office's tables, a spreadsheet, another system) builds these rows; every figure is computed
from them and from nothing else.

What is absent means one of two things, and a figure has to know which:

- ``None`` where a *day on which something happened* would stand (``responded``, ``plan_entered``, ``retired``, ``completed``,
  ``started``, ``claimed``, ``verified``, ``dropped``, ``cancelled``, ``later_asked``, ``extended``) says that it has not happened.
- ``None`` or an empty tuple anywhere else says that it is not known. No figure counts what is not known as a yes or a no.

What an event brought (the verdict of an answer, the meaning of a report) may stand without its day: then it has happened, and on which
day is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

T = TypeVar("T")
Addressee = Literal["management", "governing_body", "donor", "partner"]
Verdict = Literal["accepted", "partially_accepted", "rejected", "noted"]
Meaning = Literal["open", "partial", "substantial", "done", "dropped"]
"""What a house's own word for a state means, from nothing done to all done; ``dropped`` stands outside of that order."""
DropMeaning = Literal["superseded", "no_longer_applicable"]


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action that was promised in answer to a recommendation."""

    key: str
    unit: str | None = None
    """Who has to do it."""
    first_due: date | None = None
    """The day that was promised first."""
    due: date | None = None
    """The day that is promised now."""
    started: date | None = None
    claimed: date | None = None
    """Day since which the unit has reported what stands in ``claimed_meaning`` and ``claimed_share``."""
    claimed_share: float | None = None
    """How much of it is done by the unit's own report, 0 to 1."""
    claimed_meaning: Meaning | None = None
    verified: date | None = None
    """Day on which somebody else than the unit found what stands in ``verified_meaning`` and ``verified_share``."""
    verified_share: float | None = None
    """How much of it is done as somebody else found, 0 to 1."""
    verified_meaning: Meaning | None = None
    dropped: date | None = None
    """Day on which it was given up; why stands in ``drop_meaning``."""
    drop_meaning: DropMeaning | None = None
    delay_reason: str | None = None
    later_asked: date | None = None
    """Day on which a later date was asked for last, whatever was answered; a request that was taken back counts as not made."""
    extended: date | None = None
    """Day on which a later date was given last; why it was asked for stands in ``extension_reason``."""
    extension_reason: str | None = None
    """Code of the reason for the later date that was given last."""


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """One recommendation with what was answered and promised."""

    key: str
    evaluation: str
    """Key of the evaluation that it comes from."""
    issued: date | None = None
    """Day on which it was handed over."""
    addressee: Addressee | None = None
    unit: str | None = None
    """Who has to answer it."""
    theme: tuple[str, ...] = ()
    priority: str | None = None
    country: tuple[str, ...] = ()
    year: int | None = None
    verdict: Verdict | None = None
    response_due: date | None = None
    responded: date | None = None
    plan_entered: date | None = None
    """Day on which the plan of actions was entered."""
    retired: date | None = None
    """Day on which it was taken out of follow-up."""
    quality: float | None = None
    """Score of its evaluation's report, 0 to 1."""
    alignment: str | None = None
    """How well the plan of actions answers the recommendation, as a house rates it: high, substantial, moderate, low."""
    actions: tuple[ActionFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """One evaluation: when it was to be done, when it was, how good its report is, and when it was answered."""

    key: str
    unit: str | None = None
    theme: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    year: int | None = None
    planned: date | None = None
    """The day by which the plan has it completed."""
    completed: date | None = None
    cancelled: date | None = None
    issued: date | None = None
    """Day on which the report was handed over."""
    response_due: date | None = None
    responded: date | None = None
    """Day on which the whole of it was answered."""
    quality: float | None = None
    """Score of the report, 0 to 1."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The rows that figures are computed from: recommendations, and evaluations where more is known of them."""

    recommendations: tuple[RecommendationFacts, ...] = ()
    evaluations: tuple[EvaluationFacts, ...] = ()


def evaluations_of(recommendations: Iterable[RecommendationFacts]) -> tuple[EvaluationFacts, ...]:
    """The evaluations of some recommendations, with what can be told from these alone, by key.

    A value stands where all of an evaluation's recommendations agree on it, and is unknown where they do not. An evaluation
    counts as answered once all of its recommendations are, on the day of the last answer. When it was planned and
    completed is not known.
    """
    groups: dict[str, list[RecommendationFacts]] = {}
    for one in recommendations:
        groups.setdefault(one.evaluation, []).append(one)
    return tuple(_gathered(key, groups[key]) for key in sorted(groups))


def _agreed(values: Iterable[T | None]) -> T | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _gathered(key: str, group: list[RecommendationFacts]) -> EvaluationFacts:
    answers = [r.responded for r in group]
    known = [a for a in answers if a is not None]
    return EvaluationFacts(
        key=key,
        unit=_agreed(r.unit for r in group),
        theme=tuple(sorted({t for r in group for t in r.theme})),
        country=tuple(sorted({c for r in group for c in r.country})),
        year=_agreed(r.year for r in group),
        issued=_agreed(r.issued for r in group),
        response_due=_agreed(r.response_due for r in group),
        responded=max(known) if len(known) == len(answers) else None,
        quality=_agreed(r.quality for r in group),
    )
