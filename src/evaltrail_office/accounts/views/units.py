"""Pages on units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts import forms
from evaltrail_office.accounts.actions import units as actions
from evaltrail_office.accounts.actions.people import require_runs_people
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.queries import unit_tree
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Units as a tree."""
    require_runs_people(request.user)
    page = Paginator(unit_tree(), 100).get_page(request.GET.get("page"))
    return render(request, "accounts/units.html", {"page": page, "section": "people"})


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, key: str = "") -> HttpResponse:
    """A unit to be changed, or (without a key) a new one."""
    user = signed_in(request)
    require_runs_people(user)
    own = get_object_or_404(Unit, key=key) if key else None
    initial = {**{name: getattr(own, name) for name in actions.FIELDS}, "head": own.head.email if own.head else ""} if own else None
    form = forms.UnitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if own is None:
                actions.add_unit(user, **form.cleaned_data)
            else:
                actions.change_unit(user, own, **form.cleaned_data)
        except Refused as fault:
            forms.told(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("units")
    return render(request, "accounts/unit.html", {"form": form, "unit": own, "section": "people"}, status=422 if form.errors else 200)
