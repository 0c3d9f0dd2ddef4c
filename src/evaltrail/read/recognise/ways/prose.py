"""Statements in running text: paragraphs that ask, and the few paragraphs of a short section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.wording import introduces
from evaltrail.read.recognise.words import alternation, fold

if TYPE_CHECKING:
    from evaltrail.read.recognise.ways.unit import Unit


def requests(units: list[Unit]) -> list[Unit]:
    """Paragraphs that ask for something in so many words."""
    formula, ought = (alternation("statements", "sentences", key) for key in ("recommendation", "ought"))
    out = []
    for u in units:
        words = fold(u.block.text)
        if u.block.kind not in ("paragraph", "item") or (words.endswith(":") and alternation("statements", "announces").search(words)):
            continue
        if formula.search(words) or ought.search(words[:200]):
            out.append(u)
    return out


def paragraphs(units: list[Unit]) -> list[Unit]:
    """Plain paragraphs, where the section is no more than a handful of them."""
    plain = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 12]
    if plain and introduces(plain[0].block.text):
        plain = plain[1:]
    return plain if 1 <= len(plain) <= 9 else []
