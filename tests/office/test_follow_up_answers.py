"""Answers in pages: drafted, contributed to, cleared, sent back, handed over, revised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.follow_up.actions import answers
from evaltrail_office.follow_up.machine import ActionState, ResponseState
from evaltrail_office.follow_up.models import Action, Response, Transmission
from tests.office.follow_up_cast import answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
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
    assert answers.canonical(frozen.body)
    assert answered is not None
