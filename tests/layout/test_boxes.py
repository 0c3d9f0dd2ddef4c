"""Boxes: frames and panels that hold text."""

from __future__ import annotations

GREEN = (0.8, 0.95, 0.8)


def boxes(outline):
    """Keys of the blocks' boxes in order."""
    return [b.box for b in outline.blocks]


def test_text_in_a_stroked_frame_has_a_box_and_text_outside_has_none(paper, prose):
    sheet = paper.sheet()
    sheet.block(72, 760, prose, 400)
    sheet.rect(66, 560, 420, 100, stroke=(0, 0, 0))
    sheet.text(72, 640, "Key finding 1", face="B")
    sheet.block(72, 620, prose, 400)
    outline = paper.outline()
    assert boxes(outline)[0] is None
    assert boxes(outline)[1] == boxes(outline)[2] is not None


def test_a_frame_made_of_four_lines_is_a_box(paper, prose):
    sheet = paper.sheet()
    sheet.grid([66, 490], [560, 660])
    sheet.block(72, 640, prose, 400)
    outline = paper.outline()
    assert [b.kind for b in outline.blocks] == ["paragraph"]
    assert boxes(outline)[0] is not None


def test_a_shaded_panel_is_a_box_and_tells_its_colour(paper, prose):
    sheet = paper.sheet()
    sheet.rect(66, 560, 420, 100, fill=GREEN)
    sheet.block(72, 640, prose, 400)
    block = paper.outline().blocks[0]
    assert block.box is not None
    assert block.fill == "#ccf2cc"


def test_shading_painted_line_by_line_is_one_panel(paper, prose):
    sheet = paper.sheet()
    for i in range(4):
        sheet.rect(66, 637 - 12 * i, 420, 12, fill=GREEN)
    sheet.block(72, 640, prose, 400)
    outline = paper.outline()
    assert len(outline.blocks) == 1
    assert boxes(outline)[0] is not None


def test_two_boxes_are_two(paper, prose):
    sheet = paper.sheet()
    for y in (600, 400):
        sheet.rect(66, y, 420, 100, stroke=(0, 0, 0))
        sheet.block(72, y + 80, prose, 400)
    first, second = boxes(paper.outline())
    assert first != second


def test_a_box_that_goes_on_on_the_next_page_keeps_its_key(paper, prose):
    words = (prose * 2).split()
    half = len(words) // 3
    for n, (y, part) in enumerate(((70, words[:half]), (700, words[half:]))):
        sheet = paper.sheet()
        if n == 0:
            sheet.block(72, 700, prose, 400)
        sheet.rect(66, y, 420, 90, stroke=(0, 0, 0))
        sheet.block(72, y + 75, " ".join(part), 400)
    outline = paper.outline()
    assert len({k for k in boxes(outline) if k}) == 1
    assert len([b for b in outline.blocks if b.box]) == 1


def test_a_frame_around_the_page_is_no_box(paper, prose):
    sheet = paper.sheet()
    sheet.rect(30, 30, 535, 782, stroke=(0, 0, 0))
    sheet.block(72, 700, prose, 400)
    assert boxes(paper.outline()) == [None]
