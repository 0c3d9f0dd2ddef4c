"""The management response as a matrix: each recommendation with its response, position and actions in one table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.write.order import Unwritable
from evaltrail.write.papers._answered import overall_responses, responses
from evaltrail.write.papers._matched import together
from evaltrail.write.papers._opening import finished, first_page, open_part, started
from evaltrail.write.papers._recommended import recommendations

if TYPE_CHECKING:
    from evaltrail.write.model import Paper
    from evaltrail.write.order import Order

NAME = "response-matrix"
HELP = "management response: each recommendation with response, position and actions"


def composed(order: Order) -> Paper:
    """The paper; with a companion, recommendations of one record and responses of the other.

    Raises:
        Unwritable: neither record recommends or answers anything.
    """
    record = together(order.record, order.companion)
    if not any(s.kind in ("recommendation", "response") for e in record.evaluations for s in e.statements):
        raise Unwritable("the record holds no recommendation and no response that a response matrix could be made of")
    order = replace(order, record=record, companion=None)
    sheet = started(order, numbered=False)
    for e in record.evaluations:
        level = open_part(sheet, e)
        overall_responses(sheet, e, level)
        recommendations(sheet, e, level, answered=True)
        responses(sheet, e, level, answered=True)
    own = order.companion is None and not any(
        s.kind not in ("recommendation", "response") for e in record.evaluations for s in e.statements
    )
    front = first_page(order, sheet.words, sheet.words("headings.matrix"))
    return finished(order, sheet, [*front, *sheet.blocks], notes=own)
