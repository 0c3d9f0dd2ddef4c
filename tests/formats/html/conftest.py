"""Pages written in a test, read, and seen as short rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaltrail.read.formats import Options, html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evaltrail.read.outline import Block, Outline

Rows = list[tuple[str, str, str]]


def deep(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        if block.table is not None:
            for cell in block.table.cells:
                yield from deep(cell.blocks)


@pytest.fixture
def page() -> Callable[[str], Outline]:
    """Reads the body of a page."""

    def read(body: str, head: str = "") -> Outline:
        source = f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
        return html.outline(source.encode(), Options())

    return read


@pytest.fixture
def rows(page: Callable[[str], Outline]) -> Callable[[str], Rows]:
    """Kind with level, marker and words of each block of a page's body."""

    def read(body: str, head: str = "") -> Rows:
        return [(f"{b.kind}{b.level or ''}", b.marker.text, b.text) for b in page(body, head).blocks]  # type: ignore[call-arg]

    return read


def check(outline: Outline) -> None:
    text = outline.pages[0].text
    for block in deep([*outline.blocks, *outline.footnotes]):
        for words in (block.content, block.marker):
            for p in words.pieces:
                assert p.page == 1
                assert words.text[p.at : p.at + p.length] == text[p.start : p.start + p.length]
            covered = {i for p in words.pieces for i in range(p.at, p.at + p.length)}
            assert all(c.isspace() for i, c in enumerate(words.text) if i not in covered)


@pytest.fixture
def assert_true() -> Callable[[Outline], None]:
    """Every piece of every block stands in the page's text where it says, and every letter is in a piece."""
    return check


@pytest.fixture(scope="session")
def assert_true_of_any() -> Callable[[Outline], None]:
    """The same for a property test, which may not have a fixture for each example."""
    return check
