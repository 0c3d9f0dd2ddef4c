"""A passage stands in another language than the paper.

## What it does
Tells the language of each longer paragraph by its small words. Quotations, annexes, references and titles in italics are
left out as far as they can be seen. One message names how many there are.

## Why it is bad
Mostly a passage that was forgotten in translation, or words of a template.

## Options
- `words`: words that a paragraph must have (15).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural, say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="LAN011", severity="warning", sources=("consistency",), papers=ANY, options={"words": 15})

_EN = (
    "The wells of the district were seen by the team in the first week of the month, and it was found that most of them were "
    "dry, that the pumps had been sold and that nobody knew who was to repair them."
)
_FR = (
    "Les puits du district ont été vus par la mission dans la première semaine du mois, et il est apparu que la plupart étaient "
    "secs, que les pompes avaient été vendues et que personne ne savait qui devait les réparer."
)
BAD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_EN}\n\n{_EN}\n\n{_EN}\n\n{_FR}\n",
    f"# Évaluation du programme\n\n## Constatations\n\n{_FR}\n\n{_FR}\n\n{_FR}\n\n{_EN}\n",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_EN}\n\n{_EN}\n\n{_EN}\n\n“{_FR}”\n",
    f"# Évaluation du programme\n\n## Constatations\n\n{_FR}\n\n{_FR}\n\n{_FR}\n",
)

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[“\"«][^”\"»]{40}")
_SHARE = 0.2
_SHARE_OF_FEW = 0.3
_MANY = 25
"""Words from which a fifth of small words tells a language; fewer words need more of them."""
_OWN = 0.15
"""Share of the language's own small words from which a paragraph is taken to be in it."""
_LOOKED_AT = 600
_SHORT = 100
_NAMES = {"en": say("English"), "fr": say("French"), "es": say("Spanish"), "pt": say("Portuguese")}


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for the paper."""
    small = {code: frozenset(packs.pack(code, "stopwords").get("words", ())) for code in packs.languages()}
    if paper.language not in small:
        return
    own = small[paper.language]
    found = []
    for unit in paper.running:
        if unit.kind != "paragraph" or len(unit.text) < _SHORT or _QUOTED.search(unit.text):
            continue
        start = unit.text[:_LOOKED_AT].lower()
        pieces = start.split()
        if sum(map(own.__contains__, pieces)) > 2 * _OWN * len(pieces):
            continue  # most paragraphs show at a glance that they are in the paper's language
        words = _WORD.findall(start)
        own_share = sum(map(own.__contains__, words))
        if len(words) < options["words"] or own_share > _OWN * len(words):
            continue
        shares = {code: sum(w in of_code for w in words) / len(words) for code, of_code in small.items()}
        best = max(shares, key=lambda code: shares[code])
        if (
            best != paper.language
            and shares[best] > (_SHARE if len(words) >= _MANY else _SHARE_OF_FEW)
            and shares[best] > 3 * shares[paper.language]
        ):
            found.append((unit, best))
    if found:
        unit, language = found[0]
        yield Message(
            plural(
                len(found),
                "A paragraph stands in {language}, in a paper in {own}.",
                "{number} paragraphs stand in {language}, in a paper in {own}.",
                language=_NAMES.get(language, language),
                own=_NAMES.get(paper.language, paper.language),
            ),
            unit.places,
            related=tuple(Related(u.text[:60], u.places) for u, _ in found[1:4]),
        )
