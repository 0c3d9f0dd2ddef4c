"""Read: from a paper to a record.

bytes --formats--> pages, lines, tables, drawings --layout--> outline --recognise--> record
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

    from evaltrail.read.batch import read_many
    from evaltrail.read.formats import Options
    from evaltrail.record import Record

__all__ = ["read", "read_many"]


def read(source: str | bytes | os.PathLike[str], *, options: Options | None = None, name: str | None = None) -> Record:
    """The record of one paper.

    Args:
        source: path of a file, or its bytes.
        options: what the reader may use; the defaults where not given.
        name: file name to show in messages, for bytes.

    Raises:
        evaltrail.read.formats.Unreadable: the file is no document that can be read; one line says why and what to do.
    """
    from evaltrail.read.formats import Options
    from evaltrail.read.recognise.pipeline import recognise
    from evaltrail.read.source import choose, open_source, refuse_hollow

    opened = open_source(source, name)
    module, diagnostics = choose(opened)
    outline = module.outline(opened.data, options or Options())
    refuse_hollow(outline)
    outline.diagnostics[:0] = diagnostics
    return recognise(outline, sha256=opened.sha256)


def __getattr__(name: str) -> Any:
    if name == "read_many":
        # Many files bring processes and threads along; one file read in this process needs none of it.
        from evaltrail.read.batch import read_many

        return read_many
    raise AttributeError(f"module 'evaltrail.read' has no attribute {name!r}")


class _Callable(ModuleType):
    """The package is called as the function: ``from evaltrail import read`` gives either, as the import order has it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return read(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
