"""Confirming a paper: what remains, which evaluation each of its parts is, and the version that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from evaltrail.text.normal import fold
from evaltrail_office.accounts.access import may, require, visible
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations.actions import confirm_key, match_part, new_evaluation
from evaltrail_office.evaluations.actions_proposals import ask_for_proposals
from evaltrail_office.evaluations.models import Evaluation, Sameness, State
from evaltrail_office.intake.actions import set_kind
from evaltrail_office.intake.likeness import stem
from evaltrail_office.intake.models import Item
from evaltrail_office.shelf import actions as shelf
from evaltrail_office.shelf.models import Document, Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import Evaluation as Told
    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User

NEW = "new"
LATER = ""
_LEAST = 0.35
_MOST = 200
"""Evaluations whose titles are compared."""
_SHORTEST = 5


class Undecided(Exception):
    """A paper that cannot be confirmed like this. ``str()`` is one line for people."""


@dataclass(frozen=True, slots=True)
class Likely:
    """An evaluation of the office that a part of a paper may be."""

    evaluation: Evaluation
    score: float
    basis: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of a paper and what it may be."""

    part: Part
    told: Told | None
    likely: list[Likely] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Of the evaluation as the paper has it."""
        return self.part.title or self.part.document.title

    @property
    def chosen(self) -> str:
        """What stands chosen at first: what it is already, what is sure, else a new one."""
        if self.part.evaluation_key:
            return self.part.evaluation_key
        return self.likely[0].evaluation.key if self.likely and self.likely[0].score >= 0.8 else NEW


def choices(user: User, document: Document, record: Record) -> list[Choice]:
    """Every part of a paper with the evaluations that it may be, likeliest first; of those that the person may match it with."""
    told = {e.id: e for e in record.evaluations}
    brought = Item.objects.filter(document=document).values_list("batch__evaluation_key", flat=True).first() or ""
    return [
        Choice(part, told.get(part.record_id), likely(user, document, part, told.get(part.record_id), brought))
        for part in document.parts.all()
    ]


def likely(user: User, document: Document, part: Part, told: Told | None, brought: str = "", *, alone: bool = True) -> list[Likely]:
    """Evaluations that a part may be, by what it was brought for, title, period and symbol."""
    title = part.title or document.title
    words = sorted({w for w in fold(title).split() if len(w) >= _SHORTEST}, key=len, reverse=True)[:3]
    wanted = Q(key__in=[k for k in (brought, part.evaluation_key) if k]) | Q(title__iexact=title)
    for word in words:
        wanted |= Q(title__icontains=word)
    keys: list[str] = []
    if document.symbol:
        same = visible(user, Document.objects.exclude(pk=document.pk).filter(symbol__istartswith=stem(document.symbol)))
        keys = list(Part.objects.filter(document__in=same).exclude(evaluation_key="").values_list("evaluation_key", flat=True)[:20])
        wanted |= Q(key__in=keys)
    rows = visible(user, Evaluation.objects.filter(wanted)).distinct()[:_MOST]
    scored = [(e, *_score(e, title, told, brought if alone else "", keys)) for e in rows]
    found = [Likely(e, score, basis) for e, score, basis in scored if score >= _LEAST or e.key in {brought, part.evaluation_key}]
    return sorted((x for x in found if may(user, Verb.MATCH, x.evaluation)), key=lambda x: -x.score)[:5]


def _score(e: Evaluation, title: str, told: Told | None, brought: str, keys: Sequence[str]) -> tuple[float, str]:
    if e.key == brought:
        return 1.0, _("the papers were brought for it")
    left, right = set(fold(title).split()), set(fold(e.title).split())
    score = 0.8 * len(left & right) / max(1, len(left | right))
    said = [_("the same title")] if left == right else [_("%(n)d words of the title") % {"n": len(left & right)}]
    if told is not None and told.period.from_ and (told.period.from_, told.period.to) == (e.period_from, e.period_to):
        score += 0.2
        said.append(_("the same period"))
    if e.key in keys:
        score += 0.2
        said.append(_("a paper of the same symbol"))
    return round(min(1.0, score), 2), ", ".join(said)


def confirm_paper(
    user: User,
    document: Document,
    *,
    kind: str,
    parts: Mapping[str, str],
    titles: Mapping[str, str],
    rest: bool,
) -> list[Evaluation]:
    """Confirm a paper as a new version and say which evaluations its parts are; returns those.

    Args:
        user: who confirms.
        document: the paper.
        kind: what it is to its evaluations.
        parts: by a part's id in the record: key of an evaluation, ``new``, or empty for later.
        titles: of new evaluations, by the same id.
        rest: whether what was not looked at one by one is confirmed too.

    Raises:
        PermissionDenied: it is not this person's to confirm, or to match with one of the evaluations.
        Undecided: an evaluation is not found, or has no title; statements are left.
    """
    require(user, Verb.CONFIRM, document)
    record = shelf.working_record(document)
    told = {e.id: e for e in record.evaluations}
    with transaction.atomic():
        set_kind(user, document, kind)
        try:
            shelf.confirm(user, document, rest=rest)
        except shelf.NotConfirmed as left:
            raise Undecided(str(left)) from None
        document.refresh_from_db()
        out: list[Evaluation] = []
        for part in document.parts.select_related("document").order_by("position"):
            choice = parts.get(part.record_id, part.evaluation_key)
            if not choice or choice == part.evaluation_key:
                out += Evaluation.objects.filter(key=part.evaluation_key) if part.evaluation_key else []
                continue
            evaluation = _made(user, document, told.get(part.record_id), titles.get(part.record_id, "")) if choice == NEW else None
            evaluation = evaluation or visible(user, Evaluation.objects.filter(key=choice.strip().upper())).first()
            if evaluation is None:
                raise Undecided(_("There is no evaluation %(key)s that you could choose.") % {"key": choice})
            unknown = not evaluation.recommendations.exists()
            match_part(user, part, evaluation)
            if unknown:
                _number(user, document, part)
            out.append(evaluation)
        ask_for_proposals(document, asked_by=user.key)
    return out


def open_keys(document: Document) -> int:
    """How many recommendations of a paper wait for a person to say which of the office's they are."""
    return Sameness.objects.filter(document_key=document.key, confirmed=None, refused=False).values("statement_id").distinct().count()


def _number(user: User, document: Document, part: Part) -> None:
    """Give its recommendations keys where the office had none of the evaluation: each is a new one, and was confirmed just now."""
    ids = list(part.statements.values_list("record_id", flat=True))
    for sameness in Sameness.objects.filter(
        document_key=document.key, statement_id__in=ids, recommendation=None, confirmed=None, refused=False
    ).order_by("id"):
        confirm_key(user, sameness)


def _made(user: User, document: Document, told: Told | None, title: str) -> Evaluation:
    if not title.strip():
        raise Undecided(_("A new evaluation needs a title."))
    return new_evaluation(
        user,
        title=title.strip(),
        organisation=document.organisation,
        period_from=told.period.from_ if told else None,
        period_to=told.period.to if told else None,
        year=document.date.year if document.date else None,
        state=State.COMPLETED,
    )
