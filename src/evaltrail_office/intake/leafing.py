"""What the preview page shows: which page, which statement is open, what comes before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evaltrail_office.accounts.models import User
from evaltrail_office.intake.changes import mark_of
from evaltrail_office.intake.entries import Entry, entries
from evaltrail_office.intake.messages import Message, messages_at_hand, waved
from evaltrail_office.intake.sheet import Leaf, leaf_of, leaves, shown, spare
from evaltrail_office.shelf.working import working_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from evaltrail.record import Evaluation, Passage, Rating, Record
    from evaltrail_office.shelf.models import Document

LISTED = 20
"""Statements of a list that is not a page's."""
VIEWS = ("page", "doubtful", "unplaced", "messages", "open", "ratings")


@dataclass(slots=True)
class View:
    """Everything that the page is made of."""

    document: Document
    record: Record
    show: str
    leaf: Leaf
    leaves: int
    entries: list[Entry]
    """On this page of the paper, or in this list."""
    current: Entry | None
    before: str = ""
    after: str = ""
    """Addresses of the statements before and after the current one."""
    next_id: str = ""
    """Of the statement that the current one can be merged with."""
    next_tag: str = ""
    drawn: SafeString | str = ""
    messages: list[Message] = field(default_factory=list)
    loose: list[Message] = field(default_factory=list)
    """Of this page, about no statement of it."""
    total: int = 0
    confirmed: int = 0
    doubtful: int = 0
    unplaced: int = 0
    spare: dict[str, Passage] = field(default_factory=dict)
    more: int = 0
    fresh: bool = True
    """Whether the messages are of the record as it stands."""

    @property
    def ratings(self) -> list[tuple[Evaluation, Rating, str]]:
        """With the evaluation of each, and what its form knows it by."""
        return [(e, r, mark_of(r)) for e in self.record.evaluations for r in e.ratings]

    @property
    def errors(self) -> int:
        """Messages that say that something is wrong."""
        return sum(m.level == "error" for m in self.messages)

    @property
    def warnings(self) -> int:
        """Messages that a standard asks for more."""
        return sum(m.level == "warning" for m in self.messages)

    @property
    def left(self) -> int:
        """Statements that nobody has confirmed."""
        return self.total - self.confirmed

    @property
    def confirmed_here(self) -> int:
        """Of the list."""
        return sum(e.confirmed is not None for e in self.entries)


def view_of(document: Document, asked: Mapping[str, str], *, asked_by: str) -> View:
    """What is shown for an address: ``page``, ``statement``, ``show``, ``edit``; ``asked_by`` is the key of who looks."""
    record = working_record(document)
    found = _told(document, entries(record))
    messages, fresh = messages_at_hand(document, record, asked_by=asked_by)
    _give(found, messages)
    all_leaves = leaves(record)
    show = asked.get("show", "page") if asked.get("show") in VIEWS else "page"
    order = _ordered(list(found.values()), show)
    current = found.get(asked.get("statement", ""))
    number = _leaf_number(all_leaves, asked.get("page", ""), current, order)
    leaf = all_leaves[number - 1]
    here = [e for e in found.values() if any(leaf.holds(p) for p in e.statement.places)]
    listed = here if show == "page" else order
    if show == "ratings":
        leaf = all_leaves[_ratings_leaf(record, all_leaves, asked.get("page", "")) - 1]
        here = [e for e in found.values() if any(leaf.holds(p) for p in e.statement.places)]
    if current is None and asked.get("edit") != "add":
        current = next((e for e in listed if e.confirmed is None), listed[0] if listed else None)
        if show != "page" and current is not None:
            leaf = all_leaves[(leaf_of(all_leaves, current.statement.places) or number) - 1]
            here = [e for e in found.values() if any(leaf.holds(p) for p in e.statement.places)]
    sequence = order
    for e in found.values():
        e.address = address(document, e, all_leaves, show)
        e.current = e is current
    if current is not None and current not in listed:
        listed = [current, *listed]
    begin = max(0, (listed.index(current) if current in listed else 0) - LISTED // 2) if show != "page" else 0
    window = listed[begin : begin + LISTED] if show != "page" else listed
    view = View(
        document, record, show, leaf, len(all_leaves), window, current, messages=messages, more=len(listed) - len(window), fresh=fresh
    )
    for e in window:
        e.words = waved(e.statement.text, record, [m.remark for m in e.messages])
    view.total, view.confirmed = len(found), sum(e.confirmed is not None for e in found.values())
    view.doubtful = sum(e.certainty.name == "doubtful" and e.confirmed is None for e in found.values())
    view.unplaced = sum(e.page is None for e in found.values())
    _neighbours(view, sequence, list(found.values()))
    view.spare = spare(record, leaf, here)
    own = {e.id for e in found.values()}
    view.loose = [m for m in messages if m.remark.statement not in own and (m.page == leaf.page.number if m.page else show == "messages")]
    if show == "messages":
        view.loose = [m for m in messages if m.remark.statement not in own]
    link = f"{reverse('preview', args=[document.key])}?page={leaf.number}&edit=add&passage="
    passages = {anchor: (p, f"{link}{anchor[1:]}") for anchor, p in view.spare.items()}
    view.drawn = shown(record, leaf, here, current.messages if current else (), passages)
    return view


def address(document: Document, entry: Entry, all_leaves: list[Leaf], show: str = "page") -> str:
    """Where a statement is open beside its page."""
    number = leaf_of(all_leaves, entry.statement.places)
    asked = {"page": number} if number and show == "page" else {}
    query = urlencode({**asked, "statement": entry.id, **({"show": show} if show != "page" else {})})
    # Put into HTML by the template and by ``sheet.shown``, where only the ampersand could matter.
    return f"{reverse('preview', args=[document.key])}?{query}"


def _told(document: Document, found: dict[str, Entry]) -> dict[str, Entry]:
    """What people have said of the statements."""
    rows = document.statements.exclude(confirmed=None).values_list("record_id", "confirmed", "confirmed_by")
    names = dict(User.objects.filter(key__in={by for _, _, by in rows}).values_list("key", "name"))
    for key, when, by in rows:
        if key in found:
            found[key].confirmed, found[key].confirmed_by = when, names.get(by, by)
    return found


def _give(found: dict[str, Entry], messages: list[Message]) -> None:
    """Every message to the statement that it is about, else to the one in whose words it stands."""
    for m in messages:
        if m.remark.statement in found:
            found[m.remark.statement].messages.append(m)
            continue
        for place in m.remark.places[:1]:
            holder = next(
                (e for e in found.values() if any(p.page == place.page and p.start <= place.start < p.end for p in e.statement.places)),
                None,
            )
            if holder is not None:
                holder.messages.append(m)
                m.remark = m.remark.model_copy(update={"statement": holder.id})


def _ordered(found: list[Entry], show: str) -> list[Entry]:
    if show == "doubtful":
        return sorted((e for e in found if e.confirmed is None), key=lambda e: e.certainty.order)
    if show == "unplaced":
        return [e for e in found if e.page is None]
    if show == "messages":
        return [e for e in found if e.messages]
    if show == "ratings":
        return []
    if show == "open":
        return [e for e in found if e.confirmed is None]
    return found


def _leaf_number(all_leaves: list[Leaf], asked: str, current: Entry | None, order: list[Entry]) -> int:
    if asked.isdigit() and 1 <= int(asked) <= len(all_leaves):
        return int(asked)
    if current is not None:
        return leaf_of(all_leaves, current.statement.places) or 1
    first = next((e for e in order if e.confirmed is None and e.page), next((e for e in order if e.page), None))
    return (leaf_of(all_leaves, first.statement.places) if first else None) or 1


def _ratings_leaf(record: Record, all_leaves: list[Leaf], asked: str) -> int:
    """The page that is asked for, else that of the first rating."""
    if asked.isdigit() and 1 <= int(asked) <= len(all_leaves):
        return int(asked)
    places = [r.places for e in record.evaluations for r in e.ratings if r.places]
    return (leaf_of(all_leaves, places[0]) if places else None) or 1


def _neighbours(view: View, sequence: list[Entry], whole: list[Entry]) -> None:
    current = view.current
    if current is None:
        return
    if current in sequence:
        at = sequence.index(current)
        view.before = sequence[at - 1].address if at else ""
        view.after = sequence[at + 1].address if at + 1 < len(sequence) else ""
    elif sequence:
        view.after = sequence[0].address
    at = whole.index(current)
    later = [e for e in whole[at + 1 :] if e.part.id == current.part.id]
    follows = next((e for e in later if e.statement.kind == current.statement.kind), later[0] if later else None)
    if follows is not None:
        view.next_id, view.next_tag = follows.id, follows.tag


def after_confirming(document: Document, entry_id: str, show: str) -> str:
    """Where to go on: the next statement that nobody has confirmed, in the order that is shown; itself where there is none."""
    record = working_record(document)
    found = _told(document, entries(record))
    order = _ordered(list(found.values()), show)
    all_leaves = leaves(record)
    at = next((n for n, e in enumerate(order) if e.id == entry_id), -1)
    later = [e for e in [*order[at + 1 :], *order[: max(at, 0)]] if e.confirmed is None]
    if later:
        return address(document, later[0], all_leaves, show)
    own = found.get(entry_id)
    return address(document, own, all_leaves, show) if own else reverse("preview", args=[document.key])


def title_of(leaf: Leaf, count: int) -> str:
    """``Page 56 of 84``."""
    words = _("Page %(number)d of %(count)d") if leaf.pictured else _("Part %(number)d of %(count)d of the text")
    return words % {"number": leaf.number, "count": count}
