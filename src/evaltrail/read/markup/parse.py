"""Markup to a tree of elements, however deep it is nested."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?>")
_DEEPEST = 500
# What XML cannot hold, and so no element's text or attribute may be set to.
_NO_CHARACTERS = dict.fromkeys([*range(9), 0xB, *range(0xE, 0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]) | {0xC: " "}
# Elements that another of their kind closes: they never nest by themselves, and without them paragraphs would run together.
_CLOSED_BY_THEIR_LIKE = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "option", "tbody", "thead", "tfoot"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})


def fit(text: str) -> str:
    """The text without characters that an element's text or attribute may not be set to. A reference (&#16;) may still give one."""
    return text.translate(_NO_CHARACTERS)


def parse(text: str) -> Element | None:
    """Root element of a page, None where it has no element at all.

    The parser stops at 2,048 levels and loses what is deeper; such a page is read again without its innermost wrappers.
    """
    text = fit(text)
    root, complete = _parse(text)
    return root if complete else _parse(_flattened(text))[0]


def _parse(text: str) -> tuple[Element | None, bool]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        root = None
    return root, not any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log)


def _flattened(text: str) -> str:
    """The source without tags that open more than 500 levels down."""
    out: list[str] = []
    at = depth = 0
    for tag in _TAG.finditer(text):
        name = tag.group(2).lower()
        if name in _VOID or name in _CLOSED_BY_THEIR_LIKE:
            continue
        if not tag.group(1):
            depth += 1
        if depth > _DEEPEST:
            out.append(text[at : tag.start()])
            at = tag.end()
        if tag.group(1):
            depth = max(0, depth - 1)
    out.append(text[at:])
    return "".join(out)
