"""Why something is not done, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):
    """What was asked for does not hold with the office's rules. ``str()`` says why in one sentence; ``field`` is the field at fault."""

    def __init__(self, why: str | _StrPromise, field: str = "") -> None:
        super().__init__(str(why))
        self.field = field
