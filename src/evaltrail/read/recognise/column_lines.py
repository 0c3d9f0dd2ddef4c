"""A line that holds the headings of an action table run together, as plain text does where its columns are lost."""

from __future__ import annotations

import re

from evaltrail.read.recognise.columns import columns_of, meanings_of

_LONGEST = 120
"""Characters; a longer line is a sentence about such things."""


def heads_columns(line: str) -> bool:
    """Whether a line names three columns of an action table, or the unit and the priority."""
    if len(line) > _LONGEST or line.rstrip().endswith("."):
        return False
    known = {m for w in re.findall(r"[^\W\d_]+(?: [a-zà-ÿ]+)?", line) for m in meanings_of(w)}
    return len(columns_of(re.split(r"\s{2,}|\|", line))) >= 3 or {"unit", "priority"} <= known
