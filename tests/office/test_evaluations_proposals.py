"""What papers propose of an evaluation is no facet until a person accepts it, and does not come back once it was dismissed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail.read import read
from evaltrail_office.evaluations import actions, actions_facets
from evaltrail_office.evaluations import actions_proposals as proposing
from evaltrail_office.evaluations.index import index
from evaltrail_office.evaluations.models import Facet, FacetProposal
from evaltrail_office.evaluations.queries_proposals import open_rows
from evaltrail_office.intake import actions as intake
from evaltrail_office.intake.confirming import confirm_paper
from evaltrail_office.intake.rereading import read_again
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import files, store
from evaltrail_office.shelf.models import How

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    Made = Callable[..., Evaluation]
    People = Callable[..., User]
    Papers = Callable[..., Document]

pytestmark = pytest.mark.django_db
FILLER = "The team read the files of the office and spoke with its staff about what had been learned in the years before.\n\n"
DECIDE = "/evaluations/proposed/decide/"


def record(title: str = "Landing sites in Ghana", goal: str = "8") -> Record:
    """A paper that proposes a country and a goal."""
    words = f"# {title}\n\n## Executive summary\n\nThe project contributes to SDG {goal}.\n\n{FILLER}## Findings\n\n{FILLER}"
    return read(words.encode(), name="paper.md")


def waiting() -> list[tuple[str, str]]:
    return sorted(open_rows().values_list("kind", "value"))


def row(kind: str) -> FacetProposal:
    return FacetProposal.objects.select_related("part__document").get(kind=kind)


@pytest.fixture
def own(evaluation: Made) -> Evaluation:
    return evaluation("Ports")


@pytest.fixture
def manager(own: Evaluation, person: People) -> User:
    return person("manager", own)


@pytest.fixture
def paper(own: Evaluation, document: Papers) -> Document:
    made = document(own, record=record())
    proposing.propose(made)
    return made


def test_a_paper_proposes_with_its_words_and_nothing_is_set_by_it(paper: Document, own: Evaluation) -> None:
    assert waiting() == [("country", "GH"), ("sdg", "8")]
    country = row("country")
    assert (country.ground, country.words, country.page) == ("title", "Landing sites in Ghana", 1)
    page = store.record_of(paper).pages[0].text
    assert "Ghana" in page[country.start : country.end]
    assert not own.facets.exists()


def test_a_proposal_that_is_accepted_is_a_facet_set_by_the_person(paper: Document, own: Evaluation, manager: User) -> None:
    assert proposing.accept(manager, [row("country")]) == 1
    facet = own.facets.get()
    assert (facet.kind, facet.value, facet.set_by) == ("country", "GH", manager.key)
    assert (row("country").state, row("country").decided_by) == ("accepted", manager.key)
    entry = Entry.objects.get(verb="described")
    assert (entry.actor, entry.about, entry.new) == (manager.key, own.key, {"kind": "country", "value": "GH", "set_by": manager.key})
    assert waiting() == [("sdg", "8")]
    assert proposing.accept(manager, [row("country")]) == 0


def test_undoing_opens_it_again(paper: Document, own: Evaluation, manager: User) -> None:
    proposing.accept(manager, [row("country")])
    actions_facets.undo_facet(manager, own)
    assert not own.facets.exists()
    assert waiting() == [("country", "GH"), ("sdg", "8")]
    proposing.accept(manager, [row("country"), row("sdg")])
    assert proposing.reopen(manager, [row("country"), row("sdg")]) == 2
    assert not own.facets.exists()
    assert waiting() == [("country", "GH"), ("sdg", "8")]
    assert proposing.reopen(manager, [row("sdg")]) == 0


def test_what_was_dismissed_does_not_come_back_when_the_paper_is_read_again(paper: Document, manager: User) -> None:
    proposing.dismiss(manager, [row("country")])
    store.put(paper, record("Landing sites and ports in Ghana", goal="9"), how=How.READ, actor="system:test")
    proposing.propose(paper)
    assert waiting() == [("sdg", "9")]
    assert row("country").state == "dismissed"


def test_nor_does_it_come_from_another_paper_of_the_evaluation(paper: Document, own: Evaluation, manager: User, document: Papers) -> None:
    proposing.dismiss(manager, [row("country")])
    proposing.propose(document(own, record=record("A summary: landing sites in Ghana")))
    assert waiting() == [("sdg", "8"), ("sdg", "8")]
    assert set(FacetProposal.objects.filter(kind="country").values_list("state", "decided_by")) == {("dismissed", manager.key)}
    assert proposing.accept(manager, list(FacetProposal.objects.filter(kind="sdg").select_related("part__document"))) == 1
    assert waiting() == []


def test_a_facet_that_is_taken_away_is_not_proposed_again(paper: Document, own: Evaluation, manager: User) -> None:
    proposing.accept(manager, [row("country")])
    actions_facets.take_facet(manager, own, own.facets.get())
    assert waiting() == [("sdg", "8")]
    actions_facets.undo_facet(manager, own)
    assert own.facets.get().value == "GH"
    actions_facets.set_facet(manager, own, "sdg", "8")
    actions_facets.take_facet(manager, own, own.facets.get(kind="sdg"))
    assert waiting() == []


def test_a_better_reading_replaces_what_nobody_has_decided(paper: Document) -> None:
    assert proposing.propose(paper) == 0
    store.put(paper, record("Landing sites in Togo"), how=How.READ, actor="system:test")
    assert proposing.propose(paper) >= 2
    assert waiting() == [("country", "TG"), ("sdg", "8")]


def test_what_is_accepted_before_the_paper_is_matched_holds_from_then_on(
    own: Evaluation, person: People, manager: User, document: Papers
) -> None:
    loose = document(record=record(), brought_by=manager.key)
    proposing.propose(loose)
    proposing.accept(manager, [row("country")])
    proposing.dismiss(manager, [row("sdg")])
    assert not Facet.objects.exists()
    part = loose.parts.get()
    actions.match_part(manager, part, own)
    assert [(f.value, f.set_by) for f in own.facets.all()] == [("GH", manager.key)]
    actions.match_part(manager, part, None)
    assert not own.facets.exists()


def test_what_is_set_already_is_not_asked_and_is_open_where_the_paper_was_matched_wrongly(
    client: Client, own: Evaluation, manager: User, document: Papers
) -> None:
    actions_facets.set_facet(manager, own, "country", "Ghana")
    paper = document(own, record=record())
    proposing.propose(paper)
    assert waiting() == [("sdg", "8")]
    assert row("country").decided_by == "system:facets"
    client.force_login(manager)
    told = client.get(f"/evaluations/{own.key}/about/").content.decode()
    assert "set already" in told
    assert proposing.reopen(manager, [row("country")]) == 1
    assert waiting() == [("sdg", "8")]
    paper.brought_by = manager.key
    paper.save()
    actions.match_part(manager, paper.parts.get(), None)
    assert waiting() == [("country", "GH"), ("sdg", "8")]
    assert own.facets.get().value == "GH"


def test_what_was_dismissed_of_a_paper_before_it_was_matched_is_dismissed_of_the_evaluation(
    own: Evaluation, paper: Document, manager: User, document: Papers
) -> None:
    loose = document(record=record("A summary: landing sites in Ghana"), brought_by=manager.key)
    proposing.propose(loose)
    proposing.dismiss(manager, list(FacetProposal.objects.filter(part__document=loose, kind="country").select_related("part__document")))
    assert ("country", "GH") in waiting()
    actions.match_part(manager, loose.parts.get(), own)
    assert ("country", "GH") not in waiting()


def test_only_the_offices_themes_are_proposed_and_new_ones_when_papers_are_looked_at_again(
    own: Evaluation, person: People, evaluation: Made, document: Papers, work: Callable[[], int]
) -> None:
    head = person("head")
    paper = document(own, record=record("Social dialogue in Ghana"))
    proposing.propose(paper)
    assert waiting() == [("country", "GH"), ("sdg", "8")]
    other = evaluation("Else")
    actions_facets.set_facet(head, other, "theme", "Social dialogues")
    proposing.ask_for_all(head)
    work()
    assert waiting() == [("country", "GH"), ("sdg", "8"), ("theme", "Social dialogues")]
    with pytest.raises(PermissionDenied):
        proposing.ask_for_all(person("manager", own))
    assert Entry.objects.get(verb="proposed for").actor == "system:facets"


def test_its_manager_decides_and_others_do_not(
    paper: Document, own: Evaluation, person: People, evaluation: Made, document: Papers
) -> None:
    others = [person("team", own), person("commissioner", own), person("manager", evaluation("Else")), person("reader"), person()]
    for who in others:
        for verb in (proposing.accept, proposing.dismiss, proposing.reopen):
            with pytest.raises(PermissionDenied):
                verb(who, [row("country")])
    loose = document(record=record("Roads of Peru"), brought_by=others[2].key)
    proposing.propose(loose)
    mine = list(FacetProposal.objects.filter(part__document=loose).select_related("part__document"))
    with pytest.raises(PermissionDenied):
        proposing.accept(others[0], mine)
    assert proposing.accept(others[2], mine) == 2


def test_it_is_shown_and_decided_by_plain_forms(client: Client, paper: Document, own: Evaluation, manager: User) -> None:
    client.force_login(manager)
    about = f"/evaluations/{own.key}/about/"
    for page in (f"/evaluations/{own.key}/", about, f"/intake/documents/{paper.key}/", "/evaluations/proposed/"):
        told = client.get(page).content.decode()
        assert "proposed from the title:" in told, page
        assert "Landing sites in Ghana</span>" in told, page
        assert f"/documents/{paper.key}/pages/1/?from=" in told, page
    answer = client.post(DECIDE, {"accept": row("country").pk, "here": about}, follow=True)
    assert answer.redirect_chain == [(about, 302)]
    assert "1 proposal is accepted." in answer.content.decode()
    assert f"accepted by {manager.name}" in answer.content.decode()
    client.post(DECIDE, {"dismiss": row("sdg").pk})
    told = client.get(about).content.decode()
    assert f"dismissed by {manager.name}" in told
    assert "proposed from" not in told
    client.post(DECIDE, {"reopen": row("sdg").pk})
    assert "proposed from a sentence that says so" in client.get(about).content.decode()
    assert "Ghana</a>" in client.get(f"/evaluations/{own.key}/").content.decode()


def test_all_that_a_form_shows_is_accepted_at_once_and_taken_back(client: Client, paper: Document, own: Evaluation, manager: User) -> None:
    client.force_login(manager)
    shown = re.findall(r'name="all" value="(\d+)"', client.get(f"/evaluations/{own.key}/about/").content.decode())
    assert len(shown) == 2
    client.post(DECIDE, {"accept": "all", "all": shown})
    assert own.facets.count() == 2
    told = client.get("/evaluations/proposed/").content.decode()
    assert "Your last decision was on 2 proposals." in told
    client.post(DECIDE, {"reopen": "all", "all": re.findall(r'name="all" value="(\d+)"', told)})
    assert not own.facets.exists()


def test_many_papers_are_gone_through_on_one_page(
    client: Client, own: Evaluation, manager: User, paper: Document, document: Papers
) -> None:
    loose = document(record=record("Roads of Peru", goal="9"), brought_by=manager.key)
    proposing.propose(loose)
    client.force_login(manager)
    told = client.get("/evaluations/proposed/").content.decode()
    assert "2 papers wait" in told
    assert "of no evaluation yet" in told
    assert "Look at all papers again" not in told
    assert "Ghana" not in client.get("/evaluations/proposed/?kind=sdg&sure=1").content.decode()
    assert "9 Industry" not in client.get("/evaluations/proposed/?sure=1").content.decode()
    both = list(FacetProposal.objects.filter(kind="country").values_list("pk", flat=True))
    answer = client.post(DECIDE, {"accept": "ticked", "ticked": both}, follow=True)
    assert "2 proposals are accepted." in answer.content.decode()
    assert "Nothing was ticked." in client.post(DECIDE, {"accept": "ticked"}, follow=True).content.decode()
    assert own.facets.get().value == "GH"


def test_the_address_to_go_back_to_is_one_of_the_office(client: Client, paper: Document, manager: User) -> None:
    client.force_login(manager)
    for here in ("https://else.example/", "//else.example/", "javascript:alert(1)", ""):
        assert client.post(DECIDE, {"dismiss": row("sdg").pk, "here": here})["Location"] == "/evaluations/proposed/"
    for bad in ({}, {"accept": "x"}, {"accept": "999999"}, {"burn": "1"}, {"accept": "9" * 40}):
        assert client.post(DECIDE, bad).status_code == 404


def test_a_colleague_sees_facets_and_no_proposals_and_a_stranger_nothing(
    client: Client, paper: Document, own: Evaluation, person: People, evaluation: Made
) -> None:
    own.stage = paper.stage = "released"
    own.save()
    paper.save()
    for colleague in (person("manager", evaluation("Else")), person("reader"), person("team", own)):
        client.force_login(colleague)
        assert "proposed from" not in client.get(f"/evaluations/{own.key}/").content.decode()
        assert client.post(DECIDE, {"accept": row("country").pk}).status_code == 403
    client.force_login(person("manager", evaluation("Third")))
    assert "Nothing waits for you to say" in client.get("/evaluations/proposed/").content.decode()
    stranger = person()
    client.force_login(stranger)
    assert client.get("/evaluations/proposed/").status_code == 403
    assert client.post(DECIDE, {"accept": row("country").pk}).status_code == 404
    client.logout()
    assert client.get("/evaluations/proposed/").status_code == 302
    assert client.post(DECIDE, {"accept": row("country").pk}).status_code == 302
    assert not own.facets.exists()


def test_the_words_of_a_draft_are_not_given_away_by_what_became_of_them(
    client: Client, paper: Document, own: Evaluation, manager: User, person: People, evaluation: Made
) -> None:
    proposing.accept(manager, [row("country")])
    proposing.dismiss(manager, [row("sdg")])
    own.announced = True
    own.save()
    for reader in (person("reader"), person("manager", evaluation("Else"))):
        client.force_login(reader)
        for page in (f"/evaluations/{own.key}/", f"/evaluations/{own.key}/history/", "/evaluations/proposed/"):
            told = client.get(page).content.decode()
            assert "contributes to SDG" not in told
            assert "Landing sites in Ghana" not in told
    assert "dismissed what is proposed" in client.get(f"/evaluations/{own.key}/history/").content.decode()


def test_the_library_counts_what_is_only_proposed_apart_and_for_the_head_alone(
    client: Client, paper: Document, own: Evaluation, person: People, manager: User
) -> None:
    index.forget()
    head = person("head")
    client.force_login(head)
    assert "Ports" not in client.get("/evaluations/?country=GH").content.decode()
    told = client.get("/evaluations/?country=GH&proposed=1").content.decode()
    assert "Ports" in told
    assert "Including what papers only propose" in told
    client.force_login(manager)
    told = client.get("/evaluations/?country=GH&proposed=1").content.decode()
    assert "Ports" not in told
    assert "Including what papers only propose" not in told
    proposing.dismiss(head, [row("country")])
    client.force_login(head)
    assert "Ports" not in client.get("/evaluations/?country=GH&proposed=1").content.decode()
    proposing.accept(head, [row("sdg")])
    assert "Ports" in client.get("/evaluations/?sdg=8").content.decode()


def test_the_pages_ask_the_database_as_often_for_twenty_as_for_ten(
    client: Client, own: Evaluation, person: People, evaluation: Made, document: Papers
) -> None:
    head = person("head")
    client.force_login(head)
    asked = []
    for part in range(2):
        for n in range(10):
            proposing.propose(document(evaluation(f"E {part}-{n}"), record=record(goal=str(n + 1))))
            proposing.propose(document(own, record=record(goal=str(n + 1))))
        counts = []
        for page in ("/evaluations/proposed/", f"/evaluations/{own.key}/about/"):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 20


def test_papers_that_are_brought_propose_as_soon_as_they_are_read_and_dismissals_outlast_a_new_reading(
    client: Client, person: People, work: Callable[[], int]
) -> None:
    head = person("head")
    batch = intake.new_batch(head)
    for n, place in enumerate(("Ghana", "Peru", "Nepal")):
        content = f"# Landing sites in {place}\n\n## Executive summary\n\nThe project contributes to SDG {n + 1}.\n\n{FILLER}".encode()
        sha256, size = files.keep([content])
        intake.add_file(head, batch, filename=f"{place}.md", size=size, sha256=sha256, head=content)
    work()
    assert [value for kind, value in waiting() if kind == "country"] == ["GH", "NP", "PE"]
    client.force_login(head)
    assert "3 papers wait" in client.get("/evaluations/proposed/").content.decode()
    ghana = FacetProposal.objects.select_related("part__document").get(value="GH")
    proposing.dismiss(head, [ghana])
    read_again(head, ghana.part.document)
    work()
    assert [value for kind, value in waiting() if kind == "country"] == ["NP", "PE"]
    # Confirmed as a new evaluation, it keeps what was said of it.
    peru = FacetProposal.objects.select_related("part__document").get(value="PE")
    proposing.accept(head, [peru])
    made = confirm_paper(head, peru.part.document, kind="report", parts={"1": "new"}, titles={"1": "Landing sites"}, rest=True)
    work()
    assert [(f.kind, f.value, f.set_by) for f in made[0].facets.all()] == [("country", "PE", head.key)]
    assert ("sdg", "2") in waiting()
