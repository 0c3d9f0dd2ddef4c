"""A row that an earlier edition of the register had: what changed since is taken over, where nobody has worked on it here."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evaltrail_office.follow_up.actions.answers import canonical
from evaltrail_office.follow_up.actions.register_held import Held, handed_over, reason_of, told
from evaltrail_office.follow_up.actions.register_standing import days_of, standing
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import CLOSED, ResponseState, TrackState
from evaltrail_office.follow_up.models import Action, Progress, RegisterRow, Response, Track, Transmission
from evaltrail_office.follow_up.moving import plain as as_json
from evaltrail_office.follow_up.registers.fields import LABELS
from evaltrail_office.follow_up.registers.plan import values_of
from evaltrail_office.journal.actions import Noted

if TYPE_CHECKING:
    from django.db import models

    from evaltrail_office.follow_up.actions.register_taking import Taking
    from evaltrail_office.follow_up.registers.plan import Line

_STANDING = ("status", "closed", "closer")
_ANSWER = ("verdict", "reply", "reason", "answered")


def updated(taking: Taking, line: Line, row: RegisterRow, earlier: RegisterRow) -> None:
    """Compare with the earlier row, write what changed, and tell it in the row."""
    assert earlier.track is not None  # noqa: S101 - only such rows are earlier ones
    old, new = earlier.made.get("values", {}), values_of(line, taking.fields)
    if not (new["status"] or new["closed"]):
        new["closer"] = old.get("closer", new["closer"])
    differing = [name for name, value in new.items() if old.get(name, "") != value]
    row.track = earlier.track
    row.made = {
        "values": new,
        "of_action": earlier.made.get("of_action", ""),
        "revisions": dict(earlier.made.get("revisions", {})),
        "answers": earlier.made.get("answers") or earlier.made.get("answer"),
    }
    if not differing:
        row.outcome = RegisterRow.Outcome.SAME
        return
    change = _Change(taking, line, row, earlier.track)
    change.write(set(differing))
    if change.done:
        row.outcome = RegisterRow.Outcome.CHANGED
        row.made["differences"] = {name: [old.get(name, ""), new[name]] for name in change.done}
    elif change.refused:
        row.outcome, row.kind = RegisterRow.Outcome.SKIPPED, "worked_on"
    else:
        row.outcome = RegisterRow.Outcome.SAME
    if change.refused:
        names = ", ".join(str(LABELS.get(name, name)) for name in change.refused)
        line.remarks.append(_("somebody has worked on it here since, so this was not taken over: %(names)s") % {"names": names})
        # What was not taken over is compared with the next edition again.
        for name in change.refused:
            row.made["values"][name] = old.get(name, "")
    row.reason = told(line)


class _Change:
    """Writes the changes of one row."""

    def __init__(self, taking: Taking, line: Line, row: RegisterRow, track: Track) -> None:
        self.taking, self.line, self.row = taking, line, row
        self.track = (
            Track.objects.select_for_update(of=("self",)).select_related("follow_up", "evaluation", "recommendation").get(pk=track.pk)
        )
        self.done: list[str] = []
        self.refused: list[str] = []
        self.undo: list[dict[str, Any]] = []

    def write(self, names: set[str]) -> None:
        self._words(names)
        self._action(names)
        if names & set(_ANSWER):
            self._answer(sorted(names & set(_ANSWER)))
        if self.done:
            self._settle()
            self.row.made["undo"] = self.undo

    def _put(self, thing: models.Model, name: str, columns: dict[str, Any]) -> None:
        """Change columns, with old and new for the journal and for taking it back."""
        old = {c: as_json(getattr(thing, c)) for c, v in columns.items() if getattr(thing, c) != v}
        if not old:
            return
        for c in old:
            setattr(thing, c, columns[c])
        if hasattr(thing, "revision"):
            thing.revision += 1
        thing.save(update_fields=[*old, *(("revision",) if hasattr(thing, "revision") else ())])
        new = {c: as_json(getattr(thing, c)) for c in old}
        about = self.track.evaluation.key
        self.taking.entries.append(Noted("took over", name, about, old=old, new={**new, "register": self.taking.register.key}))
        self.undo.append({"thing": name, "old": old, "revision": getattr(thing, "revision", None)})

    def _words(self, names: set[str]) -> None:
        recommendation = self.track.recommendation
        columns = {"text": self.line.get("text"), "number": self.line.get("number")[:20], "priority": self.line.get("priority")[:40]}
        wanted = {name: value for name, value in columns.items() if name in names}
        if wanted:
            if recommendation.samenesses.filter(confirmed__isnull=False).exists():
                # Papers say what it says.
                self.refused += sorted(wanted)
            else:
                self._put(recommendation, f"recommendation:{recommendation.key}", wanted)
                self.done += sorted(wanted)

    def _action(self, names: set[str]) -> None:
        wanted = names & {*_STANDING, "due", "first_due", "unit", "action", "action_number", "comments"}
        if not wanted:
            return
        key = self.row.made["of_action"]
        action = Action.objects.select_for_update(of=("self",)).select_related("track", "unit").filter(key=key).first() if key else None
        if action is None or action.revision != self.row.made["revisions"].get("action", 0):
            self.refused += sorted(wanted - {"closer"})
            return
        columns: dict[str, Any] = {}
        if wanted & set(_STANDING):
            t = self.taking
            columns |= standing(self.line, preset_of(self.track.follow_up), t.fields.closer, t.register.key, t.today)
        due, first = days_of(self.line)
        if "due" in wanted or "first_due" in wanted:
            columns["due"] = due or first
            columns["first_due"] = first or action.first_due or due
        if "unit" in wanted:
            columns["unit"] = self.taking.unit_of(self.line)
            self._put(self.track, f"follow-up:{self.track.recommendation.key}", {"printed_addressee": self.line.get("unit")[:300]})
        if "action" in wanted and not action.implied:
            columns["text"] = self.line.get("action")
        if "text" in names and action.implied and "text" not in self.refused:
            columns["text"] = self.line.get("text")
        if "action_number" in wanted:
            columns["number"] = self.line.get("action_number")[:24]
        self._put(action, f"action:{action.key}", columns)
        if "comments" in wanted and self.line.get("comments"):
            made = Progress.objects.create(action=action, text=self.line.get("comments"), made_by=self.taking.user.key)
            self.undo.append({"progress": made.pk})
        self.row.made["revisions"]["action"] = action.revision
        self.done += sorted(wanted - {"closer"} or wanted)

    def _answer(self, names: list[str]) -> None:
        rows = list(self.track.responses.select_for_update(of=("self",)).filter(point=None, organisation="").order_by("-version"))
        last = rows[0] if rows else None
        own = self.row.made.get("answers")
        if last is not None and last.pk != own and last.state != ResponseState.ASKED:
            self.refused += names
            return
        if not (self.line.get("reply") or self.line.get("verdict")):
            # The newer edition leaves it out; what was handed over is not taken back by silence.
            self.refused += names
            return
        answered = self.line.get("answered")
        made = Response(
            follow_up=self.track.follow_up,
            evaluation=self.track.evaluation,
            track=self.track,
            version=(last.version if last else 0) + 1,
            state=ResponseState.TRANSMITTED,
            verdict=self.line.get("verdict"),
            text=self.line.get("reply"),
            reason=reason_of(self.line),
            transmitted=date.fromisoformat(answered) if answered else None,
        )
        made.transmission = self._transmission(made)
        made.save()
        replaced = [r.pk for r in rows if not r.replaced]
        Response.objects.filter(pk__in=replaced).update(replaced=True)
        self.undo.append({"answer": made.pk, "replaced": replaced})
        self.row.made["answers"] = made.pk
        names_ = ("state", "verdict", "text", "reason", "transmitted", "version")
        new = {name: as_json(value) for name in names_ if (value := getattr(made, name)) not in {None, ""}}
        before = {name: as_json(getattr(last, name)) for name in new} if last is not None else None
        about = self.track.evaluation.key
        self.taking.entries.append(
            Noted("took over", f"answer:{made.pk}", about, old=before, new={**new, "register": self.taking.register.key})
        )
        self.done += names

    def _transmission(self, answer: Response) -> Transmission:
        body = [handed_over(Held(self.track.recommendation, self.track, answer, list(self.track.actions.select_related("unit"))))]
        sha256 = hashlib.sha256(canonical(body)).hexdigest()
        evaluation = self.track.evaluation
        new = {"sha256": sha256, "answers": 1, "organisation": "", "register": self.taking.register.key}
        self.taking.entries.append(Noted("transmitted", f"follow-up:{evaluation.key}", evaluation.key, new=new))
        return Transmission.objects.create(evaluation=evaluation, body=body, sha256=sha256, made_by=self.taking.user.key)

    def _settle(self) -> None:
        """The recommendation's verdict, and whether nothing more is owed of it."""
        rows = list(self.track.responses.filter(replaced=False, state__in=(ResponseState.TRANSMITTED, ResponseState.ISSUED)))
        columns: dict[str, Any] = {}
        if rows:
            columns |= {"verdict": rows[-1].verdict, "answered": rows[-1].transmitted}
        states = list(self.track.actions.values_list("state", "closed"))
        over = bool(states) and all(state in CLOSED for state, _closed in states)
        if over and self.track.state == TrackState.FOLLOWED and preset_of(self.track.follow_up).closing.retire == "all_closed":
            days = [closed for _state, closed in states if closed is not None]
            columns |= {"state": TrackState.RETIRED, "retired": max(days, default=None)}
            columns |= {"retired_why": "Every action is closed in the register.", "retired_by": self.taking.user.key}
        elif not over and self.track.state == TrackState.RETIRED and "status" in self.done:
            columns |= {"state": TrackState.FOLLOWED, "retired": None, "retired_why": "", "retired_by": ""}
        self._put(self.track, f"follow-up:{self.track.recommendation.key}", columns)
        self.row.made["revisions"]["track"] = self.track.revision
