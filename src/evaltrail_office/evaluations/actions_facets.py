"""Saying what an evaluation is about: countries, themes, Sustainable Development Goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.actions_proposals import settle
from evaltrail_office.evaluations.facets import value_of
from evaltrail_office.evaluations.models import Evaluation, Facet, ProposalState
from evaltrail_office.journal.actions import note
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from evaltrail_office.accounts.models import User


def set_facet(user: User, evaluation: Evaluation, kind: str, words: str) -> Facet:
    """Give an evaluation a country, theme or goal; returns its row, which may have been there already.

    One that follows from a record becomes the person's own, and stays when the record changes.

    Raises:
        PermissionDenied: the person does not run the evaluation.
        Refused: there is no such country or goal, or nothing is said.
    """
    require(user, Verb.DESCRIBE, evaluation)
    value = value_of(kind, words)
    with transaction.atomic():
        _lock(evaluation)
        row, made = Facet.objects.get_or_create(evaluation=evaluation, kind=kind, value=value, defaults={"set_by": user.key})
        if made or not row.set_by:
            old = None if made else _said(row)
            row.set_by = user.key
            row.save(update_fields=["set_by"])
            note(user, "described", f"evaluation:{evaluation.key}", about=evaluation.key, old=old, new=_said(row))
            settle(evaluation, kind, value, user, ProposalState.ACCEPTED)
    return row


def take_facet(user: User, evaluation: Evaluation, row: Facet) -> None:
    """Take a country, theme or goal away.

    Raises:
        PermissionDenied: the person does not run the evaluation.
        Refused: it follows from what a paper says, and is corrected there.
    """
    require(user, Verb.DESCRIBE, evaluation)
    if not row.set_by:
        raise Refused(_("It is what the paper says: correct the paper."))
    with transaction.atomic():
        _lock(evaluation)
        note(user, "described", f"evaluation:{evaluation.key}", about=evaluation.key, old=_said(row), new=None)
        # What a paper proposes of it is dismissed with it, or it would come back.
        settle(evaluation, row.kind, row.value, user, ProposalState.DISMISSED)
        row.delete()


def undo_facet(user: User, evaluation: Evaluation) -> None:
    """Take back what the person said last of what the evaluation is about, and has not taken back.

    Raises:
        PermissionDenied: the person does not run the evaluation.
        Refused: there is nothing to take back, or somebody has changed it since.
    """
    require(user, Verb.DESCRIBE, evaluation)
    with transaction.atomic():
        _lock(evaluation)
        last = last_change(user, evaluation)
        if last is None:
            raise Refused(_("You have said nothing here that could be taken back."))
        if isinstance(last.new, dict):
            now = Facet.objects.filter(evaluation=evaluation, **last.new)
            if not now:
                raise Refused(_("Somebody has changed it since."))
            if isinstance(last.old, dict):
                now.update(set_by=last.old["set_by"])
            else:
                now.delete()
                settle(evaluation, last.new["kind"], last.new["value"], user, ProposalState.OPEN)
        elif isinstance(last.old, dict):
            Facet.objects.get_or_create(
                evaluation=evaluation, kind=last.old["kind"], value=last.old["value"], defaults={"set_by": last.old["set_by"]}
            )
            settle(evaluation, last.old["kind"], last.old["value"], user, ProposalState.ACCEPTED)
        note(user, "undid", f"evaluation:{evaluation.key}", about=evaluation.key, old=last.new, new={"facet": last.old, "entry": last.pk})


def last_change(user: User, evaluation: Evaluation) -> Entry | None:
    """What the person said last of what the evaluation is about, and has not taken back."""
    own = Entry.objects.filter(thing=f"evaluation:{evaluation.key}", actor=user.key)
    undone = {e["entry"] for e in own.filter(verb="undid").values_list("new", flat=True) if isinstance(e, dict) and "entry" in e}
    return own.filter(verb="described").exclude(pk__in=undone).order_by("-pk").first()


def _lock(evaluation: Evaluation) -> None:
    """Hold the evaluation, so that two people change what it is about one after the other."""
    Evaluation.objects.select_for_update().get(pk=evaluation.pk)


def _said(row: Facet) -> dict[str, str]:
    return {"kind": row.kind, "value": row.value, "set_by": row.set_by}
