"""The words that a paper adds to its record's: headings, table headings, numbers, dates, quotation marks, in its language.

    words/<language>.toml  --the house's own words over it-->  Wording

Keys are the table and the name, joined by a dot: ``headings.findings``.  What a language or a house leaves out is said in English.
"""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.write.house import House

__all__ = ["Wording", "languages", "wording"]

_ROOT = files("evaltrail.write") / "words"
_PLAIN = "en"
_FOUR_FIGURES = 4
_FEW = 12


@dataclass(frozen=True)
class Wording:
    """The words of one language, a house's own before the pack's."""

    language: str
    own: Mapping[str, str] = field(default_factory=dict)
    """The house's words by key."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key, with ``values`` put in where ``{name}`` stands.

        Raises:
            KeyError: no pack has the key.
        """
        words = self.own.get(key) or _pack(self.language).get(key) or _pack(_PLAIN)[key]
        return words.format(**values) if values else words

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in self.own or key in _pack(self.language) or key in _pack(_PLAIN)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Whether the language runs from left to right or from right to left."""
        return "rtl" if self("language.direction") == "rtl" else "ltr"

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language prints it: '12,480' or '12 480', '0.5' or '0,5'. Four figures are not parted, as in years."""
        whole, _, rest = f"{abs(value):.{decimals}f}".partition(".")
        if len(whole) > _FOUR_FIGURES:
            head = len(whole) % 3
            groups = [whole[:head]] if head else []
            groups += [whole[i : i + 3] for i in range(head, len(whole), 3)]
            whole = self("numbers.group").join(groups)
        zero = not (whole + rest).strip("0" + self("numbers.group"))
        return ("−" if value < 0 and not zero else "") + whole + (self("numbers.decimal") + rest if rest else "")

    def percent(self, value: float, decimals: int = 0) -> str:
        """A share of a hundred in words: '73 per cent', '73 %'."""
        return self("numbers.percent", number=self.number(value, decimals))

    def share(self, part: int, whole: int) -> str:
        """A count with what it is counted from and the share: '29 of 40 (73 per cent)'; of nothing there is no share."""
        said = self("numbers.share", part=self.number(part), whole=self.number(whole))
        return f"{said} ({self.percent(100 * part / whole)})" if whole else said

    def count(self, value: int) -> str:
        """A small number as a word ('three'), a larger one in figures."""
        words = self("numbers.words").split()
        return words[value] if 0 <= value < len(words) <= _FEW + 1 else self.number(value)

    def date(self, iso: str) -> str:
        """A day, month or year of ISO 8601 as the language prints it; anything else as it stands."""
        parts = iso.split("-")
        if not all(p.isdigit() for p in parts) or not 1 <= len(parts) <= 3:  # year, month, day
            return iso
        # A month's name may have a space of its own, which does not break.
        months = [m for m in self("dates.months").split(" ") if m]
        if len(parts) == 1:
            return parts[0]
        if not 1 <= int(parts[1]) <= len(months):
            return iso
        month = months[int(parts[1]) - 1]
        if len(parts) == 2:  # year and month
            return self("dates.month", month=month, year=parts[0])
        day = self("dates.first") if int(parts[2]) == 1 else str(int(parts[2]))
        return self("dates.day", day=day, month=month, year=parts[0])

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence: 'a, b and c'."""
        names = [n for n in names if n]
        if len(names) < 2:  # one name is no list
            return "".join(names)
        return self("lists.comma").join(names[:-1]) + self("lists.and") + names[-1]

    def quoted(self, words: str) -> str:
        """Words in the language's quotation marks."""
        return self("quotation.open") + words + self("quotation.close")

    def range(self, first: str, last: str) -> str:
        """A range of numbers or years, or the one number where both are the same."""
        return first if first == last else first + self("numbers.to") + last


def wording(language: str | None, house: House | None = None) -> Wording:
    """The words of a language (BCP 47; its first part counts), with the house's own."""
    code = (language or _PLAIN).split("-")[0].lower()
    if code not in languages():
        code = _PLAIN
    words = house.words if house is not None else {}
    return Wording(code, {**words.get("all", {}), **words.get(code, {})})


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that papers can be written in, English first."""
    found = sorted(p.name.removesuffix(".toml") for p in _ROOT.iterdir() if p.name.endswith(".toml"))
    return tuple(sorted(found, key=lambda c: (c != _PLAIN, c)))


def keys() -> tuple[str, ...]:
    """All keys, in the order of the English pack."""
    return tuple(_pack(_PLAIN))


def places_in(words: str) -> frozenset[str]:
    """Names that are put in where ``{name}`` stands.

    Raises:
        ValueError: a brace is left open.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name is not None)


@cache
def _pack(language: str) -> Mapping[str, str]:
    tables = tomllib.loads((_ROOT / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{table}.{name}": words for table, entries in tables.items() for name, words in entries.items()}
