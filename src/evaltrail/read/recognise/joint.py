"""Several organisations that answer in one paper: which columns, rows and sections are whose."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from evaltrail.read.recognise.columns import body_of, meanings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evaltrail.read.outline import Cell
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.walk import Walk

_ANSWERING = frozenset({"response", "verdict", "action", "unit", "due", "status", "remarks"})


def bodies_of(walk: Walk, index: int, cells: Sequence[Cell], columns: Mapping[int, str]) -> dict[int, str]:
    """Who answers in each column below a row of headings; empty where one organisation answers.

    The headings name them ("FAO response", "WFP response"), or wide headings above do: "FAO" over a response and an action.
    """
    found: dict[int, str] = {}
    for c in cells:
        if columns.get(c.column) in _ANSWERING:
            name = _above(walk, index, c) or body_of(walk.content(c).text)
            if name:
                found.update(dict.fromkeys(range(c.column, c.column + c.column_span), name))
    answering = {found[i] for i, m in columns.items() if m in {"response", "verdict"} and i in found}
    return found if len(answering) > 1 else {}


def _above(walk: Walk, index: int, cell: Cell) -> str:
    """The words of the wide cell above a heading, which is a name and no heading of a column itself."""
    over = walk.table.at(index - 1, cell.column) if index else None
    if over is None or over.row != index - 1 or over.column_span < 2:
        return ""
    words = " ".join(walk.content(over).text.split())
    return body_of(words) or ("" if meanings_of(words) else words)


def reaching_down(walk: Walk, index: int) -> dict[int, str]:
    """Meanings of headings of the row above that reach down to this one, beside the wide ones."""
    found = {}
    for c in walk.table.row(index - 1) if index else ():
        meanings = meanings_of(walk.content(c).text) if c.row_span > 1 or walk.table.at(index, c.column) is None else ()
        if meanings:
            found[c.column] = meanings[0]
    return found


def parted(walk: Walk, cells: Sequence[Cell]) -> tuple[list[Cell], list[tuple[str, list[Cell]]]]:
    """The cells of a row that are everybody's, and those of each who answers, in the order of the columns."""
    own: dict[str, list[Cell]] = {}
    common = []
    for c in cells:
        name = walk.bodies.get(c.column)
        if name is None:
            common.append(c)
        else:
            own.setdefault(name, []).append(c)
    return common, list(own.items())


def name_by_section(found: Iterable[Candidate]) -> None:
    """Give answers to one recommendation that stand in sections of different organisations the name of their section as a label."""
    by: defaultdict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for c in found:
        if c.kind == "response" and len(c.answers) == 1 and c.label is None:
            by[c.part, c.answers[0]].append(c)
    for answers in by.values():
        if len({id(c.setting.section) for c in answers}) < len(answers) or len(answers) < 2:
            continue
        names = [next((n for s in c.setting.section.chain if (n := body_of(s.title))), "") for c in answers]
        if all(names) and len(set(names)) == len(names):
            for c, name in zip(answers, names, strict=True):
                c.label = name
