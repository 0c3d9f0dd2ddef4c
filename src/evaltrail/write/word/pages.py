"""On which page each heading stands, about: for the table of contents until the program that opens the file counts for itself.

Lines are counted by the mean width of letters, so that it takes next to no time; on papers of 30 pages it is a page off at most
times, not more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.model import Contents, Figure, Frame, Heading, PageBreak, Table, plain
from evaltrail.write.word.looks import BODY_SIZE, LEADING, LETTER, LINE, LOW, SHORT, heading_look, lines_high
from evaltrail.write.word.notes import words_of
from evaltrail.write.word.tables import grid_of, is_wide, row_high, setting_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Block, Paper, Words

_STRETCH = LINE / (BODY_SIZE * LEADING)
"""What body text has between its lines."""
_UNDER = 6.0
"""Points under a paragraph."""
_HANG = 28.35
"""Points that the words of numbered paragraphs and items stand in."""
_NOTE = 8.5
_RULE = 12.0
"""Points of the rule above a page's notes and the room around it."""
_CELL = 9.0
_CONTENTS_LINE = 14.6


@dataclass(slots=True)
class Flow:
    """Blocks laid one under the other on pages of one size."""

    width: float
    """Points of a line."""
    height: float
    """Points of a page's text."""
    paper: Paper
    page: int = 1
    at: float = 0.0
    """Points of this page that are taken."""
    pages: list[int] = field(default_factory=list)
    """Of each listed heading so far."""
    seen: set[int] = field(default_factory=set)
    """Notes that stand already."""
    noted: int = 0
    """The last page that has notes."""

    def lay(self, blocks: Sequence[Block], width: float) -> None:
        """Lay the blocks."""
        for b in blocks:
            match b:
                case Heading():
                    self._heading(b, width)
                case PageBreak():
                    self._turn()
                case Contents():
                    listed = sum(isinstance(x, Heading) and x.listed and 0 < x.level <= b.levels for x in self.paper.walk())
                    self._take(40 + listed * _CONTENTS_LINE)
                case Table():
                    self._table(b, width)
                case Frame():
                    self._frame(b, width)
                case Figure():
                    self._take(b.picture.height * min(1.0, width / max(1.0, b.picture.width)) + 30, whole=True)
                    if b.data is not None:
                        self._table(b.data, width)
                case _:
                    room = width - (_HANG if b.marker else 0)
                    self._take(self._lines(b.words, room, BODY_SIZE) * _STRETCH + _UNDER + self._notes(b.words))

    def _turn(self) -> None:
        if self.at:
            self.page, self.at = self.page + 1, 0.0

    def _take(self, points: float, *, whole: bool = False) -> None:
        if self.at + points > self.height and whole:
            self._turn()
        self.at += points
        while self.at > self.height:
            self.page, self.at = self.page + 1, self.at - self.height

    @staticmethod
    def _lines(words: Words, width: float, size: float) -> float:
        """Points of height that the words take."""
        return lines_high(len(plain(words)), width, size)

    def _notes(self, words: Words) -> float:
        """Points of height of the notes that the words call first."""
        total = 0.0 if self.noted == self.page else _RULE
        for r in words:
            if r.note is not None and r.note not in self.seen and 0 <= r.note < len(self.paper.notes):
                self.seen.add(r.note)
                total += self._lines(self.paper.notes[r.note].words, self.width, _NOTE) + 2
                self.noted = self.page
        return total if total > _RULE or self.noted == self.page else 0.0

    def _heading(self, b: Heading, width: float) -> None:
        size, before, after = heading_look(b.level)
        points = self._lines(b.words, width - (_HANG if b.marker else 0), size) + after
        # It stands with two lines of what follows.
        if self.at and self.at + before + points + 2 * BODY_SIZE * LEADING * _STRETCH > self.height:
            self._turn()
        if b.listed and b.level > 0:
            self.pages.append(self.page)
        self._take((before if self.at else 0) + points + self._notes(b.words))

    def _table(self, table: Table, width: float) -> None:
        room = round(width * 20)
        on_side = is_wide(table, room)
        if on_side:
            self._turn()
        grid = grid_of(table)
        setting = setting_of(table, grid, room)
        if plain(table.caption):
            self._take(self._lines(table.caption, width, _CELL) + 12)
        for row in range(grid.rows):
            high = row_high(grid, row, setting)
            self._take(high, whole=high <= LOW)
        if on_side:
            self._turn()

    def _frame(self, frame: Frame, width: float) -> None:
        letters = sum(len(plain(words)) for words in words_of(frame.blocks))
        if letters <= SHORT:  # it stands on one page
            high = letters * LETTER * BODY_SIZE / width * BODY_SIZE * LEADING * _STRETCH + len(frame.blocks) * 12
            if self.at + high > self.height:
                self._turn()
        self._take(6)
        self.lay(frame.blocks, width - 17)
        self._take(6)


def pages_of(paper: Paper, width: float, height: float) -> list[int]:
    """Page of each heading that a table of contents may name, in reading order; sizes of the text's area in points."""
    flow = Flow(width, height, paper)
    flow.lay(paper.blocks, width)
    return flow.pages
