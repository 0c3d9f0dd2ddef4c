"""Giving and withdrawing roles, in an evaluation and in the whole office; emergency access."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.accounts.access import forget_scope, may, scope_of
from evaltrail_office.accounts.actions.grants import Terms, give, gives, heads, take_emergency_access, withdraw
from evaltrail_office.accounts.models import Grant, Unit
from evaltrail_office.accounts.policy import Role, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.actions import new_evaluation
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def _tomorrow():
    return timezone.localdate() + timedelta(days=1)


def test_an_owner_gives_a_role_and_takes_it_back_with_a_reason(person, evaluation, signed_in) -> None:
    own = evaluation()
    manager, guest = person("manager", own), person()
    browser = signed_in(manager)
    here = reverse("evaluation-roles", args=[own.key])
    answer = browser.post(here, {"email": guest.email.upper(), "role": "reference_group", "reason": "Knows the ports."})
    assert answer.headers["Location"] == here
    grant = Grant.objects.get(user=guest)
    assert (grant.role, grant.evaluation, grant.given_by, grant.reason) == ("reference_group", own.key, manager.key, "Knows the ports.")
    shown = browser.get(here).content.decode()
    assert "Knows the ports." in shown
    browser.post(reverse("evaluation-role-withdraw", args=[own.key, grant.pk]), {"reason": "Asked to be left out."})
    grant.refresh_from_db()
    assert (grant.withdrawn_by, grant.withdrawn_why) == (manager.key, "Asked to be left out.")
    assert "Asked to be left out." in browser.get(here).content.decode()
    assert list(Entry.objects.filter(about=own.key).values_list("verb", "reason")) == [
        ("granted", "Knows the ports."),
        ("withdrew", "Asked to be left out."),
    ]


def test_a_colleague_and_a_stranger_find_no_page_of_roles(person, evaluation, signed_in) -> None:
    own, elsewhere, released = evaluation(), evaluation(), evaluation(stage="released")
    colleague = person("manager", elsewhere)
    grant = Grant.objects.create(user=person(), role="commissioner", evaluation=own.key, given_by="x")
    browser = signed_in(colleague)
    for name, args in [("evaluation-roles", [own.key]), ("evaluation-role-withdraw", [own.key, grant.pk])]:
        assert browser.get(reverse(name, args=args)).status_code == 404
        assert browser.post(reverse(name, args=args), {"reason": "x"}).status_code == 404
    assert browser.get(reverse("evaluation-roles", args=[released.key])).status_code == 403
    browser.logout()
    assert "login" in browser.get(reverse("evaluation-roles", args=[own.key])).headers["Location"]


def test_a_role_of_another_evaluation_is_not_withdrawn_by_its_number(person, evaluation, signed_in) -> None:
    own, other = evaluation(), evaluation()
    grant = Grant.objects.create(user=person(), role="commissioner", evaluation=other.key, given_by="x")
    answer = signed_in(person("manager", own)).post(reverse("evaluation-role-withdraw", args=[own.key, grant.pk]), {"reason": "x"})
    assert answer.status_code == 404
    answer = signed_in(person("head")).post(reverse("role-withdraw", args=[grant.pk]), {"reason": "x"})
    assert answer.status_code == 404
    grant.refresh_from_db()
    assert grant.withdrawn is None
    with pytest.raises(ValueError, match="elsewhere"):
        withdraw(person("head"), grant, own, "x")


def test_a_reader_of_the_page_who_gives_no_roles_gets_no_form_and_is_refused(person, evaluation, signed_in) -> None:
    own = evaluation()
    browser = signed_in(person("team", own))
    here = reverse("evaluation-roles", args=[own.key])
    assert "Give a role" not in browser.get(here).content.decode()
    assert browser.post(here, {"email": "x@office.example", "role": "reader"}).status_code == 403


@pytest.mark.parametrize("role", ["head", "manager", "verifier", "governing_body"])
def test_a_manager_gives_no_role_that_judges_or_decides(role: str, person, evaluation, signed_in) -> None:
    own = evaluation()
    manager, guest = person("manager", own), person()
    with pytest.raises(PermissionDenied):
        give(manager, guest, Role(role), own)
    assert signed_in(manager).post(reverse("evaluation-roles", args=[own.key]), {"email": guest.email, "role": role}).status_code == 422
    assert not Grant.objects.filter(user=guest).exists()


@pytest.mark.parametrize(
    "role, terms, field",
    [
        ("team", {}, "ends"),
        ("constituent", {}, "group"),
        ("focal_point", {}, "unit"),
        ("commissioner", {"ends": timezone.localdate() - timedelta(days=1)}, "ends"),
        ("commissioner", {"starts": timezone.localdate(), "ends": timezone.localdate() - timedelta(days=1)}, "ends"),
    ],
)
def test_a_role_needs_the_terms_that_belong_to_it(role: str, terms: dict, field: str, person, evaluation) -> None:
    with pytest.raises(Refused) as refused:
        give(person("head"), person(), Role(role), evaluation(), Terms(**terms))
    assert refused.value.field == field


def test_a_team_is_in_until_the_last_day_of_its_contract(person, evaluation) -> None:
    own, guest = evaluation(), person()
    give(person("head"), guest, Role.TEAM, own, Terms(ends=_tomorrow()))
    assert may(guest, Verb.WRITE, own)


def test_the_manager_of_a_decentralised_evaluation_comes_from_elsewhere(person, evaluation) -> None:
    above = Unit.objects.create(key="U-0001", name="Waters")
    part = Unit.objects.create(key="U-0002", name="Ports", within=above)
    own = evaluation(kind="decentralised", unit=above)
    head, guest = person("head"), person()
    guest.unit = part
    guest.save()
    with pytest.raises(Refused, match="belongs to the unit"):
        give(head, guest, Role.MANAGER, own)
    give(head, guest, Role.FOCAL_POINT, own, Terms(unit=part))
    give(head, guest, Role.MANAGER, evaluation(kind="centralised", unit=above))


def test_a_manager_whose_unit_became_the_one_that_is_evaluated_is_shown_as_a_fault(person, evaluation, signed_in) -> None:
    unit = Unit.objects.create(key="U-0001", name="Ports")
    own = evaluation(kind="decentralised", unit=unit)
    manager = person("manager", own)
    browser = signed_in(person("head"))
    here = reverse("evaluation-roles", args=[own.key])
    assert "belongs to the unit whose" not in browser.get(here).content.decode()
    manager.unit = unit
    manager.save()
    assert "belongs to the unit whose" in browser.get(here).content.decode()


def test_nobody_makes_themselves_manager_of_an_evaluation_of_their_own_unit(person, evaluation) -> None:
    unit = Unit.objects.create(key="U-0001", name="Ports")
    user = person("manager", evaluation())
    user.unit = unit
    with pytest.raises(PermissionDenied, match="unit whose programme"):
        new_evaluation(user, title="Ports looked at by ports", kind="decentralised", unit=unit)
    assert Evaluation.objects.count() == 1
    new_evaluation(user, title="Waters", kind="centralised", unit=unit)


def test_nobody_verifies_what_they_write(person, evaluation) -> None:
    own, head = evaluation(), person("head")
    for first, second in [(Role.TEAM, Role.VERIFIER), (Role.VERIFIER, Role.MANAGER)]:
        guest = person()
        give(head, guest, first, own, Terms(ends=_tomorrow()))
        with pytest.raises(Refused, match="Nobody verifies"):
            give(head, guest, second, own)


def test_a_manager_gives_no_role_to_themselves_and_a_head_does(person, evaluation) -> None:
    own = evaluation()
    manager, head = person("manager", own), person("head")
    with pytest.raises(Refused, match="themselves"):
        give(manager, manager, Role.COMMISSIONER, own)
    give(head, head, Role.MANAGER, own)


def test_a_role_is_held_once(person, evaluation) -> None:
    own, head, guest = evaluation(), person("head"), person()
    grant = give(head, guest, Role.COMMISSIONER, own)
    with pytest.raises(Refused, match="already"):
        give(head, guest, Role.COMMISSIONER, own)
    withdraw(head, grant, own, "x")
    give(head, guest, Role.COMMISSIONER, own)


def test_nobody_without_an_account_or_with_an_ended_one_gets_a_role(person, evaluation, signed_in) -> None:
    own, head, guest = evaluation(), person("head"), person()
    browser = signed_in(head)
    answer = browser.post(reverse("evaluation-roles", args=[own.key]), {"email": "nobody@office.example", "role": "reader"})
    assert "Invite them first" in answer.content.decode()
    guest.is_active = False
    guest.save()
    with pytest.raises(Refused, match="ended"):
        give(head, guest, Role.READER, own)


def test_whoever_holds_a_role_may_give_it_up(person, evaluation, signed_in) -> None:
    own = evaluation()
    guest = person("commissioner", own)
    grant = guest.grants.get()
    signed_in(guest).post(reverse("evaluation-role-withdraw", args=[own.key, grant.pk]), {"reason": "No time."})
    grant.refresh_from_db()
    assert grant.withdrawn


class TestOffice:
    """Roles in the whole office."""

    def test_a_head_gives_them(self, person, signed_in) -> None:
        guest = person()
        signed_in(person("head")).post(reverse("roles"), {"email": guest.email, "role": "governing_body"})
        assert scope_of(guest).office == {Role.GOVERNING_BODY}

    def test_an_administrator_gives_none_but_names_the_first_head(self, person) -> None:
        administrator, guest, other = person(administrator=True), person(), person()
        assert gives(administrator, None) == {Role.HEAD}
        with pytest.raises(PermissionDenied):
            give(administrator, guest, Role.READER)
        with pytest.raises(Refused, match="themselves"):
            give(administrator, administrator, Role.HEAD)
        give(administrator, guest, Role.HEAD)
        assert gives(administrator, None) == frozenset()
        with pytest.raises(PermissionDenied):
            give(administrator, other, Role.HEAD)

    def test_a_role_of_one_evaluation_is_not_held_in_the_whole_office(self, person, signed_in) -> None:
        head, guest = person("head"), person()
        with pytest.raises(PermissionDenied):
            give(head, guest, Role.MANAGER)
        assert signed_in(head).post(reverse("roles"), {"email": guest.email, "role": "manager"}).status_code == 422

    def test_the_office_keeps_a_head(self, person, signed_in) -> None:
        head = person("head")
        grant = head.grants.get()
        answer = signed_in(head).post(reverse("role-withdraw", args=[grant.pk]), {"reason": "x"})
        assert answer.status_code == 422
        give(head, person(), Role.HEAD)
        withdraw(head, grant, None, "Retires.")
        assert not heads().filter(pk=head.pk).exists()


class TestEmergency:
    """An administrator looks into a draft."""

    def test_it_shows_one_evaluation_for_a_day_and_tells_every_head(self, person, evaluation, signed_in, work: Callable) -> None:
        own, other = evaluation("Cold rooms"), evaluation()
        told = {person("head").email, person("head").email}
        administrator = person(administrator=True)
        browser = signed_in(administrator)
        assert browser.get(reverse("evaluation-roles", args=[own.key])).status_code == 404
        answer = browser.post(reverse("emergency"), {"key": own.key.lower(), "reason": "A page breaks off."})
        assert answer.status_code == 302
        shown = browser.get(answer.headers["Location"]).content.decode()
        assert "Emergency access" in shown
        assert "A page breaks off." in shown
        assert browser.get(reverse("evaluation-roles", args=[other.key])).status_code == 404
        entry = Entry.objects.get(verb="took emergency access")
        assert (entry.actor, entry.about, entry.reason) == (administrator.key, own.key, "A page breaks off.")
        work()
        assert {m.to[0] for m in mail.outbox} == told
        assert "A page breaks off." in mail.outbox[0].body
        assert "Cold rooms" in mail.outbox[0].body

    def test_a_head_sees_it_and_ends_it(self, person, evaluation, signed_in) -> None:
        own, administrator = evaluation(), person(administrator=True)
        grant = take_emergency_access(administrator, own, "A fault.")
        assert may(administrator, Verb.SEE, own)
        browser = signed_in(person("head"))
        assert "Emergency access" in browser.get(reverse("evaluation-roles", args=[own.key])).content.decode()
        browser.post(reverse("evaluation-role-withdraw", args=[own.key, grant.pk]), {"reason": "Not needed."})
        forget_scope(administrator)
        assert not may(administrator, Verb.SEE, own)

    def test_the_evaluations_page_tells_of_it_those_who_have_a_part_in_it(self, person, evaluation, signed_in) -> None:
        own = evaluation(stage="released")
        take_emergency_access(person(administrator=True), own, "A fault.")
        for user, told in [(person("head"), True), (person("commissioner", own), True), (person("reader"), False)]:
            shown = signed_in(user).get(reverse("evaluation", args=[own.key])).content.decode()
            assert ("has emergency access until" in shown) is told
            assert (reverse("evaluation-roles", args=[own.key]) in shown) is told

    def test_it_needs_a_reason_and_an_evaluation(self, person, evaluation, signed_in) -> None:
        own = evaluation()
        browser = signed_in(person(administrator=True))
        assert browser.post(reverse("emergency"), {"key": own.key, "reason": " "}).status_code == 422
        assert browser.post(reverse("emergency"), {"key": "E-99999", "reason": "x"}).status_code == 422
        with pytest.raises(Refused):
            take_emergency_access(person(administrator=True), own, " ")
        assert not Grant.objects.exists()

    def test_it_is_taken_once_at_a_time(self, person, evaluation) -> None:
        own, administrator = evaluation(), person(administrator=True)
        assert take_emergency_access(administrator, own, "x") == take_emergency_access(administrator, own, "y")

    def test_others_do_not_find_it(self, person, evaluation, signed_in) -> None:
        own, head = evaluation(), person("head")
        assert signed_in(head).get(reverse("emergency")).status_code == 404
        with pytest.raises(PermissionDenied):
            take_emergency_access(head, own, "x")
