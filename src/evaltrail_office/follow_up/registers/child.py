"""The process that opens a register: the file on standard input, its sheets as JSON on standard output; nothing else in or out.

Of the office it imports only its limits, and it has no credentials. It may take no more time and memory than it is given, and write
no files.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from evaltrail_office.shelf.confining import confine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ROWS = 20_000
"""Rows of a sheet that are read."""
MOST_COLUMNS = 120
MOST_SHEETS = 40
LONGEST = 32_767
"""Characters of a cell."""
_ALL = 30_000_000
"""Characters of a file."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SIGNS = (",", ";", "\t", "|")
_KNOWN = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "other"),
    (b"\x89PNG", "other"),
    (b"\xff\xd8\xff", "other"),
    (b"GIF8", "other"),
    (b"\x1f\x8b", "other"),
)


class Cannot(Exception):
    """The file cannot be read; ``str()`` is a word for why."""


def main() -> None:
    """Read one file."""
    order = json.loads(sys.argv[2])
    data = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    # Whatever a library prints must not fall into the answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import openpyxl
    import openpyxl.cell.read_only
    import openpyxl.reader.excel
    import openpyxl.utils.escape
    import openpyxl.worksheet._reader

    del openpyxl
    confine(order["memory"], order["seconds"])
    try:
        answer: dict[str, Any] = {"sheets": sheets_of(data)}
    except Cannot as why:
        answer = {"fault": str(why)}
    except MemoryError:
        answer = {"fault": "memory"}
    except Exception:  # noqa: BLE001 - a broken file may raise anything
        answer = {"fault": "broken"}
    json.dump(answer, out, ensure_ascii=True)
    out.flush()


def sheets_of(data: bytes) -> list[dict[str, Any]]:
    """Sheets with name, whether they are shown, and rows of texts. Raises ``Cannot``."""
    if not data.strip():
        raise Cannot("empty")
    if data.startswith(_OLE):
        # A workbook with a password is wrapped in the old container.
        raise Cannot("password" if "EncryptedPackage".encode("utf-16-le") in data else "old")
    if data.startswith(_ZIP):
        found = list(_workbook(data))
    else:
        for head, kind in _KNOWN:
            if data.startswith(head):
                raise Cannot(kind)
        found = [{"name": "", "shown": True, "rows": list(_text(data))}]
    if not any(cell for sheet in found for row in sheet["rows"] for cell in row):
        raise Cannot("empty")
    return found


def _workbook(data: bytes) -> Iterator[dict[str, Any]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.bin" in names:
            raise Cannot("old")
        if "xl/workbook.xml" not in names:
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
            raise Cannot("ods" if b"spreadsheet" in kind else "other")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    room = _ALL
    for sheet in book.worksheets[:MOST_SHEETS]:
        # What a file says of its own extent is often wrong.
        sheet.reset_dimensions()
        rows: list[list[str]] = []
        for cells in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            row = _trimmed(said(cell) for cell in cells)
            room -= sum(map(len, row)) + 1
            if room < 0 or len(rows) >= MOST_ROWS + 100:
                raise Cannot("long")
            rows.append(row)
        yield {"name": str(sheet.title), "shown": sheet.sheet_state == "visible", "rows": _ended(rows)}


def said(cell: Any) -> str:
    """A cell as text: a day as ``2024-02-22``, a whole number without a point."""
    from openpyxl.utils.escape import unescape

    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date() | time():
            return cell.isoformat()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float():
            return repr(round(cell, 10))
    text = str(cell)
    if text in {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}:
        return ""
    return tidy(unescape(text) if "_x" in text else text)


def tidy(text: str) -> str:
    """A cell's words: line ends as one sign, nothing that cannot be kept, no blanks at the ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return "".join(c for c in text if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff")).strip()[:LONGEST]


def _text(data: bytes) -> Iterator[list[str]]:
    text = decoded(data)
    csv.field_size_limit(1 << 20)
    sign = separator(text)
    room = _ALL
    rows: list[list[str]] = []
    # A quotation mark that is never closed would make one cell of all that follows.
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            row = _trimmed(tidy(cell) for cell in cells[:MOST_COLUMNS])
            room -= sum(map(len, row)) + 1
            if room < 0 or len(rows) >= MOST_ROWS + 100:
                raise Cannot("long")
            rows.append(row)
    except csv.Error as fault:
        raise Cannot("broken") from fault
    yield from _ended(rows)


def decoded(data: bytes) -> str:
    """The text of a file of plain text. Raises ``Cannot`` for bytes that are none."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as fault:
                raise Cannot("broken") from fault
    if b"\0" in data:
        raise Cannot("other")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if text.lstrip()[:1] == "<":
        raise Cannot("other")
    return text


def separator(text: str) -> str:
    """The sign that parts cells: the one with which most of the first rows have the same number of cells, and more than one."""
    best, most = ",", 0.0
    for sign in _SIGNS:
        try:
            rows = []
            for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign):
                rows.append(len(row))
                if len(rows) >= 60:
                    break
        except csv.Error:
            continue
        wide = [n for n in rows if n > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            score = wide.count(usual) / len(rows) + min(usual, 20) / 1000
            if score > most:
                best, most = sign, score
    return best


def _trimmed(cells: Iterable[str]) -> list[str]:
    row = list(cells)
    while row and not row[-1]:
        row.pop()
    return row


def _ended(rows: list[list[str]]) -> list[list[str]]:
    while rows and not rows[-1]:
        rows.pop()
    return rows
