"""What a figure is: a value with what it rests on, or the reason why there is none."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from evaltrail.measure.follow_up import ActionFacts, Figure, FollowUp, Period, RecommendationFacts, by, figure, parsed, shipped

DAY = date(2026, 6, 30)
BEFORE, AFTER = date(2026, 6, 1), date(2026, 7, 1)


def share(**more) -> str:
    lines = {"unit": '"action"', "numerator": '"due < as_of"', **more}
    return 'id = "x"\nversion = 1\nname = "X"\nwords = "x"\nkind = "share"\n' + "\n".join(f"{k} = {v}" for k, v in lines.items())


def of(*actions: ActionFacts, **more) -> list[RecommendationFacts]:
    return [RecommendationFacts("r", "e", actions=actions, **more)]


THREE = of(ActionFacts("1", due=BEFORE), ActionFacts("2", due=AFTER), ActionFacts("3"))


def test_a_figure_names_its_rows_its_day_and_its_definition_with_the_version() -> None:
    found = figure(parsed(share(), "x.toml"), of(ActionFacts("1", due=BEFORE), ActionFacts("2", due=AFTER)), DAY)
    assert (found.definition, found.version, found.as_of, found.value) == ("x", 1, DAY, 0.5)
    assert (found.numerator_keys, found.denominator_keys) == (("1",), ("1", "2"))


def test_one_unknown_input_stops_the_figure_and_is_named() -> None:
    found = figure(parsed(share(), "x.toml"), THREE, DAY)
    assert found.value is None
    assert found.missing == (("3", "due"),)
    assert found.abstained == "not known of 1 of 3 actions: due (1)"
    assert found.denominator_keys == ("1", "2")


def test_unknown_rows_are_left_out_and_counted_where_the_definition_says_so() -> None:
    found = figure(parsed(share(unknown='"left out"'), "x.toml"), THREE, DAY)
    assert (found.value, found.left_out, found.missing) == (0.5, 1, (("3", "due"),))


def test_more_unknown_rows_than_the_definition_allows_stop_the_figure() -> None:
    found = figure(parsed(share(unknown='"left out"', unknown_at_most="0.3"), "x.toml"), THREE, DAY)
    assert found.abstained == "not known of 1 of 3 actions: due (1), and the definition allows 30 per cent"
    assert figure(parsed(share(unknown='"left out"', unknown_at_most="0.34"), "x.toml"), THREE, DAY).value == 0.5


def test_what_is_not_known_does_not_matter_where_the_rest_decides() -> None:
    rows = of(ActionFacts("1", due=BEFORE), ActionFacts("2", dropped=BEFORE))
    found = figure(parsed(share(denominator='{ all = ["due <= as_of", { not = "dropped happened" }] }'), "x.toml"), rows, DAY)
    assert (found.value, found.missing) == (1, ())


def test_nothing_to_be_counted_is_no_figure() -> None:
    assert figure(shipped().get("overdue"), [], DAY).abstained == "there are no actions to be counted"
    assert figure(shipped().get("overdue"), FollowUp(), DAY).value is None


def test_nothing_known_of_any_row_is_no_figure() -> None:
    found = figure(parsed(share(unknown='"left out"'), "x.toml"), of(ActionFacts("1")), DAY)
    assert found.abstained == "of none of the 1 actions all inputs are known"


def test_what_was_issued_or_happened_after_the_day_is_not_counted() -> None:
    rows = [
        RecommendationFacts("issued later", "e", issued=AFTER),
        RecommendationFacts("answered later", "e", issued=BEFORE, responded=AFTER, verdict="accepted"),
        RecommendationFacts("answered", "e", issued=BEFORE, responded=BEFORE, verdict="rejected"),
    ]
    assert figure(shipped().get("acceptance"), rows, DAY).denominator_keys == ("answered",)
    assert figure(shipped().get("acceptance-of-all-issued"), rows, DAY).denominator_keys == ("answered later", "answered")


def test_a_later_report_hides_what_was_reported_before() -> None:
    found = figure(shipped().get("implementation-claimed"), of(ActionFacts("1", claimed=AFTER, claimed_meaning="done")), DAY)
    assert found.missing == (("1", "claimed_meaning"),)


def test_an_outcome_without_a_day_counts_and_its_day_is_missing() -> None:
    rows = of(ActionFacts("1", claimed_meaning="done", first_due=BEFORE), verdict="accepted")
    assert figure(shipped().get("acceptance"), rows, DAY).value == 1
    assert figure(shipped().get("implementation-claimed"), rows, DAY).value == 1
    assert figure(shipped().get("mean-delay"), rows, DAY).missing == (("1", "claimed"),)


def test_a_figure_is_broken_down_by_unit_with_those_not_known_at_the_end() -> None:
    rows = of(ActionFacts("1", unit="B", due=BEFORE), ActionFacts("2", unit="A", due=AFTER), ActionFacts("3", due=BEFORE), unit="C")
    found = by(parsed(share(), "x.toml"), rows, DAY, "unit")
    assert {unit: f.value for unit, f in found.items()} == {"A": 0, "B": 1, None: 1}
    assert list(found) == ["A", "B", None]


def test_a_recommendation_with_several_countries_counts_in_each() -> None:
    rows = [
        RecommendationFacts("1", "e", country=("KE", "UG"), responded=BEFORE, verdict="accepted"),
        RecommendationFacts("2", "e", country=("UG",), responded=BEFORE, verdict="rejected"),
        RecommendationFacts("3", "e", responded=BEFORE, verdict="rejected"),
    ]
    found = by(shipped().get("acceptance"), rows, DAY, "country")
    assert {c: f.denominator_keys for c, f in found.items()} == {"KE": ("1",), "UG": ("1", "2"), None: ("3",)}


def test_a_composite_is_broken_down_with_its_parts() -> None:
    whole = parsed(
        'id = "w"\nversion = 1\nname = "W"\nwords = "w"\nkind = "composite"\nbands = [[0.5, "good"], [0, "weak"]]\n'
        '[[parts]]\nname = "a"\nweight = 0.5\nformula = { kind = "share", unit = "recommendation", numerator = "verdict is accepted" }\n'
        '[[parts]]\nname = "b"\nweight = 0.5\nformula = { kind = "share", unit = "action", numerator = "due < as_of" }\n',
        "w.toml",
    )
    rows = [
        RecommendationFacts("1", "e", year=2025, responded=BEFORE, verdict="accepted", actions=(ActionFacts("1.1", due=AFTER),)),
        RecommendationFacts("2", "e", year=2026, responded=BEFORE, verdict="rejected", actions=(ActionFacts("2.1", due=AFTER),)),
        RecommendationFacts("3", "e", year=2024, responded=BEFORE, verdict="accepted"),
    ]
    found = by(whole, rows, DAY, "year")
    assert {year: (f.value, f.band) for year, f in found.items()} == {2024: (None, None), 2025: (0.5, "good"), 2026: (0.0, "weak")}
    assert found[2024].abstained == "its part “b” has no figure: there are no actions to be counted"
    assert [(p.definition, p.weight, p.value) for p in found[2025].parts] == [("w/a", 0.5, 1.0), ("w/b", 0.5, 0.0)]


def test_evaluations_have_no_priority_to_be_broken_down_by() -> None:
    with pytest.raises(ValueError, match="undp-evaluation-management@3 counts evaluations, and these have no priority"):
        by(shipped().get("undp-evaluation-management"), [], DAY, "priority")


def test_early_does_not_make_up_for_late_where_the_definition_says_so() -> None:
    text = share(unit='"action"', at_least="0").replace('kind = "share"', 'kind = "mean"').replace("numerator", "value")
    delay = parsed(text.replace("due < as_of", "claimed - due"), "x.toml")
    rows = of(
        ActionFacts("1", due=BEFORE, claimed=date(2026, 6, 11), claimed_meaning="done"),
        ActionFacts("2", due=AFTER, claimed=BEFORE, claimed_meaning="done"),
    )
    assert figure(delay, rows, DAY).value == (10 + 0) / 2


def test_a_figure_is_kept_as_json_and_read_back() -> None:
    rows = of(ActionFacts("1", due=date(2025, 6, 1), claimed=date(2025, 5, 1), claimed_meaning="done"))
    found = figure(shipped().get("wfp-action-closure"), rows, DAY, Period.of_year(2025))
    kept = TypeAdapter(Figure)
    assert kept.validate_json(kept.dump_json(found)) == found
