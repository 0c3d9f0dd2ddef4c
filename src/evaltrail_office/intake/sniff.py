"""What a file may be, by its size and its first bytes alone: the web process opens no file that somebody brought."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from evaltrail.read.formats import Unreadable, formats
from evaltrail.read.not_a_document import refuse_foreign

HEAD = 4096
"""Bytes that are looked at."""
_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""ZIP and OLE: what is in them is for the reading process to say."""
MOST_FILES = 1000
"""In one batch."""
ACCEPT = ".pdf,.docx,.docm,.dotx,.html,.htm,.xhtml,.md,.markdown,.txt"
"""Endings that a browser offers to choose from."""


class Declined(Exception):
    """A file that is not taken. ``str()`` is one line with the remedy."""


def most_bytes() -> int:
    """Size in bytes above which a file is not taken."""
    return int(getattr(settings, "UPLOAD_BYTES", 200 << 20))


def limits() -> str:
    """What is taken, in a sentence."""
    told = _("PDF, DOCX, HTML, Markdown or plain text; up to %(mb)d MB a file and %(files)d files at a time.")
    return told % {"mb": most_bytes() >> 20, "files": MOST_FILES}


def too_large() -> str:
    """The line for a file that is larger than is taken."""
    return _("it has more than %(most)s MB. Split it, or print it to a PDF with smaller pictures") % {"most": most_bytes() >> 20}


def seen(head: bytes, size: int) -> str:
    """The media type that a file seems to have.

    Raises:
        Declined: it is empty, too large, or no document that is read.
    """
    if not size:
        raise Declined(_("it is empty (0 bytes). Fetch or export it again"))
    if size > most_bytes():
        raise Declined(too_large())
    if not head.startswith(_CONTAINERS):
        try:
            refuse_foreign(head)
        except Unreadable as fault:
            raise Declined(str(fault)) from None
    if head.startswith(_CONTAINERS[2]):
        # A password-protected DOCX is one of these too: the reading process says which.
        return "application/x-ole-storage"
    chosen = next((f for f in formats() if f.sniff(head[:HEAD], size)), None)
    if chosen is None:
        raise Declined(_("it is binary data, not a document. Bring PDF, DOCX, HTML, Markdown or plain text"))
    return str(chosen.MEDIA_TYPE)
