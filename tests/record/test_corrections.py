"""Corrections: what each does, what it refuses, and that it can be made again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import (
    AddLink,
    AddStatement,
    Answer,
    ChangeDecision,
    ChangeLink,
    ChangeOverallResponse,
    ChangeRating,
    Decision,
    MergeEvaluations,
    MergeStatements,
    MoveStatement,
    OverallResponse,
    Rating,
    Record,
    RemoveLink,
    RemoveStatement,
    SetDocument,
    SetEvaluation,
    SetField,
    SplitEvaluation,
    SplitStatement,
    corrected,
    correction,
    likest,
    noted,
    redirected,
    replayed,
    unfound,
    with_ids_of,
    words_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail.record import AnyStatement, Correction, Place

WHO, WHEN = "P-00007", "2026-11-23T10:00:00+00:00"


@cache
def paper() -> Record:
    """The sample paper as it is read."""
    return read(sample.path("pdf"))


def statement(record: Record, key: str) -> AnyStatement:
    """The statement with that id."""
    return next(s for e in record.evaluations for s in e.statements if s.id == key)


def ids(record: Record, evaluation: int = 0) -> list[str]:
    """Ids of an evaluation's statements."""
    return [s.id for s in record.evaluations[evaluation].statements]


def words(record: Record, places: Sequence[Place]) -> str:
    """The page's own words at places."""
    return "\n".join(record.pages[p.page - 1].text[p.start : p.end] for p in places)


def made(*changes: Correction, record: Record | None = None) -> tuple[Record, list[Correction]]:
    """The record with changes, each noted on what those before it gave; none may conflict."""
    now, out = record or paper(), []
    for change in changes:
        seen = noted(now, change, by=WHO, at=WHEN)
        now, conflicts = corrected(now, [seen])
        assert conflicts == ()
        out.append(seen)
    return now, out


def refused(record: Record, change: Correction) -> str:
    """The one line that says why a change does not fit; the record stays the very same."""
    same, (conflict,) = corrected(record, [change])
    assert same is record
    assert "\n" not in str(conflict)
    return str(conflict)


# Setting fields


def test_a_field_that_was_set_says_who_set_it() -> None:
    record, _ = made(SetField(statement="I.r3", field="time", new="ongoing"))
    assert statement(record, "I.r3").time == "ongoing"
    assert statement(record, "I.r3").origin["time"].model_dump() == {"how": "person", "rule": WHO, "score": None}


def test_a_value_that_the_field_cannot_have_is_refused_before_anything_is_made() -> None:
    with pytest.raises(ValidationError):
        SetField(statement="I.a1", field="verdict", new="perhaps")
    with pytest.raises(ValidationError):
        SetField(statement="I.a1", field="text", new=None)
    with pytest.raises(ValidationError):
        correction({"kind": "set", "statement": "I.a1", "field": "origin", "new": {}})


def test_a_field_that_the_kind_does_not_have_is_refused_with_a_line() -> None:
    line = refused(paper(), SetField(statement="I.f1", field="priority", new="high"))
    assert line == "Key finding 1 is a finding and has no priority"


def test_another_value_than_the_person_saw_is_a_conflict_that_names_all_three() -> None:
    now, _ = made(SetField(statement="I.r3", field="time", new="long-term"))
    change = noted(paper(), SetField(statement="I.r3", field="time", new="ongoing"), by=WHO, at=WHEN)
    line = refused(now, change)
    assert line == "Recommendation 3: time is “long-term” now and was “short-term”, so it was not set to “ongoing”"


def test_a_value_that_stands_there_by_now_is_no_conflict() -> None:
    change = noted(paper(), SetField(statement="I.r3", field="time", new="ongoing"), by=WHO, at=WHEN)
    now, _ = made(SetField(statement="I.r3", field="time", new="ongoing"))
    assert corrected(now, [change])[1] == ()


def test_a_kind_that_was_set_and_set_back_brings_its_fields_back() -> None:
    away, _ = made(SetField(statement="I.r3", field="kind", new="finding"))
    assert not hasattr(statement(away, "I.r3"), "responsible")
    back, _ = made(SetField(statement="I.r3", field="kind", new="recommendation"), record=away)
    assert statement(back, "I.r3").model_dump(exclude={"origin"}) == statement(paper(), "I.r3").model_dump(exclude={"origin"})


def test_parts_become_what_their_whole_becomes() -> None:
    record, _ = made(SetField(statement="III.r1", field="kind", new="conclusion"))
    assert {statement(record, key).kind for key in ("III.r1", "III.r1a", "III.r1b", "III.r1c")} == {"conclusion"}


def test_the_printed_words_of_an_action_table_are_corrected_beside_their_meaning() -> None:
    record, _ = made(SetField(statement="I.r3", field="as_printed.time", new="Ongoing"))
    r = statement(record, "I.r3")
    assert (r.as_printed.time, r.time, r.as_printed.priority) == ("Ongoing", "short-term", "High")


def test_what_a_response_answers_is_told_by_its_links_too() -> None:
    record, _ = made(SetField(statement="I.a1", field="answers", new=[Answer(id="I.r2")]))
    assert [(x.to, x.basis) for x in record.evaluations[0].links if x.from_ == "I.a1"] == [("I.r2", "person")]
    record, _ = made(AddLink(from_="I.a1", to="I.r3", link="answers"), RemoveLink(from_="I.a1", to="I.r2", link="answers"), record=record)
    assert [a.id for a in statement(record, "I.a1").answers] == ["I.r3"]


def test_a_statement_is_no_part_of_itself_or_of_its_parts() -> None:
    assert "part of itself" in refused(paper(), SetField(statement="III.r1", field="parent", new="III.r1a"))


# Merging, splitting, removing, adding, moving


def test_merged_statements_have_the_words_and_places_of_both_in_reading_order() -> None:
    record, _ = made(MergeStatements(statement="I.f1", into="I.f2"))
    one = statement(record, "I.f2")
    assert one.text == f"{statement(paper(), 'I.f1').text} {statement(paper(), 'I.f2').text}"
    assert one.places == (*statement(paper(), "I.f1").places, *statement(paper(), "I.f2").places)
    assert "I.f1" not in ids(record)
    assert record.readings == paper().readings


def test_links_and_answers_to_a_merged_statement_lead_to_the_one_that_stays() -> None:
    linked, _ = made(AddLink(from_="I.f1", to="I.r2", link="leads_to"))
    record, _ = made(MergeStatements(statement="I.r2", into="I.r1", join="line"), record=linked)
    assert [a.id for a in statement(record, "I.a2").answers] == ["I.r1"]
    assert ("I.f1", "I.r1") in {(x.from_, x.to) for x in record.evaluations[0].links}
    assert not any("I.r2" in {x.from_, x.to} for x in record.evaluations[0].links)


def test_a_part_that_is_merged_into_its_whole_does_not_double_its_words() -> None:
    record, _ = made(MergeStatements(statement="III.r1a", into="III.r1"))
    assert statement(record, "III.r1").text == statement(paper(), "III.r1").text
    assert statement(record, "III.r1").places == statement(paper(), "III.r1").places


def test_a_split_statement_has_its_places_cut_where_its_words_are() -> None:
    whole = statement(paper(), "I.r3")
    record, (change,) = made(SplitStatement(statement="I.r3", offset=whole.text.index("by delegating"), number="3b"))
    first, second = statement(record, "I.r3"), statement(record, change.makes or "")
    assert " ".join(words(record, first.places).split()) == first.text
    assert words(record, second.places).replace("\n", " ").split() == second.text.split()
    assert (second.kind, second.number, second.origin["text"].how) == ("recommendation", "3b", "person")
    assert ids(record).index(second.id) == ids(record).index("I.r3") + 1
    # The line that was cut is cut in two boxes side by side; no box is lost.
    a, b = first.places[-1].boxes[-1], second.places[0].boxes[0]
    assert (a[1], a[3]) == (b[1], b[3])
    assert a[2] == b[0]


def test_parts_go_with_the_half_that_holds_them() -> None:
    whole = statement(paper(), "III.r1")
    record, (change,) = made(SplitStatement(statement="III.r1", offset=whole.text.index("(b)")))
    assert statement(record, "III.r1a").parent == "III.r1"
    assert {statement(record, key).parent for key in ("III.r1b", "III.r1c")} == {change.makes}
    order = ids(record, 2)
    assert order[order.index("III.r1") :][:5] == ["III.r1", "III.r1a", change.makes, "III.r1b", "III.r1c"]


@pytest.mark.parametrize("offset", [5000, 620])
def test_a_cut_that_leaves_no_words_on_a_side_is_refused(offset: int) -> None:
    assert "no words on one side" in refused(paper(), SplitStatement(statement="I.r1", offset=offset))


def test_a_removed_statement_goes_with_its_parts_links_and_answers_and_its_reading_stays() -> None:
    record, _ = made(RemoveStatement(statement="III.r1", reason="quoted from another paper"))
    assert not {"III.r1", "III.r1a", "III.r1b", "III.r1c"} & set(ids(record, 2))
    assert statement(record, "III.a1").answers == ()
    assert not any(x.to == "III.r1" for x in record.evaluations[2].links)
    assert record.readings == paper().readings


def test_parts_may_stay_when_their_whole_is_removed() -> None:
    record, _ = made(RemoveStatement(statement="III.r1", keep_parts=True))
    assert statement(record, "III.r1a").parent is None


def test_an_added_statement_stands_where_its_place_is_and_is_set_by_a_person() -> None:
    passage = next(p for p in paper().passages if p.text.startswith("Table 1 sets the targets"))
    text = words_at(paper(), passage.places)
    assert text == passage.text
    record, (change,) = made(AddStatement(evaluation="I", becomes="finding", text=text, places=passage.places))
    new = statement(record, change.makes or "")
    assert new.origin["text"].how == "person"
    assert ids(record)[ids(record).index(new.id) - 1 :][:3] == ["I.f7", new.id, "I.f8"]


def test_words_are_added_once() -> None:
    passage = next(p for p in paper().passages if p.text.startswith("Table 1 sets the targets"))
    change = AddStatement(evaluation="I", becomes="finding", text=passage.text, places=passage.places)
    record, _ = made(change)
    assert "a second time" in refused(record, change.model_copy(update={"at": "later"}))
    assert "a second time" in refused(record, change.model_copy(update={"by": WHO, "at": WHEN}))


def test_a_moved_statement_takes_its_parts_and_its_links() -> None:
    linked, _ = made(AddLink(from_="III.r1", to="III.r2", link="leads_to"))
    record, _ = made(MoveStatement(statement="III.r1", evaluation="II", after="II.r5"), record=linked)
    assert ids(record, 1)[ids(record, 1).index("II.r5") :][:5] == ["II.r5", "III.r1", "III.r1a", "III.r1b", "III.r1c"]
    assert [x.to for x in record.evaluations[1].links if x.from_ == "III.r1"] == ["III.r2"]
    record, _ = made(MoveStatement(statement="II.r5", evaluation="II"), record=record)
    assert ids(record, 1).index("II.r5") < ids(record, 1).index("II.r1")
    assert "cannot follow itself" in refused(record, MoveStatement(statement="III.r1", evaluation="II", after="III.r1a"))


# Links, ratings, the document


def test_a_proposed_link_becomes_a_persons_and_a_changed_one_has_another_end() -> None:
    first = paper().evaluations[0]
    proposed = first.links[0].model_copy(update={"from_": "I.f1", "to": "I.cn1", "kind": "supports", "basis": "proposed", "score": 0.5})
    record = paper().model_copy(update={"evaluations": (first.model_copy(update={"links": (proposed,)}), *paper().evaluations[1:])})
    after, _ = made(AddLink(from_="I.f1", to="I.cn1", link="supports"), record=record)
    (link,) = after.evaluations[0].links
    assert (link.basis, link.score, link.rule) == ("person", None, WHO)
    change = ChangeLink(from_="I.f1", to="I.cn1", link="supports", new_from="I.f2", new_to="I.cn1", new_link="supports")
    after, _ = made(change, record=record)
    assert [(x.from_, x.to) for x in after.evaluations[0].links] == [("I.f2", "I.cn1")]
    assert "has no link (supports)" in refused(after, change)


def test_ratings_are_set_added_and_removed() -> None:
    old = paper().evaluations[0].ratings[0]
    lower = old.model_copy(update={"value": 4.0, "as_printed": "Somewhat satisfactory", "places": ()})
    record, _ = made(ChangeRating(evaluation="I", old=old, new=lower))
    now = record.evaluations[0].ratings[0]
    assert (now.value, now.origin["value"].how, now.places) == (4.0, "person", old.places)
    line = refused(record, ChangeRating(evaluation="I", old=old, new=old.model_copy(update={"value": 2.0})))
    assert (
        line == "the rating of relevance is 4 (Somewhat satisfactory) now and was 5 (Satisfactory), so it was not set to 2 (Satisfactory)"
    )
    added, _ = made(ChangeRating(evaluation="I", new=Rating(criterion="gender", value=3.0)), record=record)
    assert added.evaluations[0].ratings[-1].criterion == "gender"
    gone, _ = made(ChangeRating(evaluation="I", old=added.evaluations[0].ratings[-1]), record=added)
    assert gone.evaluations[0].ratings == record.evaluations[0].ratings


def test_what_the_document_and_an_evaluation_say_of_themselves_is_set() -> None:
    record, _ = made(
        SetDocument(field="title", new="Another title"),
        SetEvaluation(evaluation="II", field="period", new={"from": 2015, "to": 2022}),
        SetEvaluation(evaluation="II", field="label", new=None),
    )
    assert record.document.title == "Another title"
    assert (record.evaluations[1].period.from_, record.evaluations[1].label) == (2015, None)


def test_an_evaluation_that_is_two_is_split_with_all_that_follows_in_the_paper() -> None:
    record, (change,) = made(SplitEvaluation(statement="I.r1", title="A second", label="Part Ib", period={"from": 2018, "to": 2019}))
    first, second = record.evaluations[:2]
    at = ids(paper()).index("I.r1")
    assert [s.id for s in first.statements] == ids(paper())[:at]
    assert [s.id for s in second.statements] == ids(paper())[at:]
    assert (second.id, second.title, second.label, second.period.to) == (change.evaluation, "A second", "Part Ib", 2019)
    assert [x.from_ for x in second.links] == [x.from_ for x in paper().evaluations[0].links if x.from_.startswith("I.a")]
    # Ratings stand before the recommendations, the answer to the evaluation as a whole after them.
    assert (len(first.ratings), len(second.ratings)) == (7, 0)
    assert (len(first.overall_responses), len(second.overall_responses)) == (0, 1)
    place = statement(paper(), "I.r1").places[0]
    after = [p for p in paper().passages if p.evaluation == "I" and p.places and (p.places[0].page, p.places[0].start) >= (6, place.start)]
    assert sum(p.evaluation == second.id for p in record.passages) == len(after) > 0
    back, _ = made(MergeEvaluations(evaluation=second.id, into="I"), record=record)
    assert back == paper()


def test_evaluations_that_are_one_are_merged_in_the_order_of_the_paper() -> None:
    record, _ = made(MergeEvaluations(evaluation="I", into="II"))
    assert [e.id for e in record.evaluations] == ["II", "III"]
    assert [s.id for s in record.evaluations[0].statements] == [*ids(paper(), 0), *ids(paper(), 1)]
    assert len(record.evaluations[0].ratings) == 14
    assert not any(p.evaluation == "I" for p in record.passages)
    assert "merged into itself" in refused(paper(), MergeEvaluations(evaluation="I", into="I"))


def test_chosen_statements_become_an_evaluation_of_their_own_with_their_parts() -> None:
    whole = next(s.id for s in paper().evaluations[2].statements if any(p.parent == s.id for p in paper().evaluations[2].statements))
    parts = [s.id for s in paper().evaluations[2].statements if s.parent == whole]
    record, (change,) = made(SplitEvaluation(statement=whole, statements=["III.l1"], title="Apart"))
    old, new = record.evaluations[2:]
    assert {s.id for s in new.statements} == {whole, "III.l1", *parts}
    order = ids(paper(), 2)
    assert sorted(order, key=lambda k: (k in {s.id for s in new.statements}, order.index(k))) == [*ids(record, 2), *ids(record, 3)]
    assert (new.id, new.title, new.ratings) == (change.evaluation, "Apart", ())
    assert old.ratings == paper().evaluations[2].ratings
    assert {x.from_ for x in new.links} <= {s.id for s in new.statements}
    place = statement(paper(), "III.l1").places[0]
    own = [p for p in record.passages if any(q.page == place.page and q.start < place.end and place.start < q.end for q in p.places)]
    assert own
    assert {p.evaluation for p in own} == {new.id}


def test_what_is_chosen_for_a_new_evaluation_leaves_something_and_tears_nothing_apart() -> None:
    first, *others = ids(paper())
    assert "nothing would be left of" in refused(paper(), SplitEvaluation(statement=first, statements=others))
    assert "which stays: choose both" in refused(paper(), SplitEvaluation(statement="III.r1a", statements=["III.l1"]))
    assert "belongs to another evaluation than" in refused(paper(), SplitEvaluation(statement="I.f1", statements=["II.f1"]))


def test_the_answer_to_an_evaluation_as_a_whole_is_set_added_and_removed() -> None:
    e = next(e for e in paper().evaluations if e.overall_responses)
    old = e.overall_responses[0]
    record, _ = made(ChangeOverallResponse(evaluation=e.id, old=old, new=OverallResponse(text="We agree.", verdict="accepted")))
    held = next(x for x in record.evaluations if x.id == e.id).overall_responses
    assert (held[0].text, held[0].verdict, held[0].places) == ("We agree.", "accepted", old.places)
    record, _ = made(ChangeOverallResponse(evaluation=e.id, old=old))
    assert next(x for x in record.evaluations if x.id == e.id).overall_responses == e.overall_responses[1:]
    record, _ = made(ChangeOverallResponse(evaluation="II", new=OverallResponse(text="It was read.")))
    assert record.evaluations[1].overall_responses[-1].text == "It was read."
    assert "already" in refused(record, ChangeOverallResponse(evaluation="II", new=OverallResponse(text="It was  read.")))
    other = old.model_copy(update={"text": f"{old.text} And more."})
    assert "now and was" in refused(paper(), ChangeOverallResponse(evaluation=e.id, old=other))
    assert "is not in this reading" in refused(paper(), ChangeOverallResponse(evaluation="II", old=OverallResponse(text="Nothing of it.")))


def test_decisions_are_set_added_and_removed() -> None:
    old = Decision(paragraph="9", text="The Board took note of the report and asked for a plan.")
    with_one, _ = made(ChangeDecision(new=old))
    assert with_one.decisions == (*paper().decisions, old)
    record, (change,) = made(ChangeDecision(old=old, new=old.model_copy(update={"text": "The Board approved it."})), record=with_one)
    assert record.decisions[-1].text == "The Board approved it."
    assert corrected(record, [change])[0] is record
    record, _ = made(ChangeDecision(old=old), record=with_one)
    assert record.decisions == paper().decisions
    numbered = with_one.model_copy(update={"decisions": (old.model_copy(update={"paragraph": "10"}),)})
    assert refused(numbered, ChangeDecision(old=old)) == "the decision is “10” now and was “9”, so it was not set to empty"
    with pytest.raises(ValidationError):
        ChangeDecision()


@pytest.mark.parametrize("key", ["I.f1", "III.r1a"])
def test_an_evaluation_begins_with_a_whole_statement_that_is_not_the_first(key: str) -> None:
    assert "begins no evaluation" in refused(paper(), SplitEvaluation(statement=key))


# Another reading


def reread(change: Callable[[str, AnyStatement], AnyStatement | None]) -> Record:
    """The paper as if read otherwise."""
    evaluations = tuple(
        e.model_copy(update={"statements": tuple(x for s in e.statements if (x := change(e.id, s)) is not None)})
        for e in paper().evaluations
    )
    return paper().model_copy(update={"evaluations": evaluations})


def test_a_statement_is_found_again_by_its_words_where_ids_have_moved_on() -> None:
    _, changes = made(SetField(statement="I.cn2", field="label", new="Conclusion 2"))

    def moved(_: str, s: AnyStatement) -> AnyStatement | None:
        return s.model_copy(update={"id": s.id.replace("cn", "cnx")}) if s.id != "I.cn3" else s.model_copy(update={"id": "I.cn2"})

    done = replayed(reread(moved), changes)
    assert done.conflicts == ()
    assert [(f.known, f.found, f.by, f.likeness) for f in done.finds] == [("I.cn2", "I.cnx2", "likeness", 1.0)]
    assert statement(done.record, "I.cnx2").label == "Conclusion 2"
    assert statement(done.record, "I.cn2").label is None


def test_a_statement_is_found_again_by_its_number_where_its_words_were_read_better() -> None:
    _, changes = made(SetField(statement="I.r3", field="time", new="ongoing"))

    def better(_: str, s: AnyStatement) -> AnyStatement | None:
        return s.model_copy(update={"id": "I.r3-new", "text": s.text + " And then much more was read." * 9}) if s.id == "I.r3" else s

    done = replayed(reread(better), changes)
    assert [(f.found, f.by) for f in done.finds] == [("I.r3-new", "number")]


def test_a_statement_that_goes_on_in_another_reading_is_the_same() -> None:
    _, changes = made(SetField(statement="I.cn2", field="label", new="Conclusion 2"))

    def longer(_: str, s: AnyStatement) -> AnyStatement | None:
        return s.model_copy(update={"text": f"{s.text}\n" + "Much more of it stands on the next page. " * 20}) if s.id == "I.cn2" else s

    done = replayed(reread(longer), changes)
    assert done.conflicts == ()
    assert [(f.found, f.by) for f in done.finds] == [("I.cn2", "id")]


def test_a_statement_that_is_not_there_or_there_twice_is_a_conflict() -> None:
    _, changes = made(SetField(statement="I.cn2", field="label", new="Conclusion 2"))
    gone = replayed(reread(lambda _, s: None if s.id == "I.cn2" else s), changes)
    assert [c.why for c in gone.conflicts] == ["missing"]

    def twice(_: str, s: AnyStatement) -> AnyStatement | None:
        text = statement(paper(), "I.cn2").text
        if s.id in {"I.cn2", "I.cn3"}:
            return s.model_copy(update={"id": f"{s.id}-new", "text": text})
        return s

    both = replayed(reread(twice), changes)
    assert [c.why for c in both.conflicts] == ["ambiguous"]


def test_a_lost_correction_is_made_of_the_statement_that_a_person_says_is_meant() -> None:
    _, (change,) = made(SetField(statement="I.cn2", field="label", new="Conclusion 2"))
    gone = reread(lambda _e, s: None if s.id == "I.cn2" else s)
    assert unfound(paper(), change) == ()
    assert unfound(gone, change) == ("I.cn2",)
    again = redirected(change, {"I.cn2": "I.cn1"})
    record, conflicts = corrected(gone, [noted(gone, again)])
    assert conflicts == ()
    assert statement(record, "I.cn1").label == "Conclusion 2"
    score, first = likest(paper(), change.known[0])[0]
    assert (score, first.id) == (1.0, "I.cn2")


@pytest.mark.parametrize(
    "change, named",
    [
        (SetField(statement="I.r1", field="parent", new="I.f1"), {"I.f1", "X"}),
        (SetField(statement="I.a1", field="answers", new=[Answer(id="I.r1"), Answer(id="r9", record="other")]), {"I.a1", "X"}),
        (MergeStatements(statement="I.r1", into="I.r2"), {"X", "I.r2"}),
        (AddLink(from_="I.f1", to="I.r1", link="leads_to"), {"I.f1", "X"}),
        (ChangeLink(from_="I.f1", to="I.r1", link="leads_to", new_from="I.f2", new_to="I.r1", new_link="leads_to"), {"I.f1", "I.f2", "X"}),
        (SplitEvaluation(statement="I.f1", statements=["I.r1"]), {"I.f1", "X"}),
    ],
)
def test_every_name_of_a_correction_can_be_made_another(change: Correction, named: set[str]) -> None:
    instead = "X" if isinstance(change, SetField) and change.field == "parent" else ""
    again = redirected(change, {"I.r1": "X"})
    assert set(again.names) == (named if not instead else {"X", "I.f1"})


def test_a_correction_of_an_evaluation_that_is_lost_is_made_of_another() -> None:
    change = ChangeRating(evaluation="I", old=Rating(criterion="impact", value=2), new=Rating(criterion="impact", value=3))
    again = redirected(change, {}, {"I": "II"})
    assert isinstance(again, ChangeRating)
    assert (again.evaluation, again.old, again.new) == ("II", change.old, change.new)
    assert redirected(MergeEvaluations(evaluation="I", into="II"), {"II": "no"}, {"II": "III"}).into == "III"  # type: ignore[union-attr]


def test_what_was_set_stays_a_conflict_until_somebody_decides_where_the_words_are_others_now() -> None:
    _, changes = made(SetField(statement="I.f1", field="text", new="What a person wrote."))

    def better(_: str, s: AnyStatement) -> AnyStatement | None:
        return s.model_copy(update={"text": s.text.replace("eight", "seven")}) if s.id == "I.f1" else s

    record, (conflict,) = corrected(reread(better), changes)
    assert conflict.why == "changed"
    assert "seven of the nine" in str(conflict)
    assert "eight of the nine" in str(conflict)
    assert "What a person wrote." in str(conflict)
    assert statement(record, "I.f1").text == conflict.present


def test_spaces_and_hyphens_that_a_reading_has_otherwise_are_no_conflict() -> None:
    _, changes = made(SetField(statement="I.f1", field="text", new="What a person wrote."))

    def otherwise(_: str, s: AnyStatement) -> AnyStatement | None:
        return s.model_copy(update={"text": s.text.replace("member States", "mem- ber\nStates")}) if s.id == "I.f1" else s

    assert corrected(reread(otherwise), changes)[1] == ()


def test_a_cut_is_made_at_the_same_words_of_another_reading() -> None:
    whole = statement(paper(), "I.r3")
    _, changes = made(SplitStatement(statement="I.r3", offset=whole.text.index("by delegating")))

    def longer(_: str, s: AnyStatement) -> AnyStatement | None:
        return s.model_copy(update={"text": f"Now we say: {s.text}"}) if s.id == "I.r3" else s

    record, conflicts = corrected(reread(longer), changes)
    assert conflicts == ()
    assert statement(record, changes[0].makes or "").text.startswith("by delegating")


def test_an_added_statement_finds_its_words_where_the_pages_text_has_moved() -> None:
    passage = next(p for p in paper().passages if p.text.startswith("Table 1 sets the targets"))
    _, changes = made(AddStatement(evaluation="I", becomes="finding", text=passage.text, places=passage.places))
    pages = tuple(p.model_copy(update={"text": "A line more.\n" + p.text}) for p in paper().pages)
    record, conflicts = corrected(paper().model_copy(update={"pages": pages}), changes)
    assert conflicts == ()
    new = statement(record, changes[0].makes or "")
    assert words(record, new.places) == words(paper(), passage.places)
    lost, (conflict,) = corrected(paper().model_copy(update={"pages": ()}), changes)
    assert conflict.why == "changed"
    assert ids(lost) == ids(paper())


def test_ids_last_over_another_reading_and_none_is_given_to_another_statement() -> None:
    first = paper().evaluations[0]
    extra = statement(paper(), "I.cn1").model_copy(update={"id": "I.cn2", "text": "Something that nobody had read before."})
    shifted = [
        s.model_copy(update={"id": {"I.cn2": "I.cn3", "I.cn3": "I.cn4", "I.cn4": "I.cn5"}.get(s.id, s.id)}) for s in first.statements
    ]
    at = [s.id for s in shifted].index("I.cn3")
    statements = (*shifted[:at], extra, *shifted[at:])
    new = paper().model_copy(update={"evaluations": (first.model_copy(update={"statements": statements}), *paper().evaluations[1:])})
    again = with_ids_of(new, paper())
    assert {s.id: s.text for s in again.evaluations[0].statements if s.id in ids(paper())} == {s.id: s.text for s in first.statements}
    assert statement(again, "I.cn2-2").text == extra.text
    assert with_ids_of(paper(), paper()) is paper()


# Properties

KEYS = [s.id for e in paper().evaluations for s in e.statements]
OF = {s.id: s for e in paper().evaluations for s in e.statements}
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "kind": st.sampled_from(["finding", "conclusion", "lesson", "good_practice", "recommendation", "response"]),
    "number": st.none() | TEXTS,
    "label": st.none() | TEXTS,
    "parent": st.none() | st.sampled_from(KEYS),
    "criteria": st.lists(TEXTS, max_size=3),
    "responsible": st.lists(TEXTS, max_size=3),
    "priority": st.none() | TEXTS,
    "time": st.none() | TEXTS,
    "resources": st.none() | TEXTS,
    "as_printed.time": st.none() | TEXTS,
    "verdict": st.none() | st.sampled_from(["accepted", "partially_accepted", "rejected", "noted", "unclear"]),
    "answers": st.lists(st.builds(Answer, id=st.sampled_from(KEYS)), max_size=2),
    "prompt": st.none() | TEXTS,
    "actions": st.lists(st.fixed_dictionaries({"text": TEXTS}), max_size=2),
}
KEY = st.sampled_from(KEYS)
EVALUATION = st.sampled_from([e.id for e in paper().evaluations])
LINK = st.sampled_from(["supports", "leads_to", "answers", "implements"])
SETTINGS = st.sampled_from(sorted(VALUES)).flatmap(lambda f: st.builds(SetField, statement=KEY, field=st.just(f), new=VALUES[f]))
PLACES = st.sampled_from([p.places for p in paper().passages if p.places])
RATINGS = st.none() | st.sampled_from([r for e in paper().evaluations for r in e.ratings])
OVERALLS = st.sampled_from([o for e in paper().evaluations for o in e.overall_responses]) | st.builds(OverallResponse, text=TEXTS)
CHANGES = st.one_of(
    SETTINGS,
    st.builds(MergeStatements, statement=KEY, into=KEY, join=st.sampled_from(["space", "line"])),
    st.builds(SplitStatement, statement=KEY, offset=st.integers(1, 300), becomes=st.none() | VALUES["kind"]),
    st.builds(RemoveStatement, statement=KEY, keep_parts=st.booleans()),
    st.builds(AddStatement, evaluation=EVALUATION, becomes=VALUES["kind"], text=TEXTS, places=PLACES, parent=st.none() | KEY),
    st.builds(MoveStatement, statement=KEY, evaluation=EVALUATION, after=st.none() | KEY),
    st.builds(AddLink, from_=KEY, to=KEY, link=LINK),
    st.builds(RemoveLink, from_=KEY, to=KEY, link=LINK),
    st.builds(ChangeLink, from_=KEY, to=KEY, link=LINK, new_from=KEY, new_to=KEY, new_link=LINK),
    st.tuples(EVALUATION, RATINGS, RATINGS).filter(lambda x: x[1] or x[2]).map(lambda x: ChangeRating(evaluation=x[0], old=x[1], new=x[2])),
    st.builds(SetDocument, field=st.sampled_from(["title"]), new=TEXTS),
    st.builds(SetEvaluation, evaluation=EVALUATION, field=st.just("label"), new=st.none() | TEXTS),
    st.builds(SplitEvaluation, statement=KEY, title=TEXTS),
    st.builds(SplitEvaluation, statement=KEY, statements=st.lists(KEY, max_size=3)),
    st.builds(MergeEvaluations, evaluation=EVALUATION, into=EVALUATION),
    st.builds(ChangeOverallResponse, evaluation=EVALUATION, new=st.builds(OverallResponse, text=TEXTS)),
    st.tuples(OVERALLS, OVERALLS).map(lambda x: ChangeOverallResponse(evaluation="I", old=x[0], new=x[1])),
    st.builds(ChangeDecision, new=st.builds(Decision, text=TEXTS)),
)


def noted_in_turn(changes: Sequence[Correction]) -> tuple[Record, list[Correction]]:
    """The paper with those changes that fit, and those, each noted on what it was made to."""
    now, out = paper(), []
    for n, change in enumerate(changes):
        seen = noted(now, change, by=WHO, at=f"2026-11-23T10:00:{n:02}+00:00")
        now, conflicts = corrected(now, [seen])
        if not conflicts:
            out.append(seen)
    return now, out


def test_without_corrections_it_is_the_same_record() -> None:
    assert corrected(paper(), [])[0] is paper()


@given(st.lists(CHANGES, max_size=6))
def test_corrections_made_again_on_the_same_reading_give_the_same_record(changes: list[Correction]) -> None:
    one_by_one, fitting = noted_in_turn(changes)
    # As they come back from where they are kept.
    kept = [correction(c.to_data()) for c in fitting]
    assert kept == fitting
    at_once, conflicts = corrected(paper(), kept)
    assert conflicts == ()
    assert at_once == one_by_one
    assert corrected(paper(), kept)[0] == at_once


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(CHANGES, max_size=6))
def test_a_corrected_record_is_a_record_and_has_every_id_once(changes: list[Correction]) -> None:
    record, _ = noted_in_turn(changes)
    assert Record.from_json(record.to_json()) == record
    every = [s.id for e in record.evaluations for s in e.statements]
    assert len(every) == len(set(every))
    known = set(every)
    for e in record.evaluations:
        assert all({x.from_, x.to} <= known for x in e.links)
        assert all(s.parent is None or s.parent in known for s in e.statements)
        assert all(a.id in known for s in e.statements if s.kind == "response" for a in s.answers if a.record is None)
        assert all(0 <= p.start <= p.end <= len(record.pages[p.page - 1].text) for s in e.statements for p in s.places)
    assert record.readings == paper().readings
    assert {p.evaluation for p in record.passages} <= {None, *(e.id for e in record.evaluations)}


@given(st.lists(CHANGES, max_size=4))
def test_statements_that_no_correction_speaks_of_are_untouched(changes: list[Correction]) -> None:
    record, fitting = noted_in_turn(changes)
    named = {key for c in fitting for key in c.names}
    # Parts follow their whole, and answers what they answer.
    near = {s.id for s in OF.values() if s.parent in named} | {s.id for s in OF.values() if s.kind == "response"}
    now = {s.id: s for e in record.evaluations for s in e.statements}
    for key in set(KEYS) - named - near - {p.id for p in OF.values() if p.parent in near}:
        assert now[key] is OF[key]


@given(SETTINGS)
def test_a_field_set_and_set_back_is_as_before_but_for_who_set_it(change: SetField) -> None:
    seen = noted(paper(), change, by=WHO, at=WHEN)
    there, conflicts = corrected(paper(), [seen])
    if conflicts:
        return
    back, conflicts = corrected(
        there, [noted(there, SetField(statement=change.statement, field=change.field, new=seen.old), by=WHO, at=WHEN)]
    )
    assert conflicts == ()

    def bare(record: Record) -> list[Any]:
        return [s.model_dump(exclude={"origin"}) for e in record.evaluations for s in e.statements]

    if change.field != "kind" or not any(s.parent == change.statement and s.kind == change.new for s in OF.values()):
        assert bare(back) == bare(paper())
    assert all(
        s.origin[change.field].how == "person"
        for e in back.evaluations
        for s in e.statements
        if s.id == change.statement and change.field in s.origin
    )


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(CHANGES, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_no_correction_is_lost_on_another_reading(changes: list[Correction], random: Any) -> None:
    _, fitting = noted_in_turn(changes)

    def worse(_: str, s: AnyStatement) -> AnyStatement | None:
        chance = random.random()
        if chance < 0.1:
            return None
        if chance < 0.3:
            return s.model_copy(update={"id": f"{s.id}-x"})
        return s.model_copy(update={"text": s.text[: len(s.text) // 2]}) if chance < 0.5 else s

    other = reread(worse)
    record, conflicts = corrected(other, fitting)
    Record.from_json(record.to_json())
    told = {c.position for c in conflicts}
    assert all(str(c) and "\n" not in str(c) for c in conflicts)
    for n, change in enumerate(fitting):
        if n not in told:
            # Made alone on what those before it gave, it does not conflict either: made, or told.
            before, _ = corrected(other, fitting[:n])
            assert corrected(before, [change])[1] == ()
