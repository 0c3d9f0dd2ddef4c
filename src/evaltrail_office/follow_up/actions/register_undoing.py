"""Taking an import back as a whole: what it made goes, what it changed is as before, unless somebody has worked on it since."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from evaltrail_office.accounts.models import Grant, Unit
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.actions.registers import ask, counted, require_to
from evaltrail_office.follow_up.machine import ResponseState
from evaltrail_office.follow_up.models import Action, FollowUp, Progress, Register, RegisterRow, Response, Track, Transmission
from evaltrail_office.follow_up.moving import plain as as_json
from evaltrail_office.journal.actions import Noted, note, note_all
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.models import SET_ASIDE, Part, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail_office.accounts.models import User

REMOVED, REVERTED, STAYS = "removed", "reverted", "stays"
BATCH = 200
"""Recommendations in one transaction."""


def begin_back(user: User, register: Register) -> None:
    """Have an import taken back. Raises ``Refused`` for one that was not taken over, or is already taken back."""
    require_to(user, register.evaluation)
    with transaction.atomic():
        register = Register.objects.select_for_update(of=("self",)).get(pk=register.pk)
        if register.state != Register.State.IMPORTED:
            raise Refused(_("It is %(state)s.") % {"state": register.get_state_display()})
        register.state, register.reversed_by = Register.State.REVERSING, user.key
        register.save(update_fields=["state", "reversed_by"])
        about = register.evaluation.key if register.evaluation else ""
        note(user, "began", f"register:{register.key}", about=about, new={"take_back": True})
        ask(user, register, "take_back")


def take_back(user: User, register: Register, step: Callable[[int, int], None]) -> dict[str, int]:
    """Take back what an import made and changed; ``step`` is told after each batch. Done again it goes on where it stopped."""
    outcomes = (RegisterRow.Outcome.TAKEN, RegisterRow.Outcome.CHANGED)
    tracks: defaultdict[int | None, list[int]] = defaultdict(list)
    for pk, track in register.rows.filter(outcome__in=outcomes, back="").order_by("-number").values_list("pk", "track"):
        tracks[track].append(pk)
    every, done = list(tracks.values()), 0
    for at in range(0, len(every), BATCH):
        some = every[at : at + BATCH]
        with transaction.atomic():
            _Undoing(user, register).batch(some)
            done += len(some)
            step(done, len(every))
    with transaction.atomic():
        _frames(user, register)
        told = dict(register.rows.exclude(back="").order_by().values_list("back").annotate(models.Count("pk")))
        register.counts = {**register.counts, "outcomes": counted(register), "back": told}
        register.state, register.reversed_at = Register.State.REVERSED, timezone.now()
        register.save(update_fields=["counts", "state", "reversed_at"])
        about = register.evaluation.key if register.evaluation else ""
        note(user, "took back", f"register:{register.key}", about=about, new=told)
    return told


class _Undoing:
    """Undoes rows, those of one recommendation together."""

    def __init__(self, user: User, register: Register) -> None:
        self.user, self.register = user, register
        self.entries: list[Noted] = []
        self.keys: defaultdict[str, int] = defaultdict(int)

    def batch(self, groups: Sequence[Sequence[int]]) -> None:
        every = {
            r.pk: r for r in RegisterRow.objects.filter(pk__in=[pk for g in groups for pk in g]).select_related("track__recommendation")
        }
        rows = [[every[pk] for pk in g] for g in groups]
        self._look(rows)
        self.gone: list[RegisterRow] = []
        for group in rows:
            self._undo(group)
        self._remove(self.gone)
        # Nothing hangs on these any more.
        Transmission.objects.filter(pk__in=self.transmissions, responses=None).delete()
        note_all(self.user, self.entries)
        for prefix, last in self.keys.items():
            set_aside(self.user, prefix, last)
        RegisterRow.objects.bulk_update(list(every.values()), ["back", "reason"], batch_size=200)

    def _look(self, groups: Sequence[Sequence[RegisterRow]]) -> None:
        """What was done since to anything of this batch, in a few questions."""
        rows = [r for g in groups for r in g]
        things = {name for r in rows for name in _names(r)}
        first = min((int(r.made.get("entry", 0)) for r in rows), default=0)
        found = Entry.objects.filter(pk__gt=first, thing__in=things).order_by("pk").values_list("thing", "pk", "new")
        # What a later edition changed and gave back is as if it had never been.
        over = set(Register.objects.filter(state=Register.State.REVERSED).values_list("key", flat=True))
        self.last: dict[str, int] = {thing: pk for thing, pk, new in found if not (isinstance(new, dict) and new.get("register") in over)}
        tracks = [r.track_id for r in rows if r.track_id]
        later = RegisterRow.objects.filter(track__in=tracks, back="").exclude(register=self.register)
        later = later.filter(register__state__in=("imported", "importing"), register__pk__gt=self.register.pk)
        self.editions = dict(later.values_list("track_id", "register__key"))
        self.transmissions: set[int] = set()
        actions = [str(r.made["action"]) for r in rows if "action" in r.made]
        hanging = ("claims", "extensions", "drops", "proofs", "plan_judgements")
        busy = Action.objects.filter(key__in=actions).filter(models.Q(*((f"{n}__isnull", False) for n in hanging), _connector="OR"))
        self.busy = set(busy.values_list("key", flat=True))
        made = [str(r.made["recommendation"]) for r in rows if "recommendation" in r.made]
        named = Recommendation.objects.filter(key__in=made).filter(
            models.Q(samenesses__isnull=False) | models.Q(body_decisions__isnull=False)
        )
        self.named = {*named.values_list("key", flat=True), *Statement.objects.filter(key__in=made).values_list("key", flat=True)}

    def _undo(self, group: Sequence[RegisterRow]) -> None:
        why = self._worked_on(group)
        for row in group:
            if why:
                row.back, row.reason = STAYS, "; ".join(filter(None, (row.reason, why)))
            elif row.outcome == RegisterRow.Outcome.CHANGED:
                row.back = REVERTED if self._revert(row) else STAYS
        if why:
            return
        for row in group:
            if row.outcome == RegisterRow.Outcome.TAKEN:
                row.back = REMOVED
                self.gone.append(row)

    def _worked_on(self, group: Sequence[RegisterRow]) -> str:
        track = group[0].track_id
        if track in self.editions:
            return _("register %(key)s, which came later, has it too") % {"key": self.editions[track]}
        for row in group:
            if any(self.last.get(name, 0) > int(row.made.get("entry", 0)) for name in _names(row)):
                return _("somebody has worked on it since")
        if any(r.made.get("action") in self.busy for r in group):
            return _("somebody has worked on it since")
        if any(r.made.get("recommendation") in self.named for r in group):
            return _("a paper or a decision names it since")
        return ""

    def _revert(self, row: RegisterRow) -> bool:
        about = row.track.evaluation.key if row.track else ""
        for item in reversed(row.made.get("undo", [])):
            if "progress" in item:
                Progress.objects.filter(pk=item["progress"]).delete()
            elif "answer" in item:
                self._answer_away(item["answer"], about)
                Response.objects.filter(pk__in=item["replaced"]).update(replaced=False)
            else:
                self._columns_back(item, about)
        return True

    def _columns_back(self, item: dict[str, Any], about: str) -> None:
        kind, _colon, key = item["thing"].partition(":")
        rows: dict[str, models.QuerySet[Any]] = {
            "action": Action.objects.filter(key=key),
            "follow-up": Track.objects.filter(recommendation__key=key),
            "recommendation": Recommendation.objects.filter(key=key),
        }
        thing: Any = rows[kind].first()
        if thing is None:
            return
        before = {name: as_json(getattr(thing, name)) for name in item["old"]}
        for name, value in item["old"].items():
            setattr(thing, name, _value(thing, name, value))
        names = list(item["old"])
        if hasattr(thing, "revision"):
            thing.revision += 1
            names.append("revision")
        thing.save(update_fields=names)
        self.entries.append(Noted("took back", item["thing"], about, old=before, new={**item["old"], "register": self.register.key}))

    def _answer_away(self, pk: int, about: str) -> None:
        answer = Response.objects.filter(pk=pk).first()
        if answer is None:
            return
        if answer.transmission_id is not None:
            self.transmissions.add(answer.transmission_id)
        answer.delete()
        self.entries.append(Noted("removed", f"answer:{pk}", about, new={"register": self.register.key}))

    def _remove(self, rows: Sequence[RegisterRow]) -> None:
        """Remove what rows made, in few questions; a recommendation only where nothing of it is left."""
        register = {"register": self.register.key}
        tracks = {r.track_id: r.track for r in rows if r.track is not None}
        about = {r.pk: r.track.evaluation.key for r in rows if r.track is not None}
        actions = {str(r.made["action"]): about[r.pk] for r in rows if "action" in r.made and r.pk in about}
        answers = {int(r.made[what]): about[r.pk] for r in rows for what in ("answer", "asked") if what in r.made and r.pk in about}
        Action.objects.filter(key__in=actions).delete()
        self.transmissions |= set(
            Response.objects.filter(pk__in=answers, transmission__isnull=False).values_list("transmission", flat=True)
        )
        Response.objects.filter(pk__in=answers).delete()
        for key, where in actions.items():
            self._gone(key)
            self.entries.append(Noted("removed", f"action:{key}", where, new=register))
        self.entries += [Noted("removed", f"answer:{pk}", where, new=register) for pk, where in answers.items()]
        made = [r.track_id for r in rows if "track" in r.made and r.track_id]
        empty = set(Track.objects.filter(pk__in=made, actions=None, responses=None).values_list("pk", flat=True))
        own = {str(r.made["recommendation"]) for r in rows if "recommendation" in r.made and r.track_id in empty}
        for row in rows:
            if row.track_id in empty:
                row.track = None
        Track.objects.filter(pk__in=empty).delete()
        for pk in empty:
            track = tracks[pk]
            self.entries.append(Noted("removed", f"follow-up:{track.recommendation.key}", track.evaluation.key, new=register))
            if track.recommendation.key in own:
                self._gone(track.recommendation.key)
                self.entries.append(Noted("removed", f"recommendation:{track.recommendation.key}", track.evaluation.key, new=register))
        Recommendation.objects.filter(key__in=own).delete()
        # An answer that was asked for before is asked for again.
        Response.objects.filter(track__in=set(tracks) - empty, replaced=True, state=ResponseState.ASKED).update(replaced=False)

    def _gone(self, key: str) -> None:
        prefix, _dash, number = key.partition("-")
        self.keys[prefix] = max(self.keys[prefix], int(number))


def _names(row: RegisterRow) -> set[str]:
    """How the journal names what a row made or changed."""
    found = {item["thing"] for item in row.made.get("undo", []) if "thing" in item}
    for what in ("answer", "asked"):
        if what in row.made:
            found.add(f"answer:{row.made[what]}")
    if "action" in row.made:
        found.add(f"action:{row.made['action']}")
    if row.track is not None and ("track" in row.made or found):
        found |= {f"follow-up:{row.track.recommendation.key}", f"recommendation:{row.track.recommendation.key}"}
    return found


def _value(thing: models.Model, name: str, value: Any) -> Any:
    column = thing._meta.get_field(name)  # noqa: SLF001 - Django's public name
    if value is None:
        return None
    if isinstance(column, models.DateField):
        return parse_date(value)
    if isinstance(column, models.ForeignKey):
        return Unit.objects.filter(key=value).first()
    return value


def set_aside(user: User, prefix: str, last: int) -> None:
    """Keep keys of removed rows from being given again: a key that somebody has seen names nothing else, ever."""
    known = Entry.objects.filter(thing=f"{SET_ASIDE}{prefix}").order_by("-pk").values_list("new", flat=True).first()
    if known is None or int(known["last"]) < last:
        note(user, "set aside", f"keys:{prefix}", new={"last": last})


def _frames(user: User, register: Register) -> None:
    """Remove the follow-ups and evaluations that it made and that hold nothing now. Units stay."""
    made = register.counts.get("made", {})
    entries: list[Noted] = []
    new = {"register": register.key}
    for key in made.get("follow_ups", []):
        empty = FollowUp.objects.filter(evaluation__key=key, tracks=None, responses=None)
        if empty.exists() and not Transmission.objects.filter(evaluation__key=key).exists():
            empty.delete()
            entries.append(Noted("removed", f"follow-up:{key}", key, new=new))
    last = 0
    for evaluation in Evaluation.objects.filter(key__in=made.get("evaluations", []), recommendations=None, follow_up=None, plan=None):
        key = evaluation.key
        if _used(evaluation):
            continue
        evaluation.delete()
        last = max(last, int(key.partition("-")[2]))
        entries.append(Noted("removed", f"evaluation:{key}", key, new=new))
    note_all(user, entries)
    if last:
        set_aside(user, "E", last)


def _used(evaluation: Evaluation) -> bool:
    """Whether people have made something of an evaluation that an import made."""
    return (
        Part.objects.filter(evaluation_key=evaluation.key).exists()
        or Grant.objects.filter(evaluation=evaluation.key).exists()
        or evaluation.comments.exists()
        or evaluation.concerns.exists()
        or evaluation.body_decisions.exists()
        or evaluation.transmissions.exists()
        or evaluation.registers.exists()
        or evaluation.facets.exclude(kind="number").exists()
    )
