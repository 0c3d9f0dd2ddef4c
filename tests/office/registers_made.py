"""An invented register, as XLSX and CSV, for tests of registers."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from evaltrail_office.follow_up.actions import registers as actions
from evaltrail_office.follow_up.registers.fields import Fields
from evaltrail_office.shelf import files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.models import Register

HEADINGS = [
    "Rec. no.", "Evaluation", "Responsible unit", "Recommendation", "Status", "Accepted", "Management response", "Made", "Due date",
    "Closed",
]  # fmt: skip
ONE, TWO = date(2024, 1, 10), date(2025, 3, 1)
PILOTS, DEPTHS, OFFICE = "Pilotage", "Dredging", "Harbour Office"
ROWS: list[list[Any]] = [
    ["1", "HB-2024-1", PILOTS, "The Board should train its pilots every year.", "Closed", "Accepted", "Agreed; done in May.",
     ONE, date(2024, 6, 30), date(2024, 5, 20)],
    ["2", "HB-2024-1", DEPTHS, "The Board should dredge the inner basin.", "In progress", "Partially accepted", "Only the north side.",
     ONE, date(2025, 12, 31), None],
    ["3", "HB-2024-1", DEPTHS, "The Board should publish its soundings.", "Open", "Accepted", None, ONE, date(2026, 12, 31), None],
    ["1", "HB-2025-2", PILOTS, "The Board should renew the pilots' launch.", "Withdrawn", "Rejected", "There is no money.",
     TWO, None, date(2025, 9, 1)],
    ["2", "HB-2025-2", OFFICE, "=The Board should count ships.", "Green", "Accepted", None, TWO, None, None],
    ["3", "HB-2025-2", OFFICE, None, "Open", None, None, TWO, None, None],
    ["4", "HB-2025-2", OFFICE, "The Board should mend the clock.", "Open", "Accepted", None, TWO, date(2024, 3, 1), None],
    ["5", None, OFFICE, "The Board should answer letters.", "Not started", "Accepted", None, TWO, None, None],
    ["5", None, OFFICE, "The Board should answer letters.", "Not started", "Accepted", None, TWO, None, None],
]  # fmt: skip
"""Nine rows: five can be taken over; one has an unknown status, one no text, one a due date before it was made, one stands twice."""


def xlsx(rows: Sequence[Sequence[Any]] = ROWS, headings: Sequence[str] = HEADINGS, *, title: bool = True) -> bytes:
    """A workbook with a page of notes, and the register below a title."""
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Read me"
    notes.append(["Kept by the Harbour Board."])
    sheet = book.create_sheet("Register")
    if title:
        sheet.append(["Harbour Board: recommendations"])
        sheet.append([])
    sheet.append(list(headings))
    for row in rows:
        sheet.append([datetime(c.year, c.month, c.day) if isinstance(c, date) else c for c in row])  # noqa: DTZ001 - a spreadsheet's day has no zone
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(rows: Sequence[Sequence[Any]] = ROWS, headings: Sequence[str] = HEADINGS, separator: str = ",") -> bytes:
    """The same as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([list(headings), *([("" if c is None else str(c)) for c in row] for row in rows)])
    return out.getvalue().encode()


def brought(
    user: User, work: Callable[[], int], content: bytes, name: str = "harbour.xlsx", evaluation: Evaluation | None = None, **fields: Any
) -> Register:
    """A register that was read; ``fields`` change its mapping."""
    sha256, _size = files.keep([content])
    register = actions.bring(user, name=name, sha256=sha256, evaluation=evaluation)
    work()
    register.refresh_from_db()
    if fields and register.state == "read":
        actions.remap(user, register, Fields.model_validate({**register.fields, **fields}))
        register.refresh_from_db()
    return register


def taken(
    user: User, work: Callable[[], int], content: bytes, name: str = "harbour.xlsx", evaluation: Evaluation | None = None, **fields: Any
) -> Register:
    """A register that was taken over."""
    register = brought(user, work, content, name, evaluation, **fields)
    assert register.state == "read", register.fault
    actions.begin(user, register)
    work()
    register.refresh_from_db()
    assert register.state == "imported", register.job and register.job.fault
    return register
