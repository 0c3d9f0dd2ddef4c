"""The paper for a governing body: a part an evaluation, from key findings to the Office response, and the draft decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Frame, Heading, Paragraph, Run, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._decided import decisions
from evaltrail.write.papers._opening import finished, first_page, introduction, part, says_something, started

if TYPE_CHECKING:
    from evaltrail.write.model import Block, Paper
    from evaltrail.write.order import Order
    from evaltrail.write.papers._sheet import Sheet

NAME = "governing-body"
HELP = "paper for a governing body: purpose, key findings, conclusions, recommendations, responses, draft decision"


def composed(order: Order) -> Paper:
    """The paper.

    Raises:
        Unwritable: the record holds neither a statement, a rating nor a numbered paragraph.
    """
    record = order.record
    if not says_something(record):
        raise Unwritable("the record holds no statement, rating or paragraph that a governing-body paper could be made of")
    sheet = started(order, numbered=True)
    _introduction(sheet)
    for e in record.evaluations:
        part(sheet, e)
    decided = decisions(sheet, 1)
    purpose = (Heading(text(sheet.words("headings.purpose")), level=1, listed=False), *_purpose(sheet, decided))
    return finished(order, sheet, [*first_page(order, sheet.words), Frame(purpose, "purpose"), *sheet.blocks])


def _purpose(sheet: Sheet, decided: list[str]) -> list[Block]:
    words = sheet.words
    n = len(sheet.record.evaluations)
    own = sheet.house.text("purpose", words.language) or (
        words("sentences.purpose_one") if n == 1 else words("sentences.purpose", count=words.count(n))
    )
    out: list[Block] = [Paragraph(text(line)) for line in own.split("\n") if line]
    numbers = [d for d in decided if d]
    if numbers:
        key = "sentences.purpose_decision" if len(numbers) == 1 else "sentences.purpose_decisions"
        before, _, after = words(key, number="\0", numbers="\0").partition("\0")
        runs: list[Run] = []
        for i, d in enumerate(numbers):
            runs += [Run(words("lists.and" if i + 1 == len(numbers) else "lists.comma"))] if i else []
            runs.append(Run(d, to=f"p{d}"))
        out.append(Paragraph((*text(before), *runs, *text(after))))
    disclaimer = sheet.house.text("disclaimer", words.language)
    out += [Paragraph(text(line), style="small") for line in disclaimer.split("\n") if line]
    return out


def _introduction(sheet: Sheet) -> None:
    """The record's own introduction; where it has no paragraphs at all a sentence that says what the paper holds."""
    if introduction(sheet) or sheet.record.paragraphs:
        return
    words, n = sheet.words, len(sheet.record.evaluations)
    sheet.heading(words("headings.introduction"), 1)
    sheet.say(words("sentences.introduction_one") if n == 1 else words("sentences.introduction", count=words.count(n)), numbered=True)
