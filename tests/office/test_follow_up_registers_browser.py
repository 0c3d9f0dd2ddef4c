"""Pages of registers in a real browser: nothing that axe finds, nothing that sticks out sideways, no script needed."""

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
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, java_script_enabled=True)
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
