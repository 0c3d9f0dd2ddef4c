"""References in words: "findings 3 and 4", "(C1, C3)", "conclusions 2–5", "paragraphs 12 to 14".

Read by the nouns and codes of ``languages/*/statements.toml`` and the words of ``languages/*/links.toml``, those of all
languages at once: a paper cites others in theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.recognise.words import STATEMENT_KINDS, fold
from evaltrail.text import packs
from evaltrail.text.normal import aligned

if TYPE_CHECKING:
    from collections.abc import Iterable

# "3", "2.1", "3(a)", "3a", "IV", "A1", "C-3": a number as labels print it.
_NUMBER = r"(?:[A-Z]{1,3}[.-]?\s?)?\d{1,3}(?:\.\d{1,2}){0,2}(?:\s?\([a-z]{1,3}\)|[a-z](?![\w]))?|[IVX]{1,5}(?!\w)"
_LONGEST_RANGE = 60
_TAIL = 70
_LEAD = 60
_LONGEST_HEADING = 8
_FILL = re.compile(r"[^\w\s]|\b(?:no|nos|n|numbers?|numéro|número|of|de|des|du|das|dos|with|to|con|com|a|à)\b")
_SHORT = 28
"""Words of a line that may be nothing but a lead and its references."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of numbered statements or paragraphs."""

    kind: str
    """Kind of a statement, or "paragraph"."""
    numbers: tuple[str, ...]
    """As :func:`plain_number` gives them, ranges written out."""
    start: int
    end: int
    led: bool
    """Whether words such as "linked to" or a bracket make it a reference beyond doubt."""


def plain_number(number: str) -> str:
    """A printed number for comparing: "3(a)", "3.a" and "3 (A)" as "3a", "C-3" as "c3"."""
    low = re.sub(r"[\s()\-]", "", number.strip(" .:)")).lower()
    return re.sub(r"(?<=\d)\.(?=[a-z])|(?<=[a-z])\.(?=\d)", "", low)


@cache
def _nouns() -> dict[str, str]:
    """Folded noun, singular or plural -> kind."""
    out: dict[str, str] = {}
    for kind in STATEMENT_KINDS:
        if kind == "response":
            continue
        for code in packs.languages():
            for noun in packs.pack(code, "statements").get("nouns", {}).get(kind, []):
                for form in (noun, f"{noun}s", f"{noun}es"):
                    out.setdefault(fold(form), kind)
            for noun in packs.pack(code, "links").get("references", {}).get("plurals", {}).get(kind, []):
                out.setdefault(fold(noun), kind)
    return out


@cache
def codes() -> dict[str, tuple[str, ...]]:
    """Code in capitals ("C", "KF") -> the kinds that it may stand for, those of the English pack first."""
    out: dict[str, list[str]] = {}
    for language in packs.languages():
        for kind, words in packs.pack(language, "statements").get("codes", {}).items():
            for w in words:
                have = out.setdefault(w.strip(".").upper(), [])
                if kind not in have and kind != "response":
                    have.append(kind)
    return {k: tuple(v) for k, v in out.items()}


def _words(key: str) -> tuple[str, ...]:
    table = packs.merged("links").get("references", {})
    return tuple(table.get(key, ()))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(fold(w)).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)) or "(?!)"


@cache
def _separator() -> str:
    """Between two numbers: "3, 4", "3 and 4", "3-5", "3 to 5", "3; 4"."""
    return rf"(?:\s*[,;/]\s*(?:(?:{_any(_words('and'))})\s+)?|\s*-\s*|\s+(?:{_any((*_words('and'), *_words('to')))})\s+)"


@cache
def _named() -> re.Pattern[str]:
    """A noun, in small letters."""
    return re.compile(rf"(?:(?P<noun>{_any(_nouns())})|(?P<paragraph>{_any(_words('paragraphs'))}))(?!\w)")


@cache
def _numbered() -> re.Pattern[str]:
    """The numbers behind a noun."""
    marks = {m for code in packs.languages() for m in packs.pack(code, "statements").get("marks", {}).get("number", [])}
    mark = rf"(?:(?:{_any(marks)})\s*)?"
    numbers = rf"(?-i:{_NUMBER})(?:{_separator()}{mark}(?-i:{_NUMBER}))*"
    return re.compile(rf"(?:\(s\))?\s*:?\s*{mark}(?P<numbers>{numbers})(?![\w%])(?!\.\d)", re.IGNORECASE)


@cache
def _coded() -> re.Pattern[str]:
    """A list of codes: "C1, C3 and C4", "F2-F5"."""
    code = rf"(?:{'|'.join(sorted(codes(), key=len, reverse=True))})[.-]?\s?\d{{1,2}}(?:\.\d{{1,2}})?[a-z]?(?!\w)"
    return re.compile(rf"{code}(?:{_separator()}(?:{code}|\d{{1,2}}(?![\w%])))*")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"{_separator()}(?:(?:the|les?|la|las?|los|el|os?|as?)\s+)?")


@cache
def _lead() -> re.Pattern[str]:
    """Words that end where a reference may begin: "is linked to the ", "(see key "."""
    qualifiers = {q for code in packs.languages() for q in packs.pack(code, "statements").get("qualifiers", [])}
    articles = ("the", "le", "la", "les", "el", "los", "las", "o", "os", "a", "as", "au", "aux", "à", "des", "du", "ao")
    fill = rf"(?:[\s:(\[-]|(?<!\w)(?:{_any((*articles, *qualifiers))})(?!\w))*"
    return re.compile(rf"(?<!\w)(?:{_any(_words('leads'))})(?!\w){fill}$")


@cache
def _elsewhere() -> re.Pattern[str]:
    """What stands behind a reference into another paper."""
    papers = _any(_words("papers"))
    own = _any(_words("own"))
    return re.compile(
        rf"\s*[,)]?\s*(?:(?:{_any(_words('elsewhere'))})(?!\w)"
        rf"|(?:of|from|in|de|du|d'|da|do|del|des|en|em)\s+(?:(?:the|la|le|l'|el|o|a|its|their)\s*)?(?!(?:(?:{own})\s+)*(?:{papers}))(?:[\w'/-]+\s+){{1,4}}(?:{papers})(?!\w)"
        rf"|(?:of|from|in|de|du|da|do|del)\s+(?:[A-Z]/)?[\w/.]*\d{{4}})"
    )


_NUMERAL = re.compile(r"\d|[IVX]")


def may_refer(text: str) -> bool:
    """A quick look whether a text can hold a reference by a noun: it has a number and the beginning of a noun."""
    if not _NUMERAL.search(text):
        return False
    low = text.lower()
    return any(s in low for s in _stems())


@cache
def _stems() -> tuple[str, ...]:
    words = {n[:5] for n in _nouns()} | {n[:4] for n in _words("paragraphs") if n[0].isalpha()} | {"§"}
    return tuple(sorted(w for w in words if not any(w != v and w.startswith(v) for v in words)))


def _nouns_in(low: str) -> list[re.Match[str]]:
    """The nouns in a text of small letters, in order: found by their beginnings, which is far faster than by all of them."""
    out = []
    for stem in _stems():
        at = low.find(stem)
        while at >= 0:
            if not at or not (low[at - 1].isalnum() or low[at - 1] == "_"):
                noun = _named().match(low, at)
                if noun is not None:
                    out.append(noun)
            at = low.find(stem, at + 1)
    return sorted(out, key=lambda m: m.start())


def _lower(text: str) -> str:
    """The text in small letters, each where it was: "İ" is two letters when it is small."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def references(text: str, *, anywhere: bool = False) -> list[Reference]:
    """The references in ``text``, in order; those into another paper left out.

    ``anywhere`` takes short codes wherever they stand, not only in brackets or behind "linked to" and the like.
    """
    out: list[Reference] = []
    same = aligned(text)
    low = _lower(same)
    for noun in _nouns_in(low) if may_refer(text) else ():
        start = noun.start()
        if out and start < out[-1].end:
            continue  # "recommendation 3" inside "proposed recommendation 3"
        m = _numbered().match(same, noun.end())
        if m is None or _elsewhere().match(low[m.end() : m.end() + _TAIL]) or _foreign(low[max(0, start - 40) : start]):
            continue
        kind = _nouns().get(fold(noun.group("noun"))) if noun.group("noun") else "paragraph"
        # "Based on finding 1 and conclusion 2": the second goes with the first.
        led = _is_led(low, start, m.end()) or bool(out and out[-1].led and _between().fullmatch(low[out[-1].end : start]))
        if kind is not None and (led or kind != "paragraph"):
            out.append(Reference(kind, _listed(m.group("numbers")), start, m.end(), led))
    taken = [(r.start, r.end) for r in out]
    for m in _coded().finditer(same):
        if (m.start() and (same[m.start() - 1].isalnum() or same[m.start() - 1] in "-_")) or any(
            a < m.end() and m.start() < b for a, b in taken
        ):
            continue
        led = _is_led(low, m.start(), m.end())
        if led or anywhere:
            out.extend(_by_code(m.group(0), m.start(), m.end(), led=led))
    return sorted(out, key=lambda r: r.start)


def only_references(text: str) -> list[Reference]:
    """The references of a line that is made of them and of words that lead to them; empty for any other text."""
    if len(text.split()) > _SHORT:
        return []
    found = references(text, anywhere=True)
    if not found:
        return []
    low = _lower(aligned(text))
    rest = "".join(c for i, c in enumerate(low) if not any(r.start <= i < r.end for r in found))
    rest = _strip_leads().sub(" ", rest)
    return found if not re.search(r"\w{2,}", rest) else []


def is_lead(name: str) -> bool:
    """Whether a field's name is nothing but words that lead to references ("Linked to", "Based on")."""
    return bool(name.strip(" :")) and not re.search(r"\w{2,}", _strip_leads().sub(" ", fold(aligned(name))))


def without_code(kind: str, number: str) -> str:
    """A number without the code of its kind: "c1" of a conclusion as "1"."""
    m = re.match(r"([a-z]{1,3})(?=\d)", number)
    return number[m.end() :] if m and kind in codes().get(m.group(1).upper(), ()) else number


def kind_named(heading: str) -> str | None:
    """The kind whose noun a column's heading or a field's name is, words that lead to references aside ("Linked conclusions")."""
    if not heading or len(heading.split()) > _LONGEST_HEADING:
        return None
    low = _strip_leads().sub(" ", fold(aligned(heading)))
    words = re.sub(r"\((?:s|es)\)", "s", low)
    return _nouns().get(" ".join(_FILL.sub(" ", words).split()))


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a cell that holds nothing but numbers, as references give them; empty for any other text."""
    same = aligned(text).strip(" .;")
    in_lines = rf"(?:{_NUMBER})(?:\s*\n\s*(?:{_NUMBER}))*"
    return _listed(same) if re.fullmatch(rf"(?:{_NUMBER})(?:{_separator()}(?:{_NUMBER}))*|{in_lines}", same) else ()


@cache
def _strip_leads() -> re.Pattern[str]:
    qualifiers = {q for code in packs.languages() for q in packs.pack(code, "statements").get("qualifiers", [])}
    articles = ("the", "le", "la", "les", "el", "los", "las", "o", "os", "as", "is", "are", "est", "sont", "son", "está", "están", "são")
    return re.compile(rf"(?<!\w)(?:{_any((*_words('leads'), *_words('headings'), *_words('and'), *qualifiers, *articles))})(?!\w)")


def _foreign(before: str) -> bool:
    """Whether the words right before a reference send it elsewhere: "the previous evaluation's ", "the 2015 review's "."""
    last = re.split(r"[.;:(]", before)[-1]
    return bool(re.search(r"(?:\b\d{4}\b|(?:previous|earlier|prior|last|former|précédente?|anterior))\W+(?:[\w'-]+\W+){0,2}$", last))


def _is_led(low: str, start: int, end: int) -> bool:
    """Whether a reference stands behind "linked to" and the like, or alone in brackets."""
    before = low[max(0, start - _LEAD) : start]
    if _lead().search(before):
        return True
    opened = re.search(r"[(\[]([^()\[\]]{0,30})$", before)
    if opened is None or re.search(r"\w{3,}", _strip_leads().sub(" ", opened.group(1))):
        return False
    return bool(re.match(r"[^()\[\]]{0,60}[)\]]", low[end : end + 61]))


def _listed(printed: str) -> tuple[str, ...]:
    """The numbers of "1, 3–5 and 7": 1, 3, 4, 5 and 7."""
    out: list[str] = []
    to = "|".join(re.escape(w) for w in _words("to"))
    found = list(re.finditer(_NUMBER, printed))
    for n, m in enumerate(found):
        number = plain_number(m.group(0))
        between = printed[found[n - 1].end() : m.start()] if n else ""
        if n and re.fullmatch(rf"\s*-\s*|\s+(?:{to})\s+(?:\w+\s+)?|\s*-\s*\w+\s*", between, re.IGNORECASE):
            out += _range(out[-1], number)
        else:
            out.append(number)
    return tuple(dict.fromkeys(out))


def _range(first: str, last: str) -> list[str]:
    """The numbers behind ``first`` up to ``last``: those between "2.1" and "2.4" too."""
    a, b = re.fullmatch(r"(.*?)(\d+)", first), re.fullmatch(r"(.*?)(\d+)", last)
    if a and b and (a.group(1) == b.group(1) or not b.group(1)) and 0 < int(b.group(2)) - int(a.group(2)) <= _LONGEST_RANGE:
        return [f"{a.group(1)}{n}" for n in range(int(a.group(2)) + 1, int(b.group(2)) + 1)]
    return [last]


def _by_code(printed: str, start: int, end: int, *, led: bool) -> list[Reference]:
    """A list of codes as references, one a kind."""
    kinds: dict[str, list[str]] = {}
    for number in _listed(printed):
        m = re.match(r"([a-z]+)", number)
        code = m.group(1).upper() if m else None
        kind = "/".join(codes()[code]) if code in codes() else next(reversed(kinds), "")
        kinds.setdefault(kind, []).append(number)
    return [Reference(k, tuple(v), start, end, led) for k, v in kinds.items() if k]
