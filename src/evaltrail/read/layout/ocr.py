"""OCR: pages that are pictures, read by tesseract where it is installed.

The page is rendered at 300 dpi and handed over as a grey image; the words come back with boxes in pixels, which become
layout coordinates.  ``OMP_THREAD_LIMIT=1`` because tesseract's own threads cost more than they bring.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.layout.model import Style, Word

if TYPE_CHECKING:
    import pypdfium2

    from evaltrail.read.layout.model import PageObjects

DPI = 300
TIMEOUT = 120
"""Seconds a page may take."""
MIN_CONFIDENCE = 35.0
PAPER = 0.45
"""Share of a page's pixels that are of the paper's shade on a scan; a photograph has less of any one shade."""
MAX_PIXELS = 40_000_000

_TESSERACT = {
    "en": "eng", "fr": "fra", "es": "spa", "pt": "por", "de": "deu", "it": "ita", "nl": "nld", "sv": "swe",
    "da": "dan", "no": "nor", "fi": "fin", "pl": "pol",
    "ru": "rus", "ar": "ara", "zh": "chi_sim", "ja": "jpn", "ro": "ron", "tr": "tur", "uk": "ukr",
}  # fmt: skip


@cache
def program() -> str | None:
    """Path of tesseract, or None."""
    return shutil.which("tesseract")


@cache
def installed() -> frozenset[str]:
    """Languages that tesseract has data for."""
    command = program()
    if command is None:
        return frozenset()
    try:
        answer = subprocess.run([command, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603  found on the path, fixed arguments
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.strip() for line in answer.stdout.splitlines()[1:] if line.strip())


def available() -> bool:
    """Whether pages can be read."""
    return program() is not None and bool(installed() - {"osd"})


def is_paper(page: pypdfium2.PdfPage) -> bool:
    """Whether a page that is a picture looks like a sheet with print on it and not like a photograph."""
    bitmap = page.render(scale=0.25, grayscale=True)
    try:
        data = bytes(bitmap.buffer)
        width, stride = bitmap.width, bitmap.stride
        counts = [0] * 16
        for y in range(bitmap.height):
            for value in data[y * stride : y * stride + width]:
                counts[value >> 4] += 1
    finally:
        bitmap.close()
    light = max(counts[i] + counts[i + 1] for i in range(10, 15))
    return light >= PAPER * sum(counts)


def read(page: pypdfium2.PdfPage, objects: PageObjects, languages: tuple[str, ...]) -> bool:
    """Put a picture page's words into ``objects``; False where tesseract failed."""
    command = program()
    if command is None:
        return False
    scale = DPI / 72
    width, height = page.get_size()
    while width * height * scale * scale > MAX_PIXELS:
        scale *= 0.75
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        stride, data = bitmap.stride, bytes(bitmap.buffer)
        rows = b"".join(data[y * stride : y * stride + bitmap.width] for y in range(bitmap.height)) if stride != bitmap.width else data
        image = b"P5\n%d %d\n255\n" % (bitmap.width, bitmap.height) + rows
    finally:
        bitmap.close()
    chosen = [_TESSERACT[c] for c in languages if c in _TESSERACT] or ["eng", "fra", "spa", "por"]
    chosen = [c for c in chosen if c in installed()] or sorted(installed() - {"osd"})[:1]
    mode = "1" if "osd" in installed() else "3"
    arguments = [command, "stdin", "stdout", "-l", "+".join(chosen), "--psm", mode, "--dpi", str(round(72 * scale)), "tsv"]
    try:
        answer = subprocess.run(  # noqa: S603  found on the path, arguments from fixed tables
            arguments, input=image, capture_output=True, timeout=TIMEOUT, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
        )
    except (OSError, subprocess.SubprocessError):
        return False
    if answer.returncode != 0:
        return False
    # The picture was rendered as the page is shown: layout coordinates turned by nothing but the page's own rotation.
    objects.frame.turn = page.get_rotation()
    objects.words = words_of(answer.stdout.decode("utf-8", "replace"), scale)
    objects.read_by_ocr = True
    return True


def words_of(tsv: str, scale: float) -> list[Word]:
    """Words of tesseract's table, pixels divided by ``scale``; a line's words share size and baseline."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip() or float(cells[10]) < MIN_CONFIDENCE:
            continue
        x, y, w, h = (int(c) / scale for c in cells[6:10])
        lines.setdefault(tuple(cells[1:5]), []).append((cells[11].strip(), x, y, x + w, y + h))
    styles: dict[float, Style] = {}
    out: list[Word] = []
    for found in lines.values():
        # Height of the line's tallest words, from descender to ascender, is about the font's size.
        heights = sorted(y1 - y0 for _, _, y0, _, y1 in found)
        size = round(2 * heights[int(0.75 * (len(heights) - 1))] / 0.95) / 2
        bottoms = sorted(y1 for *_, y1 in found)
        style = styles.setdefault(size, Style("ocr", size, bold=False, italic=False, colour=None))
        base = bottoms[0] if len(bottoms) < 3 else bottoms[len(bottoms) // 4]
        out.extend(Word(text, x0, y0, x1, y1, base, style, lead=x1) for text, x0, y0, x1, y1 in found)
    return out
