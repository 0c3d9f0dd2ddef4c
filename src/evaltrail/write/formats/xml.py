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
    from lxml import etree

    from evaltrail.write.markup.akoma.body import Writer
    from evaltrail.write.markup.akoma.identity import DOCUMENT, meta
    from evaltrail.write.markup.akoma.kinds import ORDER
    from evaltrail.write.markup.akoma.tree import put, root

    whole = root()
    document = put(whole, "doc", name=DOCUMENT)
    writer = Writer(order.paper, order.record)
    writer.write(document)
    # What the paper holds is known when it is written, and said before it.
    meta(document, order.paper, [kind for kind in ORDER if kind in writer.kinds.used])
    document.insert(0, document[-1])
    return etree.tostring(whole, encoding="UTF-8", xml_declaration=True) + b"\n"
