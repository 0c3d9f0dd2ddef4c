"""Lists behind the numbers of the dashboard: what is late, what waits for the second key, what is not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import queries_dashboard as queries
from evaltrail_office.follow_up.hands import Hands

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def waiting(request: HttpRequest, what: str) -> HttpResponse:
    """One of them."""
    user = signed_in(request)
    scope = scope_of(user)
    if what not in queries.WHAT or not (scope.holds_a_role or scope.units):
        raise Http404
    page = queries.listed(Hands(user), what, request.GET.get("page"))
    return render(request, "follow_up/figures/list.html", {"what": what, "page": page, "section": "follow-up"})
