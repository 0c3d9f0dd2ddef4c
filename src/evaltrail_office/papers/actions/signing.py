"""Circulating a draft, and signing one version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import may, require, scope_of
from evaltrail_office.accounts.policy import Role, Stage, Verb
from evaltrail_office.evaluations.actions import refresh_stage
from evaltrail_office.journal.actions import note
from evaltrail_office.papers import queries
from evaltrail_office.papers.actions.drafting import lock
from evaltrail_office.papers.models import SignOff
from evaltrail_office.shelf import store
from evaltrail_office.shelf.actions import working_record
from evaltrail_office.shelf.models import How

if TYPE_CHECKING:
    from collections.abc import Collection

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document, Version

SIGN = (Role.TEAM, Role.MANAGER, Role.HEAD)
"""Roles that may be asked to sign, in the order in which they usually do."""


class Unsigned(Exception):
    """A signature that cannot be given. ``str()`` is one line for people that says why."""


def circulate(user: User, document: Document) -> Version:
    """Show a draft to those who are consulted on it; returns the version that they are shown first.

    Raises:
        PermissionDenied: it is not this person's to circulate.
        Unsigned: it is no draft any more.
    """
    require(user, Verb.CIRCULATE, document)
    with transaction.atomic():
        lock(document)
        if document.stage != Stage.DRAFT:
            raise Unsigned(_("It was circulated before."))
        version = frozen(user, document, _("as circulated"))
        document.stage = Stage.CIRCULATED
        document.save(update_fields=["stage"])
        told = {"stage": Stage.CIRCULATED.value, "version": version.number}
        note(user, "circulated", f"document:{document.key}", about=store.about(document), old={"stage": "draft"}, new=told)
        for key in document.standing().evaluations:
            refresh_stage(key)
    return version


def set_signers(user: User, document: Document, roles: Collection[str]) -> list[str]:
    """Say which roles have to sign before the draft is issued; returns them in their order.

    Raises:
        PermissionDenied: it is not this person's to issue.
        Unsigned: nobody would have to sign.
    """
    require(user, Verb.ISSUE, document)
    wanted = [r.value for r in SIGN if r.value in roles]
    if not wanted:
        raise Unsigned(_("Somebody has to sign: choose a role."))
    draft = document.draft
    if wanted != draft.signers:
        with transaction.atomic():
            new, old = {"signers": wanted}, {"signers": draft.signers}
            note(user, "set signers", f"document:{document.key}", about=store.about(document), old=old, new=new)
            draft.signers = wanted
            draft.save(update_fields=["signers"])
    return wanted


def sign(user: User, document: Document, role: str, version: int | None = None) -> SignOff:
    """Approve the draft as it stands, in a role. ``version``: state that the person looked at, as ``queries.state_number`` tells it.

    Raises:
        Unsigned: the role is not the person's, has signed, or the draft was edited since they looked.
    """
    with transaction.atomic():
        lock(document)
        if not may(user, Verb.SEE, document) or role not in roles_of(user, document):
            raise Unsigned(_("You do not hold the role in which you want to sign."))
        if document.stage in {Stage.ISSUED, Stage.RELEASED}:
            raise Unsigned(_("It was issued already."))
        if role not in document.draft.signers:
            raise Unsigned(_("This role is not asked to sign."))
        if version is not None and version != queries.state_number(document):
            raise Unsigned(_("The draft was edited since you opened it. Look at it again, then sign."))
        standing = [s for s in queries.signatures(document) if s.holds]
        if any(s.row.role == role for s in standing):
            raise Unsigned(_("It is signed in this role already."))
        if any(s.row.signed_by == user.key for s in standing):
            raise Unsigned(_("You have signed it in another role. Two signatures are two people's."))
        frozen_as = frozen(user, document, _("as signed"))
        new = {"role": role, "version": frozen_as.number, "sha256": frozen_as.sha256}
        entry = note(user, "signed", f"document:{document.key}", about=store.about(document), new=new)
        return SignOff.objects.create(document=document, version=frozen_as, role=role, signed_by=user.key, entry=entry.pk)


def roles_of(user: User, document: Document) -> list[str]:
    """Roles in which a person may be asked to sign a document: held in every evaluation that it tells of."""
    scope = scope_of(user)
    held = [scope.roles(key) for key in document.standing().evaluations]
    return [r.value for r in SIGN if held and all(r in roles for roles in held)]


def frozen(user: User, document: Document, why: str) -> Version:
    """The draft as it stands as a version that stays; the last one where nothing was edited since."""
    record = working_record(document)
    last = document.versions.order_by("-number")[0]
    if last.how == How.CONFIRMED and store.load(last) == record:
        return last
    return store.put(document, record, how=How.CONFIRMED, actor=user, note_text=why, derive=False)
