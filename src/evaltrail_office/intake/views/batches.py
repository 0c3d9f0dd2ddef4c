"""Bringing files, and how far they have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaltrail_office.accounts.access import may, visible
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.intake import actions, queries
from evaltrail_office.intake.models import Batch, Item
from evaltrail_office.intake.sniff import ACCEPT, MOST_FILES, Declined, limits, most_bytes
from evaltrail_office.intake.streaming import IntoShelf, Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User

ON_A_PAGE = 100
"""Files of a batch."""
ON_HAND = 20
"""Papers to be confirmed that the first page names; the others are in their batches."""


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@csrf_exempt  # the check reads the whole upload; it is made in ``_bring``, once the way into the shelf is laid
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Where files are brought, and the batches that were."""
    if request.method == "POST":
        return _streamed(request, _bring)
    user = _user(request)
    rows = Paginator(queries.batches(user), 20)
    return render(
        request,
        "intake/intake.html",
        {
            "batches": rows.get_page(request.GET.get("page")),
            "may_bring": may(user, Verb.UPLOAD),
            "evaluations": _evaluations(user),
            "limits": limits(),
            "accept": ACCEPT,
            "most_bytes": most_bytes(),
            "most_files": MOST_FILES,
            "in_hand": queries.in_hand(user)[:ON_HAND],
        },
    )


def _evaluations(user: User) -> list[Evaluation]:
    """That papers can be brought for, the newest."""
    return [e for e in visible(user, Evaluation.objects.all())[:200] if may(user, Verb.UPLOAD, e)]


def _streamed(request: HttpRequest, view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Run a view with uploads going straight into the shelf; only for who may bring papers."""
    if not may(_user(request), Verb.UPLOAD):
        raise PermissionDenied(_("papers are brought by those who work in the evaluation office"))
    request.upload_handlers = [IntoShelf(request)]
    try:
        return csrf_protect(view)(request)
    except TooManyFilesSent:
        messages.error(
            request, _("More than %(files)d files came at once, and none was taken. Bring them in several batches.") % {"files": MOST_FILES}
        )
        return redirect("intake")


def _bring(request: HttpRequest) -> HttpResponse:
    """A batch of the files that were sent; without files and with ``script`` an empty one, whose address is told."""
    user = _user(request)
    # Reading POST reads the files.
    chosen = [f for f in (*request.FILES.getlist("file"), *request.FILES.getlist("folder")) if isinstance(f, Kept)]
    by_script = "script" in request.POST
    if not chosen and not by_script:
        messages.error(request, _("No file was chosen. Choose a file or a folder, then send it."))
        return redirect("intake")
    batch = actions.new_batch(user, request.POST.get("evaluation", ""))
    _add(user, batch, chosen)
    if by_script:
        return HttpResponse(batch.key, content_type="text/plain", status=201)
    return redirect("batch", key=batch.key)


@csrf_exempt  # as above
@require_POST
def files(request: HttpRequest, key: str) -> HttpResponse:
    """Add files to a batch; the own script sends a large folder in several goes."""

    def add(request: HttpRequest) -> HttpResponse:
        user = _user(request)
        batch = get_object_or_404(visible(user, Batch.objects.all()), key=key)
        try:
            added = _add(user, batch, [f for f in request.FILES.getlist("file") if isinstance(f, Kept)])
        except actions.TooMany as full:
            return HttpResponse(str(full), status=409, content_type="text/plain")
        faults = [f"{i.filename}: {i.fault}" for i in added if i.fault]
        return HttpResponse("\n".join(faults), content_type="text/plain")

    return _streamed(request, add)


def _add(user: User, batch: Batch, chosen: list[Kept]) -> list[Item]:
    return [
        actions.add_file(user, batch, filename=f.name or "", size=f.size or 0, sha256=f.sha256, head=f.head, fault=f.fault) for f in chosen
    ]


@never_cache
@require_safe
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """How far a batch has come, file by file. htmx asks for the changing part alone."""
    user = _user(request)
    found = get_object_or_404(visible(user, Batch.objects.all()), key=key)
    rows = queries.items(user, found)
    only_failed = request.GET.get("show") == "failed"
    if only_failed:
        rows = queries.failed_first(rows)
    progress = queries.progress(found)
    context = {
        "batch": found,
        "progress": progress,
        "rows": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "only_failed": only_failed,
        "bar": _bar(progress),
        "asked": request.get_full_path(),
    }
    # htmx asks again as long as there is something to come.
    part = request.headers.get("HX-Target") == "progress"
    return render(request, "intake/batch_progress.html" if part else "intake/batch.html", context)


def _bar(progress: queries.Progress) -> list[tuple[str, float, float]]:
    """Stretches of the bar, in hundredths: class, beginning, width."""
    out, at = [], 0.0
    for name in ("read", "repeated", "failed", "dropped", "reading"):
        width = 100 * getattr(progress, name) / max(1, progress.total)
        if width:
            out.append((name, round(at, 2), round(width, 2)))
            at += width
    return out


@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop reading a batch, or go on."""
    user = _user(request)
    found = get_object_or_404(visible(user, Batch.objects.all()), key=key)
    if "resume" in request.POST:
        left = actions.resume(user, found)
        messages.success(request, ngettext("Reading goes on: %(n)d file waits.", "Reading goes on: %(n)d files wait.", left) % {"n": left})
    elif "retry" in request.POST:
        again = actions.retry_all(user, found)
        messages.success(request, ngettext("%(n)d file is read again.", "%(n)d files are read again.", again) % {"n": again})
    else:
        left = actions.stop(user, found)
        messages.success(
            request, ngettext("Stopped: %(n)d file is not read yet.", "Stopped: %(n)d files are not read yet.", left) % {"n": left}
        )
    return redirect("batch", key=key)


@require_POST
def item(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Try a file again, or leave it out."""
    user = _user(request)
    found = get_object_or_404(visible(user, Batch.objects.all()), key=key)
    chosen = get_object_or_404(Item.objects.select_related("batch", "job", "source"), batch=found, position=position)
    if "drop" in request.POST:
        actions.drop(user, chosen)
        messages.success(request, _("%(file)s is left out.") % {"file": chosen.filename})
    else:
        try:
            actions.retry(user, chosen)
            messages.success(request, _("%(file)s is read again.") % {"file": chosen.filename})
        except Declined as fault:
            messages.error(request, f"{chosen.filename}: {fault}.")
    return redirect("batch", key=key)


@require_POST
def decide(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say whether a paper is what it was proposed to be to another."""
    user = _user(request)
    found = get_object_or_404(visible(user, Batch.objects.all()), key=key)
    like = get_object_or_404(queries.resemblances(user).filter(item__batch=found), pk=number)
    holds = "yes" in request.POST
    actions.decide(user, like, holds=holds)
    said = _("Noted: it is %(what)s %(title)s.") if holds else _("Noted: it is not %(what)s %(title)s.")
    messages.success(request, said % {"what": like.get_likeness_display(), "title": like.document.title})
    return redirect("batch", key=key)


@require_POST
def add_sample(request: HttpRequest) -> HttpResponse:
    """Bring the sample paper."""
    made = actions.add_sample(_user(request))
    return redirect("batch", key=made.key)
