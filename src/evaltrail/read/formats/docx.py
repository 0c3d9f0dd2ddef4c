"""DOCX: Word documents (ECMA-376, ISO 29500), as Word, LibreOffice and others write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.formats import Options, Unreadable
from evaltrail.read.outline import Outline, OutlinePage

if TYPE_CHECKING:
    from evaltrail.read.word.package import Package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = (".docx", ".docm", ".dotx")
PRIORITY = 10


def sniff(head: bytes, size: int) -> bool:
    """Whether the bytes are a ZIP container; whether it is a DOCX is seen when it is opened."""
    return head.startswith(b"PK\x03\x04") and size > 100


def outline(data: bytes, options: Options) -> Outline:
    """The document as an outline with one page of size 0, all tracked changes accepted.

    Raises :class:`Unreadable` with ``empty``, ``not-a-document``, ``encrypted``, ``truncated``, ``too-large``, ``bad-format`` or
    ``no-text``.
    """
    from evaltrail.read.not_a_document import refuse_foreign
    from evaltrail.read.word.document import read
    from evaltrail.read.word.package import Package

    if not data:
        raise Unreadable("empty", "it is empty (0 bytes). Fetch or export it again")
    refuse_foreign(data)
    package: Package = Package(data, options.max_expanded)
    out = Outline(MEDIA_TYPE, [OutlinePage(1)])
    read(package, out)
    if not out.pages[0].text.strip():
        raise Unreadable(
            "no-text", "the document has no text; if it holds scanned pages, export it as PDF, whose pages are then read by OCR"
        )
    return out
