"""The space between two words is missing.

## What it does
Looks for a capital within a word ("DevelopmentDepartment") whose two halves the paper elsewhere writes as words of their
own with a capital, and for a long word that stands once and is two other words of the paper ("resultsframework").

## Why it is bad
It is a misprint that search does not find, often in names of units.

## Known problems
Names that are written so ("SharePoint") are left out if the paper has them more than once. On the pages of a PDF narrow
spaces may be lost in reading, so PDFs are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="LAN013", severity="note", sources=("UNEG quality checklist: clear and correct language",), papers=ANY, suspects=True)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nThe Development Department met the Finance Department. "
        "The Development Fund paid. The DevelopmentDepartment was late.\n"
    ),
    (
        "# Évaluation du programme\n\n## Constatations\n\nLe Bureau du Développement et le Fonds du Développement siègent au Bureau. "
        "Le BureauDéveloppement était en retard.\n"
    ),
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe Development Department met. Files lie on SharePoint. SharePoint is slow.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLe Bureau du Développement et le Fonds du Développement siègent au Bureau.\n",
)

# The look behind comes after the first letter: only then does the search go from capital to capital.
_JOINED = re.compile(r"([A-Z](?<![\w@./-].)[^\W\d_A-Z]{3,})([A-Z][^\W\d_A-Z]{3,})(?![\w@./-])")
_WORD = re.compile(r"[A-Z](?<![\w-].)[^\W\d_A-Z]{3,}(?![\w-])")
_SHOWN = 3
_HALF = 5
"""Letters that each of two words has that may have run together, small words left out."""
_SMALL = 4
_LONG = 12
_OFTEN = 1


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each of the first few, the others as related."""
    del options
    if paper.record.document.media_type == "application/pdf":
        return
    found: dict[str, list[tuple[Unit, re.Match[str]]]] = {}
    for unit in paper.units:
        if unit.kind == "cell" or {"contents", "references"} & unit.within:
            continue  # lines of a cell may have been joined in reading
        for m in _JOINED.finditer(unit.text):
            found.setdefault(m[0], []).append((unit, m))
    yield from _small(paper)
    if not found:
        return
    halves = {h for at in found.values() for h in (at[0][1][1], at[0][1][2])}
    counts: dict[str, int] = dict.fromkeys(halves, 0)
    for unit in paper.holding(tuple(halves)):
        for m in _WORD.finditer(unit.text):
            if m[0] in counts:
                counts[m[0]] += 1
    wrong = [at[0] for at in found.values() if len(at) == 1 and min(counts[at[0][1][1]], counts[at[0][1][2]]) >= 2]
    for i, (unit, m) in enumerate(wrong[:_SHOWN]):
        more = wrong[_SHOWN:] if i == _SHOWN - 1 else []
        yield Message(
            f"A space seems to be missing in “{m[0]}”.",
            paper.at(unit, *m.span()),
            proposal=f"{m[1]} {m[2]}",
            related=tuple(Related(n[0], paper.at(u, *n.span())) for u, n in more),
        )


def _small(paper: Paper) -> Iterator[Message]:
    """One message for each word that stands once and is two words of the paper that are seldom joined."""
    counts = paper.vocabulary
    small = frozenset(paper.listed("stopwords", "words"))
    joined = frozenset(paper.listed("check_language", "joined"))
    told = 0
    if not packs.pack(paper.language, "check_language"):
        return
    for word in [w for w, n in counts.items() if n == 1 and len(w) >= 2 * _HALF and w.isalpha()]:
        cuts = ((word[:i], word[i:]) for i in range(_SMALL, len(word) - _SMALL + 1))
        halves = [(a, b) for a, b in cuts if counts[a] and counts[b] and all(len(h) >= _HALF or h in small for h in (a, b))]
        pair = next(((a, b) for a, b in halves if not {a, b} & joined and (_apart(counts, a, b) or _side_by_side(paper, a, b))), None)
        at = _alone(paper, word) if pair is not None else None
        if pair is None or at is None or told >= _SHOWN:
            continue
        told += 1
        unit, m = at
        printed = m[0]
        yield Message(
            f"A space seems to be missing in “{printed}”.", paper.at(unit, *m.span()), proposal=f"{printed[: len(pair[0])]} {pair[1]}"
        )


def _apart(counts: Mapping[str, int], one: str, other: str) -> bool:
    """Whether two words are so long that they are no compound, and both words of the paper."""
    return len(one) + len(other) >= _LONG and min(len(one), len(other)) >= _HALF and min(counts[one], counts[other]) >= _OFTEN


def _alone(paper: Paper, word: str) -> tuple[Unit, re.Match[str]] | None:
    """Where a word stands in the running text, outside addresses and in one line: a line's end may have lost a space in reading."""
    pattern = re.compile(rf"(?<![\w@./#-]){word}(?![\w@/-]|\.\w)", re.IGNORECASE)
    for unit in paper.holding((word,), running=True):
        m = pattern.search(unit.text)
        if m and not any("\n" in paper.record.pages[p.page - 1].text[p.start : p.end] for p in paper.at(unit, *m.span())):
            return unit, m
    return None


def _side_by_side(paper: Paper, one: str, other: str) -> bool:
    """Whether the two words stand beside each other, with a space between, somewhere in the paper."""
    pattern = re.compile(rf"(?<!\w){one}\s{other}(?!\w)", re.IGNORECASE)
    having = set(paper.index.having(one))
    return any(pattern.search(paper.units[i].text) for i in paper.index.having(other) if i in having)
