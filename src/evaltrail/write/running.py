"""Whether a paper's paragraphs are numbered through, so that what goes on under a number stands in with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Paragraph

if TYPE_CHECKING:
    from evaltrail.write.model import Paper

NUMBERED = 8
"""Numbered paragraphs from which a paper's numbers run through it, if most of its text is in them."""


def numbers_run_through(paper: Paper) -> bool:
    """Whether most of the paper's paragraphs, those in boxes not counted, are numbered."""
    running = [b for b in paper.blocks if isinstance(b, Paragraph) and b.style == "body"]
    marked = sum(1 for b in running if b.marker[:1].isdigit())
    return marked >= NUMBERED and 2 * marked > len(running)
