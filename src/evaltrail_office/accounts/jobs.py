"""What accounts has done in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.mail import NotSent, send
from evaltrail_office.jobs.handlers import Refused, handler

if TYPE_CHECKING:
    from evaltrail_office.jobs.handlers import Work


@handler("accounts.mail", gettext_lazy("Sending mail"))
def mail(work: Work) -> int:
    """Send one text to several people, each alone; done again after a crash, some may get it twice and none not at all.

    Raises:
        NotSent: the mail server is away, or takes no mail; it is tried again later.
        Refused: the server takes none for this address.
    """
    people: list[str] = work.args["to"]
    for number, address in enumerate(people):
        work.step(number, len(people), "sending mail")
        try:
            send(f"Evaltrail: {work.args['subject']}", work.args["text"], address)
        except NotSent as fault:
            if fault.for_good and len(people) == 1:
                raise Refused(str(fault)) from fault
            raise
    return len(people)
