"""Statements set in bold through a paper that has no section or label for them.

Inspection and bank evaluation reports open each paragraph with its finding in bold, or put what they recommend in
bold inside numbered paragraphs.  One bold sentence is emphasis; many of the same make are statements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.recognise.candidates import Candidate
from evaltrail.read.recognise.wording import ends_sentence
from evaltrail.read.recognise.words import alternation, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_LEAST = 5
"""Fewer bold sentences than these are emphasis."""
_COMPOSITE = re.compile(r"^\(?(\d{1,2}\.\d{1,2}|[a-z]|\d{1,3})[.)]?$")


def scattered_statements(
    blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int], have: Sequence[Candidate], running: frozenset[int]
) -> list[Candidate]:
    """Bold sentences that ask (recommendations) and bold openings of paragraphs (findings), where a paper is made of such."""
    out: list[Candidate] = []
    asked = _asking(blocks, settings, taken, running)
    if len(asked) >= _LEAST:
        out += asked
    # Bold statements of a chapter called findings are of the same make as those of the chapters beside it.
    if not any(c.kind == "finding" and c.basis != "bold" and not c.setting.summary and not c.setting.annex for c in have):
        out += _openings(blocks, settings, taken, {int(c.order) for c in [*have, *asked]}, running)
    return out


def _open_text(s: Setting) -> bool:
    return not (s.summary or s.annex or s.aside or s.foreign)


def _asking(blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int], running: frozenset[int]) -> list[Candidate]:
    """Bold sentences with a verb of asking inside running paragraphs."""
    asks = alternation("statements", "sentences", "asks")
    out: list[Candidate] = []
    in_running = False
    for i, b in enumerate(blocks):
        in_running = i in running or (in_running and b.kind not in ("heading", "title"))
        if i in taken or b.kind not in ("paragraph", "item") or not in_running or not _open_text(settings[i]):
            continue
        for start, end in b.bold_spans:
            words = b.text[start:end].strip()
            if len(words.split()) >= 8 and asks.search(fold(words)):
                text = b.content.cut(start, end)
                out.append(
                    Candidate(
                        "recommendation",
                        text,
                        i + start / 100000,
                        settings[i],
                        "bold",
                        criteria=settings[i].criteria,
                        block=b,
                        last=i,
                        group=("scattered", "asks"),
                    )
                )
    return out


def _openings(
    blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int], used: set[int], running: frozenset[int]
) -> list[Candidate]:
    """Bold sentences that open paragraphs of the chapters that report."""
    plain = found = counted = 0
    out: list[Candidate] = []
    for i, b in enumerate(blocks):
        s = settings[i]
        if (
            i in taken
            or i in used
            or b.kind not in ("paragraph", "item")
            or not _open_text(s)
            or s.method
            or s.background
            or s.roles - {"findings"}
        ):
            continue
        if len(b.text.split()) < 15:
            continue
        lead = b.bold_spans[0][1] if b.bold_spans and b.bold_spans[0][0] <= 1 else 0
        words = b.text[:lead].strip()
        numbered = bool(_COMPOSITE.match(b.marker.text.strip())) or i in running
        if len(words.split()) >= 6 and not words.endswith(("?", ":")) and ends_sentence(words):
            found += 1
            counted += numbered
            number = b.marker.text.strip(" .()") if numbered and i not in running else None
            out.append(
                Candidate(
                    "finding",
                    b.content,
                    i,
                    s,
                    "bold",
                    number=number or None,
                    criteria=s.criteria,
                    block=b,
                    last=i,
                    group=("scattered", "openings"),
                )
            )
        elif numbered or not running:
            plain += 1
    # Numbered paragraphs that open in bold are a form; bold openings of plain ones are often emphasis.
    if found < _LEAST or found < (0.25 if 2 * counted >= found else 0.5) * (found + plain):
        return []
    if 5 * counted >= 4 * found:
        out = [c for c in out if c.number or int(c.order) in running]
    later = [c for c in out if not (c.number or "").startswith("1.")]
    # In a report numbered by chapter the first one introduces.
    return later if len(later) >= _LEAST else out
