"""Every address of the office, tried by those who have no business there."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from evaltrail_office.accounts.models import Grant, Invitation, Unit
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.machine import ActionState
from evaltrail_office.follow_up.models import Action, FollowUp, Proof, Track
from evaltrail_office.follow_up.preset import shipped
from evaltrail_office.intake.models import Batch
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.models import Job
from evaltrail_office.journal.models import Entry
from evaltrail_office.papers.models import Draft
from evaltrail_office.shelf import files
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db

FOR_EVERYBODY = {
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "health",
    "home",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "trail-threads",
}
"""Names of the pages that answer somebody who is not signed in. They show nothing that the office keeps."""
WITHOUT_A_SECRET = re.compile(r"^(accounts/|settings/|first-run/|health|language|evaluations/threads-|$)")
"""Addresses that may answer whoever is signed in with 200: about themselves."""
SECRETS = ("Secret ports", "secret unit", "secret.example", "Every second crane")


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern of an address with real keys in place of its parts."""

    name: str
    route: str
    path: str
    keyed: bool
    """Whether it names a thing."""


def _patterns(resolver: URLResolver, above: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        else:
            yield route, entry


def promised(recommendation: Recommendation, unit: Unit) -> tuple[Action, Proof]:
    """An action that is not yet public, with a proof that is there."""
    own = recommendation.evaluation
    rules = shipped()["house"].model_dump(mode="json")
    follow_up = FollowUp.objects.create(evaluation=own, preset="house", rules=rules, made_by="P-99999")
    track = Track.objects.create(recommendation=recommendation, follow_up=follow_up, evaluation=own)
    action = Action.objects.create(
        key="A-000001", track=track, evaluation=own, unit=unit, text="Every second crane is sold.", state=ActionState.OPEN
    )
    sha256, size = files.keep([b"Every second crane."])
    shown = {"words": "Every second crane", "name": "secret.example.txt", "media_type": "text/plain"}
    return action, Proof.objects.create(action=action, sha256=sha256, size=size, made_by="P-99999", public=True, **shown)


@pytest.fixture
def addresses(person, evaluation, document) -> list[Address]:
    """Every address, filled in with the keys of things that are drafts of others."""
    own = evaluation("Secret ports")
    paper = document(own, title="Secret ports", filename="secret.example.pdf", brought_by="P-99999")
    Draft.objects.create(document=paper, kind="report")
    statement = paper.statements.first()
    recommendation = Recommendation.objects.create(key="R-000001", evaluation=own, position=1, text="Every second crane.")
    unit = Unit.objects.create(key="U-0001", name="The secret unit")
    action, proof = promised(recommendation, unit)
    owner = person("manager", own)
    owner.email = "owner@secret.example"
    owner.save()
    batch = Batch.objects.create(key="B-00001", brought_by=owner.key)
    job = Job.objects.create(kind="intake.read", asked_by=owner.key)
    grant = Grant.objects.get(user=owner)
    Invitation.objects.create(user=owner, sha256="0" * 64, made_by="x", ends=timezone.now())
    keys = {
        "evaluations": own.key,
        "documents": paper.key,
        "recommendations": recommendation.key,
        "people": owner.key,
        "units": unit.key,
        "intake": batch.key,
        "jobs": str(job.pk),
        "plan": own.key,
        "papers": paper.key,
        "actions": action.key,
        "proofs": str(proof.pk),
        "decisions": "1",
    }
    by_name = {
        "document_key": paper.key,
        "statement_id": statement.record_id,
        "evaluation_key": own.key,
        "unit_key": unit.key,
        "number": str(grant.pk),
        "form": "pdf",
        "uidb36": "1",
    }

    def fill(route: str, found: re.Match[str]) -> str:
        name = found["name"]
        if name in by_name:
            return by_name[name]
        folder = [part for part in route[: found.start()].split("/") if part and "<" not in part]
        if name in {"key", "id", "pk"}:
            return next((keys[f] for f in reversed(folder) if f in keys), "1")
        return "1"

    made = []
    for route, entry in _patterns(get_resolver()):
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "").replace("\\", "")
        path = re.sub(r"<(?:\w+:)?(?P<name>\w+)>", lambda found: fill(plain, found), plain)  # noqa: B023 - called at once
        made.append(Address(entry.name or "", plain, f"/{path}", "<" in plain))
    assert len(made) > 40
    return made


class Visitor:
    """Somebody's browser: signed in, and again after an address has signed them out."""

    def __init__(self, user: User, *, enforce_csrf_checks: bool = False) -> None:
        self.user, self.strict, self.key = user, enforce_csrf_checks, ""
        self.browser = Client(enforce_csrf_checks=self.strict)

    def ask(self, method: str, path: str) -> Any:
        if not self.signed_in():
            self.browser = Client(enforce_csrf_checks=self.strict)
            self.browser.force_login(self.user)
            self.key = self.browser.cookies["sessionid"].value
        return getattr(self.browser, method)(path)

    def signed_in(self) -> bool:
        cookie = self.browser.cookies.get("sessionid")
        return bool(self.key) and cookie is not None and cookie.value == self.key and Session.objects.filter(pk=self.key).exists()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the head of evaluation gets from an address."""

    address: Address
    status: int
    headers: Mapping[str, str]
    signed_in: bool
    """Whether they still are afterwards."""


_answers: list[Answer] = []


@pytest.fixture
def answers(addresses: list[Address], person: Callable) -> list[Answer]:
    """Of every address to the head of evaluation, who runs the system too: asked once in a run, whichever test comes first."""
    if not _answers:
        head = Visitor(person("head", administrator=True))
        for address in addresses:
            answer = head.ask("get", address.path)
            _answers.append(Answer(address, answer.status_code, answer.headers, "_auth_user_id" in head.browser.session))
    return _answers


def _says(answer: Any) -> str:
    if answer.streaming:
        return b"".join(answer.streaming_content).decode("utf-8", "replace")
    return answer.content.decode("utf-8", "replace")


def _to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/")


def test_a_stranger_reaches_nothing(addresses: list[Address]) -> None:
    before = Entry.objects.count()
    reached = []
    for address in addresses:
        for method in ("get", "post", "delete"):
            answer = getattr(Client(), method)(address.path)
            if address.name in FOR_EVERYBODY:
                assert not any(secret in _says(answer) for secret in SECRETS), address
            elif not (_to_sign_in(answer) or answer.status_code in {401, 403, 404, 405}) and address.name != "set_language":
                reached.append((address, method, answer.status_code))
    assert reached == []
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "who",
    [{}, {"administrator": True}, {"role": "reader"}, {"role": "constituent"}, {"role": "governing_body"}],
    ids=["no role", "administrator", "reader", "constituent", "governing body"],
)
def test_whoever_has_no_part_in_a_draft_reaches_nothing_of_it(who: dict[str, Any], addresses: list[Address], person: Callable) -> None:
    user = person(**who)
    reached = []
    before = Entry.objects.exclude(actor=user.key).count()
    visitor = Visitor(user)
    for address in addresses:
        # People, units and jobs are the administrator's own matter.
        if user.is_administrator and re.match(r"(api/v1/)?(people|units|roles|jobs)\b", address.route):
            continue
        for method in ("get", "post"):
            answer = visitor.ask(method, address.path)
            shown = _says(answer)
            told = [secret for secret in SECRETS if secret in shown]
            if told or (address.keyed and answer.status_code == 200 and not WITHOUT_A_SECRET.match(address.route)):
                reached.append((address, method, answer.status_code, told))
    assert reached == []
    assert Entry.objects.exclude(actor=user.key).count() == before


@pytest.mark.parametrize("role", ["reader", "verifier", "coordinator", "commissioner"])
def test_an_announced_plan_gives_away_no_word_of_its_drafts(role: str, addresses: list[Address], person: Callable, work: Callable) -> None:
    own = Evaluation.objects.get(title="Secret ports")
    Evaluation.objects.update(announced=True, title="Ports of the lower lakes")
    paper = Document.objects.get()
    # As left by somebody who worked on it: keys, checks, the search index.
    enqueue("shelf.index", {"document": paper.key}, asked_by="system:test")
    work()
    texts = [statement.text[:60] for statement in paper.statements.all()] + ["Every second crane"]
    browser = Client()
    browser.force_login(person(role, own if role == "commissioner" else ""))
    shown_at_all = 0
    given_away = []
    for address in addresses:
        shown = html.unescape(_says(browser.get(address.path)))
        shown_at_all += "Ports of the lower lakes" in shown
        given_away += [(address.name, text) for text in texts if text in shown]
    words = _says(browser.get("/search/", {"q": texts[0]}))
    assert given_away == []
    assert "<mark" not in words
    assert shown_at_all


def test_the_addresses_are_real(answers: list[Answer]) -> None:
    """Or nobody would reach them for the wrong reason."""
    found = [a.address.name for a in answers if a.address.keyed and a.status == 200]
    for name in (
        "evaluation",
        "evaluation-roles",
        "evaluation-role-withdraw",
        "document",
        "statement",
        "preview",
        "batch",
        "person",
        "unit",
        "follow-up-board",
        "action",
        "proof",
    ):
        assert name in found


def test_every_change_needs_the_token_of_its_page(addresses: list[Address], person: Callable) -> None:
    visitor = Visitor(person("head", administrator=True), enforce_csrf_checks=True)
    without = []
    for address in addresses:
        answer = visitor.ask("post", address.path)
        # A program signs in with a token of its own, which no page of another site can send.
        if answer.status_code != 403 and not (address.path.startswith("/api/") and answer.status_code in {401, 404, 405}):
            without.append((address, answer.status_code))
    assert without == []


def test_every_answer_has_the_headers_that_keep_foreign_things_out(answers: list[Answer]) -> None:
    for answer in answers:
        address = answer.address
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], address
        if address.name == "draft-sheet":
            # A paper's own HTML has its styles in it: it stands in a frame of ours, belongs to no origin and runs nothing.
            assert answer.headers["Content-Security-Policy"].startswith(
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
            )
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        else:
            assert "unsafe" not in answer.headers["Content-Security-Policy"], address
            assert answer.headers["X-Frame-Options"] == "DENY", address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers["Referrer-Policy"] == "same-origin", address
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        if answer.signed_in and address.name != "trail-threads":
            kept = answer.headers["Cache-Control"]
            assert "public" not in kept, address
            assert "private" in kept or "no-store" in kept, address
