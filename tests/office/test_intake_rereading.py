"""A paper that is read again: its corrections are made again on what a newer program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from evaltrail import sample as sample_paper
from evaltrail.link import linked
from evaltrail.record import SetField
from evaltrail_office.intake.rereading import read_again
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.shelf import actions, files, store
from evaltrail_office.shelf.models import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(evaluation: Callable[..., Evaluation], sample: Record) -> Document:
    """The sample paper as an older program read it: without the second conclusion, and the third under its id."""
    digest, size = files.keep([sample_paper.path("pdf").read_bytes()])
    source = Source.objects.create(sha256=digest, size=size, media_type="application/pdf", pages=16)
    first = sample.evaluations[0]
    older = {"I.cn3": "I.cn2", "I.cn4": "I.cn3"}
    statements = tuple(s.model_copy(update={"id": older.get(s.id, s.id)}) for s in first.statements if s.id != "I.cn2")
    record = linked(
        sample.model_copy(update={"evaluations": (first.model_copy(update={"statements": statements}), *sample.evaluations[1:])})
    )
    made = store.new_document(record, actor="system:test", source=source, filename="paper.pdf")
    made.parts.update(evaluation_key=evaluation().key)
    return made


def test_corrections_and_addresses_stay_with_their_statements_when_the_file_is_read_better(
    paper: Document, person: Callable[..., User], work: Callable[[], int], sample: Record
) -> None:
    head = person("head")
    actions.correct(head, paper, SetField(statement="I.cn2", field="label", new="Conclusion 3"))
    actions.correct(head, paper, SetField(statement="I.r3", field="time", new="ongoing"))
    assert read_again(head, paper) is not None
    work()
    job = Job.objects.get(kind="intake.reread")
    assert (job.fault, job.state, job.result) == ("", State.DONE, {"document": paper.key, "changed": True, "conflicts": 0})
    paper.refresh_from_db()
    third = next(s for s in sample.evaluations[0].statements if s.id == "I.cn3")
    row = paper.statements.get(record_id="I.cn2")
    assert (row.text, row.label) == (third.text, "Conclusion 3")
    assert paper.statements.get(record_id="I.r3").time == "ongoing"
    assert paper.statements.count() == sum(len(e.statements) for e in sample.evaluations)


def test_a_file_that_reads_as_before_changes_nothing(paper: Document, person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    read_again(head, paper)
    work()
    actions.confirm(head, paper, rest=True)
    versions = paper.versions.count()
    read_again(head, paper)
    work()
    assert [j.result["changed"] for j in Job.objects.filter(kind="intake.reread").order_by("id")] == [True, False]
    paper.refresh_from_db()
    assert paper.versions.count() == versions
    assert paper.confirmed is not None


def test_who_may_correct_a_paper_has_it_read_again_and_nobody_else(
    paper: Document, person: Callable[..., User], evaluation: Callable[..., Evaluation], client: Client
) -> None:
    own = paper.parts.first().evaluation_key
    address = reverse("preview-reread", args=[paper.key])
    for user, status in ((person("team", own), 403), (person("manager", evaluation("Another")), 404), (person(), 404)):
        client.force_login(user)
        assert client.post(address).status_code == status
    with pytest.raises(PermissionDenied):
        read_again(person("team", own), paper)
    assert not Job.objects.filter(kind="intake.reread").exists()
    client.force_login(person("manager", own))
    assert client.get(address).status_code == 405
    shown = client.post(address, follow=True).content.decode()
    assert "It is read again." in shown
    assert address in shown
    assert Job.objects.filter(kind="intake.reread").count() == 1


def test_a_paper_without_a_file_is_not_read_again(document: Callable[..., Document], person: Callable[..., User], client: Client) -> None:
    made = document()
    client.force_login(person("head"))
    shown = client.post(reverse("preview-reread", args=[made.key]), follow=True).content.decode()
    assert "no file that could be read again" in shown
    assert "Read the file again" not in shown


def test_a_file_that_cannot_be_read_any_more_is_told(paper: Document, person: Callable[..., User], work: Callable[[], int]) -> None:
    assert paper.source is not None
    files.path_of(paper.source.sha256).write_bytes(b"%PDF-1.7 damaged")
    read_again(person("head"), paper)
    work()
    job = Job.objects.get(kind="intake.reread")
    assert job.state == State.FAILED
    assert job.fault.startswith("paper.pdf: ")
    assert paper.versions.count() == 1
