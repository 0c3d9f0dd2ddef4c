"""A new user's way from the demo to a confirmed paper of their own, in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessible import BOTH, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the demo's office, started as ``make demo`` starts it at a terminal."""
    command = Path(sys.executable).with_name("evaltrail")
    folder = tmp_path_factory.mktemp("demo")
    process = subprocess.Popen(
        [command, "demo", "--office", "--no-browser", "-o", folder], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    told = []
    for line in process.stdout:
        told.append(line)
        if found := re.search(r"The office is open at (http://\S+)", line):
            break
    else:
        pytest.fail("".join(told), pytrace=False)
    yield found.group(1)
    process.terminate()
    process.wait(20)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose console stays empty."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    faults: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda m: faults.append(m.text))
    opened.on("pageerror", lambda e: faults.append(str(e)))
    yield opened
    context.close()
    assert faults == []


def enter(page: Page, demo: str, name: str) -> None:
    page.goto(demo)
    page.get_by_role("button", name=name).click()
    page.get_by_role("heading", level=1, name="Evaluations").wait_for()


def axe(page: Page) -> None:
    """No rule of accessibility is broken, in either theme."""
    assert_accessible(page, (1440, "light"), (1440, "dark"))


def test_from_the_demo_to_a_confirmed_paper_of_ones_own(demo: str, page: Page, shared: Path) -> None:
    enter(page, demo, "Nadia Orvell")
    page.get_by_role("link", name="Intake").click()
    page.locator("input[type=file]").first.set_input_files(shared / "reports" / "iom_ib0053.pdf")
    send = page.get_by_role("button", name="Send")
    if send.is_visible():
        send.click()
    page.wait_for_url(re.compile(r"/intake/B-\d+/"))
    page.get_by_role("link", name="Look through").click(timeout=60_000)
    page.get_by_role("heading", name="On this page").wait_for()
    # By keyboard: each press confirms the statement in hand and goes to the next.
    first = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    axe(page)
    page.get_by_role("link", name=re.compile(r"not yet: \d+ to confirm")).click()
    axe(page)
    page.get_by_role("checkbox", name=re.compile("not looked at one by one")).check()
    page.get_by_role("button", name="Confirm the paper").click()
    page.wait_for_url(re.compile(r"/evaluations/E-\d+/"))
    assert re.search(r"(\d+) of \1 statements confirmed", page.locator("main").inner_text())
    assert page.get_by_role("heading", name="Trail").is_visible()
    axe(page)


def test_a_statement_has_an_address_and_shows_its_place(demo: str, page: Page) -> None:
    enter(page, demo, "Lena Brandt")
    page.get_by_role("link", name="Support to small ports").click()
    page.locator(".statement a.place").first.click()
    page.wait_for_url("**/documents/D-*/statements/**")
    axe(page)
    image = page.locator("img").first
    assert image.evaluate("i => i.complete && i.naturalWidth > 300")


@pytest.mark.parametrize("who", ["Nadia Orvell", "Tomas Ekeland", "Lena Brandt", "Sam Okoye"])
def test_pages_in_the_navigation_can_be_used_by_everybody(demo: str, page: Page, who: str) -> None:
    page.goto(demo)
    page.get_by_role("button", name=who).click()
    page.wait_for_load_state()
    for address in page.locator("header nav a").evaluate_all("links => links.map(a => a.href)"):
        assert page.goto(address).status == 200, address
        assert_accessible(page, *BOTH)
