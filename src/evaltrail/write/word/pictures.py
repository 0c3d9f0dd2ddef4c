"""Drawings: SVG with a PNG beside it for programs that take none (MS-ODRAWXML 2.5, svgBlip), and what they show in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.word.xml import escaped

if TYPE_CHECKING:
    from evaltrail.write.house import Logo
    from evaltrail.write.model import Picture
    from evaltrail.write.word.package import Package

_EMU = 12700
"""English metric units of a point."""
_SVG = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/></a:ext></a:extLst>'
)
_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_NUMBERS = (ValueError, OverflowError)


@dataclass(slots=True)
class Pictures:
    """The drawings of a paper, each kept once."""

    package: Package
    names: dict[bytes, str] = field(default_factory=dict)
    drawn: int = 0

    def picture(self, picture: Picture, room: float, part: str) -> str | None:
        """The run that shows the drawing at its size, or narrower where ``room`` (points) is less; None where it is no drawing."""
        raster = png(picture)
        if raster is None:
            return None
        fallback, vector = self._embed(raster, "png", part), self._embed(picture.svg.encode("utf-8", "replace"), "svg", part)
        return self._run(picture.title, picture.description, _size(picture.width, picture.height, room), fallback, vector)

    def logo(self, logo: Logo, room: float, part: str) -> str | None:
        """The run that shows the logo; None where its bytes are no image."""
        from evaltrail.write.model import Picture

        if logo.media_type == "image/svg+xml":
            svg = logo.data.decode("utf-8", "replace")
            return self.picture(Picture(svg, logo.description, logo.description, logo.width, logo.height), room, part)
        if not logo.data.startswith(_SIGNATURES.get(logo.media_type, b"\0none")):
            return None
        key = self._embed(logo.data, logo.media_type.removeprefix("image/"), part)
        return self._run(logo.description, logo.description, _size(logo.width, logo.height, room), key, None)

    def _embed(self, data: bytes, ending: str, part: str) -> str:
        name = self.names.get(data)
        if name is None:
            name = self.names[data] = f"media/image{len(self.names) + 1}.{ending}"
            self.package.parts[f"word/{name}"] = data
        return self.package.of(part).add("image", name)

    def _run(self, title: str, description: str, size: tuple[int, int], raster: str, vector: str | None) -> str:
        self.drawn += 1
        said = f'id="{self.drawn}" name="{escaped(f"Picture {self.drawn}")}" descr="{escaped(description or title)}"'
        if title:
            said += f' title="{escaped(title)}"'
        extent = f'cx="{size[0]}" cy="{size[1]}"'
        blip = f'<a:blip r:embed="{raster}">{_SVG.format(vector)}</a:blip>' if vector else f'<a:blip r:embed="{raster}"/>'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {said}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {said}/><pic:cNvPicPr/></pic:nvPicPr>"
            f"<pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def _size(width: float, height: float, room: float) -> tuple[int, int]:
    """Width and height in EMU, shrunk to the room."""
    shrink = min(1.0, room / width) if width > 0 else 1.0
    return max(1, round(width * shrink * _EMU)), max(1, round(height * shrink * _EMU))


def png(picture: Picture) -> bytes | None:
    """The drawing as PNG; None where it is no SVG."""
    from evaltrail.write.charts.png import png as drawn

    try:
        return drawn(picture)
    except (ValueError, TypeError, RuntimeError):
        return None
