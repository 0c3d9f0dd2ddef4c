"""Page: one page's objects to elements in reading order: lines and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.layout.areas import Areas, areas_of
from evaltrail.read.layout.columns import HUNG, Atom, ordered
from evaltrail.read.layout.figures import MIN_SHAPES, drawn_words, labels_of, outline_shapes, outline_words, shapes_of
from evaltrail.read.layout.furniture import rule_key
from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.lines import fragments, make_line, rows
from evaltrail.read.layout.rules import ink_of

if TYPE_CHECKING:
    from collections.abc import Container

    from evaltrail.read.layout.areas import Panel
    from evaltrail.read.layout.model import Frame, Line, PageObjects, Word
    from evaltrail.read.layout.rules import Rule
    from evaltrail.read.outline import Shape
    from evaltrail.read.outline import Word as OutlineWord

PAD = 30.0
"""Points from which white at a box's left is more than its padding."""


@dataclass(slots=True)
class LaidPage:
    """A page in reading order."""

    number: int
    frame: Frame
    elements: list[Line | Grid]
    text: str = ""
    rules: list[Rule] = field(default_factory=list)
    """Horizontal rules that belong to no table."""
    panels: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    """Left, upper, right and lower edge of each box."""
    shapes: tuple[Shape, ...] = ()
    words: tuple[OutlineWord, ...] = ()


def lay_out(objects: PageObjects, furniture: Container[tuple[int, int, int]] = ()) -> LaidPage:
    """Tables, boxes and columns of a page, and its text. ``furniture`` are rules that belong to headers and footers."""
    frame = objects.frame
    upright = [w for w in objects.words if not w.turned]
    drawn = drawn_words(upright)
    if drawn:
        # What is drawn as a figure draws no table and no box.
        in_figures = {id(w) for run in drawn for w in run}
        upright = [w for w in upright if id(w) not in in_figures]
    turned = [w for w in objects.words if w.turned]
    ink = ink_of((d for d in objects.drawings if not (drawn and d.drawn)), frame.width, frame.height, upright)
    set_aside = {id(r) for r in ink.across if rule_key(r.at, r.start, r.end) in furniture}
    # What is turned by less than a quarter is a watermark and belongs to no cell.
    square = [w for w in objects.words if w.turned % 90 == 0 and not (drawn and w.drawn)]
    areas = areas_of(ink, square, frame.width, frame.height, set_aside)
    number = objects.number
    taken = {id(w) for g in areas.grids for c in g.cells for w in c.words}
    for i, panel in enumerate(areas.panels):
        panel.key = f"p{number}b{i + 1}"
    out = LaidPage(number, frame, [])
    out.panels = {p.key: (p.x0, p.y0, p.x1, p.y1) for p in areas.panels}
    out.rules = [r for r in ink.across if not any(g.y0 - 3 <= r.at <= g.y1 + 3 for g in areas.grids)]
    free = [w for w in upright if id(w) not in taken]
    shapes = shapes_of(objects.drawings, areas, upright, (frame.width, frame.height))
    labels = labels_of(objects.drawings, shapes, areas, free) if len(objects.drawings) >= MIN_SHAPES else []
    named = {id(w) for run in labels for w in run}
    free = [w for w in free if id(w) not in named]
    _flow(free, areas, number, out.elements, frame.width)
    for grid in (e for e in out.elements if isinstance(e, Grid)):
        grid.page = number
        for cell in grid.cells:
            cell.lines = _cell_lines(cell.words, number, cell.x0, cell.x1, cell.reach)
            cell.words = []
        if grid.lone:
            _as_box(grid, out)
    for run in (*labels, *drawn):
        line = make_line(run, number)
        line.aside = line.label = True
        out.elements.append(line)
    _aside([w for w in turned if id(w) not in taken], number, out.elements)
    _write(out)
    if shapes:
        out.shapes = outline_shapes(shapes, frame)
        out.words = outline_words(all_lines(out.elements), frame)
    return out


def _as_box(grid: Grid, page: LaidPage) -> None:
    """Note on a lone cell's lines the box that it is unless it goes on with a table."""
    key = f"p{page.number}g{len(page.panels) + 1}"
    page.panels[key] = (grid.x0, grid.y0, grid.x1, grid.y1)
    for cell in grid.cells:
        for line in cell.lines:
            line.box, line.fill, line.region = key, cell.fill, HUNG + len(page.panels)


def _flow(words: list[Word], areas: Areas, number: int, out: list[Line | Grid], width: float) -> None:
    """Order the free text with the page's tables and boxes, boxes opened up."""
    inside: list[list[Word]] = [[] for _ in areas.panels]
    free = []
    for w in words:
        x, y = (w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2
        for i, p in enumerate(areas.panels):
            if p.x0 - 2 <= x <= p.x1 + 2 and p.y0 - 2 <= y <= p.y1 + 2:
                inside[i].append(w)
                break
        else:
            free.append(w)
    boxed: list[list[Grid]] = [[] for _ in areas.panels]
    open_grids = []
    for g in areas.grids:
        home = next(
            (i for i, p in enumerate(areas.panels) if p.x0 - 3 <= g.x0 and g.x1 <= p.x1 + 3 and p.y0 - 3 <= g.y0 and g.y1 <= p.y1 + 3), None
        )
        if home is None:
            open_grids.append(g)
        else:
            g.box = areas.panels[home].key
            boxed[home].append(g)
    atoms = [Atom(g.x0, g.y0, g.x1, g.y1, g) for g in open_grids]
    atoms += [Atom(p.x0, p.y0, p.x1, p.y1, i) for i, p in enumerate(areas.panels) if inside[i] or boxed[i]]
    for element in ordered(fragments(free), atoms, number, width):
        if isinstance(element, int):
            panel = areas.panels[element]
            held = [Atom(g.x0, g.y0, g.x1, g.y1, g) for g in boxed[element]]
            inner = ordered(fragments(inside[element]), held, number, _room(panel, inside[element]))
            _mark(inner, panel)
            out.extend(e for e in inner if not isinstance(e, int))
        else:
            out.append(element)


def _room(panel: Panel, words: list[Word]) -> float:
    """Where the room in a box ends: as far from its right side as its words stand from the left, if none of them runs further."""
    pad = max(2.0, min((w.x0 for w in words), default=panel.x0) - panel.x0)
    return max(panel.x1 - min(pad, PAD), max((w.x1 for w in words), default=panel.x0) + 1.0)


def _mark(elements: list[Line | Grid | int], panel: Panel) -> None:
    """Note on the lines of a box that they are in it."""
    for e in elements:
        if isinstance(e, (int, Grid)):
            continue
        e.box = panel.key
        e.fill = panel.fill
        middle = (e.y0 + e.y1) / 2
        for f in panel.fills:
            if f.y0 <= middle <= f.y1 and f.x0 <= (e.x0 + e.x1) / 2 <= f.x1:
                e.fill = f.colour
        e.section = sum(1 for b in panel.breaks if b < middle)


def _cell_lines(words: list[Word], number: int, x0: float, x1: float, reach: float) -> list[Line]:
    out: list[Line] = []
    upright = [w for w in words if not w.turned]
    above = None
    pad = 4.0
    if upright:
        pad = max(1.5, min(8.0, min(w.x0 for w in upright) - x0))
    for row in rows(upright):
        line = make_line(row, number)
        line.column = (x0 + pad, reach or x1 - pad)
        line.limit = x1
        if above is not None:
            line.gap = line.base - above
        above = line.base
        out.append(line)
    out.extend(_turned_lines([w for w in words if w.turned], number))
    return out


def _turned_lines(words: list[Word], number: int) -> list[Line]:
    """Lines of text that runs up (turned by 90 degrees) or down the page."""
    out = []
    for turn in sorted({w.turned for w in words}):
        mine = [w for w in words if w.turned == turn]
        up = turn < 180
        mine.sort(key=lambda w: w.x0 if up else -w.x1)
        groups: list[list[Word]] = []
        for w in mine:
            middle = (w.x0 + w.x1) / 2
            if groups and groups[-1][0].x0 <= middle <= groups[-1][0].x1:
                groups[-1].append(w)
            else:
                groups.append([w])
        for group in groups:
            group.sort(key=lambda w: -w.y1 if up else w.y0)
            line = make_line(group, number)
            line.aside = True
            line.column = (line.x0, line.x1)
            out.append(line)
    return out


def _aside(words: list[Word], number: int, out: list[Line | Grid]) -> None:
    out.extend(_turned_lines(words, number))


def _write(page: LaidPage) -> None:
    """Put the page's text together and tell each line where it stands in it."""
    parts: list[str] = []
    at = 0
    for line in all_lines(page.elements):
        line.at = at
        parts.append(line.text)
        at += len(line.text) + 1
    page.text = "\n".join(parts)


def all_lines(elements: list[Line | Grid]) -> list[Line]:
    """Lines in reading order, those of tables cell by cell."""
    out: list[Line] = []
    for e in elements:
        if isinstance(e, Grid):
            for c in e.cells:
                out.extend(c.lines)
        else:
            out.append(e)
    return out
