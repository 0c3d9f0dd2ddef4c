"""Drafts: blocks while they are being read, as runs of characters with one look each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.markup.hyphens import BROKEN
from evaltrail.read.outline import Piece, Text

if TYPE_CHECKING:
    from evaltrail.read.markup.grid import TableDraft
    from evaltrail.read.markup.hyphens import Hyphens
    from evaltrail.read.outline import BlockKind

# Zero-width characters, byte order mark and soft hyphen: never printed.  The rest of the C0 controls are faults of the file.
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(9), 0xB, *range(0xE, 0x1C), 0xFFFE, 0xFFFF])
_SOFT_BREAK = re.compile("\u00ad[ \\t]*\\r?\\n\\s*")


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    """Superscript."""
    size: float = 0.0
    """Points, 0 unknown."""
    colour: str | None = None
    """'#rrggbb' where not black."""


PLAIN = Look()
_NO_TEXT = Text()


@dataclass(slots=True)
class Run:
    """Characters of one look that stand unbroken in the page's text at ``start``."""

    text: str
    start: int
    look: Look = PLAIN
    note: str | None = None
    """Number of the footnote that these characters call: they are cut from the block.  "" cuts them without a mark."""


@dataclass(slots=True)
class Draft:
    """A block to be.  ``runs`` joined are its words; a table has ``table`` and no runs."""

    kind: BlockKind = "paragraph"
    level: int = 0
    marker: Text = _NO_TEXT
    runs: list[Run] = field(default_factory=list)
    box: str | None = None
    fill: str | None = None
    indent: float = 0.0
    style: str | None = None
    number: str | None = None
    table: TableDraft | None = None
    aside: bool = False
    """Written in the page's text, but no block of the outline."""

    @property
    def text(self) -> str:
        """The words as they now stand, footnote marks included."""
        return "".join(r.text for r in self.runs)

    def like(self) -> Draft:
        """An empty draft with the same surroundings."""
        return Draft(
            self.kind,
            self.level,
            box=self.box,
            fill=self.fill,
            indent=self.indent,
            style=self.style,
            number=self.number,
            aside=self.aside,
        )


class Composer:
    """Writes the page's text and collects drafts.

    White space is folded while writing, so that a run's characters are exactly those of the page's text.
    ``into`` (a list of drafts) is where finished drafts go; readers swap it for cells and footnotes.
    """

    def __init__(self, hyphens: Hyphens | None = None) -> None:
        """An empty page. With ``hyphens`` words that the source's line ends took apart are joined."""
        self._hyphens = hyphens
        self.into: list[Draft] = []
        self.draft: Draft | None = None
        self._parts: list[str] = []
        self._length = 0
        self._space = False
        self._held = ""
        """A hyphen at a line break, to be settled when the next words are there."""

    @property
    def text(self) -> str:
        """The page's text up to here."""
        return "".join(self._parts)

    def _write(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def begin(self, draft: Draft) -> None:
        """End the draft that is open and begin another."""
        self.end()
        self.draft = draft

    def end(self) -> None:
        """Close the open draft.  One without words or table is dropped."""
        draft, self.draft, self._space, self._held = self.draft, None, False, ""
        if draft is None or not (draft.runs or draft.marker or draft.table):
            return
        if self._parts and not self._parts[-1].endswith("\n"):
            self._write("\n")
        if not draft.aside:
            self.into.append(draft)

    def mark(self, marker: str) -> None:
        """Write the open draft's list marker, as printed, before its words."""
        if self.draft is not None and marker:
            start = self._write(marker)
            self._write(" ")
            self.draft.marker = Text(marker, (Piece(0, 1, start, len(marker)),))

    def words(self, text: str, look: Look = PLAIN, note: str | None = None) -> None:
        """Add characters to the open draft, white space folded.  ``note`` makes them a footnote mark."""
        draft = self.draft
        if draft is None:
            return
        if self._held:
            self._settle(text)
        if not text.isascii():
            # A soft hyphen at a line's end is printed there and nowhere else.
            soft = text.rstrip().endswith("\u00ad")
            text = _SOFT_BREAK.sub("", text).translate(_INVISIBLE)
            if soft:
                self._held = "\u00ad"
                text = text.rstrip()
        if self._hyphens is not None and "\n" in text and BROKEN.search(text):
            self._joined(text, look, note)
            return
        self._folded(text, look, note)

    def _folded(self, text: str, look: Look, note: str | None) -> None:
        draft = self.draft
        if draft is None:
            return
        folded = " ".join(text.split())
        if not folded:
            self._space = self._space or bool(text)
            return
        if draft.runs and (self._space or text[0].isspace()):
            folded = " " + folded
        self._space = text[-1].isspace()
        last = draft.runs[-1] if draft.runs else None
        start = self._write(folded)
        if last is not None and last.look == look and last.note is None and note is None and last.start + len(last.text) == start:
            last.text += folded
        else:
            draft.runs.append(Run(folded, start, look, note))

    def _joined(self, text: str, look: Look, note: str | None) -> None:
        """Words with hyphens at line ends: the page keeps them, the block only those that belong to the word."""
        at = 0
        for broken in BROKEN.finditer(text):
            before = text[at : broken.start()]
            glue = self._hyphens.glue(before, broken.group(1), text[broken.end() : broken.end() + 80]) if self._hyphens is not None else "-"
            self._folded(before + (glue or ""), look, note)
            if glue is None:
                self._write(broken.group(1) + "\n")
            at = broken.end()
        self._folded(text[at:], look, note)

    def line_break(self) -> None:
        """A line break inside the open draft: a space, unless a word was broken there."""
        if self.draft is None or not self.draft.runs or self._held:
            return
        last = self.draft.runs[-1].text
        if self._hyphens is not None and len(last) > 1 and last[-1] in "-\u2010" and last[-2].isalnum() and not self._space:
            self._held = last[-1]
        else:
            self._space = True

    def _settle(self, text: str) -> None:
        """Join the words before and after a line break at which a word was broken."""
        if not text.strip():
            return
        dash, self._held, self._space = self._held, "", False
        draft = self.draft
        if draft is None or not draft.runs or dash == "\u00ad" or self._hyphens is None:
            return
        run = draft.runs[-1]
        glue = self._hyphens.glue(run.text[:-1], dash, text.lstrip()[:80])
        if glue is None:
            run.text = run.text[:-1]
        self._space = glue == "- "
