"""What the rules say of a paper as it stands with its corrections, and which corrections would mend it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evaltrail.check import check
from evaltrail.check.report import Remark
from evaltrail.record import Correction, correction
from evaltrail.text.normal import squeeze, squeezed
from evaltrail_office.intake.models import Checked
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.shelf.working import live, reading_of, working_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import Edit, Record
    from evaltrail_office.shelf.models import Document

LEAST_FAULT = 2
"""Letters that words at fault must have, or all of a statement would be waved."""
AT_ONCE = 60_000
"""Characters of a paper that is checked while its page is made: about a fifth of a second."""


@dataclass(slots=True)
class Message:
    """A remark of the check, and what can be done about it."""

    number: int
    """Among the document's, for the button that mends it."""
    remark: Remark
    mends: str = ""
    """What the repair would do, in words; empty: only a person can say."""

    @property
    def level(self) -> str:
        """``error``, ``warning`` or ``note``."""
        return self.remark.severity

    @property
    def page(self) -> int | None:
        """Where it is."""
        return self.remark.places[0].page if self.remark.places else None


def state_of(document: Document) -> str:
    """What the working record depends on, as one short text."""
    if document.confirmed and document.current is not None:
        return document.current.sha256
    base = reading_of(document)
    parts = [base.sha256, *(f"{row.pk} {row.made.isoformat()}" for row in live(document))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def messages_of(document: Document, record: Record | None = None) -> list[Message]:
    """What the rules say of the working record; kept until something is corrected."""
    state = state_of(document)
    kept = Checked.objects.filter(document=document).first()
    if kept is not None and kept.state == state:
        return _told(kept)
    record = record if record is not None else working_record(document)
    data = [r.model_dump(mode="json", by_alias=True) for r in check(record).remarks]
    return _told(Checked.objects.update_or_create(document=document, defaults={"state": state, "remarks": data})[0])


def messages_at_hand(document: Document, record: Record, *, asked_by: str) -> tuple[list[Message], bool]:
    """What the rules say, and whether that is of the record as it stands: of a long paper they may still speak of it as it was.

    A long paper takes a second to check, for which nobody should wait after every correction: a job does it.
    """
    kept = Checked.objects.filter(document=document).first()
    if kept is None or sum(len(p.text) for p in record.pages) <= AT_ONCE or kept.state == state_of(document):
        return messages_of(document, record), True
    enqueue("intake.check", {"document": document.key}, asked_by=asked_by, key=f"intake.check:{document.key}", priority=9)
    return _told(kept), False


def _told(kept: Checked) -> list[Message]:
    remarks = [Remark.model_validate(r) for r in kept.remarks]
    return [Message(n, r, mending(r.repair)) for n, r in enumerate(remarks)]


def mending(edits: Sequence[Edit]) -> str:
    """What a repair would do, in words; empty where there is none that can be made as a correction."""
    if not edits or any(_way(e) is None for e in edits):
        return ""
    said = []
    for e in edits:
        field = e.pointer.rpartition("/")[2]
        said.append(
            _("leave %(field)s empty") % {"field": field} if e.new is None else _("%(field)s: “%(new)s”") % {"field": field, "new": e.new}
        )
    whole = "; ".join(said)
    return whole[:1].upper() + whole[1:]


def repairs(record: Record, remark: Remark) -> list[Correction]:
    """The corrections that make a repair of the present record; empty where it has none or is about another state of it."""
    out: list[Correction] = []
    for e in remark.repair:
        way = _way(e)
        if way is None:
            return []
        part, index, field = way
        try:
            statement = record.evaluations[part].statements[index]
        except IndexError:
            return []
        data: dict[str, Any] = {"kind": "set", "statement": statement.id, "field": field, "old": e.old, "new": e.new, "reason": remark.rule}
        out.append(correction(data))
    return out


def _way(edit: Edit) -> tuple[int, int, str] | None:
    """Evaluation, statement and field that an edit is about; None where it is about something else."""
    steps = edit.pointer.split("/")[1:]
    if len(steps) < 5 or steps[0] != "evaluations" or steps[2] != "statements" or not (steps[1].isdigit() and steps[3].isdigit()):
        return None
    return int(steps[1]), int(steps[3]), ".".join(steps[4:])


def waved(text: str, record: Record, remarks: Iterable[Remark]) -> list[tuple[str, bool]]:
    """A statement's words in stretches, each with whether a remark finds fault with it."""
    flat = squeezed(text)
    spans: list[tuple[int, int]] = []
    for remark in remarks:
        for place in remark.places:
            if place.page > len(record.pages):
                continue
            words = squeeze(record.pages[place.page - 1].text[place.start : place.end])
            at = flat.text.find(words) if LEAST_FAULT <= len(words) < len(flat.text) * 0.6 else -1
            if at >= 0:
                spans.append(flat.original(at, at + len(words)))
    out: list[tuple[str, bool]] = []
    done = 0
    for start, end in sorted(spans):
        if start < done:
            continue
        out += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [(words, fault) for words, fault in [*out, (text[done:], False)] if words]
