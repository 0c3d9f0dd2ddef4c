"""The paper's recommendations through their whole life, by six people, in a real browser: from a concern to the verified proof."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from evaltrail_office.accounts.models import Grant, Unit, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, FilePayload, Page
    from pytest_django.live_server_helper import LiveServer

    from evaltrail_office.evaluations.models import Evaluation, Recommendation
    from evaltrail_office.shelf.models import Document

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FEW = (("Part I", "3"), ("Part II", "1"), ("Part III", "3"))
"""Recommendations that the usual run carries; the soak carries all."""
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Office:
    """The six, their units, and a browser of its own for each."""

    server: str
    browser: Browser
    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    last: str = ""
    """Who has acted last."""

    def page(self, who: str, address: str) -> Page:
        """An address in the browser of one of the six."""
        if who not in self.contexts:
            # A client of its own for each: another sign-in on the same one ends the first.
            client = Client()
            client.force_login(self.people[who])
            context = self.browser.new_context(base_url=self.server, viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.server}])
            self.contexts[who] = context
            opened = context.new_page()
            opened.on("console", lambda message: self.faults.append(message.text))
            opened.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page = self.contexts[who].pages[0]
        # Whoever goes on where they are does not load anew what their last step has shown them.
        last, self.last = self.last, who
        if last == who and urlsplit(page.url).path == address:
            return page
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{who} at {address}: {answer.status}"
        return page


@pytest.fixture
def office(browser: Browser, live_server: LiveServer) -> Iterator[Office]:
    """Head of evaluation, coordinator (one level above), manager of the lead unit, two of contributing units, a workers' representative."""
    made = Office(live_server.url, browser)
    above = Unit.objects.create(key="U-0001", name="Policy Portfolio")
    for n, (short, name) in enumerate((("lead", "Enterprises Department"), ("skills", "Skills Branch"), ("audit", "Internal Audit")), 2):
        made.units[short] = Unit.objects.create(key=f"U-{n:04}", name=name, within=above if short != "audit" else None)
    made.units["office"] = Unit.objects.create(key="U-0005", name="Evaluation Office", evaluates=True)
    of = {"head": "office", "coordinator": "", "manager": "lead", "skills": "skills", "audit": "audit", "workers": ""}
    for who, unit in of.items():
        user = User.objects.create_user(f"{who}@office.example", "a long password", name=f"The {who}", unit=made.units.get(unit))
        made.people[who] = user
    made.people["coordinator"].unit = above
    made.people["coordinator"].save()
    for part, leader in ((above, "coordinator"), (made.units["lead"], "manager"), (made.units["office"], "head")):
        part.head = made.people[leader]
        part.save()
    for who, role, more in (
        ("head", "head", {}),
        ("coordinator", "coordinator", {}),
        ("audit", "verifier", {}),
        ("workers", "constituent", {"group": "workers"}),
    ):
        Grant.objects.create(user=made.people[who], role=role, given_by="system:test", **more)
    yield made
    for context in made.contexts.values():
        context.close()
    assert made.faults == []


@pytest.fixture
def paper(shared: Path, document: Callable[..., Document]) -> Document:
    """The governing-body paper, confirmed, its three evaluations known with all their recommendations."""
    from evaltrail.read import read
    from evaltrail_office.evaluations import actions as evaluations
    from evaltrail_office.evaluations.models import Evaluation

    record = read(shared / "paper" / "gb340_pfa_7.txt")
    head = User.objects.get(email="head@office.example")
    own = [
        Evaluation.objects.create(key=f"E-{n:05}", title=e.title or e.label or "", made_by=head.key, stage="circulated")
        for n, e in enumerate(record.evaluations, 1)
    ]
    made = document(*own, record=record, stage="circulated", kind="governing_body")
    evaluations.propose_keys(made)
    evaluations.confirm_keys(head, made)
    for e in own:
        Grant.objects.create(
            user=User.objects.get(email="workers@office.example"), role="constituent", group="workers", evaluation=e.key, given_by=head.key
        )
    return made


def wanted(paper: Document, *, all_of_them: bool) -> list[Recommendation]:
    """Recommendations that are carried through: a few in the usual run, all 23 in the soak."""
    from evaltrail_office.evaluations.models import Recommendation

    rows = list(Recommendation.objects.select_related("evaluation").order_by("evaluation", "position"))
    assert len(rows) == 23
    if all_of_them:
        return rows
    labels = [part.label for part in paper.parts.order_by("position")]
    keys = [part.evaluation_key for part in paper.parts.order_by("position")]
    few = {(keys[labels.index(label)], number) for label, number in FEW}
    return [r for r in rows if (r.evaluation.key, r.number) in few]


@pytest.mark.parametrize("all_of_them", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_recommendations_live_from_the_draft_to_the_verified_proof(office: Office, paper: Document, *, all_of_them: bool) -> None:
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.machine import ActionState, TrackState
    from evaltrail_office.follow_up.models import Action, Concern, Track
    from evaltrail_office.follow_up.replay import differences, replayed, stored
    from evaltrail_office.journal.models import Entry

    chosen = wanted(paper, all_of_them=all_of_them)
    evaluations = list(Evaluation.objects.order_by("key"))
    commented(office, paper)
    paper.stage = "issued"
    paper.save()
    Evaluation.objects.update(stage="issued", year=2020)
    concern(office, evaluations[0])
    for e in evaluations:
        decided(office, e)
        charged(office, e, {r.key for r in chosen})
    for r in chosen:
        answered(office, r)
    for e in evaluations:
        handed_over(office, e)
    for n, r in enumerate(chosen):
        done(office, r, moved=n % 2 == 0, sent_back=n % 3 == 1)
    keys = [r.key for r in chosen]
    assert set(Action.objects.values_list("state", flat=True)) == {ActionState.VERIFIED}
    assert set(Track.objects.filter(recommendation__key__in=keys).values_list("state", flat=True)) == {TrackState.RETIRED}
    assert Concern.objects.get().settled
    own = Action.objects.get(unit=office.units["office"])
    assert own.verified_by == office.people["audit"].key
    rows: list[Any] = [*Track.objects.select_related("recommendation"), *Action.objects.select_related("unit", "owner")]
    journal = {k: v for k, v in replayed(Entry.objects.order_by("pk")).items() if not k.startswith(("answer:", "concern:"))}
    assert differences(journal, stored(rows)) == []
    page = office.page("head", f"/follow-up/recommendations/{keys[0]}/")
    told = page.locator("main").inner_text()
    assert "verified" in told.lower()


def commented(office: Office, paper: Document) -> None:
    """The workers' representative comments on a passage of the draft."""
    page = office.page("workers", f"/documents/{paper.key}/comments/")
    page.locator("a[href*='at=']").first.click()
    page.get_by_label("Comment", exact=True).or_(page.locator("textarea[name=text]")).first.fill("The fee table is missing here.")
    page.locator("input[name=kind][value=omission], select[name=kind]").first.evaluate(
        "e => e.tagName === 'SELECT' ? (e.value = 'omission') : (e.checked = true)"
    )
    page.locator("form:has(textarea[name=text]) button").first.click()
    page.get_by_text("stands beside the passage").wait_for()


def concern(office: Office, evaluation: Evaluation) -> None:
    """A concern is raised, resolved, and settled for whoever raised it."""
    page = office.page("workers", f"/follow-up/concerns/new/?evaluation={evaluation.key}")
    page.get_by_label("In a few words").fill("Members were not heard")
    page.get_by_label("The concern").fill("The survey did not reach the unions.")
    page.get_by_role("button", name="Raise it").click()
    page.get_by_text("Your concern is raised").wait_for()
    address = page.url
    page = office.page("head", address)
    page.get_by_role("button", name="Take it up").click()
    page.get_by_label("How it was resolved").fill("The survey is sent again.")
    page.get_by_role("button", name="Say that it is resolved").click()
    page.get_by_text("whether they hold it to be settled").first.wait_for()
    page = office.page("workers", address)
    page.get_by_label("Yes, it is settled").check()
    page.get_by_role("button", name="Keep my view").click()
    page.get_by_text("It is settled.").wait_for()


def decided(office: Office, evaluation: Evaluation) -> None:
    """The head enters what the body adopted, from the draft that the paper prints."""
    page = office.page("head", f"/follow-up/evaluations/{evaluation.key}/decisions/?draft=1")
    page.get_by_label("Body").fill("Governing Body")
    page.get_by_label("Session").fill("340th")
    page.get_by_label("Day", exact=True).fill("2026-03-02")
    page.get_by_label("by correspondence").check()
    assert page.get_by_label("Draft decision").input_value()
    page.get_by_role("button", name="Enter it").click()
    page.get_by_text("The decision is entered").wait_for()


def charged(office: Office, evaluation: Evaluation, keys: set[str]) -> None:
    """The follow-up is opened and units are named: one leads, two contribute; Part I recommendation 3 is the evaluation office's."""
    from evaltrail_office.follow_up.models import Track

    page = office.page("head", f"/follow-up/evaluations/{evaluation.key}/")
    page.get_by_label("The clock starts on").fill("2026-03-02")
    page.get_by_role("button", name="Open the follow-up").click()
    page.wait_for_url("**/charges/")
    for track in Track.objects.filter(evaluation=evaluation).select_related("recommendation"):
        row = page.locator("fieldset.charging").filter(has=page.locator(f"input[name$='-track'][value='{track.pk}']"))
        lead = "Evaluation Office" if own_of(track.recommendation) else "Enterprises Department"
        if track.recommendation.key in keys:
            row.get_by_label("Lead unit").fill(lead)
            row.get_by_label("Contributing units").fill("Skills Branch; Internal Audit")
        else:
            row.get_by_label("Lead unit").fill("")
            row.get_by_label("Contributing units").fill("")
    page.get_by_role("button", name=re.compile("^Save")).click()
    page.wait_for_url(f"**/evaluations/{evaluation.key}/")


def own_of(recommendation: Recommendation) -> bool:
    """Whether it is addressed to the evaluation office itself."""
    return recommendation.evaluation.key == "E-00001" and recommendation.number == "3"


def answered(office: Office, recommendation: Recommendation) -> None:
    """Two units contribute, the lead unit answers with a plan, and the chain clears it."""
    from evaltrail_office.follow_up.models import Response

    if Response.objects.filter(track__recommendation=recommendation).count() > 1:
        # The paper prints points of it; they are answered together.
        page = office.page("coordinator", f"/follow-up/recommendations/{recommendation.key}/points/")
        page.locator("button[value=join]").click()
        page.locator("ul.messages").wait_for()
    answer = Response.objects.get(track__recommendation=recommendation, replaced=False)
    address = f"/follow-up/answers/{answer.pk}/"
    lead, unit = ("head", "Evaluation Office") if own_of(recommendation) else ("manager", "Enterprises Department")
    for who in ("skills", "audit"):
        page = office.page(who, address)
        page.locator("form:has(button[value=contribute]) textarea").fill(f"What {who} gives.")
        page.get_by_role("button", name="Give it to the lead unit").click()
        page.locator("ul.messages").wait_for()
    page = office.page(lead, address)
    page.get_by_label("Accepted", exact=True).check()
    page.get_by_label("The answer").fill("It will be done with the partners.")
    row = page.locator("fieldset.promising").first
    row.get_by_label("Number").fill(f"{recommendation.number}.1")
    row.get_by_label("What is done").fill(f"Agree on five indicators with the partners for recommendation {recommendation.number}.")
    row.get_by_label("Unit").fill(unit)
    row.get_by_label("Due").fill((timezone.localdate() + timedelta(days=100)).isoformat())
    page.get_by_role("button", name="Save and submit").click()
    page.locator("ul.messages").wait_for()
    for who in ("skills", "audit", lead, "coordinator"):
        page = office.page(who, address)
        page.get_by_role("button", name="Clear it").click()
        page.locator("ul.messages").wait_for()
    assert Response.objects.get(pk=answer.pk).state == "cleared"


def handed_over(office: Office, evaluation: Evaluation) -> None:
    """The coordinator hands over, the head makes public."""
    from evaltrail_office.follow_up.models import Response

    if not Response.objects.filter(evaluation=evaluation).exists():
        return
    page = office.page("coordinator", f"/follow-up/evaluations/{evaluation.key}/")
    page.get_by_role("button", name=re.compile("[Hh]and (it |them )?over|Transmit")).first.click()
    page.get_by_text("Transmitted and frozen").wait_for()
    page = office.page("head", f"/follow-up/evaluations/{evaluation.key}/")
    page.get_by_role("button", name=re.compile("public")).first.click()
    page.locator("ul.messages").wait_for()
    assert set(Response.objects.filter(evaluation=evaluation).values_list("state", flat=True)) == {"issued"}


def done(office: Office, recommendation: Recommendation, *, moved: bool, sent_back: bool) -> None:
    """The unit reports, asks for a later date, brings proof, claims; somebody else sends back and verifies."""
    from evaltrail_office.follow_up.models import Action

    action = Action.objects.get(track__recommendation=recommendation)
    address = f"/follow-up/actions/{action.key}/"
    own = own_of(recommendation)
    unit, verifier = ("head", "audit") if own else ("manager", "head")
    page = offered(office.page(unit, address), "report")
    page.locator("#report textarea").fill("Partners are asked.")
    page.locator("#report button").click()
    page.locator("ul.messages").wait_for()
    if moved and not own:
        page = offered(office.page(unit, address), "ask_later")
        page.locator("#ask_later input[type=date]").fill((timezone.localdate() + timedelta(days=190)).isoformat())
        page.locator("#ask_later select").select_option(index=1)
        page.locator("#ask_later button").click()
        page.locator("ul.messages").wait_for()
        page = offered(office.page("coordinator", address), "grant_later")
        page.get_by_role("button", name="Give the date").click()
        page.locator("ul.messages").wait_for()
        action.refresh_from_db()
        assert action.due is not None
        assert action.due > (action.first_due or date.max)
    page = offered(office.page(unit, address), "prove")
    page.get_by_label("What it shows").fill("The signed list of indicators")
    shown: FilePayload = {"name": "list.txt", "mimeType": "text/plain", "buffer": b"Five indicators, signed by all."}
    page.locator("#prove-file").set_input_files(shown)
    page.get_by_role("button", name="Add the proof").click()
    page.get_by_role("link", name="The signed list of indicators").first.wait_for()
    claimed(office, unit, address)
    if sent_back:
        page = offered(office.page(verifier, address), "verify")
        page.locator("#verify textarea").first.fill("The list is not signed.")
        page.get_by_role("button", name="Send back").click()
        page.locator("ul.messages").wait_for()
        claimed(office, unit, address)
    page = offered(office.page(verifier, address), "verify")
    page.get_by_role("button", name="Verify", exact=True).click()
    page.get_by_text("The second key is turned").wait_for()


def claimed(office: Office, unit: str, address: str) -> None:
    """The first key."""
    page = offered(office.page(unit, address), "claim")
    page.locator("#claim select").first.select_option("done")
    page.locator("#claim button").click()
    page.get_by_text("It is shown as claimed until").wait_for()


def offered(page: Page, name: str) -> Page:
    """The page with the form of a move open."""
    form = page.locator(f"details#{name}")
    assert form.count() == 1, f"{name} is not offered at {page.url}: {page.locator('#do').inner_text()}"
    if form.get_attribute("open") is None:
        form.locator("summary").first.click()
    return page
