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


def _stripped(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_stripped(v) for v in value]
    if isinstance(value, dict):
        return {k: _stripped(v) for k, v in value.items()}
    return value


def paragraphs(paper: dict[str, Any]) -> list[tuple[int, str]]:
    """Every numbered paragraph with its number and its words, in order; what hangs under it (bullets, further paragraphs) left out."""
    out = [(p["n"], p["text"]) for p in paper["introduction"]["paragraphs"]]
    for part in paper["part"]:
        out += [(p["n"], p["text"]) for p in part["scope"]]
        out += [(p["n"], p["text"]) for s in part["section"] for p in s["paragraphs"]]
        out.append((part["assessment"]["n"], part["assessment"]["text"]))
        out += [(p["n"], p["text"]) for p in part["conclusions"]["paragraphs"]]
        for lessons in (part[k] for k in ("lessons", "good_practices") if k in part):
            if lessons["style"] == "labelled":
                out += [(i["n"], f"{i['label']} {i['text']}") for i in lessons["items"]]
            else:
                out.append((lessons["n"], lessons["text"]))
        out += [(r["n"], r["text"]) for r in part["recommendation"]]
        out += [(p["n"], p["text"]) for p in part["response"]["overall"]]
        out += [(a["n"], a["text"][0]) for a in part["response"]["answers"]]
    return [*out, (paper["decision"]["n"], paper["decision"]["text"])]


def check(paper: dict[str, Any]) -> None:
    """Raise ``ValueError`` where paragraph numbers or footnote marks do not run through without a gap."""
    numbers = [n for n, _ in paragraphs(paper)]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"paragraph numbers do not run through: {numbers}")
    marks = [m["fn"] for m in _INLINE.finditer(SOURCE.read_text(encoding="utf-8").partition("[introduction]")[2]) if m["fn"]]
    if marks != list(paper["footnotes"]) or marks != [str(i + 1) for i in range(len(marks))]:
        raise ValueError(f"footnote marks do not run through: {marks}")
