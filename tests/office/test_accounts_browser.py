"""Pages on people and for signing in, in a real browser: anybody can use them, with a keyboard too, and nothing sticks out sideways."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from evaltrail_office.accounts.actions import people as actions
from evaltrail_office.accounts.first_run import new_link_token
from evaltrail_office.accounts.models import Unit
from tests.accessible import BOTH, assert_accessible

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)


def check(page: Page, address: str) -> None:
    """Open an address, and let axe look at it in both themes at both widths."""
    page.goto(address)
    assert_accessible(page, *BOTH)


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Any:
    cache.clear()
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_an_office_is_set_up_and_somebody_invited_by_keyboard_alone(page: Page) -> None:
    check(page, "/")
    check(page, reverse("set-up", args=[new_link_token()]))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("Your name").focus()
    for words in ("Ada Brook", "ada@office.example", "tall ships in fog", "tall ships in fog"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What to begin with").wait_for()
    check(page, reverse("first-run"))
    page.goto(reverse("invite"))
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Bo Reed")
    page.keyboard.press("Tab")
    page.keyboard.type("bo@office.example")
    page.keyboard.press("Enter")
    link = page.locator(".secret").inner_text()
    page.get_by_role("button", name="Sign out").click()
    page.goto(link)
    page.get_by_label("Password", exact=True).fill("rain on the jetty")
    page.get_by_label("The same password again").fill("rain on the jetty")
    page.get_by_role("button", name="Set the password").click()
    page.goto(reverse("settings"))
    assert "You hold no role yet" in page.inner_text("main")


def test_pages_for_strangers_pass_axe(page: Page, person: Any) -> None:
    _own, token = actions.invite(person("head"), email="bo@office.example", name="Bo")
    for name, args in [("account_login", []), ("account_reset_password", []), ("account_reset_password_done", []), ("invitation", [token])]:
        check(page, reverse(name, args=args))
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill("nobody@office.example")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").count() == 1


def test_pages_on_people_pass_axe(page: Page, live_server: Any, person: Any, evaluation: Any, client: Any) -> None:
    head = person("head", administrator=True)
    unit = Unit.objects.create(key="U-0001", name="Waters")
    Unit.objects.create(key="U-0002", name="Ports", within=unit, successor=unit)
    own = evaluation()
    guest = person("team", own)
    client.force_login(head)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    addresses = [reverse(name) for name in ("people", "units", "unit-new", "roles", "settings", "mfa_index", "emergency", "invite")]
    addresses += [reverse("person", args=[guest.key]), reverse("person-end", args=[guest.key]), reverse("evaluation-roles", args=[own.key])]
    for address in addresses:
        check(page, address)


def test_a_security_key_is_a_second_factor(page: Page, person: Any) -> None:
    user = person("reader")
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def sign_in() -> None:
        page.goto(reverse("account_login"))
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password").fill("a long password")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()

    sign_in()
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Blue stick")
    assert_accessible(page)
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    check(page, reverse("mfa_list_webauthn"))
    assert "Blue stick" in page.inner_text("main")
    page.get_by_role("button", name="Sign out").click()
    sign_in()
    assert_accessible(page)
    page.get_by_role("button", name="Use a security key").click()
    page.get_by_role("button", name="Sign out").wait_for()
