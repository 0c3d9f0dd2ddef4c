"""How the words at a line's end and at the next one's beginning are put together."""

from __future__ import annotations


def _lines(paper, *lines, y=700):
    sheet = paper.sheet()
    for n, line in enumerate(lines):
        sheet.text(72, y - 12 * n, line)


def test_an_address_broken_without_a_hyphen_is_one(paper, texts):
    _lines(
        paper,
        "The figures are found at https://data.bank.org/indicator/FP.CPI.TOTL.ZG?",
        "end=2021&start=2019 and the plan stands at https://andp.org/sites/Vision",
        "%202031.pdf and the news of the year at https://relief.org/drop-migration",
        "-horn/africa-gulf-countries#text where all of the reports were published",
        "in the course of that year.",
    )
    found = texts(paper.outline())[0]
    assert "https://data.bank.org/indicator/FP.CPI.TOTL.ZG?end=2021&start=2019 and" in found
    assert "https://andp.org/sites/Vision%202031.pdf and" in found


def test_an_address_broken_in_a_word_goes_on_with_what_can_only_be_of_an_address(paper, texts):
    _lines(
        paper,
        "The news of the year at https://relief.org/iom-leads-migration-horn-gul",
        "f-countries#:~:text=Leads and all of the reports were published in it at",
        "https://relief.org/all",
        "and the rest of them on paper.",
    )
    found = texts(paper.outline())
    assert "https://relief.org/iom-leads-migration-horn-gulf-countries#:~:text=Leads and" in found[0]
    assert "/all and the rest" in " ".join(found)


def test_a_range_of_years_broken_after_its_dash_has_no_blank(paper, texts):
    _lines(paper, "The first of these were the plans of the Organization for the years 2010–", "2013 and those that came after them.")
    assert "2010–2013 and" in texts(paper.outline())[0]


def test_a_word_that_goes_on_with_another_hyphen_is_a_compound(paper, texts):
    _lines(paper, "The harbour works were handed over on the island that has the name of Île-", "aux-Grues in the second year.")
    assert "Île-aux-Grues in" in texts(paper.outline())[0]


def test_a_beginning_that_takes_hyphens_in_the_paper_keeps_its_own_at_a_lines_end(paper, texts):
    _lines(
        paper,
        "The cross-cutting and cross-border works need collaborations and the pro-",
        "gramme of these cross-sector offices is in need of more and wider cross-",
        "collaborations with others.",
    )
    found = texts(paper.outline())[0]
    assert "wider cross-collaborations with" in found
    assert "the programme of" in found


def test_a_dash_that_joins_two_words_takes_no_blank_at_a_lines_end(paper, texts):
    _lines(
        paper,
        "The goals of the works were not agreed upon by any one of the parties—",
        "least of all by the owners of the harbour—and they did not meet.",
    )
    assert "the parties—least of all" in texts(paper.outline())[0]
