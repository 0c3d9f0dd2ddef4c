"""What is proposed of a paper, and what each proposal rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from evaltrail.record import Place

Kind = Literal["country", "sdg", "theme", "region"]
Ground = Literal["title", "row", "cover", "stated", "heading", "mentions", "issuer"]
"""What a proposal rests on.

``title``: the title of the paper or of the evaluation. ``row``: a row or line of the cover that is meant for it ("Countries: …").
``cover``: other words of the cover. ``stated``: a sentence that says where it was done, or to which goal it contributes. ``heading``: a
heading. ``mentions``: it is named far more often than any other. ``issuer``: a national body judges its own country's work.
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A country, region, goal or theme that a paper's evaluation may be given. A person decides."""

    kind: Kind
    value: str
    """ISO 3166 code of a country, number of a Sustainable Development Goal, a theme as the office spells it, English name of a region."""
    ground: Ground
    words: str
    """The words that it rests on, with those around them, as the paper has them."""
    place: Place | None
    """Where they stand; None where the paper does not tell."""
    score: float
    """From 0 to 1: how much the ground weighs. It orders proposals, and is no probability."""
    evaluation: str | None = None
    """id of the evaluation in the record."""
    statement: str | None = None
    """id of the statement in which the words stand, if they stand in one."""
    mentions: int = 1
    """How often it is named in the paper's part on the evaluation."""
