"""Intake in a real browser: by keyboard alone, without JavaScript, and whether everybody can read it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample
from tests.accessible import BOTH, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

    People = Callable[..., User]
    Open = Callable[..., Page]

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, client: Any) -> Iterator[Open]:
    """Opens an address in a browser of its own in which a person is signed in; what its console says is a fault."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(user: User, address: str, **options: Any) -> Page:
        client.force_login(user)
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


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that is focused."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not come to {selector}")


def press(page: Page, key: str, then: str) -> None:
    """Press a key once the page's script is there, and wait for what it leads to."""
    page.wait_for_load_state()
    page.keyboard.press(key)
    page.wait_for_selector(then)


@pytest.fixture
def kept(document: Callable[..., Document], person: People) -> tuple[Document, User]:
    """The sample paper with its file, as it was read, in the hands of the head."""
    from evaltrail_office.shelf import files
    from evaltrail_office.shelf.models import Source

    sha256, size = files.keep([sample.path("pdf").read_bytes()])
    source = Source.objects.create(sha256=sha256, size=size, media_type="application/pdf", pages=16)
    return document(source=source), person("head")


def test_a_paper_goes_from_upload_to_its_evaluation_by_keyboard_alone(opened: Open, person: People, work: Callable[[], int]) -> None:
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    head = person("head")
    page = opened(head, "/intake/")
    # The file itself is chosen in a window of the system's.
    page.set_input_files("#file", sample.path("pdf"))
    tab_to(page, "form.bring button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/B-00001/")
    assert "0 of 1 files done" in page.inner_text("#progress")
    page.reload()
    assert "0 of 1 files done" in page.inner_text("#progress")
    work()
    page.wait_for_selector("text=1 file, done")  # the page asks by itself
    tab_to(page, "#open-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/documents/**")
    assert page.inner_text("#current h3") == "Finding 1"
    for key, name in (("j", "Finding 2"), ("j", "Finding 3"), ("k", "Finding 2"), ("k", "Finding 1"), ("Enter", "Finding 2")):
        press(page, key, f"#current h3:text-is('{name}')")
    document = Document.objects.get()
    assert document.statements.get(record_id="I.f1").confirmed_by == head.key
    press(page, "m", "text=Merged. U undoes it.")
    press(page, "u", "text=Undone.")
    press(page, "e", "textarea#text")
    page.wait_for_load_state()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Indeed.")
    press(page, "Control+Enter", "text=Changed. U undoes it.")
    assert document.statements.get(record_id="I.f2").text.endswith(" Indeed.")
    press(page, "s", "input[name=offset]")
    press(page, "Escape", "[data-key=s]")
    press(page, "x", "text=Taken out: it is no statement.")
    page.wait_for_load_state()
    page.keyboard.press("g")
    page.keyboard.type("15")
    page.keyboard.press("Enter")
    page.wait_for_selector("img[alt='Page 15 of 16']")
    press(page, "?", ".all-keys dl:visible")
    press(page, "c", "#rest")
    tab_to(page, "#rest")
    page.keyboard.press("Space")
    tab_to(page, "main form button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=is confirmed.")
    document.refresh_from_db()
    assert document.confirmed_by == head.key
    assert Evaluation.objects.count() == 3


def test_the_same_way_goes_through_plain_forms_without_javascript(opened: Open, person: People, work: Callable[[], int]) -> None:
    from evaltrail_office.shelf.models import Statement

    head = person("head")
    page = opened(head, "/intake/", java_script_enabled=False)
    page.set_input_files("#file", [sample.path("docx"), sample.path("txt")])
    page.click("text=Send")
    assert "0 of 2 files done" in page.inner_text("#progress")
    work()
    page.click("text=Look again")
    assert "All 2 files done" in page.inner_text("#progress")
    assert "the same" in page.inner_text("#progress") or "another edition" in page.inner_text("#progress")
    page.click("#open-1")
    assert page.inner_text("#current h3") == "Finding 1"
    page.fill("#number", "12")
    page.keyboard.press("Enter")
    page.wait_for_selector("#current h3:text-is('Finding 2')")
    assert Statement.objects.get(number="12").confirmed_by == head.key
    page.click("button:has-text('Not a statement')")
    page.click("button:has-text('undo')")
    assert "Undone." in page.inner_text(".messages")
    page.click("text=not yet:")
    page.check("#rest")
    page.click("button:has-text('Confirm the paper')")
    assert "is confirmed." in page.inner_text(".messages")


def test_a_box_drawn_over_the_page_becomes_a_statement(opened: Open, kept: tuple[Document, User]) -> None:
    paper, head = kept
    page = opened(head, f"/intake/documents/{paper.key}/?page=3&edit=add", viewport={"width": 1440, "height": 1400})
    frame = page.locator(".frame-of-page").bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 20, frame["y"] + 60)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] - 20, frame["y"] + 160, steps=4)
    page.mouse.up()
    page.click("form.adding button.main")
    page.wait_for_selector("text=Added. U undoes it.")
    assert paper.statements.filter(record_id__contains=".n-").exists()


def test_files_that_are_dropped_on_the_page_are_sent_and_bad_ones_told(opened: Open, person: People) -> None:
    from evaltrail_office.intake.models import Item

    page = opened(person("head"), "/intake/")
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.items.add(new File(["Key finding 1. Boats are late.\\n"], "a.txt"));
        data.items.add(new File([], "empty.pdf"));
        data.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])], "picture.pdf"));
        document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
    }""")
    page.wait_for_selector("text=Go to the batch")
    assert "empty.pdf: empty (0 bytes), not sent." in page.inner_text(".sending")
    page.click("text=Go to the batch")
    assert "picture.pdf: it is a PNG picture" in page.inner_text("#progress")
    assert sorted(Item.objects.values_list("filename", flat=True)) == ["a.txt", "picture.pdf"]


def test_its_pages_pass_axe_when_wide_and_light_and_when_narrow_and_dark(opened: Open, kept: tuple[Document, User]) -> None:
    from evaltrail_office.intake.actions import add_sample

    paper, head = kept
    batch = add_sample(head)
    own = f"/intake/documents/{paper.key}/"
    page = opened(head, "/intake/", bypass_csp=True)
    for address in (f"/intake/{batch.key}/", f"{own}?page=7&statement=I.r5", f"{own}?page=7&edit=add", f"{own}confirm/", "/intake/"):
        page.goto(address)
        assert_accessible(page, *BOTH)
