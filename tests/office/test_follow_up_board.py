"""A unit's board: groups, figures that open their lists, dates on one line, and the two keys."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from evaltrail_office.accounts.models import Unit
from evaltrail_office.follow_up import groups
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.machine import ActionState
from evaltrail_office.follow_up.models import Action
from tests.office.follow_up_cast import transmitted
from tests.office.follow_up_office import Office, fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User
    from tests.office.follow_up_cast import Cast

    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(db: None) -> Office:
    """An office whose follow-up has run for two years."""
    return fill()


def due_in(action: Action, days: int) -> Action:
    """The action, promised for a day from today."""
    action.first_due = action.due = timezone.localdate() + timedelta(days=days)
    action.save(update_fields=["first_due", "due"])
    return action


def board(client: Client, cast: Cast, query: str = "") -> str:
    answer = client.get(f"/follow-up/units/{cast.ports.key}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_late_action_stands_first_with_its_days_and_asks_for_a_reason(cast: Cast, signed_in: SignedIn) -> None:
    due_in(transmitted(cast), -29)
    page = board(signed_in(cast.line), cast)
    assert "Late, 29 days" in page
    assert "No reason given." in page
    assert "Give one" in page
    assert 'class="over"' in page


def test_a_claim_is_shown_with_one_key_and_then_with_two(cast: Cast, signed_in: SignedIn) -> None:
    action = due_in(transmitted(cast), 30)
    work.add_proof(cast.line, action, "Attendance of twelve fitters", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    page = board(signed_in(cast.line), cast)
    assert "Claimed, waits for the second key" in page
    assert page.count('<li class="turned">') == 1
    assert "Office of Evaluation has not verified it" in page
    assert "Attendance of twelve fitters" in page
    work.verify(cast.head, action)
    page = board(signed_in(cast.line), cast)
    assert page.count('<li class="turned">') == 2
    assert f", {cast.head.name}" in page


def test_a_colleague_sees_what_is_issued_to_them_and_a_stranger_nothing(cast: Cast, signed_in: SignedIn, person: Callable) -> None:
    due_in(transmitted(cast), 30)
    assert "Train twelve fitters" in board(signed_in(cast.head), cast)
    assert "Train twelve fitters" in board(signed_in(cast.above), cast)
    for who in (cast.stranger, person("reader")):
        assert signed_in(who).get(f"/follow-up/units/{cast.ports.key}/").status_code == 404
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    assert "Train twelve fitters" in board(signed_in(person("reader")), cast)


def test_each_number_opens_the_list_that_it_was_counted_from(signed_in: SignedIn, filled: Office) -> None:
    client = signed_in(filled.people["Tomas"])
    page = client.get("/follow-up/units/U-0002/").content.decode()
    found = re.findall(r'<dd><a href="(\?[^"]*)">(?:<svg.*?</svg>)?(\d+)</a></dd>', page)
    assert len(found) == 5
    assert [int(n) for _query, n in found] == [11, 5, 2, 2, 1]
    for query, number in found:
        listed = client.get(f"/follow-up/units/U-0002/{html.unescape(query)}").content.decode()
        assert listed.count('class="owed-row"') == int(number), query
        assert f'<span class="count">{number}</span>' in listed, query


def test_dates_that_were_moved_stay_struck_through_and_red_runs_from_the_first(signed_in: SignedIn, filled: Office) -> None:
    page = signed_in(filled.people["Tomas"]).get("/follow-up/units/U-0002/").content.decode()
    row = page[page.index('id="A-000001"') :]
    row = row[: row.index("</li>\n")]
    assert row.count('class="was"') == row.count('class="kept"') == 2
    assert row.count('class="due"') == 1
    assert "Late, 305 days" in row
    assert "Date moved twice." in row
    begin = re.search(r'class="over" x1="([\d.]+)%"', row)
    first = re.findall(r'<svg x="([\d.]+)%"[^>]*><path class="was"', row)
    assert begin
    assert float(begin[1]) == min(float(at) for at in first)


def test_filters_narrow_rows_and_numbers_alike(signed_in: SignedIn, filled: Office) -> None:
    client = signed_in(filled.people["Tomas"])

    def rows(query: str) -> set[str]:
        page = client.get(f"/follow-up/units/U-0002/?{query}").content.decode()
        return set(re.findall(r'class="owed-row" id="(A-\d+)"', page))

    keys = {number: action.key for number, action in filled.actions.items()}
    assert rows("evaluation=E-00002") == {keys[n] for n in ("3.4", "3.5", "2.3", "2.4")}
    assert rows("priority=low&group=late") == {keys["6.3"]}
    assert rows(f"owner={filled.people['Tomas'].key}") == {keys["2.2"]}
    assert rows("overdue=unexplained") == {keys["3.4"], keys["3.5"]}
    assert rows("overdue=current") == {keys["3.4"], keys["3.5"], keys["6.3"]}
    assert rows("overdue=first") == {keys[n] for n in ("3.4", "3.5", "6.3", "7.1", "2.2")}
    assert rows("group=nonsense&overdue=nonsense&since=never&page=x") == rows("")


def test_a_list_goes_into_a_file_whole_and_no_cell_is_a_formula(signed_in: SignedIn, filled: Office) -> None:
    action = filled.actions["7.1"]
    action.text = '=HYPERLINK("https://evil.example";"fees")'
    action.save()
    client = signed_in(filled.people["Tomas"])
    answer = client.get("/follow-up/units/U-0002/actions.csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    # Closed ones too, and none of other units.
    assert {row["number"] for row in table} == {*filled.actions} - {"1.3", "4.2"}
    row = next(row for row in table if row["key"] == action.key)
    assert row["action"].startswith("'=HYPERLINK")
    assert (row["promised for"], row["days past the first date"]) == (action.first_due.isoformat(), "305")
    assert "attachment" in answer.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(client.get("/follow-up/units/U-0002/actions.xlsx?group=late").content)).active
    assert sheet.max_row == 6
    cell = next(c for c in sheet["E"] if str(c.value).startswith("=HYPERLINK"))
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert client.get("/follow-up/units/U-0002/actions.exe").status_code == 404
    assert signed_in(filled.people["Sam"]).get("/follow-up/units/U-0002/actions.csv").status_code == 404


def test_what_was_claimed_is_late_until_then_in_a_file_as_on_a_board(signed_in: SignedIn, filled: Office) -> None:
    action = next(a for a in filled.actions.values() if a.state == ActionState.CLAIMED and a.unit.key == "U-0002")
    action.first_due = action.due = action.claimed - timedelta(days=3)
    action.claimed -= timedelta(days=1)
    action.save()
    answer = signed_in(filled.people["Tomas"]).get("/follow-up/units/U-0002/actions.csv")
    table = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    row = next(row for row in table if row["key"] == action.key)
    assert (row["days past the first date"], row["days past the date that holds"]) == ("2", "2")


def test_a_file_that_would_be_cut_is_not_made(signed_in: SignedIn, filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaltrail_office.follow_up.exports.MOST", 3)
    client = signed_in(filled.people["Tomas"])
    answer = client.get("/follow-up/units/U-0002/actions.csv", follow=True)
    assert "A file holds 3 actions at most." in answer.content.decode()
    assert client.get("/follow-up/units/U-0002/actions.csv?group=soon").headers["Content-Type"].startswith("text/csv")


def test_queries_do_not_grow_with_rows(signed_in: SignedIn, filled: Office) -> None:
    counts: list[tuple[str, str, int]] = []
    clients = {who: Client() for who in ("Tomas", "Ilse", "Mara", "Nadia")}
    for who, client in clients.items():
        client.force_login(filled.people[who])
    addresses = {
        "Tomas": ("/follow-up/units/U-0002/", "/follow-up/units/U-0002/?group=late", "/follow-up/units/U-0002/actions.csv"),
        "Mara": ("/follow-up/", "/follow-up/units/U-0001/", "/follow-up/?waits=later"),
        "Nadia": ("/follow-up/", "/follow-up/units/U-0001/"),
        "Ilse": ("/follow-up/verify/", "/follow-up/?waits=claims"),
    }
    for who, own in addresses.items():
        for address in own:
            clients[who].get(address)
    for more in (True, False):
        for who, own in addresses.items():
            for address in own:
                with CaptureQueriesContext(connection) as asked:
                    assert clients[who].get(address).status_code == 200
                counts.append((address, who, len(asked)))
        if more:
            copied()
    half = len(counts) // 2
    assert counts[:half] == counts[half:]
    assert max(n for _address, _who, n in counts) < 32, counts


def copied() -> None:
    """Every action once more, with its claims and requests."""
    for old in list(Action.objects.all()):
        claims, asked = list(old.claims.all()), list(old.extensions.all())
        proofs = {c.pk: list(c.proofs.all()) for c in claims}
        old.pk, old.key = None, f"A-1{old.key[3:]}"
        old.save()
        for claim in reversed(claims):
            own, claim.pk, claim.action = proofs[claim.pk], None, old
            claim.save()
            claim.proofs.set(own)
        for one in asked:
            one.pk, one.action = None, old
            one.save()


def test_one_pass_over_the_rows_says_the_same_as_a_question_for_each_number(filled: Office) -> None:
    copied()
    today = timezone.localdate()
    for ago in (0, 200, -200, 900):
        at, since = today - timedelta(days=ago), today - timedelta(days=ago + 365)
        rows = Action.objects.exclude(state="proposed")
        told = groups.outline(rows, at, since)
        for group in (*groups.Group.values, "open", "verified"):
            found = rows.filter(groups.condition(group, at, since)).order_by(*groups.ORDER.get(group, (F("due").asc(), "pk")))
            assert told.figures.of(group) == found.count(), (group, ago)
            if group in told.first:
                assert list(told.first[group]) == list(found.values_list("pk", flat=True)[: groups.SHOWN[group]]), (group, ago)
        late = rows.filter(groups.condition("late", at, since), delay="")
        assert told.figures.unexplained == late.count()


def test_numbers_that_took_long_to_count_say_when_that_was(signed_in: SignedIn, filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "_LONG_TIME", -1)
    client = signed_in(filled.people["Tomas"])
    assert "Counted at" not in client.get("/follow-up/units/U-0002/").content.decode()
    again = client.get("/follow-up/units/U-0002/").content.decode()
    assert "Counted at" in again
    assert "Late, 305 days" in again


def test_what_a_merged_unit_owed_stands_on_the_board_of_its_successor(signed_in: SignedIn, filled: Office) -> None:
    harbours = Unit.objects.create(key="U-0050", name="Harbours and Landings")
    ports = filled.units["Ports Division"]
    ports.successor, ports.valid_until = harbours, timezone.localdate()
    ports.save()
    client = signed_in(filled.people["Nadia"])
    assert filled.actions["7.1"].key in client.get("/follow-up/units/U-0050/").content.decode()
    assert "This unit has ended; Harbours and Landings answers for it." in client.get("/follow-up/units/U-0002/").content.decode()
