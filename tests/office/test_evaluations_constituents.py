"""Constituents: those who are named for an evaluation are consulted on its drafts, and find what waits for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.policy import Role, Stage, Verb
from evaltrail_office.evaluations import actions_comments as actions
from evaltrail_office.evaluations.models import CommentKind, Decision, Gate, GateKind, Plan
from evaltrail_office.evaluations.passages import passages
from evaltrail_office.evaluations.queries_comments import comments
from evaltrail_office.papers.queries import reached

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Comment, Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db
MINE = "/comments/mine/"


@pytest.fixture
def own(evaluation: Callable[..., Evaluation]) -> Evaluation:
    return evaluation("Ports", stage="circulated")


@pytest.fixture
def draft(own: Evaluation, document: Callable[..., Document]) -> Document:
    return document(own, own, own, stage="circulated", title="Draft on ports")


def say(who: User, draft: Document, text: str = "It was 2019", at: int = 0) -> Comment:
    return actions.comment(who, draft, passages(draft)[at], CommentKind.FACT, text)


@pytest.mark.parametrize("stage", list(Stage))
def test_one_who_is_named_sees_the_papers_from_when_they_are_circulated(
    stage: Stage, own: Evaluation, draft: Document, person: Callable[..., User]
) -> None:
    draft.stage = stage
    assert may(person("constituent", own), Verb.SEE, draft) is (stage != "draft")
    assert may(person("constituent"), Verb.SEE, draft) is (stage == "released")


def test_one_who_is_named_elsewhere_sees_the_draft_no_more_than_one_of_the_whole_office(
    client: Client, own: Evaluation, draft: Document, person: Callable[..., User], evaluation: Callable[..., Evaluation]
) -> None:
    assert own.stage == "circulated"
    for who in (person("constituent", evaluation("Roads")), person("constituent"), person()):
        client.force_login(who)
        assert client.get(f"/documents/{draft.key}/comments/").status_code == 404
        assert draft.title not in client.get(MINE).content.decode()
        with pytest.raises(PermissionDenied):
            say(who, draft)


def test_named_constituents_comment_and_do_not_see_what_another_group_says(
    own: Evaluation, draft: Document, person: Callable[..., User]
) -> None:
    workers, employers = person("constituent", own, group="workers"), person("constituent", own, group="employers")
    made = say(workers, draft, "of the workers")
    say(employers, draft, "of the employers")
    assert made.group == "workers"
    assert {c.text for c in comments(workers, draft)} == {"of the workers"}
    assert {c.text for c in comments(employers, draft)} == {"of the employers"}


def test_comments_on_the_other_evaluation_of_a_paper_stay_with_those_who_are_named_for_it(
    own: Evaluation, draft: Document, person: Callable[..., User], evaluation: Callable[..., Evaluation]
) -> None:
    other = evaluation("Roads")
    part = draft.parts.last()
    assert part is not None
    part.evaluation_key = other.key
    part.save()
    theirs = next(n for n, p in enumerate(passages(draft)) if p.evaluation == other.key)
    say(person("commissioner", other), draft, "of another evaluation", at=theirs)
    who = person("constituent", own)
    Grant.objects.create(user=who, role="constituent", evaluation="", group="workers", given_by="system:test")
    assert may(who, Verb.SEE, draft)
    assert not comments(who, draft).exists()
    with pytest.raises(PermissionDenied):
        say(who, draft, at=theirs)


def test_before_a_paper_is_circulated_it_is_told_that_it_will_reach_those_who_are_named_alone(
    own: Evaluation, draft: Document, person: Callable[..., User]
) -> None:
    named, everywhere = person("constituent", own), person("constituent")
    told = {r.role: r.people for r in reached(draft, Stage.CIRCULATED, before=Stage.DRAFT)}
    assert told[Role.CONSTITUENT] == (named.name,)
    assert everywhere.name not in {name for names in told.values() for name in names}


def test_they_come_to_what_waits_for_them_and_see_what_was_decided(
    client: Client, own: Evaluation, draft: Document, person: Callable[..., User]
) -> None:
    who = person("constituent", own)
    client.force_login(who)
    assert client.get("/", follow=True).redirect_chain == [(MINE, 302)]
    page = client.get(MINE).content.decode()
    assert draft.title in page
    assert "The plan names no day until when." in page
    assert "You have commented on nothing yet." in page
    Plan.objects.create(evaluation=own, issues=date(2031, 5, 1), made_by="x")
    assert "The plan has the report issued on 1 May 2031." in client.get(MINE).content.decode()
    Gate.objects.create(evaluation=own, kind=GateKind.FINAL, due=date(2031, 3, 3))
    assert "The plan has the final report approved by 3 March 2031." in client.get(MINE).content.decode()
    made = say(who, draft)
    actions.decide_comment(person("team", own), made, Decision.REJECTED, "The register says 2018")
    say(person("constituent", own, group="employers"), draft, "Said by another")
    page = client.get(MINE).content.decode()
    assert "The register says 2018" in page
    assert "1 comment that you made" in page
    assert "Said by another" not in page
    assert "The register says 2018" not in client.get(f"{MINE}?show=open").content.decode()


def test_the_page_holds_nothing_of_others_for_a_colleague_and_leads_a_stranger_to_signing_in(
    client: Client, own: Evaluation, draft: Document, person: Callable[..., User], evaluation: Callable[..., Evaluation]
) -> None:
    say(person("constituent", own), draft)
    assert client.get(MINE).status_code == 302
    client.force_login(person("manager", evaluation("Roads")))
    page = client.get(MINE).content.decode()
    assert "It was 2019" not in page
    assert draft.title not in page
    assert 'href="/comments/mine/"' not in page


def test_what_one_said_is_gone_from_the_page_with_the_role_that_showed_the_paper(
    client: Client, own: Evaluation, draft: Document, person: Callable[..., User]
) -> None:
    who = person("constituent", own)
    say(who, draft)
    Grant.objects.filter(user=who).update(evaluation="")
    client.force_login(who)
    assert "It was 2019" not in client.get(MINE).content.decode()


def test_it_asks_the_database_as_often_for_twenty_as_for_ten(
    client: Client, own: Evaluation, draft: Document, person: Callable[..., User], document: Callable[..., Document]
) -> None:
    who = person("constituent", own)
    client.force_login(who)
    asked = []
    for _n in range(2):
        for at in range(8):
            say(who, draft, at=at)
        for _d in range(4):
            document(own, stage="circulated")
        client.get(MINE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(MINE).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
