"""Tagged: what a PDF's structure says of a page: which of its content is drawn as a figure."""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import TYPE_CHECKING

from evaltrail.read.layout import pdfium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.model import Drawing, Word

FIGURE = "Figure"
"""The structure type of pictures and charts (ISO 32000-1, 14.8.4.5)."""
MIN_DRAWN = 3
"""Bars, lines and curves below which there is no chart that could be taken for a table."""
MAX_ELEMENTS = 20_000
"""A page; a structure that goes on longer is damaged."""


class Structure:
    """Reads the structure of pages; keeps its buffer between them."""

    def __init__(self) -> None:
        self._name = ctypes.create_string_buffer(2 * len(FIGURE) + 2)
        self._left = 0

    def mark(self, page: int, words: Sequence[Word], handles: Sequence[int], drawings: Sequence[Drawing]) -> None:
        """Note on words (of the text objects ``handles``) and drawings of an open page which of them are a figure's."""
        content = pdfium.object_content
        inked = {d.handle: content(d.handle) for d in drawings if not d.image}
        found = Counter(inked.values())
        # Rules of tables mostly belong to no marked content. The structure is asked only where several drawings share one.
        if not any(n >= MIN_DRAWN for i, n in found.items() if i >= 0):
            return
        lettered = {h: content(h) for h in set(handles)}
        figures = {i for i in lettered.values() if i >= 0 and found[i] >= MIN_DRAWN}
        if figures:
            figures &= self.figures(page)
        if not figures:
            return
        for d in drawings:
            d.drawn = inked.get(d.handle, -1) in figures
        for w, h in zip(words, handles, strict=True):
            w.drawn = lettered[h] in figures

    def figures(self, page: int) -> set[int]:
        """Identifiers of the page's marked content that figures hold."""
        tree = pdfium.structure(page)
        if not tree:
            return set()
        out: set[int] = set()
        self._left = MAX_ELEMENTS
        try:
            for i in range(pdfium.structure_roots(tree)):
                self._walk(pdfium.structure_root(tree, i), out, inside=False)
        finally:
            pdfium.structure_close(tree)
        return out

    def _walk(self, root: int | None, out: set[int], *, inside: bool) -> None:
        todo = [(root, inside)]
        while todo and self._left > 0:
            element, within = todo.pop()
            if not element:
                continue
            self._left -= 1
            within = within or self._is_figure(element)
            if within:
                held = (pdfium.element_content(element, i) for i in range(pdfium.element_contents(element)))
                out.update(i for i in held if i >= 0)
            todo.extend((pdfium.element_child(element, i), within) for i in range(pdfium.element_children(element)))

    def _is_figure(self, element: int) -> bool:
        # A longer name is told by its length and not written.
        size = len(self._name)
        said = pdfium.element_type(element, ctypes.addressof(self._name), size)
        return bool(said == size and self._name.raw[: size - 2].decode("utf-16-le", "replace") == FIGURE)
