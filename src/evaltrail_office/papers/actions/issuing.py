"""Issuing a paper: written, read back, compared, and only then kept for good; and releasing it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail.record import Record, with_ids_of
from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.policy import Stage, Verb
from evaltrail_office.evaluations import writing
from evaltrail_office.evaluations.actions import derive, refresh_stage
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.intake.reading import fault_of, read
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.actions import note
from evaltrail_office.papers import house, queries
from evaltrail_office.papers.actions.drafting import lock
from evaltrail_office.papers.composing import placed
from evaltrail_office.papers.models import Issue
from evaltrail_office.papers.reading_back import Difference, among, compared, differences
from evaltrail_office.shelf import files, store
from evaltrail_office.shelf.actions import working_record
from evaltrail_office.shelf.models import How, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evaltrail_office.accounts.models import User
    from evaltrail_office.jobs.models import Job
    from evaltrail_office.shelf.models import Document

FORMS = ("docx", "pdf", "html")
"""In which a paper is issued."""
STEPS = 2 * len(FORMS) + 1
_CHUNK = 1 << 20


class Unissued(Exception):
    """A paper that cannot be issued as things stand. ``str()`` is one line for people that says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a paper gets when it is issued."""

    symbol: str = ""
    date: str = ""
    """ISO 8601, a whole day."""
    embargo: str = ""
    """Day from which the governing body sees it, ISO 8601; empty: at once."""

    def of(self, record: Record) -> Record:
        """The signed record with these particulars, as issued."""
        told: dict[str, Any] = {"symbol": self.symbol or None, "date": self.date or None, "state": "issued"}
        return record.model_copy(update={"document": record.document.model_copy(update=told)})


@dataclass(slots=True)
class Made:
    """A written file, and what was read back of it."""

    form: str
    path: Path
    sha256: str
    back: Record | None = None
    pages: int = 0
    facts: int = 0
    found: list[Difference] = field(default_factory=list)


def ask(user: User, document: Document, order: Order) -> Job:
    """Have a signed draft issued in the background; returns the job.

    Raises:
        PermissionDenied: it is not this person's to issue.
        Unissued: signatures are missing, or a day is none.
    """
    require(user, Verb.ISSUE, document)
    if not order.date:
        raise Unissued(_("A paper that is issued bears a date."))
    for day in (order.date, order.embargo):
        try:
            _day(day)
        except ValueError:
            raise Unissued(_("“%(day)s” is no day: write 2026-11-23.") % {"day": day}) from None
    with transaction.atomic():
        lock(document)
        _require_signed(document)
        draft = document.draft
        told = {"symbol": order.symbol, "date": order.date, "embargo": order.embargo}
        args = {"document": document.key, "edit": queries.state_number(document), **told}
        job = enqueue("papers.issue", args, asked_by=user.key, key=f"issue:{document.key}", priority=5)
        draft.job = job
        draft.save(update_fields=["job"])
        note(user, "asked to issue", f"document:{document.key}", about=store.about(document), new=told)
    return job


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


def _require_signed(document: Document) -> None:
    if document.stage in {Stage.ISSUED, Stage.RELEASED}:
        raise Unissued(_("It was issued already. What changes comes in a new edition."))
    if queries.missing(document):
        raise Unissued(_("Signatures are missing for the draft as it stands."))


def issue(user: User, document: Document, order: Order, *, edit: int, told: Callable[[int, str], None]) -> list[Difference]:
    """Write, read back, compare and keep; returns what differs, and then nothing was issued.

    Args:
        user: who asked for it.
        document: the draft.
        order: its symbol and dates.
        edit: state of the draft when it was asked for, as ``queries.state_number`` tells it.
        told: called with the steps done and what is done now; what it raises ends the work, and nothing was issued.

    Raises:
        PermissionDenied: it is not this person's to issue any more.
        Unissued: it was edited meanwhile, or a file could not be written or read.
    """
    require(user, Verb.ISSUE, document)
    _require_same(document, edit)
    kind, look = document.draft.kind, house.folder()
    record = order.of(working_record(document))
    folder = Path(settings.DATA) / "papers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    desk = Path(tempfile.mkdtemp(prefix=f"issue-{document.key}-", dir=folder))
    try:
        made = _written(record, kind, look, desk, told)
        found = _read_back(record, kind, made, told)
        if found:
            _told_of(user, document, found)
            return found
        told(STEPS - 1, _("keeping the files"))
        _keep(user, document, order, record, made, edit)
    finally:
        shutil.rmtree(desk, ignore_errors=True)
    return []


def _require_same(document: Document, edit: int) -> None:
    _require_signed(document)
    if queries.state_number(document) != edit:
        raise Unissued(_("The draft was edited after it was asked to be issued. Sign it and issue it again."))


def _written(record: Record, kind: str, look: Path | None, desk: Path, told: Callable[[int, str], None]) -> list[Made]:
    paths = [desk / f"paper.{form}" for form in FORMS]
    at = paths[0]

    def writing_now(path: Path) -> None:
        nonlocal at
        at = path
        told(paths.index(path), _("writing the %(form)s") % {"form": _form(path).upper()})

    try:
        writing.write_all(paths, record.to_json(indent=None).encode(), kind=kind, house=look, told=writing_now)
    except writing.Unwritten as fault:
        raise Unissued(_("It cannot be written as %(form)s: %(why)s") % {"form": _form(at).upper(), "why": fault}) from fault
    return [Made(_form(path), path, _digest(path)) for path in paths]


def _form(path: Path) -> str:
    return path.suffix[1:]


def _read_back(record: Record, kind: str, made: list[Made], told: Callable[[int, str], None]) -> list[Difference]:
    """Read every file in a process of its own and compare it; returns what differs."""
    look = house.house()
    for n, one in enumerate(made):
        told(len(FORMS) + n, _("reading the %(form)s back") % {"form": one.form.upper()})
        reading = read(one.path, one.path.name, lambda _seconds: None)
        if reading.json is None:
            one.found = [Difference(one.form, _("the file as a whole"), "", fault_of(reading))]
            continue
        one.back, one.pages = reading.record(), reading.pages
        one.found = [Difference(one.form, _("left unread"), "", line) for line in reading.losses]
        one.found += differences(record, one.back, kind, one.form, look)
        if _digest(one.path) != one.sha256:
            one.found.append(Difference(one.form, _("the file as a whole"), one.sha256, _digest(one.path)))
        one.facts = compared(record, kind, look)
    found = [d for one in made for d in one.found]
    backs = {one.form: one.back for one in made if one.back is not None}
    return found or among(backs)


def _told_of(user: User, document: Document, found: list[Difference]) -> None:
    new = {"differences": len(found)}
    note(user, "stopped issuing", f"document:{document.key}", about=store.about(document), new=new, reason=_("read back otherwise"))


def _keep(user: User, document: Document, order: Order, record: Record, made: list[Made], edit: int) -> None:
    """Freeze the files and everything that says so, in one transaction."""
    kept = {}
    for one in made:
        sha256, size = files.keep(_chunks(one.path))
        if sha256 != one.sha256:
            raise Unissued(_("The %(form)s changed while it was kept. Try again.") % {"form": one.form.upper()})
        kept[one.form] = size
    pdf = next(one for one in made if one.form == "pdf")
    if pdf.back is not None:
        record = placed(record, with_ids_of(pdf.back, record))
        info = record.document.model_copy(update={"sha256": pdf.sha256, "media_type": "application/pdf"})
        record = record.model_copy(update={"document": info})
    now = timezone.now()
    with transaction.atomic():
        lock(document)
        _require_same(document, edit)
        source, _new = Source.objects.get_or_create(
            sha256=pdf.sha256, defaults={"size": kept["pdf"], "media_type": "application/pdf", "pages": pdf.pages}
        )
        edition_of = document.draft.edition_of
        document.source, document.filename = source, f"{order.symbol or document.key}.pdf".replace("/", "-")[:255]
        document.stage, document.embargo = Stage.ISSUED, _day(order.embargo)
        document.replaces = edition_of
        document.confirmed, document.confirmed_by = now, user.key
        version = store.put(document, record, how=How.ISSUED, actor=user, note_text=order.symbol)
        document.statements.filter(confirmed=None).update(confirmed=now, confirmed_by=user.key)
        Issue.objects.bulk_create(
            Issue(
                document=document,
                version=version,
                form=one.form,
                sha256=one.sha256,
                size=kept[one.form],
                facts=one.facts,
                issued_by=user.key,
                issued=now,
            )
            for one in made
        )
        told = {one.form: one.sha256 for one in made}
        new = {"stage": Stage.ISSUED.value, "embargo": order.embargo, "files": told, "replaces": edition_of.key if edition_of else ""}
        note(user, "issued the files", f"document:{document.key}", about=store.about(document), new=new)
        _settle(document)
        enqueue("shelf.pictures", {"document": document.key}, asked_by="system:pictures", key=f"pictures:{document.key}", priority=-5)


def _settle(document: Document) -> None:
    """What hangs on how far a paper has come."""
    for key in document.standing().evaluations:
        refresh_stage(key)
    keys = document.statements.exclude(key="").values_list("key", flat=True)
    for recommendation in Recommendation.objects.filter(key__in=list(keys)):
        derive(recommendation)


def release(user: User, document: Document) -> None:
    """Show an issued paper to everybody who holds a role.

    Raises:
        PermissionDenied: it is not this person's to release.
        Unissued: it was not issued, or is released.
    """
    require(user, Verb.RELEASE, document)
    with transaction.atomic():
        lock(document)
        if document.stage != Stage.ISSUED:
            raise Unissued(_("Only what was issued can be released, and only once."))
        document.stage = Stage.RELEASED
        document.save(update_fields=["stage"])
        old, new = {"stage": Stage.ISSUED.value}, {"stage": Stage.RELEASED.value}
        note(user, "released", f"document:{document.key}", about=store.about(document), old=old, new=new)
        _settle(document)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


__all__ = ["FORMS", "STEPS", "Order", "Unissued", "ask", "issue", "release"]
