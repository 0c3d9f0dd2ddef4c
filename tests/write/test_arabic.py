"""A paper composed in Arabic is Arabic throughout, runs from right to left, and keeps the record's figures."""

from __future__ import annotations

import re

import pytest

from evaltrail.record import Action, Answer, DocumentInfo, Evaluation, Observation, Rating, Recommendation, Record, Response
from evaltrail.write.model import Frame, Heading, Paper, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose, kinds

LATIN = re.compile("[A-Za-z]{2,}")


def record() -> Record:
    """A small record in Arabic."""
    statements = (
        Observation(id="1.f1", kind="finding", number="1", label="النتيجة الرئيسية 1", text="تأخرت الأشغال.", criteria=("efficiency",)),
        Observation(id="1.c1", kind="conclusion", text="لا يدوم ما يُبنى دون صيانة."),
        Recommendation(id="1.r1", number="1", label="التوصية 1", text="الاتفاق على الصيانة.", responsible=("الموانئ",), priority="high"),
        Response(
            id="1.a1",
            label="التوصية 1",
            text="يقبل المكتب هذه التوصية.",
            answers=(Answer(id="1.r1"),),
            verdict="accepted",
            actions=(Action(text="توقيع عقد الصيانة.", unit="الموانئ", due="2025-06-30"),),
        ),
    )
    rating = Rating(criterion="relevance", value=5, scale="1-6", as_printed="5")
    document = DocumentInfo(title="تقييم مستقل", language="ar", date="2024-12-01")
    return Record(document=document, evaluations=(Evaluation(id="1", title="تقييم", statements=statements, ratings=(rating,)),))


def said(paper: Paper) -> str:
    """Every word that is printed."""
    out = [paper.continued.replace("{page}", "").replace("{pages}", "")]
    for b in paper.walk():
        match b:
            case Table():
                out += [plain(p) for c in b.cells for p in c.paragraphs]
            case _:
                out.append(plain(getattr(b, "words", ())))
    return "\n".join(out)


@pytest.mark.parametrize("kind", [k for k in kinds() if k != "same"])
def test_a_paper_of_any_kind_has_no_word_of_another_language(kind: str) -> None:
    paper = compose(Order(record(), kind))
    assert paper.direction == "rtl"
    assert LATIN.findall(said(paper)) == []
    assert "1 كانون\u00a0الأول/ديسمبر 2024" in said(paper)


def test_statements_stand_under_their_own_labels_though_no_reader_knows_them() -> None:
    paper = compose(Order(record(), "governing-body"))
    headings = [plain(b.words) for b in paper.walk() if isinstance(b, Heading)]
    assert headings.count("التوصية 1") == 2
    assert any(isinstance(b, Frame) and "النتيجة الرئيسية 1" in plain(getattr(b.blocks[0], "words", ())) for b in paper.walk())
