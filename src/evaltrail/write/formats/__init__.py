"""Formats that a paper is written in: a module each, found by scanning.

A module of a format has ``NAME`` (what ``--to`` takes), ``ENDINGS`` (of file names, with the dot), ``MEDIA_TYPE`` and
``written(order)``; with ``OF_RECORD = True`` it holds the record and no paper, so that the kind asked for means nothing to it.
A module whose name begins with an underscore holds what formats share.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.write.order import Order

__all__ = ["Format", "formats"]


class Format(Protocol):
    """A module of a format."""

    NAME: str
    ENDINGS: tuple[str, ...]
    MEDIA_TYPE: str

    def written(self, order: Order) -> bytes:
        """The whole file. The same order gives the same bytes.

        Raises ``Unwritable`` where the record has nothing that the format could hold.
        """
        ...


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    modules = [cast("Format", importlib.import_module(f"{__name__}.{n}")) for n in names]
    return {m.NAME: m for m in modules}
