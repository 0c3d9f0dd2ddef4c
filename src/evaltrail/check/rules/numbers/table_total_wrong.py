"""A total in a table is not the sum of its column or row.

## What it does
Looks in tables for a row or column headed "Total" and adds up the cells before it. Sums that rounding explains are right,
and so are totals of subtotals. Nothing is said of tables with merged or empty cells, or where no total fits.

## Why it is bad
Either the total or one of the numbers is wrong; budgets and samples are quoted from totals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import hundreds, mark
from evaltrail.check.spelling import distance
from evaltrail.check.wording import say
from evaltrail.text.numbers import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Cell, Passage

RULE = Rule(code="NUM004", severity="error", sources=("consistency",), papers=ANY)

_HEAD = (
    "# Evaluation of the water programme\n\n## Method\n\n"
    "| District | Women | Men |\n| --- | --- | --- |\n| North | 12 | 10 |\n| South | 8 | 9 |\n"
)
_HEAD_FR = (
    "# Évaluation du programme\n\n## Méthode\n\n| District | Femmes | Hommes |\n| --- | --- | --- |\n| Nord | 12 | 10 |\n| Sud | 8 | 9 |\n"
)
BAD = (f"{_HEAD}| Total | 21 | 19 |\n", f"{_HEAD_FR}| Total | 20 | 29 |\n")
GOOD = (f"{_HEAD}| Total | 20 | 19 |\n", f"{_HEAD_FR}| Total | 20 | 19 |\n")

_NUMBER = re.compile(r"[^\d\-–(]{0,6}?([\d][\d.,\s'’\u00a0\u202f]*)\s?(?:%|[^\d\s]{1,3})?$")
_MOST_LINES = 60
_NOTE = 300
"""Characters of a note under a table at the most."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each total that is wrong, and one confirmation for a table whose totals are right."""
    del options
    names = paper.words_of("check_numbers", "totals")
    for index, passage in enumerate(paper.record.passages):
        if passage.kind != "table" or names is None or not any(_is_total(names, c) for c in passage.cells):
            continue
        yield from _table(paper, passage, names, index)


def _is_total(names: re.Pattern[str], cell: Cell) -> bool:
    return bool(names.fullmatch(cell.text.strip(" :.*")))


def _table(paper: Paper, passage: Passage, names: re.Pattern[str], index: int) -> Iterator[Message]:
    if any(c.row_span > 1 or c.column_span > 1 for c in passage.cells if c.row >= max(passage.header_rows, 1)):
        return
    grid = {(c.row, c.column): c for c in passage.cells}
    rows = max((c.row for c in passage.cells), default=0) + 1
    columns = max((c.column for c in passage.cells), default=0) + 1
    shares = {total.column for _, total in hundreds(paper, passage)}  # NUM005 adds them up
    verdicts: dict[str, list[tuple[Cell, float, float]]] = defaultdict(list)
    for cell in passage.cells:
        if not _is_total(names, cell):
            continue
        if cell.column == 0 and cell.row >= 2:
            lines = [
                [grid.get((r, c)) for r in range(max(passage.header_rows, 1), cell.row + 1)] for c in range(1, columns) if c not in shares
            ]
        elif cell.row < max(passage.header_rows, 1) and cell.column >= 2 and not _of_two_kinds(passage, cell, grid):
            lines = [[grid.get((r, c)) for c in range(1, cell.column + 1)] for r in range(max(passage.header_rows, 1), rows)]
        else:
            continue
        for line in lines[:_MOST_LINES]:
            _judge(paper, line, verdicts)
    if verdicts["right"]:
        # One digit too many makes another number altogether; where other totals fit it is a slip all the same.
        verdicts["wrong"] += verdicts["slip"]
    if verdicts["wrong"] and _with_exception(paper, passage, index):
        return
    # Where no total fits, the table is not one of parts and their sum.
    for cell, said, real in verdicts["wrong"][:3] if len(verdicts["right"]) >= len(verdicts["wrong"]) or _simple(verdicts) else ():
        yield Message(
            say(
                "The total {said} in the table does not fit its parts, which add up to {real}.",
                said=cell.text.strip(),
                real=say("{value:,.0f}", value=real) if real == int(real) and said == int(said) else say("{value:figures}", value=real),
            ),
            cell.places,
        )
    if verdicts["right"] and not verdicts["wrong"]:
        cell = verdicts["right"][0][0]
        yield Message(
            say("The totals of the table are the sums of their parts ({number}).", number=len(verdicts["right"])), cell.places, right=True
        )


def _of_two_kinds(passage: Passage, total: Cell, grid: Mapping[tuple[int, int], Cell]) -> bool:
    """Whether the columns before a total are of several kinds, amounts and numbers in turn: heads come twice, or some have decimals."""
    heads = [grid[total.row, c].text.strip().lower() for c in range(1, total.column) if (total.row, c) in grid]
    last = max(passage.header_rows, 1) - 1
    low = [grid[last, c].text.strip().lower() for c in range(1, total.column) if (last, c) in grid]
    if len(set(heads)) < len(heads) or len(set(low)) < len(low):
        return True
    below = [[grid[r, c].text for r in range(last + 1, last + 40) if (r, c) in grid] for c in range(1, total.column + 1)]
    with_decimals = [any(re.search(r"\d[.,]\d{1,2}\D*$", t) for t in column) for column in below]
    with_signs = [any(re.search(r"[$€£]|\b[A-Z]{3}\b", t) for t in column) for column in below]
    return len(set(with_decimals)) > 1 or len(set(with_signs)) > 1


def _with_exception(paper: Paper, passage: Passage, index: int) -> bool:
    """Whether a note right below the table, or a cell of it, says that something is left out of a total."""
    left_out, totals = paper.words_of("check_numbers", "left_out"), paper.words_of("check_numbers", "totals")
    if left_out is None or totals is None:
        return False
    behind = (p.text for p in paper.record.passages[index + 1 : index + 3] if p.kind != "heading" and len(p.text) < _NOTE)
    return any(left_out.search(t) and totals.search(t) for t in (*behind, *(c.text for c in passage.cells)))


def _simple(verdicts: Mapping[str, list[Any]]) -> bool:
    """Whether the only total is off by less than a tenth: a slip in a table of parts and not another kind of total."""
    wrong = verdicts["wrong"]
    return len(wrong) == 1 and abs(wrong[0][1] - wrong[0][2]) <= 0.1 * max(wrong[0][1], wrong[0][2])


def _judge(paper: Paper, line: Sequence[Cell | None], verdicts: dict[str, list[tuple[Cell, float, float]]]) -> None:
    """Puts the last cell of a line under "right" or "wrong"; leaves out a line that is not all numbers of one kind."""
    cells = [c for c in line if c is not None]
    values = [_value(paper, c.text) for c in cells]
    if len(cells) != len(line) or len(values) < 3 or any(v is None for v in values):
        return
    kinds = {("%" in c.text) for c in cells}
    numbers = [v for v in values if v is not None]
    *parts, said = numbers
    if len(kinds) > 1 or not said or (all(p == parts[0] for p in parts) and parts[0] == said):
        return
    real = sum(parts)
    places = max(len(m[1]) if (m := re.search(r"[.,](\d{1,2})\D*$", c.text)) else 0 for c in cells)
    slack = 0.51 * len(parts) * 10.0**-places if places or "%" in cells[-1].text else (0.0 if said < 10_000 else len(parts))
    # A digit too many in a part is rather the mark of a note that was read as one.
    if said - real > 0.5 * said and distance(_print(real, said), _print(said, said), 1) == 1:
        verdicts["slip"].append((cells[-1], said, real))
        return
    if abs(real - said) <= slack + 1e-9 or abs(real - 2 * said) <= slack or (real and abs(real - said) > 0.5 * said):
        if abs(real - said) <= slack + 1e-9:
            verdicts["right"].append((cells[-1], said, real))
        return
    verdicts["wrong"].append((cells[-1], said, real))


def _value(paper: Paper, text: str) -> float | None:
    text = text.strip()
    if text in {"-", "–", "—", "0"}:
        return 0.0
    m = _NUMBER.fullmatch(text)
    return numeral(m[1].strip(), mark(paper)) if m else None


def _print(value: float, like: float) -> str:
    return f"{value:,.0f}" if value == int(value) and like == int(like) else f"{value:,.2f}".rstrip("0").rstrip(".")
