"""The whole file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from evaltrail.write.markup.akoma.body import Writer
from evaltrail.write.markup.akoma.identity import DOCUMENT, meta
from evaltrail.write.markup.akoma.kinds import ORDER
from evaltrail.write.markup.akoma.tree import put, root

if TYPE_CHECKING:
    from evaltrail.record import Record
    from evaltrail.write.model import Paper


def document(paper: Paper, record: Record) -> bytes:
    """The paper as a document of Akoma Ntoso in UTF-8; the record tells what kind of statement its words are."""
    whole = root()
    inner = put(whole, "doc", name=DOCUMENT)
    writer = Writer(paper, record)
    writer.write(inner)
    # Which kinds of statement the paper holds is known when it is written, and said before it.
    meta(inner, paper, [kind for kind in ORDER if kind in writer.kinds.used])
    inner.insert(0, inner[-1])
    return etree.tostring(whole, encoding="UTF-8", xml_declaration=True) + b"\n"
