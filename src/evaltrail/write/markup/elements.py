"""Elements as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.markup.characters import attribute

if TYPE_CHECKING:
    from collections.abc import Iterable


def element(tag: str, inner: str = "", /, **attributes: str | float | None) -> str:
    """An element around what is already mark-up. ``class_`` is written class, ``aria_label`` aria-label; None and "" are left out."""
    return f"<{tag}{said(**attributes)}>{inner}</{tag}>"


def block(tag: str, inner: str | Iterable[str] = "", /, **attributes: str | float | None) -> str:
    """As ``element``, its content on lines of its own."""
    lines = inner if isinstance(inner, str) else "\n".join(inner)
    return f"<{tag}{said(**attributes)}>\n{lines}\n</{tag}>" if lines else element(tag, **attributes)


def said(**attributes: str | float | None) -> str:
    """Attributes, each after a space; those without a value are left out."""
    return "".join(f' {_name(name)}="{attribute(str(value))}"' for name, value in attributes.items() if value not in {None, ""})


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
