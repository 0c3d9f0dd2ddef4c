"""Scores records against labels made by hand: hits for each kind of statement, ratings, fields, verdicts.

What counts, after the description that comes with the labels:

- A statement is a hit when its text begins with the label's first words (or with a beginning that the label allows beside them),
  where up to 48 characters of a printed label or number may stand in front. Case, white space, hyphens and punctuation do not
  count. Each statement serves one label, and each label takes the first that fits. A label of fewer than 12 letters has to be the
  whole text or nearly so.
- Points of a recommendation (statements with a parent) are neither hits nor surplus.
- A rating is a hit when its criterion is that of the label, or one begins with the other, and its value is the same in words or number.
- Fields are counted where the labels have them: priority, time and resources as printed or normalised; responsible units as sets, one
  by one; a verdict where the labels give one or several that a person could choose.

A record is what ``Record.to_json`` writes, as plain data, so that nothing of the program that is measured takes part.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

STATEMENTS = {
    "findings": "finding",
    "conclusions": "conclusion",
    "lessons": "lesson",
    "good_practices": "good_practice",
    "recommendations": "recommendation",
    "responses": "response",
}
"""What the labels call a kind, and what a record does."""
KINDS = (*STATEMENTS, "ratings")
FIELDS = ("priority", "time", "resources")

_FRONT = 48
"""Characters that a printed label may take before the statement's own words."""
_START = 36
"""Characters of a label's beginning that are compared."""
_SHORT = 12
_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzœ") | {chr(c) for c in range(0xE0, 0x100)}


@dataclass(frozen=True, slots=True)
class Count:
    """Labels, statements read, and how many of them belong together."""

    hits: int = 0
    labels: int = 0
    read: int = 0

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, 2 hits / (labels + read); None where there is nothing on either side."""
        total = self.labels + self.read
        return 2 * self.hits / total if total else None


@dataclass(frozen=True, slots=True)
class Share:
    """Right of how many. For responsible units the terms of F1: twice the names in common, of the names on both sides."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.right / self.of if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Score:
    """What reading one document was worth."""

    trap: bool
    """Nothing in the document is a statement of its own."""
    was_read: bool
    kinds: dict[str, Count] = field(default_factory=dict)
    fields: dict[str, Share] = field(default_factory=dict)


@cache
def squeeze(words: str) -> str:
    """The letters and digits of some words in lower case, with nothing between."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).lower() if c in _LETTERS)


def letters(value: object) -> str:
    """:func:`squeeze` of anything that JSON may hold; the empty string for nothing."""
    return squeeze(str(value)) if value else ""


def begins_with(start: object, text: object) -> bool:
    """Whether a text begins with the words of a label."""
    wanted, found = letters(start), letters(text)
    if not wanted or not found:
        return False
    if len(wanted) < _SHORT:
        return found == wanted or (found.startswith(wanted) and len(found) < 3 * len(wanted) + 40)
    return 0 <= found.find(wanted[:_START]) <= _FRONT


def labelled(labels: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The labels of each kind of statement over all evaluations of a document."""
    parts = labels.get("evaluations", [])
    if not any(kind in part for part in parts for kind in STATEMENTS):
        # The governing-body paper's labels have the kinds at the top.
        parts = [labels]
    return {kind: [x for part in parts for x in part.get(kind) or [] if x.get("starts")] for kind in STATEMENTS}


def read_statements(record: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The statements of each kind over all evaluations of a record, without points of recommendations."""
    found = [s for e in record.get("evaluations", []) for s in e.get("statements", [])]
    return {
        name: [s for s in found if s.get("kind") == kind and not (kind == "recommendation" and s.get("parent"))]
        for name, kind in STATEMENTS.items()
    }


def score(labels: Mapping[str, Any], record: Mapping[str, Any] | None) -> Score:
    """Score one document; ``record`` is None where it could not be read."""
    wanted, found = labelled(labels), read_statements(record or {})
    pairs = {kind: _pairs(wanted[kind], found[kind]) for kind in STATEMENTS}
    kinds = {kind: Count(len(pairs[kind]), len(wanted[kind]), len(found[kind])) for kind in STATEMENTS}
    kinds["ratings"] = _ratings(labels, record or {})
    fields: dict[str, Share] = {}
    if record is not None:
        asked, asked_pairs = wanted["recommendations"], pairs["recommendations"]
        for name in FIELDS:
            fields[name] = Share(sum(_same_field(name, *pair) for pair in asked_pairs), sum(bool(x.get(name)) for x in asked))
        fields["responsible"] = _responsible(asked, asked_pairs)
        right = sum(s.get("verdict") in verdicts(x) for x, s in pairs["responses"])
        fields["verdict"] = Share(right, sum(bool(verdicts(x)) for x in wanted["responses"]))
    return Score(labels.get("kind") == "trap", record is not None, kinds, {name: s for name, s in fields.items() if s.of})


def _pairs(wanted: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    left = list(found)
    pairs = []
    for label in wanted:
        starts = [label["starts"], *(label.get("alt_starts") or [])]
        for at, statement in enumerate(left):
            if any(begins_with(start, statement.get("text")) for start in starts):
                pairs.append((label, left.pop(at)))
                break
    return pairs


def _same_field(name: str, label: Mapping[str, Any], statement: Mapping[str, Any]) -> bool:
    if not label.get(name):
        return False
    return letters(label[name]) in {letters((statement.get("as_printed") or {}).get(name)), letters(statement.get(name))}


def names(units: Iterable[Any] | None) -> set[str]:
    """Names of units for comparing: each as a string or as an object with a name."""
    return {letters(u if isinstance(u, str) else u.get("name", "")) for u in units or ()} - {""}


def _responsible(wanted: Sequence[dict[str, Any]], pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> Share:
    """Names of statements that are hits of labels with names count on the reader's side; labels' names count all."""
    total = sum(len(names(x.get("responsible") or x.get("addressees"))) for x in wanted)
    if not total:
        return Share()
    common = read = 0
    for label, statement in pairs:
        here = names(label.get("responsible") or label.get("addressees"))
        if here:
            there = names(statement.get("responsible"))
            common += len(here & there)
            read += len(there)
    return Share(2 * common, total + read)


def verdicts(label: Mapping[str, Any]) -> set[str]:
    """The verdicts that are right for a labelled response, in the record's words."""
    found = label.get("verdicts") or [label.get("verdict")]
    return {str(v).replace("none stated", "unclear").replace(" ", "_") for v in found if v}


def _ratings(labels: Mapping[str, Any], record: Mapping[str, Any]) -> Count:
    wanted = [r for e in labels.get("evaluations", []) for r in e.get("ratings") or [] if r.get("value")]
    found = [r for e in record.get("evaluations", []) for r in e.get("ratings") or []]
    left, hits = list(found), 0
    for label in wanted:
        for at, rating in enumerate(left):
            if _same_rating(label, rating):
                del left[at]
                hits += 1
                break
    return Count(hits, len(wanted), len(found))


def _same_rating(label: Mapping[str, Any], rating: Mapping[str, Any]) -> bool:
    asked = letters(label["criterion"])
    criterion = letters(rating.get("criterion_as_printed") or rating.get("criterion"))
    if not criterion or not (criterion.startswith(asked) or asked.startswith(criterion)):
        return False
    return letters(label["value"]) in {letters(rating.get("as_printed")), letters(rating.get("value"))} - {""}


def macro_f1(scores: Iterable[Score], kind: str) -> float | None:
    """Mean F1 over the documents whose labels have the kind; a document that was not read counts 0."""
    values = [s.kinds[kind].f1 or 0.0 for s in scores if s.kinds[kind].labels]
    return sum(values) / len(values) if values else None


def total(scores: Iterable[Score], kind: str) -> Count:
    """All documents' counts of a kind together."""
    counts = [s.kinds[kind] for s in scores]
    return Count(sum(c.hits for c in counts), sum(c.labels for c in counts), sum(c.read for c in counts))


def strays(scores: Iterable[Score], kind: str, *, trap: bool) -> tuple[int, int]:
    """Statements of a kind in documents whose labels have none of it, and how many such documents there are."""
    reads = [s.kinds[kind].read for s in scores if not s.kinds[kind].labels and s.trap is trap]
    return sum(reads), len(reads)


def field_share(scores: Iterable[Score], name: str) -> Share:
    """All documents' values of a field together."""
    return sum((s.fields.get(name, Share()) for s in scores), Share())
