"""The history of one recommendation, from finding to proof."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail.record import DocumentInfo, Link, Observation, Page, Place, Record
from evaltrail.record import Evaluation as Part
from evaltrail.record import Recommendation as Recommended
from evaltrail_office.evaluations.actions import confirm_keys, propose_keys, refresh_stage
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up.actions import answers, opening, work
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.models import BodyDecision, Response
from evaltrail_office.follow_up.statement import recommended
from evaltrail_office.shelf.actions import confirm
from tests.office.follow_up_cast import answered, transmitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document
    from tests.office.follow_up_cast import Cast

    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

PATH = "/follow-up/recommendations/R-000001/"


def test_it_tells_the_whole_way_from_the_words_to_the_verified_action(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    own = {
        "evaluation": cast.evaluation,
        "body": "Governing Board",
        "made_by": cast.head.key,
        "adopted": "The Board asked that fitters be trained.",
    }
    BodyDecision.objects.create(taken=date(2026, 3, 20), **own)
    BodyDecision.objects.create(taken=date(2026, 3, 1), withdrawn="2026-03-02T00:00Z", **{**own, "adopted": "Entered wrongly."})
    work.add_proof(cast.line, action, "Attendance of ten", "https://office.example/ten")
    work.add_proof(cast.line, action, "The names of those trained", "https://office.example/names", public=True)
    work.claim(cast.line, action, "done")
    work.send_back(cast.head, action, "The list names ten.")
    work.claim(cast.line, action, "done")
    work.verify(cast.head, action)
    page = signed_in(cast.coordinator).get(PATH).content.decode()
    steps = [
        "Train the fitters and name one a site.",
        "Governing Board",
        "We shall train them.",
        "Train twelve fitters",
        "Verified",
        "<h2>Retired",
    ]
    places = [page.index(words) for words in steps]
    assert places == sorted(places)
    for words in ("sent back once", "Attendance of ten", "1 of 1 closed", "Every action is closed."):
        assert words in page
    assert "Entered wrongly" not in page


def test_a_colleague_sees_public_proof_alone_and_no_draft_and_a_stranger_nothing(
    cast: Cast, person: Callable[..., User], signed_in: SignedIn, client: Client
) -> None:
    assert client.get(PATH).status_code == 302
    colleague = person("reader", "E-09999")
    assert signed_in(colleague).get(PATH).status_code == 404
    assert signed_in(cast.stranger).get(PATH).status_code == 404
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    answered(cast)
    page = signed_in(colleague).get(PATH).content.decode()
    assert "Train the fitters" in page
    assert "We shall train them." not in page
    assert "Train twelve fitters" not in page
    response = answers.submit(cast.line, Response.objects.get())
    for who in (cast.helper, cast.chief, cast.coordinator):
        answers.clear(who, response)
    answers.transmit(cast.coordinator, cast.track.follow_up)
    action = response.actions.get()
    work.add_proof(cast.line, action, "Attendance of ten", "https://office.example/ten")
    work.add_proof(cast.line, action, "The names of those trained", "https://office.example/names", public=True)
    page = signed_in(colleague).get(PATH).content.decode()
    assert "The names of those trained" in page
    assert "Attendance of ten" not in page
    assert "1 proof is open to the unit and the evaluation office alone" in page


def test_a_recommendation_that_is_not_followed_yet_has_its_words_and_its_place(
    evaluation: Callable[..., Evaluation], document: Callable[..., Document], person: Callable[..., User], signed_in: SignedIn
) -> None:
    own, head = evaluation("Support to small ports"), person("head")
    paper = document(own, kind="report")
    propose_keys(paper)
    confirm_keys(head, paper)
    confirm(head, paper, rest=True)
    refresh_stage(own.key)
    found = Recommendation.objects.order_by("position").first()
    assert found is not None
    page = signed_in(head).get(f"/follow-up/recommendations/{found.key}/").content.decode()
    assert found.text.partition("\n")[0][:40] in page
    assert f"/documents/{paper.key}/statements/" in page
    assert "not open" in page
    opening.open_follow_up(head, own)
    assert "Addressed to" in signed_in(head).get(f"/follow-up/recommendations/{found.key}/").content.decode()


def test_the_findings_that_a_recommendation_rests_on_stand_before_it_and_proposed_ones_say_so(
    evaluation: Callable[..., Evaluation], document: Callable[..., Document], person: Callable[..., User], signed_in: SignedIn
) -> None:
    own, head = evaluation("Wells"), person("head")
    text = "Half of the wells were dry. Committees had no money. Wells need upkeep. Pay the committees."
    words = text.split(". ")
    starts = [text.index(w) for w in words]
    places = [(Place(page=1, start=a, end=a + len(w)),) for a, w in zip(starts, words, strict=True)]
    record = Record(
        document=DocumentInfo(title="Wells", language="en"),
        pages=(Page(number=1, text=text),),
        evaluations=(
            Part(
                id="I",
                statements=(
                    Observation(id="f1", kind="finding", number="1", text=words[0], places=places[0]),
                    Observation(id="f2", kind="finding", number="2", text=words[1], places=places[1]),
                    Observation(id="c1", kind="conclusion", number="1", text=words[2], places=places[2]),
                    Recommended(id="r1", number="1", text=words[3], places=places[3]),
                ),
                links=(
                    Link(from_="f1", to="c1", kind="supports", basis="stated"),
                    Link(from_="c1", to="r1", kind="leads_to", basis="stated"),
                    Link(from_="f2", to="r1", kind="leads_to", basis="proposed", score=0.6),
                ),
            ),
        ),
    )
    paper = document(own, record=record, kind="report")
    propose_keys(paper)
    confirm_keys(head, paper)
    asked = recommended(head, own, Recommendation.objects.get())
    assert [(s.label, s.proposed) for s in asked.rests_on] == [("F1", False), ("F2", True), ("C1", False)]
    page = signed_in(head).get(PATH).content.decode()
    assert page.index("Half of the wells were dry") < page.index("Wells need upkeep") < page.index("Pay the committees")
    assert "(proposed)" in page
    assert "Rests on no finding" not in page
    assert recommended(person(), own, Recommendation.objects.get()).spot is None


def test_the_number_of_queries_does_not_grow_with_actions_and_versions(cast: Cast, signed_in: SignedIn) -> None:
    response = Response.objects.get()
    client = signed_in(cast.line)
    counts = []
    for number in (4, 12):
        actions = tuple(Promise(f"Train {n} fitters", cast.ports) for n in range(number))
        answers.draft(cast.line, response, Drafted("accepted", "So.", actions=actions))
        client.get(PATH)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(PATH).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1], counts
