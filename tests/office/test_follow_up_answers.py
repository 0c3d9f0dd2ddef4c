"""Answers in pages: drafted, contributed to, cleared, sent back, handed over, revised."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail.record import Response as Answered
from evaltrail.write import written
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.evaluations.actions import confirm_keys, propose_keys, refresh_stage
from evaltrail_office.evaluations.records import record_of
from evaltrail_office.evaluations.whole import whole_of
from evaltrail_office.follow_up import plan_quality
from evaltrail_office.follow_up.actions import answers, opening, work
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.actions.plan import Judged, judge_plan
from evaltrail_office.follow_up.actions.taking_over import take_over_printed
from evaltrail_office.follow_up.machine import ActionState, ResponseState
from evaltrail_office.follow_up.models import Action, Response, Track, Transmission
from evaltrail_office.follow_up.printed import offers
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.actions import confirm
from evaltrail_office.shelf.models import Document
from tests.office.follow_up_cast import answered, transmitted, unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from tests.office.follow_up_cast import Cast

    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def form(response: Response, *rows: dict[str, Any], **said: Any) -> dict[str, Any]:
    """What a browser would send with the form of an answer."""
    sent = {"revision": response.revision, "verdict": "accepted", "text": "We shall train them.", "do": "draft", **said}
    sent |= {"actions-TOTAL_FORMS": len(rows), "actions-INITIAL_FORMS": 0}
    for n, row in enumerate(rows):
        sent |= {f"actions-{n}-{name}": value for name, value in row.items()}
    return sent


ROW = {"number": "3.1", "text": "Train twelve fitters", "unit": "Ports Division", "due": "2026-12-31"}


def address(response: Response) -> str:
    return f"/follow-up/answers/{response.pk}/"


def test_an_answer_goes_from_draft_to_transmitted_in_pages(cast: Cast, signed_in: SignedIn) -> None:
    response = Response.objects.get()
    page = signed_in(cast.line).get(address(response)).content.decode()
    assert "Train the fitters and name one a site." in page
    sent = signed_in(cast.line).post(address(response), form(response, ROW, do="submit"))
    assert sent.status_code == 302
    response.refresh_from_db()
    assert response.state == ResponseState.SUBMITTED
    for who in (cast.helper, cast.chief, cast.coordinator):
        response.refresh_from_db()
        text = signed_in(who).get(address(response)).content.decode()
        assert "Clear it" in text
        assert (
            signed_in(who).post(address(response), {"do": "clear", "decides-revision": response.revision, "decides-words": ""}).status_code
            == 302
        )
    response.refresh_from_db()
    assert response.state == ResponseState.CLEARED
    board = f"/follow-up/evaluations/{cast.evaluation.key}/"
    page = signed_in(cast.coordinator).get(board).content.decode()
    assert "1 of 1 cleared" in page
    assert "Hand over and freeze" in page
    signed_in(cast.coordinator).post(f"{board}transmit", {"organisation": ""})
    frozen = Transmission.objects.get()
    assert frozen.sha256 in signed_in(cast.coordinator).get(board).content.decode()
    assert Action.objects.get().state == ActionState.OPEN
    signed_in(cast.head).post(f"{board}issue", {"organisation": ""})
    response.refresh_from_db()
    assert response.state == ResponseState.ISSUED
    paper = Document.objects.get(key=frozen.document_key)
    assert (paper.kind, paper.stage, paper.brought_by, paper.confirmed is not None) == ("response", "issued", cast.coordinator.key, True)
    said = [s for s in record_of(paper).evaluations[0].statements if isinstance(s, Answered)]
    assert [(s.verdict, [(a.text, a.unit, a.due) for a in s.actions]) for s in said] == [
        ("accepted", [("Train twelve fitters", "Ports Division", "2026-12-31")])
    ]
    assert paper.current.number == frozen.version


@pytest.fixture
def read(person: Callable[..., User], evaluation: Callable[..., Evaluation], document: Callable[..., Document]) -> tuple[Any, ...]:
    """The sample paper's evaluation, issued and confirmed, with its recommendations and an answer to the second, cleared."""
    own, head = evaluation("Support to small ports"), person("head")
    paper = document(own, stage="draft", kind="report")
    propose_keys(paper)
    confirm_keys(head, paper)
    confirm(head, paper, rest=True)
    paper.refresh_from_db()
    paper.stage = "issued"
    paper.save()
    refresh_stage(own.key)
    own.refresh_from_db()
    ports = unit("Ports Division")
    line, chief, coordinator = person(), person(), person("coordinator", own)
    line.unit = chief.unit = ports
    ports.head = chief
    for thing in (line, chief, ports):
        thing.save()
    follow_up = opening.open_follow_up(head, own, started=date(2026, 3, 2))
    track = Track.objects.filter(points=None).order_by("recommendation__position").first()
    opening.charge(head, track, ports)
    response = answers.draft(
        line,
        Response.objects.get(track=track),
        Drafted("accepted", "We shall.", actions=(Promise("Sign 12 agreements", ports, date(2026, 12, 31), "2.1"),)),
    )
    response = answers.submit(line, response)
    for who in (chief, coordinator):
        response = answers.clear(who, response)
    return own, paper, head, coordinator, follow_up, response


def test_what_is_transmitted_stands_on_the_trail_and_in_the_matrix(read: tuple[Any, ...], signed_in: SignedIn) -> None:
    own, paper, head, coordinator, follow_up, response = read
    sent = answers.transmit(coordinator, follow_up)
    entered = Document.objects.get(key=sent.document_key)
    whole = whole_of(evaluation_queries.papers(head, own), own.key)
    assert whole is not None
    assert whole.first.document == paper
    key = response.track.recommendation.key
    asked = next(s.id for s in whole.first.evaluation.statements if whole.keys.get((paper.key, s.id)) == key)
    said = [s for s in whole.statements if isinstance(s, Answered) and any(a.id == asked for a in s.answers)]
    # The report prints an answer of its own to it; the one that was handed over is the later word.
    assert [(s.id.partition("/")[0], len(s.answers)) for s in said] == [(entered.key, 1)]
    assert [line.start for line in whole.trail.lines if line.end == said[0].id] == [asked]
    assert len([s for s in whole.statements if isinstance(s, Answered)]) == 5
    matrix = written(record_of(entered), "html", kind="response-matrix").decode()
    assert "Sign 12 agreements" in matrix
    assert response.track.recommendation.text.partition("\n")[0][:40] in matrix
    response.track.recommendation.refresh_from_db()
    assert response.track.recommendation.verdict == "accepted"


def test_a_new_version_of_an_answer_makes_the_next_version_of_the_paper(read: tuple[Any, ...]) -> None:
    _own, _paper, _head, coordinator, follow_up, response = read
    first = answers.transmit(coordinator, follow_up)
    response.refresh_from_db()
    newer = answers.revise(coordinator, response)
    newer = answers.draft(coordinator, newer, Drafted("rejected", "We shall not.", reason="The law forbids it.", actions=()))
    newer = answers.submit(coordinator, newer)
    for who in (response.track.charges.get(lead=True).unit.head, coordinator):
        newer = answers.clear(who, newer)
    second = answers.transmit(coordinator, follow_up)
    assert second.document_key == first.document_key
    assert second.version > first.version
    assert [
        s.verdict for s in record_of(Document.objects.get(key=second.document_key)).evaluations[0].statements if isinstance(s, Answered)
    ] == ["rejected"]
    assert Transmission.objects.get(pk=first.pk).body[0]["verdict"] == "accepted"


def test_what_is_missing_stands_on_the_page_and_what_was_typed_is_written_down(cast: Cast, signed_in: SignedIn) -> None:
    response = Response.objects.get()
    client = signed_in(cast.line)
    sent = form(response, {"number": "3.1", "text": "Try"}, verdict="partially_accepted", text="Some of it.", do="submit")
    page = client.post(address(response), sent, follow=True).content.decode()
    response.refresh_from_db()
    assert (response.state, response.text, Action.objects.get().text) == (ResponseState.DRAFTED, "Some of it.", "Try")
    for words in ("Give the reason", "name the unit that does it", "give the date by which it is done"):
        assert words in page


@pytest.mark.parametrize(
    "row, told",
    [
        ({"unit": "Harbour Office"}, "The office knows no unit “Harbour Office”"),
        ({"due": "2026-03-01"}, "is before the report itself"),
        ({"due": "soon"}, "Enter a valid date"),
        ({"cost": "12"}, "Say in which currency"),
        ({"text": "", "cost": "12", "currency": "USD"}, "An action without words promises nothing"),
    ],
)
def test_a_fault_stands_at_its_row_and_nothing_is_lost(cast: Cast, signed_in: SignedIn, row: dict[str, str], told: str) -> None:
    response = Response.objects.get()
    answer = signed_in(cast.line).post(address(response), form(response, ROW | row))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "We shall train them." in page
    assert f'value="{(ROW | row)["number"]}"' in page
    assert (Action.objects.count(), Response.objects.get().state) == (0, ResponseState.ASKED)


def test_rows_are_added_and_taken_out_without_writing_anything(cast: Cast, signed_in: SignedIn) -> None:
    response, client = Response.objects.get(), signed_in(cast.line)
    page = client.post(address(response), form(response, ROW, do="add")).content.decode()
    assert page.count("<legend>Action ") == 2
    assert "Train twelve fitters" in page
    page = client.post(address(response), form(response, ROW, {"text": "Name one a site"}, do="remove:0")).content.decode()
    assert "Train twelve fitters" not in page
    assert "Name one a site" in page
    assert not Action.objects.exists()


def test_the_second_of_two_people_is_told_keeps_what_they_typed_and_loses_nothing_of_the_other(cast: Cast, signed_in: SignedIn) -> None:
    response = Response.objects.get()
    first = form(response, ROW, text="The first says this.")
    assert signed_in(cast.line).post(address(response), first).status_code == 302
    second = form(response, {"number": "3.2", "text": "Name one a site", "unit": "Ports Division"}, text="The second says that.")
    answer = signed_in(cast.chief).post(address(response), second)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{cast.line.name} changed it since you opened it" in page
    for words in ("The first says this.", "The second says that.", "Train twelve fitters", "Name one a site"):
        assert words in page
    response.refresh_from_db()
    assert response.text == "The first says this."
    assert f'name="revision" value="{response.revision}"' in page


def test_a_contribution_is_seen_by_the_lead_unit_and_not_by_strangers(cast: Cast, signed_in: SignedIn) -> None:
    response = Response.objects.get()
    client = signed_in(cast.helper)
    answer = client.post(address(response), {"do": "contribute", "gives-revision": response.revision, "gives-words": " "})
    assert "Say why" in answer.content.decode() or answer.status_code == 422
    answer = client.post(address(response), {"do": "contribute", "gives-revision": response.revision, "gives-words": "Two courses a year."})
    assert answer.status_code == 302
    assert "Two courses a year." in signed_in(cast.line).get(address(response)).content.decode()
    assert signed_in(cast.stranger).get(address(response)).status_code == 404
    assert signed_in(cast.head).get(address(response)).status_code == 404


def test_an_answer_that_is_sent_back_says_why_and_needs_words(cast: Cast, signed_in: SignedIn) -> None:
    response = answers.submit(cast.line, answered(cast))
    client = signed_in(cast.helper)
    page = client.post(address(response), {"do": "send_back", "decides-revision": response.revision, "decides-words": ""})
    assert (page.status_code, "whoever reads it has to act on it" in page.content.decode()) == (422, True)
    client.post(address(response), {"do": "send_back", "decides-revision": response.revision, "decides-words": "Say how many."})
    page = signed_in(cast.line).get(address(response)).content.decode()
    assert "Sent back by" in page
    assert "Say how many." in page


def test_who_may_not_write_it_is_told_whose_it_is(cast: Cast, signed_in: SignedIn) -> None:
    response = Response.objects.get()
    page = signed_in(cast.helper).get(address(response)).content.decode()
    assert "It is written by" in page
    assert "Save the draft" not in page
    assert signed_in(cast.helper).post(address(response), form(response, ROW)).status_code == 403


def test_versions_are_compared_word_by_word_and_drafts_stay_with_those_who_write(
    cast: Cast, person: Callable[..., User], signed_in: SignedIn
) -> None:
    transmitted(cast)
    response = Response.objects.get()
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    assert signed_in(cast.line).post(address(response), {"do": "revise"}).status_code == 302
    newer = Response.objects.get(version=2)
    answers.draft(cast.line, newer, Drafted("accepted", "We shall train all of them."))
    page = signed_in(cast.line).get(f"{address(newer)}versions/").content.decode()
    assert "<ins>all of </ins>" in page
    assert "Promised earlier, and going on" in signed_in(cast.line).get(address(newer)).content.decode()
    assert "1 of 1 cleared" in signed_in(cast.coordinator).get(f"/follow-up/evaluations/{cast.evaluation.key}/").content.decode()
    colleague = person("reader", "E-09999")
    assert signed_in(colleague).get(address(response)).status_code == 200
    assert "sent back" not in signed_in(colleague).get(address(response)).content.decode()
    assert signed_in(colleague).get(address(newer)).status_code == 404
    assert "version 2" not in signed_in(colleague).get(f"{address(response)}versions/").content.decode().lower()


def test_each_organisation_of_a_joint_evaluation_answers_for_itself(cast: Cast, person: Callable[..., User], signed_in: SignedIn) -> None:
    harbours = unit("Harbour Board")
    opening.charge(cast.head, cast.track, harbours, organisation="Lakes Union")
    theirs = Response.objects.get(organisation="Lakes Union")
    other = person()
    other.unit = harbours
    other.save()
    assert signed_in(other).get(address(theirs)).status_code == 200
    assert signed_in(other).post(address(Response.objects.get(organisation="")), form(theirs, ROW)).status_code == 403
    page = signed_in(cast.coordinator).get(f"/follow-up/evaluations/{cast.evaluation.key}/").content.decode()
    assert "Lakes Union" in page
    assert "Without an organisation" in page


def test_a_compound_recommendation_is_split_as_its_words_propose_and_joined_again(cast: Cast, signed_in: SignedIn) -> None:
    recommendation = cast.track.recommendation
    recommendation.text = "The Ministry should: (a) train the fitters of all sites; and (b) name one person for each site."
    recommendation.save()
    client, path = signed_in(cast.line), f"/follow-up/recommendations/{recommendation.key}/points/"
    page = client.get(path).content.decode()
    assert "train the fitters of all sites" in page
    assert "lettered or numbered" in page
    cast.track.refresh_from_db()
    rows = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "revision": cast.track.revision}
    rows |= {"form-0-number": "3(a)", "form-0-text": "train", "form-1-number": "3(b)", "form-1-text": ""}
    answer = client.post(path, {**rows, "do": "split"})
    assert (answer.status_code, "Point 3(b) has no words" in answer.content.decode()) == (422, True)
    assert client.post(path, {**rows, "form-1-text": "name one", "do": "split"}).status_code == 302
    assert list(Response.objects.filter(replaced=False).values_list("point__number", flat=True)) == ["3(a)", "3(b)"]
    cast.track.refresh_from_db()
    assert client.post(path, {**rows, "revision": cast.track.revision, "do": "join"}).status_code == 302
    assert Response.objects.get(replaced=False).point is None
    assert signed_in(cast.helper).get(path).status_code == 403
    assert signed_in(cast.stranger).get(path).status_code == 404


def test_a_plan_is_judged_by_rule_when_it_is_handed_over_and_by_the_office_before_the_first_claim(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    said = {j.criterion: (j.met, j.rule) for j in action.plan_judgements.all()}
    # Whether training twelve is specific and measurable no rule can tell.
    assert said == {"assigned": (True, "RES006"), "time_bound": (True, "RES007")}
    path = f"{address(Response.objects.get())}plan/"
    assert "Save what I judged" not in signed_in(cast.line).get(path).content.decode()
    client = signed_in(cast.head)
    sent = {f"{action.key}-{name}": "met" for name in ("aligned", "specific", "measurable")}
    answer = client.post(path, {**sent, f"{action.key}-specific": "not"})
    assert (answer.status_code, "Say what is missing" in answer.content.decode()) == (422, True)
    assert client.post(path, sent).status_code == 302
    assert "1 of 1" in client.get(f"/follow-up/evaluations/{cast.evaluation.key}/").content.decode()
    assert plan_quality.fit_of(cast.head, cast.track.follow_up) == plan_quality.Fit(1, 1, 1)
    client.post(path, {**sent, f"{action.key}-time_bound": "not", f"{action.key}-time_bound-words": "It comes after the season."})
    assert plan_quality.fit_of(cast.head, cast.track.follow_up) == plan_quality.Fit(0, 1, 1)
    assert "the rule says: met" in client.get(path).content.decode()
    assert action.plan_judgements.filter(criterion="time_bound").count() == 2
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    with pytest.raises(Refused, match="before the first claim"):
        judge_plan(cast.head, action, {"aligned": None})
    assert Entry.objects.filter(thing=f"action:{action.key}", verb="judged").count() == 2


def test_the_evaluation_office_does_not_judge_the_plan_of_its_own_actions(cast: Cast) -> None:
    action = transmitted(cast)
    cast.ports.evaluates = True
    cast.ports.save()
    for who in (cast.head, cast.line, cast.coordinator):
        with pytest.raises(PermissionDenied):
            judge_plan(who, action, {"aligned": Judged(met=True)})


def test_the_number_of_queries_of_an_answer_does_not_grow_with_its_actions(cast: Cast, signed_in: SignedIn) -> None:
    response = Response.objects.get()
    client = signed_in(cast.line)
    counts = []
    for number in (5, 15):
        answers.draft(
            cast.line, response, Drafted("accepted", "So.", actions=tuple(Promise(f"Train {n} fitters", cast.ports) for n in range(number)))
        )
        client.get(address(response))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(response)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1], counts


@pytest.fixture
def printed(person: Callable[..., User], evaluation: Callable[..., Evaluation], document: Callable[..., Document]) -> tuple[Any, ...]:
    """The sample paper, which prints answers to its five recommendations; its follow-up is open and nobody is asked."""
    own, head = evaluation("Support to small ports"), person("head")
    paper = document(own, kind="report")
    propose_keys(paper)
    confirm_keys(head, paper)
    confirm(head, paper, rest=True)
    paper.refresh_from_db()
    paper.stage = "issued"
    paper.save()
    refresh_stage(own.key)
    ports = unit("Ports Division", code="PORTS")
    return own, paper, head, opening.open_follow_up(head, own, started=date(2024, 2, 12)), ports


def test_answers_that_a_paper_prints_are_taken_over_as_a_person_confirms_them(printed: tuple[Any, ...], signed_in: SignedIn) -> None:
    own, paper, head, follow_up, ports = printed
    client, board = signed_in(head), f"/follow-up/evaluations/{own.key}/"
    assert f"{board}printed/{paper.key}/" in client.get(board).content.decode()
    page = client.get(f"{board}printed/{paper.key}/").content.decode()
    assert "Take over what is ticked" in page
    found = offers(follow_up, paper).answers
    sent: dict[str, Any] = {"overall": "1"}
    for n, offer in enumerate(found[:2]):
        sent |= {f"{n}-take": "1", f"{n}-verdict": "accepted"}
        for m, a in enumerate(offer.actions):
            sent |= {f"{n}-{m}-text": a.text, f"{n}-{m}-unit": "Ports Division", f"{n}-{m}-due": "2027-12-31"}
    refused = client.post(f"{board}printed/{paper.key}/", sent | {"0-verdict": "", "0-0-unit": "Harbour Office", "0-0-text": "Plan"})
    assert refused.status_code == 422
    assert not Transmission.objects.exists()
    assert client.post(f"{board}printed/{paper.key}/", sent).status_code == 302
    frozen = Transmission.objects.get()
    assert (frozen.document_key, frozen.version, len(frozen.body)) == (paper.key, paper.current.number, 3)
    rows = Response.objects.filter(track__isnull=False, state=ResponseState.TRANSMITTED)
    assert {(r.verdict, r.transmitted, r.clearances.count()) for r in rows} == {("accepted", paper.date, 0)}
    assert {a.unit for a in Action.objects.all()} <= {ports}
    assert {a.state for a in Action.objects.all()} <= {ActionState.OPEN}
    assert Entry.objects.filter(verb="took over", thing=f"document:{paper.key}").count() == 1
    assert Document.objects.filter(kind="response").count() == 0
    again = offers(follow_up, paper)
    assert len(again.answers) == len(found) - 2
    assert again.overall == {}


def test_what_is_taken_over_as_it_was_read_keeps_what_is_not_known_and_the_journal_tells_all(printed: tuple[Any, ...]) -> None:
    _own, paper, head, follow_up, _ports = printed
    take_over_printed(head, follow_up, paper)
    rows = Response.objects.filter(track__isnull=False, state=ResponseState.TRANSMITTED)
    said = Counter(rows.values_list("verdict", flat=True))
    assert said == {"accepted": 7, "partially_accepted": 4, "noted": 2, "rejected": 1}
    assert Track.objects.exclude(verdict="").count() == 14
    bare = Action.objects.filter(due=None).first()
    assert bare is not None
    assert "the paper names no date" in bare.progress.get().text
    # The years of a work plan in running text are no date by which something is promised.
    assert all(due is None or due > date(2024, 2, 12) for due in Action.objects.values_list("due", flat=True))
    things = [*Response.objects.all(), *Action.objects.all(), *Track.objects.all()]
    assert differences(replayed(Entry.objects.order_by("pk")), stored(things)) == []


def test_a_paper_that_nobody_confirmed_and_people_without_a_part_take_nothing_over(
    printed: tuple[Any, ...], person: Callable[..., User]
) -> None:
    _own, paper, head, follow_up, _ports = printed
    with pytest.raises(PermissionDenied):
        take_over_printed(person("reader"), follow_up, paper)
    paper.confirmed = None
    with pytest.raises(Refused, match="Nobody has confirmed"):
        take_over_printed(head, follow_up, paper)
    assert not Transmission.objects.exists()


def test_who_may_make_answers_public_but_not_show_the_paper_is_told_what_the_head_still_does(
    read: tuple[Any, ...], person: Callable[..., User], signed_in: SignedIn
) -> None:
    own, _paper, _head, coordinator, follow_up, _response = read
    answers.transmit(coordinator, follow_up)
    client = signed_in(person("manager", own))
    page = client.post(f"/follow-up/evaluations/{own.key}/issue", {"organisation": ""}, follow=True).content.decode()
    assert "1 answer is public." in page
    assert "the head of evaluation says on its page who sees it" in page
    assert Document.objects.get(kind="response").stage == "draft"
