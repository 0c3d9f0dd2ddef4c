"""What stands in a PDF beside its pages: its objects, its tags, its bookmarks, read with pypdfium2 and by hand."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Tag:
    """An element of the structure tree."""

    kind: str
    alt: str
    words: str
    children: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *kinds: str) -> list[Tag]:
        return [t for t in self.walk() if t.kind in kinds]

    def said(self) -> str:
        """Its own words, then those of the elements in it."""
        return (self.words + "".join(c.said() for c in self.children)).strip()


def _string(read: Callable[..., int], element: object) -> str:
    length = read(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le")


def tags(data: bytes) -> list[Tag]:
    """The structure trees of the pages."""
    out = []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        words = _marked(page)
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        out += [_tag(raw.FPDF_StructTree_GetChildAtIndex(tree, i), words) for i in range(raw.FPDF_StructTree_CountChildren(tree))]
        raw.FPDF_StructTree_Close(tree)
    return out


def _tag(element: object, words: dict[int, str]) -> Tag:
    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    marked = [raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, i) for i in range(max(count, 0))]
    tag = Tag(
        _string(raw.FPDF_StructElement_GetType, element),
        _string(raw.FPDF_StructElement_GetAltText, element),
        "".join(words.get(m, "") for m in marked if m >= 0),
    )
    for i in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, i)
        if child:
            tag.children.append(_tag(child, words))
    return tag


def _marked(page: pypdfium2.PdfPage) -> dict[int, str]:
    """Words of each piece of marked content."""
    text = page.get_textpage()
    out: dict[int, str] = {}
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=8):
        number = raw.FPDFPageObj_GetMarkedContentID(shape.raw)
        length = raw.FPDFTextObj_GetText(shape.raw, text.raw, None, 0)
        buffer = ctypes.create_string_buffer(max(2, length))
        raw.FPDFTextObj_GetText(shape.raw, text.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
        out[number] = out.get(number, "") + buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")
    return out


def objects(data: bytes) -> dict[int, bytes]:
    """The file's objects by number, their streams left packed."""
    return {int(m[1]): m[2] for m in re.finditer(rb"\n(\d+) 0 obj\n(.*?)\nendobj", data, re.DOTALL)}


def bookmarks(data: bytes) -> list[tuple[int, str]]:
    """Depth from 0 and title of each bookmark."""
    return [(b.level, b.get_title()) for b in pypdfium2.PdfDocument(data).get_toc()]


def words_of(data: bytes) -> str:
    """The words of all pages, white space folded."""
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
