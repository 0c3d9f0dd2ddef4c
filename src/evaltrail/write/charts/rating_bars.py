"""Ratings by criterion: a row of boxes filled to the value, the line between bad and good, a hollow triangle for an earlier rating."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, empty, known, table, wide_enough
from evaltrail.write.charts._colour import EDGE, INK, INK_2, PAPER, RULE
from evaltrail.write.charts._face import shortened, width, wrapped
from evaltrail.write.charts._scale import SIX, Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Table

BOX = 11.0
"""Height of a box in points."""
_GAP = 1.6
_LINE_GAP = 5.6
_SIZE = 9.0
_SMALL = 8.0


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A criterion and its rating."""

    criterion: str
    value: float | str | None = None
    """Number, mark or word of the scale; None: not rated."""
    word: str = ""
    """The rating's words as printed; empty: those of the scale."""
    earlier: float | str | None = None
    """The rating of an earlier evaluation."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where the boxes of a scale stand in a row."""

    x: float
    box: float
    """Width of one."""
    scale: Scale

    def left(self, i: int) -> float:
        """Left edge of the box of a step."""
        line = self.scale.line
        beyond = _LINE_GAP - _GAP if line is not None and i >= line else 0.0
        return self.x + i * (self.box + _GAP) + beyond

    @property
    def right(self) -> float:
        """Right edge of the last box."""
        return self.left(len(self.scale.steps) - 1) + self.box

    def line_at(self) -> float:
        """Where the line between bad and good stands."""
        return self.left(self.scale.line or 0) - _LINE_GAP / 2


def fitted(scale: Scale, x: float, room: float, most: float = 27.0) -> Boxes:
    """Boxes that fill a room, none wider than ``most``."""
    n = len(scale.steps)
    gaps = (n - 1) * _GAP + (_LINE_GAP - _GAP if scale.line is not None else 0.0)
    return Boxes(x, max(3.0, min(most, (room - gaps) / n)), scale)


def draw_boxes(canvas: Canvas, boxes: Boxes, y: float, position: float | None, *, height: float = BOX) -> None:
    """Draw the boxes of one rating; hatched where there is none."""
    scale = boxes.scale
    step = scale.step(position) if position is not None else -1
    for i in range(len(scale.steps)):
        x = boxes.left(i)
        if position is None:
            canvas.rect(x, y, boxes.box, height, PAPER, stroke=EDGE, line=0.5)
            canvas.hatch(x, y, boxes.box, height)
            continue
        share = min(1.0, max(0.0, position - i))
        if share < 1:
            canvas.rect(x, y, boxes.box, height, PAPER, stroke=EDGE, line=0.6)
        if share > 0:
            border = EDGE if scale.needs_border(step) else None
            canvas.rect(x, y, boxes.box * share, height, scale.colours[step], stroke=border, line=0.6)
    if scale.line is not None:
        canvas.line((boxes.line_at(), y - 2), (boxes.line_at(), y + height + 2), INK, 0.9)


def _triangle(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon(((x - 3.2, y + 4.8), (x + 3.2, y + 4.8), (x, y)), PAPER, stroke=INK, line=0.8)


def rating_bars(rows: Sequence[RatingRow], scale: Scale = SIX, *, look: Look | None = None) -> Chart:
    """Ratings of one evaluation by criterion.

    Args:
        rows: the criteria from top to bottom; a page of A4 holds about 25, more make a higher picture.
        scale: what the values are on.
        look: width, direction, words and numbers.

    A value that is not on the scale leaves its boxes hatched and stands in words at the end, as does one that is missing.
    """
    look = look or Look()
    w = wide_enough(look)
    canvas = Canvas(w, look.direction)
    names = min(0.34 * w, max((width(r.criterion, _SIZE, bold=True) for r in rows), default=0.0) + 12)
    numbers = min(56.0, max((width(rating_number(r, scale, look), _SIZE, bold=True) for r in rows), default=0.0)) + 4
    words = max((width(rating_word(r, scale, look), _SIZE) for r in rows), default=0.0) + numbers + 2
    boxes = fitted(scale, names, w - names - min(words, 0.33 * w) - 14)
    end = boxes.right + 12
    y = _heads(canvas, boxes) if rows else 0.0
    has_earlier = any(scale.position(r.earlier) is not None for r in rows)
    for r in rows:
        y = _row(canvas, r, boxes, end, numbers, y, look, has_earlier=has_earlier)
    y = _legend(canvas, boxes, y, look, has_earlier=has_earlier) if rows else empty(canvas, look)
    return chart(canvas, y, look, look.word("ratings"), _said(rows, scale, look), _data(rows, scale, look))


def _heads(canvas: Canvas, boxes: Boxes) -> float:
    for i, s in enumerate(boxes.scale.steps):
        if width(s.mark, _SMALL) <= boxes.box:
            canvas.text(boxes.left(i) + boxes.box / 2, 8, s.mark, _SMALL, fill=INK_2, anchor="middle")
    return 13.0


def _row(canvas: Canvas, r: RatingRow, boxes: Boxes, end: float, numbers: float, y: float, look: Look, *, has_earlier: bool) -> float:
    scale = boxes.scale
    position = scale.position(r.value)
    name = wrapped(r.criterion, boxes.x - 8, _SIZE, most=3, bold=True)
    said = wrapped(rating_word(r, scale, look), canvas.width - end - numbers, _SIZE, most=2)
    high = max(21.0 if not has_earlier else 25.0, 11.0 * max(len(name), len(said)) + 9)
    canvas.line((0, y), (canvas.width, y), RULE, 0.5)
    top = y + 5.0
    base = top + BOX / 2 + _SIZE * 0.33
    canvas.text(0, base, name, _SIZE, bold=True)
    draw_boxes(canvas, boxes, top, position)
    canvas.text(end, base, shortened(rating_number(r, scale, look), numbers, _SIZE, bold=True), _SIZE, bold=True)
    canvas.text(end + numbers, base, said, _SIZE, fill=INK if position is not None else INK_2)
    before = scale.position(r.earlier)
    if before is not None:
        step = scale.step(before)
        _triangle(canvas, boxes.left(step) + boxes.box / 2 + (before - int(before)) * (boxes.box + _GAP), top + BOX + 2.2)
    return y + high


def _legend(canvas: Canvas, boxes: Boxes, y: float, look: Look, *, has_earlier: bool) -> float:
    canvas.line((0, y), (canvas.width, y), RULE, 0.5)
    scale, x, base = boxes.scale, boxes.x, y + 13
    if scale.line is not None:
        canvas.line((x + 1, base - 7), (x + 1, base + 1.5), INK, 0.9)
        below, above = scale.steps[scale.line - 1], scale.steps[scale.line]
        said = look.word("line_between", below=below.mark or below.word, above=above.mark or above.word)
        room = canvas.width - x - 6
        canvas.text(x + 6, base, shortened(said, room, _SMALL), _SMALL, fill=INK_2)
        x += 6 + width(said, _SMALL) + 14
    if has_earlier:
        said = look.word("earlier").lower()
        if x + 8 + width(said, _SMALL) > canvas.width:
            x, base = boxes.x, base + 12
        _triangle(canvas, x + 3.4, base - 5.6)
        canvas.text(x + 10, base, shortened(said, canvas.width - x - 10, _SMALL), _SMALL, fill=INK_2)
    return base + 5 if scale.line is not None or has_earlier else y + 1


def rating_number(r: RatingRow, scale: Scale, look: Look) -> str:
    """What stands first at the end of a row: the mark, or the number where it lies between two steps or beside the scale."""
    position = scale.position(r.value)
    if position is None:
        beside = known(r.value) if not isinstance(r.value, str) else None
        return look.number(beside) if beside is not None else "–"
    if position != int(position) and not isinstance(r.value, str) and r.value is not None:
        return look.number(r.value)
    return scale.steps[scale.step(position)].mark


def rating_word(r: RatingRow, scale: Scale, look: Look) -> str:
    """What a rating is called: as printed, else as the scale calls it; why there is none."""
    position = scale.position(r.value)
    if position is not None:
        return r.word or (scale.steps[scale.step(position)].word if position == int(position) else "")
    if r.value is None:
        return r.word or look.word("not_rated")
    said = r.word or (r.value if isinstance(r.value, str) else "")
    return f"{said} ({look.word('off_scale')})" if said else look.word("off_scale")


def rating_said(r: RatingRow, scale: Scale, look: Look) -> str:
    """Number and word of a rating as one; the word alone where it has the number."""
    if rating_number(r, scale, look) in re.findall(r"\w+", rating_word(r, scale, look)):
        return rating_word(r, scale, look)
    return f"{rating_number(r, scale, look)} {rating_word(r, scale, look)}".strip(" –")


def _said(rows: Sequence[RatingRow], scale: Scale, look: Look) -> str:
    """The chart in sentences: every rating while there are few, else how many lie on which side of the line."""
    if not rows:
        return look.word("nothing")
    out = [look.word("scale_from_to", low=scale.steps[0].said, high=scale.steps[-1].said)]
    positions = [p for r in rows if (p := scale.position(r.value)) is not None]
    if len(rows) <= 12:
        out += [look.word("rated_so", what=r.criterion, rating=rating_said(r, scale, look)) for r in rows]
    else:
        out.append(look.word("rated_count", rated=look.number(len(positions)), all=look.number(len(rows))))
    if scale.line is not None and positions:
        good = sum(scale.is_at_line(p) for p in positions)
        out.append(look.word("at_line_count", count=look.number(good), all=look.number(len(positions))))
    return " ".join(out)


def _data(rows: Sequence[RatingRow], scale: Scale, look: Look) -> Table:
    heads = [look.word("criterion"), look.word("rating")]
    earlier = any(r.earlier is not None for r in rows)
    if earlier:
        heads.append(look.word("earlier"))
    body = []
    for r in rows:
        line = [r.criterion, rating_said(r, scale, look)]
        if earlier:
            before = scale.position(r.earlier)
            line.append(scale.steps[scale.step(before)].said if before is not None else "–")
        body.append(line)
    return table(heads, body)
