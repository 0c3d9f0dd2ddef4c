"""Answers that the record counts among the paper's paragraphs keep their numbers in print."""

from __future__ import annotations

from evaltrail.read import read
from evaltrail.record import Answer, Evaluation, Paragraph, Recommendation, Record, Response
from evaltrail.write import written

WORDS = ["Repair the pier of the {} island.", "Accepted. The works on the {} island begin after the storms."]
ISLANDS = ["first", "second", "third", "fourth", "fifth"]


def record() -> Record:
    """Recommendations with labels, answers without, each a numbered paragraph."""
    asked = [
        Recommendation(id=f"r{n}", number=str(n), label=f"Recommendation {n}", text=WORDS[0].format(island))
        for n, island in enumerate(ISLANDS, 1)
    ]
    answers = [
        Response(id=f"a{n}", text=WORDS[1].format(island), answers=(Answer(id=f"r{n}"),), verdict="accepted")
        for n, island in enumerate(ISLANDS, 1)
    ]
    texts = [s.text for s in (*asked, *answers)]
    return Record(
        evaluations=(Evaluation(id="e", statements=(*asked, *answers)),),
        paragraphs=tuple(Paragraph(number=str(n), text=t) for n, t in enumerate(texts, 1)),
    )


def test_an_answer_without_a_label_that_is_a_numbered_paragraph_is_printed_as_one() -> None:
    before = record()
    back = read(written(before, "html", kind="governing-body"), name="paper.html")
    printed = {p.number: p.text for p in back.paragraphs}
    assert {p.number: p.text for p in before.paragraphs}.items() <= printed.items()
    answers = {s.text: s.answers for s in back.evaluations[0].statements if s.kind == "response"}
    numbers = {s.id: s.number for s in back.evaluations[0].statements}
    assert [numbers[answers[WORDS[1].format(island)][0].id] for island in ISLANDS] == ["1", "2", "3", "4", "5"]
