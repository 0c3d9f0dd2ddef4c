"""The contents list and the headings of a format that marks headings: there the two can be held against each other title by title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.check.mention import quoted
from evaltrail.check.pages import folded
from evaltrail.check.rule import Message, Related
from evaltrail.check.rules.structure._words import listed
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper, Section
    from evaltrail.check.unit import Unit

_LEAST = 5
"""Lines from which a contents list is looked at."""
_APART = re.compile(r"[\W_]+")
_PAGE = re.compile(r"[\s.…·]*\d{1,3}\s*$")


def against_headings(paper: Paper) -> Iterator[Message]:
    """A message for the titles of an unpaged contents list that no heading has, and one for a heading given twice."""
    yield from _lost(paper)
    yield from _twice(paper)


def _lost(paper: Paper) -> Iterator[Message]:
    lines = _lines(paper)
    titles = {_plain(s.title) for s in paper.sections} | {_plain(f"{s.heading.marker} {s.title}") for s in paper.sections}
    lost = [u for u in lines if not {_plain(u.text), _plain(f"{u.marker} {u.text}")} & titles]
    if len(lines) < _LEAST or not lost or len(lost) * 3 > len(lines):
        return
    more = plural(len(lost) - 1, ", nor {number} other of its titles", ", nor {number} other of its titles") if len(lost) > 1 else ""
    related = tuple(Related(quoted(u.text), u.places) for u in lost[1:5])
    yield Message(
        say("The contents list names {words}, which no heading has{more}.", words=quoted(lost[0].text), more=more),
        lost[0].places,
        related=related,
    )


def _lines(paper: Paper) -> list[Unit]:
    """The lines of the contents list without page numbers; with them the words on the pages are compared."""
    names = {_plain(n) for n in listed("contents", "names")}
    found = next((s for s in paper.sections if _plain(s.title) in names), None)
    under = () if found is None else paper.under(found)
    return [] if any(_PAGE.search(u.text) for u in under[:3]) else [u for u in under if u.kind in ("item", "paragraph")]


def _twice(paper: Paper) -> Iterator[Message]:
    """The first heading that another of its level, under the same heading, repeats."""
    seen: dict[tuple[int, int, str], Section] = {}
    for s in paper.sections:
        if s.heading.kind != "heading" or s.level < 1 or "annex" in s.heading.within:
            continue
        key = (s.level, -1 if s.parent is None else s.parent.first, _plain(s.title))
        first = seen.setdefault(key, s)
        if first is not s:
            related = (Related(say("the first of them"), first.heading.places),)
            yield Message(
                say("Two headings of one level are both called {words}.", words=quoted(s.title)), s.heading.places, related=related
            )
            return


def _plain(text: str) -> str:
    return _APART.sub("", folded(text))
