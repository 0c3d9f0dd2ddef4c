"""The search page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from evaltrail_office.shelf.pictures import PDF, WIDTHS, picture_url
from evaltrail_office.shelf.places import Rectangle
from evaltrail_office.shelf.search import PASSAGE, Hit, Hits, search

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20
LAST = 40
"""The last page that can be asked for: beyond it, other words find more than leafing does."""
WORD = 3
"""Letters that a word of a label has at least."""
AIR = 3.0
"""Per cent of a page's width between words and the mark round them on its small picture."""
LEAST = 6.0
"""Per cent of a page's height that such a mark has at least."""
AROUND = 320
"""Code points shown of a long passage, around what was found."""
KINDS = {
    "finding": gettext_lazy("Finding"),
    "conclusion": gettext_lazy("Conclusion"),
    "recommendation": gettext_lazy("Recommendation"),
    "response": gettext_lazy("Response"),
    "lesson": gettext_lazy("Lesson"),
    "good_practice": gettext_lazy("Good practice"),
    PASSAGE: gettext_lazy("Paragraph"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a hit, looked for or not."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it."""

    hit: Hit
    name: str
    address: str
    """Of the statement; of a passage its page in the document."""
    pieces: tuple[Piece, ...]
    picture: str
    """Address of a small picture of its page; empty where the paper has none."""
    mark: Rectangle | None
    """Round its place on that picture; a single line would not be seen there, so it is drawn higher than it is."""


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Statements and passages with the words that were asked for."""
    words = request.GET.get("q", "")[:1000]
    kinds = [k for k in request.GET.getlist("kind") if k in KINDS]
    evaluation = request.GET.get("evaluation", "")[:20]
    asked = request.GET.get("page", "1")
    number = min(LAST, max(1, int(asked))) if asked.isdecimal() and len(asked) < 7 else 1
    found = search(request.user, words, kinds=kinds, evaluation=evaluation, limit=PAGE, offset=(number - 1) * PAGE) if words else Hits()
    shown = [Shown(hit, _name(hit), _address(hit), pieces(hit), _picture(hit), _mark(hit)) for hit in found.hits]
    context = {
        "words": words,
        "found": found,
        "shown": shown,
        "kinds": [(value, name, value in kinds) for value, name in KINDS.items()],
        "evaluation": evaluation,
        "number": number,
        "first": (number - 1) * PAGE + 1,
        "next": number + 1 if found.more and number < LAST else None,
        "previous": number - 1 if number > 1 else None,
    }
    return render(request, "site/search.html", context)


def _name(hit: Hit) -> str:
    """``Key finding 9``; where the paper prints a number alone, its kind before it: ``Recommendation 1(a)``."""
    kind = str(KINDS.get(hit.kind, hit.kind))
    if hit.kind != PASSAGE and len(max(re.findall(r"[^\W\d_]+", hit.label), default="", key=len)) >= WORD:
        return hit.label
    return f"{kind} {hit.label}".strip()


def _address(hit: Hit) -> str:
    if hit.kind != PASSAGE:
        return reverse("statement", args=[hit.document.key, hit.id])
    return reverse("document", args=[hit.document.key]) + (f"?page={hit.page}" if hit.page else "")


def _picture(hit: Hit) -> str:
    source = hit.document.source
    drawn = source is not None and source.media_type == PDF and hit.page is not None and hit.box is not None
    return picture_url(hit.document, hit.page or 1, WIDTHS[0]) if drawn else ""


def _mark(hit: Hit) -> Rectangle | None:
    if hit.box is None:
        return None
    x, width = max(1.0, hit.box.x - AIR), min(98.0, hit.box.width + 2 * AIR)
    height = max(LEAST, hit.box.height + AIR)
    y = min(max(1.0, hit.box.y + hit.box.height / 2 - height / 2), 99 - height)
    return Rectangle(x, y, min(width, 99 - x), height)


def pieces(hit: Hit) -> tuple[Piece, ...]:
    """The words of a hit, cut where they were found; of a long passage those around the first."""
    start, end = 0, len(hit.text)
    if end > 2 * AROUND:
        first = hit.marks[0][0] if hit.marks else 0
        start = max(0, first - AROUND // 2)
        end = min(end, start + 2 * AROUND)
        # Whole words only.
        start = hit.text.rfind(" ", 0, start) + 1 if start else 0
        end = end if end == len(hit.text) else max(hit.text.rfind(" ", start, end), start + 1)
    out: list[Piece] = [Piece("… ", found=False)] if start else []
    at = start
    for a, b in hit.marks:
        if a < start or b > end:
            continue
        if a > at:
            out.append(Piece(hit.text[at:a], found=False))
        out.append(Piece(hit.text[a:b], found=True))
        at = b
    out.append(Piece(hit.text[at:end] + (" …" if end < len(hit.text) else ""), found=False))
    return tuple(p for p in out if p.text)
