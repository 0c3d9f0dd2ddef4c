"""A footnote is called and not there, or there and not called.

## What it does
Looks for marks of footnotes ("[^4]") to which no footnote was found, and, in text files whose marks can be told for certain, for
gaps in the numbers of the footnotes that are called.

## Why it is bad
The source that the text promises cannot be found, or a source stands there and nobody knows for what.

## Known problems
On printed pages a mark without a note looks like any other raised number and is not seen; notes without a mark are not
named there either, as the mark may stand in a figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.ordinal import ordinal
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="NUM012", severity="warning", sources=("consistency",), papers=ANY, suspects=True)

_NOTES = "[^1]: Ministry of Water, 2019.\n\n[^2]: Ministry of Health, 2020.\n\n[^3]: Ministry of Works, 2021.\n"
BAD = (
    f"# Evaluation of the water programme\n\n## Findings\n\nThe wells[^1] and pumps[^2] work.[^3] The schools too.[^4]\n\n{_NOTES}",
    f"# Évaluation du programme\n\n## Constatations\n\nLes puits[^1] et pompes[^2] marchent.[^3] Les écoles aussi.[^4]\n\n{_NOTES}",
    f"# Evaluation of the water programme\n\n## Findings\n\nThe wells[^2] and pumps[^3] work.\n\n{_NOTES}",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Findings\n\nThe wells[^1] and pumps[^2] work.[^3]\n\n{_NOTES}",
    f"# Évaluation du programme\n\n## Constatations\n\nLes puits[^1] et pompes[^2] marchent.[^3] Les écoles aussi.\n\n{_NOTES}",
)

_LITERAL = re.compile(r"\[\^(\w{1,6})\]")
"""A mark of Markdown that no note was found for."""
_CERTAIN = frozenset({"text/markdown"})
"""Kinds of file in which marks are marked up as such."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each mark."""
    del options
    for unit in paper.units:
        for m in _LITERAL.finditer(unit.text) if "[^" in unit.text else ():
            yield Message(say("Footnote {number} seems to be missing: the text has its mark.", number=m[1]), paper.at(unit, *m.span()))
    if paper.record.document.media_type not in _CERTAIN:
        return
    # Reading may keep only notes that are called, so that one that is not leaves a gap.
    numbers = {n for f in paper.record.footnotes if (n := ordinal(f.number)) is not None}
    gaps = [n for n in range(1, max(numbers, default=0)) if n not in numbers]
    for n in gaps if len(gaps) < len(numbers) else ():
        if _called_plainly(paper, str(n)):
            continue
        yield Message(say("Footnote {number} seems not to be called anywhere in the text, or to be missing.", number=n))
    idle = [f for f in paper.record.footnotes if not f.marks and not _called_plainly(paper, f.number)]
    for f in idle if len(idle) * 2 < len(numbers) else ():
        yield Message(say("Footnote {number} seems not to be called anywhere in the text.", number=f.number), f.places)


def _called_plainly(paper: Paper, number: str) -> bool:
    """Whether, where marks stand in brackets, the number has lost them behind a full stop or comma: "of tax transcripts.50 The"."""
    others = [m for f in paper.record.footnotes for m in f.marks[:1]]
    if not others or not all("[" in paper.record.pages[m.page - 1].text[m.end : m.end + 2] for m in others):
        return False
    mark = re.compile(rf"[^\W\d_]{{2}}[.,;:!?”’)\"]+{re.escape(number)}(?![\w.,%]*\d)(?!\w)")
    return any(mark.search(page.text) for page in paper.record.pages)
