"""Keeping the units of the organisation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from evaltrail_office.accounts.actions.people import require_runs_people
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.journal.actions import note

FIELDS = ("name", "code", "within", "valid_from", "valid_until", "successor", "head", "evaluates")


def add_unit(user: User, **fields: Any) -> Unit:
    """Add a unit and return it with its key. ``fields`` are columns of ``Unit``. Raises ``Refused`` as ``change_unit`` does."""
    require_runs_people(user)
    unit = Unit(**fields)
    _check(unit)
    with transaction.atomic():
        last = Unit.objects.order_by("-id").values_list("key", flat=True).first()
        unit.key = f"U-{(int(last.rpartition('-')[2]) if last else 0) + 1:04}"
        unit.save()
        note(user, "added", f"unit:{unit.key}", new=_told(unit))
    return unit


def change_unit(user: User, unit: Unit, **fields: Any) -> None:
    """Change a unit.

    Raises:
        Refused: it would be a part or a successor of itself, ends before it begins, or is headed by somebody who has left.
    """
    require_runs_people(user)
    old = _told(unit)
    for name, value in fields.items():
        setattr(unit, name, value)
    _check(unit)
    if _told(unit) == old:
        return
    with transaction.atomic():
        unit.save()
        note(user, "changed", f"unit:{unit.key}", old=old, new=_told(unit))


def units_within(number: int) -> set[int]:
    """Numbers of a unit and of all its parts, however deep. One query."""
    parts: dict[int | None, list[int]] = {}
    for own, within in Unit.objects.values_list("pk", "within"):
        parts.setdefault(within, []).append(own)
    found, todo = set(), [number]
    while todo:
        unit = todo.pop()
        if unit not in found:
            found.add(unit)
            todo += parts.get(unit, [])
    return found


def _check(unit: Unit) -> None:
    if unit.valid_from and unit.valid_until and unit.valid_until < unit.valid_from:
        raise Refused(_("It would end before it begins."), "valid_until")
    if unit.successor_id and not unit.valid_until:
        raise Refused(_("A unit with a successor has a last day."), "valid_until")
    if unit.head is not None and not unit.head.is_active:
        raise Refused(_("%(name)s does not work here any more.") % {"name": unit.head.name}, "head")
    for name in ("within", "successor"):
        above, steps = getattr(unit, name), 0
        while above is not None:
            if above.pk == unit.pk and unit.pk is not None:
                raise Refused(_("A unit is no part of itself.") if name == "within" else _("A unit does not follow itself."), name)
            above, steps = getattr(above, name), steps + 1
            if steps > 100:
                raise Refused(_("The units above it go round in a circle."), name)


def _told(unit: Unit) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(unit, name)
        told[name] = value.key if isinstance(value, Unit | User) else value.isoformat() if hasattr(value, "isoformat") else value
    return told
