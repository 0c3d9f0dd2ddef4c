"""How this office uses django-allauth: nobody signs up, people are invited; mail goes to the address that they sign in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """See the module."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's own signature
        """Nobody signs up."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to an address: only to one of this host, however else the office may be called."""
        request: HttpRequest = self.request
        return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person of a change to how they sign in, at the address that they sign in with."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)
