"""The container: parts, their types and relationships, zipped so that the same paper gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from evaltrail.write.word.xml import HEAD, escaped

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that ZIP knows; no clock reaches the file."""


@dataclass(slots=True)
class Relations:
    """Relationships of one part."""

    targets: list[tuple[str, str]] = field(default_factory=list)

    def add(self, kind: str, target: str) -> str:
        """The id of a relationship to a part beside this one."""
        if (kind, target) not in self.targets:
            self.targets.append((kind, target))
        return f"rId{self.targets.index((kind, target)) + 1}"

    def xml(self) -> bytes:
        """The part that lists them."""
        found = "".join(
            f'<Relationship Id="rId{n}" Type="{kind if "/" in kind else f"{_OFFICE}/{kind}"}" Target="{escaped(target)}"/>'
            for n, (kind, target) in enumerate(self.targets, 1)
        )
        return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'.encode()


@dataclass(slots=True)
class Package:
    """Parts of a DOCX in the order in which they are put in; the types of those under ``word/`` follow from their names."""

    parts: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, Relations] = field(default_factory=dict)
    """By part in ``word/``, 'document.xml'."""

    def of(self, part: str) -> Relations:
        """The relationships of a part in ``word/``."""
        return self.relations.setdefault(part, Relations())

    def zipped(self) -> bytes:
        """The file."""
        top = Relations()
        top.add("officeDocument", "word/document.xml")
        top.add(f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        files = {"[Content_Types].xml": self._types(), "_rels/.rels": top.xml(), **self.parts}
        files.update({f"word/_rels/{name}.rels": r.xml() for name, r in self.relations.items() if r.targets})
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, data in files.items():
                info = zipfile.ZipInfo(name, _TIME)
                info.create_system = 3  # else it tells on which system it was written
                info.external_attr = 0o644 << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return out.getvalue()

    def _types(self) -> bytes:
        kinds = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "png": "image/png",
            "jpeg": "image/jpeg",
            "svg": "image/svg+xml",
            "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        }
        defaults = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in kinds.items())
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{_type(name)}"/>' for name in self.parts if name.endswith(".xml"))
        return f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


def _type(name: str) -> str:
    if name == "docProps/core.xml":
        return "application/vnd.openxmlformats-package.core-properties+xml"
    kind = name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    return f"{_WORD}.{'document.main' if kind == 'document' else kind}+xml"
