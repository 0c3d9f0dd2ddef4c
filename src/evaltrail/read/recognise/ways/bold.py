"""Statements told by bold type: openings, sentences, phrases, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.sections import criteria_of
from evaltrail.read.recognise.wording import criteria_only, ends_sentence, is_quotation, names_criterion

if TYPE_CHECKING:
    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.ways.unit import Unit

_LEAD_MIN = 8
"""A shorter bold opening is a word of emphasis or a sign."""


def lead(block: Block) -> int:
    """Length of the bold opening of a block, 0 without one."""
    if block.bold_spans and block.bold_spans[0][0] <= 1:
        return block.bold_spans[0][1]
    return 0


def bold_leads(units: list[Unit]) -> list[Unit]:
    """Blocks that open in bold and go on in plain type."""
    return [
        u
        for u in units
        if u.block.kind in ("paragraph", "item") and _LEAD_MIN <= lead(u.block) < len(u.block.text) - 20 and u.block.bold < 0.9
    ]


def bold_statements(units: list[Unit]) -> list[Unit]:
    """Sentences wholly in bold: a block of its own, or the opening of one."""
    out: list[Unit] = []
    for u in units:
        b = u.block
        if b.kind not in ("paragraph", "item", "heading"):
            continue
        words = b.text if b.bold > 0.85 else b.text[: lead(b)] if lead(b) > 60 else ""
        if len(words.split()) >= 6 and not criteria_only(words) and ends_sentence(words):
            out.append(u)
    return out


def bold_blocks(units: list[Unit]) -> list[Unit]:
    """Sentences in bold that stand alone, three at least, each with plain text behind it."""
    out: list[Unit] = []
    for n, u in enumerate(units[:-1]):
        b = u.block
        behind = units[n + 1].block
        if (
            b.bold > 0.85
            and b.kind in ("paragraph", "heading")
            and b.text.rstrip().endswith((".", ".”", ".’"))
            and ends_sentence(b.text)
            and len(b.text.split()) >= 8
            and behind.bold < 0.5
            and not is_quotation(b)
        ):
            out.append(u)
    return out if len(out) >= 3 else []


def rule_of_bold(units: list[Unit]) -> list[Unit]:
    """Bold statements where they are the rule of a section and not emphasis in its prose."""
    out = [u for u in bold_statements(units) if not u.block.text.rstrip().endswith("?")]
    long = [u for u in units if u.block.kind in ("paragraph", "item") and len(u.block.text.split()) >= 15]
    return out if 2 * len(out) >= len(long) else []


def bold_phrases(units: list[Unit]) -> list[Unit]:
    """Paragraphs that say one thing in bold, where half of the section's paragraphs do."""
    long = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 15]
    out = [u for u in long if any(b - a >= 20 for a, b in u.block.bold_spans)]
    return out if len(out) >= 3 and 2 * len(out) >= len(long) else []


def bold_words(units: list[Unit]) -> list[Unit]:
    """Paragraphs that each name their criterion in bold."""
    long = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 15]
    out = [u for u in long if any(names_criterion(u.block.text[a:b]) for a, b in u.block.bold_spans)]
    return out if len(out) >= 3 and 3 * len(out) >= 2 * len(long) else []


def criteria_leads(units: list[Unit]) -> list[Unit]:
    """Paragraphs that each open with their criterion in bold, where most of the section's do ("**Relevance:** The service …")."""
    long = [u for u in units if u.block.kind in ("paragraph", "item") and len(u.block.text.split()) >= 12]
    out = [u for u in long if opening_criteria(u.block)]
    return out if 3 * len(out) >= 2 * len(long) else []


def opening_criteria(block: Block) -> tuple[str, ...]:
    """Criteria that the bold opening of a block names, where it is no sentence."""
    words = block.text[: lead(block)].strip(" .:–-")
    return criteria_of(words) if len(words.split()) <= 4 and lead(block) < len(block.text) - 20 else ()
