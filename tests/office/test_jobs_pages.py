"""Who asked for a job sees how it stands; who runs the system sees all of them and no words of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaltrail_office.jobs.actions import call_off_by, enqueue, retry
from evaltrail_office.jobs.handlers import names
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(person: Callable[..., User]) -> User:
    return person("head")


@pytest.fixture
def job(owner: User) -> Job:
    """One under way, at words of a paper."""
    made = enqueue("intake.read", {}, asked_by=owner.key)
    Job.objects.update(state=State.RUNNING, doing="reading secret-draft.pdf", done=3, total=8)
    made.refresh_from_db()
    return made


def test_the_one_who_asked_sees_how_far_it_has_come(signed_in: Callable[[User], Client], owner: User, job: Job) -> None:
    page = signed_in(owner).get(reverse("job", args=[job.pk])).content.decode()
    assert "Reading a paper" in page
    assert "reading secret-draft.pdf" in page
    assert "3 of 8" in page
    assert 'hx-trigger="every 2s"' in page


def test_htmx_gets_the_part_that_changes_until_there_is_no_more_to_come(signed_in: Callable[[User], Client], owner: User, job: Job) -> None:
    client, address, asks = signed_in(owner), reverse("job", args=[job.pk]), {"HX-Target": f"job-{job.pk}"}
    part = client.get(address, headers=asks).content.decode()
    assert part.startswith("<div")
    assert "hx-get" in part
    Job.objects.update(state=State.DONE)
    assert "hx-get" not in client.get(address, headers=asks).content.decode()


def test_others_do_not_find_it(signed_in: Callable[[User], Client], person: Callable[..., User], client: Client, job: Job) -> None:
    address = reverse("job", args=[job.pk])
    assert client.get(address).status_code == 302
    signed_in(person("manager", "E-00001"))
    assert client.get(address).status_code == 404
    assert client.post(reverse("job-stop", args=[job.pk])).status_code == 404
    assert client.get(reverse("jobs")).status_code == 404


def test_an_administrator_sees_every_job_and_no_word_of_papers(
    signed_in: Callable[[User], Client], person: Callable[..., User], owner: User, job: Job
) -> None:
    broken = enqueue("intake.read", {}, asked_by=owner.key)
    Job.objects.filter(pk=broken.pk).update(state=State.DEAD, fault="KeyError: secret words")
    refused = enqueue("intake.read", {}, asked_by=owner.key)
    Job.objects.filter(pk=refused.pk).update(state=State.FAILED, fault="secret-draft.pdf: it has a password")
    client = signed_in(person(administrator=True))
    pages = [client.get(reverse("jobs"))] + [client.get(reverse("job", args=[n])) for n in (job.pk, broken.pk, refused.pk)]
    assert [p.status_code for p in pages] == [200] * 4
    assert all("secret" not in p.content.decode() for p in pages)
    assert "KeyError" in pages[0].content.decode()
    assert f"told to {owner.key}" in pages[0].content.decode()
    assert "No worker is running" in pages[0].content.decode()


def test_a_job_is_called_off_and_tried_again_and_both_are_written_down(
    signed_in: Callable[[User], Client], person: Callable[..., User], job: Job
) -> None:
    administrator = person(administrator=True)
    client = signed_in(administrator)
    assert "called off" in client.post(reverse("job-stop", args=[job.pk]), follow=True).content.decode()
    job.refresh_from_db()
    assert job.state == State.STOPPED
    client.post(reverse("job-retry", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.ended) == (State.WAITING, 0, None)
    assert list(Entry.objects.values_list("actor", "verb", "thing")) == [
        (administrator.key, "called off", f"job:{job.pk}"),
        (administrator.key, "retried", f"job:{job.pk}"),
    ]


def test_what_must_not_be_under_way_twice_is_not_tried_again_beside_another(owner: User) -> None:
    first = enqueue("shelf.reindex", {}, asked_by=owner.key, key="reindex")
    assert call_off_by(owner, first)
    enqueue("shelf.reindex", {}, asked_by=owner.key, key="reindex")
    assert not retry(owner, first)
    assert not call_off_by(owner, first)


def test_the_list_is_paged_and_costs_the_same_for_ten_jobs_and_for_twenty(
    signed_in: Callable[[User], Client], person: Callable[..., User], owner: User
) -> None:
    client, counts = signed_in(person(administrator=True)), []
    for _ in range(2):
        Job.objects.bulk_create(Job(kind="intake.read", asked_by=owner.key) for _ in range(10))
        client.get(reverse("jobs"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("jobs"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    Job.objects.bulk_create(Job(kind="intake.read", asked_by=owner.key) for _ in range(60))
    assert "Page 2 of 2" in client.get(reverse("jobs"), {"page": 2}).content.decode()


def test_every_kind_of_job_has_a_name_for_people() -> None:
    assert [kind for kind, name in names().items() if not name] == []


def test_the_list_names_people_and_calls_the_programs_own_parts_the_program(
    person: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    owner = person(administrator=True)
    enqueue("intake.read", {}, asked_by=owner.key)
    enqueue("shelf.reindex", {}, asked_by="system:search")
    page = signed_in(owner).get(reverse("jobs")).content.decode()
    assert owner.name in page
    assert "The program" in page
    assert "system:search" not in page
