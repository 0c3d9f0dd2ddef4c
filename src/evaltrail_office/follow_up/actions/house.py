"""The office's own way of following up: which preset new follow-ups begin with, what a time implication means, its own preset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up.actions.opening import presets
from evaltrail_office.follow_up.models import House
from evaltrail_office.follow_up.preset import Broken, Preset, parsed
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail_office.accounts.models import User

_LONGEST = 600
"""Months: fifty years, beyond which a number is a slip."""


def may_set(user: User) -> bool:
    """Whether the office's settings of follow-up are the person's: the head of evaluation's."""
    return Role.HEAD in scope_of(user).office


def set_house(user: User, *, preset: str, months: Mapping[str, int], own: str) -> House:
    """Choose the preset that new follow-ups begin with, and the office's own. Follow-ups that are open keep what they began with.

    ``months`` has what the house means by short, medium and long where it differs from the preset; ``own`` is TOML, empty for none.

    Raises:
        PermissionDenied: it is the head of evaluation's.
        Refused: the own preset is broken, there is no such preset, or a number of months cannot be meant.
    """
    if not may_set(user):
        raise PermissionDenied(_("This is for: %(whose)s.") % {"whose": Role.HEAD.label})
    mine: Preset | None = None
    if own.strip():
        try:
            mine = parsed(own, _("the office's own preset"))
        except Broken as fault:
            raise Refused(str(fault), "own") from fault
    known = {*presets(), *([mine.id] if mine else [])}
    if preset not in known:
        raise Refused(
            _("There is no preset %(name)s. There are: %(known)s.") % {"name": preset, "known": ", ".join(sorted(known))}, "preset"
        )
    for name, number in months.items():
        if not 1 <= number <= _LONGEST:
            raise Refused(_("Give a number of months between 1 and %(most)s.") % {"most": _LONGEST}, name)
    with transaction.atomic():
        house, _made = House.objects.select_for_update().get_or_create(pk=1)
        old = {"preset": house.preset, "months": house.months, "own": house.own}
        house.preset, house.months, house.own = preset, dict(months), own.strip()
        house.changed_by, house.changed = user.key, timezone.now()
        new = {"preset": house.preset, "months": house.months, "own": house.own}
        if new != old:
            house.save(update_fields=["preset", "months", "own", "changed_by", "changed"])
            note(user, "changed", "house:follow-up", old=old, new=new)
    return house
