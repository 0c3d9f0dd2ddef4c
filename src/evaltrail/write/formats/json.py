"""JSON: the record itself, as ``evaltrail read`` writes it, with every place of its words on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.order import Order

NAME = "json"
ENDINGS = (".json",)
MEDIA_TYPE = "application/json"
OF_RECORD = True


def written(order: Order) -> bytes:
    """The record on one line, byte for byte what ``evaltrail read`` gives for it."""
    return order.record.to_json(indent=None).encode("utf-8") + b"\n"
