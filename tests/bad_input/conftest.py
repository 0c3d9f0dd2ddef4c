"""Real bad files, made byte by byte, and the program that is to bear them."""

from __future__ import annotations

import hashlib
import io
import sys
import time
from itertools import cycle
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from pathlib import Path

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

# PDF 1.7 (ISO 32000-1), 7.6.3.3, algorithm 2: what pads a password.
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


class Refusal(Protocol):
    """Read a file; check that it is refused as the contract has it; give the cause."""

    def __call__(self, file: str | Path, *options: str, within: float = 30, name: str | None = None) -> str: ...


@pytest.fixture(scope="session")
def run(forked_program: Any) -> Any:
    """The program, as a process of its own, its output as text."""
    return forked_program


@pytest.fixture(scope="session")
def refusal(run: Any) -> Refusal:
    """What the program says about a file that it cannot read, after ``evaltrail: FILE: ``."""

    def refuse(file: str | Path, *options: str, within: float = 30, name: str | None = None) -> str:
        began = time.monotonic()
        done = run("read", file, *options)
        assert time.monotonic() - began < within
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1, done.stderr
        start = f"evaltrail: {name or file}: "
        assert done.stderr.startswith(start)
        said = done.stderr.removeprefix(start).rstrip("\n")
        assert "Traceback" not in said
        assert "fault in Evaltrail" not in said
        return str(said)

    return refuse


def pdf_file(objects: list[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of the objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes) -> bytes:
    """A stream object."""
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def lines(*text: str) -> bytes:
    """A page's content: lines of text one under the other."""
    shown = b" T* ".join(b"(%s) Tj" % t.encode("latin-1").replace(b"(", rb"\(").replace(b")", rb"\)") for t in text)
    return b"BT /F1 11 Tf 14 TL 72 760 Td " + shown + b" ET"


def pdf_of(pages: list[bytes], *, font: bytes = HELVETICA, more: tuple[bytes, ...] = (), resources: bytes = b"") -> bytes:
    """A PDF of pages given by their content, which may show text in the font F1. ``more`` are objects from number 4 on."""
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids), font, *more]
    head = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> %s >>" % resources
    for i, content in enumerate(pages):
        objects += [head + b" /Contents %d 0 R >>" % (first + 2 * i + 1), stream(content)]
    return pdf_file(objects)


def pdf_with_scan(pages: list[bytes], said: str) -> bytes:
    """A PDF of pages given by their content, with a scanned page (words as a grey picture) put in as the second."""
    scan = Image.new("L", (1240, 1754), 250)
    for row in range(30):
        ImageDraw.Draw(scan).text((150, 150 + 45 * row), said, fill=20, font=ImageFont.load_default(30))
    out = io.BytesIO()
    scan.save(out, "JPEG", quality=60)
    head = b"<< /Type /XObject /Subtype /Image /Width 1240 /Height 1754 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode "
    picture = head + b"/Length %d >>\nstream\n%s\nendstream" % (len(out.getvalue()), out.getvalue())
    drawn = b"q 595 0 0 842 0 0 cm /Scan Do Q"
    return pdf_of([pages[0], drawn, *pages[1:]], more=(picture,), resources=b"/XObject << /Scan 4 0 R >>")


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4, which encrypts and decrypts."""
    box = list(range(256))
    j = 0
    for i, k in zip(range(256), cycle(key), strict=False):
        j = (j + box[i] + k) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted_pdf(password: bytes) -> bytes:
    """A PDF of one page that only opens with the password (ISO 32000-1, 7.6.3: standard handler, revision 2, 40 bits)."""
    padded = (password + _PADDING)[:32]
    name = b"\x01" * 16
    owner = rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    key = hashlib.md5(padded + owner + b"\xfc\xff\xff\xff" + name, usedforsecurity=False).digest()[:5]
    user = rc4(key, _PADDING)
    content_key = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2), usedforsecurity=False).digest()[:10]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        HELVETICA,
        stream(rc4(content_key, lines("Recommendation 1: The Unit should report."))),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (owner.hex().encode(), user.hex().encode()),
    ]
    return pdf_file(objects, trailer=b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (name.hex().encode(), name.hex().encode()))


@pytest.fixture(scope="session")
def make() -> Any:
    """The makers of files in this module, by name."""
    return sys.modules[__name__]
