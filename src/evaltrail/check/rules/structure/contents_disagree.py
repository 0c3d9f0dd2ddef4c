"""The contents list does not agree with the report.

## What it does
Takes the lines of the contents list that end in a page number and looks for each title in the rest of the paper. One
message for titles that stand nowhere, one for page numbers that differ from the pages where the headings stand by more
than the others do. Where the format marks headings, a list without page numbers is held against them, and a heading that
stands twice on one level is reported. Says nothing where most lines cannot be found: then the list was not read well.

## Why it is bad
The list was made before the last changes. The reader who follows it looks in the wrong place, and wonders what was taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import alone, folded, pages_of
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._headings import against_headings
from evaltrail.check.rules.structure._words import known_headings, listed
from evaltrail.check.wording import plural, say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.pages import Pages
    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

RULE = Rule(code="STR018", severity="warning", sources=("consistency",), version=2, papers=REPORTS)

_LIST = "## Contents\n\nBackground .... 1\n\nFindings .... 2\n\n{} .... 3\n\nConclusions .... 4\n\nAnnexes .... 5\n\n"
_BODY = "## Background\n\nWells.\n\n## Findings\n\nHalf.\n\n## Use of water\n\nMuch.\n\n## Conclusions\n\nBad.\n\n## Annexes\n\nNone.\n"
_LISTE = "## Sommaire\n\nContexte .... 1\n\nConstats .... 2\n\n{} .... 3\n\nConclusions .... 4\n\nAnnexes .... 5\n\n"
_CORPS = "## Contexte\n\nPuits.\n\n## Constats\n\nUn.\n\n## Usages de l’eau\n\nDeux.\n\n## Conclusions\n\nOui.\n\n## Annexes\n\nRien.\n"
BAD = (
    f"# Evaluation of the water programme\n\n{_LIST.format('Governance of wells')}{_BODY}",
    f"# Évaluation du programme de l’eau\n\n{_LISTE.format('Gouvernance des puits')}{_CORPS}",
)
GOOD = (
    f"# Evaluation of the water programme\n\n{_LIST.format('Use of water')}{_BODY}",
    f"# Évaluation du programme de l’eau\n\n{_LISTE.format('Usages de l’eau')}{_CORPS}",
)

_ENTRY = re.compile(r"^[ \t]*(?P<title>\S.{2,140}?)(?:[ \t]*[.…·]{2,}[. …·\t]*|[ \t]+)(?P<page>\d{1,3})[ \t]*$")
_NUMBER = re.compile(r"^[\divxa-h]{1,4}(?:\.\d+)*[.)]?\s+")
_REST = re.compile(r"[\W_]+")
_ASCII_REST = bytes(i for i in range(128) if not chr(i).isalnum())
_IN_LINES = re.compile(r"(?:(?!\n)[\W_])+")
_LEAST = 5
"""Lines from which a contents list is looked at."""


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    page: int
    start: int
    end: int


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for titles that are nowhere, one for pages that are wrong, and one for a heading given twice."""
    if known_headings(paper):
        yield from against_headings(paper)
    pages = pages_of(paper)
    entries = _entries(paper, pages)
    if len(entries) < _LEAST:
        return
    behind = entries[-1].end
    # Most titles stand in a line of their own; the letters of the whole text are asked only about the others.
    text, own, origin = pages.titles
    lines = [text[a : b - 1] for a, b, o in zip(own, [*own[1:], len(text) + 1], origin, strict=True) if not entries[0].start <= o < behind]
    in_lines = _IN_LINES.sub("", "\n".join(lines).replace(" ", ""))
    lost = [e for e in entries if not _found(e, in_lines) and not _a_list(e)]
    renumbered: list[_Entry] = []
    if lost:
        body = _letters(pages.text[: entries[0].start]) + "\n" + _letters(pages.text[behind:])
        lost = [e for e in lost if not _found(e, body)]
        renumbered = [e for e in lost if _without_label(e) in body]
    if len(lost) * 3 > len(entries):
        return
    lost = [e for e in lost if e not in renumbered]
    if renumbered:
        first = renumbered[0]
        more = plural(len(renumbered) - 1, ", and {number} more", ", and {number} more") if len(renumbered) > 1 else ""
        place = pages.place(first.start, first.end)
        yield Message(
            say("The contents list gives “{title}” another number than the paper{more}.", title=_printed(pages, first), more=more), (place,)
        )
    if lost:
        first = lost[0]
        more = plural(len(lost) - 1, ", nor {number} other of its titles", ", nor {number} other of its titles") if len(lost) > 1 else ""
        related = tuple(Related(say("“{words}”", words=_printed(pages, e)), (pages.place(e.start, e.end),)) for e in lost[1:5])
        yield Message(
            say(
                "The contents list names “{title}”, which stands nowhere else in the paper{more}.", title=_printed(pages, first), more=more
            ),
            (pages.place(first.start, first.end),),
            related=related,
        )
    else:
        yield Message(
            say("All {number} titles of the contents list stand in the paper.", number=len(entries)),
            (pages.place(entries[0].start, entries[0].end),),
            right=True,
        )
    yield from _wrong_pages(paper, pages, entries)


def _entries(paper: Paper, pages: Pages) -> list[_Entry]:
    """The lines of the first contents list: below its heading, or where lines end in dots and a number."""
    heading = next(alone(paper, listed("contents", "names")), None)
    if heading is not None:
        at = pages.offset(heading)
    elif len(pages.leaders) >= _LEAST:
        at = max(0, pages.leaders[0][0] - 1)
    else:
        return []
    out: list[_Entry] = []
    missed = 0
    while missed < 6 and at < len(pages.text):
        start, end = pages.line(at)
        line = pages.text[start:end]
        at = end + 1
        m = _ENTRY.match(line)
        if m and any(c.isalpha() for c in m["title"]):
            out.append(_Entry(m["title"].rstrip(" .…·"), int(m["page"]), start, end))
            missed = 0
        elif line.strip():
            missed += 1
    ascending = sum(b.page >= a.page for a, b in pairwise(out))
    return out if out and ascending >= 0.7 * (len(out) - 1) else []


def _without_label(entry: _Entry) -> str:
    """The letters of a title without the label before it ("Annex 3.", "Figure 4."); what is in no text where it has none."""
    m = re.match(r"[a-z]+\.? (?:\d{1,3}|[ivx]{1,5}|[a-h])(?!\w)[.: ]*", entry.title)
    rest = _letters(entry.title[m.end() :]) if m else ""
    return rest if len(rest) >= 8 else "\n\n"


def _a_list(entry: _Entry) -> bool:
    """Whether it is the list of figures or the like, which stands beside the contents list."""
    return any(w in entry.title for w in _lists())


@cache
def _lists() -> tuple[str, ...]:
    return tuple(folded(w) for w in packs.merged("layout")["contents"]["headings"] if " " in w)


def _letters(text: str) -> str:
    # What is ASCII goes many times faster as bytes, and it is most of what goes.
    return _REST.sub("", text.encode().translate(None, _ASCII_REST).decode())


def _found(entry: _Entry, body: str) -> bool:
    """Whether the title's letters stand in the rest of the paper, its number left aside."""
    title = _letters(_NUMBER.sub("", entry.title))
    return len(title) < 6 or title in body or _letters(entry.title) in body


def _printed(pages: Pages, e: _Entry) -> str:
    words = " ".join(pages.printed(e.start, e.start + len(pages.text[e.start : e.end])).split())
    return re.sub(r"[\s.…·]*\d{1,3}$", "", words)[:80]


def _wrong_pages(paper: Paper, pages: Pages, entries: list[_Entry]) -> Iterator[Message]:
    if len(paper.record.pages) < 5:
        return
    last = pages.place(entries[-1].start, entries[-1].end).page
    at: dict[str, list[tuple[int, tuple[Place, ...]]]] = {}
    for s in paper.sections:
        if s.heading.page >= last and not s.heading.within & {"contents"}:
            at.setdefault(_letters(_NUMBER.sub("", folded(s.title))), []).append((s.heading.page, s.heading.places))
    shifts: list[tuple[int, _Entry, tuple[Place, ...]]] = []
    for e in entries:
        found = at.get(_letters(_NUMBER.sub("", e.title)), [])
        if len(found) == 1:
            shifts.append((found[0][0] - e.page, e, found[0][1]))
    if len(shifts) < _LEAST:
        return
    shifts = _longest_run(shifts)
    values = [s for s, _, _ in shifts]
    usual, times = Counter(values).most_common(1)[0]
    if times == len(values):
        place = pages.place(shifts[0][1].start, shifts[0][1].end)
        yield Message(
            plural(
                times,
                "The page numbers of the contents list are right ({number} looked at).",
                "The page numbers of the contents list are right ({number} looked at).",
            ),
            (place,),
            right=True,
        )
        return
    # Pages that were put in later push all that follows: then the beginning of the list is right and its end is not.
    if values == sorted(values):
        usual = values[0]
    base = next(e for s, e, _ in shifts if s == usual)
    wrong = [(s, e, p) for s, e, p in shifts if s != usual and e.page >= base.page]
    if len(wrong) < 2 and not any(abs(s - usual) > 1 for s, _, _ in wrong):
        return
    shift, e, places = max(wrong, key=lambda w: abs(w[0] - usual))
    listed_, real = e.page - base.page, e.page - base.page + shift - usual
    yield Message(
        say(
            "From “{first}” to “{last}” the contents list counts {listed} pages, the paper {real}.",
            first=_printed(pages, base),
            last=_printed(pages, e),
            listed=listed_,
            real=real,
        ),
        (pages.place(e.start, e.end),),
        related=(Related(say("where it stands"), places),),
    )


def _longest_run(shifts: list[tuple[int, _Entry, tuple[Place, ...]]]) -> list[tuple[int, _Entry, tuple[Place, ...]]]:
    """The longest run of entries whose pages go up: where they fall, the pages are numbered anew."""
    runs = [[shifts[0]]]
    for a, b in pairwise(shifts):
        if b[1].page < a[1].page:
            runs.append([])
        runs[-1].append(b)
    return max(runs, key=len)
