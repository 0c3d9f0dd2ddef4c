"""Headings, paragraphs, items and captions of a text without looks."""

from __future__ import annotations

from time import process_time

import pytest

BODY = (
    "The harbour authority runs eleven ferries between the four islands, and most of\n"
    "them sail twice a day in summer. Two of the piers date from the last century,\n"
    "when stone was brought from the mainland."
)
JOINED = BODY.replace("\n", " ")


def test_lines_of_a_paragraph_are_joined(rows) -> None:
    assert rows(f"{BODY}\n\n{BODY}\n") == [("paragraph", "", JOINED), ("paragraph", "", JOINED)]


def test_short_lines_without_a_full_stop_are_headings(outline) -> None:
    found = outline(
        f"Part I. Ferries\n\n1. The service\n\n{BODY}\n\n1.1 Fares\n\n{BODY}\n\nA. Piers\n\n{BODY}\n\nConclusions\n\n{BODY}\n"
    ).blocks
    assert [(b.level, b.text) for b in found if b.kind == "heading"] == [
        (1, "Part I. Ferries"),
        (3, "1.1 Fares"),
        (3, "A. Piers"),
        (2, "Conclusions"),
    ]


def test_a_number_with_a_full_stop_opens_a_paragraph(rows) -> None:
    assert rows(f"17. {BODY}\n\n18. {BODY}\n") == [("paragraph", "17.", JOINED), ("paragraph", "18.", JOINED)]


def test_numbered_paragraphs_need_no_blank_line_between_them(rows) -> None:
    found = rows(f"17. {BODY}\n18. {BODY}\n")
    assert [(kind, marker) for kind, marker, _ in found] == [("paragraph", "17."), ("paragraph", "18.")]


@pytest.mark.parametrize("marker", ["•", "▪", "–", "*", "-", "o", "\uf0b7", "(a)", "(iv)", "(3)", "b)"])
def test_a_marker_opens_an_item(rows, marker: str) -> None:
    assert rows(f"{marker} ports are safer\n{marker} ports are cheaper\n") == [
        ("item", marker, "ports are safer"),
        ("item", marker, "ports are cheaper"),
    ]


def test_a_label_at_a_lines_beginning_opens_a_paragraph(rows) -> None:
    found = rows("Key finding 1: Ports are safer than they were.\nKey finding 2: Ports are cheaper than they were.\n")
    assert [words for _, _, words in found] == [
        "Key finding 1: Ports are safer than they were.",
        "Key finding 2: Ports are cheaper than they were.",
    ]


@pytest.mark.parametrize(
    "caption",
    ["Figure 2. Ferries by year", "Table 4: Fares", "Tableau 3 : Tarifs", "Cuadro 1. Tarifas", "Gráfico 5 – Barcas", "Box IV. A captain"],
)
def test_a_caption_is_told_by_its_word_and_number(rows, caption: str) -> None:
    assert rows(f"{BODY}\n\n{caption}\n\n{BODY}\n")[1] == ("caption", "", caption)


def test_a_paragraph_goes_on_after_a_page_break(rows) -> None:
    source = (
        "1. The islands have no bridge, and the nearest airfield closes in fog for weeks.\n\n"
        "2. Two of the piers date from the last century, when stone was brought from the\n"
        "\fmainland by sailing boat.\n\n3. Tickets are sold on board.\n"
    )
    assert [words for _, _, words in rows(source)] == [
        "The islands have no bridge, and the nearest airfield closes in fog for weeks.",
        "Two of the piers date from the last century, when stone was brought from the mainland by sailing boat.",
        "Tickets are sold on board.",
    ]


def test_the_labels_of_a_lost_chart_are_no_headings(rows) -> None:
    found = rows(f"{BODY}\n\nRelevance\n\nEfficiency\n\nImpact\n\n{BODY}\n")
    assert [kind for kind, _, _ in found] == ["paragraph", "caption", "caption", "caption", "paragraph"]


def test_what_is_set_in_between_paragraphs_stood_in_a_frame(outline) -> None:
    framed = "     Ports are safer than they were, and the crews\n     say so in every interview of the year."
    found = outline(f"1. {BODY}\n\n{framed}\n\n2. {BODY}\n\f3. {BODY}\n").blocks
    assert [b.box is not None for b in found] == [False, True, False, False]


@pytest.mark.parametrize(
    "printed,joined",
    [
        ("the coun-\ntry office", "the country office"),
        ("a project-\nbound fund", "a project-bound fund"),
        ("ports in 2014-\n2019", "ports in 2014-2019"),
    ],
)
def test_a_hyphen_at_a_lines_end_goes_only_where_the_text_itself_tells(rows, printed: str, joined: str) -> None:
    rest = "The country has project-bound funds, and each country office of a country knows them."
    assert rows(f"{rest}\n\nThis was done by {printed} in that year.\n")[-1][2] == f"This was done by {joined} in that year."


def test_the_title_is_the_longest_heading_before_the_text(outline) -> None:
    title, later = "High-level evaluation of ferries and piers", "A much longer heading that stands behind the text of the paper"
    assert outline(f"Governing Body\n\n{title}\n\nSummary\n\n{BODY}\n\n{later}\n").title == title


def test_the_symbol_is_the_one_printed_most_often(outline) -> None:
    assert outline(f"HB.12/FER/3\n\n{BODY}\n\nsee HB.11/FER/9\n\fHB.12/FER/3\n\n{BODY}\n").symbol == "HB.12/FER/3"
    assert outline(BODY).symbol is None


def test_one_word_as_long_as_a_file_is_read_at_once(outline) -> None:
    begun = process_time()
    assert outline(f"Recommendation {'9' * 200_000}: do. paragraph 1").blocks[0].kind == "paragraph"
    assert process_time() - begun < 5
