"""Symbols of documents: GB.340/PFA/7, E/ICEF/2025/4, JIU/REP/2025/2, DP/2025/6/Rev.1, GAO-26-107682."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYMBOL = re.compile(
    r"(?<![\w/.-])(?:[A-Z]{1,8}(?:\.\d{1,4})?(?:/(?:[A-Z][A-Za-z]{0,9}\.?(?:\d{1,4})?(?:\([A-Z]\))?|\d{1,5}(?:\([A-Z0-9]+\))?))+"
    r"(?:/(?:Add|Rev|Corr|L|INF)\.?\d*)*|[A-Z]{2,6}-\d{2,4}-\d{2,7}[A-Z]{0,3})(?![\w/-])"
)
_BESIDE = 30
"""Characters that may stand beside a symbol in the line of a document's head: the organisation's name, "Document", a date."""
_ALONE = 6
_BEGINS = 3
_ENOUGH = 6


def symbols_in(text: str) -> list[str]:
    """Everything in the text that has the form of a symbol."""
    found = []
    for m in _SYMBOL.finditer(text):
        parts = m[0].split("/")
        numbered = any(c.isdigit() for c in m[0])
        if numbered and (len(parts) >= 3 or (len(parts) == 2 and "." in parts[0]) or "-" in m[0]):
            found.append(m[0])
    return found


def symbol_of(head: Iterable[str], running: Iterable[str] = (), body: str = "") -> str | None:
    """The document's own symbol, None where it is not sure.

    ``head``: the first lines or paragraphs; ``running``: its page headers and footers; ``body``: the whole text, where
    the symbol may be named again. In a head it stands alone or nearly so; in running text a symbol is a reference.
    """
    scores: Counter[str] = Counter()
    for i, line in enumerate(head):
        for symbol in symbols_in(line):
            if len(line) - len(symbol) <= _BESIDE:
                scores[symbol] += _ALONE
            elif i < 3:
                scores[symbol] += _BEGINS
    for line in running:
        for symbol in symbols_in(line):
            if len(line) - len(symbol) <= 3 * _BESIDE:
                scores[symbol] += _ALONE
    if scores and body:
        everywhere = Counter(symbols_in(body))
        for symbol in scores:
            scores[symbol] += min(4, everywhere[symbol] - 1)
    best = scores.most_common(1)
    return best[0][0] if best and best[0][1] >= _ENOUGH else None
