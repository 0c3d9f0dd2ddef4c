"""A leaf: a page's picture with its marks, or a stretch of a text without pages."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.facsimile.marks import overlay

if TYPE_CHECKING:
    from evaltrail.facsimile.images import Picture
    from evaltrail.facsimile.marks import Mark
    from evaltrail.record import Page

STRETCH = 2400
"""Characters of a text without pages that stand beside their entries at once."""


def is_pdf(source: bytes | None) -> bool:
    """Whether pictures can be made of the paper's pages."""
    return source is not None and b"%PDF" in source[:1024]


def sheet(page: Page, picture: Picture, marks: list[Mark], name: str = "Statements") -> str:
    """A page's picture with boxes over it; ``name`` says what the boxes hold."""
    size = f'width="{page.width:.0f}" height="{page.height:.0f}"'
    image = f'<img src="{picture.uri}" alt="Page {page.number} of the paper" {size} loading="lazy">'
    boxes = overlay(page, marks, picture.margin, f"{name} on page {page.number}")
    return f'<figure class="sheet"><div class="frame">{image}{boxes}</div></figure>'


def stretches(page: Page, marks: list[Mark]) -> list[tuple[int, int]]:
    """A page's text cut at line ends between marks, each stretch with at least one of them."""
    spans = sorted((p.start, p.end) for m in marks for p in m.on(page.number))
    cuts = [page.text.rfind("\n", 0, spans[0][0]) + 1]
    for start, _ in spans:
        line = page.text.rfind("\n", 0, start) + 1
        if line - cuts[-1] >= STRETCH and not any(a < line < b for a, b in spans):
            cuts.append(line)
    last = page.text.find("\n", max(b for _, b in spans))
    cuts.append(len(page.text) if last < 0 else last)
    return list(pairwise(cuts))
