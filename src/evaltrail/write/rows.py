"""Recommendations, the actions promised on them, and ratings as rows: what every spreadsheet format is written from.

    record (and its companion) --> recommendations(), actions(), ratings() --> XLSX, CSV

A column's key is its name in CSV; the heads that people read are in the language packs' ``[tables]``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evaltrail.record import Recommendation, Response
from evaltrail.text.dates import dates
from evaltrail.write.order import Unwritable
from evaltrail.write.standing import day_of, extra, is_followed, reason_of, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from evaltrail.record import Action, AnyStatement, Evaluation, Place, Rating, Record
    from evaltrail.write.order import Order

Kind = Literal["recommendation", "part", "response", "overall response"]

RECOMMENDATIONS = (
    "number",
    "kind",
    "evaluation",
    "text",
    "criteria",
    "responsible_units",
    "priority",
    "time",
    "resources",
    "verdict",
    "response",
    "page",
    # What is looked up rather than read.
    "section",
    "label",
    "responsible_as_printed",
    "priority_as_printed",
    "time_as_printed",
    "resources_as_printed",
    "id",
    "part_of",
)
ACTIONS = (
    "recommendation",
    "evaluation",
    "number",
    "action",
    "unit",
    "due",
    "due_by",
    "status",
    "deliverables",
    "action_resources",
    "page",
    "section",
    "part_of",
)
FOLLOWED = (
    "standing",
    "claimed",
    "claimed_on",
    "verified",
    "verified_on",
    "verified_by",
    "first_due",
    "days_late",
    "days_late_first",
    "delay_reason",
)
"""Columns that actions have besides, where the record keeps apart what is claimed and what was verified."""
RATINGS = ("evaluation", "criterion", "of", "value", "value_as_printed", "scale", "page", "section", "criterion_as_printed")

Row = dict[str, "str | float | date | None"]
"""Values by the key of their column; a column that is not named is empty."""


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The tables of a record."""

    replies: tuple[tuple[Row, tuple[Row, ...]], ...]
    """Recommendations with their responses, each with the actions promised; then responses that answer none, and those to the whole."""
    ratings: tuple[Row, ...]
    followed: bool = False
    """Whether actions have the columns of ``FOLLOWED`` too."""

    @property
    def action_columns(self) -> tuple[str, ...]:
        """Columns of the actions."""
        at = ACTIONS.index("status") + 1
        return (*ACTIONS[:at], *FOLLOWED, *ACTIONS[at:]) if self.followed else ACTIONS

    @property
    def recommendations(self) -> tuple[Row, ...]:
        """A row each recommendation, part of one, and response that answers none."""
        return tuple(row for row, _ in self.replies)

    @property
    def actions(self) -> tuple[Row, ...]:
        """A row each action."""
        return tuple(action for _, actions in self.replies for action in actions)


def spreadsheet(order: Order) -> Spreadsheet:
    """The tables of a record, with what a companion answers to it, or asks.

    Raises ``Unwritable`` where there is nothing to put in a table.
    """
    records = [order.record, *([order.companion] if order.companion is not None else [])]
    replies = [(_recommendation(r), tuple(_actions(r))) for r in _replied(order.record, order.companion)]
    ratings = tuple(_ratings(order.record))
    whole = [(row, ()) for row in _overall(records)]
    if not (replies or whole or ratings):
        raise Unwritable("it has no recommendations, responses or ratings, so there is nothing to put in a table. Write it as json or html")
    return Spreadsheet((*replies, *whole), ratings, any(is_followed(r) for r in records))


@dataclass(frozen=True, slots=True)
class _Replied:
    """What is asked, by a recommendation or only by the words that a response answers, and what is answered to it."""

    evaluation: str
    asked: AnyStatement | None
    """None where the response says only by its number and its prompt what it answers."""
    responses: tuple[tuple[Response, _Sections], ...]
    sections: _Sections
    of: Evaluation


# Who answers what


def _replied(record: Record, companion: Record | None) -> Iterator[_Replied]:
    """Every recommendation with the responses to it, in the paper's order, then the responses that answer none of them."""
    own = _asked(record)
    other = _asked(companion) if companion is not None else []
    asking, sections = (record, _Sections(record)) if own or companion is None else (companion, _Sections(companion))
    answers: dict[str, list[tuple[Response, _Sections]]] = defaultdict(list)
    strays: list[tuple[Evaluation, AnyStatement | None, Response, _Sections]] = []
    for where in (record, companion):
        if where is None:
            continue
        at = sections if where is asking else _Sections(where)
        for e, response in _responses(where):
            targets = _targets(response, where, asking, own or other)
            for target in targets:
                answers[target].append((response, at))
            if not targets:
                strays.append((e, _statement(where, response), response, at))
    for e in asking.evaluations:
        for s in e.statements:
            if isinstance(s, Recommendation):
                yield _Replied(_name(e), s, tuple(answers[s.id]), sections, e)
    for e, asked, response, at in strays:
        yield _Replied(_name(e), asked, ((response, at),), at, e)


def _asked(record: Record) -> list[Recommendation]:
    return [s for e in record.evaluations for s in e.statements if isinstance(s, Recommendation)]


def _responses(record: Record) -> Iterator[tuple[Evaluation, Response]]:
    return ((e, s) for e in record.evaluations for s in e.statements if isinstance(s, Response))


def _targets(response: Response, of: Record, asking: Record, asked: Sequence[Recommendation]) -> list[str]:
    """Ids of the recommendations of ``asking`` that a response answers.

    Where it stands in another record than they do, its answers name them, or it is their number that does: that of what
    it answers in its own record, else its own, where one recommendation alone has it.
    """
    ids = {s.id for s in asked}
    if of is asking:
        return _once(a.id for a in response.answers if a.record is None and a.id in ids)
    named = _once(a.id for a in response.answers if a.record is not None and a.id in ids)
    if named:
        return named
    numbers = [s.number for s in _asked(of) if any(a.id == s.id for a in response.answers)] or [response.number]
    return _once(found[0].id for n in numbers if n and len(found := [s for s in asked if s.number == n]) == 1)


def _once(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _statement(record: Record, response: Response) -> AnyStatement | None:
    """What a response answers in its own record, be it a finding or a conclusion."""
    ids = {a.id for a in response.answers if a.record is None}
    return next((s for e in record.evaluations for s in e.statements if s.id in ids), None)


# Rows


def _recommendation(r: _Replied) -> Row:
    asked, responses = r.asked, [a for a, _ in r.responses]
    row: Row = {
        "kind": _kind(asked),
        "evaluation": r.evaluation,
        "verdict": _joined("; ", (a.verdict for a in responses)),
        "response": _joined("\n\n", (a.text for a in responses)),
    }
    if asked is None:
        (response, _), *_more = r.responses
        row |= {"id": response.id, "number": response.number, "label": response.label, "text": response.prompt}
        return row | r.sections.where(response.places)
    row |= {"id": asked.id, "number": asked.number, "label": asked.label, "text": asked.text, "criteria": "; ".join(asked.criteria)}
    row |= {"part_of": asked.parent} | r.sections.where(asked.places, asked.label)
    if isinstance(asked, Recommendation):
        row["responsible_units"] = "; ".join(asked.responsible)
        row["responsible_as_printed"] = asked.as_printed.responsible
        row |= {f: getattr(asked, f) for f in ("priority", "time", "resources")}
        row |= {f"{f}_as_printed": getattr(asked.as_printed, f) for f in ("priority", "time", "resources")}
    return row


def _kind(asked: AnyStatement | None) -> Kind:
    if not isinstance(asked, Recommendation):
        return "response"
    return "part" if asked.parent else "recommendation"


def _overall(records: Sequence[Record]) -> Iterator[Row]:
    for record in records:
        sections = _Sections(record)
        for e in record.evaluations:
            for o in e.overall_responses:
                row: Row = {"kind": "overall response", "evaluation": _name(e), "label": o.label}
                yield row | {"verdict": o.verdict, "response": o.text} | sections.where(o.places)


def _actions(r: _Replied) -> Iterator[Row]:
    for response, sections in r.responses:
        to = r.asked or response
        for a in response.actions:
            row: Row = {"recommendation": to.number or to.label, "part_of": to.id, "evaluation": r.evaluation, "number": a.number}
            row |= {"action": a.text, "unit": a.unit, "due": a.due, "due_by": due_by(a, sections.language), "status": a.status}
            row |= _followed(a, r.of, sections.today)
            yield row | {"deliverables": a.deliverables, "action_resources": a.resources} | sections.where(a.places or response.places)


def _followed(a: Action, of: Evaluation, today: date | None) -> Row:
    stands = standing(a, of, today)
    row: Row = {name: extra(a, name) or None for name in ("claimed", "verified", "verified_by")}
    row |= {name: day_of(extra(a, name)) for name in ("claimed_on", "verified_on", "first_due")}
    row |= {"days_late": stands.late or None, "days_late_first": stands.late_first or None}
    return row | {"standing": stands.state, "delay_reason": reason_of(a) or None}


def _ratings(record: Record) -> Iterator[Row]:
    sections = _Sections(record)
    for e in record.evaluations:
        for r in e.ratings:
            yield _rating(_name(e), r) | sections.where(r.places)


def _rating(evaluation: str, r: Rating) -> Row:
    return {
        "evaluation": evaluation,
        "criterion": r.criterion,
        "criterion_as_printed": r.criterion_as_printed,
        "of": r.of,
        "value": r.value,
        "scale": r.scale,
        "value_as_printed": r.as_printed,
    }


def _name(e: Evaluation) -> str:
    """An evaluation as people call it: label and title."""
    return ": ".join(x for x in (e.label, e.title) if x)


def _joined(mark: str, words: Iterable[str | None]) -> str | None:
    return mark.join(w for w in words if w) or None


_IN_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")


def due_by(action: Action, language: str | None) -> date | None:
    """The last day that the printed words of an action's deadline allow ("June 2025" allows the 30th); None where they name no date.

    None too where several dates stand there, or day and month in figures can be read in either order (03/04/2025).
    """
    found = dates(action.due or "", language)
    if len(found) != 1:
        return None
    figures = _IN_FIGURES.fullmatch((action.due or "")[found[0].start : found[0].end])
    if figures and figures[1] != figures[2] and max(int(figures[1]), int(figures[2])) <= 12:
        return None
    return found[0].last


# Where it stands


class _Sections:
    """The headings above a place of a record."""

    def __init__(self, record: Record) -> None:
        self.language = record.document.language
        self.today = day_of(record.document.date)
        self._passages = record.passages
        # A format without pages has one of no size: its number says nothing.
        self._paged = any(p.width for p in record.pages)
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for i, p in enumerate(record.passages):
            for place in (*p.places, *(x for c in p.cells for x in c.places)):
                spans[place.page].append((place.start, i))
        self._spans = {page: sorted(found) for page, found in spans.items()}

    def where(self, places: Sequence[Place], label: str | None = None) -> Row:
        """Page, and the headings above from the outermost on; of a statement with a heading of its own those above that."""
        if not places:
            return {"page": None, "section": None}
        return {"page": places[0].page if self._paged else None, "section": " › ".join(self._headings(places[0], label)) or None}

    def _headings(self, place: Place, label: str | None) -> list[str]:
        spans = self._spans.get(place.page, [])
        at = bisect_right(spans, (place.start, len(self._passages))) - 1
        if at < 0:
            return []
        i = self._passages[spans[at][1]].section
        out: list[str] = []
        while i is not None:
            p = self._passages[i]
            words = " ".join(x for x in (p.marker, p.text) if x)
            if out or not (label and words.casefold().startswith(label.casefold())):
                out.append(words)
            i = p.section
        return out[::-1]
