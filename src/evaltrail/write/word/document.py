"""A paper as the parts of a DOCX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from evaltrail.write.model import Contents, Figure, Frame, Heading, Item, Paragraph, Run, Table, plain
from evaltrail.write.running import numbers_run_through
from evaltrail.write.word.body import PART, Body
from evaltrail.write.word.contents import Entry
from evaltrail.write.word.fonts import add_fonts
from evaltrail.write.word.inline import Inline, Target, words_said
from evaltrail.write.word.notes import notes_of, words_of
from evaltrail.write.word.numbering import place
from evaltrail.write.word.package import Package
from evaltrail.write.word.pages import pages_of
from evaltrail.write.word.pictures import Pictures
from evaltrail.write.word.styles import language_tag, styles
from evaltrail.write.word.xml import HEAD, escaped, flag, part, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.write.model import Block, Paper
    from evaltrail.write.word.numbering import Placed

_SIZES = {"a4": (11906, 16838), "us-letter": (12240, 15840)}
"""Width and height in twips."""
_SIDE, _TOP, _BOTTOM = 1361, 1361, 1247
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def document(paper: Paper) -> bytes:
    """The file."""
    package = Package()
    for kind in ("styles", "numbering", "settings", "fontTable", "footnotes"):
        package.of(PART).add(kind, f"{kind}.xml")
    blocks = list(paper.walk())
    numbering, places = place(blocks)
    tied = numbering.tied()
    notes = notes_of(paper)
    page = _SIZES.get(paper.house.paper if paper.house is not None else "a4", _SIZES["a4"])
    width = page[0] - 2 * _SIDE
    rtl = paper.direction == "rtl"
    inline = Inline(notes, dict(_targets(blocks, places)), rtl)
    pictures = Pictures(package)
    package.parts["word/document.xml"] = b""  # first in the file, as Word has it
    entries = list(_entries(paper, width / 20, (page[1] - _TOP - _BOTTOM) / 20))
    section = Section(page, _running(paper, package, inline, pictures, width), rtl)
    across, numbered = page[1] - 2 * _SIDE, numbers_run_through(paper)
    body = Body(inline, pictures, iter(places), entries, rtl, section, across, tied, shades_of(blocks), numbered)
    content = _content(paper, body, width)
    package.parts["word/document.xml"] = part("document", w("body", content, section(body.on_side)))
    package.parts["word/styles.xml"] = styles(paper, width, tied)
    package.parts["word/numbering.xml"] = numbering.xml()
    package.parts["word/footnotes.xml"] = notes.xml(inline.runs)
    package.parts["word/settings.xml"] = _settings(paper)
    add_fonts(package, italic=any(r.italic for words in words_of(paper.blocks) for r in words))
    package.parts["docProps/core.xml"] = _core(paper)
    return package.zipped()


def _content(paper: Paper, body: Body, width: int) -> str:
    """The blocks; with marks of notes that stand before the first call, and a paragraph at the end where Word wants one."""
    content = body.story(paper.blocks, width)
    leading = body.inline.leading()
    if leading or not content.endswith("</w:p>"):
        content += w("p", w("pPr", w("pStyle", val="BodyText" if leading else "TableGap")), leading)
    return content


def _targets(blocks: Sequence[Block], places: Sequence[Placed | None]) -> Iterator[tuple[str, Target]]:
    """What references may point to. The first block of an anchor is meant."""
    wanted = {r.to for b in blocks for words in _words(b) for r in words if r.to}
    for n, (b, placed) in enumerate(zip(blocks, places, strict=True)):
        if isinstance(b, Heading | Paragraph | Item) and b.anchor in wanted and b.anchor is not None:
            wanted.discard(b.anchor)
            yield b.anchor, Target(f"_Ref{n}", plain(b.words), b.marker.rstrip(".") if placed else "")


def _words(block: Block) -> Iterator[tuple[Run, ...]]:
    from evaltrail.write.word.notes import words_of

    return words_of((block,)) if not isinstance(block, Frame) else iter(())


def _entries(paper: Paper, width: float, height: float) -> Iterator[Entry]:
    """The headings that a table of contents may name, with the page on which each stands, about."""
    blocks = list(paper.walk())
    if not any(isinstance(b, Contents) for b in blocks):
        return
    headings = (b for b in blocks if isinstance(b, Heading) and b.listed and b.level > 0)
    for b, page in zip(headings, pages_of(paper, width, height), strict=True):
        yield Entry(b.marker, words_said(b.words), b.level, page)


def shades_of(blocks: Sequence[Block]) -> dict[float, tuple[str, str]]:
    """Ground and ink of each rating that a cell shows, by the steps of the six-step scale."""
    from evaltrail.write.charts._scale import SIX

    out: dict[float, tuple[str, str]] = {}
    for b in blocks:
        table = b.data if isinstance(b, Figure) else b
        for cell in table.cells if isinstance(table, Table) else ():
            if cell.rating is not None:
                step = max(0, min(5, round(cell.rating * 5)))
                out[cell.rating] = (SIX.colours[step].lstrip("#").upper(), SIX.text_on(step).lstrip("#").upper())
    return out


@dataclass(slots=True)
class Section:
    """Writes the properties of sections: pages upright or on their side, all with the same running lines."""

    page: tuple[int, int]
    running: str
    rtl: bool
    written: bool = False

    def __call__(self, on_side: bool) -> str:  # noqa: FBT001  # the one thing in which sections differ
        """The properties; the first section's say what the running lines are, and that its first page has its own."""
        first, self.written = not self.written, True
        across, down = self.page[::-1] if on_side else self.page
        size: dict[str, str | int] = {"w": across, "h": down, **({"orient": "landscape"} if on_side else {})}
        return w(
            "sectPr",
            self.running if first else "",
            w("pgSz", **size),
            w("pgMar", top=_TOP, right=_SIDE, bottom=_BOTTOM, left=_SIDE, header=624, footer=567, gutter=0),
            flag("titlePg", first),
            flag("bidi", self.rtl),
        )


def _running(paper: Paper, package: Package, inline: Inline, pictures: Pictures, width: int) -> str:
    """Running headers and footers, parts of their own; what a section says to have them."""
    said = paper.symbol or paper.title or ""
    logo = paper.house.logo if paper.house is not None else None
    drawn = (pictures.logo(logo, width / 20, "header2.xml") if logo is not None else None) or ""
    runs = inline.text(Run(said[:120])) if said else ""
    number = w("r", "<w:tab/>") + _page_number(paper, inline)
    stories = {
        ("header", "default"): w("p", w("pPr", w("pStyle", val="Header")), runs),
        ("header", "first"): w("p", w("pPr", w("pStyle", val="Header")), drawn),
        ("footer", "default"): w("p", w("pPr", w("pStyle", val="Footer")), number),
        ("footer", "first"): w("p", w("pPr", w("pStyle", val="Footer")), number),
    }
    references = ""
    for (kind, which), story in stories.items():
        name = f"{kind}{1 if which == 'default' else 2}.xml"
        package.parts[f"word/{name}"] = part("hdr" if kind == "header" else "ftr", story)
        references += f'<w:{kind}Reference w:type="{which}" r:id="{package.of(PART).add(kind, name)}"/>'
    return references


def _page_number(paper: Paper, inline: Inline) -> str:
    """The words around a page's number with the fields in them."""
    out = ""
    for piece in re.split(r"(\{pages?\})", paper.continued or "{page}"):
        if piece in {"{page}", "{pages}"}:
            out += inline.field(" PAGE " if piece == "{page}" else " NUMPAGES ", inline.text(Run("1")))
        elif piece:
            out += inline.text(Run(piece))
    return out


def _settings(paper: Paper) -> bytes:
    compatible = w(
        "compat",
        w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    )
    lang = language_tag(paper)
    updated = flag("updateFields", any(isinstance(b, Contents) for b in paper.blocks))
    notes = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    return part(
        "settings",
        w("zoom", percent=100),
        flag("embedTrueTypeFonts"),
        w("defaultTabStop", val=567),
        updated,
        notes,
        compatible,
        w("themeFontLang", val=lang, bidi=lang),
    )


def _core(paper: Paper) -> bytes:
    """Title, author and date. A date without its day is taken for the first: Word wants a whole one."""
    day = _day(paper.date or "")
    whole = f"{day}T00:00:00Z" if day else ""
    said = f"<dc:title>{escaped(paper.title)}</dc:title>" if paper.title else ""
    said += f"<dc:creator>{escaped(paper.organisation)}</dc:creator>" if paper.organisation else ""
    said += f'<dcterms:created xsi:type="dcterms:W3CDTF">{whole}</dcterms:created>' if whole else ""
    said += f"<dc:language>{escaped(paper.language)}</dc:language>"
    namespaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return f"{HEAD}<cp:coreProperties {namespaces}>{said}</cp:coreProperties>".encode()


def _day(said: str) -> str | None:
    """The day of an ISO 8601 day, month or year; None of anything else."""
    whole = said + "-01" * (3 - len(said.split("-")))
    try:
        return date.fromisoformat(whole).isoformat() if _DATE.fullmatch(said) else None
    except ValueError:
        return None
