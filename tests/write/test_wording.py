"""The words that papers add: every language has all of them, prints numbers and dates in its own way, and gives way to a house's."""

from __future__ import annotations

import ast
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from evaltrail.write import papers
from evaltrail.write.house import House
from evaltrail.write.markup.words import words as words_of_pages
from evaltrail.write.wording import keys, languages, places_in, wording

COMPOSERS = Path(papers.__file__).parent


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_key_with_the_same_places(language: str) -> None:
    own = wording(language)
    english = wording("en")
    missing = [k for k in keys() if not own.has(k)]
    assert not missing
    different = [k for k in keys() if places_in(own(k)) != places_in(english(k))]
    assert not different


@pytest.mark.parametrize("language", [x for x in languages() if x != "en"])
def test_no_sentence_of_a_language_is_left_in_english(language: str) -> None:
    same = [k for k in keys() if k.startswith(("sentences.", "empty.", "counts.")) and wording(language)(k) == wording("en")(k)]
    assert not same


def test_every_key_that_a_composer_asks_for_by_name_is_there() -> None:
    asked: set[str] = set()
    for path in COMPOSERS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and (getattr(node.func, "id", "") == "words" or getattr(node.func, "attr", "") == "words")
            if named and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                asked.add(str(node.args[0].value))
    assert len(asked) > 30
    assert sorted(asked - set(keys())) == []


@pytest.mark.parametrize(
    "language, whole, broken, share",
    [
        ("en", "12,480", "−0.5", "3 of 4 (75\u00a0per cent)"),
        ("fr", "12\u202f480", "−0,5", "3 sur 4 (75\u00a0%)"),
        ("es", "12\u202f480", "−0,5", "3 de 4 (75\u00a0por ciento)"),
        ("pt", "12\u202f480", "−0,5", "3 de 4 (75\u00a0por cento)"),
        ("ar", "12\u00a0480", "−0,5", "3 من 4 (75\u00a0في المائة)"),
    ],
)
def test_numbers_are_printed_in_the_way_of_the_language(language: str, whole: str, broken: str, share: str) -> None:
    words = wording(language)
    assert (words.number(12480), words.number(2024), words.number(-0.5, 1), words.number(-0.01, 1)) == (
        whole,
        "2024",
        broken,
        words.number(0, 1),
    )
    assert words.share(3, 4) == share


def test_a_share_of_nothing_has_no_percentage() -> None:
    assert wording("en").share(0, 0) == "0 of 0"


@pytest.mark.parametrize(
    "language, day, month",
    [
        ("en", "1 March 2024", "March 2024"),
        ("fr", "1er mars 2024", "mars 2024"),
        ("es", "1.º de marzo de 2024", "marzo de 2024"),
        ("pt", "1.º de março de 2024", "março de 2024"),
        ("ar", "1 آذار/مارس 2024", "آذار/مارس 2024"),
    ],
)
def test_dates_are_printed_in_the_way_of_the_language(language: str, day: str, month: str) -> None:
    words = wording(language)
    assert (words.date("2024-03-01"), words.date("2024-03"), words.date("2024")) == (day, month, "2024")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_a_name_for_each_month_and_each_small_number(language: str) -> None:
    words = wording(language)
    assert len({words.date(f"2024-{month:02}") for month in range(1, 13)}) == 12
    assert words.date("2024-12").endswith(("2024", "2024年"))
    assert len(words("charts.months").split()) == 12


@pytest.mark.parametrize("odd", ["spring 2024", "2024-13-01", "2024-00", "", "1-2-3-4"])
def test_what_is_no_date_stands_as_it_is(odd: str) -> None:
    assert wording("en").date(odd) == odd


def test_lists_quotations_and_ranges_follow_the_language() -> None:
    english, french = wording("en"), wording("fr-CH")
    assert (english.listed([]), english.listed(["a"]), english.listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert french.listed(["a", "b"]) == "a et b"
    assert (english.quoted("so"), french.quoted("so")) == ("“so”", "«\u00a0so\u00a0»")
    assert (english.range("3", "3"), english.range("3", "5")) == ("3", "3–5")
    assert (english.count(3), english.count(12), english.count(13)) == ("three", "twelve", "13")


def test_a_house_s_words_go_before_those_of_the_language() -> None:
    house = House(words={"en": {"headings.response": "Management response"}, "all": {"marks.none": "·"}})
    assert wording("en", house)("headings.response") == "Management response"
    assert wording("fr", house)("headings.response") == "Réponse du Bureau"
    assert wording("fr", house)("marks.none") == "·"


@pytest.mark.parametrize("language", [None, "xx", "zh-Hant"])
def test_a_language_without_words_is_written_in_english(language: str | None) -> None:
    assert wording(language)("headings.findings") == "Findings"


def test_a_key_that_no_language_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        wording("en")("headings.nothing")


def test_a_word_that_the_packs_have_stands_in_no_other_file() -> None:
    elsewhere = tomllib.loads((files("evaltrail.write.markup") / "words.toml").read_text(encoding="utf-8"))
    assert [language for language in languages() if "contents" in elsewhere[language]] == []
    assert words_of_pages("ar")["contents"] == "المحتويات"
    assert words_of_pages("sv")["contents"] == "Innehåll"
    house = House(words={"en": {"headings.contents": "In this paper"}})
    assert words_of_pages("en", house)["contents"] == "In this paper"
