"""DOCX: a paper that a secretariat goes on editing in Word or LibreOffice.

Written as WordprocessingML by ourselves and not through python-docx, which has no footnotes, fields or numbering, stamps
each part with the clock, and takes several times as long for a paper of 40 pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.order import Order

NAME = "docx"
ENDINGS = (".docx",)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def written(order: Order) -> bytes:
    """The paper as a DOCX. The same order gives the same bytes."""
    from evaltrail.write.word.document import document

    return document(order.paper)
