"""Conditions and values as functions of a row: met, not met, or not known.

Three values are kept apart all the way (Kleene's logic): ``all`` is not met as soon as one of its conditions is not, whatever is
not known of the others; it is not known only where it could still turn out either way. So a figure misses nothing that would not
have mattered, and guesses nothing that would.
"""

from __future__ import annotations

import calendar
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evaltrail.measure.follow_up.language import (
    FIELDS,
    MEANINGS,
    Compare,
    Condition,
    Group,
    Happened,
    HasActions,
    Is,
    IsKnown,
    OfActions,
    Operand,
    Ranks,
    Step,
    Unit,
    Value,
    field_of,
)

Row = Any
"""What is handed to a function: a recommendation or an evaluation, and beside it the action where actions are counted."""
Get = Callable[[Row, Row], Any]
Test = Callable[[Row, Row], bool | None]
Blame = Callable[[Row, Row], tuple[str, ...]]


class _Never:
    """Stands where something has not happened, so that nothing can be said of its day or its outcome."""


NEVER = _Never()
_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_ORDER = {meaning: place for place, meaning in enumerate(MEANINGS)}
_RANKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at least": operator.ge,
    "at most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A condition as functions: whether a row meets it, and where that is not known, for want of what."""

    test: Test
    blame: Blame


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes functions from what a definition says about one kind of thing, for one day."""

    unit: Unit
    anchors: Mapping[str, date]
    """The days that a definition may name, ``as_of`` among them."""
    settings: Mapping[str, int]

    def made(self, condition: Condition) -> Made:
        """A condition as functions of a row."""
        match condition:
            case Group("not"):
                inner = self.made(condition.of[0])
                return Made(_negated(inner.test), inner.blame)
            case Group():
                return _grouped(tuple(self.made(c) for c in condition.of), decided_by=condition.how == "any")
            case OfActions():
                inner = Maker("action", self.anchors, self.settings).made(condition.of)
                return _of_actions(inner, decided_by=condition.how == "some_action")
            case HasActions():
                return Made(lambda row, _: bool(row.actions), _nobody)
            case Happened():
                return Made(self._happened(condition.field), _blaming(condition.field))
            case IsKnown():
                get = self.getter(condition.field)
                return Made(lambda row, action: not ((v := get(row, action)) is None or v is NEVER), _nobody)
            case Is():
                return self._is(condition)
            case Ranks():
                return self._ranks(condition)
            case Compare():
                return self._compared(condition)

    def value(self, value: Value) -> tuple[Get, Blame]:
        """What a mean is taken of, as a function of a row: a number, or None where it is not known or has not happened."""
        left = self._side(value.left)
        right: Get = self._side(value.right) if value.right else lambda _row, _action: 0.0

        def get(row: Row, action: Row) -> float | None:
            a, b = left(row, action), right(row, action)
            if a is None or b is None or a is NEVER or b is NEVER:
                return None
            return float((a - b).days if isinstance(a, date) else a - b)

        return get, _joined(self._wanting(value.left, never_too=True), self._wanting(value.right, never_too=True))

    def getter(self, name: str) -> Get:
        """A field as it stood on the day: its value, None where it is not known, ``NEVER`` where it has not happened."""
        what = field_of(self.unit, name)
        raw = self._raw(name)
        if what.kind == "many":
            return lambda row, action: raw(row, action) or None
        if what.kind not in ("event", "last") and not what.says:
            return raw
        event = name if not what.says else name.removesuffix(name.rpartition(".")[2]) + what.says
        day = self._raw(event)
        said = self._said(event)
        as_of = self.anchors["as_of"]
        # Of what is reported again and again only the last day is there: one after the day of the figure hides what was known then.
        later = None if field_of(self.unit, event).kind == "last" else NEVER

        def read_day(row: Row, action: Row) -> Any:
            when = day(row, action)
            if when is not None:
                return when if when <= as_of else later
            # An outcome without a day has happened; on which day is not known.
            return None if _any_said(said, row, action) else NEVER

        def read_outcome(row: Row, action: Row) -> Any:
            when = day(row, action)
            if when is not None:
                return raw(row, action) if when <= as_of else later
            return raw(row, action) if _any_said(said, row, action) else NEVER

        return read_outcome if what.says else read_day

    def _raw(self, name: str) -> Get:
        plain = operator.attrgetter(name.rpartition(".")[2])
        return (lambda _row, action: plain(action)) if self.unit == "action" and "." not in name else (lambda row, _action: plain(row))

    def _said(self, event: str) -> tuple[Get, ...]:
        """The outcomes of an event, unread."""
        owner, dot, bare = event.rpartition(".")
        kind: Unit = "recommendation" if dot else self.unit
        return tuple(self._raw(f"{owner}{dot}{n}") for n, f in FIELDS[kind].items() if f.says == bare)

    def _happened(self, name: str) -> Test:
        day, said, as_of = self._raw(name), self._said(name), self.anchors["as_of"]
        later = None if field_of(self.unit, name).kind == "last" else False

        def test(row: Row, action: Row) -> bool | None:
            when = day(row, action)
            if when is None:
                return _any_said(said, row, action)
            return True if when <= as_of else later

        return test

    def _is(self, condition: Is) -> Made:
        get, values = self.getter(condition.field), frozenset(condition.values)
        many = field_of(self.unit, condition.field).kind == "many"

        def test(row: Row, action: Row) -> bool | None:
            value = get(row, action)
            if value is NEVER:
                return False
            if value is None:
                return None
            return not values.isdisjoint(value) if many else value in values

        return Made(test, _blaming(condition.field))

    def _ranks(self, condition: Ranks) -> Made:
        get, compare = self.getter(condition.field), _RANKS[condition.how]
        constant = _ORDER.get(condition.value)
        other: Get = (lambda _row, _action: condition.value) if constant is not None else self.getter(condition.value)

        def test(row: Row, action: Row) -> bool | None:
            a, b = get(row, action), other(row, action)
            if a is NEVER or b is NEVER or a == "dropped" or b == "dropped":
                return False
            return None if a is None or b is None else compare(_ORDER[a], _ORDER[b])

        names = (condition.field,) if constant is not None else (condition.field, condition.value)
        return Made(test, _joined(*(_wanting(self.getter(n), n) for n in names)))

    def _compared(self, condition: Compare) -> Made:
        left, sign, right = condition.left, condition.sign, condition.right
        blame = _joined(self._wanting(left), self._wanting(right))
        if right.field and not left.field:
            left, sign, right = right, _TURNED[sign], left  # type: ignore[assignment]  # a turned sign is one of the signs
        compare = _SIGNS[sign]
        if not right.field:
            return Made(self._beside_constant(left, compare, self._constant(right)), blame)
        get, other = self._side(left), self._side(right)

        def test(row: Row, action: Row) -> bool | None:
            a, b = get(row, action), other(row, action)
            if a is NEVER or b is NEVER:
                return False
            return None if a is None or b is None else compare(a, b)

        return Made(test, blame)

    def _beside_constant(self, side: Operand, compare: Callable[[Any, Any], bool], constant: Any) -> Test:
        step = self._distance(side.step)
        if isinstance(step, timedelta):
            # The same comparison, with the distance on the side where it is worked out only once.
            constant, side = constant - step, Operand(field=side.field)
        get = self._side(side)

        def test(row: Row, action: Row) -> bool | None:
            value = get(row, action)
            if value is None:
                return None
            return False if value is NEVER else compare(value, constant)

        return test

    def _constant(self, operand: Operand) -> Any:
        base = self.anchors[operand.anchor] if operand.anchor else operand.constant
        return base if operand.step is None else _moved(base, self._distance(operand.step))

    def _side(self, operand: Operand) -> Get:
        if not operand.field:
            constant = self._constant(operand)
            return lambda _row, _action: constant
        get = self.getter(operand.field)
        if operand.step is None:
            return get
        step = self._distance(operand.step)

        def moved(row: Row, action: Row) -> Any:
            day = get(row, action)
            return day if day is None or day is NEVER else _moved(day, step)

        return moved

    def _distance(self, step: Step | None) -> timedelta | int | None:
        """Days as a time span, months as a number."""
        if step is None:
            return None
        number = step.sign * (self.settings[step.number] if isinstance(step.number, str) else step.number)
        match step.of:
            case "days":
                return timedelta(days=number)
            case "weeks":
                return timedelta(weeks=number)
            case "months":
                return number
            case "years":
                return 12 * number

    def _wanting(self, operand: Operand | None, *, never_too: bool = False) -> Blame:
        if operand is None or not operand.field:
            return _nobody
        return _wanting(self.getter(operand.field), operand.field, never_too=never_too)


def _moved(day: Any, step: timedelta | int | None) -> Any:
    """A day moved by days or months; the 31st of a shorter month is its last day."""
    if isinstance(step, timedelta):
        return day + step
    years, month = divmod(day.year * 12 + day.month - 1 + (step or 0), 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def _any_said(said: tuple[Get, ...], row: Row, action: Row) -> bool:
    # A loop, because this is asked of every row and any() over a generator takes three times as long.
    for one in said:  # noqa: SIM110 - see the line above
        if one(row, action) is not None:
            return True
    return False


def _nobody(_row: Row, _action: Row) -> tuple[str, ...]:
    return ()


def _blaming(name: str) -> Blame:
    return lambda _row, _action: (name,)


def _wanting(get: Get, name: str, *, never_too: bool = False) -> Blame:
    def blame(row: Row, action: Row) -> tuple[str, ...]:
        value = get(row, action)
        return (name,) if value is None or (never_too and value is NEVER) else ()

    return blame


def _joined(*blames: Blame) -> Blame:
    return lambda row, action: tuple(name for blame in blames for name in blame(row, action))


def _negated(test: Test) -> Test:
    def negated(row: Row, action: Row) -> bool | None:
        met = test(row, action)
        return None if met is None else not met

    return negated


def _grouped(of: tuple[Made, ...], *, decided_by: bool) -> Made:
    """``any`` is decided by one that is met, ``all`` by one that is not."""
    tests = tuple(made.test for made in of)

    def test(row: Row, action: Row) -> bool | None:
        result: bool | None = not decided_by
        for one in tests:
            met = one(row, action)
            if met is decided_by:
                return decided_by
            if met is None:
                result = None
        return result

    def blame(row: Row, action: Row) -> tuple[str, ...]:
        return tuple(name for made in of if made.test(row, action) is None for name in made.blame(row, action))

    return Made(test, blame)


def _of_actions(inner: Made, *, decided_by: bool) -> Made:
    def test(row: Row, _action: Row) -> bool | None:
        result: bool | None = not decided_by and bool(row.actions)
        for action in row.actions:
            met = inner.test(row, action)
            if met is decided_by:
                return decided_by
            if met is None:
                result = None
        return result

    def blame(row: Row, _action: Row) -> tuple[str, ...]:
        names = (n for a in row.actions if inner.test(row, a) is None for n in inner.blame(row, a))
        return tuple(dict.fromkeys(f"action.{n}" for n in names))

    return Made(test, blame)
