"""Taking over what a paper answers: shown as it was read, corrected and confirmed by a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.follow_up.actions.opening import units_by_name
from evaltrail_office.follow_up.actions.taking_over import TakenAction, TakenAnswer, take_over_printed
from evaltrail_office.follow_up.forms_answers import UnitField
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import Verdict
from evaltrail_office.follow_up.printed import offers
from evaltrail_office.follow_up.views.answers import offered_units, own_follow_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import Unit
    from evaltrail_office.follow_up.printed import Offer, OfferedAction


@require_http_methods(["GET", "HEAD", "POST"])
def printed(request: HttpRequest, key: str, document_key: str) -> HttpResponse:
    """The answers of a paper, each to be taken over or left."""
    user = signed_in(request)
    follow_up = own_follow_up(user, key)
    if not Hands(user).scope.roles(key) & {Role.HEAD, Role.MANAGER, Role.COORDINATOR}:
        raise PermissionDenied(_("Printed answers are taken over by the evaluation office and the response coordinator."))
    own = evaluation_queries.documents(user).filter(parts__evaluation_key=key, confirmed__isnull=False).distinct()
    document = get_object_or_404(own, key=document_key)
    found = offers(follow_up, document)
    typed = request.POST if request.method == "POST" else None
    rows = [_Row(n, offer, typed) for n, offer in enumerate(found.answers)]
    known = units_by_name() if typed is not None else {}
    faults: list[str] = []
    if typed is not None:
        chosen = [taken for row in rows if (taken := row.taken(known)) is not None]
        if not any(row.faults for row in rows):
            try:
                sent = take_over_printed(user, follow_up, document, chosen, overall=bool(typed.get("overall")))
            except Refused as fault:
                faults.append(str(fault))
            else:
                count = len(sent.body)
                said = ngettext("%(n)d answer was taken over.", "%(n)d answers were taken over.", count)
                messages.success(request, said % {"n": count})
                return redirect("answers", key)
        else:
            faults.append(_("Some answers cannot be taken over as they stand. What you typed is kept; see the words beside it."))
    context = {
        "evaluation": follow_up.evaluation,
        "follow_up": follow_up,
        "document": document,
        "rows": rows,
        "offers": found,
        "overall": typed is None or bool(typed.get("overall")),
        "verdicts": [(str(v), preset_of(follow_up).verdicts.get(v, str(v.label))) for v in Verdict],
        "units": offered_units(),
        "faults": faults,
        "section": "follow-up",
    }
    return render(request, "follow_up/answers/printed.html", context, status=422 if faults else 200)


class _Row:
    """An answer of the paper in the form: as it was read, or as it was typed."""

    def __init__(self, number: int, offer: Offer, typed: Mapping[str, str] | None) -> None:
        self.number, self.offer, self._typed = number, offer, typed
        self.faults: dict[str, str] = {}
        self.take = typed is None or bool(typed.get(f"{number}-take"))
        self.verdict = offer.verdict if typed is None else typed.get(f"{number}-verdict", "")
        self.actions = [_ActionRow(f"{number}-{n}", a, typed) for n, a in enumerate(offer.actions)]

    def taken(self, known: Mapping[str, Unit]) -> TakenAnswer | None:
        """What is to be taken over; None: nothing, or not as it stands."""
        if not self.take:
            return None
        if self.verdict not in Verdict.values:
            self.faults["verdict"] = _("Say whether it is accepted: the paper does not say it clearly.")
        actions = []
        for row in self.actions:
            one = row.taken(known)
            if row.faults:
                self.faults["actions"] = "; ".join(row.faults.values())
            elif one is not None:
                actions.append(one)
        point = self.offer.point.pk if self.offer.point else None
        return TakenAnswer(self.offer.statement, self.offer.track.pk, point, self.verdict, tuple(actions))


class _ActionRow:
    def __init__(self, name: str, action: OfferedAction, typed: Mapping[str, str] | None) -> None:
        self.name, self.action = name, action
        self.faults: dict[str, str] = {}
        self.text = action.text if typed is None else typed.get(f"{name}-text", "")[:10_000]
        self.unit = (action.unit.name if action.unit else "") if typed is None else typed.get(f"{name}-unit", "")[:200]
        self.due = (action.due.isoformat() if action.due else "") if typed is None else typed.get(f"{name}-due", "")
        self.note = action.note

    def taken(self, known: Mapping[str, Unit]) -> TakenAction | None:
        """The action; None where its words were taken out."""
        if not self.text.strip():
            return None
        unit, due = None, None
        if self.unit.strip():
            field = UnitField(label="")
            field.known = known
            try:
                unit = field.unit(self.unit.strip())
            except ValidationError as fault:
                self.faults["unit"] = " ".join(fault.messages)
        if self.due.strip():
            try:
                due = date.fromisoformat(self.due.strip())
            except ValueError:
                self.faults["due"] = _("Write the date as in 2026-11-23.")
        left = []
        if unit is None:
            left.append(_("the paper names no unit"))
        if due is None:
            left.append(_("the paper names no date"))
        note = self.action.note if (self.action.unit, self.action.due) == (unit, due) else "; ".join(left)
        return TakenAction(self.text.strip(), self.action.number, unit, due, note)
