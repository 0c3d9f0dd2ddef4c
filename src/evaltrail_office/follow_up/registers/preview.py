"""What a register would bring under its mapping, before anything is written: counts, words to be mapped, the first rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evaltrail_office.follow_up.registers import known
from evaltrail_office.follow_up.registers.dates import order_of
from evaltrail_office.follow_up.registers.fields import Fields
from evaltrail_office.follow_up.registers.guess import distinct
from evaltrail_office.follow_up.registers.plan import lines_of, values_of
from evaltrail_office.follow_up.registers.words import DATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.models import Register
    from evaltrail_office.follow_up.registers.plan import Line

FIRST = 20
"""Rows that are shown as they would be taken over."""
_EXAMPLES = 3


def examples(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Some different values of each column, shortened."""
    out = []
    for at in range(len(headings)):
        seen = dict.fromkeys(row[at][:160] for row in rows[:400] if at < len(row) and row[at])
        out.append(list(seen)[:_EXAMPLES])
    return out


def foreseen(register: Register, rows: Sequence[tuple[int, Sequence[str]]]) -> dict[str, Any]:
    """What would become of all rows: for ``Register.counts``. Asks the database a few questions, however many rows there are."""
    fields = Fields.model_validate(register.fields)
    lines = lines_of(register.headings, rows, fields)
    places = fields.at(register.headings)
    cells = {name: [row[at] for _number, row in rows if at < len(row) and row[at]] for name, at in places.items()}
    dates = [(cell, order_of([cell])[1]) for name in DATES for cell in cells.get(name, [])]
    split = [cell for cell, is_split in dates if is_split]
    order, _seen = order_of(split)
    evaluations = _evaluations(register, lines)
    fate = _fate(register, fields, lines, evaluations)
    named = {line.evaluation for line in lines if not line.skip}
    units = known.units_named(distinct(cells.get("unit", []), 5000), fields.units)
    return {
        "rows": len(rows),
        "foreseen": fate,
        "left_out": dict(Counter(line.skip for line in lines if line.skip)),
        "evaluations": {"known": len(named & set(evaluations)), "new": len(named - set(evaluations))},
        "statuses": distinct(cells.get("status", [])),
        "verdicts": distinct(cells.get("verdict", [])),
        "units": {
            "all": len(units),
            "known": sum(1 for u in units.values() if u.unit is not None),
            "new": sum(
                1
                for name, u in units.items()
                if u.unit is None and fields.units.get(name, "new" if fields.unknown_units == "new" else "") == "new"
            ),
            "followed": [[name, u.was.name, u.unit.name] for name, u in units.items() if u.was and u.unit][:20],
            "ended": [name for name, u in units.items() if u.ended][:20],
        },
        "days": {"split": len(split), "order": order, "example": split[0] if split else ""},
        "unread_days": _unread_days(lines),
    }


def _unread_days(lines: Sequence[Line]) -> int:
    return sum(1 for line in lines if not line.skip for name in DATES if line.get(f"printed_{name}") and not line.get(name))


def _evaluations(register: Register, lines: Sequence[Line]) -> dict[str, Evaluation]:
    if register.evaluation is not None:
        return {line.evaluation: register.evaluation for line in lines}
    found = known.evaluations_named({line.evaluation for line in lines if line.evaluation})
    titles = known.evaluations_named({t for line in lines if line.evaluation not in found and (t := line.get("title"))})
    for line in lines:
        if line.evaluation not in found and line.get("title") in titles:
            found[line.evaluation] = titles[line.get("title")]
    own = str(register.fields.get("own", ""))
    if own:
        named = known.evaluations_named([own])
        if own in named:
            found[""] = named[own]
    return found


def _fate(register: Register, fields: Fields, lines: Sequence[Line], evaluations: dict[str, Evaluation]) -> dict[str, int]:
    """How many rows would be taken, are known already, have changed, are left out."""
    out: Counter[str] = Counter()
    by: dict[str, list[Line]] = {}
    fresh: list[Line] = []
    for line in lines:
        if line.skip:
            out["skipped"] += 1
        elif line.evaluation in evaluations:
            by.setdefault(line.identity(evaluations[line.evaluation].key), []).append(line)
        else:
            out["taken"] += 1
    for identity, rows in known.earlier_rows(register, by).items():
        pairs = known.paired(by[identity], rows)
        for line in by[identity]:
            row = pairs.get(line.number)
            if row is None:
                fresh.append(line)
                continue
            old, new = row.made.get("values", {}), values_of(line, fields)
            if not (new["status"] or new["closed"]):
                new["closer"] = old.get("closer", new["closer"])
            out["changed" if any(old.get(name, "") != value for name, value in new.items()) else "same"] += 1
        del by[identity]
    fresh += [line for some in by.values() for line in some]
    candidates = known.candidates_of(evaluations.values())
    for line in fresh:
        same, other = known.same_as(line, candidates.get(evaluations[line.evaluation].pk, []), by_action="action" in fields.columns)
        out["skipped" if other else "taken"] += 1
        if same is not None:
            out["joined"] += 1
        if other:
            out["other_words"] += 1
    return dict(out)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it would be taken over."""

    line: Line
    evaluation: Evaluation | None
    unit: known.OfUnit | None


def first_rows(register: Register) -> list[Shown]:
    """The first rows as they would be taken over."""
    fields = Fields.model_validate(register.fields)
    lines = lines_of(register.headings, register.rows.values_list("number", "cells").order_by("number")[:FIRST], fields)
    evaluations = _evaluations(register, lines)
    units = known.units_named({u for line in lines if (u := line.get("unit"))}, fields.units)
    return [Shown(line, evaluations.get(line.evaluation), units.get(line.get("unit"))) for line in lines]
