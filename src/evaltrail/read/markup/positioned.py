"""Pages that a converter from PDF made: each line an element put at its place.

pdftohtml and pdf2htmlEX keep the look and lose the paragraphs. Lines that continue each other are put into one element
again, and what stands at the same height on page after page is set aside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.markup.content import hidden, visible, weigh
from evaltrail.read.markup.parse import fit

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ABSOLUTE = re.compile(r"position\s*:\s*absolute")
_PLACE = re.compile(r"(?:^|;)\s*(top|bottom|left|font-size|line-height)\s*:\s*(-?\d{1,6}(?:\.\d{1,9})?)(?:px|pt)?", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-family\s*:[^;]*(?:bold|black|heavy)", re.IGNORECASE)
_MARKER = re.compile(r"\s*(?:[•▪●○◦–—\uf0b7]|\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})[.)]|\d{1,2}(?:\.\d{1,2})+)\s")
_PAGE_ID = re.compile(r"page(\d{1,6})-div")
_MOST_DIGITS = 9
_MARKER_LENGTH = 6
_LETTER = 0.47
"""Width of an average letter, in the font's size."""
_SHARE = 0.6
_FULL = 0.72
"""Share of the page's widest line from which on a line goes on in the next."""
_PAGES = 3
"""Pages on which the same words at the same height are the page's head or foot."""


@dataclass(slots=True)
class _Line:
    el: Element
    page: Element
    text: str
    """Words of its last line; the first ones are gone where it is broken."""
    first: float
    """Height of its first line on the page, downwards."""
    top: float
    """Height of its last line."""
    left: float
    size: float
    bold: bool
    letters: int

    @property
    def right(self) -> float:
        """Where the line's last words end, estimated."""
        return self.left + _LETTER * self.size * len(self.text)


def mend(body: Element, rules: dict[str, str]) -> set[Element] | None:
    """Put lines together in place; the elements to set aside, or None where the page is not one of positioned lines.

    ``rules``: what the page's style sheets say, selector to declarations.
    """
    _fonts_of_earlier_pages(body, rules)
    lines = [line for el in body.iter() if (line := _line(el)) is not None]
    whole = weigh(body)[body].text
    if not lines or sum(line.letters for line in lines) < _SHARE * whole:
        return None
    aside = _running(lines)
    kept = [line for line in lines if line.el not in aside]
    width = max((line.right for line in kept), default=0.0)
    last: _Line | None = None
    for line in kept:
        if last is not None and last.page is line.page and _goes_on(last, line, width):
            _append(last.el, line.el)
            beside = abs(line.first - last.top) < 0.5 * last.size
            last.text = f"{last.text} {line.text}" if beside and line.first == line.top else line.text
            last.top = line.top
            last.bold = last.bold and line.bold
            # What goes on below begins under the words, not under their marker.
            last.left = line.left if beside and len(last.text) - len(line.text) < _MARKER_LENGTH else min(last.left, line.left)
        else:
            last = line
    return aside


def _fonts_of_earlier_pages(body: Element, rules: dict[str, str]) -> None:
    """Give words their font where pdftohtml defined it on an earlier page only, under that page's name (.ft17 for ft27)."""
    defined: dict[str, list[int]] = {}
    for selector in rules:
        digits = selector.removeprefix(".ft")
        if digits != selector and digits.isdigit() and len(digits) < _MOST_DIGITS:
            # "ft112" is font 12 of page 1 or font 2 of page 11.
            for cut in range(1, len(digits)):
                defined.setdefault(digits[cut:], []).append(int(digits[:cut]))
    for pages in defined.values():
        pages.sort()
    for page in body.iter("div") if defined else ():
        found = _PAGE_ID.fullmatch(page.get("id") or "")
        if found is None:
            continue
        number = int(found.group(1))
        for el in page.iter("p", "span"):
            name, style = el.get("class") or "", el.get("style") or ""
            font = name.removeprefix(f"ft{number}")
            if font == name or "font-size" in style:
                continue
            earlier = bisect_right(defined.get(font, []), number)
            if earlier:
                el.set("style", fit(f"{style};{rules[f'.ft{defined[font][earlier - 1]}{font}']}"))


def _line(el: Element) -> _Line | None:
    """A positioned element with words and no positioned element inside."""
    style = el.get("style") if isinstance(el.tag, str) else None
    if not style or not _ABSOLUTE.search(style) or hidden(el):
        return None
    if any(_ABSOLUTE.search(inner.get("style") or "") for inner in el.iterdescendants()):
        return None
    text = " ".join("".join(el.itertext()).split())
    parent = el.getparent()
    places = {name.lower(): float(value) for name, value in reversed(_PLACE.findall(style))}
    if not text or parent is None or not ({"top", "bottom"} & places.keys()):
        return None
    size = places.get("font-size") or places.get("line-height") or 12.0
    breaks = sum(1 for _ in el.iter("br"))
    lines = text if not breaks else text[-max(1, len(text) // (breaks + 1)) :]
    # pdf2htmlEX measures from the bottom.
    first = places["top"] if "top" in places else -places["bottom"]
    return _Line(
        el,
        parent,
        lines,
        first,
        first + 1.25 * size * breaks,
        places.get("left", 0.0),
        size,
        _all_bold(el, style),
        len(text) - text.count(" "),
    )


def _all_bold(el: Element, style: str) -> bool:
    if _BOLD.search(style):
        return True
    bold = sum(len(visible(b)) for b in el.iter("b", "strong"))
    return bold > 0.9 * len(visible(el))


def _running(lines: list[_Line]) -> set[Element]:
    """Lines that stand at the same height with the same words, numbers aside, on several pages."""
    keys = [(re.sub(r"\d+", "#", line.text), round(line.first / 4)) for line in lines]
    pages: Counter[tuple[str, int]] = Counter()
    for (text, height), _ in {(key, line.page) for key, line in zip(keys, lines, strict=True)}:
        pages.update({(text, height + d): 1 for d in (-1, 0, 1)})
    # A bare number may be a paragraph's; only one that is there on most pages is the page's.
    most = max(_PAGES, len({line.page for line in lines}) // 2)
    return {line.el for key, line in zip(keys, lines, strict=True) if pages[key] >= (_PAGES if any(map(str.isalpha, key[0])) else most)}


def _goes_on(a: _Line, b: _Line, width: float) -> bool:
    if abs(a.top - b.first) < 0.5 * a.size:
        # A marker stands further from its words than words do from each other.
        return -a.size < b.left - a.right < (4 if len(a.text) < _MARKER_LENGTH else 1.5) * a.size
    if abs(a.size - b.size) > 0.6 or a.bold != b.bold or _MARKER.match(b.text):
        return False
    # A first line may be set in, behind its number.
    back = 9 if a.first == a.top else 3
    near = 0 < b.first - a.top <= 1.7 * a.size and -3 * a.size < a.left - b.left < back * a.size
    return near and (a.right >= _FULL * width or b.text[0].islower())


def _append(el: Element, more: Element) -> None:
    """Put the words of one element behind those of another, a line break between, and take it out of the page."""
    br = el.makeelement("br", {})
    br.tail = fit(more.text or "")
    el.append(br)
    el.extend(list(more))
    parent = more.getparent()
    if parent is not None:
        more.tail = None
        parent.remove(more)
