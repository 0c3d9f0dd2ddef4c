"""Sentences: where they begin and end in a string, in four languages.

A full stop ends a sentence unless what stands before it is an abbreviation (``languages/<code>/abbreviations.toml``),
an initial, or a list marker.  Abbreviations of all languages count at once: a French paper cites English titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evaltrail.text.packs import merged

# One character first, so that the search goes from one to the next. A mark that may end a sentence (``mark`` is what follows its first
# character) with the brackets, quotes and footnote numbers glued to it, then white space, then what may begin one.
_BREAK = re.compile(
    r"""
    [.!?…\n](?:
    (?<=\n)\n*
    | (?<!\n)(?P<mark>(?:(?<=\.)\.\.)?)
    (?P<close>(?:["'”’»)\]]|[ \u00a0\u202f]»)*)
    (?P<note>\d{1,3}(?:[,–-]\d{1,3})*)?
    (?:\s+|(?<=[\d"'”’»)\]])(?=[A-ZÀ-Þ]))
    (?=[«"'“‘(\[¿¡—–-]*\s?[A-ZÀ-Þ0-9])
    )
    """,
    re.VERBOSE,
)
_LAST_TOKEN = re.compile(r"[^\s(\[«“\"'’]*$")
_MARKER = re.compile(r"\s*(?:\(?\d{1,3}(?:\.\d{1,2})*|\(?[a-zA-Z]|[ivxIVX]{1,5})$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"(?:[A-ZÀ-Þ]\.-?)*[A-ZÀ-Þ]$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands: ``text == whole[start:end]``, without surrounding white space."""

    start: int
    end: int
    text: str


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = merged("abbreviations")
    return (
        frozenset(a.rstrip(".").lower() for a in table.get("never_last", ())),
        frozenset(a.rstrip(".").lower() for a in table.get("may_be_last", ())),
        frozenset(a.lower() for a in table.get("openers", ())),
    )


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop that ``match`` found ends the sentence that began at ``start``."""
    at = match.start()
    if match["mark"] or text[at] != ".":
        return True
    found = _LAST_TOKEN.search(text, max(start, at - 40), at)
    token = found[0] if found else ""
    if not token:
        return True
    if _MARKER.match(text[start:at]) and not match["close"]:
        return False
    never, maybe, openers = _abbreviations()
    low = token.lower()
    if match["close"]:  # a bracket closed after it: the abbreviation stands inside, the sentence may end outside
        return low not in never
    if low in never or low.rpartition("-")[2] in never:
        return False
    if low in maybe or _INITIAL.match(token):
        following = _FIRST_WORD.search(text, match.end(), match.end() + 24)
        # "the U.S. Government" goes on, "in the U.S. The" does not: only a word that opens sentences ends this one.
        return following is not None and following[0].lower() in openers and following[0] != "I"
    return True


def sentences(text: str) -> list[Sentence]:
    """The sentences of ``text`` in order, each with its offsets. A line break always ends one."""
    out: list[Sentence] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match["mark"] is not None and not _ends(text, start, match):
            continue
        end = match.start() if match["mark"] is None else max(match.end("close"), match.end("note"))
        _add(out, text, start, end)
        start = match.end()
    _add(out, text, start, len(text))
    return out


def _add(out: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append(Sentence(start, end, text[start:end]))


def sentence_at(text: str, offset: int) -> Sentence | None:
    """The sentence that holds the character at ``offset``; None between sentences or outside the text."""
    for s in sentences(text):
        if s.start <= offset < s.end:
            return s
    return None
