"""Write: the paper from the record.

    record --papers/*--> Paper --formats/*--> DOCX, PDF, HTML; record --formats/*--> XLSX, CSV, XML, JSON

What is written is deterministic: the same record, kind and house give the same bytes, and the only date is the record's.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

    from evaltrail.record import Record
    from evaltrail.write.house import House

__all__ = ["Unwritable", "write", "written"]


def written(record: Record, to: str, *, kind: str | None = None, house: House | None = None) -> bytes:
    """A paper as bytes.

    Args:
        record: what the paper says.
        to: name of a format ('docx', 'pdf', 'html', 'xlsx', 'csv', 'xml', 'json').
        kind: name of a kind of paper ('governing-body', 'summary', …); None: the one that fits the record.
        house: the organisation's look and words; None: a plain one.

    Raises:
        Unwritable: there is no such format or kind, or the record lacks what it is made of.
    """
    from evaltrail.write.formats import formats
    from evaltrail.write.house import House as PlainHouse
    from evaltrail.write.order import Order, Unwritable

    form = formats().get(to)
    if form is None:
        raise Unwritable(f"there is no format {to!r}; there are {', '.join(formats())}")
    return form.written(Order(record, kind, house or PlainHouse()))


def write(record: Record, output: str | os.PathLike[str], *, kind: str | None = None, house: House | None = None) -> Path:
    """Write a paper to a file, whole or not at all; its ending tells the format. Arguments as of ``written``.

    Raises:
        Unwritable: as ``written``, or the ending belongs to no format.
        OSError: the file cannot be written.
    """
    from evaltrail.record import put_whole
    from evaltrail.write.formats import formats
    from evaltrail.write.order import Unwritable

    path = Path(output)
    name = next((n for n, f in formats().items() if path.suffix.lower() in f.ENDINGS), None)
    if name is None:
        endings = ", ".join(e for f in formats().values() for e in f.ENDINGS)
        raise Unwritable(f"{path.name} has no ending that says what to write; there are {endings}")
    put_whole(path, written(record, name, kind=kind, house=house))
    return path


def __getattr__(name: str) -> Any:
    if name == "Unwritable":
        from evaltrail.write.order import Unwritable

        return Unwritable
    raise AttributeError(f"module 'evaltrail.write' has no attribute {name!r}")


class _Callable(ModuleType):
    """The package is called as the function: ``from evaltrail import write`` gives either, as the import order has it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return write(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
