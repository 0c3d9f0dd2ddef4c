"""The office starts on both databases, and its terminal's link lets the first person in."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Office = Callable[..., AbstractContextManager[str]]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def set_up(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill("Ada Brook")
    page.get_by_label("E-mail address").fill("ada@office.example")
    page.get_by_label("Password", exact=True).fill("tall ships in fog")
    page.get_by_label("The same password again").fill("tall ships in fog")
    page.get_by_role("button", name="Make my account").click()


def test_it_starts_on_sqlite_in_its_data_folder_and_lets_nobody_in_before_it_is_set_up(new_office: tuple[Any, Path], page: Page) -> None:
    address, data = new_office
    assert page.goto(address).status == 503
    assert page.get_by_role("heading", level=1).inner_text() == "This office is not set up yet"
    with closing(sqlite3.connect(data / "office.sqlite3")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_it_starts_on_postgresql(office: Office, postgres: str, tmp_path: Path, page: Page) -> None:
    psycopg = pytest.importorskip("psycopg", reason="needs the office's libraries")
    with office(tmp_path / "office", postgres) as address:
        set_up(page, address.set_up)
        assert page.get_by_role("heading", level=1).inner_text() == "What to begin with"
        assert page.goto(f"{address}health").text().startswith("ok\n")
        with psycopg.connect(postgres) as connection:
            others = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'office' AND pid <> pg_backend_pid()"
            assert connection.execute(others).fetchone() >= (1,)
    assert not (tmp_path / "office" / "office.sqlite3").exists()


@pytest.fixture(scope="module")
def restarted(office: Office, migrated: Path, browser: Browser) -> dict[str, Any]:
    """What an office said before it was set up, after, and when it was started again."""
    key = migrated / "secret-key"
    context = browser.new_context()
    page = context.new_page()
    seen: dict[str, Any] = {"data": migrated, "key before": key.exists()}
    with office(migrated) as address:
        set_up(page, address.set_up)
        seen |= {"key": key.read_text(), "link again": page.goto(address.set_up).status}
    with office(migrated) as address:
        seen |= {"key then": key.read_text(), "link then": address.set_up}
        context.clear_cookies()
        page.goto(f"{address}accounts/login/")
        page.get_by_label("E-mail address").fill("ada@office.example")
        page.get_by_label("Password").fill("tall ships in fog")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        seen["inside"] = page.get_by_role("button", name="Sign out").is_visible()
    context.close()
    return seen


def test_the_printed_link_sets_it_up_once_and_is_not_printed_again(restarted: dict[str, Any]) -> None:
    assert restarted["link again"] == 404
    assert restarted["link then"] == ""
    assert restarted["inside"]


@pytest.mark.parametrize(
    "setting, value",
    [
        ("EVALTRAIL_SMTP_PORT", "many"),
        ("EVALTRAIL_SMTP_TLS", "yes"),
        ("EVALTRAIL_TIME_ZONE", "Mars/Olympus"),
        ("EVALTRAIL_HTTPS", "true"),
        ("DATABASE_URL", "no database"),
    ],
)
def test_it_names_the_setting_that_cannot_be_used(tmp_path: Path, setting: str, value: str) -> None:
    code = f"import sys; from evaltrail_office.site.serve import main; sys.exit(main({str(tmp_path)!r}, port=0))"
    environment = {**os.environ, setting: value}
    office = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60, env=environment)
    assert office.returncode == 2
    assert office.stderr.startswith(f"evaltrail serve: {setting} ")
    assert office.stderr.count("\n") == 1


def test_it_says_in_one_line_that_the_database_cannot_be_reached(office: Office, tmp_path: Path) -> None:
    unreachable = office(tmp_path, "postgresql://office@127.0.0.1:1/none")
    with pytest.raises(pytest.fail.Exception, match="evaltrail serve: the database cannot be used: ") as failure, unreachable:
        pass
    assert "Traceback" not in str(failure.value)


def test_it_says_in_one_line_that_the_port_is_taken(new_office: tuple[Any, Path], tmp_path: Path) -> None:
    port = new_office[0].rstrip("/").rsplit(":", 1)[1]
    code = f"import sys; from evaltrail_office.site.serve import main; sys.exit(main({str(tmp_path)!r}, port={port}))"
    second = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert second.returncode == 2
    assert second.stderr.startswith(f"evaltrail serve: port {port} on 127.0.0.1 cannot be used")
    assert second.stderr.count("\n") == 1


def test_the_secret_key_outlives_a_restart_and_is_its_owners_alone(restarted: dict[str, Any], new_office: tuple[Any, Path]) -> None:
    first = restarted["key"]
    assert not restarted["key before"]
    assert restarted["key then"] == first
    assert len(first) > 50
    for data in (restarted["data"], new_office[1]):
        assert (data / "secret-key").stat().st_mode & 0o077 == 0
    # The folder that the office has made.
    assert new_office[1].stat().st_mode & 0o077 == 0


def test_pages_are_sent_with_a_policy_that_lets_in_nothing_foreign(new_office: tuple[Any, Path]) -> None:
    with urllib.request.urlopen(new_office[0].set_up) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (390, "dark")])
def test_the_page_passes_axe_at_both_widths_in_both_themes(new_office: tuple[Any, Path], browser: Browser, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    faults: list[str] = []
    # Playwright's own evaluation goes past the page's policy, which forbids inline scripts.
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto(new_office[0].set_up, wait_until="networkidle")
    results = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("document.fonts.check('16px Office')")
    context.close()
    assert faults == []


def test_the_first_tab_stop_skips_to_the_content(new_office: tuple[Any, Path], page: Page) -> None:
    page.goto(new_office[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
