"""Reports of follow-up hold what the person may see, claims beside what was verified, and nothing that is only drafted."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from docx import Document as Docx

from evaltrail.write import written
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import reports
from evaltrail_office.follow_up.actions import answers, work
from evaltrail_office.follow_up.models import Action, Response
from evaltrail_office.follow_up.reports import FOLLOW_UP, PLAN, Asked
from tests.office.follow_up_cast import answered, transmitted

if TYPE_CHECKING:
    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from tests.office.follow_up_cast import Cast

pytestmark = pytest.mark.django_db


def words_of(paper: bytes) -> list[str]:
    """Paragraphs and cells of a DOCX."""
    document: Any = Docx(io.BytesIO(paper))
    return [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]


def promised(record: Record) -> list[Any]:
    """Actions of a record, with the fields that it has besides."""
    return [a for e in record.evaluations for s in e.statements if s.kind == "response" for a in s.actions]


def test_a_report_of_one_evaluation_says_what_was_promised_claimed_and_verified(cast: Cast) -> None:
    action = transmitted(cast)
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    claimed = words_of(written(reports.record(cast.head, Asked(evaluations=(cast.evaluation.key,))), "docx", kind=FOLLOW_UP))
    today = timezone.localdate()
    day = f"{today.day} {today:%B %Y}"
    assert "Landing sites that last" in claimed
    assert claimed[claimed.index(f"Done\n{day}") + 1] == "Not yet verified"
    work.verify(cast.head, action, "partly_done", "Ten of twelve.")
    found = words_of(written(reports.record(cast.head, Asked()), "docx", kind=FOLLOW_UP))
    assert found[found.index(f"Done\n{day}") + 1] == f"Partly done\n{day}"
    assert "Verified by: Office of Evaluation." in found
