"""References to numbered paragraphs within running text: "paragraphs 26–34 and 72"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBER = r"\d{1,4}"


def references(text: str, anchors: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Spans of paragraph numbers in a text with the anchor of the paragraph that each names, left to right.

    ``anchors`` has the anchor of each paragraph number. A number that the paper has no paragraph for is passed over, and so is
    a list of numbers behind which another paper is named ("paragraph 12 of the 2015 evaluation").
    """
    for found in _pattern().finditer(text):
        if _elsewhere().match(text, found.end()):
            continue
        for number in re.finditer(_NUMBER, text[found.start("numbers") : found.end()]):
            if number.group() in anchors:
                at = found.start("numbers")
                yield at + number.start(), at + number.end(), anchors[number.group()]


@cache
def _pattern() -> re.Pattern[str]:
    table = packs.merged("links", "en").get("references", {})
    lead = _any(table.get("paragraphs", []))
    between = _any([*table.get("and", []), *table.get("to", [])])
    step = rf"(?:\s*[-–—,;]\s*|\s*,?\s*(?:{between})\s+)"
    return re.compile(rf"(?<!\w)(?:{lead})\.?\s*(?P<numbers>{_NUMBER}(?:{step}{_NUMBER})*)(?![\w/])", re.IGNORECASE)


@cache
def _elsewhere() -> re.Pattern[str]:
    words = packs.merged("links", "en").get("references", {}).get("elsewhere", [])
    return re.compile(rf"\)?\s*(?:(?:{_any(words)})\b|of (?:the )?[A-Z\d])")


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def number_of(marker: str) -> str:
    """The number of a paragraph's marker: "26." is 26; empty where the marker is no plain number."""
    found = re.fullmatch(rf"\[?({_NUMBER})[.)\]]?", "".join(marker.split()))
    return found.group(1) if found else ""
