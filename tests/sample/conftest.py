"""Comparing a reading with what a careful reader finds."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.record import Evaluation, Record

_DASHES = re.compile(r"[‐‑‒–—−]")


def fold(text: str | None) -> str:
    """A text for comparison: one kind of dash and quote, white space folded, no full stop or semicolon at its end."""
    text = unicodedata.normalize("NFKC", text or "").replace("\u00ad", "")
    text = _DASHES.sub("-", text).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", text).strip().rstrip(".;: ")


def units_match(found: tuple[str, ...], wanted: list[str]) -> bool:
    """Whether the units are the wanted ones, each by its name, its abbreviation or both as printed."""
    if len(found) != len(wanted):
        return False
    left = [fold(f).casefold() for f in found]
    for unit in wanted:
        m = re.fullmatch(r"(.+?) \(([^)]+)\)", unit)
        names = {unit, m[1], m[2]} if m else {unit}
        hit = next((f for f in left if f in {fold(n).casefold() for n in names}), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def of_kind(evaluation: Evaluation, kind: str) -> list[Any]:
    """Statements of a kind that are not part of another."""
    return [s for s in evaluation.statements if s.kind == kind and s.parent is None]


def under(record: Record, statement: Any) -> str:
    """The words that stand at a statement's places, in order."""
    return fold(" ".join(record.pages[p.page - 1].text[p.start : p.end] for p in statement.places))


class Compare:
    """The functions above, for tests to ask for by one fixture."""

    fold: Callable[[str | None], str] = staticmethod(fold)
    units_match = staticmethod(units_match)
    of_kind = staticmethod(of_kind)
    under = staticmethod(under)


@pytest.fixture(scope="session")
def compare() -> type[Compare]:
    """Functions that compare a reading with what a careful reader finds."""
    return Compare
