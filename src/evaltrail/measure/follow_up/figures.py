"""The figures themselves: a definition applied to facts on a day.

A figure names every row that it rests on, every input that it lacked, and the definition with its version. Where an input
is missing it says so instead of giving a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import fsum
from statistics import median
from typing import Any, Literal, NamedTuple

from evaltrail.measure.follow_up.conditions import Made, Maker
from evaltrail.measure.follow_up.definition import Definition, Formula, Part
from evaltrail.measure.follow_up.facts import ActionFacts, FollowUp, RecommendationFacts, evaluations_of

Dimension = Literal["unit", "year", "theme", "priority", "country", "reason"]
NO_EXTENSION, NOT_GRANTED = "no extension", "asked, not granted"
"""Groups of the breakdown by reason that are no code of a reason."""
Facts = FollowUp | Sequence[RecommendationFacts]


class Period(NamedTuple):
    """The days from the first to the last, both of them in it."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Figure:
    """What a definition makes of the facts on a day."""

    definition: str
    """Id of the definition; of a part, the id of the whole and the part's name."""
    version: int
    kind: Literal["share", "mean", "median", "composite"]
    unit: Literal["recommendation", "action", "evaluation"] | None
    as_of: date
    period: tuple[date, date] | None
    value: float | None
    """A share from 0 to 1, a mean or median of such, or a number of days (``in_days``). None where no figure can be given."""
    in_days: bool = False
    numerator_keys: tuple[str, ...] = ()
    """Keys of the rows that were counted; of a mean or median, all those that it was taken of."""
    denominator_keys: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    """Key of a row and name of the input that is not known of it."""
    left_out: int = 0
    """Number of rows that were left out because an input is not known, where the definition says so."""
    abstained: str | None = None
    """Why there is no value, in words."""
    weight: float | None = None
    """Of a part: how much of the whole it makes."""
    parts: tuple[Figure, ...] = ()
    band: str | None = None
    settings: tuple[tuple[str, int], ...] = field(default=())
    """The numbers that were set, where the definition leaves some open."""


@dataclass(slots=True)
class _Tally:
    """What was met on the way through the rows."""

    counted: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    unknown: int = 0


_Groups = Callable[[Any, Any], Iterable[Hashable]]
_ONE: tuple[Hashable, ...] = (None,)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is the same for a whole figure."""

    facts: FollowUp
    as_of: date
    period: Period | None
    given: Mapping[str, int]
    dimension: Dimension | None = None

    def rows(self, formula: Formula) -> Iterator[tuple[str, Any, Any]]:
        """Key, row and action of everything of a kind that was there on the day."""
        if formula.unit == "evaluation":
            for one in self.facts.evaluations:
                yield one.key, one, None
            return
        for rec in self.facts.recommendations:
            if rec.issued is not None and rec.issued > self.as_of:
                continue
            if formula.unit == "recommendation":
                yield rec.key, rec, None
            else:
                for action in rec.actions:
                    yield action.key, rec, action


def figure(
    definition: Definition, facts: Facts, as_of: date, period: Period | None = None, *, settings: Mapping[str, int] | None = None
) -> Figure:
    """Work out a figure by a definition, whose source is named in it.

    Args:
        definition: from ``shipped().get("acceptance")`` or a house's own.
        facts: recommendations with their actions, as they stood on the day. ``FollowUp`` holds evaluations too; without them, what
            can be told of evaluations is gathered from their recommendations. Nothing that is dated later than the day is
            counted; behind a later report of a unit, what it had reported before is not known.
        as_of: the day of the figure.
        period: the days that a definition about a year or another period looks at.
        settings: numbers that the definition leaves open.

    Returns:
        The value with all keys that it rests on; or None for the value, and why, where an input is missing, nothing is there to
        be counted, or the definition wants a period or a setting that was not given. It never raises for want of data.
    """
    work = _Work(_follow_up(definition, facts), as_of, period, settings or {})
    return _all(definition, work).get(None) or _none(definition, work)


def by(
    definition: Definition,
    facts: Facts,
    as_of: date,
    dimension: Dimension,
    period: Period | None = None,
    *,
    settings: Mapping[str, int] | None = None,
) -> dict[str | int | None, Figure]:
    """Break a figure down by unit, year, theme, priority, country or reason, in order of these; at the end None for those not known.

    A recommendation with several themes or countries counts in each, so the parts may make more than the whole. An action
    counts for its own unit. By reason, it counts once: under the code of the reason for which its date was moved last
    (``extension_reason``), whatever was asked for before and since; ``NOT_GRANTED`` holds those for which a later date was asked and none
    given, ``NO_EXTENSION`` those for which none was asked.

    Raises:
        ValueError: the definition counts evaluations, and these have no priority; or not only actions, which alone have a reason.
    """
    if why := not_by(definition, dimension):
        raise ValueError(why)
    found = _all(definition, _Work(_follow_up(definition, facts), as_of, period, settings or {}, dimension))
    return dict(sorted(found.items(), key=lambda item: (item[0] is None, item[0])))


def not_by(definition: Definition, dimension: Dimension) -> str:
    """Why a figure cannot be broken down by something; empty: it can."""
    units = {f.unit for f in definition.formulas() if f.unit}
    if dimension == "priority" and "evaluation" in units:
        return f"{definition.key} counts evaluations, and these have no priority"
    if dimension == "reason" and units != {"action"}:
        others = " and ".join(f"{u}s" for u in sorted(units - {"action"}))
        return f"{definition.key} counts {others}, and only the date of an action is moved for a reason"
    return ""


def _follow_up(definition: Definition, facts: Facts) -> FollowUp:
    whole = facts if isinstance(facts, FollowUp) else FollowUp(tuple(facts))
    if whole.evaluations or not any(f.unit == "evaluation" for f in definition.formulas()):
        return whole
    return replace(whole, evaluations=evaluations_of(whole.recommendations))


def _all(definition: Definition, work: _Work) -> dict[Any, Figure]:
    return _banded(definition, _worked(definition, definition, work, definition.id))


def _banded(definition: Definition, figures: dict[Any, Figure]) -> dict[Any, Figure]:
    def band(value: float | None) -> str | None:
        # Rounded so that 0.9 worked out from weights is not taken for a little less.
        return None if value is None else next((word for least, word in definition.bands if round(value, 9) >= least), None)

    return {group: replace(f, band=band(f.value)) for group, f in figures.items()}


def _settings(definition: Definition, work: _Work) -> dict[str, int | None]:
    return {name: work.given.get(name, s.default) for name, s in definition.settings.items()}


def _none(definition: Definition, work: _Work) -> Figure:
    return _empty(definition, definition, work, definition.id)


def _empty(formula: Formula, of: Definition, work: _Work, name: str) -> Figure:
    """A figure without anything in it, and why."""
    abstained = _not_given(formula, of, work) or f"there are no {formula.unit}s to be counted"
    return _figure(formula, of, work, name, abstained=abstained)


def _not_given(formula: Formula, of: Definition, work: _Work) -> str | None:
    """Why a formula cannot be worked out at all, before any row is looked at."""
    if formula.needs_period and work.period is None:
        return "it looks at a period, and none was given"
    unset = [f"{s} ({of.settings[s].words})" for s, v in _settings(of, work).items() if v is None and s in formula.names_of_settings]
    return f"the definition leaves open what {unset[0]} is; set it" if unset else None


def _figure(formula: Formula, of: Definition, work: _Work, name: str, **more: Any) -> Figure:
    used = {s: v for s, v in _settings(of, work).items() if v is not None and s in formula.names_of_settings}
    return Figure(
        definition=name,
        version=of.version,
        kind=formula.kind,
        unit=formula.unit,
        as_of=work.as_of,
        period=work.period if formula.needs_period else None,
        in_days=formula.in_days,
        settings=tuple(sorted(used.items())),
        **{"value": None, **more},
    )


def _worked(formula: Formula, of: Definition, work: _Work, name: str) -> dict[Any, Figure]:
    """Figures by group; one under None where nothing is broken down."""
    if formula.kind == "composite":
        return _composed(formula, of, work, name)
    if _not_given(formula, of, work):
        return {}
    tallies = _tallied(formula, of, work)
    return {group: _judged(formula, of, work, name, tally) for group, tally in tallies.items()}


def _composed(formula: Formula, of: Definition, work: _Work, name: str) -> dict[Any, Figure]:
    parts: list[tuple[Part, dict[Any, Figure], Figure]] = []
    for part in formula.parts:
        inner = part.of
        if isinstance(inner, Definition):
            parts.append((part, _all(inner, work), _none(inner, work)))
        else:
            whole = f"{name}/{part.name}"
            parts.append((part, _worked(inner, of, work, whole), _empty(inner, of, work, whole)))
    groups = dict.fromkeys(g for _, found, _ in parts for g in found) or {None: None}
    made = {}
    for group in groups:
        figures = tuple(replace(found.get(group, otherwise), weight=part.weight) for part, found, otherwise in parts)
        stopped = [f for f in figures if f.value is None]
        made[group] = _figure(
            formula,
            of,
            work,
            name,
            value=None if stopped else fsum((f.weight or 0) * (f.value or 0) for f in figures),
            parts=figures,
            left_out=sum(f.left_out for f in figures),
            abstained=f"its part “{stopped[0].definition.rpartition('/')[2]}” has no figure: {stopped[0].abstained}" if stopped else None,
        )
    return made


def _tallied(formula: Formula, of: Definition, work: _Work) -> dict[Any, _Tally]:
    unit = formula.unit or "recommendation"
    anchors = {"as_of": work.as_of, "year_first": date(work.as_of.year, 1, 1)}
    if work.period:
        anchors |= {"period_first": work.period.first, "period_last": work.period.last}
    maker = Maker(unit, anchors, {s: v for s, v in _settings(of, work).items() if v is not None})
    denominator, numerator, value = formula.clauses
    inside = maker.made(denominator) if denominator else Made(lambda _row, _action: True, lambda _row, _action: ())
    counted = maker.made(numerator) if numerator else None
    measure = maker.value(value) if value else None
    groups = _groups(work.dimension, unit, work.as_of) if work.dimension else None
    tallies: dict[Any, _Tally] = {}
    for key, row, action in work.rows(formula):
        met = inside.test(row, action)
        if met is False:
            continue
        hit: bool | None = None
        number: float | None = None
        if met:
            if counted:
                hit = counted.test(row, action)
            elif measure:
                number = measure[0](row, action)
        known = bool(met) and (hit is not None or number is not None)
        wanting: tuple[str, ...] = ()
        if not known:
            wanting = (
                inside.blame(row, action)
                if not met
                else counted.blame(row, action)
                if counted
                else measure[1](row, action)
                if measure
                else ()
            )
        for group in groups(row, action) if groups else _ONE:
            tally = tallies.get(group)
            if tally is None:
                tally = tallies[group] = _Tally()
            if not known:
                tally.unknown += 1
                tally.missing += [(key, name) for name in dict.fromkeys(wanting)]
                continue
            tally.looked_at.append(key)
            if number is not None:
                tally.values.append(number)
            elif hit:
                tally.counted.append(key)
    return tallies


def _groups(dimension: Dimension, unit: str, as_of: date) -> _Groups:
    if dimension == "reason":
        return lambda _row, action: (_reason(action, as_of),)
    if dimension == "unit" and unit == "action":
        return lambda _row, action: (action.unit,)
    if dimension in ("theme", "country"):
        return lambda row, _action: dict.fromkeys(getattr(row, dimension)) or _ONE
    return lambda row, _action: (getattr(row, dimension),)


def _reason(action: ActionFacts, as_of: date) -> str | None:
    """The group of an action by reason. A later request, or a later date, than the day of the figure hides what was known then."""
    if action.extended is not None or action.extension_reason is not None:
        return action.extension_reason if action.extended is None or action.extended <= as_of else None
    if action.later_asked is None:
        return NO_EXTENSION
    return NOT_GRANTED if action.later_asked <= as_of else None


def _judged(formula: Formula, of: Definition, work: _Work, name: str, tally: _Tally) -> Figure:
    known, unknown = len(tally.looked_at), tally.unknown
    leave_out = formula.unknown == "left out"
    abstained = None
    if unknown and not (leave_out and unknown <= formula.unknown_at_most * (known + unknown) + 1e-9):
        most = f", and the definition allows {formula.unknown_at_most * 100:g} per cent" if leave_out else ""
        names = ", ".join(f"{n} ({c})" for n, c in Counter(n for _, n in tally.missing).most_common())
        abstained = f"not known of {unknown} of {known + unknown} {formula.unit}s: {names}{most}"
    elif not known:
        abstained = (
            f"there are no {formula.unit}s to be counted"
            if not unknown
            else f"of none of the {unknown} {formula.unit}s all inputs are known"
        )
    is_share = formula.kind == "share"
    values = tally.values if formula.at_least is None else [max(v, formula.at_least) for v in tally.values]
    value = None
    if abstained is None:
        value = len(tally.counted) / known if is_share else float(median(values)) if formula.kind == "median" else fsum(values) / known
    return _figure(
        formula,
        of,
        work,
        name,
        value=value,
        numerator_keys=tuple(tally.counted if is_share else tally.looked_at),
        denominator_keys=tuple(tally.looked_at),
        missing=tuple(tally.missing),
        left_out=unknown if leave_out else 0,
        abstained=abstained,
    )
