"""Comments on drafts: each group sees its own before release, and the team alone decides, with a reason."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations import actions_comments as actions
from evaltrail_office.evaluations.models import Comment, CommentKind, Decision
from evaltrail_office.evaluations.passages import passages
from evaltrail_office.evaluations.queries_comments import comments, counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    Person = Callable[..., User]

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(evaluation: Callable[..., Evaluation]) -> Evaluation:
    return evaluation("Ports")


@pytest.fixture
def draft(own: Evaluation, document: Callable[..., Document]) -> Document:
    """A draft that was circulated."""
    return document(own, own, own, stage="circulated")


@pytest.fixture
def team(person: Person, own: Evaluation) -> User:
    return person("team", own)


@pytest.fixture
def consulted(person: Person, own: Evaluation) -> Callable[[str], User]:
    """Somebody of a group of constituents who sits in the reference group, so that they see the draft."""

    def make(group: str) -> User:
        who = person("reference_group", own)
        if group:
            Grant.objects.create(user=who, role="constituent", evaluation=own.key, group=group, given_by="system:test")
        return who

    return make


def say(who: User, draft: Document, text: str = "It was 2019", at: int = 0) -> Comment:
    return actions.comment(who, draft, passages(draft)[at], CommentKind.FACT, text)


def test_passages_are_the_papers_own_in_its_order(draft: Document) -> None:
    found = passages(draft)
    assert len(found) == len({p.id for p in found}) > 20
    assert [p.position for p in found] == list(range(len(found)))
    numbers = [int(p.id[2:]) for p in found if p.id.startswith("p:")]
    assert numbers == sorted(numbers)


def test_groups_do_not_see_each_others_comments_before_release(
    draft: Document, team: User, consulted: Callable[[str], User], person: Person, own: Evaluation
) -> None:
    workers, employers, neither = consulted("workers"), consulted("employers"), consulted("")
    for who, text in ((workers, "of the workers"), (employers, "of the employers"), (neither, "of the reference group")):
        say(who, draft, text)

    def seen(who: User) -> set[str]:
        return {c.text.removeprefix("of the ") for c in comments(who, draft)}

    assert seen(workers) == {"workers", "reference group"}
    assert seen(employers) == {"employers", "reference group"}
    assert seen(neither) == {"reference group"}
    assert seen(team) == seen(person("manager", own)) == {"workers", "employers", "reference group"}
    assert seen(person("reader", own)) == seen(person()) == set()
    draft.stage = "released"
    draft.save()
    assert seen(workers) == seen(neither) == {"workers", "employers", "reference group"}


def test_another_evaluations_people_neither_see_nor_decide(
    draft: Document, team: User, person: Person, evaluation: Callable[..., Evaluation]
) -> None:
    made = say(team, draft)
    other = evaluation("Roads")
    part = draft.parts.last()
    assert part is not None
    part.evaluation_key = other.key
    part.save()
    neighbour = person("team", other)
    assert not comments(neighbour, draft).exists()
    with pytest.raises(PermissionDenied):
        actions.decide_comment(neighbour, made, Decision.REJECTED, "No")


@pytest.mark.parametrize("role", ["head", "manager", "commissioner", "reference_group", "verifier", "reader"])
def test_nobody_but_the_team_decides(role: str, draft: Document, team: User, person: Person, own: Evaluation) -> None:
    made = say(team, draft)
    with pytest.raises(PermissionDenied):
        actions.decide_comment(person(role, own), made, Decision.REJECTED, "No")
    made.refresh_from_db()
    assert made.decision == ""


def test_a_decision_has_a_reason_and_a_new_one_ends_the_old_disagreement(
    draft: Document, team: User, consulted: Callable[[str], User], person: Person, own: Evaluation
) -> None:
    who, manager = consulted("workers"), person("manager", own)
    made = say(who, draft)
    with pytest.raises(Refused) as fault:
        actions.decide_comment(team, made, Decision.REJECTED, "  ")
    assert fault.value.field == "reason"
    with pytest.raises(Refused):
        actions.disagree(who, made, "But it was 2019")
    actions.decide_comment(team, made, Decision.REJECTED, "The register says 2018")
    made.refresh_from_db()
    with pytest.raises(Refused):
        actions.print_disagreement(manager, made, printed=True)
    with pytest.raises(PermissionDenied):
        actions.disagree(manager, made, "I too")
    actions.disagree(who, made, "But it was 2019")
    with pytest.raises(PermissionDenied):
        actions.print_disagreement(who, made, printed=True)
    actions.print_disagreement(manager, made, printed=True)
    assert Comment.objects.get().printed
    actions.decide_comment(team, made, Decision.ACCEPTED, "It was 2019 indeed")
    made = Comment.objects.get()
    assert (made.decision, made.disagreement, made.printed) == ("accepted", "", False)


def test_drafts_are_commented_on_and_issued_papers_are_not(draft: Document, team: User) -> None:
    made = say(team, draft)
    for stage in ("issued", "released"):
        draft.stage = stage
        draft.save()
        with pytest.raises(Refused, match="issued"):
            say(team, draft)
    actions.withdraw_comment(team, made)
    assert not comments(team, draft).exists()


def test_a_comment_is_withdrawn_by_its_author_while_nothing_is_decided(
    draft: Document, team: User, consulted: Callable[[str], User]
) -> None:
    who = consulted("")
    made = say(who, draft)
    with pytest.raises(PermissionDenied):
        actions.withdraw_comment(team, made)
    actions.decide_comment(team, made, Decision.PARTLY, "In part")
    made.refresh_from_db()
    with pytest.raises(Refused):
        actions.withdraw_comment(who, made)


def test_comments_are_counted_by_kind_and_decision(draft: Document, team: User) -> None:
    for n in range(3):
        say(team, draft, at=n)
    actions.decide_comment(team, Comment.objects.all()[0], Decision.ACCEPTED, "Yes")
    fact, omission, _judgement = counted(comments(team, draft))
    assert fact[1:] == (3, [("", 2), ("accepted", 1), ("partly", 0), ("rejected", 0)])
    assert omission[1] == 0


@pytest.mark.parametrize("page", ["", "{comment}/", ".csv", ".docx"])
def test_the_log_is_for_those_who_are_consulted(
    page: str, client: Client, draft: Document, team: User, person: Person, own: Evaluation, evaluation: Callable[..., Evaluation]
) -> None:
    made = say(team, draft)
    base = f"/documents/{draft.key}/comments"
    address = f"{base}{page}" if page.startswith(".") else f"{base}/{page.format(comment=made.pk)}"
    for who, expected in (
        (team, 200),
        (person("commissioner", own), 200),
        (person("manager", evaluation("Else")), 404),
        (person("reader", own), 404),
        (person(), 404),
    ):
        client.force_login(who)
        assert client.get(address).status_code == expected
    draft.stage = "released"
    draft.save()
    client.force_login(person("reader"))
    answer = client.get(address)
    assert answer.status_code == 403
    assert "It was 2019" not in answer.content.decode("utf-8", "replace")
    client.logout()
    assert client.get(address).status_code == 302


def test_a_passage_is_commented_on_beside_it_and_decided(
    client: Client, draft: Document, team: User, consulted: Callable[[str], User]
) -> None:
    who = consulted("workers")
    passage = passages(draft)[30]
    address = f"/documents/{draft.key}/comments/?at={passage.id}"
    client.force_login(who)
    assert client.post(address, {"kind": "omission"}).status_code == 422
    said = client.post(address, {"kind": "omission", "text": "The crane is missing"}, follow=True).content.decode()
    assert "The crane is missing" in said
    made = Comment.objects.get()
    assert (made.passage, made.group, made.version) == (passage.id, "workers", 1)
    own = f"/documents/{draft.key}/comments/{made.pk}/"
    assert client.post(own, {"do": "decide", "decision": "rejected", "reason": "No"}).status_code == 403
    client.force_login(team)
    assert client.post(own, {"do": "decide", "decision": "rejected"}).status_code == 422
    said = client.post(own, {"do": "decide", "decision": "rejected", "reason": "It stands in §40"}, follow=True).content.decode()
    assert "It stands in §40" in said
    client.force_login(who)
    assert client.post(own, {"do": "disagree", "disagreement": "Not the big one"}).status_code == 302
    client.force_login(team)
    assert client.post(own, {"do": "print"}).status_code == 302
    assert Comment.objects.get().printed
    assert client.post(own, {"do": "burn"}).status_code == 404
    assert client.get(f"/documents/{draft.key}/comments/?show=open").status_code == 200
    assert f"/documents/{draft.key}/comments/" in client.get(f"/documents/{draft.key}/").content.decode()


def test_the_log_is_exported_safely(client: Client, draft: Document, team: User) -> None:
    say(team, draft, "=cmd()")
    client.force_login(team)
    table = client.get(f"/documents/{draft.key}/comments.csv").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(table)))["Comment"] == "'=cmd()"
    made: Any = client.get(f"/documents/{draft.key}/comments.docx")
    assert b"=cmd()" in zipfile.ZipFile(io.BytesIO(made.content)).read("word/document.xml")
    assert client.get(f"/documents/{draft.key}/comments.exe").status_code == 404


def test_the_log_asks_the_database_as_often_for_twenty_comments_as_for_ten(client: Client, draft: Document, team: User) -> None:
    client.force_login(team)
    asked = []
    for _n in range(2):
        for at in range(10):
            say(team, draft, at=at)
        client.get(f"/documents/{draft.key}/comments/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/documents/{draft.key}/comments/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
