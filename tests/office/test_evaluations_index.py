"""The index in memory gives what the database would, and follows what people do."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.models import Grant
from evaltrail_office.evaluations.index import KINDS, Index
from evaltrail_office.evaluations.models import Evaluation, Facet
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(evaluation: Callable[..., Evaluation]) -> list[Evaluation]:
    """Sixty evaluations of all kinds."""
    rng = Random(5)  # noqa: S311 - the same in every run
    today = timezone.localdate()
    made = []
    for n in range(60):
        own = evaluation(
            f"Evaluation {n} of ports",
            organisation=rng.choice(["Tarsa Compact", "Merrow", ""]),
            year=rng.choice([2019, 2020, 2021, None]),
            kind=rng.choice(["centralised", "joint", ""]),
            stage=rng.choice(["draft", "circulated", "issued", "released"]),
            embargo=rng.choice([None, today, today + timedelta(days=1)]),
            announced=rng.random() < 0.2,
        )
        for country in rng.sample(["Kenya", "Peru", "Nepal"], rng.randint(0, 2)):
            Facet.objects.create(evaluation=own, kind="country", value=country)
        made.append(own)
    return made


@pytest.mark.parametrize("role", ["head", "reader", "governing_body", "verifier", "constituent", ""])
def test_it_shows_what_the_database_would(role: str, many: list[Evaluation], person: Callable[..., User]) -> None:
    user = person(role)
    for own in many[:9]:
        Grant.objects.create(user=user, role="manager", evaluation=own.key, given_by="system:test")
    seen = Index().find(scope_of(user), {}, limit=100)
    assert seen.keys == tuple(
        e.key for e in sorted(visible(user, Evaluation.objects.all()), key=lambda e: (e.year or 0, e.pk), reverse=True)
    )
    assert seen.total == len(seen.keys)


@pytest.mark.parametrize("seed", range(12))
def test_facets_narrow_and_count_as_the_database_would(seed: int, many: list[Evaluation], person: Callable[..., User]) -> None:
    rng = Random(seed)  # noqa: S311 - the same in every run
    values = {"organisation": ["Tarsa Compact", ""], "year": ["2019", "2020"], "type": ["joint"], "country": ["Kenya", "Peru"]}
    chosen = {kind: rng.sample(of, rng.randint(1, len(of))) for kind, of in values.items() if rng.random() < 0.5}
    columns = {"organisation": "organisation__in", "year": "year__in", "type": "kind__in"}

    def rows(of: dict[str, list[str]]) -> set[int]:
        found = Evaluation.objects.all()
        for kind, wanted in of.items():
            if kind == "country":
                found = found.filter(facets__kind="country", facets__value__in=wanted)
            else:
                found = found.filter(**{columns[kind]: wanted})
        return set(found.values_list("pk", flat=True))

    seen = Index().find(scope_of(person("head")), chosen, limit=100)
    assert seen.total == len(rows(chosen))
    for value, count in seen.facets["country"]:
        without = {k: v for k, v in chosen.items() if k != "country"}
        assert count == len(rows({**without, "country": [value]}))


def test_pages_follow_each_other_without_gap(many: list[Evaluation], person: Callable[..., User]) -> None:
    scope = scope_of(person("head"))
    index = Index()
    pages = [key for at in range(0, 60, 7) for key in index.find(scope, {}, limit=7, offset=at).keys]
    assert pages == list(index.find(scope, {}, limit=100).keys)
    assert len(set(pages)) == 60


def test_it_follows_the_journal(many: list[Evaluation], person: Callable[..., User]) -> None:
    user = person("head")
    index = Index()
    before = dict(index.find(scope_of(user), {}).facets["organisation"])
    changed = next(e for e in many if e.organisation == "Merrow")
    changed.organisation = "Nowhere"
    changed.save()
    note(user, "changed", f"evaluation:{changed.key}", about=changed.key)
    after = dict(index.find(scope_of(user), {}).facets["organisation"])
    assert after == {**before, "Merrow": before["Merrow"] - 1, "Nowhere": 1}


def test_it_knows_a_new_evaluation_and_the_ratings_of_its_papers(
    many: list[Evaluation], evaluation: Callable[..., Evaluation], document: Callable[..., Document], person: Callable[..., User]
) -> None:
    user = person("head")
    index = Index()
    index.find(scope_of(user), {})
    own = evaluation("Cold rooms")
    made = document(own)
    note(user, "matched", f"document:{made.key}")
    seen = index.find(scope_of(user), {"criterion": ["relevance"]}, words="cold ROOMS")
    assert seen.keys == (own.key,)
    assert dict(seen.facets["rating"])


def test_ratings_of_a_draft_are_counted_for_nobody_who_does_not_see_it(
    evaluation: Callable[..., Evaluation], document: Callable[..., Document], person: Callable[..., User]
) -> None:
    own = evaluation("Cold rooms", announced=True)
    draft = document(own)
    reader, head = scope_of(person("reader")), scope_of(person("head"))
    assert Index().find(reader, {}).keys == (own.key,)
    assert Index().find(reader, {}).facets["rating"] == []
    assert Index().find(reader, {"criterion": ["relevance"]}).total == 0
    assert Index().find(head, {"criterion": ["relevance"]}).total == 1
    draft.stage = "released"
    draft.save()
    assert Index().find(reader, {"criterion": ["relevance"]}).total == 1


def test_where_nothing_has_changed_one_query_answers(
    many: list[Evaluation], person: Callable[..., User], django_assert_num_queries: Callable[..., object]
) -> None:
    scope = scope_of(person("head"))
    index = Index()
    note("system:test", "began", "office:1")
    index.find(scope, {})
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        index.find(scope, {"organisation": ["Merrow"], "year": ["2019"], "country": ["Kenya"]})


def test_every_kind_is_offered(many: list[Evaluation], person: Callable[..., User]) -> None:
    assert tuple(Index().find(scope_of(person("head")), {}).facets) == KINDS
