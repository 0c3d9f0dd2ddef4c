"""Setting the office up: one link, once, and nothing else answers before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.first_run import new_link_token, opens, set_up
from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Ada Brook", "email": "Ada@Office.example", "password": "tall ships in fog", "again": "tall ships in fog", "head": "on"}


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/accounts/password/reset/", "/first-run/", "/nowhere/"])
def test_every_page_says_that_the_office_is_not_set_up(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 503
    assert "not set up yet" in answer.content.decode()


def test_the_health_page_answers_before_the_set_up(client: Client) -> None:
    assert client.get("/health").status_code == 200


def test_the_link_makes_the_first_person_administrator_and_head_and_signs_them_in(client: Client) -> None:
    link = reverse("set-up", args=[new_link_token()])
    assert client.get(link).status_code == 200
    answer = client.post(link, GIVEN)
    assert answer.headers["Location"] == reverse("first-run")
    user = User.objects.get()
    assert (user.email, user.is_administrator) == ("ada@office.example", True)
    assert scope_of(user).office == {Role.HEAD}
    assert client.get(reverse("first-run")).status_code == 200
    assert list(Entry.objects.values_list("actor", "verb")) == [(user.key, "set up"), (user.key, "granted")]


def test_whoever_only_runs_the_system_becomes_no_head(client: Client) -> None:
    client.post(reverse("set-up", args=[new_link_token()]), GIVEN | {"head": ""})
    assert User.objects.get().is_administrator
    assert not Grant.objects.exists()


def test_the_link_works_once(client: Client) -> None:
    token = new_link_token()
    client.post(reverse("set-up", args=[token]), GIVEN)
    assert client.get(reverse("set-up", args=[token])).status_code == 404
    assert client.post(reverse("set-up", args=[token]), GIVEN | {"email": "second@office.example"}).status_code == 404
    with pytest.raises(Refused):
        set_up(token, email="third@office.example", name="Third", password=GIVEN["password"])
    assert User.objects.count() == 1


def test_a_new_link_ends_the_one_before() -> None:
    first, second = new_link_token(), new_link_token()
    assert not opens(first)
    assert opens(second)


def test_no_link_works_where_somebody_has_an_account(person, client: Client) -> None:
    token = new_link_token()
    person()
    assert client.get(reverse("set-up", args=[token])).status_code == 404


def test_the_data_folder_keeps_a_hash_that_its_owner_alone_reads(data: Path) -> None:
    token = new_link_token()
    kept = data / "set-up"
    assert token not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_guess_does_not_open_it(client: Client) -> None:
    new_link_token()
    assert client.get(reverse("set-up", args=["guess"])).status_code == 404


@pytest.mark.parametrize(
    "change, words",
    [
        ({"again": "another"}, "not the same"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "password123", "again": "password123"}, "too common"),
        ({"password": "ada@office.example", "again": "ada@office.example"}, "too similar"),
        ({"email": "nobody"}, "valid email"),
        ({"name": ""}, "required"),
    ],
)
def test_it_says_what_is_wrong_with_what_was_given(client: Client, change: dict[str, str], words: str) -> None:
    answer = client.post(reverse("set-up", args=[new_link_token()]), GIVEN | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.exists()
