"""Where the office as a whole cannot answer, programs are told so as problems and not by pages for people."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from evaltrail_office.api import middleware
from evaltrail_office.api.problems import KINDS, MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db


def problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, MEDIA_TYPE)
    told: dict[str, Any] = answer.json()
    assert (told["type"], told["status"]) == (f"/api/#{kind}", status)
    return told


@pytest.mark.parametrize("address", ["/api/v1/evaluations", "/api/v1/openapi.json", "/api/v1/nowhere"])
def test_an_office_that_is_not_set_up_says_so_to_programs(client: Client, address: str) -> None:
    told = problem(client.get(address), 503, "not-set-up")
    assert "first account" in told["remedy"]
    assert problem(client.post(address, {}), 503, "not-set-up")
    # Pages for people say it to people.
    for page in ("/api/", "/evaluations/"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "fault, status, kind",
    [
        (OperationalError("connection refused"), 503, "away"),
        (OperationalError("database is locked"), 503, "away"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "no-room"),
        (ValueError("x"), 500, "fault"),
    ],
)
def test_what_breaks_on_the_way_to_the_api_is_a_problem(
    fault: Exception, status: int, kind: str, monkeypatch: pytest.MonkeyPatch, person: Callable[..., User]
) -> None:
    person("head")

    def breaks() -> bool:
        raise fault

    monkeypatch.setattr("evaltrail_office.accounts.middleware.is_set_up", breaks)
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/evaluations")
    problem(answer, status, kind)
    assert answer.headers.get("Retry-After") == ("10" if status == 503 else None)
    page = client.get("/accounts/login/")
    assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 418, 429, 500, 502, 503, 507])
def test_every_page_about_a_fault_becomes_a_problem_of_a_kind_that_is_explained(status: int) -> None:
    def page(_request: Any) -> HttpResponse:
        return HttpResponse("<h1>No</h1>", status=status, headers={"Retry-After": "7"})

    answer = middleware.problems(page)(RequestFactory().get("/api/v1/evaluations"))
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert answer.headers["Retry-After"] == "7"
    assert set(middleware.KINDS.values()) <= set(KINDS)
    assert middleware.problems(page)(RequestFactory().get("/evaluations/")).content == b"<h1>No</h1>"


def test_what_the_api_says_itself_stays_as_it_is(client: Client, person: Callable[..., User]) -> None:
    person("head")
    told = problem(client.get("/api/v1/me"), 401, "not-signed-in")
    assert told["remedy"]
    client.force_login(person("head"))
    assert client.get("/api/v1/me").headers["Content-Type"].startswith("application/json")
