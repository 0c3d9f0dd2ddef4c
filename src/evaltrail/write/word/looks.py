"""Sizes that styles, numbering and the count of pages share."""

from __future__ import annotations

BODY_SIZE = 10.5
LINE = 14.2
"""Points of a line of body text."""
HEADINGS = (16.0, 13.0, 11.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5)
"""Points of each level."""
_BEFORE = (18, 14, 10, 8, 8, 8, 8, 8, 8)
TITLE_SIZE = 20.0
HANG = 567
"""Twips (1 cm) that a number or marker hangs before its words, a level, at least."""
STEP = 397
"""The same (7 mm) of the items of lists."""
LETTER = 0.5
"""Mean width of a letter of the serif face, in em, spaces and what stays free at line ends among them."""
LEADING = 1.257
"""Height of a line of either face, in em."""
SHORT = 900
"""Characters of a frame up to which it is not split over pages."""
LOW = 330.0
"""Points of a table's row up to which it is not split over pages."""
_FIRST_SMALL = 3
"""Level from which on headings stand closer to their text."""


def heading_look(level: int) -> tuple[float, float, float]:
    """Size of a heading's letters, and the room above and below, in points; of level 0 those of the title."""
    if level <= 0:
        return TITLE_SIZE, 12.0, 12.0
    n = min(level, len(HEADINGS))
    return HEADINGS[n - 1], float(_BEFORE[n - 1]), 6.0 if n < _FIRST_SMALL else 4.0


def lines_high(letters: int, width: float, size: float, letter: float = LETTER) -> float:
    """Points of height that so many letters take in lines of a width, about."""
    return (1 + int(letters * letter * size // max(width, size))) * size * LEADING
