"""What the API tells of follow-up, and to whom."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaltrail.record import DocumentInfo, Link, Observation, Page, Place, Record
from evaltrail.record import Evaluation as Part
from evaltrail.record import Recommendation as Recommended
from evaltrail_office.accounts.models import Grant, Unit
from evaltrail_office.accounts.policy import Group
from evaltrail_office.evaluations.actions import confirm_keys, propose_keys
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import tallies
from evaltrail_office.follow_up.actions import answers, governing, opening, work
from evaltrail_office.follow_up.groups import Filters, condition
from evaltrail_office.follow_up.models import Action, BodyDecision, Claim, Concern, Extension, Progress, Proof, Response, Track
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import files
from tests.office.api_program import Program, out, walked
from tests.office.follow_up_cast import answered, transmitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.follow_up_cast import Cast

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nAttendance of twelve fitters.\n%%EOF"


def released(cast: Cast) -> Action:
    """The action of an answer to a released evaluation."""
    action = transmitted(cast)
    answers.issue(cast.head, cast.track.follow_up)
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    return Action.objects.get(pk=action.pk)


def proven(cast: Cast, action: Action, *, public: bool = False) -> Proof:
    sha256, size = files.keep([PDF])
    return work.add_proof(
        cast.line, action, "Attendance of twelve fitters", work.Kept(sha256, size, "fitters.pdf", "application/pdf"), public=public
    )


def owed(action: Action, **columns: Any) -> Action:
    """The action with other columns, as if time had passed."""
    Action.objects.filter(pk=action.pk).update(**columns)
    return Action.objects.get(pk=action.pk)


# Recommendations and answers


def test_a_recommendation_is_told_with_who_answers_it_its_points_and_its_answers(cast: Cast) -> None:
    answers.split(cast.line, cast.track, [("3(a)", "Train the fitters"), ("3(b)", "Name one a site")])
    program = Program(cast.line)
    told = program.get("follow-up/recommendations/R-000001").json()
    assert [p["number"] for p in told["points"]] == ["3(a)", "3(b)"]
    assert [(a["point"], a["state"]) for a in told["answers"]] == [("3(a)", "asked"), ("3(b)", "asked")]
    assert [(u["unit"]["name"], u["lead"]) for u in told["units"]] == [("Ports Division", True), ("Training Section", False)]
    assert (told["verdict"], told["answered"], told["overdue"]) == (None, None, True)
    assert program.get("follow-up/recommendations").json()["items"][0] == {k: v for k, v in told.items() if k != "actions"}


def test_an_answer_is_told_as_it_was_handed_over_with_its_hash(cast: Cast) -> None:
    action = transmitted(cast)
    told = Program(cast.line).get("follow-up/recommendations/R-000001").json()
    (answer,) = told["answers"]
    assert (answer["verdict"], answer["state"], answer["actions"]) == ("accepted", "transmitted", [action.key])
    assert answer["sha256"] == Response.objects.get().transmission.sha256
    assert [a["key"] for a in told["actions"]] == [action.key]
    whole = Program(cast.line).get(f"follow-up/answers/{answer['number']}").json()
    assert {k: whole[k] for k in answer} == answer
    assert [s["state"] for s in whole["steps"]] == ["done"] * (len(whole["steps"]) - 1) + ["next"]
    assert [p["key"] for p in whole["promised"]] == [action.key]


def test_what_is_only_drafted_is_told_to_who_writes_or_clears_it(cast: Cast, person: Callable) -> None:
    response = answered(cast)
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    for user in (cast.line, cast.helper, cast.coordinator):
        assert Program(user).get(f"follow-up/answers/{response.pk}").json()["text"] == "We shall train them."
    reader = Program(person("reader"))
    assert reader.get(f"follow-up/answers/{response.pk}").status_code == 404
    told = reader.get("follow-up/recommendations/R-000001").json()
    assert (told["answers"], told["actions"], told["verdict"]) == ([], [], None)
    assert reader.get("follow-up/answers").json()["items"] == []
    assert reader.get("follow-up/actions").json()["items"] == []
    assert [i["key"] for i in Program(cast.line).get("follow-up/actions").json()["items"]] == ["A-000001"]


def test_recommendations_are_found_as_lists_narrow_them(cast: Cast, person: Callable, evaluation: Callable) -> None:
    other = evaluation("Boats", stage="released")
    Recommendation.objects.create(key="R-000002", evaluation=other, number="1", position=0, text="Mend.")
    opening.open_follow_up(cast.head, other, started=timezone.localdate())
    opening.charge(cast.head, Track.objects.get(recommendation__key="R-000002"), cast.training)
    transmitted(cast)
    program = Program(cast.head)

    def keys(**query: Any) -> list[str]:
        return [i["recommendation"] for i in program.get("follow-up/recommendations", **query).json()["items"]]

    assert keys() == ["R-000002", "R-000001"]
    assert keys(evaluation=other.key) == ["R-000002"]
    assert keys(verdict="accepted") == ["R-000001"]
    assert keys(verdict="none") == ["R-000002"]
    assert keys(unit=cast.ports.key) == ["R-000001"]
    assert keys(unit=cast.ports.within.key) == ["R-000002", "R-000001"]
    assert keys(unit="U-9999") == []
    assert keys(state="retired") == []
    assert keys(overdue="true") == []
    other.follow_up.response_due = timezone.localdate() - timedelta(days=1)
    other.follow_up.save()
    assert keys(overdue="true") == ["R-000002"]


def test_the_history_goes_on_to_decisions_answers_and_proof(cast: Cast, person: Callable) -> None:
    action = transmitted(cast)
    proven(cast, action)
    BodyDecision.objects.create(
        evaluation=cast.evaluation, body="Council", taken=timezone.localdate(), adopted="Do it.", drafted="Do it soon.", made_by="P-00001"
    )
    told = Program(cast.head).get("follow-up/recommendations/R-000001/history").json()
    assert told["text"] == "Train the fitters and name one a site."
    assert told["address"] == "/documents/D-000001/statements/recommendation-R-000001/", "where the answers print it"
    assert [(d["adopted"], d["amended"]) for d in told["decisions"]] == [("Do it.", True)]
    assert [a["holds"]["state"] for a in told["answers"]] == ["transmitted"]
    assert [(a["key"], [p["words"] for p in a["proofs"]]) for a in told["actions"]] == [(action.key, ["Attendance of twelve fitters"])]
    assert Program(person("reader")).get("follow-up/recommendations/R-000001/history").status_code == 404


def test_the_history_begins_with_the_findings_also_of_what_is_not_followed(
    person: Callable, evaluation: Callable, document: Callable
) -> None:
    own, head = evaluation(stage="released"), person("head")
    said = Observation(id="f1", kind="finding", number="1", text="Half of the wells were dry.", places=(Place(page=1, start=0, end=27),))
    asked = Recommended(id="r1", number="1", text="Pay the committees.", places=(Place(page=1, start=28, end=47),))
    link = Link(from_="f1", to="r1", kind="leads_to", basis="stated")
    record = Record(
        document=DocumentInfo(title="Wells", language="en"),
        pages=(Page(number=1, text=f"{said.text} {asked.text}"),),
        evaluations=(Part(id="I", statements=(said, asked), links=(link,)),),
    )
    paper = document(own, record=record, stage="released", kind="report")
    propose_keys(paper)
    confirm_keys(head, paper)
    program = Program(person("reader"))
    told = program.get("follow-up/recommendations/R-000001/history").json()
    assert (told["text"], told["address"]) == ("Pay the committees.", f"/documents/{paper.key}/statements/r1/")
    assert [(r["kind"], r["text"], r["proposed"]) for r in told["rests_on"]] == [("finding", "Half of the wells were dry.", False)]
    assert (told["answers"], told["actions"], told["missing"]) == ([], [], [])
    assert program.get("follow-up/recommendations/R-000001").status_code == 404


# Actions


def test_an_action_is_told_with_both_keys_and_lateness_against_both_dates(cast: Cast) -> None:
    today = timezone.localdate()
    action = owed(transmitted(cast), first_due=today - timedelta(days=20), due=today - timedelta(days=20))
    work.ask_later(cast.line, action, today + timedelta(days=5), "decision", "The council has not met.")
    work.grant_later(cast.above, action)
    program = Program(cast.line)
    late = program.get("follow-up/actions").json()["items"][0]
    assert (late["overdue_first"], late["overdue"]) == (True, False)
    assert (late["days_past_first"], late["days_past_due"], late["moved"]) == (20, 0, 1)
    work.claim(cast.line, action, "done", "All twelve.", [proven(cast, action)])
    waiting = program.get(f"follow-up/actions/{action.key}").json()
    assert (waiting["state"], waiting["claimed"]["meaning"], waiting["verified"]) == ("claimed", "done", None)
    assert waiting["overdue_first"] is False, "the unit has no work to do"
    work.verify(cast.head, action, "partly_done", "Eight of the twelve.")
    told = program.get(f"follow-up/actions/{action.key}").json()
    assert (told["claimed"]["status"], told["claimed"]["by"]["key"]) == ("done", cast.line.key)
    assert (told["verified"]["status"], told["verified"]["meaning"], told["verified"]["by"]["name"]) == (
        "partly_done",
        "substantial",
        cast.head.name,
    )
    (claim,) = told["claims"]
    assert (claim["state"], claim["found"], claim["answer"]) == ("corrected", "partly_done", "Eight of the twelve.")
    assert [(x["state"], x["granted"]) for x in told["extensions"]] == [("granted", (today + timedelta(days=5)).isoformat())]
    assert told["revision"] == Action.objects.get().revision


def test_lists_of_actions_are_narrowed_as_boards_are(cast: Cast) -> None:
    today = timezone.localdate()
    first = transmitted(cast)
    south = Unit.objects.create(key="U-0009", name="Ports South", successor=cast.ports)
    for n, (unit, shift, more) in enumerate(
        [
            (cast.ports, -30, {}),
            (cast.training, -9, {"delay": "decision"}),
            (south, 9, {"owner": cast.line}),
            (None, 90, {"state": "verified"}),
        ]
    ):
        first.pk, first.key, first.unit, first.owner, first.delay, first.state = None, f"A-00001{n}", unit, None, "", "under_way"
        first.first_due = first.due = today + timedelta(days=shift)
        for name, value in more.items():
            setattr(first, name, value)
        if first.state == "verified":
            first.claimed = first.verified = first.closed = today
            first.verified_by = cast.head.key
        first.save(force_insert=True)
    Action.objects.filter(key="A-000010").update(due=today + timedelta(days=1))
    program = Program(cast.head)

    def keys(**query: Any) -> list[str]:
        return [i["key"][-2:] for i in program.get("follow-up/actions", **query).json()["items"]]

    assert keys() == ["13", "12", "11", "10", "01"]
    assert keys(unit=cast.ports.key) == ["12", "10", "01"], "with what was merged into it"
    assert keys(unit=cast.ports.within.key) == ["12", "11", "10", "01"], "with what is below it"
    assert keys(overdue="first") == ["11", "10"]
    assert keys(overdue="current") == ["11"]
    assert keys(overdue="unexplained") == ["10"]
    assert keys(state="verified") == ["13"]
    assert keys(owner=cast.line.key) == ["12"]
    assert keys(owner="none", overdue="first") == ["11", "10"]
    assert keys(due_before=today.isoformat()) == ["11"]
    assert keys(due_after=(today + timedelta(days=60)).isoformat(), state="verified") == ["13"]
    assert keys(recommendation="R-000009") == []
    assert keys(evaluation=cast.evaluation.key, priority="none") == ["13", "12", "11", "10", "01"]
    board = Filters(overdue="first").on(Action.objects.all(), today).filter(condition("open", today, today))
    assert keys(overdue="first") == sorted((a.key[-2:] for a in board), reverse=True)
    wrong = program.get("follow-up/actions", overdue="last")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "query.overdue")


def test_who_may_do_what_stands_with_the_action(cast: Cast, person: Callable) -> None:
    action = released(cast)
    path = f"follow-up/actions/{action.key}"
    assert {"claim", "report", "ask_later", "prove"} <= set(Program(cast.line).get(path).json()["moves"])
    assert Program(cast.head).get(path).json()["moves"] == []
    assert Program(person("reader")).get(path).json()["moves"] == []
    work.claim(cast.line, action, "done", proofs=[proven(cast, action)])
    assert set(Program(cast.head).get(path).json()["moves"]) == {"verify", "send_back"}
    assert "verify" not in Program(cast.line).get(path).json()["moves"]


def test_of_another_persons_evaluation_there_is_nothing(cast: Cast, person: Callable, evaluation: Callable) -> None:
    action = transmitted(cast)
    proof = proven(cast, action)
    work.ask_later(cast.line, action, action.due + timedelta(days=9), "decision")
    number = Response.objects.get().pk
    for user in (person("manager", evaluation("Another", stage="released")), cast.stranger):
        program = Program(user)
        for path in (
            f"actions/{action.key}", f"proofs/{proof.pk}", f"proofs/{proof.pk}/file", f"answers/{number}", "recommendations/R-000001"
        ):  # fmt: skip
            assert program.get(f"follow-up/{path}").status_code == 404, path
        for path in ("actions", "answers", "recommendations", "extensions", "decisions", "concerns"):
            assert program.get(f"follow-up/{path}").json()["items"] == [], path
        for what in ("follow-up", "actions"):
            assert out(program.get(f"export/{what}.jsonl")) == ""


# Proofs


def test_a_proof_is_taken_at_its_own_address_by_who_may_open_it(cast: Cast, person: Callable) -> None:
    action = released(cast)
    proof = proven(cast, action)
    for user in (cast.line, cast.head):
        told = Program(user).get(f"follow-up/proofs/{proof.pk}").json()
        assert (told["name"], told["size"], told["action"]) == ("fitters.pdf", len(PDF), action.key)
        answer = Program(user).get(told["file"].removeprefix("/api/v1/"))
        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Disposition"] == 'attachment; filename="fitters.pdf"'
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "private" in answer.headers["Cache-Control"]
        again = Program(user).get(f"follow-up/proofs/{proof.pk}/file", tag=answer.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
    reader = Program(person("reader"))
    assert reader.get(f"follow-up/proofs/{proof.pk}/file").status_code == 404
    assert reader.get(f"follow-up/actions/{action.key}").json()["hidden_proofs"] == 1
    open_ = proven(cast, action, public=True)
    assert b"".join(reader.get(f"follow-up/proofs/{open_.pk}/file").streaming_content) == PDF


def test_the_file_of_a_proof_needs_the_scope_of_follow_up(cast: Cast) -> None:
    proof = proven(cast, transmitted(cast))
    answer = Program(cast.line, "read:records").get(f"follow-up/proofs/{proof.pk}/file")
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/#not-in-scope")


def test_a_proof_that_is_a_page_has_no_file(cast: Cast) -> None:
    proof = work.add_proof(cast.line, transmitted(cast), "The list", "https://office.example/list")
    told = Program(cast.line).get(f"follow-up/proofs/{proof.pk}").json()
    assert (told["file"], told["page"], told["sha256"]) == (None, "https://office.example/list", None)
    assert Program(cast.line).get(f"follow-up/proofs/{proof.pk}/file").status_code == 404


# Concerns and decisions


def test_who_raised_a_concern_is_told_to_their_group_and_the_office(cast: Cast, person: Callable) -> None:
    worker = person("constituent", cast.evaluation, group="workers")
    employer = person("constituent", cast.evaluation, group="employers")
    concern = governing.raise_concern(worker, "Nobody asked us", "About the hours.", evaluation=cast.evaluation, group=Group.WORKERS)
    path = f"follow-up/concerns/{concern.key}"
    assert Program(employer).get(path).status_code == 404
    assert Program(cast.stranger).get(path).status_code == 404
    for user in (worker, cast.head):
        assert Program(user).get(path).json()["raised_by"]["key"] == worker.key
    governing.take_up(cast.head, concern, cast.head)
    governing.release(cast.head, Concern.objects.get(), released=True)
    told = Program(employer).get(path).json()
    assert (told["title"], told["raised_by"], told["state"]) == ("Nobody asked us", None, "taken_up")
    assert Program(employer).get("follow-up/concerns", show="resolved").json()["items"] == []
    assert len(Program(employer).get("follow-up/concerns", evaluation=cast.evaluation.key).json()["items"]) == 1


def test_a_decision_names_its_paper_to_who_may_see_that(cast: Cast, document: Callable, person: Callable) -> None:
    paper = document(cast.evaluation, stage="draft")
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    decision = BodyDecision.objects.create(
        evaluation=cast.evaluation, body="Council", taken=timezone.localdate(), adopted="Do it.", document_key=paper.key, made_by="P-00001"
    )
    decision.recommendations.add(cast.track.recommendation)
    of_head, of_reader = (Program(u).get("follow-up/decisions").json()["items"][0] for u in (cast.head, person("reader")))
    assert (of_head["document"], of_reader["document"]) == (paper.key, None)
    assert of_reader["recommendations"] == ["R-000001"]
    BodyDecision.objects.update(withdrawn=timezone.now())
    assert Program(cast.head).get("follow-up/decisions").json()["items"] == []
    assert len(Program(cast.head).get("follow-up/decisions", withdrawn="true").json()["items"]) == 1


# Figures


def test_a_figure_has_its_denominator_what_is_missing_its_moment_and_its_rows(cast: Cast, person: Callable) -> None:
    action = released(cast)
    owed(action, first_due=timezone.localdate() - timedelta(days=3), due=timezone.localdate() - timedelta(days=3))
    program = Program(person("reader"))
    assert program.get("follow-up/figures").json() == {"items": [], "next": None, "as_of": None}
    tallies.tally()
    (overdue,) = program.get("follow-up/figures", definition="overdue").json()["items"]
    assert (overdue["value"], overdue["counted"], overdue["counted_of"], overdue["missing"]) == (1.0, 1, 1, {})
    assert overdue["version"] >= 1
    assert overdue["formula"]
    assert overdue["as_of"]
    assert overdue["public"] is True
    rows = program.get(overdue["rows"].removeprefix("/api/v1/"), part="numerator").json()
    assert (rows["items"], rows["total"], rows["hidden"]) == ([{"key": action.key, "evaluation": cast.evaluation.key}], 1, 0)
    by_unit = program.get("follow-up/figures", definition="overdue", by="unit").json()["items"]
    assert [(f["by"], f["of_value"], f["counted"]) for f in by_unit] == [("unit", cast.ports.key, 1)]
    rows = program.get(by_unit[0]["rows"].removeprefix("/api/v1/")).json()
    assert [r["key"] for r in rows["items"]] == [action.key]
    wrong = program.get("follow-up/figures/overdue/rows", part="sum")
    assert "numerator" in wrong.json()["errors"][0]["message"]
    assert Program(cast.stranger).get("follow-up/figures").status_code == 404
    assert program.get("follow-up/figures/nothing/rows").status_code == 404


def test_only_the_head_gets_figures_of_what_is_not_public(cast: Cast, person: Callable) -> None:
    transmitted(cast)
    tallies.tally()
    name = "acceptance-with-partial"
    of_head = Program(cast.head).get("follow-up/figures", definition=name).json()["items"][0]
    public = Program(cast.head).get("follow-up/figures", definition=name, of="public").json()["items"][0]
    of_reader = Program(person("reader")).get("follow-up/figures", definition=name).json()["items"][0]
    assert (of_head["counted"], of_head["public"]) == (1, False)
    assert (public["counted"], of_reader["counted"], of_reader["public"]) == (0, 0, True)
    one = Program(cast.head).get("follow-up/figures", evaluation=cast.evaluation.key, definition=name).json()["items"][0]
    assert (one["counted"], one["rows"]) == (1, None)
    assert Program(person("reader")).get("follow-up/figures", evaluation=cast.evaluation.key).status_code == 404


def test_figures_that_were_worked_out_anew_are_given_though_nobody_did_anything(cast: Cast) -> None:
    released(cast)
    tallies.tally()
    program = Program(cast.head)
    first = program.get("follow-up/figures", limit=1)
    before = Entry.objects.count()
    assert program.get("follow-up/figures", tag=first.headers["ETag"], limit=1).status_code == 304
    tallies.tally(moment=timezone.now() + timedelta(seconds=5))
    assert Entry.objects.count() == before
    assert program.get("follow-up/figures", tag=first.headers["ETag"], limit=1).status_code == 200
    stale = program.get("follow-up/figures", cursor=first.json()["next"])
    assert (stale.status_code, stale.json()["errors"][0]["field"]) == (422, "query.cursor")
    names = walked(program, "follow-up/figures", "definition", limit=7)
    assert len(names) == len(set(names)) > 7


# Changes


def followed(program: Program) -> list[tuple[str, str]]:
    return [(c["kind"], c["verb"]) for c in program.get("changes", limit=1000).json()["items"]]


def test_changes_tell_of_follow_up_as_far_as_it_may_be_seen(cast: Cast, person: Callable, evaluation: Callable) -> None:
    action = released(cast)
    work.report(cast.line, action, "Begun.")
    concern = governing.raise_concern(
        person("constituent", cast.evaluation, group="workers"), "Hours", "Long.", evaluation=cast.evaluation, group=Group.WORKERS
    )
    governing.enter_decision(cast.head, cast.evaluation, body="Council", taken=timezone.localdate(), adopted="Do it.")
    head, line, reader = (followed(Program(u)) for u in (cast.head, cast.line, person("reader")))
    for told in (head, line, reader):
        assert ("action", "reported") in told
        assert ("answer", "transmitted") in told
        assert ("follow-up", "opened") in told or told == line
    assert ("answer", "cleared") in line
    assert ("answer", "cleared") in head
    assert ("answer", "cleared") not in reader, "how it was cleared is for those who have a part in it"
    assert ("concern", "raised") in head
    assert ("concern", "raised") not in reader + line
    assert ("decision", "entered") in reader
    assert followed(Program(person("manager", evaluation("Another")))) != []
    assert concern.key not in json.dumps(Program(cast.stranger).get("changes").json())
    assert [k for k, _v in followed(Program(cast.stranger)) if k != "person"] == []


def test_a_token_is_told_of_changes_to_what_it_reads(cast: Cast, document: Callable, person: Callable) -> None:
    work.report(cast.line, released(cast), "Begun.")
    document(cast.evaluation, stage="released")
    reader = person("reader")
    records = {kind for kind, _verb in followed(Program(reader, "read:records"))}
    follow_up = {kind for kind, _verb in followed(Program(reader, "read:follow-up"))}
    assert {"document"} <= records
    assert not records & {"action", "answer", "follow-up"}
    assert {"action", "answer", "follow-up"} <= follow_up
    assert "document" not in follow_up
    assert Program(reader, "export").get("changes").status_code == 403


# Lists and exports


def _many(cast: Cast, count: int) -> None:
    """More of everything."""
    action, response = Action.objects.order_by("pk").first(), Response.objects.order_by("pk").first()
    for _ in range(count):
        n = Recommendation.objects.count() + 1
        own = Recommendation.objects.create(key=f"R-{n:06}", evaluation=cast.evaluation, position=n, text="Mend.")
        track = Track.objects.create(recommendation=own, follow_up=cast.track.follow_up, evaluation=cast.evaluation)
        opening.charge(cast.head, track, cast.ports, [cast.training])
        Response.objects.filter(track=track).update(
            state="transmitted", transmission=response.transmission, transmitted=response.transmitted
        )
        made = Action.objects.create(
            key=f"A-{n:06}", track=track, response=Response.objects.get(track=track), evaluation=cast.evaluation, text="Mend.",
            unit=cast.ports, owner=cast.line, state="open", first_due=action.first_due, due=action.due,
        )  # fmt: skip
        proof = Proof.objects.create(action=made, words="It", address="https://x.example/", made_by=cast.line.key)
        claim = Claim.objects.create(
            action=made, status="done", state="sent_back", answer="No.", made_by=cast.line.key, answered_by=cast.head.key
        )
        claim.proofs.add(proof)
        Extension.objects.create(action=made, asked_for=made.due, reason="decision", made_by=cast.line.key)
        Progress.objects.create(action=made, text="Begun.", made_by=cast.line.key)
        Concern.objects.create(key=f"C-{n:05}", evaluation=cast.evaluation, title="t", text="t", group="workers", raised_by=cast.helper)
        decision = BodyDecision.objects.create(
            evaluation=cast.evaluation, body="Council", taken=timezone.localdate(), adopted="Do it.", made_by="P-00001"
        )
        decision.recommendations.add(own)
        work.report(cast.line, made, "Begun.")
    Proof.objects.create(action=action, words="It", address="https://x.example/", made_by=cast.line.key)
    Claim.objects.create(action=action, status="done", state="sent_back", answer="No.", made_by=cast.line.key, answered_by=cast.head.key)


LISTS = ("recommendations", "answers", "actions", "extensions", "concerns", "decisions", "figures", "figures?by=unit")


def test_a_list_of_follow_up_takes_as_many_queries_for_twenty_rows_as_for_ten(cast: Cast) -> None:
    transmitted(cast)
    program = Program(cast.head)
    paths = [*(f"follow-up/{name}" for name in LISTS), "changes?limit=1000", "follow-up/figures/overdue/rows"]
    paths += ["follow-up/actions/A-000001", "follow-up/recommendations/R-000001", "follow-up/recommendations/R-000001/history"]
    paths += ["export/follow-up.csv", "export/actions.jsonl"]

    def counts() -> dict[str, int]:
        found = {}
        for path in paths:
            program.get(path).getvalue()
            with CaptureQueriesContext(connection) as caught:
                answer = program.get(path)
                assert answer.status_code == 200, (path, answer)
                answer.getvalue()
            found[path] = len(caught)
        return found

    _many(cast, 10)
    tallies.tally()
    ten = counts()
    _many(cast, 10)
    tallies.tally(moment=timezone.now() + timedelta(seconds=5))
    assert counts() == ten


FIELDS = {
    "recommendations": "recommendation",
    "answers": "number",
    "actions": "key",
    "extensions": "number",
    "concerns": "key",
    "decisions": "number",
}


@pytest.mark.parametrize("path, field", FIELDS.items(), ids=list(FIELDS))
def test_a_list_of_follow_up_gives_each_row_once(cast: Cast, path: str, field: str) -> None:
    transmitted(cast)
    _many(cast, 5)
    program = Program(cast.head)
    every = [i[field] for i in program.get(f"follow-up/{path}", limit=500).json()["items"]]
    assert len(every) >= 5
    assert walked(program, f"follow-up/{path}", field, limit=2) == every == sorted(every, reverse=True)
    assert program.get(f"follow-up/{path}", cursor="WzFd").json()["errors"][0]["field"] == "query.cursor"


def test_an_answer_that_is_known_is_not_given_again_until_something_changes(cast: Cast) -> None:
    action = transmitted(cast)
    program = Program(cast.line)
    for path in ("recommendations", "recommendations/R-000001", "actions", f"actions/{action.key}", "answers", "extensions", "concerns"):
        tag = program.get(f"follow-up/{path}").headers["ETag"]
        assert program.get(f"follow-up/{path}", tag=tag).status_code == 304, path
        work.report(cast.line, action, "Begun.")
        assert program.get(f"follow-up/{path}", tag=tag).status_code == 200, path


def test_an_export_of_follow_up_holds_answers_and_actions(cast: Cast, person: Callable, evaluation: Callable) -> None:
    action = released(cast)
    other = evaluation("Secret ports", stage="draft")
    Recommendation.objects.create(key="R-000007", evaluation=other, position=1, text="Secret.")
    opening.open_follow_up(cast.head, other)
    own = Recommendation.objects.create(key="R-000008", evaluation=cast.evaluation, number="=4", position=2, text="=1+1")
    track = Track.objects.create(recommendation=own, follow_up=cast.track.follow_up, evaluation=cast.evaluation)
    Response.objects.create(
        follow_up=cast.track.follow_up, evaluation=cast.evaluation, track=track, state="issued", verdict="rejected", reason="No money.",
        transmission=Response.objects.filter(transmission__isnull=False).first().transmission,
    )  # fmt: skip
    program = Program(person("reader"))
    rows = [json.loads(line) for line in out(program.get("export/follow-up.jsonl")).splitlines()]
    assert [(r["recommendation"], [a["verdict"] for a in r["answers"]], [a["key"] for a in r["actions"]]) for r in rows] == [
        ("R-000001", ["accepted"], [action.key]), ("R-000008", ["rejected"], [])
    ]  # fmt: skip
    table = list(csv.DictReader(io.StringIO(out(program.get("export/follow-up.csv")).removeprefix("\ufeff"))))
    assert [(t["recommendation"], t["answer verdict"], t["answer reason"], t["action key"], t["action unit name"]) for t in table] == [
        ("R-000001", "accepted", "", action.key, "Ports Division"), ("R-000008", "rejected", "No money.", "", "")
    ]  # fmt: skip
    assert (table[0]["lead units"], table[0]["contributing units"]) == ("Ports Division", "Training Section")
    assert table[1]["text"] == "'=1+1"
    assert not any(isinstance(value, str) and value.startswith(("{", "[{")) for line in table for value in line.values())
    actions = list(csv.DictReader(io.StringIO(out(program.get("export/actions.csv")).removeprefix("\ufeff"))))
    assert [(a["key"], a["unit key"], a["claimed on"]) for a in actions] == [(action.key, cast.ports.key, "")]
    assert [json.loads(line) for line in out(program.get("export/actions.jsonl")).splitlines()] == program.get("follow-up/actions").json()[
        "items"
    ]
    assert out(Program(cast.head).get("export/follow-up.jsonl", evaluation=other.key)).count("\n") == 1
    assert program.get("export/follow-up.jsonl", evaluation=other.key).status_code == 404


def test_who_is_asked_in_an_evaluation_takes_out_what_they_owe_in_it(cast: Cast) -> None:
    action = transmitted(cast)
    line = Program(cast.line)
    assert line.get(f"evaluations/{cast.evaluation.key}").status_code == 404, "its paper is not theirs to read yet"
    assert action.key in out(line.get("export/actions.jsonl", evaluation=cast.evaluation.key))
    assert line.get("export/statements.jsonl", evaluation=cast.evaluation.key).status_code == 404
    assert Program(cast.stranger).get("export/actions.jsonl", evaluation=cast.evaluation.key).status_code == 404


def test_a_role_that_ended_ends_what_its_token_reads(cast: Cast, person: Callable) -> None:
    action = released(cast)
    reader = person("reader")
    program = Program(reader)
    tag = program.get(f"follow-up/actions/{action.key}").headers["ETag"]
    Grant.objects.filter(user=reader).update(withdrawn=timezone.now())
    assert program.get(f"follow-up/actions/{action.key}", tag=tag).status_code == 404
