"""The day, month or year of the paper itself, as its front says it: "Date: 28 October 2020", "May 2022" under the title.

Only what is printed for a date is taken for one: a line of its own, the end of a short line of the title page, or words behind
a label. Periods ("2014–19"), the days of a session and dates in sentences are those of something else. In doubt there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.text import packs
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Block, Outline
    from evaltrail.read.recognise.sections import Setting
    from evaltrail.text.dates import Date

_PAGES = 3
"""Pages that may be the front of a paper: cover, imprint, title page."""
_BLOCKS = 40
"""Blocks that may be the front of a paper without pages."""
_LABELLED = 300
"""Characters of a block in which a label is looked for: the columns of a title page may stand in one."""
_SHORT = 90
"""Characters of a line that may end with its paper's date."""
_PROSE = 300
"""Characters from which on a paragraph is prose: behind it stand dates of letters and events."""
_CAPITALS = re.compile(r"\b[^\W\d_]{3,}\b")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)")
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|(?i:copyright))[^.\n]{0,80}?(?<!\d)((?:19|20)\d\d)(?![\d–/-])")
_PARTED = re.compile(r"[,:;|•·(–—-]\s*$")


@dataclass(frozen=True, slots=True)
class _Found:
    """A date that may be the paper's."""

    rank: int
    """How it is told: 0 by a label, 1 by its place on the first page, 2 by one on the next, 3 the year of an imprint."""
    iso: str


def date_of_paper(outline: Outline, settings: Sequence[Setting], language: str | None) -> str | None:
    """The paper's date in ISO 8601 with the precision printed (2020-10-28, 2020-10, 2020), None where its front says none."""
    found: list[_Found] = []
    above = ""
    for block, page, prose in _front(outline.blocks, settings):
        if not _names_another(above, language):
            found += _dates_of(block, page, language, prose=prose)
        above = block.text
    found += _imprints(outline, language)
    if not any(f.rank < 3 for f in found):
        found += _lines(outline, language)
    if not found:
        return None
    best = min(found, key=lambda f: f.rank)
    # A cover may say the month, and the page behind it the day.
    return next((f.iso for f in found if f.rank < 3 and len(f.iso) > len(best.iso) > 4 and f.iso.startswith(best.iso)), best.iso)


def _front(blocks: Sequence[Block], settings: Sequence[Setting]) -> Iterator[tuple[Block, int, bool]]:
    """Blocks before the first section, each with its page and whether prose stands before it."""
    prose = False
    for i, block in enumerate(blocks):
        if block.page > _PAGES or i >= _BLOCKS or any(s.roles for s in settings[i].section.chain):
            return
        yield block, max(block.page, 1), prose
        prose = prose or (block.kind in ("paragraph", "item") and len(block.text) >= _PROSE)


def _dates_of(block: Block, page: int, language: str | None, *, prose: bool) -> Iterator[_Found]:
    if block.table is not None:
        yield from _dates_of_table(block, language)
        return
    if block.kind not in ("title", "heading", "paragraph"):
        return
    text = _written_out(block.text)
    labelled = _behind_label(text, language)
    if labelled is not None:
        yield _Found(0, labelled)
    elif not prose or page > 1:
        iso = _of_line(text, language, whole=page > 1 or prose, title=block.kind == "title")
        if iso is not None:
            yield _Found(min(page, 2), iso)


def _dates_of_table(block: Block, language: str | None) -> Iterator[_Found]:
    """Dates of a title page set as a table: behind a label in their cell, or in the cell beside it."""
    if block.table is None:
        return
    for cell in block.table.cells:
        text = _written_out(cell.content().text)
        labelled = _behind_label(text, language)
        beside = block.table.at(cell.row, cell.column + cell.column_span)
        if labelled is None and beside is not None and _label(language).fullmatch(text.strip()):
            labelled = _alone(_written_out(beside.content().text), language)
        if labelled is not None:
            yield _Found(0, labelled)


def _imprints(outline: Outline, language: str | None) -> Iterator[_Found]:
    """Years of imprints: alone on a line, behind a sign of copyright, or at the end of a line where the paper's symbol has them too."""
    for block in outline.blocks[:_BLOCKS]:
        if block.page > _PAGES or block.kind not in ("title", "heading", "paragraph"):
            continue
        copyrighted = _COPYRIGHT.search(block.text)
        if copyrighted:
            yield _Found(3, copyrighted[1])
            continue
        years = [d for d in dates(block.text, language) if len(block.text) <= _SHORT]
        if len(years) != 1 or years[0].span or years[0].precision != "year" or block.text[years[0].end :].strip(" .)"):
            continue
        before = block.text[: years[0].start].strip()
        agreed = bool(_PARTED.search(before)) and years[0].iso in re.split(r"[/.-]", outline.symbol or "") and not _others(before, language)
        if agreed or not re.search(r"\w", before):
            yield _Found(3, years[0].iso)


def _lines(outline: Outline, language: str | None) -> Iterator[_Found]:
    """Dates of the first page as it stands: a running head is no block."""
    if not outline.pages or not outline.pages[0].width:
        return
    above = ""
    for line in outline.pages[0].text.split("\n")[:_BLOCKS]:
        text = _written_out(line)
        iso = _behind_label(text, language) or _alone(text, language)
        if iso is not None and not _names_another(above, language):
            yield _Found(2, iso)
        above = text


def _written_out(text: str) -> str:
    """A line with words in capitals as words, for a month in capitals is no word of any pack."""
    return _CAPITALS.sub(lambda m: m[0].title() if m[0].isupper() else m[0], text)


def _behind_label(text: str, language: str | None) -> str | None:
    """The date behind "Date:", "Published on" and the like."""
    if len(text) > _LABELLED:
        return None
    for found in dates(text, language):
        label = _label_behind(language).search(text[: found.start])
        if label and not _others(" ".join(text[: label.start()].split()[-1:]), language):
            return _iso(found, text)
    return None


def _of_line(text: str, language: str | None, *, whole: bool, title: bool) -> str | None:
    """The date that a line is or, unless it must be the ``whole`` line, that a short line of the title page ends with."""
    alone = _alone(text, language)
    if alone is not None or whole or len(text) > _SHORT or text.endswith("."):
        return alone
    found = dates(text, language)
    if not found or found[-1].span or found[-1].precision not in ("day", "month") or not all(d.span for d in found[:-1]):
        return None
    last = found[-1]
    before = text[: last.start].rstrip()
    if text[last.end :].strip(" )]*") or _others(before, language) or _before(language).search(before):
        return None
    if title and not _PARTED.search(before):
        return None
    return _iso(last, text)


def _alone(text: str, language: str | None) -> str | None:
    """The day or month that is all there is in a line, an article and brackets apart."""
    found = dates(text, language)
    if len(found) != 1 or found[0].span or found[0].precision not in ("day", "month"):
        return None
    rest = f"{text[: found[0].start]} {text[found[0].end :]}"
    return _iso(found[0], text) if len(re.findall(r"\w+", rest)) <= 1 and not re.search(r"\w{3,}|\d", rest) else None


def _iso(found: Date, text: str) -> str | None:
    """ISO 8601 of a date; only the year where day and month in figures can be read in either order."""
    if found.span or found.precision not in ("day", "month", "year"):
        return None
    figures = _FIGURES.fullmatch(text[found.start : found.end])
    if figures and figures[1] != figures[2] and max(int(figures[1]), int(figures[2])) <= 12:
        return figures[3]
    return found.iso


# Words


def _listed(language: str | None, name: str) -> list[str]:
    table: dict[str, Any] = packs.pack(language, "dates") if language in packs.languages() else packs.merged("dates", "en")
    return sorted(table.get("paper", {}).get(name, []), key=lambda w: (-len(w), w))


@cache
def _label(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, _listed(language, 'labels')))})\s*:?", re.IGNORECASE)


@cache
def _label_behind(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_label(language).pattern}\s*(?:[–—-]\s*)?(?:(?:on|in|le|en|el|em)\s+)?$", re.IGNORECASE)


@cache
def _before(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _listed(language, 'before')))})$", re.IGNORECASE)


def _names_another(above: str, language: str | None) -> bool:
    """Whether the line above is a label of another date: "Deadline"."""
    return bool(_of_others(language).fullmatch(above.strip(" :")))


def _others(text: str, language: str | None) -> bool:
    """Whether words say that a date is that of something else."""
    return bool(_of_others(language).search(text))


@cache
def _of_others(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _listed(language, 'others')))})(?!\w)", re.IGNORECASE)
