"""Places: every character of a block stands where its pieces say."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltrail.read.formats import Options, pdf

_LOOSE = re.compile("[\\s\\-\u2010\u2011\u00ad\ufffe\x02]")


def squeeze(text: str) -> str:
    """Text without white space and hyphens."""
    return _LOOSE.sub("", text)


class Read:
    """An outline beside its source."""

    def __init__(self, data: bytes) -> None:
        self.outline = pdf.outline(data, Options(ocr=False))
        self.document = pypdfium2.PdfDocument(data)
        self.blocks = [b for b in self.outline.walk() if b.text]
        self._pages: dict[int, object] = {}

    def within(self, page: int, box: tuple[float, float, float, float]) -> str:
        if page not in self._pages:
            self._pages[page] = self.document[page - 1].get_textpage()
        return self._pages[page].get_text_bounded(*box)

    def check(self, block, start: int, end: int) -> None:
        """A slice of a block equals the page's text at its places, and its boxes hold its words."""
        part = block.content.cut(start, end)
        for piece in part.pieces:
            words = part.text[piece.at : piece.at + piece.length]
            assert self.outline.pages[piece.page - 1].text[piece.start : piece.start + piece.length] == words
            assert squeeze(words) in squeeze(self.within(piece.page, piece.box))
        for place in part.places():
            text = self.outline.pages[place.page - 1].text[place.start : place.end]
            union = "".join(squeeze(self.within(place.page, box)) for box in place.boxes)
            assert all(squeeze(w) in union for w in part.text.split() if w in text)


@cache
def sample() -> Read:
    return Read((files("evaltrail.sample") / "paper.pdf").read_bytes())


@settings(deadline=None)
@given(st.data())
def test_any_slice_of_any_block_of_the_sample_paper_is_where_it_says(data):
    read = sample()
    block = data.draw(st.sampled_from(read.blocks))
    start = data.draw(st.integers(0, len(block.text) - 1))
    read.check(block, start, data.draw(st.integers(start + 1, len(block.text))))


def _papers() -> list[str]:
    held = Path(__file__).parent.parent / "reading" / "held_out.txt"
    aside = {line.strip() for line in held.read_text(encoding="utf-8").splitlines()}
    names = ("eba_2017_12_sv", "gao_06_1046", "idb_food_security", "iom_ib0053", "jiu_rep_2025_2", "unicef_e_icef_2025_4")
    return [n for n in names if n not in aside]


@pytest.mark.parametrize("name", _papers())
def test_every_block_of_a_real_report_is_where_it_says(shared, name):
    read = Read((shared / "reports" / f"{name}.pdf").read_bytes())
    wrong = 0
    for block in read.blocks:
        try:
            read.check(block, 0, len(block.text))
        except AssertionError:
            wrong += 1
    # Axis values of charts are laid over each other here and there: there PDFium gives them in another order.
    assert wrong <= 0.003 * len(read.blocks)
