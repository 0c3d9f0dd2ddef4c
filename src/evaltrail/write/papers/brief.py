"""A brief of about two pages: ratings, the few findings and conclusions that matter most, every recommendation in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Paragraph, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._opening import finished, first_page, part_title, says_something, started
from evaltrail.write.papers.summary import sum_up, told_of_cuts

if TYPE_CHECKING:
    from evaltrail.write.model import Paper
    from evaltrail.write.order import Order

NAME = "brief"
HELP = "brief of about two pages: ratings, a few main findings, every recommendation in a sentence"

WORDS = 550
"""Words of statements on two pages that also hold headings, ratings and tables."""


def composed(order: Order) -> Paper:
    """The paper.

    Raises:
        Unwritable: the record holds nothing that could be told in brief.
    """
    record = order.record
    if not says_something(record):
        raise Unwritable("the record holds no statement or rating that a brief could tell")
    sheet = started(order, numbered=False)
    n = len(record.evaluations)
    for e in record.evaluations:
        if n > 1:
            sheet.heading(part_title(e), 1)
        sum_up(sheet, e, 2 if n > 1 else 1, WORDS // max(1, n), findings=5 if n == 1 else 3, conclusions=3 if n == 1 else 2)
    told_of_cuts(sheet)
    contact = sheet.house.text("contact", sheet.words.language)
    lines = [Paragraph(text(line), style="small") for line in contact.split("\n") if line]
    return finished(order, sheet, [*first_page(order, sheet.words), *sheet.blocks, *lines], notes=False)
