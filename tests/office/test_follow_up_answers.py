"""Answers in pages: drafted, contributed to, cleared, sent back, handed over, revised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.record import Response as Answered
from evaltrail.write import written
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.evaluations.actions import confirm_keys, propose_keys, refresh_stage
from evaltrail_office.evaluations.records import record_of
from evaltrail_office.evaluations.whole import whole_of
from evaltrail_office.follow_up.actions import answers, opening
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.machine import ActionState, ResponseState
from evaltrail_office.follow_up.models import Action, Response, Track, Transmission
from evaltrail_office.shelf.actions import confirm
from evaltrail_office.shelf.models import Document
from tests.office.follow_up_cast import unit

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
