"""Issuing in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.models import User
from evaltrail_office.jobs.handlers import Refused, handler
from evaltrail_office.papers.actions import issuing
from evaltrail_office.papers.house import HouseError
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from evaltrail_office.jobs.handlers import Work


@handler("papers.issue", gettext_lazy("Writing a paper’s files"))
def issue(work: Work) -> dict[str, Any]:
    """Issue a draft. Done again after it was issued, it does nothing; a file that reads otherwise stops it and is told in the result."""
    document = Document.objects.select_related("draft", "draft__edition_of").prefetch_related("parts").get(key=work.args["document"])
    if document.issues.exists():
        return {"issued": True, "differences": []}
    user = User.objects.get(key=work.asked_by)
    order = issuing.Order(work.args["symbol"], work.args["date"], work.args["embargo"])
    try:
        found = issuing.issue(user, document, order, edit=work.args["edit"], told=lambda done, doing: work.step(done, issuing.STEPS, doing))
    except (issuing.Unissued, PermissionDenied, HouseError) as fault:
        raise Refused(str(fault)) from fault
    work.step(issuing.STEPS, issuing.STEPS)
    return {"issued": not found, "differences": [d.to_data() for d in found]}
