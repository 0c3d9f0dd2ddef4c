"""Figures worked out for the whole office, kept with the moment for which they hold."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast, get_args

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evaltrail.measure.follow_up import Changed, Definition, Dimension, Figure, by, changed, figure, not_by
from evaltrail_office.follow_up import definitions, public_data
from evaltrail_office.follow_up.became import NAME as BECAME
from evaltrail_office.follow_up.became import became
from evaltrail_office.follow_up.facts import Chosen, facts
from evaltrail_office.follow_up.keysets import KeySet, packed, unpacked
from evaltrail_office.follow_up.machine import ActionState
from evaltrail_office.follow_up.models import Action, Tally
from evaltrail_office.follow_up.models.answers import Addressee
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from evaltrail.measure.follow_up import FollowUp as Facts

Body = dict[str, Any]
"""``value``, ``counted``, ``of``, ``missing`` (input -> how many rows lack it), ``left_out``, ``abstained``, ``kind``, ``unit``,
``in_days``, ``band``, ``settings``, ``weight``, ``period``, ``as_of`` and ``parts``."""


def body_of(found: Figure) -> Body:
    """A figure without the keys that it rests on."""
    missing: dict[str, int] = {}
    for _key, name in found.missing:
        missing[name] = missing.get(name, 0) + 1
    return {
        "definition": found.definition,
        "value": found.value,
        "counted": len(found.numerator_keys),
        "of": len(found.denominator_keys),
        "missing": missing,
        "left_out": found.left_out,
        "abstained": found.abstained,
        "kind": found.kind,
        "unit": found.unit,
        "in_days": found.in_days,
        "band": found.band,
        "settings": dict(found.settings),
        "weight": found.weight,
        "as_of": found.as_of.isoformat(),
        "period": [d.isoformat() for d in found.period] if found.period else None,
        "parts": [body_of(part) for part in found.parts],
    }


def sets_of(found: Figure, name: str = "") -> dict[str, KeySet]:
    """Keys that a figure rests on, and those of its parts: ``numerator``, ``denominator``, ``missing due``, ``0/numerator``."""
    sets: dict[str, KeySet] = {}
    if found.unit is not None:
        sets[f"{name}denominator"] = KeySet.of(found.denominator_keys)
        sets[f"{name}numerator"] = KeySet.of(found.numerator_keys)
        lacking: dict[str, list[str]] = {}
        for key, field in found.missing:
            lacking.setdefault(field, []).append(key)
        for field, keys in lacking.items():
            sets[f"{name}missing {field}"] = KeySet.of(keys)
    for n, part in enumerate(found.parts):
        sets |= sets_of(part, f"{name}{n}/")
    return sets


def tally(step: Callable[[int, int, str], None] = lambda _done, _total, _doing: None, moment: datetime | None = None) -> dict[str, Any]:
    """Work out every definition in use, whole and by each dimension, and keep it; returns counts and seconds of the processor."""
    began = time.process_time()
    now = moment or timezone.now()
    entry = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    used = definitions.in_use()
    made = 0
    kept: list[Tally] = []
    total = 2 * len(used)
    for n, released in enumerate((True, False)):
        step(n * len(used), total, "")
        own = facts(Chosen(released=released))
        for m, definition in enumerate(used):
            step(n * len(used) + m, total, definition.id)
            kept += _rows(definition, own, released=released, now=now, entry=entry)
        if released:
            body = became(own, timezone.localdate(now))
            kept.append(Tally(definition=BECAME, version=1, released=True, as_of=now, entry=entry, body=body))
            public_data.write(own, now)
        del own
        kept += _apart(used, released=released, now=now, entry=entry)
    with transaction.atomic():
        Tally.objects.bulk_create(kept, batch_size=500)
        made = len(kept)
        forgotten = forget_between(now)
    return {"made": made, "forgotten": forgotten, "seconds": round(time.process_time() - began, 2)}


def _rows(definition: Definition, own: Facts, *, released: bool, now: datetime, entry: int) -> Iterator[Tally]:
    day = timezone.localdate(now)
    settings, period = definitions.numbers(definition), definitions.period(day)
    whole = figure(definition, own, day, period, settings=settings)
    same = {"definition": definition.id, "version": definition.version, "released": released, "as_of": now, "entry": entry}
    yield Tally(**same, body=body_of(whole), keys=packed(sets_of(whole)))
    for dimension in cast("tuple[Dimension, ...]", get_args(Dimension)):
        if not_by(definition, dimension):
            continue
        for value, found in by(definition, own, day, dimension, period, settings=settings).items():
            yield Tally(**same, dimension=dimension, value=_value(value), body=body_of(found))


def _value(value: str | int | None) -> str:
    return "" if value is None else str(value)[:200]


def _apart(used: list[Definition], *, released: bool, now: datetime, entry: int) -> Iterator[Tally]:
    """Recommendations to others than management, each by itself and in none of management's rates."""
    day = timezone.localdate(now)
    for addressee in Addressee.values:
        if addressee == Addressee.MANAGEMENT:
            continue
        own = facts(Chosen(released=released, addressee=addressee))
        if not own.recommendations:
            continue
        for d in used:
            found = figure(d, own, day, definitions.period(day), settings=definitions.numbers(d))
            yield Tally(
                definition=d.id, version=d.version, released=released, as_of=now, entry=entry,
                dimension="addressee", value=addressee, body=body_of(found),
            )  # fmt: skip


def forget_between(now: datetime) -> int:
    """Keep the last whole figures of each month and all of the newest; returns how many rows went."""
    gone = 0
    for released in (True, False):
        earlier = Tally.objects.filter(released=released, dimension="", as_of__lt=now)
        moments = list(earlier.order_by("as_of").values_list("as_of", flat=True).distinct())
        last = {timezone.localdate(m).replace(day=1): m for m in moments}
        kept = set(last.values())
        old = Tally.objects.filter(released=released, as_of__lt=now)
        gone += old.exclude(as_of__in=kept).delete()[0] + old.exclude(dimension="").delete()[0]
    return gone


@dataclass(frozen=True, slots=True)
class Moment:
    """The newest tallies of an audience."""

    released: bool
    as_of: datetime | None
    """None: nothing was worked out yet."""

    def rows(self, **more: str) -> QuerySet[Tally]:
        """Its rows; of the whole where no dimension is named."""
        if self.as_of is None:
            return Tally.objects.none()
        return Tally.objects.filter(**{"released": self.released, "dimension": "", "as_of": self.as_of, **more})


def newest(*, released: bool) -> Moment:
    """The newest that there are."""
    found = Tally.objects.filter(released=released, dimension="").order_by("-as_of").values_list("as_of", flat=True).first()
    return Moment(released, found)


def wholes(moment: Moment) -> dict[str, Tally]:
    """The whole figures, by id of their definitions."""
    return {t.definition: t for t in moment.rows().defer("keys")}


def whole(moment: Moment, definition: str) -> Tally | None:
    """One of them, with its keys."""
    return moment.rows(definition=definition).first()


def keys_of(row: Tally) -> dict[str, KeySet]:
    """Keys that a whole figure rests on."""
    return unpacked(bytes(row.keys))


def last_report(row: Tally) -> Tally | None:
    """The last of the same definition in an earlier month."""
    first = timezone.localtime(row.as_of).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    earlier = Tally.objects.filter(definition=row.definition, released=row.released, dimension="", as_of__lt=first)
    return earlier.order_by("-as_of").first()


def since(old: Tally | None, new: Tally) -> Changed:
    """What changed from one to the other, by the library's own rules.

    Only rows that stand in one of the two are handed to it, which is all that it looks for.
    """
    before = keys_of(old) if old is not None else {}
    after = keys_of(new)
    then = [] if old is None else [_figure(old.body, old, {k: v - after.get(k, KeySet()) for k, v in before.items()})]
    now = _figure(new.body, new, {k: v - before.get(k, KeySet()) for k, v in after.items()})
    return changed(then, [now])[0]


def _figure(body: Body, row: Tally, sets: dict[str, KeySet], name: str = "") -> Figure:
    return Figure(
        definition=body["definition"],
        version=row.version,
        kind=body["kind"],
        unit=body["unit"],
        as_of=date.fromisoformat(body["as_of"]),
        period=cast("Any", tuple(date.fromisoformat(d) for d in body["period"])) if body["period"] else None,
        value=body["value"],
        in_days=body["in_days"],
        numerator_keys=tuple(sets.get(f"{name}numerator", ())),
        denominator_keys=tuple(sets.get(f"{name}denominator", ())),
        missing=tuple((key, k.partition("missing ")[2]) for k, v in sets.items() if k.startswith(f"{name}missing ") for key in v),
        left_out=body["left_out"],
        abstained=body["abstained"],
        weight=body["weight"],
        parts=tuple(_figure(p, row, sets, f"{name}{n}/") for n, p in enumerate(body["parts"])),
        band=body["band"],
        settings=tuple(sorted(body["settings"].items())),
    )


def self_reported() -> int:
    """Actions that count as done by their units' own word, because the preset names nobody who verifies."""
    return Action.objects.filter(state=ActionState.SELF_REPORTED).count()


NIGHT = 3
"""Hour of the night at which all figures are worked out anew."""


def next_night(now: datetime) -> datetime:
    """The next time at which it is that hour here."""
    here = timezone.localtime(now).replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return here if here > now else here + timedelta(days=1)
