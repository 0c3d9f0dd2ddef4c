"""Taking over what a paper answers: shown as it was read, corrected and confirmed by a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.follow_up import queries_answers as queries
from evaltrail_office.follow_up.actions.opening import units_by_name
from evaltrail_office.follow_up.actions.taking_over import TakenAction, TakenAnswer, take_over_printed
from evaltrail_office.follow_up.forms_answers import UnitField, UnitsField
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import Meaning, Verdict
from evaltrail_office.follow_up.printed import offers
from evaltrail_office.follow_up.views.answers import offered_units, own_follow_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import Unit
    from evaltrail_office.follow_up.printed import Offer, OfferedAction


_WHY = {
    "does": gettext_lazy("it says that it is done as recommended"),
    "promises": gettext_lazy("it promises to act"),
    "considers": gettext_lazy("it promises to look at it, and no more"),
    "told": gettext_lazy("it tells what was done before, and promises nothing"),
    "refuses": gettext_lazy("it says that it cannot or need not be done"),
    "refuses_in_part": gettext_lazy("it promises to act, and says that some of it cannot or need not be done"),
}
"""What the words of a proposal say."""


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
    filled = request.GET.get("proposed") == "1"
    rows = [_Row(n, offer, typed, filled=filled) for n, offer in enumerate(found.answers)]
    asked = [name for name in queries.organisations(follow_up) if name]
    preset = preset_of(follow_up)
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
                count = sum(len(s.body) for s in sent)
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
        "verdicts": [(str(v), preset.verdicts.get(v, str(v.label))) for v in Verdict],
        "statuses": [(s.code, s.words) for s in preset.statuses if s.meaning not in {Meaning.DONE, Meaning.DROPPED}],
        "proposed": sum(row.proposed for row in rows if not row.verdict),
        "joint": found.joint or bool(asked),
        "organisations": list(dict.fromkeys([*asked, *(o.organisation for o in found.answers if o.organisation)])),
        "units": offered_units(),
        "faults": faults,
        "section": "follow-up",
    }
    return render(request, "follow_up/answers/printed.html", context, status=422 if faults else 200)


class _Row:
    """An answer of the paper in the form: as it was read, or as it was typed."""

    def __init__(self, number: int, offer: Offer, typed: Mapping[str, str] | None, *, filled: bool = False) -> None:
        self.number, self.offer, self._typed = number, offer, typed
        self.faults: dict[str, str] = {}
        self.take = typed is None or bool(typed.get(f"{number}-take"))
        self.proposed = offer.proposal is not None
        read = offer.proposal.verdict if filled and offer.proposal is not None and not offer.verdict else offer.verdict
        self.verdict = read if typed is None else typed.get(f"{number}-verdict", "")
        self.organisation = offer.organisation if typed is None else " ".join(typed.get(f"{number}-organisation", "").split())[:200]
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
        return TakenAnswer(self.offer.statement, self.offer.track.pk, point, self.verdict, tuple(actions), self.organisation)

    @property
    def why(self) -> str:
        """What the words of the proposal say, in a sentence."""
        return str(_WHY[self.offer.proposal.why]) if self.offer.proposal is not None else ""

    @property
    def proposal(self) -> str:
        """The verdict that is proposed, where it is not chosen."""
        meant = self.offer.proposal
        return meant.verdict if meant is not None and meant.verdict != self.verdict else ""


class _ActionRow:
    def __init__(self, name: str, action: OfferedAction, typed: Mapping[str, str] | None) -> None:
        self.name, self.action = name, action
        self.faults: dict[str, str] = {}
        self.text = action.text if typed is None else typed.get(f"{name}-text", "")[:10_000]
        self.unit = (action.unit.name if action.unit else "") if typed is None else typed.get(f"{name}-unit", "")[:200]
        day = action.due or action.proposed
        self.due = (day.isoformat() if day else "") if typed is None else typed.get(f"{name}-due", "")
        self.others = "; ".join(u.name for u in action.others) if typed is None else typed.get(f"{name}-others", "")[:2000]
        self.status = action.status if typed is None else typed.get(f"{name}-status", "")[:40]
        self.note = action.told(day)

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
        note = self.action.note if (self.action.unit, self.action.due) == (unit, due) else "; ".join([*left, *self._printed(due)])
        others = self._others(known)
        return TakenAction(self.text.strip(), self.action.number, unit, due, note, others, self.status, self.action.comments)

    def _printed(self, due: date | None) -> list[str]:
        """What a note keeps where a person filled in what the paper's words leave open."""
        found = []
        if due is not None and self.action.due is None and self.action.printed_due:
            found.append(_("date printed as “%(words)s”") % {"words": self.action.printed_due})
        if self.action.meaning in {Meaning.DONE, Meaning.DROPPED}:
            found.append(_("status printed as “%(words)s”, which nobody has verified") % {"words": self.action.printed_status})
        return found

    def _others(self, known: Mapping[str, Unit]) -> tuple[Unit, ...]:
        field = UnitsField(label="")
        field.known = known
        try:
            return tuple(field.clean(self.others))
        except ValidationError as fault:
            self.faults["others"] = " ".join(fault.messages)
            return ()
