"""Words as rows of runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.model import Run, Words


def lines(words: Words) -> list[Words]:
    """The words parted where a run holds a newline; at least one row of them."""
    out: list[list[Run]] = [[]]
    for run in words:
        for i, text in enumerate(run.text.split("\n")):
            if i:
                out.append([])
            if text or run.note is not None:
                out[-1].append(replace(run, text=text))
    return [tuple(row) for row in out]
