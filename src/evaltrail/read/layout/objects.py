"""Objects: a PDFium page to words and drawings in layout coordinates."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evaltrail.read.layout import pdfium
from evaltrail.read.layout.drawings import Drawings
from evaltrail.read.layout.fonts import Faces
from evaltrail.read.layout.model import Drawing, Frame, PageObjects, Style, Word
from evaltrail.read.layout.tagged import Structure

if TYPE_CHECKING:
    import pypdfium2

_TOKEN = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")
_WIDE = re.compile(r"[\U00010000-\U0010ffff]")
_FIGURE = re.compile(r"""(?<=[^\W\d_]|[.,;:)\]”’"»])\d{1,3}(?=[.,;:)\]”’"»]?(?:\s|$))|(?<!\S)\d{1,3}(?=[^\W\d_])|[¹²³⁴-⁹⁰]+""")
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
ASCENT, DESCENT = 0.76, 0.22
"""Height of a word above and below its baseline, in ems."""
ODD_SIZE = 4.0
"""Points under which a size is checked against the characters' boxes."""
RAISED = 0.2
"""Ems above the baseline at which the foot of a raised figure stands at least."""
MIN_SIZE = 1.5
"""Smaller text cannot be read and is not meant to be."""


_UNKNOWN: Any = object()
_MARKER = re.compile(r"[(\[]?\w{0,7}(?:\.\w{1,4}){0,4}[.)\]:–-]{0,2}(?<=[.)\]:0-9–-])|.")
JOIN = 0.6
"""Ems of white up to which words of one text object are one piece."""
_QUARTERS = (0, 90, 180, 270)


class _Facts:
    """What all characters of one text object share."""

    __slots__ = ("base", "hidden", "style", "turn")

    def __init__(self, style: Style, turn: int, base: float, *, hidden: bool) -> None:
        self.base = base
        self.style = style
        self.turn = turn
        self.hidden = hidden


class Reader:
    """Reads the pages of one open document; keeps fonts, styles and buffers between pages."""

    def __init__(self) -> None:
        self.faces = Faces()
        self.styles: dict[tuple[Any, ...], Style] = {}
        self.drawings = Drawings()
        self.structure = Structure()
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
            words, orders, hidden = self._words(pdfium.address(textpage.raw), out)
        finally:
            textpage.close()
        out.drawings = self.drawings.of(handle, out.frame)
        found = len(words)
        seen = words
        if hidden:
            seen = [w for w in words if id(w) not in hidden]
        if out.drawings:
            handles = [self.drawings.texts.get(h, 0) for h in orders]
            covered = painted_over(words, handles, out.drawings)
            if covered:
                seen = [w for w in seen if id(w) not in covered]
        self.structure.mark(handle, words, orders, out.drawings)
        # Text under a picture of the page, or painted invisibly on it, is what OCR has read from it.
        if len(seen) < 0.1 * found and picture_share(out) > SCAN_SHARE:
            out.scanned = out.read_by_ocr = True
            seen = words
        elif found < SCAN_TEXT and sum(len(w.text) for w in seen) < SCAN_TEXT and picture_share(out) > SCAN_SHARE:
            out.scanned = True
        out.words = seen
        return out

    def _words(self, text: int, out: PageObjects) -> tuple[list[Word], list[int], set[int]]:
        """Words in layout coordinates, the text object of each, and ``id`` of those painted invisibly."""
        count = pdfium.chars(text)
        if count <= 0:
            return [], [], set()
        string = _page_string(text, count)
        out.characters = len(string) - string.count(" ") - 2 * string.count("\r\n")
        spans = self._spans(text, string)
        facts: dict[int, _Facts | None] = {}
        weight: dict[int, int] = {}
        for start, end, handle, _ in spans:
            known = facts.get(handle, _UNKNOWN)
            if known is _UNKNOWN:
                known = facts[handle] = self._facts(text, start, handle)
            if known is not None:
                weight[known.turn] = weight.get(known.turn, 0) + end - start
        # A page whose text runs up or down is a sheet turned without saying so: turn it as most of its text asks.
        frame = out.frame
        turn, most = max(weight.items(), key=lambda item: item[1], default=(frame.turn, 0))
        if turn in _QUARTERS and most > 0.6 * sum(weight.values()):
            frame.turn = turn
        spans, raised = self._raised(text, string, spans, facts)
        words, orders = self._placed(text, string, spans, facts, frame, raised)
        hidden = {id(w) for w, h in zip(words, orders, strict=True) if facts[h].hidden}  # type: ignore[union-attr]
        out.unmapped = self._map_errors(text, string)
        if not string.isascii():
            out.unmapped += len(_UNMAPPED.findall(string)) - sum(1 for w in words if w.style.symbol and _UNMAPPED.match(w.text))
        return words, orders, hidden

    def _spans(self, text: int, string: str) -> list[tuple[int, int, int, bool]]:
        """Tokens cut where the text object changes: start, end, object, and whether it follows the one before without white space."""
        char_object = pdfium.char_object
        out: list[tuple[int, int, int, bool]] = []
        tokens = [m.span() for m in _TOKEN.finditer(string)]
        starts = [char_object(text, start) for start, _ in tokens]
        starts.append(0)
        for i, (start, end) in enumerate(tokens):
            first = starts[i]
            # The object of the next token is this one's too: so are all characters between.
            if first == starts[i + 1] or end - start == 1 or char_object(text, end - 1) == first:
                out.append((start, end, first, False))
                continue
            at = start
            while at < end:
                here = char_object(text, at)
                stop = at + 1
                while stop < end and char_object(text, stop) == here:
                    stop += 1
                out.append((at, stop, here, at > start))
                at = stop
        return out

    def _raised(
        self, text: int, string: str, spans: list[tuple[int, int, int, bool]], facts: dict[int, Any]
    ) -> tuple[list[tuple[int, int, int, bool]], set[int]]:
        """Spans cut where a number hangs on a word as a raised figure of the same font; the starts of such figures."""
        found = [(m.start(), m.end()) for m in _FIGURE.finditer(string)]
        if not found:
            return spans, set()
        out: list[tuple[int, int, int, bool]] = []
        raised: set[int] = set()
        at = 0
        for start, end, handle, glued in spans:
            while at < len(found) and found[at][1] <= start:
                at += 1
            known = facts.get(handle)
            if (
                at == len(found)
                or found[at][0] >= end
                or known is None
                or known.turn
                or not self._is_raised(text, string, found[at], known)
            ):
                out.append((start, end, handle, glued))
                continue
            first, last = max(start, found[at][0]), min(end, found[at][1])
            raised.add(first)
            out += [
                part
                for part in ((start, first, handle, glued), (first, last, handle, True), (last, end, handle, True))
                if part[0] < part[1]
            ]
        return out, raised

    def _is_raised(self, text: int, string: str, figure: tuple[int, int], known: _Facts) -> bool:
        if not string[figure[0]].isascii():
            return True
        pdfium.char_box(text, figure[0], *self._d.addresses)
        return self._d.cells[2].value - known.base > RAISED * known.style.size

    def _placed(
        self, text: int, string: str, spans: list[tuple[int, int, int, bool]], facts: dict[int, Any], frame: Frame, raised: set[int]
    ) -> tuple[list[Word], list[int]]:
        """Words with their boxes. Upright ones take their height from the font's size, so that all words of a line are alike."""
        char_box, at, (cl, cr, cb, ct) = pdfium.char_box, self._d.addresses, self._d.cells
        left, right, bottom, top, turn = frame.left, frame.right, frame.bottom, frame.top, frame.turn
        words: list[Word] = []
        orders: list[int] = []
        last: Any = None
        last_handle = 0
        for start, end, handle, glued in spans:
            known = facts[handle]
            if known is None:
                continue
            char_box(text, start, *at)
            x0, x1 = cl.value, cr.value
            straight = turn == 0 and known.turn == 0
            y0, y1 = (known.base, known.base) if straight else (cb.value, ct.value)
            if end - start > 1:
                char_box(text, end - 1, *at)
                x0, x1 = min(x0, cl.value), max(x1, cr.value)
                if not straight:
                    y0, y1 = min(y0, cb.value), max(y1, ct.value)
            if x1 < left or x0 > right or y1 < bottom or y0 > top:
                continue
            characters = string[start:end]
            # Words of one object go on as one piece, the first kept apart where it may be a marker.
            if handle == last_handle and not glued and straight and start not in raised:
                gap = x0 - left - last.x1
                if -0.2 * last.style.size < gap < JOIN * last.style.size and not (last.count == 1 and _MARKER.fullmatch(last.text)):
                    if not characters.isascii() or not characters.isprintable():
                        characters = characters.translate(_CLEAN)
                    last.text = f"{last.text} {characters}"
                    last.x1 = x1 - left
                    last.count += 1
                    continue
            if not characters.isascii() or not characters.isprintable():
                characters = characters.translate(_CLEAN)
            style = known.style
            if straight:
                base = top - known.base
                if start in raised:
                    style, base = self._small(style), base - RAISED * style.size
                word = Word(
                    characters,
                    x0 - left,
                    base - ASCENT * style.size,
                    x1 - left,
                    base + DESCENT * style.size,
                    base,
                    style,
                    glued,
                    0,
                    x1 - left,
                )
                last, last_handle = word, handle
            else:
                word = self._turned(text, start, characters, (x0, y0, x1, y1), known, frame)
                word.glued, word.lead = glued, word.x1
                last_handle = 0
            words.append(word)
            orders.append(handle)
        return words, orders

    def _small(self, style: Style) -> Style:
        """The style of raised figures of a font."""
        key = (style.font, style.size, style.bold, style.italic, style.colour, "raised")
        small = self.styles.get(key)
        if small is None:
            small = self.styles[key] = replace(style, size=round(0.6 * style.size, 1))
        return small

    def _turned(self, text: int, start: int, characters: str, box: tuple[float, float, float, float], known: _Facts, frame: Frame) -> Word:
        """A word that does not run to the right on the page as PDFium has it."""
        l, r, _, _ = self._d.addresses  # noqa: E741
        pdfium.char_origin(text, start, l, r)
        p, q = frame.point(box[0], box[1]), frame.point(box[2], box[3])
        base = frame.point(self._d.cells[0].value, self._d.cells[1].value)[1]
        turned = (known.turn - frame.turn) % 360
        y0, y1 = min(p[1], q[1]), max(p[1], q[1])
        if not turned:
            y0, y1 = base - ASCENT * known.style.size, base + DESCENT * known.style.size
        return Word(characters, min(p[0], q[0]), y0, max(p[0], q[0]), y1, base, known.style, turned=turned)

    def _map_errors(self, text: int, string: str) -> int:
        """About how many characters have no entry in their font's character map, from a sample."""
        step = max(1, len(string) // SAMPLE)
        seen = [i for i in range(0, len(string), step) if string[i].isalpha()]
        return step * sum(int(pdfium.char_map_error(text, i) == 1) for i in seen)

    def _facts(self, text: int, at: int, handle: int) -> _Facts | None:
        if not handle:
            return None
        f, addresses = self._f.array, self._f.addresses
        pdfium.text_size(handle, addresses[0])
        size = f[0]
        pdfium.char_matrix(text, at, addresses[0])
        a, b, c, d = f[0], f[1], f[2], f[3]
        size *= math.hypot(c, d) or math.hypot(a, b)
        l, r, bottom, top = self._d.addresses  # noqa: E741
        if size < ODD_SIZE:
            # A font drawn by its own procedures may have any unit: its characters tell its size.
            pdfium.char_box(text, at, l, r, bottom, top)
            high = self._d.cells[3].value - self._d.cells[2].value
            if high > 1.4 * size and abs(b) < abs(a):
                size = high
        if size < MIN_SIZE:
            return None
        pdfium.char_origin(text, at, l, r)
        base = self._d.cells[1].value
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
        return _Facts(style, turn, base, hidden=hidden)


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
        clear: bool | None = None
        for i in range(bisect_left(bases, d.y0), bisect_right(bases, d.y1 + 2)):
            w, order = sorted_words[i]
            if order < d.order and d.x0 - 1 <= w.x0 and w.x1 <= d.x1 + 1 and d.y0 - 1 <= w.y0 and w.y1 <= d.y1 + 1:
                if clear is None:
                    clear = bool(pdfium.transparent(d.handle))
                if not clear:
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
    return "".join(
        chr(p) if 0 < p < 0x110000 and not 0xD800 <= p < 0xE000 else "\x01" if 0xDC00 <= p < 0xE000 else "\ufffd" for p in points
    )
