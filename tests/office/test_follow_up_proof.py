"""Proofs: taken as they come in, given out as downloads, to those alone who may see them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.models import Proof
from tests.office.follow_up_cast import transmitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Action
    from tests.office.follow_up_cast import Cast

    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nAttendance of twelve fitters.\n%%EOF"
BOUNDARY = "of-parts"
GIB = 1 << 30


class Pretending(io.RawIOBase):
    """A body of any length that is never there, and counts what is read of it."""

    def __init__(self, head: bytes, length: int, filler: bytes = b"\0") -> None:
        self.head, self.left, self.filler, self.given = head, length - len(head), filler, 0

    def read(self, size: int = -1) -> bytes:
        if self.head:
            part, self.head = self.head[:size] if size >= 0 else self.head, b"" if size < 0 else self.head[size:]
        else:
            part = self.filler * min(self.left, size if size >= 0 else 65_536)
            self.left -= len(part)
        self.given += len(part)
        return part


def bring(client: Client, action: Action, name: str = "attendance.pdf", body: bytes = PDF, **given: Any) -> Any:
    given.setdefault("words", "Attendance of twelve fitters")
    return client.post(f"/follow-up/actions/{action.key}/proof/", {**given, "file": SimpleUploadedFile(name, body)})


def pretend(client: Client, action: Action, stream: Pretending, **meta: Any) -> Any:
    return client.generic(
        "POST",
        f"/follow-up/actions/{action.key}/proof/",
        b"",
        f"multipart/form-data; boundary={BOUNDARY}",
        **{"wsgi.input": stream, **meta},
    )


def head_of_file(name: str = "film.zip") -> bytes:
    return (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/zip\r\n\r\n'
    ).encode() + b"PK\x03\x04"


def on_disk(data: Path) -> list[Path]:
    return [p for p in data.rglob("*") if p.is_file()]


def test_a_file_is_kept_and_comes_back_as_a_download_that_runs_nothing(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    client = signed_in(cast.line)
    assert bring(client, action, public="on").status_code == 302
    kept = Proof.objects.get()
    assert (kept.name, kept.media_type, kept.size, kept.public) == ("attendance.pdf", "application/pdf", len(PDF), True)
    answer = client.get(f"/follow-up/proofs/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="attendance.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(
    "name, body",
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("attendance.pdf", b"\xef\xbb\xbf \n<html><body>not a PDF"),
        ("program.exe", b"MZ\x90\0\x03\0\0\0"),
        ("film.mp4", b"\0\0\0\x18ftypmp42"),
    ],
)
def test_what_a_browser_could_run_is_not_taken_and_leaves_nothing(
    cast: Cast, signed_in: SignedIn, data: Path, name: str, body: bytes
) -> None:
    action = transmitted(cast)
    answer = bring(signed_in(cast.line), action, name, body)
    assert answer.status_code == 422
    assert not Proof.objects.exists()
    assert on_disk(data) == []
    assert "Attendance of twelve fitters" in answer.content.decode()


@pytest.mark.parametrize(
    "name, body, kind",
    [
        ("list.xlsx", b"PK\x03\x04\x14\0", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("all.zip", b"PK\x03\x04\x14\0", "application/zip"),
        ("jetty.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        ("notes.txt", "Größe: zwölf".encode("latin-1"), "text/plain"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "application/x-ole-storage"),
    ],
)
def test_documents_sheets_pictures_text_and_zip_are_taken(cast: Cast, signed_in: SignedIn, name: str, body: bytes, kind: str) -> None:
    assert bring(signed_in(cast.line), transmitted(cast), name, body).status_code == 302
    assert Proof.objects.get().media_type == kind


def test_two_gigabytes_are_refused_on_the_spot_and_nothing_is_read_or_kept(cast: Cast, signed_in: SignedIn, data: Path) -> None:
    action = transmitted(cast)
    stream = Pretending(head_of_file(), 2 * GIB)
    answer = pretend(signed_in(cast.line), action, stream, CONTENT_LENGTH=str(2 * GIB))
    assert answer.status_code == 413
    assert answer.content.decode().count('role="alert">The file has more than 50 MB and was not taken') == 1
    assert (stream.given, on_disk(data)) == (0, [])


def test_a_body_whose_length_is_not_told_is_refused_on_the_spot(cast: Cast, signed_in: SignedIn, data: Path) -> None:
    action = transmitted(cast)
    stream = Pretending(head_of_file(), 2 * GIB)
    answer = pretend(signed_in(cast.line), action, stream, HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert "did not say how large the file is" in answer.content.decode()
    assert (stream.given, on_disk(data)) == (0, [])


def test_a_file_that_turns_out_too_large_on_the_way_leaves_nothing(cast: Cast, signed_in: SignedIn, settings: Any, data: Path) -> None:
    settings.PROOF_BYTES = 100_000
    answer = bring(signed_in(cast.line), transmitted(cast), "all.zip", b"PK\x03\x04" + bytes(200_000))
    assert answer.status_code == 413
    assert "EVALTRAIL_PROOF_MB" in answer.content.decode()
    assert on_disk(data) == []


def test_a_stranger_sends_nothing_to_the_disk(cast: Cast, signed_in: SignedIn, data: Path) -> None:
    action = transmitted(cast)
    assert bring(signed_in(cast.stranger), action).status_code == 404
    assert bring(signed_in(cast.head), action).status_code == 403
    stream = Pretending(head_of_file(), 2 * GIB)
    assert pretend(signed_in(cast.stranger), action, stream, CONTENT_LENGTH=str(2 * GIB)).status_code == 404
    assert bring(Client(), action).status_code == 302
    assert (stream.given, on_disk(data), Proof.objects.count()) == (0, [], 0)


def test_a_proof_is_brought_with_the_token_of_its_page(cast: Cast, data: Path) -> None:
    action = transmitted(cast)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.line)
    assert bring(client, action).status_code == 403
    assert not Proof.objects.exists()
    client.get(f"/follow-up/actions/{action.key}/")
    assert bring(client, action, csrfmiddlewaretoken=client.cookies["csrftoken"].value).status_code == 302


def test_words_that_are_missing_do_not_cost_the_file(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    client = signed_in(cast.line)
    answer = bring(client, action, words=" ")
    assert answer.status_code == 422
    assert "Say what it shows." in answer.content.decode()
    kept = answer.context["prove"].data["kept"]
    again = {"words": "Attendance", "kept": kept}
    assert client.post(f"/follow-up/actions/{action.key}/proof/", again).status_code == 302
    assert Proof.objects.get().name == "attendance.pdf"
    # What was signed for one person and action is nothing to another.
    other = signed_in(cast.chief).post(f"/follow-up/actions/{action.key}/proof/", again)
    assert other.status_code == 422
    assert Proof.objects.count() == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.example/y", "attendance"])
def test_an_address_is_one_of_a_page(cast: Cast, signed_in: SignedIn, address: str) -> None:
    action = transmitted(cast)
    with pytest.raises(Refused, match="begins with https"):
        work.add_proof(cast.line, action, "Attendance", address)
    client = signed_in(cast.line)
    answer = client.post(f"/follow-up/actions/{action.key}/proof/", {"words": "Attendance", "address": address})
    assert answer.status_code == 422
    assert not Proof.objects.exists()


def test_a_proof_is_given_to_the_unit_and_who_verifies_and_to_others_where_it_is_public(
    cast: Cast, signed_in: SignedIn, person: Callable
) -> None:
    action = transmitted(cast)
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    reader, verifier = person("reader"), person("verifier")
    for public in ("", "on"):
        assert bring(signed_in(cast.line), action, public=public).status_code == 302
    closed, opened = Proof.objects.order_by("pk")
    for who in (cast.line, cast.chief, cast.above, cast.head, verifier, cast.coordinator):
        for one in (closed, opened):
            assert signed_in(who).get(f"/follow-up/proofs/{one.pk}/").status_code == 200, who
    assert signed_in(reader).get(f"/follow-up/proofs/{opened.pk}/").status_code == 200
    assert signed_in(reader).get(f"/follow-up/proofs/{closed.pk}/").status_code == 404
    page = signed_in(reader).get(f"/follow-up/actions/{action.key}/").content.decode()
    assert f"/follow-up/proofs/{closed.pk}/" not in page
    assert "1 proof is for the unit and those who verify." in page
    for one in (closed, opened):
        assert signed_in(cast.stranger).get(f"/follow-up/proofs/{one.pk}/").status_code == 404
        assert Client().get(f"/follow-up/proofs/{one.pk}/").status_code == 302


def test_a_proof_is_withdrawn_by_whoever_brought_it_until_a_claim_rests_on_it(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    first = work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    second = work.add_proof(cast.line, action, "Photographs", "https://office.example/photographs")
    work.claim(cast.line, action, "done", proofs=[second])
    address = "/follow-up/proofs/{}/withdraw/"
    assert signed_in(cast.stranger).post(address.format(first.pk)).status_code == 404
    assert signed_in(cast.chief).post(address.format(first.pk)).status_code == 403
    assert signed_in(cast.line).post(address.format(first.pk)).status_code == 302
    answer = signed_in(cast.line).post(address.format(second.pk), follow=True)
    assert "A claim rests on it." in answer.content.decode()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.withdrawn_by, second.withdrawn) == (cast.line.key, None)
