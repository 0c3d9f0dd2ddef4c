"""Working out figures of follow-up as a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from evaltrail_office.follow_up import refresh, tallies
from evaltrail_office.jobs.handlers import handler

if TYPE_CHECKING:
    from evaltrail_office.jobs.handlers import Work


@handler(refresh.KIND, gettext_lazy("Working out figures of follow-up"))
def figures(work: Work) -> dict[str, Any]:
    """Work out all figures as they stand now. Done twice, the second is another moment."""
    refresh.tonight(tallies.next_night(timezone.now()))
    return tallies.tally(work.step)
