"""What the page carries inside itself: pictures of the paper's pages, and the faces where they are installed."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pypdfium2 import PdfPage

    from evaltrail.record import Box

PIXELS = 1240
"""Width of a page's picture, twice that at which it is shown on a wide screen."""

FACES = (
    ("Evaltrail Serif", 400, "font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    ("Evaltrail Serif", 700, "font_source_serif_pro", "SourceSerifPro-Bold.otf"),
    ("Evaltrail Sans", 400, "font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("Evaltrail Sans", 600, "font_source_sans_pro", "SourceSansPro-Semibold.otf"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture as a data URI, and the left edge of its words in points."""

    uri: str
    margin: float


_KEPT = 64
_pictures: dict[tuple[bytes, int], Picture] = {}
"""Pictures made last, by the paper's checksum and the page: what was read and what a check says are shown on the same pages."""


def pictures(pdf: bytes, numbers: Iterable[int]) -> dict[int, Picture]:
    """Pictures of the pages with these numbers, from 1."""
    import pypdfium2 as pdfium

    paper = hashlib.sha256(pdf).digest()
    document = pdfium.PdfDocument(pdf)
    try:
        out = {}
        for number in numbers:
            known = _pictures.get((paper, number))
            out[number] = known or _picture(document[number - 1])
            if len(_pictures) >= _KEPT:
                _pictures.clear()
            _pictures[paper, number] = out[number]
        return out
    finally:
        document.close()


def _picture(page: PdfPage) -> Picture:
    image = page.render(scale=PIXELS / page.get_width()).to_pil().convert("RGB")
    packed = io.BytesIO()
    # Print is small when kept without loss; a photograph is not.
    image.quantize(32).convert("RGB").save(packed, "WEBP", lossless=True, method=2)
    if packed.tell() > 250_000:
        packed = io.BytesIO()
        image.save(packed, "WEBP", quality=72, method=2)
    words = page.get_textpage()
    margin = min((words.get_rect(i)[0] for i in range(words.count_rects())), default=0.0)
    return Picture("data:image/webp;base64," + base64.b64encode(packed.getvalue()).decode(), margin)


def boxes_of(pdf: bytes, wanted: Iterable[tuple[int, str, int]]) -> list[tuple[Box, ...]]:
    """Boxes of words on their page, for places that have none: empty where the words are not found as one run.

    Args:
        pdf: the paper.
        wanted: page from 1, the words of one line, and how often they stand on the page before.
    """
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        out = []
        for number, words, before in wanted:
            text = document[number - 1].get_textpage()
            search = text.search(words, match_case=True)
            hits = [hit for hit in (search.get_next() for _ in range(before + 1)) if hit]
            # Where the page has the words less often than the record's text, the last is the nearest.
            count = text.count_rects(*hits[-1]) if hits else 0
            out.append(tuple(text.get_rect(i) for i in range(count)))
        return out
    finally:
        document.close()


def faces() -> str:
    """CSS that brings the two faces, empty where their packages are not installed (then the reader's own take their place)."""
    rules = []
    for family, weight, package, file in FACES:
        spec = find_spec(package)
        path = Path(spec.origin).parent / "files" / file if spec is not None and spec.origin else None
        if path is None or not path.is_file():
            continue
        data = base64.b64encode(path.read_bytes()).decode()
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
            f'src: url("data:font/otf;base64,{data}") format("opentype"); }}'
        )
    return "\n".join(rules)
