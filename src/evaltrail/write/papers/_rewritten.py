"""Corrected words in every place where a paper says them.

Where the record tells where they were read, line by line, and where the paper says the same again: in a summary, an annex, a quotation
before an answer, the whole or a sentence of it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from evaltrail.record import Passage, digest_of
from evaltrail.text.normal import fold, squeeze
from evaltrail.text.sentences import sentences
from evaltrail.write.papers._draft import AGAIN, reading_of, replaced, unplaced
from evaltrail.write.papers._labels import known_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import AnyStatement, Decision, OverallResponse
    from evaltrail.write.papers._draft import Draft

    Thing = AnyStatement | Decision | OverallResponse

_LIKE = 0.8
"""Share of the words of two texts that are the same, from which the one is the other in slightly other words."""
_WORDS = 8
"""Words from which two texts can be alike."""
_MARKER = re.compile(r"(\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|(?:[a-z]|\d{1,2})[.)]|[•–])\s+")


def rewrite(draft: Draft) -> None:
    """Put the words of statements, answers to the whole and decisions where the paper says them.

    Raises ``Unwritable`` where corrected words have no place.
    """
    for thing, name in _changed(draft):
        indices = draft.carriers.of(thing.places)
        old = _old_lines(draft, thing, indices)
        _put(draft, thing, indices, old, name)
        if not _stands(draft, thing, indices):
            raise unplaced(name, thing.places)
        _say_again(draft, thing, indices, old)


def _changed(draft: Draft) -> Iterator[tuple[Thing, str]]:
    """What has other words than were read, each with its name; a part of a statement whose words stand in the whole goes with it."""
    record = draft.record
    read = reading_of(record, "statement")
    for e in record.evaluations:
        by_id = {s.id: s for s in e.statements}
        for s in e.statements:
            if s.id not in read or read[s.id].digest in (None, digest_of(s.text)):
                continue
            whole = by_id.get(s.parent or "")
            if whole is None or squeeze(draft.words_at(s.places)) not in squeeze(draft.words_at(whole.places)):
                yield s, s.label or f"{s.kind} {s.id}"
            elif squeeze(s.text) not in squeeze(whole.text):
                raise unplaced(f"part {s.number or s.id} of {whole.label or whole.id}, but not the whole,", s.places)
    held = {(r.kind, r.places and (r.places[0].page, r.places[0].start)): r.digest for r in record.readings}
    for o in (o for e in record.evaluations for o in e.overall_responses if o.places):
        if held.get(("overall_response", (o.places[0].page, o.places[0].start)), digest_of(o.text)) != digest_of(o.text):
            yield o, o.label or "the answer to the whole"
    for d in (d for d in record.decisions if d.places):
        if held.get(("decision", (d.places[0].page, d.places[0].start)), digest_of(d.text)) != digest_of(d.text):
            yield d, f"the decision of paragraph {d.paragraph}" if d.paragraph else "the decision"


def _old_lines(draft: Draft, thing: Thing, indices: Sequence[int]) -> list[str]:
    """The words that were read, by the passages that carry them."""
    held = (draft.record.passages[i] for i in indices)
    return [draft.words_in((*p.places, *(x for c in p.cells for x in c.places)), thing.places) for p in held]


def _stands(draft: Draft, thing: Thing, indices: Sequence[int]) -> bool:
    """Whether all lines stand in the passages, one behind the other."""
    said = "".join(_whole(draft.passages[i]) for i in indices if i not in draft.gone)
    said += "".join(_whole(p) for i in indices for p in draft.behind.get(i, ()))
    at = 0
    for line in thing.text.split("\n"):
        found = said.find(squeeze(line), at)
        if found < 0:
            return False
        at = found + len(squeeze(line))
    return True


def _whole(p: Passage) -> str:
    return squeeze(" ".join((p.marker, p.text, *(c.text for c in p.cells))))


def _put(draft: Draft, thing: Thing, indices: Sequence[int], old: Sequence[str], name: str) -> None:
    """The words line by line where the old ones stood; a line more stands behind them, a passage without a line goes."""
    if not indices:
        raise unplaced(name, thing.places)
    if any(draft.passages[i].kind == "table" for i in indices):
        _put_in_cells(draft, thing, indices)
        return
    lines = thing.text.split("\n")
    first, *rest = indices
    if not _exchange_within(draft, thing, first, old[0], lines[0]):
        raise unplaced(name, thing.places)
    if any(i in draft.carriers.of(o.places) for i in rest for o in _others(draft, thing)):
        raise unplaced(name, thing.places)
    for i, line in zip(rest, lines[1:], strict=False):
        p = draft.passages[i]
        m = _MARKER.match(line)
        own = line.removeprefix(p.marker).lstrip() if p.marker else line
        marker, words = (m[1], line[m.end() :]) if m and own == line else (p.marker, own)
        draft.passages[i] = replaced(p, 0, len(p.text), words).model_copy(update={"marker": marker})
    draft.gone.update(rest[len(lines) - 1 :])
    draft.behind[indices[-1]][:0] = [_line(draft.passages[first], line) for line in lines[len(indices) :]]


def _exchange_within(draft: Draft, thing: Thing, index: int, old: str, new: str) -> bool:
    """The exchange in one passage; where its label belongs to the words that were read, they are looked for behind it."""
    if draft.exchange(index, old, new, own=True):
        return True
    label = squeeze(getattr(thing, "label", None) or "")
    return bool(label) and draft.exchange(index, squeeze(old).removeprefix(label), new, own=True)


def _others(draft: Draft, thing: Thing) -> Iterator[AnyStatement]:
    """Statements other than this one and its parts."""
    own = getattr(thing, "id", None)
    for e in draft.record.evaluations:
        yield from (s for s in e.statements if s.id != own and (own is None or s.parent != own) and s is not thing)


def _line(form: Passage, line: str) -> Passage:
    m = _MARKER.match(line)
    return Passage(
        kind="item" if m else "paragraph",
        level=1 if m else 0,
        marker=m[1] if m else "",
        text=line[m.end() :] if m else line,
        section=form.section,
        within=form.within,
        evaluation=form.evaluation,
        box=form.box,
    )


def _put_in_cells(draft: Draft, thing: Thing, indices: Sequence[int]) -> None:
    """The words in the first cell where they stood; a page may have parted them over several."""
    new = thing.text
    for i in indices:
        for n in draft.cells_at(i, thing.places):
            cell = draft.passages[i].cells[n]
            if draft.exchange_cell(i, n, draft.words_in(cell.places, thing.places), new):
                new = ""


def _say_again(draft: Draft, thing: Thing, indices: Sequence[int], old: Sequence[str]) -> None:
    """The same correction wherever else the paper says the old words, or a sentence of them."""
    lines = thing.text.split("\n")
    pairs = [(" ".join(old), " ".join(lines))]
    if len(old) == len(lines):
        pairs += zip(old, lines, strict=True)
    pairs += _by_sentence(old, lines)
    elsewhere = [j for j in range(len(draft.passages)) if j not in indices and j not in draft.gone]
    for was, now in dict.fromkeys(pairs):
        words = squeeze(was)
        if len(words) >= AGAIN and words not in squeeze(thing.text):
            for j in elsewhere:
                if draft.holds(j, words) and not _said_by_another(draft, thing, j, words):
                    draft.exchange(j, was, now)
                    if not draft.said(j):
                        draft.gone.add(j)
    for j in elsewhere:
        _exchange_alike(draft, thing, j, " ".join(old))


def _said_by_another(draft: Draft, thing: Thing, index: int, words: str) -> bool:
    """Whether another statement of the record has these words in this passage."""
    return any(words in squeeze(s.text) and index in draft.carriers.of(s.places) for s in _others(draft, thing))


def _by_sentence(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences that changed, with what became of them."""
    before, after = ([s.text for line in lines for s in sentences(line)] for lines in (old, new))
    blocks = SequenceMatcher(None, [squeeze(x) for x in before], [squeeze(x) for x in after], autojunk=False).get_opcodes()
    for tag, a, b, c, d in blocks:
        if tag in ("replace", "delete"):
            yield " ".join(before[a:b]), " ".join(after[c:d])
            for n in range(a, b):
                yield before[n], (after[c + n - a] if n < b - 1 else " ".join(after[c + n - a : d])) if c + n - a < d else ""


def _exchange_alike(draft: Draft, thing: Thing, index: int, old: str) -> None:
    """The whole of a passage that says the old words with slight changes, behind its label."""
    p = draft.passages[index]
    if p.kind == "table" or not len(old) < 2 * len(p.text) < 4 * len(old) or squeeze(thing.text) in draft.said(index):
        return
    kind = getattr(thing, "kind", "")
    ahead = (known_at(p.text, kind) if kind else None) or 0
    start = ahead + len(p.text[ahead:]) - len(p.text[ahead:].lstrip(" .:–—-"))
    a, b = set(fold(p.text[start:]).split()), set(fold(old).split())
    if min(len(a), len(b)) < _WORDS or len(a & b) < _LIKE * max(len(a), len(b)):
        return
    # The same sentence with another figure says something else; and only a summary or a label tells that the statement is meant.
    if any(not w.isalpha() for w in a ^ b) or not (ahead or {"summary", "annex"} & set(p.within)):
        return
    if not any(index in draft.carriers.of(s.places) for s in _others(draft, thing)):
        draft.passages[index] = replaced(p, start, len(p.text), " ".join(thing.text.split("\n")))
