"""Uploads go straight into the shelf, chunk by chunk; nothing of them stays in memory but the first bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from evaltrail_office.intake.sniff import HEAD, most_bytes
from evaltrail_office.shelf.files import Keeping

if TYPE_CHECKING:
    from django.http import HttpRequest


class Kept(UploadedFile):  # type: ignore[type-arg] # its stubs are generic, the class is not
    """A file that has been put into the shelf, or dropped on the way."""

    def __init__(self, name: str, size: int, sha256: str, head: bytes, fault: str) -> None:
        super().__init__(None, name, size=size)
        self.sha256 = sha256
        """Empty where it was not kept."""
        self.head = head
        self.fault = fault
        """``disk`` where there was no room; empty where it was kept, or is larger than is taken."""

    def close(self) -> None:
        """Nothing is open: the file is on the shelf."""


class IntoShelf(FileUploadHandler):
    """Keeps each file as it comes in, and drops it once it is larger than is taken: ``most`` bytes, those of a paper without it."""

    def __init__(self, request: HttpRequest | None = None, most: int | None = None) -> None:
        super().__init__(request)
        self._most = most_bytes() if most is None else most
        self._keeping: Keeping | None = None
        self._head = b""
        self._size = 0
        self._fault = ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._head, self._size, self._fault = b"", 0, ""
        self._begin()

    def _begin(self) -> None:
        try:
            self._keeping = Keeping()
        except OSError:
            self._keeping, self._fault = None, "disk"

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a chunk. What comes after the limit is let run past."""
        del start
        self._size += len(raw_data)
        if len(self._head) < HEAD:
            self._head += raw_data[: HEAD - len(self._head)]
        if self._keeping is not None:
            if self._size > self._most or not self.takes(self._head):
                self._drop()
            else:
                try:
                    self._keeping.write(raw_data)
                except OSError:
                    self._drop()
                    self._fault = "disk"
        return None

    def takes(self, head: bytes) -> bool:
        """Whether a file that begins so is kept; asked with every chunk, so that nothing of another stays on the disk."""
        del head
        return True

    def file_complete(self, file_size: int) -> Kept:
        """The file as it was kept."""
        del file_size
        sha256 = ""
        if self._keeping is not None and self._size:
            try:
                sha256, _ = self._keeping.finish()
            except OSError:
                self._fault = "disk"
        self._drop()
        return Kept(self.file_name or "", self._size, sha256, self._head, self._fault)

    def upload_interrupted(self) -> None:
        """Leave nothing behind of a file whose sender went away."""
        self._drop()

    def _drop(self) -> None:
        if self._keeping is not None:
            self._keeping.drop()
            self._keeping = None
