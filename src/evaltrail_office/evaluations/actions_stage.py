"""Saying who sees a paper that was brought in: it exists outside, and the office says how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import may, require
from evaltrail_office.accounts.policy import Stage, Verb
from evaltrail_office.evaluations.actions import refresh_stage
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Document, How

if TYPE_CHECKING:
    from datetime import date

    from evaltrail_office.accounts.models import User

_NEEDS = {Stage.DRAFT: Verb.CIRCULATE, Stage.CIRCULATED: Verb.CIRCULATE, Stage.ISSUED: Verb.ISSUE, Stage.RELEASED: Verb.RELEASE}


class Unfit(Exception):
    """The paper cannot be shown to these people. ``str()`` is one line with the remedy."""


def stages_for(user: User, document: Document) -> list[Stage]:
    """Stages that a person may say of a paper; none where the office itself writes and issues it."""
    if document.versions.filter(how__in=(How.WRITTEN, How.ISSUED)).exists():
        return []
    return [stage for stage, verb in _NEEDS.items() if may(user, verb, document)]


def say_stage(user: User, document: Document, stage: Stage, embargo: date | None = None) -> None:
    """Say how far a paper that was brought in has come; it may be taken back. ``embargo``: the governing body sees it from this day on.

    Raises:
        PermissionDenied: it is not this person's to say, or what they see is not theirs to change.
        Unfit: nobody confirmed it yet, or it belongs to no evaluation, whose roles would say who sees it.
    """
    require(user, _NEEDS[stage], document)
    if stage not in stages_for(user, document):
        raise PermissionDenied(_("a paper that the office writes is shown by circulating, issuing and releasing it"))
    if stage != Stage.DRAFT and document.confirmed is None:
        raise Unfit(_("Nobody has confirmed this paper yet: what a machine read is shown to nobody else. Confirm it first."))
    if not document.standing().evaluations:
        raise Unfit(_("The paper belongs to no evaluation, so nobody has a role in it. Say first which evaluation it reports."))
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        old = {"stage": held.stage, "embargo": held.embargo.isoformat() if held.embargo else None}
        held.stage, held.embargo = stage, embargo if stage == Stage.ISSUED else None
        new = {"stage": stage.value, "embargo": held.embargo.isoformat() if held.embargo else None}
        if old == new:
            return
        held.save(update_fields=["stage", "embargo"])
        for key in document.standing().evaluations:
            refresh_stage(key)
        note(user, "said who sees", f"document:{held.key}", about=store.about(held), old=old, new=new)
    document.stage, document.embargo = held.stage, held.embargo
