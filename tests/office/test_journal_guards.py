"""The database itself keeps the journal: no program changes or removes an entry."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from evaltrail_office.journal.actions import note
from evaltrail_office.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET actor = 'P-00009'", "DELETE FROM journal_entry"])
def test_an_entry_is_kept_whatever_statement_reaches_the_database(statement: str) -> None:
    note("P-00001", "confirmed", "document:D-000001")
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().actor == "P-00001"


def test_a_whole_set_of_entries_is_kept_too() -> None:
    note("P-00001", "confirmed", "document:D-000001")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(reason="none")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.get().reason == ""


def test_entries_are_added_all_the_same() -> None:
    note("P-00001", "confirmed", "document:D-000001")
    note("P-00001", "corrected", "document:D-000001")
    assert Entry.objects.count() == 2
