"""A request for a later date can be taken back until somebody has decided on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.facts import facts, facts_of_journal
from evaltrail_office.follow_up.models import Action, Extension
from evaltrail_office.follow_up.moving import Overtaken, WrongState
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry
from tests.office.follow_up_cast import Cast, transmitted

if TYPE_CHECKING:
    from evaltrail_office.accounts.models import Unit

pytestmark = pytest.mark.django_db
LATER = date(2027, 6, 30)


def asked(cast: Cast, reason: str = "money") -> Action:
    action = transmitted(cast)
    work.ask_later(cast.line, action, LATER, reason, "Spring.")
    return Action.objects.get(pk=action.pk)


def page_of(who: User, action: Action) -> str:
    browser = Client()
    browser.force_login(who)
    return browser.get(f"/follow-up/actions/{action.key}/").content.decode()


def moved(user: User, unit: Unit) -> User:
    """The person, working elsewhere since."""
    user.unit = unit
    user.save()
    return User.objects.get(pk=user.pk)


def test_figures_are_as_if_it_had_never_been_asked_for(cast: Cast) -> None:
    action = transmitted(cast)
    before = facts()
    work.ask_later(cast.line, action, LATER, "money", "Spring.")
    assert facts() != before
    work.withdraw_later(cast.line, action)
    assert facts() == before == facts_of_journal(Entry.objects.order_by("pk"))
    fresh = Action.objects.get(pk=action.pk)
    assert (fresh.due, fresh.first_due, fresh.state, fresh.delay, fresh.delay_words) == (action.due, action.first_due, "open", "", "")
    (row,) = Extension.objects.all()
    assert (row.state, row.answered_by) == ("withdrawn", cast.line.key)
    journal = {k: v for k, v in replayed(Entry.objects.order_by("pk")).items() if k.startswith("action:")}
    assert differences(journal, stored([fresh])) == []


def test_another_can_be_asked_for_afterwards_and_is_the_one_that_counts(cast: Cast) -> None:
    action = asked(cast)
    work.withdraw_later(cast.line, action)
    with pytest.raises(Refused, match="No later date has been asked for"):
        work.grant_later(cast.above, action)
    work.ask_later(cast.line, action, LATER, "staff")
    work.grant_later(cast.above, action)
    (only,) = facts().recommendations[0].actions
    assert only.extension_reason == "staff"
    assert facts_of_journal(Entry.objects.order_by("pk")) == facts()


def test_why_it_is_late_stays_where_somebody_has_said_it_since(cast: Cast) -> None:
    action = asked(cast)
    work.explain(cast.line, action, "money", "Still none.")
    work.withdraw_later(cast.line, action)
    fresh = Action.objects.get(pk=action.pk)
    assert (fresh.delay, fresh.delay_words) == ("money", "Still none.")


def test_what_was_decided_cannot_be_taken_back(cast: Cast) -> None:
    action = asked(cast)
    work.refuse_later(cast.above, action, "No.")
    with pytest.raises(Refused, match="No later date has been asked for"):
        work.withdraw_later(cast.line, action)
    work.ask_later(cast.line, action, LATER, "money")
    work.grant_later(cast.above, action)
    with pytest.raises(Refused, match="No later date has been asked for"):
        work.withdraw_later(cast.line, action)
    assert [x.state for x in Extension.objects.all()] == ["refused", "granted"]


def test_it_is_for_whoever_asked_and_for_the_unit_and_for_nobody_else(cast: Cast) -> None:
    action = asked(cast)
    for who in (cast.above, cast.helper, cast.stranger, cast.head, cast.coordinator):
        with pytest.raises(PermissionDenied):
            work.withdraw_later(who, action)
    # Whoever asked may, also when they work elsewhere by now.
    work.withdraw_later(moved(cast.line, cast.training), action)
    assert Extension.objects.get().state == "withdrawn"


def test_the_head_of_the_unit_takes_back_what_the_unit_asked_for(cast: Cast) -> None:
    work.withdraw_later(cast.chief, asked(cast))
    assert Extension.objects.get().answered_by == cast.chief.key


def test_who_comes_late_or_finds_it_closed_writes_nothing(cast: Cast) -> None:
    action = asked(cast)
    seen = action.revision
    work.report(cast.line, action, "Rooms are booked.", "under_way")
    with pytest.raises(Overtaken):
        work.withdraw_later(cast.line, action, revision=seen)
    work.add_proof(cast.line, action, "List", "https://office.example/list")
    work.claim(cast.line, action, "done")
    work.verify(cast.head, action)
    with pytest.raises(WrongState):
        work.withdraw_later(cast.line, action)
    assert Extension.objects.get().state == "asked"


def test_a_claim_that_waits_does_not_keep_it_from_being_taken_back(cast: Cast) -> None:
    action = asked(cast)
    work.add_proof(cast.line, action, "List", "https://office.example/list")
    work.claim(cast.line, action, "done")
    assert work.withdraw_later(cast.line, action).state == "claimed"
    assert Extension.objects.get().state == "withdrawn"


def test_the_page_offers_it_to_the_unit_and_tells_what_was_done(cast: Cast) -> None:
    action = transmitted(cast)
    assert 'value="withdraw_later"' not in page_of(cast.line, action)
    work.ask_later(cast.line, action, LATER, "money")
    action.refresh_from_db()
    assert 'value="withdraw_later"' in page_of(cast.line, action)
    assert 'value="withdraw_later"' not in page_of(cast.above, action)
    browser = Client()
    browser.force_login(cast.line)
    sent = browser.post(f"/follow-up/actions/{action.key}/", {"move": "withdraw_later", "revision": action.revision}, follow=True)
    shown = sent.content.decode()
    assert "The request is taken back; the date that holds stays." in shown
    assert f"Asked for, taken back by {cast.line.name}" in shown
    assert "withdrew the request for a later date of" in shown
    assert 'value="withdraw_later"' not in shown
    assert 'value="ask_later"' in shown
    above = Client()
    above.force_login(cast.above)
    assert 'value="grant_later"' not in above.get(f"/follow-up/actions/{action.key}/").content.decode()
    assert "Decide on the later date" not in above.get("/follow-up/").content.decode()
