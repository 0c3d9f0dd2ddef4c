"""What people correct in what was read: made, undone, made again, confirmed, and put over a better reading."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from evaltrail.record import AddStatement, MergeStatements, RemoveStatement, SetDocument, SetField, SplitStatement
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import actions, store
from evaltrail_office.shelf.models import How

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.record import AnyStatement, Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


def statement(record: Record, key: str) -> AnyStatement:
    """The statement with that id."""
    return next(s for e in record.evaluations for s in e.statements if s.id == key)


@pytest.fixture
def paper(document: Callable[..., Document], evaluation: Callable[..., Evaluation]) -> Document:
    """The sample paper, of one evaluation."""
    return document(evaluation(), evaluation("A second"), evaluation("A third"))


def test_a_correction_shows_in_the_working_record_and_its_rows_and_makes_no_version(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.correct(head, paper, SetField(statement="I.r3", field="time", new="ongoing"))
    record = actions.working_record(paper)
    changed = statement(record, "I.r3")
    assert (changed.time, changed.origin["time"].how, changed.origin["time"].rule) == ("ongoing", "person", head.key)
    assert paper.statements.get(record_id="I.r3").time == "ongoing"
    assert paper.versions.count() == 1
    entry = Entry.objects.filter(thing=f"document:{paper.key}").last()
    assert (entry.actor, entry.verb, entry.old, entry.new["new"]) == (head.key, "corrected", {"old": "short-term"}, "ongoing")
