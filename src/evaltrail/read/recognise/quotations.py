"""What a response repeats of the recommendation before it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.choose import same, tokens
from evaltrail.read.recognise.verdicts import verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.recognise.candidates import Candidate


def without_quotations(found: Sequence[Candidate]) -> list[Candidate]:
    """Responses without the recommendation that they quote before they answer; one that only quotes is none."""
    texts = {c.number: tokens(c.text.text) for c in found if c.kind == "recommendation" and c.number}
    out: list[Candidate] = []
    for c in found:
        if c.kind == "response" and c.basis in ("label", "heading"):
            quoted = [texts[n] for n in c.answers if n in texts] + ([tokens(c.target.text.text)] if c.target is not None else [])
            first, _, rest = c.text.text.partition("\n")
            if len(first.split()) >= 8 and verdict_of(first) == "unclear" and any(same(tokens(first), q) for q in quoted):
                if not rest.strip():
                    continue
                c.text = c.text.cut(len(first))
        out.append(c)
    return out
