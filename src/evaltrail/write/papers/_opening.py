"""What composed papers share around their sections: the first page, a part an evaluation, and the paper that is made of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.direction import direction_of
from evaltrail.write.model import Heading, Paper, Paragraph, text
from evaltrail.write.papers._answered import responses
from evaltrail.write.papers._called import with_notes
from evaltrail.write.papers._observations import observations, to_be_written
from evaltrail.write.papers._rated import ratings
from evaltrail.write.papers._recommended import recommendations
from evaltrail.write.papers._sheet import Sheet
from evaltrail.write.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Evaluation, Record
    from evaltrail.write.model import Block
    from evaltrail.write.order import Order
    from evaltrail.write.wording import Wording


def says_something(record: Record) -> bool:
    """Whether a record holds anything that a paper could say."""
    return any(e.statements or e.ratings or e.overall_responses for e in record.evaluations) or bool(record.paragraphs or record.decisions)


def started(order: Order, *, numbered: bool) -> Sheet:
    """An empty sheet for a paper in the record's language."""
    return Sheet(order.record, wording(order.record.document.language, order.house), order.house, numbered=numbered)


def finished(order: Order, sheet: Sheet, blocks: Sequence[Block], *, notes: bool = True) -> Paper:
    """The paper with its footnotes called; ``notes`` false for a paper that is an extract and leaves them to the whole."""
    document = order.record.document
    called, printed = with_notes(blocks, order.record) if notes else (tuple(blocks), ())
    return Paper(
        blocks=called,
        notes=printed,
        title=document.title,
        symbol=document.symbol,
        organisation=document.organisation or order.house.organisation,
        language=document.language or "en",
        direction=direction_of(document.language),
        date=document.date,
        house=order.house,
        continued=sheet.words("captions.continued"),
    )


def first_page(order: Order, words: Wording, subtitle: str = "") -> list[Block]:
    """Symbol, organisation, body, date and title; a title that a part of the paper bears is left to it."""
    document, house = order.record.document, order.house
    out: list[Block] = []
    if document.symbol:
        out.append(Paragraph(text(document.symbol), style="symbol"))
    own = [house.text(name, words.language) for name in ("governing_body", "cover")]
    lines = [document.organisation or house.organisation, *"\n".join(own).split("\n")]
    out += [Paragraph(text(line), style="front") for line in lines if line]
    if document.date:
        out.append(Paragraph(text(words.date(document.date)), style="front"))
    if document.title and document.title not in [part_title(e) for e in order.record.evaluations if e.label]:
        out.append(Heading(text(document.title), level=0, listed=False))
    if subtitle:
        out.append(Paragraph(text(subtitle), style="subtitle"))
    return out


def introduction(sheet: Sheet) -> bool:
    """The record's own paragraphs before its first statement, under a heading; false where there are none."""
    first = next((s for e in sheet.record.evaluations for s in e.statements), None)
    lines = [line for e in sheet.record.evaluations for s in e.statements for line in s.text.split("\n")]
    at = len(sheet.blocks)
    sheet.between(sheet.first_number(lines), first.places if first is not None else ())
    if len(sheet.blocks) == at:
        return False
    sheet.blocks.insert(at, Heading(text(sheet.words("headings.introduction")), level=1))
    return True


def part_title(e: Evaluation) -> str:
    """Label and title of a part: "Part I. Support to small ports"."""
    return ". ".join(x for x in (e.label, e.title) if x)


def open_part(sheet: Sheet, e: Evaluation) -> int:
    """The heading of an evaluation where the paper holds several; returns the level of the headings under it."""
    if len(sheet.record.evaluations) < 2:
        return 1
    sheet.heading(part_title(e), 1)
    return 2


def part(sheet: Sheet, e: Evaluation, *, kept: bool = False) -> None:
    """One evaluation from findings to responses; ``kept`` keeps the places of sections that hold nothing yet."""
    level = open_part(sheet, e)
    if level > 1:
        sheet.between(None, e.statements[0].places if e.statements else ())
    if kept:
        for name in ("background", "method"):
            sheet.heading(sheet.words(f"headings.{name}"), level)
            to_be_written(sheet, name)
    _period(sheet, e)
    observations(sheet, e, "finding", level, empty=kept)
    ratings(sheet, e, level)
    observations(sheet, e, "conclusion", level, empty=kept)
    observations(sheet, e, "lesson", level, empty=kept)
    observations(sheet, e, "good_practice", level)
    if kept and not any(s.kind == "recommendation" for s in e.statements):
        sheet.heading(sheet.words("headings.recommendations"), level)
        to_be_written(sheet, "recommendations")
    recommendations(sheet, e, level)
    responses(sheet, e, level)


def _period(sheet: Sheet, e: Evaluation) -> None:
    """The years, where the title does not say them."""
    a, b = e.period.from_, e.period.to
    title = e.title if len(sheet.record.evaluations) > 1 else f"{e.title} {sheet.record.document.title}"
    if a is None or b is None or str(a) in title:
        return
    sheet.say(sheet.words("sentences.period_year" if a == b else "sentences.period", from_=a, to=b), numbered=True)
