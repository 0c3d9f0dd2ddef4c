"""The words of a language as patterns: from its language pack, English beside it, for papers of all languages have English lines."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.text.packs import pack


@cache
def words(topic: str, language: str | None) -> tuple[str, ...]:
    """The topic's patterns in a language and in English; in English alone where the language has none."""
    own = own_words(topic, language) if language and language != "en" else ()
    return (*own, *own_words(topic, "en"))


def own_words(topic: str, language: str) -> tuple[str, ...]:
    """The topic's words in a language alone."""
    return tuple(pack(language, "about").get(topic, ()))


@cache
def pattern(topic: str, language: str | None, form: str = r"\b(?:{})\b") -> re.Pattern[str]:
    """One pattern of a topic's words; ``form`` says what stands around them."""
    return re.compile(form.format("|".join(sorted(words(topic, language), key=len, reverse=True))), re.IGNORECASE)
