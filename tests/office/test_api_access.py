"""Who gets what from the API: every operation of its description, as owner, colleague and stranger; tokens and their scopes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from evaltrail.measure.follow_up import figure
from evaltrail_office.accounts.models import Grant, Unit
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.api.actions import make_token, withdraw_token
from evaltrail_office.api.description import openapi
from evaltrail_office.api.models import Token
from evaltrail_office.api.scopes import CHOOSABLE, Scope
from evaltrail_office.evaluations.models import Plan, Recommendation
from evaltrail_office.follow_up import definitions, tallies
from evaltrail_office.follow_up.actions import answers as verbs
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.actions.opening import charge, open_follow_up
from evaltrail_office.follow_up.facts import Chosen, facts
from evaltrail_office.follow_up.keysets import packed
from evaltrail_office.follow_up.models import Action, BodyDecision, Concern, Proof, Response, Tally, Track
from evaltrail_office.intake.models import Batch
from evaltrail_office.jobs.models import Job
from evaltrail_office.journal.actions import note
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db

OPERATIONS = [
    (operation["operationId"], method.upper(), path, operation)
    for path, methods in openapi()["paths"].items()
    for method, operation in methods.items()
]
SECRETS = ("Secret ports", "secret.example", "Every second crane", "Boats arrive late")
REVISED = {name for name, _method, _path, operation in OPERATIONS if "428" in operation["responses"]}
"""Those that have to be told which revision was seen."""
OF_WHO_HAS_A_ROLE = {"figures", "figure_rows"}
OF_ADMINISTRATORS = {"people", "person", "units"}


@dataclass
class Office:
    """A draft of somebody's, with all that belongs to it."""

    owner: User
    keys: dict[str, str]

    def path(self, path: str, name: str) -> str:
        keys = dict(self.keys)
        if path.startswith("/api/v1/"):
            folder, _slash, rest = path.removeprefix("/api/v1/").partition("/")
            if folder == "follow-up":
                folder = rest.partition("/")[0]
            keys["key"] = keys["number"] = keys.get(folder, "")
        for part, value in keys.items():
            path = path.replace(f"{{{part}}}", value)
        return path + ("?q=crane" if name == "search" else "")


@pytest.fixture
def office(person, evaluation, document) -> Office:
    own = evaluation("Secret ports")
    paper = document(own, title="Secret ports", filename="secret.example.pdf", brought_by="P-99999")
    recommendation = Recommendation.objects.create(key="R-000001", evaluation=own, position=1, text="Every second crane.")
    owner = person("manager", own)
    owner.email = "owner@secret.example"
    owner.save()
    owner.unit = Unit.objects.create(key="U-0001", name="The harbour unit")
    owner.save()
    batch = Batch.objects.create(key="B-00001", brought_by=owner.key)
    job = Job.objects.create(kind="intake.read", asked_by=owner.key)
    note(owner, "made", f"evaluation:{own.key}", about=own.key)
    Plan.objects.create(evaluation=own, made_by=owner.key)
    action, proof = followed(owner, recommendation)
    concern = Concern.objects.create(
        key="C-00001", evaluation=own, title="Secret ports", text="Boats arrive late", group="workers", raised_by=owner
    )
    BodyDecision.objects.create(
        evaluation=own, body="Council", taken=timezone.localdate(), adopted="Every second crane.", made_by=owner.key
    )
    definition = next(d for d in definitions.in_use() if d.id == "implementation-verified")
    found = figure(definition, facts(Chosen()), timezone.localdate(), settings=definitions.numbers(definition))
    Tally.objects.create(
        definition=definition.id, version=definition.version, body=tallies.body_of(found), keys=packed(tallies.sets_of(found))
    )
    return Office(
        owner,
        {
            "evaluations": own.key,
            "plan": own.key,
            "documents": paper.key,
            "recommendations": recommendation.key,
            "people": owner.key,
            "intake": batch.key,
            "statement": paper.statements.first().record_id,
            "jobs": str(job.pk),
            "actions": action.key,
            "answers": str(action.response_id),
            "proofs": str(proof.pk),
            "concerns": concern.key,
            "name": "implementation-verified",
            "what": "statements",
            "form": "csv",
        },
    )


def followed(owner: User, recommendation: Recommendation) -> tuple[Action, Proof]:
    """An action of the owner's unit with a proof, a later date that is asked for, and the answer that promises it."""
    follow_up = open_follow_up(owner, recommendation.evaluation, started=timezone.localdate())
    track = charge(owner, Track.objects.get(recommendation=recommendation), owner.unit)
    answer = Response.objects.get(track=track)
    response = verbs.draft(owner, answer, verbs.Drafted(verdict="accepted", text="Boats arrive late", actions=()))
    day = timezone.localdate() + timedelta(days=30)
    action = Action.objects.create(
        key="A-000001", track=track, response=response, evaluation=recommendation.evaluation, text="Every second crane.",
        unit=owner.unit, first_due=day, due=day, state="open",
    )  # fmt: skip
    sha256, size = files.keep([b"%PDF-1.7 Secret ports"])
    proof = work.add_proof(owner, action, "Secret ports", work.Kept(sha256, size, "secret.example.pdf", "application/pdf"))
    work.ask_later(owner, action, day + timedelta(days=30), "decision", "Every second crane.")
    assert follow_up.evaluation == recommendation.evaluation
    return action, proof


def asked(path: str, method: str, token: str = "", **headers: str) -> Any:
    """An answer, as a program gets it."""
    given = {"Authorization": f"Bearer {token}", **headers} if token else headers
    body = {"content_type": "application/json", "data": "{}"} if method == "POST" else {}
    return getattr(Client(enforce_csrf_checks=True), method.lower())(path, headers=given, **body)


def said(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def token_of(user: User, *scopes: Scope) -> str:
    return make_token(user, "test", [s.value for s in scopes or CHOOSABLE], timezone.now() + timedelta(days=1))[1]


def test_the_owner_gets_everything(office: Office) -> None:
    office.owner.is_administrator = True
    office.owner.save()
    token = token_of(office.owner)
    # What needs a body says so; undoing has nothing to undo yet; confirming comes last.
    expected = {"correct": 422, "bring": 422, "undo": 409, "redo": 409, "confirm": 409, "bring_proof": 422} | dict.fromkeys(REVISED, 428)
    faults = []
    for name, method, path, _operation in OPERATIONS:
        answer = asked(office.path(path, name), method, token)
        if answer.status_code != expected.get(name, 200):
            faults.append((name, answer.status_code, said(answer)))
    assert faults == []


@pytest.mark.parametrize("who", ["colleague", "administrator", "without a role"])
def test_whoever_has_no_part_in_it_gets_nothing_of_it(office: Office, person: Callable, evaluation: Callable, who: str) -> None:
    if who == "colleague":
        user = person("manager", evaluation("Another one", stage="released"))
    else:
        user = person(administrator=who == "administrator")
    token, before = token_of(user), Entry.objects.count()
    faults = []
    for name, method, path, _operation in OPERATIONS:
        answer = asked(office.path(path, name), method, token)
        shown = said(answer)
        if name in OF_ADMINISTRATORS:
            expected = 200 if who == "administrator" else 403
        elif name == "bring":
            expected = 422 if who == "colleague" else 403
        elif name in OF_WHO_HAS_A_ROLE:
            expected = 200 if who == "colleague" else 404
        else:
            keyed = "{" in path and name != "export" and not (name == "job" and who == "administrator")
            expected = 404 if keyed else 200
        told = [secret for secret in SECRETS if secret in shown and not (name in OF_ADMINISTRATORS and who == "administrator")]
        if answer.status_code != expected or told:
            faults.append((name, answer.status_code, told, shown))
    assert faults == []
    assert Entry.objects.count() == before


def test_a_stranger_gets_a_problem_that_says_how_to_sign_in(office: Office) -> None:
    for name, method, path, _operation in OPERATIONS:
        for token in ("", "evt_unknown", "x y z"):
            answer = asked(office.path(path, name), method, token)
            assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json"), name
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert "/settings/tokens/" in answer.json()["remedy"]


def test_a_token_does_only_what_its_scopes_say(office: Office) -> None:
    tokens = {scope: token_of(office.owner, scope) for scope in CHOOSABLE}
    everybodys = set()
    for name, method, path, operation in OPERATIONS:
        needed = set(operation["x-scopes"])
        others = [scope for scope in CHOOSABLE if scope.value not in needed]
        if not others:
            everybodys.add(name)
        for scope in others:
            answer = asked(office.path(path, name), method, tokens[scope])
            assert (answer.status_code, answer.json()["type"]) == (403, "/api/#not-in-scope"), (name, scope)
            assert all(one in answer.headers["WWW-Authenticate"] for one in needed)
    assert everybodys == {"me"}
    assert {name for name, _method, _path, operation in OPERATIONS if "write:follow-up" in operation["x-scopes"]} == {
        "me", "bring_proof", *REVISED
    }  # fmt: skip


def test_a_token_never_does_more_than_its_person_may_now(office: Office) -> None:
    token, path = token_of(office.owner), f"/api/v1/documents/{office.keys['documents']}"
    assert asked(path, "GET", token).status_code == 200
    Grant.objects.update(withdrawn=timezone.now())
    assert asked(path, "GET", token).status_code == 404
    office.owner.is_active = False
    office.owner.save()
    assert asked("/api/v1/me", "GET", token).status_code == 401


def test_a_withdrawn_or_ended_token_is_refused_at_once(office: Office) -> None:
    row, text = make_token(office.owner, "one", ["read:records"], timezone.now() + timedelta(days=1))
    assert asked("/api/v1/me", "GET", text).status_code == 200
    withdraw_token(office.owner, row)
    answer = asked("/api/v1/me", "GET", text)
    assert (answer.status_code, answer.json()["type"]) == (401, "/api/#token-refused")
    row, text = make_token(office.owner, "two", ["read:records"], timezone.now() + timedelta(days=1))
    Token.objects.filter(pk=row.pk).update(ends=timezone.now())
    assert asked("/api/v1/me", "GET", text).status_code == 401


def test_a_token_is_kept_as_a_hash_alone(office: Office) -> None:
    row, text = make_token(office.owner, "one", ["export"], timezone.now() + timedelta(days=1))
    kept = Token.objects.filter(pk=row.pk).values().get()
    assert text not in str(kept)
    assert text not in str(list(Entry.objects.values()))
    assert len(kept["sha256"]) == 64


@pytest.mark.parametrize(
    "name, scopes, days, field",
    [
        (" ", ["export"], 1, "name"),
        ("x", [], 1, "scopes"),
        ("x", ["everything"], 1, "scopes"),
        ("x", ["export", "feed"], 1, "scopes"),
        ("x", ["export"], None, "ends"),
        ("x", ["export"], -1, "ends"),
        ("x", ["export"], 400, "ends"),
    ],
)
def test_a_token_without_bounds_is_not_made(person: Callable, name: str, scopes: list[str], days: int | None, field: str) -> None:
    ends = None if days is None else timezone.now() + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        make_token(person(), name, scopes, ends)
    assert refused.value.field == field
    assert not Token.objects.exists()


def test_a_token_makes_so_many_requests_in_a_minute_and_no_more(office: Office, settings: Any) -> None:
    settings.API_A_MINUTE = 3
    token = token_of(office.owner)
    # Whether the minute ends in between or not, the fourth of four in one minute is refused.
    statuses = [asked("/api/v1/me", "GET", token).status_code for _ in range(8)]
    assert 429 in statuses
    refused = asked("/api/v1/me", "GET", token)
    if refused.status_code == 429:
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert asked("/api/v1/me", "GET", token_of(office.owner)).status_code == 200


def test_a_browser_uses_its_session_and_changes_nothing_without_the_forms_token(office: Office) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.owner)
    document = office.keys["documents"]
    assert browser.get(f"/api/v1/documents/{document}").json()["title"] == "Secret ports"
    path = f"/api/v1/documents/{document}/confirmations/{office.keys['statement']}"
    refused = browser.post(path)
    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    browser.get("/api/")
    token = browser.cookies["csrftoken"].value
    assert browser.post(path, headers={"X-CSRFToken": token}).status_code == 200


def test_the_page_of_tokens_shows_a_token_once(person: Callable, signed_in: Callable) -> None:
    client = signed_in(person("reader"))
    page = client.post("/settings/tokens/", {"name": "Copy", "scopes": ["export"], "ends": timezone.localdate() + timedelta(days=9)})
    token = Token.objects.get()
    shown = page.content.decode()
    text = shown.split('class="secret" tabindex="0">')[1].partition("<")[0]
    assert asked("/api/v1/me", "GET", text).json()["token"] == "Copy"  # noqa: S105 - its name
    assert page.headers["Cache-Control"].find("no-store") >= 0
    listed = client.get("/settings/tokens/").content.decode()
    assert text not in listed
    assert token.prefix in listed
    assert client.post(f"/settings/tokens/{token.pk}/withdraw/").status_code == 302
    assert asked("/api/v1/me", "GET", text).status_code == 401
    assert "Copy" in client.get("/settings/tokens/").content.decode()


def test_nobody_sees_or_withdraws_the_tokens_of_others(office: Office, person: Callable, signed_in: Callable) -> None:
    row, _text = make_token(office.owner, "Owner's own", ["export"], timezone.now() + timedelta(days=1))
    client = signed_in(person("head", administrator=True))
    assert "Owner" not in client.get("/settings/tokens/").content.decode()
    assert client.post(f"/settings/tokens/{row.pk}/withdraw/").status_code == 404
    assert Client().get("/settings/tokens/").status_code == 302
    assert "/settings/tokens/" in client.get("/settings/").content.decode()


def test_a_form_that_asks_for_too_much_is_told_beside_its_field(person: Callable, signed_in: Callable) -> None:
    client = signed_in(person())
    answer = client.post("/settings/tokens/", {"name": "Copy", "scopes": ["export"], "ends": timezone.localdate() + timedelta(days=900)})
    assert answer.status_code == 422
    assert "within a year" in answer.content.decode()
    assert client.post("/settings/tokens/", {"name": "Copy"}).status_code == 422
    assert not Token.objects.exists()


def test_what_can_be_asked_is_a_page_without_anything_from_elsewhere(person: Callable, signed_in: Callable) -> None:
    page = signed_in(person()).get("/api/")
    shown = page.content.decode()
    for _name, method, path, _operation in OPERATIONS:
        assert f'<span class="method">{method}</span> <code>{path}</code>' in shown
    assert 'src="http' not in shown
    assert 'href="http' not in shown
    assert "style=" not in shown
    assert Client().get("/api/").status_code == 302
    assert Client().get("/api/v1/openapi.json").status_code == 401
