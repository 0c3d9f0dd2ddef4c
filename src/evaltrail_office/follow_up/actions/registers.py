"""Bringing a register, saying what its columns mean, taking it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.actions.people import runs_people
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up import refresh
from evaltrail_office.follow_up.actions.opening import presets
from evaltrail_office.follow_up.actions.register_taking import Taking
from evaltrail_office.follow_up.models import House, Mapping, Register, RegisterRow
from evaltrail_office.follow_up.registers import layout
from evaltrail_office.follow_up.registers.fields import LABELS, NEW_UNIT, Fields
from evaltrail_office.follow_up.registers.guess import guessed
from evaltrail_office.follow_up.registers.plan import lines_of
from evaltrail_office.follow_up.registers.preview import examples, foreseen
from evaltrail_office.follow_up.registers.reading import Unread, read
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.files import path_of
from evaltrail_office.shelf.models import next_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.preset import Preset
    from evaltrail_office.follow_up.registers.plan import Line

BATCH = 150
"""Rows that are taken over in one transaction, more where they are of one evaluation."""
MOST_AT_ONCE = 600


def require_to(user: User, evaluation: Evaluation | None) -> None:
    """Raise ``PermissionDenied`` for who may not plan the follow-up: of an evaluation, or of the whole office."""
    require(user, Verb.PLAN, evaluation)


def bring(user: User, *, name: str, sha256: str, evaluation: Evaluation | None = None) -> Register:
    """A file that was kept (``shelf.files``) as a register; a job reads it.

    ``evaluation``: of which all rows are; None: the rows say which.
    """
    require_to(user, evaluation)
    with transaction.atomic():
        register = Register.objects.create(
            key=next_key("G", Register, 5), name=name[:255], sha256=sha256, evaluation=evaluation, made_by=user.key
        )
        about = evaluation.key if evaluation else ""
        note(user, "brought", f"register:{register.key}", about=about, new={"file": register.name, "sha256": sha256})
        ask(user, register, "read")
    return register


def ask(user: User, register: Register, what: str, **args: Any) -> None:
    """Have a job work on a register."""
    kind = f"follow_up.{what}_register"
    register.job = enqueue(kind, {"register": register.pk, **args}, asked_by=user.key, key=f"register:{register.pk}", priority=5)
    register.save(update_fields=["job"])


def house_preset() -> Preset:
    """By which preset words of a register are understood: the office's."""
    every = presets()
    return every.get(House.of_office().preset) or every["house"]


def read_in(register: Register, sheet: str | None = None, header: int | None = None, told: Callable[[], None] = lambda: None) -> None:
    """Read the file and keep the rows of a sheet: the one that is named, else the largest with headings. Raises ``Unread``.

    What the columns mean is taken from a mapping that was remembered for the same headings, else guessed.
    """
    sheets = read(path_of(register.sha256), told)
    headers = [layout.header_of(s.rows) for s in sheets]
    described = [{"name": s.name, "rows": len(s.rows), "header": h, "shown": s.shown} for s, h in zip(sheets, headers, strict=True)]
    place = layout.chosen([(s.shown, s.rows) for s in sheets])
    if sheet is not None and any(s.name == sheet for s in sheets):
        at = next(i for i, s in enumerate(sheets) if s.name == sheet)
        place = at, header or headers[at] or 1
    if place is None:
        raise Unread(_("No row of it looks like headings with rows below them. Give each column a heading, and bring it again."))
    rows, first = sheets[place[0]].rows, header or place[1]
    width = max(map(len, rows[first - 1 :]), default=0)
    headings = layout.headings_of(rows[first - 1] if first <= len(rows) else [], width)
    data = [(first + 1 + at, cells) for at, cells in enumerate(rows[first:]) if any(cells)]
    if not data:
        raise Unread(_("There are headings and no row below them."))
    remembered = Mapping.objects.filter(columns=headings).order_by("-made").first()
    fields = proposed(headings, [cells for _number, cells in data], remembered)
    told()
    with transaction.atomic():
        register.rows.all().delete()
        RegisterRow.objects.bulk_create([RegisterRow(register=register, number=n, cells=c) for n, c in data], batch_size=500)
        register.sheets, register.sheet, register.header = described, sheets[place[0]].name, first
        register.headings, register.mapping, register.fields = headings, remembered, fields.model_dump()
        register.state, register.fault = Register.State.READ, ""
        register.counts = {"examples": examples(headings, [cells for _number, cells in data]), **foreseen(register, data)}
        register.save()


def proposed(headings: Sequence[str], rows: Sequence[Sequence[str]], remembered: Mapping | None) -> Fields:
    """A mapping to begin with: the remembered one, with words that it does not know guessed; else a guessed one."""
    guess = guessed(headings, rows, house_preset())
    own = Register.objects.filter(headings=list(headings), state=Register.State.IMPORTED).order_by("-id").first()
    if remembered is None:
        guess.own = str(own.fields.get("own", "")) if own else ""
        return guess
    fields = Fields.model_validate(remembered.fields)
    fields.statuses = {words: fields.statuses.get(words, code) for words, code in guess.statuses.items()}
    fields.verdicts = {words: fields.verdicts.get(words, code) for words, code in guess.verdicts.items()}
    fields.order = guess.order if guess.order != fields.order else fields.order
    fields.own = str(own.fields.get("own", "")) if own else ""
    return fields


def remap(user: User, register: Register, fields: Fields, *, name: str = "", mapping: Mapping | None = None) -> None:
    """Say what the columns mean. With a ``name`` it is remembered for files with the same headings.

    Raises ``Refused``: it is taken over already; the file lacks a column; the name is that of a mapping for other headings.
    """
    require_to(user, register.evaluation)
    with transaction.atomic():
        fresh = Register.objects.select_for_update(of=("self",)).get(pk=register.pk)
        if fresh.state != Register.State.READ:
            raise Refused(_("It is %(state)s.") % {"state": fresh.get_state_display()})
        missing = fields.missing(fresh.headings)
        if missing:
            lacking = ", ".join(f"“{heading}” ({LABELS[field]})" for field, heading in missing)
            raise Refused(
                _("This file has no column %(columns)s. Choose another column for it, or none.") % {"columns": lacking}, "columns"
            )
        if not runs_people(user) and (fields.unknown_units == NEW_UNIT or NEW_UNIT in fields.units.values()):
            raise Refused(
                _("Units are made by administrators and heads of evaluation. Keep the printed words, or choose a unit."), "unknown_units"
            )
        if name.strip():
            mapping = _remembered(user, fresh, fields, name.strip()[:120])
        fresh.fields, fresh.mapping = fields.model_dump(), mapping or fresh.mapping
        rows = list(fresh.rows.values_list("number", "cells").order_by("number"))
        fresh.counts = {"examples": fresh.counts.get("examples", []), **foreseen(fresh, rows)}
        fresh.save(update_fields=["fields", "mapping", "counts"])
        about = _about(fresh)
        note(user, "changed", f"register:{fresh.key}", about=about, old=register.fields.get("columns"), new=fields.columns)


def use(user: User, register: Register, mapping: Mapping) -> None:
    """Use a remembered mapping. Raises ``Refused`` where the file lacks a column that it needs, and says which."""
    rows = list(register.rows.values_list("cells", flat=True)[:2000])
    remap(user, register, proposed(register.headings, rows, mapping), mapping=mapping)


def _remembered(user: User, register: Register, fields: Fields, name: str) -> Mapping:
    same = Mapping.objects.filter(name=name).first()
    if same is not None and same.columns != register.headings:
        raise Refused(_("There is a mapping “%(name)s” for other columns. Give this one another name.") % {"name": name}, "name")
    # Which evaluation takes rows without one, and what units are in this file, is no matter of the next file.
    kept = fields.model_copy(update={"own": ""}).model_dump()
    mapping, _made = Mapping.objects.update_or_create(
        name=name, defaults={"columns": register.headings, "fields": kept, "made_by": user.key, "made": timezone.now()}
    )
    return mapping


def read_anew(user: User, register: Register, sheet: str, header: int) -> None:
    """Have another sheet of the file read, or another row of it taken for the headings."""
    require_to(user, register.evaluation)
    with transaction.atomic():
        fresh = Register.objects.select_for_update(of=("self",)).get(pk=register.pk)
        if fresh.state != Register.State.READ:
            raise Refused(_("It is %(state)s.") % {"state": fresh.get_state_display()})
        fresh.state = Register.State.UPLOADED
        fresh.save(update_fields=["state"])
        note(user, "changed", f"register:{fresh.key}", about=_about(fresh), new={"sheet": sheet, "header": header})
        ask(user, fresh, "read", sheet=sheet, header=header)


def lines(register: Register) -> list[Line]:
    """All rows as the register's mapping reads them."""
    return lines_of(
        register.headings, register.rows.values_list("number", "cells").order_by("number"), Fields.model_validate(register.fields)
    )


def begin(user: User, register: Register) -> None:
    """Have a register taken over. Raises ``Refused`` where the mapping does not say which column holds the recommendations."""
    require_to(user, register.evaluation)
    with transaction.atomic():
        register = Register.objects.select_for_update(of=("self",)).get(pk=register.pk)
        if register.state != Register.State.READ:
            raise Refused(_("It is %(state)s.") % {"state": register.get_state_display()})
        fields = Fields.model_validate(register.fields)
        missing = fields.missing(register.headings)
        if missing:
            raise Refused(_("The file has no column “%(name)s”. Choose another.") % {"name": missing[0][1]}, "columns")
        if "text" not in fields.columns:
            raise Refused(_("Choose the column that holds the text of the recommendations."), "columns")
        register.state, register.imported_by = Register.State.IMPORTING, user.key
        register.save(update_fields=["state", "imported_by"])
        note(user, "began", f"register:{register.key}", about=_about(register), new={"rows": register.counts.get("rows", 0)})
        ask(user, register, "take_over")


def take_over(user: User, register: Register, step: Callable[[int, int], None]) -> dict[str, int]:
    """Take all rows over that wait, in batches; ``step`` is told after each. Done again it goes on where it stopped."""
    fields = Fields.model_validate(register.fields)
    waiting = set(register.rows.filter(outcome=RegisterRow.Outcome.WAITING).values_list("number", flat=True))
    every = lines(register)
    todo = [line for line in every if line.number in waiting]
    taking = Taking(user, register, fields)
    done = len(every) - len(todo)
    step(done, len(every))
    for batch in batches(todo):
        for tries_left in (2, 1, 0):
            try:
                with transaction.atomic():
                    taking.batch(batch)
                    register.save(update_fields=["counts", "fields"])
                    step(done + len(batch), len(every))
                    refresh.soon()
                break
            except IntegrityError:
                # Somebody else was given the same keys at the same moment: what was written is gone, and is written again with later ones.
                if not tries_left:
                    raise
                register.refresh_from_db(fields=["counts", "fields"])
                fields = Fields.model_validate(register.fields)
                taking = Taking(user, register, fields)
        done += len(batch)
    with transaction.atomic():
        outcomes = counted(register)
        register.counts = {**register.counts, "outcomes": outcomes}
        register.state, register.imported = Register.State.IMPORTED, timezone.now()
        register.save(update_fields=["counts", "state", "imported"])
        note(user, "took over", f"register:{register.key}", about=_about(register), new=outcomes)
    return outcomes


def batches(todo: Sequence[Line]) -> list[list[Line]]:
    """Lines in batches: those of one evaluation together, as far as they go into one transaction."""
    by: dict[str, list[Line]] = {}
    for line in todo:
        by.setdefault(line.evaluation, []).append(line)
    out: list[list[Line]] = []
    for some in by.values():
        for at in range(0, len(some), MOST_AT_ONCE):
            part = some[at : at + MOST_AT_ONCE]
            if out and len(out[-1]) + len(part) <= BATCH:
                out[-1] += part
            else:
                out.append(list(part))
    return out


def counted(register: Register) -> dict[str, int]:
    """How many rows came to what."""
    return dict(register.rows.order_by().values_list("outcome").annotate(Count("pk")))


def _about(register: Register) -> str:
    return register.evaluation.key if register.evaluation else ""
