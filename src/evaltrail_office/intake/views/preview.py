"""A paper page by page, what was read of it beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaltrail_office.accounts.access import visible
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What was read of a paper."""
    document = get_object_or_404(visible(request.user, Document.objects.select_related("source", "current")), key=key)
    rows = Paginator(document.statements.all(), 50).get_page(request.GET.get("at"))
    return render(request, "intake/preview.html", {"document": document, "rows": rows})
