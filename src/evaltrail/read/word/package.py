"""The container of a DOCX: parts and relationships (ECMA-376 part 2), opened with limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from evaltrail.read.formats import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# ISO 29500 Strict says the same in other namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_CHUNK = 1 << 20
_DAMAGED = "it is a DOCX that is damaged or cut off ({}). Fetch it again, or open it in Word and save a copy"


def local(el: Element) -> str:
    """Name of the element without its namespace; "" for a comment."""
    tag = el.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def val(el: Element | None, name: str = "val") -> str | None:
    """A ``w:`` attribute of the element, None where either is missing."""
    return None if el is None else el.get(W + name)


def on(el: Element | None) -> bool | None:
    """An on/off property: None where it is not set."""
    if el is None:
        return None
    return (el.get(W + "val") or "1").lower() not in {"0", "false", "off", "none"}


def number(text: str | None) -> int | None:
    """An integer of the file, None where there is none; some writers put decimals."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


class Package:
    """The parts of one DOCX. Nothing is inflated beyond ``limit`` bytes in all."""

    def __init__(self, data: bytes, limit: int) -> None:
        """Open the container.

        Raises :class:`Unreadable`: ``truncated``, ``too-large``, ``encrypted``, ``not-a-document``.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise Unreadable("truncated", _DAMAGED.format("the ZIP container has no directory")) from error
        self._names = {i.filename.replace("\\", "/").lstrip("/").lower(): i for i in self._zip.infolist()}
        self._limit = limit
        self._left = limit
        if sum(i.file_size for i in self._names.values()) > limit:
            raise self._too_large()
        if any(i.flag_bits & 1 for i in self._names.values()):
            raise Unreadable("encrypted", "it is protected by a password. Open it with the password and save a copy without one")
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        main = next((target for kind, target in self.relations("").values() if kind == "officeDocument"), None)
        self.main = main if main and self.has(main) else "word/document.xml"
        if not self.has(self.main):
            raise Unreadable(
                "not-a-document", "it is a ZIP archive and no DOCX (it holds no main document). Unpack it and read the files in it"
            )

    def _too_large(self) -> Unreadable:
        return Unreadable(
            "too-large",
            f"it expands to more than {self._limit >> 20:,} MB, which no paper does. Allow more only if you trust where it is from",
        )

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """Bytes of a part, inflated piece by piece: the directory's sizes may lie."""
        info = self._names[name.lower()]
        out: list[bytes] = []
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise self._too_large()
                    out.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
            raise Unreadable("truncated", _DAMAGED.format(name)) from error
        return b"".join(out)

    def xml(self, name: str) -> Element | None:
        """Root of an XML part, None where there is no such part.

        Raises :class:`Unreadable`: ``bad-format`` where it declares entities or is not XML.
        """
        from lxml import etree

        if not self.has(name):
            return None
        data = self.read(name)
        if b"http://purl.oclc.org/ooxml/" in data[:4096]:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        # Office never writes a document type; one is there to define entities that expand without end or name other files.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise Unreadable("truncated", _DAMAGED.format(name)) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable(
                "bad-format", "it declares XML entities, which no word processor does; it is refused as unsafe. Save it again from Word"
            )
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part ("" the package): id → (last word of its type, target part)."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            found: dict[str, tuple[str, str]] = {}
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            for el in root.iter(_REL) if root is not None else ():
                if el.get("TargetMode") == "External":
                    continue
                target = el.get("Target") or ""
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[el.get("Id") or ""] = ((el.get("Type") or "").rpartition("/")[2], target)
            self._relations[part] = found
        return self._relations[part]

    def related(self, part: str, kind: str) -> list[str]:
        """Parts related to ``part`` by the kind ("styles", "footnotes", …), in the order of the file."""
        return [target for k, target in self.relations(part).values() if k == kind and self.has(target)]

    def related_xml(self, kind: str) -> Element | None:
        """Root of the main part's first related part of the kind, None where there is none."""
        names = self.related(self.main, kind)
        return self.xml(names[0]) if names else None
