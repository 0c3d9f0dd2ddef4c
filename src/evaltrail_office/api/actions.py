"""Making and withdrawing tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.api.models import Token
from evaltrail_office.api.scopes import Scope
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from evaltrail_office.accounts.models import User

LONGEST = timedelta(days=366)
MOST = 50
"""Tokens that one person may have at a time."""
PREFIX = "evt_"
"""By which a token is known for one, where it is found in a file."""
_SHOWN = 12


def make_token(user: User, name: str, scopes: Collection[str], ends: datetime | None) -> tuple[Token, str]:
    """Make a token for a person; returns its row and the token itself, which is kept nowhere.

    Raises:
        PermissionDenied: the account has ended.
        Refused: no name, no scope, no end or too late an end, or too many tokens; the field says which.
    """
    if not user.is_active:
        raise PermissionDenied(_("This account has ended."))
    if not name.strip():
        raise Refused(_("Name what the token is for, so that you know later which to withdraw."), "name")
    wanted = [scope.value for scope in Scope if scope.value in scopes]
    if not wanted or len(wanted) < len(set(scopes)):
        raise Refused(_("Choose what the token may be used for."), "scopes")
    if Scope.FEED in wanted and len(wanted) > 1:
        raise Refused(_("A token for the feed stands in an address, so it can be used for nothing else."), "scopes")
    now = timezone.now()
    if ends is None and Scope.FEED not in wanted:
        raise Refused(_("Say when the token ends."), "ends")
    if ends is not None and not now < ends <= now + LONGEST:
        raise Refused(_("A token ends in the future, within a year."), "ends")
    with transaction.atomic():
        if user.tokens.filter(withdrawn=None).count() >= MOST:
            raise Refused(_("You have %(most)s tokens. Withdraw those that nothing uses any more.") % {"most": MOST}, "name")
        text = PREFIX + secrets.token_urlsafe(32)
        token = Token.objects.create(
            user=user, name=name.strip()[:100], prefix=text[:_SHOWN], sha256=digest(text), scopes=wanted, ends=ends, made=now
        )
        new = {"name": token.name, "scopes": wanted, "ends": ends.isoformat() if ends else None}
        note(user, "made", f"token:{token.pk}", new=new)
    return token, text


def withdraw_token(user: User, token: Token) -> None:
    """Withdraw a token, at once.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    if token.user_id != user.pk:
        raise PermissionDenied(_("This token is somebody else's."))
    if token.withdrawn is None:
        with transaction.atomic():
            token.withdrawn = timezone.now()
            token.save(update_fields=["withdrawn"])
            note(user, "withdrew", f"token:{token.pk}", old={"name": token.name})


def digest(text: str) -> str:
    """What is kept of a token. It is random enough that a plain hash cannot be turned back."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
