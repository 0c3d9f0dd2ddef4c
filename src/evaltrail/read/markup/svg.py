"""Drawings in a page (SVG 2): their words and filled shapes with boxes, which is what charts are read from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.markup.draft import Draft
from evaltrail.read.markup.looks import colour_of
from evaltrail.read.outline import Piece, Shape, Text, Word

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.read.markup.draft import Composer

_NUMBER = re.compile(r"[-+]?(?:\d{1,9}\.?\d{0,12}|\.\d{1,12})(?:e[-+]?\d{1,2})?", re.IGNORECASE)
_TRANSFORM = re.compile(r"(translate|scale|matrix)\s*\(([^)]*)\)")
_PATH = re.compile(r"([MmLlHhVvZz])([^a-zA-Z]*)")
_UNDRAWN = frozenset({"defs", "clippath", "mask", "symbol", "title", "desc", "metadata", "style", "script", "pattern", "marker"})
_LETTER = 0.5
"""Width of an average letter, in the font's size."""
_SIZE = 16.0
_GAP = 100.0
"""Units between two drawings on the one page."""

_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawings:
    """All drawings of a page, one below the other, y downwards until :meth:`flipped`."""

    shapes: list[Shape] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    top: float = 0.0

    def read(self, svg: Element, composer: Composer) -> None:
        """Read one drawing; its words go to the page's text, but become no block."""
        shapes, words = len(self.shapes), len(self.words)
        stack: list[tuple[Element, _Matrix, str | None, float]] = [(svg, _PLAIN, "#000000", _SIZE)]
        while stack:
            el, matrix, fill, size = stack.pop()
            if not isinstance(el.tag, str) or el.tag.lower() in _UNDRAWN:
                continue
            if el is not svg:
                matrix = _multiplied(matrix, el.get("transform") or "")
            fill, size = _fill(el, fill), _size(el, size)
            if el.tag == "text":
                self._word(el, matrix, size, composer)
                continue
            self._shape(el, matrix, fill)
            stack.extend((child, matrix, fill, size) for child in reversed(el))
        bottoms = [s.box[3] for s in self.shapes[shapes:]] + [w.box[3] for w in self.words[words:]]
        if bottoms:
            self.top = max(bottoms) + _GAP

    def flipped(self) -> tuple[tuple[Shape, ...], tuple[Word, ...]]:
        """Shapes and words with y upwards, as boxes of the outline are."""
        shapes = tuple(Shape(self._up(s.box), s.fill, s.stroke) for s in self.shapes)
        return shapes, tuple(Word(w.text, self._up(w.box), w.size) for w in self.words)

    def _up(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return (box[0], self.top - box[3], box[2], self.top - box[1])

    def _shape(self, el: Element, matrix: _Matrix, fill: str | None) -> None:
        points = _outline_of(el)
        if fill is None or not points:
            return
        xs, ys = zip(*(_moved(matrix, x, y) for x, y in points), strict=True)
        box = (min(xs), min(ys) + self.top, max(xs), max(ys) + self.top)
        if box[2] > box[0] and box[3] > box[1]:
            self.shapes.append(Shape(box, fill, colour_of(el.get("stroke") or "")))

    def _word(self, el: Element, matrix: _Matrix, size: float, composer: Composer) -> None:
        words = " ".join("".join(el.itertext()).split())
        composer.begin(Draft(aside=True))
        composer.words(words)
        draft = composer.draft
        if draft is not None and draft.runs:
            text = draft.runs[0].text
            x, y = _moved(matrix, _first(el, "x") + _first(el, "dx"), _first(el, "y") + _first(el, "dy"))
            width = _LETTER * size * len(text)
            anchor = el.get("text-anchor") or _declared(el, "text-anchor")
            x -= {"middle": width / 2, "end": width}.get(anchor or "", 0.0)
            box = (x, y - 0.8 * size + self.top, x + width, y + 0.2 * size + self.top)
            self.words.append(Word(Text(text, (Piece(0, 1, draft.runs[0].start, len(text)),)), box, size))
        composer.end()


def _first(el: Element, name: str) -> float:
    """First number of an attribute, of the element or of its first span that has one; 0 where there is none."""
    for inner in el.iter():
        found = _NUMBER.match((inner.get(name) or "").strip())
        if found:
            return float(found.group())
    return 0.0


def _declared(el: Element, name: str) -> str | None:
    found = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", el.get("style") or "")
    return found.group(1).strip() if found else None


def _fill(el: Element, above: str | None) -> str | None:
    said = _declared(el, "fill") or el.get("fill")
    if said is None or said == "inherit":
        return above
    return None if said in {"none", "transparent"} else colour_of(said) or "#000000"


def _size(el: Element, above: float) -> float:
    found = _NUMBER.match(_declared(el, "font-size") or el.get("font-size") or "")
    return float(found.group()) or above if found else above


def _outline_of(el: Element) -> list[tuple[float, float]]:
    """Corners of a rectangle, polygon or path of straight lines; nothing for what is curved."""
    tag = el.tag
    if tag == "rect":
        x, y, w, h = (_attribute(el, name) for name in ("x", "y", "width", "height"))
        return [(x, y), (x + w, y + h)]
    if tag == "polygon":
        numbers = [float(n) for n in _NUMBER.findall(el.get("points") or "")]
        return list(zip(numbers[::2], numbers[1::2], strict=False))
    return _path(el.get("d") or "") if tag == "path" else []


def _attribute(el: Element, name: str) -> float:
    found = _NUMBER.match((el.get(name) or "").strip())
    return float(found.group()) if found else 0.0


def _path(data: str) -> list[tuple[float, float]]:
    if re.search(r"[CcSsQqTtAa]", data):
        return []
    x = y = 0.0
    out: list[tuple[float, float]] = []
    for command, rest in _PATH.findall(data):
        numbers = [float(n) for n in _NUMBER.findall(rest)]
        relative = command.islower()
        if command in "HhVv":
            for n in numbers:
                x, y = ((x + n if relative else n), y) if command in "Hh" else (x, (y + n if relative else n))
                out.append((x, y))
        elif command in "MmLl":
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=False):
                x, y = (x + dx, y + dy) if relative else (dx, dy)
                out.append((x, y))
    return out


def _multiplied(matrix: _Matrix, transform: str) -> _Matrix:
    for name, rest in _TRANSFORM.findall(transform):
        n = [float(v) for v in _NUMBER.findall(rest)]
        if name == "translate" and n:
            step: _Matrix = (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0)
        elif name == "scale" and n:
            step = (n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0)
        elif name == "matrix" and len(n) == 6:
            step = (n[0], n[1], n[2], n[3], n[4], n[5])
        else:
            continue
        a, b, c, d, e, f = matrix
        p, q, r, s, t, u = step
        matrix = (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)
    return matrix


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
