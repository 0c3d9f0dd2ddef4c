"""What a printed page leaves behind in a text made from it: notes between paragraphs, contents lists, page numbers, torn sentences.

Converters from PDF give footnotes as paragraphs of their own ("12 See …") at the place where the page ended, and their
marks as "[12]" or as raised digits. Here both are tied together and the sentence that the page end tore apart is joined.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.read.markup.draft import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.read.markup.draft import Draft

_NOTE = re.compile(r"\[?(\d{1,3})\]?\.?\s+(?=[\"“‘«(\[]?[^\W\d_]|https?:|\d+\s+[A-Z])|\[?(\d{1,3})\]\s+(?=\S)")
_LETTERED = re.compile(r"\[?([a-z])\]?\s+(?=[\"“‘«(\[]?[A-Z0-9])")
_BRACKETED = re.compile(r"\[\s?(\d{1,3}|[a-z])\s?\]")
_RAISED = re.compile(r"\d{1,3}|[a-z]|[*†‡§]")
_MOST_MISSED = 3
"""Notes that a converter may lose between two that it kept."""
_FEW = 3
"""Notes below which numbers before paragraphs are taken for something else."""
_MANY = 10
"""Notes from which on the next number is believed though its mark was lost."""
_LETTER_REACH = 60
"""Drafts before a lettered note in which its mark stands: the notes of a table or figure."""
_ENTRY = re.compile(r"(?:\s|\.{2,}|…)\s*(\d{1,3}|[ivxl]{1,6})$")
_LEADER = re.compile(r"(?:\.\s?){6,}|…{2,}|_{6,}")
_ENTRIES = 4
_START = 24
_ENTRY_GAP = 3
"""Lines between two entries of a contents list: a page number on its own, the first line of a long entry, a page's foot."""
_ENTRY_LINE = 120
_PAGE_NUMBER = re.compile(r"(?:(?:page|página|seite)\s+)?[-–|\s]*(\d{1,4})[-–|\s]*(?:(?:of|de|sur|/)\s*\d{1,4})?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’»)\]]*$")
_HEAD_LENGTH = 120
_HEADS = 3
"""Headings that may stand in the middle of a torn sentence, where they stood at the margin or the next page's top."""


def tidy(drafts: list[Draft], footnotes: list[Draft], *, torn: bool = False) -> None:
    """Set contents lists and page numbers aside, tie notes to their marks, and join what they tore apart, in place.

    ``torn`` where paragraphs are known to be broken at page ends.
    """
    _drop(drafts, _contents(drafts) | _page_numbers(drafts))
    if _tie_notes(drafts, footnotes) or torn:
        _drop(drafts, _running_heads(drafts))
        _join_torn(drafts)


def every(drafts: list[Draft]) -> Iterator[Draft]:
    """All drafts, those in table cells after their table."""
    for draft in drafts:
        yield draft
        if draft.table is not None:
            for cell in draft.table.inner():
                yield from every(cell)


def _drop(drafts: list[Draft], gone: set[int]) -> None:
    drafts[:] = [d for i, d in enumerate(drafts) if i not in gone]


def _contents(drafts: list[Draft]) -> set[int]:
    """Entries of a contents list: at least four paragraphs in the first third that end in page numbers which never fall back.

    They have leaders, or half of them stand again in the text as headings.
    """
    out: set[int] = set()
    run: list[int] = []
    last, again = 0, False
    for i, draft in enumerate(drafts[: max(40, len(drafts) // 3)]):
        flows = draft.kind in {"paragraph", "item"} and draft.table is None
        found = _ENTRY.search(draft.text) if flows else None
        page = int(found.group(1)) if found and found.group(1).isdigit() else (0 if found else -1)
        if flows and _LEADER.search(draft.text):
            run.append(i)
            last, again = max(last, page), False
        elif page >= 0 and not _SENTENCE_END.search(draft.text) and (page >= last or again or not page):
            run.append(i)
            last, again = page, False
        elif run and i - run[-1] <= _ENTRY_GAP and len(draft.text) < (_ENTRY_LINE if _LEADER.search(drafts[run[-1]].text) else 30):
            again = True  # "Tables", "Figures" between the lists, each of which counts from the front
        else:
            out |= _confirmed(drafts, run)
            run, last = [], 0
    return out | _confirmed(drafts, run)


def _confirmed(drafts: list[Draft], run: list[int]) -> set[int]:
    """The entries and what stands between them, if they are a contents list."""
    if len(run) < _ENTRIES:
        return set()
    if not any(_LEADER.search(drafts[i].text) for i in run):
        later = {_start(d.text) for d in drafts[run[-1] + 1 :]}
        if 2 * sum(_start(drafts[i].text) in later for i in run) < len(run):
            return set()
    return set(range(run[0], run[-1] + 1))


def _start(text: str) -> str:
    """The first letters, to find an entry's words again; its page number is no part of them."""
    return "".join(c for c in _ENTRY.sub("", text) if c.isalpha()).lower()[:_START]


def _page_numbers(drafts: list[Draft]) -> set[int]:
    """Paragraphs that are only a page number, where at least five of them count upwards."""
    found: list[tuple[int, int]] = []
    for i, draft in enumerate(drafts):
        if draft.kind in {"paragraph", "heading"} and draft.table is None and len(draft.text) < 24:
            number = _PAGE_NUMBER.fullmatch(draft.text.strip())
            if number is not None:
                found.append((i, int(number.group(1))))
    rising = [(i, n) for (i, n), (_, before) in zip(found[1:], found, strict=False) if before < n <= before + 3]
    return {i for i, _ in found} if len(rising) >= 5 and len(rising) > 0.8 * (len(found) - 1) else set()


def _running_heads(drafts: list[Draft]) -> set[int]:
    """Paragraphs that only repeat the heading in force, or a heading that comes again and again: the page's running head."""
    out: set[int] = set()
    heads: set[str] = set()
    counts = Counter(d.text.strip() for d in drafts if d.kind == "paragraph" and d.table is None and len(d.text) < _HEAD_LENGTH)
    for i, draft in enumerate(drafts):
        text = draft.text.strip()
        if draft.kind in {"heading", "title"}:
            heads.add(text)
        elif draft.kind == "paragraph" and counts.get(text, 0) > 1 and any(head.startswith(text) or text == head for head in heads):
            out.add(i)
    return out


def _tie_notes(drafts: list[Draft], footnotes: list[Draft]) -> bool:
    """Move paragraphs that are notes to the footnotes, and mark their calls. Whether there were any."""
    called = _called(drafts)
    if not called:
        return False
    taken = _numbered(drafts, called)
    numbered = set(taken.values())
    if len(taken) < _FEW and not all(_begins_raised(drafts[i]) for i in taken):
        return False
    if not taken:
        return False
    taken.update(_lettered(drafts, taken))
    for i, number in taken.items():
        draft = drafts[i]
        draft.kind, draft.number, draft.level, draft.box = "footnote", number, 0, None
        _cut_start(draft, (_NOTE.match(draft.text) or _LETTERED.match(draft.text)).end())  # type: ignore[union-attr]
        footnotes.append(draft)
    _drop(drafts, set(taken))
    letters = set(taken.values()) - numbered
    for draft in every(drafts):
        _mark_calls(draft, numbered | letters)
    return True


def _numbered(drafts: list[Draft], called: set[str]) -> dict[int, str]:
    """Drafts that begin with the number of a note that is called, counting upwards; an annex may begin again at 1."""
    taken: dict[int, str] = {}
    last = 0
    for i, draft in enumerate(drafts):
        if draft.kind not in {"paragraph", "item"} or draft.table is not None or draft.marker:
            continue
        found = _NOTE.match(draft.text.lstrip())
        if found is None:
            continue
        number = int(found.group(1) or found.group(2))
        follows = last < number <= last + _MOST_MISSED and str(number) in called
        sure = number == last + 1 and len(taken) >= _MANY
        again = number == 1 and last >= _FEW and "1" in _called(drafts[max(0, i - _LETTER_REACH) : i])
        if follows or sure or again:
            taken[i], last = str(number), number
    return taken


def _begins_raised(draft: Draft) -> bool:
    """Whether the paragraph begins with a raised number, as notes do and nothing else."""
    return bool(draft.runs) and draft.runs[0].look.raised and draft.runs[0].text.strip(" [].").isdigit()


def _called(drafts: list[Draft]) -> set[str]:
    """Numbers that stand in brackets or raised."""
    out: set[str] = set()
    for draft in every(drafts):
        for run in draft.runs:
            if run.note is None:
                out.update((_RAISED if run.look.raised else _BRACKETED).findall(run.text))
    return out


def _lettered(drafts: list[Draft], taken: dict[int, str]) -> dict[int, str]:
    """Lettered notes of tables and figures, whose marks stand shortly before."""
    out: dict[int, str] = {}
    for i, draft in enumerate(drafts):
        if i in taken or draft.kind != "paragraph" or draft.marker or draft.table is not None:
            continue
        found = _LETTERED.match(draft.text)
        if found and found.group(1) in _called(drafts[max(0, i - _LETTER_REACH) : i]) and not draft.text.startswith(("a ", "A ")):
            out[i] = found.group(1)
        elif found and found.group(1) == "a" and "a" in _called(drafts[max(0, i - _LETTER_REACH) : i]):
            out[i] = "a"
    return out


def _cut_start(draft: Draft, length: int) -> None:
    """Cut the first characters off a draft."""
    runs: list[Run] = []
    for run in draft.runs:
        if length >= len(run.text):
            length -= len(run.text)
            continue
        runs.append(replace(run, text=run.text[length:], start=run.start + length if run.start >= 0 else -1) if length else run)
        length = 0
    draft.runs = runs


def _mark_calls(draft: Draft, numbers: set[str]) -> None:
    """Split the runs of a draft at the marks of known notes."""
    out: list[Run] = []
    for run in draft.runs:
        if run.note is not None or run.start < 0:
            out.append(run)
            continue
        at = 0
        for found in (_RAISED if run.look.raised else _BRACKETED).finditer(run.text):
            number = found.group(1) if found.re is _BRACKETED else found.group()
            if number not in numbers:
                continue
            if found.start() > at:
                out.append(replace(run, text=run.text[at : found.start()], start=run.start + at))
            out.append(replace(run, text=found.group(), start=run.start + found.start(), note=number))
            at = found.end()
        if at < len(run.text):
            out.append(replace(run, text=run.text[at:], start=run.start + at) if at else run)
    draft.runs = out


def _join_torn(drafts: list[Draft]) -> None:
    """Join a paragraph that begins in lower case to the unfinished one before it."""
    out: list[Draft] = []
    for draft in drafts:
        before = _unfinished(out) if _goes_on(draft) else None
        if before is None:
            out.append(draft)
        else:
            before.runs.append(Run(" ", -1))
            before.runs.extend(draft.runs)
    drafts[:] = out


def _goes_on(draft: Draft) -> bool:
    return draft.kind == "paragraph" and draft.table is None and not draft.marker and draft.text.lstrip()[:1].islower()


def _unfinished(out: list[Draft]) -> Draft | None:
    """The last paragraph or item, over headings and captions, if its sentence is not ended."""
    for draft in out[-1 : -_HEADS - 2 : -1]:
        if draft.kind in {"heading", "caption"}:
            continue
        whole = draft.kind in {"paragraph", "item"} and draft.table is None and len(draft.text) > 60
        return draft if whole and not _SENTENCE_END.search(draft.text.rstrip()) else None
    return None
