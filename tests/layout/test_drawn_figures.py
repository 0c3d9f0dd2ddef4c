"""Charts drawn with rules, boxes and words: what the file says is a figure is read as no table."""

from __future__ import annotations

import pytest

from evaltrail.read.formats import pdf
from evaltrail.write.formats.pdf import printed
from evaltrail.write.house import House
from evaltrail.write.model import Cell, Figure, Heading, Paper, Paragraph, Picture, Run, Table

ROWS = ("Relevance", "Coherence", "Efficiency", "Impact")


def svg(names, cells=("Baseline", "Target", "Actual")):
    """A drawing that has rules and words like a table, and a bar in each row: a row a name."""
    parts = []
    for r, name in enumerate(names):
        y = 20 * r
        parts.append(f'<rect x="0" y="{y}" width="400" height="20" fill="none" stroke="black"/>')
        parts.append(f'<text x="4" y="{y + 14}" font-size="9">{name}</text>')
        parts.append(f'<rect x="90" y="{y + 6}" width="{20 + 8 * r}" height="8" fill="#336699"/>')
        for c, words in enumerate(cells):
            parts.append(f'<rect x="{160 + 80 * c}" y="{y}" width="80" height="20" fill="none" stroke="black"/>')
            parts.append(f'<text x="{164 + 80 * c}" y="{y + 14}" font-size="9">{words} {r}</text>')
    high = 20 * len(names)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 {high}" width="400" height="{high}">'
    return f"{head}<title>Chart</title><desc>Values.</desc>{''.join(parts)}</svg>", high


def words(text):
    return (Run(text),)


@pytest.fixture
def read(prose):
    """The outline of a printed paper with a drawing and a table."""

    def make(names, **kind):
        drawn, high = svg(names, **kind)
        table = Table(2, 2, (Cell(0, 0, (words("Unit"),), header=True), Cell(0, 1, (words("Due"),), header=True),
                             Cell(1, 0, (words("Ports"),)), Cell(1, 1, (words("In 2030"),))), header_rows=1)  # fmt: skip
        blocks = (
            Heading(words("Evaluation of the ports"), 0),
            Paragraph(words(prose)),
            Figure(Picture(drawn, "Chart", "Values.", 400, high), words("Figure 1. Values of the sites")),
            Paragraph(words(prose)),
            table,
            Paragraph(words(prose)),
        )
        return pdf.outline(printed(Paper(blocks, title="Evaluation of the ports", house=House())))

    return make


def test_a_drawing_that_the_file_says_is_a_figure_is_no_table_and_its_words_are_no_text(read, texts, cells):
    outline = read(ROWS)
    tables = [b for b in outline.blocks if b.kind == "table"]
    assert [cells(t) for t in tables] == [[["Unit", "Due"], ["Ports", "In 2030"]]]
    assert not any("Relevance" in t for t in texts(outline))
    assert "Figure 1. Values of the sites" in texts(outline)


def test_the_words_of_a_figure_are_kept_with_their_places_for_reading_the_chart(read):
    said = [w.text.text for page in read(ROWS).pages for w in page.words]
    assert "Relevance" in said


def test_whole_paragraphs_are_text_though_the_file_says_that_they_are_a_figure(read, texts):
    long = " ".join(["a site that is open to all of its boats and to those who mend and sell"] * 5)
    spans = "".join(f'<tspan x="4" dy="12">{long[i : i + 70]}</tspan>' for i in range(0, len(long), 70))
    outline = read((spans, *ROWS[1:]), cells=())
    assert any("open to all of its boats" in t for t in texts(outline))
