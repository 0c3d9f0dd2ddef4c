"""The record's own terms ('high', 'short-term to medium-term', 'partially_accepted') in a language's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.wording import Wording

_TABLES = {
    "kind": ("terms",),
    "priority": ("priority",),
    "time": ("terms",),
    "resources": ("priority", "terms"),
    "verdict": ("verdicts", "terms"),
    "criteria": ("criteria",),
    "criterion": ("criteria",),
    "standing": ("standings",),
}
"""Fields whose values are the record's own terms for what is printed, and where their words stand."""


def in_words(field: str, value: str, words: Wording) -> str:
    """A field's value as a person reads it: several of a list, and the two ends of a span, each in its own words."""
    if field not in _TABLES:
        return value
    for mark, between in (("; ", "; "), (" to ", f" {words('terms.to')} ")):
        if mark in value:
            first, *rest = (_term(field, v, words) for v in value.split(mark))
            return between.join((first, *(rest if mark == "; " else (r[:1].lower() + r[1:] for r in rest))))
    return _term(field, value, words)


def _term(field: str, value: str, words: Wording) -> str:
    """A term's words; what no pack knows as it stands."""
    name = value.replace(" ", "_").replace("-", "_")
    return next((words(key) for table in _TABLES[field] if words.has(key := f"{table}.{name}")), value)
