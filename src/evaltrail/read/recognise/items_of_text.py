"""Lists inside a statement's words: lines with markers, and "(a) … and (b) …" within a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evaltrail.text.sentences import sentences

ItemKind = Literal["bullet", "letter", "roman", "decimal", "composite", "plain"]

_MARKER = re.compile(
    r"(?P<bullet>[•●▪■○‣◦·➢➔►✓*–—-])\s+"
    r"|(?P<composite>(?:[A-Z]{1,2}\.?)?\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2}\.?(?:\([a-z]\)|[a-z]))[.):]?\s+"
    r"|(?P<decimal>\(\d{1,2}\)|\d{1,2}[.)])\s+"
    r"|(?P<roman>\((?:[ivx]{1,5})\)|(?:[ivx]{1,5})[.)])\s+"
    r"|(?P<letter>\([a-zA-Z]\)|[a-zA-Z][.)])\s+"
    # A typewriter's bullet, which is "or" in Spanish: only before a capital.
    r"|(?P<o>o)\s+(?=[A-ZÀ-Þ])"
)
_INLINE = re.compile(r"(?<![\w(])(?:\((?P<mark>[a-h]|[ivx]{1,4}|\d)\)|(?P<bare>[a-h]|[ivx]{1,4})\))\s+(?=\S)")
_SECOND = 2
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
_JOINING = frozenset({"and", "or", "and/or", "et", "ou", "y", "e", "o", "u"})


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its marker's kind and number, and where it stands in the text."""

    kind: ItemKind
    number: str
    start: int
    """Where its marker begins."""
    content: int
    """Where its words begin."""
    end: int
    """One past its last word; what is nested in it included."""
    inline: bool = False


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    kind: ItemKind | None = None
    style: str = ""
    number: str = ""
    content: int = 0


def items_in_lines(text: str) -> list[Item]:
    """The items of the first list among the lines of ``text``, those nested in them left inside; empty where there is none."""
    lines = [_line(text, start, end) for start, end in _spans(text)]
    _first_without_marker(lines)
    for n, line in enumerate(lines):
        if line.kind is not None:
            items = _run(text, lines, n)
            if len(items) > 1:
                return items
    return _unmarked(text, lines)


def _first_without_marker(lines: list[_Line]) -> None:
    """Take an unmarked first line for the first item where the second line is the second one: its marker was read as a label's."""
    if len(lines) > 1 and lines[0].kind is None and lines[1].kind in ("letter", "decimal") and _value(lines[1], lines[1].kind) == _SECOND:
        lines[0].kind, lines[0].style = lines[1].kind, lines[1].style
        lines[0].number = "1" if lines[1].kind == "decimal" else "a"


def _spans(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for part in text.split("\n"):
        out.append((at, at + len(part)))
        at += len(part) + 1
    return out


def _line(text: str, start: int, end: int) -> _Line:
    m = _MARKER.match(text, start, end)
    if m is None or m.lastgroup is None:
        return _Line(start, end, content=start)
    printed = m.group(m.lastgroup)
    if m.lastgroup in ("bullet", "o"):
        return _Line(start, end, "bullet", printed, "", m.end())
    number = printed.strip("().:")
    style = printed.replace(number, "")
    kind: ItemKind = m.lastgroup  # type: ignore[assignment]
    if kind == "composite":
        # "1.2" and "1.3" are one list, "2.1" opens another.
        return _Line(start, end, kind, re.sub(r"(?:\d{1,2}|\(?[a-z]\)?)$", "", printed.rstrip(".:")), printed.rstrip(".:"), m.end())
    return _Line(start, end, kind, style, number, m.end())


def _run(text: str, lines: list[_Line], first: int) -> list[Item]:
    """The list that opens in line ``first``: the lines of its kind that count on, up to the first that breaks it off."""
    opener = lines[first]
    as_letters = opener.kind == "roman" and opener.number not in ("i", "I")
    kind: ItemKind = "letter" if as_letters else opener.kind or "bullet"
    if kind not in ("bullet", "composite") and _value(opener, kind) != 1:
        return []
    starts = [first]
    last = len(lines)
    nested = False
    for n in range(first + 1, len(lines)):
        line = lines[n]
        if line.kind is None:
            # A paragraph between two items goes on with the first; behind the last it ends the list.
            if not any(_next(lines[m], opener, kind, lines[starts[-1]]) for m in range(n + 1, len(lines))):
                last = n
                break
            continue
        if _next(line, opener, kind, lines[starts[-1]]):
            starts.append(n)
            nested = False
        elif line.kind == kind and line.style == opener.style and kind != "bullet" and not nested:
            last = n
            break
        else:
            nested = True
    ends = [*(lines[n].start - 1 for n in starts[1:]), lines[last - 1].end]
    own = [(lines[n], end) for n, end in zip(starts, ends, strict=True)]
    return [Item(kind, x.number, x.start, x.content, _trimmed(text, x.content, end)) for x, end in own]


def _next(line: _Line, opener: _Line, kind: ItemKind, before: _Line) -> bool:
    """Whether a line is the item behind ``before`` in the list that ``opener`` opened."""
    if line.kind is None or line.style != opener.style:
        return False
    if kind == "bullet":
        return line.kind == "bullet"
    if kind == "composite":
        return line.kind == "composite"
    if line.kind == kind or (kind == "letter" and line.kind == "roman" and len(line.number) == 1):
        return _value(line, kind) == _value(before, kind) + 1
    return False


def _value(line: _Line, kind: ItemKind) -> int:
    number = line.number.lower()
    if kind == "letter":
        return ord(number) - ord("a") + 1 if len(number) == 1 and number.isalpha() else -1
    if kind == "roman":
        return _ROMAN.get(number, -1)
    return int(number) if number.isdigit() else -1


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of an item's words, without the "; and" before the next one; its full stop stays."""
    own = text[start:end].rstrip()
    last = own.rpartition(" ")[2]
    if last.lower() in _JOINING and own[: -len(last)].rstrip()[-1:] in (";", ","):
        own = own[: -len(last)].rstrip()
    return start + len(own.rstrip("; ,"))


def _unmarked(text: str, lines: list[_Line]) -> list[Item]:
    """A list whose bullets are lost (plain text): lines behind a colon, each but the last ending with a semicolon."""
    for n in range(len(lines) - 2):
        if not text[lines[n].start : lines[n].end].rstrip().endswith(":"):
            continue
        last = n
        for m in range(n + 1, len(lines)):
            last = m
            if not re.search(r"[;,](?:\s+\w{1,3})?\s*$", text[lines[m].start : lines[m].end]):
                break
        if last - n >= 2:
            return [Item("plain", "", x.start, x.start, _trimmed(text, x.start, x.end)) for x in lines[n + 1 : last + 1]]
    return []


def items_in_sentence(text: str) -> list[Item]:
    """Items "(a) … (b) …" inside the first paragraph that counts them off; empty where none does."""
    for start, end in _spans(text):
        found = list(_INLINE.finditer(text, start, end))
        for n, m in enumerate(found):
            run = _inline_run(found[n:])
            if len(run) > 1 and _number_of(m) in ("a", "i", "1"):
                return _inline_items(text, run, end)
    return []


def _number_of(m: re.Match[str]) -> str:
    return str(m.group("mark") or m.group("bare"))


def _inline_run(found: list[re.Match[str]]) -> list[re.Match[str]]:
    first = _number_of(found[0])
    kind: ItemKind = "decimal" if first.isdigit() else "roman" if first == "i" else "letter"
    run = [found[0]]
    for m in found[1:]:
        if _value(_Line(0, 0, kind, "", _number_of(m)), kind) == _value(_Line(0, 0, kind, "", _number_of(run[-1])), kind) + 1:
            run.append(m)
        elif _number_of(m) == first:
            break
    return run


def _inline_items(text: str, run: list[re.Match[str]], end: int) -> list[Item]:
    first = _number_of(run[0])
    kind: ItemKind = "decimal" if first.isdigit() else "roman" if first == "i" else "letter"
    # The last item ends with its sentence: what follows speaks of all of them.
    rest = sentences(text[run[-1].end() : end])
    stop = run[-1].end() + (rest[0].end if rest else end - run[-1].end())
    ends = [*(m.start() for m in run[1:]), stop]
    return [Item(kind, _number_of(m), m.start(), m.end(), _trimmed(text, m.end(), e), inline=True) for m, e in zip(run, ends, strict=True)]
