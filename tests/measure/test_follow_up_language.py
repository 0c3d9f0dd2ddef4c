"""The language of definitions: every form, what is not known in it, and what is said of a line that is of no form."""

from __future__ import annotations

import re
from datetime import date

import pytest

from evaltrail.measure.follow_up import ActionFacts, EvaluationFacts, RecommendationFacts
from evaltrail.measure.follow_up.conditions import Maker
from evaltrail.measure.follow_up.language import Reader

DAY = date(2026, 6, 30)
ANCHORS = {"as_of": DAY, "year_first": date(2026, 1, 1), "period_first": date(2025, 1, 1), "period_last": date(2025, 12, 31)}
MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)

ACTION = ActionFacts("a", unit="Finance", due=MAY, claimed=MAY, claimed_meaning="partial", claimed_share=0.5, delay_reason="money")
REC = RecommendationFacts(
    "r", "e", issued=MAY, theme=("water", "rights"), verdict="accepted", responded=MAY, quality=0.8, actions=(ACTION,)
)


def holds(condition: object, row: object, action: ActionFacts | None = None) -> bool | None:
    unit = "action" if action else "evaluation" if isinstance(row, EvaluationFacts) else "recommendation"
    return Maker(unit, ANCHORS, {"late": 30}).made(Reader(unit, frozenset({"late"})).condition(condition)).test(row, action)


@pytest.mark.parametrize(
    "condition, met",
    [
        ("due < as_of", True),
        ("due + 60 days < as_of", False),
        ("due + 8 weeks <= as_of", True),
        ("due + 2 months > as_of", True),
        ("due + 1 year >= 2027-05-01", True),
        ("due + late days < as_of", True),
        ("as_of - late days > due", True),
        ("due >= year_first", True),
        ("due > period_last + 4 months", True),
        ("claimed = due", True),
        ("claimed_share >= 0.5", True),
        ("claimed_meaning is open or partial", True),
        ("claimed_meaning at least substantial", False),
        ("claimed_meaning below done", True),
        ("claimed happened", True),
        ("verified happened", False),
        ("verified_meaning is done", False),
        ("delay_reason is known", True),
        ("first_due is known", False),
        ("unit is Finance or Human resources", True),
        ("recommendation.verdict is accepted", True),
        ("first_due < as_of", None),
        ({"not": "first_due < as_of"}, None),
        ({"all": ["first_due < as_of", "due > as_of"]}, False),
        ({"all": ["first_due < as_of", "due < as_of"]}, None),
        ({"any": ["first_due < as_of", "due < as_of"]}, True),
        ({"any": ["first_due < as_of", "due > as_of"]}, None),
    ],
)
def test_conditions_on_actions(condition: object, met: object) -> None:
    assert holds(condition, REC, ACTION) is met


@pytest.mark.parametrize(
    "condition, met",
    [
        ("theme includes rights or peace", True),
        ("country includes KE", None),
        ("quality > 0.75", True),
        ("has actions", True),
        ({"every_action": "due < as_of"}, True),
        ({"some_action": "claimed_meaning is done"}, False),
        ({"every_action": "first_due < as_of"}, None),
    ],
)
def test_conditions_on_recommendations(condition: object, met: object) -> None:
    assert holds(condition, REC) is met


@pytest.mark.parametrize("how", ["every_action", "some_action"])
def test_without_actions_neither_form_is_met(how: str) -> None:
    assert holds({how: "due < as_of"}, RecommendationFacts("r", "e")) is False


def test_conditions_on_evaluations() -> None:
    assert holds("completed + 6 weeks < as_of", EvaluationFacts("e", completed=MAY)) is True
    assert holds("completed happened", EvaluationFacts("e", completed=JULY)) is False


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    row = ActionFacts("a", due=date(2026, 1, 31))
    assert holds("due + 1 month = 2026-02-28", REC, row) is True


def test_the_verdict_of_an_answer_after_the_day_is_not_there_yet() -> None:
    assert holds("verdict is accepted", RecommendationFacts("r", "e", responded=JULY, verdict="accepted")) is False


@pytest.mark.parametrize(
    "line, words",
    [
        ("due soon", "“due soon” is no condition; the forms are due + 6 weeks < as_of; verdict is accepted"),
        ("dew < as_of", "“dew < as_of”: an action has no field dew; is due meant?"),
        ("zzz happened", "“zzz happened”: an action has no field zzz; it has unit, first_due"),
        ("due < 3", "“due < 3” compares a day with a number"),
        ("as_of < 2026-01-01", "“as_of < 2026-01-01” names no field of an action"),
        ("due + soon days < as_of", "“due + soon days < as_of”: soon is no setting of this definition; there are late"),
        ("claimed_share + 3 days < 4", "only days can be moved by days"),
        ("claimed_meaning < 3", "“claimed_meaning < 3”: claimed_meaning is no day and no number; write “is”"),
        ("due is done", "“due is done”: due is compared with <, <=, >, >= or ="),
        ("unit includes Finance", "“unit includes Finance”: write “unit is …”"),
        ("unit at least partial", "“unit at least partial”: unit has no order"),
        ("claimed_meaning at least dropped", "dropped has no place in the order open, partial, substantial, done"),
        ("due happened", "“due happened”: due has no day on which it happened"),
        ("claimed is known", "“claimed is known”: claimed is something that happens; write “claimed happened”"),
        ("due < 2026-02-30", "“due < 2026-02-30”: there is no day 2026-02-30"),
        ("has actions", "“has actions” is said of a recommendation; here actions are counted"),
        ("claimed.due < as_of", "“claimed.due < as_of”: an action has no field claimed.due; is due meant?"),
        ({"every_action": "due < as_of"}, "“every_action” asks for the actions of a recommendation; here actions are counted"),
        ({"all": []}, "“all” holds a list of conditions, and at least one"),
        ({"none": ["due < as_of"]}, "“none” is no form of condition; there are all, any, not, every_action, some_action"),
        (7, "a condition is a line such as “due < as_of”, or a table"),
        ("__import__('os')", "is no condition; the forms are"),
    ],
)
def test_a_line_of_no_form_is_refused_with_the_remedy(line: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        Reader("action", frozenset({"late"})).condition(line)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "written, words",
    [
        ("due", "a value is a number (quality), or a difference of two days (claimed - due)"),
        ("claimed - claimed_share", "a value is a number"),
        ("claimed_meaning", "claimed_meaning is no day and no number"),
    ],
)
def test_a_value_of_no_form_is_refused(written: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        Reader("action").value(written)
