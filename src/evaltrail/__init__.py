"""Evaltrail: from evidence to action on one trail.

``read`` turns an evaluation paper into a record, ``check`` says what is wrong with one. Heavy modules are imported when
first used, so that ``import evaltrail`` stays fast and needs no optional part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaltrail.check import check
    from evaltrail.read import read

__all__ = ["__version__", "check", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "read":
        from evaltrail.read import read

        return read
    if name == "check":
        from evaltrail.check import check

        return check
    raise AttributeError(f"module 'evaltrail' has no attribute {name!r}")
