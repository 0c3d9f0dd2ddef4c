"""Fields of a recommendation: who, priority, time, resources; as printed and normalised."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.words import fold
from evaltrail.text import packs


@cache
def _value_words(field: str) -> tuple[tuple[str, str], ...]:
    """(folded words, normal value), longest first, of priority, time or resources."""
    out: dict[str, str] = {}
    for code in packs.languages():
        for value, words in packs.pack(code, "fields").get(field, {}).items():
            for w in words:
                out.setdefault(fold(w), value)
    return tuple(sorted(out.items(), key=lambda kv: -len(kv[0])))


def normal(field: str, printed: str) -> str | None:
    """The normal value of a printed one: a single scale word, or two joined by a dash; None where it does not fit the scale.

    A date or a period as a time implication is kept as printed by the caller.
    """
    words = fold(printed).strip(" .;:")
    table = dict(_value_words(field))
    if words in table:
        return table[words]
    for w, value in _value_words(field):
        if re.fullmatch(rf"{re.escape(w)}(?:\s+(?:priority|term|terme|plazo|prazo))?", words):
            return value
    m = re.fullmatch(r"(.+?)\s*-?\s*(?:-|/|to|and|à|a|et|y|e)\s+(.+)|(.+?)[-/](.+)", words)
    if m:
        a, b = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
        first = table.get(a.strip(" -")) or table.get(a.strip(" -") + "-term")
        second = table.get(b.strip(" -"))
        if first and second and first != second:
            return f"{first} to {second}"
    parts = [p for p in re.split(r"\s*[;,]\s*", words) if p]
    if len(parts) > 1:
        # "None; within existing resources": what is said last is said more fully.
        return next((v for v in (normal(field, p) for p in reversed(parts)) if v), None)
    return None


def split_row(words: str) -> dict[str, tuple[int, int]] | None:
    """Spans of unit, priority, time and resources in the words of an action table whose columns are lost.

    The row is printed as "<units> <priority> <time> <resources>"; the last place where three values of the scales
    follow each other to the end parts them. None where none does.
    """
    pattern = _row_pattern()
    best: dict[str, tuple[int, int]] | None = None
    for m in pattern.finditer(words):
        best = {name: m.span(name) for name in ("priority", "time", "resources")}
    if best is None:
        return None
    best["responsible"] = (0, best["priority"][0])
    return best


@cache
def _row_pattern() -> re.Pattern[str]:
    def scale(field: str) -> str:
        names = [w for w, _ in _value_words(field)]
        return "(?:" + "|".join(re.escape(w) for w in names) + ")"

    dash = r"\s*[-–/]\s*|\s*-?\s*(?:to|and|à|a|et|y|e)\s+"
    months = r"(?:by\s+)?(?:end\s+of\s+)?\w+\s+\d{4}|\d+(?:-\d+)?\s+(?:months|years|weeks|mois|ans|meses|años|anos)"
    span = rf"(?:\d{{4}}\s*[–-]\s*\d{{2,4}}|\d{{4}}|(?:current|next|this)\s+\w+|q[1-4]\s+\d{{4}}|{months})"
    short = r"(?:short|medium|long|court|moyen|long|corto|mediano|largo|curto|médio|longo)"
    time = rf"(?:{short}(?:{dash}){scale('time')}|{scale('time')}(?:(?:{dash}){scale('time')})?|{span})"
    priority = rf"{scale('priority')}(?:(?:{dash}){scale('priority')})?"
    resources = rf"(?:{scale('resources')}(?:(?:{dash}){scale('resources')})?|{scale('time')})"
    return re.compile(rf"(?<!\S)(?P<priority>{priority})\s+(?P<time>{time})\s+(?P<resources>{resources})\s*\.?$", re.IGNORECASE)


def row_text(parts: list[Text]) -> Text:
    """The blocks of a lost table row as one line."""
    return join(parts, " ")
