"""The boxes of one rating alone, for a cell of a table: no words, since the table has them."""

from __future__ import annotations

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, table
from evaltrail.write.charts._scale import SIX, Scale
from evaltrail.write.charts.rating_bars import RatingRow, draw_boxes, fitted, rating_said

WIDTH = 66.0
HEIGHT = 9.0


def rating_cell(value: float | str | None, scale: Scale = SIX, *, word: str = "", width: float = WIDTH, look: Look | None = None) -> Chart:
    """The boxes of one rating, ``width`` points wide and 13 high, without any text in the drawing.

    ``look.width`` counts for nothing here; other arguments as of a row of ``rating_bars``.
    """
    look = look or Look()
    row = RatingRow("", value, word)
    canvas = Canvas(max(24.0, width), look.direction)
    draw_boxes(canvas, fitted(scale, 0.0, canvas.width), 2.0, scale.position(value), height=HEIGHT)
    said = rating_said(row, scale, look)
    return chart(canvas, HEIGHT + 4, look, look.word("rating"), said, table([look.word("rating")], [[said]]))
