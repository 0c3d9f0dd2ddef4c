"""The definitions of figures that are in use here: those that come with the program in their latest version, and the office's own.

An office keeps its own in a folder ``figures`` of its data folder, one a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from evaltrail.measure.follow_up import Definition, Definitions, Period, Refused, load, shipped
from evaltrail_office.follow_up.models import House
from evaltrail_office.follow_up.preset import Broken, parsed
from evaltrail_office.follow_up.preset import shipped as presets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

DIMENSIONS = {
    "unit": _("unit"),
    "year": _("year"),
    "theme": _("theme"),
    "priority": _("priority"),
    "country": _("country"),
    "reason": _("reason for a later date"),
}
"""By what figures are broken down, in words."""


def folder() -> Path:
    """Where the office keeps its own."""
    path: Path = settings.DATA / "figures"
    return path


def known() -> tuple[Definitions, str]:
    """All definitions in all versions, and what is wrong with the office's own: then only those of the program are there."""
    own = folder()
    if not own.is_dir():
        return shipped(), ""
    try:
        return load(own, beside=shipped()), ""
    except Refused as fault:
        return shipped(), str(fault)


def in_use() -> list[Definition]:
    """Each in its latest version, by id."""
    found, _fault = known()
    return list({d.id: d for d in found}.values())


def period(day: date) -> Period:
    """Days that a definition about a year looks at: those of the running year."""
    return Period.of_year(day.year)


def numbers(definition: Definition) -> dict[str, int]:
    """Numbers that a definition leaves open, as the office's preset has them."""
    house = House.of_office()
    chosen = presets().get(house.preset)
    if house.own:
        try:
            mine = parsed(house.own, "")
        except Broken:
            mine = None
        chosen = mine if mine is not None and mine.id == house.preset else chosen
    days = chosen.clock.long_overdue_days if chosen is not None else None
    return {"long_overdue": days} if days is not None and "long_overdue" in definition.settings else {}


def reads_verified(definition: Definition) -> bool:
    """Whether it counts what somebody else than the unit found."""
    return any(name.rpartition(".")[2].startswith("verified") for name in definition.inputs)


def words(definitions: Definitions) -> Iterator[tuple[Definition, bool]]:
    """Every definition, the latest version first, and whether it is in use."""
    used = {d.key for d in {d.id: d for d in definitions}.values()}
    for d in sorted(definitions, key=lambda d: (d.id, -d.version)):
        yield d, d.key in used
