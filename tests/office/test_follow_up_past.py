"""The annual report shows how things stood at the end of its year, told from the journal, and says so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaltrail.measure.follow_up import shipped
from evaltrail.write import written
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up import reports, tallies
from evaltrail_office.follow_up.actions import answers, opening, work
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.facts import Chosen, facts
from evaltrail_office.follow_up.models import Action, FollowUp, Response, Track
from evaltrail_office.follow_up.past import Past, end_of
from evaltrail_office.follow_up.replay import stored
from evaltrail_office.follow_up.reports import FOLLOW_UP, PLAN, Asked
from evaltrail_office.journal.models import Entry
from tests.office.follow_up_cast import Cast, transmitted
from tests.office.follow_up_office import Office, fill, on
from tests.office.registers_made import taken, xlsx
from tests.office.test_follow_up_reports import ASKED, promised, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
LAST = date(YEAR, 12, 31)
ALL, PUBLIC = Asked(year=YEAR), Asked(year=YEAR, public=True)


def told(record: Record) -> tuple[Any, ...]:
    """All that a report tells, but when it was written."""
    return record.evaluations, record.figures, record.document  # type: ignore[attr-defined]  # a field besides


def january(office: Office) -> None:
    """What was done after the year's end: something of everything that changes how an action, an answer or a recommendation stands."""
    a, who = office.actions, office.people
    for one in a.values():
        one.refresh_from_db()
    with on(date(YEAR + 1, 1, 4)):
        work.verify(who["Ilse"], a["4.1"])
        work.send_back(who["Ilse"], a["2.3"], "One lake still has none.")
        work.grant_later(who["Tomas"], a["6.3"])
        work.refuse_drop(who["Nadia"], a["6.2"], "They are in the archive.")
        work.reopen(who["Nadia"], a["7.2"], "The boards were taken down.")
        work.report(who["Greta"], a["1.3"], "They met.", "under_way")
        work.explain(who["Jonas"], a["3.4"], "staff")
        work.assign(who["Ruth"], a["2.4"], who["Tomas"])
        work.ask_drop(who["Tomas"], a["6.1"], "superseded", "The page moved.")
    with on(date(YEAR + 1, 1, 9)):
        work.drop(who["Nadia"], a["6.1"])
        work.retire(who["Nadia"], Track.objects.get(recommendation__number="3"), "The stores were given up.")
        answers.issue(who["Nadia"], a["1.3"].track.follow_up)
        answered = Response.objects.get(track=a["4.1"].track)
        again = answers.revise(who["Paulo"], answered)
        answers.draft(who["Tomas"], again, Drafted("rejected", "We shall not.", "No money."))
        answers.submit(who["Tomas"], again)
        for name in ("Ruth", "Paulo"):
            answers.clear(who[name], again)
        answers.transmit(who["Paulo"], a["4.1"].track.follow_up)
        for follow_up in FollowUp.objects.filter(evaluation__key="E-00066"):
            opening.start_clock(who["Nadia"], follow_up, date(YEAR + 1, 1, 5))
        late = Evaluation.objects.create(key="E-00077", title="Of the new year", stage="released", state="completed", made_by="system:test")
        Recommendation.objects.create(key="R-000077", evaluation=late, number="1", position=1, text="Begin.")
        opening.open_follow_up(who["Nadia"], late, started=date(YEAR + 1, 1, 8))


def test_the_report_of_a_year_that_is_over_is_the_one_that_was_written_on_its_last_day() -> None:
    office = fill(LAST)
    nadia = office.people["Nadia"]
    with on(date(YEAR, 12, 20)):
        early = Evaluation.objects.create(key="E-00066", title="Not issued yet", stage="released", state="completed", made_by="system:test")
        Recommendation.objects.create(key="R-000066", evaluation=early, number="1", position=1, text="Wait.")
        opening.open_follow_up(nadia, early)
        answers.issue(nadia, office.actions["7.1"].track.follow_up)
    with on(LAST):
        then = {asked: told(reports.record(nadia, asked)) for asked in (ALL, PUBLIC)}
        by_unit = told(reports.record(nadia, Asked(year=YEAR, unit=office.units["Ports Division"].key)))
    january(office)
    now = {asked: told(reports.record(nadia, asked)) for asked in (ALL, PUBLIC)}
    assert now[ALL] == then[ALL]
    assert now[PUBLIC] == then[PUBLIC]
    assert told(reports.record(nadia, Asked(year=YEAR, unit=office.units["Ports Division"].key))) == by_unit
    # What was done since is in the report of today, and of nothing that is public then but was not before.
    assert told(reports.record(nadia, Asked()))[0] != then[ALL][0]
    assert {e.id for e in then[PUBLIC][0] if any(s.kind == "response" for s in e.statements)} == {"E-00001"}


def test_facts_of_the_end_of_today_are_those_of_the_tables() -> None:
    fill()
    keys = list(Evaluation.objects.values_list("key", flat=True))
    past = Past.read(timezone.localdate(), keys)
    for released in (True, False):
        assert facts(Chosen(released=released, past=past)) == facts(Chosen(released=released))
    assert not past.late


def test_telling_the_past_writes_nothing_and_what_changed_since_the_last_report_stays_as_it_was() -> None:
    office = fill(LAST)
    tallies.tally(moment=end_of(LAST) - timedelta(hours=9))
    january(office)
    tallies.tally()
    row = tallies.whole(tallies.newest(released=False), "implementation-verified")
    assert row is not None
    kept, changed = stored([*Action.objects.all(), *Response.objects.all()]), tallies.since(tallies.last_report(row), row)
    assert changed.old is not None
    assert changed.old.as_of == LAST
    reports.record(office.people["Nadia"], ALL)
    assert stored([*Action.objects.all(), *Response.objects.all()]) == kept
    assert tallies.since(tallies.last_report(row), row) == changed
    # The figure that was kept on the last day of the year is the one that the report of the year prints.
    figures: Any = reports.record(office.people["Nadia"], ALL).figures  # type: ignore[attr-defined]  # a field besides
    old = tallies.last_report(row)
    assert old is not None
    name = shipped().get("implementation-verified").name
    assert next(f["counted"] for f in figures if f["name"] == name) == f"{old.body['counted']} of {old.body['of']}"


def test_the_day_ends_at_midnight_here(cast: Cast) -> None:
    action = transmitted(cast)
    moment = end_of(timezone.localdate())
    assert timezone.localtime(moment).hour == 0
    assert all(e.at < moment for e in Entry.objects.filter(thing=f"action:{action.key}"))


def test_the_report_says_as_at_which_day_it_tells(cast: Cast) -> None:
    transmitted(cast)
    today = timezone.localdate()
    running = words_of(written(reports.record(cast.head, Asked(year=today.year)), "docx", kind=FOLLOW_UP))
    day = f"{today.day} {today:%B %Y}"
    assert any(f"As at {day}, today." in line for line in running)
    assert any("As at" in line for line in words_of(written(reports.record(cast.head, Asked()), "docx", kind=FOLLOW_UP)))
    office_ = fill(LAST)
    past = words_of(written(reports.record(office_.people["Nadia"], ALL), "docx", kind=FOLLOW_UP))
    assert any(f"As at 31 December {YEAR}, told from the journal; written on {day}." in line for line in past)
    assert any(f"Everything is as of 31 December {YEAR}." in line for line in past)
    assert not any("the journal does not say" in line for line in past)


def test_lateness_is_counted_to_the_end_of_the_year() -> None:
    office = fill(LAST)
    record = reports.record(office.people["Nadia"], ALL)
    lines = words_of(written(record, "docx", kind=FOLLOW_UP))
    # 3.4 was due 29 days before the last of the year.
    assert any("Days late: 29" in line for line in lines)
    assert record.document.date == LAST.isoformat()


def test_what_was_entered_later_is_shown_as_it_was_entered_and_the_report_says_so(person: Callable[..., User], work: Any) -> None:
    head = person("head")
    taken(head, work, xlsx())
    record = reports.record(head, Asked(year=2025))
    shown = [s for e in record.evaluations for s in e.statements if s.kind == "recommendation"]
    # The first was closed in 2024; the withdrawn one in September 2025; all are as the register has them.
    assert "The Board should train its pilots every year." not in {s.text for s in shown}
    assert "The Board should renew the pilots' launch." in {s.text for s in shown}
    assert f"Of {len(shown)} recommendations the journal does not say how they stood then" in record.scope  # type: ignore[attr-defined]
    assert "they are shown as they were entered." in record.scope  # type: ignore[attr-defined]  # as above
    dropped = [a for a in promised(record) if a.standing == "dropped"]
    assert [a.verified_on for a in dropped] == ["2025-09-01"]
    # In the report of the year before, it was not dropped yet, nor answered: what is dated after the day is left out.
    before = reports.record(head, Asked(year=2024))
    assert "The Board should renew the pilots' launch." not in before.to_json()
    assert "the journal does not say" in before.scope  # type: ignore[attr-defined]  # as above
    closed = [a for a in promised(before) if a.standing in {"verified", "claimed", "self_reported"}]
    assert closed, "what the register says was closed in May 2024 is closed at the end of 2024"


def test_what_is_dated_after_the_day_is_left_out_of_what_was_entered_later(person: Callable[..., User], work: Any) -> None:
    head = person("head")
    rows = [
        ["1", "HB-2025-9", "Pilotage", "The Board should buy a lamp.", "Closed", "Accepted", "Agreed.", date(2024, 2, 1),
         date(2025, 6, 30), date(2025, 5, 20)],
    ]  # fmt: skip
    taken(head, work, xlsx(rows))
    (closed,) = promised(reports.record(head, Asked(year=2025)))
    assert closed.standing != "under_way"
    (open_,) = promised(reports.record(head, Asked(year=2024)))
    assert open_.standing == "under_way"
    assert "claimed_on" not in open_.model_extra
    statements = [s for e in reports.record(head, Asked(year=2024)).evaluations for s in e.statements]
    assert not any("retired" in (s.model_extra or {}) for s in statements)


def test_a_year_in_which_nothing_was_there_yet_is_refused_in_words(cast: Cast) -> None:
    transmitted(cast)
    browser = Client()
    browser.force_login(cast.head)
    cast.track.follow_up.started = date(YEAR, 1, 1)
    cast.track.follow_up.save()
    # Its follow-up was opened later than the year's end and began before: it is shown, as not answered.
    got = browser.post("/follow-up/reports/", {**ASKED, "year": str(YEAR)})
    lines = words_of(b"".join(got.streaming_content))  # type: ignore[attr-defined]
    assert any("Of 1 recommendation the journal does not say how it stood then" in line for line in lines)
    assert not any("Train twelve fitters" in line for line in lines)
    # One whose clock has not started by today had none then either, and the journal knows nothing of it.
    cast.track.follow_up.started = None
    cast.track.follow_up.save()
    with on(date(YEAR, 5, 5)):
        early = Evaluation.objects.create(key="E-00088", title="Early", stage="released", state="completed", made_by="system:test")
        Recommendation.objects.create(key="R-000088", evaluation=early, number="1", position=1, text="Early.")
        opening.open_follow_up(cast.head, early, started=date(YEAR, 5, 1))
    refused = browser.post("/follow-up/reports/", {**ASKED, "year": str(YEAR), "evaluations": [cast.evaluation.key]})
    assert refused.status_code == 422
    assert f"Nothing that you see was followed there on 31 December {YEAR}." in refused.content.decode()


def test_the_plan_is_that_of_today(cast: Cast) -> None:
    transmitted(cast)
    plan = reports.record(cast.head, Asked(kind=PLAN))
    assert promised(plan)[0].standing == "open"
    assert plan.document.date == timezone.localdate().isoformat()


def test_telling_the_past_takes_as_many_queries_of_many_rows_as_of_few() -> None:
    office = fill(LAST)
    january(office)
    nadia = office.people["Nadia"]
    asked = Asked(year=YEAR, evaluations=("E-00001",))
    reports.record(nadia, asked)
    counts = []
    for extra in (0, 10):
        action = Action.objects.get(key=office.actions["7.1"].key)
        for n in range(extra):
            with on(LAST):
                made = Action.objects.create(
                    key=f"A-1{n:05}",
                    track=action.track,
                    response=action.response,
                    evaluation=action.evaluation,
                    text="More",
                    unit=action.unit,
                )
                new = {"recommendation": action.track.recommendation.key, "state": "open", "text": "More"}
                Entry.objects.create(actor="x", verb="promised", thing=f"action:{made.key}", about=action.evaluation.key, new=new)
                Action.objects.filter(pk=made.pk).update(state="open")
        with CaptureQueriesContext(connection) as found:
            count = len(promised(reports.record(nadia, asked)))
        counts.append((len(found), count))
    assert counts[0][0] == counts[1][0]
    assert counts[1][1] == counts[0][1] + 10


def test_what_was_promised_later_is_in_no_earlier_year() -> None:
    office = fill(LAST)
    with on(date(YEAR + 1, 2, 1)):
        follow_up = office.actions["4.1"].track.follow_up
        again = answers.revise(office.people["Paulo"], Response.objects.get(track=office.actions["4.1"].track))
        more = Promise("A third vote", office.units["Ports Division"], date(YEAR + 2, 1, 1), "4.3")
        answers.draft(office.people["Tomas"], again, Drafted("accepted", "More.", actions=(more,)))
        answers.submit(office.people["Tomas"], again)
        for name in ("Ruth", "Paulo"):
            answers.clear(office.people[name], again)
        answers.transmit(office.people["Paulo"], follow_up)
    nadia = office.people["Nadia"]
    assert "A third vote" in reports.record(nadia, Asked()).to_json()
    assert "A third vote" not in reports.record(nadia, ALL).to_json()
