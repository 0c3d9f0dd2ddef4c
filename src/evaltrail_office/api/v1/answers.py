"""Management's answers: what they say, how far they are on their way, and drafting one."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import BaseModel, ConfigDict, Field

from evaltrail_office.accounts.models import User
from evaltrail_office.api import queries_follow_up as own
from evaltrail_office.api import shapes_follow_up as shapes
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import not_found, not_valid
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.shapes_actions import ActionOut, NamedOut
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, IfMatch, Key, Limit, NumberInPath, answers, clean_json, revision_of
from evaltrail_office.follow_up import queries_answers, versions
from evaltrail_office.follow_up.actions import answers as verbs
from evaltrail_office.follow_up.actions.opening import units_by_name
from evaltrail_office.follow_up.chain import steps
from evaltrail_office.follow_up.forms_answers import LONG, MOST_ACTIONS
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import ResponseState
from evaltrail_office.follow_up.models import Response
from evaltrail_office.follow_up.moving import allowed

router = Router(tags=["Follow-up"], auth=needs(Scope.READ_FOLLOW_UP))


class Answered(Schema):
    """What lists of answers are narrowed to."""

    evaluation: Key | None = Field(default=None, description="Only of this evaluation.")
    recommendation: Key | None = Field(default=None, description="Only to this recommendation.")
    state: Literal[*ResponseState.values] | None = Field(default=None, description="Only in this state.")  # type: ignore[valid-type]
    replaced: bool = Field(default=False, description="Also versions that a later one replaces.")


class AnswersPage(BaseModel):
    """A page of answers, newest first."""

    items: list[shapes.AnswerOut]
    next: str | None


@router.get("/follow-up/answers", response=answers(AnswersPage), operation_id="answers")
def answers_of_all(
    request: HttpRequest, response: HttpResponse, narrowed: Query[Answered], limit: Limit = 50, cursor: Cursor = ""
) -> AnswersPage:
    """Answers that you may read, those to evaluations as a whole among them, newest first."""
    user = person(request)
    after = values_of("answers", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = queries_answers.answers(user).order_by("-id")
    if narrowed.evaluation:
        wanted = wanted.filter(evaluation__key=narrowed.evaluation)
    if narrowed.recommendation:
        wanted = wanted.filter(track__recommendation__key=narrowed.recommendation)
    if narrowed.state:
        wanted = wanted.filter(state=narrowed.state)
    if not narrowed.replaced:
        wanted = wanted.filter(replaced=False)
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("answers", row.pk))
    return AnswersPage(items=[shapes.AnswerOut.of(row) for row in rows], next=following)


class GivenOut(BaseModel):
    """What a unit owes to an answer."""

    unit: NamedOut
    lead: bool
    words: str | None = Field(description="What a contributing unit gives to it.")
    given: datetime | None


class StepOut(BaseModel):
    """A step from the draft to being public."""

    name: str
    state: str = Field(description="done, next, later.")
    words: str | None
    by: NamedOut | None
    when: datetime | None


class VersionRef(BaseModel):
    """A version of an answer."""

    number: int
    version: int
    state: str


class AnswerWhole(shapes.AnswerOut):
    """An answer with all that its page tells."""

    asked: str | None = Field(description="Words of the recommendation or the point that it answers.")
    turn: str | None = Field(description="Whose turn it is, in words.")
    missing: list[str] = Field(description="What a draft still lacks before it can be submitted.")
    units: list[GivenOut]
    steps: list[StepOut]
    versions: list[VersionRef] = Field(description="Newest first.")
    promised: list[ActionOut] = Field(description="The actions that it promises.")
    verdicts: dict[str, str] = Field(description="Answers that the preset knows, in its words.")
    moves: list[str] = Field(description="What you may do with it now: draft, contribute, submit, withdraw, clear, send_back.")


_MOVES = ("draft", "contribute", "submit", "withdraw", "clear", "send_back")


def _answer(user: User, number: int) -> Response:
    found = queries_answers.answers(user).filter(pk=number).first()
    if found is None:
        raise not_found()
    return found


def _whole(user: User, found: Response) -> AnswerWhole:
    preset, hands = preset_of(found.follow_up), Hands(user)
    told = queries_answers.told(hands, found, preset)
    lead, others = queries_answers.charged(found)
    line = steps(found, preset)
    actions = list(own.actions(user).filter(response=found).order_by("position", "pk"))
    names = {**own.named(actions), **own.names(s.by for s in line)}
    asked = found.point.text if found.point else found.track.recommendation.text if found.track else None
    return AnswerWhole(
        **shapes.AnswerOut.fields_of(found),
        asked=asked,
        turn=told.turn or None,
        missing=list(told.missing),
        units=[
            GivenOut(unit=NamedOut(key=c.unit.key, name=c.unit.name), lead=c.lead, words=c.words or None, given=c.given)
            for c in (*([lead] if lead else []), *others)
        ],
        steps=[StepOut(name=s.name, state=s.state, words=s.words or None, by=NamedOut.by(s.by, names), when=s.when) for s in line],
        versions=[VersionRef(number=v.pk, version=v.version, state=v.state) for v in versions.of(user, found)],
        promised=[ActionOut.of(a, names, timezone.localdate()) for a in actions],
        verdicts={str(v): words for v, words in preset.verdicts.items()},
        moves=[name for name in _MOVES if allowed(hands, found, name)],
    )


@router.get("/follow-up/answers/{number}", response=answers(AnswerWhole), operation_id="answer")
def answer(request: HttpRequest, response: HttpResponse, number: NumberInPath) -> AnswerWhole:
    """One answer, with what it still lacks and how far it is on its way."""
    user = person(request)
    found = _answer(user, number)
    tagged(request, response, user)
    return _whole(user, found)


class PromiseIn(BaseModel):
    """An action as it is planned in an answer."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(default="", max_length=20, description="Of an action that the draft has already; empty: a new one.")
    number: str = Field(default="", max_length=24)
    text: str = Field(default="", max_length=LONG, description="What is done.")
    unit: str | None = Field(default=None, max_length=200, description="Key, code or name of the unit that does it.")
    owner: str | None = Field(default=None, max_length=20, description="Key of a person of a unit that is asked.")
    due: date | None = None
    cost: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    currency: str = Field(default="", max_length=3)


class DraftIn(BaseModel):
    """What an answer says. It may be unfinished."""

    model_config = ConfigDict(extra="forbid")

    verdict: str = Field(default="", max_length=20, description="accepted, partially_accepted, rejected, noted; empty: not decided yet.")
    text: str = Field(default="", max_length=LONG)
    reason: str = Field(default="", max_length=LONG, description="Why it is accepted only in part or rejected.")
    alternative: str = Field(default="", max_length=LONG, description="What is done instead of what cannot be done.")
    infeasible: bool = False
    money: str = Field(default="", max_length=LONG, description="The money on which it depends.")
    actions: Annotated[list[PromiseIn], Field(max_length=MOST_ACTIONS)] | None = Field(
        default=None, description="All that it promises: what the draft has and is not among them is taken out. null: they stay."
    )


@router.post(
    "/follow-up/answers/{number}/draft",
    response=answers(AnswerWhole, revised=True),
    operation_id="draft_answer",
    auth=needs(Scope.WRITE_FOLLOW_UP),
)
def draft(request: HttpRequest, number: NumberInPath, said: DraftIn, if_match: IfMatch = "") -> AnswerWhole:
    """Write an answer down. Nothing is submitted: that is done by a person, on the answer's page."""
    user = person(request)
    found = _answer(user, number)
    revision = revision_of(if_match)
    clean_json(said.model_dump(exclude={"actions"}))
    promises = None if said.actions is None else tuple(_promises(found, said.actions))
    given = said.model_dump(exclude={"actions"})
    verbs.draft(user, found, verbs.Drafted(**given, actions=promises), revision)
    return _whole(user, _answer(user, number))


def _promises(found: Response, wanted: list[PromiseIn]) -> list[verbs.Promise]:
    units = units_by_name() if any(p.unit for p in wanted) else {}
    people = {p.key: p for p in queries_answers.people_to_name(found)} if any(p.owner for p in wanted) else {}
    made = []
    for n, p in enumerate(wanted):
        field = f"body.actions.{n}"
        clean_json(p.model_dump(mode="json"), field)
        unit = units.get(" ".join(p.unit.casefold().split())) if p.unit else None
        if p.unit and unit is None:
            raise not_valid(f"{field}.unit", _("The office knows no unit “%(name)s”.") % {"name": p.unit})
        if p.owner and p.owner not in people:
            raise not_valid(f"{field}.owner", _("Choose somebody of the unit."))
        made.append(
            verbs.Promise(
                text=p.text,
                unit=unit,
                due=p.due,
                number=p.number,
                owner=people.get(p.owner or ""),
                cost=p.cost,
                currency=p.currency,
                key=p.key,
            )
        )
    return made
