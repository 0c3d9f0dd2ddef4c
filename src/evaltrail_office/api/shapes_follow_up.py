"""What the API shows of recommendations as they are followed, and of answers to them.

As in ``shapes``: what is not known is null, a key is permanent, ``address`` is the page for people.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from pydantic import BaseModel, Field

from evaltrail_office.api.shapes_actions import ActionOut, NamedOut
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.preset import said_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evaltrail_office.follow_up.models import Action, Charge, Point, Response, Track

    Names = Mapping[str, str]


class PointOut(BaseModel):
    """A part of a compound recommendation that is answered by itself."""

    number: str
    text: str
    printed: bool = Field(description="Whether the paper itself prints it as a part; else a person split it.")

    @classmethod
    def of(cls, row: Point) -> PointOut:
        """Of a row."""
        return cls(number=row.number, text=row.text, printed=row.printed)


class ChargeOut(BaseModel):
    """That a unit owes an answer."""

    unit: NamedOut
    lead: bool = Field(description="Whether it leads the answer; else it contributes.")
    organisation: str | None = Field(description="Of a joint evaluation: for which.")

    @classmethod
    def of(cls, row: Charge) -> ChargeOut:
        """Of a row with its unit."""
        return cls(unit=NamedOut(key=row.unit.key, name=row.unit.name), lead=row.lead, organisation=row.organisation or None)


class AnswerOut(BaseModel):
    """Management's answer to a recommendation, to one of its points, or to the evaluation as a whole."""

    number: int
    evaluation: str
    recommendation: str | None = Field(description="null: it is to the evaluation as a whole.")
    point: str | None = Field(description="Number of the point; null: to the whole recommendation.")
    organisation: str | None
    version: int
    replaced: bool = Field(description="Whether a later version holds.")
    state: str = Field(description="asked, drafted, submitted, cleared, transmitted, issued.")
    verdict: str | None = Field(description="accepted, partially_accepted, rejected, noted.")
    verdict_words: str | None = Field(description="The same in the preset's words.")
    text: str | None
    reason: str | None = Field(description="Why it is accepted only in part or rejected.")
    alternative: str | None = Field(description="What is done instead of what cannot be done.")
    infeasible: bool
    money: str | None = Field(description="The money on which it depends.")
    actions: list[str] = Field(description="Keys of the actions that it promises.")
    transmitted: date | None
    sha256: str | None = Field(description="Of the answers that were handed over with it, as canonical JSON.")
    issued: date | None = Field(description="When it was made public.")
    revision: int = Field(description="Sent back in If-Match with a change.")
    address: str

    @classmethod
    def fields_of(cls, row: Response) -> dict[str, Any]:
        """Of a row as ``queries_answers.answers`` gives it."""
        return {
            "number": row.pk,
            "evaluation": row.evaluation.key,
            "recommendation": row.track.recommendation.key if row.track else None,
            "point": row.point.number if row.point else None,
            "organisation": row.organisation or None,
            "version": row.version,
            "replaced": row.replaced,
            "state": row.state,
            "verdict": row.verdict or None,
            "verdict_words": said_as(preset_of(row.follow_up), row.verdict) or None,
            "text": row.text or None,
            "reason": row.reason or None,
            "alternative": row.alternative or None,
            "infeasible": row.infeasible,
            "money": row.money or None,
            "actions": [a.key for a in row.actions.all()],
            "transmitted": row.transmitted,
            "sha256": row.transmission.sha256 if row.transmission else None,
            "issued": row.issued,
            "revision": row.revision,
            "address": reverse("answer", args=[row.pk]),
        }

    @classmethod
    def of(cls, row: Response) -> AnswerOut:
        """See ``fields_of``."""
        return cls(**cls.fields_of(row))


class FollowedOut(BaseModel):
    """A recommendation as it is followed."""

    recommendation: str
    evaluation: str
    number: str | None
    text: str
    priority: str | None
    addressee: str = Field(description="management, governing_body, donor, partner. Only management's are in its rates.")
    printed_addressee: str | None
    time: str | None = Field(description="The time implication: short, medium, long, biennium, ongoing.")
    due: date | None = Field(description="By when it is to be implemented.")
    response_due: date | None = Field(description="By when it is to be answered.")
    state: str = Field(description="followed, retired.")
    verdict: str | None = Field(description="Of the answers in force; differing ones make it partially_accepted.")
    answered: date | None = Field(description="When the last answer that was owed was handed over.")
    overdue: bool = Field(description="Whether the answer is owed and past its day.")
    retired: date | None
    retired_why: str | None
    units: list[ChargeOut]
    points: list[PointOut] = Field(description="Empty: it is answered as a whole.")
    answers: list[AnswerOut] = Field(description="Those that you may read and that are not replaced.")
    revision: int
    address: str

    @classmethod
    def fields_of(cls, row: Track, today: date) -> dict[str, Any]:
        """Of a row as ``queries_answers.followed`` gives it."""
        own, due = row.recommendation, row.follow_up.response_due
        return {
            "recommendation": own.key,
            "evaluation": row.evaluation.key,
            "number": own.number or None,
            "text": own.text,
            "priority": own.priority or None,
            "addressee": row.addressee,
            "printed_addressee": row.printed_addressee or None,
            "time": row.time or None,
            "due": row.due,
            "response_due": due,
            "state": row.state,
            "verdict": row.verdict or None,
            "answered": row.answered,
            "overdue": row.answered is None and row.retired is None and due is not None and due < today,
            "retired": row.retired,
            "retired_why": row.retired_why or None,
            "units": [ChargeOut.of(c) for c in row.charges.all()],
            "points": [PointOut.of(p) for p in row.points.all()],
            "answers": [AnswerOut.of(r) for r in row.responses.all()],
            "revision": row.revision,
            "address": reverse("recommendation", args=[own.key]),
        }

    @classmethod
    def of(cls, row: Track, today: date) -> FollowedOut:
        """See ``fields_of``."""
        return cls(**cls.fields_of(row, today))


class FollowedWhole(FollowedOut):
    """A recommendation as it is followed, with its actions."""

    actions: list[ActionOut] = Field(description="Those that you may see.")

    @classmethod
    def with_actions(cls, row: Track, actions: Iterable[Action], names: Names, today: date) -> FollowedWhole:
        """Of a row with its actions, which have been fetched."""
        return cls(**cls.fields_of(row, today), actions=[ActionOut.of(a, names, today) for a in actions])
