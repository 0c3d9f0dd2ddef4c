"""Changing many recommendations in one go: looked at first, refused where it may not be, taken back as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaltrail_office.accounts.models import Unit
from evaltrail_office.evaluations.models import Facet
from evaltrail_office.follow_up.actions import opening, together
from evaltrail_office.follow_up.models import Action, Charge, Response, Track
from evaltrail_office.follow_up.queries_together import named
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry
from tests.office.registers_made import taken, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.actions.together import Done

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(person: Callable[..., User], work: Callable[[], int]) -> User:
    """A head of evaluation, in an office with five recommendations from a register: two of them retired."""
    user = person("head")
    taken(user, work, xlsx())
    return user


def tracks(user: User) -> list[Track]:
    return list(named(user, [t.recommendation.key for t in Track.objects.select_related("recommendation")]))


def journal_tells_all() -> list[str]:
    rows = [*Track.objects.select_related("recommendation"), *Response.objects.all(), *Action.objects.select_related("unit", "owner")]
    return differences(replayed(Entry.objects.order_by("pk")), stored(rows))


def done(user: User, field: str, value: str) -> Done:
    return together.change_together(user, [(t, t.revision) for t in tracks(user)], field, value)


def state() -> list[object]:
    """All that a change of many may touch."""
    return [
        list(Track.objects.order_by("pk").values_list("addressee", "time", "due", "recommendation__priority")),
        list(Charge.objects.order_by("track").values_list("track", "unit", "lead")),
        list(Action.objects.order_by("pk").values_list("unit", flat=True)),
        list(Facet.objects.filter(kind="theme").values_list("evaluation", "value")),
        sorted(Response.objects.values_list("track", "state", "version")),
    ]


@pytest.mark.parametrize(
    "field, value, changed",
    [("addressee", "partner", 3), ("time", "medium", 3), ("lead", "U-0001", 3), ("priority", "high", 5), ("theme", "Ports", 3)],
)
def test_a_field_is_set_where_it_may_be_told_in_the_journal_and_taken_back_as_a_whole(
    head: User, field: str, value: str, changed: int
) -> None:
    Unit.objects.create(key="U-0001", name="Ports Division")
    before = state()
    foreseen = together.foresee(head, tracks(head), field, value)
    told = done(head, field, value)
    assert told.changed == changed
    if field == "theme":
        # Of two recommendations of one evaluation the first sets it, and the second finds it set.
        assert len([f for f in foreseen if not f.refused]) == 5
    else:
        assert len([f for f in foreseen if not f.refused]) == changed
        assert {why for _key, why in told.refused} <= {"This cannot be done now: it is retired."}
    assert state() != before
    assert not journal_tells_all()
    back = together.undo(head, told.key)
    assert (back.changed, back.refused) == (changed, ())
    assert state() == before
    assert not journal_tells_all()
    with pytest.raises(together.Refused, match="already"):
        together.undo(head, told.key)


def test_a_lead_unit_gets_the_running_actions_that_nobody_has(head: User) -> None:
    unit = Unit.objects.create(key="U-0001", name="Ports Division")
    done(head, "lead", unit.key)
    assert {a.state for a in Action.objects.filter(unit=unit)} == {"under_way", "open"}
    assert Action.objects.filter(unit=unit).count() == 3


def test_what_somebody_changed_meanwhile_is_left_and_said(head: User) -> None:
    seen = [(t, t.revision) for t in tracks(head)]
    first = Track.objects.filter(state="followed").order_by("pk")[0]
    opening.address(head, first, "donor")
    told = together.change_together(head, seen, "addressee", "partner")
    assert told.changed == 2
    assert any("since you opened it" in why for _key, why in told.refused)
    second = Track.objects.filter(addressee="partner")[0]
    opening.address(head, second, "donor")
    back = together.undo(head, told.key)
    assert (back.changed, [key for key, _why in back.refused]) == (1, [second.recommendation.key])
    second.refresh_from_db()
    assert second.addressee == "donor"


def test_it_is_chosen_looked_at_done_and_undone_on_pages(head: User, signed_in: Callable[[User], Client]) -> None:
    client, address = signed_in(head), reverse("together")
    assert client.get(address).content.decode().count('name="key"') == 3
    assert client.get(address, {"state": "any", "printed": "dredg"}).content.decode().count('name="key"') == 2
    assert "Mark the recommendations" in client.post(address, {"field": "addressee", "addressee": "donor"}).content.decode()
    sent = {"field": "addressee", "addressee": "donor", "all": "1", "state-filter": "any"}
    page = client.post(address, sent).content.decode()
    assert "3 would be changed" in page
    assert "2 stay as they are" in page
    assert "it is retired" in page
    assert not Track.objects.filter(addressee="donor").exists()
    seen = [f"{t.recommendation.key}:{t.revision}" for t in tracks(head)]
    page = client.post(address, {"field": "addressee", "addressee": "donor", "seen": seen, "do": "1"}, follow=True).content.decode()
    assert "3 recommendations were changed" in page
    key = Entry.objects.get(verb="changed together").thing.partition(":")[2]
    page = client.post(reverse("together-undo", args=[key]), follow=True).content.decode()
    assert "3 recommendations are as before" in page
    assert "taken back" in page


def test_others_reach_it_not_or_are_refused_each_with_the_reason(
    head: User, person: Callable[..., User], signed_in: Callable[[User], Client], client: Client, evaluation: Callable[..., Evaluation]
) -> None:
    address = reverse("together")
    assert client.get(address).status_code == 302
    assert signed_in(person("reader")).get(address).status_code == 403
    told = done(head, "addressee", "donor")
    manager = person("manager", evaluation())
    colleague = signed_in(manager)
    assert colleague.get(address).content.decode().count('name="key"') == 0
    seen = [f"{t.recommendation.key}:{t.revision}" for t in tracks(head)]
    colleague.post(address, {"field": "addressee", "addressee": "partner", "seen": seen, "do": "1"})
    assert not Track.objects.filter(addressee="partner").exists()
    assert colleague.post(reverse("together-undo", args=[told.key])).status_code == 403
    coordinator = person("coordinator")
    refused = together.foresee(coordinator, tracks(head), "priority", "high")
    assert {f.refused for f in refused} == {"It is for the head of evaluation and its manager."}


def test_more_recommendations_ask_the_database_no_more(
    person: Callable[..., User], work: Callable[[], int], signed_in: Callable[[User], Client]
) -> None:
    user = person("head")
    client, asked = signed_in(user), []
    client.get(reverse("together"))
    for n in (10, 20):
        rows = [
            [str(i), f"HB-{n}-{i}", "Pilotage", f"The Board should mend quay {n} {i}.", "Open", "Accepted", *[None] * 4] for i in range(10)
        ]
        taken(user, work, xlsx(rows), f"{n}.xlsx")
        with CaptureQueriesContext(connection) as listed:
            client.get(reverse("together"))
        with CaptureQueriesContext(connection) as looked:
            client.post(reverse("together"), {"field": "addressee", "addressee": "donor", "all": "1"})
        asked.append((len(listed), len(looked)))
    assert asked[0] == asked[1]
