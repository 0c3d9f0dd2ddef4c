"""Bytes of a text file: encodings, line ends, pages, and what is no text."""

from __future__ import annotations

import pytest

from evaltrail.read.formats import text


@pytest.mark.parametrize(
    "data",
    [
        "Évaluation – “ports”\nof call".encode(),
        b"\xef\xbb\xbf" + "Évaluation – “ports”\nof call".encode(),
        "Évaluation – “ports”\nof call".encode("cp1252"),
        "Évaluation – “ports”\nof call".encode("utf-16"),
        "\ufeffÉvaluation – “ports”\nof call".encode("utf-16-be"),
        "Évaluation – “ports”\r\nof call".encode(),
        "Évaluation – “ports”\rof call".encode(),
    ],
    ids=["utf-8", "with a mark", "windows-1252", "utf-16", "utf-16 big end first", "windows line ends", "old mac line ends"],
)
def test_a_text_is_read_in_the_encoding_that_it_is_in(data: bytes) -> None:
    assert text.decode(data) == "Évaluation – “ports”\nof call"


def test_bytes_in_no_encoding_do_not_stop_the_reading() -> None:
    assert text.decode(b"ports \x81\x8d of call").startswith("ports ")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"ports\x00\x00\x00", bytes(range(1, 32)) * 20])
def test_what_holds_no_text_is_left_to_other_formats(data: bytes) -> None:
    assert not text.sniff(data, len(data))


@pytest.mark.parametrize(
    "data", [b"Ports of call", "Évaluation".encode("utf-16"), "Évaluation".encode("cp1252"), b"one\fpage\tmore\x1b[0m" * 20]
)
def test_what_holds_text_is_told(data: bytes) -> None:
    assert text.sniff(data, len(data))


def test_form_feeds_part_pages_and_the_last_may_end_with_one(outline) -> None:
    assert [p.text for p in outline("one\ftwo\f\n").pages] == ["one", "two"]
    assert [p.number for p in outline("one\ftwo\fthree").pages] == [1, 2, 3]
    assert len(outline("one and only").pages) == 1


def test_pages_beyond_the_limit_are_left_out_and_named(outline) -> None:
    found = outline("one\ftwo\fthree", max_pages=2)
    assert [p.text for p in found.pages] == ["one", "two"]
    assert [(d.code, d.lost) for d in found.diagnostics] == [("pages-left-out", True)]


def test_every_character_of_a_block_stands_where_it_says(outline) -> None:
    table = "Unit     Time      Priority\n\nPorts    2024      High\n\nShips    2025      Low\n"
    found = outline(f"1. Ports   of\n   call are many.\n\n• an item\n  in two lines\n\n{table}")
    page = found.pages[0].text
    for block in found.walk():
        for words in (block.content, block.marker):
            for p in words.pieces:
                assert words.text[p.at : p.at + p.length] == page[p.start : p.start + p.length]
