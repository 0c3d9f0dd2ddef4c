"""A quality sheet as a Word document: a table a section, a drop-down for each judgement, judgements read back."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaltrail.check.sheet import counted
from evaltrail.check.sheets import NotASheet
from evaltrail.check.sheets._package import looked_at, steady
from evaltrail.check.sheets._words import HEADS, SIGNS, clean, facts, found_in_words, recognised, sources, where

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

    from evaltrail.check.score import Judgements
    from evaltrail.check.sheet import Row, Sheet

COLUMNS = (*HEADS, "Comment")
WIDTHS = (1.9, 6.3, 2.8, 8.5, 3.5, 3.7)
"""Centimetres; together the width between the margins of A4 lying."""
CHOOSE = "choose"
"""Stands in a drop-down that nobody has chosen from."""
COLOURS = {"met": "1B6B48", "partly met": "745000", "not met": "A3301A"}
QUIET = RGBColor(0x46, 0x50, 0x59)


def write(sheet: Sheet) -> bytes:
    """The sheet as DOCX."""
    document = docx.Document()
    _page(document, sheet)
    document.add_paragraph("Quality sheet", style="Subtitle")
    document.add_paragraph(clean(sheet.title), style="Title")
    _facts(document, sheet)
    document.add_paragraph(sheet.score.in_words, style="Intense Quote")
    document.add_paragraph(found_in_words(sheet))
    for note in (*sheet.notes, sheet.note, sheet.scoring.note):
        if note:
            document.add_paragraph(clean(note))
    for title, rows in sheet.sections.items():
        document.add_heading(clean(title), 1)
        _table(document, rows, sheet)
    if sheet.sources:
        document.add_heading("Sources", 1)
        for words, url in sources(sheet):
            document.add_paragraph(clean(f"{words} {url}"), style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue(), sheet.checked)


def _page(document: Document, sheet: Sheet) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.5)
    page.top_margin, page.bottom_margin = Cm(1.5), Cm(1.6)
    styles: Any = document.styles
    for name, size, before, after in (
        ("Normal", 9.5, 0, 4),
        ("Title", 20, 0, 8),
        ("Subtitle", 10, 0, 2),
        ("Heading 1", 13, 14, 4),
        ("Intense Quote", 11.5, 8, 8),
    ):
        style = styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        # The template names faces of its own for headings, which would win over the name given here.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name != "Normal":
            style.font.color.rgb, style.font.italic = RGBColor(0x17, 0x1D, 0x22), False
    styles["Intense Quote"].paragraph_format.left_indent = Cm(0)
    about = document.core_properties
    about.author, about.title, about.comments = "Evaltrail", clean(f"Quality sheet: {sheet.title}")[:250], ""
    about.created = about.modified = datetime.combine(sheet.checked, time())
    about.language = "en"
    foot = page.footer.paragraphs[0]
    foot.add_run(clean(f"{sheet.profile}, version {sheet.profile_version} · {sheet.title[:120]} · page "))
    foot._p.append(_element("w:fldSimple", instr="PAGE"))  # noqa: SLF001 - python-docx has no name for a field


def _facts(document: Document, sheet: Sheet) -> None:
    rows = [*facts(sheet), ("Found", "; ".join(f"{n} {w}" for w, n in counted(sheet)))]
    table = document.add_table(len(rows), 2, style="Normal Table")
    _widths(table, (4.2, 22.5))
    for row, (name, value) in zip(table.rows, rows, strict=True):
        _say(row.cells[0], name, colour=QUIET)
        _say(row.cells[1], value)


def _table(document: Document, rows: list[Row], sheet: Sheet) -> None:
    table = document.add_table(1, len(COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for cell, head in zip(table.rows[0].cells, COLUMNS, strict=True):
        _say(cell, head, bold=True)
        _shade(cell, "E9EDEF")
    _mark(table.rows[0], "w:tblHeader")
    for row in rows:
        cells = table.add_row().cells
        _say(cells[0], row.id, bold=True)
        _say(cells[1], row.text)
        told = [
            *([row.source] if row.source else []),
            *([f"weight {row.weight:g}"] if row.weight != 1 else []),
            *(["must pass"] if row.must_pass else []),
        ]
        if told:
            _say(cells[1], " · ".join(told), colour=QUIET, more=True)
        colour = COLOURS.get(row.found)
        _say(
            cells[2],
            f"{SIGNS[row.found]} {row.suggestion}",
            bold=colour is not None,
            colour=RGBColor.from_string(colour) if colour else QUIET,
        )
        _rests_on(cells[3], row)
        _choice(cells[4], row, sheet.choices)
        _say(cells[5], row.comment)
    for done in table.rows:
        _mark(done, "w:cantSplit")
    _widths(table, WIDTHS)
    _lines(table)


def _rests_on(cell: _Cell, row: Row) -> None:
    for n, e in enumerate(row.evidence):
        _say(cell, f"{e.message} ({where(e)})", more=n > 0)
        if e.words:
            _say(cell, f"“{e.words}”", colour=QUIET, more=True)
    if row.more:
        _say(cell, f"and {row.more} more", colour=QUIET, more=True)
    if row.why:
        _say(cell, row.why, colour=QUIET, more=bool(row.evidence))


def _say(cell: _Cell, text: str, *, bold: bool = False, colour: RGBColor | None = None, more: bool = False) -> None:
    """Write text into a cell, or with ``more`` below what stands there."""
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    run = paragraph.add_run(clean(text))
    run.bold = bold
    if colour is not None:
        run.font.color.rgb = colour
    paragraph.paragraph_format.space_after = Pt(2)


def _choice(cell: _Cell, row: Row, choices: tuple[str, ...]) -> None:
    """A drop-down with the words that an item can be judged."""
    properties = _element("w:sdtPr", _element("w:alias", val=f"Judgement of {row.id}"), _element("w:tag", val=row.id[:64]))
    words = [_element("w:listItem", displayText=word, value=word) for word in (CHOOSE, *choices)]
    properties.append(_element("w:dropDownList", *words))
    looks = _element("w:rPr", _element("w:b") if row.judgement else _element("w:color", val=str(QUIET)))
    text = _element("w:t")
    text.text = clean(row.judgement or CHOOSE)
    control = _element("w:sdt", properties, _element("w:sdtContent", _element("w:r", looks, text)))
    cell.paragraphs[0]._p.append(control)  # noqa: SLF001 - python-docx has no name for a content control
    _shade(cell, "FFFBE6")


def _element(name: str, *inside: Any, **attributes: str) -> Any:
    made: Any = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), clean(value))
    made.extend(inside)
    return made


def _shade(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=colour))  # noqa: SLF001 - python-docx has no name for shading


def _mark(row: Any, what: str) -> None:
    row._tr.get_or_add_trPr().append(_element(what))  # noqa: SLF001 - python-docx has no name for it


def _widths(table: Table, widths: tuple[float, ...]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _lines(table: Table) -> None:
    """Quiet lines below the rows and no upright ones: these are enough to read along."""
    lying = {"val": "single", "sz": "4", "space": "0", "color": "CFD6DA"}
    looks = {"top": lying, "left": {"val": "nil"}, "bottom": lying, "right": {"val": "nil"}, "insideH": lying, "insideV": {"val": "nil"}}
    properties: Any = table._tbl.tblPr  # noqa: SLF001 - python-docx has no name for borders
    borders = _element("w:tblBorders", *(_element(f"w:{edge}", **look) for edge, look in looks.items()))
    # The order of these elements is fixed: borders stand before the layout and the cells' margins.
    layout = properties.find(qn("w:tblLayout"))
    properties.append(borders) if layout is None else layout.addprevious(borders)


def read(data: bytes) -> Judgements:
    """Judgements and comments of a document that was filled in."""
    try:
        document = docx.Document(looked_at(data, "DOCX"))
        tables = [[[_text(c) for c in _cells(row)] for row in table._tbl.tr_lst] for table in document.tables]  # noqa: SLF001 - rows as they are, whatever was merged
    except NotASheet:
        raise
    except Exception as e:  # noqa: BLE001 - python-docx raises whatever a broken part leads to
        raise NotASheet(f"it is no sound DOCX file ({type(e).__name__})") from None
    found: dict[str, str] = {}
    words: dict[str, str] = {}
    comments: dict[str, str] = {}
    seen = False
    for table in tables:
        head = table[0] if table else []
        if not {"Item", "Judgement"} <= set(head):
            found |= {r[0]: r[1] for r in table if len(r) == 2 and r[0] not in found}
            continue
        seen = True
        for r in table[1:]:
            cells = dict(zip(head, r, strict=False))
            if cells.get("Judgement", CHOOSE) not in ("", CHOOSE):
                words[cells["Item"]] = cells["Judgement"]
            if cells.get("Comment"):
                comments[cells["Item"]] = cells["Comment"]
    if not seen:
        raise NotASheet("it has no table with the columns “Item” and “Judgement”")
    return recognised(found, words, comments)


def _cells(row: Any) -> list[Any]:
    """The cells of a row, those in content controls too."""
    return [c for c in row.iter(qn("w:tc")) if next(c.iterancestors(qn("w:tr"))) is row]


def _text(cell: Any) -> str:
    """All words of a cell, those in content controls too, paragraphs as lines."""
    breaks = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
    words = (qn("w:t"), *breaks)
    lines = ["".join(breaks.get(t.tag) or t.text or "" for t in p.iter(words)) for p in cell.iter(qn("w:p"))]
    return "\n".join(lines).strip()
