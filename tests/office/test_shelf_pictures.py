"""Pictures of pages: drawn by a process of their own, kept, and shown to who may see the document."""

from __future__ import annotations

import os
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from PIL import Image

from evaltrail import sample as sample_paper
from evaltrail.read import read
from evaltrail.record import Page, Place
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.shelf import files, pictures, places, store
from evaltrail_office.shelf.models import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db


def source_of(data: bytes, *, pages: int = 0, media_type: str = pictures.PDF) -> Source:
    """A kept file."""
    digest, size = files.keep([data])
    return Source.objects.create(sha256=digest, size=size, media_type=media_type, pages=pages)


def pdf_of(*streams: bytes, box: str = "0 0 595 842", forms: int = 0) -> bytes:
    """A PDF with a page for each stream of drawing commands; each form draws the next one nine times."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    first = 3 + forms
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(streams)))
    bodies.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode())
    for n in range(forms):
        inner = b"/F Do " * 9 if n + 1 < forms else b"0 0 595 842 re f " * 50
        names = f"/Resources << /XObject << /F {4 + n} 0 R >> >>" if n + 1 < forms else ""
        head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] {names} /Length {len(inner)} >>"
        bodies.append(head.encode() + b"\nstream\n" + inner + b"\nendstream")
    named = "/XObject << /F 3 0 R >>" if forms else ""
    for n, stream in enumerate(streams):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Resources << {named} >> /Contents {first + 2 * n + 1} 0 R >>".encode()
        )
        bodies.append(f"<< /Length {len(stream)} >>".encode() + b"\nstream\n" + stream + b"\nendstream")
    out, starts = b"%PDF-1.7\n", []
    for n, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += f"{n} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{at:010} 00000 n \n".encode() for at in starts)
    tail = f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    return out + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode() + table + tail


@pytest.fixture
def paper(document: Callable[..., Document], evaluation: Callable[..., Evaluation]) -> Document:
    """The sample paper with its file, a draft."""
    return document(evaluation(), source=source_of(sample_paper.path("pdf").read_bytes(), pages=16))


# Drawing


def test_a_page_is_drawn_in_the_width_that_is_asked_for_or_the_next_wider(paper: Document) -> None:
    path = pictures.picture(paper, 3, 600)
    assert path is not None
    with Image.open(path) as image:
        assert (image.format, image.width) == ("PNG", 620)
        assert 1.3 < image.height / image.width < 1.5
        # Words are there: the page is not blank, and most of it is paper.
        dark = image.convert("L").histogram()[:128]
        assert 0.01 < sum(dark) / (image.width * image.height) < 0.3


def test_a_picture_is_drawn_once(paper: Document) -> None:
    path = pictures.picture(paper, 3, 620)
    assert path is not None
    before = path.stat().st_mtime_ns
    assert pictures.picture(paper, 3, 620) == path
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("page", [0, 17, 10**9])
def test_a_page_that_the_paper_does_not_have_has_no_picture(paper: Document, page: int) -> None:
    assert pictures.picture(paper, page) is None
    assert not pictures.folder().exists()


def test_a_paper_without_pages_has_no_pictures(paper: Document, document: Callable[..., Document]) -> None:
    assert pictures.picture(document(), 1) is None
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    paper.source = source_of(sample_paper.path("docx").read_bytes(), media_type=word)
    assert pictures.picture(paper, 1) is None


@pytest.mark.skipif(sys.platform != "linux", reason="looks at a process through /proc")
def test_the_process_that_draws_knows_nothing_of_the_office(paper: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://office:a-secret@localhost/office")
    monkeypatch.setenv("EVALTRAIL_SECRET_KEY", "a-secret")
    assert paper.source is not None
    drawing = pictures.draw(paper.source, range(1, 17), [240])
    assert next(drawing) == 1
    children = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    drawers = [p for pid in children if b"shelf.drawing" in (p := Path("/proc") / pid).joinpath("cmdline").read_bytes()]
    assert len(drawers) == 1
    seen = drawers[0].joinpath("environ").read_bytes()
    limits = drawers[0].joinpath("limits").read_text()
    drawing.close()
    assert b"secret" not in seen
    assert {name.partition(b"=")[0] for name in seen.split(b"\0") if name} <= {b"PATH", b"LANG", b"LC_CTYPE"}
    bounds = {line[:25].strip(): line[25:].split()[0] for line in limits.splitlines()}
    assert bounds["Max file size"] == "0"
    assert bounds["Max open files"] == "7"
    assert int(bounds["Max address space"]) == pictures.MEMORY
    assert int(bounds["Max cpu time"]) < 120
    # It ends with whoever wanted the pictures.
    assert not drawers[0].joinpath("cmdline").exists()


def test_a_page_that_takes_too_long_has_no_picture_and_holds_nobody_up_again(paper: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 1)
    monkeypatch.setattr(pictures, "SECONDS_A_PAGE", 0)
    paper.source = source_of(pdf_of(b"/F Do", forms=9), pages=1)
    began = time.monotonic()
    assert pictures.picture(paper, 1) is None
    assert time.monotonic() - began < 15
    began = time.monotonic()
    assert pictures.picture(paper, 1) is None
    assert time.monotonic() - began < 0.1


def test_a_page_that_could_not_be_drawn_is_tried_again_after_a_while(paper: Document) -> None:
    assert paper.source is not None
    kept = pictures.path_of(paper.source, 1, 240)
    kept.parent.mkdir(parents=True)
    kept.touch()
    assert pictures.picture(paper, 1, 240) is None
    os.utime(kept, (time.time() - pictures.FORGET - 1,) * 2)
    assert pictures.picture(paper, 1, 240) == kept


def test_who_waits_for_a_picture_while_others_are_drawn_is_told_to_come_back(
    paper: Document, person: Callable[..., User], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    client.force_login(person("head"))
    with pictures._seats, pictures._seats:
        busy = client.get(address(paper))
    assert (busy.status_code, busy["Retry-After"], busy["Cache-Control"]) == (503, "5", "no-store")
    assert client.get(address(paper)).status_code == 200


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing more", os.urandom(4000)], ids=["empty", "cut", "noise"])
def test_what_is_no_pdf_has_no_picture(paper: Document, data: bytes) -> None:
    paper.source = source_of(data)
    assert pictures.picture(paper, 1) is None


def test_a_page_of_a_monstrous_size_is_drawn_within_bounds(paper: Document) -> None:
    paper.source = source_of(pdf_of(b"0 0 50 50 re f", box="0 0 100 14000"), pages=1)
    path = pictures.picture(paper, 1)
    assert path is not None
    with Image.open(path) as image:
        assert image.width <= 1240
        assert image.height <= 4 * 1240 + 1


def test_pictures_that_were_looked_at_longest_ago_go_first(paper: Document) -> None:
    assert paper.source is not None
    assert list(pictures.draw(paper.source, [1, 2, 3], [240])) == [1, 2, 3]
    kept = [pictures.path_of(paper.source, n, 240) for n in (1, 2, 3)]
    for n, path in enumerate(kept):
        os.utime(path, (1000 + n, 1000 + n))
    assert pictures.picture(paper, 1, 240) == kept[0]
    assert pictures.sweep(most=sum(p.stat().st_size for p in kept) - 1) == 1
    assert [p.exists() for p in kept] == [True, False, True]


@pytest.mark.usefixtures("pages_are_drawn")
def test_all_pages_of_what_was_read_are_drawn_by_a_worker(
    evaluation: Callable[..., Evaluation], sample: Record, work: Callable[[], int]
) -> None:
    source = source_of(pdf_of(b"0 0 90 90 re f", b"9 9 90 90 re f"), pages=2)
    made = store.new_document(sample, actor="system:test", source=source)
    job = Job.objects.get(kind="shelf.pictures")
    assert job.priority < 0
    work()
    job.refresh_from_db()
    assert (job.fault, job.state, job.result, job.done, job.total) == ("", State.DONE, {"pages": 2}, 2, 2)
    assert all(pictures.path_of(source, n, w).stat().st_size for n in (1, 2) for w in pictures.WIDTHS)
    assert made.key


# Showing


def address(document: Document, page: int = 1, query: str = "?width=240") -> str:
    """Of a page's picture."""
    return reverse("page-picture", args=[document.key, page]) + query


def test_who_may_see_a_document_sees_its_pages_and_nobody_else(
    paper: Document, person: Callable[..., User], client: Client, evaluation: Callable[..., Evaluation]
) -> None:
    own = paper.parts.first().evaluation_key
    head = person("head")
    assert client.get(address(paper)).status_code == 302
    for user, status in ((head, 200), (person("team", own), 200), (person("team", evaluation("Another")), 404), (person(), 404)):
        client.force_login(user)
        assert client.get(address(paper)).status_code == status
    paper.stage = "released"
    paper.save()
    client.force_login(person("reader"))
    assert client.get(address(paper)).status_code == 200
    assert client.get(address(paper, 17)).status_code == 404
    assert client.post(address(paper)).status_code == 405


def test_a_picture_is_kept_by_the_browser_of_who_saw_it(paper: Document, person: Callable[..., User], client: Client) -> None:
    client.force_login(person("head"))
    found = client.get(pictures.picture_url(paper, 1, 100))
    assert found["Content-Type"] == "image/png"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Cache-Control"] == "private, max-age=31536000, immutable"
    assert b"".join(found).startswith(b"\x89PNG")  # type: ignore[arg-type]
    again = client.get(address(paper), headers={"if-none-match": found["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")
    other = client.get(address(paper, query="?width=620"), headers={"if-none-match": found["ETag"]})
    assert other.status_code == 200


def test_any_width_is_answered(paper: Document, person: Callable[..., User], client: Client) -> None:
    client.force_login(person("head"))
    for query in ("", "?width=", "?width=-5", "?width=99999999999", "?width=%D9%A3", "?width=a&v=b"):
        assert client.get(address(paper, query=query)).status_code == 200


def test_the_upload_itself_is_never_shown(document: Callable[..., Document], person: Callable[..., User], client: Client) -> None:
    page = b"<html><script>alert(1)</script>"
    made = document(source=source_of(page, media_type="text/html"), brought_by="P-00001")
    client.force_login(person("head"))
    assert client.get(address(made)).status_code == 404


# Where things stand


def test_regions_are_where_the_words_are_in_per_cent_of_the_page(sample: Record) -> None:
    found = places.regions(sample, 3)
    first = next(r for r in found if r.id == "I.f1")
    assert (first.letter, first.kind, first.anchor, first.goes_on) == ("F", "finding", "s-I_f1", False)
    assert first.title.startswith("Key finding 1: Support to small ports")
    page = sample.pages[2]
    (box,) = first.boxes
    words = next(s for s in sample.evaluations[0].statements if s.id == "I.f1").places[0].boxes
    assert box.y < 100 * (1 - max(b[3] for b in words) / page.height) < box.y + 1
    assert box.y + box.height > 100 * (1 - min(b[1] for b in words) / page.height)
    assert [r.id for r in found][:2] == ["I.f1", "I.f2"]
    every = [b for n in places.pages_of(sample) for r in places.regions(sample, n) for b in r.boxes]
    assert all(b.x >= 0 and b.x + b.width <= 100.001 and b.y >= 0 and b.y + b.height <= 100.001 for b in every)
    assert {r.kind for n in places.pages_of(sample) for r in places.regions(sample, n)} >= {"rating", "decision", "response"}


def test_a_statement_that_goes_on_from_the_page_before_says_so(sample: Record) -> None:
    assert next(r for r in places.regions(sample, 6) if r.id == "I.r3").goes_on is False
    assert next(r for r in places.regions(sample, 7) if r.id == "I.r3").goes_on is True


def test_anchors_are_ids_in_html_and_none_is_two_statements(sample: Record) -> None:
    keys = [s.id for e in sample.evaluations for s in e.statements] + ["a b", "a.b", "a_b", "a-b", "é", "I.n-12", "a/rating/1"]
    anchors = [places.anchor(key) for key in keys]
    assert len(set(anchors)) == len(keys)
    assert all(c.isascii() and (c.isalnum() or c in "-_") for a in anchors for c in a)


class Tags(HTMLParser):
    """Elements of a piece of HTML, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.ids: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.names.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        """Note them."""
        self.words += data


def test_a_paper_without_pages_is_shown_as_marked_words_with_the_same_anchors() -> None:
    record = read(sample_paper.path("docx"))
    assert not places.has_pictures(record)
    assert places.regions(record, 1) == []
    leaves = places.leaves(record)
    begun = [a for leaf in leaves for a in leaf.anchors]
    stated = [places.anchor(s.id) for e in record.evaluations for s in e.statements if s.places]
    assert set(stated) <= set(begun)
    ids = [i for leaf in leaves for i in Tags(leaf.html).ids]
    assert {f"b-{a}" for a in stated} <= set(ids)
    assert len(ids) == len(set(ids))
    assert {name for leaf in leaves for name in Tags(leaf.html).names} == {"a", "span"}


def test_what_a_paper_says_never_becomes_markup(sample: Record) -> None:
    words = 'Ports <script>alert("1")</script> & <img src=x onerror=1> stay.'
    first = sample.evaluations[0]
    s = first.statements[0].model_copy(update={"id": '"><b>', "text": words, "places": (Place(page=1, start=2, end=2 + len(words)),)})
    evaluation = first.model_copy(update={"statements": (s,), "ratings": (), "links": ()})
    text = f"A {words} B <b>"
    record = sample.model_copy(update={"pages": (Page(number=1, text=text),), "evaluations": (evaluation,), "decisions": ()})
    for html in (places.leaves(record)[0].html, places.excerpt(record, s)):
        assert set(Tags(html).names) == {"a", "span"}
        assert words in Tags(html).words


def test_an_excerpt_marks_its_statement_alone(sample: Record) -> None:
    s = next(s for s in sample.evaluations[0].statements if s.id == "I.f2")
    html = places.excerpt(sample, s)
    assert Tags(html).ids == ["b-s-I_f2"]
    assert "Support to small ports answered a need" in Tags(html).words
    assert places.excerpt(sample, s.model_copy(update={"places": ()})) == ""
