"""Concerns of constituents, and decisions of the governing body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import may, require, scope_of, sees
from evaltrail_office.accounts.policy import Group, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up.actions.opening import start_clock
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import BY_NAME, ConcernState
from evaltrail_office.follow_up.models import BodyDecision, Concern, FollowUp
from evaltrail_office.follow_up.moving import change, checked, locked, preset_for
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import next_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation, Recommendation


def groups_of(user: User, evaluation: Evaluation | None = None) -> list[Group]:
    """Groups for which a person may raise a concern: theirs in the evaluation, or in the whole office."""
    scope = scope_of(user)
    held = scope.groups.get("", frozenset())
    if evaluation is not None:
        held |= scope.groups.get(evaluation.key, frozenset())
    else:
        held = held.union(*scope.groups.values())
    return [g for g in Group if g in held]


def raise_concern(
    user: User,
    title: str,
    text: str,
    *,
    evaluation: Evaluation | None = None,
    programme: str = "",
    group: Group | None = None,
    bureau: bool = False,
) -> Concern:
    """Raise a concern about a programme or its work, at any time, for one's group.

    Raises:
        PermissionDenied: the person speaks for no group of constituents, or not for this one.
        Refused: nothing is said, or of nothing.
    """
    own = groups_of(user, evaluation)
    if not own or (group is not None and group not in own):
        raise PermissionDenied(_("Concerns are raised by government, employers and workers, each for their own group."))
    if evaluation is not None and not sees(scope_of(user), evaluation.standing()):
        raise PermissionDenied(_("You do not see this evaluation."))
    if not title.strip():
        raise Refused(_("Say in a few words what it is about."), "title")
    if not text.strip():
        raise Refused(_("Say what the concern is."), "text")
    if evaluation is None and not programme.strip():
        raise Refused(_("Choose the evaluation or name the programme that it is about."), "programme")
    with transaction.atomic():
        made = Concern.objects.create(
            key=next_key("C", Concern, 5),
            evaluation=evaluation,
            programme=programme.strip()[:300],
            title=title.strip()[:200],
            text=text.strip(),
            group=group or own[0],
            bureau=bureau,
            raised_by=user,
        )
        about = evaluation.key if evaluation else ""
        new = {"state": made.state, "group": made.group, "title": made.title}
        note(user, "raised", f"concern:{made.key}", about=about, new=new)
    return made


def take_up(user: User, concern: Concern, owner: User | None = None, revision: int | None = None) -> Concern:
    """Take a concern up, or hand it to somebody who resolves it. Raises ``Refused`` for an owner who cannot see it through."""
    with transaction.atomic():
        concern = locked(concern, revision)
        found = checked(user, concern, "take_up" if concern.state == ConcernState.RAISED else "hand_over")
        owner = owner or user
        if not owner.is_active or (not scope_of(owner).holds_a_role and owner.unit_id is None):
            raise Refused(_("%(name)s has no part in evaluation or follow-up.") % {"name": owner.name}, "owner")
        if owner.pk == concern.raised_by_id:
            raise Refused(_("Whoever raised it does not resolve it."), "owner")
        change(user, concern, found, state=ConcernState.TAKEN_UP, owner=owner)
    return concern


def resolve(user: User, concern: Concern, resolution: str, revision: int | None = None) -> Concern:
    """Say how a concern was resolved; whoever raised it says whether they hold it to be settled."""
    with transaction.atomic():
        concern = locked(concern, revision)
        found = checked(user, concern, "resolve", given={"resolution": resolution})
        now = timezone.now()
        change(user, concern, found, state=ConcernState.RESOLVED, resolution=resolution.strip(), resolved=now, settled=None, view="")
    return concern


def say(user: User, concern: Concern, *, settled: bool, view: str = "", revision: int | None = None) -> Concern:
    """The raiser's own view of a resolution. One that they do not hold to be settled goes back to its owner, with the reason."""
    with transaction.atomic():
        concern = locked(concern, revision)
        found = checked(user, concern, "say")
        if not settled and not view.strip():
            raise Refused(_("Say what is not settled."), "view")
        state = ConcernState.RESOLVED if settled else ConcernState.TAKEN_UP
        change(user, concern, found, state=state, settled=settled, view=view.strip())
    return concern


def withdraw(user: User, concern: Concern, revision: int | None = None) -> Concern:
    """Withdraw one's own concern while it is not resolved."""
    with transaction.atomic():
        concern = locked(concern, revision)
        change(user, concern, checked(user, concern, "withdraw"), state=ConcernState.WITHDRAWN)
    return concern


def release(user: User, concern: Concern, *, released: bool = True, revision: int | None = None) -> Concern:
    """Let the other groups read a concern and its resolution, or no longer."""
    with transaction.atomic():
        concern = locked(concern, revision)
        change(user, concern, checked(user, concern, "release"), released=released)
    return concern


def can(user: User, concern: Concern, *names: str) -> set[str]:
    """Of these moves, those that the person may make now."""
    hands = Hands(user).of(concern, preset_for(concern))
    return {n for n in names if concern.state in BY_NAME[ConcernState, n].before and hands & BY_NAME[ConcernState, n].hands}


def enter_decision(  # noqa: PLR0913 - what a decision says
    user: User,
    evaluation: Evaluation,
    *,
    body: str,
    taken: date,
    adopted: str,
    session: str = "",
    how: str = BodyDecision.How.SITTING,
    drafted: str = "",
    amendments: str = "",
    document_key: str = "",
    paragraph: str = "",
    recommendations: Sequence[Recommendation] = (),
) -> BodyDecision:
    """Enter what the governing body adopted, beside the draft. Where the preset says so, it starts the clock.

    Raises:
        PermissionDenied: entering decisions is the evaluation office's.
        Refused: no body or words; a day to come; a recommendation of another evaluation.
    """
    require(user, Verb.PLAN, evaluation)
    if not body.strip():
        raise Refused(_("Name the body that decided."), "body")
    if not adopted.strip():
        raise Refused(_("Give the words as they were adopted."), "adopted")
    if taken > timezone.localdate():
        raise Refused(_("That day is still to come: decisions are entered when they are taken."), "taken")
    if any(r.evaluation_id != evaluation.pk for r in recommendations):
        raise Refused(_("One of the recommendations belongs to another evaluation."), "recommendations")
    with transaction.atomic():
        made = BodyDecision.objects.create(
            evaluation=evaluation,
            body=body.strip()[:200],
            session=session.strip()[:120],
            taken=taken,
            how=how,
            drafted=drafted.strip(),
            adopted=adopted.strip(),
            amendments=amendments.strip(),
            document_key=document_key[:20],
            paragraph=paragraph[:20],
            made_by=user.key,
        )
        made.recommendations.set(recommendations)
        new = {"body": made.body, "session": made.session, "taken": taken.isoformat(), "amended": made.amended}
        note(user, "entered", f"decision:{made.pk}", about=evaluation.key, new=new)
        follow_up = FollowUp.objects.filter(evaluation=evaluation).first()
        if follow_up is not None and follow_up.started is None and preset_of(follow_up).clock.starts == "decision":
            start_clock(user, follow_up, taken)
    return made


def withdraw_decision(user: User, decision: BodyDecision, reason: str) -> None:
    """Withdraw a decision that was entered wrongly; it stays to be read, and another takes its place."""
    require(user, Verb.PLAN, decision.evaluation)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if decision.withdrawn is not None:
        return
    with transaction.atomic():
        decision.withdrawn = timezone.now()
        decision.save(update_fields=["withdrawn"])
        note(user, "withdrew", f"decision:{decision.pk}", about=decision.evaluation.key, reason=reason.strip())


def may_enter(user: User, evaluation: Evaluation) -> bool:
    """Whether decisions on an evaluation are the person's to enter."""
    return may(user, Verb.PLAN, evaluation)
