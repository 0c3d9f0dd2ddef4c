"""Interviews without their number, or with two.

## What it does
Where the report speaks of its interviews, looks for a number of interviews or of people heard: in a sentence, in a table, or as a list of
those met. Where the summary and the method each count one kind of interviews, the two numbers are compared.

## Why it is bad
"Interviews were held" may mean three or three hundred. The number is the least that a reader needs to weigh what was heard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import counted_near, counts, mentions, quoted, readable, sentence_of
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Place

RULE = Rule(
    code="MET013",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    version=2,
    papers=REPORTS,
)

BAD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nInterviews were held with users of the wells and with officials.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nDes entretiens ont été menés avec les usagers et les autorités.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nTwenty-four interviews were held with users of the wells.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens avec les usagers.\n",
)


_OWN = frozenset({"method", "summary"})
_BEFORE = re.compile(r"(?<![\w.,/–-])(\d{2,4})((?:\s+[^\W\d]+){0,3})\s+$")
"""A number right before the interviews, with what kind they were."""
_LIST = 5
"""Lines or cells that make a list of those met."""
_CLAUSE = re.compile(r"[,;:()]")
_NUMBER = re.compile(r"\s*\d{1,4}\s*")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no number stands with the interviews, or two that differ, else the sentence that has it."""
    pattern = paper.words_of("check_method", "interviewed")
    if pattern is None or not readable(paper, "check_method"):
        return
    counted: list[_Count] = []
    first, seen, right = None, False, None
    for m in mentions(paper, "check_method", "interviewed", lambda u: "contents" not in u.within):
        if "annex" not in m.unit.within and m.unit.within & _OWN:
            counted += _counts(paper, m.unit, pattern)
        words, start = sentence_of(paper, m)
        if right is None and any(counted_near(paper, words, w.start(), w.end()) for w in pattern.finditer(words)):
            places = paper.at(m.unit, start, start + len(words))
            right = Message(say("The interviews are counted: {words}.", words=quoted(words)), places, right=True)
        seen = seen or _listed(paper, m.unit) or _told(paper, m.unit, words)
        if m.unit.within & _OWN and "annex" not in m.unit.within and (first is None or "method" not in first[2]):
            first = words, paper.at(m.unit, start, start + len(words)), m.unit.within
    if right is None:
        if first is not None and not seen:
            yield Message(
                say("The report speaks of interviews, {words}, and nowhere of how many there were.", words=quoted(first[0])), first[1]
            )
        return
    yield _differing(counted) or right


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of interviews."""

    number: int
    kind: str
    """What stands between the number and the word, in small letters: "key informant"."""
    words: str
    places: tuple[Place, ...]
    summary: bool


def _counts(paper: Paper, unit: Unit, pattern: re.Pattern[str]) -> Iterator[_Count]:
    for w in pattern.finditer(unit.text):
        m = _BEFORE.search(unit.text, max(0, w.start() - 40), w.start())
        if m:
            kind = " ".join(f"{m[2]} {w[0]}".lower().split())
            yield _Count(int(m[1]), kind, unit.text[m.start() : w.end()], paper.at(unit, m.start(), w.end()), "summary" in unit.within)


def _differing(counted: list[_Count]) -> Message | None:
    """A message where the summary counts one kind of interviews once and the method once, and otherwise."""
    for kind in dict.fromkeys(c.kind for c in counted):
        told = [c for c in counted if c.kind == kind]
        inside, outside = [c for c in told if c.summary], [c for c in told if not c.summary]
        if len({c.number for c in inside}) == len({c.number for c in outside}) == 1 and inside[0].number != outside[0].number:
            related = (Related(say("the method: “{words}”", words=outside[0].words), outside[0].places),)
            text = say(
                "The summary speaks of {words}, the method of {others}.", words=quoted(inside[0].words), others=quoted(outside[0].words)
            )
            return Message(text, inside[0].places, related=related)
    return None


def _listed(paper: Paper, unit: Unit) -> bool:
    """Whether a heading of an annex ("People interviewed") stands over their list, or a table has numbers in other cells."""
    if unit.kind == "cell":
        cells = paper.record.passages[unit.index].cells
        return unit.text[:1].isdigit() or any(_NUMBER.fullmatch(c.text) for c in cells)
    if unit.kind not in ("heading", "title", "caption") or "annex" not in unit.within:
        return False
    section = next((s for s in paper.sections if s.heading is unit), None)
    # A sentence or two under the heading are no list; where nothing stands, the list was lost in reading.
    return section is None or not 0 < len(paper.under(section)) < _LIST


def _told(paper: Paper, unit: Unit, words: str) -> bool:
    """Whether the sentence has a number that is not that of another source: "held interviews, reviewed 71 documents"."""
    if unit.within & {"findings", "conclusions", "recommendations"}:
        return False
    own, others = paper.words_of("check_method", "interviewed"), paper.words_of("check_method", "counted_besides")
    clauses = _CLAUSE.split(words)
    tools = paper.words_of("check_method", "interview_tools")
    kept = [c for c in clauses if not (tools and tools.search(c)) and ((own and own.search(c)) or not (others and others.search(c)))]
    return counts(paper, " , ".join(kept))
