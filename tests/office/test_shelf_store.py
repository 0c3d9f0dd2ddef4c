"""Records become rows and come back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaltrail_office.journal.models import Entry, Unchangeable
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import How, Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.record import Record
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


def test_a_record_comes_back_from_the_shelf_as_it_was(document: Callable[..., Document], sample: Record) -> None:
    assert store.record_of(document()) == sample


def test_rows_are_derived_from_the_current_version(document: Callable[..., Document]) -> None:
    made = document()
    record = store.record_of(made)
    assert made.statements.count() == sum(len(e.statements) for e in record.evaluations)
    assert [p.title for p in made.parts.all()] == [e.title for e in record.evaluations]
    first = made.statements.get(kind="recommendation", position=made.statements.filter(kind="recommendation").first().position)
    stated = next(s for e in record.evaluations for s in e.statements if s.kind == "recommendation")
    assert (first.text, first.priority, first.responsible) == (stated.text, stated.priority, list(stated.responsible))


def test_a_new_version_keeps_the_old_one_and_what_people_said_of_statements_that_stayed(document: Callable[..., Document]) -> None:
    made = document()
    row = made.statements.first()
    row.key, row.confirmed_by = "R-000001", "P-00001"
    row.save()
    record = store.record_of(made)
    store.put(made, record, how=How.CORRECTED, actor="P-00001")
    assert [v.number for v in made.versions.all()] == [1, 2]
    kept = made.statements.get(record_id=row.record_id)
    assert (kept.key, kept.confirmed_by) == ("R-000001", "P-00001")


def test_a_damaged_version_is_not_taken_for_a_record(document: Callable[..., Document]) -> None:
    made = document()
    Version.objects.filter(pk=made.current_id).update(sha256="0" * 64)
    with pytest.raises(ValueError, match="restore it from a backup"):
        store.load(Version.objects.get(pk=made.current_id))


def test_every_version_has_its_entry_and_entries_are_never_changed(document: Callable[..., Document]) -> None:
    made = document()
    entry = Entry.objects.get(thing=f"document:{made.key}")
    assert (entry.actor, entry.verb, entry.new["version"]) == ("system:test", "read", 1)
    entry.verb = "denied"
    with pytest.raises(Unchangeable):
        entry.save()
    with pytest.raises(Unchangeable):
        entry.delete()
