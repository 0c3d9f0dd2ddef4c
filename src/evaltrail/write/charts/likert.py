"""Answers on a scale of agreement: bars to both sides of the middle, with their counts and how many answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, empty, known, legend, table, wide_enough
from evaltrail.write.charts._colour import COOL, EDGE, INK, INK_2, PAPER, WARM, lab, on, ramp
from evaltrail.write.charts._face import shortened, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Table

_SIZE = 9.0
_SMALL = 8.0
_BAR = 13.0
_OUTSIDE = 9.0
"""Room beside the longest bar for a count that does not fit into its part."""
MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class LikertRow:
    """A question and how many gave each answer."""

    label: str
    counts: tuple[float | None, ...]
    """In the order of the levels; None: not stated."""


@dataclass(frozen=True)
class _Levels:
    """The answers that could be given, from the most negative."""

    names: tuple[str, ...]

    @property
    def below(self) -> int:
        return len(self.names) // 2

    @cached_property
    def colours(self) -> tuple[str, ...]:
        """Lightness alone gives the order, as in the rating scale; the middle is white."""
        middle = (PAPER,) if len(self.names) % 2 else ()
        return (*ramp(WARM, self.below), *middle, *ramp(COOL, self.below))

    def counts(self, row: LikertRow) -> list[float]:
        """Counts that can be drawn: nothing for what is missing or below 0."""
        given = [*row.counts, *([None] * len(self.names))][: len(self.names)]
        return [max(0.0, known(c) or 0.0) for c in given]

    def sides(self, counts: Sequence[float]) -> tuple[float, float]:
        """Shares left and right of the middle; the middle answer lies half on each side."""
        n = sum(counts)
        if not n:
            return 0.0, 0.0
        half = counts[self.below] / 2 if len(self.names) % 2 else 0.0
        return (sum(counts[: self.below]) + half) / n, (sum(counts[len(self.names) - self.below :]) + half) / n


def likert(rows: Sequence[LikertRow], levels: Sequence[str], *, look: Look | None = None) -> Chart:
    """Answers of people asked.

    Args:
        rows: the questions from top to bottom; a page of A4 holds about 28, more make a higher picture.
        levels: the answers that could be given, from the most negative to the most positive, between 2 and 9; of an odd number
            the middle one is neutral.
        look: width, direction, words and numbers.

    A bar's length is a share of those who answered; a count that has no room in its bar stands in the data alone.

    Raises ``ValueError`` for fewer or more levels.
    """
    if not 2 <= len(levels) <= MOST_LEVELS:
        raise ValueError(f"answers are on 2 to {MOST_LEVELS} levels, not {len(levels)}")
    look = look or Look()
    scale = _Levels(tuple(levels))
    canvas = Canvas(wide_enough(look), look.direction)
    height = _draw(canvas, rows, scale, look) if rows else empty(canvas, look)
    return chart(canvas, height, look, look.word("likert"), _said(rows, scale, look), _data(rows, scale, look))


def _draw(canvas: Canvas, rows: Sequence[LikertRow], scale: _Levels, look: Look) -> float:
    whole = canvas.width
    counts = [scale.counts(r) for r in rows]
    ends = [look.word("n", count=look.number(sum(c))) if sum(c) else look.word("no_answers") for c in counts]
    end = min(0.22 * whole, max(width(e, _SMALL) for e in ends) + 8)
    names = min(0.38 * whole, max(width(r.label, _SIZE) for r in rows) + 10)
    left, right = (max(s[i] for s in map(scale.sides, counts)) for i in (0, 1))
    unit = (whole - names - end - 2 * _OUTSIDE) / (left + right) if left + right else 0.0
    zero = names + _OUTSIDE + left * unit
    patches = [(scale.colours[i], name) for i, name in enumerate(scale.names)]
    y = top = legend(canvas, patches, 0.0, 9.0, _SMALL) + 7
    canvas.line((zero, top), (zero, top + sum(_high(r, names) for r in rows)), INK, 0.8)
    for r, c, said in zip(rows, counts, ends, strict=True):
        lines = wrapped(r.label, names - 10, _SIZE, most=2)
        high = _high(r, names)
        middle = y + high / 2
        canvas.text(0, middle + 3 - 5.5 * (len(lines) - 1), lines, _SIZE)
        _bar(canvas, scale, c, (zero, middle - _BAR / 2, unit), look)
        canvas.text(whole, middle + 3, shortened(said, end, _SMALL), _SMALL, fill=INK_2, anchor="end")
        y += high
    return y + 3


def _high(r: LikertRow, names: float) -> float:
    return max(21.0, 11.0 * len(wrapped(r.label, names - 10, _SIZE, most=2)) + 6)


def _bar(canvas: Canvas, scale: _Levels, counts: Sequence[float], at: tuple[float, float, float], look: Look) -> None:
    zero, y, unit = at
    n = sum(counts)
    x = zero - scale.sides(counts)[0] * unit
    for i, count in enumerate(counts):
        wide = count / n * unit if n else 0.0
        colour = scale.colours[i]
        if wide > 0:
            canvas.rect(x, y, max(0.4, wide - 0.8), _BAR, colour, stroke=EDGE if lab(colour)[0] > 70 and wide > 2 else None, line=0.6)
            said = look.number(count)
            if width(said, _SMALL, bold=True) + 3 <= wide:
                canvas.text(x + wide / 2, y + _BAR / 2 + 2.8, said, _SMALL, fill=on(colour), bold=True, anchor="middle")
            elif not any(counts[:i]):
                canvas.text(x - 2, y + _BAR / 2 + 2.8, said, _SMALL, fill=INK_2, anchor="end")
            elif not any(counts[i + 1 :]):
                canvas.text(x + wide + 2, y + _BAR / 2 + 2.8, said, _SMALL, fill=INK_2)
        x += wide


def _said(rows: Sequence[LikertRow], scale: _Levels, look: Look) -> str:
    if not rows:
        return look.word("nothing")
    out = []
    for r in rows:
        counts = scale.counts(r)
        parts = ", ".join(f"{name} {look.number(c)}" for name, c in zip(scale.names, counts, strict=True))
        out.append(look.word("answered_so", what=r.label, count=look.number(sum(counts)), parts=parts))
    return " ".join(out)


def _data(rows: Sequence[LikertRow], scale: _Levels, look: Look) -> Table:
    body = []
    for r in rows:
        given = [*r.counts, *([None] * len(scale.names))][: len(scale.names)]
        said = [look.number(k) if (k := known(c)) is not None else look.word("not_stated") for c in given]
        body.append([r.label, *said, look.number(sum(scale.counts(r)))])
    return table([look.word("question"), *scale.names, look.word("answers")], body, numbers=range(1, len(scale.names) + 2))
