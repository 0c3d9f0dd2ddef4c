"""How follow-up runs in this office, and the presets by which it can run."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up.actions import house as verbs
from evaltrail_office.follow_up.actions.opening import presets
from evaltrail_office.follow_up.forms_house import TIMES, HouseForm
from evaltrail_office.follow_up.models import FollowUp, House
from evaltrail_office.follow_up.preset import Preset, shipped

if TYPE_CHECKING:
    from django.http import HttpRequest


def _reader(request: HttpRequest) -> None:
    if not scope_of(signed_in(request)).holds_a_role:
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def house(request: HttpRequest) -> HttpResponse:
    """The office's own settings of follow-up; for the head of evaluation."""
    user = signed_in(request)
    if not verbs.may_set(user):
        raise PermissionDenied(_("Settings of follow-up are for the head of evaluation."))
    row, known = House.of_office(), presets()
    initial = {"preset": row.preset, "own": row.own, **row.months}
    form = HouseForm(request.POST or None, known=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            verbs.set_house(user, preset=said["preset"], months=form.months(), own=said["own"])
        except Refused as fault:
            told(form, fault)
        else:
            messages.success(request, _("Saved. Follow-ups that are open keep the rules with which they began."))
            return redirect("follow-up-settings")
    context = {
        "form": form,
        "times": [form[name] for name in TIMES],
        "known": list(known.values()),
        "open": FollowUp.objects.filter(closed=None).count(),
        "house": row,
        "section": "follow-up",
    }
    return render(request, "follow_up/house/house.html", context, status=422 if form.errors else 200)


def _known(name: str) -> Preset:
    found = presets().get(name)
    if found is None:
        raise Http404
    return found


@require_safe
def preset(request: HttpRequest, name: str) -> HttpResponse:
    """One preset in words: its answers, statuses, who verifies, what closes, and where that can be read."""
    _reader(request)
    return render(request, "follow_up/house/preset.html", {"preset": _known(name), "section": "follow-up"})


@require_safe
def as_file(request: HttpRequest, name: str) -> HttpResponse:
    """The same as TOML, to begin an own one with."""
    _reader(request)
    found = _known(name)
    own = House.of_office().own
    text = (
        own if shipped().get(name) != found else files("evaltrail_office.follow_up").joinpath("presets", f"{name}.toml").read_text("utf-8")
    )
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.toml"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)
