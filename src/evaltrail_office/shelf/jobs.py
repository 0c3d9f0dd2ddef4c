"""What workers do for the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail_office.jobs.handlers import handler
from evaltrail_office.shelf import search
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail_office.jobs.handlers import Work


@handler("shelf.index")
def index(work: Work) -> dict[str, int]:
    """Index one document, or take it out where it is gone."""
    document = Document.objects.select_related("current").filter(key=work.args["document"], current__isnull=False).first()
    if document is None:
        search.drop(work.args["document"])
        return {"rows": 0}
    return {"rows": search.write([document])}


@handler("shelf.reindex")
def reindex(work: Work) -> dict[str, int]:
    """Make the index anew."""
    every = Document.objects.select_related("current").filter(current__isnull=False).order_by("id")
    total = every.count()

    def told() -> Iterator[Document]:
        for n, document in enumerate(every.iterator(chunk_size=100)):
            work.step(n, total, document.title)
            yield document

    return {"rows": search.write(told(), anew=True)}
