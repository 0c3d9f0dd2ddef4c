"""A source: the bytes of one file, opened with care, and the format that they are in.

``open_source`` turns everything that a path may be (missing, a directory, a pipe, empty, locked away,
larger than memory allows) into a :class:`~evaltrail.read.formats.Unreadable` of one line.  ``choose`` asks the
formats by content; what is no document at all is told by :mod:`~evaltrail.read.not_a_document`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.read.formats import Unreadable, formats
from evaltrail.read.not_a_document import ENDINGS, refuse_foreign

if TYPE_CHECKING:
    from types import ModuleType

    from evaltrail.read.outline import Outline
    from evaltrail.record import Diagnostic

HEAD = 4096
"""Bytes that a format sees of a file to say whether it is its own."""

MAX_BYTES = 2 << 30
"""Size above which a file is not opened where no other limit is given; the bytes stand in memory whole."""

_PLAIN = ("text/plain", "text/markdown")
"""Formats that any text is: between these the ending decides, everywhere else the content."""

_BLOCK = 1 << 20

_FAULTS = {
    errno.ENOENT: ("missing", "there is no such file. Check the name"),
    errno.ENOTDIR: ("missing", "there is no such file: a part of the path is not a directory. Check the name"),
    errno.ENAMETOOLONG: ("missing", "there is no such file: the name is too long. Check the name"),
    errno.EACCES: ("permission", "it may not be read by this user. Give read permission on the file and its folder"),
    errno.EPERM: ("permission", "it may not be read by this user. Give read permission on the file and its folder"),
    errno.ELOOP: ("missing", "it is a symbolic link that leads in a circle. Name the file itself"),
    errno.ENXIO: ("not-a-file", "it is a socket or a device, not a file. Name a file"),
    errno.EIO: ("not-a-file", "the disk or network could not deliver it (input/output error). Copy it elsewhere and try again"),
    errno.ESTALE: ("changed", "it was removed or replaced while it was being read. Try again"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One file's content."""

    data: bytes
    name: str
    """As shown to people: printable, valid UTF-8."""
    suffix: str
    """Ending of the name, lower case with the dot; empty where there is none."""
    sha256: str


def display_name(path: str | bytes | os.PathLike[str]) -> str:
    """A path as one printable line: bytes that are not UTF-8 and control characters are escaped."""
    raw = os.fsencode(path)
    text = raw.decode("utf-8", errors="backslashreplace")
    # A newline or a terminal's escape sequence in a name must not break the one line that tells about it.
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def open_source(source: str | bytes | os.PathLike[str], name: str | None = None, *, max_bytes: int = MAX_BYTES) -> Source:
    """The bytes of a path, or given bytes, as a :class:`Source`.

    Args:
        source: a path (``str`` or ``Path``), or the content itself (``bytes``).
        name: file name to show and to take the ending from; for a path its own name where not given.
        max_bytes: size in bytes above which the file is refused.

    Raises:
        Unreadable: ``missing``, ``directory``, ``not-a-file``, ``permission``, ``empty``, ``too-large`` or ``changed``.

    """
    if isinstance(source, bytes):
        data, shown = source, display_name(name) if name else "data"
        if len(data) > max_bytes:
            raise _too_large(len(data), max_bytes)
    else:
        shown = display_name(name or source)
        data = _content(source, shown, max_bytes)
    if not data:
        raise Unreadable("empty", "it is empty (0 bytes). Fetch or export it again")
    return Source(data, shown, Path(shown).suffix.lower(), hashlib.sha256(data).hexdigest())


def choose(source: Source) -> tuple[ModuleType, tuple[Diagnostic, ...]]:
    """The format module that reads the source, and what is to be said about the choice.

    The content decides. The ending decides only between formats that any text is in (plain text and Markdown).

    Raises:
        Unreadable: ``not-a-document``, ``encrypted`` or ``unknown-format``, with the remedy.

    """
    head, size = source.data[:HEAD], len(source.data)
    refuse_foreign(source.data)
    chosen = next((f for f in formats() if f.sniff(head, size)), None)
    if chosen is None or (chosen.MEDIA_TYPE in _PLAIN and _is_binary(source.data)):
        raise Unreadable("unknown-format", f"it is binary data, not a document. Read {_readable()} instead")
    claimed = next((f for f in formats() if source.suffix in f.SUFFIXES), None)
    if claimed is not None and claimed.MEDIA_TYPE in _PLAIN and chosen.MEDIA_TYPE in _PLAIN:
        chosen = claimed
    return chosen, _wrong_suffix(source, chosen, claimed)


def refuse_hollow(outline: Outline) -> None:
    """Raise ``Unreadable`` with the code ``no-text`` where not one page has a word, with the reasons that the reader has given."""
    if any(page.text.strip() for page in outline.pages):
        return
    reasons = " ".join(d.message for d in outline.diagnostics if d.lost)
    if reasons:
        raise Unreadable("no-text", f"it has no text that could be read. {reasons}")
    raise Unreadable("no-text", "it has no text. If it shows some, print it to a PDF, whose pages are then read by OCR")


def _wrong_suffix(source: Source, chosen: ModuleType, claimed: ModuleType | None) -> tuple[Diagnostic, ...]:
    if claimed is chosen or source.suffix in chosen.SUFFIXES or (claimed is None and source.suffix not in ENDINGS):
        return ()
    from evaltrail.record import Diagnostic

    media_type = chosen.MEDIA_TYPE
    return (
        Diagnostic(code="wrong-suffix", message=f"The name ends in {source.suffix} but the content is {media_type}; it was read as that."),
    )


def _content(path: str | os.PathLike[str], shown: str, max_bytes: int) -> bytes:
    try:
        # Without O_NONBLOCK opening a pipe that nobody writes to would wait for ever.
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    except ValueError:
        raise Unreadable("missing", "there is no such file: the name holds a null character. Check the name") from None
    except OSError as e:
        raise _fault(e, path, shown) from None
    try:
        before = os.fstat(fd)
        _refuse_kind(before.st_mode, shown)
        if before.st_size > max_bytes:
            raise _too_large(before.st_size, max_bytes)
        data = _all_of(fd, before.st_size, max_bytes)
        after = os.fstat(fd)
    except OSError as e:
        raise _fault(e, path, shown) from None
    finally:
        os.close(fd)
    if after.st_size != before.st_size or len(data) < before.st_size:
        raise Unreadable("changed", "its size changed while it was being read. Wait until it is written, and try again")
    return data


def _all_of(fd: int, expected: int, max_bytes: int) -> bytes:
    """Everything in the file, at most one block more than ``max_bytes`` (a file may grow, and /proc says 0)."""
    blocks: list[bytes] = []
    got = 0
    while block := os.read(fd, max(_BLOCK, expected - got)):
        blocks.append(block)
        got += len(block)
        if got > max_bytes:
            raise _too_large(got, max_bytes)
    return blocks[0] if len(blocks) == 1 else b"".join(blocks)


def _refuse_kind(mode: int, shown: str) -> None:
    if stat.S_ISDIR(mode):
        raise _directory(shown)
    if not stat.S_ISREG(mode):
        kind = "a pipe" if stat.S_ISFIFO(mode) else "a device"
        raise Unreadable(
            "not-a-file", f"it is {kind}, not a file. Save what comes out of it as a file, or give it on standard input with -"
        )


def _fault(e: OSError, path: str | os.PathLike[str], shown: str) -> Unreadable:
    # Windows says EACCES for a directory.
    if e.errno == errno.EISDIR or (os.name == "nt" and e.errno == errno.EACCES and Path(path).is_dir()):
        return _directory(shown)
    code, message = _FAULTS.get(e.errno or 0, ("not-a-file", f"it cannot be opened ({os.strerror(e.errno or 0)})"))
    return Unreadable(code, message)


def _directory(shown: str) -> Unreadable:
    folder = shown.rstrip("/\\")
    return Unreadable("directory", f"it is a directory. Read the files in it: evaltrail read {folder}/* -o OUT")


def _too_large(size: int, limit: int) -> Unreadable:
    return Unreadable(
        "too-large", f"it is too large ({size >> 20:,} MB; the limit is {limit >> 20:,} MB). Split it, or allow more with --memory"
    )


def _is_binary(data: bytes) -> bool:
    """Whether more than a thousandth of what passes for text are null bytes (UTF-16 aside)."""
    return not data.startswith((b"\xff\xfe", b"\xfe\xff")) and data.count(0) > len(data) // 1000


def _readable() -> str:
    names = sorted({f.SUFFIXES[0][1:].upper() for f in formats()})
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
