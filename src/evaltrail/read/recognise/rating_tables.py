"""Ratings in tables: a column of ratings, criteria as headings, pairs without headings, or crosses under the levels of a scale."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.outline import Block, Text
from evaltrail.read.recognise.rating_announced import Passage, announced, nouns
from evaltrail.read.recognise.rating_legends import Legend, legend_of
from evaltrail.read.recognise.rating_marks import Mark, is_excluded, trimmed
from evaltrail.read.recognise.rating_sentences import stated
from evaltrail.read.recognise.rating_words import (
    Value,
    any_word,
    core,
    criterion_stems,
    entries,
    is_rateable,
    minimal,
    name_of,
    of_others,
    plain,
    whole_value,
)
from evaltrail.read.recognise.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Table
    from evaltrail.read.recognise.sections import Setting

_LONGEST_NAME = 110
_LONGEST_MARK = 48
_CROSS = re.compile(r"^[xX✓✔✗☒●■•√þüû]$")
_MOST_CELLS = 4000
_LONGEST_CELL = 1200


@dataclass(slots=True)
class _Grid:
    """A table's cells by position, spans written out, and the text of each."""

    rows: int
    columns: int
    cells: dict[tuple[int, int], Text]
    origin: dict[tuple[int, int], tuple[int, int]]
    """Position -> where the cell that covers it begins."""
    low: dict[tuple[int, int], str]

    def text(self, row: int, column: int) -> str:
        """Words at a position, empty where there is no cell."""
        cell = self.cells.get((row, column))
        return cell.text if cell is not None else ""


def table_marks(blocks: Sequence[Block], settings: Sequence[Setting], start: int, end: int) -> list[Mark]:
    """Marks in the tables from ``start`` up to ``end``."""
    out: list[Mark] = []
    for i in range(start, end):
        table = blocks[i].table
        if table is None or is_excluded(settings[i]) or len(table.cells) > _MOST_CELLS or not _may_rate(table):
            continue
        around = " ".join(
            plain(blocks[j].text) for j in (i - 1, i + 1) if start <= j < end and (blocks[j].kind == "caption" or len(blocks[j].text) < 160)
        )
        grid = _grid(table)
        found = _read(grid, i, f"{around} {plain(settings[i].section.title)}", chart=blocks[i].style == "chart")
        out.extend(found or _said_in_cells(grid, i, settings[i]))
    return out


def _said_in_cells(g: _Grid, index: int, setting: Setting) -> list[Mark]:
    """Marks in the words of cells ("Rating: Satisfactory"); the first cell of the row or the line before may name what is rated."""
    out: list[Mark] = []
    for (r, k), cell in g.cells.items():
        if g.origin[r, k] != (r, k) or not 12 < len(cell.text) < _LONGEST_CELL:
            continue
        low = plain(cell.text)
        if nouns().search(low) is None and any_word("verbs").search(low) is None:
            continue
        head = g.cells.get((r, 0), Text()) if k else Text()  # a merged or missing first cell
        beside = Block("heading", head, level=1) if head.text and len(head.text) < _LONGEST_NAME else Block("paragraph")
        passage = Passage([beside, Block("paragraph", cell)], [setting, setting], 1, 0, low)
        out.extend(replace(m, index=index) for m in (list(announced(passage, set())) or stated(passage)))
    return out


def _may_rate(table: Table) -> bool:
    """Whether short cells name a rating or at least two criteria."""
    short = "\n".join(t for c in table.cells if c.blocks and len(t := c.blocks[0].text) <= _LONGEST_NAME).lower()
    return any(w in short for w in _rating_stems()) or sum(map(short.count, criterion_stems())) > 1


@lru_cache(maxsize=1)
def _rating_stems() -> tuple[str, ...]:
    return minimal(entries("columns", "rating"))


def _grid(table: Table) -> _Grid:
    cells: dict[tuple[int, int], Text] = {}
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    low: dict[tuple[int, int], str] = {}
    for c in table.cells:
        content = c.content()
        folded = fold(content.text) if len(content.text) < 400 else ""
        for r in range(c.row, min(c.row + c.row_span, table.rows)):
            for k in range(c.column, min(c.column + c.column_span, table.columns)):
                cells[r, k], origin[r, k], low[r, k] = content, (c.row, c.column), folded
    return _Grid(table.rows, table.columns, cells, origin, low)


def _read(g: _Grid, index: int, around: str, *, chart: bool) -> list[Mark]:
    heads = _rating_heads(g)
    if _is_foreign(g, around, heads):
        return []
    found: list[Mark] = []
    if heads:
        found = list(_columns(g, index, heads))
    if not found:
        found = list(_crosses(g, index)) or list(_across(g, index, around)) or list(_pairs(g, index, around, chart=chart))
    return found


@lru_cache(maxsize=4096)
def _is_rating_head(text: str) -> bool:
    """Whether a cell's folded words head a column of ratings: "Rating", "Rating (1 to 5)", "TE rating*"."""
    words = re.sub(r"\s*[(\[].*", "", text).strip(" .:*0123456789-/")
    if not words or len(words) > 40:
        return False
    if words in entries("columns", "rating"):
        return True
    return (
        len(words.split()) <= 5
        and bool(re.search(r"(?<!\w)(?:" + "|".join(map(re.escape, entries("columns", "rating"))) + r")(?!\w)", words))
        and is_rateable(words)
    )


def _rating_heads(g: _Grid) -> list[tuple[int, int]]:
    """Positions of the cells that head a column of ratings."""
    found = [
        p
        for p, low in sorted(g.low.items())
        if g.origin[p] == p and low and len(low) < 60 and _is_rating_head(low) and whole_value(g.text(*p)) is None
    ]
    # "Overall project rating" with its mark beside it is a row of its own.
    marked = {r for r in {r for r, _ in found} if any(whole_value(g.text(r, k)) is not None for k in range(g.columns))}
    return [p for p in found if p[0] not in marked]


def _is_foreign(g: _Grid, around: str, heads: list[tuple[int, int]]) -> bool:
    """Whether the heading rows speak of risks, people asked, reports or indicators."""
    rows = {r for r, _ in heads} | {0}
    for (r, _), low in g.low.items():
        if r in rows and low and len(low) < 60 and not _is_criterion(low):
            words = low.strip(" .:*")
            if words in entries("not_tables") or (
                len(words.split()) <= 4 and any_word("not_tables").search(words) and name_of(words) is None
            ):
                return True
    return of_others(around) or any(w in around for w in entries("meta"))


@lru_cache(maxsize=4096)
def _is_criterion(text: str) -> bool:
    return len(text) <= 70 and name_of(text) is not None


# A column of ratings.


def _columns(g: _Grid, index: int, heads: list[tuple[int, int]]) -> Iterator[Mark]:
    by_row: dict[int, list[int]] = {}
    for r, k in heads:
        by_row.setdefault(r, []).extend([k] if k or not _only_names(g, r, k) else _marked_columns(g, r))
    order = sorted(by_row)
    for n, r in enumerate(order):
        until = order[n + 1] if n + 1 < len(order) else g.rows
        columns = _own(g, r, by_row[r])
        said = _words_beside(g, r, until, columns)
        columns = [k for k in columns if k not in said.values()]
        several = len(columns) > 1 and len({_names_column(g, r, k, by_row[r]) for k in columns}) < len(columns)
        for k in columns:
            where = _names_column(g, r, k, by_row[r])
            if where is None:
                continue
            of = trimmed(g.text(r, k)) if several else None
            yield from _down(g, index, r, until, where, k, of, said.get(k, _words_column(g, r, k)))


def _only_names(g: _Grid, row: int, column: int) -> bool:
    """Whether a column headed "Ratings" holds the names of what is rated: "Ratings | ICR | IEG"."""
    return not any(whole_value(g.text(r, column)) for r in range(row + 1, g.rows))


def _marked_columns(g: _Grid, row: int) -> list[int]:
    return [k for k in range(1, g.columns) if g.text(row, k) and sum(1 for r in range(row + 1, g.rows) if whole_value(g.text(r, k))) >= 2]


def _own(g: _Grid, row: int, columns: list[int]) -> list[int]:
    """The columns whose marks are those of this evaluation, where others' stand beside them."""
    own = [k for k in columns if not any_word("others_columns").search(g.low[row, k])]
    return own or columns


def _words_beside(g: _Grid, row: int, until: int, columns: list[int]) -> dict[int, int]:
    """Column of numbers -> the column right of it that says the same in words: "Note | Appréciation" are one rating."""
    held = {k: [v for r in range(row + 1, until) if (v := whole_value(g.text(r, k))) is not None] for k in columns}
    numbers = [k for k in columns if held[k] and all(v.bare or v.top for v in held[k])]
    words = [k for k in columns if held[k] and all(v.number is None for v in held[k])]
    return {n: n + 1 for n in numbers if n + 1 in words and len(held[n + 1]) == len(held[n])}


def _names_column(g: _Grid, row: int, column: int, heads: list[int]) -> int | None:
    """The column that says what is rated: the one headed so, else the first one left of the rating and right of the rating before it."""
    before = max((k for k in heads if k < column and k + 1 < column), default=-1)
    for k in range(before + 1, column):
        if g.low.get((row, k), "").strip(" .:*") in entries("columns", "criterion") or any_word("columns", "criterion").search(
            g.low.get((row, k), "")
        ):
            return k
    free = [k for k in range(before + 1, column) if k not in heads]
    if free:
        return free[0]
    left = [k for k in range(column) if k not in heads]
    if left:
        return left[0]
    return next((k for k in range(column + 1, g.columns) if g.low.get((row, k), "").strip(" .:*") in entries("columns", "criterion")), None)


def _words_column(g: _Grid, row: int, column: int) -> int | None:
    return next((k for k in range(g.columns) if k != column and any_word("columns", "words").search(g.low.get((row, k), ""))), None)


def _down(g: _Grid, index: int, head: int, until: int, names: int, column: int, of: str | None, words: int | None) -> Iterator[Mark]:
    """Marks of one column of ratings."""
    legend = legend_of(f"rating {g.text(head, column)}") if any(c.isdigit() for c in g.text(head, column)) else None
    rows: list[tuple[str, int, Value]] = []
    for r in range(head + 1, until):
        name, cell = g.text(r, names).split("\n")[0].strip(), g.text(r, column)
        if not name or not cell or len(name) > _LONGEST_NAME or g.origin[r, column][0] != r or g.origin[r, names] == g.origin[r, column]:
            continue
        value = whole_value(cell) or _first_line(cell) or _loose(cell)
        if value is not None and is_rateable(name):
            rows.append((name, r, value))
    named = sum(1 for name, _, _ in rows if name_of(trimmed(name)))
    sure = sum(1 for _, _, v in rows if (not v.bare and v.level is not None) or v.code or v.top)
    # Bare numbers and unknown words are marks only of criteria, or where the heading gives the scale.
    if named < 2 and sure < 2 and not (named and sure) and not (legend and len(rows) > 1):
        return
    for name, r, value in rows:
        if value.level is None and not value.code and value.number is None and named < 3:
            continue
        said = whole_value(g.text(r, words)) if value.bare and words is not None else None
        if said is not None and words is not None and said.words and said.number is None:
            both = Value(0, 0, value.number, None, said.words, said.code, said.level)
            yield Mark(trimmed(name), both, g.cells[r, words].cut(said.start, said.end), index, "table", of, legend)
        else:
            yield Mark(trimmed(name), value, g.cells[r, column].cut(value.start, value.end), index, "table", of, legend)


def _first_line(cell: str) -> Value | None:
    """The mark in the first line of a cell whose other lines justify it."""
    first = cell.split("\n", maxsplit=1)[0]
    return whole_value(first) if first != cell else None


@lru_cache(maxsize=1024)
def _loose(cell: str) -> Value | None:
    """A few words that are no scale's as far as the packs know."""
    words = cell.strip()
    if "\n" in words or not 0 < len(words) <= _LONGEST_MARK or len(words.split()) > 4 or any(c.isdigit() for c in words):
        return None
    if words.lower().strip(" .") in ("n/a", "na", "n.a", "-", "–", "nr", "not rated", "not applicable", "non noté", "s/o", "n.d", "none"):
        return None
    if re.fullmatch(r"[A-Fa-f][+-]{0,2}", words):
        return Value(0, len(cell), code=words)
    return Value(0, len(cell), words=words.lower()) if re.search(r"[^\W\d_]", words) else None


# Criteria as headings.


def _across(g: _Grid, index: int, around: str) -> Iterator[Mark]:
    for r in range(min(g.rows - 1, 4)):
        heads = {k: g.text(r, k) for k in range(g.columns) if g.origin.get((r, k)) == (r, k) and _is_criterion(g.low.get((r, k), ""))}
        names = {name_of(trimmed(h)) for h in heads.values()}
        if len(names - {"overall"}) < 2 or len(heads) < 2:
            continue
        lines: list[tuple[int, str, dict[int, Value]]] = []
        for b in range(r + 1, g.rows):
            values = {k: v for k in heads if (v := whole_value(g.text(b, k))) is not None}
            if len(values) * 2 > len(heads):
                first = min(heads)
                lines.append((b, g.text(b, 0).split("\n")[0] if first > 0 else "", values))
        announced = [x for x in lines if _is_rating_head(fold(x[1]))]
        lines = announced or lines
        bare = all(v.bare for _, _, values in lines for v in values.values())
        if not lines or (
            bare and not announced and not _speaks_of_ratings(around + " " + g.low.get((r, 0), "") + " " + g.low.get((0, 0), ""))
        ):
            return
        several = len(lines) > 1
        for b, label, values in lines:
            for k, v in values.items():
                yield Mark(
                    trimmed(heads[k]), v, g.cells[b, k].cut(v.start, v.end), index, "table", trimmed(label) if several and label else None
                )
        return


def _speaks_of_ratings(text: str) -> bool:
    return any_word("columns", "rating").search(text) is not None or any_word("nouns").search(text) is not None


# Criterion and mark side by side, no headings.


def _pairs(g: _Grid, index: int, around: str, *, chart: bool) -> Iterator[Mark]:
    rows: list[tuple[str, int, int, Value]] = []
    said: list[tuple[str, int, int, Value]] = []
    for r in range(g.rows):
        named = [k for k in range(g.columns) if g.origin.get((r, k)) == (r, k) and _names_something(_first(g, r, k))]
        for k, until in zip(named, [*named[1:], g.columns], strict=False):
            # The mark is the only value in the row, whatever stands between: questions asked, reasons given.
            marks = [(c, v) for c in range(k + 1, until) if g.origin.get((r, c)) == (r, c) and (v := whole_value(g.text(r, c))) is not None]
            if len(marks) == 1 and (marks[0][0] == k + 1 or not marks[0][1].bare or k + 2 < until):
                rows.append((g.text(r, k).split("\n")[0], r, *marks[0]))
                low = _first(g, r, k)
                if _is_rating_head(low) and not rows[-1][3].bare and (_is_criterion(low) or core(low)):
                    said.append(rows[-1])
    if len({name for x in rows if (name := name_of(trimmed(x[0])))}) < 2:
        rows = said
    heading = " ".join(g.low.get((0, k), "") for k in range(g.columns))
    if rows is not said and not _speaks_of_ratings(f"{around} {heading}") and (chart or any(_is_everyday(v) for *_, v in rows)):
        return
    for name, r, k, v in rows:
        yield Mark(trimmed(name), v, g.cells[r, k].cut(v.start, v.end), index, "table")


def _first(g: _Grid, row: int, column: int) -> str:
    """The first line of a cell, folded."""
    text = g.text(row, column)
    return g.low.get((row, column), "") if "\n" not in text else fold(text.split("\n")[0])


def _names_something(low: str) -> bool:
    return bool(low) and (_is_criterion(low) or _is_rating_head(low))


def _is_everyday(v: Value) -> bool:
    """Whether a value is a bare number, or words that are used for other things too."""
    return v.bare or (v.level is not None and v.level[0] in ("level", "colour", "goodness") and v.number is None)


# Crosses under the levels of a scale.


def _crosses(g: _Grid, index: int) -> Iterator[Mark]:
    for r in range(min(g.rows - 1, 3)):
        levels = {k: v for k in range(1, g.columns) if (v := whole_value(g.text(r, k))) is not None and g.origin[r, k] == (r, k)}
        if len(levels) < 3 or not _is_scale(list(levels.values())):
            continue
        marks: list[Mark] = []
        for b in range(r + 1, g.rows):
            crossed = [k for k in levels if _CROSS.match(g.text(b, k).strip())]
            others = [k for k in levels if g.text(b, k).strip() and k not in crossed]
            name = g.text(b, 0).split("\n")[0]
            if len(crossed) == 1 and not others and name and is_rateable(name):
                k = crossed[0]
                v = levels[k]
                marks.append(Mark(trimmed(name), v, g.cells[r, k].cut(v.start, v.end), index, "table", legend=_legend(levels)))
        if sum(1 for m in marks if m.name) >= 2:
            yield from marks
        return


def _is_scale(values: list[Value]) -> bool:
    numbers = [v.number for v in values if v.number is not None]
    if len(numbers) == len(values):
        steps = {b - a for a, b in pairwise(numbers)}
        return steps in ({1.0}, {-1.0})
    return all(v.level is not None or v.code for v in values)


def _legend(levels: dict[int, Value]) -> Legend | None:
    numbers = [int(v.number) for v in levels.values() if v.number is not None]
    return (
        Legend(min(numbers), max(numbers), {int(v.number): v.words for v in levels.values() if v.number is not None and v.words})
        if len(numbers) == len(levels)
        else None
    )
