from __future__ import annotations

import datetime as dt

import pytest

from evaltrail.write import charts as c
from evaltrail.write.charts._colour import ALARM, INK, PAPER
from tests.write.charted import SVG, TODAY, rects, root, rows, texts

ROW = c.TimelineRow


def diamonds(chart: c.Chart, fill: str) -> int:
    """Drawn in the rows: those of the legend left out."""
    found = [el for el in root(chart).iter(f"{SVG}polygon") if el.get("fill") == fill and len(el.get("points", "").split()) == 4]
    return len(found) - 1 if found else 0


def test_a_due_date_is_a_filled_and_an_earlier_one_a_hollow_diamond() -> None:
    chart = c.timeline([ROW("A", "2026-09-30", earlier=("2025-04-30", "2025-12-01")), ROW("B", "2026-04-01")], TODAY)
    assert diamonds(chart, INK) == 2
    assert diamonds(chart, PAPER) == 2
    struck = [el.text for el in root(chart).iter(f"{SVG}text") if el.get("text-decoration") == "line-through"]
    assert sorted(struck) == ["1 Dec 2025", "30 Apr 2025"]


def test_time_past_counts_from_the_first_date_until_it_is_done_or_until_today() -> None:
    given = [
        ROW("Moved", "2026-09-30", earlier=("2025-04-30",)),
        ROW("Late", "2026-01-31"),
        ROW("Done late", "2025-09-01", done="2025-09-19"),
        ROW("Done", "2025-12-31", done=dt.date(2025, 12, 22)),
        ROW("To come", "2026-03"),
        ROW("Words", "in due course"),
        ROW("Nothing"),
    ]
    chart = c.timeline(given, TODAY)
    assert [(r[0], r[3], r[5]) for r in rows(chart.data)[1:]] == [
        ("Moved", "30 Sep 2026", "late, 305 days"),
        ("Late", "31 Jan 2026", "late, 29 days"),
        ("Done late", "1 Sep 2025", "done, 18 days late"),
        ("Done", "31 Dec 2025", "done in time"),
        ("To come", "Mar 2026", "due in 30 days"),
        ("Words", "in due course", ""),
        ("Nothing", "no date stated", ""),
    ]
    assert chart.picture.description == (
        "7 items. On 1 Mar 2026: late 2, done 2, due later 1, without a date 2. Longest past its first date: Moved, 305 days."
    )
    red = [el for el in root(chart).iter(f"{SVG}line") if el.get("stroke") == ALARM]
    assert len(red) == 3 + 1  # and the legend


@pytest.mark.parametrize("odd", ["2025-13", "2025-02-30", "0000", "9999-12-31", "25", "-", "2025-06-30T10:00"])
def test_a_date_that_does_not_exist_is_said_as_it_stands(odd: str) -> None:
    chart = c.timeline([ROW("A", odd)], TODAY)
    assert rows(chart.data)[1][3] in (odd, "31 Dec 9999")


def test_dates_centuries_apart_keep_a_readable_axis() -> None:
    chart = c.timeline([ROW("A", "1650"), ROW("B", "2300-01-01")], TODAY)
    years = [t for t in texts(chart) if t.isdigit() and len(t) == 4]
    assert 2 <= len(years) <= 12


def test_a_bar_runs_from_nought_to_the_actual_value_and_the_target_stands_across() -> None:
    chart = c.target_actual([c.TargetRow("Sites", 10, 40, 30, "sites")])
    bar = next(r for r in rects(chart, INK) if r[3] == 7)
    ring = next(el for el in root(chart).iter(f"{SVG}circle") if el.get("r") == "3.6")
    target = next(el for el in root(chart).iter(f"{SVG}line") if el.get("stroke-width") == "1.8" and float(el.get("y1", "0")) > 12)
    unit = bar[2] / 30
    assert float(target.get("x1", "0")) == pytest.approx(bar[0] + 40 * unit, abs=0.1)
    assert float(ring.get("cx", "0")) == pytest.approx(bar[0] + 10 * unit, abs=0.1)


def test_a_negative_value_runs_the_other_way_from_nought() -> None:
    chart = c.target_actual([c.TargetRow("Balance", 0, 100, -50)])
    bar = next(r for r in rects(chart, INK) if r[3] == 7)
    target = next(el for el in root(chart).iter(f"{SVG}line") if el.get("stroke-width") == "1.8" and float(el.get("y1", "0")) > 12)
    nought = bar[0] + bar[2]
    assert float(target.get("x1", "0")) - nought == pytest.approx(2 * bar[2], abs=0.2)


@pytest.mark.parametrize(
    "baseline,target,actual,down,reached",
    [
        (10, 40, 40, None, "yes"),
        (10, 40, 39.9, None, "no"),
        (40, 20, 18, None, "yes"),
        (40, 20, 32, None, "no"),
        (None, 30, 74, True, "no"),
        (None, 30, 12, True, "yes"),
        (10, None, 12, None, "not stated"),
        (10, 20, None, None, "not stated"),
        (10, float("nan"), float("inf"), None, "not stated"),
    ],
)
def test_whether_a_target_is_reached_follows_its_direction(
    *, baseline: float | None, target: float | None, actual: float | None, down: bool | None, reached: str
) -> None:
    chart = c.target_actual([c.TargetRow("Sites", baseline, target, actual, "sites", lower_is_better=down)])
    assert rows(chart.data)[1][5] == reached


def test_what_is_not_stated_is_said_and_not_drawn() -> None:
    chart = c.target_actual([c.TargetRow("Sites", None, 40, None)])
    assert texts(chart).count("not stated") == 2
    assert not [el for el in root(chart).iter(f"{SVG}circle") if el.get("r") == "3.6"]
    assert not [r for r in rects(chart, INK) if r[3] == 7]


@pytest.mark.parametrize("huge", [4e15, 1e308, -1e308])
def test_huge_numbers_are_written_with_a_power_of_ten(huge: float) -> None:
    chart = c.target_actual([c.TargetRow("Sites", -huge, huge, huge / 2)])
    assert all("e+" in t for t in rows(chart.data)[1][2:5])
    assert all(x >= 0 and x + w <= 450 for x, _, w, _ in rects(chart))


def test_answers_lie_on_both_sides_of_the_middle_and_a_neutral_one_across_it() -> None:
    chart = c.likert([c.LikertRow("A", (10, 10, 20, 30, 30))], ["--", "-", "o", "+", "++"])
    middle = next(float(el.get("x1", "0")) for el in root(chart).iter(f"{SVG}line"))
    bars = sorted(r for r in rects(chart) if r[3] > 12 and r[2] < 440)
    assert [t for t in texts(chart) if t.isdigit()] == ["10", "10", "20", "30", "30"]
    assert bars[1][0] + bars[1][2] < middle < bars[3][0]
    assert bars[2][0] + (bars[2][2] + 0.8) / 2 == pytest.approx(middle, abs=0.7)
    assert bars[3][2] == pytest.approx(3 * bars[0][2], rel=0.06)


def test_answers_name_how_many_answered_and_never_a_share_alone() -> None:
    chart = c.likert([c.LikertRow("A", (1, 2, 3)), c.LikertRow("B", (0, 0, 0)), c.LikertRow("C", (None, -4, 5))], ["No", "Partly", "Yes"])
    assert texts(chart)[-1] == "n = 5"
    assert {"n = 6", "no answers"} <= set(texts(chart))
    assert rows(chart.data) == [
        ["Question", "No", "Partly", "Yes", "Answers"],
        ["A", "1", "2", "3", "6"],
        ["B", "0", "0", "0", "0"],
        ["C", "not stated", "−4", "5", "5"],
    ]
    assert "%" not in chart.picture.svg


@pytest.mark.parametrize("many", [0, 1, 10])
def test_answers_on_one_level_or_on_very_many_are_refused(many: int) -> None:
    with pytest.raises(ValueError, match="2 to 9 levels"):
        c.likert([], ["x"] * many)


def test_a_column_is_as_high_as_its_count_and_claims_are_hatched() -> None:
    states = [c.Status("Verified", "done"), c.Status("Claimed", "claimed")]
    chart = c.status_over_time([c.StatusPeriod("2024", (20, 10)), c.StatusPeriod("2025", (30, 30))], states)
    ink = sorted(r for r in rects(chart, INK) if r[2] > 20)
    assert ink[1][3] / ink[0][3] == pytest.approx(1.5, abs=0.05)
    assert len(list(root(chart).iter(f"{SVG}path"))) == 2 + 1  # and the patch beside the name
    assert rows(chart.data)[1:] == [["2024", "20", "10", "30"], ["2025", "30", "30", "60"]]
    assert chart.picture.description == "2024: Verified 20, Claimed 10; 30 in all. 2025: Verified 30, Claimed 30; 60 in all."


def test_columns_too_narrow_for_counts_get_lines_with_numbers_instead() -> None:
    chart = c.status_over_time([c.StatusPeriod(f"{1960 + i}", (i,)) for i in range(60)], [c.Status("Verified", "done")])
    assert [t for t in texts(chart) if t in {"0", "20", "40"}] == ["0", "20", "40"]
    names = [t for t in texts(chart) if t.isdigit() and len(t) == 4]
    assert 8 < len(names) < 30


def test_missing_and_impossible_counts_are_not_drawn() -> None:
    chart = c.status_over_time([c.StatusPeriod("2024", (None, -3, float("nan")))], [c.Status(s, "done") for s in "abc"])
    assert rows(chart.data)[1] == ["2024", "not stated", "−3", "not stated", "0"]
    assert not rects(chart, INK)
