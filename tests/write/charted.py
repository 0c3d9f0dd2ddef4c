"""Charts of every kind with any number of rows, and what stands in a drawing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from evaltrail.write import charts as c
from evaltrail.write.charts._face import width
from evaltrail.write.model import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.write.model import Table

SVG = "{http://www.w3.org/2000/svg}"
TODAY = dt.date(2026, 3, 1)
CRITERIA = ("Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability")
LONG = "Efficiency of the use of resources, of people and of time by the programme and all who took part in it, also after its end"
AGREE = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
STATES = (c.Status("Verified", "done"), c.Status("Claimed", "claimed"), c.Status("Under way", "under_way"), c.Status("Late", "late"))


def _name(i: int) -> str:
    return LONG if i % 7 == 3 else f"{CRITERIA[i % 6]} {i + 1}"


def bars(n: int, look: c.Look) -> c.Chart:
    values = (5, 3, 4, 2.5, None, 1, 6, "splendid")
    return c.rating_bars([c.RatingRow(_name(i), values[i % 8], earlier=(4, None, 3)[i % 3]) for i in range(n)], look=look)


def cells(n: int, look: c.Look) -> c.Chart:
    return c.rating_cell(n or None, look=look)


def heat(n: int, look: c.Look) -> c.Chart:
    rows = [c.HeatRow(_name(i), tuple((i + k) % 7 or None for k in range(6)), f"{2019 + i % 7}") for i in range(n)]
    return c.heat_map(rows, CRITERIA, look=look)


def answers(n: int, look: c.Look) -> c.Chart:
    rows = [c.LikertRow(_name(i), (i % 4, 12 - i % 12, None if i % 5 == 4 else 8, 30 + i, 9)) for i in range(n)]
    return c.likert(rows, AGREE, look=look)


def targets(n: int, look: c.Look) -> c.Chart:
    rows = [c.TargetRow(_name(i), (None, 10.0, -4.0)[i % 3], 120.0 + i, (88.5, None, 130.0, 4e9)[i % 4], "sites") for i in range(n)]
    return c.target_actual(rows, look=look)


def dates(n: int, look: c.Look) -> c.Chart:
    due = (dt.date(2026, 9, 30), "2025-06", None, "in due course", "2026-02-10")
    rows = [
        c.TimelineRow(
            _name(i),
            due[i % 5],
            dt.date(2024, 1 + i % 12, 1),
            ("2025-04-30", "2025-12-01")[: i % 3],
            dt.date(2026, 2, 20) if i % 4 == 1 else None,
            "R7, Fees and fairness" if i % 2 else "",
        )
        for i in range(n)
    ]
    return c.timeline(rows, TODAY, look=look)


def states(n: int, look: c.Look) -> c.Chart:
    periods = [c.StatusPeriod(f"{i % 12 + 1}/{2020 + i // 12}", (i, 3 + i % 4, None if i % 9 == 8 else 10, i % 3)) for i in range(n)]
    return c.status_over_time(periods, STATES, look=look)


def threads(n: int, look: c.Look) -> c.Chart:
    nodes, lines, breaks = [], [], []
    for i in range(n):
        nodes += [
            c.TrailNode(f"f{i}", "findings", f"F{i + 1}", _name(i)),
            c.TrailNode(f"r{i}", "recommendations", f"R{i + 1}", LONG, "high"),
            c.TrailNode(f"m{i}", "responses", "Accepted in part", "Yes to contracts, no to holding back sites", sign="partially_accepted"),
        ]
        lines += [c.TrailLine(f"f{i}", f"r{i}"), c.TrailLine(f"r{i}", f"m{i}")]
        if i:
            lines.append(c.TrailLine(f"f{i - 1}", f"r{i}", proposed=True))
        if i % 3 == 2:
            breaks.append(c.TrailBreak(f"m{i}", "actions", "Promises no action"))
    nodes += [c.TrailNode(f"c{i}", "conclusions", f"C{i + 1}", "The right places, a crowded field") for i in range(0, n, 4)]
    lines += [c.TrailLine(f"f{i}", f"c{i}") for i in range(0, n, 4)] + [c.TrailLine(f"c{i}", f"r{i}") for i in range(0, n, 4)]
    return c.trail(c.Trail(tuple(nodes), tuple(lines), tuple(breaks)), look=look)


ALL: dict[str, Callable[[int, c.Look], c.Chart]] = {
    "rating_bars": bars,
    "heat_map": heat,
    "likert": answers,
    "target_actual": targets,
    "timeline": dates,
    "status_over_time": states,
    "trail": threads,
}


@dataclass(frozen=True)
class Line:
    """A line of text in a drawing with its box, y downwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    turned: bool = False

    def meets(self, other: Line) -> bool:
        """Whether two lines lie on each other by more than a hair."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        return across > 0.4 and min(self.y1, other.y1) - max(self.y0, other.y0) > 0.4


def root(chart: c.Chart) -> ET.Element:
    return ET.fromstring(chart.picture.svg)  # noqa: S314  # our own drawing


def lines(chart: c.Chart) -> list[Line]:
    """The lines of text: from the top of a capital to the base line, as wide as the face has them."""
    out = []
    for el in root(chart).iter(f"{SVG}text"):
        size, bold = float(el.get("font-size", "0")), el.get("font-weight") == "700"
        face = "serif" if "Serif" in el.get("font-family", "") else "sans"
        y, parts = float(el.get("y", "0")), list(el) or [el]
        for part in parts:
            y += float(part.get("dy", "0"))
            text = (part.text or "").strip(" \u2067\u2069")
            wide, x = width(text, size, bold=bold, face=face), float(part.get("x", "0"))
            x -= {"middle": wide / 2, "end": wide}.get(el.get("text-anchor", ""), 0.0)
            turned = el.get("transform") is not None
            out.append(Line(text, x, y - 0.66 * size, x + wide, y, turned))
    return out


def texts(chart: c.Chart) -> list[str]:
    return ["".join(el.itertext()) for el in root(chart).iter(f"{SVG}text")]


def rows(table: Table) -> list[list[str]]:
    """Words of a table by row."""
    out = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        out[cell.row][cell.column] = " ".join(plain(p) for p in cell.paragraphs)
    return out


def rects(chart: c.Chart, fill: str | None = None) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of rectangles, of one colour where it is given."""
    found = [el for el in root(chart).iter(f"{SVG}rect") if fill is None or el.get("fill") == fill]
    return [tuple(float(el.get(k, "0")) for k in ("x", "y", "width", "height")) for el in found]  # type: ignore[misc]


def is_reference(svg: str) -> bool:
    """Whether a drawing asks for anything outside it or elsewhere in it."""
    return re.search(r"href|url\(|<style|<image|<use|@import|https?://(?!www\.w3\.org/2000/svg)", svg) is not None
