"""Ratings that a sentence gives: "was rated highly satisfactory for relevance, satisfactory for effectiveness"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.recognise.rating_announced import nouns
from evaltrail.read.recognise.rating_marks import Mark, trimmed
from evaltrail.read.recognise.rating_words import (
    Value,
    any_word,
    core,
    criteria_words,
    either,
    entries,
    name_of,
    of_others,
    pack,
    scale_words,
    value_at,
)
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.read.recognise.rating_announced import Passage

_PROSE = frozenset({"satisfaction", "likelihood", "success"})
"""Scales whose words are seldom used but to rate; "good" and "high" are everyday words."""
_NOT_A_LEVEL = frozenset({"fully", "not", "less", "pleinement", "plenamente"})
_OUT_OF = re.compile(r"(?<![\w.,])\d(?:[.,]\d)?\s?(?:/|\w{2,5} \w{2}|\w{2,5})\s?\d")
_COUNT = re.compile(r"(?<![\w.(])\d+(?![\w.)-])")
"""A count of what is rated: "20 of the 26 projects were rated satisfactory"."""
_AS = re.compile(r"\s(?:as|at|comme|como)\s+(?:being\s+)?[\"']?$")
_FURTHEST = 90


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a block, with the verb or noun that rates."""

    passage: Passage
    start: int
    end: int
    verb: re.Match[str]
    strong: bool


def rates(low: str) -> bool:
    """Whether plain text holds a verb or noun that may rate."""
    return _verbs_and_nouns().search(low) is not None


@cache
def _verbs_and_nouns() -> re.Pattern[str]:
    words = (w for kind in ("verbs", "nouns", "weak_verbs", "loose_verbs") for w in entries(kind))
    return re.compile(r"(?<!\w)" + either(words) + r"(?!\w)")


def stated(p: Passage) -> Iterator[Mark]:
    """Marks that the sentences of a block give."""
    for s in sentences(p.block.text):
        marker = _marker(p, s.start, s.end)
        if marker is not None:
            yield marker
            continue
        strong = any_word("verbs").search(p.low, s.start, s.end) or nouns().search(p.low, s.start, s.end)
        weak = strong or any_word("weak_verbs").search(p.low, s.start, s.end)
        verb = weak or any_word("loose_verbs").search(p.low, s.start, s.end)
        if verb is None or of_others(p.low[s.start : s.end]) or any_word("not_criteria").search(p.low, s.start, verb.start()):
            continue
        if any_word("quantifiers").search(p.low, s.start, verb.start()) or _COUNT.search(p.low, s.start, verb.start()):
            continue
        sentence = _Sentence(p, s.start, s.end, verb, strong is not None)
        values = list(_values(sentence))
        if values:
            yield from (replace(m, loose=weak is None) for m in _paired(sentence, values))


@cache
def _linking() -> re.Pattern[str]:
    """What may stand between a verb, or "rating", and the value: "as", "a score of", "for efficiency is"."""
    words = [
        *entries("links"),
        *entries("nouns"),
        *entries("for"),
        *entries("and"),
        *entries("filler"),
        *criteria_words(),
        "the",
        "la",
        "le",
        "l",
        "el",
        "o",
        "a",
    ]
    return re.compile(r"(?:[\s,\"'(]|(?<!\w)" + either(words) + r"(?!\w))*$")


def _values(s: _Sentence) -> Iterator[Value]:
    """Values of the sentence: the first one joined to the verb by linking words, or right before the noun ("a satisfactory rating")."""
    text, low, verb = s.passage.block.text, s.passage.low, s.verb
    before = [a for a, b in scale_words(low, max(s.start, verb.start() - 50), verb.start()) if not low[b : verb.start()].strip(" \"'")]
    at = before[-1] if before else verb.end()
    joined = bool(before)
    for here in sorted([*(a for a, _ in scale_words(low, at, s.end)), *(m.start() for m in _OUT_OF.finditer(low, at, s.end))]):
        value = value_at(text, low, here) if here >= at else None
        if value is None or value.start >= s.end:
            continue
        if not joined:
            gap = low[verb.end() : here]
            if not (_linking().match(gap) or (len(gap) < _FURTHEST and _AS.search(gap))):
                return
            joined = True
        if not _fits(s, value, here):
            return
        yield value
        at = value.end


def _fits(s: _Sentence, value: Value, at: int) -> bool:
    """Whether words that also occur outside scales are meant as a mark here."""
    if value.top is not None:
        return s.strong
    if value.level is None:
        return False
    if s.strong:
        return (
            value.level[0] in _PROSE
            or bool(value.code)
            or value.number is not None
            or len(s.passage.low[s.verb.end() : at].strip(" \"'")) <= 3
        )
    first, *more = value.words.split()
    return value.level[0] == "satisfaction" and bool(more) and first not in _NOT_A_LEVEL


@cache
def _names() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + either([*criteria_words(), *entries("overall")]) + r")(?![\w-])")


@cache
def _listing() -> re.Pattern[str]:
    """What may stand between criteria of a list, or between a value and its criteria."""
    words = [
        *entries("and"),
        *entries("for"),
        "the",
        "its",
        "criteria of",
        "criterion of",
        "la",
        "le",
        "les",
        "l'",
        "el",
        "los",
        "las",
        "o",
        "a",
        "os",
        "as",
    ]
    return re.compile(r"(?:[\s,/()\"'&]|(?<!\w)" + either(words) + r"(?!\w))*")


def _paired(s: _Sentence, values: list[Value]) -> Iterator[Mark]:
    """Each value with the criteria that follow it ("satisfactory for efficiency and impact") or, failing that, those before it."""
    p, last = s.passage, s.start
    names = list(_names().finditer(p.low, s.start, s.end))
    for k, v in enumerate(values):
        until = values[k + 1].start if k + 1 < len(values) else s.end
        behind = _listed(p.low, v.end, until, names)
        chosen = behind or _before(p.low, last, v.start, names)
        shown = p.block.content.cut(v.start, v.end)
        for n in chosen:
            yield Mark(_whole_name(p, n), v, shown, p.index, "verb")
        if not chosen and k == 0:
            own = _subject(s, v)
            if own is not None:
                yield Mark(own[0], v, shown, p.index, "verb", criterion=own[1])
        last = max(v.end, chosen[-1].end() if behind else v.end)


def _whole_name(p: Passage, n: re.Match[str]) -> str:
    """A criterion's name with the word that narrows it: "financial sustainability", "durabilité financière"."""
    before, after = _word_before().search(p.low[: n.start()]), _word_after().match(p.low, n.end())
    start, end = before.start() if before else n.start(), after.end() if after else n.end()
    return p.block.text[start:end]


@cache
def _word_before() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])" + either(entries("narrower")) + r"\s+$")


@cache
def _word_after() -> re.Pattern[str]:
    return re.compile(r"\s+" + either(entries("narrower")) + r"(?![\w-])")


def _listed(low: str, at: int, until: int, names: list[re.Match[str]]) -> list[re.Match[str]]:
    """Criteria named one after the other behind a value, the first one with "for"."""
    out: list[re.Match[str]] = []
    for n in names:
        if n.start() < at or n.end() > until:
            continue
        gap = low[at : n.start()]
        if _listing().fullmatch(gap) is None or (not out and not any_word("for").search(gap)):
            break
        out.append(n)
        at = n.end()
    return out


def _before(low: str, last: int, until: int, names: list[re.Match[str]]) -> list[re.Match[str]]:
    """The criteria of the last list before a value."""
    out: list[re.Match[str]] = []
    for n in reversed([n for n in names if n.start() >= last and n.end() <= until]):
        if out and _listing().fullmatch(low[n.end() : out[0].start()]) is None:
            # "Overall, the efficiency of the project was rated": the nearer name is the one that counts.
            break
        out.insert(0, n)
    return out[1:] if len(out) > 1 and name_of(out[0].group()) == "overall" else out


def _subject(s: _Sentence, value: Value) -> tuple[str, str | None] | None:
    """What is rated, where no criterion is named: the one in the word itself ("less than efficient"), the section's, or the whole."""
    text, setting = s.passage.block.text, s.passage.setting
    subject = re.sub(
        r"(?:\s+(?:" + either(entries("links")) + r"|has|have|can|therefore|also))*\s*$", "", text[s.start : s.verb.start()]
    ).strip()
    if len(subject.split()) > 5 or core(subject):
        return None
    if value.level is not None and value.level[0] in set(criteria_words().values()):
        return trimmed(text[value.start : value.end]), value.level[0]
    if len(setting.section.criteria) == 1:
        return trimmed(setting.section.title), None
    overall = any_word("overall").search(s.passage.low, s.start, s.end)
    return (text[overall.start() : overall.end()], None) if overall is not None else None


@cache
def _marker_names() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + either(w for g in pack().get("markers", {}) for w in entries("markers", g)) + r"(?!\w)")


@cache
def _marker_value() -> re.Pattern[str]:
    return re.compile(r"(?:\s|" + either(entries("links")) + r"(?!\w))*[\"']?(?P<code>[a-z]{2,4}[ -]?(?P<n>\d)[ab]?)(?!\w)")


def _marker(p: Passage, start: int, end: int) -> Mark | None:
    """The code on a marker's scale: "can be rated as Gen 1 (…) on the Gender Marker scale"."""
    name = _marker_names().search(p.low, start, end)
    verb = any_word("verbs").search(p.low, start, end) if name else None
    m = _marker_value().match(p.low, verb.end(), end) if verb is not None and not of_others(p.low[start:end]) else None
    if name is None or m is None:
        return None
    value = Value(m.start("code"), m.end("code"), float(m["n"]), code=m["code"])
    return Mark(p.block.text[name.start() : name.end()], value, p.block.content.cut(value.start, value.end), p.index, "marker")
