"""Rating scales: the steps from the lowest to the highest, the line between the bad and the good ones, and the colours of each."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from evaltrail.write.charts._colour import COOL, ONE_HUE, WARM, lab, on, ramp

if TYPE_CHECKING:
    from evaltrail.write.charts._canvas import Canvas

_RANGE = re.compile(r"\s*(-?\d+)\s*[-–]\s*(-?\d+)\s*(?::\s*(.*))?", re.DOTALL)
_LETTERS = re.compile(r"\s*([A-Z])\s*[-–]\s*([A-Z])\s*(?::\s*(.*))?", re.DOTALL)
MOST_STEPS = 12
"""Steps of a scale that are drawn one by one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale."""

    mark: str = ""
    """What stands in a box: '5', 'B'; empty for a scale of words alone."""
    word: str = ""
    """What it is called: 'Satisfactory'."""

    @property
    def said(self) -> str:
        """Mark and word as one."""
        return f"{self.mark} {self.word}".strip()


@dataclass(frozen=True)
class Scale:
    """A rating scale."""

    steps: tuple[Step, ...]
    """From the lowest to the highest, between 2 and 12."""
    line: int | None = None
    """How many steps lie below the line between bad and good; None: the scale has no such line."""
    first: float = 1.0
    """Number of the lowest step; the others follow by ones."""

    def __post_init__(self) -> None:
        if not 2 <= len(self.steps) <= MOST_STEPS:
            raise ValueError(f"a scale has between 2 and {MOST_STEPS} steps, not {len(self.steps)}")
        if self.line is not None and not 0 < self.line < len(self.steps):
            raise ValueError(f"the line of a scale of {len(self.steps)} steps lies after one of its steps, not after {self.line}")

    @classmethod
    def of(cls, said: str) -> Scale:
        """The scale that a record names: '1-6', '1-4: 1 = Poor; 2 = Fair; 3 = Good; 4 = Very good', 'A-D'.

        A scale with an even number of steps from four on has its line in the middle.  Of letters the first is the best.

        Raises ``ValueError`` for words that name no scale.
        """
        found = _RANGE.fullmatch(said)
        if found and 1 <= int(found[2]) - int(found[1]) < MOST_STEPS:
            low, high = int(found[1]), int(found[2])
            words = _legend(found[3] or "")
            steps = tuple(Step(str(n), words.get(str(n), "")) for n in range(low, high + 1))
            return cls(steps, _middle(len(steps)), float(low))
        found = _LETTERS.fullmatch(said)
        if found and 1 <= ord(found[2]) - ord(found[1]) < MOST_STEPS:
            words = _legend(found[3] or "")
            letters = [chr(c) for c in range(ord(found[2]), ord(found[1]) - 1, -1)]
            return cls(tuple(Step(c, words.get(c, "")) for c in letters), _middle(len(letters)))
        raise ValueError(f"{said!r} names no scale such as '1-6' or 'A-D'")

    @cached_property
    def colours(self) -> tuple[str, ...]:
        """The colour of each step: the further from the paper, the higher; warm below the line, blue above."""
        if self.line is None:
            return ramp(ONE_HUE, len(self.steps))
        above = len(self.steps) - self.line
        return ramp(WARM, self.line) + ramp(COOL, above)

    def position(self, value: float | str | None) -> float | None:
        """How many steps are filled: a number of the scale, its mark or its word; None for what is not on the scale."""
        if isinstance(value, str):
            low = " ".join(value.casefold().split())
            found = next((i for i, s in enumerate(self.steps) if low and low in _names(s)), None)
            if found is not None:
                return found + 1.0
            try:
                value = float(low)
            except ValueError:
                return None
        if value is None or not math.isfinite(value):
            return None
        at = value - self.first + 1
        return at if 1 <= at <= len(self.steps) else None

    def step(self, position: float) -> int:
        """Index of the step that a position falls into: halves count to the step below, which is the one reached."""
        return max(0, min(len(self.steps) - 1, math.floor(position + 1e-9) - 1))

    def label(self, step: int) -> str:
        """What stands in a cell: the step's mark; of a scale of words alone its place from the lowest."""
        return self.steps[step].mark or str(step + 1)

    def is_at_line(self, position: float) -> bool:
        """Whether a position is on the good side."""
        return self.line is not None and position > self.line + 1e-9

    def notch(self, step: int, size: float) -> float:
        """Length of the corner notch of a step below the line, which grows as the rating falls; 0 for none."""
        if self.line is None or step >= self.line:
            return 0.0
        return size * (0.22 + 0.26 * (self.line - 1 - step) / max(1, self.line - 1))

    def needs_border(self, step: int) -> bool:
        """Whether a step is too light to stand on the paper without a border."""
        return lab(self.colours[step])[0] > 70

    def text_on(self, step: int) -> str:
        """Colour of text on a step."""
        return on(self.colours[step])


@lru_cache(maxsize=256)
def _names(step: Step) -> frozenset[str]:
    said = (step.mark, step.word, f"{step.mark} {step.word}", f"{step.word} {step.mark}", f"{step.word} - {step.mark}")
    return frozenset(" ".join(s.casefold().split()) for s in said if s)


def _legend(said: str) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in said.split(";") if "=" in part)
    return {mark.strip(): word.strip() for mark, word in pairs}


def _middle(many: int) -> int | None:
    return many // 2 if many >= 4 and many % 2 == 0 else None


SIX = Scale.of(
    "1-6: 1 = Highly unsatisfactory; 2 = Unsatisfactory; 3 = Somewhat unsatisfactory; "
    "4 = Somewhat satisfactory; 5 = Satisfactory; 6 = Highly satisfactory"
)
"""The six steps with the line after 3."""


def notched(canvas: Canvas, scale: Scale, step: int, x: float, y: float, w: float, size: float) -> None:
    """Draw the notch in the far upper corner of a cell of a step below the line."""
    from evaltrail.write.charts._colour import INK

    n = scale.notch(step, size)
    if n:
        canvas.polygon(((x + w - n, y), (x + w, y), (x + w, y + n)), INK)
