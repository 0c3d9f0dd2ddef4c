"""Which way a language is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.model import Direction

_LEFTWARDS = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "khw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""ISO 639 codes of living languages whose usual script runs from right to left (Unicode CLDR, characterOrder)."""


def direction_of(language: str | None) -> Direction:
    """The direction of a BCP 47 tag's language; left to right where it is unknown."""
    return "rtl" if (language or "").split("-")[0].lower() in _LEFTWARDS else "ltr"
