"""Numbers: figures in any grouping and number words of the languages, as values.

``languages/<code>/numbers.toml`` holds the words; nothing here knows a language by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text.packs import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SPACES = " \u00a0\u2009\u202f"
"""Spaces that group figures."""

FIGURES = rf"\d+(?:[.,'’·]\d+)*(?:[{SPACES}]\d{{3}}(?!\d)(?:[.,]\d{{1,2}}(?!\d))?)*"
"""Pattern of a number in figures; :func:`numeral` says what it is worth, or that it is none."""

VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125}

_BREAK = re.compile(r"[\s-]+")
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}$")


def numeral(figures: str, decimal: str = ".") -> float | None:
    """The value of a number in figures; None where the marks fit no number ("3.1.2").

    ``decimal`` decides only where the figures leave it open: "1,234" and "1.234".  Two different marks, a mark that
    comes twice, a group that is not of three, or a leading zero tell by themselves which mark is which.
    """
    if len(figures) > 30:
        return None  # an identifier; hundreds of digits would be infinite as a number
    if figures.isdecimal():
        return float(figures)
    s = figures
    for space in SPACES + "'’":
        s = s.replace(space, "")
    comma, point = s.count(","), s.count(".")
    if not comma and not point:
        return float(s) if s.isdecimal() else None
    if not s.replace(",", "").replace(".", "").isdecimal():
        return None
    if comma and point:
        last, other = (",", ".") if s.rfind(",") > s.rfind(".") else (".", ",")
        if s.count(last) > 1 or not _grouped(s.split(last)[0], other):
            return None
        return float(s.replace(other, "").replace(last, "."))
    mark = "," if comma else "."
    if comma + point > 1:
        return float(s.replace(mark, "")) if _grouped(s, mark) or _LAKHS.match(s) else None
    head, tail = s.split(mark)
    if len(tail) == 3 and mark != decimal and len(head) <= 3 and not head.startswith("0") and s == figures:
        return float(head + tail)
    return float(f"{head}.{tail}")


def _grouped(s: str, mark: str) -> bool:
    first, *rest = s.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest)


_POINT_PLACES = re.compile(r"(?<![\d.,])\d+\.\d{1,2}(?![\d.,]\d|\d)")
_COMMA_PLACES = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d.,]\d|\d)")
_POINT_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?!\d)")
_COMMA_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?!\d)")


def decimal_mark(texts: Iterable[str], language: str | None = None) -> str:
    """The mark that a document sets before its decimals, ``"."`` or ``","``, from its own figures.

    A report in French may well keep English figures; only where the document's own figures do not decide does the
    language's custom count.
    """
    points = commas = 0
    for text in texts:
        if "," in text:
            commas += len(_COMMA_PLACES.findall(text))
            points += 3 * len(_COMMA_GROUPS.findall(text))
        if "." in text:
            points += len(_POINT_PLACES.findall(text))
            commas += 3 * len(_POINT_GROUPS.findall(text))
    custom = str(pack(language, "numbers").get("decimal", ".")) if language else "."
    # Section numbers look like decimals with a point: against a custom of commas points need a clear majority.
    if custom == "," and points > 4 * commas + 3:
        return "."
    if custom == "." and commas > points:
        return ","
    return custom


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language, or of all."""

    values: Mapping[str, float]
    scales: Mapping[str, float]
    short_scales: Mapping[str, float]
    shares: Mapping[str, float]
    weak_shares: frozenset[str]
    weak: frozenset[str]
    joining: frozenset[str]
    joining_after: frozenset[str]
    ordinals: frozenset[str]
    alone: frozenset[str]
    """Scales that are a number by themselves: "mil personas"."""
    decimal: str
    pattern: str
    """Regular expression of a number in words (without anchors), first letters in either case."""

    def value(self, words: str) -> tuple[float, int]:
        """The value of a number in words and how many characters of ``words`` it takes (0: none).

        Parts add up while each is smaller than the last place before it: "two hundred thirty-one", "soixante-dix-sept";
        a scale multiplies what stands before it: "deux millions", "dos mil millones".
        """
        total = current = 0.0
        end = 0
        room = float("inf")  # what the next part must stay below
        low = words.lower()
        last = ""
        pending = False  # a joining word stands before what comes
        for start, stop, part in self._parts(low):
            if part in self.joining:
                if last not in self.joining_after:
                    break
                pending = True
                continue
            if part in self.scales:
                scale = self.scales[part]
                if pending and scale != 100:
                    break
                if scale <= 100:  # "two hundred", "deux cents", "two dozen"
                    current = (current or 1.0) * scale if current < scale or scale < 100 else current + scale
                    room = scale if scale == 100 else 0.0
                elif current or not total:
                    total, current, room = _scaled(total, current, scale), 0.0, scale
                else:  # "dos mil millones": the scale multiplies all
                    total, room = total * scale, scale
            else:
                worth = self.values.get(part)
                if worth is None or worth >= room or (room != float("inf") and not worth):
                    break
                current += worth
                room = _room(worth)
            end, last, pending = stop, part, False
            del start
        return total + current, end

    def _parts(self, low: str) -> list[tuple[int, int, str]]:
        """The words of ``low`` with their offsets; a pair that has a value of its own ("quatre-vingt") is one."""
        single: list[tuple[int, int, str]] = []
        at = 0
        for gap in [*_BREAK.finditer(low), None]:
            stop = gap.start() if gap else len(low)
            if stop > at:
                single.append((at, stop, low[at:stop]))
            at = gap.end() if gap else stop
        out: list[tuple[int, int, str]] = []
        i = 0
        while i < len(single):
            pair = f"{single[i][2]}-{single[i + 1][2]}" if i + 1 < len(single) else ""
            if pair in self.values:
                out.append((single[i][0], single[i + 1][1], pair))
                i += 2
            else:
                out.append(single[i])
                i += 1
        return out


def _scaled(total: float, current: float, scale: float) -> float:
    return total + (current or 1.0) * scale if not total or total > scale else (total + current) * scale


def _room(worth: float) -> float:
    """What may be added to a part: units to tens, tens and units to hundreds; 10 to 19 to 60 and 80 (French)."""
    if worth >= 100:
        return 100.0
    if worth in {60, 80}:
        return 20.0
    if worth == 10:
        return 10.0
    return 10.0 if worth >= 20 and worth % 10 == 0 else 0.0


@cache
def number_words(language: str | None) -> NumberWords:
    """The number words of one language: English for None, none at all for a language without a pack."""
    table = pack(language or "en", "numbers")
    values = {w: float(v) for w, v in table.get("values", {}).items()}
    scales = {w: float(v) for w, v in table.get("scales", {}).items()}
    shares = {w: float(v) for w, v in {**table.get("shares", {}), **table.get("weak_shares", {})}.items()}
    joining = frozenset(table.get("joining", ()))
    singles = sorted({p for w in [*values, *scales] for p in [w, w.replace("-", " ")]})
    word = either_case(singles)
    join = f"(?:(?:{'|'.join(sorted(joining))})[\\s-]+)?" if joining else ""
    share = either_case(sorted({p for w in shares for p in (w, w.replace(" ", "-"))}))
    pattern = f"(?:{share}(?!\\w)|{word}(?:[\\s-]+{join}{word})*(?!\\w))" if values else r"(?!)"
    return NumberWords(
        values=values,
        scales=scales,
        short_scales={w: float(v) for w, v in table.get("short_scales", {}).items()},
        shares=shares,
        weak_shares=frozenset(table.get("weak_shares", ())),
        weak=frozenset(table.get("weak", ())),
        joining=joining,
        joining_after=frozenset(table.get("joining_after", ())),
        ordinals=frozenset(table.get("ordinals", ())),
        alone=frozenset(table.get("alone", ())),
        decimal=str(table.get("decimal", ".")),
        pattern=pattern,
    )


def either_case(words: Iterable[str]) -> str:
    """A regular expression of the words, longest first by shared beginnings, whose first letter may be a capital.

    A prefix tree instead of a list of alternatives: the scan over a text costs a tenth.
    """
    tree: dict[str, object] = {}
    for w in words:
        node = tree
        for c in w:
            node = node.setdefault(c, {})  # type: ignore[assignment]
        node[""] = {}
    return _expression(tree, first=True)


def _expression(node: Mapping[str, object], *, first: bool = False) -> str:
    branches = []
    for c in sorted(k for k in node if k):
        rest = _expression(node[c])  # type: ignore[arg-type]
        if c == " ":
            head = r"\s"
        elif first and c.upper() != c:
            head = f"[{c}{c.upper()}]"
        else:
            head = re.escape(c)
        branches.append(head + rest)
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in node else body


def in_words(text: str, language: str | None = None) -> float | None:
    """The value of a text that is nothing but a number in words ("thirty-one", "deux mille trois cents"); None otherwise."""
    stripped = text.strip()
    value, end = number_words(language).value(stripped)
    return value if end and end == len(stripped) else None
