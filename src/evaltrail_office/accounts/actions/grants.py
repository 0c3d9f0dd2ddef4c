"""Giving and withdrawing roles, and emergency access."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import EMERGENCY, Guarded, current_grants, forget_scope, may, require, scope_of
from evaltrail_office.accounts.actions.people import not_the_last_head
from evaltrail_office.accounts.actions.units import units_within
from evaltrail_office.accounts.mail import post
from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.accounts.policy import APART, GIVES, Role, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import Unit


class Held(Guarded, Protocol):
    """An evaluation, as far as roles in it are concerned."""

    key: str
    title: str

    def unit_barred(self, role: Role) -> int | None:
        """Number of the unit whose people may not hold the role in it; None: no such unit."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a role is given with."""

    unit: Unit | None = None
    group: str = ""
    starts: date | None = None
    ends: date | None = None
    reason: str = ""


NO_TERMS = Terms()


def gives(user: User | AnonymousUser, evaluation: Held | None) -> frozenset[Role]:
    """Roles that a person may give and withdraw in an evaluation, or (None) in the whole office.

    An administrator may name a head of evaluation where the office has none, and gives no other role: whoever runs the system does not
    decide who sees drafts.
    """
    scope = scope_of(user)
    if evaluation is None:
        wide = frozenset(role for role in Role if role.office_wide)
        if Role.HEAD in scope.office:
            return wide
        return frozenset({Role.HEAD}) if scope.administrator and not heads().exists() else frozenset()
    if not may(user, Verb.GRANT, evaluation):
        return frozenset()
    return frozenset().union(*(GIVES.get(role, frozenset()) for role in scope.roles(evaluation.key)))


def heads() -> QuerySet[User]:
    """People who are head of evaluation of the whole office today."""
    grants = current_grants().filter(role=Role.HEAD, evaluation="")
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def give(user: User, person: User, role: Role, evaluation: Held | None = None, terms: Terms = NO_TERMS) -> Grant:
    """Give a person a role in an evaluation, or (None) in the whole office.

    Raises:
        PermissionDenied: the role is not the user's to give there.
        Refused: the role does not fit the person or the terms; which of them, says the field.
    """
    if evaluation is not None:
        require(user, Verb.GRANT, evaluation)
    if role not in gives(user, evaluation):
        raise PermissionDenied(_("This role is not yours to give here."))
    if person.pk == user.pk and Role.HEAD not in scope_of(user).office:
        raise Refused(_("Nobody gives a role to themselves."), "email")
    if not person.is_active:
        raise Refused(_("This account has ended."), "email")
    _check(person, role, evaluation, terms)
    key = evaluation.key if evaluation else ""
    with transaction.atomic():
        same = Grant.objects.filter(
            user=person, role=role, evaluation=key, unit=terms.unit, group=terms.group, withdrawn=None, emergency=False
        )
        if same.filter(Q(ends=None) | Q(ends__gte=timezone.localdate())).exists():
            raise Refused(_("They hold this role already. Withdraw it first to give it with other terms."), "role")
        grant = Grant.objects.create(
            user=person,
            role=role,
            evaluation=key,
            unit=terms.unit,
            group=terms.group,
            starts=terms.starts,
            ends=terms.ends,
            reason=terms.reason,
            given_by=user.key,
        )
        new = {"to": person.key, "role": role.value, "ends": terms.ends.isoformat() if terms.ends else None}
        note(user, "granted", f"grant:{grant.pk}", about=key, new=new, reason=terms.reason)
        forget_scope(person)
    return grant


def withdraw(user: User, grant: Grant, evaluation: Held | None, reason: str) -> None:
    """Withdraw a role; whoever holds it may give it up.

    Raises:
        PermissionDenied: the role is not the user's to withdraw.
        Refused: the office would be left without a head of evaluation.
    """
    if grant.evaluation != (evaluation.key if evaluation else ""):
        raise ValueError("this role is held elsewhere")
    own = grant.user_id == user.pk
    if not own and Role(grant.role) not in gives(user, evaluation) and not (grant.emergency and Role.HEAD in scope_of(user).office):
        raise PermissionDenied(_("This role is not yours to withdraw."))
    if grant.withdrawn is not None:
        return
    with transaction.atomic():
        if grant.role == Role.HEAD and not grant.evaluation:
            not_the_last_head(grant.user)
        grant.withdrawn, grant.withdrawn_by, grant.withdrawn_why = timezone.now(), user.key, reason
        grant.save(update_fields=["withdrawn", "withdrawn_by", "withdrawn_why"])
        old = {"from": grant.user.key, "role": grant.role, "emergency": grant.emergency}
        note(user, "withdrew", f"grant:{grant.pk}", about=grant.evaluation, old=old, reason=reason)
        forget_scope(user)


def take_emergency_access(user: User, evaluation: Held, reason: str) -> Grant:
    """Let an administrator see an evaluation with its drafts for a day. It is journalled, and every head of evaluation is told by mail.

    Raises:
        PermissionDenied: the user is no administrator.
        Refused: no reason is given.
    """
    if not scope_of(user).administrator:
        raise PermissionDenied(_("Emergency access is for administrators."))
    if not reason.strip():
        raise Refused(_("Say why it cannot wait for the head of evaluation."), "reason")
    now = timezone.now()
    with transaction.atomic():
        taken = current_grants().filter(user=user, evaluation=evaluation.key, emergency=True).first()
        if taken is not None:
            return taken
        grant = Grant.objects.create(
            user=user,
            role=Role.READER,
            evaluation=evaluation.key,
            emergency=True,
            reason=reason.strip(),
            ends=timezone.localdate(now + EMERGENCY),
            given=now,
            given_by=user.key,
        )
        note(
            user,
            "took emergency access",
            f"grant:{grant.pk}",
            about=evaluation.key,
            new={"until": (now + EMERGENCY).isoformat()},
            reason=reason,
        )
        others = sorted(heads().exclude(pk=user.pk).values_list("email", flat=True))
        text = _(
            "%(name)s, who runs the system, has taken emergency access to %(key)s, %(title)s, for 24 hours. It shows all its papers, "
            "drafts too, and lets nothing be changed.\n\nReason given: %(reason)s\n\nYou can withdraw it on the page of its roles."
        ) % {"name": user.name, "key": evaluation.key, "title": evaluation.title, "reason": reason.strip()}
        post(_("Emergency access to %(key)s") % {"key": evaluation.key}, text, others, asked_by=user.key, priority=5)
        forget_scope(user)
    return grant


def is_barred(person: User, role: Role, evaluation: Held) -> bool:
    """Whether a person's unit keeps them from a role in an evaluation. Asked when a role is given, and again wherever it is shown."""
    barred = evaluation.unit_barred(role)
    return barred is not None and person.unit_id in units_within(barred)


def _check(person: User, role: Role, evaluation: Held | None, terms: Terms) -> None:
    today = timezone.localdate()
    if evaluation is None and not role.office_wide:
        raise Refused(_("This role is held in one evaluation, not in the whole office."), "role")
    if role == Role.TEAM and terms.ends is None:
        raise Refused(_("A team's access ends with its contract: give the contract's last day."), "ends")
    if role == Role.CONSTITUENT and not terms.group:
        raise Refused(_("A constituent belongs to a group: governments, employers or workers."), "group")
    if role == Role.FOCAL_POINT and terms.unit is None:
        raise Refused(_("A focal point answers for a unit: say which."), "unit")
    if terms.ends and terms.ends < (terms.starts or today):
        raise Refused(_("It would end before it begins."), "ends")
    if evaluation is None:
        return
    if is_barred(person, role, evaluation):
        raise Refused(
            _("%(name)s belongs to the unit whose programme is evaluated; the manager of a decentralised evaluation does not.")
            % {"name": person.name},
            "email",
        )
    drafters = APART[Verb.ASSESS]
    held = {
        Role(r) for r in current_grants().filter(user=person, evaluation=evaluation.key, emergency=False).values_list("role", flat=True)
    }
    if (role == Role.VERIFIER and held & drafters) or (role in drafters and Role.VERIFIER in held):
        raise Refused(_("Nobody verifies an evaluation that they write or run."), "role")


__all__ = ["Held", "Terms", "give", "gives", "heads", "is_barred", "take_emergency_access", "withdraw"]
