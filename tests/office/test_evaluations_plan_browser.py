"""The plan, the comment log and the quality sheet in a real browser, at both widths in both themes."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from evaltrail_office.evaluations import actions_comments, actions_gates, actions_plan, actions_quality, actions_team
from evaltrail_office.evaluations.models import CommentKind, Decision, MoneyKind, Outcome
from evaltrail_office.evaluations.passages import passages
from tests.accessible import BOTH, assert_accessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

# The browser's driver has a loop of its own in this thread, and Django takes that for a sign of danger.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(person: Callable[..., User], document: Callable[..., Document], work: Callable[[], int]) -> list[tuple[User, str]]:
    """A plan that was approved and changed, a draft with comments, a report with a sheet: who looks at which address."""
    head, year = person("head"), timezone.localdate().year

    def planned(title: str, month: int, **fields: Any) -> Evaluation:
        days = {"starts": date(year, 1, 10), "ends": date(year, month, 1), "issues": date(year, month, 20)}
        given = {"kind": "centralised", "timing": "final", "chosen": "coverage", "why": "A tenth of all projects", "responsible": head}
        return actions_plan.plan_new(head, title=title, **(given | days | fields))

    ports = planned("Support to small ports and landing sites", 11)
    roads = planned("Rural roads and the people who keep them", 6, kind="joint")
    skills = planned("Skills for work at sea", 9, timing="mid_term", kind="decentralised")
    cool = planned("Cold chains of the northern coast", 8)
    actions_plan.approve_plan(head, name=f"{year}–{year + 1}", years=(year, year + 1), words="Adopted by the board", announce=True)
    planned("Harbour masters and safety", 12, chosen="request", asked_by="The board", why="After the accident")
    actions_plan.postpone(
        head, roads, "The rains closed the roads", starts=date(year, 3, 1), ends=date(year + 1, 1, 30), issues=date(year + 1, 3, 15)
    )
    actions_plan.cancel(head, skills, "The project ended early")
    actions_plan.merge(head, cool, ports, "One coast, one team")
    paper = document(ports, ports, ports, stage="circulated")
    for kind in ("terms", "inception"):
        actions_gates.decide_gate(head, ports.gates.get(kind=kind), Outcome.PASSED, document=paper)
    actions_gates.decide_gate(
        head, ports.gates.get(kind="draft"), Outcome.SENT_BACK, document=paper, reason="No limits of the methods told"
    )
    for kind, amount in (("planned", "120000"), ("committed", "90000"), ("spent", "41250.75")):
        actions_team.enter_money(head, ports, MoneyKind(kind), Decimal(amount), "USD", day=date(year, 2, 1), words="Team and travel")
    terms = actions_team.ContractTerms("Ada Brook", "team leader", date(year, 1, 1), date(year, 12, 31), firm="Brook and Daughters")
    contract = actions_team.add_contract(head, ports, terms)
    actions_team.declare_interest(head, contract, "Worked for the port authority until 2019")
    actions_team.add_deliverable(head, contract, "Draft report", date(year, 6, 1))
    team = person("team", ports)
    found = passages(paper)
    first = actions_comments.comment(
        person("reference_group", ports), paper, found[1], CommentKind.FACT, "There are nine sites, not eight."
    )
    actions_comments.comment(team, paper, found[2], CommentKind.OMISSION, "Say who keeps the cranes.")
    actions_comments.decide_comment(team, first, Decision.REJECTED, "The register of 2019 has eight.")
    report = document(ports, stage="released")
    ports.refresh_from_db()
    verifier = person("verifier")
    sheet = actions_quality.begin_assessment(verifier, ports, report, "ilo")
    work()
    own = f"/plan/{ports.key}/"
    return [
        (head, "/plan/"),
        (head, "/plan/timeline/"),
        (head, f"/plan/calendar/?of={year}&year=all"),
        (head, own),
        (head, f"{own}gates/draft/"),
        (head, f"{own}money/"),
        (head, f"{own}team/{contract.pk}/"),
        (head, f"/plan/{roads.key}/postpone/"),
        (team, f"/documents/{paper.key}/comments/?at={found[1].id}"),
        (team, f"/documents/{paper.key}/comments/{first.pk}/"),
        (verifier, f"/evaluations/{ports.key}/quality/{sheet.pk}/"),
    ]


def test_they_pass_axe_at_both_widths_in_both_themes(
    pages: list[tuple[User, str]], browser: Browser, live_server: LiveServer, client: Any
) -> None:
    faults: list[str] = []
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text))
    for who, address in pages:
        client.force_login(who)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page.goto(address)
        for way in BOTH:
            assert_accessible(page, way)
            if folder := os.environ.get("EVALTRAIL_PICTURES"):
                name = address.strip("/").replace("/", "-").replace("?", "-").replace("&", "-").replace(":", "-")
                page.screenshot(path=Path(folder) / f"{name}-{way[0]}-{way[1]}.png", full_page=True)
    context.close()
    assert faults == []
