"""The pages of the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.first_run import opens, set_up
from evaltrail_office.accounts.forms import FirstPerson
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import BACKEND

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_office(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first person's account; 404 for any link but the one that was printed last."""
    if not opens(token):
        raise Http404
    form = FirstPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = set_up(token, email=given["email"], name=given["name"], password=given["password"], head=given["head"])
        except Refused as fault:
            raise Http404 from fault
        login(request, user, backend=BACKEND)
        return redirect("first-run")
    return render(request, "accounts/set_up.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def first_run(request: HttpRequest) -> HttpResponse:
    """Offer what can be done in an office without papers."""
    return render(request, "accounts/first_run.html")
