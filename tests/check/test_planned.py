"""What rules say of an action before anybody has begun with it, and the acts that a recommendation falls into."""

from __future__ import annotations

import pytest

from evaltrail.check.planned import said_of
from evaltrail.check.split import acts_of


@pytest.mark.parametrize(
    "action, specific, measurable",
    [
        ("Train twelve fitters in two courses", True, True),
        ("Issue a model agreement on upkeep", True, True),
        ("Strengthen coordination among partners", False, False),
        ("Improve the quality of the services provided to small ports", False, False),
        ("Make procedures more flexible", None, False),
        ("Hold consultations with the regional offices", None, None),
        ("Train the fitters and name one a site.", False, None),
        ("", None, None),
    ],
)
def test_an_action_is_said_to_be_specific_or_measurable_only_where_a_rule_can_tell(
    action: str,
    specific: bool | None,  # noqa: FBT001 - a parameter of the test
    measurable: bool | None,  # noqa: FBT001 - a parameter of the test
) -> None:
    said = {s.criterion: s.met for s in said_of(action, recommendation="Train the fitters and name one a site.")}
    assert (said.get("specific"), said.get("measurable")) == (specific, measurable)


def test_the_words_at_fault_are_quoted_and_the_action_itself_is_not() -> None:
    words = {s.criterion: s.words for s in said_of("Strengthen coordination among partners")}
    assert words == {"specific": ("strengthen",), "measurable": ("strengthen",)}


def test_a_recommendation_falls_into_its_acts() -> None:
    text = "Publish the results of the tests each year, and hire two inspectors for each district."
    assert acts_of(text) == ["Publish the results of the tests each year", "Hire two inspectors for each district"]
    assert len(acts_of("Review and amend the rules on how new wells are tested.")) == 1
    assert acts_of("The wells are many.") == []
