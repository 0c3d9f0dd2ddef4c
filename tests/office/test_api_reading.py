"""What the API gives: lists by cursors, tags, changes, exports, the feed."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaltrail.record import correction
from evaltrail_office.accounts.models import Grant
from evaltrail_office.api.actions import make_token, withdraw_token
from evaltrail_office.api.scopes import CHOOSABLE
from evaltrail_office.evaluations.index import index
from evaltrail_office.evaluations.models import Plan, Recommendation
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf import actions as shelf
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Document, Rating, Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anew() -> None:
    """The index of this process knows the evaluations of the test before."""
    index.forget()


@pytest.fixture
def program(db: None) -> Callable[[User], Callable[..., Any]]:
    """Asks as a program of a person: ``get = program(user)``, ``get("evaluations", limit=2)`` gives the answer."""

    def of(user: User) -> Callable[..., Any]:
        token = make_token(user, "test", [s.value for s in CHOOSABLE], timezone.now() + timedelta(days=1))[1]

        def get(path: str, tag: str = "", **query: Any) -> Any:
            headers = {"Authorization": f"Bearer {token}"} | ({"If-None-Match": tag} if tag else {})
            return Client().get(f"/api/v1/{path}", query, headers=headers)

        return get

    return of


def made(evaluation: Callable, **fields: Any) -> Any:
    """An evaluation that the journal knows, as an action makes it."""
    one = evaluation(fields.pop("title", "Landing sites that last"), **fields)
    note("system:test", "made", f"evaluation:{one.key}", about=one.key)
    return one


def walked(get: Callable, path: str, field: str = "key", between: Callable[[], Any] = lambda: None, **query: Any) -> list[str]:
    """All pages of a list, with something happening between them."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = get(path, cursor=cursor, **query).json()
        found += [item[field] for item in answer["items"]]
        cursor = answer["next"]
        between()
    return found


def out(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


# Lists


def test_evaluations_come_newest_first_whatever_comes_in_between(person, evaluation, program) -> None:
    keys = [made(evaluation, year=2000 + n % 3, stage="released").key for n in range(7)]
    get = program(person("head"))
    found = walked(get, "evaluations", between=lambda: made(evaluation, year=2030), limit=2)
    assert found == sorted(keys, reverse=True)


def test_evaluations_are_found_by_facets_and_words_as_on_the_page(person, evaluation, program) -> None:
    made(evaluation, title="Ports", year=2020, state="completed", stage="released")
    made(evaluation, title="Boats and ports", year=2021, state="completed", stage="released")
    made(evaluation, title="Nets", year=2021, stage="released")
    made(evaluation, title="Secret ports", year=2021, stage="draft")
    get = program(person("reader"))
    assert [e["title"] for e in get("evaluations", year=["2020", "2021"], words="ports").json()["items"]] == ["Boats and ports", "Ports"]
    assert get("evaluations", state="completed", year="2021").json()["total"] == 1
    years = get("evaluations/facets").json()["year"]
    assert years == [{"value": "2021", "count": 2}, {"value": "2020", "count": 1}]


def test_the_plan_tells_of_evaluations_that_the_person_knows_of(person, evaluation, program) -> None:
    known, secret = made(evaluation, announced=True, year=2030), made(evaluation, title="Secret ports")
    for own in (known, secret):
        Plan.objects.create(evaluation=own, made_by="system:test", issues=timezone.localdate() - timedelta(days=1))
    Plan.objects.filter(evaluation=known).update(merged_into=secret)
    get = program(person("reader"))
    line = get("plan").json()["items"][0]
    assert (line["evaluation"], line["late"], line["merged_into"], line["gates"]) == (known.key, True, None, [])
    assert walked(program(person("head")), "plan", "evaluation", limit=1) == [secret.key, known.key]
    assert get("plan", year="2031").json()["items"] == []
    assert get(f"plan/{secret.key}").status_code == 404


def test_what_is_not_known_is_null(person, evaluation, program) -> None:
    key = made(evaluation, stage="released").key
    told = program(person("reader"))(f"evaluations/{key}").json()
    assert (told["year"], told["organisation"], told["timing"], told["unit"]) == (None, None, None, None)
    assert told["address"] == f"/evaluations/{key}/"


@pytest.mark.parametrize(
    "path, field", [("documents", "key"), ("recommendations", "key"), ("evaluations/{key}/statements", "id"), ("ratings", "position")]
)
def test_a_list_gives_each_row_once_while_others_come(person, evaluation, document, program, path: str, field: str) -> None:
    own = made(evaluation, stage="released")
    papers = [document(own, stage="released") for _ in range(2)]
    for n in range(5):
        Recommendation.objects.create(key=f"R-00000{n}", evaluation=own, position=n, text="Mend.")
    get = program(person("reader"))
    path = path.format(key=own.key)
    before = get(path, limit=500).json()["items"]
    more = iter(range(9))

    def between() -> None:
        if next(more, 9) < 2:
            document(own, stage="released")
            Recommendation.objects.create(key=f"R-1{Recommendation.objects.count():05}", evaluation=own, position=99, text="Later.")
            # What is derived anew gets new numbers in its table.
            store.rederive(papers[0])

    after = walked(get, path, field, between, limit=len(before) // 3 or 1)
    known = [item[field] for item in before]
    if path in {"documents", "recommendations"}:
        assert after == known, "what is newer lies before the cursor"
    else:
        assert after[: len(known)] == known, "what is newer comes after"


def test_a_cursor_of_another_list_is_refused_by_name(person, evaluation, document, program) -> None:
    for _ in range(2):
        document(made(evaluation, stage="released"), stage="released")
    get = program(person("reader"))
    cursor = get("documents", limit=1).json()["next"]
    for path, wrong in (("ratings", cursor), ("documents", "nonsense"), ("documents", "WzFd"), ("evaluations", cursor)):
        answer = get(path, cursor=wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "query.cursor"


def test_a_misspelt_parameter_is_told_and_not_overlooked(person, program) -> None:
    answer = program(person("reader"))("documents", evalution="E-00001")
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["errors"][0]["field"] == "query.evalution"
    assert "evaluation" in problem["errors"][0]["message"]
    answer = program(person("reader"))("documents", limit=0)
    assert answer.json()["errors"] == [{"field": "query.limit", "message": "Input should be greater than or equal to 1"}]


def test_what_is_no_address_and_no_method_is_a_problem_too(person, program) -> None:
    answer = program(person("reader"))("nothing/here")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    answer = Client().delete("/api/v1/documents")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert answer.json()["type"] == "/api/#no-such-method"


def test_a_paper_in_two_evaluations_tells_only_of_those_that_the_person_knows(person, evaluation, document, program) -> None:
    mine, other = made(evaluation), made(evaluation, title="Secret ports")
    paper = document(mine, other)
    get = program(person("manager", mine))
    assert {p["evaluation"] for p in get(f"documents/{paper.key}").json()["parts"]} == {mine.key, None}
    assert {s["evaluation"] for s in get(f"documents/{paper.key}/statements", limit=500).json()["items"]} == {mine.key, None}
    assert other.key not in out(get("export/statements.jsonl")) + out(get("export/ratings.csv"))


def test_the_number_of_recommendations_of_a_draft_is_told_to_nobody_else(person, evaluation, program) -> None:
    own = made(evaluation, announced=True)
    Recommendation.objects.create(key="R-000001", evaluation=own, position=1, text="Every second crane.")
    assert program(person("reader"))(f"evaluations/{own.key}").json()["recommendations"] == 0
    assert program(person("head"))(f"evaluations/{own.key}").json()["recommendations"] == 1


LISTS = ("evaluations", "documents", "recommendations", "ratings", "changes", "intake", "jobs", "people", "units", "plan")
WHOLES = ("evaluations/{key}", "evaluations/{key}/statements", "export/evaluations.jsonl", "export/statements.csv")


def test_a_list_takes_as_many_queries_for_twenty_rows_as_for_ten(person, evaluation, document, program) -> None:
    get = program(person("head", administrator=True))
    first = made(evaluation)
    record = store.record_of(document(first))
    one = record.evaluations[0]
    short = record.model_copy(update={"evaluations": (one.model_copy(update={"statements": one.statements[:3], "links": ()}),)})

    def grow() -> None:
        for n in range(10):
            person("reader")
            own = made(evaluation)
            document(own, record=short)
            Plan.objects.create(evaluation=own, made_by="system:test")
            document(first, record=short)
            Recommendation.objects.create(key=f"R-{Recommendation.objects.count():06}", evaluation=first, position=n, text="Mend.")

    def counts() -> dict[str, int]:
        found = {}
        for path in (*LISTS, *WHOLES):
            query = {"limit": 100} if path in LISTS else {}
            # The first answer after a change also reads what changed.
            get(path.format(key=first.key), **query).getvalue()
            with CaptureQueriesContext(connection) as caught:
                answer = get(path.format(key=first.key), **query)
                assert answer.status_code == 200
                answer.getvalue()
            found[path] = len(caught)
        return found

    grow()
    ten = counts()
    grow()
    assert counts() == ten


# Records and statements


def test_the_record_at_a_version_never_changes_and_the_present_one_has_the_corrections(person, evaluation, document, program) -> None:
    own = made(evaluation)
    paper = document(own)
    user = person("manager", own)
    get = program(user)
    first = get(f"documents/{paper.key}/record", version=1)
    row = paper.statements.first()
    shelf.correct(user, paper, correction({"kind": "set", "statement": row.record_id, "field": "text", "new": "Corrected words."}))
    assert get(f"documents/{paper.key}/record", version=1).content == first.content
    assert "Corrected words." in get(f"documents/{paper.key}/record").content.decode()
    one = get(f"documents/{paper.key}/statements/{row.record_id}").json()
    assert (one["text"], one["record"]["text"]) == ("Corrected words.", "Corrected words.")
    assert one["record"]["places"][0]["page"] == one["page"]
    assert get(f"documents/{paper.key}/record", version=1, tag=first.headers["ETag"]).status_code == 304
    missing = get(f"documents/{paper.key}/record", version=9)
    assert missing.json()["errors"][0]["field"] == "query.version"


def test_versions_differences_and_history_are_for_those_who_work_on_it(person, evaluation, document, program) -> None:
    own = made(evaluation)
    paper = document(own, stage="released")
    user = person("manager", own)
    row = paper.statements.first()
    shelf.correct(user, paper, correction({"kind": "set", "statement": row.record_id, "field": "text", "new": "Corrected words."}))
    shelf.confirm(user, paper, rest=True)
    get = program(user)
    assert [v["how"] for v in get(f"documents/{paper.key}/versions").json()] == ["read", "confirmed"]
    difference = get(f"documents/{paper.key}/differences").json()
    assert any("Corrected words." in json.dumps(change) for change in difference["changes"])
    history = get(f"documents/{paper.key}/history/{row.record_id}").json()
    assert history["earlier"][0]["text"] == row.text
    reader = program(person("reader"))
    assert reader(f"documents/{paper.key}").status_code == 200
    for path in ("versions", "differences", f"history/{row.record_id}", "record?version=1", "corrections"):
        assert reader(f"documents/{paper.key}/{path}").status_code == 403, path


def test_search_finds_what_the_person_may_see(person, evaluation, document, program, work) -> None:
    document(made(evaluation), stage="draft")
    document(made(evaluation), stage="released")
    work()
    words = Statement.objects.filter(kind="recommendation").first().text
    both, one = program(person("head")), program(person("reader"))
    word = max(words.split(), key=len).strip(".,")
    found = both("search", q=word, kind="recommendation", limit=100).json()
    assert {hit["document"] for hit in found["items"]} == {"D-000001", "D-000002"}
    assert {hit["document"] for hit in one("search", q=word, limit=100).json()["items"]} == {"D-000002"}
    first = both("search", q=word, limit=1).json()
    second = both("search", q=word, limit=1, cursor=first["next"]).json()
    assert first["items"] != second["items"]


# Tags


def test_whoever_asks_again_learns_that_nothing_changed_until_something_does(person, evaluation, document, program) -> None:
    own = made(evaluation, stage="released")
    paper = document(own, stage="released")
    user = person("manager", own)
    get = program(user)
    for path in ("evaluations", f"evaluations/{own.key}", "documents", f"documents/{paper.key}", "recommendations", "ratings", "changes"):
        tag = get(path).headers["ETag"]
        again = get(path, tag=tag)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert "private" in again.headers["Cache-Control"]
        assert {"Authorization", "Cookie"} <= {v.strip() for v in again.headers["Vary"].split(",")}
        shelf.confirm_statements(user, paper, [paper.statements.filter(confirmed=None).first().record_id])
        assert get(path, tag=tag).status_code == 200


def test_a_tag_is_worth_nothing_to_somebody_else_or_after_a_role_ended(person, evaluation, document, program) -> None:
    own = made(evaluation)
    document(own)
    manager, reader = person("manager", own), person("reader")
    tag = program(manager)("documents").headers["ETag"]
    assert program(reader)("documents", tag=tag).status_code == 200
    get = program(manager)
    tag = get("documents").headers["ETag"]
    Grant.objects.filter(user=manager).update(ends=timezone.localdate() - timedelta(days=1))
    answer = get("documents", tag=tag)
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_an_answer_that_is_kept_is_still_not_given_to_who_lost_the_right(person, evaluation, document, program) -> None:
    own = made(evaluation)
    paper = document(own)
    manager = person("manager", own)
    get = program(manager)
    tag = get(f"documents/{paper.key}/record", version=1).headers["ETag"]
    Grant.objects.filter(user=manager).update(withdrawn=timezone.now())
    assert get(f"documents/{paper.key}/record", version=1, tag=tag).status_code == 404


# Changes


def followed(get: Callable, after: int = 0, limit: int = 3) -> tuple[list[dict[str, Any]], int]:
    """All changes, as a program follows them."""
    found: list[dict[str, Any]] = []
    more = True
    while more:
        answer = get("changes", after=after, limit=limit).json()
        found, after, more = found + answer["items"], answer["next"], answer["more"]
    return found, after


def test_changes_tell_everything_that_may_be_seen_once_and_nothing_else(person, evaluation, document, program) -> None:
    own, other = made(evaluation), made(evaluation, title="Secret ports")
    user = person("manager", own)
    paper, secret = document(own), document(other)
    get = program(user)
    found, last = followed(get)
    assert [(c["kind"], c["key"]) for c in found] == [("evaluation", own.key), ("document", paper.key)]
    numbers = [c["number"] for c in found]
    assert numbers == sorted(set(numbers))
    assert followed(get, last) == ([], last)
    shelf.confirm_statements(person("head"), secret, [secret.statements.first().record_id])
    shelf.confirm_statements(user, paper, [paper.statements.first().record_id])
    new, last = followed(get, last)
    statement = f"{paper.key}/{paper.statements.first().record_id}"
    assert [(c["verb"], c["kind"], c["key"], c["evaluation"]) for c in new] == [("confirmed", "statement", statement, own.key)]
    assert followed(get, 0, limit=1)[0] == found + new


def test_changes_go_on_past_what_may_not_be_seen(person, evaluation, program, monkeypatch) -> None:
    from evaltrail_office.api import queries

    monkeypatch.setattr(queries, "LOOKED_AT", 3)
    for _ in range(7):
        made(evaluation)
    own = made(evaluation, stage="released")
    get = program(person("reader"))
    first = get("changes").json()
    assert (first["items"], first["more"]) == ([], True)
    assert [c["key"] for c in followed(get)[0]] == [own.key]


def test_a_role_that_is_given_or_withdrawn_is_told_to_whom_it_is(person, evaluation, program) -> None:
    from evaltrail_office.accounts.actions.grants import Terms, give
    from evaltrail_office.accounts.policy import Role

    own = made(evaluation)
    head, user, other = person("head"), person("reader"), person("reader")
    get = program(user)
    after = followed(get)[1]
    give(head, user, Role.READER, own, Terms(reason="To read along."))
    told = followed(get, after)[0]
    assert [(c["verb"], c["kind"], c["evaluation"]) for c in told] == [("granted", "grant", own.key)]
    assert followed(program(other), after)[0] == []


# Exports


def test_an_export_has_every_row_of_the_lists(person, evaluation, document, program, monkeypatch) -> None:
    from evaltrail_office.api.v1 import export

    monkeypatch.setattr(export, "STEP", 7)
    own = made(evaluation, stage="released", organisation="Fisheries")
    for _ in range(2):
        document(own, stage="released")
    document(made(evaluation, title="Secret ports"))
    for n in range(9):
        Recommendation.objects.create(key=f"R-00000{n}", evaluation=own, position=n, text="Mend.")
    get = program(person("reader"))
    lists = {
        "evaluations": get("evaluations", limit=500),
        "statements": get(f"evaluations/{own.key}/statements", limit=500),
        "recommendations": get("recommendations", limit=500),
        "ratings": get("ratings", limit=500),
    }
    for what, listed in lists.items():
        rows = listed.json()["items"]
        assert rows
        answer = get(f"export/{what}.jsonl")
        lines = [json.loads(line) for line in out(answer).splitlines()]
        assert sorted(map(str, lines)) == sorted(map(str, rows))
        table = list(csv.DictReader(io.StringIO(out(get(f"export/{what}.csv")).removeprefix("\ufeff"))))
        assert len(table) == len(rows)
        name = "key" if "key" in rows[0] else "document"
        assert sorted(line[name] for line in table) == sorted(row[name] for row in rows)
    assert len(lists["statements"].json()["items"]) == Statement.objects.filter(part__evaluation_key=own.key).count()
    assert len(lists["ratings"].json()["items"]) == Rating.objects.filter(document__stage="released").count()
    only = out(get("export/statements.jsonl", evaluation=own.key)).splitlines()
    assert len(only) == len(lists["statements"].json()["items"])


def test_no_cell_of_an_export_begins_a_formula(person, evaluation, program) -> None:
    for title in ("=1+1", "+1+1", "-1+2", "@SUM(A1)", "\t=1", " =1"):
        made(evaluation, title=title, organisation="=cmd|' /C calc'!A0", stage="released")
    table = list(csv.reader(io.StringIO(out(program(person("reader"))("export/evaluations.csv")).removeprefix("\ufeff"))))
    assert len(table) == 7
    for row in table[1:]:
        assert not any(cell.lstrip()[:1] in set("=+-@") for cell in row if cell), row


def test_an_export_takes_no_more_memory_for_ten_times_the_rows(person, evaluation, document, program, monkeypatch) -> None:
    from evaltrail_office.api.v1 import export

    monkeypatch.setattr(export, "STEP", 40)
    own = made(evaluation, stage="released")
    paper = document(own, stage="released")
    part = paper.parts.first()
    get = program(person("reader"))

    def peak() -> int:
        tracemalloc.start()
        for piece in get("export/statements.csv").streaming_content:
            assert piece
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    def add(count: int, name: str) -> None:
        Statement.objects.bulk_create(
            Statement(document=paper, part=part, record_id=f"x.{name}{n}", position=1000 + n, kind="finding", text="words " * 60)
            for n in range(count)
        )

    add(150, "a")
    few = peak()
    add(2000, "b")
    assert peak() < 2 * few, "there are nine times as many"


# The feed


def test_the_feed_tells_what_was_released_by_an_address_that_can_be_withdrawn(person, evaluation, document) -> None:
    own = made(evaluation, stage="released")
    paper = document(own, stage="released", title="Boats & <nets>\x0b")
    document(own, title="Secret ports")
    user = person("reader")
    row, text = make_token(user, "my reader", ["feed"], None)
    answer = Client().get("/feed.atom", {"token": text})
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    entries = root.findall(f"{atom}entry")
    assert [e.findtext(f"{atom}title") for e in entries] == ["Boats & <nets>"]
    assert entries[0].find(f"{atom}link").get("href") == f"http://testserver/documents/{paper.key}/"
    assert text not in answer.content.decode()
    assert Client().get("/feed.atom", {"token": text}, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    Grant.objects.filter(user=user).update(withdrawn=timezone.now())
    assert b"<entry>" not in Client().get("/feed.atom", {"token": text}).content
    withdraw_token(user, row)
    assert Client().get("/feed.atom", {"token": text}).status_code == 401


def test_the_token_of_a_feed_reads_nothing_else_and_no_other_token_reads_the_feed(person) -> None:
    user = person("head")
    feed = make_token(user, "reader", ["feed"], None)[1]
    every = make_token(user, "program", [s.value for s in CHOOSABLE], timezone.now() + timedelta(days=1))[1]
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {feed}"}).status_code == 401
    assert Client().get("/feed.atom", {"token": every}).status_code == 401
    assert Client().get("/feed.atom").status_code == 401


def test_the_feed_lists_the_last_released_first(person, evaluation, document, signed_in) -> None:
    own = made(evaluation, stage="released")
    papers = [document(own, stage="released", title=f"Paper {n}") for n in range(3)]
    for paper in (papers[2], papers[0], papers[1]):
        note("system:test", "said who sees", f"document:{paper.key}", about=own.key, old={"stage": "issued"}, new={"stage": "released"})
    shown = signed_in(person("reader")).get("/feed.atom").content.decode()
    at = [shown.index(f"<title>Paper {n}</title>") for n in (1, 0, 2)]
    assert at == sorted(at)
    assert Document.objects.count() == 3
