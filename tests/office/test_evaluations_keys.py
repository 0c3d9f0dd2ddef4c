"""Evaluations and recommendations get keys that last, and a person says which statement is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from evaltrail_office.evaluations import actions
from evaltrail_office.evaluations.models import Check, Evaluation, Recommendation, Sameness
from evaltrail_office.jobs.models import Job
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


def matched(user: User, document: Document, *titles: str) -> list[Evaluation]:
    """The document's parts said to be new evaluations."""
    made = [actions.new_evaluation(user, title=title) for title in titles]
    for part, evaluation in zip(document.parts.all(), made, strict=False):
        actions.match_part(user, part, evaluation)
    return made


def test_a_new_evaluation_has_the_next_key_and_an_entry(person: Callable[..., User]) -> None:
    head = person("head")
    first = actions.new_evaluation(head, title="Small ports", period_from=2016, period_to=2021)
    second = actions.new_evaluation(head, title="Seafarers")
    assert (first.key, second.key) == ("E-00001", "E-00002")
    assert Entry.objects.filter(actor=head.key, verb="made", about=first.key).count() == 1


def test_who_makes_an_evaluation_without_working_in_the_whole_office_manages_it(person: Callable[..., User]) -> None:
    manager = person("manager", "E-00099")
    made = actions.new_evaluation(manager, title="Small ports")
    assert manager.grants.filter(evaluation=made.key, role="manager").exists()


def test_people_outside_the_office_make_none(person: Callable[..., User]) -> None:
    for user in (person("reader"), person()):
        with pytest.raises(PermissionDenied):
            actions.new_evaluation(user, title="Small ports")
    assert not Evaluation.objects.exists()


def test_matching_a_part_takes_over_what_the_paper_says_and_proposes_its_recommendations_as_new(
    person: Callable[..., User], document: Callable[..., Document]
) -> None:
    paper = document(stage="issued", kind="governing_body")
    (made,) = matched(person("head"), paper, "Small ports")
    made.refresh_from_db()
    assert (made.year, made.stage, made.state) == (2024, "issued", "completed")
    assert paper.parts.first().evaluation_key == made.key
    proposed = Sameness.objects.filter(document_key=paper.key)
    assert [s.statement_id for s in proposed] == ["I.r1", "I.r2", "I.r3", "I.r4", "I.r5"]
    assert all(s.recommendation is None and s.confirmed is None for s in proposed)


def test_only_who_may_match_both_the_paper_and_the_evaluation_does(
    person: Callable[..., User], document: Callable[..., Document], evaluation: Callable[..., Evaluation]
) -> None:
    paper, one, other = document(), evaluation(), evaluation()
    manager = person("manager", one)
    paper.brought_by = manager.key
    paper.save()
    with pytest.raises(PermissionDenied):
        actions.match_part(manager, paper.parts.first(), other)
    actions.match_part(manager, paper.parts.first(), one)
    with pytest.raises(PermissionDenied):
        actions.match_part(person("reader"), paper.parts.first(), None)


def test_confirming_gives_a_recommendation_its_key_words_and_answer(person: Callable[..., User], document: Callable[..., Document]) -> None:
    head, paper = person("head"), document()
    (made,) = matched(head, paper, "Small ports")
    assert actions.confirm_keys(head, paper) == 5
    found = list(made.recommendations.all())
    assert [(r.key, r.number, r.verdict) for r in found] == [
        ("R-000001", "1", "accepted"),
        ("R-000002", "2", "accepted"),
        ("R-000003", "3", "partially_accepted"),
        ("R-000004", "4", "noted"),
        ("R-000005", "5", "accepted"),
    ]
    assert found[0].text == paper.statements.get(record_id="I.r1").text
    assert paper.statements.get(record_id="I.r1").key == "R-000001"
    assert Entry.objects.filter(actor=head.key, verb="identified", about=made.key).count() == 5


def test_the_same_recommendation_in_a_second_paper_is_proposed_and_makes_no_second_one(
    person: Callable[..., User], document: Callable[..., Document]
) -> None:
    head, first = person("head"), document()
    (made,) = matched(head, first, "Small ports")
    actions.confirm_keys(head, first)
    second = document()
    actions.match_part(head, second.parts.first(), made)
    proposed = Sameness.objects.filter(document_key=second.key)
    assert [s.recommendation.key for s in proposed] == [f"R-00000{n}" for n in range(1, 6)]
    assert all(s.score > 0.9 for s in proposed)
    actions.confirm_keys(head, second)
    assert Recommendation.objects.count() == 5


def test_a_refused_match_is_proposed_as_a_new_recommendation(person: Callable[..., User], document: Callable[..., Document]) -> None:
    head, first = person("head"), document()
    (made,) = matched(head, first, "Small ports")
    actions.confirm_keys(head, first)
    second = document()
    actions.match_part(head, second.parts.first(), made)
    wrong = Sameness.objects.get(document_key=second.key, statement_id="I.r1")
    actions.refuse_key(head, wrong)
    (again,) = Sameness.objects.filter(document_key=second.key, statement_id="I.r1", refused=False)
    assert again.recommendation is None
    assert actions.confirm_key(head, again).key == "R-000006"


def test_a_confirmed_match_can_be_taken_back(person: Callable[..., User], document: Callable[..., Document]) -> None:
    head, first = person("head"), document()
    matched(head, first, "Small ports")
    actions.confirm_keys(head, first)
    actions.refuse_key(head, Sameness.objects.get(statement_id="I.r2", document_key=first.key))
    assert first.statements.get(record_id="I.r2").key == ""


def test_what_a_second_paper_was_proposed_to_bring_as_new_is_proposed_again_once_the_first_has_its_keys(
    person: Callable[..., User], document: Callable[..., Document]
) -> None:
    head, first, second = person("head"), document(), document()
    (made,) = matched(head, first, "Small ports")
    actions.match_part(head, second.parts.first(), made)
    assert not Sameness.objects.filter(document_key=second.key).exclude(recommendation=None).exists()
    actions.confirm_keys(head, first)
    assert [s.recommendation.key for s in Sameness.objects.filter(document_key=second.key)] == [f"R-00000{n}" for n in range(1, 6)]
    actions.confirm_keys(head, second)
    assert made.recommendations.count() == 5


def test_nothing_is_proposed_twice(person: Callable[..., User], document: Callable[..., Document]) -> None:
    head, paper = person("head"), document()
    matched(head, paper, "Small ports")
    assert actions.propose_keys(paper) == []
    actions.confirm_keys(head, paper)
    assert actions.propose_keys(paper) == []


def test_a_part_that_is_taken_back_leaves_no_keys_behind(person: Callable[..., User], document: Callable[..., Document]) -> None:
    head, paper = person("head"), document(stage="released")
    (made,) = matched(head, paper, "Small ports")
    actions.confirm_keys(head, paper)
    actions.match_part(head, paper.parts.first(), None)
    made.refresh_from_db()
    assert made.stage == "draft"
    assert not paper.statements.exclude(key="").exists()
    assert not Sameness.objects.exists()


def test_a_matched_paper_is_checked_once_a_version(
    person: Callable[..., User], document: Callable[..., Document], work: Callable[[], int]
) -> None:
    head, paper = person("head"), document()
    matched(head, paper, "Small ports", "Seafarers")
    work()
    assert [(job.state, job.fault) for job in Job.objects.filter(kind="evaluations.check")] == [("done", "")]
    kept = Check.objects.get(version=paper.current)
    assert kept.errors + kept.warnings + kept.notes == len(kept.body["remarks"]) > 0
    assert {r["rule"] for r in kept.body["remarks"]} >= {"NUM001", "RES002"}


def test_what_a_check_kept_is_shown_in_the_readers_language(
    client: Client, person: Callable[..., User], document: Callable[..., Document], work: Callable[[], int]
) -> None:
    head, paper = person("head"), document()
    matched(head, paper, "Small ports", "Seafarers")
    work()
    client.force_login(head)
    address = f"/documents/{paper.key}/checks/"
    assert "in the resource column." in client.get(address).text
    for language, words in (("fr", "dans la colonne des ressources."), ("es", "en la columna de los recursos.")):
        head.language = language
        head.save()
        with translation.override("en"):  # what a request leaves behind ends here
            page = client.get(address).text
        assert words in page
        assert '<p lang="en"' not in page
