"""What managers and verifiers see of follow-up, in a real browser: anybody can use it, and a claim goes from the unit to the second key."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from tests.accessible import BOTH, assert_accessible
from tests.office.follow_up_office import Office, fill

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Any:
    cache.clear()
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    yield context.new_page()
    context.close()


def enter(page: Page, office: Office, who: str) -> None:
    """Be somebody."""
    client = Client()
    client.force_login(office.people[who])
    name = django_settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "domain": "localhost", "path": "/"}])


def check(page: Page, address: str) -> None:
    """Open an address, unfold everything, and let axe look at it in both themes at both widths."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    assert_accessible(page, *BOTH)


def test_its_pages_pass_axe_at_both_widths_in_both_themes(page: Page) -> None:
    office = fill()
    keys = {number: action.key for number, action in office.actions.items()}
    enter(page, office, "Tomas")
    for address in ("/follow-up/", "/follow-up/units/U-0002/", f"/follow-up/actions/{keys['7.1']}/", "/follow-up/?waits=later"):
        check(page, address)
    enter(page, office, "Ilse")
    for address in ("/follow-up/verify/", f"/follow-up/actions/{keys['2.3']}/", f"/follow-up/actions/{keys['3.5']}/"):
        check(page, address)


def test_a_claim_goes_from_the_unit_to_the_second_key(page: Page, tmp_path: Path) -> None:
    office = fill()
    page.set_viewport_size({"width": 1440, "height": 900})
    enter(page, office, "Jonas")
    page.goto("/follow-up/")
    page.get_by_role("link", name="Give one").first.click()
    page.get_by_label("Why it is late").select_option(label="Staff were not available")
    page.get_by_role("button", name="Keep the reason").click()
    page.get_by_text("The reason is kept.").wait_for()
    page.get_by_text("Add a proof").click()
    large = tmp_path / "film.zip"
    with large.open("wb") as file:
        file.truncate(60 << 20)
    page.get_by_label("File").set_input_files(large)
    page.get_by_text("The file has more than 50 MB and was not taken").wait_for()
    proof = tmp_path / "names.pdf"
    proof.write_bytes(b"%PDF-1.7\nA name for each store.")
    page.get_by_label("File").set_input_files(proof)
    page.get_by_label("What it shows").fill("A name for each store")
    page.get_by_role("button", name="Add the proof").click()
    page.get_by_text("The proof is there.").wait_for()
    page.get_by_role("button", name="Claim", exact=True).click()
    page.get_by_text("Claimed. It is shown as claimed until").wait_for()
    key = page.url.partition("#")[0].rstrip("/").rpartition("/")[2]
    enter(page, office, "Ilse")
    page.goto("/follow-up/verify/")
    row = page.locator(f"#{key}")
    with page.expect_download() as brought:
        row.get_by_role("link", name="A name for each store").click()
    assert brought.value.suggested_filename == "names.pdf"
    row.get_by_role("button", name="Verify").click()
    page.get_by_text("The second key is turned.").wait_for()
    claimed = next(action for action in office.actions.values() if action.key == key)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.verified_by) == ("verified", office.people["Ilse"].key)
