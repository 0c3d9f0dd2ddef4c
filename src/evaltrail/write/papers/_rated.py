"""Ratings in print: a table of criterion and mark in words, and the scale under it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from evaltrail.write.model import Cell, Paragraph, Table, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import Evaluation, Rating
    from evaltrail.write.model import Picture, Words
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.wording import Wording

_SCALE = re.compile(r"(\d+)-(\d+)(?:: (.*))?$")


def ratings(sheet: Sheet, e: Evaluation, level: int) -> None:
    """The section of ratings; nothing where the evaluation has none."""
    if not e.ratings:
        return
    sheet.section(sheet.words("headings.ratings"), level, None, e.ratings[0].places)
    for of, group in groupby(e.ratings, key=lambda r: r.of):
        sheet.blocks.append(rating_table(list(group), sheet.words, text(of or ""), drawn=True))
    _legends(sheet, e.ratings)


def ratings_side_by_side(sheet: Sheet, evaluations: Sequence[Evaluation], names: Sequence[str], level: int) -> None:
    """The ratings of several evaluations in one table: a row a criterion, a column an evaluation; nothing where none is rated."""
    rated = [(name, e) for name, e in zip(names, evaluations, strict=True) if any(r.of is None for r in e.ratings)]
    if not rated:
        return
    words = sheet.words
    sheet.heading(words("headings.ratings"), level)
    titles: dict[str | None, str] = {}
    for _, e in rated:
        for r in e.ratings:
            if r.of is None:
                titles.setdefault(r.criterion, name_of(r, words))
    heads = [words("columns.criterion"), *(name for name, _ in rated)]
    cells = [Cell(0, n, (text(h, bold=True),), header=True) for n, h in enumerate(heads)]
    for n, (criterion, title) in enumerate(titles.items(), 1):
        cells.append(Cell(n, 0, (text(title),)))
        for k, (_, e) in enumerate(rated, 1):
            mark = next((r for r in e.ratings if r.of is None and r.criterion == criterion), None)
            said = mark_of(mark, words) if mark is not None else words("marks.none")
            cells.append(Cell(n, k, (text(said),), rating=share_of(mark) if mark is not None else None))
    widths = (0.28, *(0.72 / len(rated),) * len(rated))
    table = Table(len(titles) + 1, len(heads), tuple(cells), header_rows=1, header_columns=1, style="ratings", widths=widths)
    sheet.blocks.append(table)
    _legends(sheet, [r for _, e in rated for r in e.ratings])


def _legends(sheet: Sheet, found: Sequence[Rating]) -> None:
    for scale in dict.fromkeys(r.scale for r in found if r.scale):
        legend = legend_line(scale, sheet.words)
        if legend:
            sheet.blocks.append(Paragraph(text(legend), style="small"))


def scale_of(printed: str) -> tuple[int, int, Mapping[int, str]] | None:
    """(lowest, highest, words by number) of a scale as the record has it: '1-4: 1 = Poor; 2 = Fair …'."""
    m = _SCALE.match(printed)
    if m is None:
        return None
    words = {}
    for part in (m[3] or "").split("; "):
        number, _, name = part.partition(" = ")
        if number.strip().isdigit() and name:
            words[int(number)] = name.strip()
    return int(m[1]), int(m[2]), words


def legend_line(scale: str, words: Wording) -> str:
    """The scale in print: every level from the highest ('6 = Highly satisfactory; 5 = …'), or its ends where only they are known."""
    known = scale_of(scale)
    if known is None:
        return ""
    low, high, names = known
    if len(names) == high - low + 1:
        return "; ".join(words("captions.scale", number=n, words=w) for n, w in sorted(names.items(), reverse=True))
    ends = [f"{n} ({names[n]})" if n in names else str(n) for n in (low, high)]
    return words("captions.scale_ends", low=ends[0], high=ends[1])


def rating_table(found: Sequence[Rating], words: Wording, caption: Words = (), *, drawn: bool = False) -> Table:
    """Criterion and mark in words, a row a rating; ``drawn`` asks for the boxes of the scale beside the words."""
    pictures = [_boxes(r, words) for r in found] if drawn else []
    tops = {known[1] for r in found if (known := scale_of(r.scale)) is not None}
    heads = [words("columns.criterion"), words("columns.rating")]
    if any(pictures):
        heads.append(words("columns.picture", top=tops.pop()) if len(tops) == 1 else "")
    cells = [Cell(0, n, (text(h, bold=True),), header=True) for n, h in enumerate(heads)]
    for n, r in enumerate(found, 1):
        picture = pictures[n - 1] if pictures else None
        share = share_of(r) if picture is None else None
        cells += [Cell(n, 0, (text(name_of(r, words)),)), Cell(n, 1, (text(mark_of(r, words)),), rating=share)]
        if picture is not None:
            cells.append(Cell(n, 2, picture=picture))
    widths = (0.4, 0.4, 0.2) if len(heads) > 2 else (0.5, 0.5)
    return Table(len(found) + 1, len(heads), tuple(cells), header_rows=1, header_columns=1, style="ratings", widths=widths, caption=caption)


def _boxes(r: Rating, words: Wording) -> Picture | None:
    """The boxes of a scale, filled up to the mark; None where its number or its scale is not known."""
    from evaltrail.write.charts import Look, Scale, rating_cell

    if scale_of(r.scale) is None or r.value is None:
        return None
    try:
        scale = Scale.of(r.scale)
    except ValueError:
        return None
    return rating_cell(r.value, scale, word=mark_of(r, words), look=Look.of(words)).picture


def name_of(r: Rating, words: Wording) -> str:
    """What is rated, as the record's paper printed it, else in the language's word for the criterion."""
    if r.criterion_as_printed:
        return r.criterion_as_printed
    key = f"criteria.{r.criterion}"
    return words(key) if r.criterion and words.has(key) else (r.criterion or words("criteria.overall"))


def mark_of(r: Rating, words: Wording) -> str:
    """The mark in the record's words, else its number."""
    if r.as_printed:
        return r.as_printed
    if r.value is None:
        return words("marks.none")
    return words.number(r.value, 0 if float(r.value).is_integer() else 1)


def share_of(r: Rating) -> float | None:
    """Where a mark stands on its scale, 0 lowest to 1 highest; None where either is unknown."""
    known = scale_of(r.scale)
    if known is None or r.value is None or known[1] <= known[0]:
        return None
    return min(1.0, max(0.0, (r.value - known[0]) / (known[1] - known[0])))
