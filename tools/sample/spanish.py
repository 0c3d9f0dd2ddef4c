"""The Spanish sample: the full report of an invented agency as DOCX, with labelled statements and a matrix of answers."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.shared import Mm, Pt

from . import docx, docx_parts

ORGANISATION = "Agencia de Aguas de la Mancomunidad del Sauceral"
TITLE = "Evaluación final del programa Agua Segura en Escuelas Rurales, 2018-2023"

SUMMARY = (
    "La evaluación examinó el programa Agua Segura en Escuelas Rurales durante el período 2018-2023. Se realizaron 86 entrevistas "
    "(52 % mujeres), 14 visitas a escuelas y una encuesta a la que respondieron 233 docentes.",
    "El informe formula cuatro recomendaciones: constituir un fondo de insumos, incorporar a las comunidades en el diseño, revisar los "
    "procedimientos de compra y trasladar la oficina técnica a la cuenca alta.",
)

FINDINGS = (
    (
        "Pertinencia",
        (
            (
                "1",
                "El programa respondió a una necesidad sentida: en 2018 el 64 % de las escuelas rurales carecía de agua apta para el consumo.",
                "Docentes y familias coincidieron en que la falta de agua era la primera causa de inasistencia en los meses secos.",
            ),
            (
                "2",
                "Las comunidades participaron en la elección de las escuelas, pero no en el diseño de las obras.",
                "En nueve de las 14 escuelas visitadas el depósito quedó lejos de la cocina, que es donde más agua se usa.",
            ),
        ),
    ),
    (
        "Eficacia",
        (
            (
                "3",
                "Se equiparon 118 de las 140 escuelas previstas (84 %), con mejores resultados donde el municipio aportó personal propio.",
                "Las 22 escuelas pendientes se encuentran en la cuenca alta, a más de cinco horas de la oficina técnica.",
            ),
        ),
    ),
    (
        "Eficiencia",
        (
            (
                "4",
                "El costo medio por escuela fue de 41.500 dólares, un 12 % más que lo presupuestado, a causa sobre todo de compras repetidas.",
                "El presupuesto total ascendió a 5,8 millones de dólares, de los que se ejecutó el 91 %.",
            ),
        ),
    ),
    (
        "Sostenibilidad",
        (
            (
                "5",
                "Dos años después de la entrega, una de cada tres plantas de cloración no funcionaba por falta de insumos.",
                "El cloro se compra en la capital y nadie tiene asignado el gasto de transporte.",
            ),
        ),
    ),
)

RATINGS = (
    ("Pertinencia", "4", "Muy satisfactorio"),
    ("Eficacia", "3", "Satisfactorio"),
    ("Eficiencia", "2", "Poco satisfactorio"),
    ("Sostenibilidad", "1", "Insatisfactorio"),
)

CONCLUSIONS = (
    "El programa atendió un problema real y lo hizo con la participación de quienes lo padecían, aunque esa participación terminó demasiado pronto.",
    "Los resultados dependen de la presencia de los municipios; sin ella, ni las obras se terminan ni las plantas se mantienen.",
    "El gasto corriente, y no la inversión, es la mayor amenaza para lo que se ha construido.",
)

LESSONS = (
    "Una obra pequeña que la comunidad ha dibujado se cuida mejor que una grande que le ha sido entregada.",
    "Conviene acordar quién paga los insumos antes de colocar la primera piedra.",
)

RECOMMENDATIONS = (
    (
        "Constituir un fondo rotatorio de insumos, administrado por las juntas escolares y alimentado por los municipios.",
        "Dirección de Operación, Mantenimiento y Calidad (DOMC); gobiernos municipales",
        "Alta",
        "Corto plazo",
        "Medios",
    ),
    (
        "Incorporar a las comunidades en el diseño de las obras mediante talleres en los que se dibuje el emplazamiento de cada instalación.",
        "Unidad de Participación y Género (UPG)",
        "Media",
        "Mediano plazo",
        "Bajos",
    ),
    (
        "Revisar los procedimientos de compra para que un mismo material no se adquiera más de una vez al año.",
        "Dirección de Finanzas y Adquisiciones (DFA) y DOMC",
        "Alta",
        "Corto plazo",
        "Bajos",
    ),
    (
        "Trasladar la oficina técnica a la cuenca alta hasta que se terminen las 22 escuelas pendientes.",
        "Dirección Ejecutiva",
        "Baja",
        "Largo plazo",
        "Altos",
    ),
)

ANSWERS = (
    (
        "1",
        "Aceptada",
        "Se firmará un convenio con los seis municipios y se abrirá la cuenta del fondo.",
        "DOMC",
        "Marzo de 2025",
        "En curso",
    ),
    ("2", "Aceptada", "Se elaborará una guía de talleres y se aplicará en las obras nuevas.", "UPG", "Junio de 2025", "No iniciada"),
    (
        "3",
        "Aceptada parcialmente",
        "Se unificarán las compras de tubería y cloro. Las de equipos seguirán siendo anuales, porque los proveedores cambian sus modelos.",
        "DFA",
        "Diciembre de 2024",
        "En curso",
    ),
    (
        "4",
        "No aceptada",
        "El traslado costaría más que las obras. En su lugar se contratará a dos técnicos que residan en la cuenca alta.",
        "Dirección Ejecutiva",
        "Enero de 2025",
        "No iniciada",
    ),
)


def build() -> bytes:
    """The report's DOCX, the same bytes every time."""
    doc = Document()
    doc.core_properties.title, doc.core_properties.author, doc.core_properties.language = TITLE, ORGANISATION, "es"
    doc.core_properties.comments = ""
    doc.sections[0].left_margin = doc.sections[0].right_margin = Mm(22)
    doc.add_paragraph(ORGANISATION)
    doc.add_paragraph(TITLE, style="Title")
    doc.add_paragraph("Informe final. Oficina de Evaluación, octubre de 2024")
    doc.add_heading("Resumen ejecutivo", 1)
    for text in SUMMARY:
        doc.add_paragraph(text)
    doc.add_heading("1. Hallazgos", 1)
    for i, (criterion, findings) in enumerate(FINDINGS, 1):
        doc.add_heading(f"1.{i} {criterion}", 2)
        for number, text, because in findings:
            _labelled(doc, f"Hallazgo {number}.", text)
            doc.add_paragraph(because)
    doc.add_heading("Valoración por criterio", 2)
    doc.add_paragraph("Escala: 4 = muy satisfactorio, 3 = satisfactorio, 2 = poco satisfactorio, 1 = insatisfactorio.")
    _table(doc, ("Criterio", "Puntuación", "Valoración"), RATINGS)
    for heading, label, texts in (
        ("2. Conclusiones", "Conclusión", CONCLUSIONS),
        ("3. Lecciones aprendidas", "Lección aprendida", LESSONS),
    ):
        doc.add_heading(heading, 1)
        for i, text in enumerate(texts, 1):
            _labelled(doc, f"{label} {i}.", text)
    doc.add_heading("4. Recomendaciones", 1)
    for i, (text, *fields) in enumerate(RECOMMENDATIONS, 1):
        _labelled(doc, f"Recomendación {i}.", text)
        _table(doc, ("Unidad responsable", "Prioridad", "Plazo", "Recursos"), (tuple(fields),))
    doc.add_heading("5. Respuesta de la administración", 1)
    _table(doc, ("Recomendación", "Respuesta", "Medidas previstas", "Responsable", "Fecha", "Estado"), ANSWERS)
    return docx.same_every_time(doc)


def _labelled(doc: Any, label: str, text: str) -> None:
    paragraph = doc.add_paragraph()
    paragraph.add_run(label).bold = True
    paragraph.add_run(f" {text}")


def _table(doc: Any, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
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
