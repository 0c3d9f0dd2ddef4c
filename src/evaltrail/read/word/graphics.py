"""Charts and diagrams of a DOCX: the values that a chart shows as a table, the words of a diagram as a box."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.markup.draft import Draft
from evaltrail.read.markup.grid import CellDraft, FlowTable, RowDraft
from evaltrail.read.word.package import local, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from evaltrail.read.word.body import Reader

_MOST_POINTS = 500
"""Points of a series above which a chart is a cloud of dots that no table helps to read."""


@dataclass(slots=True)
class _Series:
    name: str = ""
    labels: dict[int, str] = field(default_factory=dict)
    values: dict[int, str] = field(default_factory=dict)


def read_chart(reader: Reader, root: Element) -> None:
    """A chart as caption and table: a row a category, a column a series (DrawingML, part 1, 21.2)."""
    plot = next((el for el in root.iter() if local(el) == "plotArea"), None)
    if plot is None:
        return
    series = [_series(el) for el in plot.iter() if local(el) == "ser"]
    series = [s for s in series if s.values]
    points = sorted({i for s in series for i in (*s.labels, *s.values)})
    if not points or len(points) > _MOST_POINTS:
        return
    title = next((_words(el) for el in root.iter() if local(el) == "title" and local(_above(el)) == "chart"), "")
    if title:
        _say(reader, "caption", title)
    labels = {i: label for s in reversed(series) for i, label in s.labels.items()}
    rows: list[list[str]] = []
    if any(s.name for s in series):
        rows.append(["", *(s.name for s in series)])
    rows.extend([labels.get(i, ""), *(s.values.get(i, "") for s in series)] for i in points)
    _table(reader, rows, headed=any(s.name for s in series))


def _above(el: Element) -> Element:
    parent = el.getparent()
    return el if parent is None else parent


def _series(ser: Element) -> _Series:
    out = _Series()
    for el in ser:
        name = local(el)
        if name == "tx":
            out.name = " ".join(dict(_points(el)).values()) or _words(el)
        elif name in {"cat", "xVal"}:
            out.labels = dict(_points(el))
        elif name in {"val", "yVal"}:
            out.values = {i: _number(v) for i, v in _points(el)}
    return out


def _points(el: Element) -> Iterator[tuple[int, str]]:
    """Index and text of the cached points."""
    for pt in el.iter():
        if local(pt) == "pt":
            value = next((c.text or "" for c in pt if local(c) == "v"), "")
            yield number(pt.get("idx")) or 0, " ".join(value.split())


def _number(text: str) -> str:
    """A value without the noise of binary fractions: 4.2999999999999998 is 4.3."""
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text


def _words(el: Element) -> str:
    return " ".join("".join(t.text or "" for t in el.iter() if local(t) in {"t", "v"}).split())


def _say(reader: Reader, kind: str, text: str) -> None:
    reader.composer.begin(Draft(kind, style="chart", box=reader.box, aside=reader.aside))  # type: ignore[arg-type]
    reader.composer.words(text)
    reader.composer.end()


def _table(reader: Reader, rows: list[list[str]], *, headed: bool) -> None:
    composer = reader.composer
    sink = composer.into
    table = FlowTable(ruled=False)
    for i, row in enumerate(rows):
        draft = RowDraft(head=headed and i == 0)
        table.rows.append(draft)
        for text in row:
            cell = CellDraft()
            draft.cells.append(cell)
            composer.into = cell.drafts
            _say(reader, "paragraph", text)
    composer.into = sink
    built = table.lay()
    if built is not None and not reader.aside:
        sink.append(Draft("table", style="chart", box=reader.box, table=built))


def read_diagram(reader: Reader, root: Element) -> None:
    """The words of a SmartArt diagram, a paragraph each point, in one box."""
    held = reader.box
    reader.box = reader.box or reader.new_box()
    for point in root.iter():
        if local(point) == "pt" and point.get("type") in {None, "node", "asst", "doc"}:
            text = _words(point)
            if text:
                _say(reader, "paragraph", text)
    reader.box = held
