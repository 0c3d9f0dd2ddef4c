"""What a record says in words that programs share (criteria, terms, words of rating scales), in the interface's language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy

from evaltrail.check.wording import worded
from evaltrail.text.packs import languages, pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.check.wording import Wording

CRITERIA = {
    "relevance": gettext_lazy("Relevance"),
    "coherence": gettext_lazy("Coherence"),
    "effectiveness": gettext_lazy("Effectiveness"),
    "efficiency": gettext_lazy("Efficiency"),
    "impact": gettext_lazy("Impact"),
    "sustainability": gettext_lazy("Sustainability"),
    "overall": gettext_lazy("Overall"),
}

KINDS = {
    "finding": gettext_lazy("Finding"),
    "conclusion": gettext_lazy("Conclusion"),
    "lesson": gettext_lazy("Lesson"),
    "good_practice": gettext_lazy("Good practice"),
    "recommendation": gettext_lazy("Recommendation"),
    "response": gettext_lazy("Response"),
}
"""Kinds of statement."""

FIELDS = {
    "answers": gettext_lazy("Answers"),
    "as_printed": gettext_lazy("As printed"),
    "criteria": gettext_lazy("Criteria"),
    "criterion": gettext_lazy("Criterion"),
    "criterion_as_printed": gettext_lazy("Criterion"),
    "due": gettext_lazy("Due"),
    "kind": gettext_lazy("Kind"),
    "label": gettext_lazy("Label as printed"),
    "number": gettext_lazy("Number"),
    "order": gettext_lazy("Order"),
    "owner": gettext_lazy("Owner"),
    "paragraph": gettext_lazy("Paragraph"),
    "parent": gettext_lazy("Part of"),
    "part": gettext_lazy("Of the evaluation"),
    "priority": gettext_lazy("Priority"),
    "resources": gettext_lazy("Resources"),
    "responsible": gettext_lazy("Unit"),
    "scale": gettext_lazy("Scale"),
    "status": gettext_lazy("State"),
    "text": gettext_lazy("Words"),
    "time": gettext_lazy("Time"),
    "title": gettext_lazy("Title"),
    "value": gettext_lazy("Value"),
    "verdict": gettext_lazy("Answer"),
}
"""Fields of a statement, a rating or an action, as comparisons name them."""

TERMS = {
    "high": gettext_lazy("High"),
    "medium": gettext_lazy("Medium"),
    "low": gettext_lazy("Low"),
    "short-term": gettext_lazy("Short term"),
    "medium-term": gettext_lazy("Medium term"),
    "long-term": gettext_lazy("Long term"),
    "ongoing": gettext_lazy("Ongoing"),
    "existing": gettext_lazy("Existing"),
}
"""Priorities, times and resources of recommendations."""

VERDICTS = {
    "accepted": gettext_lazy("accepted"),
    "partially_accepted": gettext_lazy("accepted in part"),
    "rejected": gettext_lazy("rejected"),
    "noted": gettext_lazy("noted"),
    "unclear": gettext_lazy("unclear"),
}

SATISFACTORY = {
    1: gettext_lazy("highly unsatisfactory"),
    2: gettext_lazy("unsatisfactory"),
    3: gettext_lazy("somewhat unsatisfactory"),
    4: gettext_lazy("somewhat satisfactory"),
    5: gettext_lazy("satisfactory"),
    6: gettext_lazy("highly satisfactory"),
}
"""Words of the scale of six, for papers whose scale prints none."""

_BRACKETS = re.compile(r"\([^)]*\)")
_RUNGS = {"lowest": 1, "low": 2, "lower": 3, "upper": 4, "high": 5, "highest": 6}


def criterion(name: str) -> str:
    """A criterion's name for people; one that is not of the usual ones as the paper has it."""
    return str(CRITERIA.get(name, name[:1].upper() + name[1:]))


def criteria_line(names: Iterable[str]) -> str:
    """Criteria in one line, as they stand in a field: ``pertinence, cohérence``."""
    return ", ".join(str(CRITERIA[name]).lower() if name in CRITERIA else name for name in names)


def criterion_read(words: str) -> str:
    """The criterion that somebody named in a field, in the interface's language or in English."""
    named = " ".join(words.split()).casefold()
    return next((name for name, label in CRITERIA.items() if named == str(label).casefold()), named)


def term(value: str) -> str:
    """A priority, a time or a need of resources for people: ``Short term / Medium term``; what is not of a scale stays as it is.

    ``value`` is the record's, or what the paper prints for it: ``High``, ``Short- to medium-term``.
    """
    parts = value.casefold().replace("- to ", "-term to ").split(" to ")
    if not value or not all(part in TERMS for part in parts):
        return value
    return " / ".join(str(TERMS[part]) for part in parts)


def kind(name: str) -> str:
    """The name of a kind of statement for people."""
    return str(KINDS.get(name, name.replace("_", " ")))


def field(name: str) -> str:
    """The name of a record's field for people: ``as_printed.time`` is the time as printed."""
    last = name.rpartition(".")[2]
    return str(FIELDS.get(last, last.replace("_", " ")))


def value_of(name: str, value: str) -> str:
    """A field's value for people; what the paper itself says stays as it is."""
    if not value or name.startswith("as_printed"):
        return value
    if name == "verdict":
        return str(VERDICTS.get(value, value))
    if name in {"priority", "time", "resources"}:
        return term(value)
    if name == "kind":
        return kind(value)
    if name in {"criterion", "criteria"}:
        return criteria_line(value.split(", "))
    return value


def rating_word(printed: str) -> str:
    """A rating's word in the interface's language: ``Somewhat satisfactory`` is ``Plutôt satisfaisant`` in French.

    Words that no scale of the language packs has, and those that the interface's language has itself, stay as they are printed.
    """
    language = (get_language() or "en").partition("-")[0]
    said = " ".join(printed.split()).casefold()
    if said in _scales(language):
        return printed
    rung = next((found[said] for code in languages() if said in (found := _scales(code))), None)
    if rung is None:
        return printed
    scale, step = rung
    word = str(SATISFACTORY[_RUNGS[step]]) if scale == "satisfaction" and step in _RUNGS else _first(language, scale, step)
    if not word:
        return printed
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word


@cache
def _scales(language: str) -> dict[str, tuple[str, str]]:
    """Words of the rating scales of a language, each with its scale and step; a word of several scales is of the first."""
    found: dict[str, tuple[str, str]] = {}
    for scale, steps in pack(language, "ratings").get("scales", {}).items():
        for step, words in steps.items():
            for word in words:
                for form in _forms(word):
                    found.setdefault(form.casefold(), (scale, step))
    return found


def _first(language: str, scale: str, step: str) -> str:
    """The first word that a language has for a step of a scale; empty where it has none."""
    words = pack(language, "ratings").get("scales", {}).get(scale, {}).get(step, [])
    return _forms(words[0])[0] if words else ""


def _forms(word: str) -> list[str]:
    """A word of a pack in its forms: ``satisfaisant(e)`` is two of them, ``satisfactorio/a`` too."""
    if "o/a" in word:
        return [word.replace("o/a", "o"), word.replace("o/a", "a")]
    return [_BRACKETS.sub("", word), word.replace("(", "").replace(")", "")] if "(" in word else [word]


def said(text: str, wording: Wording | None) -> str:
    """What a check says, as it is kept with what it was made of: in the interface's language, in English where that is not known."""
    return worded(text, wording, get_language() or "en") or text
