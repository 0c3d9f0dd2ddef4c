"""Pages of a document and of a statement: its words, its place, its numbers, its versions, and the files that are made of it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from evaltrail import sample as samples
from evaltrail.link import linked
from evaltrail.record import Record as ARecord
from evaltrail_office.evaluations import actions, writing
from evaltrail_office.evaluations.models import Sameness
from evaltrail_office.shelf import files, store
from evaltrail_office.shelf.models import How, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    """An evaluation and its paper, with the file that it was read from."""
    own = evaluation("Small ports")
    with samples.path("pdf").open("rb") as file:
        digest, size = files.keep(iter([file.read()]))
    source = Source.objects.create(sha256=digest, size=size, media_type="application/pdf", pages=16)
    return own, document(own, evaluation(), evaluation(), record=linked(sample), source=source, filename="paper.pdf")


PAGES = (
    "",
    "pages/3/",
    "numbers/",
    "statements/I.r1/",
    "statements/I.f9/",
    "statements/I.a5/",
    "statements/I.r1.p/",
    "source",
    "paper.json",
)
FOR_REVIEWERS = ("checks/", "differences/")


def test_its_owner_sees_every_page_of_it(made: tuple[Evaluation, Document], person: People, signed_in: SignIn) -> None:
    client = signed_in(person("manager", made[0]))
    for page in (*PAGES, *FOR_REVIEWERS, "same/"):
        assert client.get(f"/documents/{made[1].key}/{page}").status_code == 200, page


def test_a_colleague_sees_of_a_released_paper_what_it_says_and_nothing_of_how_it_came_to_say_so(
    made: tuple[Evaluation, Document], person: People, signed_in: SignIn
) -> None:
    client = signed_in(person("reader"))
    for page in (*PAGES, *FOR_REVIEWERS, "same/"):
        assert client.get(f"/documents/{made[1].key}/{page}").status_code == 404, page
    made[1].stage = "released"
    made[1].save()
    for page in PAGES:
        assert client.get(f"/documents/{made[1].key}/{page}").status_code == 200, page
    for page in FOR_REVIEWERS:
        assert client.get(f"/documents/{made[1].key}/{page}").status_code == 404, page


def test_a_stranger_finds_nothing(made: tuple[Evaluation, Document], client: Client, person: People) -> None:
    nobody = person()
    assert client.get(f"/documents/{made[1].key}/").status_code == 302
    client.force_login(nobody)
    for page in (*PAGES, *FOR_REVIEWERS, "same/"):
        assert client.get(f"/documents/{made[1].key}/{page}").status_code == 404, page


def test_a_statement_shows_its_words_its_place_and_what_it_rests_on(
    made: tuple[Evaluation, Document], person: People, signed_in: SignIn
) -> None:
    page = signed_in(person("head")).get(f"/documents/{made[1].key}/statements/I.r1/").content.decode()
    assert "Draw up one plan for the Organization’s work" in page
    assert "p. 6, §21" in page
    assert f'src="/documents/{made[1].key}/pages/6.png' in page
    # Its own box is the current one of those on the page.
    assert page.count('aria-current="true"') == 2  # the other is the navigation's
    assert "Rests on" in page
    assert f"/documents/{made[1].key}/statements/I.cn2/" in page


def test_a_paper_without_pages_shows_the_words_around_the_place(document: Papers, person: People, signed_in: SignIn) -> None:
    text = "Intro.\nWells run dry in summer. Pumps fail.\nEnd <b>"
    record = ARecord.model_validate(
        {
            "pages": [{"number": 1, "text": text}],
            "evaluations": [
                {
                    "id": "I",
                    "statements": [
                        {"id": "I.f1", "kind": "finding", "text": "Wells run dry.", "places": [{"page": 1, "start": 7, "end": 32}]}
                    ],
                }
            ],
        }
    )
    paper = document(record=record)
    page = signed_in(person("head")).get(f"/documents/{paper.key}/statements/I.f1/").content.decode()
    assert "</span>Wells run dry in summer. </a>Pumps fail." in page
    assert "End &lt;b&gt;" in page


def test_every_number_of_the_ledger_links_to_its_place(made: tuple[Evaluation, Document], person: People, signed_in: SignIn) -> None:
    client = signed_in(person("head"))
    page = client.get(f"/documents/{made[1].key}/numbers/").content.decode()
    assert page.count('class="place"') == 50
    assert "Page 1 of" in page
    address = page.split('class="place" href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(address).status_code == 200


def test_the_words_that_a_link_names_are_marked_on_the_page(made: tuple[Evaluation, Document], person: People, signed_in: SignIn) -> None:
    record = store.record_of(made[1])
    place = next(q.places[0] for q in record.quantities if q.text == "29 of its 40 targets")
    address = f"/documents/{made[1].key}/pages/{place.page}/?from={place.start}&to={place.end}"
    page = signed_in(person("head")).get(address).content.decode()
    assert 'class="pointed T" aria-current="true"' in page


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "xml"])
def test_it_is_written_as_a_file_to_take_away(made: tuple[Evaluation, Document], person: People, signed_in: SignIn, form: str) -> None:
    answer = signed_in(person("head")).get(f"/documents/{made[1].key}/paper.{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{made[1].key}.{form}"'
    assert len(b"".join(answer.streaming_content)) > 1000  # type: ignore[attr-defined]


def test_a_file_is_written_once_for_the_same_words_and_anew_for_others(made: tuple[Evaluation, Document]) -> None:
    paper = made[1]
    first = writing.written(paper, "json")
    before = first.stat().st_mtime_ns
    assert writing.written(paper, "json").stat().st_mtime_ns == before
    record = store.record_of(paper)
    store.put(paper, record.model_copy(update={"decisions": ()}), how=How.WRITTEN, actor="system:test")
    assert writing.written(paper, "json") != first


def test_a_spreadsheet_holds_no_formula(document: Papers, person: People, signed_in: SignIn) -> None:
    record = ARecord.model_validate(
        {"evaluations": [{"id": "I", "statements": [{"id": "I.r1", "kind": "recommendation", "number": "1", "text": "=HYPERLINK(1)"}]}]}
    )
    paper = document(record=record)
    answer = signed_in(person("head")).get(f"/documents/{paper.key}/paper.csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert not [cell for row in csv.reader(io.StringIO(content)) for cell in row if cell.startswith(("=", "+", "@"))]


def test_what_cannot_be_written_is_said_in_a_line(document: Papers, person: People, signed_in: SignIn) -> None:
    paper = document(record=ARecord.model_validate({"document": {"title": "Empty"}}))
    answer = signed_in(person("head")).get(f"/documents/{paper.key}/paper.csv", follow=True)
    page = answer.content.decode()
    assert "It cannot be written as CSV" in page
    assert "record.json" not in page


def test_nothing_of_the_offices_environment_reaches_the_process_that_writes(
    made: tuple[Evaluation, Document], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spy = tmp_path / "sitecustomize.py"
    spy.write_text(f"import os; open({str(tmp_path / 'seen')!r}, 'w').write(repr(dict(os.environ)))")
    monkeypatch.setenv("EVALTRAIL_SECRET_KEY", "a secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    writing.written(made[1], "json")
    assert not (tmp_path / "seen").exists()


def test_two_versions_are_compared_word_by_word(made: tuple[Evaluation, Document], person: People, signed_in: SignIn) -> None:
    paper = made[1]
    record = store.record_of(paper)
    part = record.evaluations[0]
    other = tuple(s.model_copy(update={"text": s.text.replace("one plan", "two plans")}) if s.id == "I.r1" else s for s in part.statements)
    changed = record.model_copy(update={"evaluations": (part.model_copy(update={"statements": other}), *record.evaluations[1:])})
    store.put(paper, changed, how=How.WRITTEN, actor="system:test")
    client = signed_in(person("head"))
    page = client.get(f"/documents/{paper.key}/differences/").content.decode()
    assert "<del>one plan</del>" in page
    assert "<ins>two plans</ins>" in page
    assert client.get(f"/documents/{paper.key}/differences/?old=1&new=7").status_code == 404
    statement = client.get(f"/documents/{paper.key}/statements/I.r1/").content.decode()
    assert "it read:" in statement


def test_two_editions_are_compared_for_whoever_sees_both(
    made: tuple[Evaluation, Document], document: Papers, person: People, signed_in: SignIn, sample: Record
) -> None:
    own, old = made
    new = document(own, record=sample.model_copy(update={"decisions": ()}), replaces=old, stage="released")
    client = signed_in(person("reader"))
    address = f"/documents/{new.key}/differences/?edition={old.key}"
    assert client.get(address).status_code == 404
    assert old.key not in client.get(f"/documents/{new.key}/").content.decode()
    old.stage = "released"
    old.save()
    page = client.get(address).content.decode()
    assert "<del>The Council requested" in page
    assert f"differences/?edition={old.key}" in client.get(f"/documents/{new.key}/").content.decode()


def test_recommendations_are_identified_one_by_one_or_all_together(
    made: tuple[Evaluation, Document], person: People, signed_in: SignIn
) -> None:
    own, paper = made
    actions.propose_keys(paper)
    client = signed_in(person("head"))
    address = f"/documents/{paper.key}/same/"
    first = Sameness.objects.get(document_key=paper.key, statement_id="I.r1")
    assert "A new recommendation" in client.get(address).content.decode()
    answer = client.post(address, {"confirm": first.pk}, follow=True)
    assert "It is R-000001 now." in answer.content.decode()
    client.post(address, {"all": "1"})
    assert own.recommendations.count() == 5
    client.post(address, {"refuse": first.pk})
    assert paper.statements.get(record_id="I.r1").key == ""


def test_who_may_not_identify_is_refused(made: tuple[Evaluation, Document], person: People, signed_in: SignIn) -> None:
    actions.propose_keys(made[1])
    first = Sameness.objects.get(document_key=made[1].key, statement_id="I.r1")
    client = signed_in(person("team", made[0]))
    assert "It is new" not in client.get(f"/documents/{made[1].key}/same/").content.decode()
    assert client.post(f"/documents/{made[1].key}/same/", {"confirm": first.pk}).status_code == 403
    assert client.post(f"/documents/{made[1].key}/same/", {"confirm": "x"}).status_code == 404
    assert not Sameness.objects.exclude(confirmed=None).exists()


def test_a_confirmed_paper_says_who_confirmed_its_statements(made: tuple[Evaluation, Document], person: People, signed_in: SignIn) -> None:
    head = person("head")
    made[1].statements.update(confirmed=timezone.now(), confirmed_by=head.key)
    client = signed_in(head)
    assert f"confirmed by {head.name}" in client.get(f"/documents/{made[1].key}/statements/I.r1/").content.decode()
    assert "30 of 30 statements confirmed" not in client.get(f"/documents/{made[1].key}/").content.decode()
    assert "statements confirmed" in client.get(f"/evaluations/{made[0].key}/").content.decode()


@pytest.mark.parametrize("page", ["pages/99/", "pages/3/?from=x&to=99999999999", "statements/I.r99/", "paper.exe", "differences/?old=x"])
def test_addresses_that_name_nothing_are_no_faults(made: tuple[Evaluation, Document], person: People, signed_in: SignIn, page: str) -> None:
    assert signed_in(person("head")).get(f"/documents/{made[1].key}/{page}").status_code in {200, 404}
