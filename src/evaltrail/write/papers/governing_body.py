"""The paper for a governing body: a part an evaluation, from key findings to the Office response, and the draft decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Frame, Heading, PageBreak, Paper, Paragraph, Run, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._answered import responses
from evaltrail.write.papers._called import with_notes
from evaltrail.write.papers._decided import decisions
from evaltrail.write.papers._observations import observations
from evaltrail.write.papers._rated import ratings
from evaltrail.write.papers._recommended import recommendations
from evaltrail.write.papers._sheet import Sheet
from evaltrail.write.wording import wording

if TYPE_CHECKING:
    from evaltrail.record import Evaluation
    from evaltrail.write.model import Block
    from evaltrail.write.order import Order

NAME = "governing-body"
HELP = "paper for a governing body: purpose, key findings, conclusions, recommendations, responses, draft decision"


def composed(order: Order) -> Paper:
    """The paper.

    Raises:
        Unwritable: the record holds neither a statement, a rating nor a numbered paragraph.
    """
    record = order.record
    if not any(e.statements or e.ratings for e in record.evaluations) and not record.paragraphs:
        raise Unwritable("the record holds no statement, rating or paragraph that a governing-body paper could be made of")
    words = wording(record.document.language, order.house)
    sheet = Sheet(record, words, order.house, numbered=True)
    several = len(record.evaluations) > 1
    _introduction(sheet)
    for e in record.evaluations:
        _part(sheet, e, several=several)
    decided = decisions(sheet, 1)
    front = _front(order, sheet, decided)
    blocks, notes = with_notes([*front, *sheet.blocks], record)
    return Paper(
        blocks=blocks,
        notes=notes,
        title=record.document.title,
        symbol=record.document.symbol,
        organisation=record.document.organisation or order.house.organisation,
        language=record.document.language or "en",
        direction=words.direction,
        date=record.document.date,
        house=order.house,
        continued=words("captions.continued"),
    )


def _front(order: Order, sheet: Sheet, decided: list[str]) -> list[Block]:
    """Symbol, organisation, body, title, and the box that says what the paper is for."""
    document, house, words = order.record.document, order.house, sheet.words
    out: list[Block] = []
    if document.symbol:
        out.append(Paragraph(text(document.symbol), style="symbol"))
    own = [house.text(name, words.language) for name in ("governing_body", "cover")]
    lines = [document.organisation or house.organisation, *"\n".join(own).split("\n")]
    out += [Paragraph(text(line), style="front") for line in lines if line]
    if document.date:
        out.append(Paragraph(text(words.date(document.date)), style="front"))
    if document.title and document.title not in (_title(e) for e in order.record.evaluations):
        out.append(Heading(text(document.title), level=0, listed=False))
    out.append(Frame((Heading(text(words("headings.purpose")), level=1, listed=False), *_purpose(sheet, decided)), "purpose"))
    return out


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
    words, n = sheet.words, len(sheet.record.evaluations)
    sheet.heading(words("headings.introduction"), 1)
    at = len(sheet.blocks)
    if sheet.record.paragraphs:
        lines = [line for e in sheet.record.evaluations for s in e.statements for line in s.text.split("\n")]
        first = next((s for e in sheet.record.evaluations for s in e.statements), None)
        sheet.between(sheet.first_number(lines), first.places if first is not None else ())
        if len(sheet.blocks) == at:
            sheet.blocks.pop()
        return
    sheet.say(words("sentences.introduction_one") if n == 1 else words("sentences.introduction", count=words.count(n)), numbered=True)


def _part(sheet: Sheet, e: Evaluation, *, several: bool) -> None:
    """One evaluation."""
    level = 1
    if several:
        if e is not sheet.record.evaluations[0]:
            sheet.blocks.append(PageBreak())
        sheet.heading(_title(e), 1)
        sheet.between(None, e.statements[0].places if e.statements else ())
        level = 2
    _period(sheet, e)
    observations(sheet, e, "finding", level)
    ratings(sheet, e, level)
    for kind in ("conclusion", "lesson", "good_practice"):
        observations(sheet, e, kind, level)
    recommendations(sheet, e, level)
    responses(sheet, e, level)


def _title(e: Evaluation) -> str:
    """Label and title of a part: "Part I. Support to small ports"."""
    return ". ".join(x for x in (e.label, e.title) if x)


def _period(sheet: Sheet, e: Evaluation) -> None:
    """The years, where the title does not say them."""
    a, b = e.period.from_, e.period.to
    if a is None or b is None or str(a) in f"{e.title} {sheet.record.document.title if len(sheet.record.evaluations) == 1 else ''}":
        return
    sheet.say(sheet.words("sentences.period_year" if a == b else "sentences.period", from_=a, to=b), numbered=True)
