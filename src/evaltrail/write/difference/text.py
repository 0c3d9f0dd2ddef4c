"""Text for a person at a terminal: a block a change; removed words in [-…-], added ones in {+…+}, or in colours."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from evaltrail.write.difference import _words as say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Change, Comparison, FieldChange
    from evaltrail.write.difference import Showing

NAME = "text"
ENDINGS = (".txt",)

_PAINT = {
    "removed": "31;9",
    "added": "32;4",
    "bold": "1",
    "dim": "2",
    "changed": "1;33",
    "-": "1;31",
    "+": "1;32",
    "~": "1;33",
    "»": "1;36",
}
_SIGN = {"added": "+", "removed": "-", "changed": "~", "moved": "»", "renumbered": "»", "split": "~", "merged": "~"}
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
_SHOWN = 60
"""Words of a statement that was added or removed whole."""
_PIECE = re.compile(r"\S+\s*|\s+")

Pieces = list[tuple[str, str]]
"""Sort (same, removed, added, …) and words."""


def written(comparison: Comparison, showing: Showing) -> bytes:
    """The text as UTF-8."""
    return (lines_of(comparison, showing) + "\n").encode("utf-8")


def lines_of(comparison: Comparison, showing: Showing) -> str:
    """The text: the counts, then a block a change under the parts of the paper."""
    names = say.names(comparison, showing)
    out = _filled([("bold", _plain(say.summary(comparison)))], "", showing)
    out += _filled([("same", _plain(f"from {names[0]} to {names[1]}"))], "", showing)
    for sentence in say.aside(comparison, showing):
        out += _filled([("same", _plain(sentence))], "", showing)
    sections = [("", comparison.changes)]
    if showing.running:
        sections.append(("Running text", comparison.running))
    for title, changes in sections:
        if title and changes:
            out += ["", *_filled([("bold", f"{title}: {say.running_summary(comparison)}")], "", showing)]
        for part, some in say.by_part(changes):
            out += ["", *_filled([("bold", _plain(part))], "", showing)]
            for c in some:
                out += ["", *_block(c, showing, "")]
    return "\n".join(out)


def _block(change: Change, showing: Showing, indent: str) -> Iterator[str]:
    sign = _SIGN[change.how]
    at = " → ".join(f"{which} {where}" for which, where in say.places(change))
    told = ", ".join(x for x in (at, say.match(change)) if x)
    pieces: Pieces = [(sign, f"{sign} "), ("bold", _plain(say.heading(change)))]
    if told:
        pieces.append(("dim", f" ({told})"))
    yield from _filled(pieces, indent, showing, hang=2)
    inner = f"{indent}    "
    if not change.fields and not change.actions:
        for seen in (*change.old, *change.new):
            if seen.text:
                yield from _filled([(change.how, _shortened(_plain(seen.text)))], inner, showing)
    for f in [f for f in change.fields if f.field == "text"] + say.told_fields(change):
        yield from _field(change, f, inner, showing)
    for action in change.actions:
        yield from _block(action, showing, inner)


def _field(change: Change, f: FieldChange, indent: str, showing: Showing) -> Iterator[str]:
    name: Pieces = [] if f.field == "text" else [("dim", f"{say.field_name(f.field)}: ")]
    if f.words:
        for piece, words in say.pieces(change, f):
            changed = [(sort, _plain(w)) for sort, w in say.excerpted(words)]
            yield from _filled([*name, *([("dim", f"{_plain(piece)}: ")] if piece else []), *changed], indent, showing)
        return
    pieces = [(sort, _plain(words)) for sort, words in say.value_pieces(f)]
    apart = len(pieces) == 3 and pieces[1][1] == " → "
    yield from _filled(name + pieces, indent, showing, bare=apart)


def _shortened(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= _SHOWN else " ".join(words[:_SHOWN]) + " …"


def _plain(text: str) -> str:
    """Words that no terminal takes for a command: control characters and line breaks are spaces."""
    return "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if unicodedata.category(c) != "Cf" or c == "\u200d"
    )


def _filled(pieces: Pieces, indent: str, showing: Showing, *, hang: int = 0, bare: bool = False) -> list[str]:
    """Pieces in lines of the width, each line's paint ended before the next begins; ``bare``: no marks around removed and added words."""
    bits: Pieces = []
    for sort, words in pieces:
        before, after = _MARKS.get(sort, ("", "")) if not (showing.colour or bare) else ("", "")
        found = _PIECE.findall(words)
        if not found:
            continue
        tail = found[-1][len(found[-1].rstrip()) :]
        found[0] = before + found[0]
        found[-1] = found[-1][: len(found[-1]) - len(tail)] + after
        bits += [(sort, f) for f in found] + ([("same", tail)] if tail else [])
    lines: list[Pieces] = [[]]
    room = max(showing.width - len(indent), 20)
    used = 0
    for sort, bit in bits:
        width = _columns(bit.rstrip())
        if showing.wrap and used + width > room and used and _may_break(lines[-1]):
            lines.append([])
            used = hang
        if not lines[-1] and len(lines) > 1 and not bit.strip():
            continue  # a line does not begin with the space that it was broken at
        lines[-1].append((sort, bit))
        used += _columns(bit)
    return [indent + " " * (hang if n else 0) + _painted(line, showing).rstrip() for n, line in enumerate(lines)]


def _may_break(line: Pieces) -> bool:
    return bool(line) and line[-1][1][-1:].isspace()


def _columns(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _painted(line: Sequence[tuple[str, str]], showing: Showing) -> str:
    out, n = "", 0
    while n < len(line):
        k = n
        while k < len(line) and line[k][0] == line[n][0]:
            k += 1
        words = "".join(w for _, w in line[n:k])
        tail = words[len(words.rstrip()) :]
        out += _paint(words.rstrip(), line[n][0], showing) + tail
        n = k
    return out


def _paint(words: str, sort: str, showing: Showing) -> str:
    return f"\x1b[{_PAINT[sort]}m{words}\x1b[0m" if showing.colour and words and sort in _PAINT else words
