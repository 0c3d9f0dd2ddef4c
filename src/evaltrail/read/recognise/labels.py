"""Labels: "Key finding 3:", "Recommendation n° 2 -", "R4.", "Lección aprendida 1".

Built from the language packs: nouns with qualifiers before or behind, a number sign, a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from evaltrail.read.recognise.bodies import opens_as_body
from evaltrail.read.recognise.words import STATEMENT_KINDS
from evaltrail.text import packs

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2}){0,2}(?:\s?\([a-z]\)|\.?[a-z](?![a-z]))?|(?-i:[IVX]{1,5})(?![a-z])|(?-i:[A-Z]\.?\d{0,2})(?![A-Za-z’']))"
_SEPARATOR = r"\s*(?P<sep>[:.–—)\]-]+|\|)?\s*"


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a text."""

    kind: str
    number: str | None
    printed: str
    end: int
    """Offset of the first character behind the label and its separator."""
    how: Literal["noun", "code"]
    separator: str
    plural: bool = False
    answers: bool = False
    """The number is that of the recommendation which is answered ("Response to recommendation 4")."""
    to: tuple[int, int] | None = None
    """Span of the one to whom a recommendation is addressed: "Recommendation 3 to the ministry: …"."""


@cache
def _nouns() -> dict[str, str]:
    """Folded noun -> kind, singular and plural."""
    out: dict[str, str] = {}
    for kind in STATEMENT_KINDS:
        for code in packs.languages():
            for noun in packs.pack(code, "statements").get("nouns", {}).get(kind, []):
                out.setdefault(noun.lower(), kind)
    return out


@cache
def _pattern() -> re.Pattern[str]:
    nouns = sorted(_nouns(), key=len, reverse=True)
    qualifiers: set[str] = set()
    marks: set[str] = set()
    for code in packs.languages():
        table = packs.pack(code, "statements")
        qualifiers.update(table.get("qualifiers", []))
        marks.update(table.get("marks", {}).get("number", []))
    noun = "|".join(re.escape(n).replace("'", "['’]").replace(r"\ ", r"\s+") for n in nouns)
    # "UNICEF response", "Response of the Secretariat": whose answer it is may be anybody.
    answer = "(?:" + "|".join(re.escape(n) for n in nouns if _nouns()[n] == "response" and " " not in n) + ")"
    recommendation = "|".join(re.escape(n) for n in nouns if _nouns()[n] == "recommendation")
    qualifier = "|".join(re.escape(q) for q in sorted(qualifiers, key=len, reverse=True))
    mark = "|".join(re.escape(m) for m in sorted(marks, key=len, reverse=True))
    return re.compile(
        rf"\s*[\[(]?(?P<label>(?:(?:{qualifier})\s+){{0,3}}(?P<whose>(?:[\w’'.&/-]+\s+){{1,5}}?(?={answer}\b))?(?P<noun>{noun})(?P<plural>s|es)?(?:\s+(?:{qualifier})){{0,2}}"
        rf"(?:\s+(?P<to>(?:to|on|for|à|aux?|a|à la|a la|ao|à|de|da|sur)\s+(?:the\s+|la\s+)?(?:{recommendation})s?))?"
        rf"(?:\s*(?:{mark})?\s*(?P<number>(?:{_NUMBER}|(?:{'|'.join(_number_words())})(?!\w))(?(to)(?:(?:\s*,\s*|\s+(?:and|et|y|e|&)\s+|\s*[–-]\s*)\d{{1,2}})*)))?)(?=\W|$)[\])]?{_SEPARATOR}",
        re.IGNORECASE,
    )


@cache
def _number_words() -> dict[str, str]:
    """Word -> figure for the numbers up to twenty: "Recommendation two"."""
    out: dict[str, str] = {}
    for code in packs.languages():
        values = packs.pack(code, "numbers").get("values", {})
        out.update({word: str(value) for word, value in values.items() if 0 < value <= 20})
    return dict(sorted(out.items(), key=lambda pair: -len(pair[0])))


@cache
def _codes() -> re.Pattern[str]:
    kinds: dict[str, str] = {}
    for kind in STATEMENT_KINDS:
        for language in packs.languages():
            for code in packs.pack(language, "statements").get("codes", {}).get(kind, []):
                kinds.setdefault(code, kind)
    alternatives = "|".join(re.escape(c) for c in sorted(kinds, key=len, reverse=True))
    return re.compile(
        rf"\s*[\[(]?(?P<label>(?P<code>{alternatives})\s?-?(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?[a-z]?))(?![\w%])[\])]?{_SEPARATOR}"
    )


@cache
def _code_kinds() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for kind in STATEMENT_KINDS:
        for language in packs.languages():
            for code in packs.pack(language, "statements").get("codes", {}).get(kind, []):
                out.setdefault(code, [])
                if kind not in out[code]:
                    out[code].append(kind)
    return {k: tuple(v) for k, v in out.items()}


def label_of(text: str, *, alone: bool = False) -> Label | None:
    """The noun label that a text begins with, or None.

    ``alone`` tells that the text stands by itself (a heading, a table cell, a bold lead), so a bare noun is a label.
    A number followed by a word in lower case is a sentence ("Recommendation 3 was carried out"), not a label.
    """
    m = _pattern().match(text)
    if m is None:
        return None
    number, separator, rest = m.group("number"), m.group("sep") or "", text[m.end() :]
    addressed = _addressed(text, m, alone=alone)
    if addressed is not None:
        return Label("recommendation", _number(number), m.group("label").strip(), addressed.end(), "noun", ":", to=addressed.span("who"))
    if not (_is_numbered(number, separator, rest, alone=alone) if number is not None else _is_bare(m, rest, alone=alone)):
        return None
    if m.group("whose") and not ((alone or separator == ":") and opens_as_body(m.group("whose"))):
        return None  # "Emergency response: …" answers nobody
    kind, plural, answers = _kind(m.group("noun")), bool(m.group("plural")), bool(m.group("to"))
    if (answers and kind != "response") or (number is None and plural and not (rest and separator == ":")):
        return None
    return Label(kind, _number(number), m.group("label").strip(), m.end(), "noun", separator, plural, answers)


_TO = re.compile(
    r"(?:for|to|addressed to|directed (?:to|at)|pour|à|aux?|adressée (?:à|aux?)|para|a|al|ao|aos|às)\s+(?P<who>[^:.;]{2,80}?)\s*(?:$|:\s*)",
    re.IGNORECASE,
)


def _addressed(text: str, m: re.Match[str], *, alone: bool) -> re.Match[str] | None:
    """What stands between a recommendation's number and a colon (or the end of a heading) and names who should act."""
    if m.group("number") is None or m.group("sep") or _kind(m.group("noun")) != "recommendation":
        return None
    found = _TO.match(text, m.end())
    if found is None or not (found.group().rstrip().endswith(":") or alone) or not opens_as_body(found.group("who")):
        return None
    return found


def _is_numbered(number: str, separator: str, rest: str, *, alone: bool) -> bool:
    """Whether noun and number are a label and not the beginning of a sentence."""
    if number.lower() in _number_words():
        return bool(separator) or not rest
    if not separator and rest and not (rest[0].isupper() or rest[0] in "“\"‘'«(["):
        return False
    if separator == "." and rest[:1].isdigit():
        return False
    return not (len(number) == 1 and number.isalpha() and not separator and rest and not alone)


def _is_bare(m: re.Match[str], rest: str, *, alone: bool) -> bool:
    """Whether a noun without a number is a label: by the mark behind it, or because it stands by itself."""
    separator = m.group("sep") or ""
    if separator == "-":
        return m.group().endswith("- ")
    return separator in (":", "–", "—", "|") or (alone and (separator == "." or not rest))


def code_of(text: str, kinds: frozenset[str]) -> Label | None:
    """A short code ("R3.", "LL 2:") that a text begins with, for one of ``kinds``."""
    m = _codes().match(text)
    if m is None:
        return None
    kind = next((k for k in _code_kinds()[m.group("code")] if k in kinds), None)
    if kind is None:
        return None
    rest = text[m.end() :]
    if rest and rest[0].islower():
        return None
    return Label(kind, m.group("number"), m.group("label"), m.end(), "code", m.group("sep") or "")


_ONE = r"(?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,2}(?:\s?\([a-z]\)|[a-z](?![a-z]))?"
_JOINS = r"(?:\s*,\s*(?:(?:and|et|y|e)\s+)?|\s+(?:and|et|y|e|to|à|a)\s+|\s*[&–-]\s*)"


@cache
def _several() -> re.Pattern[str]:
    plurals = {w for code in packs.languages() for w in packs.pack(code, "sections")["roles"]["recommendations"] if " " not in w}
    plurals -= set(_nouns())
    return re.compile(rf"\s*(?P<label>(?:{'|'.join(sorted(plurals))})\s+(?P<numbers>{_ONE}(?:{_JOINS}{_ONE})+))\s*[.:]?\s*", re.IGNORECASE)


def label_of_several(text: str) -> Label | None:
    """The label of what is said of several recommendations at once, alone on its line: "Recommendations 1 and 2", "Recommendations 3–5"."""
    m = _several().fullmatch(text)
    return Label("recommendation", m["numbers"], m["label"], m.end(), "noun", "", plural=True) if m else None


def _kind(noun: str) -> str:
    key = " ".join(noun.lower().replace("’", "'").split())
    nouns = _nouns()
    if key in nouns:
        return nouns[key]
    return next(k for n, k in nouns.items() if n.replace("’", "'") == key)


def _number(printed: str | None) -> str | None:
    if printed is None:
        return None
    return _number_words().get(printed.lower()) or re.sub(r"\s+", "", printed).rstrip(".")
