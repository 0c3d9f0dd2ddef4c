"""Texts whose characters know their places: cutting, joining, and the places that come out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaltrail.read.outline import Block, Cell, Outline, Piece, Table, Text, join

LINE = (10.0, 700.0, 200.0, 712.0)
NEXT = (10.0, 686.0, 150.0, 698.0)


def two_lines() -> Text:
    """ "Ports are / safer now" on page 3, where it begins at offset 40."""
    return Text("Ports are safer now", (Piece(0, 3, 40, 9, LINE), Piece(10, 3, 50, 9, NEXT)))


def test_lines_that_follow_each_other_are_one_place_with_a_box_each() -> None:
    (place,) = two_lines().places()
    assert (place.page, place.start, place.end, place.boxes) == (3, 40, 59, (LINE, NEXT))


def test_pieces_of_one_line_give_its_box_once() -> None:
    text = Text("Ports are", (Piece(0, 1, 0, 5, LINE), Piece(6, 1, 6, 3, LINE)))
    assert [p.boxes for p in text.places()] == [(LINE,)]


def test_a_page_break_or_a_gap_begins_another_place() -> None:
    text = Text("Ports are safer now", (Piece(0, 3, 40, 5), Piece(6, 3, 90, 3), Piece(10, 4, 0, 9)))
    assert [(p.page, p.start, p.end) for p in text.places()] == [(3, 40, 45), (3, 90, 93), (4, 0, 9)]


def test_a_text_without_pieces_stands_nowhere() -> None:
    assert Text("put in").places() == ()
    assert Text().page == 0


def test_a_cut_drops_white_space_and_a_slice_keeps_it() -> None:
    text = two_lines()
    assert text.cut(5, 10).text == "are"
    assert text.slice(5, 10).text == " are "
    assert [(p.start, p.end) for p in text.cut(5, 10).places()] == [(46, 49)]
    assert text.cut(16).text == "now"
    assert text.cut(-4, 99) == text


def test_joined_texts_keep_their_places_and_leave_empty_ones_out() -> None:
    joined = join([Text("one", (Piece(0, 1, 0, 3),)), Text(), Text("two", (Piece(0, 2, 0, 3),))], "\n")
    assert joined.text == "one\ntwo"
    assert [(p.page, p.start, p.end) for p in joined.places()] == [(1, 0, 3), (2, 0, 3)]


def test_the_piece_at_an_offset_is_found_and_glue_has_none() -> None:
    text = two_lines()
    assert text.piece_at(9) is None
    assert [text.piece_at(n) for n in (0, 8, 10, 18)] == [text.pieces[0], text.pieces[0], text.pieces[1], text.pieces[1]]
    assert text.piece_at(19) is None


def test_a_cell_is_found_by_any_position_that_it_covers() -> None:
    words = Block("paragraph", Text("one"), Text("(a)"))
    wide, single = Cell(0, 0, (words, words), column_span=2), Cell(1, 1, (words,))
    table = Table(2, 2, (wide, single))
    assert table.at(0, 1) is wide
    assert table.at(1, 0) is None
    assert table.row(1) == (single,)
    assert wide.content().text == "(a) one\n(a) one"


def test_blocks_are_walked_with_the_cells_of_tables_and_footnotes_last() -> None:
    inner, note = Block("paragraph", Text("in a cell")), Block("footnote", Text("below"))
    table = Block("table", table=Table(1, 1, (Cell(0, 0, (inner,)),)))
    after = Block("paragraph", Text("after"))
    assert list(Outline("text/plain", blocks=[table, after], footnotes=[note]).walk()) == [table, inner, after, note]


def test_a_blocks_page_is_that_of_its_first_character_marker_or_cell() -> None:
    words = Text("one", (Piece(0, 4, 0, 3),))
    assert Block("paragraph", words).page == 4
    assert Block("item", Text("one"), words).page == 4
    assert Block("table", table=Table(1, 1, (Cell(0, 0, (Block("paragraph", words),)),))).page == 4
    assert Block("paragraph", Text("one")).page == 0


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Z", "Cc")), min_size=1), min_size=1, max_size=5), st.data())
def test_every_cut_knows_where_its_characters_stand(words: list[str], data: st.DataObject) -> None:
    page = " ".join(words)
    at = 0
    parts = []
    for word in words:
        parts.append(Text(word, (Piece(0, 1, at, len(word)),)))
        at += len(word) + 1
    joined = join(parts)
    assert joined.text == page
    cut = joined.cut(data.draw(st.integers(0, len(page))), data.draw(st.integers(0, len(page))))
    assert all(cut.text[p.at : p.at + p.length] == page[p.start : p.start + p.length] for p in cut.pieces)
    assert cut.text == " ".join(page[p.start : p.end] for p in cut.places())
