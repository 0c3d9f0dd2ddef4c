"""The words of a language as patterns: from ``words.toml``, English beside it, for papers of all languages have English lines."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from evaltrail.about.names import READ


@cache
def _all() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("evaltrail.about") / "words.toml").read_text(encoding="utf-8"))


@cache
def words(topic: str, language: str | None) -> tuple[str, ...]:
    """The topic's patterns in a language and in English; in English alone where the language has none."""
    own = _all().get(language or "", {}).get(topic, []) if language in READ and language != "en" else []
    return (*own, *_all()["en"].get(topic, []))


def own_words(topic: str, language: str) -> tuple[str, ...]:
    """The topic's words in a language alone."""
    return tuple(_all().get(language, {}).get(topic, ()))


@cache
def pattern(topic: str, language: str | None, form: str = r"\b(?:{})\b") -> re.Pattern[str]:
    """One pattern of a topic's words; ``form`` says what stands around them."""
    return re.compile(form.format("|".join(sorted(words(topic, language), key=len, reverse=True))), re.IGNORECASE)
