"""Taking rows of a register over: evaluations, recommendations, answers and actions, a batch at a time, each row accounted for."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Stage
from evaltrail_office.evaluations.models import Evaluation, Facet, Recommendation
from evaltrail_office.evaluations.models import State as EvaluationState
from evaltrail_office.follow_up.actions.answers import canonical
from evaltrail_office.follow_up.actions.opening import presets
from evaltrail_office.follow_up.actions.register_held import (
    ACTION,
    ANSWER,
    TRACK,
    Held,
    Keys,
    handed_over,
    reason_of,
    retired,
    said_columns,
    told,
)
from evaltrail_office.follow_up.actions.register_standing import days_of, standing
from evaltrail_office.follow_up.actions.register_updating import updated
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import ResponseState, Verdict
from evaltrail_office.follow_up.models import Action, Charge, FollowUp, House, Progress, RegisterRow, Response, Track, Transmission
from evaltrail_office.follow_up.preset import due_from
from evaltrail_office.follow_up.registers import known
from evaltrail_office.follow_up.registers.plan import number_of, values_of
from evaltrail_office.follow_up.registers.words import plain
from evaltrail_office.journal.actions import Noted, note_all
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.models import next_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Register
    from evaltrail_office.follow_up.registers.fields import Fields
    from evaltrail_office.follow_up.registers.plan import Line

OWN = ""
"""What names the evaluation of rows that name none: the register's own."""


class Taking:
    """Takes lines of one register over. Each batch is one transaction of the caller's."""

    def __init__(self, user: User, register: Register, fields: Fields) -> None:
        self.user, self.register, self.fields = user, register, fields
        self.by_action = "action" in fields.columns
        self.today = timezone.localdate()
        self.own: Evaluation | None = register.evaluation
        self.units: dict[str, known.OfUnit] = {}

    def batch(self, lines: Sequence[Line]) -> None:
        """Take some lines over and write what became of each."""
        self.entries: list[Noted] = []
        self.held: dict[tuple[str, ...], Held] = {}
        rows = {r.number: r for r in self.register.rows.filter(number__in=[line.number for line in lines])}
        for line in lines:
            if line.skip:
                _skipped(rows[line.number], line.skip, line.why)
        open_ = [line for line in lines if not line.skip and rows[line.number].outcome == RegisterRow.Outcome.WAITING]
        self._units(open_)
        evaluations = self._evaluations(open_)
        follow_ups = self._follow_ups(open_, evaluations)
        self.keys = Keys("R", Recommendation, 6), Keys("A", Action, 6)
        own = list({e.pk: e for e in evaluations.values()}.values())
        candidates = known.candidates_of(own)
        self.last = dict(Recommendation.objects.filter(evaluation__in=own).order_by().values_list("evaluation").annotate(Max("position")))
        self._pair(open_, rows, evaluations)
        for line in open_:
            row, evaluation = rows[line.number], evaluations[line.evaluation]
            earlier = self.earlier.get(line.number)
            if earlier is not None:
                updated(self, line, row, earlier)
            else:
                self._take(line, row, follow_ups[evaluation.pk], candidates.get(evaluation.pk, []))
        self._write()
        last = _last_entry(self.user, self.entries)
        for row in rows.values():
            row.made["entry"] = last
        # Rows that are all there: to write them over takes a sixth of the time of bulk_update, which makes an expression for each value.
        told = ["identity", "outcome", "kind", "reason", "track", "made"]
        RegisterRow.objects.bulk_create(list(rows.values()), update_conflicts=True, unique_fields=["id"], update_fields=told)

    def _pair(self, lines: Sequence[Line], rows: dict[int, RegisterRow], evaluations: dict[str, Evaluation]) -> None:
        by: dict[str, list[Line]] = {}
        for line in lines:
            row = rows[line.number]
            row.identity = line.identity(evaluations[line.evaluation].key)
            by.setdefault(row.identity, []).append(line)
        self.earlier: dict[int, RegisterRow] = {}
        for identity, found in known.earlier_rows(self.register, by).items():
            self.earlier |= known.paired(by[identity], found)

    def _units(self, lines: Sequence[Line]) -> None:
        names = {u for line in lines if (u := line.get("unit"))} - set(self.units)
        found = known.units_named(names, self.fields.units)
        for name in sorted(names):
            said = self.fields.units.get(name, "new" if self.fields.unknown_units == "new" else "")
            if found[name].unit is None and not found[name].ended and said == "new":
                found[name] = known.OfUnit(self._new_unit(name))
        self.units |= found

    def _new_unit(self, name: str) -> Unit:
        last = Unit.objects.order_by("-id").values_list("key", flat=True).first()
        unit = Unit.objects.create(key=f"U-{(int(last.rpartition('-')[2]) if last else 0) + 1:04}", name=name[:200])
        self.entries.append(Noted("added", f"unit:{unit.key}", new={"name": unit.name, "register": self.register.key}))
        self._made("units", unit.key)
        return unit

    def _made(self, kind: str, key: str) -> None:
        self.register.counts.setdefault("made", {}).setdefault(kind, []).append(key)

    def _evaluations(self, lines: Sequence[Line]) -> dict[str, Evaluation]:
        """The evaluation of each reference; those that the office does not know are made."""
        if self.register.evaluation is not None:
            return {line.evaluation: self.register.evaluation for line in lines}
        found: dict[str, Evaluation] = {}
        wanted: dict[str, Line] = {}
        for line in lines:
            wanted.setdefault(line.evaluation, line)
        found = known.evaluations_named(name for name in wanted if name != OWN)
        titled = known.evaluations_named(t for name, line in wanted.items() if name not in found and (t := line.get("title")))
        for name, line in wanted.items():
            if name not in found and line.get("title") in titled:
                found[name] = titled[line.get("title")]
        if OWN in wanted:
            found[OWN] = self._register_own()
        missing = [name for name in wanted if name not in found]
        keys = Keys("E", Evaluation, 5)
        for name in missing:
            line = wanted[name]
            made = line.get("made")
            found[name] = e = Evaluation(
                key=keys.next(),
                title=(line.get("title") or name)[:500],
                organisation=self.fields.organisation[:300],
                year=int(made[:4]) if made else None,
                state=EvaluationState.COMPLETED,
                stage=Stage(self.fields.stage),
                made_by=self.user.key,
            )
            self.entries.append(Noted("made", f"evaluation:{e.key}", e.key, new={"title": e.title, "register": self.register.key}))
            self._made("evaluations", e.key)
        Evaluation.objects.bulk_create([found[name] for name in missing])
        Facet.objects.bulk_create(
            [
                Facet(evaluation=found[n], kind=known.NUMBER, value=n[:120], set_by=self.user.key)
                for n in missing
                if wanted[n].get("evaluation")
            ]
        )
        return found

    def _register_own(self) -> Evaluation:
        if self.own is None and self.fields.own:
            self.own = Evaluation.objects.filter(key=self.fields.own).first()
        if self.own is None:
            self.own = Evaluation.objects.create(
                key=next_key("E", Evaluation, 5),
                title=self.register.name.rpartition(".")[0][:500] or self.register.name[:500],
                organisation=self.fields.organisation[:300],
                state=EvaluationState.COMPLETED,
                stage=Stage(self.fields.stage),
                made_by=self.user.key,
            )
            key = self.own.key
            self.entries.append(Noted("made", f"evaluation:{key}", key, new={"title": self.own.title, "register": self.register.key}))
            self._made("evaluations", key)
            self.fields.own = self.register.fields["own"] = key
        return self.own

    def _follow_ups(self, lines: Sequence[Line], evaluations: dict[str, Evaluation]) -> dict[int, FollowUp]:
        found = {
            f.evaluation_id: f
            for f in FollowUp.objects.filter(evaluation__in=[e.pk for e in evaluations.values()]).select_related("evaluation")
        }
        every, house = presets(), House.of_office()
        self.months = house.months
        preset = every.get(house.preset) or every["house"]
        rules = preset.model_dump(mode="json")
        began: dict[int, list[str]] = {}
        for line in lines:
            began.setdefault(evaluations[line.evaluation].pk, []).append(line.get("made"))
        missing = {e.pk: e for e in evaluations.values() if e.pk not in found}
        for pk, evaluation in missing.items():
            days = sorted(d for d in began.get(pk, []) if d)
            found[pk] = FollowUp(
                evaluation=evaluation,
                preset=preset.id,
                rules=rules,
                started=date.fromisoformat(days[0]) if days else None,
                started_by=preset.clock.starts if days else "",
                made_by=self.user.key,
            )
            key, new = evaluation.key, {"preset": preset.id, "started": days[0] if days else None, "register": self.register.key}
            self.entries.append(Noted("opened", f"follow-up:{key}", key, new=new))
            self._made("follow_ups", key)
        FollowUp.objects.bulk_create([found[pk] for pk in missing])
        return found

    def _take(self, line: Line, row: RegisterRow, follow_up: FollowUp, candidates: Sequence[known.Candidate]) -> None:
        """A row that no earlier edition had."""
        name = (
            follow_up.evaluation.key,
            number_of(line.get("number")),
            plain(line.get("text")),
            "" if self.by_action else plain(line.get("unit")),
        )
        held = self.held.get(name)
        if held is None:
            same, other = known.same_as(line, candidates, by_action=self.by_action)
            if other:
                words = _("The office has another recommendation %(number)s of this evaluation, whose words are not these.")
                _skipped(row, "other_words", words % {"number": line.get("number")})
                return
            held = self.held[name] = self._existing(same, follow_up, line) if same else self._new(line, follow_up)
            if not held.new:
                line.remarks.append(_("the office had it as %(key)s") % {"key": held.recommendation.key})
        self._answer(held, line)
        action = self._action(held, line)
        row.outcome = RegisterRow.Outcome.TAKEN
        row.made = {"values": values_of(line, self.fields), "of_action": action.key if action is not None else "", "revisions": {}}
        for what, there in (("recommendation", held.new), ("track", held.new_track)):
            if there and not held.rows:
                row.made[what] = held.recommendation.key
        if action is not None:
            row.made["action"] = action.key
        row.reason = told(line)
        held.rows.append(row)

    def unit_of(self, line: Line) -> Unit | None:
        """The unit that a line names, as it is now; what became of it is told."""
        said = self.units.get(line.get("unit"))
        if said is None:
            return None
        if said.was is not None and said.unit is not None:
            line.remarks.append(_("%(was)s is now %(unit)s") % {"was": said.was.name, "unit": said.unit.name})
        if said.ended and said.was is not None:
            line.remarks.append(_("%(unit)s ended, and no unit follows it") % {"unit": said.was.name})
        return said.unit

    def _new(self, line: Line, follow_up: FollowUp) -> Held:
        evaluation = follow_up.evaluation
        last = self.last.get(evaluation.pk)
        self.last[evaluation.pk] = position = 0 if last is None else last + 1
        recommendation = Recommendation(
            key=self.keys[0].next(),
            evaluation=evaluation,
            number=line.get("number")[:20],
            position=position,
            text=line.get("text"),
            priority=line.get("priority")[:40],
            verdict=line.get("verdict"),
        )
        return self._tracked(Held(recommendation, self._track(recommendation, follow_up, line), new=True, new_track=True), line)

    def _track(self, recommendation: Recommendation, follow_up: FollowUp, line: Line) -> Track:
        time = line.get("time")
        due = due_from(follow_up.started, time, preset_of(follow_up), self.months) if follow_up.started else None
        return Track(
            recommendation=recommendation,
            follow_up=follow_up,
            evaluation=follow_up.evaluation,
            addressee=self.fields.addressee,
            printed_addressee=line.get("unit")[:300],
            time=time,
            due=due,
        )

    def _existing(self, same: known.Candidate, follow_up: FollowUp, line: Line) -> Held:
        if same.track is not None:
            return Held(same.recommendation, same.track)
        return self._tracked(Held(same.recommendation, self._track(same.recommendation, follow_up, line), new_track=True), line)

    def _tracked(self, held: Held, line: Line) -> Held:
        unit = self.unit_of(line)
        if unit is not None:
            held.charge = Charge(track=held.track, unit=unit, lead=True)
        return held

    def _answer(self, held: Held, line: Line) -> None:
        text, verdict = line.get("reply"), line.get("verdict")
        if not (text or verdict):
            return
        if held.answer is not None:
            # Of several rows of one recommendation each may bring words of its own.
            if text and text not in held.answer.text:
                held.answer.text = f"{held.answer.text}\n\n{text}".strip()
            return
        version = 1
        if not held.new_track:
            others = list(held.track.responses.filter(point=None, organisation=""))
            if any(r.state != ResponseState.ASKED for r in others):
                line.remarks.append(_("the office has an answer to it already: the reply was not taken over"))
                return
            version += max((r.version for r in others), default=0)
            for asked in others:
                # The answer that is asked for is this one.
                asked.replaced = True
                asked.save(update_fields=["replaced"])
        answered = line.get("answered")
        held.answer = Response(
            follow_up=held.track.follow_up,
            evaluation=held.track.evaluation,
            track=held.track,
            version=version,
            state=ResponseState.TRANSMITTED,
            verdict=verdict,
            text=text,
            reason=reason_of(line),
            transmitted=date.fromisoformat(answered) if answered else None,
        )

    def _action(self, held: Held, line: Line) -> Action | None:
        if not line.get("action"):
            if not held.new_track and held.track.actions.exists():
                line.remarks.append(_("it has actions of its own here: the status was not taken over"))
                return None
            if held.actions or (line.get("verdict") == Verdict.REJECTED and not line.get("status")):
                return None
        elif not held.new_track:
            words = plain(line.get("action"))
            if any(plain(a.text) == words for a in held.track.actions.all()):
                line.remarks.append(_("it has this action already"))
                return None
        due, first = days_of(line)
        before = 0 if held.new_track else held.track.actions.count()
        action = Action(
            key=self.keys[1].next(),
            track=held.track,
            evaluation=held.track.evaluation,
            number=line.get("action_number")[:24],
            position=before + len(held.actions),
            text=line.get("action") or line.get("text"),
            implied=not line.get("action"),
            unit=self.unit_of(line) if held.actions or not held.charge else held.charge.unit,
            first_due=first or due,
            due=due or first,
            **standing(line, preset_of(held.track.follow_up), self.fields.closer, self.register.key, self.today),
        )
        held.actions.append(action)
        if line.get("comments"):
            held.later.append(Progress(action=action, text=line.get("comments"), made_by=self.user.key))
        return action

    def _write(self) -> None:
        """Write what is new, and its entries."""
        every = list(self.held.values())
        for held in every:
            retired(held, self.user.key)
        Recommendation.objects.bulk_create([h.recommendation for h in every if h.new])
        Track.objects.bulk_create([h.track for h in every if h.new_track])
        Charge.objects.bulk_create([h.charge for h in every if h.charge is not None])
        self._transmit([h for h in every if h.answer is not None])
        # A unit that is charged and has not replied is asked for its answer.
        asked = [
            Response(follow_up=h.track.follow_up, evaluation=h.track.evaluation, track=h.track)
            for h in every
            if h.charge is not None and h.answer is None
        ]
        Response.objects.bulk_create(asked)
        for held in every:
            for action in held.actions:
                action.response = held.answer
        Action.objects.bulk_create([a for h in every for a in h.actions])
        Progress.objects.bulk_create([p for h in every for p in h.later])
        for held in every:
            self._note(held)
            for row in held.rows:
                row.track = held.track
                row.made["revisions"] = {"track": held.track.revision}
                if held.answer is not None:
                    row.made["answer"] = held.answer.pk
        for response in asked:
            # Found again when the import is taken back.
            self._row_of(response).made["asked"] = response.pk

    def _row_of(self, response: Response) -> RegisterRow:
        return next(h for h in self.held.values() if h.track is response.track).rows[0]

    def _transmit(self, every: Sequence[Held]) -> None:
        by: dict[int, list[Held]] = {}
        for held in every:
            by.setdefault(held.track.evaluation.pk, []).append(held)
        made = []
        for some in by.values():
            body = [handed_over(h) for h in some]
            transmission = Transmission(
                evaluation=some[0].track.evaluation, body=body, sha256=hashlib.sha256(canonical(body)).hexdigest(), made_by=self.user.key
            )
            made.append(transmission)
            for held in some:
                held.answer.transmission = transmission  # type: ignore[union-attr]  # those with an answer
            new = {"sha256": transmission.sha256, "answers": len(some), "organisation": "", "register": self.register.key}
            key = transmission.evaluation.key
            self.entries.append(Noted("transmitted", f"follow-up:{key}", key, new=new))
        Transmission.objects.bulk_create(made)
        Response.objects.bulk_create([h.answer for h in every if h.answer is not None])

    def _note(self, held: Held) -> None:
        about, register = held.track.evaluation.key, self.register.key
        if held.new_track:
            new = {**said_columns(held.track, TRACK), "points": [], "register": register}
            if held.new:
                new |= {"number": held.recommendation.number}
            if held.charge is not None:
                new |= {"lead": held.charge.unit.key}
            self.entries.append(Noted("followed", f"follow-up:{held.recommendation.key}", about, new=new))
        if held.answer is not None:
            new = {**said_columns(held.answer, ANSWER), "register": register}
            self.entries.append(Noted("took over", f"answer:{held.answer.pk}", about, new=new))
        for action in held.actions:
            new = {**said_columns(action, ACTION), "recommendation": held.recommendation.key, "register": register}
            self.entries.append(Noted("took over", f"action:{action.key}", about, new=new))


def _skipped(row: RegisterRow, kind: str, why: str) -> None:
    row.outcome, row.kind, row.reason = RegisterRow.Outcome.SKIPPED, kind, why


def _last_entry(user: User, entries: Sequence[Noted]) -> int:
    """Write the entries; returns the number of the last one that the journal has then."""
    note_all(user, entries)
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
