"""PDFs drawn for a test: words and filled rectangles put where a test wants them, with nothing but the standard font."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTHS = {
    "i": 222,
    "l": 222,
    "j": 222,
    "f": 278,
    "t": 278,
    "I": 278,
    " ": 278,
    ".": 278,
    ",": 278,
    "r": 333,
    "-": 333,
    "m": 833,
    "w": 722,
    "M": 833,
}
"""Advance widths of Helvetica in thousandths of the size, where they are far from the rest's."""


def width(text: str, size: float) -> float:
    """About how long a text is, in points."""
    return sum(WIDTHS.get(c, 556) for c in text) * size / 1000


@dataclass
class Page:
    """One page of 595 by 842 points that is drawn from the top."""

    parts: list[str] = field(default_factory=list)

    def words(self, text: str, x: float, y: float, *, size: float = 10, align: str = "left") -> None:
        """Words with their baseline at ``y`` points from the bottom."""
        x -= {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * width(text, size)
        coded = "".join(f"\\{b:03o}" if b > 126 or chr(b) in "()\\" else chr(b) for b in text.encode("cp1252"))
        self.parts.append(f"BT /F1 {size} Tf 0 g {x:.2f} {y:.2f} Td ({coded}) Tj ET")

    def bar(self, x: float, y: float, wide: float, high: float, colour: tuple[float, float, float] = (0.1, 0.3, 0.5)) -> None:
        """A filled rectangle from its lower left corner."""
        self.parts.append(f"{colour[0]} {colour[1]} {colour[2]} rg {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re f")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin grey line."""
        self.parts.append(f"0.7 G 0.5 w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")


def pdf(*pages: Page) -> bytes:
    """The pages as a PDF file."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects += [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for i, page in enumerate(pages):
        content = "\n".join(page.parts).encode("ascii")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * i)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


@dataclass(frozen=True)
class Chart:
    """A bar chart to be drawn."""

    marks: tuple[tuple[str, float], ...]
    title: str = "Figure 1. Ratings by criterion"
    low: int = 0
    """Value at the bars' foot."""
    high: int = 6
    upright: bool = False
    grid: bool = False
    track: bool = False
    axis: bool = True
    values: bool = False
    legend: str = ""
    text: tuple[str, ...] = ()
    """Lines of running text above."""


def drawn(chart: Chart) -> bytes:
    """A page with some text, the chart and its legend, as PDF."""
    page = Page()
    page.words("Overall assessment", 72, 770, size=14)
    for i, line in enumerate(chart.text or ("The figure shows how the evaluation rated the programme by criterion.",)):
        page.words(line, 72, 745 - 14 * i)
    page.words(chart.title, 72, 690, size=9)
    (_columns if chart.upright else _bars)(page, chart)
    page.words(chart.legend, 72, 360, size=8.5)
    page.words("The chapters that follow give the reasons for each of the ratings in turn.", 72, 330)
    return pdf(page)


def _bars(page: Page, chart: Chart) -> None:
    unit, foot, top = 220 / (chart.high - chart.low), 200, 660
    bottom = top - 24 * len(chart.marks)
    for i, (name, value) in enumerate(chart.marks):
        y = top - 24 * (i + 1) + 5
        page.words(name, foot - 8, y + 4, size=9, align="right")
        if chart.track:
            page.bar(foot, y, 220, 14, (0.9, 0.9, 0.9))
        if value > chart.low:
            page.bar(foot, y, (value - chart.low) * unit, 14)
        if chart.values:
            page.words(f"{value:g}", foot + (value - chart.low) * unit + 5, y + 4, size=9)
    for n in range(max(chart.low, 1), chart.high + 1):
        x = foot + (n - chart.low) * unit
        if chart.grid:
            page.line(x, bottom, x, top)
        if chart.axis:
            page.words(str(n), x, bottom - 14, size=9, align="centre")


def _columns(page: Page, chart: Chart) -> None:
    unit, foot, left = 180 / (chart.high - chart.low), 440, 120
    for i, (name, value) in enumerate(chart.marks):
        x = left + 66 * i + 16
        page.bar(x, foot, 34, (value - chart.low) * unit)
        for k, line in enumerate(name.split("\n")):
            page.words(line, x + 17, foot - 14 - 10 * k, size=8, align="centre")
        if chart.values:
            page.words(f"{value:g}", x + 17, foot + (value - chart.low) * unit + 4, size=9, align="centre")
    for n in range(max(chart.low, 1), chart.high + 1):
        y = foot + (n - chart.low) * unit
        if chart.grid:
            page.line(left, y, left + 66 * len(chart.marks), y)
        if chart.axis:
            page.words(str(n), left - 12, y - 3, size=9, align="right")
