"""Words of a paper as HTML: faces, links, calls of footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.write.markup.characters import escaped, fit
from evaltrail.write.markup.elements import element
from evaltrail.write.markup.names import Names
from evaltrail.write.model import Figure, Frame, Heading, Item, Paragraph, Table

if TYPE_CHECKING:
    from evaltrail.write.model import Block, Paper, Run, Words

_LONG = re.compile(r"\w{20}(?=\w)|[^\s\w]{20}(?=[^\s\w])|(?<=\w)[/_@](?=\w)")
"""Where a word may be broken that has no place of its own for it: after twenty letters, and between the parts of an address."""


class Inline:
    """Writes words, and knows the places of the page that a link can lead to."""

    def __init__(self, paper: Paper) -> None:
        """Names every place of the paper, in reading order."""
        self.names = Names()
        self.ids: dict[int, str] = {}
        """Name of a block by its ``id()``: of those with an anchor, of headings and of numbered paragraphs."""
        self._anchors: dict[str, str] = {}
        self._paper = paper
        self._calls: dict[int, int] = {}
        self.note_ids = [self.names.give(f"note-{i + 1}") for i in range(len(paper.notes))]
        self.call_ids: dict[int, str] = {}
        """Name of the first call of each note."""
        for b in paper.walk():
            wish = _wish(b)
            if wish:
                self.ids[id(b)] = self.names.give(wish)
                anchor = getattr(b, "anchor", None)
                if anchor:
                    self._anchors.setdefault(anchor, self.ids[id(b)])

    def number(self, note: int) -> str:
        """A footnote's number as printed, its place among them where it has none."""
        return fit(self._paper.notes[note].number).strip() or str(note + 1)

    def words(self, words: Words, *, narrow: bool = False) -> str:
        """The words; where the line is ``narrow`` (in a table) a long word may be broken, or it alone would make its column wide."""
        return "".join(self._run(r, narrow=narrow) for r in words)

    def marked(self, marker: str, words: Words) -> str:
        """The words with the marker before them."""
        before = element("span", escaped(marker.strip()), class_="marker") + " " if marker.strip() else ""
        return before + self.words(words)

    def _run(self, run: Run, *, narrow: bool) -> str:
        if run.note is not None:
            return self._call(run.note)
        text = _LONG.sub("\\g<0>\u200b", run.text) if narrow else run.text
        out = escaped(text).replace("\n", "<br>").replace("\u200b", "<wbr>")
        if not out:
            return ""
        if run.italic:
            out = f"<i>{out}</i>"
        if run.bold:
            out = f"<b>{out}</b>"
        target = self._anchors.get(run.to) if run.to else None
        if target:
            out = element("a", out, href=f"#{target}")
        if run.revision is not None:
            out = element("del" if run.revision.removed else "ins", out)
        return out

    def _call(self, note: int) -> str:
        """A raised number that leads to the note; nothing where there is no such note."""
        if not 0 <= note < len(self._paper.notes):
            return ""
        key = None
        if note not in self.call_ids:
            key = self.call_ids[note] = self.names.give(f"note-{note + 1}-ref")
        return element("sup", element("a", escaped(self.number(note)), id=key, href=f"#{self.note_ids[note]}", role="doc-noteref"))


def _wish(b: Block) -> str:
    """The name that a block would have; empty for one that nothing leads to."""
    if isinstance(b, Heading | Paragraph | Item | Table | Figure) and b.anchor:
        return b.anchor
    if isinstance(b, Heading):
        return f"section-{b.marker.strip(' .()')}" if b.marker.strip(" .()").isalnum() else "section"
    if isinstance(b, Paragraph) and b.marker.strip(" .").isdigit():
        return f"paragraph-{b.marker.strip(' .')}"
    return "box" if isinstance(b, Frame) and b.kind != "plain" else ""
