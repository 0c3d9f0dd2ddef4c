"""What python-docx does not write: footnotes, numbering, fields, charts, shading."""

from __future__ import annotations

from string import Template
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from . import content

RUNNING, BULLETS, LETTERS = 91, 92, 93
"""Numbering definitions: the paper's running paragraph numbers, bullets, lettered points."""

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LEVELS = {
    RUNNING: ("decimal", "%1.", 510),
    BULLETS: ("bullet", "•", 850),
    LETTERS: ("lowerLetter", "(%1)", 960),
}


def add_style(doc: Any, name: str) -> Any:
    """A paragraph style of our own, or the built-in one of the name."""
    if name in [s.name for s in doc.styles]:
        return doc.styles[name]
    style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = doc.styles["Normal"]
    return style


def plain_fonts(style: Any, name: str) -> None:
    """Headings take their face from the theme; say which face instead."""
    fonts = style.element.rPr.rFonts
    for key in [k for k in fonts.attrib if k.endswith("Theme")]:
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(key), name)


def add_numbering(doc: Any) -> None:
    """The three numbering definitions; abstract ones have to stand before the concrete ones."""
    root = doc.part.numbering_part.element
    for key, (form, text, left) in _LEVELS.items():
        abstract = parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="{key}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{510 if key == RUNNING else 340}"/></w:pPr></w:lvl></w:abstractNum>'
        )
        root.insert(0, abstract)
        root.append(parse_xml(f'<w:num {W} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))


def new_letters(doc: Any) -> int:
    """A lettered list that begins again at (a)."""
    root = doc.part.numbering_part.element
    number = 1 + max(int(n.get(qn("w:numId"))) for n in root.findall(qn("w:num")))
    root.append(
        parse_xml(
            f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{LETTERS}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return number


def number(properties: Any, key: int) -> None:
    """Put a paragraph or a style into a numbering."""
    num = properties.get_or_add_numPr()
    num.get_or_add_ilvl().val = 0
    num.get_or_add_numId().val = key


def shade(cell: Any, colour: str) -> None:
    """Fill a cell."""
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="{colour}"/>'))  # noqa: SLF001 - no public name


def left_rule(cell: Any, colour: str) -> None:
    """A thick rule at a cell's left edge; borders have to stand before the shading."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no name for it
    borders = parse_xml(f'<w:tcBorders {W}><w:left w:val="single" w:sz="24" w:space="0" w:color="{colour}"/></w:tcBorders>')
    properties.find(qn("w:shd")).addprevious(borders)


def begin_field(paragraph: Any, code: str) -> None:
    """Open a field; what follows until its end is what Word last computed."""
    for kind in ("begin", None, "separate"):
        run = paragraph.add_run()._r  # noqa: SLF001 - python-docx has no name for it
        if kind is None:
            words = OxmlElement("w:instrText")
            words.text = f" {code} "
            words.set(qn("xml:space"), "preserve")
            run.append(words)
        else:
            _mark(run, kind)


def end_field(paragraph: Any) -> None:
    """Close a field."""
    _mark(paragraph.add_run()._r, "end")  # noqa: SLF001 - python-docx has no name for it


def field(paragraph: Any, code: str, shown: str) -> None:
    """A whole field within a paragraph."""
    begin_field(paragraph, code)
    paragraph.add_run(shown)
    end_field(paragraph)


def _mark(run: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)


def footnote_reference(paragraph: Any, number: str) -> None:
    """The raised mark that calls a footnote."""
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(parse_xml(f'<w:footnoteReference {W} w:id="{number}"/>'))  # noqa: SLF001 - python-docx has no name for it


def add_footnotes(doc: Any, notes: dict[str, str]) -> None:
    """The footnotes part with the two separators that Word expects."""
    body = [
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
    ]
    style = doc.styles["footnote text"].style_id
    for number, text in notes.items():
        runs = []
        for kind, words in content.runs(text):
            italic = "<w:rPr><w:i/></w:rPr>" if kind == "i" else ""
            runs.append(f'<w:r>{italic}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>')
        body.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{"".join(runs)}</w:p></w:footnote>'
        )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {W}>{"".join(body)}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), doc.part.package)
    doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def add_chart(doc: Any, ratings: list[list[Any]], title: str) -> None:
    """A native horizontal bar chart: no picture, the values stand in the chart's own part, as Word saves them."""
    count = sum(1 for r in doc.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.CHART) + 1
    part = Part(PackURI(f"/word/charts/chart{count}.xml"), CONTENT_TYPE.DML_CHART, _chart_xml(ratings).encode(), doc.part.package)
    relation = doc.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    said = escape(f"{title}. " + ", ".join(f"{c} {v}" for c, v in ratings), {'"': "&quot;"})
    width, height = 5_400_000, 320_000 * len(ratings) + 300_000
    inline = parse_xml(
        f'<wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{100 + count}" name="Chart {count}" descr="{said}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline>"
    )
    drawing = OxmlElement("w:drawing")
    drawing.append(inline)
    doc.add_paragraph().add_run()._r.append(drawing)  # noqa: SLF001 - python-docx has no name for it


def _chart_xml(ratings: list[list[Any]]) -> str:
    template = Template((content.PARTS / "chart.xml").read_text(encoding="utf-8"))
    return template.substitute(
        count=len(ratings),
        last=len(ratings) + 1,
        names="".join(f'<c:pt idx="{i}"><c:v>{escape(c)}</c:v></c:pt>' for i, (c, _) in enumerate(ratings)),
        values="".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, (_, v) in enumerate(ratings)),
    )
