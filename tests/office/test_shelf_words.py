"""Words of records in the interface's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from evaltrail_office.shelf import words


@pytest.mark.parametrize(
    "language, printed, shown",
    [
        ("fr", "Somewhat satisfactory", "Plutôt satisfaisant"),
        ("fr", "moderately satisfactory", "plutôt satisfaisant"),
        ("es", "Highly satisfactory", "Muy satisfactorio"),
        ("en", "très satisfaisante", "highly satisfactory"),
        ("es", "Très satisfaisant", "Muy satisfactorio"),
        ("fr", "Likely", "Probable"),
        ("fr", "Moderately likely", "Modérément probable"),
    ],
)
def test_a_rating_is_told_in_the_language_of_the_interface(language: str, printed: str, shown: str) -> None:
    with translation.override(language):
        assert words.rating_word(printed) == shown


@pytest.mark.parametrize(
    "language, printed",
    [("en", "Moderately satisfactory"), ("fr", "Pleinement satisfaisante"), ("fr", "Ahead of its time"), ("es", "")],
)
def test_a_rating_in_ones_own_language_or_on_no_known_scale_stays_as_printed(language: str, printed: str) -> None:
    with translation.override(language):
        assert words.rating_word(printed) == printed


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_criteria_that_are_shown_in_a_field_are_read_back_as_they_were(language: str) -> None:
    with translation.override(language):
        shown = words.criteria_line([*words.CRITERIA, "gender equality"])
        assert [words.criterion_read(part) for part in shown.split(",")] == [*words.CRITERIA, "gender equality"]


def test_criteria_may_be_named_in_english_whatever_the_interface() -> None:
    with translation.override("fr"):
        assert words.criterion_read(" Relevance") == "relevance"
        assert words.criterion_read("Pertinence ") == "relevance"


@pytest.mark.parametrize(
    "value, shown",
    [
        ("short-term", "Court terme"),
        ("Short- to medium-term", "Court terme / Moyen terme"),
        ("High", "Élevée"),
        ("short-term to medium-term", "Court terme / Moyen terme"),
        ("by 2026", "by 2026"),
        ("", ""),
    ],
)
def test_terms_are_told_in_words_and_what_is_no_term_stays(value: str, shown: str) -> None:
    with translation.override("fr"):
        assert words.term(value) == shown


@pytest.mark.parametrize(
    "field, value, shown",
    [
        ("verdict", "partially_accepted", "acceptée en partie"),
        ("priority", "high", "Élevée"),
        ("as_printed.priority", "High", "High"),
        ("criteria", "relevance, coherence", "pertinence, cohérence"),
        ("label", "Finding 3", "Finding 3"),
    ],
)
def test_a_compared_value_is_told_in_words_and_what_the_paper_prints_stays(field: str, value: str, shown: str) -> None:
    with translation.override("fr"):
        assert words.value_of(field, value) == shown
