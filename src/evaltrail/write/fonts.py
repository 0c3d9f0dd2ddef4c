"""Faces of written papers: Source Serif and Source Sans as shipped, and for other scripts what the machine has.

The system's own font search is never asked, for its order differs from machine to machine.  The two faces come as
packages of files; for characters that they do not have, faces of Debian's Noto, DejaVu and Droid packages are looked
for at fixed paths, and only those that a paper needs are used.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    """Files of further faces, with their bold cuts, that hold what the shipped ones do not, and the characters that no face holds."""
    own = face(_folder("font_source_serif_pro") / "SourceSerifPro-Regular.ttf")
    sans = face(_folder("font_source_sans_pro") / "SourceSansPro-Regular.ttf")
    left = {c for c in characters if not (own.has(c) and sans.has(c))}
    without = {c for c in left if not (own.has(c) or sans.has(c))}
    found: list[Path] = []
    for path in _installed() if without else ():
        held = face(path)
        here = {c for c in without if held.has(c)}
        if here:
            bold = path.with_name(path.name.replace("-Regular", "-Bold") if "-Regular" in path.name else f"{path.stem}-Bold{path.suffix}")
            found.extend([path, bold] if bold.is_file() else [path])
            without -= here
        if not without:
            break
    return tuple(found), frozenset(without)


@cache
def _installed() -> tuple[Path, ...]:
    return tuple(p for folder, pattern in _OTHERS for p in sorted(Path(folder).glob(pattern)))


class Face:
    """What a TrueType or OpenType file (a collection's first face) says of itself: its characters, their widths, its family's name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._data = path.read_bytes()
        start = self._at(">I", 12)[0] if self._data[:4] == b"ttcf" else 0
        tables = (self._at(">4sIII", start + 12 + 16 * i) for i in range(self._at(">H", start + 4)[0]))
        self._tables = {tag: offset for tag, _, offset, _ in tables}
        runs = sorted(self._runs())
        self._starts = [r[0] for r in runs]
        self._ends = [r[1] for r in runs]
        self._glyphs = [r[2] for r in runs]

    def _at(self, form: str, offset: int) -> tuple[Any, ...]:
        return struct.unpack_from(form, self._data, offset)

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return self._glyph(ord(character)) > 0

    def _glyph(self, code: int) -> int:
        i = bisect_right(self._starts, code) - 1
        return self._glyphs[i] + code - self._starts[i] if i >= 0 and code <= self._ends[i] else 0

    def advance(self, character: str) -> float | None:
        """How far the character moves on, in ems (tables ``hmtx``, ``hhea`` and ``head``); None where the face does not have it."""
        glyph = self._glyph(ord(character))
        if not glyph:
            return None
        count = self._at(">H", self._tables[b"hhea"] + 34)[0]
        width: int = self._at(">H", self._tables[b"hmtx"] + 4 * min(glyph, count - 1))[0]
        em: int = self._at(">H", self._tables[b"head"] + 18)[0]
        return width / em

    @property
    def family(self) -> str:
        """The family's name: name 16, else 1, of the table ``name``, for Windows in English."""
        at = self._tables[b"name"]
        count, strings = self._at(">HH", at + 2)
        names: dict[int, str] = {}
        for k in range(count):
            platform, _, language, name, length, offset = self._at(">6H", at + 6 + 12 * k)
            if platform == 3 and language == 0x409 and name in (1, 16):
                begin = at + strings + offset
                names[name] = self._data[begin : begin + length].decode("utf-16-be", "replace")
        return names.get(16) or names.get(1) or self.path.stem

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        """First and last code point and first glyph of runs in the table ``cmap``, format 12 before 4."""
        at = self._tables.get(b"cmap")
        if at is None:
            return
        forms: dict[int, int] = {}
        for i in range(self._at(">H", at + 2)[0]):
            platform, _, offset = self._at(">HHI", at + 4 + 8 * i)
            if platform in (0, 3):
                forms.setdefault(self._at(">H", at + offset)[0], at + offset)
        if 12 in forms:
            for k in range(self._at(">I", forms[12] + 12)[0]):
                yield self._at(">III", forms[12] + 16 + 12 * k)
        elif 4 in forms:
            yield from self._segments(forms[4])

    def _segments(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Runs of a format 4 table; a character that leads to glyph 0 has none."""
        count = self._at(">H", at + 6)[0] // 2
        ends = self._at(f">{count}H", at + 14)
        starts = self._at(f">{count}H", at + 16 + 2 * count)
        deltas = self._at(f">{count}H", at + 16 + 4 * count)
        ranges_at = at + 16 + 6 * count
        ranges = self._at(f">{count}H", ranges_at)
        for k, (first, last, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
            if first == 0xFFFF:
                continue
            for code in range(first, last + 1):
                glyph = self._at(">H", ranges_at + 2 * k + shift + 2 * (code - first))[0] if shift else code
                if glyph and (glyph + delta) & 0xFFFF:
                    yield code, code, (glyph + delta) & 0xFFFF


@cache
def face(path: Path) -> Face:
    """A face, read once."""
    return Face(path)


JOINED = 0.66
"""Ems of a letter of Arabic or Hebrew: in words set in the bold cut of Noto Sans Arabic letters have 0.5 to 0.6 on average."""


def _guessed(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return 0.0
    return JOINED if unicodedata.bidirectional(character) in {"AL", "R"} else 1.0


class Widths(dict[str, float]):
    """Widths of characters in ems: the widest of the shipped faces' regular and bold cuts.

    Where none of them has it: nothing for a mark above or below a letter, ``JOINED`` for a letter from right to left, else an em.
    """

    def __missing__(self, character: str) -> float:
        found = (face(p).advance(character) for p in shipped() if p.stem.endswith(("Regular", "Bold")))
        self[character] = max((w for w in found if w is not None), default=_guessed(character))
        return self[character]


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
    return tuple(dict.fromkeys(face(p).family for p in further))
