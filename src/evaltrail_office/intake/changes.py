"""From a form of the preview to corrections of the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from evaltrail.record import Correction, Place, Rating, Recommendation, Response, correction
from evaltrail.text.normal import squeeze, squeezed
from evaltrail.text.sentences import sentences
from evaltrail_office.intake.entries import NAMES, RESTS, tags_of
from evaltrail_office.intake.sheet import lines, places_of, words_of
from evaltrail_office.shelf.words import criterion_read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.record import AnyStatement, Evaluation, Page, Record

TEXT_FIELDS = ("number", "label", "text")
CHOICES = {"recommendation": ("priority", "time", "resources"), "response": ("verdict",)}
SCALES: dict[str, tuple[str, ...]] = {
    "priority": ("high", "medium", "low"),
    "time": ("short-term", "short-term to medium-term", "medium-term", "medium-term to long-term", "long-term", "ongoing"),
    "resources": ("low", "medium", "high", "existing"),
    "verdict": ("accepted", "partially_accepted", "rejected", "noted", "unclear"),
}
"""Values that a form offers."""
_LIST = re.compile(r"[;\n]+")
_TAGS = re.compile(r"[,;\s]+")
_FRAME = 3.0
"""Points by which a drawn box may miss a line."""


class Unfit(Exception):
    """A form that says nothing that can be done. ``str()`` is one line for people."""


def made(**data: Any) -> Correction:
    """A correction from its data.

    Raises:
        Unfit: a value is none that the field can have.
    """
    try:
        return correction(data)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise Unfit(_("%(field)s cannot be that: %(why)s") % {"field": data.get("field", data["kind"]), "why": first["msg"]}) from None


def statement_changes(record: Record, e: Evaluation, s: AnyStatement, form: Mapping[str, str]) -> Iterator[Correction]:
    """Corrections for what a form of a statement's fields says otherwise than the record.

    ``was_text`` and the like are what the form showed: where they are given, a change of somebody else meanwhile is told and not undone.
    """
    for name in TEXT_FIELDS:
        if name in form:
            new = form[name].replace("\r\n", "\n").strip()
            if name == "text" and not new:
                raise Unfit(_("A statement needs words. If it is none, say so with “Not a statement”."))
            if new != (getattr(s, name) or ""):
                yield _set(s, name, new or None if name != "text" else new, form)
    if form.get("kind", s.kind) != s.kind:
        if form["kind"] not in NAMES:
            raise Unfit(_("There is no such kind of statement."))
        yield _set(s, "kind", form["kind"], form)
    yield from _values(s, form)
    if isinstance(s, Recommendation) and "responsible" in form:
        new_units = tuple(u.strip() for u in _LIST.split(form["responsible"]) if u.strip())
        if new_units != s.responsible:
            yield _set(s, "responsible", new_units, form)
    if "criteria" in form:
        criteria = tuple(criterion_read(c) for c in re.split(r"[,;\n]+", form["criteria"]) if c.strip())
        if criteria != s.criteria:
            yield _set(s, "criteria", criteria, form)
    part = form.get("part", e.id)
    if part != e.id and any(x.id == part for x in record.evaluations):
        yield made(kind="move", statement=s.id, evaluation=part)
        # What it rests on belongs to the part that it leaves.
        return
    if "rests" in form:
        yield from _rests(e, s, form["rests"])


def _values(s: AnyStatement, form: Mapping[str, str]) -> Iterator[Correction]:
    """Corrections of what is chosen from a scale."""
    for name in CHOICES.get(s.kind, ()):
        if name in form and form[name] != (getattr(s, name) or ""):
            if form[name] and form[name] not in SCALES[name]:
                raise Unfit(_("“%(value)s” is not on the scale.") % {"value": form[name][:40]})
            yield _set(s, name, form[name] or None, form)


def _set(s: AnyStatement, field: str, new: Any, form: Mapping[str, str]) -> Correction:
    data: dict[str, Any] = {"kind": "set", "statement": s.id, "field": field, "new": new}
    seen = form.get(f"was_{field}")
    if seen is not None and seen.replace("\r\n", "\n").strip() != (str(getattr(s, field) or "")).strip():
        # The form was open while somebody else corrected this field.
        data["old"] = seen or None
    return made(**data)


def _rests(e: Evaluation, s: AnyStatement, told: str) -> Iterator[Correction]:
    """Links made and taken away, so that the statement rests on what the form names and on nothing else."""
    tags = {tag.casefold(): key for key, tag in tags_of(e).items()}
    kinds = {x.id: x.kind for x in e.statements}
    wanted: list[str] = []
    for word in _TAGS.split(re.sub(r"\([^)]*\)", "", told).strip()):
        if not word:
            continue
        key = tags.get(word.casefold())
        if key is None:
            raise Unfit(_("“%(tag)s” is no statement of this evaluation. Name them by their tags: F1, C2.") % {"tag": word})
        if key not in wanted:
            wanted.append(key)
    if isinstance(s, Response):
        if wanted != [a.id for a in s.answers]:
            yield made(kind="set", statement=s.id, field="answers", new=[{"id": key} for key in wanted])
        return
    present = {link.from_: link for link in e.links if link.to == s.id and link.kind in {"supports", "leads_to"}}
    for key in wanted:
        link = RESTS.get((kinds[key], s.kind))
        if link is None:
            raise Unfit(_("A %(kind)s does not rest on that.") % {"kind": str(NAMES[s.kind]).lower()})
        if key not in present:
            yield made(kind="link", **{"from": key}, to=s.id, link=link)
    for key, old in present.items():
        if key not in wanted:
            yield made(kind="unlink", **{"from": key}, to=s.id, link=old.kind)


def accepted(e: Evaluation, s: AnyStatement) -> list[Correction]:
    """The links that are proposed for what a statement rests on, as a person's own."""
    proposed = [x for x in e.links if x.to == s.id and x.basis == "proposed" and x.kind in {"supports", "leads_to"}]
    if not proposed:
        raise Unfit(_("No link is proposed here any more."))
    return [made(kind="link", **{"from": x.from_}, to=x.to, link=x.kind) for x in proposed]


def split(s: AnyStatement, offset: str, form: Mapping[str, str]) -> Correction:
    """Cut a statement in two at an offset that the form offered."""
    allowed = {x.start for x in sentences(s.text)[1:]} | {m.end() for m in re.finditer(r"[;:,.]\s+|\n", s.text)}
    if not offset.isdigit() or int(offset) not in allowed:
        raise Unfit(_("Choose where the second statement begins."))
    data: dict[str, Any] = {"kind": "split", "statement": s.id, "offset": int(offset)}
    if form.get("second_kind", s.kind) != s.kind:
        data["becomes"] = form["second_kind"]
    if form.get("second_number", "").strip():
        data["number"] = form["second_number"].strip()
    return made(**data)


def cuts(s: AnyStatement) -> list[tuple[int, str]]:
    """Where a statement may be cut: offset and the words that follow."""
    found = [x.start for x in sentences(s.text)[1:]] or [m.end() for m in re.finditer(r"[;:]\s+|\n|,\s+(?:and|et|y|e)\s+", s.text)]
    return [(at, s.text[at : at + 120]) for at in found if 0 < at < len(s.text)]


def added(record: Record, form: Mapping[str, str], passages: Sequence[str]) -> Correction:
    """A statement that was not found, from words of a page, passages or a drawn box."""
    kind = form.get("kind", "")
    if kind not in NAMES:
        raise Unfit(_("Say what kind of statement it is."))
    places, text = chosen(record, form, passages)
    text = form.get("text", "").replace("\r\n", "\n").strip() or text
    if not text:
        raise Unfit(_("Choose the words of the statement on the page, or write them."))
    e = next((e for e in record.evaluations if e.id == form.get("evaluation")), None)
    if e is None:
        raise Unfit(_("Say to which part of the paper it belongs."))
    data: dict[str, Any] = {"kind": "add", "evaluation": e.id, "becomes": kind, "text": text, "places": [p.model_dump() for p in places]}
    if form.get("number", "").strip():
        data["number"] = form["number"].strip()
    return made(**data)


def placed(record: Record, s: AnyStatement, form: Mapping[str, str], passages: Sequence[str]) -> Correction:
    """Another place of a statement."""
    places, _words = chosen(record, form, passages)
    if not places:
        raise Unfit(_("Choose on the page where it stands."))
    return made(kind="set", statement=s.id, field="places", new=[p.model_dump() for p in places])


def chosen(record: Record, form: Mapping[str, str], passages: Sequence[str]) -> tuple[list[Place], str]:
    """The places and words that a form points at: words looked for on the page, else a drawn box, else passages."""
    number = int(form["on"]) if form.get("on", "").isdigit() else 0
    page = next((p for p in record.pages if p.number == number), None)
    words = form.get("words", "").strip()
    if words and page is not None:
        return [found(record, page, words)], " ".join(words.split())
    box = form.get("box", "").strip()
    if box and page is not None:
        return boxed(record, page, box)
    picked = [record.passages[int(n)] for n in passages if n.isdigit() and int(n) < len(record.passages)]
    return [p for x in picked for p in places_of(x)], "\n".join(words_of(x) for x in picked)


def found(record: Record, page: Page, words: str) -> Place:
    """Where words stand on a page, however its lines break.

    Raises:
        Unfit: they do not stand there.
    """
    flat, wanted = squeezed(page.text), squeeze(words)
    at = flat.text.find(wanted) if wanted else -1
    if at < 0:
        raise Unfit(_("These words do not stand on page %(page)d.") % {"page": page.number})
    start, end = flat.original(at, at + len(wanted))
    while end < len(page.text) and page.text[end] in ".;:,!?)”’»":
        end += 1
    boxes = tuple(box for box, (a, b) in lines(record, page.number) if a < end and start < b)
    return Place(page=page.number, start=start, end=end, boxes=boxes)


def boxed(record: Record, page: Page, drawn: str) -> tuple[list[Place], str]:
    """The lines inside a box that was drawn on a page: left, bottom, right, top in points."""
    try:
        left, bottom, right, top = (float(x) for x in drawn.split(","))
    except ValueError:
        raise Unfit(_("The box is not told by four numbers.")) from None
    inside = [
        (box, span)
        for box, span in lines(record, page.number)
        if left - _FRAME <= (box[0] + box[2]) / 2 <= right + _FRAME and bottom - _FRAME <= (box[1] + box[3]) / 2 <= top + _FRAME
    ]
    if not inside:
        raise Unfit(_("There are no words in the box."))
    start, end = min(a for _, (a, _b) in inside), max(b for _, (_a, b) in inside)
    place = Place(page=page.number, start=start, end=end, boxes=tuple(box for box, _ in inside))
    return [place], " ".join(page.text[start:end].split())


def document_changes(record: Record, form: Mapping[str, str]) -> Iterator[Correction]:
    """Corrections for what a form of the paper's own fields says otherwise than the record."""
    for name in ("title", "symbol", "organisation", "language", "date"):
        if name not in form:
            continue
        new = form[name].strip()
        if new == (getattr(record.document, name) or ""):
            continue
        if name == "title" and not new:
            raise Unfit(_("A paper needs a title."))
        if name == "language" and new and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", new):
            raise Unfit(_("A language is written by its code: en, fr, pt-BR."))
        if name == "date" and new and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", new):
            raise Unfit(_("A date is written 2025, 2025-03 or 2025-03-31."))
        yield made(kind="document", field=name, new=new if name == "title" else new or None)


def mark_of(rating: Rating) -> str:
    """What a form shows of a rating, to know it again."""
    return f"{rating.criterion}|{rating.of}|{rating.value}|{rating.as_printed}"


def rating_change(record: Record, form: Mapping[str, str], *, remove: bool) -> Correction | None:
    """The correction for a form of a rating: another value, a new one, or none at all; None where it says what the record says."""
    e = next((e for e in record.evaluations if e.id == form.get("evaluation")), None)
    if e is None:
        raise Unfit(_("Say to which part of the paper it belongs."))
    old = None
    if "was" in form:
        old = next((r for r in e.ratings if mark_of(r) == form["was"]), None)
        if old is None:
            raise Unfit(_("This rating is not there any more: somebody has changed it."))
    if remove:
        return made(kind="rating", evaluation=e.id, old=old)
    criterion = criterion_read(form.get("criterion", ""))
    printed, value = form.get("as_printed", "").strip(), form.get("value", "").strip().replace(",", ".")
    if not criterion:
        raise Unfit(_("Say what is rated."))
    if not value and not printed:
        raise Unfit(_("A rating has a value, in a number or in words."))
    if value and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise Unfit(_("“%(value)s” is no number.") % {"value": value})
    new = (old or Rating()).model_copy(
        update={
            "criterion": criterion,
            "value": float(value) if value else None,
            "scale": form.get("scale", "").strip(),
            "as_printed": printed or value,
        }
    )
    if new == old:
        return None
    data = {"old": old.model_dump()} if old else {}
    return made(kind="rating", evaluation=e.id, new=new.model_dump(), **data)
