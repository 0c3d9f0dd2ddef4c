"""Pages about the API: a person's tokens, and what can be asked."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.api import queries
from evaltrail_office.api.actions import make_token, withdraw_token
from evaltrail_office.api.description import described, openapi
from evaltrail_office.api.forms import NewFeed, NewToken
from evaltrail_office.api.problems import Problem
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import BearerToken, SessionCookie

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User
    from evaltrail_office.api.models import Token

A_PAGE = 30


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """A person's tokens, and making one. The token itself is shown in the answer to the form and never again."""
    of_feed = "feed" in request.POST
    new = NewToken(None if of_feed else request.POST or None)
    feed = NewFeed(request.POST if of_feed else None, prefix="feed")
    form: Form = feed if of_feed else new
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
        if made is not None:
            return made
    rows = Paginator(queries.tokens(_user(request)), A_PAGE).get_page(request.GET.get("page"))
    listed = [(token, _state(token), [Scope(s).value for s in token.scopes]) for token in rows]
    context = {"form": new, "feed": feed, "page": rows, "listed": listed}
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


def _made(request: HttpRequest, form: Form) -> HttpResponse | None:
    given = form.cleaned_data
    day = given.get("ends")
    # The last day counts whole, where the office is.
    ends = timezone.make_aware(datetime.combine(day, time.max)) if day else None
    try:
        token, text = make_token(_user(request), given["name"], given.get("scopes", [Scope.FEED.value]), ends)
    except Refused as fault:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        return None
    address = request.build_absolute_uri(f"{reverse('feed')}?token={text}") if token.scopes == [Scope.FEED.value] else ""
    example = request.build_absolute_uri(f"{reverse('api-root')}me")
    return render(request, "api/token_made.html", {"token": token, "text": text, "address": address, "example": example})


def _state(token: Token) -> str:
    if token.withdrawn:
        return "withdrawn"
    return "ended" if token.ends and token.ends <= timezone.now() else "usable"


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a token."""
    found = get_object_or_404(queries.tokens(_user(request)), pk=number)
    withdraw_token(_user(request), found)
    messages.success(request, _("“%(name)s” is withdrawn: nothing gets in by it any more.") % {"name": found.name})
    return redirect("tokens")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What can be asked, for people: made from the same description, with nothing from elsewhere."""
    return render(request, "api/docs.html", {"described": described(), "scopes": [(s.value, s.label) for s in Scope]})


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """What can be asked, for programs: OpenAPI. With any token, or signed in."""
    try:
        if BearerToken()(request) is None:
            SessionCookie()(request)
    except Problem as fault:
        return fault.response()
    answer = JsonResponse(openapi())
    answer["Cache-Control"] = "private, max-age=300"
    return answer


openapi_json.login_required = False  # type: ignore[attr-defined]
