"""The scorer counts what the labels' description says, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

scoring = pytest.importorskip("scoring", reason="needs the tools folder of the repository")


def statement(kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, **more}


def record(*statements: dict[str, Any], ratings: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"evaluations": [{"statements": statements, "ratings": ratings}]}


def labels(kind: str = "evaluation report", **lists: Any) -> dict[str, Any]:
    return {"kind": kind, "evaluations": [lists]}


WORDS = "Harbours should share their tide tables with the fishing fleet"


@pytest.mark.parametrize(
    "text",
    [
        WORDS + " before each season.",
        "Recommendation 4 (high priority): " + WORDS,
        "HARBOURS should share their tide-\ntables with the fishing fleet",
        "Harbours should share their tide tables, with a different end",
    ],
)
def test_a_statement_that_begins_with_the_label_is_a_hit(text: str) -> None:
    assert scoring.begins_with(WORDS, text)


@pytest.mark.parametrize(
    "text",
    ["", "Harbours should not share tide tables", "It was said more than once, in every harbour that the evaluation visited: " + WORDS],
)
def test_other_words_are_no_hit(text: str) -> None:
    assert not scoring.begins_with(WORDS, text)


def test_a_short_label_must_be_nearly_all_of_the_statement() -> None:
    assert scoring.begins_with("Partly.", "Partly.")
    assert scoring.begins_with("Partly.", "Partly, as the budget allows.")
    assert not scoring.begins_with("Partly.", "Partly " + WORDS + WORDS)


def test_one_statement_serves_one_label() -> None:
    twice = labels(findings=[{"starts": WORDS}, {"starts": WORDS}])
    assert scoring.score(twice, record(statement("finding", WORDS))).kinds["findings"] == scoring.Count(1, 2, 1)


def test_another_beginning_that_the_label_allows_is_right_too() -> None:
    wanted = labels(lessons=[{"starts": "Something else altogether stands here", "alt_starts": [WORDS]}])
    assert scoring.score(wanted, record(statement("lesson", WORDS))).kinds["lessons"].f1 == 1.0


def test_points_of_a_recommendation_do_not_count() -> None:
    found = record(statement("recommendation", WORDS), statement("recommendation", WORDS, parent="1.r1"))
    assert scoring.score(labels(recommendations=[{"starts": WORDS}]), found).kinds["recommendations"] == scoring.Count(1, 1, 1)


def test_a_paper_that_was_not_read_counts_as_nothing_found() -> None:
    read = scoring.score(labels(findings=[{"starts": WORDS}]), record(statement("finding", WORDS)))
    unread = scoring.score(labels(findings=[{"starts": WORDS}]), None)
    assert scoring.macro_f1([read, unread], "findings") == 0.5


def test_what_is_read_where_nothing_is_labelled_is_a_stray_and_in_a_trap_an_alarm_of_its_own() -> None:
    stray = scoring.score(labels(findings=[]), record(statement("finding", WORDS)))
    trap = scoring.score(labels("trap", findings=[]), record(statement("finding", WORDS), statement("finding", WORDS)))
    assert scoring.strays([stray, trap], "findings", trap=False) == (1, 1)
    assert scoring.strays([stray, trap], "findings", trap=True) == (2, 1)


def test_units_are_compared_as_sets_and_fields_as_printed_or_normalised() -> None:
    asked = {"starts": WORDS, "responsible": ["Port Office", "Tide Desk"], "priority": "High", "time": "by May"}
    said = statement("recommendation", WORDS, responsible=["Tide Desk", "Fleet Desk"], priority="high", as_printed={"time": "by May"})
    fields = scoring.score(labels(recommendations=[asked]), record(said)).fields
    assert fields["responsible"].share == 0.5
    assert fields["priority"].share == fields["time"].share == 1.0
    assert "resources" not in fields


def test_any_verdict_that_the_label_allows_is_right() -> None:
    wanted = labels(responses=[{"starts": WORDS, "verdicts": ["partially accepted", "none stated"]}])
    shares = [
        scoring.score(wanted, record(statement("response", WORDS, verdict=v))).fields["verdict"].right
        for v in ("partially_accepted", "unclear", "accepted")
    ]
    assert shares == [1, 1, 0]


def test_a_rating_needs_its_criterion_and_its_value() -> None:
    wanted = labels(ratings=[{"criterion": "Effectiveness of delivery", "value": "4"}])
    right = {"criterion": "effectiveness", "value": 4.0, "as_printed": "4"}
    for rating, hits in ((right, 1), ({**right, "as_printed": "3"}, 0), ({**right, "criterion": "impact"}, 0)):
        assert scoring.score(wanted, record(ratings=(rating,))).kinds["ratings"] == scoring.Count(hits, 1, 1)
