"""Heads of columns and values in the words of the paper's language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaltrail.write.house import House

_NORMALISED = frozenset({"kind", "priority", "time", "resources", "verdict", "criteria", "criterion"})
"""Columns whose values are the record's own words for what is printed."""


class Heads:
    """The words of one language and house; English where a language has none."""

    def __init__(self, language: str | None, house: House) -> None:
        self.language = (language or "en").lower().split("-")[0]
        known = _all()
        self._words: dict[str, Any] = known["en"] | known.get(self.language, {}) | house.words.get(self.language, {})

    def __call__(self, key: str) -> str:
        """Words by their key in ``rows.toml``."""
        return str(self._words[key])

    def value(self, column: str, value: str) -> str:
        """A value as a person reads it: several of a list, and the two ends of a span, each in its own words."""
        if column not in _NORMALISED:
            return value
        words: dict[str, str] = self._words["values"]
        for mark in ("; ", " to "):
            if mark in value:
                between = f" {words['to']} " if mark == " to " else mark
                return between.join(words.get(v, v) for v in value.split(mark))
        return words.get(value, value)


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((files("evaltrail.write") / "rows.toml").read_text(encoding="utf-8"))
