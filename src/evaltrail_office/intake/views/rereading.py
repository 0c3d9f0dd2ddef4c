"""Asking for a paper to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaltrail_office.accounts.access import visible
from evaltrail_office.intake.rereading import read_again
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User


@require_POST
def reread(request: HttpRequest, key: str) -> HttpResponse:
    """Have the file read again by a worker."""
    document = get_object_or_404(visible(request.user, Document.objects.all()), key=key)
    if read_again(cast("User", request.user), document) is None:
        messages.error(request, _("This paper has no file that could be read again: it was written here."))
    else:
        said = _("It is read again. What was corrected is kept; what no longer fits will be shown here. Load the page again in a while.")
        messages.success(request, said)
    return redirect("preview", key=document.key)
