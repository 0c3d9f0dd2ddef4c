"""How a quality sheet is written, and how judgements come back: one module a format, found by the ending of the file's name."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.check.profile import Refused

if TYPE_CHECKING:
    from types import ModuleType

    from evaltrail.check.score import Judgements
    from evaltrail.check.sheet import Sheet


def endings() -> tuple[str, ...]:
    """Endings of the files that a sheet can be written to, such as .docx."""
    return tuple(f".{m.name}" for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def writable(path: str | Path) -> None:
    """Make sure, before a paper is read for a minute, that a sheet can be written to a file of this name. Raises ``Refused``."""
    _of(path, "a sheet is written to")


def written(sheet: Sheet, path: str | Path) -> bytes:
    """The sheet as bytes, in the format that the ending of ``path`` names; the same sheet gives the same bytes.

    Raises:
        Refused: the ending is not known.
    """
    data: bytes = _of(path, "a sheet is written to").write(sheet)
    return data


def judgements(path: str | Path) -> Judgements:
    """What people judged in a sheet that was filled in.

    Raises:
        Refused: the file cannot be read, is no sheet, or has an ending from which judgements do not come back.
    """
    name = str(path)
    module = _of(path, "judgements come back from", "read")
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as e:
        raise Refused(f"{name}: the judgements cannot be read ({getattr(e, 'strerror', None) or e})") from None
    try:
        found: Judgements = module.read(data)
    except NotASheet as e:
        raise Refused(f"{name}: {e}. Give a sheet that was made with evaltrail check --sheet and filled in") from None
    return found.model_copy(update={"name": name})


class NotASheet(Exception):
    """A file holds no sheet. ``str()`` says why in a few words."""


def _of(path: str | Path, what: str, verb: str = "write") -> ModuleType:
    ending = Path(path).suffix.lower()
    able = {e: m for e in endings() if hasattr(m := importlib.import_module(f"{__name__}{e}"), verb)}
    if ending not in able:
        known = ", ".join(able)
        raise Refused(f"{path}: {what} a file that ends in {known}" + (f", not {ending}" if ending else ""))
    return able[ending]
