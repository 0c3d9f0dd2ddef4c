"""Assemble: elements of all pages to the outline's blocks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.headings import find_headings
from evaltrail.read.layout.headings import text_of as words_of
from evaltrail.read.layout.lists import find_items
from evaltrail.read.layout.model import word_count
from evaltrail.read.layout.paragraphs import Manner, Paragraph, is_ended, is_full, manner_of_table, paragraphs_of
from evaltrail.read.layout.tables import WholeTable, joinable, whole
from evaltrail.read.layout.texts import Span, Vocabulary, text_of
from evaltrail.read.outline import Block, Cell, Table, Text
from evaltrail.text.packs import merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.footnotes import Note
    from evaltrail.read.layout.model import Frame, Line

MAX_FLOATS = 6
"""Blocks that may stand between the two parts of a broken paragraph."""


class Assembler:
    """Turns elements into blocks; knows the document's words, frames and footnote marks."""

    def __init__(
        self, frames: dict[int, Frame], vocabulary: Vocabulary, manner: Manner, marks: frozenset[int], bookmarks: set[tuple[int, str]]
    ) -> None:
        self.frames = frames
        self.vocabulary = vocabulary
        self.manner = manner
        self.marks = marks
        self.bookmarks = bookmarks
        self.continued = frozenset(w.casefold() for w in merged("layout").get("captions", {}).get("continued", ()))
        words = sorted(merged("layout").get("captions", {}).get("words", ()), key=len, reverse=True)
        self.caption = (
            re.compile(rf"(?:{'|'.join(map(re.escape, words))})\.?\s*(?:\d+|[IVX]+\b|[A-Z]\b)(?:[.\-–]\d+)*", re.IGNORECASE)
            if words
            else None
        )

    def blocks(self, elements: Sequence[Line | Grid]) -> list[Block]:
        """Blocks in reading order."""
        parts: list[Paragraph | WholeTable] = []
        for group in _groups(elements, self.continued):
            if isinstance(group[0], Grid):
                parts.append(whole([g for g in group if isinstance(g, Grid)]))
            else:
                parts.extend(paragraphs_of([e for e in group if not isinstance(e, Grid)], self.manner))
        self._captions(parts)
        parts = _rejoined(parts)
        paragraphs = [p for p in parts if isinstance(p, Paragraph)]
        find_items(paragraphs)
        passed = {id(p) for p in find_headings(paragraphs, self.manner, self.bookmarks)}
        for p, below in pairwise(parts):
            # What looks like a heading and is none stands over a table as its caption.
            if id(p) in passed and isinstance(below, WholeTable) and isinstance(p, Paragraph):
                p.kind = "caption"
        return [self.table(p) if isinstance(p, WholeTable) else self.block(p) for p in parts]

    def _captions(self, parts: list[Paragraph | WholeTable]) -> None:
        for p in parts:
            if isinstance(p, Paragraph) and self.caption is not None and len(p.lines) <= 4:
                text = words_of(p)
                found = self.caption.match(text)
                if found and len(text) < 320 and re.match(r"\s*(?:$|[.:–—\-|]|[A-ZÀ-Þ\"“‘(])", text[found.end() :]):
                    p.kind = "caption"

    def block(self, p: Paragraph) -> Block:
        """A paragraph as a block."""
        first = p.lines[0]
        cut = p.marker.words if p.marker is not None else 0
        skip = p.marker.characters if p.marker is not None else 0
        marker = text_of([Span(first, 0, cut + bool(skip), end=skip)], self.frames, self.vocabulary)[0] if cut or skip else Text()
        spans = [Span(line, cut if i == 0 else 0, len(line.words), skip if i == 0 else 0) for i, line in enumerate(p.lines)]
        content, facts, marks = text_of(spans, self.frames, self.vocabulary, self.marks)
        return Block(
            p.kind,  # type: ignore[arg-type]
            content,
            marker,
            p.level,
            facts.size,
            facts.bold,
            facts.italic,
            facts.bold_spans,
            facts.italic_spans,
            facts.colour,
            first.box,
            first.fill,
            max(0.0, first.x0 - first.column[0]),
            number=p.number,
            marks=marks,
        )

    def note(self, note: Note) -> Block:
        """A footnote as a block."""
        spans = [Span(line, note.words if i == 0 else 0, len(line.words)) for i, line in enumerate(note.lines)]
        content, facts, _ = text_of(spans, self.frames, self.vocabulary)
        marker = text_of([Span(note.lines[0], 0, note.words)], self.frames, self.vocabulary)[0]
        return Block(
            "footnote",
            content,
            marker,
            0,
            facts.size,
            facts.bold,
            facts.italic,
            facts.bold_spans,
            facts.italic_spans,
            facts.colour,
            number=note.number,
        )

    def table(self, t: WholeTable) -> Block:
        """A table as a block."""
        cells = []
        manner = manner_of_table([c.lines for c in t.cells], self.manner)
        for c in t.cells:
            paragraphs = paragraphs_of(c.lines, manner, cell=True)
            find_items(paragraphs)
            blocks = tuple(b for b in (self.block(p) for p in paragraphs) if b.text or b.marker)
            cells.append(Cell(c.row, c.column, blocks, c.row_span, c.column_span, c.row < t.header_rows, c.fill))
        return Block("table", box=t.box, table=Table(t.rows, t.columns, tuple(cells), t.header_rows, t.ruled))


def _rejoined(parts: list[Paragraph | WholeTable]) -> list[Paragraph | WholeTable]:
    """A paragraph that a table, a box or a figure's caption broke in mid-sentence made whole."""
    out: list[Paragraph | WholeTable] = []
    for p in parts:
        if (
            isinstance(p, Paragraph)
            and p.kind == "paragraph"
            and p.marker is None
            and p.lines[0].text[:1].islower()
            and p.lines[0].box is None
        ):
            home = _open_before(out, p)
            if home is not None:
                home.lines = home.lines + p.lines
                continue
        out.append(p)
    return out


def _open_before(parts: list[Paragraph | WholeTable], p: Paragraph) -> Paragraph | None:
    """The paragraph that broke off before what was put between, or None."""
    for between, q in enumerate(reversed(parts)):
        floating = isinstance(q, WholeTable) or q.kind == "caption" or q.lines[0].box is not None or q.lines[0].size < p.lines[0].size - 0.6
        if not floating:
            last = q.lines[-1]  # type: ignore[union-attr]
            near = p.lines[0].page - last.page in (0, 1) and abs(last.size - p.lines[0].size) < 0.3 and last.bold < 0.9
            return q if between and near and not is_ended(last.text) and is_full(last, p.lines[0]) else None  # type: ignore[return-value]
        if between >= MAX_FLOATS:
            return None
    return None


def _groups(elements: Sequence[Line | Grid], continued: frozenset[str]) -> list[list[Line | Grid]]:
    """Runs of lines, and grids that are parts of one table."""
    out: list[list[Line | Grid]] = []
    for e in elements:
        last = out[-1][-1] if out else None
        if isinstance(e, Grid):
            while (
                len(out) > 1
                and len(out[-1]) == 1
                and not isinstance(last, Grid)
                and _is_continued(last, continued)
                and isinstance(out[-2][-1], Grid)
            ):
                out.pop()
                last = out[-1][-1]
            if isinstance(last, Grid) and e.page == last.page + 1 and e.box is None and joinable(last, e):
                out[-1].append(e)
            else:
                out.append([e])
        elif last is not None and not isinstance(last, Grid):
            out[-1].append(e)
        else:
            out.append([e])
    return out


def _is_continued(line: Line | Grid | None, words: frozenset[str]) -> bool:
    """Whether a line only says that the table goes on."""
    return (
        line is not None
        and not isinstance(line, Grid)
        and word_count(line.words) <= 12
        and any(w.strip("()[].,:;–—-").casefold() in words for w in line.text.split())
    )
