"""Lists and references in whatever words: no crash, no hang, and offsets that hold."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltrail.read.recognise.items_of_text import items_in_lines, items_in_sentence
from evaltrail.read.recognise.references import only_references, references
from evaltrail.read.recognise.requests import asking

marks = ["(a)", "(b)", "(i)", "a.", "1.", "2.", "1.1", "•", "o", "-", "\n", ":", ";", "(", ")", " ", "§", "é", "\u00a0", "İ"]
nouns = [
    "findings",
    "Conclusion",
    "constats",
    "C1",
    "F2",
    "3",
    "4–6",
    "IV",
    "paras.",
    "see",
    "linked to",
    "should",
    "Ensure",
    "ﬁnding 2",
    "and",
]
scraps = st.sampled_from([*marks, *nouns, "of the 2015 evaluation"])
texts = st.lists(st.one_of(scraps, st.text(max_size=6)), max_size=40).map(" ".join)


@given(text=texts)
def test_references_stand_where_they_say_and_count_something(text: str) -> None:
    found = references(text, anywhere=True)
    assert all(0 <= r.start < r.end <= len(text) and r.numbers for r in found)
    assert [r.start for r in found] == sorted(r.start for r in found)
    assert len(only_references(text)) <= len(found)


@given(text=texts)
def test_items_follow_each_other_and_hold_their_words(text: str) -> None:
    for items in (items_in_lines(text), items_in_sentence(text)):
        assert all(0 <= i.start <= i.content <= i.end <= len(text) for i in items)
        assert all(a.end <= b.start for a, b in pairwise(items))
        assert len(items) != 1


@given(text=texts, language=st.sampled_from(["en", "fr", "es", "pt", "sv", None]))
def test_any_nounscan_be_asked_whether_they_ask(text: str, language: str | None) -> None:
    words = asking(language)
    assert words.lead(text) in ("asks", "opens", "explains", "none")
    assert words.asks(text) in (True, False)


@pytest.mark.parametrize("piece", [" ", "(a) ", "finding 1, ", "1. x\n", "C1, ", "; and ", "see ", "- ", "the "])
def test_a_long_run_of_the_same_takes_no_noticeable_time(piece: str) -> None:
    text = f"Based on: {piece * 3000}conclusion 3."
    start = time.process_time()
    references(text, anywhere=True)
    items_in_lines(text)
    items_in_sentence(text)
    asking("en").lead(text)
    assert time.process_time() - start < 3
