"""A person's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts import forms
from evaltrail_office.accounts.actions.people import change_own
from evaltrail_office.accounts.queries import holdings
from evaltrail_office.accounts.views.common import signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def own_settings(request: HttpRequest) -> HttpResponse:
    """Name, language, appearance; the ways to sign in; the roles that one holds."""
    user = signed_in(request)
    form = forms.Own(request.POST or None, initial={"name": user.name, "language": user.language, "theme": user.theme})
    if request.method == "POST" and form.is_valid():
        change_own(user, **form.cleaned_data)
        if user.language:
            translation.activate(user.language)
        messages.success(request, _("Saved."))
        answer = redirect("settings")
        # Where no language is chosen the browser's counts again, and not what was clicked last.
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return answer
    context = {"form": form, "holdings": holdings(user.grants.filter(withdrawn=None))}
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)
