"""A writer of small PDFs in which every word, rule and colour stands where a test puts it.

The faces are Courier's, whose every character is 0.6 em wide: so a test knows where a line ends.
"""

from __future__ import annotations

import textwrap
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from evaltrail.read.formats import Options, pdf

if TYPE_CHECKING:
    from evaltrail.read.outline import Block, Outline

FACES = {"R": "Courier", "B": "Courier-Bold", "I": "Courier-Oblique", "H": "Helvetica", "Z": "ZapfDingbats"}
EM = 0.6


@dataclass
class Sheet:
    """One page."""

    width: float
    height: float
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    ops: list[str] = field(default_factory=list)
    image: tuple[int, int, bytes] | None = None

    def text(self, x, y, words, size=10.0, face="R", **kind):
        """Words with their baseline at ``y`` points from the lower edge."""
        a, b, c, d = kind.get("matrix") or (1, 0, 0, 1)
        r, g, bl = kind.get("colour") or (0, 0, 0)
        stroke, mode, rise = kind.get("stroke", 0), kind.get("mode", 0), kind.get("rise", 0)
        shown = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").decode("latin-1")
        ink = f"{r} {g} {bl} rg {r} {g} {bl} RG {stroke} w {mode} Tr {rise} Ts"
        self.ops.append(f"BT {ink} /{face} {size} Tf {a} {b} {c} {d} {x} {y} Tm ({shown}) Tj ET")
        return x + EM * size * len(words)

    def spread(self, x, y, words, gap, size=10.0, face="R"):
        """Words parted by ``gap`` points and no blanks."""
        step = -1000 * gap / size
        shown = f" {step:.0f} ".join(f"({w})" for w in words)
        self.ops.append(f"BT 0 g 0 Tr 0 Ts /{face} {size} Tf 1 0 0 1 {x} {y} Tm [{shown}] TJ ET")

    def block(self, x, y, words, width, size=10.0, face="R", leading=1.2, first=0.0, **kind):
        """A paragraph wrapped to ``width`` points, its first baseline at ``y``; returns the baseline after it."""
        room = int(width / (EM * size))
        lines = textwrap.wrap(words, room, initial_indent=" " * int(first / (EM * size)), break_on_hyphens=False)
        for line in lines:
            indent = (len(line) - len(line.lstrip())) * EM * size
            self.text(x + indent, y, line.lstrip(), size, face, **kind)
            y -= leading * size
        return y

    def rect(self, x, y, width, height, fill=None, stroke=None, line=0.5):
        """A rectangle whose lower left corner is at ``x``, ``y``."""
        paint = "B" if fill and stroke else "f" if fill else "S"
        ink = (f"{fill[0]} {fill[1]} {fill[2]} rg " if fill else "") + (
            f"{stroke[0]} {stroke[1]} {stroke[2]} RG {line} w " if stroke else ""
        )
        self.ops.append(f"q {ink}{x} {y} {width} {height} re {paint} Q")

    def rule(self, x0, y0, x1, y1, line=0.5):
        """A straight line."""
        self.ops.append(f"q 0 G {line} w {x0} {y0} m {x1} {y1} l S Q")

    def grid(self, xs, ys):
        """All rules of a table with these edges."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)

    def picture(self, width, height, grey):
        """A grey picture over the whole page."""
        self.image = (width, height, grey)
        self.ops.append(f"q {self.width} 0 0 {self.height} 0 0 cm /P Do Q")


class Paper:
    """A document of such pages."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.info = ""
        self.bookmarks: list[tuple[str, int]] = []
        """Titles, and numbers of the sheets that they point to, from 1."""

    def sheet(self, width=595.0, height=842.0, rotate=0, crop=None) -> Sheet:
        self.sheets.append(Sheet(width, height, rotate, crop))
        return self.sheets[-1]

    def bytes(self) -> bytes:
        objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        fonts = {}
        for key, name in FACES.items():
            encoding = "" if key == "Z" else " /Encoding /WinAnsiEncoding"
            objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name}{encoding} >>".encode())
            fonts[key] = len(objects)
        kids = []
        for sheet in self.sheets:
            stream = zlib.compress("\n".join(sheet.ops).encode("latin-1"))
            objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream")
            content = len(objects)
            picture = ""
            if sheet.image is not None:
                w, h, grey = sheet.image
                data = zlib.compress(grey)
                head = f"<< /Type /XObject /Subtype /Image /Width {w} /Height {h} /ColorSpace /DeviceGray /BitsPerComponent 8"
                head += f" /Filter /FlateDecode /Length {len(data)} >>"
                objects.append(head.encode() + b"\nstream\n" + data + b"\nendstream")
                picture = f" /XObject << /P {len(objects)} 0 R >>"
            faces = " ".join(f"/{k} {n} 0 R" for k, n in fonts.items())
            crop = f" /CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}]{crop} /Rotate {sheet.rotate} "
                f"/Resources << /Font << {faces} >>{picture} >> /Contents {content} 0 R >>".encode()
            )
            kids.append(len(objects))
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>".encode()
        if self.bookmarks:
            self._outlines(objects, kids)
        out = bytearray(b"%PDF-1.7\n")
        offsets = []
        for number, body in enumerate(objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
        return bytes(out)

    def _outlines(self, objects, kids) -> None:
        """Bookmarks, all of one level."""
        root = len(objects) + 1
        numbers = [root + 1 + i for i in range(len(self.bookmarks))]
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R /Outlines {root} 0 R >>".encode()
        objects.append(f"<< /Type /Outlines /First {numbers[0]} 0 R /Last {numbers[-1]} 0 R /Count {len(numbers)} >>".encode())
        for i, (title, sheet) in enumerate(self.bookmarks):
            before = f" /Prev {numbers[i - 1]} 0 R" if i else ""
            after = f" /Next {numbers[i + 1]} 0 R" if i + 1 < len(numbers) else ""
            objects.append(f"<< /Title ({title}) /Parent {root} 0 R{before}{after} /Dest [{kids[sheet - 1]} 0 R /Fit] >>".encode())

    def outline(self, **options) -> Outline:
        return pdf.outline(self.bytes(), Options(**options))


@pytest.fixture
def paper() -> Paper:
    """An empty document."""
    return Paper()


@pytest.fixture(scope="session")
def new_paper() -> type[Paper]:
    """For tests that make several."""
    return Paper


PROSE = (
    "The evaluation finds that the programme reached most of the groups for which it was planned and that partners "
    "kept the services running after the first year although the money for travel and training came late in two of the five regions. "
)


@pytest.fixture(scope="session")
def prose() -> str:
    """Running text of three lines or so."""
    return PROSE


def said(outline: Outline, kind: str | None = None) -> list[str]:
    """Texts of the blocks (of one kind)."""
    return [b.text for b in outline.blocks if kind is None or b.kind == kind]


@pytest.fixture(scope="session")
def texts():
    """The function ``said``."""
    return said


def shown(block: Block) -> list[list[str]]:
    """A table's cells as rows of texts, a spanning cell once."""
    assert block.table is not None
    return [[c.content().text for c in block.table.row(r)] for r in range(block.table.rows)]


@pytest.fixture(scope="session")
def cells():
    """The function ``shown``."""
    return shown


@pytest.fixture(scope="session")
def table_of():
    """The only table of an outline."""

    def find(outline: Outline) -> Block:
        found = [b for b in outline.blocks if b.kind == "table"]
        assert len(found) == 1, [b.text for b in outline.blocks]
        return found[0]

    return find
