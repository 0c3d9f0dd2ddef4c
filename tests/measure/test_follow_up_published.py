"""Figures by the published definitions, each against an example worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evaltrail.measure.follow_up import (
    ActionFacts,
    EvaluationFacts,
    FollowUp,
    Period,
    RecommendationFacts,
    figure,
    shipped,
)

DAY = date(2026, 6, 30)


def done(key: str, on: date, **more) -> ActionFacts:
    return ActionFacts(key, claimed=on, claimed_meaning="done", **more)


def verified(key: str, meaning: str, **more) -> ActionFacts:
    return ActionFacts(key, verified=date(2026, 1, 31), verified_meaning=meaning, **more)


def test_undps_own_example_of_evaluations_with_a_response() -> None:
    # 1924 reports, 122 waiting within the six weeks, 89 overdue by more: 1 - 89 / (1924 - 122) = 95.06 per cent.
    long_ago, lately = DAY - timedelta(weeks=20), DAY - timedelta(weeks=2)
    rows = [EvaluationFacts(f"e{n}", completed=long_ago, responded=lately) for n in range(1924 - 122 - 89)]
    rows += [EvaluationFacts(f"w{n}", completed=lately) for n in range(122)]
    rows += [EvaluationFacts(f"o{n}", completed=long_ago) for n in range(89)]
    whole = figure(shipped().get("undp-evaluation-management@2"), FollowUp(evaluations=tuple(rows)), DAY, settings={"long_overdue": 365})
    response = whole.parts[1].parts[0]
    assert response.definition == "undp-evaluation-management/management response/evaluations with a response"
    assert (len(response.denominator_keys), len(response.numerator_keys)) == (1802, 1713)
    assert round(response.value, 4) == 0.9506


def test_undps_own_example_of_planning() -> None:
    # 2176 evaluations, 63 of them overdue: 2113 / 2176 = 97 per cent.
    rows = [EvaluationFacts(f"e{n}", planned=date(2026, 3, 1), completed=date(2026, 5, 1)) for n in range(2113)]
    rows += [EvaluationFacts(f"o{n}", planned=date(2026, 3, 1)) for n in range(63)]
    whole = figure(shipped().get("undp-evaluation-management@2"), FollowUp(evaluations=tuple(rows)), DAY, settings={"long_overdue": 365})
    assert whole.parts[0].value == 2113 / 2176
    assert round(whole.parts[0].value, 2) == 0.97


def undp() -> FollowUp:
    evaluations = (
        # Completed and answered, highly satisfactory.
        EvaluationFacts("e1", planned=date(2025, 6, 1), completed=date(2025, 6, 1), responded=date(2025, 9, 1), quality=1.0),
        # Completed long ago and never answered, satisfactory.
        EvaluationFacts("e2", planned=date(2025, 6, 1), completed=date(2025, 8, 1), quality=0.9),
        # Completed three weeks ago, so still within the six weeks; not rated.
        EvaluationFacts("e3", planned=date(2026, 6, 1), completed=date(2026, 6, 9)),
        # Overdue.
        EvaluationFacts("e4", planned=date(2026, 5, 1)),
        # Completed in 2023 and answered, unsatisfactory.
        EvaluationFacts("e5", planned=date(2023, 5, 1), completed=date(2023, 5, 1), responded=date(2023, 6, 1), quality=0.6),
    )
    actions = (
        done("a1", date(2026, 1, 5), due=date(2025, 12, 31)),
        ActionFacts("a2", due=date(2026, 12, 31)),
        ActionFacts("a3", due=date(2026, 6, 1)),
        ActionFacts("a4", due=date(2025, 1, 1)),
        ActionFacts("a5", due=date(2025, 1, 1), dropped=date(2025, 2, 1)),
    )
    return FollowUp((RecommendationFacts("r1", "e1", actions=actions),), evaluations)


def test_undps_score_in_its_first_version() -> None:
    score = figure(shipped().get("undp-evaluation-management@1"), undp(), DAY, settings={"long_overdue": 365})
    planning = 4 / 5  # e4 is overdue
    response = 0.5 * (3 / 4) + 0.25 * (3 / 5) + 0.25 * (4 / 5)  # e2 of e1, e2, e3, e5; a3 and a4 of five; a4 of five
    quality = (1.0 + 0.9 + 0.6) / 3  # e3 has no score
    assert [p.value for p in score.parts] == pytest.approx([planning, response, quality])
    assert score.value == pytest.approx(0.3 * planning + 0.3 * response + 0.4 * quality)  # 0.24 + 0.2175 + 0.3333 = 0.7908
    assert round(score.value, 4) == 0.7908
    assert score.band == "yellow"
    assert score.left_out == 1


def test_undps_score_in_its_second_version() -> None:
    score = figure(shipped().get("undp-evaluation-management@2"), undp(), DAY, settings={"long_overdue": 365})
    response = 0.5 * (2 / 3) + 0.25 * (3 / 5) + 0.25 * (4 / 5)  # e3 is taken out: e2 of e1, e2, e5
    quality = (1.0 + 0.9) / 2  # 2024 to 2026, so without e5
    assert score.value == pytest.approx(0.3 * (4 / 5) + 0.3 * response + 0.4 * quality)  # 0.24 + 0.205 + 0.38
    assert round(score.value, 4) == 0.825
    assert score.band == "yellow"


def test_undps_score_with_the_published_weights() -> None:
    score = figure(shipped().get("undp-evaluation-management@3"), undp(), DAY, settings={"long_overdue": 365})
    response = 0.5 * (2 / 3) + 0.25 * (3 / 5) + 0.25 * (4 / 5)
    assert score.value == pytest.approx(0.3 * (4 / 5) + 0.4 * response + 0.3 * 0.95)  # 0.24 + 0.2733 + 0.285
    assert round(score.value, 4) == 0.7983
    assert score.band is None


def test_undps_score_is_not_given_as_long_as_long_overdue_is_open() -> None:
    score = figure(shipped().get("undp-evaluation-management@2"), undp(), DAY)
    assert score.value is None
    assert score.abstained == (
        "its part “management response” has no figure: its part “actions not long overdue” has no figure: the definition leaves open what "
        "long_overdue (the number of days after which an overdue action is long overdue) is; set it"
    )


def test_wfps_closure_rate() -> None:
    actions = (
        done("on time", date(2025, 5, 1), due=date(2025, 6, 1)),
        done("late in the year", date(2025, 12, 31), due=date(2025, 6, 1)),
        done("after the year", date(2026, 1, 1), due=date(2025, 6, 1)),
        done("before the year", date(2024, 12, 31), due=date(2025, 1, 1)),
        ActionFacts("open", due=date(2025, 12, 31)),
        done("due in another year", date(2025, 5, 1), due=date(2026, 1, 1)),
    )
    rate = figure(shipped().get("wfp-action-closure"), [RecommendationFacts("r", "e", actions=actions)], DAY, Period.of_year(2025))
    assert rate.numerator_keys == ("on time", "late in the year")
    assert rate.value == 2 / 5


def test_wfps_closure_rate_wants_a_year() -> None:
    assert figure(shipped().get("wfp-action-closure"), [], DAY).abstained == "it looks at a period, and none was given"


def afdb() -> list[RecommendationFacts]:
    past, later = date(2025, 12, 31), date(2026, 12, 31)
    return [
        RecommendationFacts("done", "e", alignment="high", actions=(verified("a1", "done", due=past), verified("a2", "done", due=past))),
        RecommendationFacts("half", "e", alignment="high", actions=(verified("a3", "done", due=past), verified("a4", "partial", due=past))),
        RecommendationFacts("low", "e", alignment="substantial", actions=(verified("a5", "done", due=past),)),
        RecommendationFacts("not all due", "e", alignment="high", actions=(verified("a6", "done", due=past), ActionFacts("a7", due=later))),
        RecommendationFacts("no plan", "e"),
    ]


def test_afdbs_share_of_action_plans_implemented() -> None:
    share = figure(shipped().get("afdb-implementation"), afdb(), DAY)
    assert share.denominator_keys == ("done", "half", "low")
    assert share.value == 2 / 3


def test_afdbs_share_of_action_plans_highly_aligned() -> None:
    assert figure(shipped().get("afdb-alignment"), afdb(), DAY).numerator_keys == ("done", "half")


def test_afdbs_mean_delay() -> None:
    # 730 days late, 4 days early, 31 days late: (730 - 4 + 31) / 3 = 252 1/3 days.
    actions = (
        verified("a1", "done", due=date(2023, 6, 1), claimed=date(2025, 5, 31), claimed_meaning="done"),
        verified("a2", "done", due=date(2025, 6, 5), claimed=date(2025, 6, 1), claimed_meaning="done"),
        verified("a3", "done", due=date(2025, 7, 1), claimed=date(2025, 8, 1), claimed_meaning="done"),
        verified("a4", "partial", due=date(2020, 7, 1), claimed=date(2025, 8, 1), claimed_meaning="done"),
    )
    delay = figure(shipped().get("afdb-delay"), [RecommendationFacts("r", "e", actions=actions)], DAY)
    assert delay.in_days
    assert delay.value == pytest.approx((730 - 4 + 31) / 3)


def test_the_world_banks_share_of_2008() -> None:
    lately, before = date(2024, 6, 30), date(2023, 6, 30)
    rows = [
        RecommendationFacts("high", "e", issued=lately, verdict="accepted", actions=(verified("a1", "done"),)),
        RecommendationFacts("substantial", "e", issued=lately, verdict="accepted", actions=(verified("a2", "substantial"),)),
        RecommendationFacts("medium", "e", issued=lately, verdict="accepted", actions=(verified("a3", "partial"),)),
        RecommendationFacts("rejected", "e", issued=lately, verdict="rejected"),
        RecommendationFacts("too old", "e", issued=before, verdict="accepted", actions=(verified("a4", "partial"),)),
    ]
    assert figure(shipped().get("world-bank-adoption@1"), rows, DAY).value == 2 / 3


def test_the_world_banks_share_of_2018() -> None:
    start = date(2022, 6, 30)
    rows = [
        RecommendationFacts("complete", "e", issued=start, verdict="accepted", actions=(verified("a1", "done"),)),
        RecommendationFacts("high", "e", issued=start, verdict="accepted", actions=(verified("a2", "substantial", verified_share=0.9),)),
        RecommendationFacts(
            "substantial", "e", issued=start, verdict="accepted", actions=(verified("a3", "substantial", verified_share=0.6),)
        ),
        RecommendationFacts("early", "e", issued=DAY, retired=DAY, verdict="accepted", actions=(verified("a4", "done"),)),
        RecommendationFacts("third year", "e", issued=date(2022, 7, 1), verdict="accepted", actions=(verified("a5", "partial"),)),
    ]
    share = figure(shipped().get("world-bank-adoption@2"), rows, DAY)
    assert share.numerator_keys == ("complete", "high", "early")
    assert share.value == 3 / 4
