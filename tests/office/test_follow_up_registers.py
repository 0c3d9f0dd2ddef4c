"""Taking registers over: each row accounted for, nothing doubled, newer editions told, the whole taken back."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.actions import register_held, register_undoing
from evaltrail_office.follow_up.actions import registers as actions
from evaltrail_office.follow_up.actions.answers import canonical
from evaltrail_office.follow_up.models import Action, Charge, FollowUp, Progress, Register, RegisterRow, Response, Track, Transmission
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.models import next_key
from tests.office.registers_made import HEADINGS, ROWS, brought, table, taken, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db


def outcomes(register: Register) -> dict[str, int]:
    return dict(Counter(register.rows.values_list("outcome", flat=True)))


def row(register: Register, number: int) -> RegisterRow:
    """A row by its place among the data, from 0."""
    return register.rows.order_by("number")[number]


def journal_tells_all() -> list[str]:
    rows = [*Track.objects.select_related("recommendation"), *Response.objects.all(), *Action.objects.select_related("unit", "owner")]
    return differences(replayed(Entry.objects.order_by("pk")), stored(rows))


def of(number: str, evaluation: str = "HB-2024-1") -> Track:
    return Track.objects.get(recommendation__number=number, evaluation__facets__value=evaluation)


def back(user: User, work: Callable[[], int], register: Register) -> Register:
    register_undoing.begin_back(user, register)
    work()
    register.refresh_from_db()
    assert register.state == "reversed", register.job and register.job.fault
    return register


@pytest.mark.parametrize("content", [xlsx(), table(), table(separator=";")], ids=["xlsx", "csv", "semicolons"])
def test_every_row_is_taken_over_or_left_out_with_its_reason(person: Callable[..., User], work: Callable[[], int], content: bytes) -> None:
    register = taken(person("head"), work, content)
    assert outcomes(register) == {"taken": 5, "skipped": 4}
    left = [(r.kind, r.reason) for r in register.rows.filter(outcome="skipped").order_by("number")]
    assert [kind for kind, _why in left] == ["status", "no_text", "dates", "repeated"]
    assert "“Green” is not mapped" in left[0][1]
    assert "2024-03-01" in left[2][1]
    assert Recommendation.objects.count() == Track.objects.count() == 5
    assert not journal_tells_all()


def test_a_row_becomes_recommendation_answer_and_action_as_its_words_say(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    register = taken(head, work, xlsx())
    evaluation = Evaluation.objects.get(title="HB-2024-1")
    assert (evaluation.year, evaluation.state, evaluation.stage) == (2024, "completed", "issued")
    follow_up = FollowUp.objects.get(evaluation=evaluation)
    assert (follow_up.started, follow_up.response_due) == (date(2024, 1, 10), None)
    done = of("1").actions.get()
    assert (done.implied, done.state, done.claimed, done.claimed_status, done.closed) == (
        True, "self_reported", date(2024, 5, 20), "done", date(2024, 5, 20),
    )  # fmt: skip
    assert (done.first_due, done.due, done.text) == (date(2024, 6, 30), date(2024, 6, 30), of("1").recommendation.text)
    assert (of("1").state, of("1").verdict, of("1").printed_addressee) == ("retired", "accepted", "Pilotage")
    partly = of("2").responses.get()
    assert (partly.state, partly.verdict, partly.reason, partly.text) == (
        "transmitted", "partially_accepted", "The register gives no reason beside the reply.", "Only the north side.",
    )  # fmt: skip
    assert of("2").actions.get().state == "under_way"
    assert of("3").actions.get().state == "open"
    gone = of("1", "HB-2025-2").actions.get()
    assert (gone.state, gone.status, gone.dropped) == ("dropped", "no_longer_applicable", date(2025, 9, 1))
    assert of("1", "HB-2025-2").responses.get().text == "There is no money."
    letters = Track.objects.get(recommendation__number="5")
    assert letters.evaluation.title == "harbour"
    assert Register.objects.get().fields["own"] == letters.evaluation.key
    assert {r.made["entry"] for r in register.rows.all()} == {Entry.objects.exclude(thing__startswith="register").latest("pk").pk}
    assert set(Entry.objects.values_list("actor", flat=True)) == {head.key}


def test_answers_are_handed_over_frozen_with_their_hash_once_an_evaluation(person: Callable[..., User], work: Callable[[], int]) -> None:
    taken(person("head"), work, xlsx())
    frozen = Transmission.objects.get(evaluation__title="HB-2024-1")
    assert [a["number"] for a in frozen.body] == ["1", "2", "3"]
    assert frozen.body[0]["response"] == "Agreed; done in May."
    import hashlib

    assert frozen.sha256 == hashlib.sha256(canonical(frozen.body)).hexdigest()


def test_what_the_keeper_closes_is_verified_where_the_mapping_says_that_the_keeper_judges(
    person: Callable[..., User], work: Callable[[], int]
) -> None:
    rows = [*ROWS[:1], ["2", *ROWS[0][1:9], None]]
    register = taken(person("head"), work, xlsx(rows), closer="keeper")
    done = of("1").actions.get()
    assert (done.state, done.verified, done.verified_by, done.verified_status) == (
        "verified", date(2024, 5, 20), f"register:{register.key}", "done",
    )  # fmt: skip
    assert "the day on which it was taken over stands for it" in row(register, 1).reason
    assert not journal_tells_all()


def test_the_same_file_again_doubles_nothing(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    taken(head, work, xlsx())
    before = [m.objects.count() for m in (Evaluation, Recommendation, Track, Response, Action, Transmission)]
    again = taken(head, work, table(), "another name.csv")
    assert outcomes(again) == {"same": 5, "skipped": 4}
    assert [m.objects.count() for m in (Evaluation, Recommendation, Track, Response, Action, Transmission)] == before
    assert not journal_tells_all()


def test_a_newer_edition_changes_what_changed_and_tells_it_row_by_row(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    taken(head, work, xlsx())
    newer = [list(r) for r in ROWS]
    newer[1][4], newer[1][9] = "Closed", date(2025, 11, 3)
    newer[2][6], newer[2][8] = "We shall publish them.", date(2027, 6, 30)
    newer.append(
        ["4", "HB-2024-1", "Pilotage", "The Board should log near misses.", "Open", "Accepted", None, date(2025, 11, 1), None, None]
    )
    register = brought(head, work, xlsx(newer), "harbour 2.xlsx")
    assert register.counts["foreseen"] == {"taken": 1, "changed": 2, "same": 3, "skipped": 4}
    actions.begin(head, register)
    work()
    assert outcomes(register) == {"taken": 1, "changed": 2, "same": 3, "skipped": 4}
    assert row(register, 1).made["differences"] == {"closed": ["", "2025-11-03"], "status": ["under_way", "done"]}
    assert (of("2").actions.get().state, of("2").state) == ("self_reported", "retired")
    entry = Entry.objects.filter(thing=f"action:{of('2').actions.get().key}").latest("pk")
    assert (entry.old["state"], entry.new["state"], entry.new["register"]) == ("under_way", "self_reported", register.key)
    soundings = of("3")
    assert (soundings.actions.get().first_due, soundings.actions.get().due) == (date(2026, 12, 31), date(2027, 6, 30))
    assert list(soundings.responses.order_by("version").values_list("version", "text", "replaced")) == [
        (1, "", True),
        (2, "We shall publish them.", False),
    ]
    assert not journal_tells_all()


def test_what_somebody_has_worked_on_here_is_not_written_over(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    taken(head, work, xlsx())
    action = of("2").actions.get()
    Action.objects.filter(pk=action.pk).update(revision=action.revision + 1, state="open")
    newer = [list(r) for r in ROWS]
    newer[1][4], newer[1][9] = "Closed", date(2025, 11, 3)
    register = taken(head, work, xlsx(newer))
    told = row(register, 1)
    assert (told.outcome, told.kind) == ("skipped", "worked_on")
    assert "Status of what is done" in told.reason
    assert of("2").actions.get().state == "open"


def test_rows_of_one_number_are_told_apart_by_recipient_and_by_words_in_every_edition(
    person: Callable[..., User], work: Callable[[], int]
) -> None:
    head = person("head")
    same = [None, None, None, None]
    rows = [
        ["7", "HB-1", "Pilotage", "The Board should paint the buoys red.", "Open", "Accepted", *same],
        ["7", "HB-1", "Dredging", "The Board should paint the buoys red.", "Open", "Accepted", *same],
        ["7", "HB-1", "Dredging", "The Board should light the mole at night.", "Open", "Accepted", *same],
    ]
    first = taken(head, work, xlsx(rows))
    assert outcomes(first) == {"taken": 3}
    tracks = [r.track_id for r in first.rows.all()]
    rows[2][4] = "Closed"
    second = taken(head, work, xlsx([rows[2], rows[0], rows[1]]))
    assert [(r.outcome, r.track_id) for r in second.rows.all()] == [("changed", tracks[2]), ("same", tracks[0]), ("same", tracks[1])]


MATRIX = ["No.", "Recommendation", "Management response", "Accepted", "Key action", "Responsible unit", "Time frame", "Status"]


def matrix() -> list[list[Any]]:
    """A matrix with joined cells: two actions of one recommendation, one of another."""
    return [
        ["1", "Train the fitters and name one a site.", "Agreed.", "Accepted", "Write a course", "Training", "Q2 2026", "Done"],
        [None, None, None, None, "Name the fitters", "Ports", "December 2026", "Ongoing"],
        ["2", "Publish the tide tables on paper again.", "Too dear.", "Rejected", None, None, None, None],
    ]


def test_a_matrix_joins_the_recommendations_that_the_office_has_from_its_papers(
    person: Callable[..., User], work: Callable[[], int], evaluation: Callable[..., Evaluation]
) -> None:
    own = evaluation("Landing sites that last", stage="issued")
    known = Recommendation.objects.create(
        key="R-000001", evaluation=own, number="1", position=0, text="Train the fitters, and name one a site."
    )
    manager = person("manager", own)
    register = taken(manager, work, xlsx(matrix(), MATRIX), "matrix.xlsx", own)
    assert outcomes(register) == {"taken": 3}
    assert Recommendation.objects.filter(evaluation=own).count() == 2
    track = Track.objects.get(recommendation=known)
    assert [(a.text, a.state, a.due, a.implied) for a in track.actions.all()] == [
        ("Write a course", "self_reported", date(2026, 6, 30), False),
        ("Name the fitters", "under_way", date(2026, 12, 31), False),
    ]
    assert track.responses.get().text == "Agreed."
    assert "R-000001" in row(register, 0).reason
    assert not Track.objects.get(recommendation__number="2").actions.exists()
    assert not journal_tells_all()
    again = taken(manager, work, xlsx(matrix(), MATRIX), "matrix.xlsx", own)
    assert outcomes(again) == {"same": 3}
    newer = matrix()
    newer[1][7] = "Completed"
    newer.append(["1", "Train the fitters and name one a site.", "Agreed.", "Accepted", "Test the course", "Training", "2027", "Planned"])
    last = taken(manager, work, xlsx(newer, MATRIX), "matrix.xlsx", own)
    assert outcomes(last) == {"same": 2, "changed": 1, "taken": 1}
    assert [a.state for a in track.actions.all()] == ["self_reported", "self_reported", "open"]
    assert not journal_tells_all()


def test_a_number_of_another_recommendation_is_left_out_and_said(
    person: Callable[..., User], work: Callable[[], int], evaluation: Callable[..., Evaluation]
) -> None:
    own = evaluation(stage="issued")
    Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Sell the old tug before the summer.")
    register = taken(person("manager", own), work, xlsx(matrix()[:1], MATRIX), "matrix.xlsx", own)
    assert (row(register, 0).outcome, row(register, 0).kind) == ("skipped", "other_words")


def test_units_are_known_by_name_or_code_and_a_merged_one_gives_way_to_its_successor(
    person: Callable[..., User], work: Callable[[], int]
) -> None:
    new = Unit.objects.create(key="U-0001", name="Pilots and tugs")
    Unit.objects.create(key="U-0002", name="Pilot service", code="PILOTAGE", valid_until=date(2024, 12, 31), successor=new)
    register = taken(person("head"), work, xlsx(), units={"Dredging": "new"})
    assert of("1").actions.get().unit == new
    assert Charge.objects.get(track=of("1")).unit == new
    assert "Pilot service is now Pilots and tugs" in row(register, 0).reason
    assert of("2").actions.get().unit == Unit.objects.get(name="Dredging")
    office = Track.objects.get(recommendation__number="5")
    assert (office.actions.get().unit, office.printed_addressee) == (None, "Harbour Office")
    assert [r.state for r in of("1").responses.all()] == ["transmitted"]


def test_units_are_made_by_who_keeps_the_units_of_the_office_alone(
    person: Callable[..., User], work: Callable[[], int], evaluation: Callable[..., Evaluation]
) -> None:
    own = evaluation(stage="issued")
    with pytest.raises(Refused, match="administrators and heads"):
        brought(person("manager", own), work, xlsx(matrix(), MATRIX), "matrix.xlsx", own, unknown_units="new")
    with pytest.raises(Refused, match="administrators and heads"):
        brought(person("manager", own), work, xlsx(matrix(), MATRIX), "matrix.xlsx", own, units={"Ports": "new"})


def test_notes_first_dates_and_time_words_are_kept(person: Callable[..., User], work: Callable[[], int]) -> None:
    headings = ["No", "Recommendation", "Status", "Original due date", "Revised due date", "Comments"]
    rows = [
        ["1", "The Board should mend the crane.", "Ongoing", "3/4/2025", "30/6/2026", "Parts are ordered."],
        ["2", "The Board should watch the tide.", "Ongoing", "ongoing", "soon", None],
    ]
    register = taken(person("head"), work, table(rows, headings), "crane.csv")
    crane = Track.objects.get(recommendation__number="1").actions.get()
    assert (crane.first_due, crane.due) == (date(2025, 4, 3), date(2026, 6, 30))
    assert Progress.objects.get(action=crane).text == "Parts are ordered."
    assert Track.objects.get(recommendation__number="2").time == "ongoing"
    assert "“soon” is no day" in row(register, 1).reason
    assert not journal_tells_all()


def test_it_goes_on_where_it_stopped(person: Callable[..., User], work: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    head = person("head")
    monkeypatch.setattr(actions, "BATCH", 3)
    register = brought(head, work, xlsx())
    actions.begin(head, register)
    register.refresh_from_db()
    steps: list[int] = []

    def stop_at_the_second(done: int, _total: int) -> None:
        steps.append(done)
        if len(steps) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.take_over(head, register, stop_at_the_second)
    assert outcomes(register) == {"taken": 3, "waiting": 6}
    work()
    assert outcomes(register) == {"taken": 5, "skipped": 4}
    assert Recommendation.objects.count() == 5
    assert not journal_tells_all()


def test_a_key_that_somebody_else_was_given_at_the_same_moment_is_given_anew(
    person: Callable[..., User], work: Callable[[], int], evaluation: Callable[..., Evaluation], monkeypatch: pytest.MonkeyPatch
) -> None:
    head, other = person("head"), evaluation("Another", stage="issued")
    register = brought(head, work, xlsx())
    first = register_held.Keys.__init__
    raced: list[str] = []

    def late(self: register_held.Keys, prefix: str, model: Any, width: int) -> None:
        first(self, prefix, model, width)
        if prefix == "R" and not raced:
            raced.append("R-000001")
            # Given to somebody else after this one has looked; in this test it goes with what is rolled back.
            Recommendation.objects.create(key="R-000001", evaluation=other, position=0, text="Something else.")

    monkeypatch.setattr(register_held.Keys, "__init__", late)
    actions.begin(head, register)
    work()
    assert outcomes(register) == {"taken": 5, "skipped": 4}
    assert Evaluation.objects.count() == 4
    assert not journal_tells_all()


def test_an_import_is_taken_back_as_a_whole_and_its_keys_are_not_given_again(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    register = back(head, work, taken(head, work, xlsx()))
    assert register.counts["back"] == {"removed": 5}
    for model in (Evaluation, Recommendation, Track, Response, Action, Transmission, FollowUp, Charge):
        assert not model.objects.exists(), model
    assert not journal_tells_all()
    assert next_key("R", Recommendation, 6) == "R-000006"
    assert next_key("A", Action, 6) == "A-000006"
    assert next_key("E", Evaluation, 5) == "E-00004"
    assert outcomes(taken(head, work, xlsx())) == {"taken": 5, "skipped": 4}


def test_what_somebody_has_worked_on_stays_and_is_listed(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    register = taken(head, work, xlsx())
    from evaltrail_office.follow_up.actions.opening import address

    address(head, of("2"), "partner")
    register = back(head, work, register)
    assert register.counts["back"] == {"removed": 4, "stays": 1}
    stays = register.rows.get(back="stays")
    assert "somebody has worked on it since" in stays.reason
    assert Track.objects.get() == stays.track
    assert Evaluation.objects.get().title == "HB-2024-1"
    assert not journal_tells_all()


def test_taking_a_newer_edition_back_leaves_all_as_the_older_one_had_it(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    first = taken(head, work, xlsx())
    before = stored([*Track.objects.all(), *Response.objects.all(), *Action.objects.all()])
    newer = [list(r) for r in ROWS]
    newer[1][4], newer[1][9], newer[1][6] = "Closed", date(2025, 11, 3), "All of it."
    newer[2][8], newer[2][3] = date(2027, 6, 30), "The Board should publish all its soundings."
    second = taken(head, work, xlsx(newer))
    assert register_stays(head, work, first)
    second = back(head, work, second)
    assert second.counts["back"] == {"reverted": 2}
    assert stored([*Track.objects.all(), *Response.objects.all(), *Action.objects.all()]) == before
    assert not journal_tells_all()
    assert back(head, work, first).counts["back"] == {"removed": 5}
    assert not Track.objects.exists()


def register_stays(user: User, work: Callable[[], int], register: Register) -> bool:
    """Whether an older edition cannot be taken back from under a newer one: tried and rolled back."""
    from django.db import transaction

    with transaction.atomic():
        told = back(user, work, register).counts["back"]
        transaction.set_rollback(True)
    return bool(told == {"stays": 5})


def test_it_is_for_who_plans_the_follow_up(
    person: Callable[..., User], work: Callable[[], int], evaluation: Callable[..., Evaluation]
) -> None:
    own = evaluation()
    register = brought(person("head"), work, xlsx())
    for user in (person("reader"), person("coordinator"), person("manager", own), person()):
        with pytest.raises(PermissionDenied):
            actions.bring(user, name="x.csv", sha256="0" * 64)
        with pytest.raises(PermissionDenied):
            actions.begin(user, register)
        with pytest.raises(PermissionDenied):
            register_undoing.begin_back(user, register)
    with pytest.raises(PermissionDenied):
        actions.bring(person("manager", own), name="x.csv", sha256="0" * 64, evaluation=evaluation("Another"))


def test_it_is_not_taken_over_for_somebody_whose_role_has_ended_meanwhile(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    register = brought(head, work, xlsx())
    actions.begin(head, register)
    head.grants.update(withdrawn=timezone.now())
    work()
    register.refresh_from_db()
    assert register.job is not None
    assert "Your roles do not allow you" in register.job.fault
    assert outcomes(register) == {"waiting": 9}


def test_it_is_not_taken_over_twice_nor_without_the_words_of_its_recommendations(
    person: Callable[..., User], work: Callable[[], int]
) -> None:
    head = person("head")
    register = brought(head, work, xlsx(), columns={"number": HEADINGS[0]})
    with pytest.raises(Refused, match="holds the text"):
        actions.begin(head, register)
    register = taken(head, work, xlsx())
    with pytest.raises(Refused, match="taken over"):
        actions.begin(head, register)


def test_another_sheet_or_row_of_headings_can_be_chosen(person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    register = brought(head, work, xlsx())
    actions.read_anew(head, register, "Register", 4)
    work()
    register.refresh_from_db()
    assert (register.header, register.counts["rows"], register.headings[0]) == (4, 8, "1")
    actions.read_anew(head, register, "Read me", 1)
    work()
    register.refresh_from_db()
    assert (register.state, register.fault) == ("broken", "There are headings and no row below them.")


def test_a_real_register_of_two_thousand_rows_is_taken_over_twice_without_doubling(
    person: Callable[..., User], work: Callable[[], int], shared: Path
) -> None:
    path = shared / "follow_up" / "taic_recommendations.xlsx"
    if not path.is_file():
        pytest.skip("needs the register of safety recommendations in the folder of labelled papers")
    head = person("head")
    began = time.monotonic()
    register = brought(head, work, path.read_bytes(), path.name)
    assert register.counts["rows"] == 2192
    assert register.fields["columns"] == {
        "number": "Number", "evaluation": "Inquiry", "unit": "Recipient", "text": "Recommendation", "status": "Status",
        "reply": "Reply Text", "made": "Made", "closed": "Closed",
    }  # fmt: skip
    register = taken(head, work, path.read_bytes(), path.name, statuses={**register.fields["statuses"], "Unconfirmed": "not_started"})
    took = time.monotonic() - began
    assert outcomes(register) == {"taken": 2083, "skipped": 109}
    assert dict(Counter(register.rows.exclude(kind="").values_list("kind", flat=True))) == {"no_text": 104, "repeated": 5}
    assert Counter(Action.objects.values_list("state", flat=True)) == {"self_reported": 1178, "open": 605, "dropped": 300}
    again = taken(head, work, path.read_bytes(), path.name, statuses={**register.fields["statuses"], "Unconfirmed": "not_started"})
    assert outcomes(again) == {"same": 2083, "skipped": 109}
    assert Recommendation.objects.count() == 2083
    assert not journal_tells_all()
    assert took < 60
