"""Run a profile's rules over a record."""

from __future__ import annotations

import gc
import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from evaltrail.check.paper import Paper
from evaltrail.check.profile import DEFAULT, Profile, load
from evaltrail.check.report import Failed, ProfileUsed, RelatedPlace, Remark, Report, Suppressed, fingerprint
from evaltrail.check.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.paper import Genre
    from evaltrail.check.rule import Loaded, Message, Severity
    from evaltrail.record import Place, Record


def check(
    record: Record,
    *,
    profile: str | Profile = DEFAULT,
    genre: Genre | None = None,
    today: date | None = None,
    corpus: Sequence[tuple[str, Record]] = (),
) -> Report:
    """Check a record.

    Args:
        record: what was read.
        profile: a profile, its name, or the path of a house profile.
        genre: kind of paper; None: told from the record.
        today: day that dates are compared with; None: that of the machine, in UTC.
        corpus: other papers, (name, record) each, for words taken from elsewhere; the paper itself is left out, told by its hash.

    Raises:
        evaltrail.check.profile.Refused: there is no such profile, or it is not sound.
    """
    # A check makes very many objects and hardly a cycle: looking for cycles among them takes about a tenth of its time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _checked(record, profile, genre, today, corpus)
    finally:
        if collects:
            gc.enable()


def _checked(
    record: Record, profile: str | Profile, genre: Genre | None, today: date | None, corpus: Sequence[tuple[str, Record]]
) -> Report:
    used = load(profile) if isinstance(profile, str) else profile
    day = today or datetime.now(UTC).date()
    own = record.document.sha256
    paper = Paper(record, today=day, corpus=[(n, r) for n, r in corpus if not own or r.document.sha256 != own])
    if genre is not None:
        paper.genre = genre
    named = used.named()
    chosen = [r for r in used.chosen() if paper.genre in r.rule.papers and (not r.rule.development or r.code in named or paper.development)]
    faults: list[Remark] = []
    right: list[Remark] = []
    failed: list[Failed] = []
    for rule in chosen:
        setting = used.settings.get(rule.code)
        options = {**rule.rule.options, **(setting.options if setting else {})}
        severity = (setting and setting.severity) or rule.rule.severity
        try:
            told = [(m.right, _remark(rule, severity, m, record)) for m in rule.check(paper, options)]
        except Exception as e:
            if os.environ.get("EVALTRAIL_DEBUG"):
                raise
            # Half of what a rule has to say could make an item of a sheet look met.
            failed.append(Failed(rule=rule.code, fault=f"{type(e).__name__}: {e}"))
        else:
            faults += [r for is_right, r in told if not is_right]
            right += [r for is_right, r in told if is_right]
    shown, suppressed, expired = _suppress(_in_order(faults), used, day)
    return Report(
        document=record.document,
        genre=paper.genre,
        checked=day,
        profile=ProfileUsed(name=used.name, title=used.title, version=used.version),
        rules=tuple(r.code for r in chosen),
        remarks=tuple(shown),
        confirmations=tuple(_in_order(right)),
        suppressed=tuple(suppressed),
        expired=tuple(expired),
        failed=tuple(failed),
    )


def words_at(record: Record, places: Sequence[Place]) -> str:
    """The words of the pages at these places."""
    return " ".join(record.pages[p.page - 1].text[p.start : p.end] for p in places if p.page <= len(record.pages))


def _remark(rule: Loaded, severity: Severity, m: Message, record: Record) -> Remark:
    # Made from values that are known to be right: validating them again would take longer than most rules.
    return Remark.model_construct(
        rule=rule.code,
        name=rule.name,
        severity=severity,
        status=rule.rule.status,
        version=rule.rule.version,
        suspects=rule.rule.suspects,
        message=str(m.text),
        wording=wording(m.text),
        places=m.places,
        statement=m.statement,
        related=tuple(RelatedPlace.model_construct(text=str(r.text), wording=wording(r.text), places=r.places) for r in m.related),
        proposal=m.proposal,
        repair=m.repair,
        fingerprint=fingerprint(rule.code, m.text, words_at(record, m.places[:2])),
    )


def _in_order(remarks: list[Remark]) -> list[Remark]:
    return sorted(remarks, key=lambda r: ((r.places[0].page, r.places[0].start) if r.places else (0, 0), r.rule, r.message))


def _suppress(remarks: list[Remark], profile: Profile, day: date) -> tuple[list[Remark], list[Suppressed], list[str]]:
    in_force = [s for s in profile.suppress if s.until >= day]
    expired = [
        f"the suppression of {s.rule}{f' where “{s.where}”' if s.where else ''} ended on {s.until.isoformat()}"
        for s in profile.suppress
        if s.until < day
    ]
    shown: list[Remark] = []
    suppressed: list[Suppressed] = []
    for r in remarks:
        by = next((s for s in in_force if s.rule in (r.rule, r.rule[:3]) and s.where.casefold() in r.message.casefold()), None)
        if by is None:
            shown.append(r)
        else:
            suppressed.append(Suppressed(remark=r, reason=by.reason, until=by.until))
    return shown, suppressed, expired
