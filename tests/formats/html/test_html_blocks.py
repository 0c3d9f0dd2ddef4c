"""Headings, lists, tables, boxes and looks of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.read.outline import Outline


def test_headings_have_the_level_of_their_tag_and_the_only_top_one_is_the_title(
    rows: Callable[..., Any], page: Callable[..., Outline]
) -> None:
    body = "<h1>Report</h1><h2>Findings</h2><h4>Relevance</h4><p>x</p><div role='heading' aria-level='3'>Drawn</div>"
    assert [r[0] for r in rows(body)] == ["title", "heading2", "heading4", "paragraph", "heading3"]
    assert page(body).title == "Report"


def test_among_several_top_headings_the_one_that_the_page_is_called_is_the_title(rows: Callable[..., Any]) -> None:
    body = "<h1>Report on ports</h1><p>a</p><h1>Findings</h1><p>b</p>"
    assert [r[0] for r in rows(body, "<title>Report on ports | Office</title>")] == ["title", "paragraph", "heading1", "paragraph"]
    assert rows(body, "<title>Office</title>")[0][0] == "heading1"


@pytest.mark.parametrize(
    "markup,markers",
    [
        ("<ul><li>a</li><li>b</li></ul>", ["•", "•"]),
        ("<ol><li>a</li><li>b</li></ol>", ["1.", "2."]),
        ("<ol start='26'><li>a</li><li>b</li></ol>", ["26.", "27."]),
        ("<ol type='a'><li>a</li><li value='4'>b</li><li>c</li></ol>", ["a.", "d.", "e."]),
        ("<ol type='I' start='3'><li>a</li><li>b</li></ol>", ["III.", "IV."]),
        ("<ol reversed><li>a</li><li>b</li><li>c</li></ol>", ["3.", "2.", "1."]),
        ("<ol style='list-style-type: lower-roman'><li>a</li><li>b</li></ol>", ["i.", "ii."]),
        ("<ol class='l'><li>a</li></ol>", ["a."]),
        ("<ul style='list-style: none'><li>(a) typed</li></ul>", ["(a)"]),
        ("<ol type='a' start='27'><li>x</li></ol>", ["aa."]),
    ],
)
def test_list_markers_are_those_that_a_browser_prints(rows: Callable[..., Any], markup: str, markers: list[str]) -> None:
    assert [r[1] for r in rows(f"<p>Intro:</p>{markup}", "<style>.l { list-style: lower-alpha }</style>")][1:] == markers


def test_nested_lists_have_a_level_and_later_paragraphs_of_an_item_have_no_marker(rows: Callable[..., Any]) -> None:
    body = "<ol><li>One<ul><li>deep</li></ul></li><li><p>Two</p><p>more of two</p></li></ol>"
    assert rows(body) == [("item1", "1.", "One"), ("item2", "•", "deep"), ("item1", "2.", "Two"), ("paragraph", "", "more of two")]


@pytest.mark.parametrize(
    "typed,expected",
    [
        ("26. The Office should act.", ("paragraph", "26.", "The Office should act.")),
        ("4.2 The Office should act.", ("paragraph", "4.2", "The Office should act.")),
        ("(a) train staff;", ("item1", "(a)", "train staff;")),
        ("iv. train staff;", ("item1", "iv.", "train staff;")),
        ("• train staff", ("item1", "•", "train staff")),
        ("– train staff", ("item1", "–", "train staff")),
        ("2014. A year is no marker", ("paragraph", "", "2014. A year is no marker")),
        ("3.5 million people", ("paragraph", "3.5", "million people")),
        ("A. Smith wrote it", ("paragraph", "", "A. Smith wrote it")),
    ],
)
def test_typed_markers_are_told_apart(rows: Callable[..., Any], typed: str, expected: Any) -> None:
    assert rows(f"<h1>R</h1><p>{typed}</p>")[1] == expected


def test_a_table_has_spans_heading_rows_and_its_caption_before_it(page: Callable[..., Outline]) -> None:
    body = """<table><caption>Table 1. Action</caption><thead><tr><th>Unit</th><th colspan="2">When</th></tr></thead>
    <tbody><tr><th rowspan="2">Ports</th><td>2024</td><td>now</td></tr><tr><td>2025</td><td></td></tr></tbody></table>"""
    caption, block = page(body).blocks
    assert (caption.kind, caption.text) == ("caption", "Table 1. Action")
    table = block.table
    assert (table.rows, table.columns, table.header_rows) == (3, 3, 1)
    assert [(c.row, c.column, c.row_span, c.column_span, c.content().text) for c in table.cells] == [
        (0, 0, 1, 1, "Unit"),
        (0, 1, 1, 2, "When"),
        (1, 0, 2, 1, "Ports"),
        (1, 1, 1, 1, "2024"),
        (1, 2, 1, 1, "now"),
        (2, 1, 1, 1, "2025"),
        (2, 2, 1, 1, ""),
    ]


def test_a_first_row_in_bold_is_a_heading_row_without_mark_up(page: Callable[..., Outline]) -> None:
    body = "<table><tr><td><b>Unit</b></td><td><b>When</b></td></tr><tr><td>Ports</td><td>2024</td></tr></table>"
    assert page(body).blocks[0].table.header_rows == 1


def test_lines_of_a_cell_are_paragraphs_unless_a_sentence_goes_on(page: Callable[..., Outline]) -> None:
    body = "<table><tr><td>Ports unit<br>Finance unit</td><td>train the<br>staff</td></tr><tr><td>x</td><td>y</td></tr></table>"
    cells = page(body).blocks[0].table.cells
    assert [b.text for b in cells[0].blocks] == ["Ports unit", "Finance unit"]
    assert [b.text for b in cells[1].blocks] == ["train the staff"]


def test_a_table_of_one_cell_is_a_box(page: Callable[..., Outline]) -> None:
    body = "<p>before</p><table bgcolor='#eef'><tr><td><p>Key finding 1</p><p>Ports are safer.</p></td></tr></table><p>after</p>"
    blocks = page(body).blocks
    assert [b.text for b in blocks] == ["before", "Key finding 1", "Ports are safer.", "after"]
    assert blocks[1].box
    assert blocks[1].box == blocks[2].box
    assert blocks[0].box is None
    assert blocks[3].box is None


def test_a_page_laid_out_with_a_table_is_read_as_flow(rows: Callable[..., Any]) -> None:
    prose = "<p>" + "Words of a report about ports. " * 20 + "</p>"
    body = f"<table><tr><td><p>menu</p></td><td><h2>Findings</h2>{prose}<h2>Conclusions</h2>{prose}</td></tr></table>"
    assert "table" not in [r[0] for r in rows(body)]
    assert [r[2] for r in rows(body) if r[0] == "heading2"] == ["Findings", "Conclusions"]


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote>{}</blockquote>",
        "<aside>{}</aside>",
        "<div class='well'>{}</div>",
        "<section class='panel panel-default'>{}</section>",
        "<div class='alert alert-info'>{}</div>",
        "<div class='wp-block-callout'>{}</div>",
        "<div style='border: 1px solid #000; padding: 1em'>{}</div>",
        "<div style='background-color: #eef3f7'>{}</div>",
        "<div class='framed'>{}</div>",
        "<fieldset><legend>Finding</legend>{}</fieldset>",
    ],
)
def test_a_frame_or_panel_gives_its_blocks_one_key(page: Callable[..., Outline], box: str) -> None:
    prose = "<p>" + "Words of a report about ports. " * 20 + "</p>"
    inside = box.format("<p>Finding 1</p><p>Ports are safer.</p>")
    blocks = page(
        f"<h1>R</h1>{prose}{inside}{prose}{inside}{prose}", "<style>.framed { border-left: 4px solid var(--c) } :root { --c: red }</style>"
    ).blocks
    keys = [b.box for b in blocks if b.text in {"Finding 1", "Ports are safer."}]
    assert None not in keys
    assert keys[0] == keys[1]
    assert keys[2] == keys[3]
    assert keys[0] != keys[2]
    assert all(b.box is None for b in blocks if b.text.startswith("Words"))


def test_a_panel_around_most_of_the_page_is_no_box(page: Callable[..., Outline]) -> None:
    prose = "<p>" + "Words of a report about ports. " * 20 + "</p>"
    assert all(b.box is None for b in page(f"<div class='panel'><h1>R</h1>{prose}{prose}</div>").blocks)


def test_bold_and_italic_are_spans_of_the_words(page: Callable[..., Outline]) -> None:
    (block,) = page(
        "<p><b>Recommendation</b> <strong>1.</strong> Train <i>all</i> staff <span style='font-weight:700'>now</span></p>"
    ).blocks
    assert block.text == "Recommendation 1. Train all staff now"
    assert block.bold_spans == ((0, 17), (34, 37))
    assert block.italic_spans == ((24, 27),)
    assert 0.5 < block.bold < 0.7


def test_bold_set_by_the_page_s_style_sheet_is_seen(page: Callable[..., Outline]) -> None:
    (block,) = page(
        "<p class='c1'><span class='c2'>Finding</span> text</p>", "<style>.c2{font-weight:700} p.c1{color:#ff0000}</style>"
    ).blocks
    assert block.bold_spans == ((0, 7),)
    assert block.colour == "#ff0000"


def test_white_space_entities_and_invisible_characters_are_folded(rows: Callable[..., Any]) -> None:
    assert rows("<p>A&nbsp;B\n  C &amp; D&shy;E &#8211; F\u200bG</p>")[0][2] == "A B C & DE – FG"


def test_two_line_breaks_end_a_paragraph_and_one_is_a_space(rows: Callable[..., Any]) -> None:
    assert [r[2] for r in rows("<h1>R</h1><div>one<br>two<br><br>three</div>")][1:] == ["one two", "three"]


def test_a_line_break_before_a_typed_marker_begins_an_item(rows: Callable[..., Any]) -> None:
    assert rows("<h1>R</h1><p>It should:<br>(a) train;<br>(b) build.</p>")[1:] == [
        ("paragraph", "", "It should:"),
        ("item1", "(a)", "train;"),
        ("item1", "(b)", "build."),
    ]


def test_terms_summaries_captions_and_preformatted_text_are_read(rows: Callable[..., Any]) -> None:
    body = "<dl><dt>EU</dt><dd>European Union</dd></dl><figure><img><figcaption>Figure 1. Ports</figcaption></figure>"
    body += "<pre>one\ntwo\n\nthree</pre>"
    assert rows(body) == [
        ("paragraph", "", "EU"),
        ("paragraph", "", "European Union"),
        ("caption", "", "Figure 1. Ports"),
        ("paragraph", "", "one two"),
        ("paragraph", "", "three"),
    ]


@pytest.mark.parametrize(
    "source,joined",
    [
        ("informa-\ntion and information", "information and information"),
        ("COVID-\n19 came", "COVID-19 came"),
        ("long-\nterm, as long-term plans go", "long-term, as long-term plans go"),
        ("short-\nand long-term", "short- and long-term"),
        ("2014\u2013\n2019", "2014\u20132019"),
    ],
)
def test_a_word_that_the_source_s_line_end_broke_is_joined(
    page: Callable[..., Outline], assert_true: Callable[[Outline], None], source: str, joined: str
) -> None:
    outline = page(f"<p>{source}</p>")
    assert outline.blocks[0].text == joined
    assert_true(outline)


def test_a_drawing_gives_its_bars_and_labels_with_boxes(page: Callable[..., Outline]) -> None:
    bars = """<g transform="translate(10,0)"><rect x="100" y="0" width="300" height="20" fill="#1f5673"/>
    <path d="M100 30h180v20h-180z"/></g><rect width="9" height="9" fill="none"/>
    <text x="100" y="15" text-anchor="end">Relevance</text><text x="100" y="45" text-anchor="end">Impact</text>"""
    outline = page(f"<h1>R</h1><p>before</p><figure><svg viewBox='0 0 500 60'>{bars}</svg></figure><p>after</p>")
    (only,) = outline.pages
    assert [(s.box[0], s.box[2], s.fill) for s in only.shapes] == [(110, 410, "#1f5673"), (110, 290, "#000000")]
    assert [w.text.text for w in only.words] == ["Relevance", "Impact"]
    # Upwards: the first bar and its label stand higher than the second.
    assert only.shapes[0].box[1] > only.shapes[1].box[3]
    assert only.shapes[0].box[1] < only.words[0].box[3] <= only.shapes[0].box[3] + 5
    assert only.words[0].box[2] == 100
    assert [b.text for b in outline.blocks] == ["R", "before", "after"]
    piece = only.words[1].text.pieces[0]
    assert only.text[piece.start : piece.start + piece.length] == "Impact"


@pytest.mark.parametrize(
    "source, row",
    [
        ("<p><span class='num'>26</span> 43 per cent of crews.</p>", ("paragraph", "26", "43 per cent of crews.")),
        ("<p><b>26.</b> 43 per cent of crews.</p>", ("paragraph", "26.", "43 per cent of crews.")),
        ("<p><span>o<span>&nbsp;&nbsp; </span></span>the quay</p>", ("item1", "o", "the quay")),
        ("<p><span>−</span> the quay</p>", ("item1", "−", "the quay")),
        ("<ul style='list-style:none'><li><span>(a)</span> 9 sites</li></ul>", ("item1", "(a)", "9 sites")),
        ("<h2><span>1</span> Introduction</h2>", ("heading2", "1", "Introduction")),
        ("<h2><span>A.</span> Relevance</h2>", ("heading2", "A.", "Relevance")),
        # Not set apart, or no marker: words like any others.
        ("<p><b>26</b> crews came.</p>", ("paragraph", "", "26 crews came.")),
        ("<p><b>A.</b>B. came.</p>", ("paragraph", "", "A.B. came.")),
        ("<p><b>I</b> came.</p>", ("paragraph", "", "I came.")),
        ("<p>In <b>26.</b> May</p>", ("paragraph", "", "In 26. May")),
        ("<p><span>26.</span></p>", ("paragraph", "", "26.")),
    ],
)
def test_a_marker_in_an_element_of_its_own_is_told_from_the_words(rows: Callable[..., Any], source: str, row: tuple[str, str, str]) -> None:
    assert rows(f"<p>before</p>{source}<p>after</p>")[1] == row


def test_a_heading_below_the_sixth_level_keeps_the_level_that_it_says(rows: Callable[..., Any]) -> None:
    deep = "<div role='heading' aria-level='11'>Deep</div>"
    assert rows(f"<h1>One</h1><h1>Two</h1><p>words</p>{deep}<p>words</p>")[3] == ("heading11", "", "Deep")
