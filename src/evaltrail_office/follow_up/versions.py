"""Versions of an answer, and what one changed against another."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import visible
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.models import Response
from evaltrail_office.follow_up.preset import said_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.accounts.models import User

_WORD = re.compile(r"\s+|[^\s]+")


def of(user: User, response: Response) -> list[Response]:
    """All versions of an answer that the person sees, newest first."""
    same = Response.objects.filter(
        follow_up=response.follow_up, track=response.track, point=response.point, organisation=response.organisation
    )
    return list(visible(user, same).select_related("transmission", "follow_up").prefetch_related("actions__unit").order_by("-version"))


@dataclass(frozen=True, slots=True)
class Change:
    """A field that two versions have differently."""

    name: str
    words: SafeString
    """Old words struck out, new ones marked."""


def changes(before: Response, after: Response) -> list[Change]:
    """What changed, field by field, then action by action."""
    preset = preset_of(after.follow_up)
    fields = (
        (_("Answer"), said_as(preset, before.verdict), said_as(preset, after.verdict)),
        (_("Words"), before.text, after.text),
        (_("Reason"), before.reason, after.reason),
        (_("What is done instead"), before.alternative, after.alternative),
        (_("The money on which it depends"), before.money, after.money),
    )
    found = [Change(name, marked(old, new)) for name, old, new in fields if old != new]
    # Actions of the version before go on as they were promised; a new version adds its own.
    return found + [Change(_("Action %(number)s") % {"number": number}, marked("", words)) for number, words in _promised(after).items()]


def _promised(response: Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for n, a in enumerate(response.actions.all(), 1):
        due = date_format(a.due, "j F Y") if a.due else ""
        cost = f"{a.cost} {a.currency}" if a.cost is not None else ""
        found[a.number or str(n)] = " · ".join(part for part in (a.text, a.unit.name if a.unit else "", due, cost) if part)
    return found


def marked(old: str, new: str) -> SafeString:
    """Words of two versions in one text: what went is ``<del>``, what came is ``<ins>``."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    parts: list[str] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(escape("".join(a[i:j])))
            continue
        parts += [format_html("<del>{}</del>", words) for words in _some(a[i:j])]
        parts += [format_html("<ins>{}</ins>", words) for words in _some(b[k:m])]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _some(words: Sequence[str]) -> list[str]:
    joined = "".join(words)
    return [joined] if joined else []
