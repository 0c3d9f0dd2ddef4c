"""Who is reminded of what: a digest a person a week, what is long overdue to the head of the unit, nothing where there is nothing.

A few queries over what is due and who answers for it, whatever the number of people; the texts are made in memory.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaltrail_office.accounts.access import current_grants
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.machine import RUNNING, ResponseState
from evaltrail_office.follow_up.models import Action, Charge, FollowUp, Response
from evaltrail_office.follow_up.preset import Reminders

if TYPE_CHECKING:
    from collections.abc import Iterable

FAR = 366
"""Days ahead beyond which no preset reminds."""
SHOWN = 30
"""Lines in a mail; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is due."""

    key: str
    """Of the action, or ``answer:12``."""
    text: str
    """Of the action; of an answer the number of the recommendation."""
    unit: str
    due: date
    about: str
    """The evaluation's title."""


@dataclass(slots=True)
class Digest:
    """What a person is told in a week."""

    late: list[Line] = field(default_factory=list)
    soon: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.late or self.soon)

    def keys(self) -> list[str]:
        """Of all that it names, in order."""
        return [line.key for line in (*self.late, *self.soon)]


def week_of(day: date) -> str:
    """The ISO week: ``2026-W48``."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def digests(today: date) -> dict[int, Digest]:
    """What each person is to be told of their actions and the answers that they owe: number of the person -> digest.

    An action is its owner's, else its unit's focal points', else the head's, else everybody's in the unit.
    People who left are told nothing.
    """
    tellers = _Tellers()
    found: defaultdict[int, Digest] = defaultdict(Digest)
    rules = _rules()
    for key, text, unit, owner, due, title, follow_up, evaluation in _due_actions(today, rules):
        line = Line(key, text, tellers.name(unit), due, title)
        for person in tellers.of(unit, owner, evaluation):
            _put(found[person], line, today, rules.get(follow_up, _HOUSE))
    for pk, number, title, follow_up, due, unit, evaluation in _due_answers(today):
        line = Line(f"answer:{pk}", number, tellers.name(unit), due, title)
        for person in tellers.of(unit, None, evaluation):
            _put(found[person], line, today, rules.get(follow_up, _HOUSE))
    return {person: digest for person, digest in found.items() if digest}


def escalations(today: date) -> dict[int, Digest]:
    """What heads of units are told: actions of their unit that are past their date for longer than the preset has patience."""
    tellers = _Tellers()
    found: defaultdict[int, Digest] = defaultdict(Digest)
    rules = _rules()
    for key, text, unit, _owner, due, title, follow_up, _evaluation in _due_actions(today, rules, past=True):
        head = tellers.head(unit)
        if head is not None and (today - due).days >= rules.get(follow_up, _HOUSE).escalate:
            found[head].late.append(Line(key, text, tellers.name(unit), due, title))
    return dict(found)


_HOUSE = Reminders()


def _rules() -> dict[int, Reminders]:
    """Of each open follow-up, when people are told; presets are few, so that each is read once."""
    known: dict[str, Reminders] = {}
    found = {}
    for pk, said in FollowUp.objects.filter(closed=None).values_list("pk", "rules__reminders"):
        text = repr(said)
        if text not in known:
            known[text] = Reminders.model_validate(said) if isinstance(said, dict) else _HOUSE
        found[pk] = known[text]
    return found


def _put(digest: Digest, line: Line, today: date, rules: Reminders) -> None:
    if line.due < today:
        digest.late.append(line)
    elif (line.due - today).days <= max(rules.before, default=0):
        digest.soon.append(line)


def _due_actions(today: date, rules: dict[int, Reminders], *, past: bool = False) -> Iterable[tuple[Any, ...]]:
    ahead = 0 if past else max((day for r in rules.values() for day in r.before), default=0)
    until = today - timedelta(days=1) if past else today + timedelta(days=min(ahead, FAR))
    columns = ("key", "text", "unit_id", "owner_id", "due", "evaluation__title", "track__follow_up_id", "evaluation__key")
    rows = Action.objects.filter(state__in=sorted(RUNNING), due__lte=until).order_by("due", "pk")
    return rows.values_list(*columns).iterator(chunk_size=5000)


def _due_answers(today: date) -> Iterable[tuple[Any, ...]]:
    """Answers that lead units owe and have not handed to clearance."""
    rows = Response.objects.filter(
        state__in=(ResponseState.ASKED, ResponseState.DRAFTED),
        replaced=False,
        track__isnull=False,
        follow_up__response_due__lte=today + timedelta(days=FAR),
    )
    columns = ("pk", "track_id", "track__recommendation__number", "evaluation__title", "follow_up_id", "follow_up__response_due")
    leads = {(track, organisation): unit for track, organisation, unit in _leads()}
    for pk, track, number, title, follow_up, due, organisation, evaluation in rows.values_list(*columns, "organisation", "evaluation__key"):
        unit = leads.get((track, organisation))
        if unit is not None:
            yield pk, number or "–", title, follow_up, due, unit, evaluation


def _leads() -> Iterable[tuple[int, str, int]]:
    owed = Response.objects.filter(state__in=(ResponseState.ASKED, ResponseState.DRAFTED), replaced=False)
    return Charge.objects.filter(lead=True, track__in=owed.values("track")).values_list("track_id", "organisation", "unit_id")


class _Tellers:
    """Who is told of what a unit owes. Reads everything that it needs in three queries."""

    def __init__(self) -> None:
        self._family = Family.read()
        self._people: defaultdict[int, list[int]] = defaultdict(list)
        self._active: set[int] = set()
        self._names = _names()
        for pk, unit in User.objects.filter(is_active=True).values_list("pk", "unit_id"):
            self._active.add(pk)
            if unit is not None:
                self._people[unit].append(pk)
        self._focal: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        held = current_grants().filter(role=Role.FOCAL_POINT, emergency=False).exclude(unit=None)
        for user, unit, evaluation in held.values_list("user_id", "unit_id", "evaluation"):
            if user in self._active and unit is not None:
                self._focal[self._family.today(unit), evaluation].append(user)

    def of(self, unit: int | None, owner: int | None, evaluation: str) -> list[int]:
        if owner is not None and owner in self._active:
            return [owner]
        if unit is None:
            return []
        today = self._family.today(unit)
        focal = self._focal.get((today, evaluation))
        if focal:
            return focal
        head = self.head(unit)
        return [head] if head is not None else self._people.get(today, [])

    def head(self, unit: int | None) -> int | None:
        if unit is None:
            return None
        head = self._family.head.get(self._family.today(unit))
        return head if head in self._active else None

    def name(self, unit: int | None) -> str:
        return self._names.get(self._family.today(unit), "") if unit is not None else ""


def _names() -> dict[int, str]:

    return dict(Unit.objects.order_by().values_list("pk", "name"))


def text_of(person: User, digest: Digest, today: date, *, escalated: bool = False) -> tuple[str, str]:
    """Subject and text of a mail, in the person's language."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        late, soon = len(digest.late), len(digest.soon)
        if escalated:
            subject = ngettext("%(n)s action of your unit is long overdue", "%(n)s actions of your unit are long overdue", late) % {
                "n": late
            }
        elif late:
            subject = ngettext("%(n)s thing is late", "%(n)s things are late", late) % {"n": late}
        else:
            subject = ngettext("%(n)s thing is due soon", "%(n)s things are due soon", soon) % {"n": soon}
        blocks = [_("Dear %(name)s,") % {"name": person.name}]
        if digest.late:
            blocks.append(_block(_("Past their date"), digest.late, today))
        if digest.soon:
            blocks.append(_block(_("Due soon"), digest.soon, today))
        if settings.OFFICE_URL:
            blocks.append(_("All of it: %(address)s") % {"address": settings.OFFICE_URL + reverse("follow-up")})
        blocks.append(_("You get this once a week, and not where nothing is due."))
        return subject, "\n\n".join(blocks) + "\n"


def _block(heading: str, lines: list[Line], today: date) -> str:
    told = [f"{heading}:"]
    for line in lines[:SHOWN]:
        days = (today - line.due).days
        when = date_format(line.due, "DATE_FORMAT")
        if days > 0:
            when += ", " + ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
        words = " ".join(line.text.split())
        if line.key.startswith("answer:"):
            words = _("Answer to recommendation %(number)s") % {"number": words}
        told.append(f"- {when}: {words[:160]}{'…' if len(words) > 160 else ''} ({', '.join(x for x in (line.unit, line.about) if x)})")
        if settings.OFFICE_URL and not line.key.startswith("answer:"):
            told.append(f"  {settings.OFFICE_URL}{reverse('action', args=[line.key])}")
    if len(lines) > SHOWN:
        told.append(_("and %(n)s more") % {"n": len(lines) - SHOWN})
    return "\n".join(told)
