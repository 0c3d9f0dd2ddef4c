"""Splitting a recommendation into the acts that it asks for, as the rule on compound recommendations proposes it."""

from __future__ import annotations

from evaltrail.check.rules.recommendations import _acts

_JOINTS = (" and", " et", " y", " e")


def acts_of(text: str, language: str = "en") -> list[str]:
    """The words of each act of a recommendation, in order; one or none where it asks for one thing.

    An act and its effect, or the next step with the same thing, are one (``REC008``). What follows the first paragraph explains and is
    left out.
    """
    operative = _acts.operative(text)
    found = _acts.whole(operative, _acts.acts(operative, language), language)
    return [act_words(operative[a.start : a.end]) for a in found]


def act_words(stretch: str) -> str:
    """The words of one act as a part of its own: without what joins it to the next, and with a capital."""
    words = stretch.strip().rstrip(".;, ")
    for joint in _JOINTS:
        words = words.removesuffix(joint)
    words = words.rstrip(",; ")
    return f"{words[:1].upper()}{words[1:]}"
