"""A written DOCX is one that goes on being edited: styles, lists, notes and references are Word's own."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from evaltrail.read.formats import Options, docx
from evaltrail.write.house import House, Logo
from evaltrail.write.model import Cell, Contents, Figure, Frame, Heading, Item, Note, PageBreak, Paper, Paragraph, Picture, Run, Table, text
from evaltrail.write.word.document import document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Block

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
W = f"{{{NAMES['w']}}}"


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


every_block = beside("every_block")


class Written:
    """A written file, opened."""

    def __init__(self, paper: Paper) -> None:
        self.data = document(paper)
        self.zip = zipfile.ZipFile(io.BytesIO(self.data))

    def find(self, path: str, part: str = "word/document.xml") -> list[Any]:
        """What an XPath finds in a part."""
        return list(etree.fromstring(self.zip.read(part)).xpath(path, namespaces=NAMES))

    def one(self, path: str, part: str = "word/document.xml") -> Any:
        """The one thing that it finds."""
        (found,) = self.find(path, part)
        return found

    def rows(self) -> list[tuple[str, int, str, str]]:
        """Kind, level, marker and words of each block, as they are read again."""
        return [(b.kind, b.level, b.marker.text, b.text) for b in docx.outline(self.data, Options()).blocks]


def written(*blocks: Block, notes: Sequence[Note] = (), **more: Any) -> Written:
    return Written(Paper(blocks, tuple(notes), **more))


def paragraphs(*markers: str) -> list[Block]:
    return [Paragraph(text(f"Words {n}."), m) for n, m in enumerate(markers)]


def items(*markers: str, level: int = 1) -> list[Block]:
    return [Item(text(f"words {n};"), m, level) for n, m in enumerate(markers)]


def test_styles_are_named_as_word_names_them_and_the_next_one_is_set() -> None:
    file = Written(every_block.paper())
    names = file.find("//w:style/w:name/@w:val", "word/styles.xml")
    words_own = {
        "Normal",
        "Title",
        "heading 1",
        "heading 9",
        "Body Text",
        "List Bullet",
        "List Number 2",
        "caption",
        "footnote text",
        "toc 1",
    }
    ours = {"Document Symbol", "Numbered Paragraph", "Key Finding", "Key Finding Box", "Action Table"}
    assert words_own | ours <= set(names)
    assert len(names) == len(set(names))
    assert file.one("//w:style[@w:styleId='Heading2']/w:next/@w:val", "word/styles.xml") == "BodyText"
    assert file.one("//w:style[@w:styleId='BodyText']/w:basedOn/@w:val", "word/styles.xml") == "Normal"


def test_headings_and_captions_stay_with_what_follows() -> None:
    file = Written(every_block.paper())
    for style in ("Title", "Heading1", "Heading5", "Caption"):
        assert file.find(f"//w:style[@w:styleId='{style}']/w:pPr/w:keepNext", "word/styles.xml")


def test_what_announces_a_list_or_is_all_in_bold_stays_with_what_follows() -> None:
    blocks = (
        Paragraph(text("They asked:")),
        Item(text("first;")),
        Paragraph(text("Short-term results", bold=True)),
        Paragraph(text("A sentence that ends.")),
        Heading(text("Recommendation 1")),
        Paragraph(text("Repair the slipways.")),
        Item(text("all of them,")),
        Paragraph(text("by spring.")),
        every_block.ACTION,
        Paragraph(text("Last words", bold=True)),
    )
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in written(*blocks).find("//w:body/w:p")]
    assert kept == [True, False, True, False, False, True, True, True, False]


def test_numbered_paragraphs_run_through_the_paper_as_one_list() -> None:
    file = written(*paragraphs("1.", "2."), Heading(text("Findings")), *items("(a)", "(b)"), *paragraphs("3.", "4."))
    numbers = file.find("//w:p[w:pPr/w:pStyle/@w:val='NumberedParagraph']//w:numId/@w:val")
    assert len(numbers) == 4
    assert len(set(numbers)) == 1
    assert [m for kind, _, m, _ in file.rows() if kind == "paragraph"] == ["1.", "2.", "3.", "4."]


def test_a_list_begins_anew_where_its_printed_marker_does() -> None:
    file = written(*items("(a)", "(b)"), Paragraph(text("Between.")), *items("(a)", "(b)"), *items("(e)", "(f)"))
    assert [m for _, _, m, _ in file.rows()] == ["(a)", "(b)", "", "(a)", "(b)", "(e)", "(f)"]
    assert file.find("//w:num/w:lvlOverride/w:startOverride/@w:val", "word/numbering.xml") == ["1", "5"]
    used = set(file.find("//w:numId/@w:val"))
    assert (
        len({n.find(f"{W}abstractNumId").get(f"{W}val") for n in file.find("//w:num", "word/numbering.xml") if n.get(f"{W}numId") in used})
        == 1
    )


def test_a_paragraph_that_is_added_in_a_numbered_style_is_numbered_too() -> None:
    heads = [Heading(text("One"), 1, "A."), Heading(text("Two"), 1, "B."), Heading(text("Deep"), 2, "1."), Heading(text("Bare"), 2)]
    file = written(*paragraphs("1.", "2.", "9."), *heads, *items("(a)", "(b)"))
    own = {
        s.get(f"{W}styleId"): s.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
        for s in file.find("//w:style[w:pPr/w:numPr]", "word/styles.xml")
    }
    assert {"NumberedParagraph", "Heading1", "ListBullet", "ListNumber3"} <= set(own)
    assert "Heading2" not in own
    assert own["Heading1Unlisted"] == "0"
    for style in ("NumberedParagraph", "Heading1", "ListBullet", "ListNumber3"):
        (level,) = file.find(f"//w:lvl[w:pStyle/@w:val='{style}']", "word/numbering.xml")
        (num,) = file.find(f"//w:num[@w:numId='{own[style]}']/w:abstractNumId/@w:val", "word/numbering.xml")
        assert level.getparent().get(f"{W}abstractNumId") == num
    assert [m for _, _, m, _ in file.rows()] == ["1.", "2.", "9.", "A.", "B.", "1.", "", "(a)", "(b)"]


def test_a_paragraph_without_a_number_in_a_numbered_style_says_so() -> None:
    file = written(*paragraphs("1."), Paragraph(text("Words."), "Box 4 of annex II, continued:"))
    assert file.find("//w:p[w:pPr/w:pStyle/@w:val='NumberedParagraph']//w:numId/@w:val")[1:] == ["0"]


def test_numbers_of_several_parts_follow_the_headings_above() -> None:
    heads = [("1.", 1), ("1.1", 2), ("1.2", 2), ("2.", 1), ("2.1", 2), ("2.1.1", 3), ("2.2", 2)]
    file = written(*(Heading(text(f"Head {n}"), level, marker) for n, (marker, level) in enumerate(heads)))
    assert [m for _, _, m, _ in file.rows()] == [m for m, _ in heads]
    assert len(set(file.find("//w:numId/@w:val"))) == 1
    assert "%1.%2.%3" in file.find("//w:lvlText/@w:val", "word/numbering.xml")


def test_a_marker_that_no_list_prints_stands_as_text_with_a_tab() -> None:
    file = written(Paragraph(text("Words."), "Box 4 of annex II, continued:"))
    assert not file.find("//w:numId[@w:val != 0]")
    assert file.find("//w:p[1]/w:r[1]/*/text()") == ["Box 4 of annex II, continued:"]
    assert file.find("//w:p[1]/w:r[1]/w:tab")


def test_bullets_by_a_symbol_fonts_own_codes_are_printed_as_what_the_font_shows() -> None:
    file = written(*items("\uf0b7", "\uf0a7", "\uf0d8", "\ue123"))
    assert [m for _, _, m, _ in file.rows()] == ["•", "▪", "➢", "•"]


def test_a_number_with_a_letter_before_it_is_counted_too() -> None:
    file = written(*paragraphs("R1:", "R2:", "C.1", "C.2"))
    assert [(kind, m) for kind, _, m, _ in file.rows()] == [("paragraph", m) for m in ("R1:", "R2:", "C.1", "C.2")]
    assert "R%1:" in file.find("//w:lvlText/@w:val", "word/numbering.xml")


# fmt: off
MARKERS = ("1.", "2.", "3.", "9.", "10.", "(a)", "(b)", "(i)", "(ii)", "(v)", "i.", "iv.", "A.", "B.", "I.", "•", "–", "▪", "1)", "2)",
           "1.1", "1.2", "2.1", "1.1.", "2.10.3", "a)", "(aa)", "(z)", "(27)", "12")
# fmt: on


@pytest.mark.parametrize("seed", range(25))
def test_any_markers_in_any_order_are_printed_as_they_stand(seed: int) -> None:
    rng = Random(seed)  # noqa: S311  # test data
    blocks: list[Block] = []
    for n in range(60):
        marker, words, level = rng.choice(MARKERS), text(f"Words of block {n}."), rng.randrange(1, 4)
        # A letter or a bullet before a paragraph makes it an item, and a paragraph knows no levels.
        kinds = [Heading(words, level, marker), Item(words, marker, level)]
        blocks.append(rng.choice([*kinds, Paragraph(words, marker)] if marker[0].isdigit() else kinds))
    file = written(*blocks)
    said = [(b.marker, words) for b, words in zip(blocks, [f"Words of block {n}." for n in range(60)], strict=True)]
    assert [(m, words) for _, _, m, words in file.rows()] == said


def test_footnotes_that_run_on_are_counted_by_word_and_others_keep_their_mark() -> None:
    calls = [Paragraph((Run(f"Words {n}"), Run(note=n), Run("."))) for n in range(4)]
    notes = [Note("1", text("One.")), Note("*", text("Star.")), Note("2", text("Two.")), Note("7", text("Seven."))]
    file = written(*calls, notes=notes)
    assert file.find("//w:footnoteReference/@w:customMarkFollows") == ["1", "1"]
    assert file.find("//w:footnoteReference/following-sibling::w:t/text()") == ["*", "7"]
    outline = docx.outline(file.data, Options())
    assert [(f.number, f.text) for f in outline.footnotes] == [("1", "One."), ("*", "Star."), ("2", "Two."), ("7", "Seven.")]
    assert [b.marks for b in outline.blocks] == [((7, n),) for n in ("1", "*", "2", "7")]


def test_a_note_that_is_called_again_is_a_reference_to_its_first_mark() -> None:
    twice = [Paragraph((Run("First"), Run(note=0))), Paragraph((Run("Second"), Run(note=0)))]
    file = written(*twice, notes=[Note("1", text("The note."))])
    (name,) = re.findall(r"NOTEREF (\w+)", file.one("//w:instrText[contains(., 'NOTEREF')]/text()"))
    assert file.find(f"//w:bookmarkStart[@w:name='{name}']/following-sibling::w:r[1]/w:footnoteReference")
    assert len(file.find("//w:footnote[not(@w:type)]", "word/footnotes.xml")) == 1
    assert [b.marks for b in docx.outline(file.data, Options()).blocks] == [((5, "1"),), ((6, "1"),)]


def test_a_note_that_nothing_calls_is_printed_behind_the_one_before_it() -> None:
    notes = [Note("1", text("Called.")), Note("2", text("Not called."))]
    file = written(Paragraph((Run("Words"), Run(note=0), Run("."))), notes=notes)
    outline = docx.outline(file.data, Options())
    assert [f.text for f in outline.footnotes] == ["Called.", "Not called."]
    assert outline.blocks[0].text == "Words."
    alone = written(Paragraph(text("Words.")), notes=notes)
    assert len(alone.find("//w:footnoteReference")) == 2


def test_marks_that_follow_each_other_are_parted_by_a_comma_that_is_part_of_neither() -> None:
    file = written(Paragraph((Run("Words"), Run(note=0), Run(note=1))), notes=[Note("*", text("One.")), Note("**", text("Two."))])
    (comma,) = file.find("//w:r[w:t = ',']")
    assert not comma.findall(f"{W}rPr/{W}rStyle")
    assert comma.find(f"{W}rPr/{W}vertAlign").get(f"{W}val") == "superscript"
    assert docx.outline(file.data, Options()).blocks[0].marks == ((5, "*"), (5, "**"))


def test_references_are_fields_that_show_a_number_or_words_and_links_otherwise() -> None:
    target = Paragraph(text("The target."), "26.", anchor="there")
    refer = Paragraph(
        (Run("See paragraph "), Run("26", to="there"), Run(", "), Run("The target.", to="there"), Run(", "), Run("above", to="there"))
    )
    file = written(target, refer, Paragraph((Run("lost", to="nowhere"),)))
    (name,) = file.find("//w:bookmarkStart/@w:name")
    assert file.find("//w:instrText/text()") == [rf" REF {name} \n \h ", rf" REF {name} \h "]
    assert file.find("//w:hyperlink/@w:anchor") == [name]
    assert [words for *_, words in file.rows()][1:] == ["See paragraph 26, The target., above", "lost"]


def test_the_table_of_contents_is_a_field_with_its_entries_and_pages() -> None:
    long = [Paragraph(text("word " * 400)) for _ in range(4)]
    heads = (Heading(text("Two"), 2), Heading(text("Deep"), 3), Heading(text("Apart"), listed=False))
    file = written(Contents(text("Contents"), 2), Heading(text("One"), marker="A."), *long, *heads)
    toc = "//w:sdt//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'TOC')]]"
    said = ["".join(p.itertext("{*}t")) for p in file.find(toc)]
    assert said[0] == "Contents"
    assert said[1:] == ["A.One1", f"Two{said[2][-1]}"]
    assert int(said[2][-1]) > 1
    assert file.one("//w:instrText[contains(., 'TOC')]/text()") == r' TOC \o "1-2" \h \z '
    names = file.find("//w:bookmarkStart/@w:name")
    assert set(file.find("//w:sdt//w:hyperlink/@w:anchor")) <= set(names)
    assert file.find("//w:updateFields", "word/settings.xml")
    assert file.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1Unlisted']")
    assert not written(Heading(text("One"))).find("//w:updateFields", "word/settings.xml")


def test_heading_rows_come_again_on_each_page_and_short_rows_stay_whole() -> None:
    tall = (text("word " * 1500),)
    cells = (Cell(0, 0, (text("Head"),), header=True), Cell(0, 1, (text("Head"),)), Cell(1, 0, (text("low"),)), Cell(2, 0, tall))
    file = written(Table(3, 2, cells, header_rows=1, caption=text("Table 1")))
    assert [bool(r.findall(f"{W}trPr/{W}tblHeader")) for r in file.find("//w:tr")] == [True, False, False]
    assert [bool(r.findall(f"{W}trPr/{W}cantSplit")) for r in file.find("//w:tr")] == [True, True, False]
    assert file.find("//w:tr[1]//w:keepNext")
    assert file.find("//w:p[w:pPr/w:pStyle/@w:val='Caption'][w:pPr/w:keepNext]")


def test_spans_come_back_as_they_were() -> None:
    cells = (
        Cell(0, 0, (text("wide"),), column_span=2),
        Cell(0, 2, (text("high"),), row_span=2),
        Cell(1, 0, (text("a"),)),
        Cell(1, 1, (text("b"),)),
    )
    (block,) = docx.outline(written(Table(2, 3, cells)).data, Options()).blocks
    assert block.table is not None
    found = [(c.row, c.column, c.row_span, c.column_span, c.content().text) for c in block.table.cells]
    assert found == [(0, 0, 1, 2, "wide"), (0, 2, 2, 1, "high"), (1, 0, 1, 1, "a"), (1, 1, 1, 1, "b")]


def test_columns_have_room_for_their_longest_words_and_fill_the_line() -> None:
    words = ("Priority", "Internationalization", "x " * 300)
    file = written(Table(1, 3, tuple(Cell(0, n, (text(w),)) for n, w in enumerate(words))))
    widths = [int(x) for x in file.find("//w:gridCol/@w:w")]
    assert sum(widths) == int(file.one("//w:tblW/@w:w"))
    assert widths[0] < widths[1] < widths[2]


def test_a_table_too_wide_for_the_page_stands_on_a_page_on_its_side_with_its_heading() -> None:
    wide = Table(1, 16, tuple(Cell(0, n, (text("Responsibilities"),)) for n in range(16)))
    file = written(Paragraph(text("Before.")), Heading(text("Annex")), wide, Paragraph(text("After.")))
    assert file.find("//w:sectPr/w:pgSz/@w:orient") == ["landscape"]
    sizes = [int(s.get(f"{W}w")) for s in file.find("//w:sectPr/w:pgSz")]
    assert sizes[0] == sizes[2] < sizes[1]
    assert not file.find("//w:p[w:pPr/w:sectPr][1]/preceding-sibling::w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    assert len(file.find("//w:sectPr/w:titlePg")) == 1


def test_two_frames_stay_two() -> None:
    file = written(Frame((Paragraph(text("One.")),)), Frame((Paragraph(text("Two.")),)), Table(1, 2, (Cell(0, 0, (text("Three"),)),)))
    boxes = [b.box for b in docx.outline(file.data, Options()).blocks]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0] != boxes[1]
    assert len(file.find("//w:body/w:tbl")) == 3


def test_a_drawing_is_vector_with_pixels_beside_it_and_says_what_it_shows() -> None:
    file = written(Figure(every_block.PICTURE, text("Figure 1"), every_block.RATINGS))
    said = file.one("//wp:docPr")
    assert said.get("descr") == every_block.PICTURE.description
    assert said.get("title") == every_block.PICTURE.title
    targets = {r.get("Id"): r.get("Target") for r in file.find("/*/*", "word/_rels/document.xml.rels")}
    pixels = file.zip.read("word/" + targets[file.one("//a:blip/@r:embed")])
    vector = file.zip.read("word/" + targets[file.one("//asvg:svgBlip/@r:embed")])
    assert pixels.startswith(b"\x89PNG")
    assert vector.decode() == every_block.SVG
    assert not written(Figure(Picture("<svg", "", "What it would show.", 10, 10))).find("//wp:inline")


@pytest.mark.parametrize("logo", [Logo(b"no image", "image/png", "x", 10, 10), Logo(b"<svg", "image/svg+xml", "x", 10, 10)])
def test_a_logo_that_is_no_image_is_left_out(logo: Logo) -> None:
    file = written(Paragraph(text("Words.")), house=House(logo=logo))
    assert not [n for n in file.zip.namelist() if "media" in n]


def test_the_first_page_has_the_logo_and_the_others_the_symbol() -> None:
    file = Written(every_block.paper())
    assert file.find("//wp:inline", "word/header2.xml")
    assert not file.find("//wp:inline", "word/header1.xml")
    assert file.find("//w:t/text()", "word/header1.xml") == ["MSO/C.58/PRG/4"]
    assert file.find("//w:instrText/text()", "word/footer1.xml") == [" PAGE ", " NUMPAGES "]


def test_text_from_right_to_left_is_set_so() -> None:
    blocks = (Paragraph(text("التقييم ILO 2024")), Table(1, 2, (Cell(0, 0, (text("أول"),)),)))
    file = written(*blocks, direction="rtl", language="ar")
    assert file.find("//w:style[@w:styleId='Normal']/w:pPr/w:bidi", "word/styles.xml")
    assert file.find("//w:tblPr/w:bidiVisual")
    assert [("".join(r.itertext()), bool(r.findall(f"{W}rPr/{W}rtl"))) for r in file.find("//w:body/w:p[1]/w:r")] == [
        ("التقييم ", True),
        ("ILO 2024", False),
    ]
    assert file.one("//w:rPrDefault//w:lang/@w:bidi", "word/styles.xml") == "ar-SA"
    named = written(Paragraph(text("سلامة الرسو (Safe Landing) من بين (ILO (EVAL))")), direction="rtl", language="ar")
    runs = [("".join(r.itertext()), bool(r.findall(f"{W}rPr/{W}rtl"))) for r in named.find("//w:body/w:p[1]/w:r")]
    assert runs == [
        ("سلامة الرسو (", True),
        ("Safe Landing", False),
        (") من بين (", True),
        ("ILO (EVAL)", False),
        (")", True),
    ]
    assert not written(*blocks[1:]).find("//w:bidiVisual")


def test_properties_say_title_author_and_the_papers_date_and_nothing_of_the_machine() -> None:
    file = Written(every_block.paper())
    core = "docProps/core.xml"
    assert file.one("//dc:title/text()", core) == "Three evaluations of work at sea"
    assert file.one("//dc:creator/text()", core) == "Merrow Sea Organization"
    assert file.one("//dcterms:created/text()", core) == "2024-02-01T00:00:00Z"
    assert not Written(replace(every_block.paper(), date="soon")).find("//dcterms:created", core)
    assert file.one("//w:compatSetting[@w:name='compatibilityMode']/@w:val", "word/settings.xml") == "15"


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert document(every_block.paper()) == document(every_block.paper())
    with zipfile.ZipFile(io.BytesIO(document(every_block.paper()))) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_the_faces_are_in_the_file() -> None:
    file = written(Paragraph((Run("Upright "), Run("and italic", italic=True))))
    faces = [n for n in file.zip.namelist() if n.startswith("word/fonts/")]
    assert "word/fonts/SourceSerifPro-It.odttf" in faces
    face = file.zip.read("word/fonts/SourceSerifPro-Regular.odttf")
    key = file.one("//w:font[@w:name='Source Serif Pro']/w:embedRegular/@w:fontKey", "word/fontTable.xml")
    mixed = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    assert bytes(a ^ b for a, b in zip(face[:4], mixed, strict=False)) == b"\x00\x01\x00\x00"
    assert not any("It" in n for n in written(Paragraph(text("Upright"))).zip.namelist())


def test_python_docx_opens_it() -> None:
    opened = pytest.importorskip("docx", reason="needs python-docx").Document(io.BytesIO(Written(every_block.paper()).data))
    assert opened.core_properties.title == "Three evaluations of work at sea"
    assert "Heading 1" in {p.style.name for p in opened.paragraphs}
    assert len(opened.tables) == 8


def test_what_goes_on_under_a_running_number_stands_in_with_its_words() -> None:
    numbered = [Paragraph(text(f"Words of {n}."), f"{n}.") for n in range(1, 9)]
    file = written(*numbered, Paragraph(text("It goes on.")), Item(text("an item")), Heading(text("Next")), Paragraph(text("Free.")))
    assert file.find("//w:p[contains(., 'It goes on.')]//w:pStyle/@w:val") == ["NumberedText"]
    assert file.find("//w:p[contains(., 'an item')]//w:ind/@w:left") == ["964"]
    assert file.find("//w:p[contains(., 'Free.')]//w:pStyle/@w:val") == ["BodyText"]


def test_no_column_is_narrower_than_its_longest_word_where_the_others_have_room() -> None:
    cells = (Cell(0, 0, (text("الرقم"),), header=True), Cell(0, 1, (text("Recommendation"),), header=True), Cell(1, 1, (text("Ask."),)))
    file = written(Table(2, 2, cells, header_rows=1, widths=(0.02, 0.98)))
    narrow, wide = (int(x) for x in file.find("//w:gridCol/@w:w"))
    assert 500 < narrow < 1000 < wide


def test_the_legend_under_a_table_stays_with_it() -> None:
    table = Table(2, 1, (Cell(0, 0, (text("Rating"),)), Cell(1, 0, (text("Satisfactory"),))), style="ratings")
    legend = Paragraph(text("6 = Highly satisfactory"), style="small")
    assert len(written(table, legend).find("//w:tbl//w:keepNext")) == 2
    assert len(written(table, Paragraph(text("A sentence."))).find("//w:tbl//w:keepNext")) == 1


def test_short_tables_of_one_recommendation_stand_on_one_page() -> None:
    def kept(letters: int) -> bool:
        table = Table(2, 1, (Cell(0, 0, (text("Response"),)), Cell(1, 0, (text("word " * letters),))), style="action")
        file = written(table, table)
        return len(file.find("//w:p[w:pPr/w:pStyle/@w:val='TableGap'][w:pPr/w:keepNext]")) == 1

    assert kept(10)
    assert not kept(900)


def test_contents_begin_a_new_page_where_the_paper_says_so() -> None:
    file = written(Heading(text("A title"), 0), PageBreak(), Contents(text("Contents")), PageBreak(), Heading(text("Findings")))
    assert len(file.find("//w:sdt//w:p[1]/w:pPr/w:pageBreakBefore")) == 1
    assert len(file.find("//w:body/w:p/w:pPr/w:pageBreakBefore")) == 1


def test_words_in_tables_are_in_the_face_of_the_text_and_their_headings_and_ratings_in_the_other() -> None:
    file = written(Table(2, 1, (Cell(0, 0, (text("Mark"),), header=True), Cell(1, 0, (text("Satisfactory"),), rating=0.8)), header_rows=1))
    faces = {s: file.find(f"//w:style[@w:styleId='{s}']//w:rFonts/@w:ascii", "word/styles.xml") for s in ("TableText", "TableHeading")}
    assert faces == {"TableText": [], "TableHeading": ["Source Sans Pro"]}
    assert file.find("//w:tbl//w:pStyle/@w:val") == ["TableHeading", "TableRating"]


def test_a_short_table_stays_on_one_page_and_a_long_one_does_not() -> None:
    def kept(rows: int) -> int:
        cells = tuple(Cell(n, 0, (text(f"row {n}"),)) for n in range(rows))
        return len(written(Table(rows, 1, cells)).find("//w:tbl//w:keepNext"))

    assert kept(6) == 5
    assert kept(60) == 1


def test_headings_are_in_the_houses_colour_where_it_can_be_read() -> None:
    def colour(accent: str) -> list[str]:
        file = written(Heading(text("A heading")), house=House(accent=accent))
        return file.find("//w:style[@w:styleId='Heading1']//w:color/@w:val", "word/styles.xml")

    assert colour("#8a2f5b") == ["8A2F5B"]
    assert colour("#ffee00") == ["171D22"]
