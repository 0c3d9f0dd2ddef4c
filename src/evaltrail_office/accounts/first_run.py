"""The first run: while nobody has an account, a link that works once lets the first person make theirs.

The link is printed on the terminal of whoever starts the office. Only a hash of what it holds is kept, in the data folder, so that
neither a backup nor a look into the folder gives it away.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.journal.actions import note


def is_set_up() -> bool:
    """Whether anybody has an account."""
    return User.objects.exists()


def new_link_token() -> str:
    """Make what the set-up link holds; one that was made before no longer works."""
    token = secrets.token_urlsafe(24)
    path = _path()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(_hash(token))
    beside.replace(path)
    return token


def opens(token: str) -> bool:
    """Whether a link with this token lets the first person in."""
    try:
        kept = _path().read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return hmac.compare_digest(kept, _hash(token)) and not is_set_up()


def set_up(token: str, *, email: str, name: str, password: str, head: bool = True) -> User:
    """Make the first person: administrator, and with ``head`` also head of evaluation, as a grant of its own. The link ends with it.

    Raises:
        Refused: the token is not the one that was printed last, or somebody has an account already.
    """
    with transaction.atomic():
        # Of two who open the link at once, the second waits here and then finds that the first was faster.
        _lock()
        if not opens(token):
            raise Refused("this link does not set up the office")
        user = User.objects.create_user(email, password, name=name, is_administrator=True)
        note(user, "set up", "office:first-run", new={"administrator": user.key})
        if head:
            grant = Grant.objects.create(user=user, role=Role.HEAD, given_by=user.key, reason="Set up the office.")
            note(user, "granted", f"grant:{grant.pk}", new={"to": user.key, "role": Role.HEAD.value}, reason=grant.reason)
    _path().unlink(missing_ok=True)
    return user


def _lock() -> None:
    """Let one transaction at a time go on; SQLite's write lock, taken at its beginning, does so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x5E7])


def _path() -> Path:
    return Path(settings.DATA) / "set-up"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
