"""A page's own style sheets, as far as they say what is bold, hidden, framed or filled.

Only rules for a class, an id, or a tag with a class are followed; combinators and media rules are not.
The declarations are put behind each element's own ``style``, where the first one found counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.markup.parse import fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_BRACE = re.compile(r"[{}]")
_SIMPLE = re.compile(r"([a-zA-Z][\w]*)?([.#])([\w-]+)")
_WANTED = re.compile(
    r"\s*(display|visibility|position|top|bottom|left|line-height|font-(?:weight|style|size|family)|border[\w-]*|background(?:-color)?"
    r"|vertical-align|list-style[\w-]*|color)\s*:",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"(?<![\w-])(--[\w-]{1,80})\s*:\s*([^;{}]{1,200})")
_USE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_MOST_CSS = 1 << 20
"""Characters of style sheets looked at; a framework's whole sheet is longer than any page's own rules."""


def apply(root: Element) -> dict[str, str]:
    """Put the style sheets' declarations into the elements' ``style``. The rules, selector to declarations."""
    sheets = [el.text for el in root.iter("style") if el.text]
    rules = _rules("\n".join(sheets)[:_MOST_CSS]) if sheets else {}
    if not rules:
        return rules
    for el in root.iter():
        if not isinstance(el.tag, str):
            continue
        names = [f"#{el.get('id')}"] if el.get("id") else []
        classes = el.get("class")
        if classes:
            names.extend(f".{c}" for c in classes.split())
        found = [d for name in names for d in (rules.get(el.tag + name), rules.get(name)) if d]
        if found:
            el.set("style", fit(";".join([el.get("style") or "", *found])))
    return rules


def _rules(css: str) -> dict[str, str]:
    """Selector → declarations that matter, later ones first."""
    css = _without_comments(css)
    variables = {name: value.strip() for name, value in _VARIABLE.findall(css)}
    rules: dict[str, str] = {}
    for selectors, body in _blocks(css):
        wanted = ";".join(d.strip() for d in body.split(";") if _WANTED.match(d))
        if not wanted:
            continue
        wanted = _USE.sub(lambda m: variables.get(str(m.group(1)), str(m.group(2) or "")), wanted)
        for selector in selectors.split(","):
            simple = _SIMPLE.fullmatch(selector.strip())
            if simple is not None:
                key = f"{(simple.group(1) or '').lower()}{simple.group(2)}{simple.group(3)}"
                rules[key] = f"{wanted};{rules[key]}" if key in rules else wanted
    return rules


def _without_comments(css: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := css.find("/*", at)) >= 0:
        end = css.find("*/", start + 2)
        parts.append(css[at:start])
        at = len(css) if end < 0 else end + 2
    parts.append(css[at:])
    return "".join(parts).replace("<!--", "").replace("-->", "")


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules outside any @-block. One pass: a page may be one long broken style sheet."""
    start = skipped = 0
    selectors: str | None = None
    for brace in _BRACE.finditer(css):
        chunk = css[start : brace.start()]
        start = brace.end()
        if brace.group() == "{":
            head = chunk.rpartition(";")[2]
            if skipped or head.lstrip().startswith("@"):
                skipped += 1
            else:
                selectors = head
        elif skipped:
            skipped -= 1
        elif selectors is not None:
            yield selectors, chunk
            selectors = None
