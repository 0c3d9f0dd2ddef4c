"""Documents made in a test: part by part as XML, or with python-docx."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.read.formats import Options, docx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evaltrail.read.outline import Block, Outline

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}
DECLARED = " ".join(f'xmlns:{k}="{v}"' for k, v in NAMES.items())
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = NAMES["r"]
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "settings": "settings",
}


def container(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A DOCX with the body's XML.

    ``parts``: "styles", "numbering", "footnotes", … to what stands in them; "header1", "chart1", … to whole parts.
    """
    parts = parts or {}
    relations, files = [], {}
    for name, xml in parts.items():
        kind = name.rstrip("0123456789")
        root = ROOTS.get(kind)
        files[f"word/{name}.xml"] = f"<w:{root} {DECLARED}>{xml}</w:{root}>" if root else xml.replace("@names@", DECLARED)
        kind = {"data": "diagramData"}.get(kind, kind)
        relations.append(f'<Relationship Id="r_{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>')
    kinds = {"document": "document.main", **{name: root for name in parts if (root := ROOTS.get(name))}}
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE}.{kind}+xml"/>' for name, kind in kinds.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types">{rels}<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(relations)}</Relationships>'
    files["word/document.xml"] = f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, xml in files.items():
            z.writestr(name, xml)
    return out.getvalue()


def p(words: str, props: str = "") -> str:
    """A paragraph: plain words, or runs already made."""
    inner = words if words.startswith("<") else f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inner}</w:p>"


def r(words: str, props: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def numbered(words: str, num: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def deep(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        if block.table is not None:
            for cell in block.table.cells:
                yield from deep(cell.blocks)


def check(outline: Outline) -> None:
    text = outline.pages[0].text
    for block in deep([*outline.blocks, *outline.footnotes]):
        for words in (block.content, block.marker):
            for piece in words.pieces:
                assert words.text[piece.at : piece.at + piece.length] == text[piece.start : piece.start + piece.length]
            covered = {i for q in words.pieces for i in range(q.at, q.at + q.length)}
            assert all(c.isspace() for i, c in enumerate(words.text) if i not in covered)


class Word:
    """What a test builds a document from."""

    container = staticmethod(container)
    p = staticmethod(p)
    r = staticmethod(r)
    numbered = staticmethod(numbered)

    @staticmethod
    def read(body: str, **parts: str) -> Outline:
        """The outline of a document with this body; its pieces are true."""
        outline = docx.outline(container(body, parts), Options())
        check(outline)
        return outline

    @staticmethod
    def rows(body: str, **parts: str) -> list[tuple[str, str, str]]:
        """Kind with level, marker and words of each block."""
        return [(f"{b.kind}{b.level or ''}", b.marker.text, b.text) for b in Word.read(body, **parts).blocks]

    @staticmethod
    def saved(document: Any) -> Outline:
        """The outline of a python-docx document; its pieces are true."""
        out = io.BytesIO()
        document.save(out)
        outline = docx.outline(out.getvalue(), Options())
        check(outline)
        return outline


@pytest.fixture(scope="session")
def word() -> type[Word]:
    """Builds and reads documents."""
    return Word


@pytest.fixture(scope="session")
def assert_true() -> Callable[[Outline], None]:
    """Every piece of every block stands in the page's text where it says, and every letter is in a piece."""
    return check
