"""What a paper may be to one that the office has: proposed among what the bringer may see, decided by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.intake.likeness import compared, found, stem
from evaltrail_office.intake.models import Batch, Item, Likeness, Resemblance

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    People = Callable[..., User]
    SignIn = Callable[[User], Client]
    Papers = Callable[..., Document]

pytestmark = pytest.mark.django_db


def other(record: Record, *, language: str | None = None, symbol: str | None = None, title: str | None = None) -> Record:
    info = record.document
    changes = {"language": language or info.language, "symbol": symbol or info.symbol, "title": title or info.title, "sha256": "0" * 64}
    return record.model_copy(update={"document": info.model_copy(update=changes)})


def shortened(record: Record) -> Record:
    """Half the recommendations and a third of the words."""
    parts = tuple(
        e.model_copy(update={"statements": tuple(s for s in e.statements if s.kind == "recommendation" and s.parent is None)})
        for e in record.evaluations
    )
    pages = tuple(p.model_copy(update={"text": p.text[: len(p.text) // 3]}) for p in record.pages)
    return other(record).model_copy(update={"evaluations": parts, "pages": pages})


def translated(record: Record) -> Record:
    parts = tuple(
        e.model_copy(update={"statements": tuple(s.model_copy(update={"text": f"mots étrangers {s.number}"}) for s in e.statements)})
        for e in record.evaluations
    )
    return other(record, language="fr", title="Trois évaluations").model_copy(update={"evaluations": parts})


@pytest.mark.parametrize(
    "symbol, expected",
    [("EC/2024/7/Rev.1", "EC/2024/7"), ("EC/2024/7(F)", "EC/2024/7"), ("EC/2024/7/Add.2/Rev.1", "EC/2024/7"), ("EC/2024/7", "EC/2024/7")],
)
def test_a_symbol_is_compared_without_what_editions_and_languages_add(symbol: str, expected: str) -> None:
    assert stem(symbol) == expected


def test_an_edition_a_summary_its_full_paper_and_a_translation_are_told_apart(sample: Record) -> None:
    def like(new: Record, old: Record) -> Any:
        told = compared(new, old)
        return told and told[0]

    assert like(other(sample, symbol=f"{sample.document.symbol}/Rev.1"), sample) == Likeness.EDITION
    assert like(shortened(sample), sample) == Likeness.SUMMARY
    assert like(sample, shortened(sample)) == Likeness.FULL
    assert like(translated(sample), sample) == Likeness.TRANSLATION


def test_two_papers_that_have_nothing_in_common_are_nothing_to_each_other(sample: Record) -> None:
    first, second = (sample.model_copy(update={"evaluations": sample.evaluations[n : n + 1], "quantities": ()}) for n in (0, 1))
    assert compared(first, other(second, symbol="Z/9")) is None
    assert compared(first, other(second, symbol="Z/9", language="fr")) is None


def test_a_translation_is_found_without_a_common_symbol_or_title(sample: Record, document: Papers, person: People) -> None:
    head = person("head")
    old = document(record=sample)
    record = translated(other(sample, symbol="Z/9"))
    new = document(record=record)
    (like,) = found(head, record, new)
    assert (like.document, like.likeness) == (old, Likeness.TRANSLATION)
    assert like.score >= 0.7


def test_only_what_the_bringer_may_see_is_looked_at(
    sample: Record, document: Papers, person: People, evaluation: Callable[..., Evaluation]
) -> None:
    own = evaluation()
    document(own, record=sample)
    new = document(record=other(sample))
    assert [f.likeness for f in found(person("manager", own), sample, new)] == [Likeness.EDITION]
    assert found(person("manager", "E-77777"), sample, new) == []
    assert found(person("reader"), sample, new) == []


def test_the_same_words_in_another_file_are_found_by_their_hash(sample: Record, document: Papers, person: People) -> None:
    from evaltrail_office.shelf.models import Source

    one, two = (Source.objects.create(sha256=c * 64, size=1, media_type="x/y", text_sha256="t" * 64) for c in "ab")
    old, new = document(record=sample, source=one), document(record=other(sample, symbol="Z/9", title="Z"), source=two)
    (like,) = found(person("head"), sample, new)
    assert (like.document, like.likeness, like.score) == (old, Likeness.TEXT, 1.0)


@pytest.mark.parametrize(
    "likeness, column", [(Likeness.TRANSLATION, "translation_of_id"), (Likeness.EDITION, "replaces_id"), (Likeness.SUMMARY, "kind")]
)
def test_a_person_says_what_it_is_and_may_take_it_back(
    document: Papers, person: People, signed_in: SignIn, likeness: Likeness, column: str
) -> None:
    head = person("head")
    old, new = document(), document()
    batch = Batch.objects.create(key="B-00009", brought_by=head.key)
    item = Item.objects.create(batch=batch, position=1, filename="a.pdf", state=Item.State.READ, document=new)
    like = Resemblance.objects.create(item=item, document=old, likeness=likeness, score=0.8)
    before = getattr(new, column)
    client = signed_in(head)
    assert f"It may be {like.get_likeness_display()}" in client.get("/intake/B-00009/").content.decode()
    client.post(f"/intake/B-00009/likeness/{like.pk}/", {"yes": "1"})
    new.refresh_from_db()
    assert getattr(new, column) == (old.pk if column != "kind" else "summary")
    like.refresh_from_db()
    assert (like.holds, like.decided_by) == (True, head.key)
    client.post(f"/intake/B-00009/likeness/{like.pk}/", {"no": "1"})
    new.refresh_from_db()
    assert column == "kind" or getattr(new, column) == before
    for stranger in (person("manager", "E-77777"), person()):
        assert signed_in(stranger).post(f"/intake/B-00009/likeness/{like.pk}/", {"yes": "1"}).status_code == 404


def test_a_likeness_to_a_paper_that_may_not_be_seen_any_more_is_not_shown_nor_decided(
    document: Papers, person: People, signed_in: SignIn, evaluation: Callable[..., Evaluation]
) -> None:
    owner = person("manager", "E-77777")
    secret = document(evaluation("Another's"), title="A secret title")
    batch = Batch.objects.create(key="B-00009", brought_by=owner.key)
    item = Item.objects.create(batch=batch, position=1, filename="a.pdf", state=Item.State.READ)
    like = Resemblance.objects.create(item=item, document=secret, likeness=Likeness.EDITION, score=0.8)
    client = signed_in(owner)
    assert "secret" not in client.get("/intake/B-00009/").content.decode()
    assert client.post(f"/intake/B-00009/likeness/{like.pk}/", {"yes": "1"}).status_code == 404
