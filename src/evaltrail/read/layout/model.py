"""What layout works on: words, drawings and lines of one page, upright and measured from the top.

Layout coordinates are points with x to the right and y *downwards* from the top left corner of the page as it is
shown, so that "above" is "smaller" whatever the page's rotation. :class:`Frame` maps back to PDF page coordinates,
which is what a place's box holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import Box


@dataclass(slots=True, eq=False)
class Style:
    """How a run of characters is set. One object a distinct style, so that styles compare by identity."""

    font: str
    size: float
    bold: bool
    italic: bool
    colour: str | None
    """'#rrggbb', None for black and what is nearly black."""
    symbol: bool = False
    """A pictorial font (Wingdings, Symbol): its characters are signs."""


@dataclass(slots=True, eq=False)
class Word:
    """Characters of one style that stand together on a line: a word, or words set in one piece."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    """y of the baseline."""
    style: Style
    glued: bool = False
    """No white space stands before it in the text stream."""
    turned: int = 0
    """Degrees by which the text is turned against the page as it is read (0 for almost all)."""
    lead: float = 0.0
    """Right edge of its first word."""
    count: int = 1
    """How many words it is."""
    drawn: bool = False
    """It is part of what the file says is a figure."""


def word_count(words: Iterable[Word]) -> int:
    """How many words stand in these pieces."""
    return sum(w.count for w in words)


def extent(words: Sequence[Word]) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge of words. Written out: it is asked of every line several times."""
    first = words[0]
    x0, y0, x1, y1 = first.x0, first.y0, first.x1, first.y1
    for w in words:
        x0 = min(x0, w.x0)
        y0 = min(y0, w.y0)
        x1 = max(x1, w.x1)
        y1 = max(y1, w.y1)
    return x0, y0, x1, y1


@dataclass(slots=True, eq=False)
class Drawing:
    """A rectangle of ink: a rule, a frame's edge, a panel, a bar, or an image's box."""

    x0: float
    y0: float
    x1: float
    y1: float
    fill: str | None = None
    stroke: str | None = None
    image: bool = False
    curved: bool = False
    """The path has curves or slanted lines: its box is all that is known."""
    order: int = 0
    """Place in the order of painting."""
    opaque: bool = False
    """Its paint lets nothing through; whether it has other transparency is asked of ``handle`` where it matters."""
    handle: int = 0
    """PDFium's object, while the page is open."""
    drawn: bool = False
    """It is part of what the file says is a figure."""

    @property
    def width(self) -> float:
        """Points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points."""
        return self.y1 - self.y0


@dataclass(slots=True, eq=False)
class Line:
    """Words of one line of one column, in reading order, with the text as it will stand in the page's text."""

    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    """Size of most characters."""
    text: str = ""
    starts: tuple[int, ...] = ()
    """Offset in ``text`` of each word."""
    at: int = 0
    """Offset of ``text`` in the page's text."""
    page: int = 0
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column that the line stands in; the right one is how far its text runs, settled for the document."""
    region: int = 0
    """Number of the stretch of one column on its page."""
    limit: float = 0.0
    """Where the room to the right ends: a gutter, a box's or the page's edge."""
    box: str | None = None
    fill: str | None = None
    gap: float = 0.0
    """Distance between this baseline and that of the line above in the same column; 0 for a first line."""
    section: int = 0
    """How many rules divide the box above the line."""
    bold: float = 0.0
    """Share of characters in bold."""
    colour: str | None = None
    """Colour of most characters."""
    aside: bool = False
    """Turned text or a drawing's label, set aside from the flow."""
    label: bool = False
    """Upright words in a drawing."""


@dataclass(slots=True)
class Frame:
    """How a page's PDF coordinates map to layout coordinates: quarter turns and the shown area."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0
    """Degrees clockwise that the page content must be turned to be read: 0, 90, 180 or 270."""

    @property
    def width(self) -> float:
        """Width as shown, points."""
        return self.right - self.left if self.turn % 180 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Height as shown, points."""
        return self.top - self.bottom if self.turn % 180 == 0 else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page in layout coordinates."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle of layout coordinates as (left, bottom, right, top) of the page."""
        if self.turn == 0:
            return x0 + self.left, self.top - y1, x1 + self.left, self.top - y0
        if self.turn == 90:
            return y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom
        if self.turn == 180:
            return self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom
        return self.right - y1, self.top - x1, self.right - y0, self.top - x0


@dataclass(slots=True)
class PageObjects:
    """One page as PDFium hands it over."""

    number: int
    frame: Frame
    words: list[Word] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    unmapped: int = 0
    """Characters whose font says not what they are."""
    characters: int = 0
    hidden: int = 0
    """Characters painted invisibly (an OCR layer, usually)."""
    scanned: bool = False
    """The page is a picture: an image covers most of it and no text can be seen."""
    read_by_ocr: bool = False
