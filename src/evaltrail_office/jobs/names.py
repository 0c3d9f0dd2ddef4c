"""What jobs are called for people, and what of them is shown to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail_office.jobs.handlers import names
from evaltrail_office.jobs.models import Job, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STATES: dict[State, tuple[str, _StrPromise]] = {
    State.WAITING: ("not_started", gettext_lazy("Waiting")),
    State.RUNNING: ("under_way", gettext_lazy("Under way")),
    State.DONE: ("verified", gettext_lazy("Done")),
    State.FAILED: ("broken", gettext_lazy("Could not be done")),
    State.DEAD: ("broken", gettext_lazy("Given up")),
    State.STOPPED: ("not_started", gettext_lazy("Called off")),
}
"""The shape of each state, and its words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A job as a page shows it: who did not ask for it sees what is needed to run the system, and no words of papers."""

    job: Job
    mine: bool

    @property
    def name(self) -> str:
        """What it does, in words for people; the kind itself where nobody gave it any."""
        return str(names().get(self.job.kind) or self.job.kind)

    @property
    def shape(self) -> str:
        """Of its state."""
        return STATES[State(self.job.state)][0]

    @property
    def words(self) -> str:
        """Of its state."""
        return str(STATES[State(self.job.state)][1])

    @property
    def doing(self) -> str:
        """What it does at the moment; it may name a paper."""
        return self.job.doing if self.mine and self.job.state == State.RUNNING else ""

    @property
    def fault(self) -> str:
        """Why it was not done."""
        if not self.job.fault or self.mine:
            return self.job.fault
        kind = self.job.fault.partition(":")[0]
        if self.job.state == State.FAILED:
            return _("The reason was told to %(person)s, who asked for it.") % {"person": self.job.asked_by}
        if kind.isidentifier():
            # The name of an exception; what follows may be words of a paper.
            return kind
        return self.job.fault if self.job.fault.startswith("given up") else ""

    @property
    def can_retry(self) -> bool:
        """Whether it can be tried again."""
        return self.job.state in {State.FAILED, State.DEAD, State.STOPPED}
