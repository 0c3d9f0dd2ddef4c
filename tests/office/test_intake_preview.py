"""The preview: what was read beside its page, corrected and confirmed by plain forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail import sample as samples
from evaltrail.read import read

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


@pytest.fixture
def owned(document: Papers, evaluation: Callable[..., Evaluation], person: People) -> tuple[Document, User]:
    """The sample paper of an evaluation, and its manager."""
    own = evaluation()
    return document(own), person("manager", own)


def page(client: Client, paper: Document, query: str = "") -> str:
    answer = client.get(f"/intake/documents/{paper.key}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def change(client: Client, paper: Document, verb: str, pressed: str = "1", /, **fields: Any) -> str:
    """Press a button of the preview; returns where it leads."""
    here = f"/intake/documents/{paper.key}/?page=3"
    answer = client.post(f"/intake/documents/{paper.key}/change/", {"here": here, verb: pressed, **fields})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def statement(paper: Document, key: str) -> Any:
    from evaltrail_office.shelf.actions import working_record

    paper.refresh_from_db()
    return next((s for e in working_record(paper).evaluations for s in e.statements if s.id == key), None)


@pytest.mark.parametrize("address", ["", "?page=6", "?show=doubtful", "?show=messages", "confirm/"])
def test_its_people_see_it_and_others_do_not_know_of_it(
    owned: tuple[Document, User], person: People, signed_in: SignIn, client: Client, address: str
) -> None:
    paper, owner = owned
    url = f"/intake/documents/{paper.key}/{address}"
    assert signed_in(owner).get(url).status_code == 200
    for other in (person("manager", "E-77777"), person("reader"), person()):
        assert signed_in(other).get(url).status_code == 404
        assert client.post(f"/intake/documents/{paper.key}/change/", {"undo": "1"}).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_who_sees_a_paper_and_may_not_correct_it_gets_no_buttons(owned: tuple[Document, User], person: People, signed_in: SignIn) -> None:
    paper, _owner = owned
    client = signed_in(person("team", paper.parts.get(position=0).evaluation_key))
    told = page(client, paper, "?page=3")
    assert "Key finding" not in told or 'name="confirm"' not in told
    assert client.post(f"/intake/documents/{paper.key}/change/", {"undo": "1"}).status_code == 403
    assert client.get(f"/intake/documents/{paper.key}/confirm/").status_code == 403


def test_it_shows_the_page_with_boxes_and_its_statements_one_of_them_open(owned: tuple[Document, User], signed_in: SignIn) -> None:
    from evaltrail_office.shelf.models import Source

    paper, owner = owned
    paper.source = Source.objects.create(sha256="a" * 64, size=1, media_type="application/pdf", pages=16)
    paper.save()
    told = page(signed_in(owner), paper, "?page=6&statement=I.r2")
    assert f'src="/documents/{paper.key}/pages/6.png?' in told
    assert "Page 6 of 16" in told
    boxes = re.findall(r'class="b k-(\w)( current)? s\d+"', told)
    assert ("R", " current") in boxes
    assert {kind for kind, _ in boxes} == {"C", "L", "R"}
    assert told.count('id="current"') == 1
    assert '<option value="high" selected>High</option>' in told
    assert "sure 0.99" in told
    assert "Found by: heading “Recommendation 2”, right 74 times of 74 in 8 labelled papers." in told


def test_it_opens_at_the_first_statement_that_nobody_has_confirmed(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    assert "Page 3 of 16" in page(signed_in(owner), paper)


def test_a_message_waves_its_words_and_its_repair_is_a_button(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    told = page(client, paper, "?page=7&statement=I.r5")
    assert "in the resource column." in told
    assert 'aria-invalid="true"' in told
    found = re.search(r'name="mend" value="(\w+)">Leave resources empty<', told)
    assert found
    change(client, paper, "mend", found[1])
    assert statement(paper, "I.r5").as_printed.resources is None
    assert "in the resource column." not in page(client, paper, "?page=7&statement=I.r5")
    change(client, paper, "mend", found[1])
    assert "This message does not stand any more." in page(client, paper)


def test_confirming_saves_the_fields_and_goes_on_to_the_next(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    goes = change(client, paper, "confirm", statement="I.f1", number="7", criteria="coherence, impact")
    assert goes.endswith("statement=I.f2")
    assert (statement(paper, "I.f1").number, statement(paper, "I.f1").criteria) == ("7", ("coherence", "impact"))
    row = paper.statements.get(record_id="I.f1")
    assert (row.number, row.confirmed_by) == ("7", owner.key)
    told = page(client, paper, "?page=3&statement=I.f1")
    assert f"Confirmed by {owner.name}" in told
    assert "1 of 85 statements" in told
    change(client, paper, "unconfirm", statement="I.f1")
    assert paper.statements.get(record_id="I.f1").confirmed is None


def test_one_undo_takes_back_all_that_one_form_changed_and_redo_makes_it_again(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    before = statement(paper, "I.r2")
    change(client, paper, "save", statement="I.r2", priority="low", responsible="ONE; TWO", rests="F1, C2", number="2")
    after = statement(paper, "I.r2")
    assert (after.priority, after.responsible) == ("low", ("ONE", "TWO"))
    change(client, paper, "undo")
    assert statement(paper, "I.r2") == before
    change(client, paper, "redo")
    assert statement(paper, "I.r2").responsible == ("ONE", "TWO")
    change(client, paper, "undo")
    change(client, paper, "undo")
    assert "no correction here that could be undone" in page(client, paper)


def test_what_a_statement_rests_on_is_told_by_tags(owned: tuple[Document, User], signed_in: SignIn) -> None:
    from evaltrail_office.shelf.actions import working_record

    paper, owner = owned
    client = signed_in(owner)
    change(client, paper, "save", statement="I.r2", rests="C2, F1")
    links = {(x.from_, x.basis) for x in working_record(paper).evaluations[0].links if x.to == "I.r2" and x.kind == "leads_to"}
    assert links == {("I.cn2", "person"), ("I.f1", "person")}
    assert 'value="C2 (set by a person), F1 (set by a person)"' in page(client, paper, "?page=6&statement=I.r2")
    change(client, paper, "save", statement="I.r2", rests="C9")
    assert "“C9” is no statement of this evaluation." in page(client, paper)


def test_statements_are_merged_split_and_taken_out(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    one, two = statement(paper, "I.f1").text, statement(paper, "I.f2").text
    change(client, paper, "merge", statement="I.f1", **{"with": "I.f2"})
    assert statement(paper, "I.f1").text == f"{one} {two}"
    assert statement(paper, "I.f2") is None
    told = page(client, paper, "?page=3&statement=I.f1&edit=split")
    offset = re.search(r'name="offset" value="(\d+)"', told)
    assert offset
    change(client, paper, "split", statement="I.f1", offset=offset[1], second_kind="lesson")
    assert len(statement(paper, "I.f1").text) < int(offset[1]) + 1
    assert paper.statements.filter(kind="lesson", page=3).exists()
    change(client, paper, "split", statement="I.f1", offset="3")
    assert "Choose where the second statement begins." in page(client, paper)
    change(client, paper, "remove", statement="I.f3")
    assert statement(paper, "I.f3") is None
    change(client, paper, "undo")
    assert statement(paper, "I.f3") is not None


@pytest.mark.parametrize("way", ["words", "box", "passage"])
def test_a_statement_that_was_not_found_is_added_from_words_of_its_page(
    owned: tuple[Document, User], signed_in: SignIn, sample: Record, way: str
) -> None:
    paper, owner = owned
    client = signed_in(owner)
    told = page(client, paper, "?page=4&edit=add")
    number = next(n for n in re.findall(r'name="passage" value="(\d+)"', told) if len(sample.passages[int(n)].text) > 90)
    passage = sample.passages[int(number)]
    left, bottom, right, top = (f(b[i] for b in passage.places[0].boxes) for i, f in enumerate((min, min, max, max)))
    chosen = {"words": passage.text, "box": f"{left},{bottom},{right},{top}", "passage": number}[way]
    goes = change(client, paper, "add", kind="finding", evaluation="I", on="4", number="11", **{way: chosen})
    added = statement(paper, goes.rpartition("statement=")[2])
    assert (added.kind, added.number) == ("finding", "11")
    assert added.text == passage.text
    assert added.places[0].page == 4
    assert len(added.places[0].boxes) == len(passage.places[0].boxes)


def test_words_that_do_not_stand_on_the_page_are_not_added(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    change(client, paper, "add", kind="finding", evaluation="I", on="4", words="Nobody wrote this.")
    assert "These words do not stand on page 4." in page(client, paper)


def test_what_somebody_else_changed_meanwhile_is_told_and_not_overwritten(
    owned: tuple[Document, User], person: People, signed_in: SignIn
) -> None:
    paper, owner = owned
    change(signed_in(person("head")), paper, "save", statement="I.f1", number="8")
    client = signed_in(owner)
    change(client, paper, "save", statement="I.f1", number="9", was_number="1")
    assert statement(paper, "I.f1").number == "8"
    assert 'class="message error"' in page(client, paper)


def test_the_papers_own_fields_are_corrected_too(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    change(client, paper, "about", title="Another title", symbol="X/1", date="2024-02-12", language="en", paper_kind="summary")
    paper.refresh_from_db()
    assert (paper.title, paper.symbol, paper.kind) == ("Another title", "X/1", "summary")
    change(client, paper, "about", date="12 February")
    assert "A date is written 2025, 2025-03 or 2025-03-31." in page(client, paper)


def test_doubtful_ones_come_first_and_confirmed_ones_not_at_all(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    told = page(client, paper, "?show=doubtful")
    words = re.findall(r"<span>(?:sure|likely|doubtful)(?:, not measured| \d\.\d\d)</span>", told)
    assert "not measured" in words[0]
    scores = [float(x) for word in words for x in re.findall(r"\d\.\d\d", word)]
    assert scores == sorted(scores)
    assert "Key finding 1" not in told


@pytest.mark.parametrize("form", ["docx", "html", "txt"])
def test_a_paper_without_pages_shows_its_words_with_the_same_anchors(
    form: str, document: Papers, evaluation: Callable[..., Evaluation], person: People, signed_in: SignIn
) -> None:
    own = evaluation()
    paper = document(own, record=read(samples.path(form)))
    client = signed_in(person("manager", own))
    told = page(client, paper)
    assert "<img" not in told
    assert re.search(r'<a class="m k-F current s\d+"', told)
    parts = int(re.findall(r"Part \d+ of (\d+) of the text", told)[0])
    assert parts > 3
    shown = "".join(re.sub(r"<[^>]+>", "", page(client, paper, f"?page={n}")) for n in range(1, parts + 1))
    for row in paper.statements.all():
        assert row.text[:16] in shown


def test_markup_in_a_papers_words_is_shown_and_not_obeyed(
    document: Papers, evaluation: Callable[..., Evaluation], person: People, signed_in: SignIn
) -> None:
    text = b"Key finding 1. Boats <script>alert(1)</script> arrive late & often.\n\nRecommendation 1. Repair <img src=x onerror=x> boats.\n"
    own = evaluation()
    paper = document(own, record=read(text, name="a.txt"))
    told = page(signed_in(person("manager", own)), paper)
    assert "<script>alert" not in told
    assert "<img src=x" not in told
    assert "&lt;script&gt;" in told


def test_it_asks_the_database_as_often_for_many_statements_as_for_few(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    page(client, paper)
    counts = []
    for query in ("?page=4", "?page=6", "?show=open"):
        with CaptureQueriesContext(connection) as asked:
            page(client, paper, query)
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 14


def test_a_paper_is_confirmed_with_the_evaluations_that_its_parts_are(document: Papers, person: People, signed_in: SignIn) -> None:
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import How

    owner = person("manager", "E-99999")
    paper = document(brought_by=owner.key)
    known = Evaluation.objects.create(key="E-00050", title="Training and certification of seafarers, 2014–22", made_by="system:test")
    client = signed_in(owner)
    told = client.get(f"/intake/documents/{paper.key}/confirm/").content.decode()
    assert "85 of 85 statements not confirmed" in told
    assert known.key not in told
    fields = {
        "kind": "governing_body",
        "part-I": "new",
        "title-I": "Small ports",
        "part-II": "new",
        "title-II": "Crew card",
        "part-III": "",
    }
    answer = client.post(f"/intake/documents/{paper.key}/confirm/", fields)
    assert "85 statements are not confirmed yet." in client.get(answer.headers["Location"]).content.decode()
    paper.refresh_from_db()
    assert paper.confirmed is None
    assert Evaluation.objects.count() == 1
    client.post(f"/intake/documents/{paper.key}/confirm/", {**fields, "rest": "1"})
    paper.refresh_from_db()
    assert (paper.confirmed_by, paper.kind) == (owner.key, "governing_body")
    assert paper.current is not None
    assert paper.current.how == How.CONFIRMED
    made = {e.title: e for e in Evaluation.objects.exclude(pk=known.pk)}
    assert set(made) == {"Small ports", "Crew card"}
    assert (made["Small ports"].period_from, made["Small ports"].period_to) == (2016, 2021)
    assert [p.evaluation_key for p in paper.parts.all()] == [made["Small ports"].key, made["Crew card"].key, ""]
    # Of an evaluation that the office did not know, every recommendation is a new one and gets its key.
    assert made["Small ports"].recommendations.count() == 5
    assert paper.statements.get(record_id="I.r2").key == made["Small ports"].recommendations.get(number="2").key
    # The summary of the same evaluation: which recommendation is which is proposed, and left to a person.
    again = document(brought_by=owner.key)
    fields = {"kind": "summary", "rest": "1", "part-I": made["Small ports"].key, "part-II": "", "part-III": ""}
    answer = client.post(f"/intake/documents/{again.key}/confirm/", fields)
    assert made["Small ports"].recommendations.count() == 5
    assert "5 recommendations may be ones that the office has" in client.get(answer.headers["Location"]).content.decode()


def test_an_evaluation_of_the_same_title_is_proposed_and_one_that_is_not_mine_is_refused(
    document: Papers, person: People, evaluation: Callable[..., Evaluation], signed_in: SignIn
) -> None:
    own = evaluation("Support to small ports and landing sites", period_from=2016, period_to=2021)
    foreign = evaluation("Training and certification of seafarers", announced=True)
    owner = person("manager", own)
    paper = document(brought_by=owner.key)
    client = signed_in(owner)
    told = client.get(f"/intake/documents/{paper.key}/confirm/").content.decode()
    assert f'value="{own.key}" checked' in told
    assert foreign.key not in told
    fields = {"kind": "other", "rest": "1", "part-I": own.key, "part-II": "other", "key-II": foreign.key}
    assert client.post(f"/intake/documents/{paper.key}/confirm/", fields).status_code == 403
    paper.refresh_from_db()
    assert paper.confirmed is None


def test_ratings_are_corrected_taken_out_and_added(owned: tuple[Document, User], signed_in: SignIn) -> None:
    from evaltrail_office.shelf.actions import working_record

    def ratings() -> list[tuple[str | None, float | None]]:
        return [(r.criterion, r.value) for r in working_record(paper).evaluations[0].ratings]

    paper, owner = owned
    client = signed_in(owner)
    told = page(client, paper, "?show=ratings")
    marks = re.findall(r'name="was" value="([^"]+)"', told)
    before = ratings()
    assert len(marks) == 20
    was = marks[0].replace("&#x27;", "'")
    change(client, paper, "rating", "save", evaluation="I", was=was, criterion="relevance", value="2,5", scale="1-6", as_printed="2.5")
    assert ratings() == [("relevance", 2.5), *before[1:]]
    change(client, paper, "rating", "save", evaluation="I", was=was, criterion="relevance", value="3", scale="1-6", as_printed="3")
    assert "This rating is not there any more" in page(client, paper)
    change(client, paper, "undo")
    change(client, paper, "rating", "remove", evaluation="I", was=was)
    assert ratings() == before[1:]
    change(client, paper, "rating", "add", evaluation="I", criterion="Coverage", value="4", scale="1-6", as_printed="")
    assert ratings() == [*before[1:], ("coverage", 4.0)]
    assert paper.ratings.filter(criterion="coverage", value=4).exists()
    change(client, paper, "rating", "add", evaluation="I", criterion="Coverage", value="good")
    assert "“good” is no number." in page(client, paper)


def test_a_statement_is_moved_to_another_part_of_the_paper(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    text = statement(paper, "I.f1").text
    change(client, paper, "save", statement="I.f1", part="II", number="12")
    row = paper.statements.get(text=text)
    assert (row.part.record_id, row.number) == ("II", "12")


def test_a_long_paper_is_checked_in_the_background_and_its_older_messages_stand_meanwhile(
    owned: tuple[Document, User], signed_in: SignIn, work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from evaltrail_office.intake import messages

    paper, owner = owned
    client = signed_in(owner)
    assert "in the resource column." in page(client, paper, "?page=7&statement=I.r5")
    monkeypatch.setattr(messages, "AT_ONCE", 1000)
    change(client, paper, "save", statement="I.f1", number="9")
    told = page(client, paper, "?page=7&statement=I.r5")
    assert "they are being worked out anew" in told
    assert "in the resource column." in told
    work()
    assert "they are being worked out anew" not in page(client, paper, "?page=7&statement=I.r5")


@pytest.mark.parametrize(
    "verb, fields, said",
    [
        ("save", {"statement": "I.r2", "priority": "p" * 300}, "is not on the scale."),
        ("save", {"statement": "I.r2", "kind": "poem"}, "There is no such kind of statement."),
        ("save", {"statement": "nobody"}, "This statement is not there any more"),
        ("save", {"statement": "I.a1", "verdict": "perhaps"}, "is not on the scale."),
        ("merge", {"statement": "I.f1", "with": "nobody"}, "nobody"),
        ("split", {"statement": "I.f1", "offset": "-3"}, "Choose where the second statement begins."),
        ("add", {"kind": "finding", "evaluation": "IX", "on": "4", "text": "x"}, "Say to which part of the paper it belongs."),
        ("add", {"kind": "finding", "evaluation": "I", "on": "99"}, "Choose the words of the statement"),
        ("add", {"kind": "finding", "evaluation": "I", "on": "4", "box": "1,2,three"}, "not told by four numbers"),
        ("place", {"statement": "I.f1", "on": "4", "passage": "99999"}, "Choose on the page where it stands."),
        ("about", {"language": "x" * 300}, "A language is written by its code"),
        ("mend", {}, "This message does not stand any more."),
        ("rating", {"evaluation": "I", "criterion": "x"}, "A rating has a value"),
    ],
)
def test_a_form_that_nobody_could_have_filled_in_is_told_in_a_line(
    owned: tuple[Document, User], signed_in: SignIn, verb: str, fields: dict[str, str], said: str
) -> None:
    paper, owner = owned
    client = signed_in(owner)
    change(client, paper, verb, "save", **fields)
    told = page(client, paper)
    assert 'class="message error"' in told
    assert said in told
    assert paper.corrections.count() == 0


def test_what_is_sent_is_kept_without_null_characters_and_as_long_as_it_is(owned: tuple[Document, User], signed_in: SignIn) -> None:
    paper, owner = owned
    client = signed_in(owner)
    change(client, paper, "save", statement="I.f1", text="Boats\0 are late. " * 500, number="n" * 300, label="l" * 300)
    change(client, paper, "about", title="T\0 " * 600, symbol="s" * 300, organisation="o" * 900)
    paper.refresh_from_db()
    assert "\0" not in paper.title
    assert statement(paper, "I.f1").text.startswith("Boats are late.")


def test_proposed_links_are_accepted_by_a_button_and_by_nothing_else(
    evaluation: Callable[..., Evaluation], document: Papers, person: People, signed_in: SignIn, sample: Record
) -> None:
    from evaltrail.link import linked
    from evaltrail_office.shelf.actions import working_record

    def bases() -> set[str]:
        return {x.basis for x in working_record(paper).evaluations[0].links if x.to == "I.r2" and x.kind == "leads_to"}

    own = evaluation()
    paper, client = document(own, record=linked(sample)), signed_in(person("manager", own))
    assert bases() == {"proposed"}
    told = page(client, paper, "?page=6&statement=I.r2")
    shown = re.search(r'name="rests" value="([^"]+)"', told)
    assert shown
    change(client, paper, "confirm", statement="I.r2", rests=shown[1])
    assert bases() == {"proposed"}
    change(client, paper, "accept", statement="I.r2")
    assert bases() == {"person"}
    change(client, paper, "accept", statement="I.r2")
    assert "No link is proposed here any more." in page(client, paper)
