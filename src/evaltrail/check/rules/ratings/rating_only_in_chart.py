"""A rating is shown only in a chart.

## What it does
Looks for figures that say they show ratings, in an evaluation where no rating stands in words or numbers: no rating
table, no “Rating: 4”, no sentence that gives one.

## Why it is bad
A bar has to be measured before it can be quoted. Who cannot see the figure, or reads the paper in a database, gets no
rating at all, and the figure cannot be held against the text.

## Known problems
A figure that is a picture with the values drawn in it is told too, as its values are not part of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import criterion
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.ratings._scales import given_in_words
from evaltrail.check.wording import say
from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Evaluation

RULE = Rule(
    code="RAT003", severity="warning", sources=("practice of evaluation offices: ratings are quoted with their page",), papers=EVALUATIONS
)

_AXIS = "Relevance\n\nEffectiveness\n\nEfficiency\n\nSustainability\n"
_TABLE = "| Criterion | Rating |\n|---|---|\n| Relevance | 5 |\n| Effectiveness | 4 |\n"
BAD = (
    "# Evaluation of the water programme\n\n## Overall assessment\n\nFigure 1. Ratings by criterion\n\n1 2 3 4 5 6\n\n" + _AXIS,
    "# Évaluation du programme de l’eau\n\n## Constatations\n\nFigure 2. Notation par critère\n\nPertinence\n\nEfficacité\n\nEfficience\n",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Overall assessment\n\nFigure 1. Ratings by criterion\n\n{_TABLE}",
    "# Évaluation du programme de l’eau\n\n## Constatations\n\nLa pertinence est notée satisfaisante.\n\nFigure 2. Notation par critère\n",
)

_NEAR = 14
"""Units behind a caption among which the names on the chart's axis stand."""
_LONGEST = 160
"""Characters of a caption."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each figure of ratings in an evaluation without a rating in words or numbers."""
    figures = list(_figures(paper))
    for evaluation in paper.evaluations:
        written = [r for r in evaluation.ratings if not _measured(r.origin)]
        if written:
            of = tuple(dict.fromkeys(criterion(r.criterion) if r.criterion else say("the whole") for r in written[:6]))
            yield Message(say("Ratings are given in words or numbers: {criteria}.", criteria=of), written[0].places, right=True)
            continue
        own = [f for f in figures if f.evaluation == evaluation.id or len(paper.evaluations) == 1]
        if given_in_words(paper, evaluation.id if len(paper.evaluations) > 1 else None) is not None:
            continue
        for figure in own:
            yield Message(
                say(
                    "The ratings in {words} are shown in the chart only: no value stands in words or numbers.",
                    words=quoted(figure.text, 60),
                ),
                figure.places,
            )
        if not own:
            yield from _of_bars(evaluation)


def _of_bars(evaluation: Evaluation) -> Iterator[Message]:
    bars = [r for r in evaluation.ratings if _measured(r.origin)]
    if bars:
        of = tuple(r.criterion_as_printed or criterion(r.criterion or "") for r in bars[:3])
        yield Message(
            say("The ratings of {criteria} and so on can only be measured from the bars of a chart.", criteria=of), bars[0].places
        )


def _measured(origin: Mapping[str, Any]) -> bool:
    return "value" in origin and origin["value"].rule == "bar-length"


def _figures(paper: Paper) -> Iterator[Unit]:
    """Captions of figures that show this evaluation's ratings."""
    marks, others = paper.words_of("check_ratings", "marks"), paper.words_of("check_ratings", "others")
    words = paper.listed("check_ratings", "figures")
    if marks is None or others is None or not words:
        return
    begins = re.compile(rf"(?:{'|'.join(words)})\b\.?\s*\d", re.IGNORECASE)
    captions = re.compile(rf"(?<!\w)(?:{'|'.join(words)})\b", re.IGNORECASE)
    found = []
    for i, u in enumerate(paper.units):
        if u.kind not in ("caption", "paragraph", "heading") or len(u.text) > _LONGEST or "contents" in u.within or "annex" in u.within:
            continue
        if begins.match(u.text) and marks.search(u.text) and not others.search(u.text):
            found.append((i, u))
    # One figure whose axis names criteria tells what the others with the same caption are.
    named = {_title(u, captions) for i, u in found if _names_criteria(paper.units[i + 1 : i + 1 + _NEAR])}
    shown: dict[tuple[str | None, str], Unit] = {}
    for _, u in found:
        if _title(u, captions) in named or "ratings" in u.within:
            number = re.search(r"\d+", u.text)
            key = (u.evaluation, number.group() if number else u.text)
            # The sentence that presents a figure is no second figure; the caption says best what is meant.
            if key not in shown or (shown[key].text.rstrip().endswith(".") and not u.text.rstrip().endswith(".")):
                shown[key] = u
    yield from shown.values()


def _title(caption: Unit, figure: re.Pattern[str]) -> str:
    return re.sub(r"\d+", "", fold(figure.sub("", caption.text))).strip()


def _names_criteria(units: Sequence[Unit]) -> bool:
    """Whether short units name three criteria: labels on an axis."""
    names = {fold(w) for words in packs.merged("criteria").values() for w in words}
    return len({fold(u.text) for u in units if len(u.text) < 40} & names) >= 3
