"""Footnotes: in the order of their calls, counted by Word where their printed numbers run on, with marks of their own elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evaltrail.write.model import Figure, Frame, Heading, Item, Paragraph, Run, Table
from evaltrail.write.word.xml import escaped, part, w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evaltrail.write.model import Block, Note, Paper, Words


_OWN = '<mc:AlternateContent><mc:Choice Requires="w15">{}</mc:Choice><mc:Fallback/></mc:AlternateContent>'
"""How a mark of its own stands in a note: Word prints it as text, while LibreOffice prints it by itself and would print it twice.
Word 2013 and later take the choice, LibreOffice, which does not know its namespace, takes the empty fallback."""


@dataclass(slots=True)
class Notes:
    """The footnotes of a paper."""

    notes: tuple[Note, ...]
    order: list[int]
    """Index of each note in the order of first calls."""
    counted: frozenset[int]
    """Notes whose number Word's own count gives."""
    again: frozenset[int]
    """Notes that are called more than once."""
    after: dict[int | None, list[int]]
    """Notes that nothing calls, by the called note behind which their marks are put; None: before all others."""
    begun: set[int] = field(default_factory=set)
    """Notes whose first call is written."""

    def mark(self, index: int) -> str:
        """The note's number as printed."""
        return self.notes[index].number.strip() or "*"

    def id(self, index: int) -> int:
        """Id of the note in its part, from 1."""
        return self.order.index(index) + 1

    def xml(self, words: Callable[[Words], str]) -> bytes:
        """The part ``footnotes.xml``; ``words`` writes runs."""
        lines = "".join(
            w("footnote", w("p", w("pPr", w("spacing", after=0)), w("r", f"<w:{kind}/>")), type=kind, id=n)
            for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        return part("footnotes", lines, *(self._note(i, n, words) for n, i in enumerate(self.order, 1)))

    def _note(self, index: int, key: int, words: Callable[[Words], str]) -> str:
        style = w("rPr", w("rStyle", val="FootnoteReference"))
        own = "<w:footnoteRef/>" if index in self.counted else _OWN.format(w("t", escaped(self.mark(index))))
        first, *rest = paragraphs_of(self.notes[index].words) or [()]
        props = w("pPr", w("pStyle", val="FootnoteText"))
        space = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        return w(
            "footnote",
            w("p", props, w("r", style, own), space, words(first)),
            *(w("p", props, words(more)) for more in rest),
            id=key,
        )


def notes_of(paper: Paper) -> Notes:
    """The paper's footnotes; calls of notes that there are not are passed over."""
    called = [i for i in _calls(paper.blocks) if 0 <= i < len(paper.notes)]
    first = list(dict.fromkeys(called))
    seen = set(first)
    after: dict[int | None, list[int]] = {}
    for i in range(len(paper.notes)):
        if i not in seen:
            before = max((j for j in seen if j < i), default=None)
            after.setdefault(before, []).append(i)
    order = list(after.get(None, []))
    for i in first:
        order += [i, *after.get(i, [])]
    counted: set[int] = set()
    for i in order:
        if paper.notes[i].number.strip() == str(len(counted) + 1):
            counted.add(i)
    again = frozenset(i for i in seen if called.count(i) > 1)
    return Notes(paper.notes, order, frozenset(counted), again, after)


def _calls(blocks: tuple[Block, ...]) -> Iterator[int]:
    for words in words_of(blocks):
        yield from (r.note for r in words if r.note is not None)


def words_of(blocks: tuple[Block, ...]) -> Iterator[Words]:
    """All words of the blocks in the order in which they are written."""
    for b in blocks:
        match b:
            case Heading() | Paragraph() | Item():
                yield b.words
            case Table():
                yield from _table_words(b)
            case Figure():
                yield b.caption
                if b.data is not None:
                    yield from _table_words(b.data)
            case Frame():
                yield from words_of(b.blocks)
            case _:
                pass


def _table_words(table: Table) -> Iterator[Words]:
    yield table.caption
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        yield from cell.paragraphs


def paragraphs_of(words: Words) -> list[Words]:
    """The words cut at line ends, empty lines left out."""
    out: list[list[Run]] = [[]]
    for r in words:
        head, *rest = r.text.split("\n")
        out[-1].append(replace(r, text=head))
        out.extend([replace(r, text=line, note=None)] for line in rest)
    return [tuple(line) for line in out if any(r.text.strip() or r.note is not None for r in line)]
