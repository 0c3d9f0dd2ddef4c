"""An action is due before the paper's own date.

## What it does
Holds the dates of actions that are not called completed against the date on the paper's first page.

## Why it is bad
It is overdue on the day on which it is promised. Mostly the date was copied from an earlier draft.

## Known problems
Only a date that stands alone, or beside the title, is taken for the paper's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.wording import plural, say
from evaltrail.text.dates import Date, dates, due_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Action, Response

RULE = Rule(
    code="RES014",
    severity="error",
    sources=("consistency",),
    papers=WITH_ANSWERS,
)

_FIRST = 12
"""Units of the paper's beginning in which its date is looked for."""
_LINE = 8
"""Words that such a line may have."""

_PAPER = """# Management response to the evaluation of the water programme

12 March 2026

| Recommendation | Response | Key action | Responsible | Deadline | Status |
|---|---|---|---|---|---|
| 1. Publish a yearly report on wells for every district. | {} |
| 2. Train the committees of every district. | Accepted | Hold 12 courses | Ministry of Water | May 2027 | Ongoing |
| 3. Map the wells of every district. | Accepted | Draw the map | Ministry of Land | July 2027 | Ongoing |
"""
_FRENCH = """# Réponse de la direction à l'évaluation du programme de l'eau

12 mars 2026

Le présent document rend compte de ce que la direction entend faire des recommandations de l'évaluation.

| Recommandation | Réponse | Action | Responsable | Échéance | État |
|---|---|---|---|---|---|
| 1. Publier chaque année un rapport sur les puits. | {} |
| 2. Former les comités de chaque district. | Acceptée | Tenir 12 cours | Ministère de l'eau | mai 2027 | En cours |
| 3. Cartographier les puits de chaque district. | Acceptée | Dessiner la carte | Ministère des terres | juillet 2027 | En cours |
"""
BAD = (
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2019 | Ongoing"),
    _FRENCH.format("Acceptée | Publier le rapport | Ministère de l'eau | juin 2019 | En cours"),
)
GOOD = (
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2027 | Ongoing"),
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2019 | Completed"),
    _FRENCH.format("Acceptée | Publier le rapport | Ministère de l'eau | juin 2027 | En cours"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with actions that were late from the beginning."""
    del options
    issued = _issued(paper)
    if issued is None:
        return
    completed = paper.words_of(_answer.TOPIC, "completed")
    for _evaluation, responses in _answer.by_evaluation(paper):
        late: list[tuple[Response, Action]] = []
        for r in responses:
            for a in r.actions:
                due = due_of(a.due, paper.language) if a.due else None
                # A year alone ends on its last day; a span ends with its end.
                closed = a.status and completed and completed.match(a.status.strip())
                if due is not None and due.last < issued.first and not closed:
                    late.append((r, a))
        if late:
            r, a = late[0]
            others = plural(len(late) - 1, ", and {number} more", ", and {number} more") if len(late) > 1 else ""
            yield Message(
                say(
                    "{name} has an action due “{due}”{more}; the paper is of {day}.",
                    name=_answer.name(paper, r),
                    due=a.due or "",
                    more=others,
                    day=issued.iso,
                ),
                a.places or r.places,
                statement=r.id,
                related=tuple(Related(say("Due {due}.", due=x.due or ""), x.places[:1]) for _, x in late[1:8] if x.places),
            )


def _issued(paper: Paper) -> Date | None:
    """The paper's own date: one with day or month, in a short line among the first of the paper."""
    for u in paper.units[:_FIRST]:
        if u.page > 1 or u.kind in ("cell", "footnote") or len(u.text.split()) > _LINE:
            continue
        found = [d for d in dates(u.text, paper.language) if d.precision in ("day", "month") and not d.span]
        if len(found) == 1:
            return found[0]
    return None
