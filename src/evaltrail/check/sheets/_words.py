"""What all formats of a quality sheet say in the same words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.check.score import ENOUGH, Judgements
from evaltrail.check.sheet import TAKEN_FOR
from evaltrail.check.sheets import NotASheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.check.sheet import Evidence, Row, Sheet

HEADS = ("Item", "Asked for", "Found by the program", "Rests on", "Judgement")
SIGNS = {"met": "✓", "partly met": "◐", "not met": "✗", "not applicable": "–", "for a person to judge": "?"}
"""Beside the words, so that the eye finds them and colour is never alone."""
_VERSION = ", version "
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def facts(sheet: Sheet) -> list[tuple[str, str]]:
    """What identifies the sheet; a filled-in sheet is recognised by these names and values."""
    return [
        ("Paper", sheet.title),
        ("Profile", f"{sheet.profile}{_VERSION}{sheet.profile_version}"),
        ("Standard", sheet.profile_title),
        ("Institution", sheet.institution or "none: a checklist of no institution"),
        ("Checked on", sheet.checked.isoformat()),
        ("Taken for", TAKEN_FOR[sheet.genre]),
        ("SHA-256 of the paper", sheet.sha256 or "not known"),
    ]


def recognised(found: Mapping[str, str], words: dict[str, str], comments: dict[str, str]) -> Judgements:
    """Judgements from a sheet's facts and columns. Raises ``NotASheet`` where the facts name no profile."""
    profile, _, version = found.get("Profile", "").partition(_VERSION)
    if not profile.strip():
        raise NotASheet("it names no profile")
    sha256 = found.get("SHA-256 of the paper", "").strip()
    return Judgements(
        profile=profile.strip(), version=version.strip(), sha256=sha256 if len(sha256) == 64 else "", words=words, comments=comments
    )


def clean(text: str) -> str:
    """Text without characters that no XML file may hold."""
    return _NOT_IN_XML.sub("", text)


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
    """What an item rests on, one line a remark, and why it is left to a person."""
    lines = [f"{e.message} ({where(e)})" + (f" “{e.words}”" if e.words else "") for e in row.evidence]
    if row.more:
        lines.append(f"and {row.more} more")
    return [*lines, row.why] if row.why else lines


def sources(sheet: Sheet) -> list[tuple[str, str]]:
    """The profile's sources in words, each with its address."""
    out = []
    for s in sheet.sources:
        year = f" ({s.year})" if s.year else ""
        read = "read in full" if s.read == "full" else "read in part"
        out.append((f"{s.key}: {s.title}{year}, {read}. {s.note}".strip(), s.url))
    return out
