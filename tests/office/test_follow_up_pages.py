"""Pages of concerns, decisions, presets and calendars in a real browser: everybody can read them, in both themes, at both widths."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up.actions import governing, opening
from tests.accessible import BOTH, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = pytest.mark.django_db(transaction=True)
SEEN = os.environ.get("EVALTRAIL_PICTURES", "")
"""A folder for pictures of the pages, to be looked at."""


def test_pages_can_be_read_by_everybody(
    browser: Browser, live_server: LiveServer, person: Callable[..., User], evaluation: Callable[..., Evaluation]
) -> None:
    head, own = person("head"), evaluation("Support to small ports and landing sites", stage="released")
    first = Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Train the fitters of all sites.")
    opening.open_follow_up(head, own, started=timezone.localdate() - timedelta(days=20))
    workers = person("constituent", own, group="workers")
    concern = governing.raise_concern(workers, "Fees were set without us", "The table came after the meeting. " * 4, evaluation=own)
    governing.take_up(head, concern)
    governing.resolve(head, concern, "It goes to the committee.")
    governing.raise_concern(workers, "No survey in Lake Mirrim", "Nobody asked the crews.", programme="Landing sites")
    governing.enter_decision(
        head,
        own,
        body="Assembly",
        session="19th session",
        taken=timezone.localdate() - timedelta(days=10),
        drafted="The Assembly takes note of the recommendations.",
        adopted="The Assembly requests the Secretary-General to carry out the recommendations.",
        amendments="Moved by two members of the workers’ group.",
        recommendations=[first],
    )
    pages = {
        head: [
            "/follow-up/concerns/?show=all",
            f"/follow-up/concerns/{concern.key}/",
            f"/follow-up/evaluations/{own.key}/decisions/",
            "/follow-up/settings/",
            "/follow-up/presets/world-bank-mar/",
            "/follow-up/calendar/",
        ],
        workers: ["/follow-up/concerns/new/", f"/follow-up/concerns/{concern.key}/"],
    }
    for who, addresses in pages.items():
        client = Client()
        client.force_login(who)
        context = browser.new_context(base_url=live_server.url, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        for address in addresses:
            page.goto(address)
            for way in BOTH:
                assert_accessible(page, way)
                if SEEN:
                    name = address.strip("/").replace("/", "-").replace("?", "-")
                    page.screenshot(path=Path(SEEN) / f"{name}-{who.pk}-{way[0]}.png", full_page=True)
        context.close()
