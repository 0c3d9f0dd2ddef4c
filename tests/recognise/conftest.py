"""Small papers, written for a test line by line or as a page, and what was read from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import read
from evaltrail.read.outline import Block, Outline, OutlinePage, Piece, Text
from evaltrail.read.recognise.pipeline import recognise

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.record import Record

_LINE = re.compile(
    r"(?:\{(?P<box>\w+)\} )?(?P<deep>(?:  )*)"
    r"(?:(?P<heading>#{1,6}) |(?P<bullet>-) |(?P<item>\((?:[a-z]|[ivx]+|\d+)\)|\d{1,3}\)) "
    r"|(?P<paragraph>\d{1,3}\.|\d{1,2}\.\d{1,2}|[A-Z]{1,2}\d{1,2}\.) )?(?P<words>.*)"
)
_LOOK = re.compile(r"(\*\*|__)(.+?)\1")


def blocks(source: str) -> list[Block]:
    """One block a line.

    ``# `` to ``###### `` open a heading, ``- `` an item, ``(a) `` or ``3) `` an item with that marker, ``12. ``, ``5.1 ``
    or ``B2. `` a paragraph with it; two blanks in front set an item one level deeper. ``{k} `` puts the block into the
    frame k. ``**words**`` are bold, ``__words__`` slanted.
    """
    return _outline(source).blocks


def _outline(source: str) -> Outline:
    lines = [line for line in source.strip("\n").split("\n") if line.strip()]
    made: list[Block] = []
    page = ""
    for line in lines:
        block, page = _block(line, page)
        made.append(block)
    return Outline("text/plain", pages=[OutlinePage(1, text=page)], blocks=made)


def _block(line: str, page: str) -> tuple[Block, str]:
    m = _LINE.fullmatch(line)
    assert m is not None, line
    words, spans = _looks(m["words"])
    printed = m["item"] or m["paragraph"] or ("•" if m["bullet"] else "")
    marker = Text(printed, (Piece(0, 1, len(page), len(printed)),)) if printed else Text()
    page += f"{printed} " if printed else ""
    content = Text(words, (Piece(0, 1, len(page), len(words)),))
    page += words + "\n"
    item = bool(m["item"] or m["bullet"])
    made: dict[str, Any] = {}
    for look in ("bold", "italic"):
        made[f"{look}_spans"] = tuple(spans[look])
        made[look] = sum(b - a for a, b in spans[look]) / max(len(words), 1)
    kind = "heading" if m["heading"] else "item" if item else "paragraph"
    level = len(m["heading"] or "") or (1 + len(m["deep"]) // 2 if item else 0)
    return Block(kind, content, marker, level=level, box=m["box"], **made), page


def _looks(source: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    spans: dict[str, list[tuple[int, int]]] = {"bold": [], "italic": []}
    out = ""
    at = 0
    for m in _LOOK.finditer(source):
        out += source[at : m.start()]
        spans["bold" if m[1] == "**" else "italic"].append((len(out), len(out) + len(m[2])))
        out += m[2]
        at = m.end()
    return out + source[at:], spans


@dataclass(frozen=True)
class Reading:
    """A record, and short questions to it."""

    record: Record

    def all(self, kind: str, *, parts: bool = False) -> list[Any]:
        """Statements of a kind in order; ``parts`` of statements too."""
        found = [s for e in self.record.evaluations for s in e.statements]
        return [s for s in found if s.kind == kind and (parts or s.parent is None)]

    def texts(self, kind: str) -> list[str]:
        """Their words."""
        return [s.text for s in self.all(kind)]

    def openings(self, kind: str, words: int = 3) -> list[str]:
        """Their first words."""
        return [" ".join(t.split()[:words]) for t in self.texts(kind)]

    def numbers(self, kind: str) -> list[str | None]:
        """Their numbers."""
        return [s.number for s in self.all(kind)]

    def criteria(self, kind: str) -> list[tuple[str, ...]]:
        """Their criteria."""
        return [s.criteria for s in self.all(kind)]

    def kinds(self) -> dict[str, int]:
        """How many there are of each kind that there is."""
        found = [s.kind for e in self.record.evaluations for s in e.statements if s.parent is None]
        return {k: found.count(k) for k in sorted(set(found))}


@pytest.fixture(scope="session")
def lines() -> Callable[[str], Reading]:
    """A paper of one block a line, as ``blocks`` has it."""
    return lambda source: Reading(recognise(_outline(source)))


@pytest.fixture(scope="session")
def block_list() -> Callable[[str], list[Block]]:
    """The blocks alone."""
    return blocks


@pytest.fixture(scope="session")
def page() -> Callable[..., Reading]:
    """A web page with this body."""

    def read_page(body: str, language: str = "en") -> Reading:
        source = f"<!doctype html><html lang='{language}'><head><title>Test</title></head><body><main>{body}</main></body></html>"
        return Reading(read(source.encode(), name="paper.html"))

    return read_page


@pytest.fixture(scope="session")
def markdown() -> Callable[[str], Reading]:
    """A paper in Markdown."""
    return lambda source: Reading(read(source.encode(), name="paper.md"))


@pytest.fixture(scope="session")
def plain() -> Callable[[str], Reading]:
    """A paper in plain text."""
    return lambda source: Reading(read(source.encode(), name="paper.txt"))


@pytest.fixture
def filler() -> Callable[[int], str]:
    """Lines of text that state nothing, one paragraph a line."""

    def make(count: int) -> str:
        return "\n".join(_FILLER[n % len(_FILLER)] for n in range(count))

    return make


_FILLER = (
    "The harbour authority runs eleven ferries between the four islands, and most of them sail twice a day in summer.",
    "The team spoke with crews, passengers and shopkeepers on every island, and compared what they said with the log books.",
    "Two of the piers date from the last century, when stone was brought from the mainland by sailing boat.",
    "Tickets are sold on board, in two offices and since last year on a page of the authority as well.",
    "Winter storms close the northern route for about three weeks, and the mail then goes by way of the capital.",
)
