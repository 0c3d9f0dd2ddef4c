"""How this office uses django-allauth: nobody signs up, people are invited; mail goes to the address that they sign in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from evaltrail_office.accounts.models import User
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest


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


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in at a service of the organisation: it tells who somebody is, and lets nobody in who was not invited."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """At the first time, tie what the service knows to the account with the same address, if the service has verified the address."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = [a.email.lower() for a in sociallogin.email_addresses if a.verified or settings.OIDC_TRUST_EMAIL]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is not None:
            with transaction.atomic():
                sociallogin.connect(request, user)
                note(user, "tied", f"person:{user.key}", new={"signs in at": sociallogin.account.provider})

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - allauth's own signature
        """Nobody signs up."""
        return False
