"""The small language in which a definition says what it counts: fields, comparisons, days relative to the day of the figure.

A condition is a line such as ``due + 6 weeks < as_of``, or a table ``all``, ``any``, ``not``, ``every_action``, ``some_action`` of
conditions. The language is closed: a line that is not of one of its forms is refused with the form that was probably meant.
Nothing of a definition is ever run as a program. ``docs/how-to/figures.md`` shows every form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, get_args

from evaltrail.measure.follow_up.facts import Addressee, DropMeaning, Meaning, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Unit = Literal["recommendation", "action", "evaluation"]
FieldKind = Literal["day", "event", "last", "word", "text", "number", "meaning", "many"]
"""``event`` is a day on which something happened once; ``last`` one on which something happened for the last time."""

MEANINGS: tuple[str, ...] = ("open", "partial", "substantial", "done")
"""In order; ``dropped`` stands outside of it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the facts, as a definition may name it."""

    kind: FieldKind
    says: str = ""
    """The event whose outcome it tells: a verdict belongs to ``responded``."""
    values: tuple[str, ...] = ()
    """The words that it may have; none: any."""


_SAID: Mapping[str, Field] = {
    "claimed_share": Field("number", "claimed"),
    "claimed_meaning": Field("meaning", "claimed", get_args(Meaning)),
    "verified_share": Field("number", "verified"),
    "verified_meaning": Field("meaning", "verified", get_args(Meaning)),
}

FIELDS: Mapping[Unit, Mapping[str, Field]] = {
    "recommendation": {
        "issued": Field("day"),
        "addressee": Field("word", values=get_args(Addressee)),
        "unit": Field("text"),
        "theme": Field("many"),
        "priority": Field("text"),
        "country": Field("many"),
        "year": Field("number"),
        "verdict": Field("word", "responded", get_args(Verdict)),
        "response_due": Field("day"),
        "responded": Field("event"),
        "plan_entered": Field("event"),
        "retired": Field("event"),
        "quality": Field("number"),
        "alignment": Field("text"),
    },
    "action": {
        "unit": Field("text"),
        "first_due": Field("day"),
        "due": Field("day"),
        "started": Field("event"),
        "claimed": Field("last"),
        "verified": Field("last"),
        "dropped": Field("event"),
        "drop_meaning": Field("word", "dropped", get_args(DropMeaning)),
        "delay_reason": Field("text"),
        "later_asked": Field("last"),
        "extended": Field("last"),
        "extension_reason": Field("text", "extended"),
        **_SAID,
    },
    "evaluation": {
        "unit": Field("text"),
        "theme": Field("many"),
        "country": Field("many"),
        "year": Field("number"),
        "planned": Field("day"),
        "completed": Field("event"),
        "cancelled": Field("event"),
        "issued": Field("day"),
        "response_due": Field("day"),
        "responded": Field("event"),
        "quality": Field("number"),
    },
}
"""What may be named of each thing that can be counted. Of an action, ``recommendation.verdict`` names a field of its recommendation."""

ANCHORS = ("as_of", "period_first", "period_last", "year_first")
"""Days that every definition may name: that of the figure, the ends of the period, and the first of January of the figure's year."""


@dataclass(frozen=True, slots=True)
class Step:
    """A distance in time, such as 6 weeks. The number may be the name of a setting."""

    number: int | str
    of: Literal["days", "weeks", "months", "years"]
    sign: Literal[1, -1] = 1


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of a comparison: a field, a day, a number or an anchor, with a step where there is one."""

    field: str = ""
    anchor: str = ""
    constant: date | float | None = None
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands with <, <=, >, >= or = between them."""

    left: Operand
    sign: Literal["<", "<=", ">", ">=", "="]
    right: Operand


@dataclass(frozen=True, slots=True)
class Is:
    """A field has one of some values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranks:
    """A meaning stands somewhere in the order, beside a value or another field."""

    field: str
    how: Literal["at least", "at most", "above", "below"]
    value: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Something has happened by the day of the figure."""

    field: str


@dataclass(frozen=True, slots=True)
class IsKnown:
    """A field has a value."""

    field: str


@dataclass(frozen=True, slots=True)
class HasActions:
    """A recommendation has at least one action."""


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which all or any must be met, or one that must not be."""

    how: Literal["all", "any", "not"]
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class OfActions:
    """A condition on the actions of a recommendation. Without any action neither form is met."""

    how: Literal["every_action", "some_action"]
    of: Condition


Condition = Compare | Is | Ranks | Happened | IsKnown | HasActions | Group | OfActions


@dataclass(frozen=True, slots=True)
class Value:
    """What a mean or a median is taken of: a number, or the difference of two numbers or of two days (then in days)."""

    left: Operand
    right: Operand | None
    in_days: bool


_NAME = r"[a-z_]+(?:\.[a-z_]+)?"
_FORMS = (
    "due + 6 weeks < as_of",
    "verdict is accepted or partially_accepted",
    "theme includes water",
    "verified_meaning at least substantial",
    "responded happened",
    "due is known",
    "has actions",
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OPERAND = re.compile(rf"({_NAME}|{_DAY.pattern}|{_NUMBER.pattern})(?:\s*([+-])\s*([a-z_]+|\d+)\s+(day|week|month|year)s?)?")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads conditions and values about one kind of thing."""

    unit: Unit
    settings: frozenset[str] = frozenset()

    def condition(self, written: Any) -> Condition:
        """The condition that is written.

        Raises:
            ValueError: it is of none of the forms; the words say which one was probably meant.
        """
        if isinstance(written, str):
            return self._line(written.strip())
        if not isinstance(written, dict) or len(written) != 1:
            raise ValueError("a condition is a line such as “due < as_of”, or a table with one of all, any, not, every_action, some_action")
        [(how, of)] = written.items()
        if how in ("all", "any"):
            if not isinstance(of, list) or not of:
                raise ValueError(f"“{how}” holds a list of conditions, and at least one")
            return Group(how, tuple(self.condition(c) for c in of))
        if how == "not":
            return Group("not", (self.condition(of),))
        if how in ("every_action", "some_action"):
            if self.unit != "recommendation":
                raise ValueError(f"“{how}” asks for the actions of a recommendation; here {self.unit}s are counted")
            return OfActions(how, Reader("action", self.settings).condition(of))
        raise ValueError(f"“{how}” is no form of condition; there are all, any, not, every_action, some_action")

    def value(self, written: str) -> Value:
        """What a mean or a median is taken of: ``quality``, ``claimed - due``, ``claimed_share - verified_share``.

        Raises:
            ValueError: it is of none of these forms.
        """
        left, minus, right = (part.strip() for part in written.partition(" - "))
        sides = [self._operand(left, written), *([self._operand(right, written)] if minus else [])]
        kinds = {self._is_day(s) for s in sides}
        if len(kinds) > 1 or (kinds == {True} and not minus):
            raise ValueError(f"“{written}”: a value is a number (quality), or a difference of two days (claimed - due) or of two numbers")
        return Value(sides[0], sides[1] if minus else None, in_days=kinds == {True})

    def _line(self, line: str) -> Condition:
        if line == "has actions":
            if self.unit != "recommendation":
                raise ValueError(f"“has actions” is said of a recommendation; here {self.unit}s are counted")
            return HasActions()
        if m := re.fullmatch(rf"({_NAME}) happened", line):
            self._of_kind(m[1], ("event", "last"), line, "has no day on which it happened")
            return Happened(m[1])
        if m := re.fullmatch(rf"({_NAME}) is known", line):
            if self._field(m[1], line).kind in ("event", "last"):
                raise ValueError(f"“{line}”: {m[1]} is something that happens; write “{m[1]} happened”")
            return IsKnown(m[1])
        if m := re.fullmatch(rf"({_NAME}) (at least|at most|above|below) ([a-z_.]+)", line):
            return self._ranks(m[1], m[2], m[3], line)
        if m := re.fullmatch(rf"({_NAME}) (is|includes) (.+)", line):
            return self._is(m[1], m[2], tuple(v.strip() for v in m[3].split(" or ")), line)
        if m := re.fullmatch(r"(.+?)\s*(<=|>=|<|>|=)\s*(.+)", line):
            return self._compare(m[1], m[2], m[3], line)
        raise ValueError(f"“{line}” is no condition; the forms are {'; '.join(_FORMS)}")

    def _is(self, name: str, verb: str, values: tuple[str, ...], line: str) -> Is:
        field = self._of_kind(name, ("word", "text", "meaning", "many"), line, "is compared with <, <=, >, >= or =")
        if (field.kind == "many") != (verb == "includes"):
            raise ValueError(f"“{line}”: write “{name} {'includes' if field.kind == 'many' else 'is'} …”")
        wrong = [v for v in values if field.values and v not in field.values]
        if wrong:
            raise ValueError(f"“{line}”: {wrong[0]} is no value of {name}; it has {', '.join(field.values)}")
        return Is(name, values)

    def _ranks(self, name: str, how: Any, value: str, line: str) -> Ranks:
        self._of_kind(name, ("meaning",), line, "has no order; “at least” is said of claimed_meaning and verified_meaning")
        if value not in MEANINGS and getattr(FIELDS["action"].get(value), "kind", "") != "meaning":
            raise ValueError(f"“{line}”: {value} has no place in the order {', '.join(MEANINGS)}")
        return Ranks(name, how, value)

    def _compare(self, left: str, sign: Any, right: str, line: str) -> Compare:
        sides = self._operand(left, line), self._operand(right, line)
        if self._is_day(sides[0]) != self._is_day(sides[1]):
            raise ValueError(f"“{line}” compares a day with a number")
        if not any(s.field for s in sides):
            raise ValueError(f"“{line}” names no field of {_a(self.unit)}; it has {', '.join(FIELDS[self.unit])}")
        return Compare(sides[0], sign, sides[1])

    def _operand(self, text: str, line: str) -> Operand:
        m = _OPERAND.fullmatch(text.strip())
        if not m:
            raise ValueError(f"“{line}”: “{text}” is no field, day or number; a distance is written “due + 6 weeks”")
        name, sign, number, of = m.groups()
        step = None
        if sign:
            if not number.isdigit() and number not in self.settings:
                known = (
                    f"; there are {', '.join(sorted(self.settings))}" if self.settings else "; write a number, or add it under [settings]"
                )
                raise ValueError(f"“{line}”: {number} is no setting of this definition{known}")
            step = Step(int(number) if number.isdigit() else number, f"{of}s", 1 if sign == "+" else -1)  # type: ignore[arg-type]
        if _DAY.fullmatch(name):
            try:
                return Operand(constant=date.fromisoformat(name), step=step)
            except ValueError:
                raise ValueError(f"“{line}”: there is no day {name}") from None
        if _NUMBER.fullmatch(name):
            operand = Operand(constant=float(name), step=step)
        elif name in ANCHORS:
            return Operand(anchor=name, step=step)
        else:
            self._of_kind(name, ("day", "event", "last", "number"), line, "is no day and no number; write “is”")
            operand = Operand(field=name, step=step)
        if step and not self._is_day(operand):
            raise ValueError(f"“{line}”: only days can be moved by {of}s")
        return operand

    def _is_day(self, operand: Operand) -> bool:
        if operand.field:
            return field_of(self.unit, operand.field).kind != "number"
        return bool(operand.anchor) or isinstance(operand.constant, date)

    def _of_kind(self, name: str, kinds: tuple[FieldKind, ...], line: str, otherwise: str) -> Field:
        field = self._field(name, line)
        if field.kind not in kinds:
            raise ValueError(f"“{line}”: {name} {otherwise}")
        return field

    def _field(self, name: str, line: str) -> Field:
        try:
            return field_of(self.unit, name)
        except KeyError:
            near = get_close_matches(name.partition(".")[2] or name, FIELDS[self.unit], n=1)
            hint = f"; is {near[0]} meant?" if near else f"; it has {', '.join(FIELDS[self.unit])}"
            raise ValueError(f"“{line}”: {_a(self.unit)} has no field {name}{hint}") from None


def in_words(written: Any) -> str:
    """A condition as it is written, on one line: ``due <= as_of and not: dropped happened``."""
    if not isinstance(written, dict):
        return str(written)
    [(how, of)] = written.items()

    def inner(one: Any) -> str:
        return f"({in_words(one)})" if isinstance(one, dict) and not isinstance(one.get("not"), str) else in_words(one)

    if how in ("all", "any"):
        return (" and " if how == "all" else " or ").join(inner(one) for one in of)
    return f"{how.replace('_', ' ')}: {inner(of)}"


def _a(unit: str) -> str:
    return f"{'an' if unit[0] in 'ae' else 'a'} {unit}"


def field_of(unit: Unit, name: str) -> Field:
    """The field that a name stands for, where things of one kind are counted.

    Raises:
        KeyError: there is none.
    """
    owner, dot, rest = name.partition(".")
    if not dot:
        return FIELDS[unit][name]
    if unit == "action" and owner == "recommendation":
        return FIELDS["recommendation"][rest]
    raise KeyError(name)


def fields_in(of: Condition | Value | Operand | None) -> Iterator[str]:
    """Names of all fields that a condition or a value needs, fields of actions as ``action.due`` where recommendations are counted."""
    match of:
        case Operand():
            yield from [of.field] if of.field else []
        case Compare() | Value():
            yield from fields_in(of.left)
            yield from fields_in(of.right)
        case Is() | Happened() | IsKnown():
            yield of.field
        case Ranks():
            yield of.field
            yield from [of.value] if of.value not in MEANINGS else []
        case Group():
            for one in of.of:
                yield from fields_in(one)
        case OfActions():
            yield from (f"action.{name}" for name in fields_in(of.of))
        case HasActions():
            yield "actions"


def anchors_in(of: Condition | Value | Operand | None) -> Iterator[str]:
    """Names of all days of the figure that a condition or a value refers to."""
    match of:
        case Operand():
            yield from [of.anchor] if of.anchor else []
        case Compare() | Value():
            yield from anchors_in(of.left)
            yield from anchors_in(of.right)
        case Group():
            for one in of.of:
                yield from anchors_in(one)
        case OfActions():
            yield from anchors_in(of.of)


def settings_in(of: Condition | Value | Operand | None) -> Iterator[str]:
    """Names of all settings that a condition or a value refers to."""
    match of:
        case Operand():
            yield from [of.step.number] if of.step and isinstance(of.step.number, str) else []
        case Compare() | Value():
            yield from settings_in(of.left)
            yield from settings_in(of.right)
        case Group():
            for one in of.of:
                yield from settings_in(one)
        case OfActions():
            yield from settings_in(of.of)
