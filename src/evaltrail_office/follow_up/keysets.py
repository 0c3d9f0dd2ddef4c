"""Sets of keys, written small: half a million of them in some ten thousand bytes.

The office's keys are numbered (``A-000123``), so a set of them is a row of bits. Keys of another form are kept as they are.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMBERED = re.compile(r"([A-Z]+)-0*([1-9][0-9]{0,8})")
_DIGITS = {"A": 6, "R": 6, "E": 5}
_FAR = 10_000_000
"""Numbers from here on are kept as words: a row of bits is as long as its last number."""
_BITS = tuple(tuple(b for b in range(8) if byte >> b & 1) for byte in range(256))


@dataclass(slots=True)
class KeySet:
    """A set of keys."""

    bits: dict[str, int] = field(default_factory=dict)
    """By first letters of the key."""
    others: frozenset[str] = frozenset()

    @classmethod
    def of(cls, keys: Iterable[str]) -> KeySet:
        """Of these."""
        rows: dict[str, bytearray] = {}
        others = set()
        for key in keys:
            found = _NUMBERED.fullmatch(key)
            number = int(found[2]) if found else _FAR
            if found is None or number >= _FAR or _name(found[1], number) != key:
                others.add(key)
                continue
            row = rows.setdefault(found[1], bytearray())
            at = number >> 3
            if at >= len(row):
                row.extend(bytes(max(at + 1 - len(row), len(row))))
            row[at] |= 1 << (number & 7)
        return cls({letters: int.from_bytes(row, "little") for letters, row in rows.items()}, frozenset(others))

    def __len__(self) -> int:
        return sum(n.bit_count() for n in self.bits.values()) + len(self.others)

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        found = _NUMBERED.fullmatch(key)
        return key in self.others or (found is not None and bool(self.bits.get(found[1], 0) >> int(found[2]) & 1))

    def __iter__(self) -> Iterator[str]:
        yield from self.part(0, len(self))

    def __sub__(self, other: KeySet) -> KeySet:
        return KeySet({k: n & ~other.bits.get(k, 0) for k, n in self.bits.items()}, self.others - other.others)

    def __and__(self, other: KeySet) -> KeySet:
        return KeySet({k: n & other.bits.get(k, 0) for k, n in self.bits.items()}, self.others & other.others)

    def part(self, start: int, end: int) -> Iterator[str]:
        """Keys from one place to another, in their order."""
        at = 0
        for letters in sorted(self.bits):
            n = self.bits[letters]
            count = n.bit_count()
            if at + count > start and at < end:
                yield from _some(letters, n, max(0, start - at), end - at)
            at += count
        yield from sorted(self.others)[max(0, start - at) : max(0, end - at)]

    def plain(self) -> dict[str, object]:
        """As JSON holds it."""
        rows = {k: b64encode(n.to_bytes((n.bit_length() + 7) // 8, "little")).decode() for k, n in self.bits.items() if n}
        return {"bits": rows, "others": sorted(self.others)}

    @classmethod
    def read(cls, kept: dict[str, object]) -> KeySet:
        """From ``plain``."""
        bits, others = kept["bits"], kept["others"]
        assert isinstance(bits, dict)  # noqa: S101 - plain() wrote it
        assert isinstance(others, list)  # noqa: S101 - plain() wrote it
        return cls({k: int.from_bytes(b64decode(v), "little") for k, v in bits.items()}, frozenset(others))


def _name(letters: str, number: int) -> str:
    return f"{letters}-{number:0{_DIGITS.get(letters, 5)}}"


def _some(letters: str, n: int, start: int, end: int) -> Iterator[str]:
    at = 0
    for place, byte in enumerate(n.to_bytes((n.bit_length() + 7) // 8, "little")):
        if not byte:
            continue
        here = _BITS[byte]
        if at + len(here) > start:
            for b in here:
                if start <= at < end:
                    yield _name(letters, place * 8 + b)
                at += 1
        else:
            at += len(here)
        if at >= end:
            return


def packed(sets: dict[str, KeySet]) -> bytes:
    """Named sets as bytes."""
    return zlib.compress(json.dumps({name: one.plain() for name, one in sets.items()}).encode())


def unpacked(kept: bytes) -> dict[str, KeySet]:
    """From ``packed``; nothing of nothing."""
    return {name: KeySet.read(one) for name, one in json.loads(zlib.decompress(kept)).items()} if kept else {}
