"""Plain text has lost what raised a footnote's mark: it is told from other numbers by its place."""

from __future__ import annotations

from evaltrail.read.formats import Options, text

PAPER = """Purpose

1. The evaluation looked at four harbours and at what became of them. 1 It asked who uses them.

2. The harbour wardens 2 were asked first, and 3 crews later. They named 14 repairs.

3. Their answers, 3 it seems, agree with what was seen.
"""

NOTES = """
1 The harbours were chosen by lot from all that were built.
2 Wardens are named by the harbour committees for two years.
3 Answers are in the annex.
"""


def test_marks_between_words_are_found_by_the_order_of_the_notes() -> None:
    paragraphs = [b for b in text.outline((PAPER + NOTES).encode(), Options()).blocks if b.kind == "paragraph"]
    assert [[number for _, number in b.marks] for b in paragraphs] == [["1"], ["2"], ["3"]]
    assert [b.text for b in paragraphs][1:] == [
        "The harbour wardens were asked first, and 3 crews later. They named 14 repairs.",
        "Their answers, it seems, agree with what was seen.",
    ]


def test_numbers_stay_where_a_paper_has_no_footnotes() -> None:
    paragraphs = [b for b in text.outline(PAPER.encode(), Options()).blocks if b.kind == "paragraph"]
    assert "wardens 2 were" in paragraphs[1].text
    assert [b.marks for b in paragraphs] == [(), (), ()]
