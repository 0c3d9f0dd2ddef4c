"""Scripts: text set by a real typesetter, in scripts and with marks that the small writer of tests cannot set."""

from __future__ import annotations

import pytest

from evaltrail.read.formats import pdf

typst = pytest.importorskip("typst", reason="needs typst to set a page")


def read(source: str):
    return pdf.outline(typst.compile(source.encode(), format="pdf"))


def test_text_written_to_the_left_is_in_the_order_of_reading():
    words = "ההערכה מצאה כי התוכנית הצליחה"
    outline = read(f'#set text(font: "Libertinus Serif", lang: "he", dir: rtl)\n{words}')
    assert [b.text for b in outline.blocks] == [words]


def test_ligatures_are_the_letters_that_they_stand_for():
    outline = read('#set text(font: "Libertinus Serif", ligatures: true)\nThe office finds efficient offers difficult.')
    assert [b.text for b in outline.blocks] == ["The office finds efficient offers difficult."]


def test_footnotes_of_two_columns_are_tied_to_their_marks():
    outline = read(
        "#set page(columns: 2, width: 400pt, height: 300pt)\n"
        + "Partners agreed#footnote[Forty of them.] with what was found. " * 1
        + "The plan was told to all of the offices in time and in full. " * 14
        + "Some did not#footnote[Four of them.] agree with it."
    )
    assert [(n.number, n.text) for n in outline.footnotes] == [("1", "Forty of them."), ("2", "Four of them.")]
    marks = [(b.text[max(0, at - 6) : at], number) for b in outline.blocks for at, number in b.marks]
    assert marks == [("agreed", "1"), ("id not", "2")]


def test_justified_and_hyphenated_text_reads_as_it_was_written():
    words = " ".join(["Implementation of recommendations concerning intergovernmental responsibilities remains unsatisfactory."] * 6)
    outline = read(f"#set page(width: 220pt, height: auto)\n#set par(justify: true)\n#set text(hyphenate: true, size: 9pt)\n{words}")
    assert " ".join(b.text for b in outline.blocks) == words


def test_a_declared_language_is_told():
    assert read('#set text(lang: "fr")\nLe rapport est accept\u00e9.').language == "fr"
