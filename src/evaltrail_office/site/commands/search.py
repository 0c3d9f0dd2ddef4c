"""``evaltrail search``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from evaltrail.cli.say import say
from evaltrail_office.site.commands.opening import Refused, in_office, person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.shelf.search import Hit

LENGTH = 300
"""Code points of a hit that are shown to people."""


def main(
    query: str,
    *,
    who: str | None = None,
    kinds: Sequence[str] = (),
    evaluation: str = "",
    limit: int = 20,
    form: str = "text",
    data: str | None = None,
) -> int:
    """Search; returns the exit code, 0 also where nothing is found."""
    return in_office(data, lambda: _search(query, who, kinds, evaluation, limit, form))


def _search(query: str, who: str | None, kinds: Sequence[str], evaluation: str, limit: int, form: str) -> int:
    from evaltrail_office.shelf.search import search
    from evaltrail_office.site.search import KINDS

    if unknown := sorted(set(kinds) - set(KINDS)):
        raise Refused(f"{unknown[0]!r} is no kind of what is searched; there are {', '.join(KINDS)}")
    found = search(person(who), query, kinds=kinds, evaluation=evaluation, limit=limit)
    if form == "json":
        sys.stdout.write(
            json.dumps({"query": query, "more": found.more, "hits": [_row(hit) for hit in found.hits]}, ensure_ascii=False, indent=1)
        )
        sys.stdout.write("\n")
        return 0
    for fault in found.faults:
        say(fault)
    for hit in found.hits:
        row = _row(hit)
        text = " ".join(hit.text.split())
        page = f", p. {hit.page}" if hit.page else ""
        sys.stdout.write(f"{row['document']}{page}  {hit.label or KINDS.get(hit.kind, hit.kind)}  ({row['title']})\n")
        sys.stdout.write(f"    {text[:LENGTH]}{'…' if len(text) > LENGTH else ''}\n")
    if not found.hits and not found.faults:
        say("nothing was found that this person may see")
    elif found.more:
        say(f"there is more: --limit {2 * limit} shows it")
    return 0


def _row(hit: Hit) -> dict[str, Any]:
    place = {"document": hit.document.key, "title": hit.document.title, "page": hit.page}
    return place | {
        "kind": hit.kind,
        "id": hit.id,
        "label": hit.label,
        "text": hit.text,
        "found": [list(m) for m in hit.marks],
        "score": hit.score,
    }
