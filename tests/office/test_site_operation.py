"""What the office tells of its own running: its health, its log, and pages where something broke."""

from __future__ import annotations

import io
import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.intake.models import Batch, Item
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.handlers import handler
from evaltrail_office.jobs.models import Worker
from evaltrail_office.site import health
from evaltrail_office.site.environment import SettingFault, dotted
from evaltrail_office.site.faults import told_of
from evaltrail_office.site.logs import JsonLines, Words, logging_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What is logged as JSON, line by line."""
    written, logger = io.StringIO(), logging.getLogger("evaltrail_office")
    terminal, level = logging.StreamHandler(written), logger.level
    terminal.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(terminal)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(terminal)
    logger.setLevel(level)


def test_a_request_is_one_line_with_who_what_and_how_long(lines: Any, signed_in: Callable[[User], Client], person: Any) -> None:
    user = person(administrator=True)
    answer = signed_in(user).get(reverse("person", args=[user.key]), {"q": "secret words"})
    (line,) = [one for one in lines() if one["event"] == "request"]
    assert line["person"] == user.key
    assert (line["method"], line["path"], line["status"]) == ("GET", f"/people/{user.key}/", 200)
    assert line["queries"] > 0
    assert line["ms"] > 0
    assert answer.headers["X-Request-ID"] == line["request"]
    assert "secret" not in json.dumps(lines())


@pytest.mark.parametrize(
    "path", ["/set-up/secret-token/", "/invitation/secret-token/", "/accounts/password/reset/key/1-secret-token/", "/secret-token/x"]
)
def test_no_link_that_lets_somebody_in_is_written_down(lines: Any, person: Any, path: str, caplog: pytest.LogCaptureFixture) -> None:
    person("head")
    Client().get(path)
    Client(enforce_csrf_checks=True).post(path)
    assert [one["path"] for one in lines() if one["event"] == "request"]
    assert "secret-token" not in json.dumps(lines())


def test_the_number_of_a_request_is_taken_from_a_proxy_if_it_can_be_one(person: Any) -> None:
    person("head")
    assert Client().get("/health", headers={"x-request-id": "abc-12345678"}).headers["X-Request-ID"] == "abc-12345678"
    assert "\n" not in Client().get("/health", headers={"x-request-id": "x y\\n{}"}).headers["X-Request-ID"]
    assert Client().get("/health", headers={"x-request-id": "x y z w v u"}).headers["X-Request-ID"] != "x y z w v u"


def test_a_job_that_breaks_off_is_told_without_the_words_of_its_fault(lines: Any, work: Callable[[], int]) -> None:
    @handler("test.secret")
    def secret(_work: Any) -> None:
        raise KeyError("secret words of a draft")

    enqueue("test.secret", {"words": "secret"}, asked_by="P-00001")
    work()
    told = lines()
    assert "KeyError" in told[0]["event"]
    assert "test_site_operation.py" in told[0]["event"]
    assert {k: told[1][k] for k in ("event", "kind", "state", "person")} == {
        "event": "job",
        "kind": "test.secret",
        "state": "broken",
        "person": "P-00001",
    }
    assert "secret words" not in json.dumps(told)


def test_the_terminal_is_told_of_a_fault_without_its_words() -> None:
    def fail() -> None:
        raise ValueError("secret words")

    try:
        fail()
    except ValueError as fault:
        broken = (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s: %s", ("x", "/set-up/secret/"), broken)
    record.request, record.status_code = RequestFactory().get("/set-up/secret/"), 500
    said = Words().format(record)
    assert said.startswith("evaltrail: django.request 500 /set-up/…/: ValueError at office/test_site_operation.py:")
    assert "secret" not in said
    assert logging_settings("faults")["loggers"]["evaltrail_office"]["level"] == "WARNING"


def test_a_well_office_is_ok_for_everybody(client: Client, person: Any) -> None:
    person("head")
    Worker.objects.create(name="here:1")
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.get("/health", {"format": "json"}).json() == {
        "status": "ok",
        "checks": {name: {"ok": True} for name in ("database", "worker", "disk", "index")},
    }


def test_what_needs_attention_is_named_to_strangers_and_explained_to_administrators(
    client: Client, person: Any, signed_in: Callable[[User], Client], document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document()
    administrator = person(administrator=True)
    monkeypatch.setattr(health, "_STARTED", health._STARTED - 1000)
    monkeypatch.setattr(health, "LEAST_ROOM", 1 << 60)
    Worker.objects.all().delete()
    Worker.objects.create(name="here:1", seen=timezone.now() - timedelta(hours=2))
    answer = client.get("/health", headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["status"] == "attention"
    said = client.get("/health").content.decode()
    assert said == "ok\nworker: needs attention\ndisk: needs attention\nindex: needs attention\n"
    said = signed_in(administrator).get("/health").content.decode()
    assert "no sign of life since" in said
    assert "MB free: make room" in said
    figures = client.get("/health", {"format": "json"}).json()["checks"]
    assert figures["worker"]["waiting"] > 0
    assert figures["disk"]["free_bytes"] > 0


def test_people_who_do_not_run_the_system_get_no_figures(signed_in: Callable[[User], Client], person: Any) -> None:
    assert "words" not in json.dumps(signed_in(person("head")).get("/health", {"format": "json"}).json())


@pytest.mark.parametrize(
    "fault, status",
    [
        (OSError(28, "No space left on device"), 507),
        (OSError(27, "File too large"), 507),
        (OperationalError("database or disk is full"), 507),
        (OperationalError("database is locked"), 503),
        (OperationalError("connection refused"), 503),
        (FileNotFoundError(2, "No such file"), 500),
        (ValueError("x"), 500),
        (None, 500),
    ],
)
def test_a_fault_is_told_by_what_can_be_done_about_it(fault: BaseException | None, status: int) -> None:
    assert told_of(fault).status == status
    assert "kept" in told_of(fault).words


@pytest.mark.django_db(transaction=True)
def test_a_full_database_keeps_nothing_by_halves_and_says_so_once(person: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite can be told how large its file may grow")
    client = Client(raise_request_exception=False)
    client.force_login(person("head"))
    with connection.cursor() as cursor:
        most = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {most}")
    try:
        statuses, sent = [], 0
        while 507 not in statuses and sent < 200:
            # Names of 250 letters soon fill what is left of the pages that there are.
            file = SimpleUploadedFile(f"{sent:03}{'x' * 240}.txt", b"Evaluation\n\nFindings\n\nFinding 1. It works.")
            answer = client.post(reverse("intake"), {"file": file})
            statuses.append(answer.status_code)
            sent += 1
        assert statuses[-1] == 507
        assert "disk is full. Nothing of what you asked for was kept." in answer.content.decode()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1000000000")
    confirmed = statuses.count(302)
    assert Item.objects.count() == confirmed
    assert Item.objects.exclude(source=None).exclude(job=None).count() == confirmed
    # The batch is begun in a transaction of its own.
    assert Batch.objects.count() <= confirmed + 1
    assert client.post(reverse("intake"), {"file": SimpleUploadedFile("again.txt", b"Evaluation\n")}).status_code == 302


@pytest.mark.parametrize("value", ["LeasedTable", "no.such.module.Backend", "os.path.", "evaltrail_office.jobs.tasks.2"])
def test_a_setting_that_names_nothing_installed_is_told_by_its_name(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALTRAIL_TASKS", value)
    with pytest.raises(SettingFault, match=r"^EVALTRAIL_TASKS is "):
        dotted("EVALTRAIL_TASKS", "os.path.join")
    monkeypatch.delenv("EVALTRAIL_TASKS")
    assert dotted("EVALTRAIL_TASKS", "os.path.join") == "os.path.join"
