"""Pages of drafts in a real browser: anybody can read and use them, and the preview's frame runs nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.jobs.models import Job, State
from evaltrail_office.papers.actions import drafting, issuing, signing
from evaltrail_office.shelf.actions import working_record
from tests.accessible import BOTH, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

    Open = Callable[..., Page]

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(person: Any, evaluation: Any) -> tuple[User, User, Any]:
    ports = evaluation("Support to small ports and landing sites")
    return person("manager", ports), person("head"), ports


@pytest.fixture
def draft(people: Any, document: Any, evaluation: Any) -> Document:
    manager, _head, ports = people
    paper = document(ports, evaluation(), evaluation(), confirmed=timezone.now(), confirmed_by=manager.key)
    ids = [s.record_id for s in paper.statements.filter(part__evaluation_key=ports.key)]
    return drafting.begin(
        manager, kind="governing-body", evaluations=[ports], title="Landing sites that last for many years", chosen={paper.key: ids}
    )


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, client: Any) -> Iterator[Open]:
    """Opens a page as a person; what the console says is a fault."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(who: User, address: str, **options: Any) -> Page:
        client.force_login(who)
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


def test_pages_of_drafts_pass_axe_and_scroll_one_way_only(opened: Open, people: Any, draft: Document) -> None:
    manager, head, ports = people
    signing.sign(manager, draft, "manager")
    signing.sign(head, draft, "head")
    job = issuing.ask(head, draft, issuing.Order("GB.400/1", "2026-11-23"))
    found = [{"form": "docx", "kind": "finding", "said": "part 1: The programme answered", "read": "part 1: The programme falsified"}]
    Job.objects.filter(pk=job.pk).update(state=State.DONE, result={"issued": False, "differences": found})
    statement = working_record(draft).evaluations[0].statements[0].id
    addresses = [
        reverse("drafts"),
        f"{reverse('draft-new')}?evaluation={ports.key}",
        f"{reverse('draft', args=[draft.key])}?statement={statement}",
        *[reverse(f"draft-{name}", args=[draft.key]) for name in ("preview", "checks", "sign-off", "circulate", "history", "issue")],
    ]
    page = opened(manager, addresses[0])
    for address in addresses:
        page.goto(address)
        assert_accessible(page, *BOTH)


def test_a_paper_goes_from_its_text_to_its_issued_files_by_hand(
    opened: Open, people: Any, draft: Document, work: Callable[[], int]
) -> None:
    manager, head, _ports = people
    page = opened(manager, reverse("draft", args=[draft.key]))
    page.get_by_role("link", name="Edit F1", exact=True).click()
    page.get_by_label("F1: words of the statement").fill("The programme answered a need that member States had named themselves.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Preview").click()
    frame = page.frame_locator("iframe")
    frame.get_by_text("The programme answered a need that member States had named themselves.").wait_for()
    page.get_by_role("link", name="Sign-off").click()
    page.get_by_role("button", name="Sign as evaluation manager").click()
    page = opened(head, reverse("draft-sign-off", args=[draft.key]))
    page.get_by_role("button", name="Sign as head of evaluation").click()
    page.get_by_role("link", name="Issue", exact=True).click()
    page.get_by_label("Number or symbol").fill("GB.400/PFA/1")
    page.get_by_role("button", name="Issue it").click()
    page.get_by_role("heading", name="Being issued").wait_for()
    work()
    # The page asks by itself how far it is.
    page.get_by_role("heading", name="Files as issued").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.suggested_filename == "GB.400-PFA-1.pdf"
