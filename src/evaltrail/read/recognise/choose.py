"""The choice among what was found: a statement that stands twice is one statement.

An executive summary, a response section that quotes the recommendation, an annex and a table of contents repeat
what the body states.  The body's own wording is kept; a summary speaks only where the body has no such statement.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from evaltrail.read.recognise.words import fold, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.recognise.candidates import Candidate

_HOME = {
    "finding": "findings",
    "conclusion": "conclusions",
    "lesson": "lessons",
    "good_practice": "good_practices",
    "recommendation": "recommendations",
    "response": "response",
}
_WORD = re.compile(r"\w+")
_ENTRY = re.compile(r"^[^\n]{,160}[^\s\d.,;:]\s+\d{1,3}$")
"""An entry of a list with page numbers: "Repair the northern pier 12"."""


def tokens(text: str, limit: int = 60) -> list[str]:
    """The first words, folded."""
    return _WORD.findall(fold(text))[:limit]


def same(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two beginnings say the same: most words of the shorter stand in the longer."""
    n = min(len(a), len(b))
    if n < 4:
        return list(a[:n]) == list(b[:n]) and n > 0 and len(a) == len(b)
    first, second = a[: n + 8], b[: n + 8]
    shorter, longer = (first, second) if len(first) <= len(second) else (second, first)
    shared = len(set(shorter) & set(longer))
    return shared >= 0.78 * len(set(shorter))


def choose(found: list[Candidate]) -> list[Candidate]:
    """Candidates without repetitions, in reading order.

    Responses that pointed to a dropped repetition point to the one that was kept.
    """
    kept: list[Candidate] = []
    by_kind: dict[str, list[Candidate]] = defaultdict(list)
    own = _counted_on(found)
    numbered = Counter((c.kind, c.number) for c in found if c.number and not c.setting.aside)
    for c in found:
        if c.number and numbered[c.kind, c.number] > 1 and _ENTRY.search(c.text.text):
            continue
        if (not _foreign(c) or id(c) in own) and not c.setting.aside and not _empty(c):
            by_kind[c.kind].append(c)
    merged: dict[int, Candidate] = {}
    for kind, group in by_kind.items():
        kept.extend(_choose_kind(kind, group, merged))
    for c in kept:
        while c.target is not None and id(c.target) in merged:
            c.target = merged[id(c.target)]
    return sorted(kept, key=lambda c: c.order)


def _foreign(c: Candidate) -> bool:
    """Whether a statement belongs to another paper: its section says so of its kind ("Recommendations from Phase I")."""
    if not c.setting.foreign:
        return False
    own = c.basis in ("label", "heading") and c.number is not None
    return not own or _HOME[c.kind] in c.setting.roles or not c.setting.roles


def _counted_on(found: Sequence[Candidate]) -> set[int]:
    """Statements under a heading about others' whose numbers go on from the paper's own: "Finding 9" on an earlier evaluation."""
    sections: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
    numbers: dict[str, set[int]] = defaultdict(set)
    for c in found:
        if c.number and c.number.isdigit() and c.basis in ("label", "heading"):
            if _foreign(c):
                sections[c.kind, c.setting.section.index].append(c)
            else:
                numbers[c.kind].add(int(c.number))
    out: set[int] = set()
    for (kind, _), inside in sections.items():
        own = {int(c.number or 0) for c in inside}
        if min(own) - 1 in numbers[kind] and not own & numbers[kind]:
            out.update(id(c) for c in inside)
    return out


def _empty(c: Candidate) -> bool:
    words = fold(c.text.text).strip(" .:")
    if (
        c.number is None
        and c.label
        and c.basis in ("label", "heading", "row")
        and c.kind not in ("recommendation", "response")
        and _HOME[c.kind] not in c.setting.roles
    ):
        # "Conclusion: …" in some table or box is a word of that table, not the paper's conclusion.
        return True
    return not words or words in listed("statements", "none") or (c.kind != "response" and len(words.split()) < 3)


def _choose_kind(kind: str, group: list[Candidate], merged: dict[int, Candidate]) -> list[Candidate]:
    body = [c for c in group if not c.setting.summary and not c.setting.annex]
    annex = [c for c in group if c.setting.annex and not c.setting.summary]
    summary = [c for c in group if c.setting.summary]
    pools = [p for p in (body, summary, annex) if p] if kind != "response" else [[*body, *annex], summary]
    best = max(pools, key=lambda p: _weight(p, body), default=[])
    others = [c for p in pools if p is not best for c in p]
    chosen = _without_repeats(kind, sorted(best, key=lambda c: c.order), merged)
    words = [(c, tokens(c.text.text)) for c in chosen]
    for c in others:
        twin = _twin(c, words)
        if twin is not None:
            _merge(twin, c, merged)
    return chosen


def _weight(pool: list[Candidate], body: list[Candidate]) -> float:
    """How much a pool speaks: the number of its statements, the body's counting double."""
    n = len({tuple(tokens(c.text.text, 12)) for c in pool})
    return n * (2.5 if pool is body else 1.0)


def _without_repeats(kind: str, group: list[Candidate], merged: dict[int, Candidate]) -> list[Candidate]:
    kept: list[tuple[Candidate, list[str]]] = []
    for c in group:
        words = tokens(c.text.text)
        if kind == "response":
            kept.append((c, words))
            continue
        twin = _twin(c, kept)
        if twin is None:
            kept.append((c, words))
        elif _better(c, twin):
            at = next(i for i, (k, _) in enumerate(kept) if k is twin)
            _merge(c, twin, merged)
            kept[at] = (c, words)
        else:
            _merge(twin, c, merged)
    return [c for c, _ in kept]


def _twin(c: Candidate, kept: Sequence[tuple[Candidate, list[str]]]) -> Candidate | None:
    words = tokens(c.text.text)
    for k, other in kept:
        together = c.group is not None and c.group == k.group
        if together and c.number != k.number and (c.basis != "row" or (c.number and k.number)):
            continue
        # Items of one list and statements of two evaluations may be worded alike and still be two.
        if (c.part != k.part or (together and c.number is None)) and words != other:
            continue
        if same(words, other) and (c.number is None or k.number is None or c.number == k.number or words[:12] == other[:12]):
            return k
    return None


_RANK = {"label": 4, "heading": 4, "row": 3, "box": 3, "number": 2, "bold": 2, "bullet": 1, "paragraph": 1, "sentence": 0}


def _better(c: Candidate, k: Candidate) -> bool:
    """Whether a repetition is the fuller one: in the section of its kind, with a label, with fields."""
    home = _HOME[c.kind]

    def value(x: Candidate) -> tuple[int, int, int]:
        return (int(home in x.setting.roles and "response" not in x.setting.roles), _RANK.get(x.basis, 0), len(x.fields))

    return value(c) > value(k)


def _merge(kept: Candidate, dropped: Candidate, merged: dict[int, Candidate]) -> None:
    """What a repetition adds goes to the one that is kept."""
    merged[id(dropped)] = kept
    for name, text in dropped.fields.items():
        kept.fields.setdefault(name, text)
    if kept.number is None:
        kept.number = dropped.number
    if kept.label is None:
        kept.label = dropped.label
    if not kept.criteria:
        kept.criteria = dropped.criteria
