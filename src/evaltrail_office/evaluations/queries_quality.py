"""Reading quality assessments, limited to what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from evaltrail.check.profile import load
from evaltrail.check.score import score
from evaltrail.check.sheet import Row, Sheet
from evaltrail_office.accounts.access import visible
from evaltrail_office.evaluations.models import Assessment
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation


def assessments(user: User | AnonymousUser, evaluation: Evaluation) -> QuerySet[Assessment]:
    """Assessments of an evaluation that a person knows of: signed ones of papers that they see, and their own."""
    papers = visible(user, Document.objects.all())
    seen = Q(signed__isnull=False) | Q(made_by=getattr(user, "key", ""))
    return Assessment.objects.filter(seen, evaluation=evaluation, document__in=papers.values("pk")).select_related("document", "evaluation")


def filled(assessment: Assessment) -> Sheet:
    """The sheet of an assessment with what was judged so far, and the score that this comes to."""
    used = load(assessment.profile)
    if assessment.body is not None:
        base = Sheet.model_validate(assessment.body)
    else:
        rows = tuple(
            Row(
                id=i.id,
                section=i.section,
                text=i.text,
                source=i.source,
                weight=i.weight,
                must_pass=i.must_pass,
                found="for a person to judge",
                why="The program's findings are not there yet.",
            )
            for i in used.items
        )
        base = Sheet(
            title=assessment.document.title,
            sha256=assessment.sha256,
            checked=assessment.made.date(),
            genre="report",
            profile=used.name,
            profile_title=used.title,
            profile_version=used.version,
            institution=used.institution,
            scoring=used.scoring,
            rows=rows,
            score=score(rows, used.scoring),
        )
    said = {j.item: j for j in assessment.judgements.all()}
    judged = tuple(
        r.model_copy(update={"judgement": said[r.id].word or None, "comment": said[r.id].comment}) if r.id in said else r for r in base.rows
    )
    return base.model_copy(update={"rows": judged, "score": score(judged, base.scoring)})
