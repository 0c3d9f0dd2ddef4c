"""The demo: anybody is anybody in one click, and only there; its port is nobody else's while it starts."""

from __future__ import annotations

import re
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.accounts.models import Grant, Unit, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.site import demo, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client


@pytest.fixture
def opened(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office that is a demo."""
    monkeypatch.setenv("EVALTRAIL_DEMO", "1")
    (data / demo.MARK).touch()


@pytest.fixture
def people(person: Callable[..., User]) -> dict[str, User]:
    """Two of the demo's people, and somebody whom a visitor has made."""
    made = {"Nadia Orvell": person("head"), "Lena Brandt": person("reader"), "A. Visitor": person("reader")}
    for name, user in made.items():
        user.name = name
        user.save()
    return made


@pytest.mark.django_db
def test_one_click_on_any_page_makes_one_another_person(opened: None, client: Client, people: dict[str, User]) -> None:
    client.force_login(people["Nadia Orvell"])
    page = client.get("/search/").content.decode()
    assert '<a href="/demo/">Change person</a>' in page
    found = re.findall(r'name="person" value="([^"]+)"[^>]*>([^<]+)</button>', page)
    assert found == [(people["Lena Brandt"].key, "Lena Brandt, reader")]
    said = client.post("/demo/", {"person": found[0][0]}, follow=True).content.decode()
    assert "You are Lena Brandt now." in said
    assert "Nadia Orvell, head of evaluation" in said


@pytest.mark.django_db
def test_only_the_demos_own_people_can_be_chosen(opened: None, client: Client, people: dict[str, User]) -> None:
    client.force_login(people["Nadia Orvell"])
    for key in (people["A. Visitor"].key, "P-77777", ""):
        assert client.post("/demo/", {"person": key}).status_code == 200
        assert client.session["_auth_user_id"] == str(people["Nadia Orvell"].pk)
    people["Lena Brandt"].is_active = False
    people["Lena Brandt"].save()
    client.post("/demo/", {"person": people["Lena Brandt"].key})
    assert client.session["_auth_user_id"] == str(people["Nadia Orvell"].pk)


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["setting", "mark"])
def test_an_office_that_is_no_demo_has_no_such_way(
    missing: str, data: Path, client: Client, people: dict[str, User], monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    if missing == "mark":
        monkeypatch.setenv("EVALTRAIL_DEMO", "1")
    else:
        (data / demo.MARK).touch()
    client.force_login(people["Nadia Orvell"])
    page = client.get("/search/").content.decode()
    assert "Change person" not in page
    assert "Lena Brandt" not in page
    assert client.get("/demo/").status_code == client.post("/demo/", {"person": people["Lena Brandt"].key}).status_code == 404
    with django_assert_num_queries(0):
        assert demo.people_to_be() == []


@pytest.mark.django_db
def test_everybody_in_the_demo_holds_the_role_that_it_says(opened: None, document: Callable[..., Any]) -> None:
    unit = Unit.objects.create(key="U-0001", name="Ports Division")
    made = {}
    for name, role, _words in demo.PEOPLE:
        own = unit if role == Role.FOCAL_POINT else None
        made[role] = User.objects.create_user(f"{name[0]}@tarsa.example", name=name, unit=own)
    Grant.objects.create(user=made[Role.HEAD], role=Role.HEAD, given_by="system:demo")
    document()
    demo._confirm(made[Role.HEAD], made)
    keys = set(Evaluation.objects.values_list("key", flat=True))
    assert len(keys) == 3
    for role in (Role.MANAGER, Role.TEAM, Role.FOCAL_POINT, Role.CONSTITUENT):
        held = Grant.objects.filter(user=made[role], role=role)
        assert {g.evaluation for g in held} == keys
        assert {g.group for g in held} == ({"workers"} if role == Role.CONSTITUENT else {""})


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let two sockets have one port")
def test_a_port_is_kept_from_others_and_can_be_listened_on_while_the_office_starts() -> None:
    with serve._held("127.0.0.1", 0) as port:
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port))
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1)
        for _process in range(2):
            # As each of the server's processes does, one after the other.
            with socket.socket() as server:
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                server.bind(("127.0.0.1", port))
                server.listen()
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))


def test_a_port_that_somebody_listens_on_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"), serve._held("127.0.0.1", taken.getsockname()[1]):
            pass
