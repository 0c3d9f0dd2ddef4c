"""A written PDF keeps to PDF/UA-1: what a screen reader needs is in the file, as far as it can be checked without a checker."""

from __future__ import annotations

import importlib.util
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from evaltrail.write.formats import pdf
from evaltrail.write.house import House
from evaltrail.write.model import Cell, Figure, Heading, Item, Note, Paper, Paragraph, Picture, Run, Table, text


def beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"write_{name}")
    if known is None:
        spec = importlib.util.spec_from_file_location(f"write_{name}", Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        known = sys.modules[f"write_{name}"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(known)
    return known


parts = beside("pdf_parts")


def printed(*blocks: Any, notes: tuple[Note, ...] = (), **more: Any) -> bytes:
    return pdf.printed(Paper(blocks, notes, house=House(), **more))


@pytest.fixture(scope="module")
def whole() -> bytes:
    return pdf.printed(beside("every_block").paper())


@pytest.fixture(scope="module")
def tags(whole: bytes) -> list[Any]:
    return [t for root in parts.tags(whole) for t in root.walk()]


def test_the_catalogue_says_that_the_file_is_tagged_and_in_which_language(whole: bytes) -> None:
    catalogue = next(o for o in parts.objects(whole).values() if b"/Type/Catalog" in o)
    assert b"/MarkInfo<</Marked true" in catalogue
    assert b"/Lang(en)" in catalogue
    assert b"/DisplayDocTitle true" in catalogue
    assert b"/StructTreeRoot" in catalogue


def test_the_metadata_name_the_standard_and_the_title(whole: bytes) -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in whole
    assert b"Three evaluations of work at sea</rdf:li>" in whole


def test_no_date_is_in_the_file_but_the_papers() -> None:
    for undated in (printed(Paragraph(text("Undated."))), printed(Paragraph(text("A month.")), date="2024-02")):
        assert re.search(rb"CreationDate|ModDate|CreateDate|ModifyDate|\(D:\d", undated) is None
    dated = printed(Paragraph(text("Dated.")), date="2024-02-12")
    assert set(re.findall(rb"\(D:(\d{8})", dated)) == {b"20240212"}


def test_every_page_is_gone_through_in_the_order_of_its_structure(whole: bytes) -> None:
    pages = [o for o in parts.objects(whole).values() if re.search(rb"/Type/Page\b(?!s)", o)]
    assert len(pages) == 3
    assert all(b"/Tabs/S" in p and b"/StructParents" in p for p in pages)


def test_all_faces_are_embedded_and_shipped_ones(whole: bytes) -> None:
    described = [o for o in parts.objects(whole).values() if b"/Type/FontDescriptor" in o]
    assert described
    assert all(b"/FontFile" in o for o in described)
    assert {re.search(rb"/FontName/\w{6}\+(\w+)", o)[1] for o in described} == {b"SourceSerifPro", b"SourceSansPro"}  # type: ignore[index]


def test_headings_are_tagged_by_their_level_and_are_the_bookmarks(whole: bytes, tags: list[Any]) -> None:
    found = [(t.kind, " ".join(t.said().split())) for t in tags if re.fullmatch(r"H\d", t.kind)]
    expected = [
        ("H1", "Purpose of the document"),
        ("H1", "Contents"),
        ("H1", "Introduction"),
        ("H1", "A. Findings"),
        ("H2", "2.1 Ratings"),
        ("H1", "B. Recommendations"),
        ("H2", "Recommendation 1"),
    ]
    assert found == expected
    assert [(f"H{level + 1}", " ".join(title.split())) for level, title in parts.bookmarks(whole)] == expected


def test_a_tables_heads_have_a_scope_and_its_cells_are_cells(whole: bytes, tags: list[Any]) -> None:
    table = next(t for t in tags if t.kind == "Table" and t.all("Caption"))
    assert table.all("Caption")[0].said() == "Table 1. Ratings"
    assert [t.said() for t in table.all("TH")] == ["Criterion", "Rating"]
    assert len(table.all("TD")) == 12
    heads = [o for o in parts.objects(whole).values() if re.search(rb"/S/TH\b", o)]
    assert heads
    assert all(b"/Scope/Column" in o for o in heads)


def test_items_are_tagged_with_their_label_and_lists_stand_in_lists(tags: list[Any]) -> None:
    found = next(t for t in tags if t.kind == "L" and t.all("Lbl"))
    assert [t.said() for t in found.all("Lbl")] == ["(a)", "(i)", "(b)"]
    assert len(found.all("L")) == 2


def test_a_picture_has_its_words_instead_of_a_sight_of_it(tags: list[Any]) -> None:
    assert [t.alt for t in tags if t.kind == "Figure" and t.alt] == ["A wave", "Ratings by criterion Relevance was rated 5 of 6."]


def test_a_note_is_tagged_where_it_is_called(tags: list[Any]) -> None:
    notes = [t.said() for t in tags if t.kind == "Note"]
    expected = (("Nine in 2021;", "ten in 2022.", "1"), ("See the annual report,", "2021", "*"), ("Nobody calls this note.", "3"))
    assert [all(words in note for words in wanted) for note, wanted in zip(notes, expected, strict=True)] == [True] * 3


def test_a_reference_is_a_link_to_what_it_names(tags: list[Any]) -> None:
    assert "2" in [t.said() for t in tags if t.kind == "Link"]


def test_headings_begin_at_the_first_level_and_leave_none_out() -> None:
    levels = [4, 9, 2, 6, 0, 1]
    data = printed(*(Heading(text(f"Of level {n}"), level=n) for n in levels))
    found = [t.kind for root in parts.tags(data) for t in root.walk() if re.fullmatch(r"H\d", t.kind)]
    assert found == ["H1", "H2", "H2", "H3", "H1"]


def test_a_note_is_printed_once_and_called_as_often_as_it_is_cited() -> None:
    note = Run(note=0)
    data = printed(
        Paragraph((Run("First"), note)),
        Table(1, 1, (Cell(0, 0, ((Run("in a cell"), note),)),)),
        Paragraph((Run("again"), note)),
        notes=(Note("17", text("The only note.")),),
    )
    words = parts.words_of(data)
    assert words.count("The only note.") == 1
    assert words.count("17") == 4


def test_a_heads_note_is_printed_once_though_the_head_stands_on_every_page() -> None:
    rows = 90
    cells = (
        Cell(0, 0, ((Run("Head"), Run(note=0)),), header=True),
        *(Cell(r, c, (text(f"{r} and {c}"),)) for r in range(1, rows) for c in (0, 1)),
    )
    caption = (Run("A table"), Run(note=1))
    data = printed(
        Table(rows, 2, cells, header_rows=1, caption=caption), notes=(Note("a", text("Of the head.")), Note("b", text("On top.")))
    )
    words = parts.words_of(data)
    assert words.count("Head") > 1
    assert words.count("Of the head.") == words.count("On top.") == 1


def test_the_contents_say_a_headings_words_without_its_notes() -> None:
    every = beside("every_block").paper()
    contents = next(b for b in every.blocks if type(b).__name__ == "Contents")
    heading = Heading((Run("Findings"), Run(note=0)), marker="2.")
    data = pdf.printed(replace(every, blocks=(contents, heading, Paragraph(text("Words."))), notes=(Note("8", text("A note.")),)))
    entry = next(t for root in parts.tags(data) for t in root.walk() if t.kind == "TOCI")
    assert re.match(r"2\. Findings\W", entry.said())
    assert parts.words_of(data).count("A note.") == 1


def test_a_paper_written_to_the_left_says_so() -> None:
    data = printed(Heading(text("تقييم")), Paragraph(text("هذا تقرير التقييم"), marker="1."), language="ar", direction="rtl")
    catalogue = next(o for o in parts.objects(data).values() if b"/Type/Catalog" in o)
    assert b"/Lang(ar)" in catalogue
    assert b"/Direction/R2L" in catalogue


def test_a_language_has_its_region_and_an_unknown_one_is_english() -> None:
    for tag, expected in (("pt-BR", b"/Lang(pt-BR)"), ("zh-Hant-TW", b"/Lang(zh-TW)"), ("klingon", b"/Lang(en)"), ("", b"/Lang(en)")):
        assert expected in printed(Paragraph(text("Words.")), language=tag)


def test_a_drawing_that_is_none_is_told_in_words() -> None:
    data = printed(Figure(Picture("<svg", "Ratings", "Relevance 5 of 6.", 90, 40), text("Figure 1")), Item(text("after it")))
    assert "Ratings Relevance 5 of 6." in parts.words_of(data)


def test_the_words_of_a_latin_name_keep_their_order_in_text_from_right_to_left() -> None:
    name = "Interdepartmental-Coordination for Secretary-General"
    data = printed(Paragraph(text(f"تلتزم {name} بالصيانة.")), language="ar", direction="rtl")
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    found = [page.search(w).get_next() for w in ("Interdepartmental", "Coordination", "for", "Secretary")]
    lefts = [page.get_charbox(f[0])[0] for f in found if f]
    assert len(lefts) == 4
    assert lefts == sorted(lefts)
