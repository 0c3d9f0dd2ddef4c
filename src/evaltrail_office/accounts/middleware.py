"""What happens to every request before its page: not set up yet, the person's language, the end of idle sessions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils import translation
from django.utils.cache import patch_cache_control

from evaltrail_office.accounts.first_run import is_set_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

BEFORE_SET_UP = frozenset({"set-up", "health", "set_language"})
"""Names of the pages that answer while nobody has an account."""
_SEEN = "seen"
_SEEN_EVERY = 300
"""Seconds after which a session is written again, so that its end moves on; not at every page, which would write at every page."""


def not_set_up(get_response: Answer) -> Answer:
    """Answer every page with "not set up" while nobody has an account."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Whoever is signed in has an account, so only strangers cost a query.
        if request.user.is_authenticated or is_set_up() or _name(request.path_info) in BEFORE_SET_UP:
            return get_response(request)
        request.not_set_up = True  # type: ignore[attr-defined] # for what says it to programs in their way
        return render(request, "accounts/not_set_up.html", status=503)

    return answer


def own_language(get_response: Answer) -> Answer:
    """Show the office in the language that the person has chosen, whatever the browser asks for."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return answer


def idle_end(get_response: Answer) -> Answer:
    """Move the end of a session on while its person works; it ends when nothing was asked for SESSION_COOKIE_AGE seconds."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(_SEEN, 0) >= _SEEN_EVERY:
                request.session[_SEEN] = now
        return get_response(request)

    return answer


def own_pages(get_response: Answer) -> Answer:
    """Keep what a signed-in person sees out of caches that others share, and have a browser ask again before it shows it once more."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return answer


def _name(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""
