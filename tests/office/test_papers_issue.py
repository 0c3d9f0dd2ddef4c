"""Issuing a paper: written, read back, compared, and only then kept; what differs stops it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaltrail_office.accounts.models import Grant
from evaltrail_office.evaluations import writing
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.journal.models import Entry
from evaltrail_office.papers import jobs, queries
from evaltrail_office.papers.actions import drafting, issuing, signing
from evaltrail_office.papers.models import Issue
from evaltrail_office.shelf import actions as shelf
from evaltrail_office.shelf import files
from evaltrail_office.shelf.actions import working_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db

ORDER = {"symbol": "GB.400/PFA/1", "date": "2026-11-23", "embargo": ""}


@pytest.fixture
def ports(evaluation) -> Evaluation:
    return evaluation("Small ports")


@pytest.fixture
def paper(document, ports, evaluation) -> Document:
    return document(ports, evaluation("Seafarers"), evaluation("Outer islands"), confirmed=timezone.now(), confirmed_by="P-1")


@pytest.fixture
def manager(person, ports) -> User:
    return person("manager", ports)


@pytest.fixture
def head(person) -> User:
    return person("head")


@pytest.fixture
def draft(manager, ports, paper) -> Document:
    return begun(manager, ports, paper)


def begun(user: User, ports: Evaluation, paper: Document, kind: str = "governing-body") -> Document:
    # Some of each kind are enough: what takes time is the pages.
    rows = paper.statements.filter(part__evaluation_key=ports.key)
    ids = [
        s.record_id
        for kind in ("finding", "conclusion", "recommendation", "response")
        for s in rows.filter(kind=kind).exclude(label="", kind="recommendation")[:3]
    ]
    return drafting.begin(user, kind=kind, evaluations=[ports], title="Landing sites that last for many years", chosen={paper.key: ids})


def signed(draft: Document, manager: User, head: User) -> Document:
    signing.sign(manager, draft, "manager")
    signing.sign(head, draft, "head")
    return draft


class Interfering:
    """The work of a job, which does something to the files at one of its steps."""

    def __init__(self, job: Job, at: str, do: Callable[[], None]) -> None:
        self.args, self.asked_by, self.at, self.do = job.args, job.asked_by, at, do

    def step(self, done: int, total: int = 0, doing: str = "") -> None:
        del done, total
        if self.at and self.at in doing:
            self.do()


def desk() -> Path:
    return next((settings.DATA / "papers").glob("issue-*"))


def in_docx(old: bytes, new: bytes) -> None:
    path = desk() / "paper.docx"
    out = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w") as after:
        for item in before.infolist():
            after.writestr(item, before.read(item).replace(old, new))
    path.write_bytes(out.getvalue())


def in_html(old: bytes, new: bytes) -> None:
    path = desk() / "paper.html"
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))


@pytest.mark.parametrize("kind", ["governing-body", "report", "summary", "brief", "response-matrix", "follow-up"])
def test_a_signed_draft_is_issued_as_three_files_that_say_what_it_says(kind, manager, head, ports, paper, work, data) -> None:
    draft = signed(begun(manager, ports, paper, kind), manager, head)
    issuing.ask(head, draft, issuing.Order(**ORDER))
    work()
    draft.refresh_from_db()
    assert Job.objects.get(kind="papers.issue").result == {"issued": True, "differences": []}
    issued = queries.issued(draft)
    assert [f.form for f in issued] == ["docx", "pdf", "html"]
    for f in issued:
        assert hashlib.sha256(files.path_of(f.sha256).read_bytes()).hexdigest() == f.sha256
        assert f.facts > 20
    assert (draft.stage, draft.symbol, draft.date.isoformat()) == ("issued", "GB.400/PFA/1", "2026-11-23")
    record = working_record(draft)
    assert record.document.state == "issued"
    assert draft.current.how == "issued"
    assert list((data / "papers").glob("issue-*")) == []
    if kind in {"governing-body", "report"}:
        assert all(s.places for s in record.evaluations[0].statements)
        assert draft.statements.filter(page=None).count() == 0


def test_a_written_word_that_is_another_when_it_is_read_back_stops_the_issue(manager, head, draft, signed_in) -> None:
    s = next(s for s in working_record(draft).evaluations[0].statements if s.kind == "finding")
    word = s.text.split()[1]
    job = issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    result = jobs.issue(Interfering(job, "reading the DOCX", lambda: in_docx(word.encode(), b"falsified")))
    assert not result["issued"]
    assert any("falsified" in d["read"] and d["form"] == "docx" for d in result["differences"])
    assert any(word in d["said"] for d in result["differences"])
    draft.refresh_from_db()
    assert (draft.stage, draft.source, Issue.objects.count()) == ("draft", None, 0)
    assert not draft.versions.filter(how="issued").exists()
    assert Entry.objects.filter(verb="stopped issuing").count() == 1
    Job.objects.filter(pk=job.pk).update(state=State.DONE, result=result)
    page = signed_in(manager).get(reverse("draft-issue", args=[draft.key])).content.decode()
    assert "Nothing was issued" in page
    assert "falsified" in page


@pytest.mark.parametrize(
    "old, new",
    [(b"High", b"Low"), (b"</body>", b"<p>And the Council thanks nobody.</p></body>")],
    ids=["a priority", "a paragraph that was added"],
)
def test_other_changes_of_a_file_stop_it_too(old, new, manager, head, draft) -> None:
    job = issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    result = jobs.issue(Interfering(job, "reading the HTML", lambda: in_html(old, new)))
    assert result["differences"]
    assert not Issue.objects.exists()


def test_a_brief_whose_words_changed_is_not_issued_either(manager, head, ports, paper) -> None:
    draft = signed(begun(manager, ports, paper, "brief"), manager, head)
    job = issuing.ask(head, draft, issuing.Order(**ORDER))
    result = jobs.issue(Interfering(job, "reading the DOCX", lambda: in_docx(b" the ", b" no ")))
    assert result["differences"]
    assert not Issue.objects.exists()


def test_a_file_that_changes_after_it_was_read_is_not_kept(manager, head, draft) -> None:
    job = issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    with pytest.raises(jobs.Refused):
        jobs.issue(Interfering(job, "keeping", lambda: in_html(b"</body>", b" </body>")))
    assert not Issue.objects.exists()


def test_a_file_that_cannot_be_read_back_stops_it_and_says_so(manager, head, draft) -> None:
    job = issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    result = jobs.issue(Interfering(job, "reading the PDF", lambda: (desk() / "paper.pdf").write_bytes(b"%PDF-1.7 torn")))
    assert [d["form"] for d in result["differences"]] == ["pdf"]
    assert not Issue.objects.exists()


def test_a_job_that_is_stopped_while_a_file_is_written_leaves_none(manager, head, draft, data) -> None:
    job = issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))

    def stop() -> None:
        raise jobs.Refused("Stopped.")

    with pytest.raises(jobs.Refused, match="Stopped"):
        jobs.issue(Interfering(job, "writing the PDF", stop))
    assert list((data / "papers").glob("**/paper.*")) == []
    assert not Issue.objects.exists()


def test_writing_that_takes_too_long_is_ended_and_said_of_the_form(draft, data) -> None:
    begun_with = []
    paths = [data / "papers" / f"paper.{form}" for form in ("docx", "pdf")]
    payload = working_record(draft).to_json(indent=None).encode()
    with pytest.raises(writing.Unwritten, match="longer than 0 seconds"):
        writing.write_all(paths, payload, seconds=0, told=begun_with.append)
    assert list((data / "papers").iterdir()) == []
    writing.write_all(paths, payload, told=begun_with.append)
    assert begun_with[-2:] == paths
    assert all(path.stat().st_size for path in paths)


def test_an_edit_while_it_is_being_issued_stops_it(manager, head, draft) -> None:
    job = issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    edit = lambda: drafting.decide(manager, draft, "The Council may wish to decide otherwise.")  # noqa: E731 - read where it is used
    with pytest.raises(jobs.Refused, match=r"edited|missing"):
        jobs.issue(Interfering(job, "keeping", edit))
    assert not Issue.objects.exists()


def test_nothing_is_issued_unsigned_or_by_who_may_not(manager, head, draft, signed_in) -> None:
    address = reverse("draft-issue", args=[draft.key])
    signed_in(head).post(address, ORDER)
    assert not Job.objects.filter(kind="papers.issue").exists()
    signed(draft, manager, head)
    assert signed_in(manager).post(address, ORDER).status_code == 403
    signed_in(head).post(address, ORDER | {"date": "tomorrow"})
    assert not Job.objects.filter(kind="papers.issue").exists()
    signed_in(head).post(address, ORDER)
    signed_in(head).post(address, ORDER)
    assert Job.objects.filter(kind="papers.issue").count() == 1


def test_a_role_that_ended_before_the_worker_came_issues_nothing(manager, head, draft, work) -> None:
    issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    Grant.objects.filter(user=head).update(withdrawn=timezone.now())
    work()
    assert Job.objects.get(kind="papers.issue").state == State.FAILED
    assert not Issue.objects.exists()


def test_the_page_tells_how_far_it_is_to_htmx_and_to_a_reload(manager, head, draft, signed_in, work) -> None:
    job = issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, done=2, total=7, doing="writing the HTML")
    client, address = signed_in(manager), reverse("draft-issue", args=[draft.key])
    whole = client.get(address).content.decode()
    assert "Writing the HTML" in whole
    assert 'hx-trigger="every 1s"' in whole
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "progress"}).content.decode()
    assert part.startswith('<div id="progress"')
    Job.objects.filter(pk=job.pk).update(state=State.WAITING)
    work()
    assert "hx-trigger" not in client.get(address).content.decode()


@pytest.fixture
def issued(manager, head, draft, work) -> Document:
    issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    work()
    draft.refresh_from_db()
    assert draft.stage == "issued"
    return draft


def test_the_issued_files_are_served_byte_for_byte_with_their_hash_beside(issued, manager, signed_in) -> None:
    client = signed_in(manager)
    page = client.get(reverse("draft-issue", args=[issued.key])).content.decode()
    for f in queries.issued(issued):
        assert f.sha256 in page
        answer = client.get(reverse("issued-file", args=[issued.key, f.form]))
        assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == f.sha256
        assert "attachment" in answer.headers["Content-Disposition"]


def test_what_was_issued_is_never_changed(issued, manager, head, signed_in) -> None:
    before = issued.current.sha256
    for who in (manager, head):
        assert signed_in(who).post(reverse("draft-change", args=[issued.key]), {"decide": "1", "decision": "No."}).status_code == 403
    s = working_record(issued).evaluations[0].statements[0]
    with pytest.raises(PermissionDenied, match="new edition"):
        shelf.correct(manager, issued, shelf_change(s.id))
    answer = signed_in(head).post(reverse("preview-change", args=[issued.key]), {"save": "1", "statement": s.id, "text": "Sneaked in."})
    assert answer.status_code == 403
    issued.refresh_from_db()
    assert issued.current.sha256 == before
    assert signing_refused(head, issued)


def shelf_change(statement: str) -> Any:
    from evaltrail_office.intake.changes import made

    return made(kind="set", statement=statement, field="text", new="Changed after issue.")


def signing_refused(user: User, document: Document) -> bool:
    with pytest.raises(signing.Unsigned):
        signing.sign(user, document, "head")
    return True


def test_doing_the_job_again_issues_nothing_twice(issued) -> None:
    job = Job.objects.get(kind="papers.issue")
    again = jobs.issue(Interfering(job, "", lambda: None))
    assert again["issued"]
    assert Issue.objects.count() == 3


def test_a_new_edition_replaces_the_old_one_when_it_is_issued_and_not_before(issued, manager, head, signed_in, work) -> None:
    client = signed_in(manager)
    client.post(reverse("draft-edition", args=[issued.key]))
    client.post(reverse("draft-edition", args=[issued.key]))
    assert queries.drafts(manager).count() == 2
    made = queries.drafts(manager).first()
    assert working_record(made).document.state == "draft"
    said = [[s.text for s in working_record(d).evaluations[0].statements] for d in (made, issued)]
    assert said[0] == said[1]
    assert made.replaces is None
    s = working_record(made).evaluations[0].statements[0]
    client.post(reverse("draft-change", args=[made.key]), {"save": "1", "statement": s.id, "text": "What we know now."})
    signed(made, manager, head)
    issuing.ask(head, made, issuing.Order("GB.400/PFA/1/Rev.1", "2026-11-24"))
    work()
    made.refresh_from_db()
    assert [j.result for j in Job.objects.filter(kind="papers.issue")] == [{"issued": True, "differences": []}] * 2
    assert (made.stage, made.replaces) == ("issued", issued)
    assert "What we know now." not in [s.text for s in working_record(issued).evaluations[0].statements]
    assert "replaced by a newer edition" in client.get(reverse("draft", args=[issued.key])).content.decode()


def test_an_issued_paper_is_for_the_governing_body_from_its_day_and_a_released_one_for_every_role(
    person, ports, manager, head, draft, signed_in, work
) -> None:
    later = timezone.localdate() + timedelta(days=3)
    issuing.ask(head, signed(draft, manager, head), issuing.Order("GB.1", "2026-11-23", later.isoformat()))
    work()
    member, reader, stranger = person("governing_body"), person("reader"), person()
    pages = [reverse("draft-issue", args=[draft.key]), reverse("issued-file", args=[draft.key, "pdf"]), reverse("draft", args=[draft.key])]

    def seen(who: User) -> list[int]:
        client = signed_in(who)
        return [client.get(page).status_code for page in pages]

    assert seen(member) == seen(reader) == [404, 404, 404]
    draft.refresh_from_db()
    draft.embargo = timezone.localdate()
    draft.save()
    assert (seen(member), seen(reader)) == ([200, 200, 200], [404, 404, 404])
    assert signed_in(manager).post(pages[0], {"release": "1"}).status_code == 403
    signed_in(head).post(pages[0], {"release": "1"})
    assert (seen(reader), seen(stranger)) == ([200, 200, 200], [404, 404, 404])
    ports.refresh_from_db()
    assert ports.stage == "released"
    assert list(Entry.objects.filter(thing=f"document:{draft.key}", actor=head.key).values_list("verb", flat=True))[-1] == "released"


def test_the_files_of_a_draft_are_nobodys(draft, manager, signed_in) -> None:
    assert signed_in(manager).get(reverse("issued-file", args=[draft.key, "pdf"])).status_code == 404


def test_a_recommendation_says_what_the_issued_paper_says(manager, head, ports, paper, work) -> None:
    row = paper.statements.filter(part__evaluation_key=ports.key, kind="recommendation").first()
    known = Recommendation.objects.create(key="R-000001", evaluation=ports, position=0, text=row.text)
    row.key = known.key
    row.save()
    draft = signed(begun(manager, ports, paper, "report"), manager, head)
    issuing.ask(head, draft, issuing.Order(**ORDER))
    work()
    assert draft.statements.get(key="R-000001").page is not None


def test_a_draft_that_was_begun_empty_is_issued_as_it_was_written(manager, head, ports, signed_in, work) -> None:
    draft = drafting.begin(manager, kind="report", evaluations=[ports], title="Landing sites that last for many years")
    client, part = signed_in(manager), working_record(draft).evaluations[0].id
    for kind, number, text in (
        ("finding", "1", "Two thirds of the sites were still open two years after they were handed over."),
        ("finding", "2", "Works were handed over fourteen months late."),
        ("conclusion", "", "What is built does not last, for nobody is charged with its upkeep."),
        ("lesson", "", "A committee with money of its own outlives its project."),
        ("recommendation", "1", "Hand over works only with a signed agreement on upkeep."),
    ):
        client.post(
            reverse("draft-change", args=[draft.key]), {"add": "1", "evaluation": part, "kind": kind, "number": number, "text": text}
        )
    r = next(s for s in working_record(draft).evaluations[0].statements if s.kind == "recommendation")
    form = {"save": "1", "statement": r.id, "priority": "high", "time": "short-term", "responsible": "PORTS", "rests": "C1"}
    client.post(reverse("draft-change", args=[draft.key]), form)
    client.post(reverse("draft-change", args=[draft.key]), {"rate": "1", "evaluation": part, "criterion": "efficiency", "value": "2"})
    client.post(reverse("draft-change", args=[draft.key]), {"decide": "1", "decision": "The Council may wish to take note of the report."})
    signed(draft, manager, head)
    issuing.ask(head, draft, issuing.Order(**ORDER))
    work()
    assert Job.objects.get(kind="papers.issue").result == {"issued": True, "differences": []}


def test_the_house_template_of_the_office_is_used(manager, head, draft, data, signed_in, work) -> None:
    (data / "house").mkdir()
    (data / "house" / "house.toml").write_text('organisation = "Merrow Organization"\n[texts]\ndisclaimer = "Printed on the quay."\n')
    assert "Printed on the quay." in signed_in(manager).get(reverse("draft-sheet", args=[draft.key])).content.decode()
    issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    work()
    html = next(f for f in queries.issued(draft) if f.form == "html")
    assert "Printed on the quay." in files.path_of(html.sha256).read_text()


def test_a_house_template_that_cannot_be_used_stops_the_issue_in_words(manager, head, draft, data, work) -> None:
    (data / "house").mkdir()
    (data / "house" / "house.toml").write_text("organization = 'Merrow'\n")
    issuing.ask(head, signed(draft, manager, head), issuing.Order(**ORDER))
    work()
    assert "did you mean 'organisation'" in Job.objects.get(kind="papers.issue").fault


def test_the_issue_page_asks_as_often_with_files_as_it_needs_and_not_for_each(issued, manager, signed_in) -> None:
    client, address = signed_in(manager), reverse("draft-issue", args=[issued.key])

    def count() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    before = count()
    for n in range(10):
        Issue.objects.create(
            document=issued, version=issued.current, form=f"f{n}", sha256=f"{n:064}", size=1, facts=1, issued_by=manager.key
        )
    assert count() == before
