"""A site's own choices, read from the environment. A value that cannot be used is told with the setting's name."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class SettingFault(ValueError):
    """A setting cannot be used. ``str()`` is one line for people: the setting, what is wrong, what would do."""


def text(name: str, default: str = "") -> str:
    """A setting as it stands, without spaces around it; the default where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """Whether a setting is 1. Raises ``SettingFault`` for anything but 1, 0 or nothing."""
    return choice(name, ("0", "1"), "0") == "1"


def choice(name: str, choices: Collection[str], default: str) -> str:
    """A setting that is one of several words."""
    value = text(name, default)
    if value not in choices:
        raise SettingFault(f"{name} is {value!r}; it can be {' or '.join(choices)}")
    return value


def number(name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    """A setting that is a whole number."""
    value = text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingFault(f"{name} is {value!r}; it can be a whole number from {least} to {most}")
    return int(value)


def dotted(name: str, default: str) -> str:
    """A setting that names something in an installed module: ``package.module.Name``."""
    value = text(name, default)
    module, _dot, last = value.rpartition(".")
    try:
        found = bool(module) and last.isidentifier() and find_spec(module) is not None
    except (ImportError, ValueError):
        found = False
    if not found:
        raise SettingFault(f"{name} is {value!r}; it can be the dotted name of something that is installed: package.module.Name")
    return value


def all_or_none(*names: str) -> bool:
    """Whether all of several settings that need each other are there. Raises ``SettingFault`` where only some are."""
    there = [name for name in names if text(name)]
    if there and len(there) < len(names):
        lacking = ", ".join(name for name in names if name not in there)
        raise SettingFault(f"{there[0]} is set, and {lacking} is not; they are needed together")
    return bool(there)
