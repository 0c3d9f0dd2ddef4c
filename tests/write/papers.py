"""Papers for the tests of writing: records with all their passages, as if they had been read.

A draft is set as blocks in one of several ways in which offices set papers, and recognised from them.  So a paper's statements are,
whatever was drawn, what its passages say.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from evaltrail.read.outline import Block, Cell, Outline, OutlinePage, Piece, Table, Text
from evaltrail.read.recognise.pipeline import recognise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from evaltrail.record import AnyStatement, Evaluation, Record

_spec = importlib.util.spec_from_file_location("write_records", Path(__file__).with_name("records.py"))
assert _spec is not None
assert _spec.loader is not None
records = sys.modules.setdefault("write_records", importlib.util.module_from_spec(_spec))
if not hasattr(records, "draft"):
    _spec.loader.exec_module(records)

HEADINGS = {
    "en": {
        "introduction": "Introduction",
        "method": "Methodology",
        "finding": "Key findings",
        "conclusion": "Conclusions",
        "lesson": "Lessons learned",
        "good_practice": "Good practices",
        "recommendation": "Recommendations",
        "response": "Office response",
        "decision": "Draft decision",
        "ratings": "Overall assessment",
        "fields": ("Responsible unit", "Priority", "Time implication", "Resource implication"),
        "rated": ("Criterion", "Rating"),
        "table": ("Country office", "Plans", "Carried out"),
        "actions": ("Action", "Responsible unit", "Due date", "Status", "Deliverables", "Resources"),
        "caption": "Table {n}. Plans by country office",
    },
    "fr": {
        "introduction": "Introduction",
        "method": "Méthodologie",
        "finding": "Principaux constats",
        "conclusion": "Conclusions",
        "lesson": "Leçons apprises",
        "good_practice": "Bonnes pratiques",
        "recommendation": "Recommandations",
        "response": "Réponse du Bureau",
        "decision": "Projet de décision",
        "ratings": "Notation globale",
        "fields": ("Unité responsable", "Priorité", "Délai", "Ressources"),
        "rated": ("Critère", "Notation"),
        "table": ("Bureau", "Plans", "Exécutés"),
        "actions": ("Action", "Responsable", "Échéance", "Statut", "Livrables", "Ressources"),
        "caption": "Tableau {n}. Plans par bureau de pays",
    },
    "es": {
        "introduction": "Introducción",
        "method": "Metodología",
        "finding": "Hallazgos principales",
        "conclusion": "Conclusiones",
        "lesson": "Lecciones aprendidas",
        "good_practice": "Buenas prácticas",
        "recommendation": "Recomendaciones",
        "response": "Respuesta de la Oficina",
        "decision": "Proyecto de decisión",
        "ratings": "Calificación general",
        "fields": ("Unidad responsable", "Prioridad", "Plazo", "Recursos"),
        "rated": ("Criterio", "Calificación"),
        "table": ("Oficina", "Planes", "Ejecutados"),
        "actions": ("Acción", "Responsable", "Fecha límite", "Estado", "Productos", "Recursos"),
        "caption": "Cuadro {n}. Planes por oficina de país",
    },
}


def papers() -> st.SearchStrategy[Record]:
    """Sound records with passages."""
    return st.randoms(use_true_random=False).map(paper)


def paper(rng: Random) -> Record:
    """One paper; a generator of the same seed gives the same."""
    return _Setter(rng, records.draft(rng)).paper()


class _Setter:
    """A draft while it is set as blocks."""

    def __init__(self, rng: Random, draft: Record) -> None:
        self.rng, self.draft = rng, draft
        self.language = draft.document.language or "en"
        self.heads: Any = HEADINGS[self.language]
        self.words = next(w for w in records.words.LANGUAGES if w.code == self.language)
        self.writer = records._Writer(rng, self.words)
        self.page = ""
        self.blocks: list[Block] = []
        self.numbered = rng.random() < 0.6
        """Whether the paper numbers its paragraphs."""
        self.labels = rng.choice(("heading", "bold", "bold", "box"))
        """How labels of findings stand."""
        self.answers = rng.choice(("headings", "table"))
        self.last = 0
        self.tables = 0
        self.boxes = 0
        self.notes = [f.text for f in draft.footnotes]
        self.called = 0

    def paper(self) -> Record:
        self.add("title", self.draft.document.title)
        several = len(self.draft.evaluations) > 1
        for e in self.draft.evaluations:
            if several:
                self.add("heading", f"{e.label}. {e.title}", level=1)
            self.evaluation(e, 1 + several)
        if self.draft.decisions:
            self.add("heading", self.heads["decision"], level=1)
            for d in self.draft.decisions:
                self.running(d.text, box=self.box() if self.rng.random() < 0.5 else None)
        outline = Outline(
            "application/pdf",
            pages=[OutlinePage(1)],
            blocks=self.blocks,
            footnotes=[Block("footnote", self.text(self.notes[n]), number=str(n + 1)) for n in range(self.called)],
            title=self.draft.document.title,
            language=self.language,
        )
        outline.pages[0].text = self.page
        return recognise(outline)

    def text(self, words: str) -> Text:
        start = len(self.page)
        self.page += words + "\n"
        return Text(words, (Piece(0, 1, start, len(words)),)) if words else Text()

    def add(self, kind: Any, words: str, *, level: int = 0, marker: str = "", bold: int = 0, **more: Any) -> None:
        """A block whose first ``bold`` characters stand in bold."""
        spans = ((0, bold),) if bold else ()
        mark, content = self.text(marker), self.text(words)
        share = 1.0 if kind in ("heading", "title") else bold / max(len(words), 1)
        self.blocks.append(Block(kind, content, mark, level=level, bold_spans=spans, bold=share, **more))

    def running(self, words: str, *, bold: int = 0, box: str | None = None, plain: bool = False) -> None:
        """A statement's paragraphs; the first has the paper's running number, where it numbers them."""
        for n, line in enumerate(words.split("\n")):
            self.last += self.numbered and not n and not plain
            marker = f"{self.last}." if self.numbered and not n and not plain else ""
            marks: tuple[tuple[int, str], ...] = ()
            if self.called < len(self.notes) and line.endswith(".") and self.rng.random() < 0.3:
                self.called += 1
                marks = ((len(line), str(self.called)),)
            self.add("paragraph", line, marker=marker, bold=0 if n else bold, box=box, marks=marks)

    def box(self) -> str:
        self.boxes += 1
        return f"b{self.boxes}"

    def evaluation(self, e: Evaluation, level: int) -> None:
        kinds: dict[str, list[AnyStatement]] = {}
        for s in e.statements:
            kinds.setdefault(s.kind, []).append(s)
        for name in ("introduction", "method"):
            self.add("heading", self.heads[name], level=level, marker=self.rng.choice(("", "A.", "1.")) if name == "introduction" else "")
            for _ in range(self.rng.randint(1, 3)):
                self.running(self.writer.statement(self.words.more, 2))
        if self.rng.random() < 0.5:
            self.figures()
        for kind in ("finding", "ratings", "conclusion", "lesson", "good_practice", "recommendation", "response"):
            if kind == "ratings" and e.ratings:
                self.add("heading", self.heads["ratings"], level=level)
                self.table([self.heads["rated"], *((r.criterion_as_printed or "", r.as_printed) for r in e.ratings)])
            elif kinds.get(kind):
                self.add("heading", self.heads[kind], level=level)
                {"finding": self.findings, "recommendation": self.recommendations, "response": self.responses}.get(kind, self.observations)(
                    kinds[kind], level + 1, e
                )

    def findings(self, found: Sequence[Any], level: int, _: Evaluation) -> None:
        criteria: tuple[str, ...] | None = None
        for s in found:
            if s.criteria != criteria and s.criteria:
                criteria = s.criteria
                self.add("heading", " – ".join(self.words.criteria[c] for c in s.criteria), level=level)
            if self.labels == "heading" and s.label:
                self.add("heading", f"{s.label}. {s.text.split(chr(10))[0]}", level=level + 1)
            elif self.labels == "box":
                box = self.box()
                if s.label:
                    self.add("paragraph", s.label, bold=len(s.label), box=box)
                self.running(s.text, box=box, plain=True)
            else:
                self.labelled(s)
            for _ in range(self.rng.randint(0, 2)):
                self.running(self.writer.statement(self.words.more, 1))

    def labelled(self, s: Any) -> None:
        """Label and words in one paragraph, the label in bold."""
        lead = f"{s.label}: " if s.label else ""
        self.running(lead + s.text, bold=len(lead.rstrip()), plain=bool(s.label))

    def observations(self, found: Sequence[Any], *_: Any) -> None:
        bullets = self.rng.random() < 0.3 and not found[0].label
        for s in found:
            if bullets:
                self.add("item", s.text.replace("\n", " "), level=1, marker="•")
            else:
                self.labelled(s)

    def recommendations(self, found: Sequence[Any], level: int, _: Evaluation) -> None:
        for s in (x for x in found if x.parent is None):
            self.add("heading", s.label, level=level)
            first, *lines = s.text.split("\n")
            self.running(first)
            for line in lines:
                marker, _, rest = line.partition(" ")
                if any(p.parent == s.id for p in found):
                    self.add("item", rest, level=1, marker=marker)
                else:
                    self.add("paragraph", line)
            p = s.as_printed
            if p.responsible:
                self.table([self.heads["fields"], (p.responsible, p.priority or "", p.time or "", p.resources or "")])

    def responses(self, found: Sequence[Any], level: int, e: Evaluation) -> None:
        for o in e.overall_responses:
            self.running(o.text)
        for s in found:
            self.add("heading", s.label, level=level)
            self.running(s.text)
            if s.actions:
                rows = [(a.text, a.unit, a.due, a.status, a.deliverables, a.resources) for a in s.actions]
                # A table of one column is a box with rules through it: nobody can tell the two apart on a page.
                used = [c for c in range(6) if any(r[c] for r in rows) or c == 1]
                self.table([[self.heads["actions"][c] for c in used], *([r[c] or "" for c in used] for r in rows)])

    def figures(self) -> None:
        """A caption and a table of figures."""
        self.tables += 1
        self.add("caption", self.heads["caption"].format(n=self.tables))
        rows = [(p, str(self.rng.randint(2, 40)), str(self.rng.randint(0, 30))) for p in self.rng.sample(records.words.PLACES, 4)]
        self.table([self.heads["table"], *rows])

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table with one row of headings."""
        cells = [
            Cell(r, c, (Block("paragraph", self.text(words), bold=0.0 if r else 1.0),) if words else (), header=r == 0)
            for r, row in enumerate(rows)
            for c, words in enumerate(row)
        ]
        self.blocks.append(Block("table", table=Table(len(rows), len(rows[0]), tuple(cells), 1)))
