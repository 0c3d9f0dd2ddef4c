"""Figures: bars for whoever reads charts, and labels kept out of the text."""

from __future__ import annotations

BLUE = (0.2, 0.4, 0.8)


def chart(sheet):
    """A chart of four bars with an axis from 1 to 6."""
    for i, (name, value) in enumerate((("Relevance", 5), ("Coherence", 4), ("Impact", 3), ("Efficiency", 4))):
        y = 600 - 24 * i
        sheet.text(72, y + 4, name, size=8)
        sheet.rect(160, y, 50 * value, 14, fill=BLUE)
    for value in range(7):
        sheet.rule(160 + 50 * value, 520, 160 + 50 * value, 620, 0.3)
        sheet.text(158 + 50 * value, 508, str(value), size=7)


def test_bars_are_given_with_their_boxes_and_colours(paper, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 400)
    chart(sheet)
    page = paper.outline().pages[0]
    assert [(round(s.box[2] - s.box[0]), s.fill) for s in page.shapes] == [
        (250, "#3366cc"),
        (200, "#3366cc"),
        (150, "#3366cc"),
        (200, "#3366cc"),
    ]
    labels = {w.text.text: w for w in page.words}
    assert {"Relevance", "Efficiency", "6"} <= set(labels)
    place = labels["Relevance"].text.pieces[0]
    assert page.text[place.start : place.start + place.length] == "Relevance"


def test_axis_values_are_no_paragraphs(paper, prose, texts):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 400)
    chart(sheet)
    assert not [t for t in texts(paper.outline()) if t.replace(" ", "").isdigit()]


def test_shading_of_tables_and_boxes_is_no_shape(paper, prose):
    sheet = paper.sheet()
    sheet.rect(66, 560, 420, 100, fill=BLUE)
    sheet.block(72, 640, prose, 400)
    assert paper.outline().pages[0].shapes == ()
