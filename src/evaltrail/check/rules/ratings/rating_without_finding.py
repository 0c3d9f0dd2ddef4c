"""A criterion is rated and nothing is said of it.

## What it does
Tells rated criteria that have no heading and no finding, and whose name stands nowhere in the running text but beside the ratings.
Where each of the other criteria has a section of its own, those too that no reason, heading, finding or conclusion speaks of.

## Why it is bad
A mark without a reason cannot be judged, and nobody can learn from it.

## Known problems
A criterion that the text treats under another name is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import criterion as called
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.ratings._marks import marks
from evaltrail.check.rules.ratings._scales import levels
from evaltrail.check.rules.ratings._spoken import headed, spoken
from evaltrail.check.wording import say
from evaltrail.text import packs
from evaltrail.text.normal import fold, strip_accents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.ratings._marks import Mark

RULE = Rule(
    code="RAT007",
    severity="warning",
    sources=("practice of evaluation offices: each rating is justified",),
    papers=EVALUATIONS,
    version=2,
    suspects=True,
)

_PAPER = (
    "# Evaluation of the water programme\n\n## Findings\n\n### Relevance\n\nPumps are wanted.\n\n### Efficiency\n\nPumps are dear.\n\n{}"
    "## Ratings\n\n| Criterion | Rating |\n|---|---|\n| Relevance | 4 |\n| Efficiency | 3 |\n| Sustainability | 2 |\n"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Constats\n\n### Pertinence\n\nLes pompes sont voulues.\n\n"
    "### Efficience\n\nLes pompes coûtent cher.\n\n{}"
    "## Notation\n\n| Critère | Note |\n|---|---|\n| Pertinence | 4 |\n| Efficience | 3 |\n| Durabilité | 2 |\n"
)
_GENDER = (
    "# Evaluation of the water programme\n\n## Findings\n\n### Relevance\n\nPumps are wanted by women.\n\n### Efficiency\n\n"
    "Pumps are dear.\n\n### Impact\n\nIllness has fallen.\n\n## Ratings\n\n| Criterion | Rating | Reason |\n|---|---|---|\n"
    "| Relevance | 4 | Pumps are wanted |\n| Efficiency | 3 | Pumps are dear |\n| Impact | 4 | Fewer fall ill |\n"
    "| Gender equality | 2 | {} |\n"
)
BAD = (_PAPER.format(""), _FRENCH.format(""), _GENDER.format(""))
GOOD = (
    _PAPER.format("### Sustainability\n\nFees do not pay for repairs.\n\n"),
    _FRENCH.format("### Durabilité\n\nLes redevances ne paient pas les réparations.\n\n"),
    _GENDER.format("Committees are led by men"),
)


def _named(paper: Paper, m: Mark, name: str) -> bool:
    """Whether a heading or sentence away from the rating speaks of what it rates; one word of its name in common is enough."""
    words = {w[:6] for w in name.split() if len(w) > 4} or {name}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})", re.IGNORECASE)
    own = {(p.page, p.start) for p in m.rating.places}
    return any(u.kind != "cell" and u.start not in own and pattern.search(strip_accents(u.text)) for u in paper.units)


_ALL = 3
"""Known criteria that all have a section, from which on one without is told."""
_JUDGING = frozenset({"findings", "conclusions"})


def _treated(paper: Paper, m: Mark, name: str) -> bool:
    """Whether the table gives a reason for the rating, or a heading, finding or conclusion has the words of its name together."""
    own = {(p.page, p.start) for p in m.rating.places}
    for p in paper.record.passages:
        if p.kind == "table" and (row := next((c.row for c in p.cells for x in c.places if (x.page, x.start) in own), None)) is not None:
            if any(
                c.row == row and len(c.text.split()) >= _REASON and fold(c.text) not in levels() and fold(c.text) != name for c in p.cells
            ):
                return True
            break
    words = [w[:-2] if len(w) > _STEM else w for w in name.split() if len(w) > 3] or [name]
    patterns = [re.compile(rf"(?<!\w){re.escape(w)}", re.IGNORECASE) for w in words]
    for u in paper.units:
        if u.kind == "cell" or u.start in own or not (u.kind == "heading" or u.within & _JUDGING) or "contents" in u.within:
            continue
        text = strip_accents(u.text)
        found = [x.search(text) for x in patterns]
        # "The Skills Partnership" is the name of the programme.
        if all(found) and (u.kind == "heading" or not all(x and _part_of_name(text, x.start()) for x in found)):
            return True
    return False


_REASON = 2
_STEM = 6


def _part_of_name(text: str, at: int) -> bool:
    """Whether a word with a capital stands right behind another with a capital."""
    return text[at].isupper() and re.search(r"[A-Z][\w-]*\s$", text[:at]) is not None


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such criterion."""
    known = packs.pack(paper.language, "criteria")
    for evaluation in paper.evaluations:
        of = evaluation.id if len(paper.evaluations) > 1 else None
        heads = headed(paper, of)
        rated = {m.rating.criterion: m for m in marks(evaluation) if m.rating.of is None and m.rating.criterion in known}
        if len(heads.keys() & rated.keys()) < 2:
            continue
        for m in marks(evaluation):
            name = fold(m.rating.criterion_as_printed or "")
            if (
                m.rating.of is None
                and name
                and m.rating.criterion not in known
                and m.rating.criterion != "overall"
                and not (_treated(paper, m, name) if heads.keys() >= rated.keys() and len(rated) >= _ALL else _named(paper, m, name))
            ):
                yield Message(
                    say(
                        "The paper rates “{criterion}” and seems to say nothing else of it.",
                        criterion=m.rating.criterion_as_printed or "",
                    ),
                    m.rating.places,
                )
        for criterion, m in rated.items():
            if criterion in heads or any(criterion in s.criteria for s in evaluation.statements) or spoken(paper, str(criterion), of):
                continue
            yield Message(
                say(
                    "The paper rates {criterion} (“{rating}”) and seems to say nothing else of it.",
                    criterion=called(str(criterion)),
                    rating=m.rating.as_printed,
                ),
                m.rating.places,
            )
        if rated.keys() <= heads.keys():
            m = next(iter(rated.values()))
            yield Message(
                say("Each of the {number} rated criteria has a section of its own.", number=len(rated)), m.rating.places, right=True
            )
