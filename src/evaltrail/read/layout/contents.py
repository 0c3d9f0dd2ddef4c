"""Contents: tables of contents, lists of tables and figures, told by lines that end in page numbers that grow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.markers import roman
from evaltrail.text.packs import merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.model import Line

_LEADER = re.compile(r"(?:[.·…_]\s?){4,}\s*(?P<page>\d{1,4}|[ivxlcIVXLC]{1,7})?\W*$")
_ENDING = re.compile(r"\s(?P<page>\d{1,4}|[ivxlc]{1,6})$")
MIN_ENTRIES = 3
FAR = 6
"""Lines between two entries of one list: long entries take several."""


def contents_of(elements: Sequence[Line | Grid], set_aside: set[int]) -> set[int]:
    """``id`` of each line that belongs to a table of contents or its heading."""
    lines = [e for e in elements if not isinstance(e, Grid) and id(e) not in set_aside]
    heads = {w.casefold() for w in merged("layout").get("contents", {}).get("headings", ())}
    found: set[int] = set()
    entries = [(i, _entry(line)) for i, line in enumerate(lines)]
    runs: list[list[tuple[int, tuple[int | None, bool]]]] = []
    for i, entry in entries:
        if entry is None:
            continue
        if runs and i - runs[-1][-1][0] <= FAR and _after(runs[-1], entry):
            runs[-1].append((i, entry))
        else:
            runs.append([(i, entry)])
    for run in runs:
        first, last = run[0][0], run[-1][0]
        head = _heading(lines, first, heads)
        if len(run) < (2 if head is not None else MIN_ENTRIES) and not (len(run) == 1 and head is not None and run[0][1][1]):
            continue
        leaders = sum(1 for _, (_, leader) in run if leader)
        if leaders < 0.3 * len(run) and head is None and len(run) < 2 * MIN_ENTRIES:
            continue
        start = head if head is not None else _first(lines, first)
        found.update(id(line) for line in lines[start : last + 1])
    return found


def _entry(line: Line) -> tuple[int | None, bool] | None:
    """Page that the line points to and whether dots lead to it, or None."""
    text = line.text.rstrip()
    found = _LEADER.search(text)
    if found is not None:
        return (_value(found["page"]) if found["page"] else None), True
    found = _ENDING.search(text)
    if found is None or len(line.words) < 2:
        return None
    gap = line.words[-1].x0 - line.words[-2].x1
    if gap < 2.0 * line.size or line.x1 < line.column[1] - 2 * line.size:
        return None
    return _value(found["page"]), False


def _value(text: str) -> int | None:
    return int(text) if text.isdigit() else -100 + roman(text)


def _after(run: list[tuple[int, tuple[int | None, bool]]], entry: tuple[int | None, bool]) -> bool:
    """Whether an entry's page follows the run's last one; a new list may begin again at the front."""
    page, leader = entry
    last = next((p for _, (p, _) in reversed(run) if p is not None), None)
    return page is None or last is None or page >= last or (leader and run[-1][1][1])


def _heading(lines: list[Line], first: int, heads: set[str]) -> int | None:
    """The line in front of a list that says what it is."""
    for i in range(first, max(-1, first - 6), -1):
        if re.sub(r"[^\w ]", "", lines[i].text).strip().casefold() in heads:
            return i
    return None


def _first(lines: list[Line], first: int) -> int:
    """Where a first entry of several lines begins."""
    while (
        first > 0
        and lines[first - 1].page == lines[first].page
        and abs(lines[first - 1].size - lines[first].size) < 0.3
        and 0 < lines[first].gap < 1.35 * lines[first].size
    ):
        first -= 1
    return first
