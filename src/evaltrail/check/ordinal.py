"""The numbers that things of a paper bear: its statements, paragraphs and footnotes."""

from __future__ import annotations

_LONGEST = 6
"""Figures of a number that anything could be counted to; a longer one is a date, a code or a slip."""


def ordinal(printed: str | None) -> int | None:
    """The number where it is printed in plain figures; None for any other ("3(a)", "iv", "²") and for one of more than six figures."""
    return int(printed) if printed and printed.isdecimal() and len(printed) <= _LONGEST else None
