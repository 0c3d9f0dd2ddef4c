"""The sample paper's content: paper.toml with its inline marks turned into runs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("paper.toml")
PARTS = Path(__file__).parent

_INLINE = re.compile(r"\*(?P<b>[^*]+)\*|(?<!\w)_(?P<i>[^_]+)_(?!\w)|\[\^(?P<fn>\d+)\]")

Run = tuple[str, Any]
"""('t', words), ('b', bold words), ('i', italic words) or ('fn', number of the footnote)."""


def load() -> dict[str, Any]:
    """The paper as it stands in the source, texts without leading or trailing white space."""
    return _stripped(tomllib.loads(SOURCE.read_text(encoding="utf-8")))  # type: ignore[no-any-return]


def runs(text: str) -> list[Run]:
    """A text cut at its inline marks."""
    out: list[Run] = []
    at = 0
    for m in _INLINE.finditer(text):
        if m.start() > at:
            out.append(("t", text[at : m.start()]))
        kind = str(m.lastgroup)
        out.append((kind, m.group(kind)))
        at = m.end()
    if at < len(text):
        out.append(("t", text[at:]))
    return out


def plain(text: str) -> str:
    """A text without its inline marks and footnote marks."""
    return "".join(words for kind, words in runs(text) if kind != "fn")


def _stripped(value: Any) -> Any:  # noqa: ANN401 - TOML holds anything
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_stripped(v) for v in value]
    if isinstance(value, dict):
        return {k: _stripped(v) for k, v in value.items()}
    return value
