"""The page of an evaluation in a real browser: anybody can read it, and a thread lights without a script."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.link import linked
from evaltrail_office.evaluations import actions
from tests.accessible import ALL, BOTH, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    Open = Callable[..., Page]

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "/evaluations/E-00001/",
    "/evaluations/E-00001/trail/#trail-list",
    "/documents/D-000001/",
    "/documents/D-000001/statements/I.r5/",
    "/documents/D-000001/same/",
    "/documents/D-000001/numbers/",
    "/documents/D-000001/checks/",
    "/documents/D-000001/differences/",
)


@pytest.fixture
def opened(
    browser: Browser,
    live_server: LiveServer,
    client: Any,
    person: Callable[..., User],
    evaluation: Callable[..., Evaluation],
    document: Callable[..., Document],
    sample: Record,
    work: Callable[[], int],
) -> Iterator[Open]:
    """Opens a page of an evaluation, which has the sample paper, as the head of evaluation sees it; what the console says is a fault."""
    head, own = person("head"), evaluation("Support to small ports and landing sites")
    paper = document(own, evaluation(), evaluation(), record=linked(sample))
    actions.propose_keys(paper)
    actions.confirm_keys(head, paper)
    actions.ask_for_check(paper, asked_by=head.key)
    work()
    client.force_login(head)
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(address: str = f"/evaluations/{own.key}/", **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def test_it_passes_axe_at_both_widths_in_both_themes(opened: Open) -> None:
    page = opened(bypass_csp=True)
    assert_accessible(page, *ALL)
    for address in PAGES[1:]:
        page.goto(address)
        assert_accessible(page, *BOTH)


def colour(page: Page, selector: str) -> str:
    return str(page.evaluate("selector => getComputedStyle(document.querySelector(selector)).color", selector))


def test_a_thread_lights_when_a_statement_is_focused_by_the_keyboard(opened: Open) -> None:
    page = opened(viewport={"width": 1440, "height": 2400})
    answer, other = '.node[href$="/statements/I.r2/"]', '.node[href$="/statements/I.r3/"]'
    at_rest = colour(page, other)
    assert colour(page, answer) == at_rest
    page.focus(f"{answer} >> nth=0")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert colour(page, answer) == at_rest
    assert colour(page, other) != at_rest
    # What is missing stays in its own colour.
    assert page.evaluate("getComputedStyle(document.querySelector('.missing')).color") != colour(page, other)


def test_where_it_is_narrow_the_trail_is_a_list(opened: Open) -> None:
    page = opened(viewport={"width": 390, "height": 900})
    assert not page.is_visible(".trail-picture")
    assert page.locator(".trail-list details").count() == 5
    assert page.is_visible(".trail-list details[open]")


def test_where_it_is_wide_the_list_is_a_link_away(opened: Open) -> None:
    page = opened(viewport={"width": 1440, "height": 900})
    assert not page.is_visible(".trail-list")
    page.click("text=Read as a list")
    assert page.is_visible(".trail-list")


def test_it_can_be_read_without_javascript_and_where_colours_are_forced(opened: Open) -> None:
    page = opened(viewport={"width": 1440, "height": 900}, java_script_enabled=False, forced_colors="active")
    assert page.is_visible(".trail-picture")
    assert page.locator(".ratings .box.on").first.inner_text() == "5"
