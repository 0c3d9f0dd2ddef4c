"""Drafts to blocks: footnote marks cut out, bold and italic measured, pieces laid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.markup.draft import PLAIN, Look
from evaltrail.read.markup.markers import split_marker
from evaltrail.read.outline import Block, Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.read.markup.draft import Draft, Run

_CLOSING = frozenset(".,;:!?)]}»”’%")


def finish(drafts: Iterable[Draft]) -> list[Block]:
    """Blocks of the drafts that have words or a table, in order."""
    return [block for draft in drafts if (block := finish_one(draft)) is not None]


def finish_one(draft: Draft) -> Block | None:
    """The block of one draft, None where nothing is left of it once footnote marks are cut."""
    laid = _Laid()
    for run in _without_separators(draft.runs):
        laid.add(run)
    content = laid.text()
    if not content and draft.table is None:
        return None
    counted = sum(n for _, n in laid.looks) or 1
    most = _most_common(laid.looks)
    block = Block(
        kind=draft.kind,
        content=content,
        marker=draft.marker,
        level=draft.level,
        size=most.size,
        bold=sum(n for look, n in laid.looks if look.bold) / counted,
        italic=sum(n for look, n in laid.looks if look.italic) / counted,
        bold_spans=laid.spans("bold"),
        italic_spans=laid.spans("italic"),
        colour=most.colour,
        box=draft.box,
        fill=draft.fill,
        indent=draft.indent,
        style=draft.style,
        number=draft.number,
        marks=tuple(laid.marks),
        table=draft.table.build() if draft.table is not None else None,
    )
    return split_marker(block)


def _most_common(looks: list[tuple[Look, int]]) -> Look:
    """Size and colour of most characters."""
    if len(looks) < 2:
        return looks[0][0] if looks else PLAIN
    sizes: dict[float, int] = {}
    colours: dict[str | None, int] = {}
    for look, n in looks:
        sizes[look.size] = sizes.get(look.size, 0) + n
        colours[look.colour] = colours.get(look.colour, 0) + n
    return Look(size=max(sizes, key=sizes.__getitem__), colour=max(colours, key=colours.__getitem__))


def _without_separators(runs: list[Run]) -> list[Run]:
    """Runs without the raised commas and spaces that stand between two footnote marks."""
    if not any(run.note for run in runs):
        return runs
    out: list[Run] = []
    for i, run in enumerate(runs):
        near = (i > 0 and runs[i - 1].note) or (i + 1 < len(runs) and runs[i + 1].note)
        if run.note is None and near and run.look.raised and not any(c.isalnum() for c in run.text):
            continue
        out.append(run)
    return out


class _Laid:
    """The block's text while runs are laid one after the other."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.marks: list[tuple[int, str]] = []
        self.looks: list[tuple[Look, int]] = []
        self.flags: list[tuple[int, int, Look]] = []

    def add(self, run: Run) -> None:
        if run.note is not None:
            if run.note:
                self.marks.append((self.length, run.note))
            return
        text, start = run.text, run.start
        ends_in_space = bool(self.parts) and self.parts[-1].endswith(" ")
        if self.marks and self.marks[-1][0] == self.length and ends_in_space and text[0] in _CLOSING:
            # "word [1]." leaves a space before the stop when the mark is cut.
            self._unspace()
            ends_in_space = False
        if (ends_in_space or not self.length) and text.startswith(" "):
            text, start = text[1:], start + 1
        if not text:
            return
        at = self.length
        self.parts.append(text)
        self.length += len(text)
        last = self.pieces[-1] if self.pieces else None
        if start < 0:
            self.flags.append((at, self.length, run.look))
            return
        if last is not None and last.at + last.length == at and last.start + last.length == start:
            self.pieces[-1] = Piece(last.at, 1, last.start, last.length + len(text))
        else:
            self.pieces.append(Piece(at, 1, start, len(text)))
        self.looks.append((run.look, len(text) - text.count(" ")))
        self.flags.append((at, self.length, run.look))

    def _unspace(self) -> None:
        """Take back the space at the end."""
        self.parts[-1] = self.parts[-1][:-1]
        self.length -= 1
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.at + last.length > self.length:
            self.pieces.pop()
            if last.length > 1:
                self.pieces.append(Piece(last.at, 1, last.start, last.length - 1))
        self.flags[-1] = (self.flags[-1][0], self.length, self.flags[-1][2])
        self.marks = [(min(at, self.length), number) for at, number in self.marks]

    def text(self) -> Text:
        """The words, trailing space dropped."""
        whole = Text("".join(self.parts), tuple(self.pieces))
        return whole.cut(0) if whole.text.endswith(" ") else whole

    def spans(self, name: str) -> tuple[tuple[int, int], ...]:
        """Spans of runs whose look has the flag, merged over spaces."""
        text = "".join(self.parts)
        out: list[tuple[int, int]] = []
        for start, end, look in self.flags:
            if not getattr(look, name):
                continue
            a, b = start, end
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            if a == b:
                continue
            if out and not text[out[-1][1] : a].strip():
                out[-1] = (out[-1][0], b)
            else:
                out.append((a, b))
        return tuple(out)
