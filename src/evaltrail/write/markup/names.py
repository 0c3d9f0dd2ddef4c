"""Names of places in a file: what a link leads to. Each is given once."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


class Names:
    """Names given out so far."""

    def __init__(self) -> None:
        """No name is taken."""
        self._given: set[str] = set()

    def give(self, wish: str) -> str:
        """A name as near to the wish as may be: letters, digits, '.', '_' and '-', begun by a letter, and not given before."""
        base = _UNSAFE.sub("-", wish).strip("-.") or "part"
        if not base[0].isalpha():
            base = f"p-{base}"
        name, n = base, 1
        while name in self._given:
            n += 1
            name = f"{base}-{n}"
        self._given.add(name)
        return name
