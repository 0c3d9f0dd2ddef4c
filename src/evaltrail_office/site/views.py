"""Pages that belong to no part of the office alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaltrail_office.site.demo import is_demo

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the evaluations; say what this is to whoever has not signed in."""
    if request.user.is_authenticated:
        return redirect("library")
    if is_demo():
        return redirect("demo")
    return render(request, "site/home.html")


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """Answer ``ok`` if the database answers, else 503: for whatever watches over the process."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
