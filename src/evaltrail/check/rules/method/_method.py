"""What the rules on method share: where a paper speaks of how the evaluation was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.check.mention import first, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message
    from evaltrail.check.unit import Unit
    from evaltrail.check.wording import Said

TOPIC = "check_method"
_DETAILS = frozenset({"ethics", "sampling", "triangulation"})
"""What may be told in a technical report beside the report: where the report names one, nothing is said to be missing."""
_APART = frozenset({"contents", "references", "foreign", "recommendations", "response"})


def stated_of_method(paper: Paper, key: str, missing: Said, about: str = "about") -> Iterator[Message]:
    """What a report has to state of its method: the sentence that does, as right, else the message that it is missing.

    It may be stated in a chapter on method, an annex or a heading, or in a passage that speaks of the evaluation, its
    interviews or its data; the same words elsewhere are about what was evaluated.  Details of the method are not said to be
    missing where the report names a technical report that may hold them.

    Args:
        paper: the paper.
        key: name of the list of terms in the pack.
        missing: what to say when none is there.
        about: name of the list by which a passage is known to speak of the evaluation; "itself": by name only.
    """
    speaks = paper.words_of(TOPIC, about)

    def counts(unit: Unit) -> bool:
        if "contents" in unit.within or "response" in unit.within:
            return False
        return "method" in unit.within or unit.kind == "heading" or bool(speaks and speaks.search(unit.text))

    def shows(unit: Unit, words: str) -> bool:
        return unit.within.isdisjoint(_APART) and ("method" in unit.within or bool(speaks and speaks.search(words)))

    elsewhere = key in _DETAILS and first(paper, TOPIC, "method_papers", lambda u: "recommendations" not in u.within) is not None
    for m in stated(paper, TOPIC, key, missing, counts, shows):
        if m.right or not elsewhere:
            yield m
