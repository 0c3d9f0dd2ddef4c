"""Words that stand for something still to be written were left in the text.

## What it does
Looks for what templates and drafts leave behind: “[insert …]”, “Lorem ipsum”, “TBC” and “TBD”, “XX” in place of a number or a name, three
question marks, references that the word processor could not resolve (“Error! Reference source not found.”).

## Why it is bad
The paper was not finished. The reader cannot know what else was left open.

## Known problems
“TBD” in a table may be meant: an action whose date is not yet fixed. Tables are left out for such short forms.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded, pages_of
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._words import listed
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

RULE = Rule(code="STR015", severity="error", sources=("UNEG quality checklist for evaluation reports",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe programme drilled [insert number] wells.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nThe programme drilled XX wells (see Error! Reference source not found.).\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\nLe programme a foré [à compléter] puits dans le pays.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe programme drilled 40 wells [1].\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\nLe programme a foré 40 puits au XXe siècle [sic].\n",
)


_MOST = 10
"""Different leftovers that get a message each: a paper with more is a template."""


@cache
def _pattern() -> re.Pattern[str]:
    inserts = "|".join(re.escape(w) for w in listed("placeholders", "inserts"))
    return re.compile(rf"[\[<{{](?:{inserts})\b[^\]>}}\n]{{0,80}}[\]>}}]|\?{{3,}}|\[(?:\.{{3}}|…|_+|x{{1,4}}|\?+)?\]|_{{4,}}")


_XX = re.compile(r"(?<![\w.-])(?:X{2,4}%?|XX\.XX?%?)(?![\w-])")
_CENTURY = re.compile(r"\s*(?:th|st|e|ème|ième|siècle|century|siglo|século)\b")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each kind of leftover, with the first places."""
    found: dict[str, list[Place]] = {}
    pages = pages_of(paper)
    for at, end in pages.hits(listed("placeholders", "words")):
        found.setdefault(pages.text[at:end], []).append(pages.place(at, end))
    annexes = next((s.first for s in paper.sections if "annex" in s.heads and not s.heading.within & {"contents"}), len(paper.units))
    for i, u in enumerate(paper.units):
        if u.within & {"references", "contents"}:
            continue
        text = u.text
        if ("[" in text or "<" in text or "{" in text or "???" in text) and u.kind != "cell" and i < annexes:
            # Behind the first annex a questionnaire or a form may stand, whose gaps are meant.
            for m in _pattern().finditer(folded(text)):
                if _open(m[0]):
                    found.setdefault(m[0], []).extend(paper.at(u, m.start(), m.end())[:1])
        if "XX" in text:
            for m in _XX.finditer(text):
                if not _CENTURY.match(text, m.end()) and not _roman(text, m.start()):
                    found.setdefault(m[0], []).extend(paper.at(u, m.start(), m.end())[:1])
        if u.kind != "cell" and any(w in text for w in ("TBC", "TBD", "TBA")):
            for m in re.finditer(r"(?<![\w(])(?:TBC|TBD|TBA)(?!\w)", text):
                found.setdefault(m[0], []).extend(paper.at(u, m.start(), m.end())[:1])
    for words, places in islice(found.items(), _MOST):
        shown = words if len(words) <= 60 else words[:59] + "…"
        often = say(" (in {number} places)", number=len(places)) if len(places) > 1 else ""
        related = tuple(Related(say("“{words}” again", words=shown), (p,)) for p in places[1:4])
        yield Message(say("“{words}” was left in the text{often}.", words=shown, often=often), tuple(places[:1]), related=related)


def _open(words: str) -> bool:
    """Whether it is something to be filled in: dots in brackets are an omission in a quotation."""
    return words not in ("[...]", "[…]", "[]")


def _roman(text: str, at: int) -> bool:
    """Whether what stands before makes it a Roman numeral: "Annex XX", "Chapter XXX"."""
    before = folded(text[max(0, at - 20) : at]).split()
    return bool(before) and before[-1].strip("(") in (*listed("annexes", "words"), *listed("placeholders", "counted"))
