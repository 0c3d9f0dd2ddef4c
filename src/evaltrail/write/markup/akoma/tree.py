"""Elements of Akoma Ntoso, put together, and the names that the convention gives to their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from evaltrail.write.markup.characters import fit

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# Section 5.5 of the naming convention; an element that is not here goes by its own name.
_SHORT = {
    "blockList": "list",
    "listIntroduction": "intro",
    "paragraph": "para",
    "section": "sec",
    "subsection": "subsec",
    "level": "lvl",
}
_NUMBER = re.compile(r"[^0-9A-Za-z.-]+")


def root() -> Element:
    """The outermost element."""
    return etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})


def put(above: Element, tag: str, text: str = "", /, **attributes: str | int | None) -> Element:
    """A new last child. ``class_`` is written class; what is None is left out."""
    el = etree.SubElement(above, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        if value is not None:
            el.set(name.rstrip("_"), fit(str(value)))
    say(el, text)
    return el


def say(el: Element, text: str) -> None:
    """Words after what the element holds so far."""
    if not text:
        return
    text = fit(text)
    if len(el):
        el[-1].tail = (el[-1].tail or "") + text
    else:
        el.text = (el.text or "") + text


class Places:
    """The names of places (``eId``): that of the place around, two underscores, the element's short name, its number."""

    def __init__(self) -> None:
        """No name is given yet."""
        self._given: set[str] = set()
        self._counts: dict[tuple[str, str], int] = {}

    def name(self, tag: str, within: str = "", number: str = "") -> str:
        """The name of an element in the place ``within``: by its printed number where it has one, else by counting its like there."""
        short = _SHORT.get(tag, tag)
        prefix = f"{within}__" if within else ""
        clean = _NUMBER.sub("-", number).strip("-.")
        if clean:
            wish = f"{prefix}{short}_{clean}"
            name, n = wish, 1
            while name in self._given:
                n += 1
                name = f"{wish}_{n}"
        else:
            key = (prefix, short)
            while True:
                self._counts[key] = self._counts.get(key, 0) + 1
                name = f"{prefix}{short}_{self._counts[key]}"
                if name not in self._given:
                    break
        self._given.add(name)
        return name

    def only(self, tag: str, within: str) -> str:
        """The name of an element of which there is one in its place: its content, its introduction."""
        name = f"{within}__{_SHORT.get(tag, tag)}" if within else tag
        self._given.add(name)
        return name
