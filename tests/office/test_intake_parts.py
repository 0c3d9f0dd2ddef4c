"""Evaluations, answers to the whole and decisions of a paper are corrected by forms; a lost correction is told what it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.record import SetField
from evaltrail_office.shelf import actions as shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail.record import Evaluation as Told
    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    Owned = tuple[Document, User]

pytestmark = pytest.mark.django_db


@pytest.fixture
def owned(document: Callable[..., Document], evaluation: Callable[..., Evaluation], person: Callable[..., User]) -> Owned:
    """The sample paper, its first part of an evaluation, and that evaluation's manager."""
    own = evaluation()
    return document(own), person("manager", own)


def address(paper: Document) -> str:
    return f"/intake/documents/{paper.key}/parts/"


def told(client: Client, paper: Document, verb: str, pressed: str = "1", /, **fields: Any) -> str:
    """Press a button of the page; what the next page says."""
    answer = client.post(address(paper), {verb: pressed, **fields}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def record_of(paper: Document) -> Record:
    paper.refresh_from_db()
    return shelf.working_record(paper)


def part(paper: Document, key: str) -> Told:
    return next(e for e in record_of(paper).evaluations if e.id == key)


def marks(page: str) -> list[str]:
    return re.findall(r'name="was" value="(\w+)"', page)


def test_its_manager_corrects_them_and_others_do_not_know_of_the_page(
    owned: Owned, person: Callable[..., User], client: Client, evaluation: Callable[..., Evaluation]
) -> None:
    paper, owner = owned
    row = shelf.correct(owner, paper, SetField(statement="I.cn1", field="label", new="Conclusion 1"))
    assert row is not None
    type(row).objects.filter(pk=row.pk).update(conflict="It is gone.")
    lost = f"/intake/documents/{paper.key}/corrections/{row.pk}/"
    client.force_login(owner)
    assert client.get(address(paper)).status_code == client.get(lost).status_code == 200
    own = paper.parts.get(position=0).evaluation_key
    for who, expected in ((person("team", own), 403), (person("manager", evaluation("Else")), 404), (person(), 404)):
        client.force_login(who)
        for page in (address(paper), lost):
            assert client.get(page).status_code == client.post(page, {"merge": "1", "take": "reading"}).status_code == expected
    client.logout()
    assert client.get(address(paper)).status_code == 302
    assert paper.corrections.filter(undone=None).count() == 1


def test_an_evaluation_gets_another_title_and_years_and_undo_takes_them_back(owned: Owned, client: Client) -> None:
    paper, owner = owned
    client.force_login(owner)
    before = part(paper, "II")
    assert "Changed." in told(client, paper, "about", evaluation="II", title="Another title", label="", **{"from": "2016", "to": "2021"})
    now = part(paper, "II")
    assert (now.title, now.label, now.period.from_, now.period.to) == ("Another title", None, 2016, 2021)
    assert paper.parts.get(record_id="II").title == "Another title"
    assert "is no year" in told(client, paper, "about", evaluation="II", title="Another title", **{"from": "soon"})
    assert "after the last" in told(client, paper, "about", evaluation="II", title="Another title", **{"from": "2021", "to": "2016"})
    client.post(f"/intake/documents/{paper.key}/change/", {"undo": "1", "here": address(paper)})
    assert part(paper, "II") == before


def test_chosen_statements_become_a_new_evaluation_and_merging_takes_them_back(owned: Owned, client: Client) -> None:
    paper, owner = owned
    client.force_login(owner)
    page = client.get(f"{address(paper)}?part=III").content.decode()
    assert page.count('type="checkbox"') == sum(s.parent is None for s in part(paper, "III").statements)
    assert "Choose the statements" in told(client, paper, "split", evaluation="III", title="Apart", how="chosen")
    assert "needs a title" in told(client, paper, "split", evaluation="III", how="chosen", statement=["III.l1"])
    told(client, paper, "split", evaluation="III", title="Apart", how="chosen", statement=["III.r1", "III.l1"])
    new = record_of(paper).evaluations[-1]
    assert new.title == "Apart"
    assert [s.id for s in new.statements] == ["III.l1", "III.r1", "III.r1a", "III.r1b", "III.r1c"]
    row = paper.parts.get(record_id=new.id)
    assert (row.evaluation_key, row.statements.count()) == ("", 5)
    told(client, paper, "merge", evaluation=new.id, into="III")
    assert len(record_of(paper).evaluations) == 3
    assert {s.id for s in part(paper, "III").statements} >= {"III.l1", "III.r1a"}
    assert "Choose two evaluations" in told(client, paper, "merge", evaluation="II", into="II")
    assert "not there any more" in told(client, paper, "merge", evaluation=new.id, into="II")


def test_all_that_follows_one_statement_becomes_a_new_evaluation(owned: Owned, client: Client) -> None:
    paper, owner = owned
    client.force_login(owner)
    fields = {"evaluation": "I", "title": "What follows", "how": "following"}
    assert "one statement alone" in told(client, paper, "split", **fields, statement=["I.r1", "I.r2"])
    told(client, paper, "split", **fields, statement=["I.r1"])
    first, second = record_of(paper).evaluations[:2]
    assert second.statements[0].id == "I.r1"
    assert (len(first.overall_responses), len(second.overall_responses)) == (0, 1)


def test_answers_to_the_whole_are_set_added_and_removed(owned: Owned, client: Client) -> None:
    paper, owner = owned
    client.force_login(owner)
    mark = marks(client.get(address(paper)).content.decode())[0]
    told(client, paper, "answer", "save", evaluation="I", was=mark, text="We agree with it.", verdict="accepted")
    (answer,) = part(paper, "I").overall_responses
    assert (answer.text, answer.verdict) == ("We agree with it.", "accepted")
    assert answer.places
    assert "somebody has changed it" in told(client, paper, "answer", "save", evaluation="I", was=mark, text="Late.")
    told(client, paper, "answer", "add", evaluation="I", text="A second one.")
    assert len(part(paper, "I").overall_responses) == 2
    assert "It needs words" in told(client, paper, "answer", "add", evaluation="I", text=" ")
    assert "not on the scale" in told(client, paper, "answer", "add", evaluation="I", text="x", verdict="perhaps")
    told(client, paper, "answer", "remove", evaluation="I", was=marks(client.get(address(paper)).content.decode())[0])
    assert len(part(paper, "I").overall_responses) == 1


def test_decisions_are_set_added_and_removed(owned: Owned, client: Client) -> None:
    paper, owner = owned
    client.force_login(owner)
    told(client, paper, "decision", "add", text="The Council took note.", paragraph="86")
    assert [d.paragraph for d in record_of(paper).decisions] == ["85", "86"]
    first = marks(client.get(address(paper)).content.decode())[-2]
    refers = record_of(paper).decisions[0].refers
    told(client, paper, "decision", "save", was=first, text="The Council asked for a report.", paragraph="85")
    assert (record_of(paper).decisions[0].text, record_of(paper).decisions[0].refers) == ("The Council asked for a report.", refers)
    told(client, paper, "decision", "remove", was=marks(client.get(address(paper)).content.decode())[-1])
    assert [d.paragraph for d in record_of(paper).decisions] == ["85"]


def _without(record: Record, *gone: str) -> Record:
    first = record.evaluations[0]
    kept = tuple(s for s in first.statements if s.id not in gone)
    return record.model_copy(update={"evaluations": (first.model_copy(update={"statements": kept}), *record.evaluations[1:])})


def test_a_lost_correction_is_made_of_the_statement_that_is_chosen_or_dropped(owned: Owned, client: Client, sample: Record) -> None:
    paper, owner = owned
    client.force_login(owner)
    row = shelf.correct(owner, paper, SetField(statement="I.cn1", field="label", new="Conclusion 1"))
    other = shelf.correct(owner, paper, SetField(statement="I.cn4", field="label", new="Conclusion 4"))
    shelf.replay(paper, _without(sample, "I.cn1", "I.cn4"), owner)
    page = client.get(f"/intake/documents/{paper.key}/").content.decode()
    lost = f"/intake/documents/{paper.key}/corrections/{row.pk}/"
    assert f'<a href="{lost}">Say what it is about</a>' in page
    page = client.get(lost).content.decode()
    assert "What is it about?" in page
    assert "Conclusion 1" in page
    assert client.post(lost, {"take": "person"}, follow=True).redirect_chain == [(lost, 302)]
    assert client.post(lost, {"take": "person", "statement-I.cn1": "other", "other-I.cn1": "I.cn3"}).status_code == 302
    assert next(s for s in part(paper, "I").statements if s.id == "I.cn3").label == "Conclusion 1"
    assert client.get(lost).status_code == 404
    assert client.post(f"/intake/documents/{paper.key}/corrections/{other.pk}/", {"take": "reading"}).status_code == 302
    assert not paper.corrections.filter(undone=None).exclude(conflict="").exists()


def test_a_rating_that_reads_otherwise_now_is_set_all_the_same(owned: Owned, client: Client, sample: Record) -> None:
    from evaltrail.record import ChangeRating

    paper, owner = owned
    client.force_login(owner)
    old = sample.evaluations[0].ratings[0]
    row = shelf.correct(owner, paper, ChangeRating(evaluation="I", old=old, new=old.model_copy(update={"value": 2.0, "as_printed": "2"})))
    first = sample.evaluations[0]
    read = old.model_copy(update={"value": 1.0, "as_printed": "1"})
    better = first.model_copy(update={"ratings": (read, *first.ratings[1:])})
    shelf.replay(paper, sample.model_copy(update={"evaluations": (better, *sample.evaluations[1:])}), owner)
    assert part(paper, "I").ratings[0].value == 1.0
    lost = f"/intake/documents/{paper.key}/corrections/{row.pk}/"
    assert "Make it all the same" in client.get(lost).content.decode()
    assert client.post(lost, {"take": "person"}).status_code == 302
    assert part(paper, "I").ratings[0].value == 2.0


def test_a_correction_of_an_evaluation_that_is_gone_is_made_of_another(owned: Owned, client: Client, sample: Record) -> None:
    from evaltrail.record import SetEvaluation

    paper, owner = owned
    client.force_login(owner)
    row = shelf.correct(owner, paper, SetEvaluation(evaluation="II", field="label", new="Part Two"))
    first, second, third = sample.evaluations
    other = second.model_copy(update={"id": "IX", "title": "Read otherwise"})
    shelf.replay(paper, sample.model_copy(update={"evaluations": (first, other, third)}), owner)
    gone = next(e.id for e in record_of(paper).evaluations if e.title == "Read otherwise")
    row.refresh_from_db()
    assert "no evaluation of the record is" in row.conflict
    lost = f"/intake/documents/{paper.key}/corrections/{row.pk}/"
    assert lost in client.get(f"/intake/documents/{paper.key}/").content.decode()
    assert "Of which evaluation is it?" in client.get(lost).content.decode()
    assert client.post(lost, {"take": "person", "part-evaluation": gone}).status_code == 302
    assert part(paper, gone).label == "Part Two"
