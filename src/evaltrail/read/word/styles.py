"""Styles: what a paragraph and its characters look like once inheritance is followed (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, TypeVar

from evaltrail.read.word.package import W, local, number, on, val

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"heading\s*([1-9])$")
_SIDES = ("top", "left", "bottom", "right", "start", "end")


_Look = TypeVar("_Look", "CharacterLook", "ParagraphLook")


@dataclass(frozen=True, slots=True)
class CharacterLook:
    """Character properties; None where a level says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    size: float | None = None
    """Points."""
    colour: str | None = None
    """'#rrggbb', "" for automatic."""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Paragraph properties; None where a level says nothing."""

    outline: int | None = None
    """Outline level from 0; 9 is body text."""
    number: int | None = None
    """Id of its numbering; 0 takes it away."""
    level: int | None = None
    """Level of its numbering, from 0."""
    indent: float | None = None
    """Points from the column's left edge."""
    fill: str | None = None
    framed: bool | None = None
    """Borders on three sides or more, or a bar at its left."""


def over(look: _Look, base: _Look) -> _Look:
    """The look where it says something, else the base's."""
    said = {f.name: value for f in fields(look) if (value := getattr(look, f.name)) is not None}
    return replace(base, **said) if said else base


@dataclass(frozen=True, slots=True)
class Style:
    """One style with its inheritance followed."""

    id: str
    name: str
    """Built-in styles have their English names in every language of Word, lower case here."""
    kind: str = "paragraph"
    character: CharacterLook = field(default_factory=CharacterLook)
    paragraph: ParagraphLook = field(default_factory=ParagraphLook)
    chain: tuple[str, ...] = ()
    """Ids of the style and of those it is based on, nearest first."""
    first_row: bool = False
    """A table style that makes the first row look like a heading."""

    @property
    def heading(self) -> int:
        """Heading level from 1 by the built-in name, 0 for none."""
        found = _HEADING.match(self.name)
        return int(found.group(1)) if found else 0


NO_STYLE = Style("", "normal")


class Styles:
    """All styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """Read ``styles.xml``."""
        self._elements: dict[str, Element] = {}
        self._styles: dict[str, Style] = {}
        self.default_character = CharacterLook()
        self._default: dict[str, str] = {}
        if root is None:
            return
        self.default_character = character_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for el in root.iterfind(f"{W}style"):
            key = val(el, "styleId") or ""
            self._elements[key] = el
            if val(el, "default") in {"1", "true", "on"}:
                self._default[val(el, "type") or "paragraph"] = key

    def get(self, key: str | None, kind: str = "paragraph") -> Style:
        """The style with the id, or the default one of the kind."""
        if key is None or key not in self._elements:
            key = self._default.get(kind)
            if key is None:
                return NO_STYLE
        if key not in self._styles:
            self._styles[key] = self._resolve(key)
        return self._styles[key]

    def _resolve(self, key: str) -> Style:
        chain: list[Element] = []
        seen: set[str] = set()
        at: str | None = key
        while at is not None and at in self._elements and at not in seen:
            seen.add(at)
            chain.append(self._elements[at])
            at = val(self._elements[at].find(f"{W}basedOn"))
        character, paragraph = CharacterLook(), ParagraphLook()
        first_row = False
        for el in reversed(chain):
            character = over(character_look(el.find(f"{W}rPr")), character)
            paragraph = over(paragraph_look(el.find(f"{W}pPr")), paragraph)
            first_row = first_row or _marks_first_row(el)
        el = chain[0]
        name = " ".join((val(el.find(f"{W}name")) or key).lower().split())
        return Style(
            key, name, val(el, "type") or "paragraph", character, paragraph, tuple(val(e, "styleId") or "" for e in chain), first_row
        )


def _marks_first_row(style: Element) -> bool:
    for part in style.iterfind(f"{W}tblStylePr"):
        if val(part, "type") == "firstRow" and (on(part.find(f"{W}rPr/{W}b")) or _fill(part.find(f"{W}tcPr/{W}shd"))):
            return True
    return False


def character_look(props: Element | None) -> CharacterLook:
    """Properties of an ``rPr`` as they stand."""
    if props is None:
        return CharacterLook()
    found: dict[str, Element] = {local(el): el for el in props}
    size = number(val(found.get("sz")))
    colour = val(found.get("color"))
    align = val(found.get("vertAlign"))
    lang = val(found.get("lang"))
    return CharacterLook(
        on(found.get("b")),
        on(found.get("i")),
        on(found.get("vanish")),
        None if align is None else align == "superscript",
        None if size is None else size / 2,
        None if colour is None else _hex(colour) or "",
        lang,
    )


def paragraph_look(props: Element | None) -> ParagraphLook:
    """Properties of a ``pPr`` as they stand."""
    if props is None:
        return ParagraphLook()
    numbering = props.find(f"{W}numPr")
    outline = number(val(props.find(f"{W}outlineLvl")))
    indent = props.find(f"{W}ind")
    left = number(val(indent, "left") or val(indent, "start"))
    borders = props.find(f"{W}pBdr")
    return ParagraphLook(
        outline,
        None if numbering is None else number(val(numbering.find(f"{W}numId"))),
        None if numbering is None else number(val(numbering.find(f"{W}ilvl"))),
        None if left is None else left / 20,
        _fill(props.find(f"{W}shd")),
        None if borders is None else _framed(borders),
    )


def _framed(borders: Element) -> bool:
    drawn = {local(el) for el in borders if local(el) in _SIDES and (val(el) or "none") not in {"none", "nil"}}
    return len(drawn) >= 3 or drawn in ({"left"}, {"start"})


def _fill(shading: Element | None) -> str | None:
    """Background as '#rrggbb', "" where it is taken away, None where nothing is said."""
    if shading is None:
        return None
    return _hex(val(shading, "fill") or "") or ""


def fill_of(shading: Element | None) -> str | None:
    """Background as '#rrggbb' or None."""
    return _fill(shading) or None


def _hex(text: str) -> str | None:
    text = text.strip().lower()
    if re.fullmatch(r"[0-9a-f]{6}", text) and text != "ffffff":
        return f"#{text}"
    return None


def combined(styles: Styles, paragraph: Style, character: Style | None, direct: CharacterLook) -> CharacterLook:
    """Look of a run: defaults, then paragraph and character style, then its own properties.

    Bold, italic and hidden are toggles between styles: set by both, they cancel (17.7.3).
    """
    base = over(paragraph.character, styles.default_character)
    if character is not None:
        own = character.character
        mixed = over(own, base)
        base = replace(
            mixed,
            bold=bool(own.bold) ^ bool(paragraph.character.bold) or bool(styles.default_character.bold),
            italic=bool(own.italic) ^ bool(paragraph.character.italic) or bool(styles.default_character.italic),
            hidden=bool(own.hidden) ^ bool(paragraph.character.hidden),
        )
    return over(direct, base)
