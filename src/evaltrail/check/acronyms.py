"""Acronyms of a paper: where each is introduced and where it is used, found in one pass.

An acronym is introduced by its words before it ("Country Programme Outcomes (CPOs)"), by its words behind it ("CPO
(Country Programme Outcome)") or by a row of the list of acronyms ("CPO: Country Programme Outcome").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from evaltrail.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit


@dataclass(frozen=True, slots=True)
class Use:
    """An acronym as it stands in a unit's text."""

    acronym: str
    """Without the s of its plural."""
    unit: Unit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A place where an acronym is introduced."""

    acronym: str
    words: str
    """What it stands for; empty where it stands in brackets behind words whose initials it is not (a name in another language)."""
    unit: Unit
    start: int
    """Offsets in ``unit.text`` of acronym and words together."""
    end: int
    listed: bool
    """Whether it stands in the list of acronyms."""
    sure: bool = False
    """Whether each letter of the acronym begins one of the words, in order."""


@dataclass(frozen=True, slots=True)
class Acronyms:
    """The acronyms of a paper."""

    definitions: Mapping[str, tuple[Definition, ...]]
    """By acronym, in reading order; the list of acronyms where it stands in the paper."""
    uses: Mapping[str, tuple[Use, ...]]
    """By acronym, in reading order, those in definitions and in the list of acronyms left out."""
    listing: bool
    """Whether the paper has a list of acronyms."""


TOKEN = re.compile(
    # The look behind comes after the first letter: only then does the search go from capital to capital.
    r"[A-Z](?<![\w@./&-].)(?:[a-z]?(?:[A-Z][a-z]?){0,2}[A-Z]{1,12}|[A-Z]{0,11})"
    r"(?:[-/&–](?:[A-Z]{1,8}[0-9]?|[0-9]{1,3}))*(?:[A-Z0-9](?![a-z0-9]))?"
    r"(?:s|’s|'s)?(?![\w@]|[&/]\w|\.\w)"
)
"""A word of at least two capitals, perhaps with small letters between ("DfID", "CoP") and the s of a plural."""
_CAPITALS = re.compile(r"[A-Z](?:[a-z]?[A-Z]|[-/&–][A-Z0-9]|[0-9])")
"""What every acronym has in it: a cheap test of a text before the dear ones."""
_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,160})[)\]]")
_ROMAN = re.compile(r"[IVXLC]+$")
_LISTED = re.compile(r"^([A-Z][\w&/.-]{1,14})(?:\s*[:–—=-]\s+|\s{2,}|\t)(\S.{3,120})$")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@once
def acronyms(paper: Paper) -> Acronyms:
    """The acronyms of a paper; worked out once."""
    definitions: dict[str, list[Definition]] = defaultdict(list)
    uses: dict[str, list[Use]] = defaultdict(list)
    lists = _lists(paper)
    for i, unit in enumerate(paper.units):
        if i in lists:
            for d in _rows(paper, i):
                definitions[d.acronym].append(d)
            continue
        if not _CAPITALS.search(unit.text) or shouted(unit.text):
            continue
        taken: set[int] = set()
        for d in _introduced(unit):
            definitions[d.acronym].append(d)
            taken.update(range(d.start, d.end))
        for use in _used(unit):
            if use.start not in taken:
                uses[use.acronym].append(use)
    return Acronyms({k: tuple(v) for k, v in definitions.items()}, {k: tuple(v) for k, v in uses.items()}, bool(lists))


_LONG = 100
_SMALL = b"abcdefghijklmnopqrstuvwxyz"


def shouted(text: str) -> bool:
    """Whether a text is set in capitals, so that capitals tell nothing."""
    if len(text) > _LONG and len(text.encode().translate(None, _SMALL)) * 4 < len(text):
        return False
    words = [w for w in _WORD.findall(text) if len(w) > 1 and not w.isdigit()]
    return bool(words) and sum(map(str.isupper, words)) * 2 > len(words) + 1


def _used(unit: Unit) -> Iterator[Use]:
    for m in TOKEN.finditer(unit.text):
        name = _name(m[0])
        if name:
            yield Use(name, unit, m.start(), m.start() + len(name))


@lru_cache(maxsize=4096)
def _name(token: str) -> str:
    """The acronym that a token is; empty where it is none."""
    name = plain(token)
    return name if sum(c.isupper() for c in name) >= 2 and not _ROMAN.match(name) else ""


@lru_cache(maxsize=4096)
def plain(token: str) -> str:
    """An acronym without the s of its plural or possessive: "CPOs", "ILO’s"."""
    for ending in ("’s", "'s"):
        token = token.removesuffix(ending)
    return token[:-1] if token.endswith("s") and len(token) > 2 and token[-2].isupper() else token


def _introduced(unit: Unit) -> Iterator[Definition]:
    text = unit.text
    for m in _BRACKET.finditer(text):
        at = m.start() - (1 if m.start() and text[m.start() - 1].isspace() else 0)
        inner = m[1].strip()
        name, _, rest = inner.partition(",") if "," in inner else inner.partition(";")
        name = name.strip(" \"“”'’«»")
        token = TOKEN.fullmatch(name)
        if token and not _ROMAN.match(name):
            own = plain(name)
            start = long_form(own, text[:at])
            if start is not None:
                words = text[start:at].strip()
                yield Definition(own, words, unit, start, m.end(), listed=False, sure=by_initials(own, words))
            elif not rest and sum(c.isupper() for c in own) >= 2 and text[:at].rstrip()[-1:].isalpha():
                yield Definition(own, "", unit, at, m.end(), listed=False)
            continue
        before = "" if at == 0 or text[at - 1].isspace() else text[:at].rsplit(None, 1)[-1]
        if (token := TOKEN.fullmatch(before.strip("“”\"'’"))) and spells(plain(token[0]), inner):
            own = plain(token[0])
            yield Definition(own, inner, unit, at - len(before), m.end(), listed=False, sure=by_initials(own, inner))


_ARTICLE = 4
"""Characters of an article before the words of an acronym."""


def by_initials(acronym: str, words: str) -> bool:
    """Whether each letter of the acronym begins one of the words, in order, the first letter the first word."""
    found = list(_WORD.finditer(words))
    return bool(found) and _by_initials([_fold(c) for c in acronym if c.isalnum()], found) is not None


def spells(acronym: str, words: str) -> bool:
    """Whether the words give the acronym's letters: all of them, or the last ones of a long name in capitals."""
    start = long_form(acronym, words)
    if start is None:
        return False
    return start <= _ARTICLE or sum(w[0].isupper() for w in _WORD.findall(words)) > len(acronym)


def long_form(acronym: str, before: str) -> int | None:
    """Where the words begin that the acronym stands for, right before it; None where they are not found.

    First each letter must begin a word ("Integrated Resource Information System (IRIS)"), small words left out; else
    each letter is looked for going back, the first at the beginning of a word (Schwartz and Hearst, 2003, "A simple
    algorithm for identifying abbreviation definitions in biomedical text").
    """
    letters = [_fold(c) for c in acronym if c.isalnum()]
    window = before[-(14 * len(letters) + 60) :]
    cut = max((window.rfind(c) for c in "();:!?"), default=-1) + 1
    words = [w for w in _WORD.finditer(window) if w.start() >= cut]
    if len(letters) < 2 or not words:
        return None
    begin = _by_initials(letters, words)
    if begin is None:
        begin = _by_letters(letters, window, words)
    return None if begin is None else len(before) - len(window) + begin


def _by_initials(letters: list[str], words: list[re.Match[str]]) -> int | None:
    """Where the shortest run of last words begins of which each letter is the first of one, in order."""
    k = len(letters) - 1
    for steps, w in enumerate(reversed(words)):
        initials = [w.start()] + [w.start() + i + 1 for i, c in enumerate(w[0]) if c in "’'"]
        if any(_fold(w.string[i]) == letters[k] for i in initials if i < w.end()):
            k -= 1
        elif steps and w[0][0].isupper() and len(w[0]) > 3 and k < len(letters) - 2:
            return None  # a word with a capital that gives no letter
        if k < 0:
            return w.start() if steps < 2 * len(letters) else None
        if steps > 2 * len(letters):
            return None
    return None


def _by_letters(letters: list[str], window: str, words: list[re.Match[str]]) -> int | None:
    plain_window = _folded(window)
    at = len(window) - 1
    for k in range(len(letters) - 1, -1, -1):
        at = _back(plain_window, at, letters[k], first=k == 0)
        if at < 0:
            return None
        at -= 1
    begin = at + 1
    held = [w[0].lower() for w in words if w.start() >= begin]
    name = "".join(letters)
    # Few words for many letters are chance, unless one of them begins as the acronym does ("Research Department (RESEARCH)").
    alike = any(len(name) > 3 and "".join(map(_fold, w[:3])) == name[:3] for w in held)
    if not held or begin < words[0].start() or name in held[1:] or held == [name] or len(held) > 2 * len(letters):
        return None
    return begin if alike or (2 * len(held) >= len(letters) and len(held) > 1) else None


def _back(text: str, at: int, letter: str, *, first: bool) -> int:
    """The offset of a letter of a folded text at or before ``at``; of the first letter only where a word begins."""
    at = text.rfind(letter, 0, at + 1)
    while first and at > 0 and text[at - 1].isalnum():
        at = text.rfind(letter, 0, at)
    return at


def _folded(text: str) -> str:
    """The text in lower case without accents, each character where it was."""
    return text.lower() if text.isascii() else "".join([_fold(c)[0] for c in text])


def _fold(c: str) -> str:
    return _FOLDED.get(c.lower(), c.lower())


_FOLDED = dict(zip("éèêëàâäáãåçîïíìôöóòõùûüúñ", "eeeeaaaaaaciiiiooooouuuun", strict=True))


def _lists(paper: Paper) -> frozenset[int]:
    """Indexes of the units in a list of acronyms."""
    pattern = paper.words_of("check_language", "acronym_list")
    found: set[int] = set()
    if pattern is None:
        return frozenset()
    for section in paper.sections:
        if pattern.search(section.title) and len(section.title) < 80:
            found |= set(range(section.first + 1, section.last))
    return frozenset(found)


def _rows(paper: Paper, i: int) -> Iterator[Definition]:
    """The entry of a list of acronyms at a unit: a line, or two cells of a table beside each other."""
    unit = paper.units[i]
    if unit.kind == "cell":
        if TOKEN.fullmatch(unit.text.strip()) and i + 1 < len(paper.units):
            other = paper.units[i + 1]
            if other.kind == "cell" and other.index == unit.index and not TOKEN.fullmatch(other.text.strip()):
                yield Definition(plain(unit.text.strip()), " ".join(other.text.split()), unit, 0, len(unit.text), listed=True)
        return
    for line in unit.text.split("\n"):
        m = _LISTED.match(line) or re.match(r"^([A-Z][A-Z0-9&/.-]{1,14})\s+([^\W\d_]{2}.{2,120})$", line)
        if m:
            yield Definition(plain(m[1]), m[2].strip(), unit, 0, len(unit.text), listed=True)
