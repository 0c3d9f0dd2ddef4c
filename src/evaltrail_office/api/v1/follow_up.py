"""Recommendations as they are followed, and the history of each."""

from datetime import date
from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import BaseModel, Field

from evaltrail_office.api import queries
from evaltrail_office.api import queries_follow_up as own
from evaltrail_office.api import shapes_follow_up as shapes
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import not_found
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.shapes_actions import ActionOut, ProofOut
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, Key, KeyInPath, Limit, answers
from evaltrail_office.api.v1.governing import DecisionOut, decisions_out
from evaltrail_office.follow_up import history as threads
from evaltrail_office.follow_up.machine import TrackState, Verdict
from evaltrail_office.follow_up.models import Track
from evaltrail_office.follow_up.models.answers import Addressee

router = Router(tags=["Follow-up"], auth=needs(Scope.READ_FOLLOW_UP))


class Followed(Schema):
    """What lists of recommendations are narrowed to."""

    evaluation: Key | None = Field(default=None, description="Only of this evaluation.")
    unit: Key | None = Field(default=None, description="Only those that this unit, or one below it, is asked to answer.")
    state: Literal[*TrackState.values] | None = Field(default=None, description="Only in this state.")  # type: ignore[valid-type]
    verdict: Literal[*Verdict.values, "none"] | None = Field(  # type: ignore[valid-type]
        default=None, description="Only with this answer; none: not answered."
    )
    addressee: Literal[*Addressee.values] | None = Field(default=None, description="Only to these.")  # type: ignore[valid-type]
    due_before: date | None = Field(default=None, description="Only those to be implemented before this day.")
    overdue: bool = Field(default=False, description="Only those whose answer is owed and past its day.")

    def on(self, rows: QuerySet[Track]) -> QuerySet[Track]:
        """Rows of them."""
        if self.evaluation:
            rows = rows.filter(evaluation__key=self.evaluation)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.verdict:
            rows = rows.filter(verdict="" if self.verdict == "none" else self.verdict)
        if self.addressee:
            rows = rows.filter(addressee=self.addressee)
        if self.due_before:
            rows = rows.filter(due__lt=self.due_before)
        if self.overdue:
            rows = rows.filter(answered=None, retired=None, follow_up__response_due__lt=timezone.localdate())
        return rows


class FollowedPage(BaseModel):
    """A page of recommendations as they are followed, newest first."""

    items: list[shapes.FollowedOut]
    next: str | None


@router.get("/follow-up/recommendations", response=answers(FollowedPage), operation_id="followed")
def followed(
    request: HttpRequest, response: HttpResponse, narrowed: Query[Followed], limit: Limit = 50, cursor: Cursor = ""
) -> FollowedPage:
    """Recommendations as they are followed, with their points and answers, newest first."""
    user = person(request)
    after = values_of("followed", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = narrowed.on(own.followed(user, narrowed.unit or "")).order_by("-id")
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("followed", row.pk))
    today = timezone.localdate()
    return FollowedPage(items=[shapes.FollowedOut.of(row, today) for row in rows], next=following)


@router.get("/follow-up/recommendations/{key}", response=answers(shapes.FollowedWhole), operation_id="followed_one")
def followed_one(request: HttpRequest, response: HttpResponse, key: KeyInPath) -> shapes.FollowedWhole:
    """One recommendation as it is followed, with its points, answers and actions."""
    user = person(request)
    found = own.followed(user).filter(recommendation__key=key).first()
    if found is None:
        raise not_found()
    tagged(request, response, user)
    actions = own.actions_of(user, [found]).get(found.pk, [])
    return shapes.FollowedWhole.with_actions(found, actions, own.named(actions), timezone.localdate())


class RestingOut(BaseModel):
    """A finding or conclusion that leads to the recommendation."""

    kind: str
    label: str
    text: str
    place: str = Field(description="Where it stands, in words.")
    address: str
    proposed: bool = Field(description="Whether only the machine says that it leads there.")


class VersionsOut(BaseModel):
    """An answer with its earlier versions."""

    holds: shapes.AnswerOut = Field(description="The version that holds; the only one where none was handed over yet.")
    older: list[shapes.AnswerOut] = Field(description="Newest first.")
    newer: shapes.AnswerOut | None = Field(description="A version that is written and not handed over yet.")


class ActionInThread(ActionOut):
    """An action in the history of its recommendation."""

    times_sent_back: int
    proofs: list[ProofOut] = Field(description="Those that hold and that you may open.")
    hidden_proofs: int


class ThreadOut(BaseModel):
    """A recommendation from the findings that it rests on to the proof that it was done, as far as you may see it."""

    recommendation: str
    evaluation: str
    text: str = Field(description="As the paper has it that you may see.")
    address: str | None = Field(description="Of the statement in that paper; null: you see none that prints it.")
    rests_on: list[RestingOut]
    evidence: int = Field(description="Pieces of evidence on which these stand.")
    decisions: list[DecisionOut] = Field(description="Of the governing body, oldest first.")
    points: list[shapes.PointOut] = Field(description="Those that were joined again among them.")
    answers: list[VersionsOut]
    actions: list[ActionInThread]
    missing: list[str] = Field(description="What is missing on the way, in words.")


@router.get("/follow-up/recommendations/{key}/history", response=answers(ThreadOut), operation_id="followed_history")
def history(request: HttpRequest, response: HttpResponse, key: KeyInPath) -> ThreadOut:
    """One recommendation from finding to proof; also of one that is not followed."""
    user = person(request)
    track = own.followed(user).filter(recommendation__key=key).first()
    recommendation = track.recommendation if track else queries.recommendations(user).filter(key=key).first()
    if recommendation is None:
        raise not_found()
    tagged(request, response, user)
    found = threads.line(user, recommendation, track)
    if track is not None:
        for done in found.actions:
            # What the shape of an action asks for has been read with the track.
            done.action.track = track
    names = own.names(key for done in found.actions for key in _people_of(done))
    today, asked = timezone.localdate(), found.asked
    return ThreadOut(
        recommendation=recommendation.key,
        evaluation=recommendation.evaluation.key,
        text=asked.text,
        address=asked.spot.address if asked.spot else None,
        rests_on=[
            RestingOut(kind=r.kind, label=r.label, text=r.text, place=r.spot.words, address=r.spot.address, proposed=r.proposed)
            for r in asked.rests_on
        ],
        evidence=asked.evidence,
        decisions=decisions_out(user, found.decisions),
        points=[shapes.PointOut.of(p) for p in found.points],
        answers=[
            VersionsOut(
                holds=shapes.AnswerOut.of(a.response),
                older=[shapes.AnswerOut.of(r) for r in a.older],
                newer=shapes.AnswerOut.of(a.newer) if a.newer else None,
            )
            for a in found.answers
        ],
        actions=[
            ActionInThread(
                **ActionOut.fields_of(d.action, names, today),
                times_sent_back=d.sent_back,
                proofs=[ProofOut.of(p, d.action.key, names) for p in d.proofs],
                hidden_proofs=d.hidden,
            )
            for d in found.actions
        ],
        missing=found.breaks,
    )


def _people_of(done: threads.Done) -> list[str]:
    return [done.action.verified_by, *(c.made_by for c in done.action.claims.all()), *(p.made_by for p in done.proofs)]
