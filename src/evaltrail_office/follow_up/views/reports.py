"""Writing reports of follow-up: small ones at once, larger ones in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import writing
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import reports as building
from evaltrail_office.follow_up.forms_reports import ReportForm
from evaltrail_office.follow_up.jobs_reports import KIND
from evaltrail_office.follow_up.models import Track
from evaltrail_office.follow_up.report_files import file_of
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.jobs.names import Shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from evaltrail_office.accounts.models import User

SMALL = 50
"""Evaluations of a report that is written while a person waits."""
SMALL_TRACKS = 600
"""Recommendations of such a report."""
MOST = {"pdf": 2_500, "docx": 10_000, "html": 10_000, "xlsx": 25_000, "csv": 50_000}
"""Recommendations of a report: what writing a file of that form takes of memory (a PDF of 2,000 takes 1.5 GB) and time."""
OFFERED = 300
"""Evaluations to choose from."""
WAITED_FOR = 10
"""Priority of what a person waits for."""


def _reader(request: HttpRequest) -> User:
    """Whoever has a part in evaluation, or in what a unit owes. Raises ``Http404`` for others."""
    user = signed_in(request)
    scope = scope_of(user)
    if not (scope.holds_a_role or scope.units):
        raise Http404
    return user


def _form(request: HttpRequest, user: User) -> ReportForm:
    followed = Evaluation.objects.filter(pk__in=visible(user, Track.objects.all()).order_by().values("evaluation"))
    latest = list(followed.order_by("-year", "-pk").values_list("pk", flat=True)[:OFFERED])
    asked = request.GET.get("evaluation", "")[:20]
    chosen = list(followed.filter(key=asked).values_list("pk", flat=True)) if asked else []
    offered = Evaluation.objects.filter(pk__in=[*latest, *chosen]).order_by("-year", "title")
    return ReportForm(
        request.POST if request.method == "POST" else None,
        years=building.years(user),
        units=building.units(user),
        evaluations=offered,
        initial={"evaluations": [asked] if chosen else [], "unit": request.GET.get("unit", "")[:20]},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponseBase:
    """Choose a report; written at once where it is small, else in the background."""
    user = _reader(request)
    form = _form(request, user)
    if request.method != "POST":
        return _page(request, user, form)
    if not form.is_valid():
        return _page(request, user, form, 422)
    asked, to = form.asked(), form.cleaned_data["form"]
    count, tracks = len(building.evaluations(user, asked)), building.tracks(user, asked).count()
    if not count:
        nothing = (
            _("No action that you see is open there.") if asked.kind == building.PLAN else _("Nothing that you see is followed there.")
        )
        form.add_error(None, nothing)
        return _page(request, user, form, 422)
    if tracks > MOST[to]:
        words = _("Recommendations in it: %(n)d. A %(form)s holds %(most)d. Choose a unit, a year or evaluations, or another kind of file.")
        form.add_error(None, words % {"n": tracks, "form": to.upper(), "most": MOST[to]})
        return _page(request, user, form, 422)
    if count > SMALL or tracks > SMALL_TRACKS:
        key = f"{KIND} {user.key} {asked.kind} {asked.year} {asked.unit} {asked.public} {asked.language} {to}"[:120]
        args = {"asked": asked.to_data(), "form": to}
        job = enqueue(KIND, args, asked_by=user.key, key="" if asked.evaluations else key, priority=WAITED_FOR)
        return redirect("follow-up-report", number=job.pk)
    found = building.record(user, asked)
    if not found.evaluations:
        form.add_error(None, building.nothing_then(asked))
        return _page(request, user, form, 422)
    try:
        path = file_of(found, asked.kind, to)
    except writing.Unwritten as fault:
        form.add_error(None, _("It could not be written: %(fault)s") % {"fault": fault})
        return _page(request, user, form, 422)
    return _file(path, to, building.name_of(asked, to))


def _page(request: HttpRequest, user: User, form: ReportForm, status: int = 200) -> HttpResponse:
    mine = Job.objects.filter(kind=KIND, asked_by=user.key).order_by("-pk")[:5]
    context = {"form": form, "section": "follow-up", "jobs": [Shown(job, mine=True) for job in mine], "small": SMALL}
    return render(request, "follow_up/reports/reports.html", context, status=status)


def _mine(request: HttpRequest, number: int) -> Job:
    return get_object_or_404(Job, pk=number, kind=KIND, asked_by=_reader(request).key)


@never_cache
@require_safe
def under_way(request: HttpRequest, number: int) -> HttpResponse:
    """How far a report is, and the file when it is written."""
    job = _mine(request, number)
    part = request.headers.get("HX-Target") == f"report-{number}"
    context = {"job": Shown(job, mine=True), "section": "follow-up", "made": job.state == State.DONE}
    return render(request, "follow_up/reports/progress.html" if part else "follow_up/reports/under_way.html", context)


@never_cache
@require_safe
def made(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file that was written in the background, for whoever asked for it."""
    job = _mine(request, number)
    result = job.result if job.state == State.DONE and isinstance(job.result, dict) else {}
    path = Path(settings.DATA) / str(result.get("path", ""))
    if not result or not path.is_file():
        messages.warning(request, _("The file is no longer kept. Have it written again."))
        return redirect("follow-up-reports")
    return _file(path, str(result["form"]), str(result["name"]))


def _file(path: Path, form: str, name: str) -> FileResponse:
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=writing.media_type(form))
