"""Figures as pages show them: side by side, one by one, broken down, and with the rows that they were counted from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaltrail.measure.follow_up import NO_EXTENSION, NOT_GRANTED, Changed, Definition, figure
from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Role
from evaltrail_office.evaluations.facets import value_name
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import definitions, tallies
from evaltrail_office.follow_up.actions.opening import presets
from evaltrail_office.follow_up.extended import with_group
from evaltrail_office.follow_up.facts import Chosen, facts, units_of
from evaltrail_office.follow_up.keysets import KeySet
from evaltrail_office.follow_up.models import Action, House, Tally, Track
from evaltrail_office.follow_up.models.answers import Addressee
from evaltrail_office.shelf.words import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from evaltrail.measure.follow_up import FollowUp as Facts
    from evaltrail_office.accounts.models import User

PAGE = 25
VALUES = 40
"""Units, countries and so on, on one page."""
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of counting acceptance and implementation, by two definitions or one."""

    name: _StrPromise | str
    words: _StrPromise | str
    accepted: str = ""
    implemented: str = ""


WAYS = (
    Way(
        gettext_lazy("Both keys"),
        gettext_lazy("Partial counts as accepted; done means verified by somebody else"),
        "acceptance-with-partial",
        "implementation-verified",
    ),
    Way(
        gettext_lazy("Own word"),
        gettext_lazy("Partial counts as accepted; done means that the unit reports it"),
        "acceptance-with-partial",
        "implementation-claimed",
    ),
    Way(
        gettext_lazy("In full"),
        gettext_lazy("Partial does not count; implemented means that every action is reported done"),
        "acceptance",
        "implementation-of-accepted",
    ),
    Way(gettext_lazy("Of all issued"), gettext_lazy("Silence counts against acceptance"), "acceptance-of-all-issued"),
    Way(
        gettext_lazy("Four years on"),
        gettext_lazy("Only what was issued four years ago; done means verified"),
        implemented="implemented-after-four-years",
    ),
    Way("World Bank Group (IEG)", gettext_lazy("Rated high or complete at the end of follow-up"), implemented="world-bank-adoption"),
    Way("AfDB (IDEV)", gettext_lazy("Action plans of which every action due is done"), implemented="afdb-implementation"),
)
"""Rows of the table of definitions, in order."""
BROKEN_DOWN = ("acceptance-with-partial", "implementation-verified", "overdue", "long-overdue", "mean-delay")
"""Figures that are set beside each other for each unit, year and so on."""
DELAY = ("overdue-first", "overdue", "long-overdue-first", "long-overdue", "mean-delay", "mean-delay-current")
"""The same for each reason for which a later date was granted: only the dates of actions are moved for one."""


def percent(value: float) -> str:
    """``61 %``."""
    return f"{value * 100:.0f}{NO_BREAK}%"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with what a page says of it."""

    definition: Definition
    body: Mapping[str, Any]
    address: str = ""
    """Of its own page."""
    asked: str = ""
    """What follows in addresses of its rows: ``&by=unit&value=U-0001``."""

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return self.body["value"] is not None

    @property
    def words(self) -> str:
        """``61 %``, ``211 days``; empty where there is none."""
        value = self.body["value"]
        if value is None:
            return ""
        if self.body["in_days"]:
            n = round(value)
            return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
        return percent(value)

    @property
    def share(self) -> str:
        """Its place on an axis of 100, as SVG has it; empty for days and for none."""
        value = self.body["value"]
        return "" if value is None or self.body["in_days"] else f"{min(1.0, max(0.0, value)) * 100:.2f}%"

    @property
    def counts(self) -> str:
        """``115 of 188``; of a mean how many it was taken of."""
        if self.body["kind"] == "composite":
            return ""
        if self.body["kind"] == "share":
            return _("%(counted)d of %(of)d") % {"counted": self.body["counted"], "of": self.body["of"]}
        return _("of %(n)d") % {"n": self.body["of"]}

    @property
    def missing(self) -> int:
        """How many rows are left out or in the way because something is not known of them."""
        return int(self.body["left_out"]) or sum(self.body["missing"].values())

    def rows(self, part: str) -> str:
        """Address of the rows of a part."""
        return f"{self.address}?rows={part}{self.asked}#rows"

    @property
    def numerator_address(self) -> str:
        """Of those that were counted."""
        return self.rows("numerator")

    @property
    def denominator_address(self) -> str:
        """Of those that they were counted out of."""
        return self.rows("denominator")

    @property
    def missing_address(self) -> str:
        """Of those of which something is not known."""
        first = next(iter(self.body["missing"]), "")
        return self.rows(f"missing {first}".replace(" ", "+"))


def audience(user: User, asked: str = "") -> bool:
    """Whether only what is public was counted in what this person is shown. The head sees all, or the public's as they ask."""
    return Role.HEAD not in scope_of(user).office or asked == "public"


def shown(definition: Definition, row: Tally | None, asked: str = "") -> Shown | None:
    """A tally for a page."""
    return None if row is None else Shown(definition, row.body, reverse("figure", args=[definition.id]), asked)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of definitions."""

    way: Way
    accepted: Shown | None
    implemented: Shown | None


@dataclass(frozen=True, slots=True)
class Table:
    """All definitions side by side, for the same data."""

    as_of: datetime | None
    lines: tuple[Line, ...] = ()
    others: tuple[Shown, ...] = ()
    apart: tuple[tuple[str, int], ...] = ()
    """To whom recommendations are addressed that stand in none of management's rates, and how many."""
    recommendations: int = 0
    """Addressed to management."""


def table(moment: tallies.Moment) -> Table:
    """Of the newest tallies: two queries."""
    found = tallies.wholes(moment)
    used = {d.id: d for d in definitions.in_use() if d.id in found and found[d.id].version == d.version}
    every = {name: Shown(d, found[name].body, reverse("figure", args=[name])) for name, d in used.items()}
    lines = tuple(
        Line(way, every.get(way.accepted), every.get(way.implemented)) for way in WAYS if way.accepted in every or way.implemented in every
    )
    paired = {name for way in WAYS for name in (way.accepted, way.implemented)}
    issued = every.get("acceptance-of-all-issued")
    others = tuple(sorted((s for name, s in every.items() if name not in paired), key=lambda s: (bool(s.definition.organisation),)))
    return Table(moment.as_of, lines, others, _apart(moment), issued.body["of"] if issued else 0)


def worked_out(own: Facts, day: date) -> dict[str, Shown]:
    """Every definition in use over these facts, by id."""
    return {
        d.id: Shown(d, tallies.body_of(figure(d, own, day, definitions.period(day), settings=definitions.numbers(d))), "")
        for d in definitions.in_use()
    }


def live(chosen: Chosen) -> Table:
    """The same of a few rows, worked out now."""
    own, now = facts(chosen), timezone.now()
    every = worked_out(own, timezone.localdate(now))
    lines = tuple(Line(way, every.get(way.accepted), every.get(way.implemented)) for way in WAYS)
    paired = {name for way in WAYS for name in (way.accepted, way.implemented)}
    others = tuple(s for name, s in every.items() if name not in paired)
    return Table(now, lines, others, (), len(own.recommendations))


def _apart(moment: tallies.Moment) -> tuple[tuple[str, int], ...]:
    rows = moment.rows(dimension="addressee", definition="acceptance-of-all-issued").defer("keys")
    return tuple((str(Addressee(r.value).label), int(r.body["of"])) for r in rows if r.value in Addressee.values)


@dataclass(frozen=True, slots=True)
class Value:
    """A unit, year, theme, priority, country or reason with its figures."""

    value: str
    label: str
    figures: tuple[Shown | None, ...]


def broken_down(moment: tallies.Moment, dimension: str, page: str | None) -> tuple[list[Definition], Page[Value]]:
    """The figures of ``BROKEN_DOWN``, or ``DELAY``, for each value of a dimension."""
    known = {d.id: d for d in definitions.in_use()}
    used = [known[name] for name in (DELAY if dimension == "reason" else BROKEN_DOWN) if name in known]
    every = moment.rows(dimension=dimension).filter(definition__in=[d.id for d in used])
    labels = labels_of(dimension, every.order_by().values_list("value", flat=True).distinct())
    listed = Paginator(_in_order(labels), VALUES).get_page(page)
    by: dict[str, dict[str, Tally]] = {v: {} for v in listed.object_list}
    for row in every.filter(value__in=list(by)).defer("keys"):
        by[row.value][row.definition] = row
    values = [Value(v, labels[v], tuple(shown(d, by[v].get(d.id), _asked(dimension, v)) for d in used)) for v in listed.object_list]
    made = cast("Page[Any]", listed)
    made.object_list = values
    return used, made


def _asked(dimension: str, value: str) -> str:
    """What follows in the address of its rows."""
    return f"&by={dimension}&value={quote(value)}"


def _in_order(labels: Mapping[str, str]) -> list[str]:
    """Values by their names; what is no reason, or is not known, after those that are."""
    last = {NOT_GRANTED: 1, NO_EXTENSION: 2, "": 3}
    return sorted(labels, key=lambda v: (last.get(v, 0), labels[v].casefold()))


def _reasons() -> dict[str, str]:
    """Reasons for a later date in words, by code: those of the preset that new follow-ups begin with come before others."""
    every = presets()
    own = every.pop(House.of_office().preset, None)
    words = {r.code: r.words for preset in (*every.values(), *([own] if own else [])) for r in preset.reasons}
    return {**words, NO_EXTENSION: _("no extension"), NOT_GRANTED: _("asked, not granted"), "": _("not known")}


def labels_of(dimension: str, values: Iterable[str]) -> dict[str, str]:
    """What values of a dimension are called."""
    wanted = list(values)
    if dimension == "reason":
        reasons = _reasons()
        return {v: reasons.get(v, v) for v in wanted}
    names = dict(Unit.objects.filter(key__in=wanted).values_list("key", "name")) if dimension == "unit" else {}

    def label(value: str) -> str:
        if not value:
            return _("not stated")
        if dimension in {"theme", "country"}:
            return value_name(dimension, value)
        return term(value) if dimension == "priority" else names.get(value, value)

    return {v: label(v) for v in wanted}


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of a dimension in the breakdown of one figure."""

    label: str
    shown: Shown


def bars(moment: tallies.Moment, definition: Definition, dimension: str, page: str | None) -> tuple[list[Bar], Page[str]]:
    """One figure by a dimension, paged."""
    every = moment.rows(definition=definition.id, dimension=dimension)
    labels = labels_of(dimension, every.order_by().values_list("value", flat=True))
    listed = Paginator(_in_order(labels), VALUES).get_page(page)
    rows = {r.value: r for r in every.filter(value__in=list(listed.object_list)).defer("keys")}
    address = reverse("figure", args=[definition.id])
    made = [Bar(labels[v], Shown(definition, rows[v].body, address, _asked(dimension, v))) for v in listed.object_list]
    return made, listed


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows that a figure rests on."""

    part: str
    """``numerator``, ``denominator``, ``missing due``."""
    page: Page[Any]
    rows: tuple[Any, ...]
    hidden: int
    """Of this page, rows that the person may not see."""


def rows_of(user: User, row: Tally, part: str, dimension: str, value: str, page: str | None) -> Listed | None:
    """Rows of a part of a figure, paged; None where it has no such part."""
    keys = part_keys(row, part, dimension, value)
    if keys is None:
        return None
    listed: Page[Any] = Paginator(cast("Any", _Keys(keys)), PAGE).get_page(page)
    wanted = list(listed.object_list)
    rows = things(user, str(part_of(row, part)["unit"]), wanted)
    return Listed(part, listed, tuple(rows), len(wanted) - len(rows))


def part_of(row: Tally, part: str) -> dict[str, Any]:
    """The body of the figure that a part belongs to: of a composite, ``1/0/numerator`` is of the first part of its second part."""
    whole: dict[str, Any] = row.body
    found = whole
    *path, _name = part.split("/")
    for n in path:
        parts = found["parts"]
        if not n.isdecimal() or int(n) >= len(parts):
            return whole
        found = parts[int(n)]
    return found


class _Keys:
    """A set of keys as Django's paginator takes it."""

    def __init__(self, keys: KeySet) -> None:
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, some: slice) -> list[str]:
        return list(self._keys.part(some.start or 0, some.stop if some.stop is not None else len(self._keys)))


def part_keys(row: Tally, part: str, dimension: str = "", value: str = "") -> KeySet | None:
    """Keys of a part of a figure, of one value of a dimension where one is named."""
    keys = tallies.keys_of(row).get(part)
    if keys is None or not dimension:
        return keys
    return keys & KeySet.of(_keys_with(str(part_of(row, part)["unit"]), dimension, value))


def _keys_with(unit: str, dimension: str, value: str) -> QuerySet[Any, str]:
    """Keys of all things with a value, in the tables as they are now."""
    if dimension == "reason":
        found = with_group(value) if value and unit == "action" else Action.objects.none()
        return found.order_by().values_list("key", flat=True)
    if unit == "action" and dimension == "unit":
        own = Action.objects.filter(unit__in=units_of(value)) if value else Action.objects.filter(unit=None)
        return own.order_by().values_list("key", flat=True)
    if unit == "evaluation":
        evaluations = Evaluation.objects.filter(_about("", dimension, value))
        return evaluations.order_by().values_list("key", flat=True)
    tracks = Track.objects.all()
    if dimension == "unit":
        led = {"charges__unit__in": units_of(value), "charges__lead": True}
        tracks = tracks.filter(**led) if value else tracks.exclude(charges__lead=True)
    elif dimension == "priority":
        tracks = tracks.filter(recommendation__priority=value)
    else:
        tracks = tracks.filter(_about("evaluation__", dimension, value))
    if unit == "action":
        return Action.objects.filter(track__in=tracks).order_by().values_list("key", flat=True)
    return tracks.order_by().values_list("recommendation__key", flat=True)


def _about(to: str, dimension: str, value: str) -> Any:
    from django.db.models import Q

    if dimension == "year":
        return Q(**{f"{to}year": int(value) if value.isdecimal() else None})
    from evaltrail_office.evaluations.models import Facet

    own = Facet.objects.filter(kind=dimension)
    found = Q(**{f"{to}pk__in" if to else "pk__in": own.filter(value=value).values("evaluation")})
    return found if value else ~Q(**{f"{to}pk__in" if to else "pk__in": own.values("evaluation")})


def things(user: User, unit: str, keys: Sequence[str]) -> list[Any]:
    """Actions, recommendations (as they are followed) or evaluations by their keys, as far as the person sees them."""
    rows: QuerySet[Any]
    if unit == "action":
        rows = Action.objects.filter(key__in=keys).select_related("evaluation", "unit", "track__recommendation").order_by("key")
        rows = rows.prefetch_related("extensions")
    elif unit == "evaluation":
        rows = Evaluation.objects.filter(key__in=keys).order_by("key")
    else:
        tracks = Track.objects.filter(recommendation__key__in=keys)
        rows = tracks.select_related("evaluation", "recommendation").order_by("recommendation__key")
    return list(visible(user, rows))


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in a figure since the last report."""

    day: date
    old: Shown
    changed: Changed
    came: int
    """Into the numerator."""
    went: int
    grew: int
    """Of what it is counted out of."""
    shrank: int

    @property
    def difference(self) -> str:
        """``+3 points``, ``−12 days``; empty where the two are not subtracted."""
        value = self.changed.difference
        if value is None:
            return ""
        n = round(value if self.old.body["in_days"] else value * 100)
        sign = "+" if n > 0 else "−" if n < 0 else "±"
        if self.old.body["in_days"]:
            return ngettext("%(n)s day", "%(n)s days", abs(n)) % {"n": f"{sign}{abs(n)}"}
        return ngettext("%(n)s point", "%(n)s points", abs(n)) % {"n": f"{sign}{abs(n)}"}


def since_last_report(definition: Definition, row: Tally) -> Since | None:
    """Beside the last figure of an earlier month; None where there is none."""
    old = tallies.last_report(row)
    if old is None:
        return None
    found = tallies.since(old, row)
    return Since(
        timezone.localdate(old.as_of),
        Shown(definition, old.body),
        found,
        len(found.into_numerator),
        len(found.out_of_numerator),
        len(found.into_denominator),
        len(found.out_of_denominator),
    )
