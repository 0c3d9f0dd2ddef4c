"""What messages call things: statements by their kind, criteria and evaluations.

The names of kinds are translated with their article ("la constatation"), as most languages that are not English need it; a count of them
("7 findings") is a sentence of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.check.wording import Said, plural, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.record import Evaluation

ONE: Mapping[str, Said] = {
    "finding": say("finding"),
    "conclusion": say("conclusion"),
    "lesson": say("lesson"),
    "good_practice": say("good practice"),
    "recommendation": say("recommendation"),
    "response": say("response"),
}
"""A statement by its kind."""
MANY: Mapping[str, Said] = {
    "finding": say("findings"),
    "conclusion": say("conclusions"),
    "lesson": say("lessons"),
    "good_practice": say("good practices"),
    "recommendation": say("recommendations"),
    "response": say("responses"),
}
"""Several statements of a kind."""
CRITERION: Mapping[str, Said] = {
    "relevance": say("relevance"),
    "coherence": say("coherence"),
    "effectiveness": say("effectiveness"),
    "efficiency": say("efficiency"),
    "impact": say("impact"),
    "sustainability": say("sustainability"),
    "overall": say("overall"),
}
"""The criteria of OECD-DAC, and what is rated over all of them."""


def criterion(name: str) -> str:
    """What a message calls a criterion: one of those of OECD-DAC in the reader's language, any other as the paper prints it."""
    return CRITERION.get(name, name)


def counted(kind: str, number: int) -> Said:
    """So many statements of a kind."""
    match kind:
        case "finding":
            return plural(number, "{number} findings", "{number} findings")
        case "conclusion":
            return plural(number, "{number} conclusions", "{number} conclusions")
        case "lesson":
            return plural(number, "{number} lessons", "{number} lessons")
        case "good_practice":
            return plural(number, "{number} good practices", "{number} good practices")
        case "recommendation":
            return plural(number, "{number} recommendations", "{number} recommendations")
        case _:
            return plural(number, "{number} responses", "{number} responses")


def in_words(kind: str, number: int) -> Said:
    """So many statements of a kind, the number as a sentence has it: "seven findings"."""
    match kind:
        case "finding":
            return plural(number, "{number:words} findings", "{number:words} findings")
        case "conclusion":
            return plural(number, "{number:words} conclusions", "{number:words} conclusions")
        case "lesson":
            return plural(number, "{number:words} lessons", "{number:words} lessons")
        case _:
            return plural(number, "{number:words} recommendations", "{number:words} recommendations")


def of(evaluation: Evaluation, *, several: bool) -> str:
    """Behind the name of statements, to which of several evaluations they belong: " of Part I"; nothing where there is one only."""
    return say(" of {evaluation}", evaluation=evaluation.label) if several and evaluation.label else ""
