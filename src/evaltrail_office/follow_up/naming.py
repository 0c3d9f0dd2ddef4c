"""Units by the names that papers print for them: proposals for a person, in the order in which they are named."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from evaltrail.text import packs
from evaltrail_office.accounts.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTING = re.compile(r"[;\n]")
_SMALL = frozenset(
    {"of", "the", "for", "and", "de", "du", "des", "la", "le", "les", "el", "los", "las", "et", "y", "e", "da", "do", "dos", "das"}
)
_SHORT = re.compile(r"\s*\((?P<code>[A-Z][\w&/-]{1,11})\)")
_NOBODY = re.compile(r"\W*(?:n/?a|none|nil|not applicable|sans objet|no aplica|não se aplica|néant)?\W*", re.IGNORECASE)


def plain(words: str) -> str:
    """Words in small letters with one space between; every character stays one."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in words).replace("’", "'").replace("‑", "-").replace("–", "-")


def names_nobody(printed: str) -> bool:
    """Whether a paper's words for who acts name nobody: "N/A", a dash."""
    return bool(_NOBODY.fullmatch(printed))


@cache
def _pieces() -> re.Pattern[str]:
    """What stands between two names: commas and their like, and words that join ("with the support of")."""
    joiners = {plain(w) for code in packs.languages() for w in packs.pack(code, "fields").get("units", {}).get("joiners", ())}
    return re.compile(rf"[,;/()\n]|\s(?:{'|'.join(sorted(map(re.escape, joiners), key=len, reverse=True))})\s", re.IGNORECASE)


class Names(dict[str, Unit]):
    """Every unit by its code, its name and its key, in small letters."""

    @classmethod
    def read(cls) -> Names:
        """From the table, in one query, for many printed words."""
        found = cls()
        for unit in Unit.objects.all():
            for name in (unit.name, unit.code, unit.key):
                if name:
                    found.setdefault(" ".join(name.casefold().split()), unit)
        return found

    def with_short(self, texts: Iterable[str]) -> Names:
        """These names and the short ones that a paper gives to them itself: "Programme Group (PG)"."""
        found = Names(self)
        for text in texts:
            words = " ".join(text.split())
            for m in self._long.finditer(plain(words)) if self._named else ():
                short = _SHORT.match(words[m.end() :])
                if short is not None:
                    found.setdefault(short["code"].casefold(), self._named[_key(m.group())])
        return found

    def named(self, printed: str) -> list[Unit]:
        """Units that printed words may mean.

        A name of several words or a code counts wherever it stands, other names where they stand alone between commas and their like;
        "Office of Evaluation" is the "Evaluation Office". A unit that another one named beside it belongs to is only said with it.
        """
        found: list[tuple[int, Unit]] = []
        at = 0
        for words in _PARTING.split(printed):
            line = " ".join(words.split())
            found += [(at + n, unit) for n, unit in self._in(line)]
            at += len(words) + 1
        return list(dict.fromkeys(unit for _at, unit in sorted(found, key=lambda pair: pair[0])))

    def _in(self, line: str) -> list[tuple[int, Unit]]:
        text, free = plain(line), list(line)
        found: list[tuple[int, Unit]] = []
        for pattern, over in ((self._long, text), (self._codes, line)):
            for m in pattern.finditer(over) if pattern.pattern else ():
                if "\0" in free[m.start() : m.end()]:
                    continue
                found.append((m.start(), self._named.get(_key(m.group())) or self[m.group().casefold()]))
                free[m.start() : m.end()] = "\0" * (m.end() - m.start())
        at = 0
        for piece in _parted("".join(free)):
            unit = None if "\0" in piece else self.get(_key(piece)) or self._by_words.get(_words(piece))
            if unit is not None:
                found.append((at, unit))
            at += len(piece)
        named = {unit.pk for _at, unit in found}
        above = {pk for unit in {u for _at, u in found} for pk in self._above(unit)}
        return [(n, unit) for n, unit in found if unit.pk not in above & named]

    def _above(self, unit: Unit) -> set[int]:
        """The units that a unit belongs to."""
        found: set[int] = set()
        at = unit.within_id
        while at is not None and at not in found:
            found.add(at)
            at = self._within.get(at)
        return found

    @cached_property
    def _within(self) -> dict[int, int | None]:
        return {u.pk: u.within_id for u in self.values()}

    @cached_property
    def _named(self) -> dict[str, Unit]:
        """Units by names of several words."""
        return {_key(name): unit for name, unit in self.items() if len(name.split()) > 1}

    @cached_property
    def _long(self) -> re.Pattern[str]:
        each = sorted((plain(name) for name in self if len(name.split()) > 1), key=len, reverse=True)
        words = (re.escape(e).replace(r"\ and\ ", r"\ (?:and|&)\ ").replace(r"\ \&\ ", r"\ (?:and|&)\ ") for e in each)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])" if each else "")

    @cached_property
    def _codes(self) -> re.Pattern[str]:
        """Codes in capital letters, which are no words of a sentence."""
        each = sorted((re.escape(name.upper()) for name in self if re.fullmatch(r"\w[\w&/.-]{1,39}", name)), key=len, reverse=True)
        return re.compile(rf"(?<![\w/&-])(?:{'|'.join(each)})(?![\w/&-])" if each else "")

    @cached_property
    def _by_words(self) -> dict[frozenset[str], Unit]:
        """Units by the words of their names, in whatever order."""
        found: dict[frozenset[str], Unit] = {}
        for name, unit in self.items():
            words = _words(name)
            if len(words) > 1:
                found.setdefault(words, unit)
        return found


def _parted(line: str) -> list[str]:
    """The pieces of a line and what stands between them, in order."""
    found, at = [], 0
    for m in _pieces().finditer(line):
        found += [line[at : m.start()], m.group()]
        at = m.end()
    return [*found, line[at:]]


def _key(words: str) -> str:
    return " ".join(plain(words).replace("&", " and ").split())


def _words(words: str) -> frozenset[str]:
    found = frozenset(re.findall(r"[^\W_]+", plain(words))) - _SMALL
    return found if len(found) > 1 else frozenset()
