"""Names of countries and regions in a text: the longest name wins, so that a region is told from the country in its name."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evaltrail.text.normal import strip_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HERE = files("evaltrail.about")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s.,()'’\-–]{0,3}")
"""What may stand between two words of one name."""
READ = ("en", "fr", "es", "pt")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that was found."""

    code: str
    """ISO 3166 code; empty for a region."""
    region: str
    """English name of the region; empty for a country."""
    start: int
    end: int
    adjective: bool
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class _Leaf:
    code: str
    region: str
    adjective: bool
    caps: bool
    """Whether every word of it has to be in capitals: "UAE", "DRC"."""


Tree = dict[str, Any]
_LEAF = ""


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads((_HERE / "countries.toml").read_text(encoding="utf-8"))


@cache
def _cldr() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((_HERE / "names.json").read_text(encoding="utf-8"))
    return found


def codes() -> frozenset[str]:
    """All ISO 3166 codes that are known."""
    return frozenset(_cldr())


@cache
def ambiguous() -> frozenset[str]:
    """Codes of countries whose names are those of people, places and things too."""
    return frozenset(_facts()["ambiguous"]["codes"])


def _words(name: str) -> tuple[str, ...]:
    return tuple(strip_accents(w).lower() for w in _WORD.findall(name))


def _put(tree: Tree, name: str, leaf: _Leaf) -> None:
    words = _words(name)
    for word in words:
        tree = tree.setdefault(word, {})
    tree.setdefault(_LEAF, leaf)


@cache
def _tree(language: str) -> Tree:
    """Names in a language and in English, which papers of every language use."""
    tree: Tree = {}
    facts = _facts()
    for region, names in facts["regions"].items():
        for name in names:
            _put(tree, name, _Leaf("", region or "-", adjective=False, caps=name.isupper()))
    for code, names in _cldr().items():
        for spoken in {"en", language} & names.keys():
            # "Myanmar (Burma)": the other name stands among the facts.
            _put(tree, re.sub(r"\s*\(.*?\)", "", names[spoken]), _Leaf(code, "", adjective=False, caps=False))
    for spoken in sorted({"en", language} & set(READ)):
        for code, names in facts["names"].get(spoken, {}).items():
            for name in names:
                _put(tree, name, _Leaf(code, "", adjective=False, caps=name.replace(".", "").isupper()))
        for code, names in facts["adjectives"].get(spoken, {}).items():
            for name in names:
                for form in forms(name, spoken):
                    _put(tree, form, _Leaf(code, "", adjective=True, caps=False))
    return tree


def forms(adjective: str, language: str) -> Iterable[str]:
    """An adjective in all genders and numbers, told from its ending."""
    if language == "en":
        return (adjective, f"{adjective}s")
    if language == "fr":
        stem = adjective
        doubled = stem.endswith("en") and not stem.endswith("éen")
        feminine = f"{stem}ne" if doubled or stem.endswith("éen") else stem if stem.endswith("e") else f"{stem}e"
        return (stem, feminine, stem if stem.endswith("s") else f"{stem}s", f"{feminine}s")
    if adjective.endswith("o"):
        stem = adjective[:-1]
        return (f"{stem}o", f"{stem}a", f"{stem}os", f"{stem}as")
    if adjective.endswith(("és", "ês")):
        stem = f"{adjective[:-2]}es"
        return (adjective, f"{stem}a", f"{stem}es", f"{stem}as")
    if adjective.endswith("í"):
        return (adjective, f"{adjective}es")
    return (adjective, f"{adjective}s")


def find(text: str, language: str | None) -> Iterator[Named]:
    """Names of countries and regions in a text, in order; none within another.

    A name begins with a capital letter, but for adjectives of French, Spanish and Portuguese. What only looks like a country's name
    ("Gulf of Guinea") comes as the region ``-``.
    """
    spoken = language if language in READ else "en"
    tree = _tree(spoken or "en")
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    folded = [strip_accents(text[a:b]).lower() for a, b in words]
    at = 0
    while at < len(words):
        node, longest, last = tree, None, at
        for n in range(at, len(words)):
            if folded[n] not in node or (n > at and not _BETWEEN.fullmatch(text, words[n - 1][1], words[n][0])):
                break
            node = node[folded[n]]
            if _LEAF in node and _stands(node[_LEAF], text[words[at][0] : words[n][1]], spoken or "en"):
                longest, last = node[_LEAF], n
        if longest is None:
            at += 1
            continue
        yield Named(longest.code, longest.region, words[at][0], words[last][1], longest.adjective, longest.code in ambiguous())
        at = last + 1


def _stands(leaf: _Leaf, printed: str, language: str) -> bool:
    if leaf.caps:
        return printed.replace(".", "").isupper()
    if printed[0].isupper():
        return True
    return bool(leaf.region) or (leaf.adjective and language != "en")
