"""Beginning a draft and writing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail.record import Decision, DocumentInfo
from evaltrail_office.accounts.access import require, visible
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations.models import Recommendation, Sameness
from evaltrail_office.journal.actions import note
from evaltrail_office.papers.composing import Taken, composed
from evaltrail_office.papers.house import KINDS
from evaltrail_office.papers.models import Draft
from evaltrail_office.shelf import store
from evaltrail_office.shelf.actions import working_record
from evaltrail_office.shelf.models import Document, How, Statement
from evaltrail_office.shelf.working import live, reading_of, record_with, remember

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.papers.composing import Begun


def begin(
    user: User,
    *,
    kind: str,
    evaluations: Sequence[Evaluation],
    title: str,
    language: str = "en",
    chosen: Mapping[str, Collection[str]] | None = None,
) -> Document:
    """Begin a draft on one or several evaluations; returns its document.

    Args:
        user: who begins it.
        kind: of paper, as ``evaltrail.write`` names it.
        evaluations: that it tells of, in the order of its parts.
        title: of the paper.
        language: of its headings, ISO 639-1.
        chosen: ids of the statements taken over, by the key of the confirmed paper that states them; none: empty places.

    Raises:
        PermissionDenied: it is not this person's to write in one of the evaluations.
        ValueError: there is no such kind, no evaluation, or no title.
    """
    if kind not in KINDS:
        raise ValueError(_("There is no such kind of paper."))
    if not evaluations or not title.strip():
        raise ValueError(_("A draft needs an evaluation that it tells of, and a title."))
    for evaluation in evaluations:
        require(user, Verb.WRITE, evaluation)
    info = DocumentInfo(title=title.strip(), organisation=evaluations[0].organisation or None, language=language or None, state="draft")
    titles = {e.key: e.title for e in evaluations}
    with transaction.atomic():
        begun = composed(info, titles, _taken(user, list(titles), chosen or {}))
        document = store.new_document(begun.record, actor=user, kind=KINDS[kind], how=How.WRITTEN)
        for part in document.parts.all():
            part.evaluation_key, part.matched_by = begun.evaluations[part.record_id], user.key
            part.save(update_fields=["evaluation_key", "matched_by"])
        _keep_keys(user, document, begun)
        Draft.objects.create(document=document, kind=kind)
        told = {"kind": kind, "evaluations": list(titles), "from": sorted(chosen or {}), "statements": len(begun.came_from)}
        note(user, "drafted", f"document:{document.key}", about=store.about(document), new=told)
    return document


def _taken(user: User, keys: Sequence[str], chosen: Mapping[str, Collection[str]]) -> list[Taken]:
    papers = visible(user, Document.objects.filter(key__in=list(chosen)).exclude(confirmed=None)).prefetch_related("parts").order_by("id")
    out: list[Taken] = []
    for paper in papers:
        told = {e.id: e for e in working_record(paper).evaluations}
        own = [p for p in paper.parts.all() if p.evaluation_key in keys and p.record_id in told]
        out += [Taken(paper.key, p.evaluation_key, told[p.record_id], set(chosen[paper.key])) for p in own]
    return out


def _keep_keys(user: User, document: Document, begun: Begun) -> None:
    """A recommendation that is taken over stays the office's recommendation that it was: it is not counted twice."""
    papers = {p for p, _s in begun.came_from.values()}
    rows = Statement.objects.filter(document__key__in=papers).exclude(key="").values_list("document__key", "record_id", "key")
    keys = {(paper, statement): key for paper, statement, key in rows}
    known = dict(Recommendation.objects.filter(key__in=set(keys.values())).values_list("key", "pk"))
    now = timezone.now()
    changed, same = [], []
    for row in document.statements.all():
        key = keys.get(begun.came_from.get(row.record_id, ("", "")))
        if key:
            row.key = key
            changed.append(row)
            if key in known:
                same.append(
                    Sameness(
                        recommendation_id=known[key],
                        document_key=document.key,
                        statement_id=row.record_id,
                        confirmed=now,
                        confirmed_by=user.key,
                    )
                )
    Statement.objects.bulk_update(changed, ["key"])
    Sameness.objects.bulk_create(same)


def decide(user: User, document: Document, text: str) -> bool:
    """Set the words of the draft decision; empty: the paper composes one of its own. Returns whether they were others before.

    Raises ``PermissionDenied``.
    """
    words = " ".join(text.split())
    decisions = (Decision(text=words),) if words else ()
    return _rewritten(user, document, lambda record: record.model_copy(update={"decisions": decisions}))


def _rewritten(user: User, document: Document, change: object) -> bool:
    """Put another beginning under the corrections, for what no correction can say."""
    assert callable(change)  # noqa: S101 - both callers are above
    with transaction.atomic():
        lock(document)
        require_draft(user, document)
        base, rows = reading_of(document), live(document)
        old = store.load(base)
        new: Record = change(old)
        if new == old:
            return False
        version = store.put(document, new, how=How.WRITTEN, actor=user, derive=False)
        done = record_with(version, rows).record
        remember(version, rows, done)
        store.derive(document, done, before=done)
    return True


def require_draft(user: User, document: Document) -> None:
    """Raise ``PermissionDenied`` where a person may not write in a document, or it was issued."""
    require(user, Verb.WRITE, document)
    if document.versions.filter(how=How.ISSUED).exists():
        raise PermissionDenied(_("it was issued, and what was issued is not changed: begin a new edition"))


def lock(document: Document) -> None:
    """Hold a document until the transaction ends: nobody edits what is being signed or issued."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update(of=("self",)))


def new_edition(user: User, document: Document) -> Document:
    """Begin a draft that says what an issued paper says, and replaces it when it is issued itself.

    An edition that is begun already is returned instead of a second one.

    Raises:
        PermissionDenied: it is not this person's to write.
        ValueError: the paper was not issued.
    """
    require(user, Verb.WRITE, document)
    with transaction.atomic():
        lock(document)
        if not document.issues.exists():
            raise ValueError(_("It was not issued yet: go on writing in it."))
        begun = Draft.objects.filter(edition_of=document).select_related("document").first()
        if begun is not None:
            return begun.document
        kept = store.load(document.versions.filter(how=How.WRITTEN).order_by("-number")[0])
        issued = working_record(document)
        info = issued.document.model_copy(update={"state": "draft", "sha256": "", "media_type": "", "date": None, "symbol": None})
        record = issued.model_copy(
            update={
                "document": info,
                "pages": (),
                "passages": (),
                "quantities": (),
                "paragraphs": kept.paragraphs,
                "footnotes": kept.footnotes,
                "decisions": kept.decisions,
                "evaluations": tuple(
                    e.model_copy(update={"statements": tuple(s.model_copy(update={"places": ()}) for s in e.statements)})
                    for e in issued.evaluations
                ),
            }
        )
        made = store.new_document(record, actor=user, kind=document.kind, how=How.WRITTEN)
        own = {p.record_id: p for p in document.parts.all()}
        for part in made.parts.all():
            part.evaluation_key, part.matched_by = own[part.record_id].evaluation_key, user.key
            part.save(update_fields=["evaluation_key", "matched_by"])
        _same_keys(made, document)
        before = document.draft
        Draft.objects.create(document=made, kind=before.kind, signers=before.signers, edition_of=document)
        note(user, "drafted", f"document:{made.key}", about=store.about(made), new={"kind": before.kind, "edition of": document.key})
    return made


def _same_keys(made: Document, document: Document) -> None:
    keys = dict(document.statements.exclude(key="").values_list("record_id", "key"))
    rows = list(made.statements.filter(record_id__in=keys))
    for row in rows:
        row.key = keys[row.record_id]
    Statement.objects.bulk_update(rows, ["key"])
