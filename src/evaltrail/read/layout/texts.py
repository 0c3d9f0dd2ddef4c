"""Texts: lines to an outline's :class:`Text`, with every character's place, marks cut out, hyphenation undone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.layout.lines import CLOSING
from evaltrail.read.layout.model import extent
from evaltrail.read.layout.paragraphs import is_full
from evaltrail.read.outline import Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.layout.model import Frame, Line, Word

_HYPHENS = "-\u2010\u2011"
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
FAR = 1.2
"""Ems of white that part a line's words into pieces."""
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_IN_ADDRESS = re.compile(
    r"(?!https?:|www\.|\()(?:\S*[%=&#?_~]|\S*/\S*[./]|\S*\.\S*/|\S*-\S*-\S*\.(?:pdf|html?|aspx?)\b)",
    re.IGNORECASE,
)
"""What begins a line and can only be a part of an address."""
COMPOUNDS = 2
"""Words with a hyphen that begin alike from which their beginning takes hyphens in the document."""


@dataclass(slots=True)
class Span:
    """Words ``first`` to ``last`` (exclusive) of a line; ``skip`` characters of the first are left out, all but ``end`` of the last."""

    line: Line
    first: int
    last: int
    skip: int = 0
    end: int = 0


@dataclass(slots=True)
class Facts:
    """What a text's characters say of its block."""

    size: float = 0.0
    bold: float = 0.0
    italic: float = 0.0
    bold_spans: tuple[tuple[int, int], ...] = ()
    italic_spans: tuple[tuple[int, int], ...] = ()
    colour: str | None = None


class Vocabulary:
    """Words of the document, to tell a hyphen of hyphenation from a hyphen of spelling."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.heads: Counter[str] = Counter()
        """How many different words have a hyphen after this beginning."""

    def learn(self, lines: Iterable[Line]) -> None:
        """Count the words that stand inside lines (not at their end)."""
        parts = [line.text if line.text[-1:] not in _HYPHENS else line.text.rpartition(" ")[0] for line in lines]
        self.words.update(_WORD.findall("\n".join(parts).lower()))
        self.heads = Counter(re.split(r"[-\u2010]", word, maxsplit=1)[0] for word in self.words if not word.isalpha())

    def joined(self, left: str, right: str) -> bool:
        """Whether ``left-`` at a line's end and ``right`` at the next one's beginning are one word without hyphen."""
        a = re.search(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*$", left)
        b = re.match(r"[^\W\d_]+", right)
        if a is None or b is None:
            return False
        head, tail = a[0].lower(), b[0].lower()
        last = re.split(r"[-\u2010]", head)[-1]
        one, two = self.words[last + tail], self.words[f"{last}-{tail}"] + self.words[f"{last}\u2010{tail}"]
        if one or two:
            return one > two or (one == two and self.heads[last] < COMPOUNDS)
        if b[0][:1].isupper() or "-" in head or right[b.end() : b.end() + 1] in ("-", "\u2010"):
            return False
        if self.heads[last] >= COMPOUNDS and self.words[tail]:
            return False
        # Neither form stands elsewhere: two words that both stand alone in the document are a compound.
        return not (len(last) > 3 and len(tail) > 3 and self.words[last] > 1 and self.words[tail] > 1)


def text_of(
    spans: Sequence[Span], frames: dict[int, Frame], vocabulary: Vocabulary, marks: frozenset[int] = frozenset()
) -> tuple[Text, Facts, tuple[tuple[int, str], ...]]:
    """The spans' words as one text, with its facts and the footnote marks (words whose ``id`` is in ``marks``) cut out."""
    builder = _Builder(frames, vocabulary, marks)
    for span in spans:
        builder.add(span)
    return builder.result()


class _Builder:
    def __init__(self, frames: dict[int, Frame], vocabulary: Vocabulary, marks: frozenset[int]) -> None:
        self.frames = frames
        self.vocabulary = vocabulary
        self.cut = marks
        self.parts: list[str] = []
        self.at = 0
        self.pieces: list[Piece] = []
        self.runs: list[tuple[int, int, Word]] = []
        self.marks: list[tuple[int, str]] = []
        self.line: Line | None = None

    def add(self, span: Span) -> None:
        line = span.line
        words = line.words
        run: list[tuple[int, int, Word]] = []
        for i in range(span.first, span.last):
            w = words[i]
            if id(w) in self.cut:
                self._flush(line, run)
                run = []
                self.marks.append((self.at, w.text.strip("[](),;").translate(_FIGURES)))
                continue
            start = line.starts[i] + (span.skip if i == span.first else 0)
            # Words far apart on one line are pieces of their own: between them may stand what is not part of the text.
            if run and not line.aside and w.x0 - run[-1][2].x1 > FAR * line.size:
                self._flush(line, run)
                run = []
            stop = line.starts[i] + (span.end if span.end and i == span.last - 1 else len(w.text))
            run.append((start, stop, w))
        self._flush(line, run)

    def _flush(self, line: Line, run: list[tuple[int, int, Word]]) -> None:
        if not run:
            return
        start, end = run[0][0], run[-1][1]
        text = line.text[start:end]
        before = self._glue(line, run[0])
        if before:
            self.parts.append(before)
            self.at += len(before)
        frame = self.frames[line.page]
        box = frame.box(*extent([w for *_, w in run]))
        self.pieces.append(Piece(self.at, line.page, line.at + start, end - start, box))
        self.parts.append(text)
        shift = self.at - start
        self.at += end - start
        self.runs.extend((a + shift, b + shift, w) for a, b, w in run)
        self.line = line

    def _glue(self, line: Line, first: tuple[int, int, Word]) -> str:
        if not self.parts:
            return ""
        right = line.text[first[0] :]
        if line is self.line:
            # Words around a mark that was cut out, or far apart: a space where there is one on the line.
            index = next(i for i, w in enumerate(line.words) if w is first[2])
            spaced = index == 0 or line.starts[index] > line.starts[index - 1] + len(line.words[index - 1].text)
            if not spaced and index >= 2 and id(line.words[index - 1]) in self.cut and right[0] not in CLOSING:
                spaced = line.starts[index - 1] > line.starts[index - 2] + len(line.words[index - 2].text)
            return " " if spaced and self.parts[-1][-1:] != " " else ""
        tail = self.parts[-1]
        if self._in_address(right, line):
            return ""
        if tail[-1:] in _HYPHENS and len(tail) > 1 and tail[-2].isalpha() and right[:1].isalpha():
            if self.vocabulary.joined(tail[:-1], right):
                self._drop_last()
            return ""
        if right[0] in "⁻⁺" and tail[-1:].isdigit():
            # A power of ten broke before its raised sign.
            return ""
        if right[0] in _HYPHENS and right[1:2].isalpha() and tail[-1:].isalpha():
            # No dash opens a line: a narrow column broke the word before its hyphen.
            return ""
        if tail[-1:] in "-\u2010\u2011/" and len(tail) > 1 and tail[-2].isalnum() and right[:1].isalnum():
            return ""
        if tail[-1:] == "–" and tail[-2:-1].isdigit() and right[:1].isdigit():
            # A range of years or figures.
            return ""
        if tail[-1:] == "—" and tail[-2:-1].isalnum() and right[:1].isalnum():
            return ""
        return " "

    def _in_address(self, right: str, line: Line) -> bool:
        """Whether the line before ends inside an address that goes on with these words."""
        if right[0].isspace() or self.line is None:
            return False
        address = self.parts[-1].rpartition(" ")[2]
        for part in reversed(self.parts[:-1] if address == self.parts[-1] else ()):
            address = part.rpartition(" ")[2] + address
            if " " in part:
                break
        if "://" not in address and "www." not in address:
            return False
        if right[0] in "%?&=#_~" or (right[0] in "/," and right[1:2].isalnum()) or (address[-1:] in "?&=%" and right[0].isalnum()):
            return True
        return _IN_ADDRESS.match(right) is not None and is_full(self.line, line)

    def _drop_last(self) -> None:
        self.parts[-1] = self.parts[-1][:-1]
        self.at -= 1
        p = self.pieces[-1]
        self.pieces[-1] = Piece(p.at, p.page, p.start, p.length - 1, p.box)
        a, b, w = self.runs[-1]
        self.runs[-1] = (a, b - 1, w)

    def result(self) -> tuple[Text, Facts, tuple[tuple[int, str], ...]]:
        text = Text("".join(self.parts), tuple(p for p in self.pieces if p.length > 0))
        return text, self._facts(len(text.text)), tuple(self.marks)

    def _facts(self, length: int) -> Facts:
        sizes: Counter[float] = Counter()
        colours: Counter[str | None] = Counter()
        bold = italic = total = 0
        for a, b, w in self.runs:
            n = b - a
            total += n
            sizes[w.style.size] += n
            colours[w.style.colour] += n
            bold += n * w.style.bold
            italic += n * w.style.italic
        if not total:
            return Facts()
        return Facts(
            size=max(sizes, key=lambda s: sizes[s]),
            bold=bold / total,
            italic=italic / total,
            bold_spans=self._spans(length, bold=True) if bold else (),
            italic_spans=self._spans(length, bold=False) if italic else (),
            colour=max(colours, key=lambda c: colours[c]),
        )

    def _spans(self, length: int, *, bold: bool) -> tuple[tuple[int, int], ...]:
        out: list[list[int]] = []
        for a, b, w in self.runs:
            if not (w.style.bold if bold else w.style.italic):
                continue
            if out and a - out[-1][1] <= 1:
                out[-1][1] = b
            else:
                out.append([a, b])
        return tuple((max(0, a), min(b, length)) for a, b in out)
