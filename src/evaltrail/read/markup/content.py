"""Which part of a web page is the document: main content found, navigation and contents lists set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

UNSEEN = frozenset(
    {
        "script",
        "style",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "noscript",
        "object",
        "embed",
        "iframe",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "datalist",
        "select",
        "textarea",
        "input",
        "math-annotation",
    }
)
"""Elements that print nothing that belongs to a document."""

HEADINGS = {f"h{n}": n for n in range(1, 7)}

_SET_ASIDE_ROLES = frozenset(
    {"navigation", "search", "banner", "contentinfo", "dialog", "alertdialog", "menu", "menubar", "toolbar", "doc-toc", "doc-pagelist"}
)
_HIDDEN_CLASSES = frozenset(
    {
        "wb-inv",
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "element-invisible",
        "offscreen",
        "hidden",
        "d-none",
        "is-hidden",
        "govuk-visually-hidden",
        "show-for-sr",
    }
)
_FURNITURE = re.compile(
    r"(?:^|[-_])(?:breadcrumbs?|cookies?|consent|share|sharing|social|pagination|pager|sidebar|newsletter|subscribe|skip(?:link|nav)?|feedback|pagedetails|"
    r"dtmd|related|toolbar|download|dwnld|advert|promo|masthead|navbar|navigation|nav|menu|print|backtotop|toc|contents?list)(?:$|[-_s])",
    re.IGNORECASE,
)
_HERE = re.compile(r"(?:[^/:?#]+\.x?html?)?#")
"""A link to a place in the same page, or in a file saved beside it."""
_CONTENTS_CLASS = re.compile(r"mso(?:toc\d?|tocheading|header|footer|tableoffigures)$|toctext$|sdt-?toc", re.IGNORECASE)
_FOLD = re.compile(r"tab-?pane|tab-?panel|tab-?content|accordion|collaps|expand|fold|toggle", re.IGNORECASE)
_RUN = 3
_ICON = 20
"""Characters below which what is kept from a screen reader is an ornament, not text."""
_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Mass:
    """Characters of an element: all that are printed, and those that are links."""

    text: int = 0
    linked: int = 0
    fragment: int = 0
    """Characters of links to a place in the same page."""


@dataclass(slots=True)
class Content:
    """The page taken apart."""

    root: Element
    aside: set[Element] = field(default_factory=set)
    mass: dict[Element, Mass] = field(default_factory=dict)


def hidden(el: Element) -> bool:
    """Whether the element is not shown: by attribute, style, or a class that means so everywhere.

    The closed tab or fold of a saved page is not hidden: a reader opens it.
    """
    get = el.get
    style, classes = get("style"), get("class")
    if classes and not _HIDDEN_CLASSES.isdisjoint(classes.split()):
        return True
    if get("aria-hidden") == "true" and sum(map(len, el.itertext())) < _ICON:
        return True
    if get("hidden") is None and not (style and _DISPLAY_NONE.search(style)):
        return False
    return get("role") != "tabpanel" and not (classes and _FOLD.search(classes))


def choose(body: Element, *, whole: bool = False) -> Content:
    """The document's root in a page (``body`` itself with ``whole``), with the parts inside it that are not the document."""
    mass = weigh(body)
    content = Content(body if whole else _root(body, mass), mass=mass)
    letters = mass[content.root].text or 1
    headings: list[Element] = []
    waiting: Element | None = None
    for el in content.root.iter():
        if el not in mass or el is content.root:
            continue
        if el.tag in HEADINGS:
            # A contents list between two headings of one rank takes the first along: "On this page".
            if waiting is not None and HEADINGS[str(el.tag)] <= HEADINGS[str(waiting.tag)]:
                content.aside.add(waiting)
            waiting = None
            headings.append(el)
        if _is_furniture(el, mass[el], letters):
            content.aside.add(el)
            if _links_here(el, mass[el]) and headings and _follows(el, headings[-1]):
                waiting = headings[-1]
    if waiting is not None and _is_last(waiting, content):
        content.aside.add(waiting)
    return content


def _is_last(heading: Element, content: Content) -> bool:
    """Whether nothing is printed after the heading but what is set aside."""
    at: Element | None = heading
    while at is not None and at is not content.root:
        for after in at.itersiblings():
            if after in content.mass and content.mass[after].text and after not in content.aside:
                return False
        at = at.getparent()
    return True


def _links_here(el: Element, mass: Mass) -> bool:
    """Whether the element is a list of links to places in the same page."""
    listed = el.tag in {"ul", "ol", "dl", "nav", "table"} or (el.tag == "p" and _in_run(el))
    return listed and mass.text > 0 and mass.fragment >= 0.8 * mass.text and len(el) > 0


def _in_run(el: Element) -> bool:
    """Whether the paragraph is one of three or more that follow each other and are each one link to the same page."""
    run = 1
    for step in (el.itersiblings(preceding=True), el.itersiblings()):
        for other in step:
            link = next(other.iter("a"), None) if other.tag == "p" else None
            if link is None or not _HERE.match(link.get("href") or "") or len(visible(link)) < 0.8 * len(visible(other)):
                break
            run += 1
            if run >= _RUN:
                return True
    return False


def _follows(el: Element, heading: Element) -> bool:
    """Whether nothing is printed between the heading and the element."""
    at: Element | None = el
    while at is not None:
        before = at.getprevious()
        while before is not None and before is not heading and not visible(before):
            before = before.getprevious()
        if before is not None:
            return before is heading or (heading in before.iter() and not _letters(before.tail) and visible(before) == visible(heading))
        at = at.getparent()
    return False


def visible(el: Element) -> str:
    """The element's words without white space; hidden parts included."""
    return "".join("".join(el.itertext()).split()) if isinstance(el.tag, str) and el.tag not in UNSEEN else ""


def weigh(body: Element) -> dict[Element, Mass]:
    """Characters of every printed element, by one pass from the leaves up."""
    order = []
    stack = [body]
    while stack:
        el = stack.pop()
        if not isinstance(el.tag, str) or el.tag in UNSEEN or hidden(el):
            continue
        order.append(el)
        stack.extend(el)
    mass = {el: Mass(_letters(el.text) + sum(_letters(child.tail) for child in el)) for el in order}
    for el in reversed(order):
        own = mass[el]
        if el.tag == "a" and el.get("href") is not None:
            own.linked = own.text
            own.fragment = own.text if _HERE.match(el.get("href", "")) else 0
        parent = el.getparent()
        if parent is not None and el is not body:
            above = mass[parent]
            above.text += own.text
            above.linked += own.linked
            above.fragment += own.fragment
    return mass


def _letters(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def _root(body: Element, mass: dict[Element, Mass]) -> Element:
    """``main`` where the page has one that holds its text, else the smallest element that holds most running text."""
    running = {el: m.text - m.linked for el, m in mass.items()}
    whole = running.get(body, 0)
    mains = [el for el in mass if el.tag == "main" or el.get("role") == "main"]
    for el in mains:
        if running[el] >= 0.5 * whole:
            return _with_title(el, body, mass)
    root = body
    while True:
        best = max((c for c in root if c in running and c.tag not in HEADINGS), key=running.__getitem__, default=None)
        if (
            best is None
            or best.tag in {"p", "table", "ul", "ol", "tbody", "dl", "li", "td", "tr", "pre"}
            or running[best] < 0.9 * running[root]
        ):
            return root
        # A heading beside the child belongs to the document: stop above it.
        if any(
            el.tag in HEADINGS
            for c in root
            if c is not best and c in mass and not _is_furniture(c, mass[c], whole or 1)
            for el in c.iter("h1", "h2")
        ):
            return root
        root = best


def _with_title(main: Element, body: Element, mass: dict[Element, Mass]) -> Element:
    """The main element, or one above it that holds the page's title beside it and little else."""
    if main is body or next(main.iter("h1"), None) is not None:
        return main
    for above in main.iterancestors():
        extra = mass[above].text - mass[main].text
        linked = mass[above].linked - mass[main].linked
        if extra > 0.25 * mass[main].text or linked > 0.5 * extra:
            return main
        title = next((h for h in above.iter("h1") if h in mass), None)
        if title is not None:
            return (
                above
                if not any(a.tag in {"nav", "header"} and next(a.iter("nav", "form"), None) is not None for a in title.iterancestors())
                else main
            )
        if above is body:
            break
    return main


def _is_furniture(el: Element, mass: Mass | None, whole: int) -> bool:
    if mass is None:
        return False
    tag = el.tag
    if tag in {"nav", "dialog", "button", "menu"} or el.get("role") in _SET_ASIDE_ROLES:
        return True
    names = f"{el.get('class', '')} {el.get('id', '')}".split()
    if any(_CONTENTS_CLASS.match(n) for n in names) or (el.get("id") or "").startswith("Table of Contents"):
        return True
    if tag == "div" and el.get("title") in {"header", "footer"}:
        return True
    if tag == "form":
        return mass.text < 0.05 * whole
    parent = el.getparent()
    if tag == "footer" and (parent is None or parent.tag not in {"blockquote", "figure"}):
        return mass.text < 0.05 * whole and next(el.iter("ol", "dl"), None) is None
    if mass.fragment and (len(el) >= _RUN or tag in {"p", "table"}) and _links_here(el, mass):
        return True
    if names and any(_FURNITURE.search(n) for n in names):
        return mass.text < 0.03 * whole or mass.linked >= 0.6 * mass.text
    return False
