"""Check: what is wrong with a paper, where, and why it matters.

record --> Paper (what rules ask for, worked out once) --rules--> messages --> Report --formats--> terminal, JSON, SARIF, HTML
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from evaltrail.check.run import check

__all__ = ["check"]


class _Callable(ModuleType):
    """The package is called as the function: ``from evaltrail import check`` gives either, as the import order has it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return check(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
