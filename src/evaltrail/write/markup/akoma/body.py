"""Blocks of a paper as the preface and the main body of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from evaltrail.write.markup.akoma.kinds import Kinds
from evaltrail.write.markup.akoma.tree import NAMESPACE, Places, put, say
from evaltrail.write.markup.akoma.words import Speaker
from evaltrail.write.markup.drawings import parsed
from evaltrail.write.markup.grid import grid
from evaltrail.write.markup.sections import List, Section, listed, sections
from evaltrail.write.model import Contents, Figure, Frame, Heading, Item, PageBreak, Paragraph, Table, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from evaltrail.record import Record
    from evaltrail.write.markup.sections import Entry
    from evaltrail.write.model import Block, Paper, Picture

_LEVELS = ("section", "subsection")
"""Elements of the first two levels of headings; all below are ``level``."""
_Part = Section | List | Heading | Paragraph | Item | Table | Frame | Figure | Contents | PageBreak


class Writer:
    """Writes one document's preface and main body."""

    def __init__(self, paper: Paper, record: Record) -> None:
        """A writer of the paper; the record says what kind of statement its words are."""
        self.paper = paper
        self.places = Places()
        self.speaker = Speaker(paper, self.places)
        self.kinds = Kinds(record)
        self._toc: list[tuple[Element, Contents]] = []
        self._headings: dict[int, str] = {}

    def write(self, document: Element) -> None:
        """Write the preface, where the paper has a front, and the main body."""
        parts = sections(self.paper.blocks).parts
        front = _front(parts)
        if front:
            preface = put(document, "preface", eId=self.places.only("preface", ""))
            for part in parts[:front]:
                self._block(preface, part, "preface")
        body = put(document, "mainBody", eId=self.places.only("mainBody", ""))
        self._parts(body, parts[front:], "", depth=0)
        self._uncalled(body)
        for toc, contents in self._toc:
            self._fill(toc, contents)
        _mend(document)
        self.speaker.settle()

    def _parts(self, el: Element, parts: Sequence[_Part], within: str, *, depth: int) -> None:
        """Sections and numbered paragraphs as parts of the hierarchy, what stands between them as their introduction or text."""
        groups = _groups(parts)
        hierarchy = any(isinstance(g, Section | _Numbered) for g in groups)
        for i, group in enumerate(groups):
            if isinstance(group, Section):
                self._section(el, group, within, depth=depth)
            elif isinstance(group, _Numbered):
                self._numbered(el, group, within)
            elif not depth:
                self._blocks(el, group, within)
            elif not hierarchy:
                name = self.places.only("content", within)
                self._blocks(put(el, "content", eId=name), group, within)
            elif i == 0:
                name = self.places.only("intro", within)
                self._blocks(put(el, "intro", eId=name), group, name)
            else:
                name = self.places.name("hcontainer", within)
                inner = put(put(el, "hcontainer", name="text", eId=name), "content", eId=self.places.only("content", name))
                self._blocks(inner, group, name)
        if depth and not groups:
            put(el, "content", eId=self.places.only("content", within))

    def _section(self, el: Element, section: Section, within: str, *, depth: int) -> None:
        tag = _LEVELS[depth] if depth < len(_LEVELS) else "level"
        heading = section.heading or Heading(())
        name = self.places.name(tag, within, heading.marker)
        self._headings[id(heading)] = name
        self._anchor(heading.anchor, name)
        inner = put(el, tag, eId=name)
        if heading.marker.strip():
            put(inner, "num", heading.marker.strip())
        self.speaker.words(put(inner, "heading"), heading.words)
        self._parts(inner, section.parts, name, depth=depth + 1)

    def _numbered(self, el: Element, group: _Numbered, within: str) -> None:
        head = group.paragraph
        name = self.places.name("paragraph", within, head.marker)
        self._anchor(head.anchor, name)
        inner = put(el, "paragraph", eId=name, refersTo=self._refers(head))
        put(inner, "num", head.marker.strip())
        content = put(inner, "content", eId=self.places.only("content", name))
        self.speaker.words(put(content, "p"), head.words)
        self._blocks(content, group.after, name)

    def _blocks(self, el: Element, parts: Sequence[_Part], within: str) -> None:
        for part in parts:
            self._block(el, part, within)

    def _block(self, el: Element, part: _Part, within: str) -> None:
        match part:
            case List():
                self._list(el, part.entries, within)
            case Heading():
                self._title(el, part, within)
            case Paragraph():
                self._paragraph(el, part, within)
            case Table():
                self._table(el, part, within)
            case Frame():
                self._frame(el, part, within)
            case Figure():
                self._figure(el, part, within)
            case Contents():
                self._toc.append((put(el, "toc", eId=self.places.name("toc", within)), part))
            case _:
                pass

    def _title(self, el: Element, b: Heading, within: str) -> None:
        """The paper's title, or a heading inside a box, which opens no section."""
        name = self.places.name("crossHeading" if b.level else "p", within) if b.anchor or b.level else None
        self._anchor(b.anchor, name)
        box = etree.QName(el).localname == "blockContainer"
        inner = put(el, "crossHeading", eId=name) if b.level and box else put(el, "p", eId=name)
        say(inner, f"{b.marker.strip()} " if b.marker.strip() else "")
        self.speaker.words(inner if b.level else put(inner, "docTitle"), b.words)

    def _paragraph(self, el: Element, b: Paragraph, within: str) -> None:
        if b.marker.strip():
            # Inside a box or a preface there is no hierarchy: a paragraph with a number is an item of a list.
            self._list(el, listed([Item(b.words, b.marker, 1, b.anchor)])[0].entries, within, self._refers(b))  # type: ignore[union-attr]
            return
        name = self.places.name("p", within) if b.anchor else None
        self._anchor(b.anchor, name)
        inner = put(el, "p", eId=name, class_=None if b.style == "body" else b.style, refersTo=self._refers(b))
        self.speaker.words(put(inner, "docNumber") if b.style == "symbol" and within == "preface" else inner, b.words)

    def _list(self, el: Element, entries: Sequence[Entry], within: str, refers: str | None = None) -> None:
        name = self.places.name("blockList", within)
        inner = put(el, "blockList", eId=name)
        for entry in entries:
            marker = entry.item.marker if entry.item is not None else ""
            key = self.places.name("item", name, marker)
            item = put(inner, "item", eId=key, refersTo=refers or (self._refers(entry.item) if entry.item is not None else None))
            if entry.item is not None:
                self._anchor(entry.item.anchor, key)
                if marker.strip():
                    put(item, "num", marker.strip())
                self.speaker.words(put(item, "p"), entry.item.words)
            if entry.inner:
                self._list(item, entry.inner, key)

    def _frame(self, el: Element, b: Frame, within: str) -> None:
        parts = listed(b.blocks)
        if not any(not isinstance(p, Heading | PageBreak) for p in parts):
            self._blocks(el, parts, within)
            return
        name = self.places.name("blockContainer", within)
        self._blocks(put(el, "blockContainer", eId=name, class_=b.kind, refersTo=self._refers(b)), parts, name)

    def _table(self, el: Element, b: Table, within: str) -> None:
        rows = grid(b)
        if not rows:
            if b.caption:
                self.speaker.words(put(el, "p"), b.caption)
            return
        name = self.places.name("table", within)
        self._anchor(b.anchor, name)
        table = put(el, "table", eId=name, class_=b.style)
        if b.caption:
            self.speaker.words(put(table, "caption"), b.caption)
        for row in rows:
            tr = put(table, "tr")
            for c in row:
                head = c.header or c.row < b.header_rows or c.column < b.header_columns
                spans = {k: n for k, n in (("colspan", c.column_span), ("rowspan", c.row_span)) if n > 1}
                cell = put(tr, "th" if head else "td", **spans)
                if c.picture is not None:
                    _draw(cell, c.picture)
                for words in c.paragraphs or ((),):
                    self.speaker.words(put(cell, "p"), words)

    def _figure(self, el: Element, b: Figure, within: str) -> None:
        name = self.places.name("tblock", within)
        self._anchor(b.anchor, name)
        inner = put(el, "tblock", eId=name, class_="figure")
        if b.caption:
            self.speaker.words(put(inner, "heading"), b.caption)
        _draw(inner, b.picture)
        if b.data is not None:
            self._table(inner, b.data, name)

    def _uncalled(self, body: Element) -> None:
        """Footnotes whose mark is lost stand at the end."""
        left = self.speaker.uncalled()
        if not left:
            return
        name = self.places.name("hcontainer")
        outer = put(put(body, "hcontainer", name="notes", eId=name), "content", eId=self.places.only("content", name))
        items = [Item(self.paper.notes[i].words, self.speaker.number(i)) for i in left]
        self._blocks(outer, listed(items), name)

    def _fill(self, toc: Element, contents: Contents) -> None:
        heads = [h for h in self.paper.walk() if isinstance(h, Heading) and h.listed and 0 < h.level <= contents.levels]
        for h in heads:
            if id(h) in self._headings:
                words = f"{h.marker} {plain(h.words)}".strip()
                put(toc, "tocItem", words, href=f"#{self._headings[id(h)]}", level=h.level)
        above = toc.getparent()
        if not len(toc) and above is not None:
            above.remove(toc)

    def _anchor(self, anchor: str | None, name: str | None) -> None:
        if anchor and name:
            self.speaker.anchors.setdefault(anchor, name)

    def _refers(self, b: Block) -> str | None:
        kind = self.kinds.of(b)
        return f"#{kind}" if kind else None


class _Numbered:
    """A numbered paragraph with the lists and the action table that belong to it."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.after: list[_Part] = []


def _groups(parts: Sequence[_Part]) -> list[Section | _Numbered | list[_Part]]:
    """Parts as members of the hierarchy, and what stands between them in runs."""
    out: list[Section | _Numbered | list[_Part]] = []
    for part in parts:
        last = out[-1] if out else None
        if isinstance(part, Section):
            out.append(part)
        elif isinstance(part, Paragraph) and part.marker.strip():
            out.append(_Numbered(part))
        elif isinstance(last, _Numbered) and (isinstance(part, List) or (isinstance(part, Table) and part.style == "action")):
            last.after.append(part)
        elif isinstance(part, PageBreak):
            continue
        elif isinstance(last, list):
            last.append(part)
        else:
            out.append([part])
    return out


def _front(parts: Sequence[_Part]) -> int:
    """How many of the first parts are the paper's front: up to the title, and lines, a purpose box and the contents after it."""
    end, titled = 0, False
    for i, part in enumerate(parts):
        title = isinstance(part, Heading) and part.level < 1
        line = isinstance(part, Paragraph) and not part.marker.strip() and part.style != "body"
        if title or line or (titled and isinstance(part, Frame | Contents)):
            end, titled = i + 1, titled or title
        elif titled or not isinstance(part, Paragraph | PageBreak) or (isinstance(part, Paragraph) and part.marker.strip()):
            break
    return end if titled else 0


def _mend(document: Element) -> None:
    """An empty paragraph where the schema asks for a block and the paper has none."""
    for name in ("preface", "mainBody", "blockContainer"):
        for el in document.iter(f"{{{NAMESPACE}}}{name}"):
            if all(etree.QName(child).localname == "crossHeading" for child in el):
                put(el, "p")


def _draw(el: Element, picture: Picture) -> None:
    """A drawing, which Akoma Ntoso leaves to its own vocabulary; its description in words where its source cannot be read."""
    svg = parsed(picture.svg)
    if svg is None:
        put(el, "p", f"{picture.title}. {picture.description}")
        return
    svg.tail = None
    put(el, "foreign").append(svg)
