"""The space between two names is missing.

## What it does
Looks for a capital within a word ("DevelopmentDepartment") whose two halves the paper elsewhere writes as words of their
own with a capital.

## Why it is bad
It is a misprint that search does not find, often in names of units.

## Known problems
Names that are written so ("SharePoint") are left out if the paper has them more than once. On the pages of a PDF narrow
spaces may be lost in reading, so PDFs are left out. Words run together in small letters cannot be told from compounds
without a dictionary and are not looked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import say

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
_JOINED = re.compile(r"([A-Z](?<![\w@./-].)[^\W\d_A-Z]{3,})([A-Z][^\W\d_A-Z]{3,})(?![\w@/-]|\.\w)")
_WORD = re.compile(r"[A-Z](?<![\w-].)[^\W\d_A-Z]{3,}(?![\w-])")
_SHOWN = 3


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
    if not found:
        return
    halves = {h for at in found.values() for h in (at[0][1][1], at[0][1][2])}
    counts: dict[str, int] = dict.fromkeys(halves, 0)
    for unit in paper.holding(tuple(halves)):
        for m in _WORD.finditer(unit.text):
            if m[0] in counts:
                counts[m[0]] += 1
    wrong = [at[0] for at in found.values() if len(at) == 1 and min(counts[at[0][1][1]], counts[at[0][1][2]]) >= 1]
    for i, (unit, m) in enumerate(wrong[:_SHOWN]):
        more = wrong[_SHOWN:] if i == _SHOWN - 1 else []
        yield Message(
            say("A space seems to be missing in “{words}”.", words=m[0]),
            paper.at(unit, *m.span()),
            proposal=f"{m[1]} {m[2]}",
            related=tuple(Related(n[0], paper.at(u, *n.span())) for u, n in more),
        )
