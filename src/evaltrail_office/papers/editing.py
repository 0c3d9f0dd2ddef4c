"""What a form of a draft's text changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail.record import Recommendation, SetField
from evaltrail_office.intake import changes
from evaltrail_office.intake.entries import NAMES, RESTS, each, tags_of
from evaltrail_office.shelf.words import VERDICTS, criteria_line, criterion_read, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.record import AnyStatement, Correction, Evaluation, Rating, Record

SCALES = {
    "priority": ("high", "medium", "low"),
    "time": ("short-term", "medium-term", "long-term", "ongoing"),
    "resources": ("low", "medium", "high", "existing"),
}
LABELS = {
    "priority": gettext_lazy("Priority"),
    "time": gettext_lazy("Time"),
    "resources": gettext_lazy("Resources"),
    "verdict": gettext_lazy("Position"),
}
PLURALS = {
    "finding": gettext_lazy("Findings"),
    "conclusion": gettext_lazy("Conclusions"),
    "lesson": gettext_lazy("Lessons"),
    "good_practice": gettext_lazy("Good practices"),
    "recommendation": gettext_lazy("Recommendations"),
    "response": gettext_lazy("Responses"),
}
STEPS = (
    "Highly unsatisfactory",
    "Unsatisfactory",
    "Somewhat unsatisfactory",
    "Somewhat satisfactory",
    "Satisfactory",
    "Highly satisfactory",
)
SCALE = "1-6: " + "; ".join(f"{n} = {words}" for n, words in enumerate(STEPS, 1))
"""That a draft's ratings are on where the papers that it was made of print none."""
CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability", "overall")


@dataclass(slots=True)
class Row:
    """A statement of a draft as its page shows it."""

    statement: AnyStatement
    tag: str
    rests: str
    key: str = ""
    current: bool = False

    @property
    def paragraphs(self) -> list[str]:
        """Of its words."""
        return self.statement.text.split("\n")


@dataclass(slots=True)
class Group:
    """Statements of one kind in one evaluation."""

    kind: str
    name: str
    rows: list[Row] = field(default_factory=list)
    total: int = 0


@dataclass(slots=True)
class PartShown:
    """One evaluation of a draft."""

    evaluation: Evaluation
    key: str
    ratings: list[tuple[int, Rating]]
    groups: list[Group]


def shown(record: Record, keys: Mapping[str, str], said: Mapping[str, str], window: slice, current: str) -> tuple[list[PartShown], int]:
    """The parts of a draft with the statements of a page of its list, and how many statements there are in all.

    Args:
        record: the draft's.
        keys: the office's key of each evaluation, by its id in the record.
        said: the office's key of each recommendation, by the statement's id.
        window: of the statements, which are on this page.
        current: id of the one that is open.
    """
    ordered = [(e, kind, s) for e in record.evaluations for kind in NAMES for s in e.statements if s.kind == kind]
    here = {s.id for _e, _k, s in ordered[window]}
    parts = []
    for e in record.evaluations:
        tags = tags_of(e)
        groups = []
        for kind in NAMES:
            own = [s for s in e.statements if s.kind == kind]
            rows = [
                Row(s, tags[s.id], _rests(e, s, tags), said.get(s.id, ""), current=s.id == current)
                for s in own
                if s.id in here or s.id == current
            ]
            groups.append(Group(kind, str(PLURALS[kind]), rows, len(own)))
        parts.append(PartShown(e, keys.get(e.id, ""), list(enumerate(e.ratings)), groups))
    return parts, len(ordered)


def _rests(e: Evaluation, s: AnyStatement, tags: Mapping[str, str]) -> str:
    if s.kind == "response":
        return ", ".join(tags.get(a.id, a.id) for a in s.answers)
    return ", ".join(tags.get(x.from_, x.from_) for x in e.links if x.to == s.id and x.kind in {"supports", "leads_to"})


def fields_of(row: Row) -> dict[str, Any]:
    """Fields of the statement that is open."""
    s = row.statement
    selects = []
    for name in changes.CHOICES.get(s.kind, ()):
        value = getattr(s, name) or ""
        options = {k: str(v) for k, v in VERDICTS.items()} if name == "verdict" else {o: term(o) for o in SCALES[name]}
        if value and value not in options:
            options = {value: value, **options}
        selects.append({"name": name, "value": value, "options": options, "label": LABELS[name]})
    return {
        "selects": selects,
        "responsible": "; ".join(s.responsible) if isinstance(s, Recommendation) else None,
        "criteria_of": criteria_line(s.criteria) if s.kind in {"finding", "conclusion"} else None,
        "rests": row.rests if s.kind == "response" or any(to == s.kind for _from, to in RESTS) else None,
    }


def found(record: Record, identifier: str) -> tuple[Evaluation, AnyStatement]:
    """The statement of that id. Raises ``changes.Unfit`` where somebody has taken it out."""
    for e, s in each(record):
        if s.id == identifier:
            return e, s
    raise changes.Unfit(_("This statement is not there any more: somebody has taken it out."))


def saved(record: Record, e: Evaluation, s: AnyStatement, form: Mapping[str, str]) -> Iterator[Correction]:
    """Corrections of one form of a statement.

    How a field is printed goes with the field: the words of the paper that it came from hold no longer once it is changed.
    """
    for one in changes.statement_changes(record, e, s, form):
        yield one
        if not isinstance(one, SetField) or one.statement != s.id:
            continue
        if isinstance(s, Recommendation) and one.field in {"responsible", *SCALES} and getattr(s.as_printed, one.field):
            yield changes.made(kind="set", statement=s.id, field=f"as_printed.{one.field}", new=None)
        if one.field == "number" and s.label and s.number and form.get("label", s.label).strip() == s.label:
            head, old, tail = s.label.rpartition(s.number)
            if old and one.new:
                yield changes.made(kind="set", statement=s.id, field="label", new=f"{head}{one.new}{tail}")


def added(record: Record, form: Mapping[str, str]) -> Correction:
    """A new statement, after the others of its kind."""
    kind, text = form.get("kind", ""), form.get("text", "").replace("\r\n", "\n").strip()
    if kind not in NAMES:
        raise changes.Unfit(_("Say what kind of statement it is."))
    if not text:
        raise changes.Unfit(_("A statement needs words."))
    e = part(record, form)
    data: dict[str, Any] = {"kind": "add", "evaluation": e.id, "becomes": kind, "text": text}
    number = form.get("number", "").strip()
    if number:
        data["number"] = number
    last = _last_before(e, kind)
    if last is not None:
        data["after"] = last
    return changes.made(**data)


def _last_before(e: Evaluation, kind: str) -> str | None:
    """The statement after which one of a kind is put: the last of its kind, else of those that stand before it in a paper."""
    order = list(NAMES)
    ahead = [s.id for k in order[: order.index(kind) + 1] for s in e.statements if s.kind == k]
    return ahead[-1] if ahead else None


def part(record: Record, form: Mapping[str, str]) -> Evaluation:
    """The evaluation that a form is about. Raises ``changes.Unfit``."""
    e = next((e for e in record.evaluations if e.id == form.get("evaluation")), None)
    if e is None:
        raise changes.Unfit(_("Say to which part of the paper it belongs."))
    return e


def moved(e: Evaluation, s: AnyStatement, way: str) -> Correction:
    """One place up or down among those of its kind and whole."""
    own = [x for x in e.statements if x.kind == s.kind and x.parent == s.parent]
    at = own.index(s)
    to = at - 1 if way == "up" else at + 1
    if not 0 <= to < len(own):
        raise changes.Unfit(_("It stands at the end already."))
    after: str | None
    if way == "up":
        after = own[to - 1].id if to else None
        if after is None and s.parent is not None:
            after = s.parent
    else:
        after = own[to].id
    # After another with its parts is after the last of these.
    if after is not None and after != s.parent:
        family = [x.id for x in e.statements if after in {x.id, x.parent}]
        after = family[-1]
    return changes.made(kind="move", statement=s.id, evaluation=e.id, after=after)


def rated(record: Record, form: Mapping[str, str]) -> Correction:
    """A rating that is new, has another value, or is taken out."""
    e = part(record, form)
    index = form.get("rating", "")
    old = e.ratings[int(index)] if index.isdigit() and int(index) < len(e.ratings) else None
    told: dict[str, Any] = {"kind": "rating", "evaluation": e.id}
    if old is not None:
        told["old"] = old.model_dump(by_alias=True)
    if "unrate" in form:
        return changes.made(**told)
    value = form.get("value", "")
    if value not in {str(n) for n in range(1, len(STEPS) + 1)}:
        raise changes.Unfit(_("Choose a rating."))
    criterion = (old.criterion if old else criterion_read(form.get("criterion", ""))) or ""
    if not criterion:
        raise changes.Unfit(_("Say what is rated."))
    if old is None and any(r.criterion == criterion and r.of is None for r in e.ratings):
        raise changes.Unfit(_("This criterion is rated already: change its rating."))
    scale = (old.scale if old else next((r.scale for r in e.ratings if r.scale), "")) or SCALE
    words = dict(step.split(" = ", 1) for step in scale.partition(": ")[2].split("; ") if " = " in step)
    printed = (old.criterion_as_printed if old else None) or criterion.capitalize()
    new = {"criterion": criterion, "criterion_as_printed": printed, "value": int(value), "scale": scale}
    told["new"] = {**new, "of": old.of if old else None, "as_printed": words.get(value, value)}
    return changes.made(**told)
