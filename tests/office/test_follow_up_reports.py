"""Reports of follow-up hold what the person may see, claims beside what was verified, and nothing that is only drafted."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document as Docx

from evaltrail.write import written
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import reports
from evaltrail_office.follow_up.actions import answers, opening, work
from evaltrail_office.follow_up.models import Action
from evaltrail_office.follow_up.reports import FOLLOW_UP, PLAN, Asked
from evaltrail_office.follow_up.views import reports as pages
from tests.office.follow_up_cast import answered, transmitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
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


def test_what_is_only_drafted_stands_in_no_report_not_even_for_those_who_draft_it(cast: Cast) -> None:
    answered(cast)
    for who in (cast.line, cast.coordinator, cast.head):
        found = reports.record(who, Asked())
        assert [s.kind for e in found.evaluations for s in e.statements] == ["recommendation"], who.name
        assert "Train twelve fitters" not in found.to_json()
        assert reports.evaluations(who, Asked(kind=PLAN)) == []


def test_who_sees_nothing_of_an_evaluation_finds_nothing_of_it_in_a_report(cast: Cast) -> None:
    transmitted(cast)
    assert reports.evaluations(cast.stranger, Asked()) == []
    assert reports.record(cast.stranger, Asked()).evaluations == ()


def test_the_public_one_holds_released_evaluations_and_issued_answers_and_no_free_words(cast: Cast) -> None:
    action = transmitted(cast)
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done", "All twelve.")
    work.send_back(cast.head, action, "The list names ten.")
    work.explain(cast.line, action, "money", "The bank said no.")
    public = Asked(public=True)
    assert reports.evaluations(cast.head, public) == []
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    assert promised(reports.record(cast.head, public)) == []
    answers.issue(cast.head, cast.track.follow_up)
    (shown,) = promised(reports.record(cast.head, public))
    assert (shown.standing, shown.status, shown.delay_reason) == ("under_way", None, "Money was not given")
    said = reports.record(cast.head, public).to_json()
    for words in ("The list names ten", "The bank said no", cast.line.name):
        assert words not in said
    (own,) = promised(reports.record(cast.head, Asked()))
    assert (own.standing, own.claimed, own.standing_words) == ("sent_back", "Done", "The list names ten.")


def test_the_plan_holds_what_is_open_and_a_claim_that_waits_is_open(cast: Cast) -> None:
    action = transmitted(cast)
    plan = Asked(kind=PLAN)
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    assert [a.standing for a in promised(reports.record(cast.head, plan))] == ["claimed"]
    work.verify(cast.head, action)
    assert reports.record(cast.head, plan).evaluations == ()


def test_a_year_holds_what_was_followed_in_it(cast: Cast) -> None:
    action = transmitted(cast)
    began = cast.track.follow_up.started
    assert began is not None
    assert reports.evaluations(cast.head, Asked(year=began.year - 1)) == []
    assert len(reports.evaluations(cast.head, Asked(year=began.year))) == 1
    work.ask_drop(cast.line, action, "superseded", "The sites were closed.")
    work.drop(cast.head, action)
    today = timezone.localdate()
    assert len(reports.evaluations(cast.head, Asked(year=today.year))) == 1
    assert reports.evaluations(cast.head, Asked(year=today.year + 1)) == []


def test_a_unit_s_report_holds_what_it_and_the_units_below_lead_and_owe(cast: Cast) -> None:
    transmitted(cast)
    above = cast.ports.within
    assert above is not None
    assert len(reports.evaluations(cast.head, Asked(unit=cast.ports.key))) == 1
    assert len(reports.evaluations(cast.head, Asked(unit=above.key))) == 1
    assert reports.evaluations(cast.head, Asked(unit=cast.training.key)) == []


def test_figures_rest_on_what_stands_in_the_report(cast: Cast, evaluation: Callable[..., Evaluation]) -> None:
    transmitted(cast)
    other = evaluation("Another", stage="issued")
    Recommendation.objects.create(key="R-000009", evaluation=other, number="1", position=0, text="Count.")
    opening.open_follow_up(cast.head, other, started=timezone.localdate() - timedelta(days=90))

    def accepted(asked: Asked) -> str:
        figures: Any = reports.record(cast.head, asked).figures  # type: ignore[attr-defined]  # a field besides
        return next(str(f["counted"]) for f in figures if f["name"] == "Accepted, of all that were issued")

    assert accepted(Asked()) == "1 of 2"
    assert accepted(Asked(evaluations=(cast.evaluation.key,))) == "1 of 1"
    assert accepted(Asked(unit=cast.ports.key)) == "1 of 1"


def test_reading_takes_as_many_queries_for_ten_recommendations_as_for_one(cast: Cast, django_assert_num_queries: Any) -> None:
    transmitted(cast)
    asked = Asked(kind=PLAN)
    with CaptureQueriesContext(connection) as one:
        reports.record(cast.head, asked)
    action = Action.objects.get()
    for n in range(10):
        Action.objects.create(
            key=f"A-1{n:05}", track=action.track, response=action.response, evaluation=action.evaluation, text="More", state="open",
            unit=action.unit,
        )  # fmt: skip
    with django_assert_num_queries(len(one)):
        assert len(promised(reports.record(cast.head, asked))) == 11


ASKED = {"kind": FOLLOW_UP, "year": "", "unit": "", "language": "en", "form": "docx"}


def test_a_person_chooses_a_report_and_gets_the_file(cast: Cast, client: Client) -> None:
    transmitted(cast)
    client.force_login(cast.head)
    page = client.get(f"/follow-up/reports/?evaluation={cast.evaluation.key}").content.decode()
    assert f'value="{cast.evaluation.key}" selected' in page
    got = client.post("/follow-up/reports/", {**ASKED, "evaluations": [cast.evaluation.key]})
    assert got["Content-Disposition"].endswith('.docx"')
    assert "Train twelve fitters" in " ".join(words_of(b"".join(got.streaming_content)))  # type: ignore[attr-defined]
    plan = client.post("/follow-up/reports/", {**ASKED, "kind": PLAN, "form": "csv"})
    assert b"Train twelve fitters" in b"".join(plan.streaming_content)  # type: ignore[attr-defined]


def test_nobody_gets_a_report_of_what_they_do_not_see(cast: Cast, client: Client, person: Callable[..., User]) -> None:
    transmitted(cast)
    client.force_login(cast.stranger)
    assert client.get("/follow-up/reports/").status_code == 404
    reader = person("reader")
    client.force_login(reader)
    page = client.get("/follow-up/reports/").content.decode()
    assert cast.evaluation.title not in page
    refused = client.post("/follow-up/reports/", {**ASKED, "evaluations": [cast.evaluation.key]})
    assert refused.status_code == 422
    empty = client.post("/follow-up/reports/", ASKED)
    assert (empty.status_code, "Nothing that you see is followed there." in empty.content.decode()) == (422, True)
    client.logout()
    assert client.get("/follow-up/reports/").status_code == 302


def test_a_larger_report_is_written_in_the_background_and_fetched_by_who_asked(
    cast: Cast, client: Client, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    transmitted(cast)
    monkeypatch.setattr(pages, "SMALL", 0)
    client.force_login(cast.head)
    sent = client.post("/follow-up/reports/", ASKED)
    assert sent.status_code == 302
    assert "Fetch the file" not in client.get(sent["Location"]).content.decode()
    request.getfixturevalue("work")()
    assert "Fetch the file" in client.get(sent["Location"]).content.decode()
    got = client.get(f"{sent['Location']}file/")
    assert "Train twelve fitters" in " ".join(words_of(b"".join(got.streaming_content)))  # type: ignore[attr-defined]
    client.force_login(cast.coordinator)
    assert client.get(sent["Location"]).status_code == client.get(f"{sent['Location']}file/").status_code == 404


def test_a_report_that_no_file_of_its_form_holds_is_refused_with_what_to_do(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    transmitted(cast)
    monkeypatch.setitem(pages.MOST, "pdf", 0)
    client.force_login(cast.head)
    refused = client.post("/follow-up/reports/", {**ASKED, "form": "pdf"})
    assert refused.status_code == 422
    assert "Recommendations in it: 1. A PDF holds 0." in refused.content.decode()
    assert client.post("/follow-up/reports/", ASKED).status_code == 200


@pytest.mark.parametrize("language, words", [("fr", "L’unité déclare"), ("ar", "ما تعلنه الوحدة")])
def test_the_words_of_a_report_are_in_the_language_that_is_asked_for(cast: Cast, language: str, words: str) -> None:
    transmitted(cast)
    assert words in words_of(written(reports.record(cast.head, Asked(language=language)), "docx", kind=FOLLOW_UP))


def test_a_report_is_written_in_the_house_s_template(cast: Cast, client: Client, data: Path) -> None:
    transmitted(cast)
    (data / "house").mkdir()
    (data / "house" / "house.toml").write_text('organisation = "Merrow Coast Programme"\n', encoding="utf-8")
    client.force_login(cast.head)
    got = client.post("/follow-up/reports/", ASKED)
    assert "Merrow Coast Programme" in words_of(b"".join(got.streaming_content))  # type: ignore[attr-defined]
