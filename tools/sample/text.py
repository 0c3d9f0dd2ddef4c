"""The sample paper as plain text: what a layout-keeping extraction gives of the PDF, a form feed after each page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium

COLUMN = 5.0
"""Width in points that one space stands for where words are far apart."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a gap between them; coordinates in points from the page's bottom left."""

    text: str
    left: float
    right: float
    base: float
    height: float


def build(pdf: bytes) -> bytes:
    """The text of the PDF in UTF-8, columns kept apart by spaces."""
    document = pdfium.PdfDocument(pdf)
    pages = [_page(document[i]) for i in range(len(document))]
    return "".join(p + "\f" for p in pages).encode()


def _page(page: pdfium.PdfPage) -> str:
    lines: list[list[Word]] = []
    for word in sorted(_words(page), key=lambda w: (-w.base, w.left)):
        if lines and abs(lines[-1][0].base - word.base) < 2.5:
            lines[-1].append(word)
        else:
            lines.append([word])
    if not lines:
        return ""
    margin = min(w.left for line in lines for w in line)
    out = [_line(sorted(lines[0], key=lambda w: w.left), margin)]
    for above, line in pairwise(lines):
        # One empty line where the distance to the line above is clearly more than a line of the larger type.
        if above[0].base - line[0].base > 1.75 * max(w.height for w in above + line):
            out.append("")
        out.append(_line(sorted(line, key=lambda w: w.left), margin))
    return "\n".join(out) + "\n"


def _line(words: list[Word], margin: float) -> str:
    out = ""
    last = margin
    for word in words:
        gap = word.left - last
        if not out:
            out = " " * round(gap / COLUMN)
        elif gap > 9:
            out += " " * max(2, round((word.left - margin) / COLUMN) - len(out))
        elif gap > 0.35:
            out += " "
        out += word.text
        last = word.right
    return out.rstrip()


def _words(page: pdfium.PdfPage) -> list[Word]:
    """Runs of characters between spaces, with the line's baseline as the height that superscripts share with their line."""
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    out: list[Word] = []
    run: list[tuple[str, tuple[float, float, float, float]]] = []
    boxes = [textpage.get_charbox(i, loose=True) for i in range(textpage.count_chars())]
    for char, box in zip(text, boxes, strict=True):
        shown = "-" if char in "\u00ad\ufffe\x02" else char
        if shown.isspace() or (run and (box[0] - run[-1][1][2] > 3 or abs(box[1] - run[-1][1][1]) > 6)):
            _close(run, out)
            run = []
        if not shown.isspace():
            run.append((shown, box))
    _close(run, out)
    return out


def _close(run: list[tuple[str, tuple[float, float, float, float]]], out: list[Word]) -> None:
    if run:
        # The lowest bottom: a footnote's mark stands higher than the words that it follows.
        base, height = min(b[1] for _, b in run), max(b[3] - b[1] for _, b in run)
        out.append(Word("".join(c for c, _ in run), run[0][1][0], run[-1][1][2], base, height))
