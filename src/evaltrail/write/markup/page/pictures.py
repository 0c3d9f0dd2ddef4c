"""Drawings inside a page: part of it, named and described, and unable to do anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from evaltrail.write.markup.characters import escaped
from evaltrail.write.markup.drawings import SVG, parsed
from evaltrail.write.markup.elements import element

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.write.markup.names import Names
    from evaltrail.write.model import Picture

_INHERITED = ("viewBox", "fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "text-anchor", "preserveAspectRatio")
"""Attributes of the drawing's own element that say how its inside is drawn."""


def drawn(picture: Picture, names: Names) -> str:
    """The drawing as an element of the page; its description in words where its source cannot be read."""
    root = parsed(picture.svg)
    title, description = names.give("picture"), names.give("picture-text")
    if root is None:
        return f'<p class="small">{escaped(picture.title)}. {escaped(picture.description)}</p>'
    _renamed(root, names)
    for el in [c for c in root if c.tag in {f"{{{SVG}}}title", f"{{{SVG}}}desc"}]:
        root.remove(el)
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {picture.width:g} {picture.height:g}")
    inner = "".join(etree.tostring(c, encoding="unicode", with_tail=False) for c in root).replace(f' xmlns="{SVG}"', "")
    named = element("title", escaped(picture.title), id=title) + element("desc", escaped(picture.description), id=description)
    # Places inside are counted from the left, whatever way the page's own words run.
    kept = {name: root.get(name) for name in _INHERITED} | {"direction": root.get("direction") or "ltr"}
    size = {"width": f"{picture.width:g}pt", "height": f"{picture.height:g}pt"}
    return element("svg", named + inner, role="img", aria_labelledby=f"{title} {description}", **size, **kept)


def _renamed(root: Element, names: Names) -> None:
    """Names inside the drawing made unlike all others of the page."""
    new = {el.get("id"): names.give(f"picture-{el.get('id')}") for el in root.iter() if el.get("id")}
    if not new:
        return
    for el in root.iter():
        for name, value in list(el.attrib.items()):
            text = str(value)
            if name == "id":
                el.set(name, new[text])
            elif text.startswith("#") and text[1:] in new:
                el.set(name, f"#{new[text[1:]]}")
            elif text.startswith("url(#") and text[5:-1] in new:
                el.set(name, f"url(#{new[text[5:-1]]})")
