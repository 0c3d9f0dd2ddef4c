"""Plain text as a PDF tool prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaltrail.read.formats import Options, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.read.outline import Outline


@pytest.fixture(scope="session")
def outline() -> Callable[..., Outline]:
    """The outline of a text; form feeds part its pages."""
    return lambda source, **options: text.outline(source.encode() if isinstance(source, str) else source, Options(**options))


@pytest.fixture(scope="session")
def rows(outline) -> Callable[[str], list[tuple[str, str, str]]]:
    """Kind, marker and words of each block."""
    return lambda source: [(b.kind, b.marker.text, b.text) for b in outline(source).blocks]
