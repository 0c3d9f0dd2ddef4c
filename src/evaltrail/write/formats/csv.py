"""CSV: recommendations, each followed by the actions promised on it, one row each.

RFC 4180 with commas, or with the semicolons that a house asks for; UTF-8 with a byte order mark, without which Excel takes the
file for one of another encoding. There is no line "sep=;" at the top: any other program takes it for a row, and Excel that reads
it no longer looks at the mark. Every text that a spreadsheet would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from evaltrail.write.formats._cells import LONGEST, clean, disarmed, parts
from evaltrail.write.order import Unwritable
from evaltrail.write.rows import ACTIONS, FOLLOWED, RECOMMENDATIONS, spreadsheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.write.order import Order
    from evaltrail.write.rows import Row

NAME = "csv"
ENDINGS = (".csv",)
MEDIA_TYPE = "text/csv"
OF_RECORD = True

COLUMNS = (*RECOMMENDATIONS, *(c for c in ACTIONS if c not in RECOMMENDATIONS and c != "recommendation"))
"""Names in the first row: those of a recommendation, then those of an action, which stays empty in the other's. ``FOLLOWED`` come behind
where the record has them."""


def written(order: Order) -> bytes:
    """The rows. Raises ``Unwritable`` where the record has none."""
    tables = spreadsheet(order)
    replies = tables.replies
    if not replies:
        raise Unwritable("it has no recommendations or responses, and ratings alone stand in xlsx. Write it as xlsx")
    out = io.StringIO()
    # All texts in quotation marks: a program that splits at another sign then finds fewer of them bare.
    writer = csv.writer(out, delimiter=order.house.separator, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    columns = (*COLUMNS, *FOLLOWED) if tables.followed else COLUMNS
    writer.writerow(columns)
    for row, actions in replies:
        for one in (row, *({"kind": "action", **a} for a in actions)):
            writer.writerows(_lines(one, columns, order.house.separator))
    return out.getvalue().encode("utf-8-sig")


def _lines(row: Row, columns: Sequence[str], separator: str) -> Iterator[list[str | float]]:
    """A row; what a cell of Excel does not hold goes on in rows of the kind "continued" below."""
    cells = [list(_texts(row.get(c), separator)) for c in columns]
    kind = COLUMNS.index("kind")
    for n, texts in enumerate(zip_longest(*cells, fillvalue="")):
        line = list(texts)
        if n:
            line[kind] = "continued"
        yield line


def _texts(value: str | float | date | None, separator: str) -> Iterator[str | float]:
    if value is None:
        yield ""
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, str):
        # An apostrophe for each line that begins like a formula makes a part longer.
        yield from (disarmed(p, separator) for p in parts(clean(value), LONGEST * 9 // 10))
    else:
        yield value
