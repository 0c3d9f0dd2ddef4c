"""The response paper: what was handed over, as a document of the evaluation with a record of its own.

It prints each recommendation that was answered again, as papers of this kind do, so that it can be read and set by itself; each answer
also names the statement of the report that it answers. Every transmission makes the paper's next version, with all answers in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from evaltrail.record import Action as Promised
from evaltrail.record import Answer, AnyStatement, AsPrinted, DocumentInfo, Evaluation, OverallResponse, Page, Passage, Place, Record
from evaltrail.record import Recommendation as Recommended
from evaltrail.record import Response as Answering
from evaltrail_office.accounts.policy import Stage
from evaltrail_office.evaluations.actions import ask_for_check, derive
from evaltrail_office.evaluations.actions_stage import Unfit, say_stage
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.evaluations.records import evaluation_in, rank, record_of
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import SYSTEM, ResponseState
from evaltrail_office.follow_up.models import Response, Transmission
from evaltrail_office.follow_up.preset import said_as
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Document, How, Kind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import PassageKind, Role
    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import FollowUp
    from evaltrail_office.follow_up.preset import Preset

_PAGE = 1


@dataclass(slots=True)
class _Writer:
    """A page of text that grows, with a passage for each piece of it."""

    evaluation: str
    text: str = ""
    passages: list[Passage] = field(default_factory=list)
    _above: list[tuple[int, int, tuple[Role, ...]]] = field(default_factory=list)

    def heading(self, words: str, level: int, *heads: Role) -> None:
        """A heading; what follows stands under it."""
        self._above = [above for above in self._above if above[1] < level]
        section = self._above[-1][0] if self._above else None
        index = len(self.passages)
        self._put("heading", words, level=level, section=section, heads=heads)
        self._above.append((index, level, heads))

    def paragraph(self, words: str, kind: PassageKind = "paragraph") -> Place:
        """A paragraph or an item; returns its place."""
        return self._put(kind, words, level=1 if kind == "item" else 0, section=self._above[-1][0] if self._above else None)

    def _put(self, kind: PassageKind, words: str, *, level: int, section: int | None, heads: tuple[Role, ...] = ()) -> Place:
        start = len(self.text)
        self.text += f"{words}\n"
        place = Place(page=_PAGE, start=start, end=start + len(words))
        within = tuple(role for _index, _level, roles in self._above for role in roles)
        self.passages.append(
            Passage(
                kind=kind, level=level, text=words, places=(place,), section=section, heads=heads, within=within, evaluation=self.evaluation
            )
        )
        return place


@dataclass(frozen=True, slots=True)
class _Known:
    """Where the evaluation's own papers print its recommendations."""

    document: str
    language: str
    statements: dict[str, Recommended]
    """By the office's key."""
    parts: dict[str, list[Recommended]]
    """By the office's key of the whole."""


def enter(user: User, sent: Transmission) -> Document:
    """Make the response paper's next version of all answers in force, and remember it with the transmission. Called in a transaction."""
    follow_up = sent.evaluation.follow_up
    known = _known(sent.evaluation.key)
    with translation.override(known.language):
        record, keys = _record(follow_up, known)
    document = _document(sent)
    if document is None:
        document = store.new_document(record, actor=SYSTEM, kind=Kind.RESPONSE)
        document.brought_by = user.key
        document.parts.update(evaluation_key=sent.evaluation.key, matched_by=user.key)
    else:
        store.put(document, record, how=How.READ, actor=SYSTEM)
    said = _("The answers that were handed over with the hash %(hash)s") % {"hash": sent.sha256}
    version = store.put(document, record, how=How.CONFIRMED, actor=user, note_text=said, derive=False)
    now = timezone.now()
    document.confirmed, document.confirmed_by = now, user.key
    document.save()
    document.statements.update(confirmed=now, confirmed_by=user.key)
    for row in document.statements.filter(record_id__in=list(keys)):
        row.key = keys[row.record_id]
        row.save(update_fields=["key"])
    for recommendation in Recommendation.objects.filter(key__in=set(keys.values())):
        derive(recommendation)
    ask_for_check(document, asked_by=SYSTEM)
    sent.document_key, sent.version = document.key, version.number
    sent.save(update_fields=["document_key", "version"])
    return document


def _document(sent: Transmission) -> Document | None:
    # What a paper printed and was taken over from it is that paper's, not the office's to go on with.
    keys = Transmission.objects.filter(evaluation=sent.evaluation).exclude(document_key="").values("document_key")
    return Document.objects.filter(key__in=keys, versions__made_by=SYSTEM).order_by("pk").first()


def _known(evaluation: str) -> _Known:
    papers = Document.objects.filter(parts__evaluation_key=evaluation).exclude(kind=Kind.RESPONSE).select_related("current").distinct()
    document, language = "", ""
    statements: dict[str, Recommended] = {}
    parts: dict[str, list[Recommended]] = {}
    for paper in sorted((d for d in papers if d.current_id), key=rank):
        keys = dict(Statement.objects.filter(document=paper).exclude(key="").values_list("record_id", "key"))
        if not keys:
            continue
        record = record_of(paper)
        own = [e for p in paper.parts.filter(evaluation_key=evaluation) if (e := evaluation_in(record, p))]
        said = [s for e in own for s in e.statements if isinstance(s, Recommended)]
        statements = {keys[s.id]: s for s in said if s.id in keys}
        parts = {keys[s.id]: [p for p in said if p.parent == s.id] for s in said if s.id in keys}
        document, language = paper.key, paper.language
        break
    return _Known(document, language or translation.get_language() or "en", statements, parts)


def _record(follow_up: FollowUp, known: _Known) -> tuple[Record, dict[str, str]]:
    """The record, and which of its statements is which recommendation of the office."""
    evaluation, preset = follow_up.evaluation, preset_of(follow_up)
    live = Response.objects.filter(
        follow_up=follow_up, replaced=False, state__in=(ResponseState.TRANSMITTED, ResponseState.ISSUED)
    ).select_related("track__recommendation", "point")
    rows = list(live.prefetch_related("actions__unit").order_by("track__recommendation__position", "point__position", "organisation", "pk"))
    page = _Writer("I")
    title = _("Management response: %(title)s") % {"title": evaluation.title}
    page._put("title", title, level=0, section=None)  # noqa: SLF001 - of this module
    overall = tuple(_overall(page, r) for r in rows if r.track is None)
    page.heading(_("Recommendations and responses"), 1, "recommendations", "response")
    statements: list[AnyStatement] = []
    keys: dict[str, str] = {}
    for key, own in _by_recommendation(rows):
        statements += _answered(page, key, own, known, preset)
        keys[f"recommendation-{key}"] = key
    organisations = sorted({r.organisation for r in rows if r.organisation})
    info = DocumentInfo(
        title=title,
        organisation="; ".join(organisations) or evaluation.organisation or None,
        language=known.language,
        date=timezone.localdate().isoformat(),
        state="confirmed",
    )
    part = Evaluation(id="I", title=evaluation.title, statements=tuple(statements), overall_responses=overall)
    return Record(document=info, pages=(Page(number=_PAGE, text=page.text),), evaluations=(part,), passages=tuple(page.passages)), keys


def _by_recommendation(rows: Iterable[Response]) -> list[tuple[str, list[Response]]]:
    found: dict[str, list[Response]] = {}
    for r in rows:
        if r.track is not None:
            found.setdefault(r.track.recommendation.key, []).append(r)
    return list(found.items())


def _overall(page: _Writer, r: Response) -> OverallResponse:
    page.heading(_("Overall response") + (f" ({r.organisation})" if r.organisation else ""), 1, "response")
    places = tuple(page.paragraph(words) for words in r.text.split("\n") if words.strip())
    return OverallResponse(label=r.organisation or None, text=r.text, verdict=_verdict(r), places=places)


def _answered(page: _Writer, key: str, own: Sequence[Response], known: _Known, preset: Preset) -> list[AnyStatement]:
    """A recommendation printed again, with its points and the answers to it."""
    track = own[0].track
    assert track is not None  # noqa: S101 - they were gathered by it
    recommendation, said = track.recommendation, known.statements.get(key)
    number = recommendation.number.strip(" .:")
    page.heading(_("Recommendation %(number)s") % {"number": number or key}, 2, "recommendations")
    places = tuple(page.paragraph(words) for words in recommendation.text.split("\n") if words.strip())
    identifier = f"recommendation-{key}"
    found: list[AnyStatement] = [
        Recommended(
            id=identifier,
            number=number or None,
            text=recommendation.text,
            places=places,
            responsible=said.responsible if said else (),
            priority=said.priority if said else None,
            time=said.time if said else None,
            resources=said.resources if said else None,
            as_printed=said.as_printed if said else AsPrinted(),
        )
    ]
    for r in own:
        answers = [Answer(id=identifier)]
        theirs = said.id if said else ""
        if r.point is not None:
            page.heading(r.point.number, 3, "recommendations")
            point = f"{identifier}-{r.point.position + 1}"
            if not any(s.id == point for s in found):
                place = page.paragraph(" ".join(r.point.text.split()))
                found.append(Recommended(id=point, parent=identifier, number=r.point.number, text=r.point.text, places=(place,)))
            answers = [Answer(id=point)]
            printed = next((p for p in known.parts.get(key, ()) if " ".join(p.text.split()) == " ".join(r.point.text.split())), None)
            theirs = printed.id if printed else theirs
        if theirs:
            answers.append(Answer(record=known.document, id=theirs))
        found.append(_answer(page, r, identifier, answers, preset))
    return found


def _answer(page: _Writer, r: Response, of: str, answers: Sequence[Answer], preset: Preset) -> Answering:
    verdict = said_as(preset, r.verdict)
    page.heading(_("Response") + (f" ({r.organisation})" if r.organisation else ""), 4, "response")
    if verdict:
        page.paragraph(verdict)
    words = r.text.split("\n")
    words += [_("Reason: %(words)s") % {"words": r.reason}] if r.reason else []
    words += [_("Instead: %(words)s") % {"words": r.alternative}] if r.alternative else []
    words += [_("It depends on money: %(words)s") % {"words": r.money}] if r.money else []
    words = [" ".join(w.split()) for w in words if w.strip()]
    places = tuple(page.paragraph(w) for w in words)
    actions = []
    for a in r.actions.all():
        due, unit = a.due.isoformat() if a.due else None, a.unit.name if a.unit else None
        line = " · ".join(part for part in (a.text, unit, due) if part)
        cost = f"{a.cost} {a.currency}" if a.cost is not None else None
        place = page.paragraph(" ".join(line.split()), "item")
        actions.append(Promised(text=a.text, unit=unit, due=due, number=a.number or None, resources=cost, places=(place,)))
    point = f"-{r.point.position + 1}" if r.point else ""
    organisation = "".join(c if c.isalnum() else "-" for c in r.organisation.casefold())[:20]
    return Answering(
        id=f"response{of.removeprefix('recommendation')}{point}{'-' + organisation if organisation else ''}",
        label=r.organisation or None,
        number=None,
        text="\n".join(words),
        places=places,
        answers=tuple(answers),
        verdict=_verdict(r),
        actions=tuple(actions),
    )


def _verdict(r: Response) -> Literal["accepted", "partially_accepted", "rejected", "noted"] | None:
    match r.verdict:
        case "accepted" | "partially_accepted" | "rejected" | "noted" as said:
            return said
    return None


@dataclass(frozen=True, slots=True)
class ShownTo:
    """What became of the paper when its answers were made public."""

    document: Document | None
    still: str = ""
    """What somebody else has to do yet, in words; empty: it is shown."""


def show(user: User, follow_up: FollowUp) -> ShownTo:
    """Let the response paper be seen by those who see the report, where the person may say so; else say what is still to be done."""
    sent = Transmission.objects.filter(evaluation=follow_up.evaluation).exclude(document_key="").order_by("-pk").first()
    document = _document(sent) if sent else None
    if document is None:
        return ShownTo(None)
    evaluation = follow_up.evaluation
    stage = Stage.RELEASED if evaluation.stage == Stage.RELEASED else Stage.ISSUED
    if document.stage == stage:
        return ShownTo(document)
    try:
        with transaction.atomic():
            say_stage(user, document, stage, evaluation.embargo if stage == Stage.ISSUED else None)
    except (PermissionDenied, Unfit):
        still = _(
            "The response paper %(key)s is still shown to those who drafted the report alone: "
            "the head of evaluation says on its page who sees it."
        )
        return ShownTo(document, still % {"key": document.key})
    return ShownTo(document)
