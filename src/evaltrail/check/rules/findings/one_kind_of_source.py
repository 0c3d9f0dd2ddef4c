"""A finding rests on what people said, and on nothing else.

## What it does
Looks at findings that name their source, with the paragraphs under them. Where interviews, informants or focus groups are named and
no document, number, survey, observation or other record, it says that the finding may rest on one kind of source.

## Why it is bad
People remember, hope and fear. A key finding should rest on two kinds of source that were held against each other.

## Options
- `least`: words of a finding with what stands under it, from which its sources are looked at (12).

## Known problems
A second source that is named in another place is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import figures, quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.findings._evidence import TOPIC, findings, has_mark
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="FIN002",
    severity="note",
    sources=("UNEG quality checklist", "UNICEF GEROS"),
    papers=EVALUATIONS,
    suspects=True,
    version=2,
    options={"least": 12},
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Finding 1: The committees work well.\n\nIn interviews the heads of the villages said that the committees meet when they "
        "have to, that disputes are settled, and that everybody is content with the way in which water is shared.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\n"
        "Constatation 1 : Les comités travaillent bien.\n\nLors des entretiens, les chefs de village ont dit que les comités se réunissent "
        "quand il le faut, que les conflits sont réglés et que chacun est content du partage de l'eau.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Finding 1: The committees work well.\n\nIn interviews the heads of the villages said that the committees meet when they have to; "
        "the minutes in their files bear this out, and the accounts of all of them were audited.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\n"
        "Constatation 1 : Les comités travaillent bien.\n\nLors des entretiens, les chefs de village ont dit que les comités se "
        "réunissent ; les documents examinés et les statistiques du ministère le confirment.\n"
    ),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each finding that names people's words as its only source."""
    asked, looked = paper.words_of(TOPIC, "asked"), paper.words_of(TOPIC, "looked")
    if asked is None or looked is None:
        return
    for b in findings(paper):
        text = b.text
        if len(text.split()) < options["least"] or any(u.kind in ("cell", "caption") for u in b.under):
            continue
        heard = asked.search(text)
        # A paragraph that names nobody who said it rests on something else.
        if sum(1 for u in b.under if not asked.search(u.text)):
            continue
        if heard and not looked.search(text) and not has_mark(paper, b) and not figures(text):
            s = b.statement
            yield Message(
                say(
                    "{name} may rest on one kind of source: what stands under it names only {words}.",
                    name=paper.name(s),
                    words=quoted(heard.group()),
                ),
                s.places,
                statement=s.id,
            )
