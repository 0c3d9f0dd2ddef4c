"""Drawings: paths and images of a page as rectangles in layout coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.layout import pdfium
from evaltrail.read.layout.model import Drawing

if TYPE_CHECKING:
    from evaltrail.read.layout.model import Frame

_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5
_LINE_TO, _BEZIER_TO, _MOVE_TO = 0, 1, 2
MAX_OBJECTS = 20_000
MAX_SEGMENTS = 30_000
"""A page: maps and scatter plots have hundreds of thousands, and none of them is a table."""
MAX_DEPTH = 6

_Matrix = tuple[float, float, float, float, float, float]


class Drawings:
    """Reads the drawings of pages; keeps its buffers between them."""

    def __init__(self) -> None:
        self._f = pdfium.Floats(6)
        self._g = pdfium.Floats(2)
        self._rgba = pdfium.Unsigned(4)
        self._mode = pdfium.Unsigned(2)
        self._names: dict[int, str] = {}
        self._segments = 0
        self._objects = 0
        self._order = 0
        self.texts: dict[int, int] = {}
        """Place of each text object of the last page in the order of painting."""

    def of(self, page: int, frame: Frame) -> list[Drawing]:
        """All drawings of a page in painting order."""
        self._segments = self._objects = self._order = 0
        self.texts = {}
        out: list[Drawing] = []
        for i in range(min(pdfium.page_objects(page), MAX_OBJECTS)):
            self._object(pdfium.page_object(page, i), frame, None, 0, out)
        return out

    def _object(self, handle: int, frame: Frame, matrix: _Matrix | None, depth: int, out: list[Drawing]) -> None:
        kind = pdfium.object_type(handle)
        self._order += 1
        if kind == _TEXT:
            self.texts[handle] = self._order
            return
        if self._objects > MAX_OBJECTS:
            return
        self._objects += 1
        if kind == _PATH:
            self._path(handle, frame, matrix, out)
        elif kind in (_IMAGE, _SHADING):
            f = self._f
            if pdfium.object_bounds(handle, *f.addresses[:4]):
                d = _placed(frame, matrix, *f.array[:4], image=True)
                d.handle = handle
                d.order, d.opaque = self._order, kind == _IMAGE
                out.append(d)
        elif kind == _FORM and depth < MAX_DEPTH:
            inner = _concat(self._matrix(handle), matrix)
            for i in range(min(pdfium.form_objects(handle), MAX_OBJECTS)):
                self._object(pdfium.form_object(handle, i), frame, inner, depth + 1, out)

    def _matrix(self, handle: int) -> _Matrix:
        f = self._f
        if not pdfium.object_matrix(handle, f.addresses[0]):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        a, b, c, d, e, g = f.array
        return (a, b, c, d, e, g)

    def _colour(self, read: object, handle: int) -> str | None:
        r, g, b, a = self._rgba.addresses
        if not read(handle, r, g, b, a):  # type: ignore[operator]
            return None
        red, green, blue, alpha = self._rgba.array
        if alpha == 0:
            return None
        key = red << 16 | green << 8 | blue
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"#{key:06x}"
        return name

    def _path(self, handle: int, frame: Frame, matrix: _Matrix | None, out: list[Drawing]) -> None:
        m = self._mode
        if not pdfium.path_mode(handle, m.addresses[0], m.addresses[1]):
            return
        fill = self._colour(pdfium.fill_colour, handle) if m.array[0] else None
        opaque = fill is not None and self._rgba.array[3] == 255
        stroke = self._colour(pdfium.stroke_colour, handle) if m.array[1] else None
        if fill is None and stroke is None:
            return
        count = pdfium.path_segments(handle)
        pad = 0.0
        if stroke is not None:
            pdfium.stroke_width(handle, self._f.addresses[0])
            pad = self._f.array[0]
        # A filled path of one rectangle's points is taken for one: its box costs one call and not fifteen.
        simple = (stroke is None and 4 <= count <= 5) or count > MAX_SEGMENTS - self._segments
        if not simple:
            self._segments += count
            parts = self._subpaths(handle, count)
            own = _concat(self._matrix(handle), matrix)
            for x0, y0, x1, y1, curved in parts:
                d = _placed(frame, own, x0, y0, x1, y1)
                d.fill, d.stroke, d.curved, d.order, d.opaque = fill, stroke, curved, self._order, opaque
                d.handle = handle
                _thicken(d, pad * (abs(own[0]) + abs(own[1])))
                out.append(d)
            return
        f = self._f
        if pdfium.object_bounds(handle, *f.addresses[:4]):
            d = _placed(frame, matrix, *f.array[:4])
            d.fill, d.curved, d.order, d.opaque = fill, count > 5, self._order, opaque
            d.stroke, d.handle = stroke, handle
            out.append(d)

    def _subpaths(self, handle: int, count: int) -> list[tuple[float, float, float, float, bool]]:
        """Boxes of the path's parts (a table's rules are often one path), and whether each has other than upright edges."""
        x, y = self._g.addresses
        point = self._g.array
        parts: list[tuple[float, float, float, float, bool]] = []
        x0 = y0 = x1 = y1 = px = py = 0.0
        curved = False
        open_ = False
        for i in range(count):
            segment = pdfium.path_segment(handle, i)
            pdfium.segment_point(segment, x, y)
            ax, ay = point[0], point[1]
            kind = pdfium.segment_type(segment)
            if kind == _MOVE_TO:
                if open_:
                    parts.append((x0, y0, x1, y1, curved))
                x0 = x1 = ax
                y0 = y1 = ay
                curved = open_ = False
            else:
                open_ = True
                if kind == _BEZIER_TO or (abs(ax - px) > 0.5 and abs(ay - py) > 0.5):
                    curved = True
                x0, x1, y0, y1 = min(x0, ax), max(x1, ax), min(y0, ay), max(y1, ay)
            px, py = ax, ay
        if open_:
            parts.append((x0, y0, x1, y1, curved))
        return parts


def _thicken(d: Drawing, width: float) -> None:
    """Give a bare line its width."""
    if d.stroke is not None and d.fill is None:
        if d.height < width:
            middle = (d.y0 + d.y1) / 2
            d.y0, d.y1 = middle - width / 2, middle + width / 2
        if d.width < width:
            middle = (d.x0 + d.x1) / 2
            d.x0, d.x1 = middle - width / 2, middle + width / 2


def _concat(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _placed(frame: Frame, matrix: _Matrix | None, x0: float, y0: float, x1: float, y1: float, *, image: bool = False) -> Drawing:
    if matrix is not None:
        a, b, c, d, e, f = matrix
        xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
        ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if not frame.turn:
        return Drawing(x0 - frame.left, frame.top - y1, x1 - frame.left, frame.top - y0, image=image)
    p, q = frame.point(x0, y0), frame.point(x1, y1)
    return Drawing(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1]), image=image)
