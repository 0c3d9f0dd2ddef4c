"""Where things stand in a paper: boxes over a page's picture, or marked words in a text without pages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.record import Box, Page, Place

PAD = 2.5
"""Points between the words and the box drawn round them."""

FLAG = 12
"""Height in points of the letter tag at a box's corner."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to be pointed out in a paper: where it stands, and which entry of the page speaks of it."""

    anchor: str
    """id of the entry in the HTML page."""
    tag: str
    colour: str
    """Colour class, which the page's style knows: a letter of a kind of statement, a severity."""
    title: str
    places: tuple[Place, ...]

    def on(self, page: int) -> list[Place]:
        """Its places on one page."""
        return [p for p in self.places if p.page == page]


def regions(boxes: list[Box]) -> list[Box]:
    """Boxes of single lines joined to the rectangles that a reader would draw: lines that follow each other make one."""
    out: list[Box] = []
    line = max((top - bottom for _, bottom, _, top in boxes), default=0.0)
    for box in boxes:
        left, bottom, right, top = box
        if out:
            a, b, c, d = out[-1]
            follows = b - top < 1.5 * line and top <= d + 1 and left < c and right > a
            beside = abs(b - bottom) < line / 2 and a <= left < c + 3 * line
            if follows or beside:
                out[-1] = (min(a, left), min(b, bottom), max(c, right), max(d, top))
                continue
        out.append(box)
    return out


def overlay(page: Page, marks: list[Mark], margin: float, name: str = "") -> str:
    """An SVG in the page's own points that lies over its picture; each box is a link to its entry.

    Args:
        page: the page.
        marks: what stands on it.
        margin: left edge of the page's words in points; tags stand outside it, so that they hide nothing.
        name: what the boxes hold, for those who do not see them; empty: statements on the page of that number.
    """
    told = escape(name or f"Statements on page {page.number}")
    out = [f'<svg viewBox="0 0 {page.width:.0f} {page.height:.0f}" role="group" aria-label="{told}">']
    taken: list[tuple[float, float]] = []
    for mark in marks:
        found = regions([b for p in mark.on(page.number) for b in p.boxes])
        if not found:
            out.append(f"<g{_id(mark, page)}></g>")  # the way from its entry to the page stays
            continue
        parts = []
        for i, (left, bottom, right, top) in enumerate(found):
            x, y = left - PAD, page.height - top - PAD
            parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{right - left + 2 * PAD:.1f}" height="{top - bottom + 2 * PAD:.1f}"/>')
            if i == 0:
                # In a second column the margin is far away; there the tag stands at the box.
                parts.append(_flag(mark.tag, x if left - margin > 90 else min(x, margin - 4), y, taken))
        out.append(
            f'<a class="b k-{mark.colour} {mark.anchor}"{_id(mark, page)} href="#{mark.anchor}" aria-label="{escape(mark.title)}">'
            f"<title>{escape(mark.title)}</title>{''.join(parts)}</a>"
        )
    return "".join(out) + "</svg>"


def _id(mark: Mark, page: Page) -> str:
    """The id by which an entry finds its place: on the first page that holds it."""
    return f' id="b-{mark.anchor}"' if mark.places[0].page == page.number else ""


def _flag(tag: str, x: float, y: float, taken: list[tuple[float, float]]) -> str:
    """The letter tag left of ``x``, moved down where another one stands."""
    wide = 6 + 5 * max(2, len(tag))
    while any(abs(y - t) < FLAG + 0.5 and abs(x - s) < wide for s, t in taken):
        y += 2
    taken.append((x, y))
    flag = f'<rect class="flag" x="{x - wide:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{FLAG}"/>'
    return f'{flag}<text x="{x - wide / 2:.1f}" y="{y + 8.8:.1f}">{escape(tag)}</text>'


def marked(page: Page, start: int, end: int, marks: list[Mark]) -> str:
    """A stretch of a page's text as HTML, the words of statements marked as links to their entries."""
    spans = [(p.start, p.end, m) for m in marks for p in m.on(page.number) if p.start < end and p.end > start]
    cuts = sorted({start, end, *(max(start, a) for a, _, _ in spans), *(min(end, b) for _, b, _ in spans)})
    out = []
    for a, b in pairwise(cuts):
        words = escape(page.text[a:b], quote=False)
        begun = {m.anchor: m for s, _, m in spans if s == a and _begins(m, page, s)}
        # Of statements within each other (a part of a recommendation) the shortest is meant.
        here = min((s for s in spans if s[0] <= a and s[1] >= b), key=lambda s: s[1] - s[0], default=None)
        mark = here[2] if here is not None and words.strip() else None
        # Those around it, or on the same words, are there by their tag.
        out += [_link(m, page, a, "", tagged=True) for m in begun.values() if m is not mark]
        out.append(_link(mark, page, a, words, tagged=mark.anchor in begun) if mark is not None else words)
    return "".join(out)


def _begins(mark: Mark, page: Page, start: int) -> bool:
    """Whether a mark begins here, and does not just go on after a line's end."""
    return not any(p.end <= start and not page.text[p.end : start].strip() for p in mark.on(page.number) if p.start < start)


def _link(mark: Mark, page: Page, at: int, words: str, *, tagged: bool) -> str:
    """Words as a link to their entry, with the mark's tag before them where it begins."""
    flag = f'<span class="flag">{escape(mark.tag)}</span>' if tagged else ""
    key = _id(mark, page) if tagged and at == min(p.start for p in mark.on(page.number)) else ""
    return f'<a class="m k-{mark.colour} {mark.anchor}"{key} href="#{mark.anchor}" title="{escape(mark.title)}">{flag}{words}</a>'


def threads(marks: list[Mark]) -> str:
    """CSS of one thread a mark: pointing at the entry lights its boxes, pointing at a box lights the entry."""
    rules = []
    for m in marks:
        entry = f".leaf:has(#{m.anchor}:is(:hover, :focus-within, :target), .also-{m.anchor}:hover)"
        rules.append(
            f"{entry} .b.{m.anchor} rect:not(.flag) {{ stroke-width: 2.6; fill: color-mix(in srgb, var(--kind) 16%, transparent); }}"
        )
        rules.append(f"{entry} .m.{m.anchor} {{ background: color-mix(in srgb, var(--kind) 22%, transparent); }}")
        box = f".leaf:has(.{m.anchor}:is(:hover, :focus-visible))"
        rules.append(f"{box} :is(#{m.anchor}, .also-{m.anchor}) {{ background: var(--sheet); border-left-color: var(--kind); }}")
    return "\n".join(rules) + "\n"
