"""Files that are not what their names say, and files of kinds that are not read."""

from __future__ import annotations

import gzip
import io
import tarfile
import wave
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from evaltrail.read.formats import Unreadable
from evaltrail.read.source import choose, open_source
from evaltrail.sample import path

if TYPE_CHECKING:
    from pathlib import Path


def zipped(**members: bytes) -> bytes:
    """A ZIP archive; double underscores stand for slashes in names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in members.items():
            z.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def picture(kind: str) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(out, kind)
    return out.getvalue()


def recording() -> bytes:
    """A tenth of a second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(2)
        w.setframerate(8000)
        w.writeframes(bytes(1600))
    return out.getvalue()


def tarred() -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        t.add(path("txt"), "paper.txt")
    return out.getvalue()


def compound(*streams: str) -> bytes:
    """The beginning of a compound file (MS-CFB 2.2) and its directory's names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(s.encode("utf-16-le").ljust(128, b"\0") for s in streams)


MAIL = b"Received: from a\r\nMessage-ID: <1@b>\r\nFrom: a@b.org\r\nTo: c@d.org\r\nSubject: The report\r\n\r\nFind it attached.\r\n"
PAGE_ARCHIVE = b'From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>'

KINDS = {
    "picture.png": (picture("PNG"), "a PNG picture", "OCR"),
    "picture.jpg": (picture("JPEG"), "a JPEG picture", "OCR"),
    "picture.gif": (picture("GIF"), "a GIF picture", "OCR"),
    "picture.tif": (picture("TIFF"), "a TIFF picture", "OCR"),
    "picture.bmp": (picture("BMP"), "a BMP picture", "OCR"),
    "picture.webp": (picture("WEBP"), "a WebP picture", "OCR"),
    "sound.wav": (recording(), "a recording", "transcript"),
    "film.mp4": (b"\0\0\0\x20ftypisom" + bytes(500), "a film", "transcript"),
    "sheet.xlsx": (zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"}), "an Excel spreadsheet", "PDF"),
    "slides.pptx": (zipped(**{"[Content_Types].xml": b"<Types/>", "ppt__presentation.xml": b"<p/>"}), "a PowerPoint presentation", "PDF"),
    "text.odt": (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "an OpenDocument text", "DOCX"),
    "sheet.ods": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument spreadsheet", "PDF"),
    "book.epub": (zipped(mimetype=b"application/epub+zip"), "an e-book", "PDF"),
    "papers.zip": (zipped(**{"paper.pdf": b"%PDF-1.7"}), "a ZIP archive", "Unpack"),
    "renamed.docx": (zipped(**{"photo.jpg": b"\xff\xd8\xff"}), "a ZIP archive and no DOCX", "Unpack"),
    "papers.tar": (tarred(), "a tar archive", "Unpack"),
    "paper.pdf.gz": (gzip.compress(b"%PDF-1.7"), "a gzip archive", "Unpack"),
    "old.doc": (compound("Root Entry", "WordDocument"), "a Word 97–2003 document", "DOCX"),
    "old.xls": (compound("Root Entry", "Workbook"), "an Excel 97–2003 spreadsheet", "PDF"),
    "old.ppt": (compound("Root Entry", "PowerPoint Document"), "a PowerPoint 97–2003 presentation", "PDF"),
    "mail.msg": (compound("Root Entry", "__substg1.0_0037001F"), "an Outlook message", "attached"),
    "text.rtf": (rb"{\rtf1\ansi Recommendation 1}", "an RTF text", "DOCX"),
    "mail.eml": (MAIL, "an e-mail message", "attached"),
    "page.mhtml": (PAGE_ARCHIVE, "a web page archive", "HTML"),
    "print.ps": (b"%!PS-Adobe-3.0\n", "PostScript", "ps2pdf"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(900), "a program", "document"),
    "program.exe": (b"MZ\x90\0\x03\0\0\0" + bytes(900), "a Windows program", "document"),
    "record.json": (b'{"schema": "evaltrail.record/1", "document": {}}', "a record already", "paper"),
}


@pytest.mark.parametrize("name", KINDS)
def test_another_kind_of_file_is_named_with_what_to_do(name: str) -> None:
    content, what, remedy = KINDS[name]
    with pytest.raises(Unreadable) as caught:
        choose(open_source(content, name))
    assert caught.value.code == "not-a-document"
    assert what in str(caught.value)
    assert remedy in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_renamed_zip_is_told_by_the_program(refusal: Any, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(KINDS["renamed.docx"][0])
    assert refusal(tmp_path / "report.docx") == (
        "it is a ZIP archive and no DOCX (it holds no word/document.xml), which is not read. Unpack it and read the files in it"
    )


def test_a_docx_under_a_password_is_told(refusal: Any, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"))
    assert refusal(tmp_path / "report.docx").startswith("it is protected by a password. ")


def test_a_docx_cut_off_is_told(refusal: Any, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(path("docx").read_bytes()[:5000])
    assert "damaged or cut off" in refusal(tmp_path / "report.docx")


def test_binary_data_are_told(refusal: Any, tmp_path: Path) -> None:
    (tmp_path / "data.pdf").write_bytes(bytes(range(256)) * 100)
    assert refusal(tmp_path / "data.pdf").startswith("it is binary data, not a document. Read ")


def test_binary_data_behind_a_page_of_text_are_told() -> None:
    with pytest.raises(Unreadable, match="binary data"):
        choose(open_source(b"Recommendation 1\n" * 400 + bytes(20_000), "report.txt"))


@pytest.mark.parametrize("text", ["MZ is the code of Mozambique.", "OTTO wrote the report.", "ID3 was evaluated.", "RIFF raff", "BZh"])
def test_a_text_that_begins_like_a_signature_is_a_text(text: str) -> None:
    assert choose(open_source(text.encode(), "a.txt"))[0].MEDIA_TYPE == "text/plain"


@pytest.mark.parametrize(
    "format_,name",
    [("pdf", "a.docx"), ("pdf", "a.txt"), ("docx", "a.pdf"), ("docx", "a.zip"), ("html", "a.pdf"), ("html", "a.txt"), ("txt", "a.doc")],
)
def test_the_content_decides_and_a_wrong_ending_is_noted(format_: str, name: str) -> None:
    data = path(format_).read_bytes()
    right, said_nothing = choose(open_source(data, f"a.{format_}"))
    module, said = choose(open_source(data, name))
    assert module is right
    assert said_nothing == ()
    assert [d.code for d in said] == ["wrong-suffix"]
    assert name[1:] in said[0].message


@pytest.mark.parametrize("name", ["report", "report.2020", "report.aspx"])
def test_an_ending_that_promises_nothing_is_not_wrong(name: str) -> None:
    assert choose(open_source(path("html").read_bytes(), name))[1] == ()


def test_between_text_and_markdown_the_ending_decides() -> None:
    for content in (b"Plain words.\n", b"# Heading\n\n- item\n\n**bold**\n"):
        for name, media_type in (("a.md", "text/markdown"), ("a.txt", "text/plain")):
            module, said = choose(open_source(content, name))
            assert (module.MEDIA_TYPE, said) == (media_type, ())


def test_a_wrong_ending_is_noted_by_the_program_and_read_all_the_same(run: Any, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(path("html").read_bytes())
    done = run("read", tmp_path / "page.pdf", "-o", tmp_path / "page.json")
    assert done.returncode == 0
    assert done.stderr == f"evaltrail: {tmp_path}/page.pdf: The name ends in .pdf but the content is text/html; it was read as that.\n"
