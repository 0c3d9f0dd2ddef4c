"""A tree of HTML elements to an outline."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.read.markup import content, css, notes, positioned, printed
from evaltrail.read.markup.finish import finish
from evaltrail.read.markup.headings import promoted, title_at
from evaltrail.read.markup.hyphens import Hyphens
from evaltrail.read.markup.walk import Walker
from evaltrail.read.outline import Block, join
from evaltrail.text.symbols import symbol_of, symbols_in

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.read.outline import Outline

HEAD_BLOCKS = 12
"""Blocks among which a document's head is looked for."""
_IDENTIFIERS = frozenset({"dcterms.identifier", "dc.identifier", "citation_technical_report_number", "citation_report_number"})
_OWN_NUMBER = re.compile(r"[^\w*†‡§¶#]*(?:(?:foot|end)?notes?\s*)?(\d{1,4}|[a-z]|[*†‡§¶#]{1,4})\s*[.)\]:]*\s+", re.IGNORECASE)


def read(root: Element, out: Outline, source: str, *, saved_page: bool = True) -> None:
    """Fill the outline from a parsed page.

    ``source`` is its text, from which broken words are judged. A ``saved_page`` of a web site has parts around its document.
    """
    body = root.find("body")
    if body is None:
        body = root
    rules = css.apply(root)
    lines = positioned.mend(body, rules)
    chosen = content.choose(body, whole=not saved_page or lines is not None)
    chosen.aside.update(lines or ())
    tied = notes.find(body)
    walker = Walker(chosen, tied, Hyphens(source))
    drafts = walker.run(body)
    out.pages[0].text = walker.composer.text
    out.pages[0].shapes, out.pages[0].words = walker.drawings.flipped()
    printed.tidy(drafts, walker.footnotes, torn=lines is not None)
    out.blocks = promoted(finish(drafts), bold=lines is not None)
    out.footnotes = joined_footnotes(finish(walker.footnotes))
    out.language = _language(root)
    _title(root, out)
    out.symbol = _symbol(root, out)


def joined_footnotes(blocks: list[Block]) -> list[Block]:
    """One block a note: its paragraphs joined, its own number cut. Two notes under one sign ("*") each begin with it."""
    groups: list[list[Block]] = []
    for b in blocks:
        if groups and groups[-1][0].number == b.number and not (_begins(b) and _begins(groups[-1][0])):
            groups[-1].append(b)
        else:
            groups.append([b])
    out = []
    for group in groups:
        whole = join([b.content for b in group], "\n")
        own = _OWN_NUMBER.match(whole.text)
        if own is not None and own.group(1) == group[0].number:
            whole = whole.cut(own.end())
        out.append(replace(group[0], content=whole) if len(group) > 1 or own else group[0])
    return out


def _begins(b: Block) -> bool:
    """Whether a note's paragraph prints the note's own number."""
    own = _OWN_NUMBER.match(b.text)
    return own is not None and own.group(1) == b.number


def _language(root: Element) -> str | None:
    """ISO 639-1 code from the page's declarations."""
    for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        value = root.get(name)
        if value and value.strip():
            return value.strip().lower().replace("_", "-").split("-")[0][:3]
    return None


def _symbol(root: Element, out: Outline) -> str | None:
    """The symbol that the page declares, else the one in its head."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() in _IDENTIFIERS:
            declared = symbols_in(meta.get("content") or "")
            if declared:
                return declared[0]
    return symbol_of((b.text for b in out.blocks[:HEAD_BLOCKS]), body=out.pages[0].text)


def _title(root: Element, out: Outline) -> None:
    """The title: the page's first top heading where there is only one, else what ``<title>`` says."""
    titles = [b.text for b in out.blocks if b.kind == "title"]
    if titles:
        out.title = titles[0]
        return
    tops = [i for i, b in enumerate(out.blocks) if b.kind == "heading" and b.level == 1]
    declared = " ".join((root.findtext(".//title") or "").split())
    if tops and (len(tops) == 1 or out.blocks[tops[0]].text in declared):
        first = out.blocks[tops[0]]
        out.blocks[tops[0]] = replace(first, kind="title", level=0)
        out.title = first.text
    else:
        out.title = declared
        largest = title_at(out.blocks) if not tops else None
        if largest is not None:
            first = out.blocks[largest]
            out.blocks[largest] = replace(first, kind="title", level=0)
            out.title = first.text
