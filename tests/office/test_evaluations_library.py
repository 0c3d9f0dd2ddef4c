"""The list of evaluations and the search page."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from evaltrail_office.evaluations.index import index
from evaltrail_office.evaluations.views_library import value_name
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf import search

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> None:
    index.forget()


def test_the_list_shows_what_a_person_may_see(
    client: Client, person: Callable[..., User], evaluation: Callable[..., Evaluation], document: Callable[..., Document]
) -> None:
    own, released = evaluation("Ports in draft"), evaluation("Ports released", stage="released")
    document(own)
    document(released, stage="released")
    for who, seen, hidden in (
        (person("team", own), "Ports in draft", ""),
        (person("reader"), "Ports released", "Ports in draft"),
        (person(), "no evaluation here yet", "Ports"),
    ):
        client.force_login(who)
        page = client.get("/evaluations/").content.decode()
        assert seen in page
        assert not hidden or f">{hidden}" not in page
    client.logout()
    assert client.get("/evaluations/").status_code == 302


def test_facets_narrow_the_list_and_can_be_taken_back(
    client: Client, person: Callable[..., User], evaluation: Callable[..., Evaluation]
) -> None:
    evaluation("Ports", organisation="Merrow", year=2020)
    evaluation("Roads", organisation="Tarsa", year=2021)
    client.force_login(person("head"))
    page = client.get("/evaluations/", {"organisation": "Merrow", "year": "1999"}).content.decode()
    assert "No evaluation has all of this" in page
    assert 'name="year" value="1999" checked' in page
    page = client.get("/evaluations/", {"organisation": "Merrow"}).content.decode()
    assert ">Ports</a>" in page
    assert ">Roads</a>" not in page


def test_the_list_asks_the_database_as_often_for_twenty_rows_as_for_ten(
    client: Client, person: Callable[..., User], evaluation: Callable[..., Evaluation], document: Callable[..., Document]
) -> None:
    client.force_login(person("head"))
    asked = []
    for _ in range(2):
        for _n in range(5):
            document(evaluation(year=2020))
        note("system:test", "added", "office:1")
        index.forget()
        client.get("/evaluations/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/evaluations/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


def test_the_list_is_exported_whole_and_safe_for_spreadsheets(
    client: Client, person: Callable[..., User], evaluation: Callable[..., Evaluation], document: Callable[..., Document]
) -> None:
    document(evaluation("=HYPERLINK(1)"))
    for _ in range(30):
        evaluation()
    client.force_login(person("head"))
    answer = client.get("/evaluations/list.csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == 31
    unsafe = next(r for r in table if "HYPERLINK" in r["title"])
    assert unsafe["title"] == "'=HYPERLINK(1)"
    assert unsafe["relevance"]


@pytest.mark.parametrize(
    "asked", ["page=0", "page=99999999", "page=x", "q=%00", "year=abc&year=", "rating=9", "unknown=1", "criterion=" + "x" * 5000]
)
def test_any_question_is_answered(asked: str, client: Client, person: Callable[..., User], evaluation: Callable[..., Evaluation]) -> None:
    evaluation()
    client.force_login(person("head"))
    assert client.get(f"/evaluations/?{asked}").status_code == 200
    assert client.get(f"/evaluations/list.csv?{asked}").status_code == 200
    assert client.get(f"/search/?{asked}").status_code == 200


def test_what_is_found_is_shown_with_the_words_marked_and_where_it_stands(
    client: Client, person: Callable[..., User], evaluation: Callable[..., Evaluation], document: Callable[..., Document]
) -> None:
    own = evaluation()
    made = document(own)
    search.write([made])
    first = made.statements.filter(kind="recommendation").first()
    word = max((w for w in first.text.split() if w.isalpha()), key=len)
    client.force_login(person("team", own))
    page = client.get("/search/", {"q": word, "kind": "recommendation"}).content.decode()
    assert f"<mark>{word}</mark>" in page
    assert "not confirmed" in page
    client.force_login(person("reader"))
    assert "<mark>" not in client.get("/search/", {"q": word}).content.decode()


def test_criteria_of_the_facets_are_named_in_the_language_of_the_interface() -> None:
    with translation.override("fr"):
        assert [value_name("criterion", name) for name in ("sustainability", "gender equality", "")] == [
            "Durabilité",
            "Gender equality",
            "non indiqué",
        ]
