"""A page of HTML says everything that the paper says, in elements that mean it, and nothing that a paper says can break it."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html

from evaltrail.read.formats import Options
from evaltrail.read.formats.html import outline
from evaltrail.write.house import House
from evaltrail.write.markup.characters import fit
from evaltrail.write.markup.grid import grid
from evaltrail.write.markup.names import Names
from evaltrail.write.markup.page.pictures import drawn
from evaltrail.write.markup.page.shell import page
from evaltrail.write.markup.page.tables import band
from evaltrail.write.model import Cell, Heading, Item, Note, Paper, Paragraph, Picture, Revision, Run, Table, plain, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_spec = importlib.util.spec_from_file_location("write_every_block", Path(__file__).with_name("every_block.py"))
assert _spec is not None
assert _spec.loader is not None
every_block = sys.modules.setdefault("write_every_block", importlib.util.module_from_spec(_spec))
if not hasattr(every_block, "paper"):
    _spec.loader.exec_module(every_block)

_EMPTY = re.compile(r"<(meta|img|col|wbr|br)\b([^>]*)>")


def of(*blocks: Any, notes: tuple[Note, ...] = (), **more: Any) -> Paper:
    return Paper(blocks, notes, house=House(), **more)


def closed(source: str) -> str:
    """A page without its first line, in which elements are closed that HTML never closes."""
    return _EMPTY.sub(r"<\1\2/>", source.split("\n", 1)[1])


def tree(paper: Paper) -> Element:
    """The page by the rules of XML, which forgive nothing."""
    return etree.fromstring(closed(page(paper)))


def main(*blocks: Any, **more: Any) -> Element:
    found = tree(of(*blocks, **more)).find(".//main")
    assert found is not None
    return found


def words(el: Element | None) -> str:
    assert el is not None
    return " ".join("".join(el.itertext()).split())


@pytest.fixture(scope="module")
def whole() -> Element:
    return tree(every_block.paper())


def test_a_reader_sees_the_papers_blocks_with_their_kinds_markers_faces_and_boxes() -> None:
    read = outline(page(every_block.paper()).encode(), Options())
    seen = [(b.kind, b.marker.text, b.text) for b in read.blocks]
    for expected in (
        ("title", "", "Three evaluations of work at sea"),
        ("paragraph", "1.", "Boats land at nine sites. See paragraph 2."),
        ("heading", "A.", "Findings"),
        ("item", "(a)", "in Estmar before noon;"),
        ("item", "(i)", "43 boats at a time;"),
        ("item", "–", "quays"),
        ("heading", "2.1", "Ratings"),
        ("caption", "", "Table 1. Ratings"),
        ("caption", "", "Figure 2. A figure that is not there"),
    ):
        assert expected in seen
    by_text = {b.text: b for b in read.blocks}
    finding = by_text["Key finding 1: Landing is safe at seven sites of nine."]
    assert finding.bold_spans == ((0, 14),)
    assert finding.box is not None
    assert finding.box == by_text["Key finding 2: 43 per cent of crews were asked."].box
    assert by_text["The Council decides to act on paragraph 3."].box not in {None, finding.box}
    assert by_text["43 boats at a time;"].level == 2
    assert [(f.number, f.text) for f in read.footnotes] == [
        ("1", "Nine in 2021;\nten in 2022."),
        ("*", "See the annual report, 2021."),
        ("3", "Nobody calls this note."),
    ]
    assert read.symbol == "MSO/C.58/PRG/4"
    assert (read.language, read.title) == ("en", "Three evaluations of work at sea")


def test_the_page_has_no_script_and_asks_for_nothing(whole: Element) -> None:
    source = page(every_block.paper())
    assert not list(whole.iter("script", "link", "iframe", "object", "{http://www.w3.org/2000/svg}script"))
    for el in whole.iter():
        for name, value in el.attrib.items():
            assert not str(name).startswith("on")
            if name in {"src", "href"}:
                assert str(value).startswith(("#", "data:"))
    assert "url(" not in source.replace("url(#", "")
    assert "@import" not in source
    policy = [m.get("content") for m in whole.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert page(every_block.paper()) == page(every_block.paper())


def test_no_name_is_given_twice_and_every_link_leads_somewhere(whole: Element) -> None:
    names = [el.get("id") for el in whole.iter() if el.get("id")]
    assert len(names) == len(set(names))
    targets = {str(a.get("href"))[1:] for a in whole.iter("a") if a.get("href")}
    assert targets
    assert targets <= set(names)
    labels = {name for el in whole.iter() for name in (el.get("aria-labelledby") or "").split()}
    assert labels <= set(names)


def test_a_footnote_is_printed_once_and_leads_back_to_its_first_call(whole: Element) -> None:
    calls = [a for a in whole.iter("a") if a.get("role") == "doc-noteref"]
    assert [words(a) for a in calls] == ["1", "1", "*"]
    assert calls[0].get("href") == calls[1].get("href")
    section = next(s for s in whole.iter("section") if s.get("role") == "doc-endnotes")
    assert [words(li) for li in section.iter("li")] == [
        "1 Nine in 2021;ten in 2022. ↩",
        "* See the annual report, 2021. ↩",
        "3 Nobody calls this note.",
    ]
    back = [a.get("href") for a in section.iter("a") if a.get("role") == "doc-backlink"]
    assert back == [f"#{calls[0].get('id')}", f"#{calls[2].get('id')}"]


def test_a_call_of_a_footnote_that_is_not_there_prints_nothing() -> None:
    paper = of(Paragraph((Run("One"), Run(note=3), Run(note=-1), Run("."))), notes=(Note("1", text("a note")),))
    found = tree(paper)
    assert words(found.find(".//main/p")) == "One."
    assert not list(found.iter("sup"))


def test_a_reference_is_a_link_and_plain_words_where_its_place_is_missing() -> None:
    found = main(
        Paragraph((Run("See "), Run("26", to="p26"), Run(" and "), Run("99", to="gone"))), Paragraph(text("There."), "26.", anchor="p26")
    )
    links = [(words(a), a.get("href")) for a in found.iter("a")]
    assert links == [("26", "#p26")]
    assert words(found[0]) == "See 26 and 99"
    assert found[1].get("id") == "p26"


def test_words_put_in_and_taken_out_are_told_apart() -> None:
    now, then = Revision(removed=False, author="A"), Revision(removed=True, author="A")
    found = main(Paragraph((Run("Four", revision=then), Run("Five", revision=now), Run(" sites"))))
    assert [(el.tag, words(el)) for el in found[0]] == [("del", "Four"), ("ins", "Five")]


def test_headings_go_down_one_level_at_a_time_and_below_the_sixth_say_theirs() -> None:
    blocks = [Heading(text("Title"), 0), *(Heading(text(f"Level {n}"), n) for n in range(1, 8))]
    found = main(*blocks)
    levels = [
        int(el.get("aria-level") or str(el.tag)[1])
        for el in found.iter("h1", "h2", "h3", "h4", "h5", "h6", "div")
        if words(el).startswith(("Title", "Level")) and el.tag != "section"
    ]
    assert levels == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [words(s) for s in found.iter("section")][-2:] == ["Level 6 Level 7", "Level 7"]


def test_a_paper_without_a_title_begins_with_its_first_headings() -> None:
    found = main(Heading(text("Introduction"), 1), Paragraph(text("Words.")), Heading(text("Findings"), 1))
    assert [words(h) for h in found.iter("h1")] == ["Introduction", "Findings"]


def test_numbers_stand_in_the_text_and_lists_are_lists() -> None:
    found = main(Paragraph(text("Thus:"), "26."), Item(text("one"), "(a)"), Item(text("inner"), "•", 3), Item(text("two"), "(b)"))
    assert words(found[0]) == "26. Thus:"
    outer = found[1]
    assert (outer.tag, outer.get("role")) == ("ol", "list")
    assert [words(li) for li in outer if li.tag == "li"] == ["(a) one • inner", "(b) two"]
    assert len(list(outer.iter("ul"))) == 2


def test_the_contents_name_the_listed_headings_of_their_levels(whole: Element) -> None:
    nav = next(whole.iter("nav"))
    assert [words(a) for a in nav.iter("a")] == ["Introduction", "A. Findings", "2.1 Ratings", "B. Recommendations", "Recommendation 1"]
    assert nav.get("aria-labelledby") == nav[0].get("id")


def test_a_table_says_what_its_headings_head(whole: Element) -> None:
    ratings = next(t for t in whole.iter("table") if "ratings" in (t.get("class") or ""))
    assert words(ratings.find("caption")) == "Table 1. Ratings"
    assert [(words(th), th.get("scope")) for th in ratings.findall("thead/tr/th")] == [("Criterion", "col"), ("Rating", "col")]
    assert {th.get("scope") for th in ratings.findall("tbody/tr/th")} == {"row"}
    wide = next(t for t in whole.iter("table") if "wide" in (t.get("class") or ""))
    assert wide.findall("tbody/tr/td")[-1].get("colspan") == "7"
    scroller = wide.getparent()
    assert scroller is not None
    assert (scroller.get("tabindex"), scroller.get("role"), scroller.get("aria-label")) == ("0", "group", "Table 4")


def test_the_heading_of_a_column_of_numbers_stands_over_them() -> None:
    heads = (Cell(0, 0, (text("Figure"),), header=True), Cell(0, 1, (text("Count"),), header=True))
    found = main(Table(2, 2, (*heads, Cell(1, 0, (text("Answered"),)), Cell(1, 1, (text("14"),), align="end")), 1))
    assert [(words(c), c.get("class")) for c in found.iter("th", "td")] == [
        ("Figure", None),
        ("Count", "end"),
        ("Answered", None),
        ("14", "end"),
    ]


def test_a_rating_is_coloured_by_its_place_on_the_scale_and_never_by_colour_alone(whole: Element) -> None:
    cells = [td for td in whole.iter("td") if (td.get("class") or "").startswith("rating")]
    assert [(words(td), td.get("class")) for td in cells] == [(f"{n} of 6", f"rating r{n}") for n in range(6, 0, -1)]


@pytest.mark.parametrize(
    "share, step",
    [(0.0, "r1"), (0.33, "r3"), (0.49, "r3"), (0.5, "rm"), (0.51, "r4"), (0.67, "r4"), (1.0, "r6"), (7.0, "r6"), (-1, "r1")],
)
def test_a_share_of_any_scale_falls_on_its_own_side_of_the_line(share: float, step: str) -> None:
    assert band(share) == step


def test_cells_that_overlap_lose_no_words_and_cover_the_grid_once() -> None:
    cells = (
        Cell(0, 0, (text("wide"),), column_span=9, row_span=9),
        Cell(0, 1, (text("inside"),)),
        Cell(1, 0, (text("below"),)),
        Cell(1, 0, (text("same place"),)),
        Cell(5, 2, (text("outside"),)),
    )
    rows = grid(Table(2, 2, cells))
    covered = [(c.row + i, c.column + j) for row in rows for c in row for i in range(c.row_span) for j in range(c.column_span)]
    assert len(covered) == len(set(covered))
    said = [plain(p) for row in rows for c in row for p in c.paragraphs]
    assert sorted(said) == ["below", "inside", "outside", "same place", "wide"]


def test_a_row_in_which_no_cell_begins_is_left_out() -> None:
    rows = grid(Table(3, 2, (Cell(0, 0, (text("a"),), row_span=2), Cell(0, 1, (text("b"),), row_span=2), Cell(2, 0, (text("c"),)))))
    assert [[(plain(c.paragraphs[0]) if c.paragraphs else "", c.row_span) for c in row] for row in rows] == [
        [("a", 1), ("b", 1)],
        [("c", 1), ("", 1)],
    ]


def test_a_long_word_can_be_broken_in_a_table_and_reads_whole() -> None:
    paper = of(Table(1, 2, (Cell(0, 0, (text("x" * 300),)), Cell(0, 1, (text("https://example.org/one/two"),)))))
    assert len(list(tree(paper).iter("wbr"))) > 10
    read = outline(page(paper).encode(), Options())
    assert read.blocks[0].table is not None
    assert [c.content().text for c in read.blocks[0].table.cells] == ["x" * 300, "https://example.org/one/two"]


def test_a_table_that_fits_any_window_is_no_stop_for_the_keyboard() -> None:
    few = Table(1, 2, (Cell(0, 0, (text("Unit"),)), Cell(0, 1, (text("A short text of short words"),))))
    long = Table(1, 2, (Cell(0, 0, (text("Responsibilities"),)), Cell(0, 1, (text("misunderstandings"),))))
    found = main(few, long)
    assert [div.get("tabindex") for div in found.iter("div") if div.get("class") == "scroll"] == [None, "0"]


@pytest.mark.parametrize(
    "columns, letters, names", [(5, 20, "grid"), (6, 5, "grid wide"), (8, 12, "grid wide vast"), (11, 12, "grid wide vast huge")]
)
def test_a_table_takes_a_page_on_its_side_in_print_only_where_its_words_need_it(columns: int, letters: int, names: str) -> None:
    found = main(Table(1, columns, tuple(Cell(0, c, (text("x" * letters),)) for c in range(columns))))
    assert [t.get("class") for t in found.iter("table")] == [names]


def test_a_drawing_is_named_described_and_harmless() -> None:
    names = Names()
    twice = [drawn(every_block.PICTURE, names) for _ in range(2)]
    first, second = map(etree.fromstring, twice)
    assert first.get("role") == "img"
    assert [el.text for el in first[:2]] == ["Ratings by criterion", "Relevance was rated 5 of 6."]
    assert first.get("aria-labelledby") == f"{first[0].get('id')} {first[1].get('id')}"
    assert "alert" not in twice[0]
    assert "example.org" not in twice[0]
    ids = [el.get("id") for svg in (first, second) for el in svg.iter() if el.get("id")]
    assert len(ids) == len(set(ids))
    clipped = next(el for el in second.iter() if el.get("clip-path"))
    assert str(clipped.get("clip-path"))[5:-1] in ids


def test_a_drawing_that_cannot_be_read_is_told_in_words() -> None:
    assert drawn(Picture("<svg", "Ratings", "All <good>.", 1, 1), Names()) == '<p class="small">Ratings. All &lt;good&gt;.</p>'


def test_the_page_says_its_language_and_direction() -> None:
    whole = tree(every_block.paper(direction="rtl", language="ar"))
    assert (whole.get("lang"), whole.get("dir")) == ("ar", "rtl")
    assert words(whole.find("body/a")) == "انتقل إلى النص"
    assert tree(of(language="x y")).get("lang") == "und"


def test_the_style_has_the_houses_paper_colour_and_page_words() -> None:
    source = page(
        Paper((), title="x", symbol='A"}</style>', house=House(paper="us-letter", accent="#7a1f3d"), continued="Page {page} of {pages}")
    )
    assert ":root { --accent: #7a1f3d; --house-ink: #7a1f3d; }" in source
    assert "size: letter;" in source
    assert 'content: "Page " counter(page) " of " counter(pages);' in source
    assert source.count("</style>") == 1
    assert "--accent: #123c60" in page(Paper((), house=House(accent="red;} body {display: none")))


def test_the_houses_mark_stands_first_and_says_what_it_shows(whole: Element) -> None:
    mark = whole.find("body/header/img")
    assert mark is not None
    assert mark.get("alt") == "A wave"
    assert str(mark.get("src")).startswith("data:image/svg+xml;base64,")
    assert tree(of()).find("body/header") is None


def test_an_empty_paper_without_a_house_is_a_sound_page() -> None:
    found = tree(Paper(()))
    assert words(found.find("head/title")) == "Paper"
    assert words(found.find("body/main")) == ""


@pytest.mark.parametrize("seeds", [range(60), range(60, 120)])
def test_no_paper_however_bad_breaks_the_page(seeds: range) -> None:
    for seed in seeds:
        paper = every_block.hard(seed)
        source = page(paper)
        strict = tree(paper)
        lenient = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        seen = [[el.tag.rpartition("}")[2].lower() for el in root.iter() if isinstance(el.tag, str)] for root in (strict, lenient)]
        assert seen[0] == seen[1], seed
        said = "".join(strict.itertext()).replace(" ", "").replace("\n", "").replace("\t", "")
        assert "\r" not in said
        for run in (r for b in paper.walk() if isinstance(b, Paragraph | Item) for r in b.words if r.note is None):
            assert "".join(fit(run.text).split()) in said, seed
