"""Papers written in the office: begun from confirmed statements or empty, edited, previewed, circulated, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.journal.models import Entry
from evaltrail_office.papers import queries
from evaltrail_office.papers.actions import drafting, signing
from evaltrail_office.shelf import actions as shelf
from evaltrail_office.shelf.actions import working_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db

KINDS = ("governing-body", "report", "summary", "brief", "response-matrix", "follow-up")


@pytest.fixture
def ports(evaluation) -> Evaluation:
    return evaluation("Small ports")


@pytest.fixture
def paper(document, ports, evaluation) -> Document:
    """A confirmed paper whose first part is the evaluation of ports."""
    return document(ports, evaluation("Seafarers"), evaluation("Outer islands"), confirmed=timezone.now(), confirmed_by="P-1")


@pytest.fixture
def manager(person, ports) -> User:
    return person("manager", ports)


@pytest.fixture
def draft(manager, ports, paper) -> Document:
    """A governing-body paper from all that the confirmed paper says of ports."""
    return begun(manager, ports, paper)


def begun(user: User, ports: Evaluation, paper: Document, kind: str = "governing-body") -> Document:
    ids = [s.record_id for s in paper.statements.filter(part__evaluation_key=ports.key)]
    return drafting.begin(user, kind=kind, evaluations=[ports], title="Landing sites that last for many years", chosen={paper.key: ids})


def findings(draft: Document) -> list[str]:
    return [s.id for s in working_record(draft).evaluations[0].statements if s.kind == "finding"]


def change(client: Any, draft: Document, **form: str) -> Any:
    return client.post(reverse("draft-change", args=[draft.key]), form, follow=True)


def test_a_draft_takes_chosen_statements_over_in_their_order_with_what_links_them(manager, ports, paper, signed_in) -> None:
    signed_in(manager)
    own = list(paper.statements.filter(part__evaluation_key=ports.key))
    left_out = next(s for s in own if s.kind == "conclusion")
    client = signed_in(manager)
    page = client.get(reverse("draft-new"), {"evaluation": ports.key, "kind": "report"}).content.decode()
    assert all(s.text[:60] in page for s in own[:5])
    assert "Training and certification" not in page
    take = [f"{paper.key}:{s.record_id}" for s in own if s.pk != left_out.pk]
    form = {"kind": "report", "evaluation": ports.key, "title": "Landing sites that last for many years", "language": "en", "take": take}
    client.post(reverse("draft-new"), form)
    made = queries.drafts(manager).get()
    record = working_record(made)
    assert record.document.state == "draft"
    assert made.source is None
    assert [s.text for s in record.evaluations[0].statements] == [s.text for s in own if s.pk != left_out.pk]
    assert not any(s.places for s in record.evaluations[0].statements)
    there = {s.id for s in record.evaluations[0].statements}
    assert {x for link in record.evaluations[0].links for x in (link.from_, link.to)} <= there
    assert any(r.answers for r in record.evaluations[0].statements if r.kind == "response")
    assert list(made.versions.values_list("how", flat=True)) == ["written"]
    assert [p.evaluation_key for p in made.parts.all()] == [ports.key]


def test_a_recommendation_taken_over_is_not_counted_twice(manager, ports, paper) -> None:
    row = paper.statements.filter(part__evaluation_key=ports.key, kind="recommendation").first()
    known = Recommendation.objects.create(key="R-000001", evaluation=ports, position=0, text=row.text)
    row.key = known.key
    row.save()
    made = begun(manager, ports, paper)
    assert made.statements.get(key="R-000001").text == row.text
    assert Recommendation.objects.count() == 1


def test_statements_that_nobody_confirmed_are_not_taken_over(manager, ports, document) -> None:
    unread = document(ports)
    made = drafting.begin(manager, kind="report", evaluations=[ports], title="Ports", chosen={unread.key: ["I.f1"]})
    assert made.statements.count() == 0


def test_a_draft_tells_of_several_evaluations_in_parts(person, ports, paper) -> None:
    head = person("head")
    others = [ports, *[e for e in queries.evaluations_to_write(person("manager", "E-00002")) if e.key == "E-00002"]]
    with pytest.raises(PermissionDenied):
        drafting.begin(head, kind="governing-body", evaluations=others, title="Two")
    both = person("manager", ports)
    from evaltrail_office.accounts.models import Grant

    Grant.objects.create(user=both, role="manager", evaluation="E-00002", given_by="system:test")
    ids = list(paper.statements.values_list("record_id", flat=True))
    made = drafting.begin(both, kind="governing-body", evaluations=others, title="Two evaluations", chosen={paper.key: ids})
    record = working_record(made)
    assert [(e.label, e.title) for e in record.evaluations] == [("Part I", "Small ports"), ("Part II", "Seafarers")]
    assert all(e.statements for e in record.evaluations)


def test_an_empty_draft_shows_its_empty_places_and_is_written_in_them(manager, ports, signed_in) -> None:
    client = signed_in(manager)
    form = {"kind": "report", "evaluation": ports.key, "title": "Ports", "language": "en"}
    page = client.post(reverse("draft-new"), form, follow=True).content.decode()
    assert page.count("To be written.") == 6
    made = queries.drafts(manager).get()
    part = working_record(made).evaluations[0].id
    for kind, text in (("recommendation", "Sign agreements."), ("finding", "Sites stay open."), ("finding", "Works were late.")):
        change(client, made, add="1", evaluation=part, kind=kind, text=text)
    change(client, made, rate="1", evaluation=part, criterion="relevance", value="5")
    record = working_record(made)
    by_kind = [[s.text for s in record.evaluations[0].statements if s.kind == kind] for kind in ("finding", "recommendation")]
    assert by_kind == [["Sites stay open.", "Works were late."], ["Sign agreements."]]
    assert [(r.criterion, r.value, r.as_printed) for r in record.evaluations[0].ratings] == [("relevance", 5, "Satisfactory")]
    first, second = (s for s in record.evaluations[0].statements if s.kind == "finding")
    change(client, made, up="1", statement=second.id)
    assert findings(made) == [second.id, first.id]
    change(client, made, down="1", statement=second.id)
    assert findings(made) == [first.id, second.id]
    change(client, made, remove="1", statement=first.id)
    change(client, made, undo="1")
    assert len(working_record(made).evaluations[0].statements) == 3


def test_a_changed_priority_is_no_longer_printed_in_the_old_words(manager, draft, signed_in) -> None:
    s = next(s for s in working_record(draft).evaluations[0].statements if s.kind == "recommendation" and s.as_printed.priority)
    new = "low" if s.priority != "low" else "high"
    change(signed_in(manager), draft, save="1", statement=s.id, text=s.text, was_text=s.text, priority=new, was_priority=s.priority or "")
    now = next(x for x in working_record(draft).evaluations[0].statements if x.id == s.id)
    assert (now.priority, now.as_printed.priority) == (new, None)


def test_the_words_of_the_decision_are_its_own_and_corrections_stay(manager, draft, signed_in) -> None:
    client = signed_in(manager)
    s = working_record(draft).evaluations[0].statements[0]
    change(client, draft, save="1", statement=s.id, text="Other words.", was_text=s.text)
    change(client, draft, decide="1", decision="The Council may wish to take note.")
    record = working_record(draft)
    assert [d.text for d in record.decisions] == ["The Council may wish to take note."]
    assert record.evaluations[0].statements[0].text == "Other words."
    assert draft.statements.get(record_id=s.id).text == "Other words."


def test_a_form_that_was_open_while_somebody_else_edited_does_not_overwrite_that(manager, draft, signed_in) -> None:
    client = signed_in(manager)
    s = working_record(draft).evaluations[0].statements[0]
    change(client, draft, save="1", statement=s.id, text="By one.", was_text=s.text)
    change(client, draft, save="1", statement=s.id, text="By another.", was_text=s.text)
    assert working_record(draft).evaluations[0].statements[0].text == "By one."


def test_the_team_writes_and_those_who_only_correct_readings_do_not(person, ports, draft, signed_in) -> None:
    s = working_record(draft).evaluations[0].statements[0]
    team, head = person("team", ports), person("head")
    assert change(signed_in(head), draft, save="1", statement=s.id, text="By the head.").status_code == 403
    assert change(signed_in(team), draft, save="1", statement=s.id, text="By the team.").status_code == 200
    assert working_record(draft).evaluations[0].statements[0].text == "By the team."


def test_a_draft_is_not_confirmed_as_if_it_had_been_read(manager, draft) -> None:
    with pytest.raises(shelf.NotConfirmed):
        shelf.confirm(manager, draft, rest=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_preview_shows_the_page_that_it_will_be_and_runs_nothing(kind, manager, ports, paper, signed_in) -> None:
    made = begun(manager, ports, paper, kind)
    client = signed_in(manager)
    frame = client.get(reverse("draft-preview", args=[made.key]))
    assert "frame-src 'self'" in frame.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in frame.headers["Content-Security-Policy"]
    sheet = client.get(reverse("draft-sheet", args=[made.key]))
    policy = sheet.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert sheet.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Landing sites that last for many years" in sheet.content.decode()


def test_a_preview_that_cannot_be_written_yet_says_why(manager, ports, signed_in) -> None:
    made = drafting.begin(manager, kind="governing-body", evaluations=[ports], title="Ports")
    assert "holds no statement" in signed_in(manager).get(reverse("draft-sheet", args=[made.key])).content.decode()


def test_circulating_tells_before_to_whom_and_shows_it_to_them_after(person, manager, ports, draft, signed_in) -> None:
    consulted = person("commissioner", ports)
    page = reverse("draft", args=[draft.key])
    assert signed_in(consulted).get(page).status_code == 404
    told = signed_in(manager).get(reverse("draft-circulate", args=[draft.key])).content.decode()
    assert consulted.name in told
    signed_in(manager).post(reverse("draft-circulate", args=[draft.key]))
    assert signed_in(consulted).get(page).status_code == 200
    assert signed_in(consulted).get(reverse("draft-preview", args=[draft.key])).status_code == 200
    ports.refresh_from_db()
    assert ports.stage == "circulated"
    entry = Entry.objects.get(verb="circulated")
    assert (entry.actor, entry.about) == (manager.key, ports.key)


def test_the_team_does_not_circulate(person, ports, draft, signed_in) -> None:
    assert signed_in(person("team", ports)).post(reverse("draft-circulate", args=[draft.key])).status_code == 403
    draft.refresh_from_db()
    assert draft.stage == "draft"


def test_two_people_sign_one_version_and_an_edit_voids_both_and_is_named(person, manager, draft, signed_in) -> None:
    head = person("head")
    sign = reverse("draft-sign-off", args=[draft.key])
    state = str(queries.state_number(draft))
    signed_in(manager).post(sign, {"sign": "manager", "state": state})
    signed_in(head).post(sign, {"sign": "head", "state": state})
    first = queries.signatures(draft)
    assert [s.holds for s in first] == [True, True]
    assert len({s.row.version_id for s in first}) == 1
    s = working_record(draft).evaluations[0].statements[0]
    page = change(signed_in(manager), draft, save="1", statement=s.id, text="Edited after signing.").content.decode()
    assert "2 signatures hold no longer" in page
    assert queries.missing(draft) == ["manager", "head"]
    # Undoing the edit does not bring them back: nobody has signed what came after.
    change(signed_in(manager), draft, undo="1")
    assert queries.missing(draft) == ["manager", "head"]
    shown = signed_in(manager).get(sign).content.decode()
    assert f"voided by the edit of {manager.name}" in shown


def test_nobody_signs_what_was_edited_since_they_looked(manager, draft, signed_in) -> None:
    state = str(queries.state_number(draft))
    s = working_record(draft).evaluations[0].statements[0]
    client = signed_in(manager)
    change(client, draft, save="1", statement=s.id, text="Slipped in.")
    client.post(reverse("draft-sign-off", args=[draft.key]), {"sign": "manager", "state": state})
    assert queries.signatures(draft) == []


def test_one_person_does_not_sign_for_two(person, ports, draft) -> None:
    from evaltrail_office.accounts.models import Grant

    both = person("manager", ports)
    Grant.objects.create(user=both, role="head", evaluation="", given_by="system:test")
    signing.sign(both, draft, "manager")
    with pytest.raises(signing.Unsigned):
        signing.sign(both, draft, "head")


def test_who_has_to_sign_is_for_the_head_to_say(person, manager, draft, signed_in) -> None:
    sign = reverse("draft-sign-off", args=[draft.key])
    assert signed_in(manager).post(sign, {"signers": "1", "role": ["manager"]}).status_code == 403
    signed_in(person("head")).post(sign, {"signers": "1", "role": ["team", "head"]})
    draft.draft.refresh_from_db()
    assert draft.draft.signers == ["team", "head"]


PAGES = ("draft", "draft-preview", "draft-sheet", "draft-checks", "draft-history", "draft-sign-off", "draft-circulate", "draft-issue")


def test_owner_colleague_and_stranger(person, evaluation, manager, ports, draft, signed_in, client) -> None:
    for name in PAGES:
        assert client.get(reverse(name, args=[draft.key])).status_code == 302
    assert client.get(reverse("drafts")).status_code == 302
    colleague = person("manager", evaluation("Elsewhere"))
    for who in (colleague, person("reader"), person(administrator=True), person("commissioner", ports)):
        signed_in(who)
        assert [client.get(reverse(name, args=[draft.key])).status_code for name in PAGES] == [404] * len(PAGES)
        assert client.post(reverse("draft-change", args=[draft.key]), {"undo": "1"}).status_code == 404
        assert draft.title not in client.get(reverse("drafts")).content.decode()
    signed_in(manager)
    assert [client.get(reverse(name, args=[draft.key])).status_code for name in PAGES] == [200] * len(PAGES)
    assert draft.title in client.get(reverse("drafts")).content.decode()


def test_only_those_who_write_in_an_evaluation_begin_drafts_of_it(person, evaluation, ports, paper, signed_in) -> None:
    assert signed_in(person("reader")).get(reverse("draft-new")).status_code == 403
    other = signed_in(person("manager", evaluation("Elsewhere")))
    page = other.get(reverse("draft-new"), {"evaluation": ports.key}).content.decode()
    assert paper.statements.first().text[:40] not in page
    other.post(reverse("draft-new"), {"kind": "report", "evaluation": ports.key, "title": "Theft"})
    assert queries.drafts(person("head")).count() == 0


def test_what_a_person_consulted_sees_of_a_circulated_draft_is_not_how_it_was_made(person, manager, ports, draft, signed_in) -> None:
    signing.circulate(manager, draft)
    client = signed_in(person("reference_group", ports))
    assert client.get(reverse("draft", args=[draft.key])).status_code == 200
    for name in ("draft-checks", "draft-history", "draft-sign-off", "draft-circulate", "draft-issue"):
        assert client.get(reverse(name, args=[draft.key])).status_code == 404


def _queries(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_list_asks_the_database_as_often_for_twenty_drafts_as_for_ten(manager, ports, signed_in) -> None:
    client = signed_in(manager)
    counts = []
    for _n in range(2):
        for n in range(10):
            drafting.begin(manager, kind="report", evaluations=[ports], title=f"Draft {n}")
        counts.append(_queries(client, reverse("drafts")))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["draft", "draft-preview", "draft-sign-off", "draft-history", "draft-issue"])
def test_a_page_asks_the_database_as_often_for_more_statements(name: str, manager, ports, paper, signed_in) -> None:
    client = signed_in(manager)
    ids = [s.record_id for s in paper.statements.filter(part__evaluation_key=ports.key)]
    few, many = (drafting.begin(manager, kind="report", evaluations=[ports], title="P", chosen={paper.key: ids[:n]}) for n in (10, 20))
    assert _queries(client, reverse(name, args=[few.key])) == _queries(client, reverse(name, args=[many.key]))


def test_the_choice_of_statements_asks_as_often_for_more_of_them(person, ports, paper, signed_in: Callable) -> None:
    client = signed_in(person("manager", ports))
    address = f"{reverse('draft-new')}?evaluation={ports.key}"
    before = _queries(client, address)
    extra = list(paper.statements.filter(part__evaluation_key=ports.key)[:10])
    for n, s in enumerate(extra):
        s.pk, s.record_id = None, f"more{n}"
        s.save()
    assert _queries(client, address) == before
