"""Who asks: a program with a token, or a browser with a session, which has to show that the request comes from a page of the office."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from evaltrail_office.api.actions import digest
from evaltrail_office.api.models import Token
from evaltrail_office.api.problems import Problem
from evaltrail_office.api.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User

    Files = Callable[[HttpRequest, User], None]
    """Lays the way for what is uploaded, before it is read; raises where the person may not bring any."""

_USED_EVERY = timedelta(minutes=5)
"""Between times at which it is written down that a token was used; not at every request, which would write at every request."""
_CHALLENGE = 'Bearer realm="Evaltrail"'


class BearerToken(AuthBase):
    """A token in the header ``Authorization: Bearer …``, with one of the scopes."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A token, made on the page /settings/tokens/."

    def __init__(self, *scopes: Scope, files: Files | None = None) -> None:
        super().__init__()
        self.scopes, self.files = scopes, files

    def __call__(self, request: HttpRequest) -> User | None:
        """The token's person, who is also ``request.user`` from here on; None where the request has no token."""
        given = request.headers.get("Authorization")
        if given is None:
            return None
        scheme, _space, text = given.partition(" ")
        token = token_for(text.strip()) if scheme.lower() == "bearer" else None
        if token is None or Scope.FEED in token.scopes:
            raise Problem(
                "token-refused",
                _("This token is unknown, withdrawn or ended."),
                _("Make another one on the page /settings/tokens/ and send it as: Authorization: Bearer evt_…"),
                headers={"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'},
            )
        count(token)
        if self.scopes and not set(self.scopes) & set(token.scopes):
            named = " ".join(scope.value for scope in self.scopes)
            raise Problem(
                "not-in-scope",
                _("This needs a token with the scope %(scope)s.") % {"scope": _(" or ").join(s.value for s in self.scopes)},
                _("Make a token with this scope on the page /settings/tokens/."),
                headers={"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{named}"'},
            )
        request.user = token.user
        request.api_token = token  # type: ignore[attr-defined]
        if self.files is not None:
            self.files(request, token.user)
        return token.user


class SessionCookie(AuthBase):
    """The session of a person who has signed in; what changes something also needs the token of the office's forms."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME
    openapi_description = "The session of a person who has signed in. Changes also need the header X-CSRFToken."

    def __init__(self, *, files: Files | None = None) -> None:
        super().__init__()
        self.files = files

    def __call__(self, request: HttpRequest) -> User:
        """Who has signed in."""
        if not request.user.is_authenticated:
            raise Problem(
                "not-signed-in",
                remedy=_("Send a token: Authorization: Bearer evt_… It is made on the page /settings/tokens/."),
                headers={"WWW-Authenticate": _CHALLENGE},
            )
        user = request.user
        if self.files is not None and request.method == "POST":
            # Before the check below reads the form, and with it the files.
            self.files(request, user)
        if check_csrf(request) is not None:
            raise Problem(
                "not-allowed",
                _("The request does not come from a page of this office."),
                _("Send the form's token in the header X-CSRFToken, or use a token of your own: Authorization: Bearer evt_…"),
            )
        return user


def needs(*scopes: Scope, files: Files | None = None) -> list[AuthBase]:
    """Either a token with one of the scopes, or a session. With ``files`` what is uploaded goes straight to where it is kept."""
    return [BearerToken(*scopes, files=files), SessionCookie(files=files)]


def person(request: HttpRequest) -> User:
    """Who asks, once it is known."""
    return cast("User", request.user)


def in_scope(request: HttpRequest, scope: Scope) -> bool:
    """Whether what was sent may be used for this: a token with the scope, or a session."""
    token: Token | None = getattr(request, "api_token", None)
    return token is None or scope.value in token.scopes


def token_for(text: str) -> Token | None:
    """The token, where it is one that may be used now by a person whose account goes on."""
    token = Token.objects.select_related("user").filter(sha256=digest(text)).first()
    now = timezone.now()
    if token is None or token.withdrawn or not token.user.is_active or (token.ends and token.ends <= now):
        return None
    if token.used is None or now - token.used > _USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used=now)
    return token


def count(token: Token) -> None:
    """Count a request of a token, and refuse those beyond what it may make in a minute."""
    most: int = settings.API_A_MINUTE
    now = timezone.now()
    key = f"api:{token.pk}:{now:%Y%m%d%H%M}"
    made = cache.get(key, 0) + 1
    if made > most:
        raise Problem(
            "too-many",
            _("This token has made %(most)s requests in this minute.") % {"most": most},
            _("Wait as many seconds as the header Retry-After says. For everything at once, take an export."),
            headers={"Retry-After": str(60 - now.second)},
        )
    cache.set(key, made, 120)
