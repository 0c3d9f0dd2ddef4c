"""Markers: bullets, numbers and letters that stand before a paragraph, an item or a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.read.layout.model import Line

BULLETS = frozenset("•‣▪▫◦●○■□◆◇►▶▸➢➤➔→✓✔✗✘❖♦★☆·∙⁃–—−-*¾Ø§þü➲➣⮚⇒❑❒❏⦁⚫⬤▬⎯✦✧⮞")
_LETTERS = frozenset({"o", "q", "v"})
"""Letters that stand for a circle, a square and a lozenge in the fonts that Word makes bullets of; a bullet only by their font or white."""
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<open>[(\[])?(?P<core>\d{1,3}(?:\.\d{1,3}){0,5}[a-z]?|[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,7}|[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,3})(?P<close>[)\]]|\.\)|\.|[.:]-|:)?"
)
GAP = 0.75
"""Ems of white after a number that has neither full stop nor bracket."""
TAB = 1.2
"""Ems of white after a lone letter from which it is a bullet, in whatever font."""


@dataclass(slots=True, frozen=True)
class Marker:
    """A marker at the beginning of a line."""

    kind: str
    """'bullet', 'arabic', 'decimal' (3.2.1), 'letter', 'roman'."""
    text: str
    words: int
    """How many words of the line it takes."""
    value: int = 0
    """Its place in a series (26 for '26.', 3 for 'c)', 4 for 'iv.'), the last part of a decimal number."""
    depth: int = 1
    """Parts of a decimal number."""
    style: str = ""
    """How it is written, for telling series apart: '1.', '(1)', 'a)', 'A.', the bullet itself."""
    sure: bool = True
    """False for a number without full stop, told apart by white alone."""
    characters: int = 0
    """Characters of the word after those words that belong to it too ("11.The")."""


def roman(text: str) -> int:
    """Value of a Roman number, 0 where it is none."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    total = 0
    for a, b in zip(text.lower(), [*text.lower()[1:], ""], strict=True):
        total += -values[a] if b and values[b] > values[a] else values[a]
    return total


def marker_of(line: Line) -> Marker | None:
    """The marker with which a line begins, or None."""
    words = line.words
    if len(words) < 2:
        return None
    first = words[0]
    gap = (words[1].x0 - first.x1) / max(line.size, 1.0)
    text = first.text
    if len(text) == 1 and (text in BULLETS or "\ue000" <= text <= "\uf8ff" or (first.style.symbol and not text.isdigit())):
        # A dash or an asterisk with nothing after it belongs to the word.
        return Marker("bullet", text, 1, style=text) if gap > 0.1 or text not in "-–—−*·§" else None
    if text in _LETTERS and (gap > TAB or (gap > 0.4 and first.style.font != words[1].style.font)):
        return Marker("bullet", text, 1, style=text)
    # A number and its full stop may be two pieces ("17" "."), for programs set them so.
    taken = 1
    while taken < min(4, len(words) - 1) and line.starts[taken] == line.starts[taken - 1] + len(words[taken - 1].text):
        if words[taken].x0 - words[taken - 1].x1 >= GAP * line.size:
            break
        text += words[taken].text
        taken += 1
    found = _numbered(text, (words[taken].x0 - words[taken - 1].x1) / max(line.size, 1.0))
    return replace(found, words=taken) if found is not None else None


def _numbered(text: str, gap: float) -> Marker | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    opened, core, close = found["open"] or "", found["core"], found["close"] or ""
    if opened and not close:
        return None
    if core[0].isdigit():
        return _arabic(text, opened, core, close, gap)
    if core[-1].isdigit():
        # "A1", "B.2.1": with a full stop, or parted from the words by white.
        if not close and "." not in core and gap < GAP:
            return None
        return Marker("decimal", text, 1, int(re.findall(r"\d+", core)[-1]), max(2, 1 + core.count(".")), "A1")
    if close:
        return _lettered(text, opened, core, close)
    value = roman(core)
    return Marker("roman", text, 1, value, 1, "I", sure=False) if value and core.isupper() and gap >= GAP else None


def _arabic(text: str, opened: str, core: str, close: str, gap: float) -> Marker | None:
    parts = core.split(".")
    if len(parts) > 1:
        # "(2.8)" is a figure in brackets.
        return None if opened else Marker("decimal", text, 1, int(re.sub(r"\D", "", parts[-1]) or 0), len(parts), f"{len(parts)}d")
    if not close and gap < GAP:
        return None
    return Marker("arabic", text, 1, int(re.sub(r"\D", "", core)), 1, f"{opened}1{close}", bool(close))


def _lettered(text: str, opened: str, core: str, close: str) -> Marker | None:
    """A letter or a Roman number: "i" and "v" in brackets are numbers, other single letters letters."""
    case = core.isupper()
    value = roman(core)
    if value and value < 60 and (len(core) > 1 or core.lower() in ("ivx" if opened else "iv")):
        return Marker("roman", text, 1, value, 1, f"{opened}{'I' if case else 'i'}{close}")
    if len(core) == 1:
        return Marker("letter", text, 1, ord(core.lower()) - 96, 1, f"{opened}{'A' if case else 'a'}{close}")
    if len(core) == 2 and core[0] == core[1] and core.islower() and close not in {":", "."}:
        return Marker("letter", text, 1, 26 + ord(core[0]) - 96, 1, f"{opened}a{close}")
    return None
