"""PDF, read with PDFium and laid out by :mod:`evaltrail.read.layout`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.formats import Options, Unreadable

if TYPE_CHECKING:
    from evaltrail.read.outline import Outline

MEDIA_TYPE = "application/pdf"
SUFFIXES = (".pdf",)
PRIORITY = 10

_HEADER_WITHIN = 1024
"""PDFium, like Acrobat, takes a header that begins within the first kilobyte."""


def sniff(head: bytes, size: int) -> bool:
    """Whether the file begins as a PDF does."""
    return size > 0 and b"%PDF-" in head[:_HEADER_WITHIN]


def outline(data: bytes, options: Options | None = None) -> Outline:
    """The outline of a PDF's bytes.

    Raises :class:`Unreadable` with the code ``encrypted``, ``truncated`` or ``empty``.
    """
    import pypdfium2

    from evaltrail.read.layout.document import outline_of

    options = options or Options()
    if not data:
        raise Unreadable("empty", "the file is empty")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise _unreadable(data, getattr(fault, "err_code", None)) from fault
    try:
        if len(pdf) == 0:
            raise Unreadable("empty", "the PDF has no pages")
        out = outline_of(pdf, options)
    finally:
        pdf.close()
    if not _has_end(data):
        # PDFium finds what it can in a file without its end, and says nothing about the rest.
        from evaltrail.record import Diagnostic

        message = "The PDF has no end mark: it is cut off, and what stood behind the cut was not read. Fetch the file again."
        out.diagnostics.append(Diagnostic(code="cut-off", message=message, lost=True))
    return out


def _has_end(data: bytes) -> bool:
    """Whether the mark of the end stands near the end; zeros and line ends that a transfer has put behind it do not count."""
    return b"%%EOF" in data[-(1 << 20) :].rstrip(b"\0\r\n\t ")[-2048:]


def _unreadable(data: bytes, code: int | None) -> Unreadable:
    from pypdfium2 import raw

    if code == raw.FPDF_ERR_PASSWORD:
        return Unreadable("encrypted", "the PDF is encrypted and needs a password: save a copy without one")
    if code == raw.FPDF_ERR_SECURITY:
        return Unreadable("encrypted", "the PDF is protected by a scheme that cannot be opened: save a copy without protection")
    if re.search(rb"/Type\s*/Pages\b[^>]{0,200}/Count\s+0\b", data):
        return Unreadable("empty", "the PDF has no pages")
    if not _has_end(data):
        return Unreadable("truncated", "the PDF is cut off before its end: fetch the file again")
    return Unreadable("bad-format", "the PDF is damaged and cannot be opened: fetch the file again or repair it")
