"""Figures: shapes that are neither rules nor shading of text, and the labels around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.layout.lines import fragments, split
from evaltrail.read.layout.model import word_count
from evaltrail.read.layout.rules import THIN, is_white
from evaltrail.read.outline import Piece, Shape, Text
from evaltrail.read.outline import Word as OutlineWord
from evaltrail.text.packs import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.layout.areas import Areas
    from evaltrail.read.layout.model import Drawing, Frame, Line, Word

MAX_SHAPES = 600
NEAR = 26.0
"""Points between two shapes of one figure."""
LABEL_WORDS = 6
"""More words than that in a row are text and not a label."""
BLOCK_WORDS = 14
"""The same for rows under each other."""
FIGURE_LETTERS = 240
"""More letters than that in rows under each other are text also in what the file says is a figure."""
MIN_FIGURE = (60.0, 36.0)
MIN_SHAPES = 3


def shapes_of(drawings: Iterable[Drawing], areas: Areas, words: Sequence[Word], size: tuple[float, float]) -> list[Drawing]:
    """Filled upright rectangles that may be bars, legend keys and the like."""
    width, height = size
    out: list[Drawing] = []
    for d in drawings:
        if d.image or d.curved or d.fill is None or is_white(d.fill) or d.width <= THIN / 2 or d.height <= THIN / 2:
            continue
        if (d.width <= THIN and d.height > 20) or (d.height <= THIN and d.width > 20) or (d.width <= THIN and d.height <= THIN):
            continue
        if d.width * d.height > 0.5 * width * height or d.x1 < 0 or d.y1 < 0 or d.x0 > width or d.y0 > height:
            continue
        if _shades(d, areas) or _behind_text(d, words):
            continue
        out.append(d)
        if len(out) >= MAX_SHAPES:
            break
    return out


def _shades(d: Drawing, areas: Areas) -> bool:
    """Whether the rectangle is a table cell's or a box's background."""
    x, y = (d.x0 + d.x1) / 2, (d.y0 + d.y1) / 2
    for g in areas.grids:
        if g.x0 - 2 <= x <= g.x1 + 2 and g.y0 - 2 <= y <= g.y1 + 2:
            cell = g.cell_at(min(max(x, g.x0 + 0.1), g.x1 - 0.1), min(max(y, g.y0 + 0.1), g.y1 - 0.1))
            if cell is None or d.width > 0.8 * (cell.x1 - cell.x0):
                return True
    for p in areas.panels:
        if d.x0 >= p.x0 - 3 and d.x1 <= p.x1 + 3 and d.y0 >= p.y0 - 3 and d.y1 <= p.y1 + 3 and d.width > 0.8 * (p.x1 - p.x0):
            return True
    return False


def _behind_text(d: Drawing, words: Sequence[Word]) -> bool:
    """Whether words (and not only a number) stand on the rectangle."""
    for w in words:
        if d.x0 - 1 <= (w.x0 + w.x1) / 2 <= d.x1 + 1 and d.y0 - 1 <= (w.y0 + w.y1) / 2 <= d.y1 + 1 and sum(c.isalpha() for c in w.text) > 2:
            return True
    return False


def labels_of(drawings: Sequence[Drawing], shapes: Sequence[Drawing], areas: Areas, words: Sequence[Word]) -> list[list[Word]]:
    """Runs of words that are labels in a figure: axis values, names of bars, legends, words in the boxes of a diagram."""
    marks = [*shapes, *(d for d in drawings if _is_mark(d) and not _shades(d, areas))]
    if len(marks) < MIN_SHAPES:
        return []
    figures = [f for f in _figures(marks) if f[2] - f[0] >= MIN_FIGURE[0] and f[3] - f[1] >= MIN_FIGURE[1]]
    if not figures:
        return []
    out: list[list[Word]] = []
    for block in _blocks(words):
        if sum(word_count(r) for r in block) > BLOCK_WORDS or not all(_is_label(r) for r in block) or captions().match(block[0][0].text):
            continue
        x0, y0 = min(w.x0 for r in block for w in r), min(w.y0 for r in block for w in r)
        x1, y1 = max(w.x1 for r in block for w in r), max(w.y1 for r in block for w in r)
        # The values of an axis stand further off than other labels.
        far = 30 if all(w.text.strip("%.,-– ").replace(" ", "").replace(".", "").isdigit() for r in block for w in r) else 0
        if any(f[0] - 40 - 2 * far <= x0 and x1 <= f[2] + 40 + 2 * far and f[1] - 6 - far <= y0 and y1 <= f[3] + 18 + far for f in figures):
            out.extend(block)
    return out


def drawn_words(words: Iterable[Word]) -> list[list[Word]]:
    """Runs of the words that the file says are a figure's, unless it says so of whole paragraphs: those are text in any case."""
    blocks = _blocks([w for w in words if w.drawn])
    # Letters and not words: programs that draw charts place every letter by itself.
    if any(sum(len(w.text) for r in block for w in r) > FIGURE_LETTERS for block in blocks):
        return []
    return [run for block in blocks for run in block]


def _is_mark(d: Drawing) -> bool:
    """Whether a drawing with curves is large enough to be part of a figure: a slice of a pie, an arrow, a rounded box."""
    return d.curved and not d.image and d.width > 6 and d.height > 6 and (d.fill is not None or d.stroke is not None)


def _blocks(words: Sequence[Word]) -> list[list[list[Word]]]:
    """Runs of words grouped with those directly under them."""
    out: list[list[list[Word]]] = []
    for run in fragments(words):
        x0, x1, base, size = run[0].x0, max(w.x1 for w in run), run[0].base, run[0].style.size
        for block in out:
            last = block[-1]
            if 0 < base - last[0].base < 1.5 * size and min(x1, max(w.x1 for w in last)) > max(x0, last[0].x0):
                block.append(run)
                break
        else:
            out.append([run])
    return out


@cache
def captions() -> re.Pattern[str]:
    """The words with which captions begin."""
    words = merged("layout").get("captions", {}).get("words", ())
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE) if words else re.compile(r"(?!)")


def _is_label(run: Sequence[Word]) -> bool:
    """Whether a run is short and no sentence."""
    return word_count(run) <= LABEL_WORDS and not run[-1].text.endswith((".", ";")) and run[0].style.size < 14


def _figures(shapes: Sequence[Drawing]) -> list[tuple[float, float, float, float]]:
    """Bounding boxes of groups of near shapes."""
    groups: list[tuple[list[float], int]] = []
    for d in sorted(shapes, key=lambda s: (s.y0, s.x0))[:MAX_SHAPES]:
        box, count = [d.x0, d.y0, d.x1, d.y1], 1
        rest = []
        for other, n in groups:
            if other[0] - NEAR <= box[2] and box[0] <= other[2] + NEAR and other[1] - NEAR <= box[3] and box[1] <= other[3] + NEAR:
                box = [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])]
                count += n
            else:
                rest.append((other, n))
        groups = [*rest, (box, count)]
    return [(b[0], b[1], b[2], b[3]) for b, n in groups if n >= MIN_SHAPES]


def outline_shapes(shapes: Iterable[Drawing], frame: Frame) -> tuple[Shape, ...]:
    """Shapes in PDF coordinates."""
    return tuple(Shape(frame.box(d.x0, d.y0, d.x1, d.y1), d.fill, d.stroke) for d in shapes)


def outline_words(lines: Iterable[Line], frame: Frame) -> tuple[OutlineWord, ...]:
    """Runs of words with their boxes, for reading a chart."""
    out = []
    for line in lines:
        at = 0
        for run in split(line.words, 0.9) if line.label or not line.aside else [line.words]:
            start = line.starts[at]
            at += len(run)
            end = line.starts[at - 1] + len(run[-1].text)
            box = frame.box(min(w.x0 for w in run), min(w.y0 for w in run), max(w.x1 for w in run), max(w.y1 for w in run))
            text = line.text[start:end]
            out.append(OutlineWord(Text(text, (Piece(0, line.page, line.at + start, end - start, box),)), box, run[0].style.size))
    return tuple(out)
