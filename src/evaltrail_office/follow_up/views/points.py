"""Answering a compound recommendation point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import formset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.follow_up import forms_answers as forms
from evaltrail_office.follow_up.actions import answers as verbs
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.follow_up.models import Track
from evaltrail_office.follow_up.moving import Overtaken, allowed
from evaltrail_office.follow_up.proposals import proposed_points

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST = 20
_Points = formset_factory(forms.PointForm, extra=0, absolute_max=MOST, max_num=MOST)


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, key: str) -> HttpResponse:
    """The points of a recommendation beside its words: proposed, changed, joined again."""
    user = signed_in(request)
    rows = visible(user, Track.objects.select_related("recommendation", "follow_up", "evaluation").prefetch_related("charges", "points"))
    track = get_object_or_404(rows, recommendation__key=key)
    if not allowed(Hands(user), track, "split"):
        raise PermissionDenied(_("Points are made by the evaluation office, the response coordinator and the lead unit."))
    papers = evaluation_queries.papers(user, track.evaluation)
    language = next((d.language for d in papers if d.language), "en")
    live = [p for p in track.points.all() if p.joined is None]
    proposed = proposed_points(track, language)
    begins = [(p.number, p.text) for p in live] or list(proposed.parts)
    formset: Any = _Points(initial=_initial(begins))
    faults: list[str] = []
    if request.method == "POST":
        formset, faults, gone = _posted(request, user, track)
        if gone is not None:
            return gone
        track.refresh_from_db()
    context = {
        "evaluation": track.evaluation,
        "track": track,
        "formset": formset,
        "faults": faults,
        "live": live,
        "how": "" if live else proposed.how,
        "section": "follow-up",
    }
    return render(request, "follow_up/answers/points.html", context, status=422 if faults else 200)


def _initial(parts: list[tuple[str, str]], more: int = 0) -> list[dict[str, str]]:
    wanted = [{"number": number, "text": text} for number, text in parts]
    return wanted + [{"number": "", "text": ""}] * max(more, 2 - len(wanted))


def _posted(request: HttpRequest, user: Any, track: Track) -> tuple[Any, list[str], HttpResponse | None]:
    do, _colon, which = request.POST.get("do", "").partition(":")
    typed = _typed(request)
    revision = request.POST.get("revision", "")
    seen = int(revision) if revision.isdigit() else None
    if do == "add":
        return _Points(initial=_initial(typed, len(typed) and 1)), [], None
    if do == "remove":
        return _Points(initial=_initial([part for n, part in enumerate(typed) if str(n) != which])), [], None
    try:
        if do == "join":
            verbs.join(user, track, seen)
            messages.success(request, _("It is answered as a whole again. The points stay in its history."))
        else:
            verbs.split(user, track, typed, seen)
            messages.success(request, _("Each point is answered by itself. The recommendation keeps its words."))
    except Overtaken as fault:
        return _Points(initial=_initial(typed)), [str(fault)], None
    except Refused as fault:
        return _Points(initial=_initial(typed)), [str(fault)], None
    return None, [], redirect("answers", track.evaluation.key)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    total = request.POST.get("form-TOTAL_FORMS", "0")
    count = min(int(total), MOST) if total.isdigit() else 0
    return [(request.POST.get(f"form-{n}-number", "")[:24], request.POST.get(f"form-{n}-text", "")[: forms.LONG]) for n in range(count)]
