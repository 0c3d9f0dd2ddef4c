"""A written PDF says every word of the paper as it stands, is the same each time, and is sound however bad the paper is."""

from __future__ import annotations

import importlib.util
import io
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from evaltrail.read.formats import pdf as reader
from evaltrail.write.formats import pdf
from evaltrail.write.house import House, Logo
from evaltrail.write.model import Cell, Frame, Heading, Item, Note, Paper, Paragraph, Run, Table, text
from evaltrail.write.order import Unwritable
from evaltrail.write.typst.blocks import source
from evaltrail.write.typst.tables import sound

WIDTH, MARGIN = 595.28, 70.0
ADDRESS = "https://www.example.org/evaluations/2024/a-very-long-path/" + "/".join(f"part-{n}" for n in range(30))


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
every_block = beside("every_block")


def printed(*blocks: Any, notes: tuple[Note, ...] = (), **more: Any) -> bytes:
    more.setdefault("house", House())
    return pdf.printed(Paper(blocks, notes, **more))


def outside(data: bytes) -> list[str]:
    """Characters that stand beyond the margins."""
    out = []
    for page in pypdfium2.PdfDocument(data):
        words = page.get_textpage()
        for i in range(words.count_chars()):
            left, _, right, _ = words.get_charbox(i)
            if right > WIDTH - MARGIN + 1 or (right > left and left < MARGIN - 1):
                out.append(words.get_text_range(i, 1))
    return out


def test_the_same_paper_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import every_block, hashlib; from evaltrail.write.formats import pdf; "
        "print(hashlib.sha256(pdf.printed(every_block.paper())).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", code, str(Path(__file__).parent)]
        made = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        found.add(made.stdout)
    assert len(found) == 1


@pytest.mark.parametrize(
    "words",
    [
        '#panic("x") \\ " $x$ *b* _i_ `c` <l> @r // /* = - + 1. ~ -- --- \'q\' "dq" \\u{41} #{1+1}',
        "«Où ?» œuvre — 43 per cent… ‘so’ “so” naïve façade Łódź ½ €5 №7",
        "well-being, long-term (2014–19) and/or a/b e-mail",
        "ffi ffl fi fl office difficult",
    ],
)
def test_words_come_out_as_they_stand(words: str) -> None:
    assert words in parts.words_of(printed(Paragraph(text(words))))


def test_control_characters_and_halves_of_pairs_are_left_out() -> None:
    data = printed(Paragraph(text("a\x00b\x07c\ud800d\ufffee\u00adf")), title="T\x00\ud800itle")
    assert "abcdef" in parts.words_of(data)
    assert pypdfium2.PdfDocument(data).get_metadata_value("Title") == "Title"


def test_what_no_line_can_hold_is_broken_within_the_margins_and_reads_as_before() -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 9
    cells = tuple(Cell(0, c, (text(word if c == 1 else "Priority"),)) for c in range(5))
    data = printed(
        Paragraph(text(ADDRESS)), Paragraph(text(word)), Item(text(word), level=3), Frame((Paragraph(text(word)),)), Table(1, 5, cells)
    )
    assert outside(data) == []
    said = "".join(parts.words_of(data).split())
    assert ADDRESS in said
    assert said.count(word) == 4


def test_a_word_with_a_hyphen_is_not_broken_at_it() -> None:
    data = printed(*(Paragraph(text("x" * n + " well-being and long-term follow-up of cross-cutting work " * 4)) for n in range(1, 25)))
    lines = [line for page in pypdfium2.PdfDocument(data) for line in page.get_textpage().get_text_range().splitlines()]
    assert len(lines) > 60
    assert [line for line in lines if line.rstrip().endswith("-")] == []


def test_a_cell_of_five_thousand_words_goes_over_pages() -> None:
    data = printed(Table(1, 2, (Cell(0, 0, (text("few words"),)), Cell(0, 1, (text("word " * 5000),)))))
    assert len(pypdfium2.PdfDocument(data)) > 5
    assert parts.words_of(data).count("word ") >= 4990
    assert outside(data) == []


def test_a_column_that_was_given_too_little_room_has_its_words_whole() -> None:
    rows = [
        ["No.", "Recommendation", "Responsible unit", "Priority", "Time implication", "Resource implication"],
        ["1", "Give local partners a say in how the programme is run. " * 3, "Country offices", "Medium", "Medium-term", "Existing"],
    ]
    cells = tuple(Cell(r, c, (text(words),), header=r == 0) for r, row in enumerate(rows) for c, words in enumerate(row))
    data = printed(Table(2, 6, cells, header_rows=1, widths=(0.05, 0.45, 0.25, 0.05, 0.1, 0.1)))
    lines = [line.strip() for page in pypdfium2.PdfDocument(data) for line in page.get_textpage().get_text_range().splitlines()]
    words = {w for line in lines for w in line.split()}
    assert {"No.", "Priority", "implication", "Medium", "Medium-term", "Existing"} <= words
    assert outside(data) == []


def test_what_goes_on_under_a_label_in_a_frame_stands_on_its_page() -> None:
    label = [
        Paragraph((Run(f"Finding {n}: ", bold=True), Run(f"opens{n} " + "and is told in a few lines of words. " * 8))) for n in range(40)
    ]
    rest = [Paragraph(text(f"goes{n} on in a second paragraph.")) for n in range(40)]
    frame = Frame(tuple(b for pair in zip(label, rest, strict=True) for b in pair), kind="finding")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed(frame))]
    assert len(pages) > 3
    assert [n for n in range(40) if not any(f"opens{n} " in p and f"goes{n} " in p for p in pages)] == []


def test_a_table_repeats_its_head_and_is_not_parted_from_head_or_caption() -> None:
    filler = [Paragraph(text("A line of text that fills the page. " * 8)) for _ in range(60)]
    cells = tuple(Cell(r, c, (text(f"{'Head' if r == 0 else 'cell'} {c}"),)) for r in range(8) for c in range(2))
    tables = [Table(8, 2, cells, header_rows=1, caption=text(f"Table {n}. Of things")) for n in range(30)]
    blocks = [b for pair in zip(filler, tables, strict=False) for b in pair]
    for page in pypdfium2.PdfDocument(printed(*blocks)):
        lines = [line.strip() for line in page.get_textpage().get_text_range().splitlines()][:-1]
        assert not lines[-1].startswith(("Table", "Head"))
        cut = [line for line in lines if line.startswith("cell 0")]
        assert not cut or any(line.startswith("Head 0") for line in lines[: lines.index(cut[0])])


def test_the_table_of_a_recommendation_stands_on_the_page_of_its_last_words() -> None:
    grid = Table(2, 1, (Cell(0, 0, (text("Unit"),)), Cell(1, 0, (text("Ports unit"),))), header_rows=1, style="action")
    position = Table(1, 1, (Cell(0, 0, (text("Accepted."),)),), style="action")
    for above in range(0, 60, 3):
        filler = [Paragraph(text("A line of the page above.")) for _ in range(above)]
        words = Paragraph((*text("The unit keeps the harbour open. " * 7 + "Note it."), Run(note=0)), marker="1.")
        listed = [Item(text(f"harbour {n};")) for n in range(3)]
        found = printed(*filler, words, grid, position, Paragraph(text("It should:")), *listed, grid, notes=(Note("1", text("A source.")),))
        pages = [p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(found)]
        where = [next(n for n, p in enumerate(pages) if w in p) for w in ("Note it.", "Ports unit", "Accepted.", "A source.")]
        assert len(set(where)) == 1
        assert next(n for n, p in enumerate(pages) if "harbour 2;" in p) == [n for n, p in enumerate(pages) if "Ports unit" in p][-1]


def test_the_note_of_a_numbered_paragraph_is_not_left_behind_where_its_table_takes_it_to_the_next_page() -> None:
    grid = Table(2, 1, (Cell(0, 0, (text("Unit"),)), Cell(1, 0, (text("Ports unit"),))), header_rows=1, style="action")
    for above in range(20, 40):
        filler = [Paragraph(text("A line of the page above."), f"{n}.") for n in range(1, above)]
        words = Paragraph((*text("The committee is to be asked."), Run(note=0)), f"{above}.")
        found = printed(*filler, words, Paragraph(text("It goes on. " * 20)), grid, notes=(Note("1", text("A source.")),))
        pages = [p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(found)]
        called, printed_at = (next(n for n, p in enumerate(pages) if w in p) for w in ("to be asked.", "A source."))
        assert printed_at >= called


def test_no_heading_stands_last_on_a_page() -> None:
    blocks = [
        b for n in range(60) for b in (Heading(text(f"Heading {n}"), 1 + n % 3), Paragraph(text("Words of a paragraph. " * (9 + n % 11))))
    ]
    for page in pypdfium2.PdfDocument(printed(*blocks)):
        lines = page.get_textpage().get_text_range().splitlines()[:-1]
        assert not lines[-1].startswith("Heading")


def test_cells_outside_the_table_or_on_each_other_lose_no_word() -> None:
    cells = (
        Cell(0, 0, (text("first"),), row_span=5, column_span=9),
        Cell(0, 1, (text("covered"),)),
        Cell(7, 10**9, (text("far"),)),
        Cell(-3, -1, (text("before"),)),
        Cell(1, 1, (text("under"),), row_span=0, column_span=-2),
    )
    table = Table(2, 2, cells, header_rows=9)
    said = parts.words_of(printed(table))
    assert all(w in said for w in ("first", "covered", "far", "before", "under"))
    grid = sound(table)
    taken = [(r, c) for p in grid.cells for r in range(p.row, p.row + p.row_span) for c in range(p.column, p.column + p.column_span)]
    assert len(taken) == len(set(taken))
    assert all(r < grid.rows and c < grid.columns for r, c in taken)


def test_a_table_of_a_size_that_nobody_means_is_not_drawn() -> None:
    assert sound(Table(10**9, 10**9, (Cell(0, 0, (text("one"),)),))).rows < 100
    assert sound(Table(1, 1, (Cell(10**9, 0, (text("one"),)),))).rows == 2


@pytest.mark.parametrize("seed", range(25))
def test_a_paper_of_any_blocks_makes_a_sound_file(seed: int) -> None:
    data = pdf.printed(every_block.hard(seed))
    assert len(pypdfium2.PdfDocument(data)) >= 1


@pytest.mark.soak
def test_many_papers_of_any_blocks_make_sound_files() -> None:
    for seed in range(25, 1000):
        assert len(pypdfium2.PdfDocument(pdf.printed(every_block.hard(seed)))) >= 1, seed


def test_an_empty_paper_is_a_page_with_a_title() -> None:
    document = pypdfium2.PdfDocument(printed())
    assert len(document) == 1
    assert document.get_metadata_value("Title") == "—"


def test_notes_that_nothing_calls_are_printed_and_calls_of_no_note_are_not() -> None:
    words = (Run("Said"), Run(note=7), Run(note=-1), Run(note=1), Run(".", note=1))
    said = parts.words_of(
        printed(Paragraph(words), notes=(Note("a", text("nobody's")), Note("b", (Run("own"), Run(note=1))), Note("c", text("nor"))))
    )
    assert all(w in said for w in ("nobody's", "own", "nor"))
    assert "lonely" in parts.words_of(printed(notes=(Note("1", text("lonely")),)))


def test_a_character_that_no_face_has_is_written_as_its_number_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        data = printed(Paragraph(text("Old \U00012000\U00012001 signs, and \U0001d6fd for beta")))
    said = parts.words_of(data)
    assert "[U+12000 U+12001]" in said
    assert "β for beta" in said
    assert "U+12000" in caplog.text


def test_a_logo_is_placed_and_one_that_is_no_picture_is_refused() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    whole = buffer.getvalue()
    assert b"/Subtype/Image" in printed(house=House(logo=Logo(whole, "image/png", "A wave", 40, 40)))
    for data, kind in ((b"no picture", "image/png"), (whole[:40], "image/png"), (whole, "image/svg+xml"), (whole, "image/gif")):
        with pytest.raises(Unwritable, match="the logo is no picture of the kind"):
            printed(house=House(logo=Logo(data, kind, "A wave", 40, 40)))
    with pytest.raises(Unwritable, match="give it a width and a height"):
        printed(house=House(logo=Logo(whole, "image/png", "A wave", 0, 40)))


def test_a_houses_colour_is_used_where_it_can_be_read() -> None:
    def accent(colour: str) -> str:
        return source(Paper((), house=House(accent=colour))).partition("\n")[0]

    assert accent("#7a1f3d") == '#let accent = rgb("#7a1f3d")'
    assert accent("#ffff00") == accent('"); #panic("') == '#let accent = rgb("#171d22")'


def test_a_houses_size_of_paper_is_the_pages() -> None:
    assert pypdfium2.PdfDocument(printed(house=House(paper="us-letter")))[0].get_size() == pytest.approx((612, 792))
    assert pypdfium2.PdfDocument(printed())[0].get_size() == pytest.approx((595.28, 841.89), abs=0.01)


def test_pages_bear_their_number_and_all_but_the_first_the_symbol() -> None:
    blocks = [Paragraph(text("Words. " * 300)) for _ in range(4)]
    data = printed(*blocks, symbol="MSO/C.58/PRG/4", organisation="Merrow", continued="Page {page} of {pages}")
    pages = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data)]
    assert len(pages) > 1
    assert [f"Page {n} of {len(pages)}" in p for n, p in enumerate(pages, 1)] == [True] * len(pages)
    assert ["MSO/C.58/PRG/4" in p for p in pages] == [False] + [True] * (len(pages) - 1)


def test_a_reader_finds_the_blocks_that_were_written() -> None:
    found = [(b.kind, b.marker.text, b.content.text) for b in reader.outline(pdf.printed(every_block.paper())).blocks if b.table is None]
    for expected in (
        ("title", "", "Three evaluations of work at sea"),
        ("heading", "A.", "Findings"),
        ("paragraph", "", "A paragraph without a number."),
        ("item", "(a)", "in Estmar before noon;"),
        ("item", "(i)", "43 boats at a time;"),
        ("item", "–", "quays"),
        ("heading", "", "Recommendation 1"),
    ):
        assert expected in found


def test_a_table_of_many_columns_is_printed_across_with_its_heading() -> None:
    organizations = ("UNAIDS", "UNCTAD", "UNFPA", "UN-Habitat", "UNHCR", "UNICEF", "UNODC", "UNOPS", "UNRWA", "UN-Women", "WFP", "WIPO")
    organizations += ("UNESCO", "UNIDO", "ICAO", "Tourism")
    cells = tuple(Cell(r, c, (text(name if r == 0 else "E"),), header=r == 0) for r in range(4) for c, name in enumerate(organizations))
    data = printed(Paragraph(text("Before.")), Heading(text("Annex")), Table(4, 16, cells, header_rows=1), Paragraph(text("After.")))
    pages = [(p.get_width() > p.get_height(), p.get_textpage().get_text_range()) for p in pypdfium2.PdfDocument(data)]
    assert [across for across, _ in pages] == [False, True, False]
    assert "Annex" in pages[1][1]
    assert all(name in pages[1][1] for name in organizations)


def test_a_recommendation_stands_on_one_page_with_its_heading_its_notes_and_its_table() -> None:
    fields = ("Responsible unit", "Priority", "FINANCE", "High")
    table = Table(2, 2, tuple(Cell(n // 2, n % 2, (text(f),), header=n < 2) for n, f in enumerate(fields)), header_rows=1, style="action")
    notes = (Note("1", text("A note of its own that is long enough for two lines at the foot of the page, where room is kept. " * 2)),)
    asked = (
        Heading(text("Recommendation 7")),
        Paragraph((Run("Hand over the sites."), Run(note=0)), "1."),
        Paragraph(text("The councils take over in steps.")),
        table,
        Paragraph(text("What comes next.")),
    )
    said = ("Recommendation 7", "Hand over", "The councils", "FINANCE", "A note of its own")
    moved = 0
    for lines in range(20, 34):
        pages = [
            p.get_textpage().get_text_range()
            for p in pypdfium2.PdfDocument(printed(*(Paragraph(text(f"Line {n}.")) for n in range(lines)), *asked, notes=notes))
        ]
        assert any(all(words in page for words in said) for page in pages)
        moved += "Recommendation 7" in pages[-1]
    assert 0 < moved < 14


def test_the_legend_of_a_table_of_ratings_stands_on_its_page() -> None:
    cells = tuple(Cell(n // 2, n % 2, (text(f"cell {n}"),), header=n < 2) for n in range(8))
    ratings = Table(4, 2, cells, header_rows=1, style="ratings")
    for lines in range(22, 36):
        filled = [Paragraph(text(f"Line {n}.")) for n in range(lines)]
        data = printed(*filled, Heading(text("Ratings")), ratings, Paragraph(text("6 = Highly satisfactory"), style="small"))
        pages = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data)]
        assert any("Ratings" in page and "cell 7" in page and "6 = Highly" in page for page in pages)
