"""Judging the quality of an issued report, by somebody who had no part in the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail.check.profile import NOT_APPLICABLE, load, names
from evaltrail.check.profile import Refused as NoProfile
from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.policy import APART, Stage, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Assessment, Contract, Judgement
from evaltrail_office.evaluations.queries_quality import filled
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.check.profile import Profile
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

_OUT = frozenset({Stage.ISSUED, Stage.RELEASED})


def standards() -> list[Profile]:
    """Standards with a checklist for reports."""
    return [profile for name in names() if (profile := load(name)).items]


def require_outside(user: User, evaluation: Evaluation) -> None:
    """Raise ``PermissionDenied`` for who may not assess, or had a part in the evaluation, be it long ago."""
    require(user, Verb.ASSESS, evaluation)
    wrote = Grant.objects.filter(user=user, evaluation=evaluation.key, role__in=sorted(APART[Verb.ASSESS]), emergency=False)
    if wrote.exists() or Contract.objects.filter(user=user, evaluation=evaluation).exists():
        raise PermissionDenied(_("You had a part in this evaluation: its quality is judged by somebody outside it."))


def begin_assessment(user: User, evaluation: Evaluation, document: Document, profile: str) -> Assessment:
    """Begin to judge an issued paper of an evaluation on a standard's sheet; one's open sheet of the same version is taken up again.

    The program's findings are made by a worker and stand beside the items when they are there.

    Raises:
        PermissionDenied: it is not the user's to assess, or they had a part in it.
        Refused: the paper is not issued or not of this evaluation; there is no such standard.
    """
    require_outside(user, evaluation)
    require(user, Verb.SEE, document)
    if evaluation.key not in document.standing().evaluations:
        raise Refused(_("This paper does not belong to the evaluation."), "document")
    if document.stage not in _OUT or document.current is None:
        raise Refused(_("Quality is assessed after issue. This paper is not issued."), "document")
    try:
        # By name alone: a path would be a file of this machine.
        used = load(profile) if profile in names() else None
    except NoProfile as fault:
        raise Refused(str(fault), "profile") from fault
    if used is None or not used.items:
        raise Refused(_("There is no such standard."), "profile")
    with transaction.atomic():
        made, new = Assessment.objects.get_or_create(
            evaluation=evaluation,
            document=document,
            version=document.current.number,
            profile=used.name,
            made_by=user.key,
            defaults={"sha256": document.current.sha256, "profile_version": used.version},
        )
        if new:
            enqueue("evaluations.assess", {"assessment": made.pk}, asked_by=user.key, key=f"assess:{made.pk}", priority=5)
            note(user, "began", f"assessment:{made.pk}", about=evaluation.key, new={"document": document.key, "standard": used.name})
    return made


def judge(user: User, assessment: Assessment, given: Mapping[str, tuple[str, str]], words: str | None = None) -> int:
    """Keep judgements: item's id -> word and comment; an empty word takes one back. Returns how many changed.

    Raises ``PermissionDenied`` for everybody but the assessor; ``Refused`` where it is signed, or a word or item is none of the standard.
    """
    _require_own(user, assessment)
    used = load(assessment.profile)
    known = {i.id for i in used.items}
    allowed = {"", NOT_APPLICABLE, *(word for _share, word in used.scoring.scale)}
    for item, (word, _comment) in given.items():
        if item not in known or word not in allowed:
            raise Refused(_("“%(word)s” is no judgement of item %(item)s.") % {"word": word[:60], "item": item[:60]})
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if locked.signed is not None:
            raise Refused(_("It is signed. Open it again first."))
        old = {j.item: (j.word, j.comment) for j in locked.judgements.all()}
        changed = {item: said for item, said in given.items() if old.get(item, ("", "")) != said}
        for item, (word, said) in changed.items():
            Judgement.objects.update_or_create(
                assessment=locked, item=item, defaults={"word": word, "comment": said, "made": timezone.now()}
            )
        if words is not None and words.strip() != locked.words:
            locked.words = words.strip()
            locked.save(update_fields=["words"])
        if changed:
            note(user, "judged", f"assessment:{locked.pk}", about=assessment.evaluation.key, new={"items": sorted(changed)})
    return len(changed)


def sign(user: User, assessment: Assessment) -> Assessment:
    """Sign an assessment off; from then on it is shown with the evaluation.

    Raises ``PermissionDenied``; ``Refused`` while less than 80 per cent of the weight is judged, or an item that must pass is not.
    """
    _require_own(user, assessment)
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if locked.signed is not None:
            return locked
        result = filled(locked).score
        if result.share is None or result.provisional:
            raise Refused(_("The score is provisional: judge at least 80 per cent of the weight before you sign."))
        if result.open:
            raise Refused(_("Items that must pass are not judged yet: %(items)s.") % {"items": ", ".join(result.open)})
        locked.signed, locked.signed_by = timezone.now(), user.key
        locked.share, locked.band, locked.failed = result.share, (result.band or "")[:120], list(result.failed)
        locked.save()
        note(user, "signed", f"assessment:{locked.pk}", about=assessment.evaluation.key, new={"share": result.share, "band": locked.band})
    return locked


def reopen(user: User, assessment: Assessment, reason: str) -> None:
    """Open a signed assessment again, with a reason; it is no longer shown with the evaluation until it is signed anew."""
    _require_own(user, assessment)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if assessment.signed is None:
        return
    with transaction.atomic():
        old = {"share": assessment.share, "band": assessment.band, "signed": assessment.signed.isoformat()}
        assessment.signed, assessment.signed_by, assessment.share, assessment.band, assessment.failed = None, "", None, "", []
        assessment.save()
        note(user, "opened again", f"assessment:{assessment.pk}", about=assessment.evaluation.key, old=old, reason=reason.strip())


def _require_own(user: User, assessment: Assessment) -> None:
    require_outside(user, assessment.evaluation)
    if assessment.made_by != user.key:
        raise PermissionDenied(_("An assessment is filled in by whoever began it."))
