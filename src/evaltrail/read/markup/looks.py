"""How an HTML element makes its words look: bold, italic, raised, boxed, filled."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.read.markup.draft import Look

_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_BOXES = frozenset({"blockquote", "aside", "fieldset"})
_BOX_CLASS = re.compile(
    r"(?:^|[-_])(?:well|panel|alert|callout|box|textbox|card|highlight|inset|notice|admonition|keyfinding|pullout|infobox|boxed)(?:$|[-_\d])",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"(?:^|;)\s*border(?:-(?:left|top|width|style))?\s*:\s*(?!\s*(?:none|0|hidden|inherit|initial))[^;]*(?:solid|double|dashed|dotted|groove|ridge|inset|outset)",
    re.IGNORECASE,
)
_FILL = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-f]{3,8}|rgba?\([^)]*\))", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*(#[0-9a-f]{3,8}|rgba?\([^)]*\))", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|normal|lighter|\d+)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*(\d{1,4}(?:\.\d{1,9})?)(pt|px)", re.IGNORECASE)


def look_of(el: Element, look: Look) -> Look:
    """The look inside the element, given the look around it."""
    tag = el.tag
    changes: dict[str, object] = {}
    if tag in _BOLD:
        changes["bold"] = True
    elif tag in _ITALIC:
        changes["italic"] = True
    elif tag == "sup":
        changes["raised"] = True
    elif tag in {"td", "p", "div"} and not look.raised and el.get("style") is None:
        return look
    style = el.get("style")
    if style:
        changes.update(styled(style))
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def styled(style: str) -> dict[str, object]:
    """Fields of a look that CSS declarations set."""
    out: dict[str, object] = {}
    if found := _WEIGHT.search(style):
        word = found.group(1).lower()
        out["bold"] = int(word) >= 600 if word.isdigit() else word.startswith("bold")
    if found := _SLANT.search(style):
        out["italic"] = found.group(1).lower() != "normal"
    if "vertical-align" in style and "super" in style:
        out["raised"] = True
    if found := _SIZE.search(style):
        out["size"] = round(float(found.group(1)) * (1 if found.group(2).lower() == "pt" else 0.75), 2)
    if found := _COLOUR.search(style):
        colour = colour_of(found.group(1))
        out["colour"] = None if colour == "#000000" else colour
    return out


def is_box(el: Element) -> bool:
    """Whether the element draws a frame or a panel around its words."""
    if el.tag in _BOXES:
        return True
    classes = el.get("class")
    if classes and any(_BOX_CLASS.search(c) for c in classes.split()):
        return True
    style = el.get("style") or ""
    return el.tag != "table" and (_BORDER.search(style) is not None or box_fill(el) not in {None, "#ffffff"})


def box_fill(el: Element) -> str | None:
    """Background of the element as '#rrggbb', None where it sets none."""
    style, own = el.get("style"), el.get("bgcolor")
    if not style and not own:
        return None
    found = _FILL.search(style or "")
    return colour_of(found.group(1) if found else own or "")


def colour_of(text: str) -> str | None:
    """'#rrggbb' of a CSS colour in hexadecimal or rgb(); None for anything else, and for a transparent one."""
    text = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3,4}", text):
        text = "#" + "".join(c * 2 for c in text[1:4])
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", text):
        return text[:7]
    numbers = re.findall(r"\d{1,5}(?:\.\d{1,9})?", text) if text.startswith("rgb") else []
    if len(numbers) < 3 or (len(numbers) > 3 and float(numbers[3]) == 0):
        return None
    return "#" + "".join(f"{min(255, int(float(n))):02x}" for n in numbers[:3])
