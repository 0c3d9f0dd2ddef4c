"""What workers do for the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from evaltrail_office.jobs.handlers import handler
from evaltrail_office.shelf import pictures, search
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail_office.jobs.handlers import Work

AT_ONCE = 25
"""Pages that one process draws."""


@handler("shelf.index", gettext_lazy("Indexing a paper for the search"))
def index(work: Work) -> dict[str, int]:
    """Index one document, or take it out where it is gone."""
    document = Document.objects.select_related("current").filter(key=work.args["document"], current__isnull=False).first()
    if document is None:
        search.drop(work.args["document"])
        return {"rows": 0}
    return {"rows": search.write([document])}


@handler("shelf.reindex", gettext_lazy("Making the search index anew"))
def reindex(work: Work) -> dict[str, int]:
    """Make the index anew."""
    every = Document.objects.select_related("current").filter(current__isnull=False).order_by("id")
    total = every.count()

    def told() -> Iterator[Document]:
        for n, document in enumerate(every.iterator(chunk_size=100)):
            work.step(n, total, document.title)
            yield document

    return {"rows": search.write(told(), anew=True)}


@handler("shelf.pictures", gettext_lazy("Drawing the pages of a paper"))
def draw(work: Work) -> dict[str, int]:
    """Draw all pages of a document, some at a time, so that who looks at one does not wait for it."""
    document = Document.objects.select_related("source").filter(key=work.args["document"]).first()
    source = document.source if document else None
    if document is None or source is None or source.media_type != pictures.PDF:
        return {"pages": 0}
    missing = [n for n in range(1, source.pages + 1) if not all(pictures.path_of(source, n, w).is_file() for w in pictures.WIDTHS)]
    for at in range(0, len(missing), AT_ONCE):
        work.step(at, len(missing), document.title)
        for number in pictures.draw(source, missing[at : at + AT_ONCE]):
            work.step(at + missing[at : at + AT_ONCE].index(number) + 1, len(missing), document.title)
    pictures.sweep()
    return {"pages": len(missing)}
