"""The paper still has tracked changes or comments.

## What it does
Takes up what the reader found in a word processor's file, and looks for comments printed in the margin of a PDF
(“Commented [AB1]: …”) and for the marks of changes in plain text (“{++ … ++}”).

## Why it is bad
A paper that goes out with comments shows that it was not finished, and may show what was meant for colleagues only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural, say
from evaltrail.record import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="STR016", severity="error", sources=("practice of evaluation offices: the final paper is clean",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nHalf of the wells work. Commented [AB1]: Which half?\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié {--des puits--} {++des quarante puits++} marche.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nHalf of the wells work. Those who commented [1] agree.\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié des puits marche.\n",
)

_COMMENT = re.compile(
    r"\b(?:Comment(?:ed|ario|ário|aire|é)?|Formatted|Deleted|Mis en forme|Supprimé) ?\[[A-Za-zÀ-ÿ]{1,6}\d{1,4}(?:R\d+)?\] ?:"
)
_CRITIC = re.compile(r"\{(\+\+|--|~~|>>|==)[^{}\n]{1,200}?(?:\+\+|--|~~|<<|==)\}")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for tracked changes and one for comments."""
    for d in paper.record.diagnostics:
        if d.code in ("tracked-changes", "comments"):
            count = re.search(r"\d+", d.message)
            often = f" ({count[0]})" if count else ""
            yield Message(
                say("The file still holds tracked changes{often}.", often=often)
                if d.code == "tracked-changes"
                else say("The file still holds comments{often}.", often=often),
                d.places,
            )
    for pattern, mark, what in ((_COMMENT, "[", say("a comment")), (_CRITIC, "{", say("the marks of a change"))):
        places = [
            Place(page=p.number, start=m.start(), end=m.end())
            for p in paper.record.pages
            if mark in p.text
            for m in pattern.finditer(p.text)
        ]
        if places:
            more = plural(len(places) - 1, ", and {number} more", ", and {number} more") if len(places) > 1 else ""
            related = tuple(Related(say("another one"), (p,)) for p in places[1:4])
            yield Message(say("The text still has {what}{more}.", what=what, more=more), (places[0],), related=related)
