"""What a paper that was just read may be to one that the office has: proposed with a score, for a person to say.

Only papers that the bringer may see are looked at; nothing is told of the others, not even that they are there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from evaltrail.link import match
from evaltrail.text.normal import fold
from evaltrail_office.accounts.access import visible
from evaltrail_office.intake.models import Likeness
from evaltrail_office.shelf.models import Document, Statement
from evaltrail_office.shelf.store import record_of

if TYPE_CHECKING:
    from evaltrail.record import AnyStatement, Record
    from evaltrail_office.accounts.models import User

LEAST = 0.5
"""Score from which on it is proposed."""
_MOST = 25
"""Papers that are compared word by word."""
_SHORTER = 0.6
"""Share of the other's words below which a paper with the same statements is its summary."""
_NEAR = timedelta(days=400)
_SUFFIX = re.compile(r"[/\s]*(?:\((?:[A-Za-z]{1,3}|rev\.?\s*\d*)\)|(?:add|rev|corr|[EFSCRAP])\.?\s*\d*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A paper that the new one may be the same as."""

    document: Document
    likeness: Likeness
    score: float
    basis: str


def stem(symbol: str) -> str:
    """A symbol without what editions and languages add to it: ``EC/2024/7/Rev.1`` and ``EC/2024/7(F)`` both give ``EC/2024/7``."""
    before = None
    while before != symbol:
        before, symbol = symbol, _SUFFIX.sub("", symbol)
    return symbol


def found(user: User, record: Record, document: Document) -> list[Found]:
    """What a paper may be to others that the person may see, best first."""
    out: list[Found] = []
    for other in candidates(user, record, document):
        if other.source_id is not None and other.source_id == document.source_id:
            out.append(Found(other, Likeness.BYTES, 1.0, _("the same bytes")))
            continue
        if document.source and other.source and document.source.text_sha256 and other.source.text_sha256 == document.source.text_sha256:
            out.append(Found(other, Likeness.TEXT, 1.0, _("the same words in another file")))
            continue
        like = compared(record, record_of(other))
        if like is not None:
            out.append(Found(other, *like))
    return sorted(out, key=lambda f: -f.score)


def candidates(user: User, record: Record, document: Document) -> list[Document]:
    """Papers that are worth comparing, by hash, symbol, title and recommendations; those that the person may see."""
    others = visible(user, Document.objects.exclude(pk=document.pk).exclude(current=None)).select_related("source", "current")
    same = Q(title__iexact=document.title) | Q(parts__title__in=[e.title for e in record.evaluations if e.title])
    if document.source is not None:
        same |= Q(source=document.source_id)
        if document.source.text_sha256:
            same |= Q(source__text_sha256=document.source.text_sha256)
    if document.symbol:
        same |= Q(symbol__istartswith=stem(document.symbol))
    asked = [s.text for s in _statements(record) if s.kind == "recommendation"][:20]
    same |= Q(pk__in=Statement.objects.filter(kind="recommendation", text__in=asked).values("document"))
    out = list(others.filter(same).distinct().order_by("-id")[:_MOST])
    if document.date and document.language and asked:
        near = Q(date__range=(document.date - _NEAR, document.date + _NEAR))
        counted = Count("statements", filter=Q(statements__kind="recommendation"))
        count = document.statements.filter(kind="recommendation").count()
        foreign = others.filter(near).exclude(language=document.language).annotate(asked=counted).filter(asked=count)
        out += [d for d in foreign.order_by("-id")[:_MOST] if d not in out]
    return out


def compared(new: Record, other: Record) -> tuple[Likeness, float, str] | None:
    """What the new paper is to another, with a score and what tells it; None where nothing does."""
    if new.document.language and other.document.language and new.document.language != other.document.language:
        return _translated(new, other)
    left, right = _statements(new), _statements(other)
    if not left or not right:
        return None
    pairs = match(new, other)
    ids = {s.id for s in left}, {s.id for s in right}
    likely = [m.score for m in pairs if m.first in ids[0] and m.second in ids[1]]
    agreed = sum(likely)
    of_new, of_other = agreed / len(left), agreed / len(right)
    basis = _("%(same)d of its %(all)d statements have the same number or words") % {"same": len(likely), "all": len(left)}
    words = sum(len(p.text) for p in new.pages), sum(len(p.text) for p in other.pages)
    if words[0] < _SHORTER * words[1] and of_new >= LEAST:
        return Likeness.SUMMARY, round(of_new, 2), basis
    if words[1] < _SHORTER * words[0] and of_other >= LEAST:
        return Likeness.FULL, round(of_other, 2), basis
    same = min(1.0, min(of_new, of_other) + (0.1 if _same_symbol(new, other) else 0))
    return (Likeness.EDITION, round(same, 2), basis) if same >= LEAST else None


def _translated(new: Record, other: Record) -> tuple[Likeness, float, str] | None:
    """Whether two papers in two languages say the same: the numbers in them do, for words cannot be compared."""
    left, right = _numbers(new), _numbers(other)
    if not left or not right:
        return None
    shared = sum((left & right).values()) / max(left.total(), right.total())
    alike = sum(a == b for a, b in zip(_shape(new), _shape(other), strict=True)) / len(_shape(new))
    score = round(0.55 * shared + 0.25 * alike + (0.2 if _same_symbol(new, other) else 0), 2)
    basis = _("%(share)d %% of the numbers in the two papers agree") % {"share": round(100 * shared)}
    return (Likeness.TRANSLATION, score, basis) if score >= LEAST else None


def _numbers(record: Record) -> Counter[float]:
    return Counter(q.value for q in record.quantities)


def _shape(record: Record) -> tuple[int, ...]:
    kinds = ("finding", "conclusion", "lesson", "recommendation", "response")
    counts: Counter[str] = Counter(s.kind for s in _statements(record, answers=True))
    return (len(record.evaluations), *(counts[k] for k in kinds))


def _same_symbol(new: Record, other: Record) -> bool:
    return bool(new.document.symbol and other.document.symbol) and fold(stem(new.document.symbol or "")) == fold(
        stem(other.document.symbol or "")
    )


def _statements(record: Record, *, answers: bool = False) -> list[AnyStatement]:
    return [s for e in record.evaluations for s in e.statements if s.parent is None and (answers or s.kind != "response")]
