"""Pictures of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from evaltrail_office.accounts.access import visible
from evaltrail_office.shelf import pictures
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@require_safe
def page_picture(request: HttpRequest, key: str, page: int) -> HttpResponseBase:
    """A page's picture, for who may see the document; never the file that was uploaded."""
    document = get_object_or_404(visible(request.user, Document.objects.select_related("source")), key=key)
    asked = request.GET.get("width", "")
    width = pictures.width_for(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else pictures.WIDTHS[-1])
    if document.source is None:
        raise Http404
    tag = f'"{document.source.sha256[:16]}-{page}-{width}"'
    # Of one file a page never changes; only an address that names the file may be kept without asking again.
    named = request.GET.get("v") == document.source.sha256[:12]
    keep = "private, max-age=31536000, immutable" if named else "private, no-cache"
    response: HttpResponseBase
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        try:
            path = pictures.picture(document, page, width)
            if path is None:
                raise Http404
            response = FileResponse(path.open("rb"), content_type="image/png", filename=f"{document.key}-{page}.png")
        except (pictures.Busy, FileNotFoundError):
            # Removed a moment ago, to make room: it is drawn again when it is asked for again.
            return HttpResponse(status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    response["ETag"] = tag
    response["Cache-Control"] = keep
    return response
