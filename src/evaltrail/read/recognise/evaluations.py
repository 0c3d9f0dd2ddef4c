"""Several evaluations in one document: parts that each state findings or recommendations of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.recognise.sections import roles_of
from evaltrail.read.recognise.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of blocks that is one evaluation; ``end`` is one past the last."""

    id: str
    label: str | None
    title: str
    start: int
    end: int


def parts_of(blocks: Sequence[Block], found: Sequence[Candidate], title: str) -> list[Part]:
    """The evaluations of a document: its parts where at least two of them make statements of the same kind, else one."""
    heads: list[tuple[int, str, str, str]] = []
    words = "|".join(sorted((re.escape(w) for w in listed("sections", "parts")), key=len, reverse=True)) or "part"
    words = "part|partie|parte"
    pattern = re.compile(rf"\s*((?:{words})\s+([IVX]{{1,5}}|\d{{1,2}}|[A-Z]))\b\s*[-–—:.]?\s*(.*)", re.IGNORECASE | re.DOTALL)
    for i, b in enumerate(blocks):
        if b.kind in ("heading", "title"):
            m = pattern.match(b.text)
            if m and m.group(3) and not roles_of(m.group(3)):
                heads.append((i, m.group(1), m.group(2), m.group(3).strip()))
    if len(heads) >= 2:
        stretches = [(h, heads[n + 1][0] if n + 1 < len(heads) else len(blocks)) for n, h in enumerate(heads)]
        for kind in ("recommendation", "finding"):
            stating = [s for s in stretches if any(c.kind == kind and s[0][0] <= c.order < s[1] for c in found)]
            if len(stating) >= 2:
                return [Part(h[2], h[1], h[3], h[0] if n else 0, end) for n, (h, end) in enumerate(stretches)]
    return [Part("1", None, title, 0, len(blocks))]
