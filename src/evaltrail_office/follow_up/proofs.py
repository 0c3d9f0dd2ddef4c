"""Files that are taken as proof: how large, of what kind by their first bytes, and how they come in. Nothing here opens one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from evaltrail_office.follow_up.actions.work import Kept
from evaltrail_office.intake.sniff import HEAD, Declined
from evaltrail_office.intake.streaming import IntoShelf
from evaltrail_office.intake.streaming import Kept as Streamed

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

ACCEPT = (
    ".pdf,.docx,.doc,.odt,.rtf,.pptx,.ppt,.odp,.xlsx,.xls,.ods,.csv,.txt,.md,.png,.jpg,.jpeg,.gif,.webp,.tif,.tiff,.heic,.zip,.eml,.msg"
)
"""Endings that a browser offers to choose from."""
AROUND = 1 << 20
"""Bytes of a request that are no part of its file."""
_PLAIN = "application/octet-stream"
_SIGNED: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"),
)
_IN_ZIP = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
# What a browser would run or draw if it were ever shown as it is.
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|\?xml|html|head|body|script|svg|iframe|[a-z]+[\s>/])", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def most_bytes() -> int:
    """Size in bytes above which a file is not taken."""
    return int(settings.PROOF_BYTES)


def limits() -> str:
    """What is taken, in a sentence."""
    return _("A document, sheet, picture, text or ZIP; up to %(mb)d MB.") % {"mb": most_bytes() >> 20}


def too_large() -> str:
    """The line for a file that is larger than is taken."""
    told = _(
        "The file has more than %(mb)d MB and was not taken. Give its address instead, or a smaller file. (EVALTRAIL_PROOF_MB sets this.)"
    )
    return told % {"mb": most_bytes() >> 20}


def kind_of(head: bytes, name: str = "") -> str:
    """The media type that a file seems to have, by its first bytes; its name says which of several that begin alike.

    Raises:
        Declined: it is nothing that is taken as proof. ``str()`` is one line with the remedy.
    """
    for signature, kind in _SIGNED:
        if head.startswith(signature):
            return _IN_ZIP.get(name.rpartition(".")[2].lower(), kind) if kind == "application/zip" else kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:11] in {b"hei", b"mif", b"avi"}:
        return "image/heic"
    if _MARKUP.match(head):
        raise Declined(_("It is a web page, which is not taken: print it to a PDF, or give its address."))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if _BINARY.search(head[:HEAD]):
        raise Declined(_("It is none of what is taken: bring a document, sheet, picture, text or ZIP."))
    return "text/plain"


def kept(sent: Any) -> Kept | None:
    """A file as it came in by ``IntoProof``; None where none was sent.

    Raises:
        Declined: it was not kept. ``str()`` is one line with the remedy.
    """
    if not isinstance(sent, Streamed):
        return None
    size = sent.size or 0
    if sent.fault == "disk":
        raise Declined(_("There is no room on the disk for it; tell whoever runs the system."))
    if not size:
        raise Declined(_("The file is empty (0 bytes)."))
    if size > most_bytes():
        raise Declined(too_large())
    return Kept(sent.sha256, size, _name(sent.name or ""), kind_of(sent.head, sent.name or ""))


def _name(sent: str) -> str:
    return "".join(c for c in sent.replace("\\", "/").rpartition("/")[2] if c.isprintable())[-200:] or "proof"


class IntoProof(IntoShelf):
    """Keeps a proof as it comes in; what is too large or of another kind leaves nothing on the disk."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request, most_bytes())

    def takes(self, head: bytes) -> bool:
        """Whether its first bytes are of a kind that is taken."""
        try:
            kind_of(head)
        except Declined:
            return False
        return True


class Nowhere(FileUploadHandler):
    """Lets files run past: of those who may not bring any, nothing is kept."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""
        del raw_data, start

    def file_complete(self, file_size: int) -> Any:
        """There is no file."""
        del file_size
