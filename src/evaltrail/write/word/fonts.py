"""The faces of written papers, put into the file so that every machine sets it alike (ECMA-376 part 1, 17.8; part 4, 17.8.1).

They are under the Open Font License, which allows this, and their files allow embedding (``fsType`` 0).  Only the faces that
the paper uses are put in: about 100 kB each.
"""

from __future__ import annotations

import uuid
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.write.word.styles import SANS, SERIF
from evaltrail.write.word.xml import part, w

if TYPE_CHECKING:
    from evaltrail.write.word.package import Package

_FACES = {"embedRegular": "Regular", "embedBold": "Bold", "embedItalic": "It", "embedBoldItalic": "BoldIt"}
_HIDDEN = 32
"""Bytes at the beginning of a face that are mixed with its key."""


def add_fonts(package: Package, *, italic: bool) -> None:
    """Put in ``fontTable.xml`` and the faces; ``italic`` where the paper has words in italics."""
    families = ((SERIF, "Cambria, Georgia, Caladea", "roman"), (SANS, "Calibri, Arial, Carlito", "swiss"))
    fonts = []
    for name, instead, family in families:
        embedded = ""
        for element, face in _FACES.items():
            if "It" in face and not (italic and name == SERIF):
                continue
            data, key = _obfuscated(name, face)
            target = f"fonts/{name.replace(' ', '')}-{face}.odttf"
            package.parts[f"word/{target}"] = data
            embedded += f'<w:{element} r:id="{package.of("fontTable.xml").add("font", target)}" w:fontKey="{{{key}}}"/>'
        fonts.append(
            w(
                "font",
                w("altName", val=instead),
                w("charset", val="00"),
                w("family", val=family),
                w("pitch", val="variable"),
                embedded,
                name=name,
            )
        )
    package.parts["word/fontTable.xml"] = part("fonts", *fonts)


@cache
def _obfuscated(name: str, face: str) -> tuple[bytes, str]:
    """A face's file as Word keeps it, and the key that its first bytes are mixed with."""
    from pathlib import Path

    import font_source_sans_pro
    import font_source_serif_pro

    folder = Path((font_source_serif_pro if name == SERIF else font_source_sans_pro).font_directory)
    data = (folder / f"{name.replace(' ', '')}-{face}.ttf").read_bytes()
    key = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name} {face}")).upper()
    mixed = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data, mixed, strict=False)) + data[_HIDDEN:], key
