"""Heads of columns, and the record's own terms in their cells, in the words of the paper's language and house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.wording import wording

if TYPE_CHECKING:
    from evaltrail.write.house import House

_TERMS = {
    "kind": ("terms",),
    "priority": ("priority",),
    "time": ("terms",),
    "resources": ("priority", "terms"),
    "verdict": ("verdicts", "terms"),
    "criteria": ("criteria",),
    "criterion": ("criteria",),
}
"""Columns whose values are the record's own terms for what is printed, and where their words stand."""


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
        if column not in _TERMS:
            return value
        for mark, between in (("; ", "; "), (" to ", f" {self._words('terms.to')} ")):
            if mark in value:
                first, *rest = (self._term(column, v) for v in value.split(mark))
                return between.join((first, *(rest if mark == "; " else (r[:1].lower() + r[1:] for r in rest))))
        return self._term(column, value)

    def _term(self, column: str, value: str) -> str:
        """A term's words; what no pack knows as it stands."""
        name = value.replace(" ", "_").replace("-", "_")
        return next((self._words(key) for table in _TERMS[column] if self._words.has(key := f"{table}.{name}")), value)
