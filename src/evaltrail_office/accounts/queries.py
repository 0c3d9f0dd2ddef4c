"""Reading people, units and grants. Views ask first whether the person may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import EMERGENCY, current_grants
from evaltrail_office.accounts.models import Grant, Unit, User
from evaltrail_office.accounts.policy import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet


def people(words: str = "", state: str = "") -> QuerySet[User]:
    """People by name, with ``held``: how many roles they hold today. ``state`` is ``invited``, ``ended``, ``administrators`` or empty."""
    found = (
        User.objects.select_related("unit")
        .annotate(held=Count("grants", filter=Q(grants__in=current_grants().filter(emergency=False)), distinct=True))
        .order_by("name", "id")
    )
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(unit__name__icontains=word))
    if state == "ended":
        return found.filter(is_active=False)
    if state == "administrators":
        return found.filter(is_active=True, is_administrator=True)
    if state == "invited":
        return found.filter(is_active=True, last_login=None, invitations__used=None, invitations__isnull=False).distinct()
    return found


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit at its place in the tree."""

    unit: Unit
    depth: int
    ended: bool


def unit_tree() -> list[Branch]:
    """All units, parts below what they belong to, by name. One query."""
    parts: dict[int | None, list[Any]] = {}
    for unit in (
        Unit.objects.select_related("successor").annotate(members=Count("people", filter=Q(people__is_active=True))).order_by("name", "id")
    ):
        parts.setdefault(unit.within_id, []).append(unit)
    today = timezone.localdate()
    found: list[Branch] = []
    todo = [(unit, 0) for unit in reversed(parts.get(None, []))]
    while todo:
        unit, depth = todo.pop()
        found.append(Branch(unit, depth, bool(unit.valid_until and unit.valid_until < today)))
        todo += [(part, depth + 1) for part in reversed(parts.get(unit.pk, []))]
    return found


@dataclass(frozen=True, slots=True)
class Holding:
    """A grant as people read it."""

    grant: Grant
    current: bool
    begins_later: bool
    given_by: str
    """Name of who gave it, or that the program did."""
    withdrawn_by: str
    ended: date | datetime | None
    """When it ended, was withdrawn, or (emergency) ran out; None while it goes on."""


def holdings(grants: QuerySet[Grant]) -> list[Holding]:
    """Grants with the names of who gave and withdrew them, those that hold today first, by role and name. Two queries."""
    found = list(grants.select_related("user", "unit", "user__unit"))
    names = names_of({g.given_by for g in found} | {g.withdrawn_by for g in found})
    today, now = timezone.localdate(), timezone.now()
    told = []
    for grant in found:
        runs_out = grant.given + EMERGENCY
        over = runs_out if grant.emergency and runs_out <= now else grant.ends if grant.ends and grant.ends < today else None
        ended = grant.withdrawn or over
        later = bool(grant.starts and grant.starts > today)
        by, back = (_("The program") if key.startswith("system:") else names.get(key, key) for key in (grant.given_by, grant.withdrawn_by))
        told.append(Holding(grant, ended is None and not later, later and ended is None, by, back, ended))
    order = list(Role)
    return sorted(
        told, key=lambda one: (one.ended is not None, not one.grant.emergency, order.index(Role(one.grant.role)), one.grant.user.name)
    )


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Names of people by their keys."""
    return dict(User.objects.filter(key__in=sorted(k for k in keys if k)).values_list("key", "name"))
