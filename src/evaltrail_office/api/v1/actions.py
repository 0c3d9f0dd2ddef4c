"""Actions and their proofs: lists as boards have them, and the verbs of an action's page."""

from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Form, Query, Router, Schema, Status
from pydantic import BaseModel, ConfigDict, Field

from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.api import queries_follow_up as own
from evaltrail_office.api import shapes_actions as shapes
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import Problem, not_found, not_valid
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.tags import compared, tagged
from evaltrail_office.api.v1.common import Cursor, IfMatch, Key, KeyInPath, Limit, NumberInPath, answers, clean_json, revision_of
from evaltrail_office.follow_up import offers, proofs
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.forms_action import LONG
from evaltrail_office.follow_up.groups import Filters, Overdue
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.follow_up.machine import ActionState, AskState
from evaltrail_office.follow_up.models import Action, Proof
from evaltrail_office.follow_up.moving import Overtaken, WrongState, allowed, checked, locked
from evaltrail_office.follow_up.queries_action import action_page, action_rows
from evaltrail_office.follow_up.queries_board import share_rules
from evaltrail_office.follow_up.views.proof import as_download
from evaltrail_office.intake.sniff import Declined

router = Router(tags=["Follow-up"], auth=needs(Scope.READ_FOLLOW_UP))
_CHANGES = needs(Scope.WRITE_FOLLOW_UP)
Day = date
"""Where a field has the name of its type."""


class ActionsPage(BaseModel):
    """A page of actions, newest first."""

    items: list[shapes.ActionOut]
    next: str | None


class Narrowed(Schema):
    """What boards are narrowed to."""

    evaluation: Key | None = Field(default=None, description="Only of this evaluation.")
    recommendation: Key | None = Field(default=None, description="Only about this recommendation.")
    unit: Key | None = Field(default=None, description="Only those that this unit owes, one that was merged into it, or one below it.")
    owner: str = Field(default="", max_length=20, description="Only those of this person; none: nobody is named.")
    priority: str = Field(default="", max_length=40, description="Only about recommendations of this priority; none: not stated.")
    state: Literal[*ActionState.values] | None = Field(default=None, description="Only in this state.")  # type: ignore[valid-type]
    overdue: Literal[*Overdue.values] | None = Field(  # type: ignore[valid-type]
        default=None, description="Only those past the first date, past the current one, or late and unexplained."
    )
    due_before: date | None = Field(default=None, description="Only those whose date lies before this day.")
    due_after: date | None = Field(default=None, description="Only those whose date lies after this day.")

    def wanted(self) -> own.Wanted:
        """As queries ask for them."""
        filters = Filters(evaluation=self.evaluation or "", priority=self.priority, owner=self.owner, overdue=self.overdue or "")
        return own.Wanted(filters, self.unit or "", self.state or "", self.recommendation or "", self.due_before, self.due_after)


@router.get("/follow-up/actions", response=answers(ActionsPage), operation_id="actions")
def actions(request: HttpRequest, response: HttpResponse, narrowed: Query[Narrowed], limit: Limit = 50, cursor: Cursor = "") -> ActionsPage:
    """Actions that you may see, newest first."""
    user = person(request)
    after = values_of("actions", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = own.actions(user, narrowed.wanted()).order_by("-id")
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("actions", row.pk))
    names, today = own.named(rows), timezone.localdate()
    return ActionsPage(items=[shapes.ActionOut.of(row, names, today) for row in rows], next=following)


def _action(user: User, key: str) -> Action:
    found = action_rows(user).filter(key=key).first()
    if found is None:
        raise not_found()
    share_rules([found])
    return found


def _whole(user: User, found: Action) -> shapes.ActionWhole:
    hands = Hands(user)
    moves = [move for offer in offers.offered(hands, found) for move, _words in offer.buttons]
    if allowed(hands, found, "prove"):
        moves.append("prove")
    return shapes.ActionWhole.of_page(action_page(user, found, hands), moves, timezone.localdate())


@router.get("/follow-up/actions/{key}", response=answers(shapes.ActionWhole), operation_id="action")
def action(request: HttpRequest, response: HttpResponse, key: KeyInPath) -> shapes.ActionWhole:
    """One action: its claims, proofs and dates, and what you may do with it."""
    user = person(request)
    found = _action(user, key)
    tagged(request, response, user)
    return _whole(user, found)


class ExtensionsPage(BaseModel):
    """A page of later dates that were asked for, newest first."""

    items: list[shapes.AskedOut]
    next: str | None


@router.get("/follow-up/extensions", response=answers(ExtensionsPage), operation_id="extensions")
def extensions(
    request: HttpRequest,
    response: HttpResponse,
    state: Annotated[Literal[*AskState.values] | None, Query(description="Only in this state.")] = None,  # type: ignore[valid-type]
    evaluation: Annotated[Key | None, Query(description="Only of this evaluation.")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> ExtensionsPage:
    """Later dates that were asked for, and what was decided, newest first."""
    user = person(request)
    after = values_of("extensions", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = own.asked(user).order_by("-id")
    if state:
        wanted = wanted.filter(state=state)
    if evaluation:
        wanted = wanted.filter(action__evaluation__key=evaluation)
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("extensions", row.pk))
    names = own.names(key for row in rows for key in (row.made_by, row.answered_by))
    return ExtensionsPage(items=[shapes.AskedOut.of(row, row.action.key, names) for row in rows], next=following)


def _proof(user: User, number: int) -> Proof:
    found = own.proofs(user).filter(pk=number).first()
    if found is None:
        raise not_found()
    return found


@router.get("/follow-up/proofs/{number}", response=answers(shapes.ProofOut), operation_id="proof")
def proof(request: HttpRequest, response: HttpResponse, number: NumberInPath) -> shapes.ProofOut:
    """What is known of a proof; the file itself has an address of its own."""
    user = person(request)
    found = _proof(user, number)
    tagged(request, response, user)
    return shapes.ProofOut.of(found, found.action.key, own.names([found.made_by]))


@router.get(
    "/follow-up/proofs/{number}/file",
    response=answers(dict[str, Any]),
    operation_id="proof_file",
    openapi_extra={"responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}},
)
def proof_file(request: HttpRequest, number: NumberInPath) -> HttpResponseBase:
    """The file of a proof, as it was brought. Nobody has looked whether it does harm: open it with care."""
    found = _proof(person(request), number)
    if not found.sha256:
        raise not_found()
    answer = as_download(found)
    compared(request, answer, f'"{found.sha256}"')
    return answer


# Changes. What is missing the verb says, in the same words for pages and programs; so every field may be left out here.


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReportIn(_In):
    """How an action stands."""

    words: str = Field(default="", max_length=LONG)
    status: str = Field(
        default="", max_length=40, description="Code of a status that means open or partial; empty: it stays. What is done is claimed."
    )


class LaterIn(_In):
    """A later date."""

    date: Day | None = None
    reason: str = Field(default="", max_length=40, description="Code of a reason that the preset knows.")
    words: str = Field(default="", max_length=LONG)


class VerifyIn(_In):
    """What was found."""

    status: str = Field(default="", max_length=40, description="Code of the status that was found; empty: what was claimed.")
    words: str = Field(default="", max_length=LONG, description="Needed where another status is found than was claimed.")


class SendBackIn(_In):
    """Why a claim is sent back."""

    words: str = Field(default="", max_length=LONG)


def _asked(request: HttpRequest, key: str, if_match: str, said: BaseModel | None = None) -> tuple[User, Action, int | None]:
    """Who asks, for which action that they see, and which revision of it they know."""
    user = person(request)
    found = _action(user, key)
    if said is not None:
        clean_json(said.model_dump(mode="json"))
    return user, found, revision_of(if_match)


_MOVED = answers(shapes.ActionWhole, revised=True)


@router.post("/follow-up/actions/{key}/progress", response=_MOVED, operation_id="report_action", auth=_CHANGES)
def report(request: HttpRequest, key: KeyInPath, said: ReportIn, if_match: IfMatch = "") -> shapes.ActionWhole:
    """Note how an action stands."""
    user, found, revision = _asked(request, key, if_match, said)
    work.report(user, found, said.words, said.status, revision)
    return _whole(user, _action(user, key))


@router.post("/follow-up/actions/{key}/extensions", response=_MOVED, operation_id="ask_later", auth=_CHANGES)
def ask_later(request: HttpRequest, key: KeyInPath, said: LaterIn, if_match: IfMatch = "") -> shapes.ActionWhole:
    """Ask for a later date, with a reason. Until it is given the date that holds stays."""
    user, found, revision = _asked(request, key, if_match, said)
    # Without a date the verb itself says that one is needed.
    work.ask_later(user, found, said.date, said.reason, said.words, revision)  # type: ignore[arg-type]
    return _whole(user, _action(user, key))


@router.post("/follow-up/actions/{key}/verify", response=_MOVED, operation_id="verify_action", auth=_CHANGES)
def verify(request: HttpRequest, key: KeyInPath, said: VerifyIn, if_match: IfMatch = "") -> shapes.ActionWhole:
    """Turn the second key: confirm what was claimed, or say what else was found. Never on an action of one's own unit."""
    user, found, revision = _asked(request, key, if_match, said)
    work.verify(user, found, said.status, said.words, revision)
    return _whole(user, _action(user, key))


@router.post("/follow-up/actions/{key}/send-back", response=_MOVED, operation_id="send_back_action", auth=_CHANGES)
def send_back(request: HttpRequest, key: KeyInPath, said: SendBackIn, if_match: IfMatch = "") -> shapes.ActionWhole:
    """Send a claim back that the proof does not show. The unit reads why and may claim again."""
    user, found, revision = _asked(request, key, if_match, said)
    work.send_back(user, found, said.words, revision)
    return _whole(user, _action(user, key))


def into_proof(request: HttpRequest, user: User) -> None:
    """Have a proof go straight to where it is kept; of who may not bring any nothing is kept, and nothing large is read.

    Raises:
        Problem: there is no such action, or what comes is too large.
        PermissionDenied, WrongState: the person brings no proof for it, or not now, and sends much.
    """
    assert request.resolver_match is not None  # noqa: S101 - a view is being asked
    found = _action(user, str(request.resolver_match.kwargs["key"]))
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said.isdecimal():
        raise Problem("unreadable", _("The request does not say how large it is."), _("Send its size in the header Content-Length."))
    if int(said) > proofs.most_bytes() + proofs.AROUND:
        raise Problem("too-large", proofs.too_large())
    try:
        checked(user, found, "prove", hands=Hands(user))
    except (Refused, PermissionDenied):
        if int(said) > proofs.AROUND:
            raise
        # Little is let run past: the verb says why, after it was looked where the request comes from.
        request.upload_handlers = [proofs.Nowhere(request)]
    else:
        request.upload_handlers = [proofs.IntoProof(request)]


_BRINGS = needs(Scope.WRITE_FOLLOW_UP, files=into_proof)


def _form(**more: Any) -> dict[str, Any]:
    """How a form with a file is described."""
    file = {"type": "string", "format": "binary", "description": "The file: a document, sheet, picture, text or ZIP."}
    shown = {
        "file": file,
        "page": {"type": "string", "maxLength": 500, "description": "Address of a page that shows it, instead of a file."},
        "shows": {"type": "string", "maxLength": 300, "description": "What the proof shows."},
        "public": {"type": "boolean", "description": "Whether everybody who sees the action may open it."},
    }
    schema = {"type": "object", "properties": {**more, **shown}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


class ProofIn(Schema):
    """What shows that something was done."""

    page: str = Field(default="", max_length=500)
    shows: str = Field(default="", max_length=300)
    public: bool = False


class ClaimIn(ProofIn):
    """How far an action is."""

    status: str = Field(default="", max_length=40)
    words: str = Field(default="", max_length=LONG)
    proofs: list[int] | None = Field(default=None, max_length=200)


_FIELDS = {"words": "shows", "address": "page"}
"""Fields of a proof as the verb names them, and as they are named here."""


def _shown(request: HttpRequest, said: ProofIn) -> work.Kept | str:
    """What was brought; empty: nothing."""
    try:
        return proofs.kept(request.FILES.get("file")) or said.page.strip()
    except Declined as fault:
        if str(fault) == proofs.too_large():
            raise Problem("too-large", str(fault)) from fault
        raise not_valid("body.file", str(fault)) from fault


def _added(user: User, found: Action, said: ProofIn, shown: work.Kept | str) -> Proof:
    try:
        return work.add_proof(user, found, said.shows, shown, public=said.public)
    except (Overtaken, WrongState):
        raise
    except Refused as fault:
        raise not_valid(f"body.{_FIELDS.get(fault.field, fault.field)}", str(fault)) from fault


class ProofMade(shapes.ProofOut):
    """A proof that was brought."""

    revision: int = Field(description="Of the action, now.")


@router.post(
    "/follow-up/actions/{key}/proofs", response=answers(ProofMade, 201), operation_id="bring_proof", auth=_BRINGS, openapi_extra=_form()
)
def bring_proof(request: HttpRequest, key: KeyInPath, said: Form[ProofIn]) -> Status[ProofMade]:
    """Bring a proof for an action, as the field ``file`` of a form or as the address of a page."""
    user, found = person(request), _action(person(request), key)
    clean_json(said.model_dump())
    checked(user, found, "prove")
    made = _added(user, found, said, _shown(request, said))
    fields = shapes.ProofOut.fields_of(made, found.key, {user.key: user.name})
    return Status(201, ProofMade(**fields, revision=_action(user, key).revision))


@router.post(
    "/follow-up/actions/{key}/claims",
    response=_MOVED,
    operation_id="claim_action",
    auth=_BRINGS,
    openapi_extra=_form(
        status={"type": "string", "maxLength": 40, "description": "Code of the status that is claimed."},
        words={"type": "string", "maxLength": LONG, "description": "What was done."},
        proofs={
            "type": "array",
            "items": {"type": "integer"},
            "description": "Numbers of proofs that are there and on which it rests; without: all.",
        },
    ),
)
def claim(request: HttpRequest, key: KeyInPath, said: Form[ClaimIn], if_match: IfMatch = "") -> shapes.ActionWhole:
    """Turn the first key: say how far an action is. A proof may come with it; without its claim it is not kept either."""
    user, found, revision = _asked(request, key, if_match, said)
    shown = _shown(request, said)
    with transaction.atomic():
        # The revision that was seen is that before the proof.
        found = locked(found, revision)
        rests = None if said.proofs is None else list(found.proofs.filter(pk__in=said.proofs, withdrawn=None))
        if shown:
            made = _added(user, found, said, shown)
            rests = None if rests is None else [*rests, made]
        work.claim(user, found, said.status, said.words, rests)
    return _whole(user, _action(user, key))
