"""How this office uses django-allauth: nobody signs up, people are invited; mail goes to the address that they sign in with."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from evaltrail_office.accounts.mail import NotSent, post
from evaltrail_office.accounts.models import User
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

log = logging.getLogger("evaltrail.office")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """See the module."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's own signature
        """Nobody signs up."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to an address: only to one of this host, however else the office may be called."""
        request: HttpRequest = self.request
        return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail of allauth's. Where the server is away, the page answers all the same, and what is no secret is sent later.

        A link that sets a password is kept nowhere: whoever asked for it asks again. The answer is the same as for an unknown address.
        """
        around = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        message = self.render_mail(template_prefix, email, around | context)
        try:
            message.send()
        except OSError as fault:
            secret = template_prefix.startswith("account/email/password_reset_key")
            log.warning("%s %s", NotSent(fault), "The link is lost; it can be asked for again." if secret else "It is tried again.")
            if not secret:
                subject = message.subject.removeprefix("Evaltrail: ")
                post(subject, message.body, [email], asked_by="system:sign-in")

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
