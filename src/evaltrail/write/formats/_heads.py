"""Heads of columns, and the record's own terms in their cells, in the words of the paper's language and house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.terms import in_words
from evaltrail.write.wording import wording

if TYPE_CHECKING:
    from evaltrail.write.house import House


class Heads:
    """The words of one language and house."""

    def __init__(self, language: str | None, house: House) -> None:
        self._words = wording(language, house)

    def __call__(self, key: str, **values: object) -> str:
        """The head of a column, or the name of a sheet."""
        return self._words(f"tables.{key}", **values)

    def page_of(self) -> str:
        """The words of a page's number, with ``{page}`` and ``{pages}`` left in."""
        return self._words("captions.continued")

    def value(self, column: str, value: str) -> str:
        """A value as a person reads it: several of a list, and the two ends of a span, each in its own words."""
        return in_words(column, value, self._words)
