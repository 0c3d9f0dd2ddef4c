"""House templates: an organisation's own name, logo, colours, sizes and words, kept in a folder and not in code."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the first page."""

    data: bytes
    media_type: str
    """image/svg+xml, image/png or image/jpeg."""
    description: str
    width: float
    """Points on the page."""
    height: float
    """Points on the page."""


@dataclass(frozen=True, slots=True)
class House:
    """How an organisation's papers look and what they call things. The default is a plain house without a name."""

    name: str = "plain"
    organisation: str | None = None
    paper: str = "a4"
    """a4 or us-letter."""
    accent: str = "#123c60"
    """Colour of rules and boxes, '#rrggbb'; text never stands in it where it would be hard to read."""
    logo: Logo | None = None
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """Words that replace those of ``write/words``: language, then key."""
    texts: dict[str, str] = field(default_factory=dict)
    """Texts of the house's own by name: 'purpose', 'disclaimer' and so on."""
