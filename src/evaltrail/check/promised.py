"""What answers promise in running text, for those who show an answer beside what is to come of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evaltrail.check.paper import Paper
from evaltrail.check.rules.response import _answer
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from evaltrail.record import Record


def promised(record: Record) -> dict[str, str]:
    """The words with which each answer says what somebody will do, does or has done, by the answer's id.

    An answer that promises nothing is left out, as rule RES002 counts it: no act and no date. One that names a date and no act is there
    with empty words.
    """
    paper = Paper(record, today=datetime.now(UTC).date())
    found: dict[str, str] = {}
    for response in paper.responses:
        said = " ".join(sentence.text for sentence in _answer.promises(paper, response))
        if said or dates(response.text, paper.language):
            found[response.id] = said
    return found
