"""Opening to everybody what became of released recommendations, and closing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.policy import Role
from evaltrail_office.follow_up.models import House
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from evaltrail_office.accounts.models import User


def may_open(user: User) -> bool:
    """Whether it is the person's to say; it is the head of evaluation's."""
    return Role.HEAD in scope_of(user).office


def set_public(user: User, *, on: bool) -> bool:
    """Let anybody read it without signing in, or nobody any more; returns whether that changed anything. Raises ``PermissionDenied``."""
    if not may_open(user):
        raise PermissionDenied(_("Whether everybody may read this is for the head of evaluation to say."))
    with transaction.atomic():
        house, _made = House.objects.select_for_update().get_or_create(pk=1)
        if house.public == on:
            return False
        house.public, house.changed_by, house.changed = on, user.key, timezone.now()
        house.save(update_fields=["public", "changed_by", "changed"])
        note(user, "changed", "house:follow-up", old={"public": not on}, new={"public": on})
    return True
