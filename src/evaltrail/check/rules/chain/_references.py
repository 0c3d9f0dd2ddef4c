"""References by number: whether one leads into this paper or into another."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text import packs
from evaltrail.text.symbols import symbols_in

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper

_BEFORE = 50
"""Characters in front of a reference among which another paper may be named."""
_CITED = re.compile(r"(?:\b(?:19|20)\d\d[),;:]*|\bibid\.?|\bop\. cit\.|\bpp?\. ?\d+),?\s*\(?(?:see\s)?$", re.IGNORECASE)


@cache
def _words(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    pack = packs.pack(language, "check_chain") or packs.pack("en", "check_chain")
    links = (packs.pack(language, "links") or packs.pack("en", "links"))["references"]
    behind, own = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True)) for words in ([*pack["elsewhere"], *links["elsewhere"]], pack["own"])
    )
    foreign = "|".join(sorted(map(re.escape, pack["foreign"]), key=len, reverse=True))
    return (
        re.compile(rf"[\s,)]*(?:{behind})(?!\w)", re.IGNORECASE),
        re.compile(rf"[\s,)]*(?:{own})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{foreign})(?!\w)", re.IGNORECASE),
    )


def leads_elsewhere(paper: Paper, text: str, start: int, end: int) -> bool:
    """Whether a reference at ``text[start:end]`` seems to lead into another paper, a law or a resolution."""
    elsewhere, own, foreign = _words(paper.language)
    if own.match(text, end):
        return False
    before = text[max(0, start - _BEFORE) : start]
    if elsewhere.match(text, end) or foreign.search(before) or _CITED.search(before):
        return True
    symbol = paper.record.document.symbol
    return any(s != symbol for s in (*symbols_in(before), *symbols_in(text[end : end + 40])))
