"""A paper that was brought in is shown to others when a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from evaltrail_office.accounts.access import visible
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(document: Callable[..., Document], evaluation: Callable[..., Evaluation]) -> Document:
    """A confirmed paper of one evaluation."""
    return document(evaluation(), confirmed=timezone.now(), confirmed_by="P-00001")


def say(client: Client, paper: Document, stage: str, embargo: str = "") -> str:
    answer = client.post(f"/documents/{paper.key}/stage", {"stage": stage, "embargo": embargo}, follow=True)
    paper.refresh_from_db()
    return answer.content.decode()


def test_the_head_releases_it_and_takes_it_back(client: Client, person: Callable[..., User], paper: Document) -> None:
    reader = person("reader")
    client.force_login(person("head"))
    assert "It can be taken back" in say(client, paper, "released")
    assert visible(reader, Document.objects.all()).get() == paper
    assert Evaluation.objects.get().stage == "released"
    say(client, paper, "draft")
    del reader._scope
    assert not visible(reader, Document.objects.all()).exists()
    assert [e.verb for e in Entry.objects.filter(thing=f"document:{paper.key}")][-2:] == ["said who sees", "said who sees"]


def test_what_nobody_confirmed_is_shown_to_nobody_else(client: Client, person: Callable[..., User], paper: Document) -> None:
    Document.objects.update(confirmed=None)
    client.force_login(person("head"))
    assert "Confirm it first" in say(client, paper, "released")
    assert paper.stage == "draft"


def test_a_manager_circulates_and_does_not_release(client: Client, person: Callable[..., User], paper: Document) -> None:
    key = paper.parts.first().evaluation_key
    client.force_login(person("manager", key))
    assert say(client, paper, "circulated")
    assert paper.stage == "circulated"
    assert client.post(f"/documents/{paper.key}/stage", {"stage": "released"}).status_code == 403
    client.force_login(person("commissioner", key))
    assert client.post(f"/documents/{paper.key}/stage", {"stage": "draft"}).status_code == 403


def test_a_stranger_finds_no_such_paper(client: Client, person: Callable[..., User], paper: Document) -> None:
    client.force_login(person("reader"))
    assert client.post(f"/documents/{paper.key}/stage", {"stage": "released"}).status_code == 404
    client.logout()
    assert client.post(f"/documents/{paper.key}/stage", {"stage": "released"}).status_code == 302
    paper.refresh_from_db()
    assert paper.stage == "draft"


@pytest.mark.parametrize("stage,embargo", [("", ""), ("everybody", ""), ("issued", "tomorrow")])
def test_nonsense_changes_nothing_and_is_told(
    client: Client, person: Callable[..., User], paper: Document, stage: str, embargo: str
) -> None:
    client.force_login(person("head"))
    assert "Choose who sees the paper" in say(client, paper, stage, embargo)
    assert paper.stage == "draft"


def test_the_governing_body_waits_for_its_day(client: Client, person: Callable[..., User], paper: Document) -> None:
    member = person("governing_body")
    client.force_login(person("head"))
    say(client, paper, "issued", "2999-01-01")
    assert not visible(member, Document.objects.all()).exists()
    say(client, paper, "issued", "2020-01-01")
    assert visible(member, Document.objects.all()).exists()
