"""The released rows as open data: files that are written with the figures, so that nobody waits for them and nothing else is in them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
from typing import TYPE_CHECKING, Any

from django.conf import settings

from evaltrail.write.cells import clean, disarmed
from evaltrail_office.accounts.models import Unit
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.queries_public import actions, tracks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from evaltrail.measure.follow_up import FollowUp as Facts

FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
HEADS = (
    "recommendation", "number", "evaluation", "title", "year", "theme", "country", "priority", "unit", "verdict", "answered",
    "text", "action", "action_unit", "action_text", "first_due", "due", "claimed", "claimed_meaning", "verified", "verified_meaning",
    "dropped",
)  # fmt: skip
"""Columns: a row an action, or one for a recommendation that has none."""
_AT_ONCE = 2_000


def folder() -> Path:
    """Where they are kept."""
    path: Path = settings.DATA / "public"
    return path


def path(form: str) -> Path:
    """Of a form."""
    return folder() / f"follow-up.{form}.gz"


def stamp(form: str) -> str:
    """What tells one state of a file from another; empty: there is none yet."""
    kept = path(form)
    if not kept.exists():
        return ""
    found = kept.stat()
    return hashlib.sha256(f"{found.st_mtime_ns} {found.st_size}".encode()).hexdigest()[:24]


def write(own: Facts, moment: datetime) -> None:
    """Write both anew and put them in the place of the old."""
    folder().mkdir(parents=True, exist_ok=True)
    for form, lines in (("csv", _csv(own)), ("json", _json(own, moment))):
        new = path(form).with_suffix(f".{os.getpid()}.new")
        with gzip.open(new, "wb", compresslevel=4) as out:
            for line in lines:
                out.write(line)
        new.replace(path(form))


def rows(own: Facts) -> Iterator[dict[str, Any]]:
    """A recommendation each, with its actions in it."""
    units = dict(Unit.objects.order_by().values_list("key", "name"))
    titles = dict(Evaluation.objects.filter(stage="released").order_by().values_list("key", "title"))
    for start in range(0, len(own.recommendations), _AT_ONCE):
        part = own.recommendations[start : start + _AT_ONCE]
        keys = [r.key for r in part]
        texts = {
            key: (number, text)
            for key, number, text in tracks()
            .filter(recommendation__key__in=keys)
            .order_by()
            .values_list("recommendation__key", "recommendation__number", "recommendation__text")
        }
        promised = dict(actions().filter(track__recommendation__key__in=keys).order_by().values_list("key", "text"))
        for r in part:
            if r.key not in texts or r.evaluation not in titles:
                continue
            yield {
                "recommendation": r.key,
                "number": texts[r.key][0],
                "evaluation": r.evaluation,
                "title": titles[r.evaluation],
                "year": r.year,
                "theme": list(r.theme),
                "country": list(r.country),
                "priority": r.priority,
                "unit": units.get(r.unit or ""),
                "verdict": r.verdict,
                "answered": _iso(r.responded),
                "text": texts[r.key][1],
                "actions": [
                    {
                        "action": a.key,
                        "action_unit": units.get(a.unit or ""),
                        "action_text": promised[a.key],
                        "first_due": _iso(a.first_due),
                        "due": _iso(a.due),
                        "claimed": _iso(a.claimed),
                        "claimed_meaning": a.claimed_meaning,
                        "verified": _iso(a.verified),
                        "verified_meaning": a.verified_meaning,
                        "dropped": _iso(a.dropped),
                    }
                    for a in r.actions
                    if a.key in promised
                ],
            }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _csv(own: Facts) -> Iterator[bytes]:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    yield "\ufeff".encode()
    table.writerow(HEADS)
    for r in rows(own):
        for action in r["actions"] or [{}]:
            cells = {**r, **action, "theme": "; ".join(r["theme"]), "country": "; ".join(r["country"])}
            table.writerow([disarmed(clean("" if cells.get(h) is None else str(cells[h]))) for h in HEADS])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def _json(own: Facts, moment: datetime) -> Iterator[bytes]:
    yield f'{{"as_of": {json.dumps(moment.isoformat())}, "recommendations": ['.encode()
    between = ""
    for r in rows(own):
        yield (between + json.dumps(r, ensure_ascii=False)).encode()
        between = ",\n"
    yield b"]}\n"
