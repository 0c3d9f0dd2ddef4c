"""Sending mail: a server that is away costs nobody anything but time, and what is wrong is said in a line."""

from __future__ import annotations

import logging
import smtplib
import ssl
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail

from evaltrail_office.jobs.actions import enqueue

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger("evaltrail.office")
ATTEMPTS = 14
"""Each waits twice as long as the one before: mail is tried for about nine hours, and then waits on the page of jobs."""
_UNKNOWN = 550


class NotSent(Exception):
    """A mail that did not go out. ``str()`` is one line for whoever runs the office; it names no addressee."""

    def __init__(self, fault: OSError) -> None:
        super().__init__(_line(fault))
        self.for_good = isinstance(fault, smtplib.SMTPRecipientsRefused) and all(code >= _UNKNOWN for code, _ in fault.recipients.values())
        """Whether the server will not take it later either: there is no such address."""


def send(subject: str, text: str, address: str) -> None:
    """Send a mail now.

    Raises:
        NotSent: the server cannot be reached or does not take it.
    """
    try:
        send_mail(subject, text, None, [address])
    except OSError as fault:
        # Every fault of the mail server and of the way there is one of these.
        raise NotSent(fault) from fault


def post(subject: str, text: str, people: Iterable[str], *, asked_by: str, priority: int = 0) -> None:
    """Have a mail sent to each of these addresses in the background, and tried again for hours where the server is away.

    Not for what is secret, such as a link that lets in: the text is kept until it is sent.
    """
    for address in people:
        told = {"to": [address], "subject": subject, "text": text}
        enqueue("accounts.mail", told, asked_by=asked_by, priority=priority, most_attempts=ATTEMPTS)


def send_or_post(subject: str, text: str, address: str, *, asked_by: str) -> None:
    """Send a mail now; where that does not work, have it sent later. Not for what is secret."""
    try:
        send(subject, text, address)
    except NotSent as fault:
        log.warning("%s It is tried again.", fault)
        post(subject, text, [address], asked_by=asked_by)


def _line(fault: OSError) -> str:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    said = " ".join(str(fault).split())
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return f"The mail server {where} does not let the office in: set EVALTRAIL_SMTP_USER and EVALTRAIL_SMTP_PASSWORD."
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return f"The mail server {where} does not take mail for the address."
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"The mail server {where} has a certificate that is not trusted ({fault.verify_message})."
    if isinstance(fault, (ssl.SSLError, smtplib.SMTPNotSupportedError, smtplib.SMTPServerDisconnected)):
        return f"The mail server {where} does not speak as it was asked to ({said}): look at EVALTRAIL_SMTP_PORT and EVALTRAIL_SMTP_TLS."
    if isinstance(fault, smtplib.SMTPException):
        return f"The mail server {where} does not take mail ({said})."
    return f"The mail server {where} cannot be reached ({said}): look at EVALTRAIL_SMTP_HOST and EVALTRAIL_SMTP_PORT."
