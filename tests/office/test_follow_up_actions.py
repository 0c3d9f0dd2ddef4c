"""The page of one action: forms for those whose move it is, words for the others, and nobody's words lost."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.accounts.access import forget_scope
from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.follow_up import offers
from evaltrail_office.follow_up.actions import answers, work
from evaltrail_office.follow_up.desk import Desk
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import ActionState, Hand
from evaltrail_office.follow_up.models import Action, FollowUp
from tests.office.follow_up_cast import answered, transmitted
from tests.office.follow_up_office import Office, fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.office.follow_up_cast import Cast

    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(db: None) -> Office:
    """An office whose follow-up has run for two years."""
    return fill()


def page(client: Client, action: Action) -> str:
    answer = client.get(f"/follow-up/actions/{action.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, action: Action, move: str, **given: Any) -> Any:
    action.refresh_from_db()
    given.setdefault("revision", action.revision)
    return client.post(f"/follow-up/actions/{action.key}/", {"move": move, **given})


def test_the_unit_claims_and_the_office_verifies(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    proof = work.add_proof(cast.line, action, "Attendance of twelve fitters", "https://office.example/attendance")
    assert send(signed_in(cast.line), action, "claim", status="done", words="All twelve.", proofs=[proof.pk]).status_code == 302
    action.refresh_from_db()
    assert action.state == ActionState.CLAIMED
    office = signed_in(cast.head)
    shown = page(office, action)
    assert "All twelve." in shown
    assert 'value="verify"' in shown
    assert send(office, action, "verify", status="done").status_code == 302
    action.refresh_from_db()
    assert (action.state, action.verified_by) == (ActionState.VERIFIED, cast.head.key)


def test_a_claim_without_proof_is_refused_at_its_form_and_keeps_the_words(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    answer = send(signed_in(cast.line), action, "claim", status="done", words="All of them were trained.")
    assert answer.status_code == 422
    assert "needs proof" in answer.content.decode()
    assert "All of them were trained." in answer.content.decode()


def test_whoever_is_overtaken_is_told_sees_the_present_state_and_keeps_the_words(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    seen = action.revision
    work.report(cast.chief, action, "Trainers are found.")
    answer = send(signed_in(cast.line), action, "report", words="No trainers yet.", revision=seen)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert cast.chief.name in told
    assert "No trainers yet." in told
    assert "Trainers are found." in told
    assert action.progress.count() == 1


def test_others_read_whose_it_is_and_a_stranger_finds_nothing(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    shown = page(signed_in(cast.head), action)
    assert "the unit that owes it" in shown
    assert 'value="claim"' not in shown
    assert send(signed_in(cast.head), action, "claim", status="done").status_code == 403
    assert signed_in(cast.stranger).get(f"/follow-up/actions/{action.key}/").status_code == 404
    assert send(signed_in(cast.stranger), action, "report", words="x").status_code == 404


def test_every_move_is_offered_to_those_whose_it_is_and_can_be_made_by_its_form(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    line, above, head = cast.line, cast.above, cast.head
    later = (action.due + timedelta(days=90)).isoformat()
    moves: list[tuple[User, str, dict[str, Any], str]] = [
        (line, "report", {"words": "Trainers are found.", "status": "under_way"}, "under_way"),
        (line, "assign", {"owner": cast.chief.key}, "under_way"),
        (line, "explain", {"reason": "money", "words": "The grant came late."}, "under_way"),
        (line, "ask_later", {"day": later, "reason": "money", "words": "Spring."}, "under_way"),
        (above, "refuse_later", {"words": "The year is enough."}, "under_way"),
        (line, "ask_later", {"day": later, "reason": "partner"}, "under_way"),
        (line, "withdraw_later", {}, "under_way"),
        (line, "ask_later", {"day": later, "reason": "staff"}, "under_way"),
        (above, "grant_later", {"day": later}, "under_way"),
        (line, "ask_drop", {"status": "superseded", "reason": "The sites were closed."}, "drop_asked"),
        (line, "withdraw_drop", {}, "under_way"),
        (line, "ask_drop", {"status": "superseded", "reason": "The sites were closed."}, "drop_asked"),
        (head, "refuse_drop", {"words": "Two are open."}, "under_way"),
        (line, "claim", {"status": "under_way"}, "claimed"),
        (line, "withdraw_claim", {}, "under_way"),
        (line, "claim", {"status": "under_way"}, "claimed"),
        (head, "send_back", {"words": "Say how many."}, "sent_back"),
        (line, "claim", {"status": "under_way", "words": "Ten."}, "claimed"),
        (head, "verify", {"status": "done", "words": "All twelve, as I saw."}, "verified"),
        (head, "reopen", {"reason": "Two have left."}, "under_way"),
        (line, "ask_drop", {"status": "no_longer_applicable", "reason": "The sites were closed."}, "drop_asked"),
        (head, "drop", {}, "dropped"),
        (head, "reopen", {"reason": "They are open again."}, "under_way"),
    ]
    for who, move, given, state in moves:
        client = signed_in(who)
        action.refresh_from_db()
        assert f'name="move" value="{move}"' in page(client, action), (move, action.state)
        answer = send(client, action, move, **given)
        assert answer.status_code == 302, (move, re.findall(r'class="errorlist.*?</ul>', answer.content.decode()))
        action.refresh_from_db()
        assert action.state == state, move
    assert {move for _who, move, _given, _state in moves} == set(offers.DONE)
    shown = page(signed_in(line), action)
    for words in (
        "The year is enough.",
        "Refused by",
        "All twelve, as I saw.",
        "Say how many.",
        "Two have left.",
        "taken back by the unit",
    ):
        assert words in html.unescape(shown), words


@pytest.mark.parametrize(
    "move, given, words",
    [
        ("report", {}, "Say how it stands."),
        ("report", {"words": "x", "status": "finished"}, "knows no status finished here"),
        ("claim", {"status": "accomplished"}, "knows no status accomplished here"),
        ("explain", {}, "Choose why it is late."),
        ("explain", {"reason": "weather"}, "knows no reason weather"),
        ("ask_later", {"reason": "money"}, "Give a date."),
        ("ask_later", {"reason": "money", "day": "2026-02-01"}, "is no later than the date that holds"),
        ("ask_later", {"reason": "money", "day": "soon"}, "Give a date: year, month and day."),
        ("ask_drop", {"status": "superseded", "reason": " "}, "Give a reason."),
        ("ask_drop", {"reason": "Closed."}, "Choose a status."),
    ],
)
def test_what_is_missing_or_unknown_is_said_once_at_its_form_and_nothing_changes(
    cast: Cast, signed_in: SignedIn, move: str, given: dict[str, str], words: str
) -> None:
    action = transmitted(cast)
    before = action.revision
    answer = send(signed_in(cast.line), action, move, **given)
    assert answer.status_code == 422
    assert html.unescape(answer.content.decode()).count(words) == 1
    action.refresh_from_db()
    assert action.revision == before


def test_a_person_of_another_unit_is_not_named_by_changing_the_form(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    work.assign(cast.line, action, cast.chief)
    assert send(signed_in(cast.line), action, "assign", owner=cast.helper.key).status_code == 422
    action.refresh_from_db()
    assert action.owner == cast.chief


def test_what_was_typed_is_shown_when_the_move_is_gone(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    seen = action.revision
    work.claim(cast.chief, action, "under_way")
    answer = send(signed_in(cast.line), action, "report", words="Ten are trained.", revision=seen)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "It cannot be done any more. You had typed:" in told
    assert "Ten are trained." in told


def test_my_actions_are_mine_my_units_and_those_below(signed_in: SignedIn, filled: Office) -> None:
    def keys(who: str, query: str = "") -> set[str]:
        answer = signed_in(filled.people[who]).get(f"/follow-up/{query}")
        assert answer.status_code == 200
        found = set(re.findall(r'class="owed-row" id="(A-\d+)"', answer.content.decode()))
        return {number for number, action in filled.actions.items() if action.key in found}

    closed_long_ago = {"7.2"}
    assert keys("Mara") == set(filled.actions) - closed_long_ago
    assert keys("Jonas") == {"3.4", "3.5", "6.3"}
    assert keys("Tomas", "?whose=me") == {"2.2"}
    assert keys("Tomas", "?whose=below") == {"3.4", "3.5", "6.3"}
    assert keys("Tomas", "?whose=unit") == {"7.1", "2.2", "2.4", "6.1", "4.1", "2.3", "6.2", "1.4", "2.1"}
    assert keys("Lena") == keys("Sam") == set()


def test_what_waits_for_a_person_leads_to_where_it_is_decided(signed_in: SignedIn, filled: Office) -> None:
    tomas = signed_in(filled.people["Tomas"]).get("/follow-up/").content.decode()
    assert f'href="/follow-up/actions/{filled.actions["6.3"].key}/#grant_later"' in tomas
    nadia = signed_in(filled.people["Nadia"]).get("/follow-up/").content.decode()
    assert f'href="/follow-up/actions/{filled.actions["6.2"].key}/#drop"' in nadia
    assert 'href="/follow-up/verify/">2</a>' in nadia
    jonas = signed_in(filled.people["Jonas"]).get("/follow-up/").content.decode()
    assert "Waits for you" not in jonas


def test_the_desk_says_the_same_as_the_hands(filled: Office) -> None:
    """Whatever presets name and wherever people sit: conditions for the database and the answer for one thing agree."""
    filled.people["Sam"].unit = filled.units["Office of Evaluation"]
    filled.people["Sam"].save()
    Grant.objects.create(user=filled.people["Sam"], role="manager", evaluation="E-00001", given_by="system:test")
    Grant.objects.create(user=filled.people["Greta"], role="verifier", evaluation="E-00002", given_by="system:test")
    filled.actions["4.1"].unit = filled.units["Office of Evaluation"]
    filled.actions["4.1"].save()
    tried = 0
    for named in ("evaluation_office", "committee", "audit", "coordinator", "next_level", "none"):
        for follow_up in FollowUp.objects.all():
            other = named if named not in {"audit", "none"} else "committee"
            verifier = named if named != "coordinator" else "committee"
            closing = {**follow_up.rules["closing"], "approver": other}
            follow_up.rules |= {"verifier": verifier, "extension": other, "closing": closing}
            follow_up.save()
        for user in User.objects.all():
            forget_scope(user)
            hands = Hands(user)
            desk = Desk(hands)
            for part, hand in (("verifier", Hand.VERIFIER), ("extension", Hand.AUTHORITY), ("closing__approver", Hand.APPROVER)):
                by_rows = set(Action.objects.filter(desk.names(part)).values_list("number", flat=True))
                every = Action.objects.select_related("track__follow_up", "evaluation", "unit")
                by_hands = {a.number for a in every if hand in hands.of(a, preset_of(a.track.follow_up))}
                assert by_rows == by_hands, (named, user.name, part)
                tried += len(by_hands)
    assert tried > 100


def test_answers_wait_for_those_who_write_contribute_and_clear(cast: Cast, signed_in: SignedIn) -> None:
    def waits(who: User) -> list[str]:
        client = signed_in(who)
        shown = client.get("/follow-up/").content.decode()
        found = [label for label in ("Answers to write", "Answers to contribute to", "Answers to clear") if label in shown]
        for what in ("draft", "contribute", "clear"):
            assert client.get(f"/follow-up/?waits={what}").status_code == 200
        return found

    assert waits(cast.line) == ["Answers to write"]
    assert waits(cast.helper) == ["Answers to contribute to"]
    assert waits(cast.chief) == ["Answers to write"]
    assert waits(cast.coordinator) == waits(cast.stranger) == []
    response = answered(cast)
    answers.contribute(cast.helper, response, "We train.")
    answers.submit(cast.line, response)
    assert waits(cast.line) == []
    assert waits(cast.helper) == ["Answers to clear"]
    answers.clear(cast.helper, response)
    assert waits(cast.helper) == []
    assert waits(cast.chief) == ["Answers to clear"]
    answers.clear(cast.chief, response)
    assert waits(cast.coordinator) == ["Answers to clear"]


def test_claims_are_verified_in_the_queue_the_oldest_first(signed_in: SignedIn, filled: Office) -> None:
    client = signed_in(filled.people["Ilse"])
    shown = client.get("/follow-up/verify/").content.decode()
    first, second = filled.actions["4.1"], filled.actions["2.3"]
    assert re.findall(r'<li id="(A-\d+)"', shown) == [first.key, second.key]
    assert "waits 68 days" in shown
    assert "The list named no fitter for two lakes." in shown
    proof = first.proofs.get()
    assert f'href="/follow-up/proofs/{proof.pk}/"' in shown
    assert client.get(f"/follow-up/proofs/{proof.pk}/").status_code == 200

    def turn(action: Action, move: str, **given: Any) -> Any:
        action.refresh_from_db()
        return client.post("/follow-up/verify/", {"action": action.key, "move": move, "revision": action.revision, **given})

    refused = turn(first, "verify", status="partly_done", words="")
    assert refused.status_code == 422
    assert "You found another status than was claimed. Say why" in refused.content.decode()
    assert turn(second, "send_back", words="").status_code == 422
    assert turn(first, "verify", status="partly_done", words="Two by-laws are not signed.").status_code == 302
    assert turn(second, "verify", status="done").status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.claimed_status, first.verified_status) == ("under_way", "done", "partly_done")
    assert second.state == "verified"
    assert "No claim waits for you." in client.get("/follow-up/verify/").content.decode()


def test_whoever_is_overtaken_in_the_queue_is_told(signed_in: SignedIn, filled: Office) -> None:
    client = signed_in(filled.people["Ilse"])
    action = filled.actions["4.1"]
    sent = {"action": action.key, "move": "verify", "status": "done", "words": "", "revision": action.revision}
    work.explain(filled.people["Tomas"], action, "staff")
    answer = client.post("/follow-up/verify/", sent)
    assert answer.status_code == 409
    assert "Tomas Ekeland changed it since you opened it." in answer.content.decode()
    work.verify(filled.people["Nadia"], action)
    answer = client.post("/follow-up/verify/", sent)
    assert answer.status_code == 409
    assert "Nadia Orvell changed it" in answer.content.decode()
    action.refresh_from_db()
    assert action.verified_by == filled.people["Nadia"].key


def test_the_queue_is_empty_with_the_reason_for_those_who_verify_nothing(signed_in: SignedIn, filled: Office) -> None:
    action = filled.actions["4.1"]
    for who in ("Jonas", "Lena", "Sam"):
        client = signed_in(filled.people[who])
        assert "You are none of these." in html.unescape(client.get("/follow-up/verify/").content.decode())
        sent = {"action": action.key, "move": "verify", "status": "done", "revision": action.revision}
        assert client.post("/follow-up/verify/", sent).status_code == (403 if who == "Lena" else 404)
    tomas = signed_in(filled.people["Tomas"]).get("/follow-up/verify/").content.decode()
    assert "2 claims more wait that somebody else verifies" in tomas
    action.refresh_from_db()
    assert action.state == "claimed"


def test_what_was_done_behind_an_action_is_for_those_who_have_a_part_in_it(signed_in: SignedIn, filled: Office) -> None:
    action = filled.actions["6.2"]
    for who in ("Tomas", "Mara", "Nadia", "Ilse", "Paulo"):
        assert 'id="history"' in page(signed_in(filled.people[who]), action), who
    reader = page(signed_in(filled.people["Lena"]), action)
    assert 'id="history"' not in reader
    assert "The weights before 2025 were lost with the old server." in reader
