"""Notes of a record without places are called in a composed paper in their order, and not all on one spot."""

from __future__ import annotations

from evaltrail.record import Footnote, Record
from evaltrail.write.model import Paragraph, text
from evaltrail.write.papers._called import with_notes

WORDS = ["Ferries run late.", "Harbour masters keep accounts.", "Crews train twice.", "Fares rose.", "Islands differ."]


def called(*notes: str) -> list[list[int]]:
    """The notes that each paragraph calls."""
    record = Record(footnotes=tuple(Footnote(number=str(n), text=t) for n, t in enumerate(notes, 1)))
    blocks, _ = with_notes([Paragraph(text(w)) for w in WORDS], record)
    return [[r.note for r in b.words if r.note is not None] for b in blocks if isinstance(b, Paragraph)]


def test_notes_that_share_no_word_are_called_one_a_paragraph() -> None:
    assert called("Ibid.", "See annex 3.", "P. 12.") == [[0], [1], [2], [], []]


def test_they_stand_behind_the_note_before_and_not_behind_the_next() -> None:
    assert called("Accounts of the harbour.", "Ibid.", "P. 12.", "Crews of two ships.") == [[], [0], [1, 2, 3], [], []]


def test_more_notes_than_paragraphs_end_in_the_last_one() -> None:
    assert called(*["Ibid."] * 7) == [[0], [1], [2], [3], [4, 5, 6]]
