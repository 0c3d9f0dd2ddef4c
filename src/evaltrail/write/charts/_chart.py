"""What all charts take and give: a look (width, direction, words, numbers) and a picture with the figures that it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.charts._colour import EDGE, INK_2, luminance
from evaltrail.write.charts._face import shortened, width
from evaltrail.write.charts._words import english, words_of
from evaltrail.write.model import Cell, Picture, Table, text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from evaltrail.write.charts._canvas import Canvas
    from evaltrail.write.model import Direction
    from evaltrail.write.wording import Wording

WIDTH = 450.0
"""Points: the text column of an A4 page."""
LEAST = 240.0
_HUGE = 1e15


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and the figures it shows as a table with a header row: every label whole, every number, gaps in words."""

    picture: Picture
    data: Table


def plain_number(value: float) -> str:
    """A number with at most two decimals and thousands set off by commas; from 10¹⁵ on with a power of ten."""
    if abs(value) >= _HUGE:
        return f"{value:.3g}".replace("-", "−")
    out = f"{value:,.2f}".rstrip("0").rstrip(".")
    return out.replace("-", "−") if out != "-0" else "0"


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is set. Everything has a default: English, left to right, as wide as the text of an A4 page."""

    width: float = WIDTH
    """Points; below 240 the drawing is made 240 wide and is meant to be scaled."""
    direction: Direction = "ltr"
    """'rtl' mirrors the drawing."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words of another language or house by the keys of ``english()``; keys that are missing stay English."""
    number: Callable[[float], str] = plain_number
    date: Callable[[dt.date], str] | None = None
    """Writes a day; None: '30 Apr 2026' with the months of ``words``."""
    prefix: str = ""
    """What the drawing's ids begin with; empty: letters that follow from the drawing, the same for the same drawing."""
    title: str = ""
    """Title of the chart; empty: the words' own for that kind of chart."""

    @classmethod
    def of(cls, words: Wording, *, width: float = WIDTH, prefix: str = "", title: str = "") -> Look:
        """The look of a paper's language and house: its direction, words, numbers and months."""

        def number(value: float) -> str:
            if abs(value) >= _HUGE:
                return plain_number(value)
            decimals = 0 if value == int(value) else 1 if value * 10 == int(value * 10) else 2
            return words.number(value, decimals)

        return cls(width, words.direction, words_of(words), number, None, prefix, title)

    def word(self, key: str, **parts: object) -> str:
        """A word or sentence, with its gaps filled.

        Raises ``KeyError`` for a key that there is none of.
        """
        said = self.words.get(key) or english()[key]
        return said.format(**parts) if parts else said

    def month(self, day: dt.date) -> str:
        """Short name of a day's month."""
        names = self.word("months").split()
        return names[day.month - 1] if len(names) == 12 else f"{day.month}"

    def day(self, day: dt.date) -> str:
        """A day, written."""
        return self.date(day) if self.date is not None else self.word("day", day=day.day, month=self.month(day), year=day.year)


def known(value: float | None) -> float | None:
    """A number that can be drawn; None for one that is missing, infinite or none at all."""
    return value if value is not None and math.isfinite(value) else None


def chart(canvas: Canvas, height: float, look: Look, title: str, description: str, data: Table) -> Chart:
    """The chart of a finished canvas."""
    title = look.title or title
    svg = canvas.svg(height, title, description, look.prefix)
    return Chart(Picture(svg, title, description, canvas.width, height), data)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> Table:
    """Figures as a table: a header row, a header column, columns of ``numbers`` set to the end."""
    cells = [Cell(0, k, (text(head),), header=True, align="end" if k in numbers else "start") for k, head in enumerate(heads)]
    for r, row in enumerate(rows, 1):
        cells.extend(
            Cell(r, k, (text(said),) if said else (), header=k == 0, align="end" if k in numbers else "start") for k, said in enumerate(row)
        )
    return Table(len(rows) + 1, len(heads), tuple(cells), header_rows=1, header_columns=1, style="data")


def empty(canvas: Canvas, look: Look) -> float:
    """Say that there is nothing to show; how high that is."""
    canvas.text(0, 12, shortened(look.word("nothing"), canvas.width, 9.0), 9.0, fill=INK_2)
    return 18.0


def wide_enough(look: Look) -> float:
    """The width of a drawing: the look's, but never so little that its words have no room."""
    return max(LEAST, look.width)


def legend(canvas: Canvas, patches: Sequence[tuple[str, str]], x: float, base: float, size: float) -> float:
    """Patches of colour with their names, in as many lines as they take; the last base line."""
    start = x
    for colour, said in patches:
        wide = 12 + width(said, size)
        if x > start and x + wide > canvas.width:
            x, base = start, base + size * 1.6
        canvas.rect(x, base - 7.4, 8.5, 8.5, colour, stroke=EDGE if luminance(colour) > 0.4 else None, line=0.6)
        canvas.text(x + 12, base, shortened(said, canvas.width - x - 12, size), size, fill=INK_2)
        x += wide + 12
    return base
