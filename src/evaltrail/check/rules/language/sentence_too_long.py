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
            words = [w for w in s.text.split() if _PLAIN.search(w)]
            # Lists, and text without a full stop (a table or form that was read as text), are no sentences.
            if len(words) >= most and _is_prose(s.text, words):
                found.append((len(words), unit, s))
    if len(found) >= options["least"]:
        found.sort(key=lambda f: -f[0])
        longest, unit, s = found[0]
        many = f"{len(found)} sentences have" if len(found) > 1 else "One sentence has"
        yield Message(
            f"{many} {most} words or more; the longest has {longest}.",
            paper.at(unit, s.start, s.end),
            related=tuple(Related(f"{n} words", paper.at(u, t.start, t.end)) for n, u, t in found[1 : _SHOWN + 1]),
        )


def _is_prose(text: str, words: list[str]) -> bool:
    """Whether a text is one sentence and no list, table or form that was read as one."""
    if text[-1] not in ".?!”)" or text.count(";") > 1 or ":" in text or "•" in text or _SECOND.search(text):
        return False
    return sum(w[:1].isupper() for w in words) * 3 < len(words)
