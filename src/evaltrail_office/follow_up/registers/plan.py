"""What each row of a register says under a mapping: values, or why it is left out. Nothing here asks the database."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail_office.follow_up.machine import Verdict
from evaltrail_office.follow_up.registers.dates import day_of
from evaltrail_office.follow_up.registers.fields import LEFT_OUT
from evaltrail_office.follow_up.registers.words import DATES, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from evaltrail_office.follow_up.registers.fields import Fields

_TIMES = {
    "short": ("short", "court", "corto"),
    "medium": ("medium", "moyen", "mediano", "medio"),
    "long": ("long", "largo"),
    "ongoing": ("ongoing", "on going", "continuous", "continu", "continuo", "permanente", "permanent", "en cours"),
    "biennium": ("biennium", "biennale", "bienio"),
}
REASONS = {
    "no_text": gettext_lazy("no recommendation text"),
    "status": gettext_lazy("a status that is not mapped"),
    "left_out": gettext_lazy("a status that the mapping leaves out"),
    "dates": gettext_lazy("due before it was made"),
    "repeated": gettext_lazy("stands in the file twice"),
    "no_evaluation": gettext_lazy("no evaluation"),
    "other_words": gettext_lazy("its number is that of another recommendation"),
    "worked_on": gettext_lazy("worked on here since"),
    "verdict": gettext_lazy("an answer that is not mapped"),
}
"""Kinds of reasons for leaving a row out, for counting them."""


@dataclass(slots=True)
class Line:
    """A row as the mapping reads it."""

    number: int
    """Of the row in its sheet."""
    values: dict[str, str] = field(default_factory=dict)
    """By field; days as ISO; ``status`` and ``verdict`` as codes, ``printed_status`` and ``printed_verdict`` as they stand in the file."""
    skip: str = ""
    """Kind of the reason why it is left out; empty: it is taken over."""
    why: str = ""
    """The reason in words."""
    remarks: list[str] = field(default_factory=list)
    follows: int | None = None
    """Number of the row whose recommendation it continues with another action."""

    def get(self, name: str) -> str:
        """A value; empty where the row has none."""
        return self.values.get(name, "")

    @property
    def evaluation(self) -> str:
        """What names its evaluation: number or key, else its title; empty: the register's own."""
        return self.get("evaluation") or self.get("title")

    def identity(self, evaluation: str) -> str:
        """Hash of what tells it from others, for an evaluation's key or reference."""
        number = number_of(self.get("number"))
        told = [evaluation, number, plain(self.get("unit"))] if number else [evaluation, plain(self.get("text"))]
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


def number_of(text: str) -> str:
    """A number to be compared: ``Recommendation no. 3`` is 3."""
    words = plain(text).split()
    while words and words[0] in {"recommendation", "recommandation", "recomendacion", "rec", "no", "nr", "num", "number", "numero", "r"}:
        words = words[1:]
    return " ".join(words)


def lines_of(headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], fields: Fields) -> list[Line]:
    """All rows under a mapping, with those left out that cannot be taken over whatever the office has."""
    places = fields.at(list(headings))
    out: list[Line] = []
    seen: dict[tuple[str, ...], int] = {}
    above: Line | None = None
    for number, cells in rows:
        line = Line(number, {name: cells[at] for name, at in places.items() if at < len(cells) and cells[at]})
        above = _continued(line, above)
        _read(line, fields)
        if not line.skip:
            words = tuple(plain(line.get(name)) for name in ("evaluation", "title", "number", "unit", "text", "action_number", "action"))
            first = seen.setdefault(words, number)
            if first != number:
                line.skip, line.why = "repeated", _("Row %(row)d has the same number, recipient and words.") % {"row": first}
        out.append(line)
    return out


def _continued(line: Line, above: Line | None) -> Line:
    """Give a row with an action alone what the row above says of the recommendation, as in a table with joined cells."""
    if above is None or line.get("text") or not (line.get("action") and above.get("text")):
        return line
    if line.get("number") and number_of(line.get("number")) != number_of(above.get("number")):
        return line
    for name in ("evaluation", "title", "number", "text", "verdict", "reply", "reason", "made", "unit", "priority"):
        if name in above.values:
            line.values.setdefault(name, above.values[name])
    line.follows = above.number
    # What it was given is printed words as well: the row above has them still, in ``printed``.
    for name in ("verdict", "made"):
        printed = above.values.get(f"printed_{name}")
        if printed is not None:
            line.values[name] = printed
    return line if line.get("text") and line.follows is None else above


def _read(line: Line, fields: Fields) -> None:
    values = line.values
    for name in DATES:
        if name in values:
            _day(line, name, fields)
    for name, known in (("status", fields.statuses), ("verdict", fields.verdicts)):
        if name in values:
            printed = values[f"printed_{name}"] = " ".join(values[name].split())[:200]
            values[name] = known.get(printed, "")
    if "reply" in values and not fields.columns.get("verdict"):
        # A matrix that has no column for it says in the reply whether it is accepted: "Agree. The sites have asked for it."
        said = _said_in(values["reply"])
        if said in {Verdict.ACCEPTED, Verdict.PARTIALLY_ACCEPTED, Verdict.REJECTED}:
            values["verdict"] = said
            line.remarks.append(_("its reply says “%(verdict)s”") % {"verdict": Verdict(said).label})
    if "unit" in values:
        values["unit"] = " ".join(values["unit"].split())[:200]
    if "time" in values:
        words = plain(values["time"])
        values["time"] = next((code for code, names in _TIMES.items() if any(n in words for n in names)), "")
    if not values.get("text"):
        line.skip, line.why = "no_text", _("It has no text of a recommendation.")
    elif values.get("status") == LEFT_OUT:
        line.skip, line.why = "left_out", _("The mapping leaves out rows that are “%(words)s”.") % {"words": values["printed_status"]}
    elif values.get("printed_status") and not values.get("status"):
        line.skip, line.why = "status", _("Its status “%(words)s” is not mapped.") % {"words": values["printed_status"]}
    elif values.get("printed_verdict") and not values.get("verdict"):
        line.skip, line.why = "verdict", _("Its answer “%(words)s” is not mapped.") % {"words": values["printed_verdict"]}
    elif values.get("made") and (due := values.get("first_due") or values.get("due")) and due < values["made"]:
        line.skip = "dates"
        line.why = _("It is due on %(due)s, before it was made on %(made)s.") % {"due": due, "made": values["made"]}
    elif values.get("made") and values.get("closed") and values["closed"] < values["made"]:
        line.remarks.append(_("closed before it was made"))


def _day(line: Line, name: str, fields: Fields) -> None:
    text = line.values.pop(name)
    line.values[f"printed_{name}"] = text
    found = day_of(text, fields.order)
    if found is not None:
        line.values[name] = found.isoformat()
        return
    words = plain(text)
    time = next((code for code, names in _TIMES.items() if any(n in words for n in names)), "")
    if name in {"due", "first_due"} and time:
        line.values.setdefault("time", time)
    else:
        line.remarks.append(_("“%(words)s” is no day") % {"words": text[:80]})


def by_reason(lines: Iterable[Line]) -> dict[str, int]:
    """How many rows are left out, by kind of reason."""
    found: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        if line.skip:
            found[line.skip] += 1
    return dict(found)


def each(lines: Iterable[Line], name: Callable[[Line], str]) -> dict[str, list[Line]]:
    """Lines by a key, in order."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(name(line), []).append(line)
    return found


VALUES = (
    "text",
    "number",
    "unit",
    "status",
    "closed",
    "due",
    "first_due",
    "verdict",
    "reply",
    "reason",
    "answered",
    "action",
    "action_number",
    "comments",
    "priority",
)
"""What of a row is compared with the next edition's."""


def values_of(line: Line, fields: Fields) -> dict[str, str]:
    """What a row says, to be compared with the next edition's."""
    return {**{name: line.get(name) for name in VALUES}, "closer": fields.closer}


# A register is read for each look at what it would become, and its replies are long.
@lru_cache(maxsize=4096)
def _said_in(reply: str) -> str:
    """The verdict that a reply's words tell."""
    return verdict_of(reply)
