"""Words are found in what a person may see, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaltrail.record import Evaluation as Part
from evaltrail.record import Observation, Passage, Record
from evaltrail_office.shelf import search
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

pytestmark = pytest.mark.django_db


def saying(*texts: str, language: str = "en") -> Record:
    """A record with these findings."""
    found = tuple(Observation(id=f"f{n}", kind="finding", number=str(n), label=f"Finding {n}", text=t) for n, t in enumerate(texts, 1))
    return Record(
        document={"title": "Landing sites", "language": language},
        evaluations=(Part(id="e1", statements=found),),
        passages=(Passage(kind="paragraph", marker="7.", text="The nets were mended on the quay."),),
    )


def texts(hits: search.Hits) -> list[str]:
    return [hit.text for hit in hits.hits]


@pytest.fixture
def head(person: Callable[..., User]) -> User:
    return person("head")


def test_words_are_found_whatever_their_ending_case_and_accents(document: Callable[..., Document], head: User) -> None:
    search.write([document(record=saying("Repairs took 74 days.", "Committees still meet."))])
    search.write([document(record=saying("Les réparations ont duré 74 jours.", language="fr"))])
    assert texts(search.search(head, "REPAIR")) == ["Repairs took 74 days."]
    assert texts(search.search(head, "réparation")) == ["Les réparations ont duré 74 jours."]
    assert texts(search.search(head, "reparations"))[0] == "Les réparations ont duré 74 jours."
    hit = search.search(head, "meeting committee").hits[0]
    assert [hit.text[a:b] for a, b in hit.marks] == ["Committees", "meet"]
    assert (hit.kind, hit.id, hit.label) == ("finding", "f2", "Finding 2")


def test_phrases_stand_together_and_words_after_a_minus_nowhere(document: Callable[..., Document], head: User) -> None:
    search.write([document(record=saying("cold rooms stand idle", "rooms are cold", "cold rooms work"))])
    assert texts(search.search(head, '"cold rooms" -idle')) == ["cold rooms work"]
    assert texts(search.search(head, "rooms cold idle"))[0] == "cold rooms stand idle"


def test_passages_are_found_beside_statements_and_kinds_can_be_chosen(document: Callable[..., Document], head: User) -> None:
    search.write([document(record=saying("Nets were too few."))])
    assert {h.kind for h in search.search(head, "nets").hits} == {"finding", "passage"}
    assert [h.kind for h in search.search(head, "nets", kinds=["passage"]).hits] == ["passage"]


def test_a_draft_is_found_by_those_who_may_see_it_alone(
    document: Callable[..., Document], evaluation: Callable[..., Evaluation], person: Callable[..., User]
) -> None:
    own, other = evaluation(), evaluation()
    draft = document(own, record=saying("The harbour silts up."))
    search.write([draft])
    assert texts(search.search(person("team", own), "harbour"))
    assert not search.search(person("team", other), "harbour").hits
    assert not search.search(person("reader"), "harbour").hits
    assert not search.search(person(administrator=True), "harbour").hits
    Document.objects.update(stage="released")
    # The index was not written again: the database decides.
    assert texts(search.search(person("reader"), "harbour"))


def test_hits_beyond_those_that_may_not_be_seen_are_found(
    document: Callable[..., Document], evaluation: Callable[..., Evaluation], person: Callable[..., User]
) -> None:
    search.write([document(evaluation(), record=saying(*(f"harbour {n}" for n in range(150))))])
    search.write(
        [document(evaluation(), record=saying("a harbour among many other words that make it rank last of all"), stage="released")]
    )
    assert len(search.search(person("reader"), "harbour").hits) == 1


def test_pages_follow_each_other(document: Callable[..., Document], head: User) -> None:
    search.write([document(record=saying(*(f"quay {n}" for n in range(45))))])
    pages = [search.search(head, "quay", limit=20, offset=at, kinds=["finding"]) for at in (0, 20, 40)]
    assert [(len(p.hits), p.more) for p in pages] == [(20, True), (20, True), (5, False)]
    assert len({h.id for p in pages for h in p.hits}) == 45


def test_what_has_all_of_the_words_comes_before_what_has_some_and_nothing_comes_twice(
    document: Callable[..., Document], head: User
) -> None:
    said = [f"{'quay ' * (n % 5)}{'nets' if n % 3 else 'nets on a quay'} {n}" for n in range(60)]
    search.write([document(record=saying(*said))])
    pages = [search.search(head, "quay nets -mended", limit=20, offset=at) for at in range(0, 80, 20)]
    found = [h.text for p in pages for h in p.hits]
    both = ["quay" in text for text in found]
    assert sorted(found) == sorted(said)
    assert both == sorted(both, reverse=True)
    assert both.count(False) > 5
    assert not pages[-1].hits


def test_a_new_version_takes_the_place_of_the_old_one(document: Callable[..., Document], head: User) -> None:
    from evaltrail_office.shelf import store

    made = document(record=saying("old words"))
    search.write([made])
    store.put(made, saying("new words"), how="corrected", actor=head)
    search.write([made])
    assert texts(search.search(head, "words")) == ["new words"]
    search.drop(made.key)
    assert not search.search(head, "words").hits


def test_a_worker_indexes_what_is_asked_for_and_can_make_it_all_anew(
    document: Callable[..., Document], head: User, work: Callable[[], int]
) -> None:
    made = document(record=saying("quay walls"))
    search.index(made)
    search.index(made)
    work()
    assert len(search.search(head, "quay", kinds=["finding"]).hits) == 1
    search.rebuild()
    work()
    assert len(search.search(head, "quay", kinds=["finding"]).hits) == 1


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "-", "-harbour", '"" ""', "(((", "a:b AND [", "\x00", "^~*", "é" * 5000, "text_en:* OR /a.*/"]
)
def test_any_query_is_answered(query: str, document: Callable[..., Document], head: User) -> None:
    search.write([document(record=saying("harbour"))])
    assert search.search(head, query).hits == ()


def test_nothing_is_found_before_anything_was_indexed(head: User) -> None:
    assert search.search(head, "harbour") == search.Hits(query="harbour")
