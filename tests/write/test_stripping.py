"""What the tests of the round trip take from a file before they read it is really gone, and what is printed stays."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import facts

_spec = importlib.util.spec_from_file_location("write_visible", Path(__file__).with_name("visible.py"))
assert _spec is not None
assert _spec.loader is not None
visible = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(visible)

UNSEEN = "Zanzibar"


@pytest.mark.parametrize("to", ["docx", "html", "pdf"])
def test_what_is_printed_in_the_sample_paper_is_read_all_the_same(to: str) -> None:
    data = sample.path(to).read_bytes()
    assert facts(read(visible.stripped(data, to))) == facts(read(data))


def test_metadata_attachments_and_invisible_words_leave_a_pdf() -> None:
    with pypdfium2.PdfDocument.new() as pdf:
        page = pdf.new_page(300, 300)
        for words, mode in (("Seen", pdfium.FPDF_TEXTRENDERMODE_FILL), (UNSEEN, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)):
            font = pdfium.FPDFText_LoadStandardFont(pdf.raw, b"Helvetica")
            thing = pdfium.FPDFPageObj_CreateTextObj(pdf.raw, font, 12)
            encoded = (words + "\0").encode("utf-16-le")
            pdfium.FPDFText_SetText(thing, (pdfium.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded))
            pdfium.FPDFPageObj_Transform(thing, 1, 0, 0, 1, 50, 200 if words == UNSEEN else 100)
            assert pdfium.FPDFTextObj_SetTextRenderMode(thing, mode)
            pdfium.FPDFPage_InsertObject(page.raw, thing)
        page.gen_content()
        pdf.new_attachment(f"{UNSEEN}.json").set_data(UNSEEN.encode())
        out = io.BytesIO()
        pdf.save(out)
    assert UNSEEN in _words(out.getvalue())
    left = visible.stripped(out.getvalue(), "pdf")
    assert _words(left).split() == ["Seen"]
    assert UNSEEN.encode() not in left
    with pypdfium2.PdfDocument(left) as pdf:
        assert pdf.count_attachments() == 0
        assert not pdf.get_metadata_dict(skip_empty=True).get("Title")


def _words(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_properties_custom_parts_and_hidden_runs_leave_a_docx() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(sample.path("docx")) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                hidden = f'<w:p xmlns:w="{w}"><w:r><w:rPr><w:vanish/></w:rPr><w:t>{UNSEEN}</w:t></w:r><w:r><w:t>Seen</w:t></w:r></w:p>'
                part = part.replace(b"<w:body>", b"<w:body>" + hidden.encode(), 1)
            new.writestr(name, part)
        new.writestr("customXml/item9.xml", f"<x>{UNSEEN}</x>")
    left = visible.stripped(out.getvalue(), "docx")
    with zipfile.ZipFile(io.BytesIO(left)) as package:
        assert not [n for n in package.namelist() if n.startswith(("docProps/", "customXml/"))]
        text = "".join(etree.fromstring(package.read("word/document.xml")).itertext())
    assert UNSEEN not in text
    assert "Seen" in text
    assert "Seen" in read(left).pages[0].text


HIDDEN = (
    '<script type="application/ld+json">{}</script>',
    '<meta name="description" content="{}">',
    "<!-- {} -->",
    "<p hidden>{}</p>",
    '<p style="display: none">{}</p>',
    '<p class="away">{}</p>',
    '<p data-record="{}">Seen</p>',
    "<template><p>{}</p></template>",
    "<svg><title>{0}</title><desc>{0}</desc><metadata>{0}</metadata></svg>",
)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_a_browser_does_not_show_leaves_a_page(hidden: str) -> None:
    body = f"<p>Seen</p>{hidden.format(UNSEEN)} and so on"
    page = f"<!doctype html><html><head><style>.away {{ display: none }}</style></head><body>{body}</body></html>"
    left = visible.stripped(page.encode(), "html").decode()
    assert UNSEEN not in left
    assert "and so on" in left
    assert "<p>Seen</p>" in left
