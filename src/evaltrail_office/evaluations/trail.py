"""The trail of an evaluation as a picture: nodes in columns and rows, lines between them, and gaps where a line breaks off.

Everything here is arithmetic on a ``Trail``; ``threads.css`` and the template draw what comes out. Lengths are in the picture's own
measure: 1000 wide, 72 a row, which are pixels: on whole ones joints do not show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evaltrail.write.charts import Trail, TrailBreak, TrailLine, TrailNode, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COLUMNS = ("evidence", "findings", "conclusions", "recommendations", "responses", "actions")
WIDE = 1000
HIGH = 72
_LINE = 6
"""How far a node's line lies below the top of its row: there is room for the square."""
_GAP = 0.3875
"""Width of the space between two columns, in widths of a column."""
_BAR = 9
"""Half the height of the bar at which a broken line stops."""


@dataclass(frozen=True, slots=True)
class Node:
    """A statement, answer or action where it stands."""

    at: int
    """Number in the picture: what threads name it by."""
    node: TrailNode
    column: int
    row: int
    threads: tuple[int, ...] = ()
    """Nodes in whose threads it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two nodes, or the one over a node."""

    path: str
    proposed: bool
    threads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a line breaks off: a box that says what is missing, and the two ends of the line."""

    said: str
    column: int
    row: int
    path: str
    due: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column and how much stands in it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Thread:
    """What leads to one statement and what follows from it, in order, for reading as a list."""

    of: TrailNode
    nodes: tuple[TrailNode, ...]
    proposed: frozenset[str]
    """Ids of nodes that only a proposed line joins to it."""
    gaps: tuple[TrailBreak, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A trail, ready to be drawn."""

    columns: tuple[Column, ...] = ()
    rows: int = 0
    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()
    gaps: tuple[Gap, ...] = ()
    threads: tuple[Thread, ...] = ()

    @property
    def breaks(self) -> int:
        """Gaps that are none of time."""
        return sum(not gap.due for gap in self.gaps)

    @property
    def high(self) -> int:
        """Height in the picture's measure."""
        return self.rows * HIGH


def picture(trail: Trail) -> Picture:
    """The picture of a trail. Columns with nothing in them are left out; lines to what is not there, or backwards, too."""
    drawn = _Drawn(trail)
    if not drawn.nodes:
        return Picture()
    return Picture(
        columns=tuple(Column(name, sum(n.column == name for n in drawn.nodes.values())) for name in drawn.columns),
        rows=max(drawn.row.values()) + 1,
        nodes=tuple(
            Node(drawn.at[n.id], n, drawn.place[n.id], drawn.row[n.id], tuple(sorted(drawn.threads[n.id]))) for n in drawn.nodes.values()
        ),
        lines=tuple(drawn.paths()),
        gaps=tuple(drawn.gaps()),
        threads=tuple(drawn.read_as_list()),
    )


@dataclass(slots=True)
class _Drawn:
    trail: Trail
    nodes: dict[str, TrailNode] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    place: dict[str, int] = field(default_factory=dict)
    """Of nodes, of points where a line passes a column, and of boxes: the column."""
    row: dict[str, int] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    steps: dict[tuple[str, str], tuple[bool, set[int]]] = field(default_factory=dict)
    """From column to column: whether it is only proposed, and the threads that run over it."""
    threads: dict[str, set[int]] = field(default_factory=dict)
    """Of each node: the nodes in whose thread it is."""
    proposed: dict[str, set[int]] = field(default_factory=dict)
    """Of each node: the nodes whose thread a proposed line joins to it."""
    lines: tuple[TrailLine, ...] = ()
    missing: tuple[TrailBreak, ...] = ()

    def __post_init__(self) -> None:
        self.nodes = {n.id: n for n in self.trail.nodes}
        number = {n.id: COLUMNS.index(n.column) for n in self.nodes.values()}
        self.missing = tuple(
            {(b.node, b.column): b for b in self.trail.breaks if b.node in number and COLUMNS.index(b.column) != number[b.node]}.values()
        )
        used = {n.column for n in self.nodes.values()} | {b.column for b in self.missing}
        self.columns = tuple(c for c in COLUMNS if c in used)
        self.place = {n.id: self.columns.index(n.column) for n in self.nodes.values()}
        found = {(x.start, x.end): x for x in self.trail.lines if x.start in number and x.end in number and number[x.start] < number[x.end]}
        self.lines = tuple(found.values())
        self.at = {n: i for i, n in enumerate(self.nodes)}
        over = self._threads()
        self._steps(over)
        self._rows()

    def _threads(self) -> dict[tuple[str, str], set[int]]:
        """Which nodes are in whose thread, and over which lines each thread runs.

        A thread goes on along what is stated. A line that is only proposed is lit with it and carries it no further: what stands at its
        other end is not in the thread, and is told in the list as proposed.
        """
        self.threads = {n: {self.at[n]} for n in self.nodes}
        self.proposed = {n: set() for n in self.nodes}
        over: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for forward in (True, False):
            near: defaultdict[str, list[TrailLine]] = defaultdict(list)
            for x in self.lines:
                near[x.start if forward else x.end].append(x)
            for n in self.nodes:
                seen, edge = {n}, [n]
                while edge:
                    for x in near[edge.pop()]:
                        other = x.end if forward else x.start
                        over[x.start, x.end].add(self.at[n])
                        if x.proposed:
                            self.proposed[other].add(self.at[n])
                        elif other not in seen:
                            self.threads[other].add(self.at[n])
                            seen.add(other)
                            edge.append(other)
        return over

    def _steps(self, over: Mapping[tuple[str, str], set[int]]) -> None:
        """Cut the lines at the columns that they pass; lines to the same statement share their way from there."""
        for x in self.lines:
            to = x.end
            for k in range(self.place[x.end] - 1, self.place[x.start], -1):
                by = f"\0{x.end}\0{k}"
                self.place[by] = k
                self._step(by, to, x.proposed, over[x.start, x.end])
                to = by
            self._step(x.start, to, x.proposed, over[x.start, x.end])

    def _step(self, start: str, end: str, proposed: bool, threads: set[int]) -> None:  # noqa: FBT001 - private
        was, others = self.steps.get((start, end), (True, set()))
        self.steps[start, end] = (was and proposed, others | threads)

    def _rows(self) -> None:
        # What is only proposed has no say in the order of what stated lines hold together.
        held = {end for pair, (proposed, _) in self.steps.items() if not proposed for end in pair}
        joins = [pair for pair, (proposed, _) in self.steps.items() if not proposed or not held.issuperset(pair)]
        for b in self.missing:
            box, near = _box(b), self.place[b.node]
            self.place[box] = self.columns.index(b.column)
            if abs(self.place[box] - near) == 1:
                joins.append((box, b.node) if self.place[box] < near else (b.node, box))
        layers = [[n for n, k in self.place.items() if k == column] for column in range(len(self.columns))]
        self.row = rows_of(layers, joins)

    # Lengths

    @property
    def wide(self) -> float:
        """Width of a column."""
        return WIDE / (len(self.columns) + (len(self.columns) - 1) * _GAP)

    def left(self, n: str) -> float:
        """Left end of a node's line."""
        return self.place[n] * self.wide * (1 + _GAP)

    def right(self, n: str) -> float:
        """Right end of a node's line."""
        return self.left(n) + self.wide

    def y(self, n: str) -> float:
        """Height of a node's line."""
        return self.row[n] * HIGH + _LINE

    # What is drawn

    def paths(self) -> Iterable[Line]:
        """Lines over nodes and between them, the proposed ones first: they lie below."""
        for wanted in (True, False):
            for (a, b), (proposed, threads) in self.steps.items():
                if proposed is wanted:
                    path = _curve(self.right(a), self.y(a), self.left(b), self.y(b))
                    if a.startswith("\0"):
                        path = f"M{self.left(a):.1f} {self.y(a):.0f}H{self.right(a):.1f}{path}"
                    yield Line(path, proposed, tuple(sorted(threads)))
        for n in self.nodes:
            yield Line(
                path=f"M{self.left(n):.1f} {self.y(n):.0f}H{self.right(n):.1f}", proposed=False, threads=tuple(sorted(self.threads[n]))
            )

    def gaps(self) -> Iterable[Gap]:
        """Each break: the line stops at a bar, a gap, a bar, and a line goes on to the box."""
        for b in self.missing:
            box = _box(b)
            before = self.place[box] < self.place[b.node]
            if before:
                one, other = self.right(box), self.left(b.node)
            else:
                one, other = self.right(b.node), self.left(box)
            y, at = self.y(b.node), self.y(box)
            if b.due:
                path = _curve(one, at if before else y, other, y if before else at)
            else:
                path = _broken(one, at if before else y, other, y if before else at)
            yield Gap(b.said, self.place[box], self.row[box], path, b.due)

    def read_as_list(self) -> Iterable[Thread]:
        """A thread for every recommendation; where there is none, for every finding."""
        columns = {n.column for n in self.nodes.values()}
        wanted = next((c for c in ("recommendations", "findings", "conclusions") if c in columns), None)
        for n in self.nodes.values():
            if n.column == wanted:
                own = self.at[n.id]
                there = [m for m in self.nodes.values() if own in self.threads[m.id] | self.proposed[m.id]]
                there.sort(key=lambda m: (COLUMNS.index(m.column), self.at[m.id]))
                ids = {m.id for m in there if own in self.threads[m.id]}
                likely = frozenset(m.id for m in there if m.id not in ids)
                yield Thread(n, tuple(there), likely, tuple(b for b in self.missing if b.node in ids))


def _box(b: TrailBreak) -> str:
    return f"\1{b.node}\1{b.column}"


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """A line that leaves and arrives level."""
    if y == to_y:
        return f"M{x:.1f} {y:.0f}H{to_x:.1f}"
    middle = (x + to_x) / 2
    return f"M{x:.1f} {y:.0f}C{middle:.1f} {y:.0f} {middle:.1f} {to_y:.0f} {to_x:.1f} {to_y:.0f}"


def _broken(x: float, y: float, to_x: float, to_y: float) -> str:
    """Two ends of a line with a bar each and nothing between them."""
    third = (to_x - x) * 0.36
    return (
        f"M{x:.1f} {y:.0f}H{x + third:.1f}M{x + third:.1f} {y - _BAR:.0f}V{y + _BAR:.0f}"
        f"M{to_x - third:.1f} {to_y - _BAR:.0f}V{to_y + _BAR:.0f}M{to_x - third:.1f} {to_y:.0f}H{to_x:.1f}"
    )


def only(trail: Trail, wanted: Sequence[str]) -> Trail:
    """The part of a trail that leads to these nodes and follows from them."""
    kept = set(wanted) & {n.id for n in trail.nodes}
    for forward in (True, False):
        edge = list(kept & set(wanted))
        while edge:
            n = edge.pop()
            for x in trail.lines:
                near, far = (x.start, x.end) if forward else (x.end, x.start)
                if near == n and far not in kept:
                    kept.add(far)
                    edge.append(far)
    return Trail(
        tuple(n for n in trail.nodes if n.id in kept),
        tuple(x for x in trail.lines if x.start in kept and x.end in kept),
        tuple(b for b in trail.breaks if b.node in kept),
    )


def reach(trail: Trail) -> tuple[Column, ...]:
    """The columns that have something in them, and how much, of a whole trail."""
    there = [n.column for n in trail.nodes]
    return tuple(Column(name, there.count(name)) for name in COLUMNS if name in there)


def fitting(trail: Trail, most: int) -> tuple[Trail, int]:
    """A trail of no more than so many nodes in a column, as far as that can be: the threads of the first recommendations.

    Returns it with the number of recommendations that are shown; 0: all of it is. Where one thread alone is longer, its evidence is left
    out.
    """
    if _tallest(trail) <= most:
        return trail, 0
    wanted = [n.id for n in trail.nodes if n.column == "recommendations"] or [n.id for n in trail.nodes if n.column == "findings"]
    low, high = 1, len(wanted)
    # More recommendations never have fewer nodes, so halving finds how many fit.
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _tallest(only(trail, wanted[:middle])) <= most else (low, middle - 1)
    part = only(trail, wanted[:low])
    if _tallest(part) > most:
        nodes = tuple(n for n in part.nodes if n.column != "evidence")
        part = replace(part, nodes=nodes, breaks=tuple(b for b in part.breaks if b.column != "evidence"))
    return part, min(low, len(wanted))


def _tallest(trail: Trail) -> int:
    counts = Counter(n.column for n in trail.nodes)
    counts.update(b.column for b in trail.breaks)
    return max(counts.values(), default=0)
