"""What programs do in follow-up: the verbs of its pages, with the same limits, and nobody overtaken unseen."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client
from pydantic import BaseModel

from evaltrail_office.api.description import openapi
from evaltrail_office.follow_up.models import Action, Claim, Extension, Progress, Proof, Response
from evaltrail_office.journal.models import Entry
from tests.office.api_program import Program
from tests.office.follow_up_cast import answered, transmitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.office.follow_up_cast import Cast

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nAttendance of twelve fitters.\n%%EOF"


def revision(action: Action) -> int:
    return Action.objects.get(pk=action.pk).revision


def fault(answer: Any) -> tuple[int, str, str]:
    """Status, kind and field of a problem."""
    told = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    return answer.status_code, told["type"].removeprefix("/api/#"), told["errors"][0]["field"] if told["errors"] else ""


def kept(data: Path) -> int:
    """Files on the shelf."""
    return sum(path.is_file() for path in (data / "files").rglob("*")) if (data / "files").exists() else 0


def claimed(cast: Cast, action: Action) -> int:
    """The revision of the action, claimed by a program of its unit."""
    answer = Program(cast.line).form(
        f"follow-up/actions/{action.key}/claims", revision(action), ("fitters.pdf", PDF), status="done", shows="The names"
    )
    assert answer.status_code == 200, answer.content
    return int(answer.json()["revision"])


def test_an_action_is_reported_claimed_with_a_file_and_verified_by_somebody_else(cast: Cast) -> None:
    action = transmitted(cast)
    line, head, path = Program(cast.line), Program(cast.head), f"follow-up/actions/{action.key}"
    told = line.post(f"{path}/progress", {"words": "Half are trained.", "status": "under_way"}, revision(action)).json()
    assert (told["state"], told["progress"][0]["text"]) == ("under_way", "Half are trained.")
    told = line.form(
        f"{path}/claims", told["revision"], ("fitters.pdf", PDF), status="done", words="All twelve.", shows="Attendance", public="true"
    ).json()
    assert (told["state"], told["claimed"]["meaning"], told["closed"]) == ("claimed", "done", None)
    assert told["claims"][0]["proofs"] == [told["proofs"][0]["number"]]
    assert (told["proofs"][0]["media_type"], told["proofs"][0]["public"]) == ("application/pdf", True)
    told = head.post(f"{path}/verify", {"words": "Seen."}, told["revision"]).json()
    assert (told["state"], told["verified"]["by"]["key"]) == ("verified", cast.head.key)
    entries = Entry.objects.filter(thing=f"action:{action.key}").order_by("-pk").values_list("verb", "actor")
    assert list(entries[:4]) == [
        ("verified", cast.head.key), ("claimed", cast.line.key), ("showed proof of", cast.line.key), ("reported", cast.line.key)
    ]  # fmt: skip


def test_a_claim_is_sent_back_and_made_again_on_proofs_that_are_there(cast: Cast) -> None:
    action = transmitted(cast)
    path = f"follow-up/actions/{action.key}"
    told = Program(cast.head).post(f"{path}/send-back", {"words": "Ten names only."}, claimed(cast, action)).json()
    assert (told["state"], told["claims"][0]["answer"], told["claimed"]) == ("sent_back", "Ten names only.", None)
    line = Program(cast.line)
    made = line.form(f"{path}/proofs", page="https://office.example/twelve", shows="Twelve names")
    assert made.status_code == 201, made.content
    told = line.form(f"{path}/claims", made.json()["revision"], status="done", proofs=made.json()["number"]).json()
    assert (told["state"], told["claims"][0]["proofs"]) == ("claimed", [made.json()["number"]])


def test_a_later_date_is_asked_for_with_a_reason(cast: Cast) -> None:
    action = transmitted(cast)
    path = f"follow-up/actions/{action.key}/extensions"
    line, day = Program(cast.line), (action.due + timedelta(days=60)).isoformat()
    assert fault(line.post(path, {}, revision(action))) == (422, "not-valid", "body.date")
    assert fault(line.post(path, {"date": day}, revision(action))) == (422, "not-valid", "body.reason")
    assert fault(line.post(path, {"date": "2026-01-01", "reason": "decision"}, revision(action))) == (422, "not-valid", "body.date")
    told = line.post(path, {"date": day, "reason": "decision", "words": "Not met."}, revision(action)).json()
    assert (told["due"], told["extensions"][0]["asked_for"]) == (action.due.isoformat(), day)
    (waiting,) = Program(cast.above).get("follow-up/extensions", state="asked").json()["items"]
    assert (waiting["action"], waiting["words"], waiting["by"]["key"]) == (action.key, "Not met.", cast.line.key)


def test_what_is_needed_is_said_at_its_field(cast: Cast) -> None:
    action = transmitted(cast)
    line, path = Program(cast.line), f"follow-up/actions/{action.key}"
    assert fault(line.post(f"{path}/progress", {}, revision(action))) == (422, "not-valid", "body.words")
    assert fault(line.post(f"{path}/progress", {"words": "x", "status": "nothing"}, revision(action))) == (422, "not-valid", "body.status")
    assert fault(line.post(f"{path}/progress", {"wrods": "x"}, revision(action))) == (422, "not-valid", "body.wrods")
    assert fault(line.post(f"{path}/progress", {"words": "a\x00b"}, revision(action))) == (422, "not-valid", "body.words")
    assert fault(line.form(f"{path}/claims", revision(action), status="done")) == (422, "not-valid", "body.proof")
    assert fault(line.form(f"{path}/claims", revision(action))) == (422, "not-valid", "body.status")
    assert fault(line.form(f"{path}/proofs", shows="x" * 301)) == (422, "not-valid", "body.shows")
    assert fault(line.post(f"{path}/progress", ["x"], revision(action)))[:2] == (422, "not-valid")
    assert fault(line.form(f"{path}/proofs", shows="It")) == (422, "not-valid", "body.file")
    assert fault(line.form(f"{path}/proofs", page="https://x.example/")) == (422, "not-valid", "body.shows")
    assert fault(line.form(f"{path}/proofs", page="javascript:x", shows="It")) == (422, "not-valid", "body.page")
    assert revision(action) == action.revision
    assert not Proof.objects.exists()


def test_a_move_that_there_is_not_now_is_a_conflict(cast: Cast) -> None:
    action = transmitted(cast)
    assert fault(Program(cast.head).post(f"follow-up/actions/{action.key}/verify", {}, revision(action)))[:2] == (409, "conflict")
    at = claimed(cast, action)
    assert fault(Program(cast.line).post(f"follow-up/actions/{action.key}/progress", {"words": "x"}, at))[:2] == (409, "conflict")
    assert fault(Program(cast.line).form(f"follow-up/actions/{action.key}/claims", at, status="done"))[:2] == (409, "conflict")


# Who


WRITES = {
    "actions/{action}/progress": {"words": "x"},
    "actions/{action}/extensions": {"date": "2030-01-01", "reason": "decision"},
    "actions/{action}/verify": {},
    "actions/{action}/send-back": {"words": "x"},
    "answers/{answer}/draft": {"text": "x"},
}
FORMS = {"actions/{action}/claims": {"status": "done"}, "actions/{action}/proofs": {"shows": "It"}}


def test_who_sees_an_action_does_not_move_it_for_that(cast: Cast, person: Callable, evaluation: Callable, data: Path) -> None:
    action, answer = transmitted(cast), Response.objects.get()
    claimed(cast, action)
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    before, files = Entry.objects.count(), kept(data)
    colleagues = [person("reader"), person("manager", evaluation("Another", stage="released"))]
    for user in colleagues:
        program = Program(user)
        for path, body in WRITES.items():
            got = program.post("follow-up/" + path.format(action=action.key, answer=answer.pk), body, "*")
            # Not all of it can be done now, which who sees the action knows.
            assert fault(got)[:2] in {(403, "not-allowed"), (409, "conflict")}, path
        for path, given in FORMS.items():
            got = program.form("follow-up/" + path.format(action=action.key), "*", ("more.pdf", PDF + b"more"), **given)
            assert fault(got)[:2] in {(403, "not-allowed"), (409, "conflict")}, path
    assert Entry.objects.count() == before + len(colleagues), "their tokens"
    assert (kept(data), Proof.objects.count()) == (files, 1)


def test_who_does_not_see_an_action_learns_nothing_of_it(cast: Cast, person: Callable, evaluation: Callable, data: Path) -> None:
    action, answer = transmitted(cast), Response.objects.get()
    before, files = Entry.objects.count(), kept(data)
    outsiders = [cast.stranger, person("manager", evaluation("Another", stage="released"))]
    for user in outsiders:
        program = Program(user)
        for path, body in WRITES.items():
            assert fault(program.post("follow-up/" + path.format(action=action.key, answer=answer.pk), body, "*"))[0] == 404, path
        for path, given in FORMS.items():
            assert fault(program.form("follow-up/" + path.format(action=action.key), "*", ("p.pdf", PDF), **given))[0] == 404, path
    assert (Entry.objects.count(), kept(data)) == (before + len(outsiders), files)
    nobody = Client().post(f"/api/v1/follow-up/actions/{action.key}/proofs", {"shows": "It", "page": "https://x.example/"})
    assert nobody.status_code == 401


def test_nobody_turns_the_second_key_on_their_own_units_action(cast: Cast, person: Callable) -> None:
    action = transmitted(cast)
    at = claimed(cast, action)
    for user in (cast.line, cast.chief, cast.above):
        assert fault(Program(user).post(f"follow-up/actions/{action.key}/verify", {}, at))[:2] == (403, "not-allowed")
    assert Claim.objects.get().state == "waiting"


def test_a_token_that_reads_follow_up_changes_nothing(cast: Cast) -> None:
    action = transmitted(cast)
    program = Program(cast.line, "read:follow-up", "read:records", "export")
    assert program.get(f"follow-up/actions/{action.key}").status_code == 200
    assert fault(program.post(f"follow-up/actions/{action.key}/progress", {"words": "x"}, "*"))[:2] == (403, "not-in-scope")
    assert fault(program.form(f"follow-up/actions/{action.key}/proofs", shows="x"))[:2] == (403, "not-in-scope")
    assert fault(Program(cast.line, "write:follow-up").get(f"follow-up/actions/{action.key}"))[:2] == (403, "not-in-scope")


# Overtaken


def test_of_two_on_one_action_the_second_is_told_who_was_first(cast: Cast) -> None:
    action = transmitted(cast)
    path, seen = f"follow-up/actions/{action.key}", revision(action)
    assert Program(cast.line).post(f"{path}/progress", {"words": "Begun."}, seen).status_code == 200
    late = Program(cast.chief).post(f"{path}/progress", {"words": "Not begun."}, seen)
    assert fault(late)[:2] == (412, "overtaken")
    assert cast.line.name in late.json()["detail"]
    assert [p.text for p in Progress.objects.all()] == ["Begun."]
    again = Program(cast.chief).get(path).json()["revision"]
    assert Program(cast.chief).post(f"{path}/progress", {"words": "Two sites to go."}, again).status_code == 200


def test_a_claim_that_comes_too_late_leaves_no_proof(cast: Cast) -> None:
    action = transmitted(cast)
    seen = revision(action)
    claimed(cast, action)
    late = Program(cast.chief).form(f"follow-up/actions/{action.key}/claims", seen, ("again.pdf", PDF), status="done", shows="Again")
    assert fault(late)[:2] == (412, "overtaken")
    assert (Claim.objects.count(), Proof.objects.count()) == (1, 1)
    head = Program(cast.head)
    assert fault(head.post(f"follow-up/actions/{action.key}/verify", {}, seen))[:2] == (412, "overtaken")
    assert head.post(f"follow-up/actions/{action.key}/verify", {}, revision(action)).status_code == 200


def test_who_does_not_say_what_they_have_seen_changes_nothing(cast: Cast) -> None:
    action, line = transmitted(cast), Program(cast.line)
    path = f"follow-up/actions/{action.key}/progress"
    missing = line.post(path, {"words": "x"})
    assert fault(missing)[:2] == (428, "no-revision")
    assert "If-Match" in missing.json()["remedy"]
    assert fault(line.post(path, {"words": "x"}, '"three"')) == (422, "not-valid", "header.If-Match")
    assert fault(line.post(path, {"words": "x"}, "9" * 30))[:2] == (412, "overtaken")
    assert not Progress.objects.exists()
    assert line.post(path, {"words": "x"}, "*").status_code == 200, "whatever it is now"


def test_no_two_shapes_of_the_api_have_one_name() -> None:
    """Or the description would tell of one what the other is."""
    assert openapi()
    modules = [module for name, module in sys.modules.items() if name.startswith("evaltrail_office.api.")]
    named: dict[str, set[str]] = {}
    for module in modules:
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, BaseModel) and one.__module__.startswith("evaltrail_office.api."):
                named.setdefault(one.__name__, set()).add(one.__module__)
    assert {name: where for name, where in named.items() if len(where) > 1} == {}
    assert "ActionWhole" in named


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_is_first(cast: Cast, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--postgres"):
        pytest.skip("with --postgres: the tests' SQLite is in memory, where threads lock each other's tables")
    action = transmitted(cast)
    seen, people = revision(action), [cast.line, cast.chief, cast.line, cast.chief]
    programs = [Program(user) for user in people]
    found: list[int] = []

    def ask(program: Program) -> None:
        try:
            found.append(program.post(f"follow-up/actions/{action.key}/progress", {"words": "Mine."}, seen).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(program,)) for program in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == [200, 412, 412, 412]
    assert Progress.objects.count() == 1


# What is taken as proof


def test_what_is_too_large_or_no_proof_leaves_nothing_on_the_disk(cast: Cast, settings: Any, data: Path) -> None:
    action, files = transmitted(cast), kept(data)
    line, path = Program(cast.line), f"follow-up/actions/{action.key}/proofs"
    assert fault(line.form(path, file=("page.html", b"<!doctype html><script>alert(1)</script>"), shows="It"))[2] == "body.file"
    assert fault(line.form(path, file=("empty.pdf", b""), shows="It"))[2] == "body.file"
    settings.PROOF_BYTES = 1 << 20
    assert fault(line.form(path, file=("large.pdf", PDF + bytes(1 << 20)), shows="It"))[:2] == (413, "too-large")
    assert fault(line.form(path, file=("larger.pdf", PDF + bytes(3 << 20)), shows="It"))[:2] == (413, "too-large")
    assert (kept(data), Proof.objects.count()) == (files, 0)
    made = line.form(path, file=("../../etc/fitters.pdf", PDF), shows="The names").json()
    assert (made["name"], made["action"], made["by"]["key"]) == ("fitters.pdf", action.key, cast.line.key)
    assert kept(data) == files + 1


def test_a_page_of_the_office_needs_its_token_to_bring_a_proof(cast: Cast) -> None:
    action = transmitted(cast)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.line)
    path = f"/api/v1/follow-up/actions/{action.key}/proofs"
    given = {"shows": "It", "page": "https://x.example/"}
    assert browser.post(path, given).status_code == 403
    browser.get("/api/")
    assert browser.post(path, given, headers={"X-CSRFToken": browser.cookies["csrftoken"].value}).status_code == 201


# Answers


def test_an_answer_is_drafted_with_its_actions(cast: Cast) -> None:
    response = Response.objects.get()
    program, path = Program(cast.line), f"follow-up/answers/{Response.objects.get().pk}"
    said = {
        "verdict": "partially_accepted",
        "text": "We shall train ten.",
        "reason": "There is money for ten.",
        "actions": [
            {"text": "Train ten", "unit": cast.ports.key, "owner": cast.line.key, "due": "2027-03-31", "cost": "1200.5", "currency": "usd"},
            {"text": "Print the manual", "unit": "Training Section"},
        ],
    }  # fmt: skip
    told = program.post(f"{path}/draft", said, response.revision).json()
    assert (told["state"], told["verdict"], told["reason"]) == ("drafted", "partially_accepted", "There is money for ten.")
    first, second = told["promised"]
    assert (first["unit"]["key"], first["owner"]["key"], first["cost"], first["currency"]) == (cast.ports.key, cast.line.key, 1200.5, "USD")
    assert (first["state"], first["days_past_first"], second["due"]) == ("proposed", None, None)
    assert any("give the date" in gap for gap in told["missing"])
    said["actions"] = [{**said["actions"][0], "key": first["key"]}]
    told = program.post(f"{path}/draft", said, told["revision"]).json()
    assert [a["key"] for a in told["promised"]] == [first["key"]]
    told = program.post(f"{path}/draft", {"verdict": "accepted", "text": "All."}, told["revision"]).json()
    assert (told["verdict"], told["reason"], [a["key"] for a in told["promised"]]) == ("accepted", None, [first["key"]])


@pytest.mark.parametrize(
    "said, field",
    [
        ({"verdict": "perhaps"}, "body.verdict"),
        ({"actions": [{"text": "x", "unit": "Nobody's Division"}]}, "body.actions.0.unit"),
        ({"actions": [{"text": "x", "owner": "P-99999"}]}, "body.actions.0.owner"),
        ({"actions": [{"text": "x", "due": "2020-01-01"}]}, "body.due"),
        ({"actions": [{"text": "x", "cost": 1}]}, "body.currency"),
        ({"actions": [{"text": " "}]}, "body.actions"),
        ({"text": "a\ud800"}, "body.text"),
        ({"actions": [{"text": "a\x00"}]}, "body.actions.0.text"),
    ],
)
def test_a_draft_that_does_not_hold_is_refused_at_its_field(cast: Cast, said: dict[str, Any], field: str) -> None:
    response = Response.objects.get()
    answer = Program(cast.line).post(f"follow-up/answers/{response.pk}/draft", said, response.revision)
    assert fault(answer) == (422, "not-valid", field)
    assert (Response.objects.get().state, Action.objects.count()) == ("asked", 0)


def test_an_answer_is_drafted_by_who_leads_it_and_nobody_is_overtaken(cast: Cast) -> None:
    response = answered(cast)
    path = f"follow-up/answers/{response.pk}/draft"
    assert fault(Program(cast.helper).post(path, {"text": "Mine."}, "*"))[:2] == (403, "not-allowed")
    assert fault(Program(cast.head).post(path, {"text": "Mine."}, "*"))[0] in {403, 404}
    late = Program(cast.coordinator).post(path, {"text": "Mine."}, response.revision - 1)
    assert fault(late)[:2] == (412, "overtaken")
    assert Response.objects.get().text == "We shall train them."
    assert not Extension.objects.exists()
