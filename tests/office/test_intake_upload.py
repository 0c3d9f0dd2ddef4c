"""Bringing files: they are kept, read in the background, and told about one by one."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

    People = Callable[..., User]
    SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def named(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def paper(form: str = "pdf", name: str = "") -> io.BytesIO:
    return named(name or f"paper.{form}", sample.path(form).read_bytes())


TEXT = b"Key finding 1. Boats arrive late in every second harbour that was visited.\n\nRecommendation 1. Repair the boats within a year.\n"


def bring(client: Client, *files: io.BytesIO, **fields: str) -> str:
    """Send files by the plain form; returns the batch's address."""
    answer = client.post("/intake/", {"file": list(files), **fields})
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def test_a_file_is_kept_read_and_shown_with_what_was_found(person: People, signed_in: SignIn, work: Callable[[], int], data: Path) -> None:
    from evaltrail_office.shelf.files import path_of
    from evaltrail_office.shelf.models import Document

    client = signed_in(person("manager", "E-00001"))
    batch = bring(client, paper())
    assert b"0 of 1 files done" in client.get(batch).content
    assert work() >= 1
    page = client.get(batch).content.decode()
    assert "1 file, done" in page
    assert "Three independent evaluations completed in 2023" in page
    assert "0 of 85 statements confirmed" in page
    document = Document.objects.get()
    assert document.confirmed is None
    assert document.source is not None
    assert document.source.pages == 16
    assert path_of(document.source.sha256).read_bytes() == sample.path("pdf").read_bytes()
    assert [p.name for p in (data / "files").glob("new-*")] == []


def test_each_person_sees_their_own_batches_and_the_head_all(person: People, signed_in: SignIn) -> None:
    owner, colleague, reader, head = person("manager", "E-00001"), person("manager", "E-00002"), person("reader"), person("head")
    batch = bring(signed_in(owner), named("a.txt", TEXT))
    assert signed_in(owner).get(batch).status_code == 200
    assert signed_in(head).get(batch).status_code == 200
    for other in (colleague, reader, person()):
        client = signed_in(other)
        assert client.get(batch).status_code == 404
        assert client.post(f"{batch}reading/").status_code == 404
        assert client.post(f"{batch}files/1/").status_code == 404
        assert batch not in client.get("/intake/").content.decode()


def test_who_does_not_work_in_the_office_brings_nothing(person: People, signed_in: SignIn, client: Client, data: Path) -> None:
    for role in ("reader", "governing_body", ""):
        client = signed_in(person(role))
        assert client.post("/intake/", {"file": named("a.txt", TEXT)}).status_code == 403
        assert client.post("/intake/sample/").status_code == 403
        assert b"Send" not in client.get("/intake/").content
    client.logout()
    assert client.post("/intake/", {"file": named("a.txt", TEXT)}).status_code == 302
    assert not (data / "files").exists()


def test_a_form_from_elsewhere_is_refused(person: People) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person("head"))
    assert client.post("/intake/", {"file": named("a.txt", TEXT)}).status_code == 403


@pytest.mark.parametrize(
    "name, content, why",
    [
        ("empty.pdf", b"", "it is empty (0 bytes)"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(200), "it is a PNG picture"),
        ("noise.pdf", bytes(range(256)) * 40, "it is binary data, not a document"),
    ],
)
def test_what_is_no_paper_is_told_at_once_in_a_line(person: People, signed_in: SignIn, name: str, content: bytes, why: str) -> None:
    from evaltrail_office.intake.models import Item

    client = signed_in(person("head"))
    page = client.get(bring(client, named(name, content))).content.decode()
    assert f"<strong>{name}</strong>: {why}" in page
    assert Item.objects.get().job is None


def test_a_file_that_is_too_large_is_let_run_past_and_not_kept(person: People, signed_in: SignIn, settings: Any, data: Path) -> None:
    settings.UPLOAD_BYTES = 1 << 20
    client = signed_in(person("head"))
    page = client.get(bring(client, named("large.txt", b"words " * 400_000), named("small.txt", TEXT))).content.decode()
    assert "<strong>large.txt</strong>: it has more than 1 MB" in page
    kept = [p for p in (data / "files").rglob("*") if p.is_file()]
    assert [p.read_bytes() for p in kept] == [TEXT]


def test_html_named_pdf_is_read_as_what_it_is(person: People, signed_in: SignIn, work: Callable[[], int]) -> None:
    client = signed_in(person("head"))
    batch = bring(client, paper("html", "report.pdf"))
    work()
    page = client.get(batch).content.decode()
    assert "The name ends in .pdf but the content is text/html; it was read as that." in page
    assert "85 statements" in page


def test_a_docx_that_expands_without_end_is_refused_by_the_reading_process(
    person: People, signed_in: SignIn, work: Callable[[], int]
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        z.writestr("[Content_Types].xml", b"<Types/>")
        with z.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(1100):
                member.write(bytes(1 << 20))
    client = signed_in(person("head"))
    batch = bring(client, named("bomb.docx", packed.getvalue()))
    work()
    page = client.get(batch).content.decode()
    assert "<strong>bomb.docx</strong>: " in page
    assert "Could not be read" in page


@pytest.mark.parametrize(
    "given, shown",
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\papers\\report.txt", "report.txt"),
        ("<script>alert(1)</script>.txt", "script&gt;.txt"),
        ("a" * 400 + ".txt", "a" * 240),
        ("nul\x00in.txt", "in.txt"),
    ],
)
def test_a_files_name_is_shown_without_folders_and_does_no_harm(person: People, signed_in: SignIn, given: str, shown: str) -> None:
    from evaltrail_office.intake.models import Item

    client = signed_in(person("head"))
    page = client.get(bring(client, named(given, TEXT))).content.decode()
    item = Item.objects.get()
    assert shown in page
    assert "<script>alert" not in page
    assert not {"/", "\\", "\x00"} & set(item.filename)
    assert len(item.filename) <= 255


def test_the_same_bytes_are_read_once_and_read_again_only_when_asked(person: People, signed_in: SignIn, work: Callable[[], int]) -> None:
    from evaltrail_office.shelf.models import Document, Source

    client = signed_in(person("head"))
    bring(client, named("a.txt", TEXT))
    work()
    again = bring(client, named("b.txt", TEXT))
    page = client.get(again).content.decode()
    assert "The office has the same file:" in page
    assert Document.objects.count() == 1
    client.post(f"{again}files/1/", {"retry": "1"})
    work()
    assert (Document.objects.count(), Source.objects.count()) == (2, 1)


def test_nothing_is_told_of_the_same_bytes_in_a_paper_that_may_not_be_seen(
    person: People, signed_in: SignIn, work: Callable[[], int]
) -> None:
    from evaltrail_office.shelf.models import Document

    bring(signed_in(person("manager", "E-00001")), named("secret.txt", TEXT))
    work()
    client = signed_in(person("manager", "E-00002"))
    batch = bring(client, named("mine.txt", TEXT))
    work()
    page = client.get(batch).content.decode()
    assert "the same" not in page
    assert "secret" not in page
    assert Document.objects.count() == 2


def test_two_files_of_the_same_bytes_in_one_batch_make_one_paper(person: People, signed_in: SignIn, work: Callable[[], int]) -> None:
    from evaltrail_office.shelf.models import Document

    client = signed_in(person("head"))
    batch = bring(client, named("a.txt", TEXT), named("b.txt", TEXT))
    work()
    assert Document.objects.count() == 1
    assert "The office has the same file:" in client.get(batch).content.decode()


def test_reading_stops_and_goes_on(person: People, signed_in: SignIn, work: Callable[[], int]) -> None:
    client = signed_in(person("head"))
    batch = bring(client, *(named(f"{n}.txt", TEXT + bytes([65 + n])) for n in range(3)))
    client.post(f"{batch}reading/", {"stop": "1"})
    assert work() == 0
    page = client.get(batch).content.decode()
    assert "Reading is stopped." in page
    assert "hx-get" not in page.partition('id="progress"')[2]
    client.post(f"{batch}reading/", {"resume": "1"})
    work()
    assert "All 3 files done" in client.get(batch).content.decode()


def test_a_file_whose_reader_was_killed_each_time_is_told_as_failed_and_can_be_tried_again(
    person: People, signed_in: SignIn, work: Callable[[], int]
) -> None:
    from evaltrail_office.intake.models import Item
    from evaltrail_office.jobs.models import Job, State

    client = signed_in(person("head"))
    batch = bring(client, named("a.txt", TEXT))
    Item.objects.update(state=Item.State.READING)
    Job.objects.update(state=State.DEAD, fault="given up after 3 attempts that were broken off")
    page = client.get(batch).content.decode()
    assert "given up after 3 attempts" in page
    client.post(f"{batch}files/1/", {"retry": "1"})
    work()
    assert "1 file, done" in client.get(batch).content.decode()


def test_a_job_that_is_done_twice_makes_one_paper(person: People, signed_in: SignIn, work: Callable[[], int]) -> None:
    from evaltrail_office.jobs.models import Job, State
    from evaltrail_office.shelf.models import Document

    client = signed_in(person("head"))
    bring(client, named("a.txt", TEXT))
    work()
    Job.objects.filter(kind="intake.read").update(state=State.WAITING, worker="", ended=None)
    work()
    assert Document.objects.count() == 1


def test_the_changing_part_alone_is_sent_to_who_asks_for_it(person: People, signed_in: SignIn) -> None:
    client = signed_in(person("head"))
    batch = bring(client, named("a.txt", TEXT))
    part = client.get(batch, headers={"HX-Request": "true", "HX-Target": "progress"}).content.decode()
    assert part.startswith('<div id="progress" hx-get=')
    assert "<html" not in part


def test_the_own_script_gets_an_empty_batch_and_sends_files_into_it(person: People, signed_in: SignIn) -> None:
    owner, colleague = person("head"), person("manager", "E-00002")
    client = signed_in(owner)
    key = client.post("/intake/", {"script": "1"}).content.decode()
    assert client.post(f"/intake/{key}/files/", {"file": named("a.txt", TEXT)}).content == b""
    assert client.post(f"/intake/{key}/files/", {"file": named("b.txt", b"")}).content.startswith(b"b.txt: it is empty")
    assert signed_in(colleague).post(f"/intake/{key}/files/", {"file": named("c.txt", TEXT)}).status_code == 404


def test_a_batch_page_asks_the_database_as_often_for_twenty_files_as_for_ten(
    person: People, signed_in: SignIn, work: Callable[[], int]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(person("head"))
    counts = []
    for many in (10, 20):
        batch = bring(client, *(named(f"{n}.txt", TEXT + f"{many}-{n}".encode()) for n in range(many)))
        work()
        with CaptureQueriesContext(connection) as asked:
            client.get(batch)
        counts.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            client.get("/intake/")
        counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_papers_are_brought_for_an_evaluation_only_by_its_own_people(
    person: People, signed_in: SignIn, evaluation: Callable[..., Evaluation]
) -> None:
    from evaltrail_office.intake.models import Batch

    own, other = evaluation(), evaluation("Another")
    client = signed_in(person("manager", own))
    bring(client, named("a.txt", TEXT), evaluation=own.key)
    assert Batch.objects.get().evaluation_key == own.key
    assert client.post("/intake/", {"file": named("b.txt", TEXT), "evaluation": other.key}).status_code == 403
    assert Batch.objects.count() == 1


def test_the_sample_paper_is_brought_by_a_button(person: People, signed_in: SignIn, work: Callable[[], int]) -> None:
    client = signed_in(person("head"))
    batch = client.post("/intake/sample/").headers["Location"]
    work()
    assert "85 statements" in client.get(batch).content.decode()


def test_the_reading_process_knows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    from evaltrail.read.process import _start

    secrets = {"DATABASE_URL": "postgresql://a:b@c/d", "EVALTRAIL_SECRET_KEY": "k", "SMTP_PASSWORD": "p", "AWS_SECRET_ACCESS_KEY": "s"}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    process = _start()
    try:
        # For a moment it is still what started it.
        while not (known := Path(f"/proc/{process.pid}/environ").read_bytes()) or b"OMP_THREAD_LIMIT" not in known:
            assert process.poll() is None
    finally:
        process.kill()
        process.wait()
    assert b"PATH=" in known
    for name in secrets:
        assert name.encode() not in known


@pytest.mark.parametrize("step", range(1, 5))
def test_a_worker_that_is_killed_at_any_step_leaves_a_file_unread_and_never_half_read(
    person: People, signed_in: SignIn, work: Callable[[], int], step: int
) -> None:
    from evaltrail_office.intake.jobs import read_item
    from evaltrail_office.intake.models import Item, Resemblance
    from evaltrail_office.shelf.models import Document, Version

    class Killed(BaseException):
        pass

    class Work:
        asked_by = "system:test"
        number = 0
        steps = 0

        def __init__(self, item: Item) -> None:
            self.args: Mapping[str, Any] = {"item": item.pk}

        def step(self, done: int, total: int = 0, doing: str = "") -> None:
            del done, total, doing
            self.steps += 1
            if self.steps == step:
                raise Killed

    bring(signed_in(person("head")), named("a.txt", TEXT))
    doing = Work(Item.objects.get())
    try:
        read_item(doing)
    except Killed:
        assert Document.objects.count() == Version.objects.count() == 0
    else:
        assert step > doing.steps  # it has no step of that number
    work()
    assert Document.objects.count() == Version.objects.count() == 1
    assert Item.objects.get().state == Item.State.READ
    assert Resemblance.objects.count() == 0


def test_the_web_process_opens_no_file_that_somebody_brought(
    person: People, signed_in: SignIn, work: Callable[[], int], data: Path
) -> None:
    from evaltrail_office.shelf.models import Document

    opened: list[str] = []

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and watching and str(args[0]).startswith(str(data / "files")):
            opened.append(str(args[0]))

    watching = True
    sys.addaudithook(watch)
    client = signed_in(person("head"))
    batch = bring(client, paper("docx"))
    # The file under its passing name is written, and nothing else is opened.
    assert {Path(name).name[:4] for name in opened} == {"new-"}
    opened.clear()
    work()
    key = Document.objects.get().key
    for address in (batch, f"/intake/documents/{key}/", f"/intake/documents/{key}/confirm/"):
        assert client.get(address).status_code == 200
    watching = False
    assert opened == []


def test_a_disk_without_room_is_told_in_a_line(person: People, signed_in: SignIn, data: Path) -> None:
    (data / "files").write_text("in the way")
    client = signed_in(person("head"))
    page = client.get(bring(client, named("a.txt", TEXT))).content.decode()
    assert "<strong>a.txt</strong>: there is no room left for it" in page


def test_more_files_than_are_taken_at_once_are_told_and_none_is_kept(person: People, signed_in: SignIn, settings: Any, data: Path) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    client = signed_in(person("head"))
    answer = client.post("/intake/", {"file": [named(f"{n}.txt", TEXT) for n in range(3)]})
    assert "Bring them in several batches." in client.get(answer.headers["Location"]).content.decode()
    assert list((data / "files").rglob("new-*")) == []


def test_a_paper_is_stopped_in_the_middle_and_read_when_it_goes_on(person: People, signed_in: SignIn, work: Callable[[], int]) -> None:
    from evaltrail_office.intake.reading import read
    from evaltrail_office.shelf.files import keep, path_of

    class Called(Exception):
        pass

    def stop(_seconds: float) -> None:
        raise Called

    large = b"Key finding 1. Boats are late in the harbour, said the people of the port.\n\n" * 40_000
    sha256, _size = keep([large])
    with pytest.raises(Called):
        read(path_of(sha256), "large.txt", stop)
    # The process that was ended is not waited for, and the next file gets another.
    sha256, _size = keep([TEXT])
    assert read(path_of(sha256), "a.txt", lambda _seconds: None).json is not None


def test_null_characters_in_a_papers_words_are_kept_by_no_database_and_move_no_place(
    person: People, signed_in: SignIn, work: Callable[[], int]
) -> None:
    from evaltrail_office.shelf.actions import working_record
    from evaltrail_office.shelf.models import Document

    client = signed_in(person("head"))
    batch = bring(client, named("a.txt", b"Words of a long paper. " * 300 + b"\n\nKey finding 1. Boats are la\x00te in every harbour.\n"))
    work()
    assert "1 file, done" in client.get(batch).content.decode()
    (e,) = working_record(Document.objects.get()).evaluations
    assert [s.text for s in e.statements] == ["Boats are la\ufffdte in every harbour."]
