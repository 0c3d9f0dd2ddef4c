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
    """The paper as PDF. Raises as ``printed``."""
    return printed(order.paper)


def printed(paper: Paper) -> bytes:
    """A paper as PDF.

    A character that no installed face has is written in its plain form where it has one (an italic letter of mathematics),
    else as its code point ('[U+4E2D]'), and a warning is logged.

    Raises:
        Unwritable: the house's logo is no picture, or a drawing cannot be placed.
    """
    from evaltrail.write import fonts
    from evaltrail.write.typst.blocks import source

    characters = _characters(paper)
    missing = fonts.needed(characters)[1]
    instead = {c: f for c in sorted(missing) if (f := _plain_form(c)) and not fonts.needed(frozenset(f))[1]}
    further = fonts.needed(characters.union(*instead.values()) if instead else characters)[0]
    unseen = sorted(missing - instead.keys())
    if unseen:
        _log.warning(
            "no installed face has %d of the paper's characters (%s); they are written as code points: "
            "install fonts-noto-core or fonts-noto-cjk for them",
            len(unseen),
            ", ".join(f"U+{ord(c):04X}" for c in unseen[:5]),
        )
    made = source(paper, {**instead, **dict.fromkeys(unseen, "")}, fonts.families(further))
    return _set(made, fonts.folder(further).path)


def _set(source: str, folder: str) -> bytes:
    import typst

    from evaltrail.write.order import Unwritable

    try:
        out = typst.compile(
            source.encode(),
            format="pdf",
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise Unwritable(f"the paper cannot be set as PDF: {' '.join(error.message.split())}") from error
    if not isinstance(out, bytes):
        raise TypeError("typst gave several files for one PDF")
    return out


# Bullets of Word's symbol fonts, which no other font has.
_SYMBOLS = dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0fc\uf0e0\uf06e\uf076", "•")


def _plain_form(character: str) -> str:
    """What may stand for a character: its compatible form, or a bullet; empty where there is nothing."""
    form = unicodedata.normalize("NFKC", character)
    return _SYMBOLS.get(character, form if form != character else "")


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
