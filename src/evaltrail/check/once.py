"""What several rules ask of one paper, worked out once for as long as the paper is there."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.check.paper import Paper

P = ParamSpec("P")
T = TypeVar("T")


def once(work: Callable[Concatenate[Paper, P], T]) -> Callable[Concatenate[Paper, P], T]:
    """The function with its results kept by paper and further arguments, which must be hashable; nobody may change what it gives."""
    kept: WeakKeyDictionary[Paper, dict[Any, T]] = WeakKeyDictionary()

    @wraps(work)
    def found(paper: Paper, /, *args: P.args, **kwargs: P.kwargs) -> T:
        of_paper = kept.setdefault(paper, {})
        key = (args, tuple(kwargs.items()))
        if key not in of_paper:
            of_paper[key] = work(paper, *args, **kwargs)
        return of_paper[key]

    return found
