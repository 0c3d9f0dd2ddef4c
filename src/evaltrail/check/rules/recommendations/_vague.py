"""Recommendations that only point in a direction."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from evaltrail.check.rules.recommendations import _acts, _fields
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Recommendation

SHORT_OBJECT = 3
"""Words up to which what a verb of direction is applied to tells nothing more."""
MOST_WORDS = 45
"""Words from which on a recommendation is taken to explain itself."""
_EXPLANATION = 15
"""Words from which on a paragraph explains something."""
_NEAR = 4
"""Words behind a verb among which its noun may stand."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_FURTHER = re.compile(r"(?:\b(?:and|or|et|ou|y|o|e)\s|[,;]\s)\s*([^\W\d_]+)")


def concrete(paper: Paper, recommendation: Recommendation, *, products: bool = True) -> bool:
    """Whether something in a recommendation would show it done: parts, a number, a means, an example, a product.

    Args:
        paper: the paper.
        recommendation: one of it.
        products: whether a product counts; not where it is there already and should only be made better.
    """
    text = asking(paper, recommendation)
    verb = _acts.acts(text, paper.language)[:1]
    # Neither the name of the one who acts nor the verb is a product: "The Policy Unit should report …".
    text = text[text.lower().find(verb[0].verb) + len(verb[0].verb) :] if verb else text
    if paper.parts.get(recommendation.id) or _DIGIT.search(text):
        return True
    found = (paper.words_of(_fields.TOPIC, key) for key in (("measures", "products") if products else ("measures",)))
    return any(p is not None and p.search(text) for p in found)


def asking(paper: Paper, recommendation: Recommendation) -> str:
    """The words of a recommendation without the sentences that say what it rests on ("Based on finding 4.")."""
    references = paper.words_of(_fields.TOPIC, "references")
    whole = recommendation.text
    if references is None or not references.search(whole):
        return whole
    return " ".join(s.text for s in sentences(whole) if not (references.search(s.text) and _DIGIT.search(s.text)))


def only_vague(paper: Paper, recommendation: Recommendation, begins: Sequence[tuple[int, int]]) -> list[str]:
    """The verbs of a recommendation that holds nothing concrete and only verbs of direction; else nothing."""
    text = asking(paper, recommendation)
    if len(text.split()) > MOST_WORDS or concrete(paper, recommendation):
        return []
    vague = frozenset(paper.listed(_fields.TOPIC, "vague_verbs"))
    found = [(a.verb, a.verb in vague or directing(paper, text[a.start : a.end], a.verb)) for a in _acts.acts(text, paper.language)]
    if not found or not all(only for _, only in found) or explained(paper, recommendation, begins):
        return []
    # Further verbs, even where they share an object, and what one should continue or consider doing.
    others = {m[1].lower() for m in _FURTHER.finditer(text)}
    if any(_acts.wording(paper.language).is_verb(w) and w not in vague for w in others) or _done(
        text, vague.union(paper.listed(_fields.TOPIC, "light_nouns"))
    ):
        return []
    return list(dict.fromkeys(verb if verb in vague else _phrase(paper, text, verb) for verb, _ in found))


def directing(paper: Paper, text: str, verb: str) -> bool:
    """Whether a verb and its noun together only point in a direction: "pay more attention to"."""
    return verb in paper.listed(_fields.TOPIC, "light_verbs") and _noun(paper, text, verb) is not None


def _noun(paper: Paper, text: str, verb: str) -> str | None:
    nouns = paper.listed(_fields.TOPIC, "light_nouns")
    words = _WORD.findall(text.lower())
    after = words[words.index(verb) + 1 :][:_NEAR] if verb in words else []
    return next((w for w in after if w in nouns), None)


def _phrase(paper: Paper, text: str, verb: str) -> str:
    """The words from a verb to its noun: "pay more attention"."""
    noun = _noun(paper, text, verb)
    at = text.lower().find(verb)
    return text[at : text.lower().find(noun, at) + len(noun)] if noun else verb


def _done(text: str, vague: frozenset[str]) -> bool:
    """Whether the verb of direction is followed by one that says what to do: "continue testing the wells"."""
    words = _WORD.findall(text.lower())
    for i, word in enumerate(words):
        if word in vague:
            for following in words[i + 1 : min(i + 4, len(words) - 1)]:
                stem = following.removesuffix("ing")
                if stem != following and len(stem) > 2 and not {stem, f"{stem}e"} & vague:
                    return True
    return False


def starts(paper: Paper) -> list[tuple[int, int]]:
    """Where the statements of a paper begin, in order: page and offset."""
    return sorted((p.page, p.start) for s in paper.statements for p in s.places[:1])


def explained(paper: Paper, recommendation: Recommendation, begins: Sequence[tuple[int, int]]) -> bool:
    """Whether a paragraph follows that belongs to no statement: then how it is meant may stand there."""
    last = paper.unit_at(recommendation.places[-1]) if recommendation.places else None
    if last is None or last.index < 0 or last.kind == "cell" or last.index + 1 >= len(paper.record.passages):
        return False
    p = paper.record.passages[last.index + 1]
    if p.kind not in ("paragraph", "item") or len(p.text.split()) <= _EXPLANATION or not p.places:
        return False
    place = p.places[0]
    i = bisect_left(begins, (place.page, place.start))
    return not (i < len(begins) and begins[i] < (place.page, place.end))


def object_words(paper: Paper, text: str) -> int:
    """Words behind the last verb of direction: what it is to be done to."""
    vague = frozenset((*paper.listed(_fields.TOPIC, "vague_verbs"), *paper.listed(_fields.TOPIC, "light_nouns")))
    words = [w.lower() for w in _WORD.findall(text)]
    return next((n for n, w in enumerate(reversed(words)) if w in vague), len(words))
