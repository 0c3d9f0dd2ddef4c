"""A brief of about two pages: ratings, the few findings and conclusions that matter most, every recommendation in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Item, Paragraph, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._opening import finished, first_page, part_title, says_something, started
from evaltrail.write.papers._rated import ratings, ratings_side_by_side
from evaltrail.write.papers._recommended import printed
from evaltrail.write.papers._short import as_items, response_line, shortened, weightiest, whole_recommendations
from evaltrail.write.papers.summary import told_of_cuts

if TYPE_CHECKING:
    from evaltrail.record import Evaluation, Recommendation
    from evaltrail.write.model import Paper
    from evaltrail.write.order import Order
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.wording import Wording

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
    words, every = sheet.words, record.evaluations
    several = len(every) > 1
    if several:
        ratings_side_by_side(sheet, every, [e.label or part_title(e) for e in every], 1)
    else:
        ratings(sheet, every[0], 1)
    for e in every:
        if several:
            sheet.heading(part_title(e), 1)
        _told(sheet, e, WORDS // len(every), several=several)
    told_of_cuts(sheet)
    contact = sheet.house.text("contact", words.language)
    lines = [Paragraph(text(line), style="small") for line in contact.split("\n") if line]
    return finished(order, sheet, [*first_page(order, words), *sheet.blocks, *lines], notes=False)


def _told(sheet: Sheet, e: Evaluation, share: int, *, several: bool) -> None:
    """One evaluation: what was found, what follows and what is recommended, each in a sentence or two."""
    words, level = sheet.words, 2 if several else 1
    asked = whole_recommendations(e)
    found = weightiest(e, "finding", 2 if several else 5)
    meant = weightiest(e, "conclusion", 1 if several else 3)
    most = max(12, share // max(1, len(found) + len(meant) + len(asked)))
    if (found or meant) and not several:
        sheet.heading(words("headings.main_findings" if found else "headings.conclusions"), level)
    if found or meant:
        sheet.blocks += as_items(found, most, words)
        if found and meant and not several:
            sheet.heading(words("headings.conclusions"), level)
        sheet.blocks += (
            [Paragraph(text(" ".join(shortened(s.text, most).split()))) for s in meant] if several else as_items(meant, most, words)
        )
    if asked:
        sheet.heading(words("headings.recommendations"), level)
        sheet.blocks += [_asked(r, n, most, words) for n, r in enumerate(asked, 1)]
        sheet.blocks.append(response_line(e, words))


def _asked(r: Recommendation, n: int, most: int, words: Wording) -> Item:
    """A recommendation in a sentence, with its unit and priority behind it."""
    have = printed(r, words)
    behind = "; ".join(x for x in (", ".join(r.responsible), have.get("priority", "")) if x)
    said = " ".join(shortened(r.text, most).split())
    return Item((*text(said), *text(f" ({behind})" if behind else "")), marker=f"{r.number or n}.")
