"""Opening the follow-up of an evaluation and saying who answers, in pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up.actions import opening
from evaltrail_office.follow_up.models import Charge, FollowUp, Response, Track
from tests.office.follow_up_cast import unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from tests.office.follow_up_cast import Cast

    Person = Callable[..., User]
    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def recommended(own: Evaluation, count: int) -> list[Recommendation]:
    """So many recommendations."""
    start = Recommendation.objects.count()
    return [
        Recommendation.objects.create(
            key=f"R-{start + n:06}", evaluation=own, number=str(start + n), position=start + n, text=f"Do the thing numbered {n}."
        )
        for n in range(1, count + 1)
    ]


def rows_of(page: str) -> dict[str, str]:
    """What a formset's hidden and visible fields hold, as a browser would send them."""
    import html
    import re

    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and name[1].startswith("form-"):
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, body in re.findall(r'<select name="(form-[^"]*)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def test_the_evaluation_office_opens_a_follow_up_and_charges_many_units_at_once(
    person: Person, evaluation: Callable[..., Evaluation], signed_in: SignedIn
) -> None:
    own, head = evaluation(stage="issued"), person("head")
    recommended(own, 2)
    ports, training = unit("Ports Division", code="PORTS"), unit("Training Section")
    client = signed_in(head)
    page = client.get(f"/follow-up/evaluations/{own.key}/")
    assert "Open the follow-up" in page.content.decode()
    answer = client.post(f"/follow-up/evaluations/{own.key}/open", {"preset": "house", "started": "2026-03-02"})
    assert answer.url == f"/follow-up/evaluations/{own.key}/charges/"
    assert FollowUp.objects.get().response_due == date(2026, 5, 1)
    sent = rows_of(client.get(answer.url).content.decode())
    sent |= {"form-0-lead": "ports", "form-0-others": "Training Section", "form-1-lead": "Training Section", "form-1-addressee": "donor"}
    assert client.post(answer.url, sent).status_code == 302
    assert list(Charge.objects.order_by("track", "-lead").values_list("unit", "lead")) == [
        (ports.pk, True),
        (training.pk, False),
        (training.pk, True),
    ]
    assert Track.objects.get(recommendation__key="R-000002").addressee == "donor"
    assert Response.objects.count() == 2
    assert "0 of 2 cleared" in client.get(f"/follow-up/evaluations/{own.key}/").content.decode()


def test_an_unknown_unit_is_told_at_its_field_and_the_other_rows_keep_what_was_typed(
    person: Person, evaluation: Callable[..., Evaluation], signed_in: SignedIn
) -> None:
    own, head = evaluation(stage="issued"), person("head")
    recommended(own, 2)
    unit("Ports Division")
    opening.open_follow_up(head, own)
    client, address = signed_in(head), f"/follow-up/evaluations/{own.key}/charges/"
    sent = rows_of(client.get(address).content.decode())
    answer = client.post(address, sent | {"form-0-lead": "Harbour Office", "form-1-lead": "Ports Division"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The office knows no unit “Harbour Office”" in text
    assert 'value="Ports Division"' in text
    assert not Charge.objects.exists()


def test_units_are_proposed_from_the_printed_words_and_saved_by_a_person(
    person: Person, evaluation: Callable[..., Evaluation], signed_in: SignedIn
) -> None:
    own, head = evaluation(stage="issued"), person("head")
    recommended(own, 1)
    unit("Ports Division", code="PORTS"), unit("Training Section")
    opening.open_follow_up(head, own)
    Track.objects.update(printed_addressee="PORTS; Training Section, Field")
    page = signed_in(head).get(f"/follow-up/evaluations/{own.key}/charges/").content.decode()
    sent = rows_of(page)
    assert (sent["form-0-lead"], sent["form-0-others"]) == ("Ports Division", "Training Section")
    assert "proposed from these words" in page
    assert not Charge.objects.exists()


def test_a_colleague_sees_what_is_released_and_a_stranger_nothing(cast: Cast, person: Person, signed_in: SignedIn, client: Client) -> None:
    address = f"/follow-up/evaluations/{cast.evaluation.key}/"
    assert client.get(address).status_code == 302
    assert signed_in(cast.stranger).get(address).status_code == 404
    colleague = person("reader", "E-09999")
    assert signed_in(colleague).get(address).status_code == 404
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    page = signed_in(colleague).get(address).content.decode()
    assert "Train the fitters" in page
    assert "/follow-up/answers/" not in page
    assert signed_in(colleague).get(f"{address}charges/").status_code == 403
    assert "Say who answers" not in page


@pytest.mark.parametrize("path", ["", "charges/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    path: str, person: Person, evaluation: Callable[..., Evaluation], signed_in: SignedIn
) -> None:
    own, head = evaluation(stage="issued"), person("head")
    ports = unit("Ports Division")
    counts = []
    for _round in range(2):
        recommended(own, 6)
        opening.open_follow_up(head, own)
        for track in Track.objects.all():
            opening.charge(head, track, ports)
        client = signed_in(head)
        client.get(f"/follow-up/evaluations/{own.key}/{path}")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/follow-up/evaluations/{own.key}/{path}").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1], counts


def test_of_two_who_charge_at_once_the_second_is_told_and_keeps_what_they_typed(cast: Cast, signed_in: SignedIn) -> None:
    address = f"/follow-up/evaluations/{cast.evaluation.key}/charges/"
    client = signed_in(cast.coordinator)
    sent = rows_of(client.get(address).content.decode())
    opening.charge(cast.head, cast.track, cast.training)
    answer = client.post(address, sent | {"form-0-lead": "Field operations"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{cast.head.name} changed it since you opened it" in page
    assert 'value="Field operations"' in page
    assert Charge.objects.get(lead=True).unit == cast.training
    assert client.post(address, rows_of(page)).status_code == 302
    assert Charge.objects.get(lead=True).unit.name == "Field operations"


def test_recommendations_that_are_identified_later_are_followed_too_and_the_clock_is_set_anew(cast: Cast, signed_in: SignedIn) -> None:
    address, client = f"/follow-up/evaluations/{cast.evaluation.key}/", signed_in(cast.head)
    recommended(cast.evaluation, 2)
    assert "2 recommendations were identified since" in client.get(address).content.decode()
    client.post(f"{address}open", {"preset": "house"})
    assert Track.objects.count() == 3
    assert "identified since" not in client.get(address).content.decode()
    client.post(f"{address}start", {"started": "2026-04-01"})
    follow_up = FollowUp.objects.get()
    assert (follow_up.started, follow_up.response_due) == (date(2026, 4, 1), date(2026, 5, 31))
    page = client.post(f"{address}start", {"started": "2099-01-01"}, follow=True).content.decode()
    assert "still to come" in page
    assert signed_in(cast.line).post(f"{address}start", {"started": "2026-04-02"}).status_code == 403


def test_the_page_of_an_evaluation_leads_to_its_follow_up(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.head).get(f"/evaluations/{cast.evaluation.key}/").content.decode()
    assert f'href="/follow-up/evaluations/{cast.evaluation.key}/"' in page
