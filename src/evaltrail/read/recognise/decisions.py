"""Draft and adopted decisions with the paragraph ranges they refer to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.recognise.sections import roles_of
from evaltrail.record import Decision, ParagraphRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_PARAGRAPHS = re.compile(
    r"\b(?:paragraphs?|paras?\.?|paragraphes?|párrafos?|parágrafos?)\s+((?:\d+(?:\s*(?:[–—-]|to|à|a|al)\s*\d+)?(?:\s*,\s*|\s+(?:and|et|y|e|or)\s+|\s*;\s*)?)+)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)(?:\s*(?:[–—-]|to|à|al|a)\s*(\d+))?")


def paragraph_ranges(text: str) -> list[ParagraphRange]:
    """Ranges of paragraph numbers that a text names, a single number as a range of one."""
    return [
        ParagraphRange.model_validate({"from": r.group(1), "to": r.group(2) or r.group(1)})
        for m in _PARAGRAPHS.finditer(text)
        for r in _RANGE.finditer(m.group(1))
    ]


def decisions(blocks: Sequence[Block], settings: Sequence[Setting]) -> list[Decision]:
    """The paragraphs under headings of decisions, numbered ones each for itself."""
    out: list[Decision] = []
    for b, s in zip(blocks, settings, strict=True):
        if b.kind not in ("paragraph", "item") or "decision" not in roles_of(s.section.title) or s.annex:
            continue
        numbered = re.fullmatch(r"\(?\d{1,4}[.)]?", b.marker.text.strip()) is not None
        if (b.kind == "paragraph" or numbered) and len(b.text.split()) > 5:
            number = b.marker.text.strip(" .()") or None
            out.append(Decision(paragraph=number, text=b.text, refers=tuple(paragraph_ranges(b.text)), places=b.content.places()))
    return out
