"""Lines of a plain text, and which of them are furniture: running headers, page numbers, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEADERS = re.compile(r"(?:\s?[.…·_]){5,}\s*(?:\d{1,4}|[ivxl]{1,6})?$")
_ALONE = re.compile(r"[-–— ]*(?:\d{1,4}|[ivxl]{1,6})[-–— ]*$")
_SYMBOL = r"(?:[A-Z]{1,6}[./-])+[\w./-]*\d[\w./()-]*"
_SYMBOL_AND_PAGE = re.compile(rf"{_SYMBOL}\s+\d{{1,4}}|\d{{1,4}}\s+{_SYMBOL}")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    page: int
    start: int
    """Offset of its first character that is no white space, in the page's text."""
    text: str
    """Without surrounding white space."""
    indent: int
    """Characters of white space before it."""
    spaced: bool = False
    """Whether a blank line or a page's beginning stands before it."""

    @property
    def end(self) -> int:
        """Column behind its last character."""
        return self.indent + len(self.text)


def lines_of(texts: Sequence[str]) -> list[Line]:
    """Lines of all pages, without furniture."""
    pages = [list(_page(number, text)) for number, text in enumerate(texts, 1)]
    repeated = _repeated(pages)
    out: list[Line] = []
    for page in pages:
        out.extend(line for at, line in enumerate(page) if not _is_furniture(page, at, repeated))
    return out


def _is_furniture(page: Sequence[Line], at: int, repeated: frozenset[str]) -> bool:
    """Whether a line is an entry of a contents list, a running header or a page number."""
    line = page[at]
    if LEADERS.search(line.text) or _SYMBOL_AND_PAGE.fullmatch(line.text) or _ADDRESS.fullmatch(line.text):
        return True
    if (at < 2 or at >= len(page) - 2) and _key(line.text) in repeated:
        return True
    if not _ALONE.match(line.text):
        return False
    # A page number stands between blank lines, outermost, or beside a header that does.
    alone = line.spaced and (at + 1 == len(page) or page[at + 1].spaced)
    inside = {1: 0, len(page) - 2: len(page) - 1}.get(at)
    return alone or at in (0, len(page) - 1) or (inside is not None and _key(page[inside].text) in repeated)


def _page(number: int, text: str) -> Iterator[Line]:
    at = 0
    spaced = True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            yield Line(number, at + indent, stripped, indent, spaced)
            spaced = False
        else:
            spaced = True
        at += len(raw) + 1


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _repeated(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Keys of lines that stand at the top or foot of half of the pages, three at least."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(line.text) for line in [*page[:2], *page[-2:]]})
    least = max(3, len(pages) // 3)
    return frozenset(k for k, n in counts.items() if n >= least)


def body_width(lines: Sequence[Line]) -> int:
    """Column at which the text's full lines end: the ninth decile of all ends."""
    ends = sorted(line.end for line in lines)
    return ends[9 * len(ends) // 10] if ends else 80
