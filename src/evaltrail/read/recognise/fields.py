"""Fields of a recommendation: who, priority, time, resources; as printed and normalised."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.words import fold
from evaltrail.text import packs

_ACRONYM_AT_END = re.compile(r"^(.*\S)\s*\(([A-Z][A-Za-z0-9&/–-]{1,18})\)$")
_AN_ACRONYM = re.compile(r"^(?=(?:.*[A-Z]){2})[A-Z][A-Za-z0-9&/–.-]*s?$")


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
    return None


def units(printed: str) -> tuple[str, ...]:
    """Responsible units one by one.

    Commas, semicolons and line breaks part them, and "and" where what it joins could each stand alone; a bracket
    with an acronym behind a name is that unit's short name, other brackets add their units.
    """
    text = re.sub(r"[ \t]+", " ", printed.replace("\u00a0", " ")).strip(" .;:\n")
    if not text:
        return ()
    out: list[str] = []
    for part in _parts(text):
        for name in _names(part):
            if name and name not in out:
                out.append(name)
    return tuple(out)


def _parts(text: str) -> list[str]:
    """Pieces between commas, semicolons, bullets and line breaks outside brackets."""
    parts: list[str] = []
    depth = 0
    start = 0
    for i, ch in enumerate(text):
        if ch in "([":
            depth += 1
        elif ch in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and ch in ",;\n•":
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return [p.strip(" .-–•\t") for p in parts if p.strip(" .-–•\t")]


@cache
def _joiners() -> re.Pattern[str]:
    words: set[str] = set()
    for code in packs.languages():
        words.update(packs.pack(code, "fields").get("units", {}).get("joiners", []))
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"\s+(?:" + "|".join(re.escape(w) for w in ordered) + r")\s+", re.IGNORECASE)


def _names(part: str) -> list[str]:
    """One piece to names: joined short names are parted, a joined long name is kept whole."""
    part = re.sub(r"^(?:and|with|working with|in collaboration with|et|y|e|con|avec|com)\s+", "", part, flags=re.IGNORECASE).strip()
    m = re.match(r"^(.*?)\s*\((?:in particular|especially|including|notamment|en particular|em particular)\s+(.+)\)$", part)
    if m:
        return [*_names(m.group(1)), *[n for p in _parts(m.group(2)) for n in _names(p)]]
    pieces = _joined(part)
    out: list[str] = []
    for p in pieces:
        m = _ACRONYM_AT_END.match(p)
        out.append(m.group(2) if m and _AN_ACRONYM.match(m.group(2)) else p)
    return out


def _joined(part: str) -> list[str]:
    found = [m for m in _joiners().finditer(part) if part[: m.start()].count("(") == part[: m.start()].count(")")]
    for m in found:
        left, right = part[: m.start()], part[m.end() :]
        if _stands_alone(left, last=True) and _stands_alone(right, last=False):
            return [*_joined(left), *_joined(right)]
    return [part]


def _stands_alone(name: str, *, last: bool) -> bool:
    """Whether a side of an "and" is a unit by itself: it ends (left) or begins (right) with a short name or a bracketed one, or is a plain plural."""
    name = name.strip()
    word = name.split()[-1] if last else name.split()[0]
    if _AN_ACRONYM.match(word.strip("().,")) or (last and name.endswith(")")):
        return True
    if not last and _ACRONYM_AT_END.match(name):
        return True
    return name[:1].islower() and not last or (last and name[:1].islower())


def split_row(words: str, priority: str | None = None) -> dict[str, tuple[int, int]] | None:
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
    span = r"(?:\d{4}\s*[–-]\s*\d{2,4}|\d{4}|(?:current|next|this)\s+\w+|q[1-4]\s+\d{4}|(?:by\s+)?(?:end\s+of\s+)?\w+\s+\d{4}|\d+(?:-\d+)?\s+(?:months|years|weeks|mois|ans|meses|años|anos))"
    short = r"(?:short|medium|long|court|moyen|long|corto|mediano|largo|curto|médio|longo)"
    time = rf"(?:{short}(?:{dash}){scale('time')}|{scale('time')}(?:(?:{dash}){scale('time')})?|{span})"
    priority = rf"{scale('priority')}(?:(?:{dash}){scale('priority')})?"
    resources = rf"(?:{scale('resources')}(?:(?:{dash}){scale('resources')})?|{scale('time')})"
    return re.compile(rf"(?<!\S)(?P<priority>{priority})\s+(?P<time>{time})\s+(?P<resources>{resources})\s*\.?$", re.IGNORECASE)


def row_text(parts: list[Text]) -> Text:
    """The blocks of a lost table row as one line."""
    return join(parts, " ")
