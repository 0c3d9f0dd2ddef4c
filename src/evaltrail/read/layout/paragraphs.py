"""Paragraphs: lines in reading order to runs of lines that belong together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evaltrail.read.layout.lines import is_apart
from evaltrail.read.layout.markers import Marker, marker_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.layout.model import Line

ENDS = frozenset(".!?…:;")
_OPENERS = "(\"'“‘«"
_CLOSERS = "\"'”’»)]"


PARTED = 1.45
"""Share of its leading up to which white between lines of a table parts paragraphs; where there is more, they may be set wider."""
FEW_GAPS = 3
"""Lines of a table at one distance from which it is its leading."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines of one paragraph, item or heading."""

    lines: list[Line]
    marker: Marker | None = None
    text_x: float = 0.0
    """Where the words after the marker begin."""
    cell: bool = False
    kind: str = "paragraph"
    level: int = 0
    number: str | None = None


@dataclass(slots=True)
class Manner:
    """How the document is set: what is normal in it."""

    body: float = 0.0
    """Size of most of its text."""
    leading: dict[float, float] = field(default_factory=dict)
    """Usual distance of baselines for each size."""
    numbered: bool = False
    """Most of its paragraphs bear running numbers."""
    indented: bool = False
    """Its paragraphs begin with an indent."""
    certain: frozenset[float] = frozenset()
    """Sizes whose leading is known from the lines at hand: lines further apart are two paragraphs."""


def manner_of(lines: Sequence[Line]) -> Manner:
    """What is normal in a document, from its running text."""
    sizes: Counter[float] = Counter()
    gaps: dict[float, Counter[float]] = {}
    inner: dict[float, Counter[float]] = {}
    numbers = 0
    last: Line | None = None
    for line in lines:
        sizes[line.size] += len(line.text)
        if 0.9 * line.size < line.gap < 2.2 * line.size:
            gap = round(line.gap * 2) / 2
            gaps.setdefault(line.size, Counter())[gap] += len(line.text)
            if last is not None and _is_wrapped(last, line):
                inner.setdefault(line.size, Counter())[gap] += 1
        last = line
        if len(line.text) > 30:
            m = marker_of(line)
            numbers += m is not None and m.kind == "arabic" and m.style == "1."
    if not sizes:
        return Manner()
    leading = {size: min(g for g, n in found.items() if n > 0.4 * max(found.values())) for size, found in gaps.items()}
    for size, found in inner.items():
        # In a paper of one-line paragraphs their distance is the commonest: lines that begin inside a sentence tell the leading.
        gap, n = found.most_common(1)[0]
        if n >= FEW_GAPS:
            leading[size] = min(leading[size], gap)
    return Manner(sizes.most_common(1)[0][0], leading, numbers > max(10, len(lines) / 60))


def _is_wrapped(last: Line, line: Line) -> bool:
    """Whether a line certainly goes on with the one before it."""
    below = last.page == line.page and abs(line.base - last.base - line.gap) < 0.1 and last.size == line.size
    return below and line.text[:1].islower() and not is_ended(last.text)


def manner_of_table(cells: Iterable[Sequence[Line]], manner: Manner) -> Manner:
    """A document's manner in one of its tables, where the lines of cells stand as close as those of the table do."""
    gaps: dict[float, Counter[float]] = {}
    for lines in cells:
        for line in lines[1:]:
            if 0.9 * line.size < line.gap < 2.2 * line.size:
                gaps.setdefault(line.size, Counter())[round(line.gap * 2) / 2] += 1
    leading = {size: min(g for g, n in found.items() if n > 0.4 * max(found.values())) for size, found in gaps.items()}
    # Where the document's text is of the size too, its leading is the better known.
    own = {size: g for size, g in leading.items() if gaps[size][g] >= FEW_GAPS and size not in manner.leading}
    return replace(manner, leading={**manner.leading, **own}, certain=frozenset(own))


_LABELLED = re.compile(r"([^\W\d_]+(?:\s[^\W\d_]+)?)\s(\d{1,3})\b([^:.]{0,30}:|)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
LETTERS = 27
"""Places of letters in a series stay below this one."""
BLANK = 0.4
"""Ems of white that a blank may take; after a list's dash stands more."""
_LABEL = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?\s(?:\d{1,3}|[IVX]{1,5})(?:\.\d{1,2})*\W?")
_STUCK = re.compile(r"\S+(?:[/-] | [:;!?»%](?:\s|$))")
_GLUED = re.compile(r"(\d{1,3})\.(?=[^\W\d_])")


def paragraphs_of(lines: Sequence[Line], manner: Manner, *, cell: bool = False) -> list[Paragraph]:
    """Runs of lines, in order."""
    out: list[Paragraph] = []
    numbers: list[tuple[int, float]] = []
    for i, line in enumerate(lines):
        marker = marker_of(line) or _glued(line, numbers)
        if marker is not None and marker.kind == "arabic":
            numbers.append((marker.value, line.x0))
        last = out[-1] if out else None
        if last is not None and continues(last, line, marker, manner, lines[i + 1] if i + 1 < len(lines) else None):
            last.lines.append(line)
            continue
        text_x = line.words[min(marker.words, len(line.words) - 1)].x0 if marker is not None else line.x0
        out.append(Paragraph([line], marker, text_x, cell=cell))
    return out


def _glued(line: Line, numbers: list[tuple[int, float]]) -> Marker | None:
    """A number without a blank after it ("11.The"), where it goes on with the numbers before it."""
    found = _GLUED.match(line.text)
    if found is None:
        return None
    value = int(found[1])
    if any(n == value - 1 and abs(x - line.x0) < 8 for n, x in numbers[-6:]):
        whole = sum(1 for s, w in zip(line.starts, line.words, strict=True) if s + len(w.text) <= found.end())
        return Marker("arabic", found[0], whole, value, 1, "1.", characters=found.end() - line.starts[whole])
    return None


def continues(run: Paragraph, line: Line, marker: Marker | None, manner: Manner, after: Line | None = None) -> bool:
    """Whether a line goes on with a paragraph."""
    last = run.lines[-1]
    if _LABEL.fullmatch(line.text) and last.bold > 0.9 and line.bold > 0.9 and is_ended(last.text) == is_ended(line.text):
        # "Recommendation 7" under another heading is a heading of its own.
        return False
    if line.aside or last.aside or (line.box is None) != (last.box is None):
        return False
    if abs(line.size - last.size) > max(0.6, 0.06 * last.size):
        return False
    ended = is_ended(last.text)
    below = line.page == last.page and line.base > last.base and line.x0 < last.x1 and line.x1 > last.x0
    full = is_full(last, line) or (not ended and marker is None and (_goes_on(line.text) or _in_bracket(last.text)))
    if below and (line.section != last.section or line.box != last.box):
        return False
    if marker is not None and not _runs_on(run, line, marker, ended=ended, full=full, below=below):
        return False
    if ended and _next_label(run, line):
        return False
    if _restyled(run, line, ended=ended, full=full):
        return False
    if not below:
        return _goes_over(run, line, manner, ended=ended, full=full)
    display = _is_display(run, line, manner)
    if not _stands_close(run, line, manner, after) or not (full or display):
        return False
    return _aligned(run, line, full=full) or (display and abs(line.x1 - last.x1) < 3.0)


def is_ended(text: str) -> bool:
    """Whether a line ends with a sentence's end."""
    return text.rstrip(_CLOSERS)[-1:] in ENDS


def _goes_on(text: str) -> bool:
    """Whether a line begins with a small letter, in a bracket or in quotation marks too."""
    return text.lstrip(_OPENERS)[:1].islower()


def is_full(last: Line, line: Line) -> bool:
    """Whether the first word of ``line`` would not have found room at the end of ``last``."""
    first = line.words[0]
    if len(last.words) > 1 and last.words[0].x0 > last.words[-1].x0:
        # A line written to the left ends there.
        return last.x0 - last.column[0] < 0.15 * (last.column[1] - last.column[0])
    room = last.column[1] - last.x1
    end = first.lead
    if first.count > 1 and _STUCK.match(first.text):
        # Careful typesetting ends no line with the dash or slash of "A/ B", nor before the colon of "A : B".
        end = first.x0 + (first.x1 - first.x0) * len(" ".join(first.text.split(" ", 2)[:2])) / len(first.text)
    for w in line.words[1:]:
        # What hangs on to the first word, a footnote's mark, had to find room with it.
        if end < first.x1 - 0.1 or is_apart(w, first.x1):
            break
        first, end = w, w.lead
    return end - line.words[0].x0 + 0.2 * last.size > room - 0.25 * last.size


def _runs_on(run: Paragraph, line: Line, marker: Marker, *, ended: bool, full: bool, below: bool) -> bool:
    """Whether what looks like a marker is only a word of running text."""
    last = run.lines[-1]
    level = abs(line.x0 - last.x0) < 2
    if marker.kind == "bullet":
        # Words may go on under an item's own words: a dash stands there with a blank after it, not with white.
        dash = marker.text in "-–—" and full and not ended and below
        return dash and (level or (len(run.lines) == 1 and abs(line.x0 - run.text_x) < 2 and _is_dash(line)))
    if not full or not below or line.gap >= 1.6 * line.size:
        return False
    if not ended or _in_bracket(last.text):
        return level or not marker.sure or _in_bracket(last.text)
    return (level or abs(line.x0 - run.text_x) < 2) and last.text.rstrip()[-1] in ":;." and in_series(run, line, marker)


def _is_dash(line: Line) -> bool:
    """Whether a line begins with a dash between words of a sentence."""
    return line.words[1].x0 - line.words[0].x1 < BLANK * line.size and line.words[1].text[:1].islower()


def _in_bracket(text: str) -> bool:
    """Whether a bracket that a line opens is open at its end."""
    return text.rfind("(") > text.rfind(")")


def in_series(run: Paragraph, line: Line, marker: Marker) -> bool:
    """Whether a marker in brackets is one of those that a sentence counts: "(a) one thing; (b) another" within its lines."""
    if marker.text[:1] != "(" or marker.text[-1:] != ")":
        return False
    before, after = (_numeral(marker, marker.value + step) for step in (-1, 1))
    head, tail = " ".join(part.text for part in run.lines), line.text[len(marker.text) :]
    counted = r"\S[.:;,](?: [^\W\d_]{1,3})? \("
    return any(n and re.search(counted + re.escape(n) + r"\) ", text) for n, text in ((before, head), (after, tail)))


def _numeral(marker: Marker, value: int) -> str:
    """The number ``value`` written as the marker's number is; empty where there is none."""
    if value < 1:
        return ""
    if marker.kind == "arabic":
        return str(value)
    text = chr(96 + value) if marker.kind == "letter" and value < LETTERS else _ROMAN[value - 1] if value <= len(_ROMAN) else ""
    return text.upper() if marker.text[1:2].isupper() else text


def _next_label(run: Paragraph, line: Line) -> bool:
    """Whether the line begins with the label with which the paragraph begins, and the next number: "Lesson 3:" after "Lesson 2:"."""
    first = run.lines[0]
    one = _LABELLED.match(first.text) if run.marker is None else None
    two = _LABELLED.match(line.text) if one is not None else None
    if one is None or two is None or one[1].casefold() != two[1].casefold() or int(two[2]) != int(one[2]) + 1:
        return False
    return one[3] == two[3] != "" or (first.words[0].style.bold and line.words[0].style.bold)


def _hangs(run: Paragraph, line: Line) -> bool:
    """Whether a line stands under the words of a paragraph that are set in after its number or bullet."""
    first = run.lines[0]
    return run.marker is not None and run.text_x - first.x0 > 0.8 * first.size and abs(line.x0 - run.text_x) < 2


def _restyled(run: Paragraph, line: Line, *, ended: bool, full: bool) -> bool:
    """Whether the line is set in another face in a way that begins a new paragraph."""
    last = run.lines[-1]
    before, here = last.words[-1].style, line.words[0].style
    if before.bold == here.bold and before.colour == here.colour:
        return False
    if before.bold != here.bold:
        if last.bold > 0.9 and line.bold < 0.5:
            # A bold line and a plain one: a heading, unless the bold words run to the very end of their line or began in mid-paragraph.
            if run.lines[0].bold < 0.9 and not ended:
                return False
            # A first sentence in bold under which the words go on that are set in after its number.
            if ended and full and len(run.lines) > 1 and last.text.rstrip()[-1] == "." and _hangs(run, line) and last.size == line.size:
                return False
            return not full or ended or (len(run.lines) == 1 and line.text[:1].isupper())
        if last.bold < 0.5 and line.bold > 0.9:
            # A heading stands at the text's edge, or under white.
            if full and last.size == line.size and _hangs(run, line):
                return False
            return ended or (not full and line.text[:1].isupper())
        return False
    if last.colour != line.colour and last.colour is not None and line.colour is None:
        return not full or ended
    return last.colour != line.colour and ended


def _goes_over(run: Paragraph, line: Line, manner: Manner, *, ended: bool, full: bool) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    last = run.lines[-1]
    if last.page == line.page and line.base >= last.base:
        # Beside it, or below it without standing under it: another column's text.
        return False
    if not full and ended:
        return False
    if last.bold > 0.9 and last.size > manner.body + 0.5:
        return False
    if not ended:
        return full or line.text[:1].islower()
    if line.text[:1].islower():
        return True
    if len(run.lines) > 1 and _hangs(run, line) and line.page == last.page + 1:
        return True
    numbered = manner.numbered and run.marker is not None and run.marker.kind in ("arabic", "decimal") and len(run.lines) > 1
    return numbered and _level_with(last, line)


def _level_with(last: Line, line: Line) -> bool:
    """Whether lines of two pages begin at one distance from the page's or from their column's edge."""
    slack = max(3.0, 0.45 * line.size)
    return min(abs(line.x0 - last.x0), abs(line.x0 - line.column[0] - last.x0 + last.column[0])) <= slack


def _stands_close(run: Paragraph, line: Line, manner: Manner, after: Line | None) -> bool:
    """Whether the line follows at the paragraph's own distance."""
    usual = manner.leading.get(line.size, 1.2 * line.size)
    if len(run.lines) > 1 and run.lines[-1].gap > 0 and run.lines[-1].page == run.lines[-2].page:
        usual = max(min(run.lines[-1].gap, 1.35 * usual), 0.75 * usual) if run.lines[-1].gap > 0.9 * line.size else usual
    elif (
        after is not None
        and not (line.size in manner.certain and line.gap < PARTED * usual)
        and _followed(line, after)
        and not (line.size in manner.leading and is_ended(run.lines[-1].text))
    ):
        # Text set wider than the document's: told by the next line, unless a sentence has ended and it may be the next paragraph.
        usual = max(usual, min(after.gap, 1.9 * line.size))
    gap = line.base - run.lines[-1].base
    return gap <= usual + max(0.22 * line.size, 1.0)


def _followed(line: Line, after: Line) -> bool:
    return after.page == line.page and abs(after.size - line.size) < 0.6 and after.gap > 0.9 * line.size


def _aligned(run: Paragraph, line: Line, *, full: bool) -> bool:
    """Whether the line's left edge goes with the paragraph's."""
    last = run.lines[-1]
    slack = max(3.0, 0.45 * line.size)
    if abs(line.x0 - last.x0) <= slack or (abs(line.x0 - run.text_x) <= slack and (run.marker is not None or len(run.lines) == 1)):
        return True
    if abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 2 * slack:
        return True
    if abs(line.x1 - last.x1) <= slack and not is_ended(last.text) and line.text[:1].islower():
        # Set flush to the right.
        return True
    if len(run.lines) == 1:
        # A second line further left than the first: a first line's indent, or words that run back under their number.
        if line.x0 < last.x0:
            return full and last.x0 - line.x0 < 8 * line.size
        return run.marker is not None and full and line.x0 < run.text_x + slack
    return False


def _is_display(run: Paragraph, line: Line, manner: Manner) -> bool:
    """Whether both are lines of one heading: these are broken by sense and not by room."""
    last = run.lines[-1]
    if last.size > manner.body + 1.0 and line.size > manner.body + 1.0:
        return not (is_ended(last.text) and last.text[-1:] != ":")
    return last.bold > 0.9 and line.bold > 0.9 and len(run.lines) < 3 and line.text[:1].islower()
