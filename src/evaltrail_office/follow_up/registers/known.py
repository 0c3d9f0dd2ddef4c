"""What the office knows already of what a register names: evaluations, units, rows of earlier editions. Reads alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail_office.accounts.models import Unit
from evaltrail_office.evaluations.models import Evaluation, Facet, Recommendation
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.models import RegisterRow, Track
from evaltrail_office.follow_up.registers.plan import number_of
from evaltrail_office.follow_up.registers.words import plain
from evaltrail_office.shelf.models import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail_office.follow_up.models import Register
    from evaltrail_office.follow_up.registers.plan import Line

NUMBER = "number"
"""Kind of the facet that keeps the number under which a register knows an evaluation."""
_ALIKE = 0.7
_MANY = 400


def evaluations_named(names: Iterable[str]) -> dict[str, Evaluation]:
    """Evaluations by what a register calls them: a key, the symbol of a paper, a number of an earlier register, a title.

    A name that means several is none.
    """
    wanted = {name for name in names if name}
    found: dict[str, Evaluation] = {}
    folded: dict[str, list[str]] = defaultdict(list)
    for name in wanted:
        folded[plain(name)].append(name)
    for some in _some(wanted):
        keys = Evaluation.objects.filter(key__in=[n.upper() for n in some])
        by_key = {e.key: e for e in keys}
        facets = Facet.objects.filter(kind=NUMBER, value__in=[n[:120] for n in some]).select_related("evaluation")
        by_number = {f.value: f.evaluation for f in facets}
        symbols = defaultdict(set)
        for symbol, key in (
            Part.objects.filter(document__symbol__in=some).exclude(evaluation_key="").values_list("document__symbol", "evaluation_key")
        ):
            symbols[symbol].add(key)
        of_papers = {e.key: e for e in Evaluation.objects.filter(key__in={k for keys in symbols.values() if len(keys) == 1 for k in keys})}
        titles: dict[str, list[Evaluation]] = defaultdict(list)
        for e in Evaluation.objects.filter(title__in=[n[:500] for n in some]):
            titles[e.title].append(e)
        for name in some:
            own = by_key.get(name.upper()) or by_number.get(name[:120])
            if own is None and len(symbols[name]) == 1:
                own = of_papers.get(next(iter(symbols[name])))
            if own is None and len(titles[name[:500]]) == 1:
                own = titles[name[:500]][0]
            if own is not None:
                found[name] = own
    return found


def _some(names: Iterable[str]) -> Iterable[list[str]]:
    every = sorted(names)
    return [every[at : at + _MANY] for at in range(0, len(every), _MANY)]


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What printed words mean of the office's units."""

    unit: Unit | None
    """That answers now."""
    was: Unit | None = None
    """That was named and ended; the other follows it."""
    ended: bool = False
    """Whether it ended and nobody follows it."""


def units_named(names: Iterable[str], chosen: dict[str, str] | None = None) -> dict[str, OfUnit]:
    """Units by printed words: chosen by a person, else of exactly that code or name. One that ended gives way to its successor."""
    units, family = list(Unit.objects.all()), Family.read()
    by_pk = {u.pk: u for u in units}
    by_key = {u.key: u for u in units}
    by_words: dict[str, Unit] = {}
    for u in sorted(units, key=lambda u: u.valid_until is not None, reverse=True):
        for words in (u.name, u.code):
            if words:
                by_words[plain(words)] = u
    out = {}
    for name in names:
        said = (chosen or {}).get(name)
        unit = by_key.get(said) if said else None if said == "" and chosen and name in chosen else by_words.get(plain(name))
        if unit is None:
            out[name] = OfUnit(None)
            continue
        last, over = by_pk[family.today(unit.pk)], family.ended(unit.pk)
        out[name] = OfUnit(None if over else last, unit if last.pk != unit.pk or over else None, over)
    return out


def earlier_rows(register: Register, identities: Iterable[str]) -> dict[str, list[RegisterRow]]:
    """Rows of earlier editions by identity, of each recommendation and action the last; those that were taken back are none."""
    found: dict[str, dict[tuple[int | None, str], RegisterRow]] = defaultdict(dict)
    for some in _some(set(identities)):
        rows = RegisterRow.objects.filter(identity__in=some, track__isnull=False, back="").exclude(register=register)
        rows = rows.exclude(register__state__in=("reversed", "reversing")).select_related("track", "track__recommendation", "register")
        for row in rows.order_by("register_id", "number"):
            found[row.identity][row.track_id, str(row.made.get("of_action", ""))] = row
    return {identity: list(rows.values()) for identity, rows in found.items()}


def paired(lines: Sequence[Line], rows: Sequence[RegisterRow]) -> dict[int, RegisterRow]:
    """Which line is which earlier row: by all words, by the action's number, by the recommendation's words, at last the one left over."""
    found: dict[int, RegisterRow] = {}
    left, free = list(lines), list(rows)

    def words(values: dict[str, str], *names: str) -> tuple[str, ...]:
        return tuple(plain(values.get(name, "")) for name in names)

    for names in (("text", "action_number", "action"), ("text", "action_number"), ("text",), ()):
        by: dict[tuple[str, ...], list[RegisterRow]] = defaultdict(list)
        for row in free:
            by[words(row.made.get("values", {}), *names)].append(row)
        mine: dict[tuple[str, ...], list[Line]] = defaultdict(list)
        for line in left:
            mine[words(line.values, *names)].append(line)
        for key, some in mine.items():
            others = by.get(key, [])
            if others and (len(some) == len(others) == 1 or names == ("text", "action_number", "action")):
                for line, row in zip(some, others, strict=False):
                    found[line.number] = row
        left = [line for line in left if line.number not in found]
        taken = {row.pk for row in found.values()}
        free = [row for row in free if row.pk not in taken]
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recommendation that an evaluation has."""

    recommendation: Recommendation
    track: Track | None
    from_register: bool


def candidates_of(evaluations: Iterable[Evaluation]) -> dict[int, list[Candidate]]:
    """Recommendations of evaluations by the evaluation's number."""
    found: dict[int, list[Candidate]] = defaultdict(list)
    rows = Recommendation.objects.filter(evaluation__in=[e.pk for e in evaluations]).select_related(
        "track", "track__follow_up", "evaluation"
    )
    of_registers = set(
        RegisterRow.objects.filter(track__evaluation__in=[e.pk for e in evaluations])
        .order_by()
        .values_list("track_id", flat=True)
        .distinct()
    )
    for r in rows:
        track = getattr(r, "track", None)
        found[r.evaluation_id].append(Candidate(r, track, track is not None and track.pk in of_registers))
    return found


def same_as(line: Line, known: Sequence[Candidate], *, by_action: bool) -> tuple[Candidate | None, bool]:
    """The recommendation that a line is, and whether its number belongs to one that says something else."""
    number = number_of(line.get("number"))
    if not number:
        return next((c for c in known if alike(c.recommendation.text, line.get("text")) > _ALIKE + 0.15), None), False
    same = [c for c in known if number_of(c.recommendation.number) == number]
    for c in same:
        own = by_action or not c.from_register or (c.track is not None and plain(c.track.printed_addressee) == plain(line.get("unit")))
        if own and alike(c.recommendation.text, line.get("text")) >= _ALIKE:
            return c, False
    return None, any(not c.from_register for c in same)


def alike(one: str, other: str) -> float:
    """How much of the shorter text's words the longer has, 0 to 1."""
    a, b = set(plain(one).split()), set(plain(other).split())
    if not a or not b:
        return 0.0
    return len(a & b) / min(len(a), len(b))
