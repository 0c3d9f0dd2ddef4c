"""Front: title, symbol and declared language of a document, and the headings that its bookmarks name."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evaltrail.text.symbols import symbols_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2

    from evaltrail.read.layout.model import Line
    from evaltrail.read.outline import Block

TITLE_PAGES = 3
"""Pages on which a title may stand: after a cover that is a picture, and after the title page."""
FULL_TITLE = 6
"""Words from which a title's size counts in full; fewer are often a masthead."""
MAX_TITLE = 300
PART = 0.75
"""How much less a heading counts that is numbered as a part of something: "Part I. …"."""
_COUNTED = re.compile(r"[^\W\d_]+ (?:[IVX]{1,5}|\d{1,2})\s*[.:–—-]")
MIN_TITLE = 3
"""Words of a heading that stands first and is taken for the title for want of a larger one."""
MAX_ALIKE = 3
"""Headings of one size, hardly larger than text, from which none of them is the title."""
MAX_BOOKMARKS = 5000


def symbol_of(first: Sequence[Line], headers: Sequence[str], height: float) -> str | None:
    """The document's symbol: from the head of its first page, or from running headers."""
    found: Counter[str] = Counter()
    for line in first:
        for symbol in symbols_in(line.text):
            # In a head a symbol stands alone or at the end of its line; in running text it is a reference.
            if line.y0 < 0.35 * height and len(line.text) - len(symbol) <= 24:
                found[symbol] += 6
    for text in headers:
        for symbol in symbols_in(text):
            found[symbol] += 1
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] >= 3 else None


def title_block(blocks: Sequence[Block]) -> int | None:
    """Index of the block that is the document's title: the largest words of its first pages, a masthead's few words counting less."""
    best: tuple[float, int] | None = None
    sizes: Counter[float] = Counter()
    for b in blocks:
        sizes[b.size] += len(b.text)
    body = sizes.most_common(1)
    usual = body[0][0] if body else 0.0
    first = min((b.page for b in blocks if b.page and b.text), default=0)
    for i, b in enumerate(blocks):
        if b.page > first + TITLE_PAGES - 1:
            break
        words = len(b.text.split())
        if b.size < usual + 2.0 and sum(1 for o in blocks if o.kind == "heading" and abs(o.size - b.size) < 0.3) >= MAX_ALIKE:
            continue
        if (
            b.kind not in ("heading", "paragraph")
            or b.size < usual + 1.0
            or len(b.text) > MAX_TITLE
            or sum(c.isalpha() for c in b.text) < 5
        ):
            continue
        # A numbered heading or a label ("Recommendation 3") is no title.
        if (b.marker and b.marker.text[:1].isdigit()) or (words <= 3 and b.text.rstrip(".:")[-1:].isdigit()):
            continue
        score = b.size * min(1.0, words / FULL_TITLE) * (0.72 ** (b.page - first)) * (1.0 if b.kind == "heading" else 0.8)
        if _COUNTED.match(b.text):
            score *= PART
        if best is None or score > best[0] * 1.02:
            best = (score, i)
    if best is not None:
        return best[1]
    # A paper that is set in one size throughout may still begin with a line in bold.
    opening = next((i for i, b in enumerate(blocks) if b.text), None)
    if (
        opening is not None
        and blocks[opening].kind == "heading"
        and not blocks[opening].marker
        and len(blocks[opening].text.split()) >= MIN_TITLE
    ):
        return opening
    return None


def declared_title(pdf: pypdfium2.PdfDocument) -> str:
    """The title in the PDF's metadata, empty where it is none or only a file's name."""
    title = " ".join((pdf.get_metadata_value("Title") or "").split())
    if (
        re.match(r"(?i)microsoft|untitled|slide \d|document\d*$|.*\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|rtf|wpd|odt)$", title)
        or len(title) < 8
        or " " not in title
    ):
        return ""
    return title


def declared_language(pdf: pypdfium2.PdfDocument) -> str | None:
    """ISO 639-1 code of the catalogue's language."""
    length = raw.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if length <= 2:
        return None
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFCatalog_GetLanguage(pdf.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    code = buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()
    found = re.match(r"([A-Za-z]{2})(?:[-_]|$)", code)
    return found[1].lower() if found else None


def bookmarks_of(pdf: pypdfium2.PdfDocument) -> set[tuple[int, str]]:
    """Pages and folded titles of the document's bookmarks."""
    out: set[tuple[int, str]] = set()
    try:
        for i, mark in enumerate(pdf.get_toc(max_depth=8)):
            dest = mark.get_dest()
            page = dest.get_index() if dest is not None else None
            if page is not None:
                out.add((page + 1, folded(mark.get_title())))
            if i >= MAX_BOOKMARKS:
                break
    except (RuntimeError, ValueError, RecursionError):
        return out
    return out


def folded(text: str) -> str:
    """Letters and digits alone, for comparing titles."""
    return re.sub(r"[\W_]+", "", text).casefold()
