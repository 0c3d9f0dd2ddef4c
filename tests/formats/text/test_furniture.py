"""What a page carries beside its text: running headers, page numbers, contents."""

from __future__ import annotations

import pytest

TEXTS = (
    "The harbour authority runs eleven ferries between the four islands, and most of\nthem sail twice a day in summer.",
    "Two of the piers date from the last century, when stone was brought from the far\nmainland by sailing boat.",
    "Tickets are sold on board, in two offices and since last year on a page of the\nauthority as well.",
    "Winter storms close the northern route for about three weeks, and the mail then\ngoes by way of the capital.",
    "The team spoke with crews, passengers and shopkeepers on every island, and put\nwhat they said beside the log books.",
)


def paper(header: str, footer: str) -> str:
    """Five pages of a numbered paragraph each, with a header and a footer; # stands for the page's number."""
    return "\f".join(f"{header}\n\n{n}. {text}\n\n{footer}\n".replace("#", str(n + 3)) for n, text in enumerate(TEXTS, 1))


@pytest.mark.parametrize(
    "header,footer",
    [
        ("Ferries of the four islands", "#"),
        ("HB.12/FER/3 #", "Harbour Board"),
        ("www.ferries.example/report", "- # -"),
        ("Evaluation #", "iv"),
        ("Ferries of the four islands\n#", "HB.12/FER/3"),
    ],
)
def test_running_headers_and_page_numbers_are_set_aside(rows, header: str, footer: str) -> None:
    assert rows(paper(header, footer)) == [("paragraph", f"{n}.", text.replace("\n", " ")) for n, text in enumerate(TEXTS, 1)]


def test_they_stay_in_the_pages_text(outline) -> None:
    assert "Ferries of the four islands" in outline(paper("Ferries of the four islands", "#")).pages[0].text


def test_a_line_that_stands_on_one_page_is_no_header(rows) -> None:
    pages = paper("", "#").split("\f")
    pages[2] = "Piers and fares\n\n" + pages[2]
    assert ("heading", "", "Piers and fares") in rows("\f".join(pages))


@pytest.mark.parametrize("entry", ["1. The service ........ 4", "The piers . . . . . . . . 12", "Annex A …………… iv", "Fares ______ 9"])
def test_entries_of_a_table_of_contents_are_set_aside(rows, entry: str) -> None:
    text = TEXTS[0]
    assert all("service" not in w and "iv" not in w.split() for _, _, w in rows(f"Contents\n\n{entry}\n{entry}\n\n{text}\n"))


def test_a_number_inside_the_text_is_kept(rows) -> None:
    assert (
        rows("There were in that year\n1987\nferries, and more were built.\n")[0][2]
        == "There were in that year 1987 ferries, and more were built."
    )
