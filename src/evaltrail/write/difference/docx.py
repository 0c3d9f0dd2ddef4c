"""A Word document with tracked changes: each stands in the review pane under the author “Evaltrail diff”.

The counts come first, as a table; then the changes under the parts of the paper.  The only date is that of the newer version.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.write.difference import _words as say
from evaltrail.write.model import Cell, Heading, Paper, Paragraph, Revision, Run, Table, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.record import Change, Comparison, FieldChange
    from evaltrail.write.difference import Showing
    from evaltrail.write.model import Block, Words

NAME = "docx"
ENDINGS = (".docx",)

AUTHOR = "Evaltrail diff"
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_COLUMNS = ("", "Changed", "Added", "Removed", "Moved", "Renumbered", "Split or merged", "The same")
_WIDTHS = (0.22, 0.11, 0.09, 0.11, 0.09, 0.145, 0.125, 0.11)
_NAME_WIDTH, _FIELD_WIDTH = 0.23, 0.27


def written(comparison: Comparison, showing: Showing) -> bytes:
    """The document."""
    from evaltrail.write.word.document import document

    return document(composed(comparison, showing))


def composed(comparison: Comparison, showing: Showing) -> Paper:
    """The difference as a paper whose runs say what was put in and taken out."""
    from evaltrail.write.house import House

    new = comparison.new
    title = f"Changes to “{new.title}”" if new.title else "Changes to the paper"
    tracked = _Tracked(new.date)
    blocks: list[Block] = [Heading(text(title), level=0, listed=False)]
    names = say.names(comparison, showing)
    blocks.append(Paragraph(text(f"From {names[0]} to {names[1]}"), style="subtitle"))
    blocks.append(Paragraph(text(_sentence(say.summary(comparison)), bold=True)))
    blocks += [Paragraph(text(sentence)) for sentence in say.aside(comparison, showing)]
    blocks.append(_versions(comparison, names))
    if any(t.all_changes for t in comparison.tallies):
        blocks.append(_counts(comparison))
    for part, changes in say.by_part(comparison.changes):
        blocks.append(Heading(text(part), level=1))
        for c in changes:
            blocks += tracked.change(c)
    if showing.running and comparison.running:
        blocks.append(Heading(text("Running text"), level=1))
        blocks.append(Paragraph(text(_sentence(say.running_summary(comparison)))))
        for part, changes in say.by_part(comparison.running):
            blocks.append(Heading(text(part), level=2))
            for c in changes:
                blocks += tracked.change(c, level=3)
    return Paper(tuple(blocks), title=title, organisation=new.organisation, language="en", date=new.date, house=House())


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _versions(comparison: Comparison, names: Sequence[str]) -> Table:
    rows = [("Older version", names[0], say.about(comparison.old)), ("Newer version", names[1], say.about(comparison.new))]
    cells = [Cell(r, c, (text(words),), header=c == 0) for r, row in enumerate(rows) for c, words in enumerate(row)]
    return Table(len(rows), 3, tuple(cells), header_columns=1, widths=(_NAME_WIDTH, 0.37, 0.4))


def _counts(comparison: Comparison) -> Table:
    cells = [Cell(0, n, (text(words),), header=True, align="end" if n else "start") for n, words in enumerate(_COLUMNS)]
    tallies = say.in_order(comparison.tallies)
    for r, t in enumerate(tallies, 1):
        name = say.NOUNS[t.what][1]
        cells.append(Cell(r, 0, (text(name[:1].upper() + name[1:]),), header=True))
        counts = (t.changed, t.added, t.removed, t.moved, t.renumbered, t.split + t.merged, t.same)
        cells += [
            Cell(r, n, (text(f"{k:,}" if k else "–", bold=bool(k) and n < len(counts)),), align="end") for n, k in enumerate(counts, 1)
        ]
    return Table(len(tallies) + 1, len(_COLUMNS), tuple(cells), header_rows=1, header_columns=1, widths=_WIDTHS)


class _Tracked:
    """Writes changes as blocks whose words carry revisions."""

    def __init__(self, date: str | None) -> None:
        whole = f"{date}{'-01' * (3 - len(date.split('-')))}T00:00:00Z" if date and _DAY.fullmatch(date) else None
        self.put_in = Revision(removed=False, author=AUTHOR, date=whole)
        self.taken_out = Revision(removed=True, author=AUTHOR, date=whole)

    def change(self, change: Change, level: int = 2) -> Iterator[Block]:
        """The blocks of a change: what it is, its words, its fields, its actions, and where it stands."""
        yield Heading(text(say.heading(change)), level=level, listed=False)
        yield from self._inside(change)
        for action in change.actions:
            yield Paragraph(text(say.heading(action), bold=True))
            yield from self._inside(action)
        told = [f"{which} version: {at}" for which, at in say.places(change)]
        told += [m] if (m := say.match(change)) else []
        if told:
            words = "; ".join(told)
            yield Paragraph(text(f"{words[:1].upper()}{words[1:]}"), style="small")

    def _inside(self, change: Change) -> Iterator[Block]:
        if not change.fields and not change.actions:
            for seen, revision in [*((s, self.taken_out) for s in change.old), *((s, self.put_in) for s in change.new)]:
                yield from self._paragraphs([(revision, seen.text)])
        for f in change.fields:
            if f.field == "text":
                for piece, words in say.pieces(change, f):
                    if piece:
                        yield Paragraph(text(piece, bold=True))
                    yield from self._paragraphs((self._revision(s.how), s.text) for s in words)
        told = say.context(change)
        if told:
            yield Paragraph(text(told))
        rest = say.told_fields(change)
        if rest:
            yield self._table(rest)

    def _table(self, fields: Sequence[FieldChange]) -> Table:
        cells = []
        for r, f in enumerate(fields):
            cells.append(Cell(r, 0, (text(say.field_name(f.field)),), header=True))
            cells.append(Cell(r, 1, tuple(self._value(f))))
        return Table(len(fields), 2, tuple(cells), header_columns=1, widths=(_FIELD_WIDTH, 1 - _FIELD_WIDTH))

    def _value(self, f: FieldChange) -> Iterator[Words]:
        if f.words:
            yield from (p.words for p in self._paragraphs((self._revision(s.how), s.text) for s in f.words))
            return
        yield tuple(Run(" " if words == " → " else words, revision=self._revision(sort)) for sort, words in say.value_pieces(f))

    def _revision(self, how: str) -> Revision | None:
        return {"removed": self.taken_out, "added": self.put_in}.get(how)

    @staticmethod
    def _paragraphs(pieces: Iterable[tuple[Revision | None, str]]) -> Iterator[Paragraph]:
        """Pieces of a text as paragraphs, which newlines part."""
        words: list[Run] = []
        for revision, piece in pieces:
            for n, line in enumerate(piece.split("\n")):
                if n and words:
                    yield Paragraph(tuple(words))
                    words = []
                if line:
                    words.append(Run(line, revision=revision))
        if words:
            yield Paragraph(tuple(words))
