"""The work plan: approved plans stay as they were, every change has a reason and shows, gates are passed with a document."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaltrail_office.accounts.access import forget_scope, may
from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.policy import Role, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations import actions_gates, actions_plan, actions_team, queries_plan
from evaltrail_office.evaluations.models import Baseline, BaselineLine, Evaluation, Frozen, GateKind, MoneyKind, Outcome, PlanChange, State
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

    Plans = Callable[..., Evaluation]
    Person = Callable[..., User]

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year
DAYS = {"starts": date(YEAR, 2, 1), "ends": date(YEAR, 9, 30), "issues": date(YEAR, 11, 30)}


@pytest.fixture
def head(person: Person) -> User:
    return person("head")


@pytest.fixture
def plans(head: User) -> Plans:
    """Puts an evaluation into the plan."""

    def make(title: str = "Landing sites that last", **fields: Any) -> Evaluation:
        return actions_plan.plan_new(head, title=title, **({"chosen": "coverage", "why": "A tenth of all projects", **DAYS} | fields))

    return make


def approved(head: User) -> Baseline:
    return actions_plan.approve_plan(head, name="This biennium", years=(YEAR, YEAR + 1), words="Decision 7")


def change_of(head: User, evaluation: Evaluation) -> str:
    found = queries_plan.planned(head, queries_plan.Filters.of({"year": "all"})).get(pk=evaluation.pk)
    return found.change  # type: ignore[attr-defined]


def test_an_approved_plan_is_never_changed(head: User, plans: Plans) -> None:
    own = plans()
    actions_team.enter_money(head, own, MoneyKind.PLANNED, Decimal("1000.50"), "USD", day=date(YEAR, 1, 1), words="travel")
    line = approved(head).lines.get()
    actions_plan.edit_plan(head, own, "The ferry was late", title="Other words", issues=date(YEAR + 1, 3, 1))
    actions_plan.cancel(head, own, "No money is left")
    again = BaselineLine.objects.get()
    assert (again.title, again.issues, again.state, again.budget) == (
        "Landing sites that last", DAYS["issues"], "planned", {"USD": "1000.50"},
    )  # fmt: skip
    for row in (line, line.baseline):
        with pytest.raises(Frozen):
            row.save()


def test_changes_show_against_the_approved_plan_each_in_its_word(head: User, plans: Plans) -> None:
    same, late, soon, gone, one, other, until = (plans(f"Evaluation {n}") for n in range(7))
    approved(head)
    since = plans("Added")
    actions_plan.postpone(head, late, "The survey is not back", **(DAYS | {"issues": date(YEAR + 1, 5, 1)}))
    actions_plan.edit_plan(head, soon, "The board meets earlier", issues=date(YEAR, 10, 15))
    actions_plan.cancel(head, gone, "The project ended")
    actions_plan.merge(head, one, same, "One country")
    actions_plan.edit_plan(head, other, "Renamed", title="Another title")
    actions_plan.postpone(head, until, "War")
    found = {e.pk: change_of(head, e) for e in (same, late, soon, gone, one, other, until, since)}
    assert list(found.values()) == ["as_approved", "postponed", "brought_forward", "cancelled", "merged", "changed", "postponed", "added"]
    for change, count in (("postponed", 2), ("added", 1), ("as_approved", 1)):
        assert queries_plan.planned(head, queries_plan.Filters.of({"change": change, "year": "all"})).count() == count


def test_a_later_day_is_a_postponement_whatever_form_it_came_by(head: User, plans: Plans) -> None:
    own = plans()
    change = actions_plan.edit_plan(head, own, "The boats are out", issues=DAYS["issues"] + timedelta(days=40))
    assert change is not None
    assert change.what == "postponed"
    assert change.old["issues"] == DAYS["issues"].isoformat()
    assert actions_plan.edit_plan(head, own, "Nothing") is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_changed_without_a_reason(reason: str, head: User, plans: Plans) -> None:
    own, into = plans(), plans("Another")
    for change in (
        lambda: actions_plan.edit_plan(head, own, reason, title="Other"),
        lambda: actions_plan.postpone(head, own, reason),
        lambda: actions_plan.cancel(head, own, reason),
        lambda: actions_plan.merge(head, own, into, reason),
    ):
        with pytest.raises(Refused) as fault:
            change()
        assert fault.value.field == "reason"
    own.refresh_from_db()
    assert (own.state, own.title) == (State.PLANNED, "Landing sites that last")
    assert Entry.objects.filter(thing=f"plan:{own.key}").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanChange.objects.create(evaluation=own, what="edited", reason="", made_by="x")


def test_why_it_was_chosen_is_told_and_who_asked(head: User) -> None:
    with pytest.raises(Refused) as fault:
        actions_plan.plan_new(head, title="Ports", chosen="coverage", why=" ")
    assert fault.value.field == "why"
    with pytest.raises(Refused) as fault:
        actions_plan.plan_new(head, title="Ports", chosen="request", why="The board wants it")
    assert fault.value.field == "asked_by"
    assert not Evaluation.objects.exists()


def test_the_last_change_is_undone_and_the_ones_before_it_stay(head: User, plans: Plans) -> None:
    own = plans()
    actions_plan.edit_plan(head, own, "First", title="First title")
    actions_plan.cancel(head, own, "Second")
    actions_plan.undo_change(head, own)
    own.refresh_from_db()
    assert (own.state, own.title) == (State.PLANNED, "First title")
    actions_plan.undo_change(head, own)
    own.refresh_from_db()
    assert own.title == "Landing sites that last"
    with pytest.raises(Refused, match="no change"):
        actions_plan.undo_change(head, own)
    assert PlanChange.objects.filter(evaluation=own).count() == 3


def test_nothing_is_undone_that_a_gate_has_gone_past(head: User, plans: Plans, document: Callable[..., Document]) -> None:
    own = plans()
    actions_plan.postpone(head, own, "Until further notice")
    decided = actions_gates.decide_gate(head, own.gates.get(kind="terms"), Outcome.PASSED, document=document(own))
    assert decided.version == 1
    with pytest.raises(Refused, match="further"):
        actions_plan.undo_change(head, own)


def test_gates_are_passed_in_order_each_with_a_document_or_sent_back_with_a_reason(
    head: User, plans: Plans, document: Callable[..., Document]
) -> None:
    own, foreign = plans(), document(plans("Another"))
    paper = document(own)
    terms, inception = own.gates.get(kind="terms"), own.gates.get(kind="inception")

    def decide(gate: Any, outcome: Outcome, **given: Any) -> Any:
        return actions_gates.decide_gate(head, gate, outcome, **given)

    for gate, outcome, given, why in (
        (inception, Outcome.PASSED, {"document": paper}, "earlier gate"),
        (terms, Outcome.PASSED, {}, "which document"),
        (terms, Outcome.PASSED, {"document": foreign}, "does not belong"),
        (terms, Outcome.SENT_BACK, {"document": paper}, "reason"),
        (terms, Outcome.TAKEN_BACK, {"reason": "An error"}, "Nothing was decided"),
    ):
        with pytest.raises(Refused, match=why):
            decide(gate, outcome, **given)
    decide(terms, Outcome.SENT_BACK, document=paper, reason="No questions in it")
    decide(terms, Outcome.PASSED, document=paper)
    decide(inception, Outcome.WAIVED, reason="A short one")
    own.refresh_from_db()
    assert own.state == State.UNDER_WAY
    with pytest.raises(Refused, match="later gate"):
        decide(terms, Outcome.TAKEN_BACK, reason="An error")
    decide(inception, Outcome.TAKEN_BACK, reason="It is needed")
    decide(terms, Outcome.TAKEN_BACK, reason="An error")
    own.refresh_from_db()
    assert own.state == State.PLANNED
    assert [d.outcome for d in terms.decisions.all()] == ["sent_back", "passed", "taken_back"]
    for kind in GateKind:
        decide(own.gates.get(kind=kind), Outcome.PASSED, document=paper)
    own.refresh_from_db()
    assert own.state == State.COMPLETED


def test_a_gate_is_passed_by_its_approver_alone(person: Person, head: User, plans: Plans, document: Callable[..., Document]) -> None:
    own, other = plans(), person("head")
    manager, gate, paper = person("manager", own), own.gates.get(kind="terms"), document(own)
    with pytest.raises(PermissionDenied):
        actions_gates.decide_gate(manager, gate, Outcome.PASSED, document=paper)
    with pytest.raises(Refused, match="may not pass"):
        actions_gates.set_gate(manager, gate, approver=manager, due=None)
    actions_gates.set_gate(manager, gate, approver=other, due=date(YEAR, 3, 1))
    with pytest.raises(Refused, match="is named to decide"):
        actions_gates.decide_gate(head, gate, Outcome.PASSED, document=paper)
    assert actions_gates.decide_gate(other, gate, Outcome.PASSED, document=paper).sha256 == paper.current.sha256


def test_money_is_summed_by_currency_and_taken_back_in_sight(head: User, plans: Plans) -> None:
    own, day = plans(), date(YEAR, 1, 1)
    for kind, amount, currency in (("planned", "100.10", "USD"), ("planned", "0.20", "usd"), ("spent", "7", "USD"), ("spent", "5", "EUR")):
        actions_team.enter_money(head, own, MoneyKind(kind), Decimal(amount), currency, day=day, words="travel")
    wrong = own.money.get(kind="spent", currency="USD")
    actions_team.take_money_back(head, wrong, "Entered twice")
    eur, usd = queries_plan.sums(own)
    assert (usd.planned, usd.spent, usd.over) == (Decimal("100.30"), Decimal(0), False)
    assert (eur.spent, eur.over) == (Decimal(5), True)
    for amount, currency in (("0", "USD"), ("-1", "USD"), ("NaN", "USD"), ("1", "dollars")):
        with pytest.raises(Refused):
            actions_team.enter_money(head, own, MoneyKind.SPENT, Decimal(amount), currency, day=day, words="travel")
    assert own.money.count() == 4


def test_access_ends_with_the_contract(person: Person, head: User, plans: Plans) -> None:
    own, expert, today = plans(), person(), timezone.localdate()
    terms = actions_team.ContractTerms(
        "", "team leader", today - timedelta(days=9), today + timedelta(days=30), fee=Decimal(900), currency="USD"
    )
    contract = actions_team.add_contract(head, own, terms, expert)
    assert contract.grant is not None
    assert (contract.grant.role, contract.grant.ends) == (Role.TEAM, terms.ends)
    assert may(expert, Verb.WRITE, own)
    longer = actions_team.add_contract(head, own, actions_team.ContractTerms("", "editor", today, today + timedelta(days=60)), expert)
    assert Grant.objects.get(user=expert).ends == longer.ends
    for one in (contract, longer):
        actions_team.set_last_day(head, one, max(one.starts, today - timedelta(days=1)), "The work is done")
    actions_team.set_last_day(head, longer, today, "Today")
    Grant.objects.filter(user=expert).update(starts=None)
    assert Grant.objects.get(user=expert).ends == today
    longer.starts = today - timedelta(days=5)
    longer.save()
    actions_team.set_last_day(head, longer, today - timedelta(days=1), "Yesterday")
    forget_scope(expert)
    assert not may(expert, Verb.SEE, own)
    with pytest.raises(Refused):
        actions_team.set_last_day(head, longer, today, " ")


def test_nobody_accepts_their_own_interest_or_work(person: Person, head: User, plans: Plans) -> None:
    own, today = plans(), timezone.localdate()
    expert = person("manager", own)
    terms = actions_team.ContractTerms("", "leader", today, today + timedelta(days=3))
    contract = actions_team.add_contract(head, own, terms, expert)
    interest = actions_team.declare_interest(expert, contract, "I worked for the port in 2019")
    promised = actions_team.add_deliverable(head, contract, "Inception report", today)
    with pytest.raises(PermissionDenied):
        actions_team.accept_interest(expert, interest)
    with pytest.raises(PermissionDenied):
        actions_team.judge_deliverable(expert, promised, accepted=True)
    with pytest.raises(PermissionDenied):
        actions_team.set_last_day(expert, contract, today + timedelta(days=90), "More work")
    actions_team.accept_interest(head, interest, "Writes nothing on that port")
    with pytest.raises(Refused):
        actions_team.judge_deliverable(head, promised, accepted=False)
    actions_team.judge_deliverable(head, promised, accepted=False, reason="No matrix")
    actions_team.judge_deliverable(head, promised, accepted=True)
    promised.refresh_from_db()
    assert (promised.accepted_by, promised.sent_back) == (head.key, None)


PAGES = (
    "/plan/{key}/", "/plan/{key}/edit/", "/plan/{key}/postpone/", "/plan/{key}/cancel/", "/plan/{key}/merge/",
    "/plan/{key}/gates/terms/", "/plan/{key}/money/", "/plan/{key}/team/", "/plan/{key}/team/new/", "/plan/{key}/team/{contract}/",
    "/plan/{key}/money/{money}/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_its_owners_and_nobody_elses(page: str, client: Client, person: Person, head: User, plans: Plans) -> None:
    own, today = plans(), timezone.localdate()
    entry = actions_team.enter_money(head, own, MoneyKind.PLANNED, Decimal(9), "USD", day=today, words="travel")
    terms = actions_team.ContractTerms("Ada", "leader", today, today, fee=Decimal("4321.00"), currency="USD")
    contract = actions_team.add_contract(head, own, terms)
    address = page.format(key=own.key, contract=contract.pk, money=entry.pk)
    asked = {}
    for name, who in (
        ("owner", head),
        ("team", person("team", own)),
        ("colleague", person("manager", plans("Else"))),
        ("stranger", person()),
    ):
        client.force_login(who)
        answer = client.get(address)
        asked[name] = answer.status_code
        assert name == "owner" or b"4,321" not in answer.content
        if name == "owner" and "/team/" in address and not address.endswith("/new/"):
            assert b"4,321.00 USD" in answer.content
    client.logout()
    assert client.get(address).status_code == 302
    assert asked["owner"] == 200
    assert asked["team"] == (200 if address.endswith((f"{own.key}/", "terms/", "/team/")) else 403)
    assert asked["colleague"] == asked["stranger"] == 404


@pytest.mark.parametrize("page", ["/plan/", "/plan/calendar/", "/plan/timeline/", "/plan/plan.csv", "/plan/approved/"])
def test_the_plan_shows_to_each_what_they_know_of(page: str, client: Client, person: Person, head: User, plans: Plans) -> None:
    own, known = plans("Secret ports"), plans("Known roads")
    approved(head)
    Evaluation.objects.filter(pk=known.pk).update(announced=True)
    for who, secret, seen in ((head, True, True), (person("reader"), False, True), (person(), False, False)):
        client.force_login(who)
        answer = client.get(page, {"year": "all"})
        assert answer.status_code == 200
        said = answer.content.decode()
        if page != "/plan/approved/":
            assert ("Secret ports" in said, "Known roads" in said) == (secret, seen)
    client.force_login(person("reader"))
    assert client.get(f"/plan/{known.key}/").status_code == 200
    assert client.get(f"/plan/{known.key}/team/").status_code == 403
    assert client.get(f"/plan/{own.key}/").status_code == 404
    said = client.get(f"/plan/approved/{Baseline.objects.get().pk}/").content.decode()
    assert "Known roads" in said
    assert "Secret ports" not in said
    client.logout()
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("page", ["/plan/", "/plan/calendar/", "/plan/timeline/", "/plan/plan.csv", "/plan/approved/1/"])
def test_pages_ask_the_database_as_often_for_twenty_rows_as_for_ten(page: str, client: Client, head: User, plans: Plans) -> None:
    client.force_login(head)
    asked = []
    for _n in range(2):
        for n in range(10):
            plans(f"Evaluation {n}")
        made = approved(head)
        address = page.replace("/1/", f"/{made.pk}/")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))
    # Approved plans are offered as a filter, all in one query.
    assert asked[0] == asked[1] <= 22


def test_filters_narrow_all_three_views_and_the_file(client: Client, head: User, plans: Plans) -> None:
    plans("Ports", kind="joint")
    plans("Roads", kind="cluster", issues=date(YEAR + 1, 2, 1))
    client.force_login(head)
    for page in ("/plan/", "/plan/calendar/", "/plan/timeline/", "/plan/plan.csv"):
        said = client.get(page, {"kind": "joint"}).content.decode()
        assert "Ports" in said
        assert "Roads" not in said
    table = list(csv.DictReader(io.StringIO(client.get("/plan/plan.csv", {"year": str(YEAR + 1)}).content.decode("utf-8-sig"))))
    assert [row["title"] for row in table] == ["Roads"]
    for asked in ("year=x&kind=%00", "page=0", "baseline=99999999999999", "of=99999999", "change=none", "unit=%00", "year=9999"):
        for page in ("/plan/", "/plan/calendar/", "/plan/timeline/", "/plan/plan.csv"):
            assert client.get(f"{page}?{asked}").status_code == 200


def test_what_a_file_says_is_no_formula(client: Client, head: User, plans: Plans) -> None:
    plans("=HYPERLINK(1)", why="@SUM(1)")
    client.force_login(head)
    row = next(csv.DictReader(io.StringIO(client.get("/plan/plan.csv").content.decode("utf-8-sig"))))
    assert (row["title"], row["why"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_an_evaluation_is_planned_changed_and_cancelled_on_its_pages(client: Client, head: User) -> None:
    client.force_login(head)
    given = {
        "title": "Small ports",
        "kind": "joint",
        "chosen": "request",
        "why": "The board",
        "starts": "2027-01-01",
        "issues": "2027-06-30",
    }
    answer = client.post("/plan/new/", given)
    assert answer.status_code == 422
    assert "Say who asked for it." in answer.content.decode()
    answer = client.post("/plan/new/", given | {"asked_by": "The board"}, follow=True)
    assert "Chosen on request of The board" in answer.content.decode()
    own = Evaluation.objects.get()
    assert own.year == 2027
    assert client.post(f"/plan/{own.key}/postpone/", {"issues": "2027-09-30"}).status_code == 422
    said = client.post(f"/plan/{own.key}/postpone/", {"issues": "2027-09-30", "reason": "Storms"}, follow=True).content.decode()
    assert "Storms" in said
    assert "<del>2027-06-30</del>" in said
    assert client.post(f"/plan/{own.key}/cancel/", {"reason": "No money"}).status_code == 302
    said = client.post(f"/plan/{own.key}/undo/", follow=True).content.decode()
    assert "Undone: cancelled." in said
    answer = client.post("/plan/approved/", {"name": "2026–27", "year_from": "2026", "year_to": "2027", "words": "Decided"}, follow=True)
    assert "Plan 2026–27, as approved" in answer.content.decode()


def test_plans_are_approved_by_heads_of_evaluation_alone(client: Client, person: Person, plans: Plans) -> None:
    plans()
    given = {"name": "N", "year_from": str(YEAR), "year_to": str(YEAR), "words": "W"}
    for who in (person("manager", plans("Else")), person("reader"), person()):
        client.force_login(who)
        assert client.post("/plan/approved/", given).status_code == 403
    assert not Baseline.objects.exists()


def test_a_gate_is_passed_on_its_page(client: Client, head: User, plans: Plans, document: Callable[..., Document]) -> None:
    own = plans()
    paper = document(own)
    client.force_login(head)
    address = f"/plan/{own.key}/gates/terms/"
    assert client.post(address, {"do": "decide", "outcome": "sent_back", "document": paper.pk}).status_code == 422
    said = client.post(address, {"do": "decide", "outcome": "passed", "document": paper.pk}, follow=True).content.decode()
    assert "Terms of reference: passed." in said
    assert paper.current.sha256[:12] in said
    assert client.post(address, {"do": "take back", "back-reason": "An error"}).status_code == 302
    assert client.post(address, {"do": "nothing"}).status_code == 403


def test_an_evaluations_page_leads_to_its_plan(client: Client, person: Person, head: User, plans: Plans, evaluation: Any) -> None:
    own, loose = plans(), evaluation("Found on a shelf")
    client.force_login(head)
    assert f"/plan/{own.key}/" in client.get(f"/evaluations/{own.key}/").content.decode()
    assert f"/plan/{loose.key}/add/" in client.get(f"/evaluations/{loose.key}/").content.decode()
    answer = client.post(f"/plan/{loose.key}/add/", {"chosen": "coverage", "why": "Every fifth"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/plan/{loose.key}/"
