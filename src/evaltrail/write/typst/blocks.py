"""Blocks of a paper to calls of what ``paper.typ`` defines, one a line."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from evaltrail.write.model import Contents, Figure, Frame, Heading, Item, PageBreak, Paragraph, Table, plain
from evaltrail.write.running import numbers_run_through
from evaltrail.write.together import over_tables
from evaltrail.write.typst import pictures, tables
from evaltrail.write.typst.strings import array, clean, ems, literal
from evaltrail.write.typst.words import Setter, calls_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from evaltrail.write.model import Block, Paper, Words

PAPERS = {"a4": 595.28 - 2 * 70.87, "us-letter": 612.0 - 2 * 70.87}
"""Points of the line on each size of paper."""
ACROSS = {"a4": 841.89 - 2 * 70.87, "us-letter": 792.0 - 2 * 70.87}
"""The same on a page that lies on its side."""
DEEPEST = 6
"""PDF has no tag for headings below."""
GUTTER = 27.0
STEP = 18.0
"""Points by which a level of items is set in."""
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?(?:[-_].*)?")
KEPT = 420
"""Characters of a paragraph that is not broken over pages: five lines."""
WHOLE_FRAME = 1600
"""Characters in a frame that is not broken over pages: about a third of a page."""
KEPT_LONG = 900
"""The same where an unnumbered paragraph goes on with it, for on a new page nobody could tell whether that is a paragraph of its own;
and of words that stay with the table of unit, priority and time under them."""
STYLES = {"symbol": "symbol-of", "front": "front", "subtitle": "subtitle", "small": "small", "caption": "caption-of"}
_SIZES = {1: 18.0, 2: 15.0, 3: 13.0, 4: 12.0, 5: 11.5, 6: 11.5}


def source(paper: Paper, instead: Mapping[str, str] | None = None, further: Sequence[str] = ()) -> str:
    """The whole source of a paper.

    Args:
        paper: the paper.
        instead: characters that no face has, and what stands for each; empty: its code point.
        further: families of faces beside the shipped ones.
    """
    body = _Body(paper, instead)
    return "\n".join([*_head(paper, body.setter, further), *body.lines()]) + "\n"


def _head(paper: Paper, setter: Setter, further: Sequence[str]) -> Iterator[str]:
    from evaltrail.write.fonts import SANS, SERIF

    yield f'#let accent = rgb("{paper.house.ink}")'
    yield f"#let side = {'-1' if paper.direction == 'rtl' else '1'}"
    yield f"#let serif = {array(map(literal, (SERIF, *further)))}"
    yield f"#let sans = {array(map(literal, (SANS, *further)))}"
    yield files(__package__).joinpath("paper.typ").read_text(encoding="utf-8")
    found = _LANGUAGE.fullmatch(paper.language)
    arguments = {
        "title": literal(title_of(paper)),
        "author": literal(setter.line(paper.organisation)) if paper.organisation else "",
        "symbol": literal(setter.line(paper.symbol)) if paper.symbol else "",
        "lang": literal(found[1].lower()) if found else "",
        "region": literal(found[2].lower()) if found and found[2] else "",
        "dir": "rtl" if paper.direction == "rtl" else "",
        "size": literal(paper.house.paper) if paper.house.paper in PAPERS else "",
        "continued": literal(setter.line(paper.continued)) if paper.continued else "",
        "date": _date(paper.date),
    }
    yield f"#show: paper.with({', '.join(f'{k}: {v}' for k, v in arguments.items() if v)})"


def title_of(paper: Paper) -> str:
    """A title for the window: the paper's own, else the printed one, else its symbol or organisation."""
    printed = next((b.words for b in paper.blocks if isinstance(b, Heading)), ())
    choices = (paper.title, "".join(r.text for r in printed), paper.symbol or "", paper.organisation or "")
    return next((t for t in (" ".join(clean(c).split()) for c in choices) if t), "—")


def _date(day: str | None) -> str:
    """The paper's date where it is a whole day; a file cannot bear a month or a year alone."""
    try:
        found = date.fromisoformat(day or "")
    except ValueError:
        return ""
    return f"datetime(year: {found.year}, month: {found.month}, day: {found.day})"


class _Body:
    """Sets the blocks, keeping count of headings and notes."""

    def __init__(self, paper: Paper, instead: Mapping[str, str] | None) -> None:
        self.paper = paper
        self.width = PAPERS.get(paper.house.paper, PAPERS["a4"])
        blocks = list(paper.walk())
        anchors = [b.anchor for b in blocks if not isinstance(b, Frame | Contents | PageBreak) and b.anchor is not None]
        self.setter = Setter(paper.notes, anchors, instead, rtl=paper.direction == "rtl")
        self.setter.expect([n for n in dict.fromkeys(_calls(blocks)) if 0 <= n < len(paper.notes)])
        self.placed: set[str] = set()
        self.depth = 0
        self.heads = 0
        self.numbered = numbers_run_through(paper)
        self.titles = [b for b in blocks if isinstance(b, Heading) and b.level > 0]

    def lines(self) -> Iterator[str]:
        """Source lines of all blocks."""
        house = self.paper.house
        if house.logo is not None:
            yield f"#block(below: 14pt, {pictures.logo(house.logo, self.width)})"
        yield from (f"#{{{b}}}" for part in self._sheets() for b in part)
        loose = self.setter.loose()
        if loose:
            yield f"#par({{{loose}}})"

    def _sheets(self) -> Iterator[Iterable[str]]:
        """Parts of the paper: what stands upright, and, across the page, each wide table with the headings right above it."""
        upright: list[Block] = []
        for b in self.paper.blocks:
            if not isinstance(b, Table) or not tables.is_wide(b, self.width):
                upright.append(b)
                continue
            above = len(upright)
            while above and isinstance(upright[above - 1], Heading):
                above -= 1
            yield self.blocks(upright[:above], self.width)
            across = self.blocks([*upright[above:], b], ACROSS[self.paper.house.paper if self.paper.house.paper in ACROSS else "a4"])
            yield [f"page(flipped: true, {{{'; '.join(across)}}})"]
            upright = []
        yield self.blocks(upright, self.width)

    def blocks(self, blocks: Sequence[Block], width: float, *, framed: bool = False) -> Iterator[str]:
        """Source of blocks that stand on a line of ``width`` points, items that follow each other as one list."""
        indent = False
        kept = {id(blocks[n]) for n in over_tables(blocks)}
        for after, b in _grouped(blocks):
            if isinstance(b, list):
                tabled = id(b[0]) in kept
                out = self._items(b, width - GUTTER * indent, defer=tabled)
                if indent or tabled:
                    out = f"under({{{out}}}, indent: {str(indent).lower()}{', sticky: true' if tabled else ''})"
            elif framed and isinstance(b, PageBreak):
                continue
            else:
                if isinstance(b, Heading | PageBreak) or (isinstance(b, Paragraph) and b.marker):
                    indent = False
                goes_on = framed and _goes_on(b, after)
                if isinstance(b, Paragraph):
                    out = self._paragraph(b, width, after, under=indent, goes_on=goes_on, tabled=id(b) in kept)
                else:
                    out = self._block(b, width, after)
            if isinstance(b, Paragraph) and b.marker:
                # What follows a numbered paragraph belongs to it.
                indent = self.numbered and not framed
            if out:
                yield out

    def _block(self, b: Block, width: float, after: Block | None) -> str:
        match b:
            case Heading():
                return self._heading(b, width)
            case Paragraph():
                return self._paragraph(b, width, None, under=False)
            case Table():
                return self._anchor(b.anchor) + tables.source(
                    b, self.setter, width, sticky=self._short(b, after, width), legend=_is_legend(after)
                )
            case Figure():
                return self._figure(b, width)
            case Frame():
                inner = "; ".join(self.blocks(b.blocks, width - 22, framed=True))
                whole = "true" if _length(b) < WHOLE_FRAME else "false"
                return f'framed("{b.kind}", {whole}, {{{inner}}})' if inner else ""
            case Contents():
                return self._contents(b)
            case PageBreak():
                return "pagebreak(weak: true)"
            case Item():
                return self._items([b], width)

    @staticmethod
    def _short(b: Table, after: Block | None, width: float) -> bool:
        """Whether a table and the one after it that belongs to the same words find room on a part of a page."""
        return isinstance(after, Table) and _is_action(after) and tables.height(b, width) + tables.height(after, width) < tables.WHOLE

    def _anchor(self, anchor: str | None) -> str:
        """A place to which links lead, before what follows it; the first of those with one name."""
        if anchor is None or anchor in self.placed:
            return ""
        self.placed.add(anchor)
        return f'place-of("{self.setter.anchors[anchor]}"); '

    def _heading(self, b: Heading, width: float) -> str:
        words = self.setter.words(b.words, size=_SIZES.get(b.level, 23.0), width=width - 20, bold=True, defer=True)
        if not self.shown(b):
            # A heading without a word is none; the notes that it calls come with the next words.
            return self._anchor(b.anchor).removesuffix("; ")
        if b.level <= 0:
            return f"{self._anchor(b.anchor)}name({{{words}}})"
        self.depth = min(b.level, self.depth + 1, DEEPEST)
        key = f"h{self.heads}"
        self.heads += 1
        marker = self.setter.text(b.marker).strip()
        hang = min(ems(marker) + 0.9, 4.0) if marker else 0
        listed = "true" if b.listed else "false"
        mark = literal(marker) if marker else "none"
        # Before the heading and kept with it: a label of its own is what the table of contents finds it by.
        return f'{self._anchor(b.anchor)}head({self.depth}, "{key}", {listed}, {mark}, {hang:.3g}em, {{{words}}})'

    def _paragraph(
        self, b: Paragraph, width: float, after: Block | None, *, under: bool, goes_on: bool = False, tabled: bool = False
    ) -> str:
        """``tabled``: kept with the table that ends what it belongs to."""
        marker = self.setter.text(b.marker).strip()
        length = sum(len(r.text) for r in b.words)
        tabled &= length < KEPT_LONG
        leads = tabled or (isinstance(after, Item) and plain(b.words).rstrip().endswith(":"))
        together = b.style == "caption" and isinstance(after, Table | Figure)
        goes_on |= self.numbered and bool(marker) and isinstance(after, Paragraph) and not after.marker and after.style == "body"
        kept = length < (KEPT_LONG if goes_on or tabled else KEPT)
        # Typst would print the notes of words that move on with what follows on the page that they left: what follows brings them.
        defer = leads or together or (goes_on and kept)
        words = self.setter.words(b.words, width=width - (GUTTER if marker or under else 0), defer=defer)
        if not words and not marker and b.anchor is None:
            return ""
        words = _free(self._anchor(b.anchor) + words)
        if b.style in STYLES:
            return f"{STYLES[b.style]}({{{words}}}{', sticky: true' if together else ''})"
        # A lead-in stays with its list; a short paragraph stays whole, and with what goes on under its number or label.
        more = ", sticky: true" if leads or goes_on else ", ends: true" if calls_notes(words) else ""
        keep = f", keep: true{more}" if kept else ""
        if marker:
            call = "numbered" if ems(marker) * 10.5 < GUTTER - 3 else "wide-numbered"
            return f"{call}({literal(marker)}, {{{words}}}{keep})"
        return f"text-of({{{words}}}{keep}{', indent: true' if under else ''})"

    def _items(self, items: Sequence[Item], width: float, *, defer: bool = False) -> str:
        """Items as lists in lists; one that stands deeper than the first of its list, with none above it, is set in.

        With ``defer`` the list is kept with what follows, which brings its notes.
        """
        groups: list[tuple[Item, list[Item]]] = []
        lead: list[Item] = []
        level = min(max(i.level, 1) for i in items)
        for i in items:
            if max(i.level, 1) == level:
                groups.append((i, []))
            elif groups:
                groups[-1][1].append(i)
            else:
                lead.append(i)
        parts = [f"inset(1, {{{self._items(lead, width - STEP, defer=defer)}}})"] if lead else []
        markers = [self.setter.text(i.marker).strip() or "•" for i, _ in groups]
        across = max(STEP if len(m) > 1 else 13.0 for m in markers)
        across = max(across, *(ems(m) * 10.5 + 6 for m in markers))
        inner = []
        for i, below in groups:
            words = _free(self._anchor(i.anchor) + self.setter.words(i.words, width=width - across, defer=defer))
            nested = f"; {self._items(below, width - across, defer=defer)}" if below else ""
            inner.append(f"{{{words}{nested}}}")
        if all(m == markers[0] for m in markers):
            parts.append(f"bullets({literal(markers[0])}, {across:.4g}pt, {', '.join(inner)})")
        else:
            parts.append(f"marked({array(map(literal, markers))}, {across:.4g}pt, {', '.join(inner)})")
        return "; ".join(parts)

    def _figure(self, b: Figure, width: float) -> str:
        short = len(plain(b.caption)) < tables.LONG_CAPTION
        caption = self.setter.words(b.caption, size=9.5, width=width, bold=True, defer=short)
        drawn = pictures.image(b.picture, width)
        out = f"{self._anchor(b.anchor)}chart({f'{{{caption}}}' if caption and short else 'none'}, {drawn})"
        out = out if short else f"text-of({{{caption}}}); {out}"
        return f"{out}; {tables.source(b.data, self.setter, width)}" if b.data is not None else out

    def shown(self, heading: Heading) -> bool:
        """Whether a heading has a word or a number that can be seen."""
        return any(c.isprintable() and not c.isspace() for c in self.setter.plain(heading.words) + heading.marker)

    def _contents(self, b: Contents) -> str:
        """The table of contents; its words are given apart, for a heading's own may call notes."""
        entries = []
        n = 0
        for h in self.titles:
            if not self.shown(h):
                continue
            words, marker = self.setter.plain(h.words), self.setter.text(h.marker).strip()
            entries.append(f"h{n}: {literal(f'{marker} {words}'.strip())}")
            n += 1
        titles = f"({', '.join(entries)})" if entries else "(:)"
        levels = min(max(b.levels, 1), DEEPEST)
        title = self.setter.words(b.title, size=18.0, bold=True, defer=True) if self.shown(Heading(b.title)) else ""
        self.depth = 1 if title else self.depth
        return f"contents({f'{{{title}}}' if title else 'none'}, {levels}, {titles})"


def _length(frame: Frame) -> int:
    """Characters in a frame, with a line's for each block."""
    found = 0
    for b in frame.blocks:
        found += 90 + (_length(b) if isinstance(b, Frame) else sum(len(r.text) for words in texts_of(b) for r in words))
        found += 10_000 if isinstance(b, Table | Figure | Contents) else 0
    return found


def _free(words: str) -> str:
    """Words that call a note let their last line stand alone: typst else prints the note a page before the line that calls it."""
    return f"free({{{words}}})" if calls_notes(words) else words


def _grouped(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, Block | list[Item]]]:
    """Blocks, each after the one that follows it; items that follow each other as one list."""
    items: list[Item] = []
    for i, b in enumerate(blocks):
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        if not isinstance(b, Item):
            yield after, b
            continue
        items.append(b)
        if not isinstance(after, Item):
            yield after, items
            items = []


def _is_action(b: Block | None) -> bool:
    """Whether a block is a table that belongs to the words before it."""
    return isinstance(b, Table) and b.style == "action"


def _is_legend(b: Block | None) -> bool:
    """Whether a block is what small letters say about the table above it."""
    return isinstance(b, Paragraph) and b.style == "small"


def _goes_on(b: Block | list[Item], after: Block | None) -> bool:
    """Whether a paragraph that opens with a label in bold goes on in the next one, which opens with none."""
    return isinstance(b, Paragraph) and isinstance(after, Paragraph) and _opens_bold(b) and not _opens_bold(after)


def _opens_bold(b: Paragraph) -> bool:
    return next((r.bold for r in b.words if r.text.strip()), False)


def _calls(blocks: Iterable[Block]) -> Iterator[int]:
    """Indices of the notes that are called, in reading order."""
    for b in blocks:
        for words in texts_of(b):
            yield from (r.note for r in words if r.note is not None)


def texts_of(b: Block) -> Iterator[Words]:
    """Every text of a block, those of the blocks in a frame apart."""
    match b:
        case Heading() | Paragraph() | Item():
            yield b.words
        case Table():
            yield b.caption
            for c in b.cells:
                yield from c.paragraphs
        case Figure():
            yield b.caption
            if b.data is not None:
                yield from texts_of(b.data)
        case Contents():
            yield b.title
        case _:
            pass
