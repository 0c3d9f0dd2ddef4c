"""Follow-up on the dashboard: numbers, each with its list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import tallies
from evaltrail_office.follow_up.actions import answers
from evaltrail_office.follow_up.actions import work as verbs
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.follow_up.models import Action, Response, Track
from evaltrail_office.follow_up.queries_dashboard import desk, listed
from tests.office.follow_up_cast import Cast, transmitted

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def late(cast: Cast, days: int = 12) -> Action:
    action = transmitted(cast)
    Action.objects.filter(pk=action.pk).update(due=timezone.localdate() - timedelta(days=days))
    return Action.objects.get(pk=action.pk)


def browser(who: User) -> Client:
    made = Client()
    made.force_login(who)
    return made


def test_the_head_sees_what_is_late_and_each_number_opens_its_list(cast: Cast) -> None:
    action = late(cast)
    shown = browser(cast.head).get("/dashboard/").content.decode()
    for words in ("action late", "1 without a reason", "none given", "Train twelve fitters", "12</td>"):
        assert words in shown
    for what in ("late", "unexplained"):
        assert f"/follow-up/lists/{what}/" in shown
        assert f"/follow-up/actions/{action.key}/" in browser(cast.head).get(f"/follow-up/lists/{what}/").content.decode()
    verbs.explain(cast.line, action, "money")
    shown = browser(cast.head).get("/dashboard/").content.decode()
    assert "without a reason" not in shown
    assert "Money was not given" in shown


def test_a_claim_is_no_longer_late_and_waits_to_be_verified(cast: Cast) -> None:
    action = late(cast)
    proof = verbs.add_proof(cast.line, action, "List", "https://office.example/list")
    verbs.claim(cast.line, action, "done", "Done.", [proof])
    Action.objects.update(claimed=timezone.localdate() - timedelta(days=69))
    found = desk(Hands(cast.head))
    assert (found.late, found.claimed, found.oldest) == (0, 1, 69)
    shown = browser(cast.head).get("/dashboard/").content.decode()
    assert "oldest 69 days" in shown
    assert "waits 69 days" in shown
    assert action.key in browser(cast.head).get("/follow-up/lists/claimed/").content.decode()


def test_a_recommendation_is_unanswered_until_its_answer_is_transmitted(cast: Cast) -> None:
    assert desk(Hands(cast.head)).unanswered == 1
    assert "R-000001" in browser(cast.head).get("/follow-up/lists/unanswered/").content.decode()
    transmitted(cast)
    assert desk(Hands(cast.head)).unanswered == 0


def test_a_unit_sees_its_own_and_others_what_is_public(cast: Cast, person: Callable[..., User]) -> None:
    action = late(cast)
    reader = person("reader")

    def count(who: User) -> int:
        return desk(Hands(User.objects.get(pk=who.pk))).late

    assert [count(u) for u in (cast.line, cast.above, cast.helper, reader, cast.coordinator)] == [1, 1, 0, 0, 1]
    answers.issue(cast.head, cast.track.follow_up)
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    tallies.tally()
    assert count(reader) == 1
    assert action.key in browser(reader).get("/follow-up/lists/late/").content.decode()
    assert browser(cast.stranger).get("/follow-up/lists/late/").status_code == 404
    assert Client().get("/follow-up/lists/late/").status_code == 302
    assert browser(cast.head).get("/follow-up/lists/nothing/").status_code == 404


def test_a_head_who_also_coordinates_sees_no_less(cast: Cast) -> None:
    action = late(cast)
    Grant.objects.create(user=cast.head, role="coordinator", given_by="system:test")
    both = User.objects.get(pk=cast.head.pk)
    assert list(visible(both, Action.objects.all())) == [action]
    assert desk(Hands(both)).late == 1


def test_definitions_stand_on_the_dashboard_once_they_are_worked_out(cast: Cast) -> None:
    transmitted(cast)
    assert "by definition" not in browser(cast.head).get("/dashboard/").content.decode()
    tallies.tally()
    shown = browser(cast.head).get("/dashboard/").content.decode()
    assert "Acceptance and implementation, by definition" in shown
    assert "/follow-up/figures/acceptance/?rows=numerator#rows" in shown


def test_the_dashboard_asks_the_same_number_of_queries_of_few_rows_and_many(cast: Cast) -> None:
    late(cast)
    tallies.tally()
    own = browser(cast.head)
    own.get("/dashboard/")
    asked = []
    for first in (100, 200):
        for n in range(first, first + 10):
            r = Recommendation.objects.create(key=f"R-{n:06}", evaluation=cast.evaluation, position=n, text="More.")
            track = Track.objects.create(recommendation=r, follow_up=cast.track.follow_up, evaluation=cast.evaluation)
            for m, state in enumerate(("open", "under_way", "sent_back", "claimed")):
                Action.objects.create(
                    key=f"A-{n:04}{m}", track=track, response=Response.objects.first(), evaluation=cast.evaluation, unit=cast.ports,
                    text="More", state=state, due=date(2026, 1, 1), claimed=date(2026, 1, 2) if state == "claimed" else None,
                )  # fmt: skip
        counts = []
        for path in ("/dashboard/", "/follow-up/lists/late/", "/follow-up/lists/claimed/", "/follow-up/lists/unanswered/"):
            with CaptureQueriesContext(connection) as found:
                assert own.get(path).status_code == 200
            counts.append(len(found))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert len(listed(Hands(cast.head), "late", "2").object_list) == 25
