"""The general figures, each against a handful of rows."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.measure.follow_up import ActionFacts, Period, RecommendationFacts, by, figure, shipped

DAY = date(2026, 6, 30)
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def value(name: str, rows: list[RecommendationFacts], period: Period | None = None) -> float | None:
    return figure(shipped().get(name), rows, DAY, period).value


def of(*actions: ActionFacts) -> list[RecommendationFacts]:
    return [RecommendationFacts("r", "e", responded=MAY, verdict="accepted", actions=actions)]


def answered(key: str, verdict: str, **more) -> RecommendationFacts:
    return RecommendationFacts(key, "e", responded=MAY, verdict=verdict, **more)


ANSWERS = [
    answered("1", "accepted"),
    answered("2", "partially_accepted"),
    answered("3", "rejected"),
    answered("4", "noted"),
    RecommendationFacts("5", "e"),
]


@pytest.mark.parametrize(
    "name, share",
    [
        ("acceptance", 1 / 4),
        ("acceptance-with-partial", 2 / 4),
        ("acceptance-of-all-issued", 2 / 5),
    ],
)
def test_acceptance_depends_on_what_counts_and_out_of_what(name: str, share: float) -> None:
    assert value(name, ANSWERS) == share


ACTIONS = (
    ActionFacts("1", claimed=MAY, claimed_meaning="done", verified=JUNE, verified_meaning="done"),
    ActionFacts("2", claimed=MAY, claimed_meaning="done", verified=JUNE, verified_meaning="partial"),
    ActionFacts("3", claimed=MAY, claimed_meaning="partial", verified=JUNE, verified_meaning="partial"),
    ActionFacts("4"),
    ActionFacts("5", claimed=MAY, claimed_meaning="done", dropped=JUNE, drop_meaning="no_longer_applicable"),
)


def test_what_units_report_is_told_apart_from_what_was_verified() -> None:
    assert value("implementation-claimed", of(*ACTIONS)) == 2 / 4
    assert value("implementation-verified", of(*ACTIONS)) == 1 / 4


def test_the_share_reported_further_than_found_looks_at_actions_with_both() -> None:
    assert value("claimed-above-verified", of(*ACTIONS)) == 1 / 3


def test_the_gap_leaves_out_actions_without_shares_and_says_how_many() -> None:
    rows = of(
        ActionFacts("1", claimed=MAY, claimed_share=1.0, verified=JUNE, verified_share=0.5),
        ActionFacts("2", claimed=MAY, claimed_share=0.8, verified=JUNE, verified_share=0.7),
        ActionFacts("3", claimed=MAY, claimed_meaning="done", verified=JUNE, verified_meaning="partial"),
    )
    gap = figure(shipped().get("gap-claimed-verified"), rows, DAY)
    assert gap.value == pytest.approx((0.5 + 0.1) / 2)
    assert gap.left_out == 1
    assert gap.missing == (("3", "claimed_share"), ("3", "verified_share"))


def test_an_accepted_recommendation_is_implemented_when_all_its_actions_are() -> None:
    finished = ActionFacts("a", claimed=MAY, claimed_meaning="done")
    given_up = ActionFacts("b", dropped=MAY, drop_meaning="superseded")
    rows = [
        answered("all", "accepted", actions=(finished, given_up)),
        answered("only given up", "accepted", actions=(given_up,)),
        answered("half", "partially_accepted", actions=(finished, ActionFacts("c"))),
        answered("no action", "accepted"),
        answered("rejected", "rejected", actions=(finished,)),
    ]
    assert value("implementation-of-accepted", rows) == 1 / 4


def test_a_date_that_was_moved_shows_between_the_two_figures_of_time() -> None:
    rows = of(
        ActionFacts("kept", first_due=JUNE, due=JUNE, claimed=JUNE, claimed_meaning="done"),
        ActionFacts("moved", first_due=MAY, due=JUNE, claimed=JUNE, claimed_meaning="done"),
        ActionFacts("moved away", first_due=MAY, due=JULY),
        ActionFacts("begun", first_due=MAY, due=JUNE, claimed=MAY, claimed_meaning="partial"),
    )
    assert value("on-time-first", rows) == 1 / 4
    assert value("on-time-current", rows) == 2 / 3


def test_an_action_is_overdue_on_the_day_after_and_not_on_its_last_day() -> None:
    rows = of(
        ActionFacts("last day", due=DAY),
        ActionFacts("day after", due=date(2026, 6, 29)),
        ActionFacts("done", due=MAY, claimed=JUNE, claimed_meaning="done"),
    )
    assert value("overdue", rows) == 1 / 2


def test_when_late_becomes_long_overdue_can_be_set() -> None:
    rows = of(ActionFacts("1", due=date(2026, 1, 1)), ActionFacts("2", due=JUNE))  # 180 and 29 days
    of_its_own = figure(shipped().get("long-overdue"), rows, DAY)
    assert (of_its_own.value, of_its_own.settings) == (0, (("long_overdue", 180),))
    assert figure(shipped().get("long-overdue"), rows, DAY, settings={"long_overdue": 179}).value == 1 / 2


def test_a_moved_date_shows_against_the_first_and_not_against_the_current() -> None:
    rows = of(
        ActionFacts("moved", first_due=date(2025, 1, 1), due=JULY),
        ActionFacts("moved and past", first_due=date(2025, 1, 1), due=JUNE),
        ActionFacts("done", first_due=date(2026, 5, 1), due=date(2026, 5, 21), claimed=date(2026, 5, 31), claimed_meaning="done"),
    )
    assert (value("overdue-first", rows), value("overdue", rows)) == (1, 1 / 2)
    assert (value("long-overdue-first", rows), value("long-overdue", rows)) == (1, 0)
    assert (value("mean-delay", rows), value("mean-delay-current", rows)) == (30, 10)


def test_by_reason_an_action_counts_once_under_the_last_that_was_granted() -> None:
    rows = of(
        ActionFacts("twice", due=MAY, later_asked=JUNE, extended=MAY, extension_reason="money"),
        ActionFacts("refused", due=JULY, later_asked=MAY),
        ActionFacts("never", due=MAY),
        ActionFacts("later", due=MAY, extended=JULY, extension_reason="staff"),
    )
    found = by(shipped().get("overdue"), rows, DAY, "reason")
    assert {group: (f.numerator_keys, f.denominator_keys) for group, f in found.items()} == {
        "asked, not granted": ((), ("refused",)),
        "money": (("twice",), ("twice",)),
        "no extension": (("never",), ("never",)),
        # A later date that was granted after the day of the figure hides what was granted before.
        None: (("later",), ("later",)),
    }


def test_what_does_not_count_actions_alone_has_no_breakdown_by_reason() -> None:
    with pytest.raises(ValueError, match=r"^acceptance@1 counts recommendations, and only the date of an action is moved for a reason$"):
        by(shipped().get("acceptance"), [], DAY, "reason")


def test_mean_and_median_delay_differ_where_one_action_is_very_late() -> None:
    rows = of(
        ActionFacts("1", first_due=date(2026, 1, 1), claimed=date(2026, 1, 11), claimed_meaning="done"),  # 10
        ActionFacts("2", first_due=date(2026, 1, 1), claimed=date(2025, 12, 31), claimed_meaning="done"),  # -1
        ActionFacts("3", first_due=date(2024, 1, 1), claimed=date(2026, 1, 1), claimed_meaning="done"),  # 731
        ActionFacts("open", first_due=MAY),
    )
    assert value("mean-delay", rows) == pytest.approx((10 - 1 + 731) / 3)
    assert value("median-delay", rows) == 10


def test_a_late_answer_is_never_in_time() -> None:
    rows = [
        RecommendationFacts("in time", "e", response_due=MAY, responded=MAY),
        RecommendationFacts("late", "e", response_due=MAY, responded=JUNE),
        RecommendationFacts("none", "e", response_due=MAY),
        RecommendationFacts("not due", "e", response_due=JULY),
    ]
    assert value("answered-in-time", rows) == 1 / 3


def test_the_share_after_four_years_looks_at_the_year_four_years_before() -> None:
    finished = ActionFacts("a", verified=date(2025, 12, 31), verified_meaning="done")
    afterwards = ActionFacts("b", verified=date(2026, 1, 1), verified_meaning="done")
    rows = [
        RecommendationFacts("in time", "e", issued=date(2021, 1, 1), actions=(finished,)),
        RecommendationFacts("too late", "e", issued=date(2021, 12, 31), actions=(afterwards,)),
        RecommendationFacts("other year", "e", issued=date(2022, 1, 1), actions=(finished,)),
    ]
    assert value("implemented-after-four-years", rows, Period.of_year(2025)) == 1 / 2


def test_the_share_at_least_substantial_goes_by_the_action_that_is_least_done() -> None:
    def looked_at(*meanings: str) -> tuple[ActionFacts, ...]:
        return tuple(ActionFacts(f"a{n}", verified=MAY, verified_meaning=m) for n, m in enumerate(meanings))

    start = date(2022, 6, 30)
    rows = [
        answered("1", "accepted", issued=start, actions=looked_at("done", "substantial")),
        answered("2", "accepted", issued=start, actions=looked_at("done", "partial")),
        answered("too young", "accepted", issued=JULY.replace(year=2022), actions=looked_at("partial")),
    ]
    assert value("substantial-after-four-years", rows) == 1 / 2


def test_an_action_that_was_found_done_is_not_overdue_though_nobody_reported_it() -> None:
    rows = of(ActionFacts("found done", due=MAY, verified=JUNE, verified_meaning="done"), ActionFacts("open", due=MAY))
    assert figure(shipped().get("overdue"), rows, DAY).denominator_keys == ("open",)


def test_up_to_a_tenth_may_be_unknown_in_the_general_figures() -> None:
    known = [ActionFacts(f"{n}", due=MAY) for n in range(9)]
    told = figure(shipped().get("overdue"), of(*known, ActionFacts("unknown")), DAY)
    assert (told.value, told.left_out, told.missing) == (1, 1, (("unknown", "due"),))
    assert figure(shipped().get("overdue"), of(*known[1:], ActionFacts("unknown")), DAY).abstained == (
        "not known of 1 of 9 actions: due (1), and the definition allows 10 per cent"
    )
