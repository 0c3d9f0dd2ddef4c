"""Words that a line end of the source took apart, as converters from PDF leave them: "informa-⏎tion", "COVID-⏎19"."""

from __future__ import annotations

import re
from functools import cached_property

BROKEN = re.compile(r"(?<=\w)([-\u2010\u2013\u2014])[ \t]*\r?\n\s*(?=\w)")
"""A hyphen or dash at a line end between letters or digits; group 1 is it."""

_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")
_TAIL = re.compile(r"\w+(?:[-\u2010]\w+)*$")
_HEAD = re.compile(r"\w+(?:[-\u2010]\w+)*")
# "short- and long-term": the hyphen stands for a word that follows later.
_LONGEST = 80
"""Characters looked at on either side: no word is longer."""
_SUSPENDED = frozenset({"and", "or", "to", "et", "ou", "y", "o", "e", "und", "oder", "och", "eller"})


class Hyphens:
    """Decides from the document's own words whether a hyphen at a line end belongs to the word."""

    def __init__(self, source: str) -> None:
        """A judge for one document; its words are only counted when a first break is asked about."""
        self._source = source

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._source.lower()))

    def glue(self, before: str, dash: str, after: str) -> str | None:
        """What stands between the halves in the running text: the dash, "- ", or None where the word is whole without."""
        if dash in "\u2013\u2014":
            return dash
        tail_match, head_match = _TAIL.search(before[-_LONGEST:]), _HEAD.match(after[:_LONGEST])
        tail = tail_match.group().lower() if tail_match else ""
        head = head_match.group().lower() if head_match else ""
        if head in _SUSPENDED:
            return "- "
        if f"{tail}-{head}" in self._words or not tail or not head:
            return "-"
        if tail + head in self._words:
            return None
        if tail[-1].isdigit() or head[0].isdigit() or after[0].isupper() or "-" in tail:
            return "-"
        return "-" if tail in self._words and head in self._words and len(head) > 3 else None
