"""The sample paper as DOCX: real styles, automatic numbering, footnotes, fields, shaded boxes and native bar charts."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from . import content, docx_parts

SEA = RGBColor(0x1F, 0x56, 0x73)
WASH = "EAF1F4"
SERIF, SANS = "Cambria", "Calibri"
"""Faces that every word processor has or replaces by one of the same widths."""
MEASURE = Mm(158)
"""Width of the text; tabs end there."""
STAMP = datetime(2024, 2, 12, tzinfo=UTC)


def build(paper: dict[str, Any]) -> bytes:
    """The paper's DOCX, the same bytes every time."""
    doc = Document()
    _set_up(doc, paper)
    writer = _Writer(doc, paper)
    writer.front()
    writer.contents()
    writer.heading(paper["introduction"]["heading"], 1)
    writer.paragraphs(paper["introduction"]["paragraphs"])
    for part in paper["part"]:
        writer.part(part)
    writer.heading(paper["decision"]["heading"], 1)
    cell = writer.box()
    writer.runs(cell.paragraphs[0], paper["decision"]["text"], bold=True)
    cell.paragraphs[0].style = doc.styles["Numbered paragraph"]
    docx_parts.add_footnotes(doc, paper["footnotes"])
    return same_every_time(doc)


def same_every_time(doc: Any) -> bytes:
    """Save with one date on every file of the container."""
    doc.core_properties.created = doc.core_properties.modified = STAMP
    first = io.BytesIO()
    doc.save(first)
    out = io.BytesIO()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()


def _set_up(doc: Any, paper: dict[str, Any]) -> None:
    """Page, styles, numbering, header and footer."""
    core = doc.core_properties
    core.title, core.author, core.subject, core.language = paper["title"], paper["organisation"], paper["symbol"], paper["language"]
    core.comments = ""
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.different_first_page_header_footer = True
    docx_parts.add_numbering(doc)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = SERIF, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for level, size in ((1, 17), (2, 13), (3, 11)):
        style = doc.styles[f"Heading {level}"]
        style.paragraph_format.space_after = Pt(4)
        style.font.size, style.font.color.rgb, style.font.name = Pt(size), SEA, SANS
        docx_parts.plain_fonts(style, SANS)
    numbered = docx_parts.add_style(doc, "Numbered paragraph")
    docx_parts.number(numbered.element.get_or_add_pPr(), docx_parts.RUNNING)
    follow = docx_parts.add_style(doc, "Continued paragraph")
    follow.paragraph_format.left_indent = Mm(9)
    bullet = docx_parts.add_style(doc, "Bulleted item")
    docx_parts.number(bullet.element.get_or_add_pPr(), docx_parts.BULLETS)
    for name, indent in (("TOC 1", 0), ("TOC 2", 5)):
        entry = docx_parts.add_style(doc, name).paragraph_format
        entry.left_indent, entry.space_after = Mm(indent), Pt(1)
        entry.tab_stops.add_tab_stop(MEASURE, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    caption = doc.styles["Caption"]
    caption.font.color.rgb, caption.paragraph_format.keep_with_next = SEA, True
    docx_parts.add_style(doc, "Key finding")
    docx_parts.add_style(doc, "footnote text").font.size = Pt(8.5)
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(MEASURE, WD_TAB_ALIGNMENT.RIGHT)
    head.style = normal
    head.add_run(f"{paper['symbol']}\t")
    docx_parts.field(head, "PAGE", "2")
    for foot in (section.footer, section.first_page_footer):
        line = foot.paragraphs[0]
        line.style = normal
        line.paragraph_format.tab_stops.add_tab_stop(MEASURE, WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{paper['organisation']}\t{paper['body']}, {paper['session']}").font.size = Pt(8)


class _Writer:
    """Puts the paper's parts at the end of a document, one after the other."""

    def __init__(self, doc: Any, paper: dict[str, Any]) -> None:
        self.doc = doc
        self.paper = paper

    def runs(self, paragraph: Any, text: str, *, bold: bool = False) -> None:
        """A text with its inline marks, footnote references included."""
        for kind, words in content.runs(text):
            if kind == "fn":
                docx_parts.footnote_reference(paragraph, words)
            else:
                run = paragraph.add_run(words)
                run.bold = True if bold or kind == "b" else None
                run.italic = True if kind == "i" else None

    def add(self, text: str, style: str = "Normal", *, bold: bool = False, label: str = "") -> Any:
        """A paragraph, with a bold label in front where there is one."""
        paragraph = self.doc.add_paragraph(style=style)
        if label:
            paragraph.add_run(label).bold = True
            paragraph.add_run(" ")
        self.runs(paragraph, text, bold=bold)
        return paragraph

    def heading(self, text: str, level: int) -> None:
        """A heading in Word's own style of the level."""
        self.doc.add_heading(text, level)

    def box(self) -> Any:
        """The cell of a shaded table of one cell, which is how Word papers box their text."""
        table = self.doc.add_table(1, 1)
        cell = table.cell(0, 0)
        docx_parts.shade(cell, WASH)
        docx_parts.left_rule(cell, str(SEA))
        self.doc.add_paragraph().paragraph_format.space_after = Pt(2)
        return cell

    def front(self) -> None:
        """The first page."""
        paper, purpose = self.paper, self.paper["purpose"]
        first = [
            f"{paper['organisation']}\t{paper['symbol']}",
            paper["body"],
            paper["session"],
            f"{paper['section']}\tDate: {paper['date']}",
        ]
        for words in (*first, f"\tOriginal: {paper['original']}", paper["item"]):
            line = self.doc.add_paragraph(words)
            line.paragraph_format.tab_stops.add_tab_stop(MEASURE, WD_TAB_ALIGNMENT.RIGHT)
            line.runs[0].bold = words == first[0]
        title = self.doc.add_paragraph(paper["title"], style="Title")
        title.runs[0].font.color.rgb = SEA
        cell = self.box()
        cell.paragraphs[0].add_run(purpose["heading"]).bold = True
        self.runs(cell.add_paragraph(), purpose["text"])
        for name, words in purpose["lines"]:
            line = cell.add_paragraph()
            line.add_run(f"{name}:").bold = True
            line.add_run(f" {words}.")

    def contents(self) -> None:
        """A table of contents field with the entries that Word would put into it."""
        self.doc.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        self.doc.add_paragraph().add_run("Contents").bold = True
        entries = [(1, self.paper["introduction"]["heading"])]
        for part in self.paper["part"]:
            entries.append((1, f"{part['label']}. {part['title']}"))
            lessons = [part[k]["heading"] for k in ("lessons", "good_practices") if k in part]
            names = [
                part["scope_heading"],
                part["findings_heading"],
                part["assessment"]["heading"],
                part["conclusions"]["heading"],
                *lessons,
            ]
            entries += [(2, n) for n in [*names, "Recommendations", part["response"]["heading"]]]
        entries.append((1, self.paper["decision"]["heading"]))
        lines = [self.doc.add_paragraph(style=f"TOC {level}") for level, _ in entries]
        docx_parts.begin_field(lines[0], 'TOC \\o "1-2" \\h \\z \\u')
        for i, (line, (_, words)) in enumerate(zip(lines, entries, strict=True)):
            line.add_run(f"{words}\t{2 + i // 2}")
        docx_parts.end_field(lines[-1])

    def paragraphs(self, paragraphs: list[dict[str, Any]]) -> None:
        """Numbered paragraphs with what hangs on them."""
        for p in paragraphs:
            self.add(p["text"], "Numbered paragraph")
            for b in p.get("bullets", []):
                self.add(b, "Bulleted item")
            if "table" in p:
                t = self.paper["tables"][p["table"]]
                self.table(t["header"], t["rows"], t["caption"])

    def table(self, header: list[str], rows: list[list[str]], caption: str = "") -> None:
        """A ruled table whose first row repeats on every page."""
        if caption:
            self.doc.add_paragraph(caption, style="Caption")
        table = self.doc.add_table(1, len(header), style="Table Grid")
        table.autofit = False
        widths = [Mm(158 - 28 * (len(header) - 1)), *(Mm(28) for _ in header[1:])]
        for cell, words in zip(table.rows[0].cells, header, strict=True):
            cell.paragraphs[0].add_run(words).bold = True
            docx_parts.shade(cell, WASH)
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no name for it
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row_cells in table.rows:
            for cell, width in zip(row_cells.cells, widths, strict=True):
                cell.width = width
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
                cell.paragraphs[0].runs[0].font.size = Pt(9.5)
        self.doc.add_paragraph().paragraph_format.space_after = Pt(2)

    def part(self, part: dict[str, Any]) -> None:
        """One evaluation."""
        self.heading(f"{part['label']}. {part['title']}", 1)
        self.heading(part["scope_heading"], 2)
        self.paragraphs(part["scope"])
        self.heading(part["findings_heading"], 2)
        for s in part["section"]:
            self.heading(s["heading"], 3)
            cell = self.box()
            for i, f in enumerate(s["box"]):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                paragraph.style = self.doc.styles["Key finding"]
                if "label" in f:
                    paragraph.add_run(f["label"]).bold = True
                    paragraph.add_run(" ")
                self.runs(paragraph, f["text"])
            self.paragraphs(s["paragraphs"])
        self.assessment(part["assessment"])
        self.heading(part["conclusions"]["heading"], 2)
        self.paragraphs(part["conclusions"]["paragraphs"])
        for key in ("lessons", "good_practices"):
            if key in part:
                self.lessons(part[key])
        self.heading("Recommendations", 2)
        for r in part["recommendation"]:
            self.recommendation(r)
        self.heading(part["response"]["heading"], 2)
        self.paragraphs(part["response"]["overall"])
        for a in part["response"]["answers"]:
            self.heading(a["heading"], 3)
            self.add(a["text"][0], "Numbered paragraph")
            for t in a["text"][1:]:
                self.add(t, "Continued paragraph")

    def assessment(self, assessment: dict[str, Any]) -> None:
        """The ratings: a native bar chart with its legend in words, and the table where there is one."""
        words = self.paper["rating_words"]
        self.heading(assessment["heading"], 2)
        self.add(assessment["text"], "Numbered paragraph")
        self.doc.add_paragraph(assessment["caption"], style="Caption")
        docx_parts.add_chart(self.doc, assessment["ratings"], assessment["caption"])
        legend = self.doc.add_paragraph("   ".join(f"{v} = {words[v - 1]}" for v in range(6, 0, -1)))
        legend.runs[0].font.size = Pt(8.5)
        if "table_caption" in assessment:
            self.table(
                ["Criterion", "Rating", "In words"],
                [[c, str(v), words[v - 1]] for c, v in assessment["ratings"]],
                assessment["table_caption"],
            )

    def lessons(self, lessons: dict[str, Any]) -> None:
        """Lessons or good practices, labelled or as bullets under a paragraph."""
        self.heading(lessons["heading"], 2)
        if lessons["style"] == "labelled":
            for item in lessons["items"]:
                self.add(item["text"], "Numbered paragraph", label=item["label"])
            return
        self.add(lessons["text"], "Numbered paragraph")
        for item in lessons["items"]:
            self.add(item["text"], "Bulleted item")

    def recommendation(self, r: dict[str, Any]) -> None:
        """A recommendation with its explanation, its parts and its action table."""
        self.heading(r["heading"], 3)
        self.add(r["text"], "Numbered paragraph", bold=True)
        for t in [*r.get("body", []), *([r["lead"]] if "lead" in r else [])]:
            self.add(t, "Continued paragraph")
        for b in r.get("bullets", []):
            self.add(b, "Bulleted item")
        if "subs" in r:
            letters = docx_parts.new_letters(self.doc)
            for sub in r["subs"]:
                paragraph = self.add(sub["text"])
                docx_parts.number(paragraph._p.get_or_add_pPr(), letters)  # noqa: SLF001 - python-docx has no name for it
        header = ["Responsible unit", "Priority", "Time implication", "Resource implication"]
        self.table(header, [[r["responsible"], r["priority"][0], r["time"][0], r["resources"][0]]])
