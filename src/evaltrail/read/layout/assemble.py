"""Assemble: lines of all pages to the outline's blocks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from evaltrail.read.layout.texts import Span, Vocabulary, text_of
from evaltrail.read.outline import Block, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.model import Frame, Line

_BULLET = r"[•‣▪▫◦●○■□–—\-·o*➢➤✓✔❖♦►▶\uf020-\uf0ff]"
_MARKER = re.compile(
    rf"(?P<bullet>{_BULLET})(?=\s)|(?P<number>\(?(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,4}}|[a-zA-Z]|[ivxlIVXL]{{1,6}})[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?=\s)"
)


def blocks_of(lines: Sequence[Line], frames: dict[int, Frame]) -> list[Block]:
    """Blocks in reading order."""
    vocabulary = Vocabulary()
    vocabulary.learn(lines)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((s for s in sizes if s > body + 0.8), reverse=True)
    out: list[Block] = []
    run: list[Line] = []
    for line in lines:
        if run and _breaks(run, line):
            out.append(_block(run, frames, vocabulary, body, larger))
            run = []
        run.append(line)
    if run:
        out.append(_block(run, frames, vocabulary, body, larger))
    return out


def _bold(line: Line) -> bool:
    return sum(len(w.text) for w in line.words if w.style.bold) > 0.8 * sum(len(w.text) for w in line.words)


def _breaks(run: list[Line], line: Line) -> bool:
    last = run[-1]
    if abs(last.size - line.size) > 0.6 or _bold(last) != _bold(line) and _bold(run[0]) == _bold(last):
        return True
    if _MARKER.match(line.text):
        return True
    if last.page == line.page and line.base > last.base and line.base - last.base > 1.75 * line.size:
        return True
    first = line.words[0]
    return last.x1 + 0.3 * line.size + (first.x1 - first.x0) < last.column[1] - 2 * line.size


def _block(run: list[Line], frames: dict[int, Frame], vocabulary: Vocabulary, body: float, larger: list[float]) -> Block:
    first = run[0]
    marker = Text()
    spans = [Span(line, 0, len(line.words)) for line in run]
    found = _MARKER.match(first.text)
    if found and found.end() < len(first.text):
        end = found.end()
        cut = next((i for i, s in enumerate(first.starts) if s >= end), 0)
        if cut:
            marker = text_of([Span(first, 0, cut)], frames, vocabulary)[0]
            spans[0] = Span(first, cut, len(first.words))
    content, facts, marks = text_of(spans, frames, vocabulary)
    kind, level = "paragraph", 0
    if first.size > body + 0.8 and len(run) <= 4:
        kind, level = "heading", larger.index(first.size) + 1 if first.size in larger else 1
    elif facts.bold > 0.9 and len(run) <= 3:
        kind, level = "heading", len(larger) + 1
    elif marker and not marker.text[:1].isdigit():
        kind, level = "item", 1
    return Block(
        kind,  # type: ignore[arg-type]
        content,
        marker,
        level,
        facts.size,
        facts.bold,
        facts.italic,
        facts.bold_spans,
        facts.italic_spans,
        facts.colour,
        indent=first.x0 - first.column[0],
        marks=marks,
    )
