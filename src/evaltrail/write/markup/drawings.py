"""Drawings as elements that can do nothing but be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from evaltrail.write.markup.characters import data_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset(
    {"script", "foreignObject", "iframe", "handler", "style", "image", "animate", "set", "animateMotion", "animateTransform"}
)
"""Elements that could do something, ask for something, or change the page around the drawing."""


def parsed(svg: str) -> Element | None:
    """The drawing without what could do something, ask for something or be something else; None where the source is no drawing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data_of(svg), parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{{{SVG}}}svg":
        return None
    _made_harmless(root)
    return root


def _made_harmless(root: Element) -> None:
    for el in list(root.iter()):
        if not isinstance(el.tag, str) or etree.QName(el).localname in _ACTIVE or etree.QName(el).namespace != SVG:
            above = el.getparent()
            if above is not None:
                above.remove(el)
            continue
        for name, value in list(el.attrib.items()):
            local = etree.QName(name).localname
            if local.startswith("on") or etree.QName(name).namespace or (local == "href" and not str(value).startswith("#")):
                del el.attrib[name]
