"""What people correct in what was read: made, undone, made again, confirmed, and put over a better reading."""

from __future__ import annotations

import statistics
import threading
import time
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail.record import (
    AddStatement,
    ChangeRating,
    MergeEvaluations,
    MergeStatements,
    MoveStatement,
    RemoveStatement,
    SetDocument,
    SetField,
    SplitEvaluation,
    SplitStatement,
)
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import actions, store
from evaltrail_office.shelf.models import How

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.record import AnyStatement, Correction, Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


def statement(record: Record, key: str) -> AnyStatement:
    """The statement with that id."""
    return next(s for e in record.evaluations for s in e.statements if s.id == key)


def rows_of(document: Document) -> list[tuple[object, ...]]:
    """What the rows of a document say, for comparing."""
    fields = ("record_id", "position", "kind", "number", "label", "text", "priority", "time", "verdict", "page", "part__record_id")
    ratings = document.ratings.order_by("position").values_list("position", "criterion", "value", "as_printed", "part__record_id")
    return [(document.title,), *document.statements.order_by("position").values_list(*fields), *ratings]


def derived(document: Document) -> list[tuple[object, ...]]:
    """The same where all rows are made anew from the working record."""
    store.derive(document, actions.working_record(document))
    return rows_of(document)


@pytest.fixture
def paper(document: Callable[..., Document], evaluation: Callable[..., Evaluation]) -> Document:
    """The sample paper, a draft of three evaluations."""
    return document(evaluation(), evaluation("A second"), evaluation("A third"))


def long_time(key: str = "I.r3") -> SetField:
    """A correction."""
    return SetField(statement=key, field="time", new="long-term")


# Correcting


def test_a_correction_shows_in_the_working_record_and_its_rows_and_makes_no_version(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.correct(head, paper, SetField(statement="I.r3", field="time", new="ongoing"))
    changed = statement(actions.working_record(paper), "I.r3")
    assert (changed.time, changed.origin["time"].how, changed.origin["time"].rule) == ("ongoing", "person", head.key)
    assert paper.statements.get(record_id="I.r3").time == "ongoing"
    assert paper.versions.count() == 1
    entry = Entry.objects.filter(thing=f"document:{paper.key}").last()
    assert entry is not None
    assert (entry.actor, entry.verb, entry.old, entry.new["new"]) == (head.key, "corrected", {"old": "short-term"}, "ongoing")


def test_who_may_not_correct_changes_nothing(paper: Document, person: Callable[..., User], evaluation: Callable[..., Evaluation]) -> None:
    own = paper.parts.first().evaluation_key
    for user in (person(), person("manager", evaluation("Another")), person("team", own), person("reader")):
        for act in (
            lambda u: actions.correct(u, paper, long_time()),
            lambda u: actions.undo(u, paper),
            lambda u: actions.redo(u, paper),
            lambda u: actions.confirm_statement(u, paper, "I.r3"),
            lambda u: actions.unconfirm_statement(u, paper, "I.r3"),
            lambda u: actions.confirm(u, paper, rest=True),
            lambda u: actions.replay(paper, actions.working_record(paper), u),
        ):
            with pytest.raises(PermissionDenied):
                act(user)
    assert paper.corrections.count() == 0
    assert actions.correct(person("manager", own), paper, long_time()).position == 1


EVERY_KIND: tuple[Correction, ...] = (
    SetField(statement="I.f1", field="kind", new="conclusion"),
    SetField(statement="I.a1", field="verdict", new="rejected"),
    MergeStatements(statement="I.f2", into="I.f3"),
    SplitStatement(statement="I.r1", offset=200),
    RemoveStatement(statement="III.r1", reason="quoted"),
    AddStatement(evaluation="II", becomes="lesson", text="Something that nobody has read."),
    MoveStatement(statement="II.r1", evaluation="III"),
    SetDocument(field="title", new="Another title"),
    SplitEvaluation(statement="II.cn1", title="What is two"),
    MergeEvaluations(evaluation="III", into="I"),
)


def test_rows_follow_every_kind_of_correction_as_if_made_anew(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    for change in EVERY_KIND:
        actions.correct(head, paper, change)
        assert rows_of(paper) == derived(paper), change.kind
    first = actions.working_record(paper).evaluations[0].ratings[0]
    actions.correct(head, paper, ChangeRating(evaluation="I", old=first, new=first.model_copy(update={"value": 2.0})))
    assert rows_of(paper) == derived(paper)
    assert paper.ratings.first().value == 2.0
    # Another process has computed none of it.
    from evaltrail_office.shelf import working

    kept = actions.working_record(paper)
    working._kept.clear()
    assert actions.working_record(paper) == kept


def test_a_correction_over_what_somebody_else_corrected_meanwhile_is_refused_with_a_line(
    paper: Document, person: Callable[..., User]
) -> None:
    head, manager = person("head"), person("manager", paper.parts.first().evaluation_key)
    seen = SetField(statement="I.r3", field="time", old="short-term", new="medium-term")
    actions.correct(head, paper, long_time())
    with pytest.raises(actions.Conflicting, match="is “long-term” now and was “short-term”, so it was not set to “medium-term”"):
        actions.correct(manager, paper, seen)
    assert paper.statements.get(record_id="I.r3").time == "long-term"
    assert paper.corrections.count() == 1


def test_a_correction_takes_back_the_confirmation_of_what_it_changed_alone(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.confirm_statements(head, paper, ["I.r3", "I.r4"])
    actions.correct(head, paper, long_time())
    assert list(paper.statements.exclude(confirmed=None).values_list("record_id", flat=True)) == ["I.r4"]


# Undoing


def test_undo_and_redo_go_back_and_forth_through_what_a_person_corrected(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    before, rows = actions.working_record(paper), rows_of(paper)
    actions.correct(head, paper, long_time())
    actions.correct(head, paper, RemoveStatement(statement="I.f1"))
    after, rows_after = actions.working_record(paper), rows_of(paper)
    actions.undo(head, paper)
    actions.undo(head, paper)
    assert actions.working_record(paper) == before
    assert rows_of(paper) == rows
    with pytest.raises(actions.NothingToUndo):
        actions.undo(head, paper)
    actions.redo(head, paper)
    actions.redo(head, paper)
    assert actions.working_record(paper) == after
    assert rows_of(paper) == rows_after
    with pytest.raises(actions.NothingToUndo):
        actions.redo(head, paper)
    verbs = Entry.objects.filter(thing=f"document:{paper.key}", actor=head.key).values_list("verb", flat=True)
    assert list(verbs) == ["corrected", "corrected", "undid", "undid", "redid", "redid"]


def test_the_corrections_of_one_form_are_made_undone_and_made_again_together(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.correct(head, paper, long_time("I.r4"))
    between = rows_of(paper)
    form = [long_time(), SetField(statement="I.r3", field="priority", new="low"), SplitStatement(statement="I.r1", offset=200)]
    assert [r.position for r in actions.correct_all(head, paper, form)] == [2, 3, 4]
    after = rows_of(paper)
    assert after == derived(paper)
    actions.undo(head, paper)
    assert rows_of(paper) == between
    actions.redo(head, paper)
    assert rows_of(paper) == after
    with pytest.raises(actions.Conflicting):
        actions.correct_all(head, paper, [SetDocument(field="title", new="Lost"), SplitStatement(statement="I.r2", offset=99999)])
    assert rows_of(paper) == after
    assert paper.corrections.count() == 4


def test_nobody_undoes_what_another_did_unless_that_is_named(paper: Document, person: Callable[..., User]) -> None:
    head, manager = person("head"), person("manager", paper.parts.first().evaluation_key)
    row = actions.correct(head, paper, long_time())
    with pytest.raises(actions.NothingToUndo):
        actions.undo(manager, paper)
    actions.undo(manager, paper, row)
    assert paper.statements.get(record_id="I.r3").time == "short-term"


def test_a_new_correction_ends_what_could_be_made_again(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.correct(head, paper, long_time())
    actions.undo(head, paper)
    actions.correct(head, paper, long_time("I.r4"))
    with pytest.raises(actions.NothingToUndo):
        actions.redo(head, paper)


def test_an_undo_gives_back_keys_and_confirmations_of_what_was_removed(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.confirm_statement(head, paper, "I.r2")
    paper.statements.filter(record_id="I.r2").update(key="R-000007")
    actions.correct(head, paper, RemoveStatement(statement="I.r2"))
    actions.undo(head, paper)
    row = paper.statements.get(record_id="I.r2")
    assert (row.key, row.confirmed_by) == ("R-000007", head.key)
    assert row.confirmed is not None


def test_an_undo_gives_back_which_evaluation_a_part_of_the_paper_was(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    before = list(paper.parts.values_list("record_id", "evaluation_key"))
    actions.confirm_statement(head, paper, "III.r2")
    actions.correct(head, paper, MergeEvaluations(evaluation="III", into="II"))
    assert [p.record_id for p in paper.parts.all()] == ["I", "II"]
    # It says what it said, in whichever part of the paper.
    assert paper.statements.get(record_id="III.r2").confirmed_by == head.key
    actions.undo(head, paper)
    assert list(paper.parts.values_list("record_id", "evaluation_key")) == before
    assert rows_of(paper) == derived(paper)


def test_undoing_what_a_later_correction_stands_on_makes_that_one_a_conflict(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    added = actions.correct(head, paper, AddStatement(evaluation="I", becomes="finding", text="Nobody has read this."))
    key = paper.statements.get(text="Nobody has read this.").record_id
    later = actions.correct(head, paper, SetField(statement=key, field="number", new="99"))
    actions.undo(head, paper, added)
    later.refresh_from_db()
    assert "Nobody has read this." in later.conflict
    with pytest.raises(actions.NotConfirmed, match="1 correction does not fit"):
        actions.confirm(head, paper, rest=True)
    actions.redo(head, paper, added)
    later.refresh_from_db()
    assert later.conflict == ""
    assert paper.statements.get(record_id=key).number == "99"


def test_a_merged_recommendation_hands_its_key_on(paper: Document, person: Callable[..., User]) -> None:
    paper.statements.filter(record_id="I.r2").update(key="R-000002")
    actions.correct(person("head"), paper, MergeStatements(statement="I.r2", into="I.r1"))
    assert paper.statements.get(record_id="I.r1").key == "R-000002"


# Confirming


def test_a_document_is_confirmed_when_all_its_statements_are(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.correct(head, paper, long_time())
    every = list(paper.statements.values_list("record_id", flat=True))
    assert actions.confirm_statements(head, paper, every[1:]) == len(every) - 1
    with pytest.raises(actions.NotConfirmed, match="1 statement is not confirmed yet"):
        actions.confirm(head, paper)
    actions.confirm_statement(head, paper, every[0])
    version = actions.confirm(head, paper)
    assert (version.number, version.how) == (2, How.CONFIRMED)
    record = store.load(version)
    assert record.document.state == "confirmed"
    assert statement(record, "I.r3").time == "long-term"
    paper.refresh_from_db()
    assert (paper.confirmed_by, paper.current) == (head.key, version)
    assert actions.working_record(paper) == record


def test_the_rest_is_confirmed_where_a_person_says_so(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    version = actions.confirm(head, paper, rest=True)
    assert version.note == f"{paper.statements.count()} statements confirmed together"
    assert not paper.statements.filter(confirmed=None).exists()
    entry = Entry.objects.filter(thing=f"document:{paper.key}").last()
    assert entry is not None
    assert (entry.verb, entry.reason) == ("confirmed", version.note)


def test_a_correction_or_a_doubt_opens_a_confirmed_document_again(paper: Document, person: Callable[..., User]) -> None:
    head = person("head")
    actions.confirm(head, paper, rest=True)
    actions.correct(head, paper, long_time())
    paper.refresh_from_db()
    assert paper.confirmed is None
    assert actions.working_record(paper).document.state == "read"
    assert paper.statements.filter(confirmed=None).count() == 1
    assert actions.confirm(head, paper, rest=True).number == 3
    actions.unconfirm_statement(head, paper, "I.f1")
    paper.refresh_from_db()
    assert paper.confirmed is None
    assert paper.statements.get(record_id="I.f1").confirmed_by == ""


# A better reading


def better(record: Record, **texts: str) -> Record:
    """The record as another reader would have it: some statements with other words, and ``I.cn2`` under another id."""
    first = record.evaluations[0]
    renamed = {"I.cn2": "I.cn3", "I.cn3": "I.cn2"}
    statements = tuple(
        s.model_copy(update={"id": renamed.get(s.id, s.id), "text": texts.get(s.id.replace(".", "_"), s.text)}) for s in first.statements
    )
    return record.model_copy(update={"evaluations": (first.model_copy(update={"statements": statements}), *record.evaluations[1:])})


def test_corrections_are_made_again_on_a_better_reading_and_what_was_said_of_statements_stays(
    paper: Document, sample: Record, person: Callable[..., User]
) -> None:
    head = person("head")
    actions.correct(head, paper, long_time())
    actions.correct(head, paper, SetField(statement="I.cn2", field="label", new="Conclusion 2"))
    actions.confirm_statements(head, paper, ["I.cn2", "I.r3", "I.f1"])
    paper.statements.filter(record_id="I.r3").update(key="R-000003")
    assert actions.replay(paper, better(sample, I_f1="What is read rightly now: " + statement(sample, "I.f1").text), "system:intake") == []
    record = actions.working_record(paper)
    assert statement(record, "I.cn2").text == statement(sample, "I.cn2").text
    assert (statement(record, "I.cn2").label, statement(record, "I.r3").time) == ("Conclusion 2", "long-term")
    kept = {s.record_id: (s.key, s.confirmed_by) for s in paper.statements.filter(record_id__in=["I.cn2", "I.r3", "I.f1"])}
    assert kept == {"I.cn2": ("", head.key), "I.r3": ("R-000003", head.key), "I.f1": ("", "")}
    assert [v.how for v in paper.versions.all()] == ["read", "read"]
    assert rows_of(paper) == derived(paper)


def test_what_does_not_fit_a_better_reading_waits_on_its_row_until_somebody_decides(
    paper: Document, sample: Record, person: Callable[..., User]
) -> None:
    head = person("head")
    row = actions.correct(head, paper, SetField(statement="I.f1", field="text", new="What a person wrote."))
    now = statement(sample, "I.f1").text.replace("eight", "seven")
    assert actions.replay(paper, better(sample, I_f1=now), "system:intake") == [row]
    row.refresh_from_db()
    assert "seven of the nine" in row.conflict
    assert "eight of the nine" in row.conflict
    assert statement(actions.working_record(paper), "I.f1").text == now

    assert actions.resolve(head, paper, row, "person") is not None
    assert statement(actions.working_record(paper), "I.f1").text == "What a person wrote."
    assert not paper.corrections.filter(undone=None).exclude(conflict="").exists()
    assert rows_of(paper) == derived(paper)


def test_a_person_lets_a_correction_go_or_says_which_statement_it_means(
    paper: Document, sample: Record, person: Callable[..., User]
) -> None:
    head = person("head")
    row = actions.correct(head, paper, SetField(statement="I.cn1", field="label", new="Conclusion 1"))
    other = actions.correct(head, paper, SetField(statement="I.cn4", field="label", new="Conclusion 4"))
    first = sample.evaluations[0]
    kept = tuple(s for s in first.statements if s.id not in {"I.cn1", "I.cn4"})
    new = sample.model_copy(update={"evaluations": (first.model_copy(update={"statements": kept}), *sample.evaluations[1:])})
    assert actions.replay(paper, new, head) == [row, other]
    assert actions.resolve(head, paper, row, "reading") is None
    actions.resolve(head, paper, other, "person", "I.cn3")
    record = actions.working_record(paper)
    assert statement(record, "I.cn3").label == "Conclusion 4"
    assert [r.position for r in paper.corrections.filter(undone=None)] == [3]


# Quickness


def big(sample: Record, times: int) -> Record:
    """A record with very many statements."""
    first = sample.evaluations[0]
    statements = tuple(
        s.model_copy(update={"id": f"{s.id}.{n}", "number": f"{n}.{s.number}", "parent": None})
        for n in range(times)
        for s in first.statements
    )
    return sample.model_copy(update={"evaluations": (first.model_copy(update={"statements": statements, "links": ()}),)})


def test_a_correction_takes_as_many_queries_in_a_long_paper_as_in_a_short_one(
    document: Callable[..., Document], sample: Record, person: Callable[..., User]
) -> None:
    head = person("head")
    counts = []
    for times in (1, 10):
        long = document(record=big(sample, times))
        actions.correct(head, long, long_time("I.r3.0"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.correct(head, long, long_time("I.r4.0"))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 30


def test_a_correction_of_a_paper_with_three_hundred_statements_answers_within_a_tenth_of_a_second(
    document: Callable[..., Document], sample: Record, person: Callable[..., User]
) -> None:
    head = person("head")
    long = document(record=big(sample, 10))
    assert long.statements.count() == 300
    taken = []
    changes = [SetField(statement=f"I.f{n + 1}.4", field="label", new=f"Finding {n}") for n in range(5)]
    changes += [RemoveStatement(statement=f"I.f{n + 1}.0") for n in range(4)]
    for change in changes:
        began = time.perf_counter()
        actions.correct(head, long, change)
        taken.append(time.perf_counter() - began)
    assert statistics.median(taken[1:]) < 0.1


# At the same time


@pytest.mark.django_db(transaction=True)
def test_corrections_of_several_people_at_the_same_time_come_one_after_the_other(
    document: Callable[..., Document], person: Callable[..., User]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the test database of SQLite is in memory, where threads do not see each other's: --postgres")
    users = [person("head") for _ in range(6)]
    paper = document()
    faults: list[Exception] = []

    def work(n: int) -> None:
        try:
            own = type(paper).objects.get(pk=paper.pk)
            actions.correct(users[n], own, SetField(statement=f"I.f{n + 1}", field="label", new=f"Finding {n}"))
            actions.correct(users[n], own, SetField(statement="I.r3", field="priority", new=f"priority {n}"))
        except Exception as fault:  # noqa: BLE001 - told below
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    paper.refresh_from_db()
    assert [r.position for r in paper.corrections.all()] == list(range(1, 13))
    assert [paper.statements.get(record_id=f"I.f{n + 1}").label for n in range(6)] == [f"Finding {n}" for n in range(6)]
    assert rows_of(paper) == derived(paper)
