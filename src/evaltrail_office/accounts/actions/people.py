"""Inviting people, changing and ending their accounts."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import current_grants, scope_of
from evaltrail_office.accounts.mail import post
from evaltrail_office.accounts.models import Invitation, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from evaltrail_office.accounts.models import Unit

INVITED_FOR = timedelta(days=7)


def runs_people(user: User | AnonymousUser) -> bool:
    """Whether a person may invite others and keep their accounts and units: administrators and heads of evaluation."""
    scope = scope_of(user)
    return scope.administrator or Role.HEAD in scope.office


def require_runs_people(user: User | AnonymousUser) -> None:
    """Raise ``PermissionDenied`` for everybody else."""
    if not runs_people(user):
        raise PermissionDenied(_("People and units are kept by administrators and heads of evaluation."))


def require_stands_above(user: User, person: User) -> None:
    """Raise ``Refused`` where a person may do what the user may not.

    Whoever changes the address of an account, or holds the link to its first password, can sign in as its person. So an administrator does
    neither for somebody who has a part in evaluations, and a head neither for an administrator.
    """
    own, theirs = scope_of(user), scope_of(person)
    if theirs.administrator and not own.administrator:
        raise Refused(_("This is an administrator's account: another administrator does that."), "email")
    if theirs.holds_a_role and Role.HEAD not in own.office:
        raise Refused(_("This person holds a role in evaluations, so a head of evaluation does that."), "email")


def invite(user: User, *, email: str, name: str, unit: Unit | None = None) -> tuple[User, str]:
    """Make an account for a person without a password, and what the link holds with which they set one.

    Raises:
        Refused: the address has an account.
    """
    require_runs_people(user)
    with transaction.atomic():
        if User.objects.filter(email=User.objects.normalize_email(email).lower()).exists():
            raise Refused(_("This address has an account already."), "email")
        person = User.objects.create_user(email, None, name=name, unit=unit)
        token = _link(user, person)
        note(user, "invited", f"person:{person.key}", new={"email": person.email, "name": name, "unit": unit.key if unit else None})
    return person, token


def invite_again(user: User, person: User) -> str:
    """Make a new link for somebody who has not used theirs; the one before no longer works. Returns what the link holds.

    Raises:
        Refused: they have a password, and a link made for them by somebody else would let that somebody in as them; or they may do what
            the user may not.
    """
    require_runs_people(user)
    if person.has_usable_password() or person.last_login or not person.is_active:
        raise Refused(_("This person has signed in before: they set a new password by themselves, from the sign-in page."))
    require_stands_above(user, person)
    with transaction.atomic():
        token = _link(user, person)
        note(user, "invited again", f"person:{person.key}")
    return token


def _link(user: User, person: User) -> str:
    token = secrets.token_urlsafe(24)
    now = timezone.now()
    person.invitations.filter(used=None, ends__gt=now).update(ends=now)
    Invitation.objects.create(user=person, sha256=_hash(token), made_by=user.key, ends=now + INVITED_FOR)
    return token


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link's token belongs to, as long as it can be used."""
    found = Invitation.objects.select_related("user").filter(sha256=_hash(token), used=None, ends__gt=timezone.now(), user__is_active=True)
    return found.first()


def accept(token: str, password: str) -> User:
    """Set the password of the person who was invited. The link ends with it.

    Raises:
        Refused: the link was used, or is too old.
    """
    with transaction.atomic():
        # In one statement, so that of two who use the link at once only one does.
        used = Invitation.objects.filter(sha256=_hash(token), used=None, ends__gt=timezone.now(), user__is_active=True)
        if not used.update(used=timezone.now()):
            raise Refused(_("This link no longer works."))
        person = Invitation.objects.select_related("user").get(sha256=_hash(token)).user
        person.set_password(password)
        person.save(update_fields=["password"])
        note(person, "accepted", f"person:{person.key}")
        text = _(
            "A password was set for your account with the link of your invitation. If it was not you, tell the head of evaluation at once."
        )
        post(_("Your account is open"), text, [person.email], asked_by=person.key)
    return person


def change_person(user: User, person: User, *, name: str, email: str, unit: Unit | None) -> str:
    """Change who somebody is; returns the address from before where it is another one now, for telling it that.

    Raises:
        Refused: another account has the address, or the address is that of somebody who may do what the user may not.
    """
    require_runs_people(user)
    email = User.objects.normalize_email(email).lower()
    old = {"name": person.name, "email": person.email, "unit": person.unit.key if person.unit else None}
    new = {"name": name, "email": email, "unit": unit.key if unit else None}
    if old == new:
        return ""
    if email != person.email:
        require_stands_above(user, person)
    if User.objects.filter(email=email).exclude(pk=person.pk).exists():
        raise Refused(_("Another account has this address."), "email")
    with transaction.atomic():
        person.name, person.email, person.unit = name, email, unit
        person.save(update_fields=["name", "email", "unit"])
        note(user, "changed", f"person:{person.key}", old=old, new=new)
    return str(old["email"]) if old["email"] != email else ""


def change_own(user: User, *, name: str, language: str, theme: str) -> None:
    """Change one's own name and how one sees the office."""
    new: dict[str, Any] = {"name": name, "language": language, "theme": theme}
    old = {field: getattr(user, field) for field in new}
    if old == new:
        return
    with transaction.atomic():
        for field, value in new.items():
            setattr(user, field, value)
        user.save(update_fields=list(new))
        note(user, "changed", f"person:{user.key}", old=old, new=new)


def end_person(user: User, person: User, reason: str) -> None:
    """End an account: nobody signs in with it, and the roles that it holds are withdrawn. What the person did stays told.

    Raises:
        Refused: it is one's own, the last administrator's, the last head's, or a head's and the user is none.
    """
    require_runs_people(user)
    if person.pk == user.pk:
        raise Refused(_("Nobody ends their own account; another administrator does."))
    if person.is_administrator and not scope_of(user).administrator:
        raise Refused(_("The account of an administrator is ended by an administrator."))
    head = Role.HEAD in scope_of(person).office
    if head and Role.HEAD not in scope_of(user).office:
        # Or an administrator could end the head's account and name somebody else.
        raise Refused(_("The account of a head of evaluation is ended by a head of evaluation."))
    with transaction.atomic():
        if person.is_administrator:
            _not_the_last(person)
        if head:
            not_the_last_head(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        now = timezone.now()
        open_grants = person.grants.filter(withdrawn=None)
        ended = list(open_grants.values_list("pk", flat=True))
        open_grants.update(withdrawn=now, withdrawn_by=user.key, withdrawn_why=reason)
        person.invitations.filter(used=None, ends__gt=now).update(ends=now)
        note(user, "ended", f"person:{person.key}", new={"grants": ended}, reason=reason)


def reopen_person(user: User, person: User) -> None:
    """Let somebody in again whose account was ended; their roles are given anew where they are wanted."""
    require_runs_people(user)
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        note(user, "reopened", f"person:{person.key}")


def set_administrator(user: User, person: User, *, administrator: bool) -> None:
    """Make somebody an administrator, or no longer.

    Raises:
        PermissionDenied: the user is no administrator.
        Refused: it would leave the office without one.
    """
    if not scope_of(user).administrator:
        raise PermissionDenied(_("Administrators are named by administrators."))
    if person.is_administrator == administrator:
        return
    if administrator and not person.is_active:
        raise Refused(_("This account has ended."))
    with transaction.atomic():
        if not administrator:
            _not_the_last(person)
        person.is_administrator = administrator
        person.save(update_fields=["is_administrator"])
        note(user, "named administrator" if administrator else "relieved as administrator", f"person:{person.key}")


def remove_second_factor(user: User, person: User, reason: str) -> None:
    """Let somebody in with their password alone who has lost their app, their keys and their codes. They are told by mail.

    Raises:
        PermissionDenied: the user is no administrator.
        Refused: it is one's own, which one removes in one's settings, or there is none.
    """
    if not scope_of(user).administrator:
        raise PermissionDenied(_("A second factor is removed by an administrator."))
    if person.pk == user.pk:
        raise Refused(_("Remove your own in your settings."))
    with transaction.atomic():
        if not Authenticator.objects.filter(user=person).delete()[0]:
            raise Refused(_("This person has no second factor."))
        note(user, "removed the second factor", f"person:{person.key}", reason=reason)
        text = _(
            "%(by)s has removed the second factor of your account. Reason given: %(reason)s\n\n"
            "Your password alone signs you in now. Set up another second factor in your settings. If you did not ask for this, "
            "tell the head of evaluation at once."
        ) % {"by": user.name, "reason": reason}
        post(_("Your second factor was removed"), text, [person.email], asked_by=user.key, priority=5)


def _not_the_last(person: User) -> None:
    # Held until the transaction ends, so that of the last two each does not relieve the other at once.
    others = User.objects.select_for_update().filter(is_administrator=True, is_active=True)
    if not [other for other in others if other.pk != person.pk]:
        raise Refused(_("An office needs an administrator, and this is the only one. Name another one first."))


def not_the_last_head(person: User) -> None:
    """Raise ``Refused`` where a person is the only head of evaluation of the whole office. Called in a transaction."""
    held = current_grants().filter(role=Role.HEAD, evaluation="", user__is_active=True).select_for_update(of=("self",))
    if not [grant for grant in held if grant.user_id != person.pk]:
        raise Refused(_("An office needs a head of evaluation, and this is the only one. Name another one first."))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
