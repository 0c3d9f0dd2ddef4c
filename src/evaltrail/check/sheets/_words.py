"""What all formats of a quality sheet say in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.check.score import ENOUGH
from evaltrail.check.sheet import GENRES

if TYPE_CHECKING:
    from evaltrail.check.sheet import Evidence, Row, Sheet

HEADS = ("Item", "Asked for", "Found by the program", "Rests on", "Judgement")
SIGNS = {"met": "✓", "partly met": "◐", "not met": "✗", "not applicable": "–", "for a person to judge": "?"}
"""Beside the words, so that the eye finds them and colour is never alone."""


def facts(sheet: Sheet) -> list[tuple[str, str]]:
    """What identifies the sheet; a filled-in sheet is recognised by these names and values."""
    return [
        ("Paper", sheet.title),
        ("Profile", f"{sheet.profile}, version {sheet.profile_version}"),
        ("Standard", sheet.profile_title),
        ("Institution", sheet.institution or "none: a checklist of the program's own"),
        ("Checked on", sheet.checked.isoformat()),
        ("Taken for", f"one of the {GENRES[sheet.genre]}"),
    ]


def found_in_words(sheet: Sheet) -> str:
    """What the columns are, in two sentences."""
    return (
        "What the program found is a suggestion, with the words that it rests on. "
        f"Only your judgements ({', '.join(sheet.choices)}) enter the score, which is "
        f"provisional until {100 * ENOUGH:.0f} per cent of the weight is judged."
    )


def where(e: Evidence) -> str:
    """Page and rule: "page 3, STR005"."""
    return f"{f'page {e.page}, ' if e.page else ''}{e.rule}"


def evidence(row: Row) -> list[str]:
    """What an item rests on, one line a remark; why nothing was found where there is none."""
    lines = [f"{e.message} ({where(e)})" + (f" “{e.words}”" if e.words else "") for e in row.evidence]
    if row.more:
        lines.append(f"and {row.more} more")
    return lines or [row.why]


def sources(sheet: Sheet) -> list[tuple[str, str]]:
    """The profile's sources in words, each with its address."""
    out = []
    for s in sheet.sources:
        year = f" ({s.year})" if s.year else ""
        read = "read in full" if s.read == "full" else "read in part"
        out.append((f"{s.key}: {s.title}{year}, {read}. {s.note}".strip(), s.url))
    return out
