"""Sentences are so long that they must be read twice.

## What it does
Counts the words of each sentence of the running text. Lists that are parted by semicolons or colons are left out. One
message names how many there are and shows the longest.

## Why it is bad
Readers of a governing body read quickly and in a language that is not their own.

## Options
- `words`: words from which a sentence is too long (60).
- `least`: how many there must be before anything is said (1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="LAN007",
    severity="note",
    sources=("UNEG quality checklist: clear language",),
    papers=EVALUATIONS,
    options={"words": 60, "least": 1},
)

_LONG = "The wells that the team saw in the north and in the south and in the east of the district " * 4
_LONG_FR = "Les puits que la mission a vus dans le nord et dans le sud et dans toutes les communes du district " * 4
BAD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_LONG.strip()} were dry.\n",
    f"# Évaluation du programme\n\n## Constatations\n\n{_LONG_FR.strip()} étaient secs.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells were dry. The pumps were broken.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLes puits étaient secs. Les pompes étaient cassées.\n",
)

_PLAIN = re.compile(r"[^\W\d_]")
_SECOND = re.compile(r"\((?:b|ii|2)\)")
"""The second item of a list within a sentence."""
_HIDDEN_END = re.compile(r"(?:[a-z]{2}[.?!][)”]?[\d,–-]+|[A-Z]{3,}s?\.|[a-z]{4}[.?!])(?P<gap>\s+)(?=[A-ZÀ-Ý]|[a-z][A-Z])")
"""A full stop with the numbers of notes, or the commas between them, behind it, or behind an acronym or a word."""
_NUMBERS = "0123456789,–-"
_SHOWN = 3


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for the paper."""
    most = options["words"]
    found = []
    for unit in paper.running:
        if unit.kind != "paragraph" or len(unit.text) < 4 * most:
            continue
        for s in paper.sentences(unit):
            if s.text.count(" ") < most - 1 and len(s.text.split()) < most:
                continue
            for start, end in _parted(s.text):
                text = s.text[start:end]
                words = [w for w in text.split() if _PLAIN.search(w)]
                # Lists, and text without a full stop (a table or form that was read as text), are no sentences.
                if len(words) >= most and _is_prose(text, words):
                    found.append((len(words), unit, s.start + start, s.start + end))
    if len(found) >= options["least"]:
        found.sort(key=lambda f: -f[0])
        longest, unit, first, last = found[0]
        yield Message(
            plural(
                len(found),
                "One sentence has {most} words or more; the longest has {longest}.",
                "{number} sentences have {most} words or more; the longest has {longest}.",
                most=most,
                longest=longest,
            ),
            paper.at(unit, first, last),
            related=tuple(Related(say("{number} words", number=n), paper.at(u, a, b)) for n, u, a, b in found[1 : _SHOWN + 1]),
        )


def _parted(text: str) -> Iterator[tuple[int, int]]:
    """Its sentences where a number of a note or an acronym hid the end of one: "equipment, etc.76,46 Staff changes", "of the CRA. It"."""
    start = 0
    for m in _HIDDEN_END.finditer(text):
        yield start, m.start("gap")
        start = m.end("gap")
    yield start, len(text)


def _is_prose(text: str, words: list[str]) -> bool:
    """Whether a text is one sentence and no list, table or form that was read as one."""
    if not text.rstrip(_NUMBERS).endswith(tuple(".?!”)")) or text.count(";") > 1 or ":" in text or "•" in text or _SECOND.search(text):
        return False
    return sum(w[:1].isupper() for w in words) * 3 < len(words)
