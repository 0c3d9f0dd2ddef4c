"""An action is called completed and nothing shows it.

## What it does
Finds actions whose status says completed and that have, with their answer, no deliverable, link, document, date or number.

## Why it is bad
Closing is mostly declared by the unit itself. What is closed without proof is opened again by the next evaluation.

## Known problems
Proof that lies in another system is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Action, Response

RULE = Rule(
    code="RES010",
    severity="warning",
    sources=("practice of evaluation offices: completed with proof",),
    papers=WITH_ANSWERS,
)

_LINK = re.compile(r"https?://|www\.|\b[A-Z]{1,6}(?:[./]\w+){2,}")

_PAPER = """# Management response to the evaluation of the water programme

| Recommendation | Response | Key action | Responsible | Deadline | Status |
|---|---|---|---|---|---|
| 1. Publish a yearly report on wells for every district. | {} |
| 2. Train the committees of every district. | Accepted | Hold 12 courses | Ministry of Water | May 2027 | Ongoing |
| 3. Map the wells of every district. | Accepted | Draw the map | Ministry of Land | July 2027 | Ongoing |
"""
_FRENCH = """# Réponse de la direction à l'évaluation du programme de l'eau

Le présent document rend compte de ce que la direction entend faire des recommandations de l'évaluation.

| Recommandation | Réponse | Action | Responsable | Échéance | État |
|---|---|---|---|---|---|
| 1. Publier chaque année un rapport sur les puits. | {} |
| 2. Former les comités de chaque district. | Acceptée | Tenir 12 cours | Ministère de l'eau | mai 2027 | En cours |
| 3. Cartographier les puits de chaque district. | Acceptée | Dessiner la carte | Ministère des terres | juillet 2027 | En cours |
"""
BAD = (
    _PAPER.format("Accepted | Publish the yearly text | Ministry of Water | Done | Completed"),
    _FRENCH.format("Acceptée | Écrire le texte | Ministère de l'eau | Fait | Achevée"),
)
GOOD = (
    _PAPER.format("Accepted | Publish the report (see annex 2) | Ministry of Water | June 2026 | Completed"),
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2027 | Ongoing"),
    _FRENCH.format("Acceptée | Publier le rapport | Ministère de l'eau | juin 2027 | En cours"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with such actions."""
    del options
    completed = paper.words_of(_answer.TOPIC, "completed")
    for _evaluation, responses in _answer.by_evaluation(paper):
        done = [(r, a) for r in responses for a in r.actions if a.status and completed and completed.match(a.status.strip())]
        bare = [(r, a) for r, a in done if not _shown(paper, r, a)]
        if bare:
            yield Message(
                plural(
                    len(bare),
                    "An action of {answers:small} is called completed, and nothing shows it.",
                    "{number} actions of {answers:small} are called completed, and nothing shows it.",
                    answers=_answer.names(paper, list({r.id: r for r, _ in bare}.values())),
                ),
                bare[0][1].places or bare[0][0].places,
                statement=bare[0][0].id,
                related=tuple(Related(a.text.partition("\n")[0], a.places[:1]) for _, a in bare[1:8] if a.places),
            )


def _shown(paper: Paper, response: Response, action: Action) -> bool:
    """Whether words, a link or a figure show that an action was done; the status and the date it was due show nothing."""
    status = (action.status or "").strip()
    said = f"{response.text}\n{status}"
    linked = _LINK.search(f"{said}\n{action.text}")
    # "Issue a circular" names what was to be done; "issued in circular 12" shows it.
    return bool(action.deliverables or linked or _answer.says(paper, said, "proof") or _answer.says(paper, action.text, "shown"))
