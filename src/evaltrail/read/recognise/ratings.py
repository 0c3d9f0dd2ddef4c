"""Ratings of an evaluation by criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Outline
    from evaltrail.read.recognise.sections import Setting
    from evaltrail.record import Rating


def ratings(_outline: Outline, _settings: Sequence[Setting], _start: int, _end: int) -> list[Rating]:
    """Ratings stated in the blocks from ``start`` up to ``end``."""
    return []
