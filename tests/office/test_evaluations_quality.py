"""Quality is assessed after issue, by somebody who had no part in the evaluation, and signed when enough is judged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from evaltrail.check.profile import load
from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations import actions_quality as actions
from evaltrail_office.evaluations.models import Assessment, Contract
from evaltrail_office.evaluations.queries_quality import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    Person = Callable[..., User]

pytestmark = pytest.mark.django_db
STANDARD = "ilo"


@pytest.fixture
def own(evaluation: Callable[..., Evaluation]) -> Evaluation:
    return evaluation("Ports", stage="released")


@pytest.fixture
def report(own: Evaluation, document: Callable[..., Document]) -> Document:
    return document(own, stage="released")


@pytest.fixture
def verifier(person: Person) -> User:
    return person("verifier")


def judged(best: str | None = None) -> dict[str, tuple[str, str]]:
    used = load(STANDARD)
    return {i.id: (best or used.scoring.scale[0][1], "") for i in used.items}


def test_who_had_a_part_in_it_does_not_assess_it(own: Evaluation, report: Document, person: Person, verifier: User) -> None:
    past = timezone.localdate() - timedelta(days=400)
    for role in ("team", "manager"):
        Grant.objects.create(user=(who := person("verifier")), role=role, evaluation=own.key, ends=past, given_by="x")
        with pytest.raises(PermissionDenied, match="had a part"):
            actions.begin_assessment(who, own, report, STANDARD)
    hired = person("verifier")
    Contract.objects.create(evaluation=own, user=hired, name="Ada", role="editor", starts=past, ends=past, made_by="x")
    for who in (hired, person("head"), person("reader"), person("team", own)):
        with pytest.raises(PermissionDenied):
            actions.begin_assessment(who, own, report, STANDARD)
    assert actions.begin_assessment(verifier, own, report, STANDARD).made_by == verifier.key


def test_drafts_and_foreign_papers_are_not_assessed(
    own: Evaluation, report: Document, verifier: User, document: Callable[..., Document], evaluation: Callable[..., Evaluation]
) -> None:
    Grant.objects.create(user=verifier, role="reference_group", evaluation=own.key, given_by="x")
    for paper, standard, why in (
        (document(own, stage="circulated"), STANDARD, "not issued"),
        (document(evaluation("Else"), stage="released"), STANDARD, "does not belong"),
        (report, "no-such", "no such standard"),
        (report, "/etc/passwd", "no such standard"),
        (report, "evaltrail", "no such standard"),
    ):
        with pytest.raises(Refused, match=why):
            actions.begin_assessment(verifier, own, paper, standard)


def test_findings_of_the_program_are_made_by_a_worker_and_judge_nothing(
    own: Evaluation, report: Document, verifier: User, work: Callable[[], int]
) -> None:
    made = actions.begin_assessment(verifier, own, report, STANDARD)
    assert actions.begin_assessment(verifier, own, report, STANDARD) == made
    assert filled(made).score.share is None
    work()
    made.refresh_from_db()
    shown = filled(made)
    assert any(r.evidence for r in shown.rows)
    assert shown.score.share is None


def test_it_is_signed_when_enough_is_judged_and_then_frozen(own: Evaluation, report: Document, verifier: User) -> None:
    made = actions.begin_assessment(verifier, own, report, STANDARD)
    given = judged()
    few = dict(list(given.items())[: len(given) // 2])
    assert actions.judge(verifier, made, few) == len(few)
    assert actions.judge(verifier, made, few) == 0
    with pytest.raises(Refused, match="provisional"):
        actions.sign(verifier, made)
    actions.judge(verifier, made, given, "A sound report")
    signed = actions.sign(verifier, made)
    assert (signed.share, signed.words) == (1.0, "A sound report")
    with pytest.raises(Refused, match="signed"):
        actions.judge(verifier, made, few)
    with pytest.raises(Refused):
        actions.reopen(verifier, signed, " ")
    actions.reopen(verifier, signed, "A page was missed")
    assert Assessment.objects.get().signed is None
    actions.judge(verifier, made, {next(iter(given)): ("", "")})


def test_only_its_own_words_are_judgements(own: Evaluation, report: Document, verifier: User, person: Person) -> None:
    made = actions.begin_assessment(verifier, own, report, STANDARD)
    item = next(iter(judged()))
    for given in ({item: ("splendid", "")}, {"X99": (judged()[item][0], "")}):
        with pytest.raises(Refused):
            actions.judge(verifier, made, given)
    with pytest.raises(PermissionDenied):
        actions.judge(person("verifier"), made, judged())
    assert not made.judgements.exists()


def test_a_sheet_is_its_assessors_until_it_is_signed(
    client: Client, own: Evaluation, report: Document, verifier: User, person: Person
) -> None:
    made = actions.begin_assessment(verifier, own, report, STANDARD)
    every = f"/evaluations/{own.key}/quality/"
    one = f"{every}{made.pk}/"
    others, stranger = (person("verifier"), person("team", own), person("reader")), person()
    for signed in (False, True):
        if signed:
            actions.judge(verifier, made, judged())
            actions.sign(verifier, made)
        for who in (verifier, *others):
            client.force_login(who)
            listed = client.get(every)
            assert listed.status_code == 200
            assert (one in listed.content.decode()) == (signed or who is verifier)
            assert client.get(one).status_code == (200 if signed or who is verifier else 404)
            if who is not verifier:
                assert client.post(one, {"do": "reopen", "reason": "Mine"}).status_code == (403 if signed else 404)
        client.force_login(stranger)
        assert client.get(every).status_code == client.get(one).status_code == 404
    client.logout()
    assert client.get(every).status_code == client.get(one).status_code == 302


def test_a_sheet_is_filled_in_section_by_section_and_its_result_stands_on_the_evaluations_page(
    client: Client, own: Evaluation, report: Document, verifier: User, work: Callable[[], int]
) -> None:
    client.force_login(verifier)
    answer = client.post(f"/evaluations/{own.key}/quality/", {"document": report.pk, "profile": STANDARD})
    assert answer.status_code == 302
    work()
    address = answer.headers["Location"]
    said = client.get(address).content.decode()
    assert "The program:" in said
    worst = load(STANDARD).scoring.scale[-1][1]
    given = judged()
    first = next(iter(given))
    form = {f"item-{i}": word for i, (word, _said) in given.items()} | {f"item-{first}": worst, f"said-{first}": "Nowhere"}
    assert client.post(address, form | {"section": "1", "do": "save"}).headers["Location"] == f"{address}#section-1"
    assert "Nowhere" in client.get(address).content.decode()
    assert f"/evaluations/{own.key}/quality/1" not in client.get(f"/evaluations/{own.key}/").content.decode()
    client.post(address, {"do": "sign", "words": "A sound report"})
    said = client.get(f"/evaluations/{own.key}/").content.decode()
    assert address in said
    assert "of the weight judged" in said
    assert client.post(address, {"do": "reopen", "reason": "A page was missed"}).status_code == 302
    assert address not in client.get(f"/evaluations/{own.key}/").content.decode()


def test_what_the_program_found_is_told_in_the_assessors_language(
    client: Client, own: Evaluation, report: Document, verifier: User, work: Callable[[], int]
) -> None:
    made = actions.begin_assessment(verifier, own, report, STANDARD)
    work()
    client.force_login(verifier)
    for language, words in (
        ("", "No rule looks at this."),
        ("fr", "Aucune règle n’examine ce point."),
        ("es", "Ninguna regla examina este punto."),
    ):
        verifier.language = language
        verifier.save()
        with translation.override("en"):  # what a request leaves behind ends here
            page = client.get(f"/evaluations/{own.key}/quality/{made.pk}/").text
        assert words in page
        assert ("<b>for a person to judge</b>" in page) == (language == "")
