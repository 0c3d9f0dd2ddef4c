"""The page of one action: what was promised, how it stands, and the forms for what this person may do with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import offers, proofs
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.moving import Overtaken, WrongState, allowed
from evaltrail_office.follow_up.queries_action import ActionPage, action_page, action_rows
from evaltrail_office.follow_up.queries_board import share_rules

if TYPE_CHECKING:
    from django import forms as django_forms
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.forms_action import Move
    from evaltrail_office.follow_up.models import Action


def found_action(user: User, key: str) -> Action:
    """An action that the person sees. Raises ``Http404``."""
    found = action_rows(user).filter(key=key).first()
    if found is None:
        raise Http404
    share_rules([found])
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, key: str) -> HttpResponse:
    """The page; a move that one of its forms makes is sent to it."""
    user = signed_in(request)
    found = found_action(user, key)
    hands = Hands(user)
    if request.method == "POST":
        return moved(request, found, hands)
    return shown(request, found, hands)


def moved(request: HttpRequest, action: Action, hands: Hands) -> HttpResponse:
    """Make the move that was sent, or show the page anew with what was typed and why it was not made."""
    name = request.POST.get("move", "")
    offer = offers.BY_MOVE.get(name)
    if offer is None:
        raise Http404
    form = _form(offer, action, request.POST)
    if not form.is_valid():
        return shown(request, action, hands, Sent({offer.name: form}), status=422)
    try:
        offers.make(name, hands, action, form.given, form.cleaned_data["revision"])
    except (Overtaken, WrongState) as fault:
        # The row as it is now; what was typed stays in its form, which then has the present revision.
        fresh = found_action(hands.user, action.key)
        typed = {**request.POST.dict(), "proofs": request.POST.getlist("proofs"), "revision": str(fresh.revision)}
        again = _form(offer, fresh, typed)
        return shown(request, fresh, hands, Sent({offer.name: again}, overtaken=str(fault), kept=offer), status=409)
    except Refused as fault:
        at = form.FIELDS.get(fault.field, fault.field)
        form.add_error(at if at in form.fields else None, str(fault))
        if at in form.fields:
            form.fields[at].widget.attrs["aria-invalid"] = "true"
        return shown(request, action, hands, Sent({offer.name: form}), status=422)
    messages.success(request, str(offers.DONE[name]))
    # A browser would carry the form's own anchor over, and what was done is told at the top.
    return redirect(f"{request.path}#content")


def _form(offer: offers.Offer, action: Action, given: Any = None) -> Move:
    proofs = list(action.proofs.filter(withdrawn=None)) if offer.name == "claim" else []
    people = work.people_of(action) if offer.name == "assign" else []
    return offer.form(
        given, action=action, preset=preset_of(action.track.follow_up), people=people, brought=proofs, auto_id=f"{offer.name}-%s"
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent and not done: it stands on the page again, with why."""

    forms: dict[str, Move] = field(default_factory=dict)
    prove: django_forms.Form | None = None
    """That for a proof."""
    prove_faults: dict[str, str] = field(default_factory=dict)
    """What is wrong in which field of it."""
    overtaken: str = ""
    kept: offers.Offer | None = None
    """What was tried by whoever was overtaken."""


def shown(request: HttpRequest, action: Action, hands: Hands, sent: Sent | None = None, status: int = 200) -> HttpResponse:
    """The page, with forms that were filled in already."""
    sent = sent or Sent()
    user = hands.user
    page: ActionPage = action_page(user, action, hands)
    open_ = offers.offered(hands, action)
    # It cannot be done any more, but what was typed is not lost.
    lost = sent.forms.get(sent.kept.name) if sent.kept is not None and sent.kept not in open_ else None
    filled = [(o, sent.forms.get(o.name) or _form(o, action)) for o in open_]
    main = next((o.name for o in open_ if o.main), "")
    context = {
        "page": page,
        "action": action,
        "offers": filled,
        "main": main,
        # What was sent, and what a link asks for, stands open.
        "unfolded": {o.name for o, f in filled if f.is_bound} | {request.GET.get("do", "")},
        "whose": [] if filled else offers.whose(hands, action),
        "overtaken": sent.overtaken,
        "lost": [(lost.fields[n].label, lost.data.get(n, "")) for n in lost.fields if n != "revision" and lost.data.get(n)] if lost else [],
        "may_prove": sent.prove is not None or allowed(hands, action, "prove"),
        "prove": sent.prove,
        "prove_faults": sent.prove_faults,
        "accept": proofs.ACCEPT,
        "most_bytes": proofs.most_bytes(),
        "limits": proofs.limits(),
        "too_large": proofs.too_large(),
        "section": "follow-up",
    }
    return render(request, "follow_up/work/action.html", context, status=status)
