"""What changed since the last report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaltrail.measure.follow_up import ActionFacts, RecommendationFacts, changed, figure, shipped

THEN, NOW = date(2025, 12, 31), date(2026, 6, 30)


def rows(*actions: ActionFacts) -> list[RecommendationFacts]:
    return [RecommendationFacts("r", "e", actions=actions)]


OLD = figure(
    shipped().get("overdue"),
    rows(ActionFacts("1", due=date(2025, 6, 1)), ActionFacts("2", due=date(2026, 1, 31)), ActionFacts("3", due=NOW)),
    THEN,
)
NEW = figure(
    shipped().get("overdue"),
    rows(
        ActionFacts("1", due=date(2025, 6, 1), claimed=NOW, claimed_meaning="done"),
        ActionFacts("2", due=date(2026, 1, 31)),
        ActionFacts("3", due=NOW),
        ActionFacts("4", due=date(2026, 3, 1)),
    ),
    NOW,
)


def test_each_key_that_came_and_went_is_named() -> None:
    [found] = changed([OLD], [NEW])
    assert (found.into_denominator, found.out_of_denominator) == (("4",), ("1",))
    assert (found.into_numerator, found.out_of_numerator) == (("2", "4"), ("1",))
    assert found.difference == pytest.approx(2 / 3 - 1 / 3)


def test_values_by_two_versions_are_not_subtracted() -> None:
    [found] = changed([OLD], [replace(NEW, version=2)])
    assert found.difference is None
    assert found.not_compared == "version 1 and version 2 of the definition do not count the same"
    assert found.into_denominator == ("4",)


def test_values_with_other_settings_are_not_subtracted() -> None:
    [found] = changed([replace(OLD, settings=(("long_overdue", 90),))], [replace(NEW, settings=(("long_overdue", 180),))])
    assert found.not_compared == "other numbers were set where the definition leaves some open"


def test_a_figure_that_could_not_be_given_says_so_in_the_comparison() -> None:
    unknown = figure(shipped().get("overdue"), rows(ActionFacts("1")), NOW)
    [found] = changed([OLD], [unknown])
    assert found.not_compared == "there is no figure now: not known of 1 of 1 actions: due (1), and the definition allows 10 per cent"
    assert found.newly_missing == (("1", "due"),)
    [back] = changed([unknown], [NEW])
    assert back.no_longer_missing == (("1", "due"),)


def test_figures_that_only_one_report_has_are_listed() -> None:
    other = replace(OLD, definition="other")
    assert [(c.definition, c.not_compared) for c in changed([other], [NEW])] == [
        ("overdue", "the last report did not have it"),
        ("other", "this report does not have it"),
    ]
