"""What the formats for people say alike: where a remark stands, how sure it is, and counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evaltrail.check.rule import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.check.report import Remark, Report
    from evaltrail.record import Place, Record

SEVERITIES = ("error", "warning", "note")
GENRES = {
    "report": "an evaluation report",
    "summary": "a summary of evaluations",
    "response": "a management response",
    "other": "no evaluation",
}
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese"}
_FAMILY = {letters: name for name, letters in FAMILIES.items()}


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun: '1 page', '16 pages'."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a list: 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def paged(record: Record) -> bool:
    """Whether the paper has pages to name."""
    return len(record.pages) > 1 or any(p.height for p in record.pages)


def where(record: Record, places: Sequence[Place]) -> str:
    """Where a remark stands in words: 'page 12', of a text file 'line 40'; empty where the paper has neither."""
    if not places:
        return "the whole paper"
    if paged(record):
        return f"page {places[0].page}"
    return f"line {line(record, places[0].start)}" if record.document.media_type == "text/plain" else ""


def line(record: Record, start: int) -> int:
    """Line of a text file, whose words are kept as they stand, at an offset of its only page."""
    return record.pages[0].text.count("\n", 0, start) + 1


def doubts(remark: Remark) -> str:
    """What is to be known of how sure a remark is: 'possible, preview'."""
    said = ["possible" if remark.suspects else "", remark.status if remark.status != "stable" else ""]
    return ", ".join(s for s in said if s)


def family(code: str) -> str:
    """Name of the family of a rule's code."""
    return _FAMILY.get(code[:3], code[:3])


def by_severity(remarks: Iterable[Remark]) -> str:
    """Counts by severity: '2 errors, 1 note'."""
    counts = Counter[str](r.severity for r in remarks)
    return ", ".join(counted(counts[s], s) for s in SEVERITIES if counts[s])


def by_family(remarks: Iterable[Remark]) -> list[tuple[str, int]]:
    """Families with the number of their remarks, in the order of the catalogue."""
    counts = Counter(family(r.rule) for r in remarks)
    return [(f, counts[f]) for f in (*FAMILIES, *sorted(counts.keys() - FAMILIES.keys())) if counts[f]]


def basis(report: Report, record: Record) -> str:
    """What was checked against what."""
    language = LANGUAGES.get(record.document.language or "", "")
    taken = f"taken for {GENRES[report.genre]}" + (f" in {language}" if language else "")
    return f"{taken}; {counted(len(report.rules), 'rule')} of “{report.profile.title}”"
