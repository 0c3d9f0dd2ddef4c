"""What holds of every figure, whatever the rows are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from evaltrail.measure.follow_up import (
    ActionFacts,
    Definition,
    Definitions,
    DropMeaning,
    EvaluationFacts,
    Figure,
    FollowUp,
    Meaning,
    Period,
    RecommendationFacts,
    Verdict,
    by,
    figure,
    not_by,
    shipped,
)

DAY = date(2026, 6, 30)
known_days = st.integers(-2000, 400).map(lambda n: DAY + timedelta(days=n))
days = known_days | known_days | known_days | st.none()
shares = st.floats(0, 1) | st.floats(0, 1) | st.none()
few = st.sampled_from(["A", "B", None])
many = st.lists(st.sampled_from(["X", "Y"]), max_size=2, unique=True).map(tuple)
actions = st.builds(
    ActionFacts,
    key=st.uuids().map(str),
    unit=few,
    first_due=days,
    due=days,
    claimed=days,
    claimed_share=shares,
    claimed_meaning=st.sampled_from([None, *get_args(Meaning)]),
    verified=days,
    verified_share=shares,
    verified_meaning=st.sampled_from([None, *get_args(Meaning)]),
    dropped=days,
    drop_meaning=st.sampled_from([None, *get_args(DropMeaning)]),
    later_asked=days,
    extended=days,
    extension_reason=st.sampled_from([None, "money", "staff"]),
)
recommendations = st.builds(
    RecommendationFacts,
    key=st.uuids().map(str),
    evaluation=st.sampled_from(["e1", "e2"]),
    issued=days,
    unit=few,
    theme=many,
    country=many,
    year=st.sampled_from([None, 2025, 2026]),
    priority=few,
    verdict=st.sampled_from([None, *get_args(Verdict)]),
    response_due=days,
    responded=days,
    retired=days,
    quality=shares,
    alignment=st.sampled_from([None, "high", "low"]),
    actions=st.lists(actions, max_size=3).map(tuple),
)
evaluations = st.builds(
    EvaluationFacts, key=st.uuids().map(str), planned=days, completed=days, cancelled=days, responded=days, quality=shares, unit=few
)
facts = st.builds(FollowUp, st.lists(recommendations, max_size=6).map(tuple), st.lists(evaluations, max_size=4).map(tuple))
ALL = tuple(shipped())


def worked(definition: Definition, rows: FollowUp) -> Figure:
    return figure(definition, rows, DAY, Period.of_year(2025), settings=dict.fromkeys(definition.settings, 180))


def all_of(one: Figure) -> list[Figure]:
    return [one, *(f for part in one.parts for f in all_of(part))]


@settings(max_examples=60, deadline=None)
@given(rows=facts)
def test_a_figure_is_in_its_range_or_says_why_there_is_none(rows: FollowUp) -> None:
    for one in (f for definition in ALL for f in all_of(worked(definition, rows))):
        assert (one.value is None) == (one.abstained is not None)
        assert set(one.numerator_keys) <= set(one.denominator_keys)
        assert not {key for key, _ in one.missing} & set(one.denominator_keys)
        if one.value is not None and one.kind in ("share", "composite"):
            assert -1e-9 <= one.value <= 1 + 1e-9
        if one.kind == "share" and one.value is not None:
            assert one.value == len(one.numerator_keys) / len(one.denominator_keys)


@settings(max_examples=40, deadline=None)
@given(rows=facts, data=st.data())
def test_the_order_of_rows_does_not_matter(rows: FollowUp, data: st.DataObject) -> None:
    turned = FollowUp(tuple(data.draw(st.permutations(rows.recommendations))), tuple(data.draw(st.permutations(rows.evaluations))))
    for definition in ALL:
        one, other = worked(definition, rows), worked(definition, turned)
        assert one.value == other.value
        assert sorted(one.numerator_keys) == sorted(other.numerator_keys)
        assert sorted(one.missing) == sorted(other.missing)


@settings(max_examples=40, deadline=None)
@given(rows=facts)
def test_the_parts_of_a_breakdown_by_unit_or_reason_make_the_whole(rows: FollowUp) -> None:
    for definition in ALL:
        whole = worked(definition, rows)
        for dimension in ("unit", "reason"):
            if not_by(definition, dimension):
                continue
            split = by(definition, rows, DAY, dimension, Period.of_year(2025), settings=dict.fromkeys(definition.settings, 180))
            assert sorted(k for f in split.values() for k in f.denominator_keys) == sorted(whole.denominator_keys)
            assert sorted(k for f in split.values() for k in f.numerator_keys) == sorted(whole.numerator_keys)


@settings(max_examples=60, deadline=None)
@given(rows=facts, version=st.sampled_from([1, 2]))
def test_an_earlier_version_stays_as_it_was_beside_a_later_one(rows: FollowUp, version: int) -> None:
    name = "undp-evaluation-management"
    alone = Definitions(d for d in ALL if d.id == name and d.version <= version)
    assert worked(alone.get(name, version), rows) == worked(shipped().get(name, version), rows)


@settings(max_examples=40, deadline=None)
@given(rows=facts)
def test_no_figure_is_given_where_something_is_missing_unless_the_definition_leaves_it_out(rows: FollowUp) -> None:
    for definition in ALL:
        for one, formula in zip(all_of(worked(definition, rows)), definition.formulas(), strict=True):
            if one.missing and formula.unknown == "abstain":
                assert one.value is None
            assert one.left_out == 0 or formula.unknown == "left out" or formula.kind == "composite"


@settings(max_examples=60, deadline=None)
@given(row=recommendations, data=st.data())
def test_what_was_decided_stays_so_when_the_unknown_becomes_known(row: RecommendationFacts, data: st.DataObject) -> None:
    def day(known: date | None) -> date:
        return known or data.draw(known_days)

    filled = replace(
        row,
        response_due=day(row.response_due),
        alignment=row.alignment or data.draw(st.sampled_from(["high", "low"])),
        actions=tuple(replace(a, due=day(a.due), first_due=day(a.first_due)) for a in row.actions),
    )
    for definition in ALL:
        for before, after in zip(
            all_of(worked(definition, FollowUp((row,)))), all_of(worked(definition, FollowUp((filled,)))), strict=True
        ):
            if before.kind == "composite":
                continue
            assert set(before.numerator_keys) <= set(after.numerator_keys)
            assert set(before.denominator_keys) <= set(after.denominator_keys)
            assert not (set(before.denominator_keys) - set(before.numerator_keys)) & set(after.numerator_keys)
