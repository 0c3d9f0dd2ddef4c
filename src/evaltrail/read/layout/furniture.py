"""Furniture: running headers and footers and page numbers, told by what comes back at the same height of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.markers import roman
from evaltrail.read.layout.model import word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.layout.model import Line, PageObjects
    from evaltrail.read.layout.page import LaidPage

TOP, FOOT = 0.15, 0.14
"""Shares of the page's height in which furniture stands."""
EDGE = 0.075
"""Share of the page's height from which on a lone number is a page number."""
CLOSE = 1.7
"""Ems of distance between baselines up to which text follows a heading; it stands further from a running header."""
LARGER = 3.0
"""Points by which a heading is larger than the running header above it."""
NEARER = 1.3
"""Times that a heading stands further from the header than from what it heads."""
WELL_IN = 0.22
"""Share of the page's height from either edge beyond which no furniture stands."""
SAME_HEIGHT = 5.0
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:\w{1,8}\.?\s+)?(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:\s*(?:/|\||-|\w{1,4})\s*\d{1,4})?[-–—|\s]*")


def furniture_of(pages: Sequence[LaidPage]) -> set[int]:
    """``id`` of each line that is furniture."""
    seen: dict[str, list[tuple[int, Line, tuple[int, ...]]]] = defaultdict(list)
    found: set[int] = set()
    for index, page in enumerate(pages):
        for line in _zone_lines(page):
            text = re.sub(r"\W*\s\W*", " ", line.text.strip()).casefold()
            numbers = tuple(int(n) for n in _NUMBER.findall(text)[:6] if len(n) < 10)
            key = _NUMBER.sub("#", text)
            if not re.search(r"[^\W\d_]", key.replace("#", "")) or (len(key) < 8 and roman(key.strip(" -|"))):
                key = "#"
            seen[key].append((index, line, numbers))
    for key, lines in seen.items():
        if key == "#":
            found.update(_page_numbers(lines, pages))
        else:
            found.update(_repeated(lines, len(pages)))
    found -= _also_in_the_text(pages, found)
    found -= _where_text_stands(pages, found)
    found -= _headings_under_heads(pages, found)
    found.update(_edge_numbers(pages, found))
    kept: set[int] = set()
    for page in pages:
        kept |= _at_edges(page, found)
    return kept | _longer(pages, kept)


def _also_in_the_text(pages: Sequence[LaidPage], found: set[int]) -> set[int]:
    """Of the lines that come back those whose words come back in the text too, set alike: a heading that often opens a page."""
    repeated: dict[tuple[str, float], list[int]] = defaultdict(list)
    lines = [(e, page.frame.height) for page in pages for e in page.elements if not isinstance(e, Grid)]
    for line, _ in lines:
        if id(line) in found and re.search(r"[^\W\d_]", line.text):
            repeated[line.text, line.size].append(id(line))
    within = Counter(
        key for e, height in lines if (key := (e.text, e.size)) in repeated and WELL_IN * height < e.base < (1 - WELL_IN) * height
    )
    return {i for key, n in within.items() if 2 * n >= len(repeated[key]) for i in repeated[key]}


def _where_text_stands(pages: Sequence[LaidPage], found: set[int]) -> set[int]:
    """Of the lines that come back at the top those that open the text by chance.

    Text follows them as close as it follows a heading or a line of a paragraph, and begins no lower on as many other pages.
    """
    tops = [sorted((e for e in _zone_lines(page) if not e.aside and e.y1 < TOP * page.frame.height), key=_base) for page in pages]
    begins = [next((e.base for e in zone if id(e) not in found), page.frame.height) for page, zone in zip(pages, tops, strict=True)]
    said: dict[str, set[int]] = defaultdict(set)
    for i, zone in enumerate(tops):
        for line in zone:
            said[line.text].add(i)
    out: set[int] = set()
    for page, zone in zip(pages, tops, strict=True):
        for line, below in pairwise(zone):
            if id(line) not in found or not re.search(r"[^\W\d_]", line.text):
                continue
            # A heading is larger than the text, and seldom opens two pages in a row.
            heads = line.size > below.size + 1.0 and not any(i + 1 in said[line.text] for i in said[line.text])
            if below.base - line.base > (2 if heads else 1) * CLOSE * max(line.size, below.size):
                continue
            same = [i for i, other in enumerate(pages) if abs(other.frame.height - page.frame.height) < 1.0]
            alike = sum(any(id(e) in found and abs(e.base - line.base) <= SAME_HEIGHT for e in tops[i]) for i in same)
            others = sum(begins[i] <= line.base + SAME_HEIGHT for i in same)
            if others >= (alike / 2 if heads else alike):
                out.add(id(line))
    return out


def _headings_under_heads(pages: Sequence[LaidPage], found: set[int]) -> set[int]:
    """Of the lines that come back those in larger letters that stand further from the running header than from the text under them.

    They are headings of the same words that open several pages under one header.
    """
    out: set[int] = set()
    for page in pages:
        zone = sorted((e for e in _zone_lines(page) if not e.aside and e.y1 < TOP * page.frame.height), key=_base)
        for above, line in pairwise(zone):
            if id(above) not in found or id(line) not in found or line.size < above.size + LARGER:
                continue
            under = min((e.y0 for e in page.elements if e.y0 > line.y0 + line.size / 2 and e is not line), default=page.frame.height)
            if line.y0 - above.y1 > NEARER * max(under - line.y1, 1.0) and under - line.y1 < CLOSE * line.size:
                out.add(id(line))
    return out


def _base(line: Line) -> float:
    return line.base


def _longer(pages: Sequence[LaidPage], found: set[int]) -> set[int]:
    """Footers of a first page that say more than those of the others: a job number with a date behind it."""
    said = {
        line.text.strip() for page in pages for line in _zone_lines(page) if id(line) in found and line.y0 > (1 - FOOT) * page.frame.height
    }
    starts = tuple(t for t in said if len(t) >= 6)
    out: set[int] = set()
    for page in pages[:2]:
        for line in _zone_lines(page):
            if line.y0 > (1 - FOOT) * page.frame.height and line.text.startswith(starts) and len(line.text) < 40:
                out.add(id(line))
    return out


def _at_edges(page: LaidPage, found: set[int]) -> set[int]:
    """Of the page's lines that come back those between which and the page's edge nothing else stands."""
    height = page.frame.height
    lines = list(_zone_lines(page))
    out: set[int] = set()
    for zone in (
        sorted((e for e in lines if e.y1 < TOP * height), key=lambda e: e.base),
        sorted((e for e in lines if e.y0 > (1 - FOOT) * height), key=lambda e: -e.base),
    ):
        for i, line in enumerate(zone):
            if id(line) in found:
                out.add(id(line))
            elif not any(id(other) in found and abs(other.base - line.base) < SAME_HEIGHT for other in zone[max(0, i - 3) : i + 4]):
                break
    return out


def repeated_rules(pages: Sequence[PageObjects]) -> set[tuple[int, int, int]]:
    """Horizontal rules that stand at one height on many pages: those of headers and footers (see :func:`rule_key`)."""
    seen: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for page in pages:
        width, height = page.frame.width, page.frame.height
        for d in page.drawings:
            if d.y1 - d.y0 <= 4 and d.x1 - d.x0 > 0.3 * width and not 0.25 * height < d.y0 < 0.8 * height:
                seen[rule_key((d.y0 + d.y1) / 2, d.x0, d.x1)].add(page.number)
    height = pages[0].frame.height if pages else 0.0
    return {
        key
        for key, numbers in seen.items()
        if len(numbers) >= max(3, (0.3 if not 0.08 * height < 2 * key[0] < 0.92 * height else 0.5) * len(pages))
    }


def rule_key(at: float, start: float, end: float) -> tuple[int, int, int]:
    """What makes two rules of different pages the same."""
    return round(at / 2), round(start / 4), round(end / 4)


def _zone_lines(page: LaidPage) -> Iterable[Line]:
    height = page.frame.height
    for e in page.elements:
        if isinstance(e, Grid):
            # A header or footer set as a small table.
            if e.y1 - e.y0 < 0.12 * height and (e.y1 < TOP * height or e.y0 > (1 - FOOT) * height):
                for c in e.cells:
                    yield from c.lines
        elif e.y1 < TOP * height or e.y0 > (1 - FOOT) * height:
            yield e


def _clusters(lines: list[tuple[int, Line, tuple[int, ...]]]) -> Iterable[list[tuple[int, Line, tuple[int, ...]]]]:
    lines.sort(key=lambda entry: entry[1].base)
    group: list[tuple[int, Line, tuple[int, ...]]] = []
    for entry in lines:
        if group and entry[1].base - group[-1][1].base > SAME_HEIGHT:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _repeated(lines: list[tuple[int, Line, tuple[int, ...]]], count: int) -> set[int]:
    """Lines that say the same at the same height on several pages, numbers that count pages aside."""
    out: set[int] = set()
    for group in _clusters(lines):
        by_numbers: dict[tuple[int, ...], list[tuple[int, Line]]] = defaultdict(list)
        for index, line, numbers in group:
            # Numbers that run with the pages are page numbers; others are part of what is said.
            by_numbers[tuple(-1 if _runs(n, i, index, group) else n for i, n in enumerate(numbers))].append((index, line))
        for same in by_numbers.values():
            pages = {index for index, _ in same}
            if len(pages) >= (2 if count <= 6 else 3):
                out.update(id(line) for _, line in same)
    return out


def _runs(number: int, position: int, index: int, group: list[tuple[int, Line, tuple[int, ...]]]) -> bool:
    """Whether the number at this position grows by one a page."""
    hits = sum(
        1 for other, _, numbers in group if other != index and position < len(numbers) and numbers[position] - number == other - index
    )
    return hits >= max(1, 0.3 * (len(group) - 1))


def _page_numbers(lines: list[tuple[int, Line, tuple[int, ...]]], pages: Sequence[LaidPage]) -> set[int]:
    out: set[int] = set()
    for group in _clusters(lines):
        if len({index for index, *_ in group}) >= (2 if len(pages) <= 6 else 3):
            for index, line, numbers in group:
                height = pages[index].frame.height
                at_edge = line.y1 < EDGE * 1.4 * height or line.y0 > (1 - EDGE * 1.6) * height
                if not numbers or at_edge or any(_runs(n, i, index, group) for i, n in enumerate(numbers)):
                    out.add(id(line))
    return out


def _edge_numbers(pages: Sequence[LaidPage], found: set[int]) -> set[int]:
    """Lone numbers at the very edge of a page, where they stand nowhere twice."""
    out: set[int] = set()
    for page in pages:
        height = page.frame.height
        for e in page.elements:
            if isinstance(e, Grid) or id(e) in found:
                continue
            if (e.y1 < EDGE * height or e.y0 > (1 - EDGE) * height) and _PAGE_NUMBER.fullmatch(e.text) and word_count(e.words) <= 4:
                out.add(id(e))
    return out
