"""Print a PDF's outline: ``python -m evaltrail.read.layout.dump FILE [PAGES]`` (``3``, ``3-7`` or ``3,8``)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.read.formats import pdf

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from evaltrail.read.outline import Block


def main(arguments: list[str]) -> int:
    """Print the blocks of a file."""
    outline = pdf.outline(Path(arguments[0]).read_bytes())
    pages = _pages(arguments[1]) if len(arguments) > 1 else None
    say = sys.stdout.write
    say(f"title: {outline.title!r} symbol: {outline.symbol!r} language: {outline.language!r}\n")
    for block in [*outline.blocks, *outline.footnotes]:
        if pages is None or block.page in pages:
            for line in _lines(block, ""):
                say(f"{line}\n")
    for note in outline.diagnostics:
        say(f"! {note.code} {note.message}\n")
    return 0


def _pages(text: str) -> Container[int]:
    out: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        out.update(range(int(first), int(last or first) + 1))
    return out


def _lines(block: Block, indent: str) -> Iterator[str]:
    facts = [f"{block.size:g}"]
    if block.bold:
        facts.append("bold" if block.bold > 0.99 else "bold " + ",".join(repr(block.text[a:b]) for a, b in block.bold_spans[:4]))
    if block.italic > 0.99:
        facts.append("italic")
    facts += [f for f in (block.colour, f"box={block.box}" if block.box else None, block.fill) if f]
    if block.marks:
        facts.append(f"marks={block.marks}")
    name = f"{block.kind}{block.level or ''}{'#' + block.number if block.number else ''}"
    marker = f"[{block.marker.text}] " if block.marker else ""
    yield f"{indent}p{block.page} {name} ({'; '.join(facts)}) {marker}{block.text}"
    if block.table is not None:
        t = block.table
        yield f"{indent}  table {t.rows}x{t.columns} header_rows={t.header_rows} ruled={t.ruled}"
        for cell in t.cells:
            span = f"+{cell.row_span}x{cell.column_span}" if (cell.row_span, cell.column_span) != (1, 1) else ""
            yield f"{indent}  r{cell.row}c{cell.column}{span}{' H' if cell.header else ''}{' ' + cell.fill if cell.fill else ''}"
            for inner in cell.blocks:
                yield from _lines(inner, indent + "      ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
