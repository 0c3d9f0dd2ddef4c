"""Larger reports, written in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.models import User
from evaltrail_office.evaluations import writing
from evaltrail_office.follow_up import reports
from evaltrail_office.follow_up.report_files import file_of
from evaltrail_office.jobs.handlers import Refused, handler

if TYPE_CHECKING:
    from evaltrail_office.jobs.handlers import Work

KIND = "follow_up.report"
SECONDS = 900
"""That writing may take here."""


@handler(KIND, gettext_lazy("Writing a report of follow-up"))
def report(work: Work) -> dict[str, Any]:
    """Write a report of what its asker may see. Done again, it writes the same file, or another where something has changed since."""
    user = User.objects.get(key=work.asked_by)
    asked, form = reports.Asked.of(work.args["asked"]), work.args["form"]
    words = _("evaluation %(n)d of %(all)d")
    # The last step is the writing, of which nobody knows how far it is.
    found = reports.record(user, asked, lambda done, every: work.step(done, every + 1, words % {"n": done, "all": every}))
    count = len(found.evaluations)
    if not count:
        raise Refused(reports.nothing_then(asked))
    work.step(count, count + 1, _("writing the file"))
    try:
        path = file_of(found, asked.kind, form, seconds=SECONDS)
    except writing.Unwritten as fault:
        raise Refused(str(fault)) from fault
    work.step(count + 1, count + 1)
    return {"path": path.relative_to(settings.DATA).as_posix(), "name": reports.name_of(asked, form), "form": form}
