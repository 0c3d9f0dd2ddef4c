"""A tree of HTML elements to drafts, without recursion: a page nested ten thousand deep is only a long stack."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evaltrail.read.markup.content import HEADINGS, UNSEEN, hidden
from evaltrail.read.markup.draft import PLAIN, Composer, Draft, Look
from evaltrail.read.markup.grid import CellDraft, FlowTable, RowDraft
from evaltrail.read.markup.lists import ordinal
from evaltrail.read.markup.looks import box_fill, is_box, look_of
from evaltrail.read.markup.markers import is_apart, makes_item
from evaltrail.read.markup.notes import visible_text
from evaltrail.read.markup.svg import Drawings

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.read.markup.content import Content
    from evaltrail.read.markup.hyphens import Hyphens
    from evaltrail.read.markup.notes import Notes

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
_CELLS = frozenset({"td", "th"})
_PHRASES = frozenset({"span", "b", "strong", "em", "i", "font"})
_INDENT = 30.0
"""Points that one level of a list or quotation is set in: browsers use 40 px."""
_SHORT_ALTERNATIVE = 40
_LONGEST_MARKER = 40
"""Characters of a marker with the spaces after it, by which word processors set it apart."""
_STARTS_ITEM = re.compile(r"\s*(?:[•▪●○◦‣–—*·-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{2,5})[.)]\s)")

_CAPTION = re.compile(r"(?:^|\s)(?:Mso|wp-|[\w-]*-)?caption(?:-text)?(?:\s|$)", re.IGNORECASE)
"""Classes by which pages mark a paragraph as a caption: MsoCaption, caption, wp-caption-text, figure-caption."""


@dataclass(slots=True)
class _Item:
    """A list item whose marker is to be written with its first words."""

    marker: str
    written: bool = False


@dataclass(slots=True)
class _List:
    """A list being read: HTML's type of an ordered one, None for bullets, "" for none."""

    kind: str | None
    next: int = 1
    step: int = 1

    def item(self, el: Element) -> _Item:
        """The next item, with its marker."""
        if self.kind is None:
            return _Item("•")
        if not self.kind:
            return _Item("")
        value = el.get("value")
        number = int(value) if value and value.lstrip("-").isdigit() else self.next
        self.next = number + self.step
        return _Item(ordinal(number, el.get("type") or self.kind) + ".")


@dataclass(slots=True)
class _State:
    """What an element inherits."""

    draft: Draft
    look: Look = PLAIN
    aside: bool = False
    cut: bool = False
    """Words here are shown, but are no part of the block around them."""
    kept: bool = False
    """Line breaks of the source kept (pre)."""
    list: _List | None = None
    depth: int = 0
    """Depth of lists."""
    item: _Item | None = None
    table: _Table | None = None
    cell: bool = False

    def inner(self, look: Look) -> _State:
        """The same for an element inside, with its look."""
        return _State(self.draft, look, self.aside, self.cut, self.kept, self.list, self.depth, self.item, self.table, self.cell)


@dataclass(slots=True)
class _Table:
    """A table being read, and where its caption goes."""

    outer: list[Draft]
    draft: FlowTable = field(default_factory=FlowTable)
    head: bool = False


class Walker:
    """Walks one page."""

    def __init__(self, content: Content, notes: Notes, hyphens: Hyphens | None = None) -> None:
        """A walker over a page taken apart by ``content.choose`` and ``notes.find``."""
        self.composer = Composer(hyphens)
        self.footnotes: list[Draft] = []
        self.drawings = Drawings()
        self._content = content
        self._notes = notes
        self._state = _State(Draft(), aside=True)
        self._boxes = 0
        self._whole = max(1, content.mass[content.root].text)

    def run(self, body: Element) -> list[Draft]:
        """The drafts of the page's main content; footnotes are in ``footnotes``."""
        out = self.composer.into
        stack: list[tuple[Element, _State | None, list[Draft]]] = [(body, None, out)]
        while stack:
            el, before, sink = stack.pop()
            if before is not None:
                self._leave(el, sink)
                self._state = before
                if el.tail and el is not body:
                    self._say(el.tail)
            elif self._skipped(el):
                if el.tag == "svg" and not self._state.aside and not hidden(el):
                    self._picture(el)
                if el.tail and el is not body:
                    self._say(el.tail)
            else:
                stack.append((el, self._state, self.composer.into))
                self._state = self._enter(el, self._state)
                if el in self._notes.marks:
                    self._mark(el)
                    continue
                if el.tag in _PHRASES and self._marker(el):
                    continue
                if el.text:
                    self._say(el.text)
                stack.extend((child, None, out) for child in reversed(el))
        self.composer.end()
        return out

    def _picture(self, el: Element) -> None:
        """A drawing between blocks: its words are labels, and belong to none of them."""
        if self.composer.draft is None and next(el.iter("text"), None) is not None:
            self.drawings.read(el, self.composer)

    def _skipped(self, el: Element) -> bool:
        return not isinstance(el.tag, str) or el.tag in UNSEEN or hidden(el)

    def _open(self) -> None:
        """Begin a draft with the state's surroundings; the first one of a list item takes its marker."""
        state = self._state
        draft = state.draft.like()
        draft.aside = state.aside
        item = state.item
        if item is not None and not item.written:
            item.written = True
            if draft.kind == "paragraph":
                draft.kind, draft.level = "item", state.depth
            self.composer.begin(draft)
            self.composer.mark(item.marker)
        else:
            self.composer.begin(draft)

    def _say(self, text: str) -> None:
        state = self._state
        composer = self.composer
        if state.kept and "\n" in text:
            self._say_kept(text)
            return
        if composer.draft is None:
            if text.isspace():
                return
            self._open()
        composer.words(text, state.look, "" if state.cut else None)

    def _say_kept(self, text: str) -> None:
        """Preformatted text: an empty line ends a paragraph."""
        for i, chunk in enumerate(re.split(r"\n[ \t]*\n", text)):
            if i:
                self.composer.end()
            if chunk.strip():
                self._say(chunk.replace("\n", " "))

    def _mark(self, el: Element) -> None:
        if self.composer.draft is None:
            self._open()
        self.composer.words(visible_text(el), replace(self._state.look, raised=True), self._notes.marks[el])

    def _marker(self, el: Element) -> bool:
        """Write the element as the marker of the block that it begins, if it is one; whether it is."""
        state, draft = self._state, self.composer.draft
        kind = state.draft.kind if draft is None else draft.kind
        begun = draft is not None and (draft.runs or draft.marker)
        if begun or kind not in {"paragraph", "item", "heading"} or state.cut or (state.item is not None and state.item.marker):
            return False
        words = visible_text(el)
        apart = words[-1:].isspace() or (el.tail or "")[:1].isspace()
        marker = words.strip() if len(words) < _LONGEST_MARKER else ""
        if not apart or not (el.tail or "").strip() or not is_apart(marker, el.get("class") or "", heading=kind == "heading"):
            return False
        if draft is None:
            self._open()
        self.composer.mark(marker)
        draft = self.composer.draft
        if draft is not None and draft.kind == "paragraph" and makes_item(marker):
            draft.kind, draft.level = "item", max(1, state.depth)
        return True

    def _enter(self, el: Element, above: _State) -> _State:
        """The state inside the element; its block begun."""
        state = above.inner(look_of(el, above.look))
        if el is self._content.root:
            state.aside = False
        tag = el.tag
        if el in self._notes.cut:
            state.cut = True
        elif el in self._content.aside or el in self._notes.aside:
            state.aside, state.cut = (True, state.cut) if tag in _BLOCKS else (state.aside, True)
        if tag == "br":
            self._break(el)
        elif tag == "img" and state.cell:
            self._symbol(el)
        elif tag in _BLOCKS or el in self._notes.bodies:
            self.composer.end()
            self._enter_block(el, state)
        return state

    def _enter_block(self, el: Element, state: _State) -> None:
        tag = el.tag
        draft = state.draft
        if draft.kind != "footnote":
            draft = draft.like()
            draft.kind, draft.level, draft.style = "paragraph", 0, _style(el)
            if tag in HEADINGS or el.get("role") == "heading":
                draft.kind, draft.level = "heading", HEADINGS.get(str(tag)) or _aria_level(el)
            elif tag in {"caption", "figcaption"} or _CAPTION.search(el.get("class") or ""):
                draft.kind = "caption"
            elif "MsoTitle" in (el.get("class") or ""):
                draft.kind = "title"
            self._box(el, draft)
        state.draft = draft
        number = self._notes.bodies.get(el)
        if number is not None:
            draft.kind, draft.number, draft.level, state.item = "footnote", number, 0, None
            state.aside, draft.box = False, None
            self.composer.into = self.footnotes
        elif tag in {"ul", "ol", "menu", "dir"}:
            state.list, state.item = _list(el), None
            state.depth += 1
            draft.indent += _INDENT
        elif tag == "li":
            state.item = (state.list or _List(None)).item(el)
            state.depth = max(1, state.depth)
        elif tag in {"dd", "blockquote"}:
            draft.indent += _INDENT
        elif tag == "pre":
            state.kept = True
        else:
            self._enter_table(el, state)

    def _enter_table(self, el: Element, state: _State) -> None:
        tag = el.tag
        table = state.table
        if tag == "table":
            state.table = _Table(self.composer.into)
            state.item, state.list, state.depth, state.cell = None, None, 0, False
            state.draft.indent = 0.0
        elif table is None:
            return
        elif tag == "thead":
            table.head = True
        elif tag in {"tbody", "tfoot"}:
            table.head = False
        elif tag == "tr":
            table.draft.rows.append(RowDraft(table.head))
        elif tag in _CELLS:
            if not table.draft.rows:
                table.draft.rows.append(RowDraft())
            cell = CellDraft(_span(el, "rowspan"), _span(el, "colspan"), tag == "th", box_fill(el))
            table.draft.rows[-1].cells.append(cell)
            self.composer.into = cell.drafts
            state.cell = True
        elif tag == "caption":
            self.composer.into = table.outer

    def _box(self, el: Element, draft: Draft) -> None:
        """A key for the box that the element draws around its blocks."""
        if el.tag in _CELLS or not is_box(el):
            return
        mass = self._content.mass.get(el)
        # A "box" around half of the document is the page's own frame.
        if mass is not None and 0 < mass.text < 0.5 * self._whole:
            self._boxes += 1
            draft.box = f"box{self._boxes}"
            draft.fill = box_fill(el) or draft.fill

    def _leave(self, el: Element, sink: list[Draft]) -> None:
        state = self._state
        if el.tag in _BLOCKS or el in self._notes.bodies:
            self.composer.end()
        if el.tag == "thead" and state.table is not None:
            state.table.head = False
        if el.tag == "table" and state.table is not None:
            self._end_table(state, sink)
        self.composer.into = sink

    def _end_table(self, state: _State, sink: list[Draft]) -> None:
        table = state.table
        if table is None or state.aside:
            return
        cells = [c for r in table.draft.rows for c in r.cells]
        filled = [c for c in cells if c.drafts]
        if len(filled) == 1 and len(cells) <= 3:
            self._boxes += 1
            for d in filled[0].drafts:
                d.box, d.fill = d.box or f"box{self._boxes}", d.fill or filled[0].fill
            sink.extend(filled[0].drafts)
        elif table.draft.is_layout():
            for c in filled:
                sink.extend(c.drafts)
        else:
            grid = table.draft.lay()
            if grid is not None and filled:
                draft = state.draft.like()
                draft.kind, draft.table = "table", grid
                sink.append(draft)

    def _symbol(self, el: Element) -> None:
        """A picture that is all a cell holds: a traffic light or a tick says in its alternative text what it shows."""
        alternative = el.get("alt") or ""
        if self.composer.draft is None and not self.composer.into and 0 < len(alternative) <= _SHORT_ALTERNATIVE:
            self._say(alternative)

    def _break(self, el: Element) -> None:
        """A line break: two make a paragraph, and so does one before a typed list marker, or in a cell unless a sentence goes on."""
        before = el.getprevious()
        if before is not None and before.tag == "br" and not (before.tail or "").strip():
            self.composer.end()
            return
        ahead = (el.tail or "").strip()
        if not ahead:
            following = el.getnext()
            ahead = visible_text(following).strip() if following is not None and following.tag != "br" else ""
        if ahead and (_STARTS_ITEM.match(ahead) or (self._state.cell and not ahead[0].islower())):
            self.composer.end()
        else:
            self.composer.line_break()


def _style(el: Element) -> str:
    classes = el.get("class")
    return ".".join([str(el.tag), *classes.split()]) if classes else str(el.tag)


def _aria_level(el: Element) -> int:
    level = el.get("aria-level") or ""
    return int(level) if level.isdigit() and 0 < int(level) < 100 else 2


def _span(el: Element, name: str) -> int:
    value = (el.get(name) or "1").strip()
    return int(value) if value.isdigit() else 1


def _list(el: Element) -> _List:
    style = el.get("style") or ""
    plain = "list-style" in style.replace(" ", "") and re.search(r"list-style(?:-type)?\s*:[^;]*none", style) is not None
    if el.tag != "ol":
        return _List("" if plain else None)
    kinds = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}
    named = re.search(r"(?:lower|upper)-(?:alpha|latin|roman)", f"{style} {el.get('class', '')}")
    kind = el.get("type") or (kinds[named.group()] if named else "1")
    start = (el.get("start") or "").strip()
    reverse = el.get("reversed") is not None
    first = int(start) if start.lstrip("-").isdigit() else (sum(1 for c in el if c.tag == "li") if reverse else 1)
    return _List("" if plain else kind, first, -1 if reverse else 1)
