"""What programs change: bringing papers, correcting and confirming; and the API against its own description."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from evaltrail_office.accounts.access import forget_scope
from evaltrail_office.accounts.policy import Group
from evaltrail_office.api.actions import make_token
from evaltrail_office.api.description import openapi
from evaltrail_office.api.scopes import CHOOSABLE
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import tallies
from evaltrail_office.follow_up.actions import governing
from evaltrail_office.follow_up.actions import work as follow_up
from evaltrail_office.follow_up.models import Action, Proof, Response
from evaltrail_office.intake.models import Batch
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.models import Document
from tests.office.api_program import Program
from tests.office.follow_up_cast import gathered, transmitted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db

TEXT = b"Key finding 1. Boats arrive late in every second harbour that was visited.\n\nRecommendation 1. Repair the boats within a year.\n"


# Bringing


def test_a_paper_is_brought_read_confirmed_and_becomes_an_evaluation(person, work) -> None:
    program = Program(person("head"))
    answer = program.bring(("boats.txt", TEXT), ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(200)))
    assert answer.status_code == 201
    batch = answer.json()
    assert (batch["progress"]["total"], batch["progress"]["waiting"], batch["progress"]["failed"]) == (2, 1, 1)
    work()
    key = batch["key"]
    assert program.get(f"intake/{key}").json()["progress"]["read"] == 1
    files = program.get(f"intake/{key}/files").json()["items"]
    assert [f["state"] for f in files] == ["read", "failed"]
    assert "it is a PNG picture" in files[1]["fault"]
    paper = files[0]["document"]
    assert program.get(f"documents/{paper}").json()["confirmed"] is None
    parts = program.get(f"documents/{paper}").json()["parts"]
    said = {"kind": "report", "parts": {parts[0]["id"]: "new"}, "titles": {parts[0]["id"]: "Boats that arrive"}, "rest": True}
    confirmed = program.post(f"documents/{paper}/confirm", said)
    assert confirmed.status_code == 200, confirmed.content
    evaluation = confirmed.json()["evaluations"][0]
    assert program.get(f"evaluations/{evaluation}").json()["title"] == "Boats that arrive"
    assert program.get(f"evaluations/{evaluation}/statements").json()["items"]


def test_papers_are_brought_for_an_evaluation_by_who_works_in_it(person, evaluation, data: Path) -> None:
    own = evaluation()
    assert Program(person("manager", own)).bring(("a.txt", TEXT), evaluation=own.key).json()["evaluation"] == own.key
    refused = Program(person("manager", evaluation("Another"))).bring(("b.txt", TEXT + b"more"), evaluation=own.key)
    assert refused.status_code == 403
    kept = len(list((data / "files").rglob("*")))
    reader = Program(person("reader")).bring(("c.txt", TEXT + b"else"))
    assert reader.status_code == 403
    assert len(list((data / "files").rglob("*"))) == kept, "what may not be brought is not kept"
    assert Batch.objects.count() == 1


def test_what_is_no_upload_is_told(person) -> None:
    program = Program(person("head"))
    assert program.post("intake", {"file": "x"}).json()["errors"][0]["field"] == "body.file"
    broken = Client().post("/api/v1/intake", b"nonsense", content_type="multipart/form-data; boundary=x", headers=program.headers)
    assert broken.status_code in {400, 422}
    assert broken.headers["Content-Type"] == "application/problem+json"


# Correcting


def test_a_correction_is_made_undone_and_made_again(person, evaluation, document) -> None:
    own = evaluation()
    paper = document(own)
    user = person("manager", own)
    program, row = Program(user), paper.statements.first()
    path = f"documents/{paper.key}/corrections"
    made = program.post(path, {"kind": "set", "statement": row.record_id, "field": "text", "new": "Corrected words.", "by": "P-99999"})
    assert made.status_code == 201, made.content
    assert made.json()["correction"]["by"] == user.key, "whoever says otherwise"
    words = f"documents/{paper.key}/statements/{row.record_id}"
    assert program.get(words).json()["text"] == "Corrected words."
    assert program.post(f"{path}/undo").status_code == 200
    assert program.get(words).json()["text"] == row.text
    assert program.post(f"{path}/redo").status_code == 200
    assert program.get(words).json()["text"] == "Corrected words."
    assert [c["position"] for c in program.get(path).json()["items"]] == [1]
    assert program.post(f"{path}/redo").status_code == 409


def test_a_correction_over_words_that_changed_meanwhile_is_a_conflict(person, evaluation, document) -> None:
    own = evaluation()
    paper = document(own)
    program, row = Program(person("manager", own)), paper.statements.first()
    change = {"kind": "set", "statement": row.record_id, "field": "text", "new": "Mine.", "old": "Words that stand there no more."}
    answer = program.post(f"documents/{paper.key}/corrections", change)
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/#conflict")
    assert Document.objects.get().corrections.count() == 0


@pytest.mark.parametrize(
    "change, field",
    [
        ({}, "body"),
        ({"kind": "paint"}, "body"),
        ({"kind": "set", "statement": "I.f1", "field": "text"}, "body.set.new"),
        ({"kind": "set", "statement": "I.f1", "field": "colour", "new": "x"}, "body.set.field"),
        ({"kind": "set", "statement": "I.f1", "field": "text", "new": "a\x00b"}, "body.new"),
        ({"kind": "set", "statement": "I.f1", "field": "text", "new": "a\ud800b"}, "body.new"),
    ],
)
def test_a_correction_that_is_none_is_refused_with_its_field(person, evaluation, document, change: dict[str, Any], field: str) -> None:
    own = evaluation()
    paper = document(own)
    answer = Program(person("manager", own)).post(f"documents/{paper.key}/corrections", change)
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"][0]["field"] == field


def test_who_sees_a_paper_does_not_correct_it_for_that(person, evaluation, document) -> None:
    own = evaluation(stage="released")
    paper = document(own, stage="released")
    row = paper.statements.first()
    before = Entry.objects.count()
    for user in (person("reader"), person("manager", evaluation("Another"))):
        program = Program(user)
        change = {"kind": "set", "statement": row.record_id, "field": "text", "new": "Mine."}
        for answer in (
            program.post(f"documents/{paper.key}/corrections", change),
            program.post(f"documents/{paper.key}/corrections/undo"),
            program.post(f"documents/{paper.key}/confirmations/{row.record_id}"),
            program.delete(f"documents/{paper.key}/confirmations/{row.record_id}"),
            program.post(f"documents/{paper.key}/confirm", {"rest": True}),
        ):
            assert (answer.status_code, answer.json()["type"]) == (403, "/api/#not-allowed"), answer.content
    assert Entry.objects.count() == before + 2, "the two tokens"
    assert Document.objects.get().confirmed is None


def test_a_statement_is_confirmed_and_that_taken_back(person, evaluation, document) -> None:
    own = evaluation()
    paper = document(own)
    program, row = Program(person("manager", own)), paper.statements.first()
    path = f"documents/{paper.key}/confirmations/{row.record_id}"
    assert program.post(path).json()["confirmed"]
    assert program.delete(path).json()["confirmed"] is None
    assert program.post(path + "9").status_code == 404
    refused = program.post(f"documents/{paper.key}/confirm", {})
    assert refused.status_code == 409
    assert "not confirmed yet" in refused.json()["detail"]
    unknown = program.post(f"documents/{paper.key}/confirm", {"parts": {"XX": "new"}, "rest": True})
    assert unknown.json()["errors"][0]["field"] == "body.parts.XX"
    misspelt = program.post(f"documents/{paper.key}/confirm", {"rests": True})
    assert misspelt.status_code == 422


# Against its own description

load_all_checks()
CHECKED = [
    CHECKS.get_one(name)
    for name in ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
]


@contextmanager
def one_connection() -> Iterator[None]:
    """The application closes the database's connection after a request; here all requests are in one transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def everything(person, evaluation, document, work) -> User:
    """An office with something of each kind, and its head."""
    cast = gathered(person, evaluation)
    head = cast.head
    # Of the unit that owes the action, so that what is made up can be reported and claimed.
    head.is_administrator, head.unit = True, cast.ports
    head.save()
    forget_scope(head)
    document(cast.evaluation)
    action = transmitted(cast)
    follow_up.add_proof(head, action, "The list", "https://office.example/list")
    follow_up.ask_later(head, action, action.due + timedelta(days=30), "decision")
    by_worker = person("constituent", cast.evaluation, group="workers")
    governing.raise_concern(by_worker, "Hours", "Long.", evaluation=cast.evaluation, group=Group.WORKERS)
    governing.enter_decision(head, cast.evaluation, body="Council", taken=timezone.localdate(), adopted="Do it.")
    tallies.tally()
    Program(head).bring(("boats.txt", TEXT))
    work()
    return head


def _asked(user: User, count: int) -> None:
    """Every operation with made-up parameters and bodies, right ones and wrong ones."""
    from evaltrail_office.site.wsgi import application

    # So many requests in a minute that one token may not make them; a session has no such limit.
    described = json.loads(json.dumps(openapi()))
    for methods in described["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                known = {
                    "key": ["E-00001", "D-000001", "R-000001", "B-00001", "A-000001", "C-00001", user.key],
                    "If-Match": ["*", f'"{Action.objects.get().revision}"'],
                    "unit": ["U-0001"],
                    "name": ["overdue", "implementation-verified"],
                    "number": [Response.objects.latest("pk").pk, Proof.objects.get().pk],
                    "statement": ["I.f1", "II.r1"],
                    "evaluation": ["E-00001"],
                }
                if parameter["name"] in known:
                    parameter["schema"] = {"anyOf": [{"enum": known[parameter["name"]]}, parameter["schema"]]}
    schema = schemathesis.openapi.from_dict(described)
    schema.app = application
    token = make_token(user, "fuzz", [s.value for s in CHOOSABLE], timezone.now() + timedelta(days=1))[1]
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        cases = operation.as_strategy()

        @given(case=cases)
        @settings(
            max_examples=count,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=count < 50,
            database=None,
        )
        def ask(case: Any) -> None:
            nonlocal asked
            answer = case.call(app=application, headers={"Authorization": f"Bearer {token}"})
            asked += 1
            case.validate_response(answer, checks=CHECKED)

        with one_connection():
            ask()
    assert asked >= 60


def test_no_request_that_the_description_allows_makes_an_error(everything: User, settings: Any) -> None:
    settings.API_A_MINUTE = 10**9
    _asked(everything, 6)


@pytest.mark.soak
def test_no_request_makes_an_error_in_a_long_run(everything: User, settings: Any) -> None:
    settings.API_A_MINUTE = 10**9
    _asked(everything, 100)


@given(path=st.text(max_size=60), query=st.text(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_below_the_api_makes_an_error(everything: User, path: str, query: str) -> None:
    answer = Client().get(f"/api/v1/{path}", query_string=query, headers={"Authorization": "Bearer evt_x"})
    assert answer.status_code in {401, 404, 405, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Evaluation.objects.exists()
