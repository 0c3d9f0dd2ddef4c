"""The difference as data: JSON of the schema ``evaltrail.diff/1``, running text included."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.record import Comparison
    from evaltrail.write.difference import Showing

NAME = "json"
ENDINGS = (".json",)


def written(comparison: Comparison, showing: Showing) -> bytes:
    """The JSON, which holds everything however it is shown."""
    del showing
    return comparison.to_json().encode("utf-8") + b"\n"
