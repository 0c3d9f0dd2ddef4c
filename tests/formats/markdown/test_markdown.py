"""Markdown: blocks, tables, footnotes, front matter, and what converters from PDF leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltrail.read.formats import Options, Unreadable, markdown

if TYPE_CHECKING:
    from evaltrail.read.outline import Outline


def read(source: str) -> Outline:
    return markdown.outline(source.encode(), Options())


def rows(source: str) -> list[tuple[str, str, str]]:
    return [(f"{b.kind}{b.level or ''}", b.marker.text, b.text) for b in read(source).blocks]


def check(outline) -> None:
    text = outline.pages[0].text
    for block in outline.walk():
        for words in (block.content, block.marker):
            for p in words.pieces:
                assert words.text[p.at : p.at + p.length] == text[p.start : p.start + p.length]


def test_headings_lists_and_looks() -> None:
    source = (
        "# Report\n\n## Findings\n\nPorts are **safer** and *cheaper*.\n\n1. one\n2. two\n   - deep\n\n26. The Office\n\nSetext\n------\n"
    )
    assert rows(source) == [
        ("title", "", "Report"),
        ("heading2", "", "Findings"),
        ("paragraph", "", "Ports are safer and cheaper."),
        ("item1", "1.", "one"),
        ("item1", "2.", "two"),
        ("item2", "•", "deep"),
        ("item1", "3.", "The Office"),
        ("heading2", "", "Setext"),
    ]
    block = read(source).blocks[2]
    assert block.bold_spans == ((10, 15),)
    assert block.italic_spans == ((20, 27),)


def test_a_table_has_a_heading_row() -> None:
    (block,) = read("| Unit | Time |\n|---|:--:|\n| Ports | 2024<br>2025 |\n").blocks
    assert block.table.header_rows == 1
    assert [c.content().text for c in block.table.cells] == ["Unit", "Time", "Ports", "2024\n2025"]


def test_footnotes_are_tied_to_their_marks_wherever_they_are_defined() -> None:
    outline = read("Ports[^1] are safer.[^src]\n\n[^1]: See annex 2.\n\nQuays.\n\n[^src]: A book,\n    its second line.\n")
    assert [(b.text, b.marks) for b in outline.blocks] == [("Ports are safer.", ((5, "1"), (16, "2"))), ("Quays.", ())]
    assert [(n.number, n.text) for n in outline.footnotes] == [("1", "See annex 2."), ("2", "A book, its second line.")]
    check(outline)


def test_a_note_goes_on_in_the_next_line_and_in_set_in_paragraphs() -> None:
    outline = read("Ports[^1] and quays[^2].\n\n[^1]: First line\nsecond line.\n[^2]: One.\n\n    Two.\n\nAfter.\n")
    assert [n.text for n in outline.footnotes] == ["First line second line.", "One.\nTwo."]
    assert [b.text for b in outline.blocks] == ["Ports and quays.", "After."]


def test_a_bracket_that_no_definition_answers_stays() -> None:
    assert rows("Ports[^9] are safer.\n\n```\n[^1]: code\n```\n")[0][2] == "Ports[^9] are safer."


def test_front_matter_gives_title_and_language() -> None:
    outline = read('---\ntitle: "Évaluation des ports"\nlang: fr-CA\n---\n\nTexte.\n')
    assert (outline.title, outline.language) == ("Évaluation des ports", "fr")
    assert [b.text for b in outline.blocks] == ["Texte."]


def test_quotations_are_boxes_and_markup_in_html_is_read() -> None:
    blocks = read(
        "Before.\n\n> Finding 1\n>\n> Ports.\n\n" + "After words. " * 20 + "\n\n<div class='well'>\n\nBoxed **words**.\n\n</div>\n"
    ).blocks
    assert blocks[1].box == blocks[2].box is not None
    assert blocks[-1].text == "Boxed words."
    assert blocks[-1].box not in {None, blocks[1].box}


def test_notes_contents_and_running_heads_of_a_converted_paper() -> None:
    source = """# Report

Introduction 3

Method and scope 5

Findings 7

Appendix I Scope 12

## Findings

The ports became safer over the years of the programme. [1] The works, which were built in all of the nine mem-
ber

1 See annex 2.

2 GAO, *Ports* (2020).

countries, still stand. [2] They cost more. [3]

3 *Ibid.*, p. 4.

## Appendix I: Scope

We read 40 papers and spoke to many people in all of the nine countries that have

**Appendix I: Scope**

**Appendix I: Scope**

ports of their own. [4]

4 Names are in annex 3.
"""
    outline = read(source)
    assert [b.text for b in outline.blocks] == [
        "Report",
        "Findings",
        (
            "The ports became safer over the years of the programme. "
            "The works, which were built in all of the nine member countries, still stand. They cost more."
        ),
        "Appendix I: Scope",
        "We read 40 papers and spoke to many people in all of the nine countries that have ports of their own.",
    ]
    assert [(n.number, n.text) for n in outline.footnotes] == [
        ("1", "See annex 2."),
        ("2", "GAO, Ports (2020)."),
        ("3", "Ibid., p. 4."),
        ("4", "Names are in annex 3."),
    ]
    check(outline)


def test_page_numbers_between_paragraphs_are_set_aside() -> None:
    source = "\n\n".join(f"Words of page {n} of this report on ports.\n\nPage {n}" for n in range(1, 9))
    assert all(not text.startswith("Page") for _, _, text in rows(source))


@pytest.mark.parametrize("head", [b"# A\n\n## B\n", b"A **b** and [c](d)\n", b"| a | b |\n|---|---|\n"])
def test_markdown_is_known_by_its_marks(head: bytes) -> None:
    assert markdown.sniff(head, len(head))


@pytest.mark.parametrize("head", [b"", b"Plain words.\n\nMore of them.\n", b"%PDF-1.7\n", b"# one mark\0"])
def test_other_text_is_no_markdown(head: bytes) -> None:
    assert not markdown.sniff(head, len(head))


def test_a_file_without_words_is_told_so() -> None:
    with pytest.raises(Unreadable) as caught:
        read(" \n\n")
    assert caught.value.code == "empty"


def test_quotations_nested_without_end_are_read() -> None:
    assert "deep" in read("> " * 5000 + "deep").pages[0].text


@given(st.text(alphabet=st.sampled_from("ab é#*_[]()^:|-`>\n 1.!<&"), max_size=120))
@settings(max_examples=200, deadline=None)
def test_every_piece_of_any_text_is_true(source: str) -> None:
    try:
        outline = read(source)
    except Unreadable as error:
        if error.code not in {"empty", "no-text"}:
            raise
        return
    check(outline)
