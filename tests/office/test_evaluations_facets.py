"""What an evaluation is about is said by its manager, found in the library, journalled and undone."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations import actions_facets as actions
from evaltrail_office.evaluations import facets
from evaltrail_office.evaluations.models import Facet
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

    Made = Callable[..., Evaluation]
    People = Callable[..., User]

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own(evaluation: Made) -> Evaluation:
    return evaluation("Ports", stage="released")


@pytest.fixture
def manager(own: Evaluation, person: People) -> User:
    return person("manager", own)


def values(own: Evaluation) -> list[tuple[str, str]]:
    return sorted(own.facets.values_list("kind", "value"))


@pytest.mark.parametrize(
    "kind, words, value",
    [
        ("country", "Kenya", "KE"),
        ("country", " cote d'ivoire ", "CI"),
        ("country", "alemania", "DE"),
        ("country", "Allemagne", "DE"),
        ("country", "ke", "KE"),
        ("country", "Antigua and Barbuda", "AG"),
        ("sdg", "8", "8"),
        ("sdg", "SDG 17 Partnerships", "17"),
        ("theme", "  Social   dialogue ", "Social dialogue"),
    ],
)
def test_words_are_understood_in_every_language_of_the_interface(kind: str, words: str, value: str) -> None:
    assert facets.value_of(kind, words) == value


@pytest.mark.parametrize(
    "kind, words", [("country", "West Africa"), ("country", " "), ("sdg", "18"), ("sdg", "SDG"), ("theme", "x" * 121), ("rating", "6")]
)
def test_what_is_no_country_goal_or_theme_is_refused(kind: str, words: str) -> None:
    with pytest.raises(Refused):
        facets.value_of(kind, words)


def test_a_theme_keeps_the_spelling_that_it_was_first_given(own: Evaluation, manager: User, evaluation: Made, person: People) -> None:
    actions.set_facet(manager, own, "theme", "Social dialogue")
    other = evaluation("Roads")
    assert actions.set_facet(person("manager", other), other, "theme", "social DIALOGUE").value == "Social dialogue"
    assert facets.themes_in_use() == ["Social dialogue"]


def test_values_have_names_in_the_interfaces_language() -> None:
    assert facets.value_name("country", "CI") == "Côte d’Ivoire"
    with translation.override("es"):
        assert facets.value_name("country", "DE") == "Alemania"
        assert facets.countries()[0] == "Afganistán"
    assert facets.value_name("sdg", "5") == "5 Gender equality"
    assert facets.value_name("country", "Kenya") == "Kenya"
    assert len(facets.countries()) == 249


def test_the_names_of_countries_are_those_of_the_library_that_brings_them() -> None:
    pytest.importorskip("babel")
    tool = ROOT / "tools" / "countries.py"
    if not tool.exists():
        pytest.skip("needs the repository")
    spec = importlib.util.spec_from_file_location("countries", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text(encoding="utf-8") == module.text()


def test_its_manager_says_it_and_others_do_not(own: Evaluation, manager: User, person: People, evaluation: Made) -> None:
    actions.set_facet(manager, own, "country", "Kenya")
    row = own.facets.get()
    assert (row.value, row.set_by) == ("KE", manager.key)
    for who in (person("team", own), person("commissioner", own), person("manager", evaluation("Else")), person("reader"), person()):
        with pytest.raises(PermissionDenied):
            actions.set_facet(who, own, "country", "Peru")
        with pytest.raises(PermissionDenied):
            actions.take_facet(who, own, row)
        with pytest.raises(PermissionDenied):
            actions.undo_facet(who, own)
    assert values(own) == [("country", "KE")]
    entry = Entry.objects.get(verb="described")
    assert (entry.actor, entry.about, entry.new) == (manager.key, own.key, {"kind": "country", "value": "KE", "set_by": manager.key})


def test_what_was_said_is_taken_back_one_by_one(own: Evaluation, manager: User, person: People) -> None:
    actions.set_facet(manager, own, "country", "Kenya")
    actions.set_facet(manager, own, "sdg", "8")
    actions.set_facet(manager, own, "sdg", "8")
    actions.take_facet(manager, own, own.facets.get(kind="country"))
    assert values(own) == [("sdg", "8")]
    actions.undo_facet(manager, own)
    assert values(own) == [("country", "KE"), ("sdg", "8")]
    actions.undo_facet(manager, own)
    assert values(own) == [("country", "KE")]
    other = person("head")
    actions.take_facet(other, own, own.facets.get())
    with pytest.raises(Refused, match="changed it since"):
        actions.undo_facet(manager, own)
    actions.undo_facet(other, own)
    actions.undo_facet(manager, own)
    assert values(own) == []
    with pytest.raises(Refused, match="nothing here"):
        actions.undo_facet(manager, own)


def test_what_a_paper_states_is_told_apart_and_becomes_a_persons_when_they_say_it_too(
    client: Client, own: Evaluation, manager: User
) -> None:
    row = Facet.objects.create(evaluation=own, kind="country", value="KE")
    client.force_login(manager)
    page = client.get(f"/evaluations/{own.key}/about/").content.decode()
    assert "stated in the paper" in page
    assert "Take away" not in page
    assert "stated in the paper" in client.get(f"/evaluations/{own.key}/").content.decode()
    with pytest.raises(Refused, match="correct the paper"):
        actions.take_facet(manager, own, row)
    actions.set_facet(manager, own, "country", "Kenya")
    page = client.get(f"/evaluations/{own.key}/about/").content.decode()
    assert f"set by {manager.name}" in page
    assert "stated in the paper" not in client.get(f"/evaluations/{own.key}/").content.decode()
    actions.undo_facet(manager, own)
    assert own.facets.get().set_by == ""


def test_it_is_said_by_plain_forms_and_found_in_the_library(client: Client, own: Evaluation, manager: User) -> None:
    page = f"/evaluations/{own.key}/about/"
    client.force_login(manager)
    told = client.get(page).content.decode()
    assert told.count("<option value=") == 249 + 17
    told = client.post(page, {"do": "add", "kind": "country", "words": "Kenia"}, follow=True).content.decode()
    assert "Kenya is kept." in told
    answer = client.post(page, {"do": "add", "kind": "country", "words": "Atlantis"})
    assert answer.status_code == 422
    assert "Atlantis” is no country" in answer.content.decode()
    client.post(page, {"do": "add", "kind": "sdg", "words": "8"})
    told = client.get(f"/evaluations/{own.key}/").content.decode()
    assert '<a href="/evaluations/?country=KE">Kenya</a>' in told
    assert "8 Decent work and economic growth" in told
    library = client.get("/evaluations/?country=KE&sdg=8").content.decode()
    assert "Ports" in library
    assert "<span>Kenya</span>" in library
    assert "Ports" not in client.get("/evaluations/?country=PE").content.decode()
    assert "said what" in client.get(f"/evaluations/{own.key}/history/").content.decode()
    row = own.facets.get(kind="country")
    client.post(page, {"do": "remove", "facet": row.pk})
    assert values(own) == [("sdg", "8")]
    client.post(page, {"do": "undo"})
    assert values(own) == [("country", "KE"), ("sdg", "8")]
    assert client.post(page, {"do": "remove", "facet": "x"}).status_code == 404
    assert client.post(page, {"do": "burn"}).status_code == 404


def test_a_colleague_sees_what_is_released_and_may_not_change_it_and_a_stranger_nothing(
    client: Client, own: Evaluation, manager: User, person: People, evaluation: Made
) -> None:
    actions.set_facet(manager, own, "country", "Kenya")
    colleague = person("manager", evaluation("Else"))
    client.force_login(colleague)
    assert "Kenya" in client.get(f"/evaluations/{own.key}/").content.decode()
    assert client.get(f"/evaluations/{own.key}/about/").status_code == 403
    own.stage = "draft"
    own.save()
    for who in (colleague, person()):
        client.force_login(who)
        assert client.get(f"/evaluations/{own.key}/about/").status_code == 404
        assert client.post(f"/evaluations/{own.key}/about/", {"do": "undo"}).status_code == 404
    client.logout()
    assert client.get(f"/evaluations/{own.key}/about/").status_code == 302


def test_the_page_asks_the_database_as_often_for_twenty_as_for_ten(client: Client, own: Evaluation, manager: User) -> None:
    client.force_login(manager)
    asked = []
    for part in range(2):
        for n in range(10):
            actions.set_facet(manager, own, "theme", f"Theme {part}-{n}")
        client.get(f"/evaluations/{own.key}/about/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/evaluations/{own.key}/about/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
