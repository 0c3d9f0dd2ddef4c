"""Links between statements, proposed by their words; a person decides.

A link that the text states comes with the record (basis "stated").  What is proposed here has the basis "proposed" and a
score: the share of proposals with such a score that turned out right in papers whose links are known.  Nothing is ever
merged, and a record is never changed: :func:`linked` gives a new one.
"""

from __future__ import annotations

from evaltrail.link.matches import Match, match
from evaltrail.link.proposals import THRESHOLD, linked, propose

__all__ = ["THRESHOLD", "Match", "linked", "match", "propose"]
