"""XLSX: a workbook with the recommendations, the actions promised on them and the ratings, one row each."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from evaltrail.write.direction import direction_of
from evaltrail.write.formats._cells import begins_a_formula, clean, parts
from evaltrail.write.formats._heads import Heads
from evaltrail.write.rows import RATINGS, RECOMMENDATIONS, spreadsheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from evaltrail.write.house import House
    from evaltrail.write.order import Order
    from evaltrail.write.rows import Row

NAME = "xlsx"
ENDINGS = (".xlsx",)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF_RECORD = True

WIDTHS = {"text": 52, "response": 52, "action": 48, "evaluation": 20, "responsible_units": 20, "unit": 20, "section": 34}
WIDTHS |= {"deliverables": 26, "action_resources": 20, "scale": 34, "of": 26, "responsible_as_printed": 20, "page": 7, "value": 9}
WIDTHS |= {"number": 9, "kind": 15, "recommendation": 16, "criterion": 20}
WIDTH = 13
"""Characters, of a column that has no width of its own, and of one with nothing in it, at most."""
FACE = "Calibri"
EDGE = "CFD6DA"
PRINTED = {"recommendations": "page", "actions": "page", "ratings": "page"}
"""Last column that is printed; what stands behind it is to be looked up."""
LINE = 14.5
"""Height of a line in points."""
HIGHEST = 409.0
"""Points that a row of Excel may have."""
_WHOLE = re.compile(r"[1-9]\d{0,8}")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def written(order: Order) -> bytes:
    """The workbook. Raises ``Unwritable`` where the record has no rows."""
    from openpyxl import Workbook

    tables = spreadsheet(order)
    book = Workbook()
    book.remove(book.worksheets[0])
    about = order.record.document
    heads = Heads(about.language, order.house)
    pages = _Pages(book, heads, order.house, about.title, leftwards=direction_of(about.language) == "rtl")
    pages.add("recommendations", RECOMMENDATIONS, tables.recommendations)
    pages.add("actions", tables.action_columns, tables.actions)
    if tables.ratings:
        pages.add("ratings", RATINGS, tables.ratings)
    pages.add_long_texts()
    book.properties.creator = clean(order.house.organisation or about.organisation or "")
    book.properties.title = clean(about.title)
    book.properties.language = about.language if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", about.language or "") else None
    out = io.BytesIO()
    book.save(out)
    return _steady(out.getvalue(), about.date)


class _Pages:
    """The worksheets of one workbook, and the texts that no cell holds."""

    def __init__(self, book: Workbook, heads: Heads, house: House, title: str, *, leftwards: bool) -> None:
        self._book, self._heads, self._house, self._title = book, heads, house, title
        self._leftwards = leftwards
        self._long: list[tuple[str, str]] = []
        """Where a text belongs, and what of it did not fit into its cell."""

    def add(self, name: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """A worksheet of its own for a table."""
        page: Worksheet = self._book.create_sheet(self._heads(f"sheet_{name}"))
        widths = [WIDTHS.get(c, WIDTH) if any(r.get(c) for r in rows) else min(WIDTHS.get(c, WIDTH), WIDTH) for c in columns]
        for n, (key, width) in enumerate(zip(columns, widths, strict=True), 1):
            self._head(page, n, self._heads(key), width)
        whole = {c for c in ("number", "recommendation") if _all_whole([r.get(c) for r in rows])}
        for at, row in enumerate(rows, 2):
            for n, key in enumerate(columns, 1):
                value = row.get(key)
                if isinstance(value, str):
                    value = int(value) if key in whole else self._heads.value(key, value)
                self._fill(page, at, n, value)
            page.row_dimensions[at].height = _height([row.get(k) for k in columns], widths)
        self._set_up(page, len(columns), len(rows), columns.index(PRINTED[name]) + 1)

    def add_long_texts(self) -> None:
        """The rest of texts that are longer than a cell may be, where there are any."""
        if not self._long:
            return
        page: Worksheet = self._book.create_sheet(self._heads("sheet_long_texts"))
        for n, (key, width) in enumerate((("text_number", 8), ("text_of", 30), ("text_part", 8), ("text_words", 110)), 1):
            self._head(page, n, self._heads(key), width)
        at = 2
        for number, (of, rest) in enumerate(self._long, 1):
            for part, words in enumerate(parts(rest), 1):
                values: tuple[str | int, ...] = (number, of, part, words)
                for n, value in enumerate(values, 1):
                    _put(page.cell(at, n), value)
                page.row_dimensions[at].height = _height([of, words], [30, 110])
                at += 1
        self._set_up(page, 4, at - 2, 4)

    def _head(self, page: Worksheet, n: int, words: str, width: int) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        colour = self._house.accent.lstrip("#").upper()
        cell = _put(page.cell(1, n), words)
        cell.font = Font(name=FACE, bold=True, color="FFFFFF" if _dark(colour) else "000000")
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        page.column_dimensions[get_column_letter(n)].width = width
        page.row_dimensions[1].height = 2 * LINE + 4

    def _fill(self, page: Worksheet, at: int, n: int, value: str | float | date | None) -> None:
        """Put a value into a cell; what a cell cannot hold goes on among the long texts, and the cell says where."""
        if isinstance(value, str):
            value = clean(value)
            first, *rest = parts(value)
            if rest:
                mark = f"\n[{self._heads('continued', sheet=self._heads('sheet_long_texts'), number=len(self._long) + 1)}]"
                first = next(parts(value, 32_767 - len(mark)))
                self._long.append((f"{page.title}, {page.cell(at, n).coordinate}", value[len(first) :]))
                value = first + mark
        _put(page.cell(at, n), value)

    def _set_up(self, page: Worksheet, columns: int, rows: int, printed: int) -> None:
        """What stays in sight, what can be filtered, and how it is printed."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        page.freeze_panes = "B2"
        page.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"
        page.sheet_view.rightToLeft = self._leftwards
        page.print_title_rows = "1:1"
        page.print_area = f"A1:{get_column_letter(printed)}{rows + 1}"
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = "1" if self._house.paper == "us-letter" else "9"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_margins.left = page.page_margins.right = 0.4
        if page.oddHeader is not None and page.oddFooter is not None:
            title = " ".join(clean(self._title).split())[:200]
            page.oddHeader.left.text = title.replace("&", "&&") or None
            page.oddFooter.right.text = self._heads.page_of().format(page="&P", pages="&N")


def _put(cell: Any, value: str | float | date | None) -> Cell:
    """Set a cell; a text is only ever text, whatever it begins with, also when a person edits the cell."""
    from openpyxl.styles import Alignment, Border, Side

    if isinstance(value, str):
        # A reader of the format takes _x0041_ for an A (ECMA-376, 22.9.2.19).
        cell.value = _ESCAPE.sub("_x005F_", value)
        if value:
            cell.data_type = "s"
            cell.quotePrefix = begins_a_formula(value)
    elif value is not None:
        cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    # Numbers as texts at the start of their cells, where the eye looks for "3" and "3(a)" alike; a text's own direction decides.
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=None if isinstance(value, str) else "left")
    cell.border = Border(bottom=Side(style="thin", color=EDGE))
    done: Cell = cell
    return done


def _all_whole(values: Sequence[object]) -> bool:
    """Whether all values of a column that are there are whole numbers as printed, so that cells of numbers say the same and sort."""
    there = [v for v in values if v is not None]
    return bool(there) and all(isinstance(v, str) and _WHOLE.fullmatch(v) for v in there)


def _height(values: Sequence[object], widths: Sequence[int]) -> float:
    """Height of a row in points: not every office suite fits rows to wrapped text when it opens a file."""
    texts = [(v, w) for v, w in zip(values, widths, strict=True) if isinstance(v, str)]
    lines = max((sum(max(1, ceil(len(part) / width)) for part in text.split("\n")) for text, width in texts), default=1)
    return min(HIGHEST, LINE * lines + 4)


def _dark(colour: str) -> bool:
    """Whether white stands out more on a colour than black: relative luminance of WCAG 2.2, the two contrasts being equal at 0.179."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.179


def _is_day(words: str) -> bool:
    try:
        return len(words) == 10 and date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def _steady(package: bytes, day: str | None) -> bytes:
    """The package without the clock's times: those in its properties are the record's day, or left out where it names none."""
    known = day is not None and _is_day(day)
    said = rf"\g<1>{day}T00:00:00Z\g<3>".encode() if known else b""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(said, data)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return out.getvalue()
