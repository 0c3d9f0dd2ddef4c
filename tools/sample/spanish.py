"""The Spanish sample as DOCX: a full report with labelled statements and a matrix of answers. Its words are in spanish.toml."""

from __future__ import annotations

import tomllib
from typing import Any

from docx import Document
from docx.shared import Mm, Pt

from . import content, docx, docx_parts


def build() -> bytes:
    """The report's DOCX, the same bytes every time."""
    report = tomllib.loads((content.PARTS / "spanish.toml").read_text(encoding="utf-8"))
    doc = Document()
    core = doc.core_properties
    core.title, core.author, core.language, core.comments = report["title"], report["organisation"], "es", ""
    doc.sections[0].left_margin = doc.sections[0].right_margin = Mm(22)
    doc.add_paragraph(report["organisation"])
    doc.add_paragraph(report["title"], style="Title")
    doc.add_paragraph(report["imprint"])
    doc.add_heading("Resumen ejecutivo", 1)
    for text in report["summary"]:
        doc.add_paragraph(text)
    doc.add_heading("1. Hallazgos", 1)
    for i, section in enumerate(report["section"], 1):
        doc.add_heading(f"1.{i} {section['criterion']}", 2)
        for finding in section["findings"]:
            _labelled(doc, f"Hallazgo {finding['number']}.", finding["text"])
            doc.add_paragraph(finding["because"])
    doc.add_heading("Valoración por criterio", 2)
    doc.add_paragraph(report["scale"])
    _table(doc, ["Criterio", "Puntuación", "Valoración"], report["ratings"])
    for heading, label, key in (
        ("2. Conclusiones", "Conclusión", "conclusions"),
        ("3. Lecciones aprendidas", "Lección aprendida", "lessons"),
    ):
        doc.add_heading(heading, 1)
        for i, text in enumerate(report[key], 1):
            _labelled(doc, f"{label} {i}.", text)
    doc.add_heading("4. Recomendaciones", 1)
    for i, recommendation in enumerate(report["recommendation"], 1):
        _labelled(doc, f"Recomendación {i}.", recommendation["text"])
        _table(doc, ["Unidad responsable", "Prioridad", "Plazo", "Recursos"], [recommendation["fields"]])
    doc.add_heading("5. Respuesta de la administración", 1)
    _table(doc, ["Recomendación", "Respuesta", "Medidas previstas", "Responsable", "Fecha", "Estado"], report["answers"])
    return docx.same_every_time(doc)


def _labelled(doc: Any, label: str, text: str) -> None:
    paragraph = doc.add_paragraph()
    paragraph.add_run(label).bold = True
    paragraph.add_run(f" {text}")


def _table(doc: Any, header: list[str], rows: list[list[str]]) -> None:
    table = doc.add_table(1, len(header), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, header, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
        docx_parts.shade(cell, "E7E2D3")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for run in (r for row in table.rows for cell in row.cells for p in cell.paragraphs for r in p.runs):
        run.font.size = Pt(9)
    doc.add_paragraph()
