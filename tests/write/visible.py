"""A written file without what nobody sees on its pages: metadata, attachments, custom XML, hidden text, comments.

What is read of the stripped file was therefore printed in it.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree, html

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])")
_HIDDEN_CLASS = re.compile(r"\.([\w-]+)\s*\{[^}]*(?:display\s*:\s*none|visibility\s*:\s*hidden|clip(?:-path)?\s*:)[^}]*\}")
_RENDERED_INVISIBLE = 3
"""Text rendering mode of PDF: neither filled nor stroked (ISO 32000-1, table 106)."""


def stripped(data: bytes, to: str) -> bytes:
    """The file without what is not visible; ``to`` is its format: docx, html or pdf."""
    return {"docx": _docx, "html": _html, "pdf": _pdf}[to](data)


def _html(data: bytes) -> bytes:
    tree = html.document_fromstring(data.decode("utf-8"))
    hidden = {c for style in tree.iter("style") for c in _HIDDEN_CLASS.findall(_on_screen(style.text or ""))}
    for e in [x for x in tree.iter() if not isinstance(x.tag, str)]:
        _drop(e)
    for e in list(tree.iter()):
        name = etree.QName(e).localname
        unseen = name in {"script", "meta", "link", "template", "noscript", "metadata", "desc"} or (
            name == "title" and (e.getparent() is None or e.getparent().tag != "head")
        )
        style = e.get("style", "")
        if unseen or "hidden" in e.attrib or _HIDDEN_STYLE.search(style) or hidden & set(e.get("class", "").split()):
            _drop(e)
            continue
        for key in list(e.attrib):
            if key.startswith("data-") or key in {
                "itemprop",
                "itemid",
                "itemtype",
                "property",
                "typeof",
                "resource",
                "about",
                "title",
                "alt",
            }:
                del e.attrib[key]
    head = tree.find("head")
    if head is not None:
        head.insert(0, html.Element("meta", charset="utf-8"))
    return b"<!doctype html>\n" + html.tostring(tree, encoding="utf-8")


def _on_screen(css: str) -> str:
    """A stylesheet without what holds in print alone."""
    return re.sub(r"@media\s+print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)


def _drop(e: etree._Element) -> None:
    """Take an element out and leave the text behind it."""
    parent = e.getparent()
    if parent is None:
        return
    before = e.getprevious()
    tail = e.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(e)


def _docx(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.startswith(("customXml/", "docProps/")):
                continue
            part = old.read(name)
            if name.endswith(".rels"):
                part = _relations(part)
            elif name == "[Content_Types].xml":
                part = _types(part)
            elif name.startswith("word/") and name.endswith(".xml"):
                part = _word(part)
            new.writestr(name, part)
    return out.getvalue()


def _relations(part: bytes) -> bytes:
    tree = etree.fromstring(part)
    for r in list(tree.iter(_RELATIONSHIP)):
        if re.search(r"customXml/|docProps/", r.get("Target", "")):
            tree.remove(r)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _types(part: bytes) -> bytes:
    tree = etree.fromstring(part)
    for t in list(tree):
        if re.match(r"/(?:customXml|docProps)/", t.get("PartName", "")):
            tree.remove(t)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _word(part: bytes) -> bytes:
    tree = etree.fromstring(part)
    for e in [x for x in tree.iter() if not isinstance(x.tag, str)]:
        _drop(e)
    for properties in list(tree.iter(f"{_W}rPr")):
        vanish = properties.find(f"{_W}vanish")
        run = properties.getparent()
        if vanish is not None and vanish.get(f"{_W}val", "1") not in {"0", "false"} and run is not None and run.tag == f"{_W}r":
            _drop(run)
    for e in list(tree.iter()):
        name = etree.QName(e).localname
        if name in {"docVars", "dataBinding", "tag", "alias", "title", "subject", "keywords"} and e.tag.startswith(_W):
            _drop(e)
        elif name in {"docPr", "cNvPr"}:
            for key in ("descr", "title"):
                e.attrib.pop(key, None)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _pdf(data: bytes) -> bytes:
    import pypdfium2
    import pypdfium2.raw as pdfium

    with pypdfium2.PdfDocument(data) as old, pypdfium2.PdfDocument.new() as new:
        # Only pages go over: no information dictionary, XMP, attachments, bookmarks, structure tree.
        new.import_pages(old)
        for page in new:
            width, height = page.get_size()
            left, bottom, _, _ = page.get_cropbox()
            for thing in list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1)):
                a, b, c, d = thing.get_bounds()
                unseen = pdfium.FPDFTextObj_GetTextRenderMode(thing.raw) == _RENDERED_INVISIBLE
                if unseen or c < left or a > left + width or d < bottom or b > bottom + height:
                    page.remove_obj(thing)
            page.gen_content()
        out = io.BytesIO()
        new.save(out)
        return out.getvalue()
