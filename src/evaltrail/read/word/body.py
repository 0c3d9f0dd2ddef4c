"""The words of a DOCX: paragraphs, runs, fields, notes and text boxes, in reading order, as Word shows them with all changes accepted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evaltrail.read.markup.draft import Composer, Draft, Look
from evaltrail.read.word.fields import Fields
from evaltrail.read.word.numbering import counted
from evaltrail.read.word.package import W, local, val
from evaltrail.read.word.styles import NO_STYLE, CharacterLook, character_look, combined, over, paragraph_look

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.read.outline import BlockKind
    from evaltrail.read.word.numbering import Numbered, Numbering
    from evaltrail.read.word.styles import ParagraphLook, Style, Styles

_THROUGH = frozenset({"ins", "moveTo", "customXml", "smartTag", "hyperlink", "dir", "bdo", "sdtContent", "fldSimple", "ruby", "rubyBase"})
"""Elements that only wrap what they hold. Inserted text is read as accepted."""
_GONE = frozenset({"del", "moveFrom", "pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "rt", "rubyPr", "proofErr"})
"""Deleted text and properties."""
_CONTENTS_STYLES = ("toc ", "toc heading", "table of figures", "table of authorities", "contents heading", "index ")
_NUMBER = re.compile(r"(?:[A-Z]{1,3}[.-]?)?\d[\d.]*[.):]*")
"""The number of a paragraph: '26.', '1.1', and with the letter of its part or kind 'A.1', 'R1:'."""
_LIST_STYLE = re.compile(r"list (?:number|bullet)(?: [2-5])?")
"""Word's own styles for the items of lists."""
_LONG_HEADING = 350
"""Characters above which a paragraph in a heading style is running text: numbered paragraphs are often styled so."""


@dataclass(slots=True)
class Note:
    """A footnote or endnote that the text calls."""

    kind: str
    id: str
    number: str


@dataclass(slots=True)
class Pending:
    """Drawings met in a paragraph, read when it ends: text boxes, and relationship ids of charts and diagrams."""

    boxes: list[Element] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)


class Reader:
    """Reads stories (body, headers, notes) into one composer."""

    def __init__(self, composer: Composer, styles: Styles, numbering: Numbering) -> None:
        """A reader that writes to the composer."""
        self.composer = composer
        self.styles = styles
        self.aside = False
        self.in_cell = False
        self.note: str | None = None
        """Number of the note that is being read."""
        self.box: str | None = None
        self.fill: str | None = None
        self.notes: list[Note] = []
        self.languages: Counter[str] = Counter()
        self.pending = Pending()
        self.charts: list[tuple[str, int]] = []
        self.note_forms = {"footnote": "decimal", "endnote": "lowerRoman"}
        self.contents_began: list[int] = []
        self._numbering = numbering
        self._fields = Fields()
        self._called: Counter[str] = Counter()
        self._boxes = 0
        self._last_panel: tuple[str | None, bool | None, int] | None = None
        self._mark_deleted = False
        self._breaks = 0
        self._custom_mark: str | None = None
        self._looks: dict[CharacterLook, Look] = {}
        self._combined: dict[tuple[str, str | None, CharacterLook], CharacterLook] = {}
        self._paragraph_style: Style = NO_STYLE

    def new_box(self) -> str:
        """A key for another box."""
        self._boxes += 1
        return f"box{self._boxes}"

    def story(self, parent: Element) -> None:
        """Read the blocks in the element."""
        from evaltrail.read.word.tables import read_table

        for el in parent:
            name = local(el)
            if name == "p":
                self._paragraph(el)
            elif name == "tbl":
                self._last_panel = None
                read_table(self, el)
                self._last_panel = None
            elif name == "sdt":
                self._control(el)
            elif name == "AlternateContent":
                chosen = chosen_alternative(el)
                if chosen is not None:
                    self.story(chosen)
            elif name in _THROUGH:
                self.story(el)

    def _control(self, el: Element) -> None:
        """A content control around blocks; Word's own contents list is one."""
        content = el.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = val(el.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) or ""
        before, self.aside = (
            self.aside,
            self.aside or gallery.lower() in {"table of contents", "table of figures", "bibliographies-contents"},
        )
        self.story(content)
        self.aside = before

    def _paragraph(self, p: Element) -> None:
        props = p.find(f"{W}pPr")
        style = self.styles.get(val(props.find(f"{W}pStyle")) if props is not None else None)
        look = over(paragraph_look(props), style.paragraph)
        self._paragraph_style = style
        numbered = self._number(look, style, props)
        joined, self._mark_deleted = self._mark_deleted, props is not None and props.find(f"{W}rPr/{W}del") is not None
        if not (joined and self.composer.draft is not None):
            self.composer.begin(self._draft(style, look, numbered))
            if numbered is not None and numbered.marker and not self._is_empty(p):
                self.composer.mark(numbered.marker)
        self._breaks = 0
        self._inline(p)
        draft = self.composer.draft
        if draft is not None and draft.kind == "heading" and len(draft.text) > _LONG_HEADING:
            draft.kind, draft.level = "paragraph", 0
        if not self._mark_deleted:
            self.composer.end()
        self._drawings()

    @staticmethod
    def _is_empty(p: Element) -> bool:
        return next(p.iter(f"{W}t", f"{W}sym"), None) is None

    def _number(self, look: ParagraphLook, style: Style, props: Element | None) -> Numbered | None:
        if not look.number:
            return None
        direct = paragraph_look(props)
        level = direct.level if direct.level is not None else (0 if direct.number else None)
        return self._numbering.next(look.number, level, style)

    def _draft(self, style: Style, look: ParagraphLook, numbered: Numbered | None) -> Draft:
        kind, level = self._kind(style, look, numbered)
        box, fill = self._panel(look)
        indent = look.indent if look.indent is not None else (numbered.indent if numbered is not None else None)
        aside = self.aside or style.name.startswith(_CONTENTS_STYLES) or self._fields.in_contents
        return Draft(kind, level, box=box, fill=fill, indent=indent or 0.0, style=style.name, number=self.note, aside=aside)

    def _kind(self, style: Style, look: ParagraphLook, numbered: Numbered | None) -> tuple[BlockKind, int]:
        if self.note is not None:
            return "footnote", 0
        if style.name == "title":
            return "title", 0
        if look.outline is not None and look.outline < 9:
            return "heading", look.outline + 1
        if style.heading and look.outline is None:
            return "heading", style.heading
        if style.name in {"caption", "table caption", "figure caption", "illustration", "table", "figure"}:
            return "caption", 0
        if numbered is not None and numbered.marker:
            # A paper's paragraphs are numbered 1., 2., 3. or 1.1, 1.2; letters, Roman numbers, bullets and what is styled so are lists.
            if _LIST_STYLE.fullmatch(style.name):
                return "item", numbered.level + 1
            plain = _NUMBER.fullmatch(numbered.marker) is not None and (numbered.level == 0 or "." in numbered.marker.rstrip("."))
            return ("paragraph", 0) if plain else ("item", numbered.level + 1)
        return "paragraph", 0

    def _panel(self, look: ParagraphLook) -> tuple[str | None, str | None]:
        """Box and fill: paragraphs that follow each other in one border or shading share a box."""
        if self.box is not None:
            return self.box, self.fill
        if not (look.fill or look.framed):
            self._last_panel = None
            return None, None
        last = self._last_panel
        if last is None or last[:2] != (look.fill, look.framed):
            self._boxes += 1
            self._last_panel = (look.fill, look.framed, self._boxes)
        return f"box{self._boxes if self._last_panel is None else self._last_panel[2]}", look.fill or None

    def _inline(self, parent: Element) -> None:
        for el in parent:
            name = local(el)
            if name == "r":
                self._run(el)
            elif name in _THROUGH:
                self._inline(el)
            elif name == "sdt":
                content = el.find(f"{W}sdtContent")
                if content is not None:
                    self._inline(content)
            elif name == "AlternateContent":
                chosen = chosen_alternative(el)
                if chosen is not None:
                    self._inline(chosen)
            elif name in {"oMath", "oMathPara"}:
                self._text("".join(t.text or "" for t in el.iter() if local(t) == "t"), self._look(CharacterLook()))

    def _run(self, r: Element) -> None:
        props = r.find(f"{W}rPr")
        direct = character_look(props)
        name = val(props.find(f"{W}rStyle")) if props is not None else None
        style = self._paragraph_style
        key = (style.id, name, direct)
        look = self._combined.get(key)
        if look is None:
            look = self._combined[key] = combined(self.styles, style, self.styles.get(name, "character") if name else None, direct)
        self._parts(r, look)

    def _parts(self, r: Element, look: CharacterLook) -> None:
        """What a run holds."""
        for el in r:
            name = local(el)
            if name == "t":
                self._characters(el.text or "", look)
            elif name in {"tab", "ptab"}:
                self._characters("\t", look)
            elif name in {"br", "cr"}:
                self._break(val(el, "type"))
            elif name == "noBreakHyphen":
                self._characters("-", look)
            elif name == "sym":
                self._characters(_symbol(el), look)
            elif name == "fldChar":
                self._field(val(el, "fldCharType"))
            elif name == "instrText":
                self._fields.instruct(el.text or "")
            elif name in {"footnoteReference", "endnoteReference"}:
                self._call(el, name.removesuffix("Reference"), r)
            elif name in {"drawing", "pict", "object"}:
                self._drawing(el)
            elif name == "AlternateContent":
                chosen = chosen_alternative(el)
                if chosen is not None:
                    self._parts(chosen, look)

    def _field(self, kind: str | None) -> None:
        self._fields.mark(kind)
        if self._fields.in_contents and self.composer.draft is not None:
            self.composer.draft.aside = True

    def _characters(self, text: str, look: CharacterLook) -> None:
        if self._custom_mark is not None:
            # The mark of a note with a mark of its own stands in the same run.
            self.composer.words(text, replace(self._look(look), raised=True), self._custom_mark)
            self._custom_mark = None
            return
        if look.hidden or self._fields.hidden:
            return
        if self._fields.in_contents and self.composer.draft is not None:
            self.composer.draft.aside = True
        if self._fields.calls_note and text.strip():
            self.composer.words(text, replace(self._look(look), raised=True), text.strip())
            return
        if look.language:
            self.languages[look.language] += len(text)
        self._text(text, self._look(look))

    def _text(self, text: str, look: Look) -> None:
        if self._breaks and text.strip():
            self._take_breaks(text)
        self.composer.words(text, look)

    def _take_breaks(self, text: str) -> None:
        """Line breaks before these words: two end the block, and so does one in a cell unless a sentence goes on."""
        draft, breaks, self._breaks = self.composer.draft, self._breaks, 0
        if draft is None or not draft.runs:
            return
        if breaks > 1 or (self.in_cell and not text.lstrip()[0].islower()):
            self.composer.begin(draft.like())
        else:
            self.composer.line_break()

    def _break(self, kind: str | None) -> None:
        if not self._fields.hidden:
            self._breaks += 2 if kind in {"page", "column"} else 1

    def _look(self, look: CharacterLook) -> Look:
        found = self._looks.get(look)
        if found is None:
            colour = look.colour if look.colour not in {"", "#000000"} else None
            found = self._looks[look] = Look(bool(look.bold), bool(look.italic), bool(look.raised), look.size or 0.0, colour)
        return found

    def _call(self, el: Element, kind: str, run: Element) -> None:
        """A footnote's or endnote's mark."""
        key = val(el, "id") or ""
        if val(el, "customMarkFollows") in {"1", "true", "on"}:
            printed = "".join(t.text or "" for t in run.iter(f"{W}t")) or "*"
            self._custom_mark = printed
        else:
            self._called[kind] += 1
            printed = counted(self._called[kind], self.note_forms[kind])
            if self.composer.draft is not None:
                self.composer.words(printed, Look(raised=True), printed)
        self.notes.append(Note(kind, key, printed))

    def _drawing(self, el: Element) -> None:
        """Text boxes, charts and diagrams, kept until the paragraph ends."""
        for inner in el.iter():
            name = local(inner)
            if name == "txbxContent":
                if not any(
                    local(a) in {"txbxContent", "Fallback"} for a in inner.iterancestors() if a is not el and a in el.iterdescendants()
                ):
                    self.pending.boxes.append(inner)
            elif name == "chart" and "/chart}" in str(inner.tag):
                self.pending.charts.extend(v for k, v in inner.attrib.items() if k.endswith("}id"))
            elif name == "relIds":
                self.pending.diagrams.extend(v for k, v in inner.attrib.items() if k.endswith("}dm"))

    def _drawings(self) -> None:
        pending = self.pending
        if not (pending.boxes or pending.charts or pending.diagrams):
            return
        self.pending = Pending()
        for content in pending.boxes:
            held = (self.box, self.fill, self.in_cell)
            self.box, self.fill, self.in_cell = self.box or self.new_box(), self.fill or _shape_fill(content), False
            self.story(content)
            self.box, self.fill, self.in_cell = held
        for key in pending.charts:
            self.graphic("chart", key)
        for key in pending.diagrams:
            self.graphic("diagram", key)

    def graphic(self, kind: str, key: str) -> None:
        """Read a chart or diagram by its relationship id; set by the format, which knows the parts."""


def chosen_alternative(el: Element) -> Element | None:
    """The first choice of an ``mc:AlternateContent``, else its fallback: the same thing is never read twice."""
    fallback = None
    for child in el:
        name = local(child)
        if name == "Choice" and len(child):
            return child
        if name == "Fallback":
            fallback = child
    return fallback


def _symbol(el: Element) -> str:
    """A character given by font and code."""
    code = val(el, "char") or ""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    # Wingdings ticks and boxes have no Unicode place that holds in every font; what is in the private area prints as a bullet.
    if 0xE000 <= point <= 0xF8FF:
        return {
            0xF0FC: "✓",
            0xF0FE: "☑",
            0xF0FB: "✗",
            0xF0A8: "☐",
            0xF06F: "☐",
            0xF0E0: "→",
            0xF0E8: "→",
            0xF0B0: "°",
            0xF0B1: "±",
            0xF0B3: "≥",
            0xF0A3: "≤",
        }.get(point, "•")
    return chr(point) if point < 0x110000 else ""


def _shape_fill(content: Element) -> str | None:
    """Background of the shape that holds a text box."""
    from evaltrail.read.markup.looks import colour_of

    for above in content.iterancestors():
        name = local(above)
        if name in {"wsp", "sp"}:
            for props in above:
                if local(props) == "spPr":
                    solid = next((c for c in props if local(c) == "solidFill"), None)
                    colour = next((c.get("val") for c in solid if local(c) == "srgbClr"), None) if solid is not None else None
                    return colour_of(f"#{colour}") if colour else None
            return None
        if above.get("fillcolor"):
            return colour_of((above.get("fillcolor") or "").split(" ")[0])
        if name == "p":
            return None
    return None
