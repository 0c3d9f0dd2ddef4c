"""What anybody may read of follow-up: closed unless the head opens it, and then only what is public."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as office
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaltrail_office.accounts.models import User
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import tallies
from evaltrail_office.follow_up.actions import answers
from evaltrail_office.follow_up.actions import work as verbs
from evaltrail_office.follow_up.actions.public import set_public
from evaltrail_office.follow_up.models import Action, House, Proof, Response, Track, Transmission
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import files
from tests.office.follow_up_cast import Cast, transmitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, settings: Any) -> None:
    """Open data of one test are not those of another."""
    settings.DATA = tmp_path


@pytest.fixture
def followed(cast: Cast) -> Action:
    """A released evaluation with an issued answer, one action of it claimed with a public proof and one that is not."""
    action = transmitted(cast)
    answers.issue(cast.head, cast.track.follow_up)
    cast.evaluation.stage, cast.evaluation.year = "released", 2025
    cast.evaluation.save()
    shown = verbs.add_proof(cast.line, action, "The list of fitters", "https://office.example/fitters", public=True)
    hidden = verbs.add_proof(cast.line, action, "Hidden minutes", "https://office.example/minutes")
    verbs.claim(cast.line, action, "done", "Claimed with words for the verifier.", [shown, hidden])
    return Action.objects.get(pk=action.pk)


PATHS = (
    "/public/",
    "/public/actions/verified/",
    "/public/actions/claimed/",
    "/public/actions/late/",
    "/public/evaluations/",
    "/public/definitions/",
    "/public/data/",
)


def _read(path: str, **headers: str) -> str:
    answer = Client(headers=headers).get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # Django's own
    return body.decode()


def everything(cast: Cast) -> str:
    """All that a stranger can read."""
    paths = [*PATHS, "/public/data/follow-up.csv", "/public/data/follow-up.json"]
    return "\n".join(_read(p) for p in [*paths, *(f"/public/evaluations/E-{n:05}/" for n in range(1, 5))])


def test_while_it_is_closed_a_stranger_is_sent_to_sign_in(cast: Cast, followed: Action) -> None:
    tallies.tally()
    own = f"/public/evaluations/{cast.evaluation.key}/"
    for path in (*PATHS, own, "/public/data/follow-up.csv", "/public/proofs/1/", "/public/evaluations/E-99999/"):
        answer = Client().get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/accounts/login/"), path


def test_while_it_is_closed_whoever_has_a_part_in_evaluation_reads_it_and_who_has_none_does_not(
    cast: Cast, followed: Action, person: Callable[..., User]
) -> None:
    for who, status in ((person("governing_body"), 200), (cast.head, 200), (person(), 404)):
        browser = Client()
        browser.force_login(who)
        assert browser.get("/public/").status_code == status


def test_only_the_head_opens_it_and_the_journal_says_so(cast: Cast, person: Callable[..., User]) -> None:
    for who, status in ((person("reader"), 403), (cast.coordinator, 403), (person(), 404), (cast.head, 302)):
        browser = Client()
        browser.force_login(who)
        assert browser.post("/follow-up/settings/public/", {"public": "on"}).status_code == status
        assert House.of_office().public == (who == cast.head)
    last = Entry.objects.order_by("-pk").first()
    assert last is not None
    assert (last.actor, last.thing, last.new) == (cast.head.key, "house:follow-up", {"public": True})
    before = Entry.objects.count()
    assert not set_public(cast.head, on=True)
    assert Entry.objects.count() == before
    browser.post("/follow-up/settings/public/", {"public": "off"})
    assert not House.of_office().public
    assert b"Open it to everybody" in browser.get("/follow-up/settings/").content


def test_opened_a_stranger_reads_what_became_of_it(cast: Cast, followed: Action) -> None:
    set_public(cast.head, on=True)
    tallies.tally()
    shown = _read("/public/")
    assert "What became of 1 recommendation" in shown
    assert "Train twelve fitters" in shown
    assert "The list of fitters" in shown
    own = _read(f"/public/evaluations/{cast.evaluation.key}/")
    for words in ("Train the fitters and name one a site.", "We shall train them.", "Train twelve fitters", "Claimed, not verified"):
        assert words in own
    rows = list(csv.DictReader(io.StringIO(_read("/public/data/follow-up.csv").lstrip("\ufeff"))))
    assert [(r["recommendation"], r["verdict"], r["action"], r["claimed_meaning"]) for r in rows] == [
        ("R-000001", "accepted", "A-000001", "done")
    ]
    told = json.loads(_read("/public/data/follow-up.json"))
    assert told["recommendations"][0]["actions"][0]["action"] == "A-000001"


def test_no_persons_name_and_nothing_said_between_unit_and_verifier_is_public(cast: Cast, followed: Action) -> None:
    set_public(cast.head, on=True)
    verbs.verify(cast.head, followed, "partly_done", "Words of the verifier.")
    Action.objects.update(delay="money", delay_words="Words of delay.", owner=cast.line)
    tallies.tally()
    shown = everything(cast)
    assert "Train twelve fitters" in shown
    for secret in ("Hidden minutes", "Words of the verifier", "Words of delay", "words for the verifier"):
        assert secret not in shown
    for user in User.objects.all():
        assert user.name not in shown
        assert user.key not in shown
        assert user.email not in shown


def test_a_file_is_handed_out_only_where_it_is_a_public_proof(cast: Cast, followed: Action) -> None:
    sha256, size = files.keep([b"minutes"])
    kept = {"action": followed, "sha256": sha256, "size": size, "name": "list.txt", "media_type": "text/plain", "made_by": "P-1"}
    shown, hidden = Proof.objects.create(words="List", public=True, **kept), Proof.objects.create(words="Not", public=False, **kept)
    set_public(cast.head, on=True)
    assert _read(f"/public/proofs/{shown.pk}/") == "minutes"
    assert Client().get(f"/public/proofs/{hidden.pk}/").status_code == 404
    cast.evaluation.stage = "issued"
    cast.evaluation.save()
    assert Client().get(f"/public/proofs/{shown.pk}/").status_code == 404


def test_who_asks_again_for_what_has_not_changed_is_told_so(cast: Cast, followed: Action) -> None:
    set_public(cast.head, on=True)
    tallies.tally()
    for path in (*PATHS, "/public/data/follow-up.csv"):
        browser = Client()
        tag = browser.get(path).headers["ETag"]
        again = browser.get(path, headers={"If-None-Match": browser.get(path).headers["ETag"]})
        assert again.status_code == 304, path
        assert tag
    tag = browser.get("/public/").headers["ETag"]
    verbs.verify(cast.head, followed)
    assert browser.get("/public/", headers={"If-None-Match": tag}).status_code == 200
    set_public(cast.head, on=False)
    assert Client().get("/public/", headers={"If-None-Match": tag}).status_code == 302


def test_open_data_come_packed_to_who_takes_them_so_and_hold_no_formula(cast: Cast, followed: Action) -> None:
    Action.objects.update(text="=1+1")
    set_public(cast.head, on=True)
    tallies.tally()
    answer = Client().get("/public/data/follow-up.csv", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    told = gzip.decompress(b"".join(answer.streaming_content)).decode("utf-8-sig")  # type: ignore[attr-defined]  # Django's own
    assert next(csv.DictReader(io.StringIO(told)))["action_text"] == "'=1+1"
    assert Client().get("/public/data/follow-up.exe").status_code == 404


def test_pages_ask_the_same_number_of_queries_of_few_rows_and_many(cast: Cast, followed: Action) -> None:
    set_public(cast.head, on=True)
    asked = []
    Client().get("/public/")
    for first in (100, 200):
        for n in range(first, first + 10):
            own = Recommendation.objects.create(key=f"R-{n:06}", evaluation=cast.evaluation, position=n, text="More.")
            track = Track.objects.create(recommendation=own, follow_up=cast.track.follow_up, evaluation=cast.evaluation)
            response = Response.objects.get(track=cast.track)
            response.pk, response.track, response.text = None, track, "More."
            response.save()
            Action.objects.create(
                key=f"A-{n:06}",
                track=track,
                response=response,
                evaluation=cast.evaluation,
                text="More",
                state="open",
                due=date(2026, 1, n - first + 1),
            )
        tallies.tally()
        counts = []
        for path in (*PATHS, f"/public/evaluations/{cast.evaluation.key}/"):
            with CaptureQueriesContext(connection) as found:
                assert Client().get(path).status_code == 200
            counts.append(len(found))
        asked.append(counts)
    assert asked[0] == asked[1]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    stage=st.sampled_from(["draft", "circulated", "issued", "released"]),
    answer=st.sampled_from(["asked", "drafted", "submitted", "cleared", "transmitted", "issued"]),
    state=st.sampled_from(["proposed", "open", "under_way", "claimed", "sent_back", "verified", "self_reported", "drop_asked", "dropped"]),
    verdict=st.sampled_from(["accepted", "partially_accepted", "rejected"]),
    promised=st.booleans(),
    shown=st.booleans(),
)
def test_whatever_the_states_nothing_unreleased_leaks(
    cast: Cast, stage: str, answer: str, state: str, verdict: str, *, promised: bool, shown: bool
) -> None:
    """A second recommendation in any state; each of its words is secret unless everything above it is public."""
    point = transaction.savepoint()
    try:
        cast.evaluation.stage, cast.evaluation.year = stage, 2025
        cast.evaluation.save()
        House.objects.update_or_create(pk=1, defaults={"public": True})
        own = Recommendation.objects.create(key="R-000077", evaluation=cast.evaluation, position=7, text="SECRETASKED")
        track = Track.objects.create(
            recommendation=own, follow_up=cast.track.follow_up, evaluation=cast.evaluation, verdict=verdict, answered=date(2026, 4, 1)
        )
        handed = Transmission.objects.create(evaluation=cast.evaluation, body={}, sha256="0" * 64, made_by="P-1")
        response = Response.objects.create(
            follow_up=track.follow_up, evaluation=cast.evaluation, track=track, state=answer, verdict=verdict, text="SECRETANSWER",
            reason="SECRETREASON", transmission=handed if answer in {"transmitted", "issued"} else None, transmitted=date(2026, 4, 1),
        )  # fmt: skip
        done = state == "verified"
        action = Action.objects.create(
            key="A-000077", track=track, response=response if promised else None, evaluation=cast.evaluation, text="SECRETACTION",
            state=state, due=date(2026, 1, 1), claimed=date(2026, 5, 1), claimed_status="done", claimed_meaning="done",
            verified=date(2026, 6, 1) if done else None, verified_by="P-00077" if done else "", verified_meaning="done" if done else "",
        )  # fmt: skip
        Proof.objects.create(action=action, words="SECRETPROOF", address="https://office.example/x", public=shown, made_by="P-00077")
        tallies.tally()
        told = everything(cast)
        released, issued = stage == "released", answer == "issued"
        assert ("SECRETASKED" in told) == released
        assert ("SECRETANSWER" in told) == (released and issued)
        assert ("SECRETREASON" in told) == (released and issued)
        assert ("SECRETACTION" in told) == (released and issued and state != "proposed")
        assert ("SECRETPROOF" in told) <= (released and issued and state != "proposed" and shown)
        assert "P-00077" not in told
        if not released:
            assert cast.evaluation.title not in told
    finally:
        transaction.savepoint_rollback(point)


def test_open_data_lie_in_the_data_folder(cast: Cast, followed: Action) -> None:
    tallies.tally()
    assert {p.name for p in (office.DATA / "public").iterdir()} == {"follow-up.csv.gz", "follow-up.json.gz"}
