"""The paper itself, set anew: what the record read, in its order, with what was corrected since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from evaltrail.text.normal import fold
from evaltrail.write.direction import direction_of
from evaltrail.write.model import Cell, Contents, Frame, Heading, Item, Note, PageBreak, Paper, Paragraph, Run, Table, text
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._added import with_added
from evaltrail.write.papers._brought_up import brought_up
from evaltrail.write.papers._carriers import Carriers
from evaltrail.write.papers._charts_told import Told, ratings_in_pictures
from evaltrail.write.papers._dated import date_not_printed
from evaltrail.write.papers._front import front_of, is_purpose
from evaltrail.write.papers._notes import Calls, called
from evaltrail.write.papers._rated import legend_line, rating_table, share_of
from evaltrail.write.papers._references import number_of, references
from evaltrail.write.papers._rows_joined import with_rows_joined
from evaltrail.write.papers._tables_told import lost_tables
from evaltrail.write.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.record import Passage, Rating, Record, Span
    from evaltrail.write.model import Block, FrameKind, Words
    from evaltrail.write.order import Order
    from evaltrail.write.wording import Wording

NAME = "same"
HELP = "the paper itself, set anew, with what was corrected in its record"

_LISTED = 6
_LONG = 20_000
"""Headings and characters from which a paper gets a table of contents."""
_ON_A_PAGE = 40
_OWN_PAGE = 10
"""Lines of a front behind which the contents begin a page."""
_RUNNING = 10
"""Numbered paragraphs from which a paper is one of running numbers, whose unnumbered findings stand in boxes."""


def composed(order: Order) -> Paper:
    """The record's passages as a paper. Raises ``Unwritable`` where it was not read from one."""
    record = order.record
    if not record.passages:
        raise Unwritable("it was not read from a paper, so there is none to set anew. Ask for another kind")
    return Paper(
        blocks=tuple(_blocks(_scene(order))),
        notes=tuple(Note(n.number, (Run(n.text),)) for n in record.footnotes),
        title=record.document.title,
        symbol=record.document.symbol,
        organisation=record.document.organisation or order.house.organisation,
        language=record.document.language or "en",
        direction=direction_of(record.document.language),
        date=record.document.date,
        house=order.house,
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    """A record's passages with all that is worked out once about them."""

    record: Record
    words: Wording
    passages: Sequence[Passage]
    front: int
    depths: Sequence[int]
    calls: Calls
    anchors: Mapping[str, str]
    """Anchor of each numbered paragraph whose number stands once."""
    boxed: Mapping[int, tuple[FrameKind, str]]
    """Kind and key of the frame around a passage."""
    told: Told
    marks: Mapping[int, tuple[Rating, ...]]
    """Ratings that stand in a table."""
    tables: Mapping[int, tuple[Table, int]]
    """Action tables whose grid was lost, by their first line, with the number of their lines."""


def _scene(order: Order) -> _Scene:
    record = order.record
    passages = brought_up(record)
    passages = with_added(record, passages, Carriers(passages))
    carriers = Carriers(passages)
    passages = with_rows_joined(record, passages, carriers)
    front = front_of(passages)
    tables = lost_tables(record, passages, carriers)
    numbers = [number_of(p.marker) for p in passages if _is_numbered(p)]
    return _Scene(
        record=record,
        words=wording(record.document.language, order.house),
        passages=passages,
        front=front,
        depths=_depths(passages, front, tables),
        calls=called(passages, record.footnotes),
        anchors={n: f"paragraph-{n}" for n in numbers if n and numbers.count(n) == 1},
        boxed=dict(_boxed(record, passages, carriers, front)),
        told=ratings_in_pictures(record, passages, carriers),
        marks=_in_tables(record, passages, carriers),
        tables=tables,
    )


def _in_tables(record: Record, passages: Sequence[Passage], carriers: Carriers) -> dict[int, tuple[Rating, ...]]:
    found: dict[int, tuple[Rating, ...]] = {}
    for e in record.evaluations:
        for r in e.ratings:
            for i in carriers.of(r.places):
                if passages[i].kind == "table":
                    found[i] = (*found.get(i, ()), r)
    return found


def _is_numbered(p: Passage) -> bool:
    return p.kind in ("paragraph", "item") and bool(number_of(p.marker)) and p.level <= 1


def _depths(passages: Sequence[Passage], front: int, tables: Mapping[int, tuple[Table, int]]) -> list[int]:
    """Level of each heading among those around it, from 1; no level is left out on the way down.

    The front's lines head nothing, nor do those of a lost table.
    """
    depths: list[int] = []
    around: list[int] = []
    gone = {i for start, (_, count) in tables.items() for i in range(start, start + count)}
    for i, p in enumerate(passages):
        if p.kind != "heading" or i < front or i in gone:
            depths.append(0)
            continue
        while around and around[-1] >= p.level:
            around.pop()
        around.append(p.level)
        depths.append(len(around))
    return depths


def _boxed(record: Record, passages: Sequence[Passage], carriers: Carriers, front: int) -> Iterator[tuple[int, tuple[FrameKind, str]]]:
    """Frames: those of the paper, and around the findings that stand between numbered paragraphs without a number of their own."""
    findings = [s for e in record.evaluations for s in e.statements if s.kind == "finding"]
    carrying = {i: s for s in findings for i in carriers.of(s.places)}
    holding = {passages[i].box for i in carrying}
    for i, p in enumerate(passages[front:], front):
        if p.box is not None:
            yield i, ("finding" if p.box in holding else "plain", p.box)
        elif len(record.paragraphs) >= _RUNNING and i in carrying and carrying[i].label and p.kind == "paragraph" and not p.marker:
            yield i, ("finding", "")


def _blocks(scene: _Scene) -> Iterator[Block]:
    body = list(_body(scene))
    front = list(_front(scene))
    yield from front
    contents = list(_contents(scene, body))
    if contents and len(front) >= _OWN_PAGE:
        yield PageBreak()
    yield from contents
    yield from body


def _body(scene: _Scene) -> Iterator[Block]:
    """What follows the front."""
    indices = range(scene.front, len(scene.passages))
    for (kind, _), run in groupby(indices, key=lambda i: scene.boxed.get(i, ("", ""))):
        blocks = list(_run(scene, list(run)))
        # A shaded band behind a heading is how one house prints its headings.
        if kind and any(not isinstance(b, Heading) for b in blocks):
            yield Frame(tuple(blocks), kind=kind)
        else:
            yield from blocks


def _front(scene: _Scene) -> Iterator[Block]:
    """The lines of the title page, the title, and the box that says what the paper is for."""
    document = scene.record.document
    lines = scene.passages[: scene.front]
    said = {fold(p.text) for p in scene.passages if p.kind in ("title", "heading")} | {fold(p.text) for p in lines}
    if document.symbol and not any(fold(document.symbol) in s for s in said):
        yield Paragraph(text(document.symbol), style="symbol")
    date = date_not_printed(scene.record)
    if date:
        yield Paragraph(text(scene.words.date(date)), style="front")
    if document.title and not any(p.kind == "title" for p in scene.passages) and not any(fold(document.title) in s for s in said):
        yield Heading(text(document.title), level=0, listed=False)
    i = 0
    while i < len(lines):
        p = lines[i]
        if p.kind == "heading" and is_purpose(scene.passages, i):
            head = Heading(_words(scene, i), level=1, marker=p.marker, listed=False)
            yield Frame((head, *_run(scene, list(range(i + 1, scene.front)))), kind="purpose")
            return
        if p.kind == "heading":
            symbol = document.symbol is not None and fold(p.text) == fold(document.symbol)
            yield Paragraph(tuple(_bolder(_words(scene, i))), marker=p.marker, style="symbol" if symbol else "front")
        elif p.kind == "paragraph":
            yield Paragraph(_words(scene, i), marker=p.marker, style="front")
        else:
            yield _block(scene, i)
        i += 1


def _bolder(words: Words) -> Iterator[Run]:
    for r in words:
        yield r if r.note is not None else Run(r.text, bold=True, italic=r.italic, to=r.to)


def _contents(scene: _Scene, blocks: Sequence[Block]) -> Iterator[Block]:
    """A table of contents for a paper that people look things up in: as many levels as fit on a page."""
    levels = [b.level for b in blocks if isinstance(b, Heading) and b.listed]
    if len(levels) < _LISTED or sum(len(p.text) for p in scene.passages) < _LONG:
        return
    depth = max((d for d in (1, 2, 3) if sum(x <= d for x in levels) <= _ON_A_PAGE), default=1)
    yield Contents(text(scene.words("headings.contents")), levels=depth)


def _run(scene: _Scene, indices: Sequence[int]) -> Iterator[Block]:
    """Passages as blocks; a caption right above a table, or a chart that is put into words, becomes the table's."""
    caption: Words = ()
    told = scene.told
    until = -1
    for n, i in enumerate(indices):
        if i in scene.tables:
            table, count = scene.tables[i]
            until = i + count
            yield table
        if i < until:
            continue
        p = scene.passages[i]
        follows = indices[n + 1] if n + 1 < len(indices) else -1
        if (
            p.kind == "caption"
            and follows >= 0
            and (scene.passages[follows].kind == "table" or follows in told.charts.keys() & told.replaced)
        ):
            caption = _words(scene, i)
            continue
        if i not in told.replaced:
            yield _block(scene, i, caption)
            caption = ()
        if i in told.charts:
            yield rating_table(told.charts[i], scene.words, caption)
            legends = (legend_line(s, scene.words) for s in dict.fromkeys(r.scale for r in told.charts[i]))
            yield from (Paragraph(text(line), style="small") for line in legends if line)
            caption = ()


def _block(scene: _Scene, i: int, caption: Words = ()) -> Block:
    p = scene.passages[i]
    match p.kind:
        case "title":
            return Heading(_words(scene, i), level=0, listed=False)
        case "heading":
            return Heading(_words(scene, i), level=max(scene.depths[i], 1), marker=p.marker, anchor=f"section-{i}")
        case "item":
            return Item(_words(scene, i), marker=p.marker or "•", level=max(p.level, 1), anchor=_anchor(scene, p))
        case "table":
            return _table(p, caption, scene.marks.get(i, ()))
        case "caption":
            return Paragraph(_words(scene, i), marker=p.marker, style="caption")
        case _:
            return Paragraph(_words(scene, i), marker=p.marker, anchor=_anchor(scene, p))


def _anchor(scene: _Scene, p: Passage) -> str | None:
    return scene.anchors.get(number_of(p.marker)) if _is_numbered(p) else None


def _words(scene: _Scene, i: int) -> Words:
    """The passage's words in runs of one face, with the footnotes that are called and the paragraphs that are referred to."""
    p = scene.passages[i]
    calls = sorted(scene.calls.get(i, []))
    links = {a: (b, to) for a, b, to in references(p.text, scene.anchors)}
    ends = {0, len(p.text), *(at for at, _ in calls), *(x for span in (*p.bold, *p.italic) for x in span)}
    ends |= {*links, *(b for b, _ in links.values())}
    cuts = sorted(e for e in ends if 0 <= e <= len(p.text))
    runs: list[Run] = []
    for a, b in zip(cuts, [*cuts[1:], None], strict=True):
        runs.extend(Run(note=n) for at, n in calls if at == a)
        if b is not None:
            runs.append(Run(p.text[a:b], bold=_in(a, p.bold), italic=_in(a, p.italic), to=links.get(a, (0, None))[1]))
    return tuple(runs)


def _in(at: int, spans: Sequence[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _table(p: Passage, caption: Words, marks: Sequence[Rating]) -> Table:
    """The table as it stood; a cell that holds nothing but a mark is coloured by it."""
    shares = {fold(r.as_printed): share_of(r) for r in marks}
    cells = [
        Cell(
            c.row,
            c.column,
            tuple(_lines(c.text, c.bold)),
            row_span=c.row_span,
            column_span=c.column_span,
            header=c.header,
            rating=None if c.header else shares.get(fold(c.text)),
        )
        for c in p.cells
    ]
    rows = max((c.row + c.row_span for c in p.cells), default=0)
    columns = max((c.column + c.column_span for c in p.cells), default=0)
    return Table(rows, columns, tuple(cells), header_rows=p.header_rows, caption=caption)


def _lines(string: str, bold: Sequence[Span]) -> Iterator[Words]:
    """A cell's paragraphs, which newlines part."""
    at = 0
    for line in string.split("\n"):
        cuts = sorted({at, at + len(line), *(x for span in bold for x in span if at < x < at + len(line))})
        yield tuple(Run(string[a:b], bold=_in(a, bold)) for a, b in pairwise(cuts))
        at += len(line) + 1
