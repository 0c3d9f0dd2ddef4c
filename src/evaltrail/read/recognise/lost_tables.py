"""Action tables whose columns are lost, as in plain text: a line of headings, then the row in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.column_lines import heads_columns
from evaltrail.read.recognise.fields import row_text, split_row
from evaltrail.read.recognise.labelled import block_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Text
    from evaltrail.read.recognise.candidates import Candidate


def complete_from_lost_tables(blocks: Sequence[Block], found: Sequence[Candidate]) -> None:
    """Give recommendations (in reading order) the fields that such a table behind them holds."""
    for i, b in enumerate(blocks):
        if b.kind == "table" or not heads_columns(b.text):
            continue
        before = next((c for c in reversed(found) if c.kind == "recommendation" and c.order < i), None)
        if before is not None:
            _take_row(before, blocks[i + 1 : i + 6])


def _take_row(c: Candidate, lines: Sequence[Block]) -> None:
    row: list[Text] = []
    for line in lines:
        if line.kind == "table" or line.marker.text or block_label(line) is not None:
            break
        row.append(line.content)
        whole = row_text(row)
        spans = split_row(whole.text)
        if spans is None:
            continue
        for name, (start, end) in spans.items():
            c.fields.setdefault(name, whole.cut(start, end))
        # "Within existing / resources" may go on in the next line.
        if len(row) == 5 or not row[-1].text[-1:].isalpha():
            break
