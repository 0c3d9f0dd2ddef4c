"""The history of one recommendation, from finding to proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import history
from evaltrail_office.follow_up.models import Track

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def recommendation(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a recommendation."""
    user = signed_in(request)
    tracks = visible(user, Track.objects.filter(recommendation__key=key).select_related("recommendation", "follow_up", "evaluation"))
    track = tracks.first()
    if track is None:
        found = get_object_or_404(visible(user, Recommendation.objects.select_related("evaluation")), key=key)
    else:
        found = track.recommendation
    line = history.line(user, found, track)
    context = {"recommendation": found, "evaluation": found.evaluation, "track": track, "line": line, "section": "follow-up"}
    return render(request, "follow_up/answers/recommendation.html", context)
