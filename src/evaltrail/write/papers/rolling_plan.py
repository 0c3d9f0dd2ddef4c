"""The rolling plan: every action that is still open, by unit and due date.

A claim that waits for verification is open: it is shown as claimed, and stays until somebody outside the unit has verified it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.order import Unwritable
from evaltrail.write.papers._answered import numbered
from evaltrail.write.papers._followed import dates, delay
from evaltrail.write.papers._matched import together
from evaltrail.write.papers._opening import finished, first_page, part_title, started
from evaltrail.write.papers._rows import Rows
from evaltrail.write.standing import CLOSED, day_of, extra, is_followed, standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from evaltrail.record import Action, Evaluation, Record
    from evaltrail.write.model import Paper
    from evaltrail.write.order import Order
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.standing import Standing
    from evaltrail.write.wording import Wording

NAME = "rolling-plan"
HELP = "rolling plan: the actions that are still open, by unit and due date, with those that are late"


@dataclass(frozen=True, slots=True)
class _Open:
    """An action that is still open."""

    action: Action
    stands: Standing
    of: str
    """Its recommendation and evaluation, as the plan prints them."""


def composed(order: Order) -> Paper:
    """The paper.

    Raises:
        Unwritable: the record holds no action at all.
    """
    record = together(order.record, order.companion)
    sheet = started(order, numbered=False)
    words, today = sheet.words, day_of(record.document.date)
    found = list(_found(record, words, today))
    if not found and not is_followed(record):
        raise Unwritable("the record holds no action that could be planned")
    date_ = words.date(record.document.date) if record.document.date else ""
    sheet.say(words("followed.open_on", date=date_) if date_ else words("followed.open"))
    if extra(record, "scope"):
        sheet.say(extra(record, "scope"))
    still = [x for x in found if x.stands.state not in CLOSED]
    if still:
        _by_unit(sheet, still)
    else:
        sheet.say(words("followed.nothing_open"))
    # A record whose own title says what it is needs no line that says it again.
    subtitle = "" if extra(record, "titled") else words("followed.plan")
    return finished(order, sheet, [*first_page(order, words, subtitle), *sheet.blocks], notes=False)


def _found(record: Record, words: Wording, today: date | None) -> Iterator[_Open]:
    for e in record.evaluations:
        numbers = {s.id: s.number or "" for s in e.statements if s.kind == "recommendation"}
        for s in e.statements:
            if s.kind != "response":
                continue
            number = ", ".join(n for a in s.answers if (n := numbers.get(a.id)))
            of = _of(e, number, words)
            yield from (_Open(a, standing(a, e, today), of) for a in s.actions)


def _of(e: Evaluation, number: str, words: Wording) -> str:
    return words("followed.in_evaluation", number=number, title=part_title(e)) if number else part_title(e)


def _by_unit(sheet: Sheet, still: Sequence[_Open]) -> None:
    words = sheet.words
    units: defaultdict[str, list[_Open]] = defaultdict(list)
    for x in still:
        units[x.action.unit or ""].append(x)
    # Those that no unit owes come last.
    names = sorted(units, key=lambda u: (not u, u.casefold()))
    sheet.heading(words("followed.by_unit"), 1)
    rows = Rows()
    shares = [6, 2, 3, 3, 3, 2]
    heads = (
        "columns.unit",
        "followed.open_column",
        "followed.late_column",
        "followed.late_first_column",
        "followed.waiting_column",
        "followed.undated_column",
    )
    rows.head([words(h) for h in heads], shares)
    for name in names:
        own = units[name]
        lates = [x.stands.late for x in own], [x.stands.late_first for x in own]
        counts = (len(own), *(sum(bool(n) for n in late) for late in lates), sum(x.stands.state == "claimed" for x in own))
        undated = sum(not x.action.due for x in own)
        rows.row([name or words("followed.no_unit"), *(words.number(n) for n in (*counts, undated))], shares)
    sheet.blocks += rows.tables()
    for name in names:
        sheet.heading(name or words("followed.no_unit"), 1)
        _unit(sheet, units[name])


def _unit(sheet: Sheet, own: Sequence[_Open]) -> None:
    words, rows = sheet.words, Rows()
    shares = [9, 15, 13, 10, 10]
    rows.head([words(h) for h in ("followed.due", "columns.action", "columns.recommendation", "followed.where", "followed.delay")], shares)
    for x in sorted(own, key=lambda x: (not x.action.due, x.action.due or "")):
        delayed = delay(x.action, x.stands, words) or words("marks.none")
        why = extra(x.action, "standing_words") if x.stands.state in ("sent_back", "drop_asked") else ""
        where = "\n".join(line for line in (words(f"standings.{x.stands.state}"), why) if line)
        rows.row([dates(x.action, words), numbered(x.action), x.of, where, delayed], shares)
    sheet.blocks += rows.tables()
