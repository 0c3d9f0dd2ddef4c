"""Containers that are none, that are locked, cut off or hostile; and property tests on any document."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltrail.read.formats import Options, Unreadable, docx

if TYPE_CHECKING:
    from pathlib import Path

    from evaltrail.read.outline import Outline


def refused(data: bytes, options: Options | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        docx.outline(data, options or Options())
    assert "\n" not in str(caught.value)
    return caught.value


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in files.items():
            z.writestr(name, text)
    return out.getvalue()


def repacked(data: bytes, **changed: str | bytes) -> bytes:
    """The container with some parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return out.getvalue()


@pytest.mark.parametrize(
    "data,code",
    [
        (b"", "empty"),
        (zipped(**{"report.txt": "x"}), "not-a-document"),
        (zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "not-a-document"),
        (zipped(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "not-a-document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "not-a-document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04" + bytes(200), "truncated"),
    ],
    ids=["empty", "zip", "spreadsheet", "OpenDocument", "Word 97", "password", "cut off"],
)
def test_other_containers_are_named_with_a_remedy(data: bytes, code: str) -> None:
    error = refused(data)
    assert error.code == code
    assert ". " in str(error)


def test_a_document_that_is_cut_off_or_damaged_is_told_so(word: Any) -> None:
    data = word.container(word.p("words " * 500))
    assert refused(data[: len(data) // 2]).code == "truncated"
    middle = data.find(b"word/document.xml") + 60
    assert refused(data[:middle] + bytes(40) + data[middle + 40 :]).code == "truncated"
    assert refused(repacked(data, **{"word/document.xml": "<w:document><w:body>"})).code == "truncated"


def test_a_document_without_words_is_told_so(word: Any) -> None:
    assert refused(word.container("<w:p/>")).code == "no-text"


def test_a_zip_bomb_is_refused_by_its_directory_and_while_it_expands(word: Any) -> None:
    data = word.container(word.p("x") + " " * 3_000_000)
    assert refused(data, Options(max_expanded=1_000_000)).code == "too-large"
    # A directory that lies about the size is found out while inflating.
    lying = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        size = z.getinfo("word/document.xml").file_size
    at = 0
    while (at := lying.find(struct.pack("<I", size), at)) >= 0:
        lying[at : at + 4] = struct.pack("<I", 1000)
        at += 4
    assert refused(bytes(lying), Options(max_expanded=1_000_000)).code in {"too-large", "truncated"}


def test_xml_that_declares_entities_is_refused(word: Any) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = word.container(word.p("&b;"))
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        part = bomb + z.read("word/document.xml").decode()
    error = refused(repacked(data, **{"word/document.xml": part}))
    assert error.code == "bad-format"
    assert "entities" in str(error)


def test_a_file_named_by_an_entity_is_never_opened(word: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    data = word.container(word.p("&s;"))
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        part = f'<!DOCTYPE d [<!ENTITY s SYSTEM "file://{secret}">]>' + z.read("word/document.xml").decode()
    assert refused(repacked(data, **{"word/document.xml": part})).code == "bad-format"


def test_tables_nested_without_end_are_one_clear_line(word: Any) -> None:
    depth = 3000
    body = "<w:tbl><w:tr><w:tc>" * depth + word.p("x") + "</w:tc></w:tr></w:tbl>" * depth
    assert refused(word.container(body)).code in {"truncated", "bad-format"}


def test_tables_nested_deeper_than_any_paper_s_are_read(word: Any) -> None:
    depth = 50
    body = "<w:tbl><w:tr><w:tc>" * depth + word.p("deep words") + "</w:tc></w:tr></w:tbl>" * depth
    assert [b.text for b in word.read(body).blocks] == ["deep words"]


@pytest.mark.parametrize("head", [b"PK\x03\x04" + bytes(200)])
def test_a_container_is_known_by_its_bytes(head: bytes) -> None:
    assert docx.sniff(head, 5000)
    assert not docx.sniff(b"%PDF-1.7", 5000)
    assert not docx.sniff(b"", 0)


def test_the_main_part_may_have_another_name(word: Any) -> None:
    data = word.container(word.p("x"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("document", "document2"), old.read(name).replace(b"word/document.xml", b"word/document2.xml"))
    assert docx.outline(out.getvalue(), Options()).blocks[0].text == "x"


def test_a_document_of_libreoffice_is_read_as_it_was_written(libreoffice: str, tmp_path: Path) -> None:
    made = pytest.importorskip("docx", reason="needs python-docx").Document()
    made.add_heading("Findings", 1)
    made.add_paragraph("Ports are safer.").add_run(" Bold.").bold = True
    made.add_paragraph("one", style="List Number")
    made.add_paragraph("two", style="List Number")
    made.add_paragraph("point", style="List Bullet")
    grid = made.add_table(2, 2, style="Table Grid")
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "Unit"
    grid.cell(0, 1).text, grid.cell(1, 1).text = "a", "b"
    source = tmp_path / "in.docx"
    made.save(source)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    out = tmp_path / "out"
    subprocess.run(
        [libreoffice, profile, "--headless", "--convert-to", "docx", "--outdir", out, source], check=True, capture_output=True, timeout=120
    )
    first, second = (docx.outline(path.read_bytes(), Options()) for path in (source, out / "in.docx"))

    def seen(outline: Outline) -> Any:
        cells = [[(c.row, c.column, c.row_span, c.column_span, c.content().text) for c in b.table.cells] for b in outline.blocks if b.table]
        return [(b.kind, b.level, b.marker.text, b.text, b.bold_spans) for b in outline.blocks if not b.table], cells

    assert seen(first) == seen(second)


WORDS = st.text(alphabet=st.sampled_from("ab é\t\u00a0\u200b.1(•–"), max_size=10)
RUNS = st.one_of(
    st.builds(
        lambda t, b: f"<w:r><w:rPr>{b}</w:rPr><w:t xml:space='preserve'>{t}</w:t></w:r>",
        WORDS,
        st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:vanish/>"]),
    ),
    st.sampled_from(
        [
            "<w:r><w:br/></w:r>",
            "<w:r><w:tab/></w:r>",
            "<w:r><w:footnoteReference w:id='1'/></w:r>",
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>",
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "<w:r><w:instrText>TOC</w:instrText></w:r>",
        ]
    ),
)
PROPS = st.sampled_from(
    [
        "",
        "<w:outlineLvl w:val='1'/>",
        "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>",
        "<w:shd w:fill='eeeeee'/>",
        "<w:rPr><w:del/></w:rPr>",
    ]
)
PARAGRAPHS = st.builds(lambda props, runs: f"<w:p><w:pPr>{props}</w:pPr>{''.join(runs)}</w:p>", PROPS, st.lists(RUNS, max_size=5))
BODIES = st.recursive(
    PARAGRAPHS,
    lambda inner: st.builds(
        lambda cells, merge: (
            "<w:tbl>" + "".join(f"<w:tr><w:tc><w:tcPr>{merge}</w:tcPr>{c}</w:tc><w:tc>{c}</w:tc></w:tr>" for c in cells) + "</w:tbl>"
        ),
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from(["", "<w:vMerge/>", "<w:gridSpan w:val='3'/>"]),
    ),
    max_leaves=8,
)
LEVEL = "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
LIST = f"<w:abstractNum w:abstractNumId='0'>{LEVEL}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
NOTE = "<w:footnote w:id='1'><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>"


@given(st.lists(BODIES, max_size=6))
@settings(max_examples=150, deadline=None)
def test_every_piece_of_any_document_is_true(word: Any, bodies: list[str]) -> None:
    try:
        word.read("".join(bodies), numbering=LIST, footnotes=NOTE)
    except Unreadable as error:
        if error.code != "no-text":
            raise


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_document_gives_an_outline_or_one_clear_line(word: Any, data: st.DataObject) -> None:
    whole = bytearray(word.container(word.p("Ports are safer.") * 20, {"numbering": LIST, "footnotes": NOTE}))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        docx.outline(bytes(whole), Options())
    except Unreadable as error:
        if "\n" in str(error):
            raise
