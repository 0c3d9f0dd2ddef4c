"""What is known about recommendations, and what can be told about their evaluations from them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from evaltrail.measure.follow_up import ActionFacts, EvaluationFacts, RecommendationFacts, evaluations_of


def test_a_row_cannot_be_changed_once_it_is_made() -> None:
    row = ActionFacts("a")
    with pytest.raises(FrozenInstanceError):
        row.due = date(2026, 1, 1)


def test_an_evaluation_is_answered_on_the_day_of_its_last_answer() -> None:
    rows = [
        RecommendationFacts("r1", "e", responded=date(2026, 3, 1), country=("KE",), year=2026, quality=0.8),
        RecommendationFacts("r2", "e", responded=date(2026, 4, 1), country=("UG",), year=2026, quality=0.8),
    ]
    assert evaluations_of(rows) == (EvaluationFacts("e", country=("KE", "UG"), year=2026, responded=date(2026, 4, 1), quality=0.8),)


def test_an_evaluation_with_one_open_answer_is_not_answered() -> None:
    rows = [RecommendationFacts("r1", "e", responded=date(2026, 3, 1)), RecommendationFacts("r2", "e")]
    assert evaluations_of(rows)[0].responded is None


def test_what_recommendations_of_an_evaluation_disagree_on_is_not_known_of_it() -> None:
    rows = [RecommendationFacts("r1", "e", unit="A", year=2025), RecommendationFacts("r2", "e", unit="B", year=2025)]
    assert (evaluations_of(rows)[0].unit, evaluations_of(rows)[0].year) == (None, 2025)
