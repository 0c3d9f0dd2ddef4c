"""Pages of registers and of changes of many in a real browser: axe finds nothing, and nothing sticks out sideways."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.accounts.models import Unit
from tests.accessible import assert_accessible
from tests.office.registers_made import brought, taken, xlsx
from tests.office.test_accounts_browser import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from evaltrail_office.accounts.models import User

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("EVALTRAIL_PICTURES", "")
"""A folder for pictures of the pages, for whoever looks at them."""


@pytest.fixture
def page(browser: Browser, live_server: Any, client: Any, person: Callable[..., User]) -> Any:
    cache.clear()
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    client.force_login(person("head"))
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}]
    )
    yield context.new_page()
    context.close()


def looked(page: Page, address: str, name: str) -> None:
    check(page, address)
    if PICTURES:
        for width, scheme in [(1440, "light"), (390, "dark")]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def test_the_pages_of_registers_pass_axe_at_both_widths(page: Page, person: Callable[..., User], work: Callable[[], int]) -> None:
    head = person("head")
    new = Unit.objects.create(key="U-0002", name="Pilots and tugs")
    Unit.objects.create(key="U-0001", name="Pilotage", valid_until=timezone.localdate().replace(day=1), successor=new)
    looked(page, reverse("registers"), "empty")
    read = brought(head, work, xlsx())
    looked(page, reverse("register", args=[read.key]), "mapping")
    looked(page, reverse("register-units", args=[read.key]), "units")
    broken = brought(head, work, b"%PDF-1.7", "paper.pdf")
    looked(page, reverse("register", args=[broken.key]), "broken")
    done = taken(head, work, xlsx(), "harbour 2.xlsx", statuses={**read.fields["statuses"], "Green": "done"})
    looked(page, reverse("register", args=[done.key]), "done")
    looked(page, reverse("register-rows", args=[done.key]), "rows")
    looked(page, reverse("registers"), "list")
    looked(page, reverse("together"), "together")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("To whom it is addressed: to").select_option("partner")
    page.get_by_label("Mark R-000002").check()
    page.get_by_label("Mark R-000003").check()
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("heading", name="2 would be changed").wait_for()
    assert_accessible(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / "preview-1440.png", full_page=True)
    page.get_by_role("button", name="Change 2 recommendations").click()
    page.get_by_text("2 recommendations were changed.").wait_for()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("2 recommendations are as before.").wait_for()
