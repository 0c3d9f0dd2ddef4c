"""Follow-up to recommendations: what was promised, what the units report, and counts with what they are counted from.

Statuses are printed as the record has them and called reported: a claim is never shown as verified. Where the record keeps apart what
is claimed and what was verified (``evaltrail.write.standing``), they stand in two columns.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.write.model import Cell, Heading, Run, Table, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._answered import numbered, position
from evaltrail.write.papers._followed import print_followed
from evaltrail.write.papers._matched import together
from evaltrail.write.papers._opening import finished, first_page, open_part, started
from evaltrail.write.papers._rows import Rows
from evaltrail.write.papers._short import answers, shortened, whole_recommendations
from evaltrail.write.standing import extra, is_followed, reason_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Action, Evaluation, Recommendation, Response
    from evaltrail.write.model import Paper
    from evaltrail.write.order import Order
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.wording import Wording

NAME = "follow-up"
HELP = "follow-up report: reported statuses of the actions, reasons for delay, counts with their definitions"

_WORDS = 60


def composed(order: Order) -> Paper:
    """The paper; with a companion, recommendations of one record and actions of the other.

    Raises:
        Unwritable: the record holds no recommendation and no action.
    """
    record = together(order.record, order.companion)
    if not any(whole_recommendations(e) or _actions(e) for e in record.evaluations):
        raise Unwritable("the record holds no recommendation and no action whose follow-up could be told")
    order = replace(order, record=record, companion=None)
    sheet = started(order, numbered=False)
    words = sheet.words
    if is_followed(record):
        print_followed(sheet, record)
        # A record whose own title says what it is needs no line that says it again.
        subtitle = "" if extra(record, "titled") else words("headings.follow_up")
        return finished(order, sheet, [*first_page(order, words, subtitle), *sheet.blocks], notes=False)
    sheet.say(words("sentences.claimed"))
    sheet.heading(words("headings.counts"), 1)
    sheet.blocks.append(counts(record.evaluations, words))
    for e in record.evaluations:
        level = open_part(sheet, e)
        sheet.heading(words("headings.follow_up"), level)
        for r in whole_recommendations(e):
            _followed(sheet, e, r, level + 1)
    return finished(order, sheet, [*first_page(order, words, words("headings.follow_up")), *sheet.blocks], notes=False)


def _actions(e: Evaluation) -> list[Action]:
    return [a for s in e.statements if s.kind == "response" for a in s.actions]


def _answers_to(e: Evaluation, r: Recommendation) -> list[Response]:
    family = {r.id, *(s.id for s in e.statements if s.parent == r.id)}
    return [s for s in e.statements if s.kind == "response" and any(a.id in family for a in s.answers)]


def _followed(sheet: Sheet, e: Evaluation, r: Recommendation, level: int) -> None:
    """One recommendation: its words in short, its response's position, its actions with what is reported of them."""
    words = sheet.words
    name = r.label or " ".join(x for x in (words("kinds.recommendation"), r.number) if x)
    sheet.blocks += [Heading(text(name), level=level), *sheet.state(shortened(r.text, _WORDS))]
    found = _answers_to(e, r)
    rows = Rows()
    if not found:
        rows.field(words("columns.verdict"), words("marks.none"))
    for s in found:
        rows.field(words("columns.verdict"), position(s, words))
        _reported(rows, s.actions, words)
    sheet.blocks += rows.tables("action")


def _reported(rows: Rows, actions: Sequence[Action], words: Wording) -> None:
    if not actions:
        return
    late = any(reason_of(a) for a in actions)
    shares = [6, 4, 3, 4, *([4] if late else [])]
    heads = [words("columns.action"), words("columns.unit"), words("columns.due"), words("columns.reported")]
    rows.head([*heads, *([words("sentences.reason")] if late else [])], shares)
    unknown = words("sentences.not_stated")
    for a in actions:
        rows.row([numbered(a), a.unit or unknown, a.due or unknown, a.status or unknown, *([reason_of(a)] if late else [])], shares)


def counts(evaluations: Sequence[Evaluation], words: Wording) -> Table:
    """Every count with its share of what it is counted from, and its definition."""
    rows = list(_counted(evaluations, words))
    heads = [words(f"columns.{name}") for name in ("figure", "count", "share", "definition")]
    cells = [Cell(0, k, (text(h, bold=True),), header=True) for k, h in enumerate(heads)]
    for n, (name, count, of, definition) in enumerate(rows, 1):
        share = "" if of is None else words.share(count, of)
        cells += [
            Cell(n, 0, ((Run(name),),)),
            Cell(n, 1, (text(words.number(count)),), align="end"),
            Cell(n, 2, (text(share),) if share else ()),
            Cell(n, 3, (text(definition),)),
        ]
    return Table(len(rows) + 1, 4, tuple(cells), header_rows=1, style="data", widths=(0.24, 0.09, 0.23, 0.44))


def _counted(evaluations: Sequence[Evaluation], words: Wording) -> list[tuple[str, int, int | None, str]]:
    """(name, count, what it is counted from, definition) of each figure."""
    have = [answers(e) for e in evaluations]
    total, answered = sum(a.total for a in have), sum(a.answered for a in have)
    actions = [a for e in evaluations for a in _actions(e)]
    statuses = Counter(" ".join(a.status.split()) for a in actions if a.status)
    out: list[tuple[str, int, int | None, str]] = []

    def add(name: str, count: int, of: int | None) -> None:
        out.append((words(f"counts.{name}"), count, of, words(f"counts.{name}_definition")))

    add("recommendations", total, None)
    add("answered", answered, total)
    for verdict in ("accepted", "partially_accepted", "rejected"):
        add(verdict, sum(a.verdicts.get(verdict, 0) for a in have), answered)
    add("actions", len(actions), None)
    add("dated", sum(bool(a.due) for a in actions), len(actions))
    add("reported", sum(statuses.values()), len(actions))
    reported = sum(statuses.values())
    for status, count in sorted(statuses.items(), key=lambda kv: (-kv[1], kv[0])):
        out.append((words("counts.status", status=status), count, reported, words("counts.status_definition")))
    return out
