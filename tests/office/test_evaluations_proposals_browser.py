"""What papers propose, in a real browser: anybody can read and decide it, on a wide and a narrow window, in both themes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.read import read
from evaltrail_office.evaluations import actions_facets
from evaltrail_office.evaluations import actions_proposals as proposing
from evaltrail_office.evaluations.models import FacetProposal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    Open = Callable[..., Page]

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/evaluations/proposed/", "/evaluations/E-00001/about/", "/evaluations/E-00001/", "/intake/documents/D-000001/")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAPER = """# {title}

## Executive summary

The project contributes to SDG 8 and to target 10.7. It was carried out with care in every year.

## Conclusions

Conclusion 1. The landing sites last.

## Recommendations

Recommendation 1. Keep the landing sites in repair.
"""


@pytest.fixture
def opened(
    browser: Browser,
    live_server: LiveServer,
    client: Any,
    person: Callable[..., User],
    evaluation: Callable[..., Evaluation],
    document: Callable[..., Document],
) -> Iterator[Open]:
    """Opens a page as the head of evaluation, of two papers with proposals, one of which was dismissed; the console says nothing."""
    head, own = person("head"), evaluation("Landing sites that last")
    actions_facets.set_facet(head, evaluation("Else"), "theme", "Social dialogue")
    for title in ("Social dialogue at landing sites in Ghana and Togo", "Roads of Peru"):
        made = document(*([own] if "Ghana" in title else []), record=read(PAPER.format(title=title).encode(), name="paper.md"))
        proposing.propose(made)
    proposing.dismiss(head, list(FacetProposal.objects.filter(value="TG").select_related("part__document")))
    client.force_login(head)
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(address: str, **options: Any) -> Page:
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_pass_axe_at_both_widths_in_both_themes(opened: Open, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    # Light and dark differ in colours, wide and narrow in places: pages other than the first are tried in two of the four.
    for address in PAGES if (width, scheme) in {(1440, "light"), (390, "dark")} else PAGES[:1]:
        # Axe's own evaluation goes past the page's policy, which forbids inline scripts.
        page = opened(address, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
        page.evaluate("for (const d of document.querySelectorAll('details:has(.proposed), .decided')) d.open = true")
        results = axe.Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, f"{address}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address


def test_ticked_ones_are_accepted_without_a_script_and_taken_back(opened: Open) -> None:
    page = opened("/evaluations/proposed/", java_script_enabled=False)
    page.get_by_label("Ghana").check()
    page.get_by_label("Social dialogue").check()
    page.get_by_role("button", name="Accept the ticked ones").click()
    assert page.get_by_text("2 proposals are accepted.").is_visible()
    assert page.get_by_label("Ghana").count() == 0
    page.get_by_role("button", name="Take it back").click()
    assert page.get_by_label("Ghana").is_visible()
    page.get_by_role("button", name="Dismiss Ghana").click()
    assert page.get_by_text("1 proposal is dismissed.").is_visible()
