"""Several evaluations in one document: parts that each state findings or recommendations of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
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


@cache
def _part() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(listed("sections", "parts", "words")))
    return re.compile(rf"\s*((?:(?i:{words}))\s+([IVX]{{1,5}}|\d{{1,2}}|[A-Z]))\b\s*[-–—:.]?\s*(.*)", re.DOTALL)


def part_heads(blocks: Sequence[Block]) -> list[tuple[int, str, str, str]]:
    """(index, label, number, title) of the headings "Part II. …" whose titles name no section of a single report."""
    heads: list[tuple[int, str, str, str]] = []
    for i, b in enumerate(blocks):
        if b.kind in ("heading", "title"):
            m = _part().match(b.text)
            if m and m.group(3) and not roles_of(m.group(3)):
                heads.append((i, m.group(1), m.group(2), m.group(3).strip()))
    return heads


def _distinct(numbers: Sequence[str]) -> list[str]:
    """The numbers as ids: of those that are printed again (an annex that counts its parts anew) each later one has a mark."""
    seen: dict[str, int] = {}
    out: list[str] = []
    for number in numbers:
        seen[number] = seen.get(number, 0) + 1
        out.append(number if seen[number] == 1 else f"{number}-{seen[number]}")
    return out


def parts_of(blocks: Sequence[Block], found: Sequence[Candidate], title: str) -> list[Part]:
    """The evaluations of a document: its parts where at least two of them make statements of the same kind, else one."""
    heads = part_heads(blocks)
    if len(heads) >= 2:
        stretches = [(h, heads[n + 1][0] if n + 1 < len(heads) else len(blocks)) for n, h in enumerate(heads)]
        for kind in ("recommendation", "finding"):
            stating = [s for s in stretches if any(c.kind == kind and s[0][0] <= c.order < s[1] for c in found)]
            if len(stating) >= 2:
                names = _distinct([h[2] for h in heads])
                return [
                    Part(name, h[1], h[3], h[0] if n else 0, end) for n, (name, (h, end)) in enumerate(zip(names, stretches, strict=True))
                ]
    return [Part("1", None, title, 0, len(blocks))]
