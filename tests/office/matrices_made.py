"""Invented matrices of management responses, as DOCX, for tests of taking over what papers answer."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx import Document as Docx

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS = [
    "No.", "Recommendation", "Management response", "Key action(s)", "Responsible unit(s)", "Time frame", "Status", "Tracking comments",
]  # fmt: skip
ROWS = [
    ["1", "The Ministry should train the fitters of all landing sites.", "Agree. The sites have asked for it.",
     "• Train twelve fitters\n• Publish a handbook for fitters", "Director, Ports Division (PD); Office of Training", "Q3 2025",
     "Initiated", "Four were trained by May."],
    ["2", "The Ministry should name one person for each site.", "Partially agree. Small sites share one person.", "Name the persons",
     "PD", "Spring 2026", "Not started", ""],
    ["3", "The Ministry should sell the cold stores.", "Not accepted. The stores serve three villages.", "N/A", "N/A", "N/A", "", ""],
    ["4", "The Ministry should repair the jetties before the season.", "The northern ones are the oldest. The Division will repair them.",
     "Repair the jetties of the north",
     "Ports Division", "Ongoing", "Completed", "Done in April, as the photographs show."],
]  # fmt: skip
"""Four answers: to one of two actions, with a proposed day, without an action, and without a verdict."""
JOINT = [
    ["Recommendation", "Harbour Board", "", "", "Coast Guard", "", ""],
    ["", "Response", "Action", "Due date", "Response", "Action", "Due date"],
    ["Recommendation 1: Keep one list of moorings with the Ministry.", "Accepted", "Keep the list", "June 2026", "Partially accepted",
     "Share the list of buoys", "December 2026"],
    ["Recommendation 2: Charge visitors the same fee at every mooring.", "Accepted", "Print the fees", "March 2026",
     "Rejected. The law does not allow it.", "", ""],
]  # fmt: skip


def docx(title: str, rows: Sequence[Sequence[str]], *, joint: bool = False) -> bytes:
    """A paper with a title and one table; ``joint`` merges the headings of the organisations over their columns."""
    paper = Docx()
    paper.add_heading(title, 0)
    paper.add_paragraph("Prepared by the Office of Strategy, 12 March 2025")
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for cells, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, words, strict=True):
            cell.text = text
    if joint:
        for first, last in ((1, 3), (4, 6)):
            table.cell(0, first).merge(table.cell(0, last))
        table.cell(0, 0).merge(table.cell(1, 0))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
