"""Reports of follow-up as records, for ``evaltrail.write``: the annual report and the rolling plan, of what a person may see.

What stands in them was transmitted, and nothing that is only drafted or proposed: also not for those who draft it. No person is named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Prefetch, Q
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaltrail.record import Action as Promised
from evaltrail.record import Answer, AnyStatement, DocumentInfo, Record
from evaltrail.record import Evaluation as Part
from evaltrail.record import Recommendation as Recommended
from evaltrail.record import Response as Answering
from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import Unit
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import queries_public as public
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import CLOSED, ActionState, AskState, ClaimState, Meaning, ResponseState
from evaltrail_office.follow_up.models import Action, Charge, Claim, Drop, FollowUp, Response, Track
from evaltrail_office.follow_up.models.answers import Addressee
from evaltrail_office.follow_up.past import Past, end_of
from evaltrail_office.follow_up.report_figures import facts, figures, joined
from evaltrail_office.follow_up.standing import long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    from evaltrail.measure.follow_up import FollowUp as Facts
    from evaltrail.record import Verdict
    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.preset import Preset

FOLLOW_UP, PLAN = "follow-up", "rolling-plan"
KINDS = (FOLLOW_UP, PLAN)
"""Kinds of paper of ``evaltrail.write``."""
AT_ONCE = 25
"""Evaluations that are read together."""
Slot = tuple["int | None", str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report is wanted."""

    kind: str = FOLLOW_UP
    year: int | None = None
    """What was followed in that year: begun by its end, and not retired before its first day. It is told as it stood on its last day."""
    unit: str = ""
    """Key: what it and the units below it lead, and the actions that they owe."""
    evaluations: tuple[str, ...] = ()
    """Keys; none: all."""
    public: bool = False
    """Only what anybody may know."""
    language: str = "en"

    def to_data(self) -> dict[str, Any]:
        """As JSON, for a job."""
        own = {"kind": self.kind, "year": self.year, "unit": self.unit, "public": self.public, "language": self.language}
        return own | {"evaluations": list(self.evaluations)}

    @classmethod
    def of(cls, data: dict[str, Any]) -> Asked:
        """From ``to_data``."""
        return cls(**{**data, "evaluations": tuple(data["evaluations"])})

    def as_at(self, today: date) -> date:
        """The day of which the report tells: the last of its year, or today."""
        return min(today, date(self.year, 12, 31)) if self.year and self.kind == FOLLOW_UP else today


@dataclass(slots=True)
class _Rows:
    """Rows of some evaluations."""

    tracks: dict[int, Track] = field(default_factory=dict)
    answers: defaultdict[int, dict[Slot, Response]] = field(default_factory=lambda: defaultdict(dict))
    """By recommendation, the newest version of each answer."""
    actions: defaultdict[int, list[Action]] = field(default_factory=lambda: defaultdict(list))


def tracks(user: User, asked: Asked) -> QuerySet[Track]:
    """Recommendations that the report is about."""
    rows = public.tracks() if asked.public else visible(user, Track.objects.all())
    if asked.evaluations:
        rows = rows.filter(evaluation__key__in=asked.evaluations)
    if asked.unit:
        units = _units(asked.unit)
        owed = Action.objects.filter(unit__in=units).exclude(state=ActionState.PROPOSED).values("track")
        rows = rows.filter(Q(pk__in=Charge.objects.filter(unit__in=units, lead=True).values("track")) | Q(pk__in=owed))
    if asked.year is not None:
        last = date(asked.year, 12, 31)
        # What was opened by then is told by the journal, also where its clock was started later.
        began = Q(follow_up__started=None) | Q(follow_up__started__lte=last) | Q(follow_up__made__lt=end_of(last))
        rows = rows.filter(began, Q(retired=None) | Q(retired__gte=date(asked.year, 1, 1)))
    if asked.kind == PLAN:
        rows = rows.filter(pk__in=_actions(user, asked).values("track"))
    return rows


def evaluations(user: User, asked: Asked) -> list[int]:
    """Numbers of the evaluations that the report is about, in its order: the latest first."""
    rows = Evaluation.objects.filter(pk__in=tracks(user, asked).order_by().values("evaluation"))
    return list(rows.order_by("-year", "-pk").values_list("pk", flat=True))


def _units(key: str) -> frozenset[int]:
    pk = Unit.objects.filter(key=key).values_list("pk", flat=True).first()
    return Family.read().seen_by([pk]) if pk is not None else frozenset()


def _actions(user: User, asked: Asked) -> QuerySet[Action]:
    rows = public.actions() if asked.public else visible(user, Action.objects.exclude(state=ActionState.PROPOSED))
    if asked.unit and asked.kind == PLAN:
        rows = rows.filter(unit__in=_units(asked.unit))
    if asked.kind == PLAN:
        rows = rows.exclude(state__in=sorted(CLOSED))
    return rows


def _responses(user: User, asked: Asked) -> QuerySet[Response]:
    if asked.public:
        return public.responses()
    handed_over = Response.objects.filter(state__in=(ResponseState.TRANSMITTED, ResponseState.ISSUED), track__isnull=False)
    return visible(user, handed_over)


def record(user: User, asked: Asked, told: Callable[[int, int], None] = lambda _done, _all: None) -> Record:
    """The record of a report; ``told`` hears how many evaluations of how many are read.

    Some queries for every ``AT_ONCE`` evaluations.
    """
    wanted = evaluations(user, asked)
    today = timezone.localdate()
    day = asked.as_at(today)
    parts: list[Part] = []
    known: list[Facts] = []
    late: set[str] = set()
    with translation.override(asked.language):
        for n, some in enumerate(_batches(wanted)):
            told(n * AT_ONCE, len(wanted))
            past = None
            if day < today:
                keys = list(Evaluation.objects.filter(pk__in=some).values_list("key", flat=True))
                past = Past.read(day, keys)
                known.append(facts(user, asked, keys, past))
                late |= past.late
            parts += _parts(user, asked, some, past)
        told(len(wanted), len(wanted))
        info = DocumentInfo(title=_title(asked), language=asked.language, date=day.isoformat(), state="issued" if asked.public else "draft")
        shown = [s.id for part in parts for s in part.statements if s.kind == "recommendation"]
        more: dict[str, Any] = {"scope": _scope(asked, len(parts), day, len(late.intersection(shown))), "titled": True}
        if asked.kind == FOLLOW_UP:
            own = joined(known) if day < today else facts(user, asked, asked.evaluations)
            more["figures"] = figures(asked, own, shown, day)
    return Record(document=info, evaluations=tuple(parts), **more)


def _batches(wanted: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(wanted)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _title(asked: Asked) -> str:
    if asked.kind == PLAN:
        return _("Rolling plan of follow-up")
    return _("Annual follow-up report %(year)d") % {"year": asked.year} if asked.year else _("Follow-up report")


def _scope(asked: Asked, count: int, day: date, late: int) -> str:
    """What the report is about, in a paragraph. ``late``: recommendations of which the journal does not say how they stood that day."""
    today = timezone.localdate()
    said = [_("As at %(day)s, today.") % {"day": long(day)}]
    if day < today:
        words = _("As at %(day)s, told from the journal; written on %(today)s.")
        said = [words % {"day": long(day), "today": long(today)}]
    if late:
        words = ngettext(
            "Of %(n)d recommendation the journal does not say how it stood then, because it or its answer was entered later:"
            " it is shown as it was entered.",
            "Of %(n)d recommendations the journal does not say how they stood then, because they or their answers were entered later:"
            " they are shown as they were entered.",
            late,
        )
        said.append(words % {"n": late})
    if asked.unit:
        name = Unit.objects.filter(key=asked.unit).values_list("name", flat=True).first() or asked.unit
        said.append(_("Of %(unit)s and the units below it.") % {"unit": name})
    elif not asked.evaluations:
        said.append(_("Of the whole office."))
    if asked.year and asked.kind == FOLLOW_UP:
        words = _("It holds recommendations whose follow-up had begun by the end of %(year)d and that were not retired before that year.")
        said.append(words % {"year": asked.year})
    if asked.public:
        said.append(_("Only what is public: released evaluations and issued answers."))
    said.append(_("Evaluations: %(n)d.") % {"n": count})
    return " ".join(said)


def _parts(user: User, asked: Asked, some: list[int], past: Past | None) -> Iterator[Part]:
    """Evaluations with their recommendations, answers and actions, as they are or as they stood: a few queries for all of them."""
    by: defaultdict[int, _Rows] = defaultdict(_Rows)
    followed = {f.evaluation_id: f for f in FollowUp.objects.filter(evaluation__in=some).select_related("evaluation")}
    own = tracks(user, asked).filter(evaluation__in=some).select_related("recommendation")
    for t in own.order_by("recommendation__position", "pk"):
        if past is not None and (not past.put(t) or (t.retired is not None and t.retired.year < past.day.year)):
            continue
        by[t.evaluation_id].tracks[t.pk] = t
    for r in (
        _responses(user, asked).filter(evaluation__in=some).select_related("point").order_by("point__position", "organisation", "version")
    ):
        if past is not None and not past.put(r):
            continue
        if r.track_id in by[r.evaluation_id].tracks and (r.state == ResponseState.ISSUED or not asked.public):
            by[r.evaluation_id].answers[r.track_id][r.point_id, r.organisation] = r
    sent_back = Claim.objects.filter(state=ClaimState.SENT_BACK).order_by("pk")
    drops = Drop.objects.filter(state__in=(AskState.ASKED, AskState.GRANTED)).order_by("pk")
    if past is not None:
        sent_back = sent_back.filter(answered__lt=past.end)
        # The last that was asked for by then is the one that stood, whatever was decided since.
        drops = Drop.objects.filter(made__lt=past.end).order_by("pk")
    rows = _actions(user, asked).filter(evaluation__in=some).select_related("unit")
    rows = rows.prefetch_related(Prefetch("claims", sent_back, to_attr="returned"), Prefetch("drops", drops, to_attr="to_drop"))
    for a in rows.order_by("track", "position", "pk"):
        if past is not None and not past.put(a):
            continue
        if past is not None and asked.public and not _was_public(a, by[a.evaluation_id], past):
            continue
        if a.track_id in by[a.evaluation_id].tracks:
            by[a.evaluation_id].actions[a.track_id].append(a)
    for pk in some:
        if pk in followed and by[pk].tracks:
            yield _part(followed[pk], by[pk], asked)


def _was_public(a: Action, rows: _Rows, past: Past) -> bool:
    """Whether the answer that promises an action had been issued; of a register without answers, whether the recommendation had one."""
    if a.response_id is None:
        return bool(rows.answers[a.track_id])
    return a.response_id in past.answers and past.answers[a.response_id]["state"] == ResponseState.ISSUED


def _part(of: FollowUp, rows: _Rows, asked: Asked) -> Part:
    preset, evaluation = preset_of(of), of.evaluation
    statements: list[AnyStatement] = []
    for t in rows.tracks.values():
        statements += _statements(t, rows.answers[t.pk], rows.actions[t.pk], preset, asked)
    verifies = preset.verifier != "none"
    more: dict[str, Any] = {"verifier": preset.verifier_name or _verifier(preset)} if verifies else {"self_reported": True}
    return Part(id=evaluation.key, title=evaluation.title, statements=tuple(statements), **more)


def _verifier(preset: Preset) -> str:
    return {
        "evaluation_office": _("the evaluation office"),
        "committee": _("the committee"),
        "audit": _("audit"),
        "next_level": _("the next level of management"),
    }[preset.verifier]


def _statements(t: Track, answers: dict[Slot, Response], actions: list[Action], preset: Preset, asked: Asked) -> Iterator[AnyStatement]:
    """A recommendation, its points that were answered, and the answers with what they promise."""
    own = t.recommendation
    number = own.number.strip(" .:") or own.key
    more: dict[str, Any] = {}
    if t.addressee != Addressee.MANAGEMENT:
        more["addressee"] = str(Addressee(t.addressee).label)
    if t.retired is not None:
        more |= {"retired": t.retired.isoformat(), "retired_reason": "" if asked.public else t.retired_why}
    yield Recommended(id=own.key, number=number, text=own.text, **more)
    for point in dict.fromkeys(r.point for r in answers.values() if r.point is not None):
        yield Recommended(id=f"{own.key}-{point.pk}", parent=own.key, number=point.number, text=point.text)
    left = list(actions)
    for r in answers.values():
        mine = [a for a in left if a.response_id == r.pk]
        left = [a for a in left if a.response_id != r.pk]
        yield _answer(r, own.key, tuple(_promised(a, preset, asked) for a in mine))
    if left:
        # Of a register that keeps no answers, or of an answer that a newer one took the place of.
        verdict = None if answers else _verdict(t.verdict)
        promised = tuple(_promised(a, preset, asked) for a in left)
        yield Answering(id=f"{own.key}-rest", text="", answers=(Answer(id=own.key),), verdict=verdict, actions=promised, implied=True)


def _answer(r: Response, of: str, promised: tuple[Promised, ...]) -> Answering:
    more: dict[str, Any] = {name: value for name, value in (("reason", r.reason), ("alternative", r.alternative)) if value}
    answers = (Answer(id=f"{of}-{r.point_id}" if r.point_id else of),)
    return Answering(
        id=f"answer-{r.pk}",
        label=r.organisation or None,
        text=r.text,
        answers=answers,
        verdict=_verdict(r.verdict),
        actions=promised,
        **more,
    )


def _verdict(verdict: str) -> Verdict | None:
    return cast("Verdict", verdict) if verdict else None


def _promised(a: Action, preset: Preset, asked: Asked) -> Promised:
    """An action with what is claimed of it, and what was verified."""
    state = ActionState(a.state)
    more: dict[str, Any] = {"standing": str(_shown(state) if asked.public else state)}
    more["first_due"] = a.first_due.isoformat() if a.first_due else ""
    if a.claimed is not None:
        more |= {"claimed": _words(preset, a.claimed_status), "claimed_on": a.claimed.isoformat()}
    if a.verified is not None and a.verified_by:
        more |= {"verified": _words(preset, a.verified_status), "verified_on": a.verified.isoformat()}
        more["verified_by"] = preset.verifier_name or _verifier(preset) if preset.verifier != "none" else ""
    reason = preset.reason(a.delay)
    late = [reason.words if reason else a.delay, "" if asked.public else a.delay_words]
    more["delay_reason"] = ": ".join(" ".join(w.split()) for w in late if w)
    if not asked.public:
        more["standing_words"] = _why(a, state)
        if state == ActionState.SENT_BACK and (last := a.returned[-1:]):  # type: ignore[attr-defined]  # fetched so
            # The claim that was not confirmed is still what the unit says.
            more |= {"claimed": _words(preset, last[0].status), "claimed_on": timezone.localdate(last[0].made).isoformat()}
    known = preset.status(a.status)
    # A status that says done is a claim, and there is none; what is dropped is told apart.
    status = known.words if known and known.meaning in {Meaning.PARTIAL, Meaning.SUBSTANTIAL} else ""
    if state == ActionState.DROPPED:
        more |= {"dropped": _words(preset, a.status), "verified_on": a.dropped.isoformat() if a.dropped else ""}
    due, unit = a.due.isoformat() if a.due else None, a.unit.name if a.unit else None
    kept = {name: value for name, value in more.items() if value}
    return Promised(text=a.text, number=a.number or None, unit=unit, due=due, status=status or None, **kept)


def _shown(state: ActionState) -> ActionState:
    """What the public is told: that something was sent back, or is to be dropped, is between the unit and who verifies."""
    return ActionState.UNDER_WAY if state in {ActionState.SENT_BACK, ActionState.DROP_ASKED} else state


def _why(a: Action, state: ActionState) -> str:
    if state == ActionState.SENT_BACK and (last := a.returned[-1:]):  # type: ignore[attr-defined]  # fetched so
        return str(last[0].answer)
    if state in {ActionState.DROP_ASKED, ActionState.DROPPED} and (last := a.to_drop[-1:]):  # type: ignore[attr-defined]  # as above
        return str(last[0].reason)
    return ""


def _words(preset: Preset, code: str) -> str:
    status = preset.status(code)
    return status.words if status else code


def nothing_then(asked: Asked) -> str:
    """What is said where nothing was there on the day of which the report tells."""
    return _("Nothing that you see was followed there on %(day)s.") % {"day": long(asked.as_at(timezone.localdate()))}


def name_of(asked: Asked, form: str) -> str:
    """Name of the file."""
    parts = [asked.kind, str(asked.year or ""), asked.unit, asked.evaluations[0] if len(asked.evaluations) == 1 else ""]
    day = date_format(timezone.localdate(), "Y-m-d")
    return "-".join(p for p in (*parts, "public" if asked.public else "", day) if p) + f".{form}"


def years(user: User) -> list[int]:
    """Years for which there is something to report, the latest first."""
    known = FollowUp.objects.filter(pk__in=visible(user, FollowUp.objects.all()).values("pk"), started__isnull=False)
    first = known.order_by("started").values_list("started", flat=True).first()
    now = timezone.localdate().year
    return list(range(now, first.year - 1, -1)) if first else [now]


def units(user: User) -> QuerySet[Unit]:
    """Units that a person can ask for: those of recommendations that they see."""
    charges = Charge.objects.filter(track__in=visible(user, Track.objects.all())).order_by().values("unit")
    return Unit.objects.filter(pk__in=charges).order_by("name")
