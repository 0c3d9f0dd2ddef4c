"""Formats: one module a format, found by scanning this folder.

A format module has

``MEDIA_TYPE``  its media type,
``SUFFIXES``    file name endings, lower case, with the dot,
``sniff(head, size)``  whether bytes (the first 4096, and the file's size) look like this format,
``outline(data, options)``  bytes to an :class:`~evaltrail.read.outline.Outline`; raises :class:`Unreadable`.

Heavy libraries are imported inside ``outline``, never at the top of the module.
A format may set ``PRIORITY`` (higher is asked first, default 0; plain text has the lowest).
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


class Unreadable(Exception):
    """A file that cannot be read. ``str()`` is one line that names the cause and the remedy, without the file's name.

    ``code`` is a stable word: ``encrypted``, ``truncated``, ``no-text``, ``not-a-document``, ``empty``, ``directory``,
    ``missing``, ``too-large``, ``timeout``, ``memory``, ``unknown-format``, ``bad-format``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader may use."""

    ocr: bool = True
    """Read scanned pages with tesseract where it is installed."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes to prefer (for OCR); empty: all that have a pack."""
    max_pages: int | None = None
    """Read only the first pages; the rest is named in a diagnostic."""
    max_expanded: int = 1 << 30
    """Bytes that a compressed container may expand to before it is refused."""


@cache
def formats() -> tuple[ModuleType, ...]:
    """All format modules, highest priority first."""
    found: list[Any] = [
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")
    ]
    return tuple(sorted(found, key=lambda m: (-getattr(m, "PRIORITY", 0), m.__name__)))
