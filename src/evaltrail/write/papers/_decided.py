"""Decisions in print: the record's own, or one composed where it has none, with their paragraph numbers as references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.model import Paragraph, Run, text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from evaltrail.record import Decision
    from evaltrail.write.model import Words
    from evaltrail.write.papers._sheet import Sheet


def decisions(sheet: Sheet, level: int) -> list[str]:
    """The draft decisions; returns the numbers of their paragraphs. Where the record has none one is composed if it recommends."""
    record = sheet.record
    ranges = ranges_of_recommendations(sheet)
    if record.decisions:
        for d in record.decisions:
            if d.paragraph and d.paragraph.isdigit():
                sheet.close(int(d.paragraph))
                break
        sheet.heading(sheet.words("headings.decision"), level)
        numbers = [_printed(sheet, d) for d in record.decisions]
        sheet.close(None)
        return numbers
    sheet.close(None)
    if not ranges:
        return []
    sheet.heading(sheet.words("headings.decision"), level)
    number = sheet.next
    sheet.blocks.append(Paragraph(_composed(sheet, ranges), marker=f"{number}.", anchor=f"p{number}"))
    return [number]


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of the paragraphs in which recommendations stand without another between."""

    first: str
    last: str


def ranges_of_recommendations(sheet: Sheet) -> list[Range]:
    """Where the recommendations of each part stand: numbers that follow each other as one range."""
    out: list[Range] = []
    for e in sheet.record.evaluations:
        asked = [(e.id, s.id) for s in e.statements if s.kind == "recommendation" and s.parent is None]
        numbers = [sheet.stands[key] for key in asked if key in sheet.stands]
        for n, number in enumerate(numbers):
            if n and out[-1].last == number:
                continue
            if n and out[-1].last.isdigit() and number.isdigit() and int(number) == int(out[-1].last) + 1:
                out[-1] = Range(out[-1].first, number)
            else:
                out.append(Range(number, number))
    return out


def references(ranges: Sequence[Range], sheet: Sheet) -> Words:
    """Ranges as words whose numbers lead to their paragraphs: '26–34, 72–78 and 123–129'."""
    out: list[Run] = []
    for n, r in enumerate(ranges):
        if n:
            out.append(Run(sheet.words("lists.and" if n + 1 == len(ranges) else "lists.comma")))
        out.append(Run(r.first, to=f"p{r.first}"))
        if r.last != r.first:
            out += [Run(sheet.words("numbers.to")), Run(r.last, to=f"p{r.last}")]
    return tuple(out)


def _composed(sheet: Sheet, ranges: Sequence[Range]) -> Words:
    words = sheet.words
    body = sheet.house.text("governing_body", words.language) or words("sentences.body")
    head = sheet.house.text("head", words.language) or words("sentences.head")
    one = len(ranges) == 1 and ranges[0].first == ranges[0].last
    before, _, after = words("sentences.decision_range" if one else "sentences.decision_ranges", ranges="\0").partition("\0")
    opening = words("sentences.decision_opening", body=body, head=head)
    return (*text(opening + before), *references(ranges, sheet), *text(after + words("sentences.decision_closing")))


def _printed(sheet: Sheet, d: Decision) -> str:
    """A decision of the record: its number, and its words with the ranges as references where they lead somewhere."""
    number = d.paragraph or ""
    anchors = {b.anchor for b in sheet.blocks if isinstance(b, Paragraph) and b.anchor}
    marker, anchor = (f"{number}.", f"p{number}") if number else ("", None)
    sheet.blocks.append(Paragraph(_linked(d, anchors), marker=marker, anchor=anchor))
    return number


def _linked(d: Decision, anchors: Collection[str]) -> Words:
    out: list[Run] = []
    at = 0
    for number in (n for r in d.refers for n in dict.fromkeys((r.from_, r.to))):
        m = re.compile(rf"(?<!\d){re.escape(number)}(?!\d)").search(d.text, at)
        if m is None or f"p{number}" not in anchors:
            continue
        out += [*text(d.text[at : m.start()]), Run(m.group(), to=f"p{number}")]
        at = m.end()
    return (*out, *text(d.text[at:]))
