"""Inviting people, changing and ending their accounts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.accounts.access import forget_scope, scope_of
from evaltrail_office.accounts.actions import people as actions
from evaltrail_office.accounts.models import Grant, Invitation, Unit, User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
WORDS = "tall ships in fog"
GIVEN = {"name": "Bo Reed", "email": "Bo@Office.example"}


def _link(answer) -> str:
    return re.search(r"/invitation/[\w-]+/", answer.content.decode())[0]


@pytest.mark.parametrize("who", [{"role": "head"}, {"administrator": True}])
def test_an_invited_person_sets_a_password_and_is_in(who, person, signed_in, client: Client) -> None:
    answer = signed_in(person(**who)).post(reverse("invite"), GIVEN)
    link = _link(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert link in mail.outbox[0].body
    assert mail.outbox[0].to == ["bo@office.example"]
    guest = Client()
    assert guest.get(link).status_code == 200
    assert guest.post(link, {"password": WORDS, "again": WORDS}).headers["Location"] == "/"
    own = User.objects.get(email="bo@office.example")
    assert own.check_password(WORDS)
    assert guest.session["_auth_user_id"] == str(own.pk)
    assert not scope_of(own).holds_a_role
    assert list(Entry.objects.filter(thing=f"person:{own.key}").values_list("verb", flat=True)) == ["invited", "accepted"]


def test_the_link_works_once(person, client: Client) -> None:
    _own, token = actions.invite(person("head"), **GIVEN)
    actions.accept(token, WORDS)
    with pytest.raises(Refused):
        actions.accept(token, "another password")
    assert client.get(reverse("invitation", args=[token])).status_code == 404


def test_the_link_ends_after_seven_days(person, client: Client) -> None:
    _own, token = actions.invite(person("head"), **GIVEN)
    Invitation.objects.update(ends=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("invitation", args=[token])).status_code == 404
    with pytest.raises(Refused):
        actions.accept(token, WORDS)


def test_a_new_link_ends_the_one_before(person, signed_in, client: Client) -> None:
    head = person("head")
    own, token = actions.invite(head, **GIVEN)
    answer = signed_in(head).post(reverse("person-invite-again", args=[own.key]))
    assert actions.invitation_of(token) is None
    assert Client().get(_link(answer)).status_code == 200


def test_nobody_gets_a_link_for_somebody_who_has_a_password(person, signed_in) -> None:
    own = person("team", "E-00001")
    signed_in(person(administrator=True)).post(reverse("person-invite-again", args=[own.key]))
    assert not Invitation.objects.exists()
    with pytest.raises(Refused):
        actions.invite_again(person(administrator=True), own)


def test_an_address_has_one_account_however_it_is_written(person) -> None:
    head = person("head")
    actions.invite(head, **GIVEN)
    with pytest.raises(Refused, match="already"):
        actions.invite(head, name="Bo", email="BO@OFFICE.EXAMPLE")


def test_the_token_is_not_kept(person) -> None:
    _own, token = actions.invite(person("head"), **GIVEN)
    assert token not in str(list(Invitation.objects.values())) + str(list(Entry.objects.values()))


def test_an_invited_person_is_told_what_is_wrong_with_a_password(person, client: Client) -> None:
    _own, token = actions.invite(person("head"), **GIVEN)
    answer = client.post(reverse("invitation", args=[token]), {"password": "bo@office.example", "again": "bo@office.example"})
    assert answer.status_code == 422
    assert "too similar" in answer.content.decode()


@pytest.mark.parametrize("role", ["manager", "team", "reader", "governing_body", ""])
def test_others_keep_no_people(role: str, person, signed_in, evaluation) -> None:
    user = person(role, evaluation() if role in {"manager", "team"} else "")
    own = person()
    browser = signed_in(user)
    for name, args in [("people", []), ("invite", []), ("person", [own.key]), ("person-end", [own.key]), ("units", []), ("roles", [])]:
        assert browser.get(reverse(name, args=args)).status_code == 403, name
    for name in ("person-reopen", "person-invite-again", "person-administrator", "person-end"):
        assert browser.post(reverse(name, args=[own.key]), {"reason": "x", "administrator": "1"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.invite(user, **GIVEN)


def test_ending_an_account_shuts_out_at_once_and_withdraws_its_roles(person, signed_in) -> None:
    head, own = person("head"), person("reader")
    guest = Client()
    guest.force_login(own)
    assert guest.get(reverse("settings")).status_code == 200
    answer = signed_in(head).post(reverse("person-end", args=[own.key]), {"reason": "Left."})
    assert answer.status_code == 302
    assert guest.get(reverse("settings")).status_code == 302
    grant = Grant.objects.get(user=own)
    assert (grant.withdrawn_by, grant.withdrawn_why) == (head.key, "Left.")
    own.refresh_from_db()
    actions.reopen_person(head, own)
    assert not scope_of(User.objects.get(pk=own.pk)).holds_a_role


def test_an_account_is_ended_with_a_reason(person, signed_in) -> None:
    own = person("reader")
    assert signed_in(person("head")).post(reverse("person-end", args=[own.key]), {"reason": " "}).status_code == 422
    assert User.objects.get(pk=own.pk).is_active


def test_an_invitation_ends_with_the_account(person) -> None:
    head = person("head")
    own, token = actions.invite(head, **GIVEN)
    actions.end_person(head, own, "Wrong address.")
    assert actions.invitation_of(token) is None


def test_the_office_keeps_an_administrator(person) -> None:
    one, other, head = person(administrator=True), person(administrator=True), person("head")
    with pytest.raises(Refused):
        actions.end_person(head, other, "x")
    actions.set_administrator(one, other, administrator=False)
    with pytest.raises(Refused, match="only one"):
        actions.set_administrator(one, one, administrator=False)
    with pytest.raises(Refused):
        actions.end_person(one, one, "x")


def test_a_head_names_no_administrator(person) -> None:
    head, own = person("head"), person()
    with pytest.raises(PermissionDenied):
        actions.set_administrator(head, own, administrator=True)


def test_a_changed_address_is_told_to_the_one_before(person, signed_in) -> None:
    own = person()
    before = own.email
    signed_in(person(administrator=True)).post(reverse("person", args=[own.key]), {"name": own.name, "email": "new@office.example"})
    own.refresh_from_db()
    assert own.email == "new@office.example"
    assert mail.outbox[0].to == [before]
    entry = Entry.objects.get(verb="changed")
    assert (entry.old["email"], entry.new["email"]) == (before, "new@office.example")


def test_nobody_comes_into_an_account_that_may_do_more_than_theirs(person, evaluation) -> None:
    administrator, head = person(administrator=True), person("head")
    manager, other = person("manager", evaluation()), person(administrator=True)
    with pytest.raises(Refused, match="a head of evaluation does that"):
        actions.change_person(administrator, manager, name=manager.name, email="mine@office.example", unit=None)
    with pytest.raises(Refused, match="another administrator"):
        actions.change_person(head, other, name=other.name, email="mine@office.example", unit=None)
    actions.change_person(head, manager, name="M", email="new@office.example", unit=None)
    actions.change_person(administrator, other, name="A", email="newer@office.example", unit=None)
    invited, _token = actions.invite(administrator, **GIVEN)
    Grant.objects.create(user=invited, role="reader", given_by=head.key)
    forget_scope(invited)
    with pytest.raises(Refused):
        actions.invite_again(administrator, invited)
    actions.invite_again(head, invited)


def test_an_administrator_does_not_make_room_for_a_head_of_their_own(person) -> None:
    administrator, head = person(administrator=True), person("head")
    with pytest.raises(Refused, match="ended by a head"):
        actions.end_person(administrator, head, "x")
    both = person("head", administrator=True)
    actions.end_person(both, head, "Retired.")
    with pytest.raises(Refused):
        actions.end_person(administrator, both, "x")


def test_whoever_was_invited_is_told_that_the_link_was_used(person, work) -> None:
    _own, token = actions.invite(person("head"), **GIVEN)
    actions.accept(token, WORDS)
    work()
    assert mail.outbox[-1].to == ["bo@office.example"]
    assert "If it was not you" in mail.outbox[-1].body


def test_a_person_is_shown_with_roles_that_they_hold_and_held(person, signed_in, evaluation) -> None:
    head = person("head")
    own = person("manager", evaluation())
    Grant.objects.create(
        user=own, role="reader", given_by=head.key, withdrawn=timezone.now(), withdrawn_by=head.key, withdrawn_why="A mistake."
    )
    shown = signed_in(head).get(reverse("person", args=[own.key])).content.decode()
    assert "Evaluation manager" in shown
    assert "A mistake." in shown


def test_people_are_found_by_words_and_state(person, signed_in) -> None:
    head = person("head")
    unit = Unit.objects.create(key="U-0001", name="Ports Division")
    actions.invite(head, **GIVEN, unit=unit)
    ended = person("reader")
    actions.end_person(head, ended, "x")
    browser = signed_in(head)

    def found(**asked: str) -> str:
        return browser.get(reverse("people"), asked).content.decode()

    assert "Bo Reed" in found(q="ports")
    assert "Bo Reed" not in found(q="nobody")
    assert "Bo Reed" in found(state="invited")
    assert ended.name not in found(state="invited")
    assert ended.name in found(state="ended")
    assert "Bo Reed" not in found(state="administrators")


@pytest.mark.parametrize("page", ["people", "roles"])
def test_lists_ask_the_database_as_often_for_twenty_people_as_for_ten(page: str, person, signed_in) -> None:
    browser = signed_in(person("head"))
    counts = []
    # The first page of a session writes down when it was seen.
    browser.get(reverse(page))
    for _ in range(2):
        for _ in range(10):
            person("reader")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(reverse(page))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_own_settings_change_name_language_and_appearance(person, signed_in) -> None:
    own = person("reader")
    browser = signed_in(own)
    browser.post(reverse("settings"), {"name": "Cy Dale", "language": "fr", "theme": "dark"})
    shown = browser.get(reverse("settings")).content.decode()
    assert 'lang="fr"' in shown
    assert 'data-theme="dark"' in shown
    assert User.objects.get(pk=own.pk).name == "Cy Dale"


def test_own_settings_of_a_person_without_a_role_say_the_next_step(person, signed_in) -> None:
    assert "Ask the head of evaluation" in signed_in(person()).get(reverse("settings")).content.decode()


def test_roles_are_read_anew_after_a_change(person) -> None:
    own = person()
    scope_of(own)
    Grant.objects.create(user=own, role="reader", given_by="x")
    forget_scope(own)
    assert scope_of(own).holds_a_role


class TestSecondFactor:
    """Somebody has lost app and codes."""

    @pytest.fixture
    def own(self, person) -> User:
        user = person("reader")
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
        return user

    def test_an_administrator_removes_it_with_a_reason_and_the_person_is_told(self, own, person, signed_in, work) -> None:
        browser = signed_in(person(administrator=True))
        here = reverse("person-second-factor", args=[own.key])
        assert here in browser.get(reverse("person", args=[own.key])).content.decode()
        assert browser.post(here, {"reason": ""}).status_code == 422
        browser.post(here, {"reason": "Telephone fell into the lake."})
        assert not Authenticator.objects.exists()
        work()
        assert mail.outbox[0].to == [own.email]
        assert "fell into the lake" in mail.outbox[0].body
        assert Entry.objects.get(verb="removed the second factor").reason == "Telephone fell into the lake."
        assert browser.get(here).status_code == 404

    def test_a_head_and_others_do_not(self, own, person, signed_in) -> None:
        for user in (person("head"), person("reader"), own):
            assert signed_in(user).post(reverse("person-second-factor", args=[own.key]), {"reason": "x"}).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.remove_second_factor(person("head"), own, "x")
        assert Authenticator.objects.exists()


class TestErrors:
    """Pages that say why something is not shown."""

    def test_what_is_not_there_and_what_may_not_be_seen_look_the_same(self, person, evaluation, signed_in) -> None:
        browser = signed_in(person("reader"))
        hidden, missing = (browser.get(reverse("evaluation", args=[key])) for key in (evaluation().key, "E-99999"))
        assert hidden.status_code == missing.status_code == 404
        said = [re.sub(r"E-\d{5}|\b\w{64}\b", "", answer.content.decode()) for answer in (hidden, missing)]
        assert said[0] == said[1]

    def test_a_refusal_gives_its_reason(self, person, signed_in) -> None:
        answer = signed_in(person("reader")).get(reverse("people"))
        assert answer.status_code == 403
        assert "kept by administrators and heads" in answer.content.decode()

    def test_a_form_without_its_token_says_what_to_do(self, person) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(person("reader"))
        assert "load the page again" in browser.post(reverse("settings"), {"name": "x"}).content.decode()


class TestUnits:
    """The tree of units."""

    @pytest.fixture
    def post(self, person, signed_in) -> Callable:
        browser = signed_in(person("head"))

        def send(name: str, key: str = "", **fields: str):
            return browser.post(reverse("unit", args=[key]) if key else reverse("unit-new"), {"name": name, **fields})

        return send

    def test_a_unit_has_a_head_who_has_an_account(self, post, client: Client, person) -> None:
        head = person()
        faulty = post("Ports", head="nobody@office.example")
        assert "Nobody has an account" in faulty.content.decode()
        post("Ports", head=head.email.upper())
        unit = Unit.objects.get()
        assert unit.head == head
        assert f'value="{head.email}"' in client.get(reverse("unit", args=[unit.key])).content.decode()

    def test_a_unit_ends_and_has_a_successor(self, post, client: Client) -> None:
        post("Ports Division", code="PORT")
        post("Waters Division", code="WAT")
        one, other = Unit.objects.order_by("key")
        answer = post("Ports Division", one.key, valid_from="2001-01-01", valid_until="2024-12-31", successor=str(other.pk))
        assert answer.status_code == 302
        one.refresh_from_db()
        assert one.successor == other
        shown = client.get(reverse("units")).content.decode()
        assert "31 Dec 2024" in shown

    def test_keys_stay_when_names_change(self, post) -> None:
        post("Ports")
        key = Unit.objects.get().key
        post("Harbours", key)
        assert Unit.objects.get(key=key).name == "Harbours"
        entry = Entry.objects.get(verb="changed")
        assert (entry.thing, entry.old["name"], entry.new["name"]) == (f"unit:{key}", "Ports", "Harbours")

    @pytest.mark.parametrize(
        "fields, words",
        [
            ({"valid_from": "2020-01-02", "valid_until": "2020-01-01"}, "before it begins"),
            ({"successor": "self", "valid_until": "2020-01-01"}, "does not follow itself"),
            ({"within": "self"}, "no part of itself"),
            ({"within": "part"}, "no part of itself"),
            ({"successor": "part"}, "has a last day"),
            ({"within": "999"}, "valid choice"),
        ],
    )
    def test_it_refuses_what_cannot_be(self, post, fields: dict[str, str], words: str) -> None:
        post("Ports")
        own = Unit.objects.get()
        post("Locks", within=str(own.pk))
        part = Unit.objects.get(name="Locks")
        numbers = {"self": str(own.pk), "part": str(part.pk)}
        answer = post("Ports", own.key, **{k: numbers.get(v, v) for k, v in fields.items()})
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_parts_stand_below_what_they_belong_to(self, post) -> None:
        from evaltrail_office.accounts.queries import unit_tree

        for name, within in [("B", ""), ("A", ""), ("C", "A"), ("D", "C")]:
            post(name, within=str(Unit.objects.get(name=within).pk) if within else "")
        assert [(b.unit.name, b.depth) for b in unit_tree()] == [("A", 0), ("C", 1), ("D", 2), ("B", 0)]
