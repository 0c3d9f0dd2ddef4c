"""How a job stands, for whoever asked for it; the list of all of them, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evaltrail_office.jobs import actions, queries
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.jobs.names import STATES, Shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

A_PAGE = 50


@never_cache
@require_safe
def job(request: HttpRequest, number: int) -> HttpResponse:
    """How far a job has come. htmx asks for the changing part alone, by naming it as its target."""
    found = _found(request, number)
    context = {"job": Shown(found, mine=found.asked_by == _user(request).key)}
    part = request.headers.get("HX-Target") == f"job-{number}"
    return render(request, "jobs/progress.html" if part else "jobs/job.html", context)


@never_cache
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """All jobs, the newest first, and who does them. Others than administrators do not find the page."""
    user = _user(request)
    if not user.is_administrator:
        raise Http404
    state = request.GET.get("state", "")
    every = queries.visible_jobs(user).order_by("-id").defer("args", "result")
    if state in State.values:
        every = every.filter(state=state)
    page = Paginator(every, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "jobs": [Shown(one, mine=one.asked_by == user.key) for one in page],
        "state": state,
        "states": [(value, words) for value, (_shape, words) in STATES.items()],
        "work": queries.work(),
        "names": dict(get_user_model().objects.filter(key__in={one.asked_by for one in page}).values_list("key", "name")),
    }
    return render(request, "jobs/jobs.html", context)


@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Try a job again."""
    found = _found(request, number)
    if actions.retry(_user(request), found):
        messages.success(request, _("It is tried again."))
    else:
        messages.error(request, _("It is not tried again: it is under way, or was done, or another like it is under way."))
    return redirect("job", number)


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Call a job off."""
    found = _found(request, number)
    if actions.call_off_by(_user(request), found):
        messages.success(request, _("It is called off. “Try again” takes that back."))
    else:
        messages.error(request, _("It has ended already; there was nothing to call off."))
    return redirect("job", number)


def _user(request: HttpRequest) -> queries.Asker:
    # A stranger was sent to the sign-in before any of this.
    return cast("queries.Asker", request.user)


def _found(request: HttpRequest, number: int) -> Job:
    return get_object_or_404(queries.visible_jobs(_user(request)), pk=number)
