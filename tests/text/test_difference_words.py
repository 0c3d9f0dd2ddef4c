"""Two texts word by word: what is shown as changed, what is not, and that nothing of either text is lost."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltrail.text.difference.alignment import aligned, in_order
from evaltrail.text.difference.words import compared, likeness

PIECES = (
    *(
        "The Office",
        "should",
        "report",
        "63 per cent",
        "30 %",
        "1,200.50",
        "1 200",
        "1\u00a0200",
        "co-operation",
        "cooperation",
        "re-",
        "-",
    ),
    *("“so”", '"so"', "staff’s", "staff's", "—", "–", "…", "...", ".", "?", "\n", "\u00ad", "\u200b", "e\u0301", "é", "ﬁnding", "finding"),
    *("评估", "مرحبا", " ", "\u00a0", "(a)", "2014–2019", "U.S.", "a", "b"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).flatmap(lambda p: st.sampled_from([" ".join(p), "".join(p)]))


def shown(old: str, new: str) -> str:
    """The difference with removed words in [-…-] and added ones in {+…+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[s.how].format(s.text) for s in compared(old, new).stretches)


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("The rate is 63 per cent.", "The rate is 30 per cent.", "The rate is [-63-]{+30+} per cent."),
        ("It cost US$1,200.50 in all.", "It cost US$1,300.50 in all.", "It cost US$[-1,200.50-]{+1,300.50+} in all."),
        ("5 of 12 sites", "7 of 15 sites", "[-5-]{+7+} of [-12-]{+15+} sites"),
        ("It is very good.", "It is good.", "It is [-very -]good."),
        ("It is good enough", "It is good", "It is good[- enough-]"),
        ("It is good", "It is good enough", "It is good{+ enough+}"),
        ("Rejected.", "Accepted.", "[-Rejected-]{+Accepted+}."),
        (
            "US$ 12 (2014–2019) of which 45",
            "US$ 13 (2014–2020) of which 47",
            "US$ [-12-]{+13+} (2014–[-2019-]{+2020+}) of which [-45-]{+47+}",
        ),
        ("by June 2026 at the latest", "by June 2027 at the latest", "by June [-2026-]{+2027+} at the latest"),
        ("", "all new", "{+all new+}"),
    ],
)
def test_a_change_is_shown_as_small_as_it_is(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_sentence_that_was_put_in_is_shown_whole() -> None:
    old = "Draw up one plan for ports. Hand over works only with an agreement."
    new = "Draw up one plan for ports. Merge the training of seafarers in one unit. Hand over works only with an agreement."
    assert shown(old, new) == (
        "Draw up one plan for ports. {+Merge the training of seafarers in one unit. +}Hand over works only with an agreement."
    )


def test_a_sentence_written_anew_is_not_patched_together_of_stray_words() -> None:
    old = "The plan is sound. The Office should draw up a plan for the harbours of the north by 2024, and report on it to the Council."
    new = "The plan is sound. Management will, before the next session of the Assembly, prepare a strategy and report on it."
    found = compared(old, new).stretches
    assert [s.how for s in found] == ["same", "removed", "added"]
    assert found[0].text.strip() == "The plan is sound."


def test_a_stray_word_between_two_changes_goes_with_them() -> None:
    old = "Before this the plan named one two three the four five six and nothing more."
    new = "Before this the plan named uno dos tres the cuatro cinco seis and nothing more."
    assert shown(old, new) == (
        "Before this the plan named [-one two three the four five six-]{+uno dos tres the cuatro cinco seis+} and nothing more."
    )


@pytest.mark.parametrize(
    "old, new",
    [
        ("the Office’s “plan”", 'the Office\'s "plan"'),
        ("2014–2019 — a period", "2014-2019 - a period"),
        ("1\u00a0200 sites", "1 200 sites"),
        ("63 % of sites", "63% of sites"),
        ("co-operation in the field", "cooperation in the field"),
        ("pro\u00adgramme", "programme"),
        ("two  words\nand more", "two words and more"),
        ("ﬁndings", "findings"),
        ("e\u0301valuation", "évaluation"),
        ("and so on…", "and so on..."),
    ],
)
def test_typography_is_no_change_and_is_told(old: str, new: str) -> None:
    found = compared(old, new)
    assert not found.changed
    assert found.typographic


@pytest.mark.parametrize(
    "old, new",
    [("now here", "nowhere"), ("-5 degrees", "5 degrees"), ("2014-19", "201419"), ("the office", "the Office"), ("12 a", "1 2a")],
)
def test_what_says_something_else_is_a_change_though_the_letters_are_the_same(old: str, new: str) -> None:
    assert compared(old, new).changed


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    found = compared(old, new).stretches
    assert "".join(s.text if s.was is None else s.was for s in found if s.how != "added") == old
    assert "".join(s.text for s in found if s.how != "removed") == new


@given(TEXTS, TEXTS)
def test_whether_anything_changed_does_not_depend_on_which_is_the_older(old: str, new: str) -> None:
    assert compared(old, new).changed == compared(new, old).changed
    assert likeness(old, new) == likeness(new, old)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    found = compared(text, text)
    assert not found.changed
    assert not found.typographic


@given(st.lists(st.integers(0, 5), max_size=40), st.lists(st.integers(0, 5), max_size=40))
def test_an_alignment_pairs_equal_things_in_order(old: list[int], new: list[int]) -> None:
    pairs = aligned(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


@given(st.permutations(range(12)))
def test_the_longest_run_in_order_is_found(numbers: list[int]) -> None:
    kept = [numbers[n] for n in in_order(numbers)]
    assert kept == sorted(kept)
    best: list[int] = []
    for i, x in enumerate(numbers):
        best.append(1 + max((best[k] for k in range(i) if numbers[k] < x), default=0))
    assert len(kept) == max(best)


@pytest.mark.parametrize(
    "old, new",
    [
        ("x " * 60_000, "x " * 45_000 + "y"),
        ("a b " * 30_000, "b a " * 30_000),
        (" ".join(str(n * n % 997) for n in range(40_000)), " ".join(str(n * n * n % 991) for n in range(40_000))),
    ],
)
def test_the_time_goes_with_the_length_whatever_the_words(old: str, new: str) -> None:
    began = process_time()
    compared(old, new)
    # Under half a second here; with the square of the length it would be minutes.
    assert process_time() - began < 8
