"""How reports of checks are written: a module a format, found by scanning.

A module of a format has ``NAME`` (what ``--format`` takes), ``ENDING`` (of its files) and ``written(checked, style)``.
A module whose name begins with an underscore holds what formats share.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.check.report import Report
    from evaltrail.record import Record

__all__ = ["Checked", "Format", "Style", "formats"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper that was checked, with all that an output may show of it."""

    name: str
    """As shown to people."""
    record: Record
    report: Report
    source: bytes | None = None
    """The paper's bytes; None where only its record was given."""
    path: str | None = None
    """Where it lies, as it was given; None for standard input."""


@dataclass(frozen=True, slots=True)
class Style:
    """What an output looks like; data formats have no use for most of it."""

    width: int = 110
    """Columns of the terminal, or those that a file's lines are cut to."""
    colour: bool = False
    wrap: bool = False
    """Whether messages are broken into lines too: in a terminal they are, in a pipe each stays on its line for other programs."""
    confirmations: bool = False
    """Whether what was found to be right is listed too."""


class Format(Protocol):
    """A module of a format."""

    NAME: str
    ENDING: str

    def written(self, checked: Sequence[Checked], style: Style) -> str:
        """The reports as text that ends with a line end."""
        ...


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    modules = [cast("Format", importlib.import_module(f"{__name__}.{n}")) for n in names]
    return {m.NAME: m for m in modules}
