"""What the pages of accounts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from evaltrail_office.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
A_PAGE = 30
"""Rows on a page of a list."""


def signed_in(request: HttpRequest) -> User:
    """Who asks. Pages without a sign-in do not call it; the middleware has sent strangers away before."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
