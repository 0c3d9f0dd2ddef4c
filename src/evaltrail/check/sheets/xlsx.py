"""A quality sheet as a workbook: a drop-down for each judgement, the score as a live formula, judgements read back.

The formulas say what :func:`evaltrail.check.score.score` says; ``tests/check/test_sheet.py`` holds them to it with LibreOffice.
"""

from __future__ import annotations

import io
import warnings
from datetime import datetime, time
from math import ceil
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from evaltrail.check.profile import NOT_APPLICABLE
from evaltrail.check.score import ENOUGH
from evaltrail.check.sheets import NotASheet
from evaltrail.check.sheets._package import looked_at, steady
from evaltrail.check.sheets._words import SIGNS, clean, evidence, facts, found_in_words, recognised, sources

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from evaltrail.check.score import Judgements
    from evaltrail.check.sheet import Row, Sheet

ITEMS, ABOUT, SCALE = "Sheet", "About", "Scale"
COLUMNS = (
    ("Section", 16),
    ("Item", 9),
    ("Asked for", 44),
    ("Source", 14),
    ("Weight", 8),
    ("Must pass", 7),
    ("Found by the program", 17),
    ("Rests on", 62),
    ("Judgement", 22),
    ("Comment", 34),
    ("Points", 8),
)
WEIGHT, MUST, FOUND, JUDGED, POINTS = "E", "F", "G", "I", "K"
HEAD_ROW = 12
"""Row of the column heads; above it stand the title and the score."""
LINE = 14.5
"""Height of a line in points."""
COLOURS = {"met": "DDEFE5", "partly met": "F8EFD8", "not met": "F6DDD6"}
EDGE = Border(bottom=Side(style="thin", color="CFD6DA"))
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(sheet: Sheet) -> bytes:
    """The sheet as XLSX."""
    book = Workbook()
    page: Any = book.active
    page.title = ITEMS
    _items(page, sheet)
    _score(page, sheet)
    _about(book.create_sheet(ABOUT), sheet)
    _scale(book.create_sheet(SCALE), sheet)
    book.properties.creator = "Evaltrail"
    book.properties.title = clean(f"Quality sheet: {sheet.title}")
    book.properties.created = datetime.combine(sheet.checked, time())
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue(), sheet.checked)


def _put(cell: Any, text: str, **style: Any) -> Cell:
    """Write text that is only ever text, whatever character it begins with: a paper's words are no formula."""
    cell.value = clean(text)
    if cell.value:
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(_BEGINS_A_FORMULA)
    for name, value in style.items():
        setattr(cell, name, value)
    done: Cell = cell
    return done


def _items(page: Worksheet, sheet: Sheet) -> None:
    wrapped = Alignment(wrap_text=True, vertical="top")
    for n, (head, width) in enumerate(COLUMNS, 1):
        head_style = {"font": Font(bold=True), "alignment": wrapped, "border": Border(bottom=Side(style="medium"))}
        _put(page.cell(HEAD_ROW, n), head, **head_style)
        page.column_dimensions[get_column_letter(n)].width = width
    for at, row in enumerate(sheet.rows, HEAD_ROW + 1):
        _row(page, at, row, len(sheet.scoring.scale))
        for cell in page[at]:
            cell.alignment = wrapped
            cell.border = EDGE
        page.row_dimensions[at].height = _height(page, at)
    page.row_dimensions[HEAD_ROW].height = 2 * LINE
    last = HEAD_ROW + len(sheet.rows)
    choice = DataValidation("list", formula1=f"{SCALE}!$A$2:$A${len(sheet.choices) + 1}", allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "Judgement", "Choose one of the list, or leave it empty."
    choice.promptTitle, choice.prompt, choice.showInputMessage = "Judgement", "Choose one of the list.", True
    page.add_data_validation(choice)
    choice.add(f"{JUDGED}{HEAD_ROW + 1}:{JUDGED}{last}")
    page.column_dimensions["D"].hidden = not any(r.source for r in sheet.rows)
    page.freeze_panes = f"D{HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{HEAD_ROW}:{POINTS}{last}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", "9"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins.left = page.page_margins.right = 0.4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.sheet_view.showGridLines = False


def _height(page: Worksheet, at: int) -> float:
    """Height of a row in points: not every office suite fits rows to wrapped text when it opens a file."""
    texts = [(str(page.cell(at, n).value or ""), width) for n, (name, width) in enumerate(COLUMNS, 1) if name != "Points"]
    lines = max(sum(max(1, ceil(len(part) / width)) for part in text.split("\n")) for text, width in texts)
    return min(409.0, LINE * lines + 4)


def _row(page: Worksheet, at: int, row: Row, words: int) -> None:
    texts = (row.section, row.id, row.text, row.source, None, "yes" if row.must_pass else "", f"{SIGNS[row.found]} {row.suggestion}")
    for n, text in enumerate((*texts, "\n".join(evidence(row)), row.judgement or "", row.comment), 1):
        if text is not None:
            _put(page.cell(at, n), text)
    page[f"{WEIGHT}{at}"] = row.weight
    page[f"{JUDGED}{at}"].fill = PatternFill("solid", fgColor="FFFBE6")
    if row.found in COLOURS:
        page[f"{FOUND}{at}"].fill = PatternFill("solid", fgColor=COLOURS[row.found])
    # “not applicable” stands below the words that are looked up, so it earns no points and is not counted.
    earned = f"VLOOKUP(TRIM({JUDGED}{at}),{SCALE}!$A$2:$B${words + 1},2,FALSE)*{WEIGHT}{at}"
    page[f"{POINTS}{at}"] = f'=IF(TRIM({JUDGED}{at})="","",IFERROR({earned},""))'
    page[f"{POINTS}{at}"].number_format = "0.00"


def _score(page: Worksheet, sheet: Sheet) -> None:
    """Title and score above the items."""
    first, last = HEAD_ROW + 1, HEAD_ROW + len(sheet.rows)
    weight, must, found, judged, points = (f"{c}{first}:{c}{last}" for c in (WEIGHT, MUST, FOUND, JUDGED, POINTS))
    bands = len(sheet.scoring.bands)
    band = f'IFERROR(LOOKUP(C6+0.000000001,{SCALE}!$D$2:$D${bands + 1},{SCALE}!$E$2:$E${bands + 1}),"")' if bands else '""'
    not_found = f"{SIGNS['not applicable']} {NOT_APPLICABLE}"
    _put(page["A1"], sheet.title, font=Font(bold=True, size=16))
    _put(page["A2"], f"Quality sheet: {sheet.profile_title}")
    _put(page["A3"], found_in_words(sheet), font=Font(italic=True, color="465059"))
    lines = (
        ("Applicable weight", f'=SUMPRODUCT({weight}*(LEN(TRIM({judged}))=0)*({found}<>"{not_found}"))+C5', "0.##"),
        ("Judged weight", f"=SUMPRODUCT({weight}*ISNUMBER({points}))", "0.##"),
        ("Score", f'=IF(C5=0,"",SUM({points})/C5)', "0%"),
        ("Must-pass items not met", f'=SUMPRODUCT(({must}="yes")*ISNUMBER({points})*({points}=0))', "0"),
        ("State", f'=IF(C5=0,"no score yet",IF(C7>0,"fails",IF(C5<{ENOUGH}*C4-0.000000001,"provisional","complete")))', "@"),
        ("In words", f'=IF(OR(C5=0,C7>0),"",{band})', "@"),
    )
    for at, (name, formula, number_format) in enumerate(lines, 4):
        _put(page[f"A{at}"], name, font=Font(bold=True))
        page[f"C{at}"] = formula
        page[f"C{at}"].number_format = "General" if number_format == "@" else number_format
        page[f"C{at}"].alignment = Alignment(horizontal="left")
        page[f"C{at}"].font = Font(bold=True)
    for at, note in zip((10, 11), sheet.notes, strict=False):
        _put(page[f"A{at}"], note, font=Font(color="A3301A"))


def _about(page: Worksheet, sheet: Sheet) -> None:
    rows = [*facts(sheet), ("Note", sheet.note), ("Scale", sheet.scoring.note), *((w, u) for w, u in sources(sheet))]
    for at, (name, value) in enumerate([(n, v) for n, v in rows if v], 1):
        _put(page.cell(at, 1), name, font=Font(bold=at <= len(facts(sheet))), alignment=Alignment(wrap_text=True, vertical="top"))
        _put(page.cell(at, 2), value, alignment=Alignment(wrap_text=True, vertical="top"))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 50, 90


def _scale(page: Worksheet, sheet: Sheet) -> None:
    for column, head in zip("ABDE", ("Judgement", "Share of the weight", "Score from", "In words"), strict=True):
        _put(page[f"{column}1"], head, font=Font(bold=True))
        page.column_dimensions[column].width = 26
    for at, word in enumerate(sheet.choices, 2):
        _put(page[f"A{at}"], word)
    for at, (share, _) in enumerate(sheet.scoring.scale, 2):
        page[f"B{at}"] = share
    for at, (least, words) in enumerate(reversed(sheet.scoring.bands), 2):
        page[f"D{at}"] = least
        _put(page[f"E{at}"], words)


def read(data: bytes) -> Judgements:
    """Judgements and comments of a workbook that was filled in, its rows sorted or not."""
    try:
        with warnings.catch_warnings():
            # What an office suite adds on saving, and openpyxl does not keep, is no concern of whoever hands the sheet back.
            warnings.simplefilter("ignore")
            book = load_workbook(looked_at(data, "XLSX"), data_only=True)
    except NotASheet:
        raise
    except Exception as e:  # noqa: BLE001 - openpyxl raises whatever a broken part leads to
        raise NotASheet(f"it is no sound XLSX file ({type(e).__name__})") from None
    if ABOUT not in book.sheetnames or ITEMS not in book.sheetnames:
        raise NotASheet(f"it has no worksheets “{ITEMS}” and “{ABOUT}”")
    found = {_text(r[0]): _text(r[1]) for r in book[ABOUT].iter_rows(max_col=2, values_only=True)}
    rows = [[_text(v) for v in r] for r in book[ITEMS].iter_rows(values_only=True)]
    head = next((r for r in rows if {"Item", "Judgement"} <= set(r)), None)
    if head is None:
        raise NotASheet("it has no columns “Item” and “Judgement”")
    at = {name: head.index(name) for name in ("Item", "Judgement", "Comment") if name in head}
    items = [r for r in rows[rows.index(head) + 1 :] if r[at["Item"]]]
    words = {r[at["Item"]]: r[at["Judgement"]] for r in items if r[at["Judgement"]]}
    comments = {r[at["Item"]]: r[at["Comment"]] for r in items if r[at["Comment"]]} if "Comment" in at else {}
    return recognised(found, words, comments)


def _text(value: Any) -> str:
    """A cell's value as it is read: an office suite may turn an id such as 1.10 into a number only where it was retyped."""
    return "" if value is None else str(value).strip()
