"""Lateness by the coded reason of the later date that was granted last: facts, journal, tallies, pages, files."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaltrail.measure.follow_up import by, shipped
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import queries_figures, tallies
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.facts import Chosen, facts, facts_of_journal
from evaltrail_office.follow_up.models import Action, Extension, Response, Tally, Track
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry
from tests.office.follow_up_cast import Cast, transmitted
from tests.office.follow_up_office import fill

if TYPE_CHECKING:
    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2027, 6, 30), date(2027, 12, 31), date(2028, 6, 30)


def signed_in(who: User) -> Client:
    made = Client()
    made.force_login(who)
    return made


def only() -> tuple[date | None, date | None, str | None]:
    (action,) = facts().recommendations[0].actions
    assert facts_of_journal(Entry.objects.order_by("pk")) == facts()
    rows: list[Track | Response | Action] = [*Track.objects.all(), *Response.objects.all(), *Action.objects.all()]
    assert differences(replayed(Entry.objects.order_by("pk")), stored(rows)) == []
    return action.later_asked, action.extended, action.extension_reason


def test_tables_and_journal_agree_after_every_request_and_every_answer(cast: Cast) -> None:
    action, today = transmitted(cast), timezone.localdate()
    assert only() == (None, None, None)
    work.ask_later(cast.line, action, FIRST, "money")
    assert only() == (today, None, None)
    work.refuse_later(cast.above, action, "Not yet.")
    assert only() == (today, None, None)
    work.ask_later(cast.line, action, FIRST, "staff")
    work.grant_later(cast.above, action)
    assert only() == (today, today, "staff")
    # Why it is late, said afterwards, does not change for what the date was moved.
    work.explain(cast.line, action, "other")
    work.ask_later(cast.line, action, SECOND, "decision")
    assert only() == (today, today, "staff")
    work.grant_later(cast.above, action)
    work.ask_later(cast.line, action, THIRD, "partner")
    work.refuse_later(cast.above, action, "Enough.")
    assert only() == (today, today, "decision")


def test_facts_of_a_part_of_the_office_know_the_reasons_too(cast: Cast) -> None:
    action = transmitted(cast)
    work.ask_later(cast.line, action, FIRST, "money")
    work.grant_later(cast.above, action)
    for chosen in (Chosen(evaluation=cast.evaluation.key), Chosen(unit=cast.ports.key), Chosen(user=cast.line)):
        assert facts(chosen).recommendations == facts().recommendations


def test_tallies_by_reason_are_what_the_library_makes_of_the_journal() -> None:
    fill()
    now = timezone.now()
    tallies.tally(moment=now)
    told, day = facts_of_journal(Entry.objects.order_by("pk")), timezone.localdate(now)
    for name in queries_figures.DELAY:
        d = shipped().get(name)
        settings = {"long_overdue": 365} if d.settings else {}
        parts = {v: tallies.body_of(f) for v, f in by(d, told, day, "reason", settings=settings).items()}
        assert {r.value: r.body for r in Tally.objects.filter(definition=name, dimension="reason", released=False)} == parts
    found = {r.value: r.body for r in Tally.objects.filter(definition="overdue-first", dimension="reason", released=False)}
    assert {v: (b["counted"], b["of"]) for v, b in found.items()} == {
        # 7.1 was moved twice and counts once; 6.3 is asked for and not decided.
        "decision": (1, 1), "partner": (1, 1), "asked, not granted": (1, 1), "no extension": (1, 7),
    }  # fmt: skip
    assert not Tally.objects.filter(definition="acceptance", dimension="reason").exists()


def test_each_group_leads_to_its_rows_on_the_page_and_in_the_files() -> None:
    office = fill()
    tallies.tally()
    nadia = signed_in(office.people["Nadia"])
    page = nadia.get("/follow-up/figures/?by=reason").content.decode()
    for words in ("Waits for a decision of a member state", "Waits for a partner or supplier", "asked, not granted", "no extension"):
        assert words in page
    for name in ("Overdue, against the first date", "Overdue, against the current date", "Delay, mean in days, against the first date"):
        assert name in page
    assert "/follow-up/figures/overdue-first/?rows=numerator&amp;by=reason&amp;value=asked%2C%20not%20granted#rows" in page
    groups = {"decision": {"7.1"}, "partner": {"2.2"}, "asked, not granted": {"6.3"}}
    for group, numbers in groups.items():
        asked = {"rows": "denominator", "by": "reason", "value": group}
        behind = nadia.get("/follow-up/figures/overdue-first/", asked).content.decode()
        shown = {n for n, a in office.actions.items() if f"/follow-up/actions/{a.key}/" in behind}
        assert shown == numbers
        told = nadia.get("/follow-up/figures/overdue-first/rows.csv", asked).content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(told)))
        assert {r["key"] for r in rows} == {office.actions[n].key for n in numbers}
    told = nadia.get("/follow-up/figures/overdue-first/rows.csv", {"rows": "denominator"}).content.decode("utf-8-sig")
    reasons = {r["key"]: r["reason for a later date"] for r in csv.DictReader(io.StringIO(told))}
    assert reasons[office.actions["7.1"].key] == "Waits for a decision of a member state or the governing body"
    assert reasons[office.actions["6.3"].key] == "asked, not granted"
    assert reasons[office.actions["1.4"].key] == "no extension"
    told = nadia.get("/follow-up/figures.csv?by=reason").content.decode("utf-8-sig")
    assert ("overdue-first", "asked, not granted") in {(r["definition"], r["value of it"]) for r in csv.DictReader(io.StringIO(told))}


def test_the_dashboard_shows_delay_by_reason_to_whoever_holds_a_role() -> None:
    office = fill()
    tallies.tally()
    nadia = signed_in(office.people["Nadia"]).get("/dashboard/").content.decode()
    assert "Delay, by reason for a later date" in nadia
    assert "asked, not granted" in nadia
    assert "/follow-up/figures/overdue/?rows=numerator&amp;by=reason&amp;value=decision#rows" in nadia
    for who in ("Sam", "Tomas"):
        assert "Delay, by reason for a later date" not in signed_in(office.people[who]).get("/dashboard/").content.decode()


def _more(cast: Cast, first: int) -> None:
    response = Response.objects.get()
    for n in range(first, first + 10):
        own = Recommendation.objects.create(key=f"R-{n:06}", evaluation=cast.evaluation, position=n, text="More.")
        track = Track.objects.create(recommendation=own, follow_up=cast.track.follow_up, evaluation=cast.evaluation)
        action = Action.objects.create(
            key=f"A-{n:06}", track=track, response=response, evaluation=cast.evaluation, text="More", state="open", due=FIRST
        )
        now = timezone.now()
        Extension.objects.create(action=action, asked_for=FIRST, state="granted", reason=f"reason_{n}", made_by="x", answered=now)


def test_pages_and_facts_ask_the_same_number_of_queries_of_few_requests_and_many(cast: Cast) -> None:
    transmitted(cast)
    nadia = signed_in(cast.head)
    nadia.get("/dashboard/")
    counts = []
    for first in (100, 200):
        _more(cast, first)
        tallies.tally()
        own = []
        for path in (
            "/follow-up/figures/?by=reason",
            "/follow-up/figures/overdue/?by=reason&rows=denominator&value=no+extension",
            "/follow-up/figures/overdue/rows.csv?rows=denominator",
            "/dashboard/",
        ):
            with CaptureQueriesContext(connection) as found:
                assert nadia.get(path).status_code == 200
            own.append(len(found))
        with CaptureQueriesContext(connection) as found:
            facts()
        counts.append([*own, len(found)])
    assert counts[0] == counts[1]
