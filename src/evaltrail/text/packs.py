"""Language packs: words that recognisers look for, kept as TOML a non-programmer can extend.

``languages/<code>/<topic>.toml``; a language is whatever folder is there.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_ROOT = files("evaltrail.text") / "languages"


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a pack, English first."""
    found = sorted(p.name for p in _ROOT.iterdir() if p.is_dir() and len(p.name) == 2)
    return tuple(sorted(found, key=lambda c: (c != "en", c)))


@cache
def pack(language: str, topic: str) -> dict[str, Any]:
    """The topic's table of one language; empty where the language has none."""
    path = _ROOT / language / f"{topic}.toml"
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def merged(topic: str, first: str | None = None) -> dict[str, Any]:
    """The topic's tables of all languages as one: lists joined (``first`` language in front), tables merged."""
    order = sorted(languages(), key=lambda c: (c != first, c != "en", c))
    out: dict[str, Any] = {}
    for code in order:
        _merge(out, pack(code, topic))
    return out


def _merge(into: dict[str, Any], table: dict[str, Any]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        elif isinstance(value, list):
            have = into.setdefault(key, [])
            have.extend(v for v in value if v not in have)
        else:
            into.setdefault(key, value)
