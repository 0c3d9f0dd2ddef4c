"""Footnotes of a plain text, and the marks that call them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.read.outline import Block, Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.plain.lines import Line

_NOTE = re.compile(r"(\d{1,3})\s+(?=[^\W\d_]|[“\"(‘])")
_MARK = re.compile(r"(?<=[.,;:)’”\w])\s?(\d{1,3})(?=\s|$)")
_COUNTS = re.compile(
    r"(?i)(?:\b(?:paragraph|figure|table|finding|recommendation|outcome|part|SDG|goal|COVID|module|page|article|indicator|of|the|and|to|by|than|at|in|for|or|over|G)s?|\d|[–-])\s*$"
)
# A noun in the plural, a unit: what stands behind a number that counts.
_COUNTED = re.compile(r"\s*(?:%|per\b|million|billion|thousand|(?!(?:was|has|its|this|is|thus|always)\b)[^\W\d_]{2,}s\b)")


def footnotes(chunk: list[Line], expected: int, *, paged: bool) -> tuple[list[tuple[str, list[Line]]], list[Line], int]:
    """Footnotes that a chunk begins with, what stands after them, and the next number.

    A footnote begins with the number that is due next.  In a text without page breaks a line set off by a space
    (the first of a page, as PDF tools print it) ends the notes.
    """
    notes: list[tuple[str, list[Line]]] = []
    for i, line in enumerate(chunk):
        m = _NOTE.match(line.text)
        if m and int(m.group(1)) == expected and (notes or i == 0):
            notes.append((m.group(1), [line]))
            expected += 1
        elif not notes:
            return [], chunk, expected
        elif not paged and line.indent and not chunk[i - 1].indent:
            return notes, chunk[i:], expected
        else:
            notes[-1][1].append(line)
    return notes, [], expected


def with_marks(blocks: Sequence[Block], numbers: Iterable[str]) -> list[Block]:
    """The blocks with the marks of these footnotes cut from their texts and kept apart."""
    known = set(numbers)
    found = [
        [m for m in _MARK.finditer(b.text) if m.group(1) in known and _is_mark(b.text, m)]
        if known and (b.kind != "heading" or len(b.text.split()) > 3)
        else []
        for b in blocks
    ]
    _add_missing(blocks, found, known)
    return [_cut(b, marks) for b, marks in zip(blocks, found, strict=True)]


def _add_missing(blocks: Sequence[Block], found: list[list[re.Match[str]]], known: set[str]) -> None:
    """Marks of notes that nothing calls yet.

    Marks stand in the order of their notes, so that a number by itself between the marks before and after it is one,
    if it is the only such number there.
    """
    at = {int(m.group(1)): i for i, marks in reversed(list(enumerate(found))) for m in marks}
    for number in sorted(int(n) for n in known if n.isdecimal() and int(n) not in at):
        first = max((i for n, i in at.items() if n < number), default=0)
        last = min((i for n, i in at.items() if n > number), default=len(blocks) - 1)
        loose = [
            (i, m)
            for i in range(first, last + 1)
            if blocks[i].kind in ("paragraph", "item")
            for m in _MARK.finditer(blocks[i].text)
            if m.group(1) == str(number) and _may_be_mark(blocks[i].text, m)
        ]
        if len(loose) == 1:
            i, mark = loose[0]
            found[i] = sorted([*found[i], mark], key=re.Match.start)
            at[number] = i


def _may_be_mark(text: str, m: re.Match[str]) -> bool:
    """Whether a number stands by itself and counts nothing."""
    return not _COUNTS.search(text[: m.start()]) and not _COUNTED.match(text, m.end())


def _cut(block: Block, found: Sequence[re.Match[str]]) -> Block:
    if not found:
        return block
    parts: list[Text] = []
    marks: list[tuple[int, str]] = []
    at = length = 0
    for m in found:
        part = block.content.slice(at, m.start())
        parts.append(part)
        length += len(part.text)
        marks.append((length, m.group(1)))
        at = m.end()
    parts.append(block.content.slice(at, len(block.text)))
    return replace(block, content=_concatenated(parts), marks=tuple(marks))


def _is_mark(text: str, m: re.Match[str]) -> bool:
    before, after = text[: m.start()], text[m.end() :]
    if re.search(r"\d[.,]$", before) and not m.group().startswith(" "):
        # "in 2023.1 Each", but not "2.4 against".
        return bool(re.match(r"\s+[A-Z“]|$", after)) and not re.search(r"(?<!\d)\d{1,2}[.,]$", before)
    if before.endswith(",") and re.match(r"\s+[a-z]", after):
        return False
    if before.endswith((".", "”", ")", ",")):
        return not re.match(r"\s*(?:per cent|%|million|[a-z]+s\b)", after) or after[:2].strip()[:1].isupper()
    # After a word: a number that counts something has a noun behind it in lower case.
    return bool(re.match(r"\s*(?:for|in|during|of|and|or|was|were|is|are|should|which|that)\b", after)) and not _COUNTS.search(before)


def _concatenated(parts: list[Text]) -> Text:
    pieces: list[Piece] = []
    at = 0
    for t in parts:
        pieces.extend(replace(p, at=p.at + at) for p in t.pieces)
        at += len(t.text)
    return Text("".join(t.text for t in parts), tuple(pieces))
