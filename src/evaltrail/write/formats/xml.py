"""Akoma Ntoso XML 3.0: the paper in the form that governing and legislative bodies exchange, valid against the OASIS schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.order import Order

NAME = "xml"
ENDINGS = (".xml", ".akn")
MEDIA_TYPE = "application/akn+xml"


def written(order: Order) -> bytes:
    """The document as UTF-8."""
    from evaltrail.write.markup.akoma.document import document

    return document(order.paper, order.record)
