"""Who sees and does what: the condition on rows and the answer for one row are the same, and each rule holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evaltrail_office.accounts import access
from evaltrail_office.accounts.access import forget_scope, groups_hidden_from, may, require, scope_of, sees, visible
from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.accounts.policy import Group, Role, Stage, Verb
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.shelf.models import Document, Part

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
KEYS = ("E-00001", "E-00002", "E-00003")
PEOPLE = ("one", "two")
days = st.sampled_from([None, -1, 0, 1])
stages = st.sampled_from(list(Stage))
evaluations = st.tuples(*(st.fixed_dictionaries({"stage": stages, "embargo": days, "announced": st.booleans()}) for _ in KEYS))
documents = st.lists(
    st.fixed_dictionaries(
        {
            "stage": stages,
            "embargo": days,
            "brought_by": st.sampled_from(PEOPLE),
            "parts": st.lists(st.sampled_from(("", *KEYS)), max_size=3),
        }
    ),
    max_size=6,
)
grants = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(list(Role)),
            "evaluation": st.sampled_from(("", *KEYS)),
            "starts": days,
            "ends": days,
            "withdrawn": st.booleans(),
            "emergency": st.booleans(),
            "hours": st.sampled_from([0, 23, 25]),
        }
    ),
    max_size=5,
)


def _day(offset: int | None):
    return None if offset is None else timezone.localdate() + timedelta(days=offset)


class Agreement(TestCase):
    """Over random grants, stages and embargo dates."""

    @settings(max_examples=max(settings().max_examples // 2, 50))
    @given(evaluations, documents, grants, st.sampled_from([0, access.MANY]))
    def test_rows_that_are_visible_are_those_that_each_may_be_seen(self, evaluations, documents, grants, many) -> None:
        people = {n: User.objects.create_user(f"{n}@office.example", name=n) for n in PEOPLE}
        for key, row in zip(KEYS, evaluations, strict=True):
            own = Evaluation.objects.create(key=key, title=key, made_by="x", **row | {"embargo": _day(row["embargo"])})
            Recommendation.objects.create(key=f"R-{key}", evaluation=own, position=1, text="Do.")
        for n, row in enumerate(documents):
            own = Document.objects.create(
                key=f"D-{n}", title="t", stage=row["stage"], embargo=_day(row["embargo"]), brought_by=people[row["brought_by"]].key
            )
            for position, key in enumerate(row["parts"]):
                Part.objects.create(document=own, position=position, record_id=str(position), evaluation_key=key)
        for row in grants:
            role, evaluation = row["role"], row["evaluation"]
            emergency = row["emergency"] and bool(evaluation)
            Grant.objects.create(
                user=people["one"],
                role=role,
                evaluation=evaluation if role.office_wide else evaluation or KEYS[0],
                starts=_day(row["starts"]),
                ends=_day(row["ends"] or 0) if role == Role.TEAM else _day(row["ends"]),
                group="workers" if role == Role.CONSTITUENT else "",
                withdrawn=timezone.now() if row["withdrawn"] else None,
                emergency=emergency,
                reason="because",
                given=timezone.now() - timedelta(hours=row["hours"]),
                given_by="x",
            )
        before, access.MANY = access.MANY, many
        try:
            for user in people.values():
                scope = scope_of(user)
                for model in (Evaluation, Document, Recommendation):
                    told = {row.pk for row in model.objects.all() if sees(scope, row.standing())}
                    assert set(visible(user, model.objects.all()).values_list("pk", flat=True)) == told
        finally:
            access.MANY = before


def test_a_stranger_sees_nothing_and_a_person_without_a_role_neither(person, evaluation, document) -> None:
    from django.contrib.auth.models import AnonymousUser

    own = evaluation(stage="released", announced=True)
    document(own, stage="released")
    for user in (AnonymousUser(), person(), person(administrator=True)):
        for model in (Evaluation, Document, Recommendation):
            assert not visible(user, model.objects.all()).exists()


def test_a_colleague_with_a_role_elsewhere_sees_what_is_released_and_nothing_else(person, evaluation, document) -> None:
    elsewhere = evaluation()
    colleague = person("manager", elsewhere)
    seen = {stage: document(evaluation(stage=stage), stage=stage) for stage in Stage}
    assert [stage for stage, own in seen.items() if may(colleague, Verb.SEE, own)] == [Stage.RELEASED]


def test_management_sees_no_draft_before_it_is_circulated(person, evaluation, document) -> None:
    own = evaluation()
    paper = document(own)
    managers = [person(role, own) for role in ("commissioner", "focal_point", "coordinator", "reference_group")]
    assert not any(may(user, Verb.SEE, paper) for user in managers)
    paper.stage = Stage.CIRCULATED
    assert all(may(user, Verb.SEE, paper) for user in managers)


def test_the_governing_body_sees_an_issued_paper_from_its_embargo_date_on(person, evaluation, document) -> None:
    own = evaluation()
    paper = document(own, stage="issued", embargo=timezone.localdate() + timedelta(days=1))
    member = person("governing_body")
    assert not may(member, Verb.SEE, paper)
    paper.embargo = timezone.localdate()
    assert may(member, Verb.SEE, paper)


def test_a_team_sees_nothing_from_the_day_after_its_contract(person, evaluation) -> None:
    own = evaluation()
    assert may(person("team", own, ends=timezone.localdate()), Verb.SEE, own)
    assert not may(person("team", own, ends=timezone.localdate() - timedelta(days=1)), Verb.SEE, own)


def test_a_draft_on_two_evaluations_is_opened_to_others_only_by_who_may_in_both(person, evaluation, document) -> None:
    one, other = evaluation(), evaluation()
    manager = person("manager", one)
    paper = document(one, other, record=None)
    Part.objects.create(document=paper, position=9, record_id="more", evaluation_key=other.key)
    assert may(manager, Verb.CORRECT, paper)
    assert not may(manager, Verb.CIRCULATE, paper)
    Grant.objects.create(user=manager, role="manager", evaluation=other.key, given_by="x")
    forget_scope(manager)
    assert may(manager, Verb.CIRCULATE, paper)


@pytest.mark.parametrize("role", ["head", "manager", "team"])
def test_nobody_judges_the_quality_of_their_own_report(role: str, person, evaluation, document) -> None:
    own = evaluation(stage="issued")
    paper = document(own, stage="issued")
    user = person("verifier")
    assert may(user, Verb.ASSESS, paper)
    Grant.objects.create(user=user, role=role, evaluation=own.key, given_by="x", ends=timezone.localdate())
    forget_scope(user)
    assert not may(user, Verb.ASSESS, paper)


def test_emergency_access_shows_everything_of_one_evaluation_for_a_day_and_lets_nothing_be_done(person, evaluation, document) -> None:
    own, other = evaluation(), evaluation()
    paper = document(own)
    user = person(administrator=True)
    grant = Grant.objects.create(user=user, role="reader", evaluation=own.key, emergency=True, reason="A fault.", given_by=user.key)
    assert may(user, Verb.SEE, paper)
    assert may(user, Verb.SEE, own)
    assert not may(user, Verb.SEE, other)
    assert not any(may(user, verb, paper) for verb in Verb if verb is not Verb.SEE)
    Grant.objects.filter(pk=grant.pk).update(given=timezone.now() - timedelta(hours=24, seconds=1))
    forget_scope(user)
    assert not may(user, Verb.SEE, paper)


def test_an_ended_account_sees_nothing_although_its_grants_stand(person, evaluation) -> None:
    user = person("head")
    user.is_active = False
    assert not may(user, Verb.SEE, evaluation())


def test_constituents_see_the_entries_of_their_own_group_only(person, evaluation) -> None:
    own, other = evaluation(), evaluation()
    worker = scope_of(person("constituent", own, group="workers"))
    assert groups_hidden_from(worker, own.key) == {Group.GOVERNMENT, Group.EMPLOYERS}
    assert groups_hidden_from(worker, other.key) == set(Group)
    assert groups_hidden_from(scope_of(person("constituent", group="employers")), own.key) == {Group.GOVERNMENT, Group.WORKERS}
    assert groups_hidden_from(scope_of(person("commissioner", own)), own.key) == set(Group)
    for drafter in (person("team", own), person("manager", own), person("head")):
        assert groups_hidden_from(scope_of(drafter), own.key) == set()


def test_a_refusal_says_whose_it_is_to_do(person, evaluation) -> None:
    own = evaluation(stage="released")
    with pytest.raises(PermissionDenied, match=r"to pass a gate here\. It is for: head of evaluation\."):
        require(person("manager", own), Verb.APPROVE, own)


def test_roles_are_read_once_a_request(person, evaluation, django_assert_num_queries: Callable) -> None:
    user = person("manager", evaluation())
    with django_assert_num_queries(1):
        scope_of(user)
        scope_of(user)
