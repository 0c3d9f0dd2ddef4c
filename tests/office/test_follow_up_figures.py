"""Figures of follow-up: facts, tallies, pages, files."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evaltrail.measure.follow_up import by, figure
from evaltrail_office.evaluations.models import Facet, Recommendation
from evaltrail_office.follow_up import definitions, refresh, tallies
from evaltrail_office.follow_up.actions import answers, opening
from evaltrail_office.follow_up.actions import work as verbs
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.facts import Chosen, facts, facts_of_journal
from evaltrail_office.follow_up.keysets import KeySet, packed, unpacked
from evaltrail_office.follow_up.models import Action, FollowUp, Response, Tally, Track
from evaltrail_office.jobs.models import Job
from evaltrail_office.journal.models import Entry
from tests.office.follow_up_cast import Cast, transmitted
from tests.office.registers_made import taken, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def released(cast: Cast) -> Action:
    """The action of an answer that is public."""
    action = transmitted(cast)
    answers.issue(cast.head, cast.track.follow_up)
    cast.evaluation.stage = "released"
    cast.evaluation.year = 2025
    cast.evaluation.save()
    Facet.objects.create(evaluation=cast.evaluation, kind="theme", value="ports")
    return Action.objects.get(pk=action.pk)


def claimed(cast: Cast, action: Action) -> Action:
    proof = verbs.add_proof(cast.line, action, "List of fitters", "https://office.example/fitters", public=True)
    verbs.claim(cast.line, Action.objects.get(pk=action.pk), "done", "Twelve were trained.", [proof])
    return Action.objects.get(pk=action.pk)


def value(name: str, **chosen: Any) -> float | None:
    definition = next(d for d in definitions.in_use() if d.id == name)
    return figure(definition, facts(Chosen(**chosen)), timezone.localdate()).value


def test_what_a_unit_claims_is_not_verified_until_somebody_else_turns_the_second_key(cast: Cast) -> None:
    action = transmitted(cast)
    assert value("implementation-claimed") == 0
    action = claimed(cast, action)
    assert (value("implementation-claimed"), value("implementation-verified")) == (1, 0)
    verbs.verify(cast.head, action)
    assert (value("implementation-claimed"), value("implementation-verified")) == (1, 1)


def test_what_is_self_reported_never_counts_as_verified(cast: Cast) -> None:
    FollowUp.objects.update(rules={**cast.track.follow_up.rules, "verifier": "none"})
    claimed(cast, transmitted(cast))
    assert Action.objects.get().state == "self_reported"
    assert (value("implementation-claimed"), value("implementation-verified")) == (1, 0)
    tallies.tally()
    browser = Client()
    browser.force_login(cast.head)
    assert "self-reported" in browser.get("/follow-up/figures/implementation-verified/").content.decode()


def test_an_action_that_is_only_proposed_is_in_no_figure(cast: Cast) -> None:
    answers.draft(
        cast.line, Response.objects.get(), Drafted("accepted", "We shall.", actions=(Promise("Train", cast.ports, date(2026, 12, 31)),))
    )
    (only,) = facts().recommendations
    assert only.actions == ()
    assert only.responded is None


def test_recommendations_to_others_stand_apart_from_managements_rates(cast: Cast) -> None:
    transmitted(cast)
    other = Recommendation.objects.create(key="R-000002", evaluation=cast.evaluation, position=1, text="Vote the money.")
    opening.open_follow_up(cast.head, cast.evaluation)
    opening.address(cast.head, Track.objects.get(recommendation=other), "governing_body")  # type: ignore[arg-type]  # a choice
    assert [r.key for r in facts().recommendations] == ["R-000001"]
    assert [r.key for r in facts(Chosen(addressee="governing_body")).recommendations] == ["R-000002"]
    tallies.tally()
    apart = Tally.objects.get(definition="acceptance-of-all-issued", dimension="addressee", released=False)
    assert (apart.value, apart.body["of"]) == ("governing_body", 1)
    assert Tally.objects.get(definition="acceptance-of-all-issued", dimension="", released=False).body["of"] == 1


def test_an_ended_units_work_counts_for_its_successor(cast: Cast) -> None:
    transmitted(cast)
    cast.ports.successor = cast.training
    cast.ports.save()
    (only,) = facts().recommendations
    assert only.unit == cast.training.key
    assert only.actions[0].unit == cast.training.key
    assert facts_of_journal(Entry.objects.order_by("pk")) == facts()


def test_facts_may_be_those_of_an_evaluation_a_unit_or_a_person(cast: Cast, evaluation: Callable, person: Callable) -> None:
    transmitted(cast)
    assert facts(Chosen(evaluation=cast.evaluation.key)) == facts()
    assert facts(Chosen(evaluation="E-99999")).recommendations == ()
    assert facts(Chosen(unit=cast.ports.key)).recommendations == facts().recommendations
    assert facts(Chosen(unit=cast.training.key)).recommendations == ()
    assert facts(Chosen(user=cast.line)).recommendations == facts().recommendations
    assert facts(Chosen(user=cast.stranger)).recommendations == ()
    assert facts(Chosen(user=cast.head)) == facts()


def test_before_an_answer_is_issued_the_public_counts_none_of_it(cast: Cast) -> None:
    claimed(cast, transmitted(cast))
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    (only,) = facts(Chosen(released=True)).recommendations
    assert (only.verdict, only.responded, only.actions) == (None, None, ())
    answers.issue(cast.head, cast.track.follow_up)
    assert facts(Chosen(released=True)) == facts()


def test_an_answer_that_was_issued_holds_for_the_public_until_the_next_is(cast: Cast) -> None:
    released(cast)
    again = answers.revise(cast.coordinator, Response.objects.get(version=1))
    answers.draft(cast.line, again, Drafted("rejected", "We shall not.", "No money."))
    answers.submit(cast.line, again)
    for who in (cast.helper, cast.chief, cast.coordinator):
        answers.clear(who, again)
    answers.transmit(cast.coordinator, cast.track.follow_up)
    assert facts().recommendations[0].verdict == "rejected"
    assert facts(Chosen(released=True)).recommendations[0].verdict == "accepted"


def test_an_unreleased_evaluation_is_in_no_public_figure(cast: Cast) -> None:
    transmitted(cast)
    answers.issue(cast.head, cast.track.follow_up)
    assert facts(Chosen(released=True)).recommendations == ()


def test_tallies_are_what_the_library_computes_from_the_journal(cast: Cast) -> None:
    claimed(cast, released(cast))
    now = timezone.now()
    tallies.tally(moment=now)
    told, day = facts_of_journal(Entry.objects.order_by("pk")), timezone.localdate(now)
    for d in definitions.in_use():
        more = {"settings": definitions.numbers(d)}
        found = figure(d, told, day, definitions.period(day), **more)
        row = Tally.objects.get(definition=d.id, dimension="", released=False)
        assert row.body == tallies.body_of(found)
        assert {n: list(k) for n, k in tallies.keys_of(row).items()} == {n: list(k) for n, k in tallies.sets_of(found).items()}
        assert row.entry == Entry.objects.order_by("pk").last().pk  # type: ignore[union-attr]
        for dimension in ("unit", "year", "theme", "country"):
            parts = {
                ("" if v is None else str(v)): tallies.body_of(f)
                for v, f in by(d, told, day, dimension, definitions.period(day), **more).items()
            }  # type: ignore[arg-type]
            assert {r.value: r.body for r in Tally.objects.filter(definition=d.id, dimension=dimension, released=False)} == parts


def test_figures_are_asked_for_once_however_much_is_changed(cast: Cast, django_capture_on_commit_callbacks: Callable) -> None:
    refresh.forget()
    with django_capture_on_commit_callbacks(execute=True):
        claimed(cast, transmitted(cast))
    (job,) = Job.objects.filter(kind=refresh.KIND)
    assert timezone.now() < job.due <= timezone.now() + timedelta(seconds=61)
    refresh.forget()


def test_the_job_works_figures_out_and_comes_again_in_the_night(cast: Cast, work: Callable[[], int]) -> None:
    transmitted(cast)
    Job.objects.create(kind=refresh.KIND, asked_by="system:test")
    work()
    done, night = Job.objects.filter(kind=refresh.KIND).order_by("pk")
    assert (done.state, night.state) == ("done", "waiting")
    assert timezone.localtime(night.due).hour == tallies.NIGHT
    assert done.result["made"] == Tally.objects.count() > 0


def test_the_last_of_each_month_is_kept_and_what_changed_since_is_told(cast: Cast) -> None:
    action = transmitted(cast)
    now = timezone.now()
    for days in (70, 69, 40, 1, 0):
        if days == 0:
            claimed(cast, action)
        tallies.tally(moment=now - timedelta(days=days))
    kept = set(Tally.objects.filter(released=False).values_list("as_of", flat=True))
    months = {}
    for days in (70, 69, 40, 1, 0):
        months[timezone.localdate(now - timedelta(days=days)).replace(day=1)] = now - timedelta(days=days)
    assert {now, *months.values()} <= kept
    assert now - timedelta(days=70) not in kept or len(months) > 3
    moment = tallies.newest(released=False)
    row = tallies.whole(moment, "implementation-claimed")
    assert row is not None
    old = tallies.last_report(row)
    assert old is not None
    found = tallies.since(old, row)
    assert (found.difference, found.into_numerator, found.out_of_numerator) == (1.0, ("A-000001",), ())


def test_pages_lead_from_a_figure_to_every_row_behind_it(cast: Cast) -> None:
    claimed(cast, released(cast))
    tallies.tally()
    browser = Client()
    browser.force_login(cast.head)
    shown = browser.get("/follow-up/figures/").content.decode()
    assert "/follow-up/figures/implementation-claimed/?rows=numerator#rows" in shown
    assert "As of" in shown
    for name in [d.id for d in definitions.in_use()]:
        assert browser.get(f"/follow-up/figures/{name}/").status_code == 200
    behind = browser.get("/follow-up/figures/implementation-claimed/?rows=numerator").content.decode()
    assert "/follow-up/actions/A-000001/" in behind
    behind = browser.get("/follow-up/figures/acceptance/?rows=denominator").content.decode()
    assert "/follow-up/recommendations/R-000001/" in behind
    own = browser.get("/follow-up/figures/implementation-claimed/", {"rows": "numerator", "by": "unit", "value": cast.ports.key})
    assert "A-000001" in own.content.decode()
    other = browser.get("/follow-up/figures/implementation-claimed/", {"rows": "numerator", "by": "unit", "value": cast.training.key})
    assert "/follow-up/actions/A-000001/" not in other.content.decode()
    for dimension, wanted in (("year", "2025"), ("theme", "ports"), ("priority", ""), ("country", "")):
        found = browser.get("/follow-up/figures/acceptance/", {"rows": "denominator", "by": dimension, "value": wanted})
        assert "/follow-up/recommendations/R-000001/" in found.content.decode(), dimension


def test_a_figure_that_abstains_says_why_and_shows_the_rows(cast: Cast) -> None:
    action = transmitted(cast)
    Action.objects.filter(pk=action.pk).update(due=None, first_due=None)
    tallies.tally()
    browser = Client()
    browser.force_login(cast.head)
    shown = browser.get("/follow-up/figures/overdue/?rows=missing+due").content.decode()
    assert "not known of 1 of 1 actions: due (1)" in shown
    assert "/follow-up/actions/A-000001/" in shown


def test_figures_of_one_evaluation_are_worked_out_at_once(cast: Cast) -> None:
    transmitted(cast)
    browser = Client()
    browser.force_login(cast.head)
    assert "1 of 1" in browser.get("/follow-up/figures/", {"evaluation": cast.evaluation.key}).content.decode()


def test_who_is_not_the_head_sees_public_figures_and_who_has_no_part_none(cast: Cast, person: Callable) -> None:
    claimed(cast, transmitted(cast))
    tallies.tally()
    reader, stranger = person("reader"), person()
    for who, status in ((reader, 200), (stranger, 404), (cast.head, 200)):
        browser = Client()
        browser.force_login(who)
        assert browser.get("/follow-up/figures/").status_code == status
        assert browser.get("/follow-up/figures/acceptance/").status_code == status
        assert browser.get("/follow-up/figures.csv").status_code == status
        shown = browser.get("/follow-up/figures/acceptance/?rows=denominator").content.decode()
        assert ("R-000001" in shown) == (who == cast.head)
    assert Client().get("/follow-up/figures/").status_code == 302


def test_files_hold_the_rows_and_no_formula(cast: Cast) -> None:
    action = released(cast)
    Action.objects.filter(pk=action.pk).update(text="=HYPERLINK(0)")
    tallies.tally()
    browser = Client()
    browser.force_login(cast.head)
    told = browser.get("/follow-up/figures/implementation-claimed/rows.csv?rows=denominator").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [r["key"] for r in rows] == ["A-000001"]
    assert rows[0]["action"].startswith("'=")
    assert browser.get("/follow-up/figures/implementation-claimed/rows.xlsx?rows=denominator").content[:2] == b"PK"
    told = browser.get("/follow-up/figures.csv").content.decode("utf-8-sig")
    assert {r["definition"] for r in csv.DictReader(io.StringIO(told))} == {d.id for d in definitions.in_use()}
    assert browser.get("/follow-up/figures.xlsx?by=unit").content[:2] == b"PK"


def _more(cast: Cast, first: int, number: int) -> None:
    response = Response.objects.get()
    for n in range(first, first + number):
        own = Recommendation.objects.create(key=f"R-{n:06}", evaluation=cast.evaluation, position=n, text="More.", priority=f"p{n}")
        track = Track.objects.create(recommendation=own, follow_up=cast.track.follow_up, evaluation=cast.evaluation)
        Action.objects.create(key=f"A-{n:06}", track=track, response=response, evaluation=cast.evaluation, text="More", state="open")


def test_pages_and_facts_ask_the_same_number_of_queries_of_few_rows_and_many(cast: Cast) -> None:
    released(cast)
    browser = Client()
    browser.force_login(cast.head)
    browser.get("/follow-up/figures/")
    asked = []
    for first in (100, 200):
        _more(cast, first, 10)
        tallies.tally()
        own = []
        for path in (
            "/follow-up/figures/?by=priority",
            "/follow-up/figures/implementation-claimed/?rows=denominator&by=priority",
            "/follow-up/figures/acceptance-of-all-issued/?rows=denominator",
        ):
            with CaptureQueriesContext(connection) as found:
                browser.get(path)
            own.append(len(found))
        with CaptureQueriesContext(connection) as found:
            facts()
        asked.append([*own, len(found)])
    assert asked[0] == asked[1]


KEY = st.one_of(st.integers(1, 9_999).map("A-{:06}".format), st.integers(1, 99_999_999).map("R-{:06}".format), st.text(max_size=9))


@given(
    st.lists(st.one_of(st.integers(1, 9_999).map("A-{:06}".format), st.integers(1, 99_999_999).map("R-{:06}".format), st.text(max_size=9)))
)
def test_sets_of_keys_are_kept_whole_and_in_order(keys: list[str]) -> None:
    kept = unpacked(packed({"some": KeySet.of(keys)}))["some"]
    assert set(kept) == set(keys)
    assert len(kept) == len(set(keys))
    assert all(key in kept for key in keys)
    assert list(kept.part(2, 5)) == list(kept)[2:5]
    assert len(kept - KeySet.of(keys[::2])) == len(set(keys) - set(keys[::2]))
    assert set(kept & KeySet.of(keys[::2])) == set(keys[::2])


def test_half_a_million_keys_take_little_room() -> None:
    assert len(packed({"every": KeySet.of(f"A-{n:06}" for n in range(1, 500_001))})) < 100_000


def test_a_register_gives_the_same_facts_from_the_journal_as_from_the_tables(person: Callable, work: Callable[[], int]) -> None:
    taken(person("head"), work, xlsx())
    told = facts_of_journal(Entry.objects.order_by("pk"))
    assert told == facts()
    assert sum(len(r.actions) for r in told.recommendations) > 2


def test_a_score_made_of_parts_leads_to_the_rows_of_each_part(cast: Cast) -> None:
    released(cast)
    tallies.tally()
    browser = Client()
    browser.force_login(cast.head)
    name = "undp-evaluation-management"
    kept = tallies.whole(tallies.newest(released=False), name)
    assert kept is not None
    found = set()
    for part in tallies.keys_of(kept):
        shown = browser.get(f"/follow-up/figures/{name}/", {"rows": part})
        assert shown.status_code == 200
        found |= {key for key in ("A-000001", cast.evaluation.key) if f"/{key}/" in shown.content.decode()}
        assert browser.get(f"/follow-up/figures/{name}/rows.csv", {"rows": part}).status_code == 200
    assert found == {"A-000001", cast.evaluation.key}
    assert browser.get(f"/follow-up/figures/{name}/", {"rows": "7/x/numerator"}).status_code == 200
