"""Footnotes of a web page: which links are marks, which elements hold the notes' words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.markup.content import UNSEEN, hidden

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NUMBER = re.compile(r"[\[(]?\s*(\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])]?\.?", re.IGNORECASE)
_NOTE_NAME = re.compile(
    r"(?:^|[-_:.\d])(?:s?d?(?:foot|end)note|fn|ftn|edn|en|fuss(?:note)?|cite_note|note|notes|nota|notas|nb|nbp|pie)s?(?=[-_:.\d]|$|sym|text)|^n[-_]?\d+_?$",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\s*[\[(]?(\d{1,4}|[a-z](?=[\])])|[*†‡§¶#]{1,4})[\])]?\.?\s+\S", re.IGNORECASE)
"""The number that a note prints before its words."""
_NOTES_ROLE = "doc-endnotes"
_BACK_NAME = re.compile(r"ref|back|rtn|return|src|anc|rf$", re.IGNORECASE)
_LONG_LINK = 40
"""Characters from which on a link in a note is part of its words, not a way back to the text."""
_HOLDERS = frozenset({"p", "li", "dd", "div", "aside", "td", "section", "article", "blockquote"})


@dataclass(slots=True)
class Notes:
    """What the tree says about footnotes."""

    marks: dict[Element, str] = field(default_factory=dict)
    """Elements printed as a mark, with the number."""
    bodies: dict[Element, str] = field(default_factory=dict)
    """Elements that hold a note's words, with the number."""
    cut: set[Element] = field(default_factory=set)
    """Parts of notes that are no words: links back, the number itself."""
    aside: set[Element] = field(default_factory=set)
    """Labels and headings of notes."""


def visible_text(el: Element) -> str:
    """The element's words without hidden parts."""
    parts: list[str] = []
    stack: list[Element | str] = [el]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            parts.append(top)
            continue
        inside = isinstance(top.tag, str) and top.tag not in UNSEEN and not hidden(top)
        if top is not el and top.tail:
            stack.append(top.tail)
        if inside:
            stack.extend(reversed(top))
            if top.text:
                stack.append(top.text)
    return "".join(parts)


def find(body: Element) -> Notes:
    """Footnotes tied together by links."""
    notes = Notes()
    by_id: dict[str, tuple[int, Element]] = {}
    links: list[tuple[int, Element, str]] = []
    for order, el in enumerate(body.iter()):
        if not isinstance(el.tag, str):
            continue
        for name in (el.get("id"), el.get("name") if el.tag == "a" else None):
            if name:
                by_id.setdefault(name, (order, el))
        href = el.get("href") if el.tag == "a" else None
        if href and href.startswith("#") and len(href) > 1:
            links.append((order, el, href[1:]))
    for order, link, name in links:
        place, target = by_id.get(name, (0, None))
        # A link from the note back to the text looks the same, but leads up the page.
        if target is None or place <= order or link in notes.cut:
            continue
        number = _mark_number(link, name)
        if number is None:
            continue
        holder = _holder(target, link)
        if holder is None:
            continue
        if holder not in notes.bodies:
            notes.bodies[holder] = number
            _trim(notes, holder, target)
        notes.marks[_outermost(link)] = notes.bodies[holder]
    for mark in list(notes.marks):
        if mark in notes.cut:
            del notes.marks[mark]
    _take_uncalled(notes, body)
    return notes


def _take_uncalled(notes: Notes, body: Element) -> None:
    """Notes whose mark is lost: items that print a number, in a list that is said to hold notes or holds mostly such as are called."""
    lists = {above: None for holder in notes.bodies if holder.tag == "li" and (above := holder.getparent()) is not None}
    for part in body.iter("section", "div", "aside", "ol", "ul"):
        if _NOTES_ROLE in (part.get("role") or "").split():
            lists.update(dict.fromkeys(part.iter("ol", "ul")))
    for found in lists:
        items = [li for li in found if li.tag == "li"]
        said = any(_NOTES_ROLE in (el.get("role") or "").split() for el in (found, *found.iterancestors()))
        if not said and 2 * sum(li in notes.bodies for li in items) <= len(items):
            continue
        for li in items:
            own = _PRINTED.match(visible_text(li))
            if li not in notes.bodies and own is not None:
                notes.bodies[li] = own.group(1)


def _mark_number(link: Element, name: str) -> str | None:
    """The number a link prints if it is a footnote mark."""
    text = visible_text(link).strip()
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    words = " ".join(link.get(name) or "" for name in ("class", "role", "epub:type")).lower()
    printed = found.group(1)
    above = link.getparent()
    raised = (above is not None and above.tag == "sup") or next(link.iter("sup"), None) is not None
    bracketed = text.startswith("[")
    named = bool(_NOTE_NAME.search(name)) and not _BACK_NAME.search(name)
    said = "noteref" in words or "footnote" in words or re.search(r"\bfn\b", words) is not None
    if raised or said or ((named or bracketed) and not printed.isalpha()):
        return printed
    return None


def _holder(target: Element, link: Element) -> Element | None:
    """The element with the note's words: the target, or the block around it where the target is only an anchor."""
    el: Element | None = target
    while el is not None and el.tag not in _HOLDERS:
        el = el.getparent()
    if el is None or el in link.iterancestors():
        return None
    # Word wraps each note in <div id="ftn1">.
    above = el.getparent()
    if above is not None and above.tag == "div" and re.fullmatch(r"(?:sd)?(?:ftn|edn|footnote|endnote)\d+", above.get("id") or ""):
        return above
    return el


def _outermost(link: Element) -> Element:
    """The link with the ``sup`` around it that holds nothing else."""
    el = link
    above = el.getparent()
    while (
        above is not None
        and above.tag in {"sup", "span", "small", "b", "strong", "cite"}
        and len(above) == 1
        and not (above.text or "").strip(" [](),")
        and not (el.tail or "").strip(" [](),")
    ):
        el = above
        above = el.getparent()
    return el


def _trim(notes: Notes, holder: Element, target: Element) -> None:
    """Mark the links back and labels of a note as no part of its words."""
    for a in holder.iter("a"):
        href = a.get("href") or ""
        text = visible_text(a).strip()
        wordless = not any(c.isalpha() for c in text)
        leads_back = href.startswith("#") and (_BACK_NAME.search(href) or _BACK_NAME.search(a.get("class") or "") or wordless)
        if (a is target or leads_back) and (wordless or len(text) < _LONG_LINK):
            notes.cut.add(_outermost(a))
    if holder.tag == "dd":
        before = holder.getprevious()
        if before is not None and before.tag == "dt":
            notes.aside.add(before)
    _set_heading_aside(notes, holder)


def _set_heading_aside(notes: Notes, holder: Element) -> None:
    """The heading "Notes" directly before the first note."""
    el: Element | None = holder
    for _ in range(3):
        if el is None:
            return
        before = el.getprevious()
        while before is not None and (not isinstance(before.tag, str) or before.tag in {"hr", "br", "dt"}):
            before = before.getprevious()
        if before is not None:
            if before.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                notes.aside.add(before)
            return
        el = el.getparent()
