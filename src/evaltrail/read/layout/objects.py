"""Objects: a PDFium page to words and drawings in layout coordinates."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any


from evaltrail.read.layout import pdfium
from evaltrail.read.layout.drawings import Drawings
from evaltrail.read.layout.fonts import Faces
from evaltrail.read.layout.model import Drawing, Frame, PageObjects, Style, Word

if TYPE_CHECKING:
    import pypdfium2

_TOKEN = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")
_WIDE = re.compile(r"[\U00010000-\U0010ffff]")
_UNMAPPED = re.compile("[\x00\x03-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_CLEAN = {1: None, 2: "-", 0xFFFE: "-", 0xAD: "-"}
_SYMBOL_AREA = range(0xF020, 0xF100)
_HIDDEN_MODES = (3, 7)
_STROKED_MODES = (1, 2, 5, 6)
SAMPLE = 64
"""Characters of a page that are asked for faults in their font's character map."""
SCAN_SHARE = 0.7
"""Share of the page that pictures cover on a scanned one."""
SCAN_TEXT = 60
"""Characters up to which a page covered by a picture has no text of its own (a stamped page number, a file mark)."""
MIN_SIZE = 1.5
"""Smaller text cannot be read and is not meant to be."""


class _Facts:
    """What all characters of one text object share."""

    __slots__ = ("handle", "hidden", "style", "turn")

    def __init__(self, handle: int, style: Style, turn: int, *, hidden: bool) -> None:
        self.handle = handle
        self.style = style
        self.turn = turn
        self.hidden = hidden


class Reader:
    """Reads the pages of one open document; keeps fonts, styles and buffers between pages."""

    def __init__(self) -> None:
        self.faces = Faces()
        self.styles: dict[tuple[Any, ...], Style] = {}
        self.drawings = Drawings()
        self._d = pdfium.Doubles(4)
        self._f = pdfium.Floats(6)
        self._rgba = pdfium.Unsigned(4)

    def page(self, number: int, page: pypdfium2.PdfPage) -> PageObjects:
        """Words and drawings of a page."""
        handle = pdfium.address(page.raw)
        left, bottom, right, top = page.get_bbox()
        out = PageObjects(number, Frame(left, bottom, right, top, page.get_rotation()))
        textpage = page.get_textpage()
        try:
            found = self._words(pdfium.address(textpage.raw), out)
        finally:
            textpage.close()
        # A page whose text runs up or down is a sheet turned without saying so: turn it as most of its text asks.
        out.frame.turn = _main_turn(found, out.frame.turn)
        out.drawings = self.drawings.of(handle, out.frame)
        visible = [w for w in found if not w[7].hidden]
        words = _upright(visible, out.frame)
        covered = painted_over(words, [self.drawings.texts.get(w[7].handle, 0) for w in visible], out.drawings)
        seen = [w for w in words if id(w) not in covered]
        # Text under a picture of the page, or painted invisibly on it, is what OCR has read from it.
        if len(seen) < 0.1 * len(found) and picture_share(out) > SCAN_SHARE:
            out.scanned = True
            seen = _upright(found, out.frame)
            out.read_by_ocr = bool(seen)
        elif sum(len(w.text) for w in seen) < SCAN_TEXT and picture_share(out) > SCAN_SHARE:
            out.scanned = True
        out.words = seen
        return out

    def _words(self, text: int, out: PageObjects) -> list[tuple[Any, ...]]:
        """Words in PDF coordinates: (text, x0, y0, x1, y1, origin x, origin y, facts, glued)."""
        count = pdfium.chars(text)
        if count <= 0:
            return []
        string = _page_string(text, count)
        out.characters = len(string) - string.count(" ") - 2 * string.count("\r\n")
        facts: dict[int, _Facts | None] = {}
        words: list[tuple[Any, ...]] = []
        char_object = pdfium.char_object
        for match in _TOKEN.finditer(string):
            start, end = match.span()
            first = char_object(text, start)
            if end - start == 1 or char_object(text, end - 1) == first:
                self._word(text, string, start, end, first, facts, words, out, glued=False)
                continue
            at = start
            while at < end:
                here = char_object(text, at)
                stop = at + 1
                while stop < end and char_object(text, stop) == here:
                    stop += 1
                self._word(text, string, at, stop, here, facts, words, out, glued=at > start)
                at = stop
        out.unmapped = self._map_errors(text, string)
        out.unmapped += len(_UNMAPPED.findall(string)) - sum(1 for w in words if w[7].style.symbol and _UNMAPPED.match(w[0]))
        return words

    def _map_errors(self, text: int, string: str) -> int:
        """About how many characters have no entry in their font's character map, from a sample."""
        step = max(1, len(string) // SAMPLE)
        seen = [i for i in range(0, len(string), step) if string[i].isalpha()]
        return step * sum(pdfium.char_map_error(text, i) == 1 for i in seen)

    def _word(  # noqa: PLR0913
        self, text: int, string: str, start: int, end: int, handle: int, facts: dict[int, Any], words: list[tuple[Any, ...]], out: PageObjects, *, glued: bool
    ) -> None:
        known = facts.get(handle, False)
        if known is False:
            known = facts[handle] = self._facts(text, start, handle)
        if known is None:
            return
        characters = string[start:end]
        cells, addresses = self._d.cells, self._d.addresses
        l, r, b, t = addresses  # noqa: E741
        pdfium.char_box(text, start, l, r, b, t)
        x0, x1, y0, y1 = (c.value for c in cells)
        if end - start > 1:
            pdfium.char_box(text, end - 1, l, r, b, t)
            a0, a1, b0, b1 = (c.value for c in cells)
            x0, x1, y0, y1 = min(x0, a0), max(x1, a1), min(y0, b0), max(y1, b1)
        if x1 < out.frame.left or x0 > out.frame.right or y1 < out.frame.bottom or y0 > out.frame.top:
            return
        pdfium.char_origin(text, start, l, r)
        words.append((characters if characters.isascii() and characters.isprintable() else _clean(characters), x0, y0, x1, y1, cells[0].value, cells[1].value, known, glued))

    def _facts(self, text: int, at: int, handle: int) -> _Facts | None:
        if not handle:
            return None
        f, addresses = self._f.array, self._f.addresses
        pdfium.text_size(handle, addresses[0])
        size = f[0]
        pdfium.char_matrix(text, at, addresses[0])
        a, b, c, d = f[0], f[1], f[2], f[3]
        size *= math.hypot(c, d) or math.hypot(a, b)
        if size < MIN_SIZE:
            return None
        turn = round(math.degrees(math.atan2(b, a))) % 360
        mode = pdfium.text_mode(handle)
        r, g, bl, al = self._rgba.addresses
        colour = None
        rgba = self._rgba.array
        if pdfium.fill_colour(handle, r, g, bl, al):
            hidden = mode in _HIDDEN_MODES or (rgba[3] == 0 and mode not in _STROKED_MODES)
            colour = colour_name(rgba[0], rgba[1], rgba[2])
        else:
            hidden = mode in _HIDDEN_MODES
        face = self.faces.face(pdfium.text_font(handle) or 0)
        if face.barcode:
            return None
        bold = face.bold
        if not bold and mode in _STROKED_MODES:
            # A face made bold by stroking its outline; a hair line is only an artefact of the program that wrote it.
            pdfium.stroke_width(handle, addresses[0])
            bold = f[0] * math.hypot(c, d) > 0.012 * size if math.hypot(c, d) else f[0] > 0
        # An upright face slanted by its matrix.
        italic = face.italic or (abs(b) < 1e-6 < abs(d) and 0.15 < c / d < 0.5)
        key = (face.name, round(size, 1), bold, italic, colour)
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = Style(face.name, round(size, 1), bold, italic, colour, face.symbol)
        return _Facts(handle, style, turn, hidden=hidden)


def picture_share(page: PageObjects) -> float:
    """Share of the page that its largest pictures cover (a scan is sometimes cut in strips)."""
    width, height = page.frame.width, page.frame.height
    area = 0.0
    for d in page.drawings:
        if d.image:
            area += max(0.0, min(d.x1, width) - max(d.x0, 0.0)) * max(0.0, min(d.y1, height) - max(d.y0, 0.0))
    return min(1.0, area / max(1.0, width * height))


def painted_over(words: list[Word], orders: list[int], drawings: list[Drawing]) -> set[int]:
    """``id`` of each word over which something opaque was painted later."""
    if not words:
        return set()
    first = min(orders)
    covers = [d for d in drawings if d.opaque and not d.curved and d.order > first and d.width > 12 and d.height > 5]
    if not covers:
        return set()
    sorted_words = sorted(zip(words, orders, strict=True), key=lambda pair: pair[0].base)
    bases = [w.base for w, _ in sorted_words]
    out: set[int] = set()
    for d in covers:
        for i in range(bisect_left(bases, d.y0), bisect_right(bases, d.y1 + 2)):
            w, order = sorted_words[i]
            if order < d.order and d.x0 - 1 <= w.x0 and w.x1 <= d.x1 + 1 and d.y0 - 1 <= w.y0 and w.y1 <= d.y1 + 1:
                out.add(id(w))
    return out


def colour_name(red: int, green: int, blue: int) -> str | None:
    """'#rrggbb', or None for black and what cannot be told from it."""
    if red < 0x30 and green < 0x30 and blue < 0x30:
        return None
    return f"#{red:02x}{green:02x}{blue:02x}"


def _page_string(text: int, count: int) -> str:
    """The page's characters, one a PDFium index: a character outside the basic plane is followed by U+0001."""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    got = pdfium.page_text(text, 0, count, ctypes.addressof(buffer))
    if got - 1 == count:
        string = buffer.raw[: 2 * count].decode("utf-16-le", "replace")
        if len(string) == count:
            return string
        string = _WIDE.sub(lambda m: m[0] + "\x01", string)
        if len(string) == count:
            return string
    points = [pdfium.char_unicode(text, i) for i in range(count)]
    return "".join(chr(p) if 0 < p < 0x110000 and not 0xD800 <= p < 0xE000 else "\x01" if 0xDC00 <= p < 0xE000 else "\ufffd" for p in points)


def _clean(characters: str) -> str:
    """A token without fillers; soft hyphens as hyphens, for in a PDF they are only there when they are seen."""
    return characters.translate(_CLEAN)


def _main_turn(words: list[tuple[Any, ...]], shown: int) -> int:
    """The quarter turn clockwise that makes most of the page's text upright; the page's own where no direction leads."""
    weight: dict[int, int] = {}
    for w in words:
        weight[w[7].turn] = weight.get(w[7].turn, 0) + len(w[0])
    if not weight:
        return shown
    turn, most = max(weight.items(), key=lambda item: item[1])
    return turn if turn in (0, 90, 180, 270) and most > 0.6 * sum(weight.values()) else shown


def _upright(found: list[tuple[Any, ...]], frame: Frame) -> list[Word]:
    point = frame.point
    out = []
    turn, left, top = frame.turn, frame.left, frame.top
    for text, x0, y0, x1, y1, ox, oy, facts, glued in found:
        if not turn:
            a0, b0, a1, b1, base = x0 - left, top - y1, x1 - left, top - y0, top - oy
        else:
            p, q = point(x0, y0), point(x1, y1)
            a0, a1 = (p[0], q[0]) if p[0] <= q[0] else (q[0], p[0])
            b0, b1 = (p[1], q[1]) if p[1] <= q[1] else (q[1], p[1])
            base = point(ox, oy)[1]
        out.append(Word(text, a0, b0, a1, b1, base, facts.style, glued, (facts.turn - turn) % 360))
    return out
