"""Faces of written papers: Source Serif and Source Sans as shipped, and for other scripts what the machine has.

The system's own font search is never asked, for its order differs from machine to machine.  The two faces come as
packages of files; for characters that they do not have, faces of Debian's Noto, DejaVu and Droid packages are looked
for at fixed paths, and only those that a paper needs are used.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SERIF = "Source Serif Pro"
SANS = "Source Sans Pro"
_PACKAGES = {SERIF: ("font_source_serif_pro", "SourceSerifPro"), SANS: ("font_source_sans_pro", "SourceSansPro")}
_CUTS = ("Regular", "Bold", "It", "BoldIt")
_OTHERS = (
    # Folder, pattern of names: in the order of preference, serif before sans.
    ("/usr/share/fonts/truetype/dejavu", "DejaVuSerif.ttf"),
    ("/usr/share/fonts/truetype/noto", "NotoNaskhArabic-Regular.ttf"),
    ("/usr/share/fonts/truetype/noto", "NotoSerif*-Regular.ttf"),
    ("/usr/share/fonts/opentype/noto", "NotoSerifCJK-Regular.ttc"),
    ("/usr/share/fonts/truetype/dejavu", "DejaVuSans.ttf"),
    ("/usr/share/fonts/truetype/noto", "NotoSans*-Regular.ttf"),
    ("/usr/share/fonts/opentype/noto", "NotoSansCJK-Regular.ttc"),
    ("/usr/share/fonts/truetype/droid", "DroidSansFallbackFull.ttf"),
)


def shipped() -> tuple[Path, ...]:
    """Files of the two faces, each in regular, bold, italics and both.

    Raises:
        ModuleNotFoundError: a package of them is not installed.
    """
    return tuple(_folder(package) / f"{stem}-{cut}.ttf" for package, stem in _PACKAGES.values() for cut in _CUTS)


def _folder(package: str) -> Path:
    # Found without importing it: the package lists its files on import.
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the faces of papers are missing: install {package.replace('_', '-')}")
    return Path(spec.origin).parent / "files"


@cache
def needed(characters: frozenset[str]) -> tuple[tuple[Path, ...], frozenset[str]]:
    """Files of further faces that hold what the shipped ones do not, and the characters that no face holds."""
    own = coverage(_folder("font_source_serif_pro") / "SourceSerifPro-Regular.ttf")
    sans = coverage(_folder("font_source_sans_pro") / "SourceSansPro-Regular.ttf")
    left = {c for c in characters if not (own.has(c) and sans.has(c))}
    without = {c for c in left if not (own.has(c) or sans.has(c))}
    found: list[Path] = []
    for path in _installed() if without else ():
        held = coverage(path)
        here = {c for c in without if held.has(c)}
        if here:
            found.append(path)
            without -= here
        if not without:
            break
    return tuple(found), frozenset(without)


@cache
def _installed() -> tuple[Path, ...]:
    return tuple(p for folder, pattern in _OTHERS for p in sorted(Path(folder).glob(pattern)))


class Coverage:
    """Characters of a face, as runs of code points."""

    def __init__(self, runs: Iterable[tuple[int, int]]) -> None:
        merged = sorted(runs)
        self._starts = [a for a, _ in merged]
        self._ends = [b for _, b in merged]

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        i = bisect_right(self._starts, ord(character)) - 1
        return i >= 0 and ord(character) <= self._ends[i]


@cache
def coverage(path: Path) -> Coverage:
    """Characters of a TrueType or OpenType file (of a collection's first face), from its table ``cmap`` (formats 4 and 12)."""
    data = path.read_bytes()
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    for i in range(struct.unpack_from(">H", data, start + 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * i)
        if tag == b"cmap":
            return Coverage(_cmap(data, offset))
    return Coverage(())


def _cmap(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    for i in range(struct.unpack_from(">H", data, at + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHI", data, at + 4 + 8 * i)
        form = struct.unpack_from(">H", data, at + offset)[0]
        if platform in (0, 3) and form == 4:
            yield from _segments(data, at + offset)
        elif platform in (0, 3) and form == 12:
            for k in range(struct.unpack_from(">I", data, at + offset + 12)[0]):
                first, last, _ = struct.unpack_from(">III", data, at + offset + 16 + 12 * k)
                yield first, last


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Runs of a format 4 table that have a glyph; a character that leads to glyph 0 has none."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    ranges_at = at + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    for k, (first, last, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        if first == 0xFFFF:
            continue
        if not shift:
            yield first, last
            continue
        for code in range(first, last + 1):
            glyph = struct.unpack_from(">H", data, ranges_at + 2 * k + shift + 2 * (code - first))[0]
            if glyph and (glyph + delta) & 0xFFFF:
                yield code, code


class Folder:
    """A folder that holds exactly the files given, for programs that take folders of faces; it goes when the process ends."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="evaltrail-faces-")
        self.path = self._kept.name
        for file in files:
            there = Path(self.path) / file.name
            try:
                there.symlink_to(file)
            except OSError:
                # Windows asks for a right to link.
                shutil.copyfile(file, there)


@cache
def folder(further: tuple[Path, ...] = ()) -> Folder:
    """A folder of the shipped faces and further ones, made once a process."""
    return Folder((*shipped(), *further))


def families(further: Iterable[Path]) -> tuple[str, ...]:
    """Names of the further faces' families, in order."""
    return tuple(dict.fromkeys(_family(p) for p in further))


@cache
def _family(path: Path) -> str:
    """The family's name (name 16, else 1) from the table ``name``, Windows platform, English."""
    data = path.read_bytes()
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    names: dict[int, str] = {}
    for i in range(struct.unpack_from(">H", data, start + 4)[0]):
        tag, _, at, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * i)
        if tag != b"name":
            continue
        count, strings = struct.unpack_from(">HH", data, at + 2)
        for k in range(count):
            platform, _, language, name, length, offset = struct.unpack_from(">6H", data, at + 6 + 12 * k)
            if platform == 3 and language == 0x409 and name in (1, 16):
                begin = at + strings + offset
                names[name] = data[begin : begin + length].decode("utf-16-be", "replace")
    return names.get(16) or names.get(1) or path.stem
