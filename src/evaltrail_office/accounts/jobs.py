"""What accounts has done in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import send_mail
from django.utils.translation import gettext_lazy

from evaltrail_office.jobs.handlers import handler

if TYPE_CHECKING:
    from evaltrail_office.jobs.handlers import Work


@handler("accounts.mail", gettext_lazy("Sending mail"))
def mail(work: Work) -> int:
    """Send one text to several people, each alone; done again after a crash, some may get it twice and none not at all."""
    people: list[str] = work.args["to"]
    for number, address in enumerate(people):
        work.step(number, len(people), "sending mail")
        send_mail(f"Evaltrail: {work.args['subject']}", work.args["text"], None, [address])
    return len(people)
