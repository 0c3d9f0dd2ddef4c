"""The page on which is said what an evaluation is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import actions_facets as actions
from evaltrail_office.evaluations import facets as known
from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.models import Evaluation, Facet
from evaltrail_office.evaluations.queries_facets import facets_of
from evaltrail_office.evaluations.queries_proposals import decided_of, proposed_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def facets(request: HttpRequest, key: str) -> HttpResponse:
    """Countries, themes and goals of an evaluation, and forms to set them and take them away."""
    user = signed_in(request)
    found = get_object_or_404(queries.evaluations(user), key=key)
    require(user, Verb.DESCRIBE, found)
    said: dict[str, str] = {}
    if request.method == "POST":
        try:
            _done(request, user, found)
        except Refused as fault:
            if not fault.field:
                messages.error(request, str(fault))
                return redirect("evaluation-facets", key)
            said = {"kind": fault.field, "words": request.POST.get("words", ""), "fault": str(fault)}
        else:
            return redirect("evaluation-facets", key)
    context = {
        "evaluation": found,
        "groups": facets_of(found, empty=True),
        "offered": {"country": known.countries(), "theme": known.themes_in_use()},
        "goals": [(number, known.value_name("sdg", number)) for number in known.GOALS],
        "said": said,
        "offered_here": proposed_of(user, found),
        "decided": decided_of(user, found),
        "here": reverse("evaluation-facets", args=[key]),
        "undoable": actions.last_change(user, found) is not None,
        "section": "library",
    }
    return render(request, "evaluations/facets.html", context, status=422 if said else 200)


def _done(request: HttpRequest, user: User, found: Evaluation) -> None:
    asked = request.POST.get("do", "")
    if asked == "add":
        row = actions.set_facet(user, found, request.POST.get("kind", ""), request.POST.get("words", ""))
        messages.success(request, _("%(value)s is kept.") % {"value": known.value_name(row.kind, row.value)})
    elif asked == "remove":
        row = get_object_or_404(Facet, evaluation=found, pk=request.POST.get("facet") if request.POST.get("facet", "").isdecimal() else 0)
        actions.take_facet(user, found, row)
        messages.success(request, _("%(value)s is taken away.") % {"value": known.value_name(row.kind, row.value)})
    elif asked == "undo":
        actions.undo_facet(user, found)
        messages.success(request, _("Undone."))
    else:
        raise Http404
