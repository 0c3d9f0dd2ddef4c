"""The sample paper has everything that it is meant to show, and is built anew to the same bytes."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import sys
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml import etree, html

from evaltrail import sample


def pdf_pages() -> list[str]:
    document = pdfium.PdfDocument(sample.path("pdf"))
    return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def members(container: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(container)) as opened:
        return {n: opened.read(n) for n in opened.namelist()}


def squeezed(text: str) -> str:
    """Letters and figures alone, so that line ends, hyphens and marks of notes do not matter."""
    return re.sub(r"[^\w%]+", "", text)


def words_of(suffix: str) -> str:
    """All words of a format, taken out with nothing of the library that the sample tests."""
    path = sample.path(suffix)
    if suffix == "pdf":
        return "".join(re.sub(r"Merrow Sea Organization Council.*$", "", p).removeprefix("MSO/C.58/PRG/4 ") for p in pdf_pages())
    if suffix == "docx":
        parts = members(path.read_bytes())
        names = ["word/document.xml", "word/footnotes.xml", *sorted(n for n in parts if n.startswith("word/charts/chart"))]
        return " ".join(t for n in names for t in etree.fromstring(parts[n]).itertext())
    if suffix == "html":
        tree = html.fromstring(path.read_bytes())
        for mark in tree.xpath("//sup"):
            mark.drop_tree()
        return str(tree.text_content())
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", sample.FORMATS)
def test_every_format_holds_every_word_that_a_reader_should_find(suffix: str) -> None:
    expected = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
    wanted = [expected["document"]["title"], *expected["footnotes"].values()]
    for e in expected["evaluations"]:
        wanted += [e["title"], *(s["text"] for k in ("findings", "conclusions", "lessons", "good_practices", "responses") for s in e[k])]
        wanted += [x for r in e["recommendations"] for x in (r["text"], *(s["text"] for s in r["subs"]), *r["printed"].values())]
    words = re.sub(r"\d", "", squeezed(words_of(suffix)))
    lost = [w for w in wanted if re.sub(r"\d", "", squeezed(w)) not in words]
    # Text keeps the columns of a table beside each other: cells of several lines are not in one piece there.
    cells = {w for e in expected["evaluations"] for r in e["recommendations"] for w in r["printed"].values()}
    assert [w for w in lost if suffix != "txt" or w not in cells] == []


def test_it_comes_in_four_formats_and_no_other() -> None:
    assert [sample.path(s).name for s in sample.FORMATS] == ["paper.pdf", "paper.docx", "paper.html", "paper.txt"]
    assert all(sample.path(s).stat().st_size > 20_000 for s in sample.FORMATS)
    with pytest.raises(ValueError, match="pdf, docx, html, txt"):
        sample.path("odt")


def test_it_is_built_anew_to_the_same_bytes(root: Path) -> None:
    for package in ("typst", "font_source_serif_pro", "font_source_sans_pro"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"needs {package}, which only building the sample uses")
    sys.path.insert(0, str(root / "tools"))
    try:
        build = pytest.importorskip("build_sample", reason="needs the project's tools").build
    finally:
        sys.path.pop(0)
    for name, data in build().items():
        kept = (root / name).read_bytes()
        if name.endswith(".docx"):  # how well a container is packed depends on the machine's zlib
            assert members(data) == members(kept), f"{name} is not what tools/build_sample.py makes"
        else:
            assert data == kept, f"{name} is not what tools/build_sample.py makes"


def test_the_pdf_has_a_paragraph_a_box_and_a_table_across_pages() -> None:
    pages = pdf_pages()
    assert 14 <= len(pages) <= 18
    assert "Those who \r\n" in pages[7]
    assert "had combined a distance course" in pages[8]
    assert "Key finding 6:" in pages[2]
    assert "Key finding 7:" in pages[3]
    assert all("Output Biennium Target Result" in pages[i] for i in (3, 4))


def test_the_pdf_has_hyphenated_words_and_tags() -> None:
    document = pdfium.PdfDocument(sample.path("pdf"))
    assert any("\ufffe" in p for p in pdf_pages())  # PDFium's sign for a hyphen that breaks a word
    assert document.is_tagged()


def test_the_docx_holds_native_charts_and_footnotes_and_no_picture() -> None:
    with zipfile.ZipFile(sample.path("docx")) as container:
        names = container.namelist()
    assert sum(n.startswith("word/charts/") for n in names) == 3
    assert "word/footnotes.xml" in names
    assert not any(n.startswith("word/media/") for n in names)


def test_the_text_has_one_form_feed_a_page() -> None:
    text = sample.path("txt").read_text(encoding="utf-8")
    assert text.count("\f") == len(pdf_pages())
