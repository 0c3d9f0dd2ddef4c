"""The form with which a person says who sees a paper that was brought in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaltrail_office.accounts.policy import Stage
from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.actions_stage import Unfit, say_stage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User


@require_POST
def stage(request: HttpRequest, key: str) -> HttpResponse:
    """Set the stage of a paper."""
    found = get_object_or_404(queries.documents(request.user), key=key)
    wanted, day = request.POST.get("stage", ""), request.POST.get("embargo", "").strip()
    try:
        embargo = date.fromisoformat(day) if day else None
        said = Stage(wanted)
    except ValueError:
        messages.error(request, _("Choose who sees the paper; a day is written as in 2026-11-23."))
        return redirect("document", key=key)
    try:
        say_stage(cast("User", request.user), found, said, embargo)
    except Unfit as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Said. It can be taken back here."))
    return redirect("document", key=key)
