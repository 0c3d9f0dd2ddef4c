"""The full evaluation report as a skeleton: every chapter in its place, what the record holds in it, and what is still to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Contents, PageBreak, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._decided import decisions
from evaltrail.write.papers._observations import to_be_written
from evaltrail.write.papers._opening import finished, first_page, introduction, part, says_something, started

if TYPE_CHECKING:
    from evaltrail.write.model import Block, Paper
    from evaltrail.write.order import Order

NAME = "report"
HELP = "full evaluation report: every chapter in its place, with what the record holds in it"


def composed(order: Order) -> Paper:
    """The paper.

    Raises:
        Unwritable: the record holds nothing and has no title either, so that there is no report to begin.
    """
    record = order.record
    if not says_something(record) and not record.document.title:
        raise Unwritable("the record holds neither a title nor a statement that a report could be made of")
    sheet = started(order, numbered=bool(record.paragraphs))
    words = sheet.words
    cover: list[Block] = [*first_page(order, words), PageBreak(), Contents(text(words("headings.contents")), levels=2), PageBreak()]
    sheet.heading(words("headings.summary"), 1)
    to_be_written(sheet, "summary")
    introduction(sheet)
    for e in record.evaluations:
        part(sheet, e, kept=True)
    if record.decisions:
        decisions(sheet, 1)
    sheet.close(None)
    sheet.heading(words("headings.annexes"), 1)
    to_be_written(sheet, "annexes")
    return finished(order, sheet, [*cover, *sheet.blocks])
