"""Pages made by word processors and by converters from PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.read.outline import Outline

PROSE = "<p>" + "Words of a report about ports. " * 10 + "</p>"


def line(top: int, left: int, words: str, font: str = "b") -> str:
    return f'<p style="position:absolute;top:{top}px;left:{left}px;white-space:nowrap" class="{font}">{words}</p>'


SHEET = "<style>.h{font-size:24px} .b{font-size:16px} .s{font-size:16px}</style>"
LONG = "The ports became safer over the years of the programme, and what was built in the first years"
PAGE_1 = [
    line(60, 100, "EV/12/4 — Council"),
    line(100, 100, "<b>Evaluation of small ports</b>", "h"),
    line(160, 100, "<b>Findings</b>", "s"),
    line(200, 100, "1."),
    line(200, 140, LONG),
    line(222, 100, "still serves those who land there. The cost of the works was higher than had been planned,"),
    line(244, 100, "as the audit of 2020 says."),
    line(280, 100, "<b>Finding 1:</b>"),
    line(280, 190, "Ports are safer, and their infor\u00ad<br/>mation boards are read."),
    line(900, 100, "Page 1"),
]
PAGE_2 = [line(60, 100, "EV/12/4 — Council"), line(120, 100, "2."), line(120, 140, "Quays are too."), line(900, 100, "Page 2")]
PAGE_3 = [line(60, 100, "EV/12/4 — Council"), line(120, 100, "Unit"), line(120, 400, "Priority"), line(900, 100, "Page 3")]


def positioned() -> str:
    return "".join(f'<div id="page{n}-div" style="position:relative">{"".join(p)}</div>' for n, p in enumerate([PAGE_1, PAGE_2, PAGE_3], 1))


def test_positioned_lines_are_paragraphs_again(rows: Callable[..., Any]) -> None:
    assert rows(positioned(), SHEET) == [
        ("title", "", "Evaluation of small ports"),
        ("heading2", "", "Findings"),
        (
            "paragraph",
            "1.",
            f"{LONG} still serves those who land there. The cost of the works was higher than had been planned, as the audit of 2020 says.",
        ),
        ("paragraph", "", "Finding 1: Ports are safer, and their information boards are read."),
        ("paragraph", "2.", "Quays are too."),
        ("paragraph", "", "Unit"),
        ("paragraph", "", "Priority"),
    ]


def test_what_stands_at_the_same_height_on_each_page_is_set_aside(
    page: Callable[..., Outline], assert_true: Callable[[Outline], None]
) -> None:
    outline = page(positioned(), SHEET)
    assert outline.pages[0].text.count("EV/12/4") == 3
    assert outline.symbol is None
    assert_true(outline)


def test_word_s_contents_captions_and_lists_are_known_by_their_classes(rows: Callable[..., Any]) -> None:
    body = f"""<p class=MsoTitle>Report</p><p class=MsoToc1><a href="#_Toc1">Findings 3</a></p>
    <h1><a name="_Toc1">1. Findings</a></h1>{PROSE}<p class=MsoCaption>Figure 1. Ports</p>
    <p class=MsoListParagraph><span style='font-family:Symbol'>·<span>&nbsp;&nbsp; </span></span>point</p>"""
    assert [r for r in rows(body) if not r[2].startswith("Words")] == [
        ("title", "", "Report"),
        ("heading1", "1.", "Findings"),
        ("caption", "", "Figure 1. Ports"),
        ("item1", "·", "point"),
    ]


def test_paragraphs_that_are_links_to_the_same_page_are_a_contents_list(rows: Callable[..., Any]) -> None:
    links = "".join(f'<p><a href="#h.{n}">{n}. Section of the report</a></p>' for n in "abcd")
    assert [r[0] for r in rows(f"<h1>R</h1><h2>Contents</h2>{links}<h2>Findings</h2>{PROSE}")] == ["title", "heading2", "paragraph"]


def test_large_letters_make_headings_where_the_page_marks_none(rows: Callable[..., Any]) -> None:
    big, mid = '<p style="font-size:20pt">{}</p>'.format, '<p style="font-size:15pt">{}</p>'.format
    prose = PROSE.replace("<p>", '<p style="font-size:11pt">')
    found = rows(big("Evaluation of small ports") + prose + mid("Findings") + prose + mid("Conclusions") + prose)
    assert [r[0] for r in found] == ["title", "paragraph", "heading2", "paragraph", "heading2", "paragraph"]


def test_a_picture_alone_in_a_cell_says_what_it_shows(page: Callable[..., Outline]) -> None:
    body = '<table><tr><td>Relevance</td><td><img src="g.png" alt="Green"></td></tr>'
    body += '<tr><td>Impact <img alt="icon"></td><td>x</td></tr></table>'
    assert [c.content().text for c in page(body).blocks[0].table.cells] == ["Relevance", "Green", "Impact", "x"]  # type: ignore[union-attr]


def test_a_note_that_begins_with_a_raised_number_is_tied_without_links(page: Callable[..., Outline]) -> None:
    outline = page(f"<h1>R</h1><p>Ports are safer.<sup>1</sup> They cost more.</p>{PROSE}<p><sup>1</sup> See annex 2.</p>")
    assert outline.blocks[1].text == "Ports are safer. They cost more."
    assert outline.blocks[1].marks == ((16, "1"),)
    assert [(n.number, n.text) for n in outline.footnotes] == [("1", "See annex 2.")]
