"""Findings speak of "many" or "some" where a number is meant.

## What it does
Looks in findings and the chapters that hold them for "most respondents", "some stakeholders", "many countries" and the like in a
sentence without any number. One message for the paper, with the first places; none where the method says what such words mean.

## Why it is bad
"Many" may be five of six or five of sixty. Those who gathered the answers know how many there were; the reader does not.

## Options
- `least`: such places from which it is worth saying in a long report (3); in one of a few pages one is enough.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import counts, mentions, quoted, readable
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.findings._evidence import TOPIC
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="FIN008",
    severity="note",
    sources=("UNICEF GEROS", "practice of evaluation offices: say how many of how many"),
    papers=REPORTS,
    version=2,
    suspects=True,
    options={"least": 3},
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Most respondents use the wells.\n\n"
        "Finding 2: Many stakeholders know the committees.\n\nFinding 3: Some beneficiaries wait too long.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : La plupart des répondants utilisent les puits.\n\n"
        "Constatation 2 : Plusieurs participants connaissent les comités.\n\n"
        "Constatation 3 : Certains bénéficiaires attendent trop longtemps.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Most respondents (31 of 40) use the wells.\n\n"
        "Finding 2: 12 stakeholders know the committees.\n\nFinding 3: Three of 20 beneficiaries wait too long.\n"
    ),
    "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : La plupart des répondants (31 sur 40) utilisent les puits.\n",
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message that counts the places and shows the first."""
    pattern = _pattern(paper.listed(TOPIC, "vague"), paper.listed(TOPIC, "counted"))
    if pattern is None or not readable(paper, TOPIC):
        return
    possible = paper.words_of(TOPIC, "possible")
    found: list[tuple[re.Match[str], str, Unit]] = []
    starts = {id(u) for s in paper.of_kind("finding") if s.places for u in (paper.unit_at(s.places[0]),) if u}

    vague = set(map(id, paper.holding(paper.listed(TOPIC, "vague"))))

    def judges(unit: Unit) -> bool:
        return id(unit) in vague and (id(unit) in starts or ("findings" in unit.within and unit.within.isdisjoint(_APART)))

    for u in (m.unit for m in mentions(paper, TOPIC, "counted", judges)):
        if u.kind in ("paragraph", "item") and (m := pattern.search(u.text)):
            s = next((s for s in paper.sentences(u) if s.start <= m.start() < s.end), None)
            if s is not None and not (possible and possible.search(s.text)) and not counts(paper, _LABEL.sub("", s.text)):
                found.append((m, s.text, u))
    enough = min(options["least"], 1 + paper.words // _PAGES)
    if found and len(found) >= enough and not _defined(paper):
        words = list(dict.fromkeys(" ".join(m.group().lower().split()) for m, _, _ in found))
        yield Message(
            plural(
                len(found),
                "Findings seem to leave open how many in a sentence without a number: {words}.",
                "Findings seem to leave open how many in {number} sentences without a number: {words}.",
                words=tuple(say("“{words}”", words=w) for w in words[:4]),
            ),
            paper.at(found[0][2], *found[0][0].span()),
            related=tuple(Related(quoted(text), paper.at(u, *m.span())) for m, text, u in found[:4]),
        )


def _defined(paper: Paper) -> bool:
    """Whether the method says how many each word means: two of them in quotation marks in one passage."""

    def explains(unit: Unit) -> bool:
        return unit.kind == "footnote" or not unit.within.isdisjoint({"method", "annex"})

    words = set(paper.listed(TOPIC, "vague"))
    return any(
        len(words.intersection(q.strip().lower() for q in _QUOTED.findall(m.unit.text))) > 1
        for m in mentions(paper, TOPIC, "vague", explains)
    )


_PAGES = 2500
"""Words of running text for each of which one such place more is needed, up to the option."""
_QUOTED = re.compile(r"[“\"‘«']([^”\"’»']{2,30})[”\"’»']")
_APART = frozenset({"annex", "summary", "contents", "references", "aside", "foreign"})
_LABEL = re.compile(r"^\W*[^\W\d]+(?:\s[^\W\d]+)?\s+\d[\d.]*\s*[:.)–—-]")
"""The label of a finding, whose number counts nothing."""


@cache
def _pattern(vague: tuple[str, ...], counted: tuple[str, ...]) -> re.Pattern[str] | None:
    if not vague or not counted:
        return None
    first = "|".join(re.escape(w) for w in sorted(vague, key=len, reverse=True))
    then = "|".join(re.escape(w) for w in sorted(counted, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{first})\s+(?:(?:of|des|de|dos|das)\s+(?:the\s+|les\s+|los\s+|las\s+)?)?(?:[\w-]+\s+)?(?:{then})(?!\w)", re.IGNORECASE
    )
