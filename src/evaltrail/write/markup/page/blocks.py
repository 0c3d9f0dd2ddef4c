"""Blocks of a paper as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.markup.characters import escaped, fit
from evaltrail.write.markup.elements import block, element
from evaltrail.write.markup.page import pictures, tables
from evaltrail.write.markup.page.inline import Inline
from evaltrail.write.markup.sections import List, Section, listed, sections
from evaltrail.write.markup.text import lines
from evaltrail.write.markup.words import words
from evaltrail.write.model import Contents, Figure, Frame, Heading, PageBreak, Paragraph, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.write.markup.sections import Entry
    from evaltrail.write.model import Block, Paper

_LAST_TAG = 6
"""HTML has names for headings of six levels; deeper ones say theirs."""


class Writer:
    """Writes the main part of one page."""

    def __init__(self, paper: Paper) -> None:
        """A writer of the paper's blocks."""
        self.paper = paper
        self.inline = Inline(paper)
        self.words = words(paper.language, paper.house)
        self.titled = any(isinstance(b, Heading) and b.level < 1 for b in paper.walk())
        """Without a title the first level of headings is the page's first."""
        self._tables = 0

    def body(self) -> str:
        """The blocks, then the footnotes."""
        return "\n".join([*self._parts(sections(self.paper.blocks).parts), *self._notes()])

    def _parts(self, parts: Sequence[Section | List | Block]) -> Iterator[str]:
        front: list[str] = []
        for part in parts:
            if isinstance(part, Paragraph) and part.style in {"symbol", "front"}:
                front.append(self._paragraph(part))
                continue
            if front:
                yield block("div", front, class_="front")
                front = []
            yield self._part(part)
        if front:
            yield block("div", front, class_="front")

    def _part(self, part: Section | List | Block) -> str:
        match part:
            case Section():
                head = [self._heading(part.heading)] if part.heading is not None else []
                return block("section", [*head, *self._parts(part.parts)])
            case List():
                return self._list(part.entries)
            case Heading():
                return self._heading(part)
            case Paragraph():
                return self._paragraph(part)
            case Table():
                return self._table(part)
            case Frame():
                return block("div", self._parts(listed(part.blocks)), class_=f"box box-{part.kind}", id=self._id(part))
            case Figure():
                return self._figure(part)
            case Contents():
                return self._contents(part)
            case PageBreak():
                return element("div", class_="new-page")
        return ""

    def _id(self, b: Block) -> str | None:
        return self.inline.ids.get(id(b))

    def _heading(self, b: Heading) -> str:
        level = max(b.level, 0) + 1 if self.titled else max(b.level, 1)
        inner = self.inline.marked(b.marker, b.words)
        if not _says(b):
            return ""
        if level > _LAST_TAG:
            return element("div", inner, class_="deep", role="heading", aria_level=level, id=self._id(b))
        return element(f"h{level}", inner, id=self._id(b))

    def _paragraph(self, b: Paragraph) -> str:
        names = [n for n, fits in (("numbered", bool(b.marker.strip())), (b.style, b.style != "body")) if fits]
        return element("p", self.inline.marked(b.marker, b.words), class_=" ".join(names), id=self._id(b))

    def _list(self, entries: Sequence[Entry]) -> str:
        ordered = any(e.item is not None and any(c.isalnum() for c in e.item.marker) for e in entries)
        # A list without bullets of its own is no list to some screen readers unless it says so.
        return block("ol" if ordered else "ul", map(self._entry, entries), class_="typed", role="list")

    def _entry(self, entry: Entry) -> str:
        inner = f"\n{self._list(entry.inner)}\n" if entry.inner else ""
        if entry.item is None:
            return element("li", inner)
        return element("li", self.inline.marked(entry.item.marker, entry.item.words) + inner, id=self._id(entry.item))

    def _table(self, b: Table) -> str:
        """A table in a box of its own that scrolls where it is wider than the page."""
        self._tables += 1
        name = plain(b.caption) or self.words["table"].format(n=self._tables)
        inner = tables.table(b, self.inline, self._id(b))
        if not tables.may_scroll(b):
            return block("div", inner, class_="scroll")
        return self._scroll(inner, name)

    def _scroll(self, inner: str, name: str) -> str:
        """What may be wider than the page. What scrolls must be reached by the keyboard, and what is reached must have a name."""
        return block("div", inner, class_="scroll", role="group", tabindex=0, aria_label=name or self.words["figure"])

    def _figure(self, b: Figure) -> str:
        caption = [element("figcaption", self.inline.words(b.caption))] if b.caption else []
        data = [self._table(b.data)] if b.data is not None else []
        drawing = self._scroll(pictures.drawn(b.picture, self.inline.names), b.picture.title or plain(b.caption))
        return block("figure", [*caption, drawing, *data], id=self._id(b))

    def _contents(self, b: Contents) -> str:
        heads = [h for h in self.paper.walk() if isinstance(h, Heading) and h.listed and 0 < h.level <= b.levels and _says(h)]
        if not heads:
            return ""
        name = self.inline.names.give("contents")
        title = self.inline.words(b.title) or escaped(self.words["contents"])
        rows = [element("li", self._entry_of_contents(h), class_=f"level-{h.level}") for h in heads]
        inner = [element("h2" if self.titled else "h1", title, id=name), block("ol", rows, class_="typed", role="list")]
        return block("nav", inner, class_="contents", aria_labelledby=name)

    def _entry_of_contents(self, h: Heading) -> str:
        words = escaped(f"{h.marker} {plain(h.words)}".strip())
        return element("a", words, href=f"#{self.inline.ids[id(h)]}")

    def _notes(self) -> Iterator[str]:
        """The footnotes, each with a link back to where it is called first."""
        if not self.paper.notes:
            return
        rows = []
        for i, note in enumerate(self.paper.notes):
            back = self.inline.call_ids.get(i)
            link = element("a", "↩", href=f"#{back}", role="doc-backlink", aria_label=self.words["back"])
            first, *rest = lines(note.words)
            texts = [self.inline.marked(self.inline.number(i), first), *map(self.inline.words, rest)]
            texts[-1] += f" {link}" if back else ""
            rows.append(element("li", texts[0] if len(texts) == 1 else "".join(element("p", t) for t in texts), id=self.inline.note_ids[i]))
        inner = block("ol", rows, class_="typed", role="list")
        yield block("section", inner, class_="notes", role="doc-endnotes", aria_label=self.words["notes"])


def _says(h: Heading) -> bool:
    """Whether there is anything to read in the heading: one without words would only be stumbled over."""
    return bool(fit(h.marker + plain(h.words)).strip())
