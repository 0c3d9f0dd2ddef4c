"""Papers that are broken, locked, hollow, hostile or merely unusual."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.sample import path

if TYPE_CHECKING:
    from pathlib import Path

WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
SIZE = 1.0 if os.environ.get("EVALTRAIL_SOAK", "") not in {"", "0"} else 0.3
"""Share of the documents that are there for their size, to be read in that share of the time: whole in a long run."""
PARAGRAPH = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"


def docx(document: bytes) -> bytes:
    """The sample's DOCX with another main document."""
    out = io.BytesIO()
    with zipfile.ZipFile(path("docx")) as sample, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for member in sample.infolist():
            z.writestr(member, document if member.filename == "word/document.xml" else sample.read(member))
    return out.getvalue()


def bomb(megabytes: int, *, admitted: bool) -> bytes:
    """A DOCX whose main document unpacks to so many megabytes of spaces; the directory admits it or says 1,000 bytes."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = press.compress(b" " * (1 << 20)) + press.flush(zlib.Z_FULL_FLUSH)
    packed = block * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    name = b"word/document.xml"
    size = min(megabytes << 20, 0xFFFFFFFE) if admitted else 1000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("[Content_Types].xml", zipfile.ZipFile(path("docx")).read("[Content_Types].xml"))
        z.writestr("_rels/.rels", zipfile.ZipFile(path("docx")).read("_rels/.rels"))
        start = z.start_dir
        directory_of_two = z.infolist()
    # APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16: local header, directory entry, end of directory.
    kept = out.getvalue()[:start]
    fields = (20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0)
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", *fields) + name + packed
    entry = b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 20, *fields, 0, 0, 0, 0, start) + name
    others = out.getvalue()[start:-22]
    count = len(directory_of_two) + 1
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(others + entry), start + len(local), 0)
    return kept + local + others + entry + end


def text_of(run: Any, file: Path, *options: str) -> tuple[str, dict[str, Any]]:
    """The pages' text and the record of a file that is read whole."""
    done = run("read", file, *options)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    return "\n".join(p["text"] for p in record["pages"]), record


def test_an_encrypted_pdf_is_told(refusal: Any, make: Any, tmp_path: Path) -> None:
    (tmp_path / "locked.pdf").write_bytes(make.encrypted_pdf(b"secret"))
    assert "needs a password" in refusal(tmp_path / "locked.pdf")


def test_a_pdf_that_only_forbids_printing_is_read(run: Any, make: Any, tmp_path: Path) -> None:
    (tmp_path / "open.pdf").write_bytes(make.encrypted_pdf(b""))
    assert "The Unit should report." in text_of(run, tmp_path / "open.pdf")[0]


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9])
def test_a_truncated_pdf_is_told_or_read_in_part(share: float, run: Any, tmp_path: Path) -> None:
    data = path("pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: int(len(data) * share)])
    done = run("read", tmp_path / "cut.pdf")
    assert done.returncode in {2, 3}
    assert done.stderr.startswith(f"evaltrail: {tmp_path}/cut.pdf: ")
    assert "cut off" in done.stderr
    assert (done.stdout == "") == (done.returncode == 2)


def test_a_pdf_cut_off_in_a_later_revision_is_read_in_part(run: Any, make: Any, tmp_path: Path) -> None:
    """What was there before a change was saved behind it can still be read; that the rest is lost is said."""
    first = make.pdf_of([make.lines("Recommendation 1: The Unit should report every year.")])
    (tmp_path / "revised.pdf").write_bytes(first + b"9 0 obj\n<< /Length 9000 >>\nstream\n" + bytes(range(32, 127)) * 40)
    done = run("read", tmp_path / "revised.pdf", "-o", tmp_path / "out.json")
    assert done.returncode == 3
    assert "it is cut off" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "should report" in (tmp_path / "out.json").read_text()


def test_zeros_behind_the_end_of_a_pdf_are_no_loss(run: Any, make: Any, tmp_path: Path) -> None:
    (tmp_path / "padded.pdf").write_bytes(make.pdf_of([make.lines("The Unit should report.")]) + bytes(9000))
    assert "should report" in text_of(run, tmp_path / "padded.pdf")[0]


def test_pages_of_a_text_that_are_left_out_are_named(run: Any, tmp_path: Path) -> None:
    (tmp_path / "paged.txt").write_text("Finding 1. One.\n\fFinding 2. Two.\n\fFinding 3. Three.\n")
    done = run("read", tmp_path / "paged.txt", "--max-pages", "2", "-o", tmp_path / "out.json")
    assert done.returncode == 3
    assert "Only pages 1 to 2 of 3 were read" in done.stderr


def test_a_pdf_without_text_is_told(refusal: Any, make: Any, tmp_path: Path) -> None:
    (tmp_path / "drawing.pdf").write_bytes(make.pdf_of([b"0 0 1 rg 100 100 300 300 re f"] * 3))
    said = refusal(tmp_path / "drawing.pdf", "--no-ocr")
    assert "no text" in said


def test_a_page_without_text_among_others_makes_the_reading_partial(run: Any, make: Any, tmp_path: Path) -> None:
    full = make.lines("Recommendation 1: The Unit should report every year.")
    (tmp_path / "scan.pdf").write_bytes(make.pdf_with_scan([full, full], "The second page is a picture of these words."))
    done = run("read", tmp_path / "scan.pdf", "--no-ocr", "-o", tmp_path / "scan.json")
    assert done.returncode == 3
    assert "read in part: " in done.stderr
    assert "2" in done.stderr.partition("read in part: ")[2]


def test_a_font_without_a_character_map_makes_the_reading_partial_or_is_told(run: Any, make: Any, tmp_path: Path) -> None:
    """Glyph numbers of a font that is not embedded and says nothing about which characters they are."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Unknown /Encoding /Identity-H /DescendantFonts [4 0 R] >>"
    below = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unknown /CIDToGIDMap /Identity /DW 500 /FontDescriptor 5 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /Unknown /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    # The usual numbering of glyphs in a font of Latin letters: "A" is the 36th.
    line = "The Unit should report every year on what was done and on what it has cost."
    rows = b" ".join([b"<%s> Tj T*" % b"".join(b"%04x" % (ord(c) - 29) for c in line)] * 30)
    content = b"BT /F1 11 Tf 14 TL 72 760 Td " + rows + b" ET"
    (tmp_path / "unmapped.pdf").write_bytes(make.pdf_of([content], font=font, more=(below, descriptor)))
    done = run("read", tmp_path / "unmapped.pdf", "--no-ocr", "-o", tmp_path / "out.json")
    assert done.returncode in {2, 3}, done.stderr
    assert done.stderr.count("\n") == 1
    assert "character" in done.stderr


@pytest.mark.parametrize("format_", ["html", "txt", "docx"])
def test_right_to_left_text_is_read(format_: str, run: Any, tmp_path: Path) -> None:
    said = "التوصية 1: ينبغي للوحدة أن تقدم تقريرا سنويا."
    contents = {
        "html": f'<!DOCTYPE html><html lang="ar" dir="rtl"><body><h1>تقييم</h1><p>{said}</p></body></html>'.encode(),
        "txt": said.encode(),
        "docx": docx(WORD % (PARAGRAPH % said.encode())),
    }
    (tmp_path / f"arabic.{format_}").write_bytes(contents[format_])
    text, record = text_of(run, tmp_path / f"arabic.{format_}")
    assert said in text
    # The DOCX is the sample's, whose styles declare English.
    assert record["document"]["language"] in {"ar", None} or format_ == "docx"


def test_right_to_left_text_in_a_pdf_is_read(run: Any, make: Any, tmp_path: Path) -> None:
    """Hebrew through a simple font whose character map gives the letters, drawn from the right as PDFs have it."""
    map_ = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /H def /CMapType 2 def 1 begincodespacerange <00> <FF> "
        b"endcodespacerange 1 beginbfrange <61> <7A> <05D0> endbfrange endcmap end end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>"
    (tmp_path / "hebrew.pdf").write_bytes(make.pdf_of([make.lines("abcde fghij", "klmno pqrst")], font=font, more=(make.stream(map_),)))
    text, _ = text_of(run, tmp_path / "hebrew.pdf")
    assert "אבגדה" in text or "הדגבא" in text


@pytest.mark.parametrize("admitted", [True, False])
def test_a_zip_bomb_is_refused_before_it_unfolds(admitted: bool, refusal: Any, tmp_path: Path) -> None:  # noqa: FBT001
    (tmp_path / "bomb.docx").write_bytes(bomb(3000, admitted=admitted))
    assert (tmp_path / "bomb.docx").stat().st_size < 10 << 20
    said = refusal(tmp_path / "bomb.docx", "--memory", "2000")
    assert "expands" in said or "damaged" in said


def test_xml_entities_that_multiply_are_refused(refusal: Any, tmp_path: Path) -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10) for i in range(1, 12))
    document = b'<!DOCTYPE d [<!ENTITY e0 "words ">' + entities + b"]>" + WORD % (PARAGRAPH % b"&e11;")
    (tmp_path / "laughs.docx").write_bytes(docx(document))
    said = refusal(tmp_path / "laughs.docx")
    assert "entities" in said or "damaged" in said


def test_an_entity_does_not_fetch_a_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    declared = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file://%s">]>' % str(tmp_path / "secret.txt").encode()
    (tmp_path / "fetch.docx").write_bytes(docx(declared + WORD % (PARAGRAPH % b"&e;")))
    (tmp_path / "fetch.html").write_bytes(declared + b"<html><body><p>Recommendation 1: Report. &e;</p></body></html>")
    for name in ("fetch.docx", "fetch.html"):
        done = run("read", tmp_path / name)
        assert "the secret" not in done.stdout + done.stderr
        assert "fault in Evaltrail" not in done.stderr


def test_deep_xml_is_told_or_read(run: Any, tmp_path: Path) -> None:
    tables, ends = b"<w:tbl><w:tr><w:tc>" * 3000, b"</w:tc></w:tr></w:tbl>" * 3000
    (tmp_path / "deep.docx").write_bytes(docx(WORD % (tables + PARAGRAPH % b"Recommendation 1: Report." + ends)))
    bears(run, tmp_path / "deep.docx")


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b", "blockquote"])
def test_deep_html_is_told_or_read(tag: str, run: Any, tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text(f"<html><body>{f'<{tag}>' * int(20_000 * SIZE)}Recommendation 1: The Unit should report.")
    bears(run, tmp_path / "deep.html")


def test_huge_html_is_read(run: Any, tmp_path: Path) -> None:
    paragraph = "<p>{}. The Unit reported on the harbour in good time, as it had in the years before.</p>\n"
    (tmp_path / "huge.html").write_text(f"<html><body>{''.join(paragraph.format(i) for i in range(int(30_000 * SIZE)))}</body></html>")
    bears(run, tmp_path / "huge.html", "--timeout", str(60 * SIZE))


def test_a_line_of_a_million_words_is_read(run: Any, tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_text("The unit should report. " * int(250_000 * SIZE))
    bears(run, tmp_path / "line.txt", "--timeout", str(60 * SIZE))


def test_a_file_of_nothing_but_line_ends_is_told_or_read(run: Any, tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text("\n" * 100_000)
    bears(run, tmp_path / "blank.txt")


def bears(run: Any, file: Path, *options: str) -> None:
    """Check that a file is read, or refused with a cause; and in time."""
    done = run("read", file, "-o", file.with_suffix(".json"), *options)
    assert done.returncode in {0, 2, 3}
    assert "fault in Evaltrail" not in done.stderr
    assert "crashed" not in done.stderr
    assert "took more than" not in done.stderr
    assert done.stderr.count("\n") <= 1
    assert (done.returncode == 0) == (done.stderr == "")
