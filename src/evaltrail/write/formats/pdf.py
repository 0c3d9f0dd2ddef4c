"""PDF: tagged for those who listen to it (PDF/UA-1), set by typst in the shipped faces, the same bytes for the same paper."""

from __future__ import annotations

import logging
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.write.model import Paper, Words
    from evaltrail.write.order import Order

NAME = "pdf"
ENDINGS = (".pdf",)
MEDIA_TYPE = "application/pdf"

_log = logging.getLogger(__name__)


def written(order: Order) -> bytes:
    """The paper as PDF.

    Characters that no installed face has are written as their code points ('[U+4E2D]'), and a warning is logged.

    Raises:
        Unwritable: the house's logo is no picture.
    """
    from evaltrail.write import fonts
    from evaltrail.write.typst.blocks import source

    paper = order.paper
    further, missing = fonts.needed(_characters(paper))
    if missing:
        some = ", ".join(f"U+{ord(c):04X}" for c in sorted(missing)[:5])
        _log.warning(
            "no installed face has %d of the paper's characters (%s); they are written as code points: "
            "install fonts-noto-core or fonts-noto-cjk for them",
            len(missing),
            some,
        )
    families = fonts.families(further)
    return _set(source(paper, missing, families), fonts.folder(further).path)


def _set(source: str, folder: str) -> bytes:
    import typst

    out = typst.compile(
        source.encode(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    if not isinstance(out, bytes):
        raise TypeError("typst gave no PDF")
    return out


def _characters(paper: Paper) -> frozenset[str]:
    """Every character that will be printed, but for those that have no shape."""
    from evaltrail.write.typst.strings import clean

    found: set[str] = set()
    for text in _texts(paper):
        if not text.isascii():
            found.update(clean(text))
    return frozenset(c for c in found if not c.isascii() and unicodedata.category(c) not in {"Cf", "Mn", "Zs"})


def _texts(paper: Paper) -> Iterator[str]:
    from evaltrail.write.typst.blocks import texts_of

    yield from (paper.title, paper.symbol or "", paper.organisation or "", paper.continued)
    words: Words
    for n in paper.notes:
        yield n.number
        yield from (r.text for r in n.words)
    for b in paper.walk():
        yield getattr(b, "marker", "")
        for words in texts_of(b):
            yield from (r.text for r in words)
