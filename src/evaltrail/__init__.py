"""Evaltrail: from evidence to action on one trail.

``read`` turns an evaluation paper into a record, ``check`` says what is wrong with one, ``write`` makes a
paper of it, ``diff`` says what changed between two. Heavy modules are imported when first used, so that
``import evaltrail`` stays fast and needs no optional part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaltrail.check import check
    from evaltrail.read import read
    from evaltrail.text.difference import diff
    from evaltrail.write import write

__all__ = ["__version__", "check", "diff", "read", "write"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "read":
        from evaltrail.read import read

        return read
    if name == "check":
        from evaltrail.check import check

        return check
    if name == "write":
        from evaltrail.write import write

        return write
    if name == "diff":
        from evaltrail.text.difference import diff

        return diff
    raise AttributeError(f"module 'evaltrail' has no attribute {name!r}")
