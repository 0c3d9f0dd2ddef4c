"""Words, letters and signs for what a record holds, the same in the terminal and on the page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.record import AnyStatement, Place, Record

KINDS: dict[str, tuple[str, str, str, str]] = {
    "finding": ("F", "f", "finding", "findings"),
    "conclusion": ("C", "c", "conclusion", "conclusions"),
    "lesson": ("L", "l", "lesson", "lessons"),
    "good_practice": ("G", "l", "good practice", "good practices"),
    "recommendation": ("R", "r", "recommendation", "recommendations"),
    "response": ("A", "a", "answer", "answers"),
}
"""Letter, colour class, singular and plural of each kind of statement, in the order of the trail."""

VERDICTS = {
    "accepted": "accepted",
    "partially_accepted": "accepted in part",
    "rejected": "rejected",
    "noted": "noted",
    "unclear": "verdict unclear",
}
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese"}
UNKNOWN = "not stated in the paper"


def tag(statement: AnyStatement) -> str:
    """Letter and number of a statement: 'F2', 'R1', 'C'."""
    letter = KINDS[statement.kind][0]
    number = (statement.number or "").strip(" .()")
    return f"{letter}{number}" if len(number) <= 6 else letter


def heading(statement: AnyStatement) -> str:
    """The statement's printed label, else its kind and number."""
    if statement.label:
        return statement.label.strip().rstrip(":.").strip()
    name = KINDS[statement.kind][2].capitalize()
    return f"{name} {statement.number}" if statement.number else name


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun: '1 page', '16 pages'."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def counts(statements: Iterable[AnyStatement]) -> Counter[str]:
    """How many statements of each kind; parts of a recommendation are not counted again."""
    return Counter(s.kind for s in statements if s.parent is None)


def about(record: Record) -> str:
    """One line about the document: symbol, language, size."""
    document = record.document
    language = LANGUAGES.get(document.language or "", document.language or "")
    paged = any(p.height for p in record.pages)
    size = counted(len(record.pages), "page") if paged or len(record.pages) > 1 else ""
    return ", ".join(x for x in (document.symbol, document.organisation, language, size) if x)


def years(record_period: tuple[int | None, int | None]) -> str:
    """A period as people write it."""
    start, end = record_period
    if start and end:
        return f"{start} to {end}" if start != end else str(start)
    return str(start or end or "")


def page_of(places: tuple[Place, ...]) -> int:
    """The first page of some places, 0 where there are none."""
    return places[0].page if places else 0


def scale_of(text: str) -> tuple[int, int]:
    """Lowest and highest value of a scale such as '1-6'; six points where it is not said."""
    found = re.match(r"\s*(\d)\s*[-–]\s*(\d{1,2})\b", text)
    return (int(found[1]), int(found[2])) if found else (1, 6)
