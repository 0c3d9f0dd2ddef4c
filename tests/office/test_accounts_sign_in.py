"""Signing in: passwords, the second factor, sessions, and what an attacker would try."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as own_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.accounts.actions import people as actions
from evaltrail_office.accounts.first_run import new_link_token

if TYPE_CHECKING:
    from pathlib import Path

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db
WORDS = "a long password"
COOKIE = own_settings.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = WORDS, **more: str):
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **more})


def test_a_person_signs_in_and_out(person, client: Client) -> None:
    user = person("reader")
    assert sign_in(client, user).headers["Location"] == reverse("home")
    assert client.get(reverse("settings")).status_code == 200
    assert client.post(reverse("account_logout")).headers["Location"] == reverse("account_login")
    assert client.get(reverse("settings")).status_code == 302


def test_the_address_is_taken_however_it_is_written(person, client: Client) -> None:
    user = person("reader")
    answer = client.post(reverse("account_login"), {"login": user.email.upper(), "password": WORDS})
    assert answer.status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(person, client: Client) -> None:
    user = person("reader")
    said = []
    for address in (user.email, "nobody@office.example"):
        answer = client.post(reverse("account_login"), {"login": address, "password": "wrong"})
        said.append(re.findall(r'role="alert".*?</div>', answer.content.decode(), re.DOTALL))
    assert said[0] == said[1]
    assert said[0]


def test_guessing_is_stopped_for_an_address_after_five_times(person, client: Client) -> None:
    user, other = person("reader"), person("reader")
    for _ in range(5):
        sign_in(client, user, "wrong")
    answer = sign_in(Client(), user)
    assert "Too many failed" in answer.content.decode()
    assert COOKIE not in answer.cookies
    assert sign_in(Client(), other).status_code == 302


def test_guessing_is_stopped_for_a_machine_after_twenty_times(client: Client, person) -> None:
    user = person("reader")
    for n in range(20):
        client.post(reverse("account_login"), {"login": f"{n}@office.example", "password": "wrong"})
    assert "Too many failed" in sign_in(Client(), user).content.decode()


def test_a_header_that_anybody_can_send_does_not_make_another_machine(client: Client, person) -> None:
    user = person("reader")
    for n in range(20):
        given = {"login": f"{n}@office.example", "password": "wrong"}
        client.post(reverse("account_login"), given, headers={"x-forwarded-for": f"10.0.0.{n}"})
    assert "Too many failed" in sign_in(Client(), user).content.decode()


def test_many_sign_ins_from_one_machine_are_answered_with_429(person, client: Client) -> None:
    person("reader")
    answers = [client.post(reverse("account_login"), {}).status_code for _ in range(31)]
    assert answers[-1] == 429


@pytest.mark.parametrize("address", ["signup/", "email/", "3rdparty/", "confirm-email/x/", "login/code/"])
def test_nobody_signs_up_or_changes_an_address_by_themselves(address: str, person, signed_in) -> None:
    browser = signed_in(person("reader"))
    assert browser.get(f"/accounts/{address}").status_code == 404
    assert browser.post(f"/accounts/{address}").status_code == 404


@pytest.mark.parametrize("how", ["password", "set-up", "invitation"])
def test_a_session_that_was_there_before_is_not_the_one_after(how: str, person, client: Client) -> None:
    client.get(reverse("health"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies[COOKIE] = session.session_key
    given = {"password": "tall ships in fog", "again": "tall ships in fog"}
    if how == "password":
        sign_in(client, person("reader"))
    elif how == "set-up":
        client.post(reverse("set-up", args=[new_link_token()]), {"name": "Ada", "email": "ada@office.example", **given})
    else:
        _own, token = actions.invite(person("head"), email="bo@office.example", name="Bo")
        client.post(reverse("invitation", args=[token]), given)
    assert client.session["_auth_user_id"]
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


@pytest.mark.parametrize(
    "goal",
    ["https://evil.example/", "//evil.example/", "http:evil.example", "javascript:alert(1)", "/\\evil.example", "https://localhost/"],
)
def test_nobody_is_sent_on_to_another_site(goal: str, person, client: Client) -> None:
    user = person("reader")
    assert sign_in(client, user, next=goal).headers["Location"] == reverse("home")
    for name in ("account_logout", "set_language"):
        answer = client.post(reverse(name), {"next": goal, "language": "fr"}, headers={"referer": "https://evil.example/"})
        assert answer.headers["Location"].startswith("/"), name
        assert "evil" not in answer.headers["Location"]


def test_a_person_is_sent_on_to_the_page_that_they_asked_for(person, client: Client) -> None:
    user = person("reader")
    asked = client.get(reverse("settings"))
    assert asked.headers["Location"] == f"{reverse('account_login')}?next={reverse('settings')}"
    assert sign_in(client, user, next=reverse("settings")).headers["Location"] == reverse("settings")


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(person, client: Client) -> None:
    answer = sign_in(client, person("reader"))
    for cookie in (answer.cookies[COOKIE], client.get(reverse("account_change_password")).cookies[own_settings.CSRF_COOKIE_NAME]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert not answer.cookies[COOKIE]["max-age"]


def test_behind_https_cookies_go_nowhere_else(tmp_path: Path) -> None:
    wanted = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS ACCOUNT_DEFAULT_HTTP_PROTOCOL"
    code = f"from django.conf import settings; print(*[getattr(settings, name) for name in '{wanted}'.split()])"
    environment = {**os.environ, "EVALTRAIL_HTTPS": "1", "EVALTRAIL_DATA": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment).stdout
    assert said.split() == ["True", "True", "True", "31536000", "https"]


def test_a_session_ends_when_nothing_was_asked_for_too_long(person, client: Client) -> None:
    sign_in(client, person("reader"))
    client.get(reverse("settings"))
    session = Session.objects.get(session_key=client.session.session_key)
    assert session.expire_date <= timezone.now() + timedelta(seconds=own_settings.SESSION_COOKIE_AGE)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("settings")).status_code == 302


def test_a_session_goes_on_while_its_person_works_without_a_write_for_every_page(
    person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, person("reader"))
    client.get(reverse("settings"))
    first = Session.objects.get(session_key=client.session.session_key).expire_date
    client.get(reverse("settings"))
    assert Session.objects.get(session_key=client.session.session_key).expire_date == first
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 400)
    client.get(reverse("settings"))
    assert Session.objects.get(session_key=client.session.session_key).expire_date > first


def test_an_ended_account_does_not_sign_in(person, client: Client) -> None:
    user = person("reader")
    user.is_active = False
    user.save()
    sign_in(client, user)
    assert client.get(reverse("settings")).status_code == 302


class TestPassword:
    """Setting it anew."""

    def _link(self) -> str:
        return re.search(r"/accounts/password/reset/key/[\w-]+/", mail.outbox[0].body)[0]

    def test_a_link_by_mail_sets_it_once_and_ends_other_sessions(self, person, client: Client) -> None:
        user = person("reader")
        elsewhere = Client()
        elsewhere.force_login(user)
        client.post(reverse("account_reset_password"), {"email": user.email})
        assert mail.outbox[0].to == [user.email]
        link = self._link()
        page = client.get(link, follow=True)
        given = {"password1": "tall ships in fog", "password2": "tall ships in fog"}
        client.post(page.redirect_chain[-1][0], given)
        assert sign_in(Client(), user, "tall ships in fog").status_code == 302
        assert elsewhere.get(reverse("settings")).status_code == 302
        assert "no longer works" in Client().get(link, follow=True).content.decode()

    def test_an_unknown_address_gets_the_same_answer_and_no_mail(self, person, client: Client) -> None:
        user = person("reader")
        known = client.post(reverse("account_reset_password"), {"email": user.email})
        sent = len(mail.outbox)
        unknown = client.post(reverse("account_reset_password"), {"email": "nobody@office.example"})
        assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
        assert len(mail.outbox) == sent == 1

    def test_a_forged_host_gets_no_link(self, person, client: Client) -> None:
        user = person("reader")
        assert client.post(reverse("account_reset_password"), {"email": user.email}, headers={"host": "evil.example"}).status_code == 400
        assert mail.outbox == []

    def test_it_is_changed_with_the_one_before_and_told_by_mail(self, person, client: Client) -> None:
        user = person("reader")
        sign_in(client, user)
        given = {"oldpassword": "wrong", "password1": "tall ships in fog", "password2": "tall ships in fog"}
        client.post(reverse("account_change_password"), given)
        client.post(reverse("account_change_password"), given | {"oldpassword": WORDS})
        assert sign_in(Client(), user, "tall ships in fog").status_code == 302
        assert mail.outbox[-1].to == [user.email]


class TestSecondFactor:
    """An authenticator app, and codes for the day that it is lost."""

    @pytest.fixture
    def user(self, person) -> User:
        return person("reader")

    def _code(self, secret: str) -> str:
        _before, now, _after = totp.yield_hotp_counters_from_time()
        return totp.format_hotp_value(totp.hotp_value(secret, now))

    def _take(self, client: Client, user: User) -> str:
        sign_in(client, user)
        asked = client.get(reverse("mfa_activate_totp"))
        assert "reauthenticate" in asked.headers["Location"]
        page = client.post(asked.headers["Location"], {"password": WORDS}, follow=True)
        secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page.content.decode())[1]
        answer = client.post(reverse("mfa_activate_totp"), {"code": self._code(secret)})
        assert answer.status_code == 302
        return secret

    def test_a_password_alone_is_not_enough_then(self, client: Client, user: User) -> None:
        secret = self._take(client, user)
        guest = Client()
        assert sign_in(guest, user).headers["Location"] == reverse("mfa_authenticate")
        assert guest.get(reverse("settings")).status_code == 302
        assert "Incorrect code" in guest.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
        assert guest.get(reverse("settings")).status_code == 302
        cache.clear()
        guest.post(reverse("mfa_authenticate"), {"code": self._code(secret)})
        assert guest.get(reverse("settings")).status_code == 200

    def test_a_recovery_code_lets_in_once(self, client: Client, user: User) -> None:
        self._take(client, user)
        codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
        assert codes[0] in client.get(reverse("mfa_view_recovery_codes")).content.decode()
        for expected in (200, 302):
            guest = Client()
            sign_in(guest, user)
            guest.post(reverse("mfa_authenticate"), {"code": codes[0]})
            assert guest.get(reverse("settings")).status_code == expected

    def test_it_is_given_up_after_showing_once_more_who_one_is(self, client: Client, user: User) -> None:
        self._take(client, user)
        session = client.session
        session["account_authentication_methods"] = []
        session.save()
        assert "reauthenticate" in client.post(reverse("mfa_deactivate_totp")).headers["Location"]
        client.post(reverse("account_reauthenticate"), {"password": WORDS})
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.filter(user=user, type="totp").exists()

    def test_its_pages_are_in_the_offices_own_design(self, client: Client, user: User) -> None:
        self._take(client, user)
        for name in (
            "mfa_index",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_deactivate_totp",
            "account_reauthenticate",
        ):
            page = client.get(reverse(name))
            assert page.status_code == 200
            assert "site/base.html" in [t.name for t in page.templates], name
            assert not any("allauth/" in t.name for t in page.templates if t.name), name
        guest = Client()
        sign_in(guest, user)
        assert "Type the code" in guest.get(reverse("mfa_authenticate")).content.decode()
