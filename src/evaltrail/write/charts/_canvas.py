"""A drawing under way: shapes and words in points, y downwards, written as SVG in the order in which they are put.

Coordinates are those of a page that is read from left to right; for one that is read from right to left the canvas mirrors them, so
that no chart has to know.  Nothing is referred to: no pattern, no clip, no style sheet, so that several charts can stand in one page and
any program draws them alike.  Hatching is lines.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Literal

from evaltrail.write.charts._colour import EDGE, INK, PAPER
from evaltrail.write.charts._face import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.write.charts._face import Face
    from evaltrail.write.model import Direction

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (fifth edition, 2.2) does not allow."""
_SWAPPED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
_ISOLATE, _POP = "\u2067", "\u2069"
HATCH_STEP = 3.2


def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    out = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if out == "-0" else out


def escaped(text: str) -> str:
    """Text for XML, without what cannot stand in it."""
    text = _UNWRITABLE.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def _bidirectional(text: str) -> str:
    """Text that mixes both directions, as one run from right to left: a renderer may not know the direction of the page."""
    kinds = {unicodedata.bidirectional(c) for c in text}
    mixed = kinds & {"R", "AL"} and kinds & {"L", "EN", "AN", "ON", "ET", "ES", "CS"}
    return f"{_ISOLATE}{text}{_POP}" if mixed else text


class Canvas:
    """Collects the parts of one drawing of a given width."""

    def __init__(self, width: float, direction: Direction = "ltr") -> None:
        self.width = width
        self.mirrored = direction == "rtl"
        self._parts: list[str] = []

    def _x(self, x: float) -> float:
        return self.width - x if self.mirrored else x

    def _put(self, tag: str, **attributes: str | float | None) -> None:
        said = " ".join(
            f'{name.replace("_", "-")}="{number(v) if isinstance(v, float | int) else escaped(v)}"'
            for name, v in attributes.items()
            if v is not None
        )
        self._parts.append(f"<{tag} {said}/>")

    def rect(self, x: float, y: float, w: float, h: float, fill: str | None, *, stroke: str | None = None, line: float = 0.6) -> None:
        """A rectangle; its stroke lies inside, so that the outer edge is the given one."""
        inset = line / 2 if stroke else 0.0
        left = self._x(x + w) if self.mirrored else x
        self._put(
            "rect",
            x=left + inset,
            y=y + inset,
            width=max(0.0, w - 2 * inset),
            height=max(0.0, h - 2 * inset),
            fill=fill or "none",
            stroke=stroke,
            stroke_width=line if stroke else None,
        )

    def dashed_box(self, x: float, y: float, w: float, h: float, fill: str | None, stroke: str) -> None:
        """A rectangle with a dashed border."""
        left = self._x(x + w) if self.mirrored else x
        self._put("rect", x=left, y=y, width=w, height=h, fill=fill or "none", stroke=stroke, stroke_width=0.8, stroke_dasharray="2.4 1.8")

    def line(self, a: Point, b: Point, stroke: str, width: float, *, dash: str | None = None, round_ends: bool = False) -> None:
        """A straight line."""
        self._put(
            "line",
            x1=self._x(a[0]),
            y1=a[1],
            x2=self._x(b[0]),
            y2=b[1],
            stroke=stroke,
            stroke_width=width,
            stroke_dasharray=dash,
            stroke_linecap="round" if round_ends else None,
        )

    def polygon(self, points: Iterable[Point], fill: str | None, *, stroke: str | None = None, line: float = 0.9) -> None:
        """A closed shape."""
        said = " ".join(f"{number(self._x(x))},{number(y)}" for x, y in points)
        self._put(
            "polygon",
            points=said,
            fill=fill or "none",
            stroke=stroke,
            stroke_width=line if stroke else None,
            stroke_linejoin="round" if stroke else None,
        )

    def polyline(self, points: Iterable[Point], stroke: str, width: float) -> None:
        """An open line with corners."""
        said = " ".join(f"{number(self._x(x))},{number(y)}" for x, y in points)
        self._put("polyline", points=said, fill="none", stroke=stroke, stroke_width=width, stroke_linecap="round", stroke_linejoin="round")

    def circle(self, x: float, y: float, r: float, fill: str | None, *, stroke: str | None = None, line: float = 0.9) -> None:
        """A disc or ring."""
        self._put("circle", cx=self._x(x), cy=y, r=r, fill=fill or "none", stroke=stroke, stroke_width=line if stroke else None)

    def network(self, lines: Iterable[tuple[Point, Point]], stroke: str, width: float, *, dash: str | None = None) -> None:
        """Lines that leave one point and reach another level, with a bend between where they lie at different heights; one path."""
        parts = []
        for (ax, ay), (bx, by) in lines:
            x0, half, x1 = (number(self._x(x)) for x in (ax, (ax + bx) / 2, bx))
            y0, y1 = number(ay), number(by)
            parts.append(f"M{x0} {y0}H{x1}" if y0 == y1 else f"M{x0} {y0}C{half} {y0} {half} {y1} {x1} {y1}")
        if parts:
            self._put("path", d="".join(parts), fill="none", stroke=stroke, stroke_width=width, stroke_dasharray=dash)

    def hatch(self, x: float, y: float, w: float, h: float, *, stroke: str = EDGE, width: float = 0.5, step: float = HATCH_STEP) -> None:
        """Diagonal lines within a rectangle."""
        parts: list[str] = []
        at = step
        while at < w + h:
            x0, y0 = (x + at, y) if at <= w else (x + w, y + at - w)
            x1, y1 = (x, y + at) if at <= h else (x + at - h, y + h)
            parts.append(f"M{number(self._x(x0))} {number(y0)}L{number(self._x(x1))} {number(y1)}")
            at += step
        if parts:
            self._put("path", d="".join(parts), fill="none", stroke=stroke, stroke_width=width)

    def text(  # noqa: PLR0913  # text has that many properties, and a caller names the few that it sets
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        size: float,
        *,
        fill: str = INK,
        bold: bool = False,
        anchor: Anchor = "start",
        face: Face = "sans",
        leading: float = 1.22,
        struck: bool = False,
        turned: bool = False,
    ) -> None:
        """Words whose (first) base line begins, is centred or ends at a point; ``turned``: read from below upwards."""
        lines = [lines] if isinstance(lines, str) else list(lines)
        if not any(lines):
            return
        if self.mirrored and not turned:
            anchor = _SWAPPED[anchor]
        at = number(self._x(x))
        said = [
            f'<text x="{at}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"',
            f' font-family="{FAMILIES[face]}"' if face != "sans" else "",
            ' font-weight="700"' if bold else "",
            f' text-anchor="{anchor}"' if anchor != "start" else "",
            ' text-decoration="line-through"' if struck else "",
            f' transform="rotate(-90 {at} {number(y)})"' if turned else "",
            ">",
        ]
        if len(lines) == 1:
            said.append(escaped(_bidirectional(lines[0])))
        for i, one in enumerate(lines if len(lines) > 1 else ()):
            # The space between two lines keeps their words apart where the text is taken out of the drawing. It is set, so that it
            # must stand at the side that the line does not keep to, and move the middle by half of its width.
            last = i + 1 == len(lines)
            words = escaped(_bidirectional(one))
            words = f" {words}" if anchor == "end" and i else words if anchor == "end" or last else f"{words} "
            here = number(self._x(x) + (0.1 * size if anchor == "middle" and not last else 0.0))
            step = f' dy="{number(size * leading)}"' if i else ""
            said.append(f'<tspan x="{here}"{step}>{words}</tspan>')
        self._parts.append("".join([*said, "</text>"]))

    def svg(self, height: float, title: str, description: str, prefix: str = "") -> str:
        """The whole drawing. Its ids begin with the prefix, or with letters that follow from what is drawn.

        It brings its own white ground: its colours are those of paper, whatever the page is.
        """
        ground = f'<rect width="{number(self.width)}" height="{number(height)}" fill="{PAPER}"/>\n'
        body = ground + "\n".join(self._parts)
        key = prefix or "c" + hashlib.sha256(f"{title}\n{description}\n{body}".encode("utf-8", "replace")).hexdigest()[:10]
        w, h = number(self.width), number(height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}pt" height="{h}pt" viewBox="0 0 {w} {h}" role="img" '
            f'aria-labelledby="{escaped(key)}-title {escaped(key)}-desc" font-family="{FAMILIES["sans"]}">\n'
            f'<title id="{escaped(key)}-title">{escaped(title)}</title>\n<desc id="{escaped(key)}-desc">{escaped(description)}</desc>\n'
            f"{body}\n</svg>\n"
        )
