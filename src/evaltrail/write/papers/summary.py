"""A summary of about four pages that stands alone: purpose, ratings, the findings that matter most, conclusions, all recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Frame, Heading, Paragraph, plain, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._opening import finished, first_page, part_title, says_something, started
from evaltrail.write.papers._rated import ratings, ratings_side_by_side
from evaltrail.write.papers._short import CUT, as_items, recommendation_table, response_line, weightiest, whole_recommendations

if TYPE_CHECKING:
    from evaltrail.record import Evaluation
    from evaltrail.write.model import Block, Paper
    from evaltrail.write.order import Order
    from evaltrail.write.papers._sheet import Sheet

NAME = "summary"
HELP = "summary of about four pages: purpose, ratings, main findings, conclusions, all recommendations"

WORDS = 1300
"""Words of statements on four pages that also hold headings, ratings and tables; of several evaluations some pages go to their ratings."""
WORDS_OF_SEVERAL = 900
FINDINGS, CONCLUSIONS = 10, 6
"""Statements at most, of a paper on one evaluation; of several each has half as many."""
_FEWEST = 25
"""Words that are left of a statement at least, where its first sentence has as many."""


def composed(order: Order) -> Paper:
    """The paper.

    Raises:
        Unwritable: the record holds nothing that could be summed up.
    """
    if not says_something(order.record):
        raise Unwritable("the record holds no statement or rating that could be summed up")
    sheet = started(order, numbered=False)
    words = sheet.words
    front = [*first_page(order, words, words("headings.summary")), purpose(sheet)]
    every = order.record.evaluations
    if len(every) == 1:
        ratings(sheet, every[0], 1)
        sum_up(sheet, every[0], 1, WORDS, findings=FINDINGS, conclusions=CONCLUSIONS)
    else:
        ratings_side_by_side(sheet, every, [e.label or part_title(e) for e in every], 1)
        for e in every:
            sheet.heading(part_title(e), 1)
            sum_up(sheet, e, 2, WORDS_OF_SEVERAL // len(every), findings=FINDINGS // 2, conclusions=CONCLUSIONS // 2)
    told_of_cuts(sheet)
    return finished(order, sheet, [*front, *sheet.blocks], notes=False)


def purpose(sheet: Sheet) -> Frame:
    """The box that says what the paper is: the house's own words, else what it holds."""
    words, n = sheet.words, len(sheet.record.evaluations)
    own = sheet.house.text("purpose", words.language)
    own = own or (words("sentences.purpose_one") if n == 1 else words("sentences.purpose", count=words.count(n)))
    lines: list[Block] = [Paragraph(text(line)) for line in own.split("\n") if line]
    return Frame((Heading(text(words("headings.purpose")), level=1, listed=False), *lines), "purpose")


def sum_up(sheet: Sheet, e: Evaluation, level: int, share: int, *, findings: int, conclusions: int) -> None:
    """One evaluation in ``share`` words of its statements."""
    words = sheet.words
    asked = whole_recommendations(e)
    chosen = {"finding": weightiest(e, "finding", findings), "conclusion": weightiest(e, "conclusion", conclusions)}
    parts = {"finding": 4, "conclusion": 3, "recommendation": 5}
    present = sum(parts[k] for k in parts if chosen.get(k, asked))
    for kind, heading in (("finding", "main_findings"), ("conclusion", "conclusions")):
        if chosen[kind]:
            sheet.heading(words(f"headings.{heading}"), level)
            sheet.blocks += as_items(chosen[kind], max(_FEWEST, share * parts[kind] // present // len(chosen[kind])), words)
    if asked:
        sheet.heading(words("headings.recommendations"), level)
        most = max(_FEWEST, share * parts["recommendation"] // present // len(asked))
        sheet.blocks += [recommendation_table(asked, most, words), response_line(e, words)]


def told_of_cuts(sheet: Sheet) -> None:
    """A line under the paper that says what the mark of a cut means, where it stands anywhere."""
    found = "\n".join(plain(b.words) for b in sheet.blocks if hasattr(b, "words"))
    cells = (plain(w) for b in sheet.blocks for c in getattr(b, "cells", ()) for w in c.paragraphs)
    if CUT.strip() in found or any(CUT.strip() in c for c in cells):
        sheet.blocks.append(Paragraph(text(f"{CUT.strip()} {sheet.words('sentences.shortened')}"), style="small"))
