"""A finding rests on nothing.

## What it does
Looks, in each finding and the paragraphs under it, for anything that bears it out: a source, a number, a quotation, a table, a
footnote, an example, or a paragraph of reasons. Where a paper states several findings in a row and lays out their evidence behind
the last, that counts for each of them. Findings of the summary, findings without a label, and lists of findings whose evidence stands
in a chapter elsewhere, are left alone.

## Why it is bad
A finding is what the evidence says. Without evidence it is an opinion, and nobody can check it.

## Options
- `paragraph`: words under a finding, or in it, from which they count as reasons given (40).

## Known problems
Any word for a source will do; whether it bears the finding out, only a reader can say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import counts, quoted, readable
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.findings._evidence import TOPIC, findings, has_mark
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.findings._evidence import Borne

RULE = Rule(
    code="FIN001",
    severity="error",
    sources=("UNEG quality checklist", "UNICEF GEROS", "UNDP evaluation guidelines"),
    papers=EVALUATIONS,
    options={"paragraph": 40},
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Finding 1: The wells are in use.\n\nAccording to 24 interviews, the pumps run every day.\n\n"
        "Finding 2: The committees work well.\n\n"
        "Finding 3: Repairs take too long.\n\nThe files of the Ministry show a mean of 41 days.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\n"
        "Constatation 1 : Les puits sont utilisés.\n\nSelon 24 entretiens, les pompes marchent tous les jours.\n\n"
        "Constatation 2 : Les comités travaillent bien.\n"
    ),
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: The wells are in use.\n\nFinding 2: The committees work well.\n",
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Finding 1: The wells are in use.\n\nAccording to 24 interviews, the pumps run every day.\n\n"
        "Finding 2: The committees work well.\n\nAll ten keep accounts and meet each month.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\n"
        "Constatation 1 : Les puits sont utilisés.\n\nSelon 24 entretiens, les pompes marchent tous les jours.\n"
    ),
)

_QUOTATION = re.compile(r"[“«\"][^”»\"]{12,}[”»\"]")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each finding that nothing bears out, one for all where none has anything."""
    if not readable(paper, TOPIC):
        return
    found = [b for b in findings(paper) if b.statement.label and b.statement.number]
    bare = _bare(paper, found, options["paragraph"])
    if not bare:
        if found:
            yield Message(
                say("Each of the {number} findings is borne out by something.", number=len(found)), found[0].statement.places, right=True
            )
        return
    if len(bare) * 2 > len(found):
        # A list of findings in one place: their evidence may fill the chapter before or behind it.
        listed = {id(b.unit) for b in bare}
        if not any("findings" in u.within and id(u) not in listed and len(u.text.split()) >= _REASONS for u in paper.body):
            s = bare[0].statement
            yield Message(
                plural(
                    len(bare),
                    "{number} of the {all} findings cite no source, number or reason; the first is {words}.",
                    "{number} of the {all} findings cite no source, number or reason; the first is {words}.",
                    all=len(found),
                    words=quoted(s.text),
                )
                if len(found) > 1
                else say("The one finding cites no source, number or reason: {words}.", words=quoted(s.text)),
                s.places,
                statement=s.id,
                related=tuple(Related(quoted(b.statement.text), b.statement.places) for b in bare[1:4]),
            )
        return
    for b in bare:
        s = b.statement
        yield Message(
            say("{name} cites no source, number or reason: {words}.", name=paper.name(s), words=quoted(s.text)), s.places, statement=s.id
        )


def _bare(paper: Paper, found: list[Borne], paragraph: int) -> list[Borne]:
    """The findings that nothing bears out; in a paper that states them in groups, what stands under a group is each one's."""
    alone = [b for b in found if not b.under]
    grouped = len(alone) > 1 and len(alone) * _GROUPED >= len(found)
    bare: list[Borne] = []
    borne_out = False
    for b in reversed(found):
        borne_out = _rests(paper, b, paragraph) or (grouped and borne_out and not b.under)
        if not borne_out:
            bare.append(b)
    return bare[::-1]


_GROUPED = 4
"""A paper in which one finding of this many has nothing right under it states them in groups."""
_REASONS = 15
"""Words of a paragraph that can hold evidence for the findings listed elsewhere."""


def _rests(paper: Paper, borne: Borne, paragraph: int) -> bool:
    if any(u.kind in ("cell", "caption") for u in borne.under) or (borne.unit is not None and borne.unit.kind == "cell"):
        return True
    text = borne.text
    if len(text.split()) - len(borne.statement.text.split()) >= paragraph or len(text.split()) >= 2 * paragraph:
        return True
    words = paper.words_of(TOPIC, "evidence")
    return bool(
        (words and words.search(text)) or counts(paper, text) or _QUOTATION.search(text) or has_mark(paper, borne) or len(borne.under) > 1
    )
