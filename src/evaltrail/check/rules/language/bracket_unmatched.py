"""A bracket or quotation mark is opened and not closed, or a bracket is closed and not opened.

## What it does
Counts round and square brackets in each paragraph, item and footnote that ends as a sentence does. Markers of lists ("a)",
"1)") are left out, and so is text that goes on in the next paragraph.

Of quotation marks, those that differ at both ends are looked at (“ ”, « »), where no mark of another kind closes them and the
quotation does not go on in the next paragraph.

## Why it is bad
The reader does not know where the remark ends.

## Known problems
Where a page was read in a wrong order the other bracket may stand elsewhere; such pairs next to each other are left out.
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

RULE = Rule(code="LAN008", status="stable", severity="note", sources=("UNEG quality checklist: clear and correct language",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells (most of them dry were closed.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLes puits (voir l’annexe)) sont secs.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nOne farmer called it “hard but fair work.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells were a) dry, b) closed (most of them) or 3) sold.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLes puits (voir l’annexe [2]) sont secs.\n",
)

_MARKER = re.compile(r"(?<![\w(\[])(?:[A-Za-z]|[ivx]{1,4}|\d{1,2}|[a-z]\d)\.?\)|[:;=]-?[()]")
_BRACKET = re.compile(r"[()\[\]]")
_PAIRS = {")": "(", "]": "["}
_MOST = 3
_CUT = ("e.g.", "i.e.", "p. ex.", "cf.")
_ENDS = (".", ";", ":", "!", "?", ")", "”", "]")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each of the first few, the others as related."""
    del options
    found: list[tuple[Unit, int, bool]] = []
    before: tuple[Unit, int, bool] | None = None
    left_open = 0
    for unit in paper.units:
        if unit.kind not in ("paragraph", "item", "footnote") or {"contents", "references"} & unit.within:
            continue
        at = unmatched(unit.text)
        if at is None:
            before = None
            left_open = max(0, left_open - 1)
            continue
        closing = unit.text[at] in _PAIRS
        rest = unit.kind == "paragraph" and unit.text[:1].islower()  # of a text that began elsewhere
        if closing and (before is not None or left_open or rest):
            if before is not None and found and found[-1] is before:
                found.pop()  # opened in one paragraph and closed in a later one
            before, left_open = None, 0
            continue
        one = (unit, at, closing)
        if not closing:
            left_open = 3
        if unit.text.rstrip().endswith(_ENDS) and not (rest or unit.text.rstrip().endswith(_CUT)) and len(unit.text.split()) > 3:
            found.append(one)
            before = one if not closing else None
    yield from _quotations(paper)
    for i, (unit, at, closing) in enumerate(found[:_MOST]):
        more = found[_MOST:] if i == _MOST - 1 else []
        words = unit.text[max(0, at - 25) : at + 25].strip()
        yield Message(
            say("A bracket is closed and was not opened: “… {words} …”.", words=words)
            if closing
            else say("A bracket is opened and not closed: “… {words} …”.", words=words),
            paper.at(unit, at, at + 1),
            related=tuple(Related(u.text[max(0, a - 25) : a + 25], paper.at(u, a, a + 1)) for u, a, _ in more),
        )


def unmatched(text: str) -> int | None:
    """Where the first bracket stands that has no partner; None where all have."""
    if "(" not in text and ")" not in text and "[" not in text and "]" not in text:
        return None
    open_: list[int] = []
    markers: set[int] | None = None
    for m in _BRACKET.finditer(text):
        i, c = m.start(), m[0]
        if c in "([":
            open_.append(i)
        elif open_ and text[open_[-1]] == _PAIRS[c]:
            open_.pop()
        else:
            if markers is None:
                markers = {at for x in _MARKER.finditer(text) for at in range(*x.span())}
            if i not in markers:
                return i
    return open_[0] if open_ else None


_QUOTES = {"“": "”", "«": "»"}
_CLOSERS = re.compile(r"[”»\"„]|''|’’")


def _quotations(paper: Paper) -> Iterator[Message]:
    """One message for each of the first few quotations that are opened and not closed."""
    told = 0
    units = [u for u in paper.running if u.kind in ("paragraph", "footnote")]
    for i, unit in enumerate(units):
        for opens, closes in _QUOTES.items():
            at = unit.text.rfind(opens)
            if at < 0 or unit.text.count(opens) != unit.text.count(closes) + 1 or _CLOSERS.search(unit.text, at):
                continue
            goes_on = any(_CLOSERS.search(u.text) or opens in u.text for u in units[i + 1 : i + 3])
            if goes_on or not unit.text.rstrip().endswith(_ENDS) or told >= _MOST:
                continue
            told += 1
            words = unit.text[at : at + 40].strip()
            yield Message(say("A quotation is opened and not closed: {words} ….", words=words), paper.at(unit, at, at + 1))
