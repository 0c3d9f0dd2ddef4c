"""The page of an evaluation says what its papers say, and to each person no more than they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail.link import linked
from evaltrail.record import Record as ARecord
from evaltrail_office.evaluations import actions
from evaltrail_office.shelf.models import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    People = Callable[..., User]
    Papers = Callable[..., Document]
    Evaluations = Callable[..., Evaluation]
    SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(evaluation: Evaluations, document: Papers, sample: Record) -> tuple[Evaluation, Document]:
    """An evaluation and the paper whose first part it is, links proposed as intake does."""
    own = evaluation("Small ports")
    return own, document(own, evaluation(), evaluation(), record=linked(sample))


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_its_owner_sees_what_the_paper_says_from_evidence_to_action(
    made: tuple[Evaluation, Document], person: People, signed_in: SignIn
) -> None:
    page = shown(signed_in(person("manager", made[0])), f"/evaluations/{made[0].key}/")
    for words in ("2016 to 2021", "12 February 2024", "Somewhat unsatisfactory", "0 of 30 statements confirmed", "Decision §85"):
        assert words in page
    for words in ("No evidence cited", "Rests on no conclusion", "Promises no action", "3 breaks", "Leads to no conclusion"):
        assert words in page
    assert page.count('class="node"') == 34
    assert "5 given, 5 answered" in page


def test_a_colleague_sees_it_once_it_is_released(made: tuple[Evaluation, Document], person: People, signed_in: SignIn) -> None:
    own, paper = made
    client = signed_in(person("reader"))
    assert client.get(f"/evaluations/{own.key}/").status_code == 404
    paper.stage = "released"
    paper.save()
    actions.refresh_stage(own.key)
    page = shown(client, f"/evaluations/{own.key}/")
    assert "Key finding" in page or "F1" in page
    assert "No evidence cited" in page


def test_a_colleague_with_a_role_elsewhere_sees_no_draft_of_it(
    made: tuple[Evaluation, Document], evaluation: Evaluations, person: People, signed_in: SignIn
) -> None:
    client = signed_in(person("manager", evaluation("Another one")))
    for address in (f"/evaluations/{made[0].key}/", f"/evaluations/{made[0].key}/trail/", f"/evaluations/{made[0].key}/history/"):
        assert client.get(address).status_code == 404


def test_a_stranger_is_asked_to_sign_in_and_then_finds_nothing(made: tuple[Evaluation, Document], client: Client, person: People) -> None:
    nobody = person()
    address = f"/evaluations/{made[0].key}/"
    assert client.get(address).status_code == 302
    client.force_login(nobody)
    assert client.get(address).status_code == 404


def test_of_an_announced_evaluation_others_see_that_it_is_and_none_of_its_drafts(
    made: tuple[Evaluation, Document], person: People, signed_in: SignIn
) -> None:
    made[0].announced = True
    made[0].save()
    page = shown(signed_in(person("constituent")), f"/evaluations/{made[0].key}/")
    assert "Small ports" in page
    assert "No paper says anything of this evaluation yet." in page
    assert made[1].key not in page


def test_what_the_checks_found_is_shown_to_those_who_work_on_it_and_to_no_reader(
    made: tuple[Evaluation, Document], person: People, signed_in: SignIn, work: Callable[[], int]
) -> None:
    own, paper = made
    paper.stage = "released"
    paper.save()
    actions.refresh_stage(own.key)
    actions.ask_for_check(paper, asked_by="system:test")
    work()
    assert "value-in-wrong-column" in shown(signed_in(person("manager", own)), f"/evaluations/{own.key}/")
    assert "value-in-wrong-column" not in shown(signed_in(person("reader")), f"/evaluations/{own.key}/")


def test_an_evaluation_without_papers_says_what_to_do_next(evaluation: Evaluations, person: People, signed_in: SignIn) -> None:
    page = shown(signed_in(person("head")), f"/evaluations/{evaluation().key}/")
    assert "No paper says anything of this evaluation yet." in page
    assert "Go to intake" in page


def test_the_rating_of_the_edition_before_stands_beside_the_new_one(
    made: tuple[Evaluation, Document], document: Papers, person: People, signed_in: SignIn
) -> None:
    own, old = made
    Rating.objects.filter(document=old, criterion="relevance").update(value=3)
    document(own, replaces=old)
    page = shown(signed_in(person("head")), f"/evaluations/{own.key}/")
    assert "The hollow mark is the 2024 rating." in page
    assert "3 in 2024" in page


def test_answers_in_another_paper_are_found_by_the_keys_of_the_recommendations(
    evaluation: Evaluations, document: Papers, sample: Record, person: People, signed_in: SignIn
) -> None:
    head, own = person("head"), evaluation("Small ports")
    part = sample.evaluations[0]
    without = part.model_copy(
        update={
            "statements": tuple(s for s in part.statements if s.kind != "response"),
            "links": tuple(x for x in part.links if x.kind != "answers"),
        }
    )
    only = part.model_copy(update={"statements": tuple(s for s in part.statements if s.kind in ("recommendation", "response"))})
    report = document(record=sample.model_copy(update={"evaluations": (without,)}), kind="report")
    response = document(record=sample.model_copy(update={"evaluations": (only,)}), kind="response")
    client = signed_in(head)
    for paper in (report, response):
        actions.match_part(head, paper.parts.get(), own)
    assert "5 given, 0 answered" in shown(client, f"/evaluations/{own.key}/")
    actions.confirm_keys(head, report)
    actions.confirm_keys(head, response)
    page = shown(client, f"/evaluations/{own.key}/")
    assert "5 given, 5 answered" in page
    assert f"/documents/{response.key}/statements/I.a1/" in page


def test_a_long_list_shows_its_beginning_and_leads_to_all_of_it(
    evaluation: Evaluations, document: Papers, person: People, signed_in: SignIn
) -> None:
    statements = [{"id": f"I.r{n}", "kind": "recommendation", "number": str(n), "text": f"Dig well {n}."} for n in range(1, 41)]
    own = evaluation("Wells")
    document(own, record=ARecord.model_validate({"evaluations": [{"id": "I", "statements": statements}]}))
    client = signed_in(person("head"))
    page = shown(client, f"/evaluations/{own.key}/")
    assert page.count('<div class="row"') == 25
    assert "All 40" in page
    rest = shown(client, f"/evaluations/{own.key}/statements/recommendations/?page=2")
    assert rest.count('<div class="row"') == 15
    assert "Dig well 40." in rest
    assert client.get(f"/evaluations/{own.key}/statements/secrets/").status_code == 404
    assert signed_in(person("manager", evaluation())).get(f"/evaluations/{own.key}/statements/findings/").status_code == 404


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_it_asks_the_database_as_often_for_many_papers_and_statements_as_for_few(
    made: tuple[Evaluation, Document], document: Papers, person: People, signed_in: SignIn, sample: Record, work: Callable[[], int]
) -> None:
    own, paper = made
    paper.confirmed = paper.made
    paper.save()
    client = signed_in(person("head"))
    client.get(f"/evaluations/{own.key}/")
    work()
    few = queries_of(client, f"/evaluations/{own.key}/")
    for _ in range(6):
        document(own, record=linked(sample), confirmed=paper.made, kind="response")
    client.get(f"/evaluations/{own.key}/")
    work()
    assert queries_of(client, f"/evaluations/{own.key}/") == few
    assert few <= 16


def test_the_rules_that_light_threads_are_for_everybody_and_hold_nothing(client: Client, person: People) -> None:
    person("head")
    answer: Any = client.get("/evaluations/threads-50.css")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert '[data-n="49"]' in answer.content.decode()
    assert client.get("/evaluations/threads-9999999.css").status_code == 404
