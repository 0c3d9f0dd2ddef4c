"""Words: runs to typst's content, with footnotes and links, broken only where a reader joins them again without a doubt."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from evaltrail.write.typst.strings import clean, ems, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from evaltrail.write.model import Note, Run, Words

# Where a long address may be broken: a reader takes nothing out behind a stroke.
_PLACES = re.compile(r"(?<=[^\W_]/)(?=[^\W_])")
FEW = 3
LONG_LINK = 300
"""Characters of a link from which its words stand without one: typst cannot tag a link over pages."""
_CALLS = ("note(", "again(", "raised(", "super(")
LONG = 24
"""Ems of a word from which it may be broken at its strokes."""


@lru_cache(maxsize=32)
def _delicate(length: int) -> re.Pattern[str]:
    """Words that have to be looked at: those of ``length`` characters or more, and those with a hyphen, a dash or a stroke inside.

    A line broken behind one of these would look hyphenated, or parted by a space.
    """
    inside = r"(?:[^\W_][^\w\s.,:;'’\"“”]+|[-\u2010/–—])[^\W_]"
    # What a reader would take for a new item if a line began with it, behind a sentence or a part of one, stays with the word before.
    led = r"\S*[.!?…:;][\"'”’)]* (?:[•·*]|\(?\w{1,4}[.)])(?= )|\S+ [-–—](?= )"
    joined = r"[^\W\d_A-Z]\S*[-\u2010/] (?=[^\W_])\S+"
    return re.compile(rf"(?<!\S)(?:{led}|\S{{{length},}}|\S*?{inside}\S*|{joined})")


@lru_cache(maxsize=32)
def _long(length: int) -> re.Pattern[str]:
    """Words of ``length`` characters or more."""
    return re.compile(rf"(?<!\S)\S{{{length},}}")


class Setter:
    """Sets words; knows which notes were called already and which anchors there are."""

    def __init__(
        self, notes: Sequence[Note], anchors: Iterable[str], instead: Mapping[str, str] | None = None, *, rtl: bool = False
    ) -> None:
        self.notes = notes
        self._rtl = rtl
        self.anchors = {a: f"a{i}" for i, a in enumerate(dict.fromkeys(anchors))}
        """Labels by anchor: an anchor may have characters that a label may not."""
        self._called: set[int] = set()
        self._open: list[int] = []
        self._defer = False
        self._linked = True
        found = instead or {}
        self._instead = {ord(c): form for c, form in found.items() if form}
        missing = [c for c, form in sorted(found.items()) if not form]
        self._missing = re.compile(f"[{re.escape(''.join(missing))}]+") if missing else None
        self._silent: dict[int, list[int]] = {}
        self._loose: list[int] = []
        self._deferred: list[int] = []

    def expect(self, called: Sequence[int]) -> None:
        """Plan where notes that no text calls are printed: with the note before them, else with the first that is called."""
        first = called[0] if called else None
        known = set(called)
        last: int | None = None
        for i in range(len(self.notes)):
            if i in known:
                last = i
            elif last is not None or first is not None:
                self._silent.setdefault(last if last is not None else first or 0, []).append(i)
            else:
                self._loose.append(i)

    def loose(self) -> str:
        """Notes that no words after their call could bring, and those of a paper that calls none."""
        return _joined([self._brought(), *(self._silenced(i) for i in self._loose)])

    def _brought(self) -> str:
        """Notes that were called in words before which typst would print them on the wrong page."""
        waiting, self._deferred = self._deferred, []
        return "; ".join(self._silenced(i) for i in waiting)

    def text(self, string: str) -> str:
        """A string that typst can print: characters that no face has are written as their code points."""
        out = clean(string)
        if self._instead:
            out = out.translate(self._instead)
        if self._missing is not None:
            out = self._missing.sub(lambda m: "[" + " ".join(f"U+{ord(c):04X}" for c in m[0]) + "]", out)
        return out

    def words(
        self, words: Words, *, size: float = 10.5, width: float = 440.0, bold: bool = False, defer: bool = False, repeated: bool = False
    ) -> str:
        """Content of the words.

        Args:
            words: the words.
            size: points of the letters.
            width: points of the line; with the size this tells what has to be broken.
            bold: the words stand in bold as a whole (a heading), so that bold runs are not marked again.
            defer: the words are kept with what follows; the notes that they call come with the next words that are not,
                for typst would print them a page too early.
            repeated: the words stand again on each page, where no link may be; their notes come later too.
        """
        self._defer, self._linked = defer or repeated, not repeated
        first = "" if self._defer or not words else self._brought()
        runs: list[tuple[str, Run]] = []
        for r in words:
            if r.text:
                runs.append((self.text(r.text), r if r.note is None else replace(r, note=None)))
            if r.note is not None and 0 <= r.note < len(self.notes):
                runs.append(("", r))
        whole = "".join(text for text, _ in runs)
        room = 0.99 * width / size
        # Boxes have no direction, and in text from right to left the words of a Latin name would change places: there only long words.
        length = max(2, int(min(LONG, room) / 0.95))
        found = [m.span() for m in (_long(length) if self._rtl else _delicate(length)).finditer(whole)]
        if not found:
            return _joined([first, *(self._face(text, run, bold=bold) for text, run in runs)])
        parts = [first]
        for delicate, members in groupby(_segments(runs, found), key=lambda m: m[0]):
            inner = [(text, run) for _, text, run in members]
            if delicate is None:
                parts.extend(self._face(text, run, bold=bold) for text, run in inner)
            else:
                parts.extend(self._token(inner, room, bold=bold))
        return _joined(parts)

    def line(self, string: str) -> str:
        """A string on one line."""
        return " ".join(self.text(string).split())

    def plain(self, words: Words) -> str:
        """The words without faces, notes and links, on one line."""
        return self.line("".join(r.text for r in words))

    def _token(self, token: list[tuple[str, Run]], room: float, *, bold: bool) -> Iterator[str]:
        """A delicate word in a box, which is never broken; a long one in several."""
        if not token:
            return
        whole = "".join(text for text, _ in token)
        if " " in whole and ems(whole) > min(LONG, room):
            yield from (self._face(text, run, bold=bold) for text, run in token)
            return
        if self._rtl:
            yield from (self._face("\u200b".join(_parts(text, room)) if text else "", run, bold=bold) for text, run in token)
            return
        if ems(whole) <= min(LONG, room) or len(whole) < 2:
            yield f"box({{{_joined(self._face(text, run, bold=bold) for text, run in token)}}})"
            return
        for text, run in token:
            if not text:
                yield self._face(text, run, bold=bold)
            else:
                yield from (f"box({self._face(part, run, bold=bold)})" for part in _parts(text, room))

    def _face(self, text: str, run: Run, *, bold: bool) -> str:
        if run.note is not None:
            return self._call(run.note)
        if not text:
            return ""
        out = literal(text)
        if "\n" in text:
            out = "; linebreak(); ".join(literal(line) for line in text.split("\n"))
            out = f"{{{out}}}" if run.bold or run.italic or run.to is not None else out
        if run.bold and not bold:
            out = f"strong({out})"
        if run.italic:
            out = f"emph({out})"
        if run.to is not None and run.to in self.anchors and self._linked and len(text) < LONG_LINK:
            out = f"link(label({literal(self.anchors[run.to])}), {out})"
        return out

    def _call(self, index: int) -> str:
        """The call of a note: with its words the first time."""
        key, number = f"n{index}", literal(self.text(self.notes[index].number))
        if index in self._open:
            # A note that calls itself.
            return ""
        if index in self._called:
            return f'again("{key}", {number})' if self._linked else f"super({number})"
        self._called.add(index)
        if self._defer:
            self._deferred.extend(sorted([index, *self._silent.get(index, ())]))
            return f'raised("{key}", {number})' if self._linked else f"super({number})"
        before = [self._silenced(i) for i in self._silent.get(index, ()) if i < index]
        after = [self._silenced(i) for i in self._silent.get(index, ()) if i > index]
        return "; ".join([*before, f'note("{key}", {number}, {{{self._body(index)}}})', *after])

    def _silenced(self, index: int) -> str:
        """A note that stands at the foot of the page without a mark in the text, as it was read."""
        self._called.add(index)
        return f'silent("n{index}", {literal(self.text(self.notes[index].number))}, {{{self._body(index)}}})'

    def _body(self, index: int) -> str:
        before = self._defer, self._linked
        self._open.append(index)
        out = self.words(self.notes[index].words, size=8.5)
        self._open.pop()
        self._defer, self._linked = before
        return out


def calls_notes(source: str) -> bool:
    """Whether notes are printed at the foot of the page that the words stand on."""
    return "note(" in source or "silent(" in source


def _segments(runs: Iterable[tuple[str, Run]], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int | None, str, Run]]:
    """Runs cut at the spans' ends, each part with the index of its span; a note that is called in a span or right behind it is of it."""
    at = k = 0
    for text, run in runs:
        if not text:
            while k < len(spans) and spans[k][1] < at:
                k += 1
            yield (k if k < len(spans) and spans[k][0] < at else None), "", run
            continue
        start, end = at, at + len(text)
        while start < end:
            while k < len(spans) and spans[k][1] <= start:
                k += 1
            first, last = spans[k] if k < len(spans) else (end, end)
            stop = min(end, first if start < first else last)
            yield (None if start < first else k), text[start - at : stop - at], run
            start = stop
        at = end


def _joined(parts: Iterable[str]) -> str:
    """Parts as one block of code; literals that follow each other become one."""
    out: list[str] = []
    for part in parts:
        if not part:
            continue
        if part[0] == '"' and out and out[-1][0] == '"':
            out[-1] = out[-1][:-1] + part[1:]
            continue
        if out and part.startswith(_CALLS) and out[-1].startswith(_CALLS):
            # Two marks beside each other would be one number.
            out.append("super(sym.space.nobreak)")
        out.append(part)
    return "; ".join(out)


def _parts(text: str, room: float) -> Iterator[str]:
    """Parts of a long word between which a line may be broken: at strokes, and anywhere where they are too wide for the line."""
    for part in _PLACES.split(text):
        if ems(part) <= room:
            yield part
            continue
        # A word of a few lines in even parts, as few as it takes; one of many in small ones, which fill the lines.
        lines = ceil(ems(part) / (0.95 * room))
        step = max(1, ceil(len(part) / lines) if lines <= FEW else int(room / 4))
        yield from (part[i : i + step] for i in range(0, len(part), step))
