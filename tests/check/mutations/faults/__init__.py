"""Faults to plant, found by scanning: a module a family, a function a fault.

A function takes a draft and a source of chance, changes the draft in place and returns what it did in a few words.
It raises :class:`NotHere` where the draft has nothing to spoil.  What counts as a fault is told by the norm alone.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from recall_mutations.draft import Draft


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    """Code of the rule that is to find it."""
    name: str
    """What is planted, in words."""
    plant: Callable[[Draft, Random], str]
    maker: str
    """Which clean paper it is planted in: a function of ``clean``."""


_FOUND: list[Fault] = []


def plants(code: str, name: str, *, into: str = "report") -> Callable[[Callable[[Draft, Random], str]], Callable[[Draft, Random], str]]:
    """Make a function a fault that the rule of the code is to find."""

    def register(plant: Callable[[Draft, Random], str]) -> Callable[[Draft, Random], str]:
        _FOUND.append(Fault(code, name, plant, into))
        return plant

    return register


def all_faults() -> tuple[Fault, ...]:
    """Every fault, in order of code."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(sorted(_FOUND, key=lambda f: (f.code, f.name)))
