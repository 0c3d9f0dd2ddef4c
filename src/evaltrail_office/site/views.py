"""Pages that belong to no part of the office alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.actions.people import change_own
from evaltrail_office.accounts.policy import Role
from evaltrail_office.site.demo import is_demo

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the evaluations; a constituent to what waits for their comments; say what this is to whoever has not signed in."""
    if request.user.is_authenticated:
        scope = scope_of(request.user)
        if scope.office | frozenset().union(*scope.held.values()) == {Role.CONSTITUENT}:
            return redirect("comments-mine")
        return redirect("library")
    if is_demo():
        return redirect("demo")
    return render(request, "site/home.html")


@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the interface and go back to the page; for good for whoever is signed in."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        change_own(request.user, name=request.user.name, language=chosen, theme=request.user.theme)
    return set_language(request)
