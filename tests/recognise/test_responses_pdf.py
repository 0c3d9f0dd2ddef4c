"""Response matrices in PDF files: ruled and half-ruled tables, rows broken over pages, headings repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaltrail.read.formats import Options, pdf
from evaltrail.read.outline import Block, Cell, Outline, OutlinePage, Piece, Table, Text
from evaltrail.read.recognise.pipeline import recognise

if TYPE_CHECKING:
    from evaltrail.record import Record

FORM = """
#set page(width: 297mm, height: HEIGHT, margin: 15mm, header: [Board paper DP/2026/9], footer: context counter(page).display())
#set text(size: 10pt)
= Management response to the evaluation of work on ports
== Annex. Key recommendations and management response
#let head = (
  table.cell(rowspan: 2)[*Key action(s)*], table.cell(rowspan: 2)[*Time frame*], table.cell(rowspan: 2)[*Responsible unit(s)*],
  table.cell(colspan: 2)[*Tracking*], [*Comments*], [*Status*],
)
#table(columns: (3fr, 1.2fr, 1.5fr, 1.5fr, 1fr),
  table.cell(colspan: 5)[*Evaluation recommendation 1.* The bureau for ports should set up a register of all grants that it gives to
    small ports, and should publish it each year so that everybody can see who has received what and for which works.],
  table.cell(colspan: 5)[*Management response:* The bureau accepts the recommendation and has begun to draw up the register.],
  ..head,
  [1.1 Draw up the form of the register and test it in two offices], [June 2026], [Bureau for Ports; Finance Unit], [], [Initiated],
  [1.2 Publish the register on the web pages of the bureau], [December 2026], [Communication Office], [], [Not started],
  table.cell(colspan: 5)[*Evaluation recommendation 2.* The bureau should review the fees of all ports and should take account of the
    means of small fishing boats when it sets them.],
  table.cell(colspan: 5)[*Management response:* The bureau partially accepts the recommendation. Fees are set by law and can be changed
    by the Parliament alone; the bureau will propose such a change.],
  ..head,
  [2.1 Compare the fees of small boats with those abroad], [March 2027], [Research Division], [Study begun], [Initiated],
  [2.2 Propose a change of the law to the Parliament], [June 2027], [Legal Office], [], [],
  table.cell(colspan: 5)[*Evaluation recommendation 3.* The bureau should close the two oldest docks.],
  table.cell(colspan: 5)[*Management response:* The bureau does not accept the recommendation, because the docks are monuments.],
)
"""

MATRIX = """
#set page(width: 297mm, height: 100mm, margin: 15mm)
#set text(size: 9pt)
= Management response matrix
#table(columns: (2fr, 2fr, 2fr, 1fr, 1fr), stroke: STROKE,
  table.header([*Recommendation*], [*Management response*], [*Action*], [*Responsible*], [*Deadline*]),
  [1. The bureau should set up a register of all grants that it gives to ports, and should publish it each year so that everybody can
    see who has received what.], [Accepted. The bureau has begun to draw up the register. It will be published as soon as it is
    complete, and the regional offices will help to keep it.], [Draw up the form of the register], [Finance Unit], [June 2026],
  [2. The bureau should review the fees of all ports, taking account of the means of small fishing boats, and should tell the owners
    of boats in good time before it changes them.], [Partially accepted. Fees are set by law and can be changed by the Parliament
    alone; the bureau will propose such a change in the course of the year and will then tell the owners of boats by letter and in the
    offices of the ports, as it has done in the past years.], [Propose a change of the law], [Legal Office], [June 2027],
  [3. The bureau should close the two oldest docks in the north.], [Rejected. The docks are protected monuments.], [None], [], [],
  [4. The bureau should train its staff in first aid.], [Accepted.], [Hold courses each spring], [Personnel Office], [May 2027],
)
"""


def read(source: str) -> Record:
    typst = pytest.importorskip("typst", reason="needs typst to set the test's paper")
    return recognise(pdf.outline(typst.compile(source.encode()), Options()))


@pytest.mark.parametrize("height", ["150mm", "90mm"])
def test_a_form_is_read_alike_on_one_page_and_broken_over_two(height: str) -> None:
    (evaluation,) = read(FORM.replace("HEIGHT", height)).evaluations
    asked = [s for s in evaluation.statements if s.kind == "recommendation"]
    answers = [s for s in evaluation.statements if s.kind == "response"]
    assert [r.number for r in asked] == ["1", "2", "3"]
    assert [r.verdict for r in answers] == ["accepted", "partially_accepted", "rejected"]
    assert [[a.id for a in r.answers] for r in answers] == [[r.id] for r in asked]
    assert [[(a.number, a.due, a.unit, a.status) for a in r.actions] for r in answers] == [
        [
            ("1.1", "June 2026", "Bureau for Ports; Finance Unit", "Initiated"),
            ("1.2", "December 2026", "Communication Office", "Not started"),
        ],
        [("2.1", "March 2027", "Research Division", "Initiated"), ("2.2", "June 2027", "Legal Office", None)],
        [],
    ]


@pytest.mark.parametrize("stroke", ["0.5pt", "(x: none, y: 0.5pt)"])
def test_a_row_broken_over_the_page_is_one_response(stroke: str) -> None:
    (evaluation,) = read(MATRIX.replace("STROKE", stroke)).evaluations
    answers = [s for s in evaluation.statements if s.kind == "response"]
    assert [r.verdict for r in answers] == ["accepted", "partially_accepted", "rejected", "accepted"]
    assert answers[1].text.endswith("as it has done in the past years.")
    assert [a.unit for r in answers for a in r.actions if a.unit] == ["Finance Unit", "Legal Office", "Personnel Office"]


def text(words: str, page: int) -> Text:
    return Text(words, (Piece(0, page, 0, len(words)),))


def test_what_is_answered_is_whole_where_its_row_is_broken_over_the_page() -> None:
    rows = (
        (1, "Comment received", "Management response"),
        (1, "Say who will sail the boats once the", "Agreed. The plan will say who sails the"),
        (2, "training of the crews is over.", "boats and how the crews are paid."),
    )
    cells = [Cell(r, c, (Block("paragraph", text(words, page)),)) for r, (page, *row) in enumerate(rows) for c, words in enumerate(row)]
    table = Block("table", table=Table(3, 2, tuple(cells), header_rows=1))
    heading = Block("heading", text("Response to the comments of the reviewers", 1), level=1)
    record = recognise(Outline("application/pdf", [OutlinePage(1), OutlinePage(2)], [heading, table]))
    (answer,) = record.evaluations[0].statements
    assert answer.text == "Agreed. The plan will say who sails the boats and how the crews are paid."
    assert answer.prompt == "Say who will sail the boats once the training of the crews is over."
