"""Words in a row stand in another paper too, and no source is named.

## What it does
Where other papers are given to compare with, looks for runs of at least 25 words that one of them has too. What stands in
quotation marks, or in a sentence with a footnote or a source, is left out.

## Why it is bad
What was copied from an earlier report was not found by this evaluation, and may be about another programme.

## Options
- `words`: words in a row from which on they count as taken (25).

## Known problems
Set phrases of an institution (its criteria, its disclaimers) are told where they are long enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.similar import Runs
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.similar import Run
    from evaltrail.check.unit import Unit
    from evaltrail.record import Record

RULE = Rule(code="CHA007", severity="warning", sources=("UNEG norms: integrity",), papers=ANY, suspects=True, options={"words": 25})

_PAPER = """# Evaluation of the water programme

## Findings

Finding 1: {}

=== another paper ===

# Evaluation of the roads programme

## Findings

Finding 4: Local communities that had been consulted before the works began took part in the upkeep of what was built, and
paid a share of the costs for at least three years.
"""
_WORDS = (
    "Local communities that had been consulted before the works began took part in the upkeep of what was built, "
    "and paid a share of the costs for at least three years."
)
_FRENCH = """# Évaluation du programme de l’eau

## Constats

Constat 1 : {}

=== another paper ===

# Évaluation du programme des routes

## Constats

Constat 2 : Les communautés consultées avant le début des travaux ont participé à l’entretien de ce qui avait été construit et ont
payé une part des coûts pendant trois ans.
"""
_FRENCH_WORDS = (
    "Les communautés consultées avant le début des travaux ont participé à l’entretien de ce qui avait été construit "
    "et ont payé une part des coûts pendant trois ans."
)
BAD = (_PAPER.format(_WORDS), _FRENCH.format(_FRENCH_WORDS))
GOOD = (
    _PAPER.format("Half of the pumps failed."),
    _PAPER.format(f"The report on roads says: “{_WORDS}”"),
    _FRENCH.format("La moitié des pompes sont en panne."),
)

_ANOTHER_EDITION = 0.4
"""Share of the running text from which on the other paper is the same in another edition, and nothing is told."""
_LONG = 300
"""Words that two papers of different authors may share all the same: a shorter paper is no edition of another."""
_SHOWN = 8
_SOURCED = re.compile(r"\((?:[^()]{0,60}\b(?:19|20)\d\d[^()]{0,20}|https?:[^()]+)\)|\[\d{1,3}\]")
_QUOTES = '“”„«»"‘’'


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each other paper that words are taken from."""
    if not paper.corpus:
        return
    others = [
        (name, _text(record))
        for name, record in paper.corpus
        if record.document.sha256 != paper.record.document.sha256 or not record.document.sha256
    ]
    runs = Runs([text for _, text in others], least=options["words"])
    found: dict[int, list[tuple[Unit, Run]]] = {}
    for u in paper.running:
        for run in runs.in_text(u.text):
            found.setdefault(run.other, []).append((u, run))
    for other, uses in found.items():
        if sum(r.words for _, r in uses) > max(_ANOTHER_EDITION * paper.words, _LONG):
            continue
        bare = [(u, r) for u, r in uses if not _is_sourced(paper, u, r)]
        if not bare:
            continue
        u, r = max(bare, key=lambda x: x[1].words)
        more = plural(len(bare) - 1, " (and {number} more places)", " (and {number} more places)") if len(bare) > 1 else ""
        related = tuple(
            Related(say("{number} words: {words}", number=b.words, words=quoted(v.text[b.start : b.end])), paper.at(v, b.start, b.end))
            for v, b in bare[:_SHOWN]
        )
        words = quoted(u.text[r.start : r.end], 60)
        yield Message(
            say(
                "{number} words in a row may be taken from “{paper}” without a source{more}: {words}.",
                number=r.words,
                paper=others[other][0],
                more=more,
                words=words,
            ),
            paper.at(u, r.start, r.end),
            related=related,
        )


def _text(record: Record) -> str:
    return "\n".join(page.text for page in record.pages)


def _is_sourced(paper: Paper, unit: Unit, run: Run) -> bool:
    """Whether the words stand in quotation marks, or a source is named in or right behind them."""
    before, behind = unit.text[max(0, run.start - 3) : run.start], unit.text[run.end : run.end + 3]
    if any(q in before for q in _QUOTES) and any(q in behind for q in _QUOTES):
        return True
    source = _SOURCED.search(unit.text, run.start, min(len(unit.text), run.end + 120))
    if source is not None and not re.search(r"[.!?]\s", unit.text[run.end - 1 : source.start()]):
        return True
    marks = paper.record.passages[unit.index].marks if unit.index >= 0 else ()
    return any(run.start <= m.at <= run.end + 3 for m in marks)
