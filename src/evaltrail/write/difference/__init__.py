"""The difference of two versions of a paper, for people: text, HTML, DOCX; and as data.

A module a format, found by scanning; one whose name begins with an underscore holds what formats share.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.record import Comparison

__all__ = ["Form", "Showing", "forms", "written"]


@dataclass(frozen=True, slots=True)
class Showing:
    """How a difference is shown, beside what it says."""

    names: tuple[str, str] = ("", "")
    """What the two versions are called, their files' names; empty: by their symbols and dates."""
    running: bool = False
    """Whether changes of running text are shown one by one, and not only counted."""
    width: int = 110
    """Columns of a line of text."""
    wrap: bool = False
    """Whether lines of text are broken at the width."""
    colour: bool = False
    """Whether text is coloured for a terminal."""


class Form(Protocol):
    """A module of a format."""

    NAME: str
    ENDINGS: tuple[str, ...]

    def written(self, comparison: Comparison, showing: Showing) -> bytes:
        """The whole file. The same difference shown the same way gives the same bytes."""
        ...


@cache
def forms() -> Mapping[str, Form]:
    """All formats by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    modules = [cast("Form", importlib.import_module(f"{__name__}.{n}")) for n in names]
    return {m.NAME: m for m in modules}


def written(comparison: Comparison, to: str, showing: Showing | None = None) -> bytes:
    """A difference as bytes of a format: 'text', 'html', 'docx' or 'json'.

    Raises ``KeyError`` where there is no such format.
    """
    return forms()[to].written(comparison, showing or Showing())
