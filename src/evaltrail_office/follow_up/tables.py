"""Tables as files: CSV and XLSX in which no cell is a formula. What the columns are is the business of whoever has the rows."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from evaltrail.write.cells import begins_a_formula, clean, disarmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = tuple[Any, ...]
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def as_csv(heads: Row, rows: Iterable[Row]) -> bytes:
    """With a byte order mark, so that spreadsheets know the letters."""
    out = io.StringIO()
    made = csv.writer(out, lineterminator="\r\n")
    made.writerow(heads)
    for row in rows:
        made.writerow([disarmed(clean("" if c is None else c.isoformat() if isinstance(c, date) else str(c))) for c in row])
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(title: str, sheet: str, heads: Row, rows: Iterable[Row], *, widths: Mapping[int, int], width: int) -> bytes:
    """Texts are only ever texts, numbers are numbers, dates are dates; the head and the first column stay in sight.

    ``sheet`` is the sheet's name; ``widths`` those of columns, counted from 0, that are not ``width`` characters wide.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "B2"
    for n in range(len(heads)):
        page.column_dimensions[get_column_letter(n + 1)].width = widths.get(n, width)

    def cell(value: Any, *, bold: bool = False) -> Any:
        text = isinstance(value, str)
        # A reader of the format takes _x0041_ for an A (ECMA-376, 22.9.2.19).
        made = WriteOnlyCell(page, value=_ESCAPE.sub("_x005F_", clean(value)[:_LONGEST]) if text else value)
        if text and made.value:
            made.data_type = "s"
            made.quotePrefix = begins_a_formula(value)
        if isinstance(value, date):
            made.number_format = "yyyy-mm-dd"
        made.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            made.font = Font(bold=True)
        return made

    page.append([cell(head, bold=True) for head in heads])
    for row in rows:
        page.append([cell(value) for value in row])
    book.properties.creator, book.properties.title = "Evaltrail", clean(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
