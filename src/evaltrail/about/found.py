"""Something that was found in a line, before it is known how often and whether elsewhere too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.about.lines import Line
    from evaltrail.about.model import Ground, Kind

_AROUND = 70
_SHORT = 180


@dataclass(frozen=True, slots=True)
class Found:
    """A value in a line."""

    kind: Kind
    value: str
    ground: Ground
    line: Line
    start: int
    end: int
    score: float
    mentions: int = 1

    @property
    def words(self) -> str:
        """The words found, with those around them."""
        text = self.line.text
        if len(text) <= _SHORT:
            return " ".join(text.split())
        start, end = max(0, self.start - _AROUND), min(len(text), self.end + _AROUND)
        start = text.rfind(" ", 0, start) + 1 if start else 0
        cut = text.find(" ", end)
        end = cut if 0 <= cut < end + 20 else end
        return f"{'… ' if start else ''}{' '.join(text[start:end].split())}{' …' if end < len(text) else ''}"
