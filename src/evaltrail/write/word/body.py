"""The blocks of a paper as paragraphs, tables and drawings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from evaltrail.write.model import Contents, Figure, Frame, Heading, Item, PageBreak, Paragraph, Run, Table, plain
from evaltrail.write.together import over_tables
from evaltrail.write.word.contents import contents
from evaltrail.write.word.looks import HANG, LOW, SHORT, STEP
from evaltrail.write.word.notes import words_of
from evaltrail.write.word.numbering import Placed, hanging
from evaltrail.write.word.styles import LISTED_LEVELS, margins
from evaltrail.write.word.tables import grid_of, is_wide, row_high, setting_of, turned
from evaltrail.write.word.xml import flag, twips, w

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from evaltrail.write.model import Block, FrameKind, Words
    from evaltrail.write.word.contents import Entry
    from evaltrail.write.word.inline import Inline
    from evaltrail.write.word.pictures import Pictures
    from evaltrail.write.word.tables import Grid, Setting, Slot

PART = "document.xml"
_STYLES = {"symbol": "Symbol", "front": "FrontMatter", "subtitle": "Subtitle", "small": "SmallText", "caption": "Caption"}
_BOXES: dict[FrameKind, tuple[str, str]] = {
    "plain": ("PlainBox", "BodyText"),
    "purpose": ("PurposeBox", "PurposeText"),
    "finding": ("KeyFindingBox", "KeyFinding"),
    "decision": ("DecisionBox", "DraftDecision"),
}
"""Table and paragraph style of each kind of frame."""
_TABLES = {"grid": "PaperTable", "action": "ActionTable", "ratings": "RatingsTable", "data": "DataTable"}
_FRAME_MARGIN = 340
"""Twips that a frame's cell keeps free at both sides."""
_CELL_MARGIN = 200
"""As above, of a table's cell."""
_SHORT_LINE = 90
"""Characters of a paragraph up to which it is about a line."""
_AFTER_TABLE = 120
"""Twips between a table and the paragraph after it."""


@dataclass(slots=True)
class Body:
    """Writes blocks in reading order."""

    inline: Inline
    pictures: Pictures
    places: Iterator[Placed | None]
    """Of each block, as ``Paper.walk`` has them, its place in the lists."""
    entries: Sequence[Entry]
    rtl: bool
    section: Callable[[bool], str]
    """Properties of a section that ends, by whether its pages lie on their side."""
    across: int
    """Twips of a line on a page on its side."""
    tied: Container[str]
    """Styles whose paragraphs are numbered by themselves."""
    shades: dict[float, tuple[str, str]] = field(default_factory=dict)
    numbered: bool = False
    """Whether the paper's numbers run through: what goes on under a number stands in with its words."""
    headings: int = 0
    on_side: bool = False
    """Whether the section that is being written has its pages on their side."""
    _new_page: bool = False
    _after_table: bool = False
    _box_top: bool = False
    """Whether the next paragraph is the first of a frame, which has room above it already."""

    def story(self, blocks: Sequence[Block], width: int) -> str:
        """All blocks, tables that are too wide for the page in sections of their own with the headings right above them."""
        sides = [isinstance(b, Table) and is_wide(b, width) for b in blocks]
        for n in reversed(range(len(blocks) - 1)):
            sides[n] = sides[n] or (sides[n + 1] and isinstance(blocks[n], Heading | PageBreak))
        out: list[str] = []
        for on_side, run in groupby(zip(blocks, sides, strict=True), key=itemgetter(1)):
            if out:
                out.append(w("p", w("pPr", w("pStyle", val="TableGap"), self.section(self.on_side))))
                self._new_page, self._after_table = False, False
            self.on_side = on_side
            out.append(self.blocks([b for b, _ in run], self.across if on_side else width))
        return "".join(out)

    def blocks(self, blocks: Sequence[Block], width: int, style: str = "BodyText") -> str:
        """The blocks one after the other, ``width`` of a line in twips; ``style`` of paragraphs without one of their own."""
        out: list[str] = []
        framed = style != "BodyText"
        under = led = False
        tabled = over_tables(blocks)
        for n, (block, following) in enumerate(zip_longest(blocks, blocks[1:])):
            placed = next(self.places)
            under = self.numbered and not framed and _under(block, under=under)
            match block:
                case Table() | Frame() | Figure():
                    out.append(self._gap(keep=led))
                    led = _leads_on(block, following, width)
                    out.append(self._large(block, width, leads=led))
                case Contents():
                    out.append(contents(block, self.entries, self.inline, width, new_page=self._new_page))
                    self._after_table = self._new_page = False
                case PageBreak():
                    self._new_page = True
                case _:
                    out.append(
                        self._paragraph(
                            block,
                            placed,
                            style,
                            keep=n in tabled or _leads(block, following) or (under and _goes_on(block, following)),
                            under=under,
                            tabled=_is_large(following),
                        )
                    )
        return "".join(out)

    def _gap(self, *, keep: bool) -> str:
        """What keeps two tables from becoming one, and a new page before a table; ``keep`` where both stand on one page."""
        if not (self._after_table or self._new_page):
            return ""
        return w("p", self._props("TableGap", keep=keep))

    def _large(self, block: Table | Frame | Figure, width: int, *, leads: bool) -> str:
        match block:
            case Table():
                return self._table(block, width, leads=leads)
            case Frame():
                return self._frame(block, width)
            case Figure():
                return self._figure(block, width)

    def _props(
        self, style: str, *more: str, keep: bool = False, placed: Placed | None = None, room: int = 0, align: str = "", end: str = ""
    ) -> str:
        """``w:pPr``; ``more`` stands behind what sets the paragraph in, ``room`` twips under it, ``end`` are properties of its end."""
        new_page, self._new_page = self._new_page, False
        after, self._after_table = self._after_table, False
        top, self._box_top = self._box_top, False
        if placed is None and style in self.tied:
            placed = Placed(0, 0)  # not numbered, though its style is
        number = w("numPr", w("ilvl", val=placed.level), w("numId", val=placed.num)) if placed else ""
        apart = after and style in _CLOSE
        said = {**({"before": 0} if top else {"before": _AFTER_TABLE} if apart else {}), **({"after": room} if room else {})}
        return w(
            "pPr",
            w("pStyle", val=style),
            flag("keepNext", keep),
            flag("pageBreakBefore", new_page),
            number,
            w("spacing", **said) if said else "",
            *more,
            w("jc", val=align) if align else "",
            end,
        )

    def _paragraph(
        self, block: Heading | Paragraph | Item, placed: Placed | None, style: str, *, keep: bool, under: bool, tabled: bool
    ) -> str:
        """``under``: it stands under a number; ``tabled``: right above a table."""
        runs = self.inline.runs(block.words)
        if block.marker and placed is None:
            # No list of Word's prints this marker.
            runs = self.inline.text(Run(block.marker + "\t")) + runs
        target = self.inline.targets.get(block.anchor or "")
        if target is not None and target.bookmark not in self.inline.bookmarks.names:
            runs = self.inline.bookmarks.around(target.bookmark, runs)
        if isinstance(block, Heading) and block.listed and block.level > 0:
            runs = self.inline.bookmarks.around(f"_Toc{self.headings}", runs)
            self.headings += 1
        name = _style(block, style)
        inset, room = "", 0
        if isinstance(block, Item):
            room = _AFTER_TABLE if tabled else 0
            hang = hanging("item", block.level - 1, [block.marker])
            inset = w("ind", left=HANG + STEP * (max(block.level, 1) - 1) + hang, hanging=hang) if under else ""
        elif under and name == "BodyText":
            name = "NumberedText"
        return w("p", self._props(name, inset, placed=placed, keep=keep, room=room, end=self.inline.end(block.words)), runs)

    def _table(self, table: Table, width: int, *, leads: bool = False) -> str:
        """``leads``: what follows stands on its page."""
        caption = self._caption(table.caption)
        grid = grid_of(table)
        setting = setting_of(table, grid, width)
        heads = table.header_rows if 0 < table.header_rows < grid.rows else 0
        short = (grid.rows > 1 or leads) and sum(row_high(grid, r, setting) for r in range(grid.rows)) <= LOW
        rows = "".join(self._row(grid, r, setting, heads, table.header_columns, short=short, leads=leads) for r in range(grid.rows))
        look = w(
            "tblLook",
            val="0420" if heads else "0400",
            firstRow=int(heads > 0),
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=0,
            noVBand=1,
        )
        self._after_table = True
        return caption + w("tbl", self._table_props(_TABLES[table.style], width, look, tight=setting.small), _grid(setting.widths), rows)

    def _table_props(self, style: str, width: int, look: str, *, tight: bool = False) -> str:
        return w(
            "tblPr",
            w("tblStyle", val=style),
            flag("bidiVisual", self.rtl),
            w("tblW", w=width, type="dxa"),
            w("tblLayout", type="fixed"),
            margins(50, 20) if tight else "",
            look,
        )

    def _caption(self, words: Words) -> str:
        return w("p", self._props("Caption", keep=True), self.inline.runs(words)) if plain(words).strip() else ""

    def _row(self, grid: Grid, row: int, setting: Setting, heads: int, header_columns: int, *, short: bool, leads: bool) -> str:
        slots = grid.in_row(row)
        high = max(turned(s, setting) for s in slots)
        height = w("trHeight", val=twips(high), hRule="atLeast") if high else ""
        whole = row_high(grid, row, setting) <= LOW
        props = flag("cantSplit", whole) + height + flag("tblHeader", row < heads)
        # The first row, and one of one cell or of headings, heads those under it, and a cell over several rows keeps them together.
        # A short table stands on one page.
        heading = (
            short
            or row == 0
            or len(slots) == 1 < grid.columns
            or all(s.header for s in slots)
            or any(s.row + s.rows > row + 1 for s in slots)
        )
        keep = row < heads or (heading and whole and row + 1 < grid.rows) or (leads and whole and row + 1 == grid.rows)
        cells = "".join(self._cell(s, row, setting, head=row < heads or s.column < header_columns or s.header, keep=keep) for s in slots)
        return w("tr", w("trPr", props) if props else "", cells)

    def _cell(self, slot: Slot, row: int, setting: Setting, *, head: bool, keep: bool) -> str:
        merged = "" if slot.rows == 1 else w("vMerge", val="restart") if slot.row == row else w("vMerge", val="continue")
        width = sum(setting.widths[slot.column : slot.column + slot.columns])
        ground, self.inline.ink = self.shades.get(slot.rating, ("", "")) if slot.rating is not None else ("", "")
        props = w(
            "tcPr",
            w("tcW", w=width, type="dxa"),
            w("gridSpan", val=slot.columns) if slot.columns > 1 else "",
            merged,
            w("shd", val="clear", color="auto", fill=ground) if ground else "",
            w("textDirection", val="btLr") if turned(slot, setting) else "",
        )
        content = self._cell_content(slot, width, head=head, keep=keep, small=setting.small) if slot.row == row else ""
        self.inline.ink = ""
        return w("tc", props, content or w("p", self._props("TableText")))

    def _cell_content(self, slot: Slot, width: int, *, head: bool, keep: bool, small: bool) -> str:
        rated = slot.rating is not None
        props = partial(
            self._props,
            "TableRating" if rated and not small else ("TableHeading" if head else "TableText") + ("Small" if small else ""),
            keep=keep,
            align={"end": "right", "centre": "center"}.get(slot.align, ""),
        )
        runs = [
            self.pictures.picture(p, (width - _CELL_MARGIN) / 20, PART) or self.inline.text(Run(p.description or p.title))
            for p in slot.pictures
        ]
        runs += [self.inline.runs(words) for words in slot.paragraphs]
        return "".join(w("p", props(), r) for r in runs)

    def _frame(self, frame: Frame, width: int) -> str:
        box, style = _BOXES[frame.kind]
        self._after_table, self._box_top = False, True
        inner = self.blocks(frame.blocks, width - _FRAME_MARGIN, style)
        if not inner.endswith("</w:p>"):
            inner += w("p", self._props("TableGap"))  # a cell ends with a paragraph
        short = sum(len(plain(words)) for words in words_of(frame.blocks)) <= SHORT
        cell = w("tc", w("tcPr", w("tcW", w=width, type="dxa")), inner)
        row = w("tr", w("trPr", flag("cantSplit")) if short else "", cell)
        look = w("tblLook", val="0400", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)
        self._after_table = True
        return w("tbl", self._table_props(box, width, look), _grid([width]), row)

    def _figure(self, figure: Figure, width: int) -> str:
        caption = self._caption(figure.caption)
        run = self.pictures.picture(figure.picture, width / 20, PART)
        said = run or self.inline.text(Run(figure.picture.description or figure.picture.title))
        drawing = w("p", self._props("Figure", keep=figure.data is not None), said)
        return caption + drawing + (self._table(figure.data, width) if figure.data is not None else "")


_CLOSE = frozenset(
    {"BodyText", "NumberedParagraph", "KeyFinding", "PurposeText", "DraftDecision", "FrontMatter", "Symbol", "NumberedText"}
) | {f"List{kind}{n}" for kind in ("Bullet", "Number") for n in ("", *range(2, LISTED_LEVELS + 1))}
"""Styles without room above."""


def _style(block: Heading | Paragraph | Item, style: str) -> str:
    match block:
        case Heading(level=level) if level <= 0:
            return "Title"
        case Heading(level=level):
            return f"Heading{min(level, 9)}" + ("" if block.listed else "Unlisted")
        case Item():
            level = min(max(block.level, 1), LISTED_LEVELS)
            kind = "Bullet" if not any(c.isalnum() for c in block.marker) else "Number"
            return f"List{kind}{level if level > 1 else ''}"
        case Paragraph():
            return _STYLES.get(block.style) or ("NumberedParagraph" if block.marker else style)


def _under(block: Block, *, under: bool) -> bool:
    """Whether a block, or else what follows it, stands under a number: as long as no heading or new page comes."""
    if isinstance(block, Heading | PageBreak):
        return False
    return under or (isinstance(block, Paragraph) and bool(block.marker))


def _goes_on(block: Block, following: Block | None) -> bool:
    """Whether a numbered paragraph that is not long goes on in one without a number."""
    if not (isinstance(block, Paragraph) and isinstance(following, Paragraph)):
        return False
    return bool(block.marker) and not following.marker and following.style == "body" and len(plain(block.words)) <= SHORT


def _is_large(block: Block | None) -> bool:
    return isinstance(block, Table | Frame | Figure)


def _leads(block: Heading | Paragraph | Item, following: Block | None) -> bool:
    """Whether the words stand with what follows: a recommendation's last ones with its table, an announcement with its list.

    So does a short paragraph in bold, which is a heading in all but name.
    """
    if isinstance(following, Table) and following.style == "action":
        return True
    if not isinstance(block, Paragraph) or following is None or isinstance(following, PageBreak):
        return False
    said = plain(block.words).rstrip()
    bold = 0 < len(said) <= _SHORT_LINE and all(r.bold for r in block.words if r.text.strip())
    return bold or (said.endswith(":") and isinstance(following, Item | Table))


def _leads_on(block: Block, following: Block | None, width: int) -> bool:
    """Whether a table stands on one page with what follows: its legend, or a table of the same recommendation where both are short."""
    if not isinstance(block, Table):
        return False
    if isinstance(following, Table) and following.style == "action":
        return _points(block, width) + _points(following, width) <= LOW
    return isinstance(following, Paragraph) and following.style == "small"


def _points(table: Table, width: int) -> float:
    """Height of a table, about."""
    grid = grid_of(table)
    setting = setting_of(table, grid, width)
    return sum(row_high(grid, r, setting) for r in range(grid.rows))


def _grid(widths: Sequence[int]) -> str:
    return w("tblGrid", *(w("gridCol", w=n) for n in widths))
