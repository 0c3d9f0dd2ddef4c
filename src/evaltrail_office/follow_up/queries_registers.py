"""What pages of registers show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.policy import DOES, Verb
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.models import Register, RegisterRow
from evaltrail_office.follow_up.registers.fields import LABELS, Fields
from evaltrail_office.follow_up.registers.guess import distinct
from evaltrail_office.follow_up.registers.plan import REASONS
from evaltrail_office.jobs.models import State as JobState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User

EXPORTED = 20_000
SHAPES = {"taken": "accepted", "same": "noted", "changed": "under_way", "skipped": "rejected", "waiting": "not_started"}
"""Shape of each outcome's mark."""


def plannable(user: User) -> QuerySet[Evaluation]:
    """Evaluations whose follow-up a person plans, the newest first."""
    scope = scope_of(user)
    if scope.office & DOES[Verb.PLAN]:
        return Evaluation.objects.all()
    return Evaluation.objects.filter(key__in=scope.among(DOES[Verb.PLAN]))


def shown_name(name: str) -> str:
    """A file's name as it can be kept and shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip()[-200:] or _("(no name)")


def given_up(register: Register) -> bool:
    """Whether the job that works on it was given up, so that nothing goes on."""
    return register.job is not None and register.job.state in {JobState.FAILED, JobState.DEAD, JobState.STOPPED}


def own_evaluation(register: Register) -> Evaluation | None:
    """The evaluation that takes rows which name none; None: one is made."""
    own = str(register.fields.get("own", ""))
    return Evaluation.objects.filter(key=own).first() if own else None


def printed_units(register: Register) -> dict[str, int]:
    """How the file names units, with counts."""
    heading = Fields.model_validate(register.fields).columns.get("unit")
    if heading not in register.headings:
        return {}
    at = register.headings.index(heading)
    return distinct([cells[at] for cells in register.rows.values_list("cells", flat=True) if at < len(cells)], 5000)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a register would bring."""

    rows: int
    taken: int
    joined: int
    """Of those taken: recommendations that the office has already from papers."""
    same: int
    changed: int
    skipped: int
    left_out: tuple[tuple[str, int], ...]
    """Reasons in words, with counts."""
    new_evaluations: int
    known_evaluations: int
    units: dict[str, Any]
    days: dict[str, Any]
    unread_days: int

    @classmethod
    def of(cls, register: Register) -> Counts:
        """Of a register that is read."""
        c = register.counts
        fate = c.get("foreseen", {})
        left = [*c.get("left_out", {}).items(), *([("other_words", fate["other_words"])] if fate.get("other_words") else [])]
        return cls(
            rows=c.get("rows", 0),
            **{name: fate.get(name, 0) for name in ("taken", "joined", "same", "changed", "skipped")},
            left_out=tuple((str(REASONS.get(kind, kind)), n) for kind, n in left),
            new_evaluations=c.get("evaluations", {}).get("new", 0),
            known_evaluations=c.get("evaluations", {}).get("known", 0),
            units=c.get("units", {}),
            days=c.get("days", {}),
            unread_days=c.get("unread_days", 0),
        )


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are shown."""

    outcome: str = ""
    kind: str = ""
    back: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Filters:
        """From a query string."""
        return cls(given.get("outcome", "")[:10], given.get("kind", "")[:20], given.get("back", "")[:10])


def rows(register: Register, filters: Filters) -> QuerySet[RegisterRow]:
    """Rows in the order of the file."""
    found = register.rows.select_related("track__recommendation")
    for name in ("outcome", "kind", "back"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    return found.order_by("number")


def outcomes(register: Register) -> list[tuple[str, str, str, int]]:
    """Outcome, its words, its shape, how many rows."""
    found = dict(register.rows.order_by().values_list("outcome").annotate(Count("pk")))
    return [(o.value, str(o.label), SHAPES[o.value], found[o.value]) for o in RegisterRow.Outcome if found.get(o.value)]


def kinds(register: Register) -> list[tuple[str, str, int]]:
    """Reasons for leaving rows out, their words, how many."""
    found = register.rows.exclude(kind="").order_by().values_list("kind").annotate(n=Count("pk")).order_by("-n")
    return [(kind, str(REASONS.get(kind, kind)), n) for kind, n in found]


@dataclass(frozen=True, slots=True)
class Told:
    """A row with what it says and what became of it."""

    row: RegisterRow
    said: dict[str, str]
    shape: str
    differences: tuple[tuple[str, str, str], ...]
    """Field in words, what was, what is."""


def told(register: Register, some: Iterable[RegisterRow]) -> list[Told]:
    """Rows as a page shows them."""
    places = Fields.model_validate(register.fields).at(register.headings)
    out = []
    for row in some:
        said = {name: row.cells[at] for name, at in places.items() if at < len(row.cells)}
        differences = tuple(
            (str(LABELS.get(name, name)), str(old), str(new)) for name, (old, new) in row.made.get("differences", {}).items()
        )
        out.append(Told(row, said, SHAPES[row.outcome], differences))
    return out


def back_words(code: str) -> str:
    """What taking back did to a row."""
    return {"removed": _("removed again"), "reverted": _("as before again"), "stays": _("stays")}.get(code, "")


def table(register: Register, filters: Filters) -> Iterator[list[str]]:
    """The report of the rows as a table."""
    yield [
        _("Row"), _("Number"), _("Evaluation"), _("Unit"), _("Recommendation"), _("What became of it"), _("Reason"), _("Key"), _("Changed"),
        _("Taken back"),
    ]  # fmt: skip
    for t in told(register, rows(register, filters)[:EXPORTED]):
        key = t.row.track.recommendation.key if t.row.track else ""
        changed = "; ".join(f"{name}: {old or '—'} → {new or '—'}" for name, old, new in t.differences)
        evaluation = t.said.get("evaluation") or t.said.get("title", "")
        yield [
            str(t.row.number),
            t.said.get("number", ""),
            evaluation,
            t.said.get("unit", ""),
            t.said.get("text", ""),
            str(t.row.get_outcome_display()),
            t.row.reason,
            key,
            changed,
            back_words(t.row.back),
        ]
