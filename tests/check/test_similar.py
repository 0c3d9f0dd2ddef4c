"""Texts that repeat others are found, whatever stands between them, in time that grows with the number of words."""

from __future__ import annotations

import random
import time

import pytest

from evaltrail.check.similar import Runs, near_duplicates, repeated

BUDGET = "The ministry should publish its yearly budget on the web by June 2026."
OTHER = "Schools in the north lack teachers who speak the languages of their pupils."


def test_two_texts_that_differ_in_one_word_are_a_pair():
    (pair,) = near_duplicates([BUDGET, OTHER, BUDGET.replace("June", "July")])
    assert (pair.first, pair.second) == (0, 2)
    assert 0.9 < pair.of_first < 1


def test_case_accents_and_marks_do_not_part_two_texts():
    (pair,) = near_duplicates(
        ["Le ministère publie chaque année son budget, région par région.", "LE MINISTERE PUBLIE CHAQUE ANNEE SON BUDGET REGION PAR REGION"]
    )
    assert pair.of_first == pair.of_second == 1


def test_short_texts_are_left_out():
    assert near_duplicates(["Management agrees.", "Management agrees."]) == []


def test_a_text_said_three_times_makes_two_pairs():
    assert [(p.first, p.second) for p in near_duplicates([BUDGET, BUDGET, OTHER, BUDGET])] == [(0, 1), (1, 3)]


def test_a_text_that_stands_within_a_longer_one_is_repeated_but_no_duplicate():
    longer = f"{BUDGET} {OTHER}"
    assert near_duplicates([BUDGET, longer]) == []
    (pair,) = repeated([BUDGET], [OTHER, longer])
    assert pair.second == 1
    assert pair.of_first == 1
    assert pair.of_second < 0.6


def test_a_run_of_words_is_found_with_its_places():
    text = "In short: schools in the north lack teachers, who speak several languages."
    (run,) = Runs([BUDGET, OTHER], least=5).in_text(text)
    assert text[run.start : run.end] == "schools in the north lack teachers, who speak"
    assert run.other == 1
    assert run.other_start == 0
    assert run.words == 8


def test_a_run_that_is_too_short_is_none():
    assert list(Runs([OTHER], least=9).in_text("schools in the north lack teachers who speak")) == []


@pytest.mark.alone
def test_time_grows_with_the_number_of_texts_even_where_all_begin_alike():
    chosen = random.Random(1)  # noqa: S311 - words to fill texts with
    words = [f"w{i}" for i in range(2000)]

    def seconds(count):
        texts = ["the evaluation found that " + " ".join(chosen.choices(words, k=20)) for _ in range(count)]
        begun = time.process_time()
        near_duplicates(texts)
        return time.process_time() - begun

    seconds(500)
    assert seconds(8000) < 30 * max(seconds(1000), 0.005)
