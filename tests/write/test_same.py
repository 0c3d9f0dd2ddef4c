"""The paper itself, set anew from its record."""

from __future__ import annotations

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Cell, Edit, Evaluation, Page, Passage, Place, Recommendation, Record, edited
from evaltrail.write.model import Contents, Frame, Heading, Item, Paragraph, Table, plain
from evaltrail.write.order import Order

PAPER = """# Evaluation of the ferry programme

## 1. Introduction

1. The paper sums up one evaluation.[^1]

## 2. Recommendations

### Recommendation 1

2. The Ministry should repair the piers by 2027.

| Responsible unit | Priority | Time implication | Resource implication |
|---|---|---|---|
| Ministry of Ports | High | Medium-term | Medium-term |

### Recommendation 2

3. The Ministry should publish fares (see paragraph 2).

4. The Council asks the Ministry to act on paragraphs 2–3 and on paragraph 9.

[^1]: Roads were closed.
"""


def paper_of(record):
    return Order(record, "same").paper


def everything(paper):
    return list(paper.walk())


def running(paper):
    return [b for b in paper.walk() if isinstance(b, Paragraph | Item)]


def record_of(markdown: str) -> Record:
    return read(markdown.encode(), name="paper.md")


def test_passages_come_out_in_their_order_with_markers_and_levels_without_gaps():
    blocks = everything(paper_of(record_of(PAPER)))
    headings = [(b.level, b.marker, plain(b.words)) for b in blocks if isinstance(b, Heading)]
    assert headings[0] == (0, "", "Evaluation of the ferry programme")
    assert [h[0] for h in headings[1:]] == [1, 1, 2, 2]
    assert [b.marker for b in blocks if isinstance(b, Item)] == ["1.", "2.", "3.", "4."]


def test_paragraph_numbers_in_the_text_refer_to_the_paragraphs_that_there_are():
    blocks = running(paper_of(record_of(PAPER)))
    anchors = {b.marker: b.anchor for b in blocks}
    refers = [(r.text, r.to) for b in blocks for r in b.words if r.to]
    assert refers == [("2", anchors["2."]), ("2", anchors["2."]), ("3", anchors["3."])]


def test_a_number_in_another_paper_is_no_reference():
    blocks = running(paper_of(record_of(PAPER.replace("(see paragraph 2)", "(see paragraph 2 of the 2015 evaluation)"))))
    fares = next(b for b in blocks if "fares" in plain(b.words))
    assert not [r for r in fares.words if r.to]


def test_a_footnote_is_called_where_it_stood():
    paper = paper_of(record_of(PAPER))
    calling = next(b for b in running(paper) if any(r.note is not None for r in b.words))
    assert calling.words[-1].note == 0
    assert plain(paper.notes[0].words) == "Roads were closed."


def test_a_footnote_without_a_mark_is_called_at_the_end_of_its_page():
    record = record_of(PAPER)
    passages = [p.model_copy(update={"marks": ()}) for p in record.passages]
    paper = paper_of(record.model_copy(update={"passages": tuple(passages)}))
    calls = [r.note for b in running(paper) for r in b.words if r.note is not None]
    assert calls == [0]


def test_a_corrected_value_stands_in_its_column():
    record = record_of(PAPER)
    at = "/evaluations/0/statements/0/as_printed/resources"
    fixed = edited(record, [Edit(pointer=at, old="Medium-term", new=None)])
    table = next(b for b in everything(paper_of(fixed)) if isinstance(b, Table))
    assert [plain(c.paragraphs[0]) if c.paragraphs else "" for c in table.cells if c.row == 1] == [
        "Ministry of Ports",
        "High",
        "Medium-term",
        "",
    ]


def test_a_rewritten_statement_takes_the_place_of_the_old_words():
    record = record_of(PAPER)
    first = record.evaluations[0].statements[0]
    fixed = edited(record, [Edit(pointer="/evaluations/0/statements/0/text", old=first.text, new="The Ministry should sell the piers.")])
    words = [plain(b.words) for b in running(paper_of(fixed))]
    assert "The Ministry should sell the piers." in words
    assert not [w for w in words if "repair" in w]


def test_a_statement_that_was_not_touched_leaves_its_passage_as_it_was():
    record = read(sample.path("docx"))
    printed = [plain(b.words) for b in everything(paper_of(record)) if isinstance(b, Paragraph) and b.marker]
    assert printed == [p.text for p in record.passages if p.kind == "paragraph" and p.marker]


def test_unnumbered_findings_of_a_paper_with_running_numbers_stand_in_boxes():
    paper = paper_of(read(sample.path("txt")))
    framed = [
        plain(b.words)
        for f in everything(paper)
        if isinstance(f, Frame) and f.kind == "finding"
        for b in f.blocks
        if isinstance(b, Paragraph)
    ]
    findings = [s for e in read(sample.path("txt")).evaluations for s in e.statements if s.kind == "finding" and s.label]
    assert sum(words.startswith("Key finding") for words in framed) == len(findings) > 0


def test_the_box_for_the_purpose_stands_before_the_first_section():
    paper = paper_of(read(sample.path("pdf")))
    kinds = [f.kind for f in paper.blocks if isinstance(f, Frame)]
    assert kinds.count("purpose") == 1
    assert kinds[0] == "purpose"
    first = next(i for i, b in enumerate(paper.blocks) if isinstance(b, Heading) and b.level == 1)
    assert any(isinstance(b, Frame) for b in paper.blocks[:first])


def test_the_points_of_a_recommendation_keep_one_marker_each():
    page = (
        b"<h2>Recommendations</h2><h3>Recommendation 1</h3><p>The Ministry should:</p><p>(a) repair the piers;</p><p>(b) publish fares.</p>"
    )
    record = read(page, name="paper.html")
    assert [s.number for s in record.evaluations[0].statements] == ["1", "1(a)", "1(b)"]
    items = [(b.marker, plain(b.words)) for b in everything(paper_of(record)) if isinstance(b, Item)]
    assert items == [("(a)", "repair the piers;"), ("(b)", "publish fares.")]


FLAT = """Recommendations

Recommendation 1

1. The Ministry of Ports should repair the piers of the two islands before the season of 2027 begins.

Responsible unit Priority Time implication Resource implication

Ministry of Ports, Island Council High

Medium-term Low

Recommendation 2

2. The Ministry of Ports should publish the fares of all ferries in the first week of every year.
"""


def test_an_action_table_that_was_read_as_lines_is_a_table_again():
    record = read(FLAT.encode(), name="paper.txt")
    assert record.evaluations[0].statements[0].as_printed.time == "Medium-term"
    assert not [p for p in record.passages if p.kind == "table"]
    blocks = everything(paper_of(record))
    tables = [b for b in blocks if isinstance(b, Table)]
    assert [(t.style, [plain(c.paragraphs[0]) for c in t.cells]) for t in tables] == [
        (
            "action",
            [
                *("Responsible unit", "Priority", "Time implication", "Resource implication"),
                *("Ministry of Ports, Island Council", "High", "Medium-term", "Low"),
            ],
        )
    ]
    assert not [b for b in blocks if isinstance(b, Heading | Paragraph) and "Medium-term" in plain(b.words)]


def test_lines_that_hold_more_than_the_table_are_left_as_they_are():
    record = read(FLAT.replace("Medium-term Low", "Medium-term Low or none at all").encode(), name="paper.txt")
    assert not [b for b in everything(paper_of(record)) if isinstance(b, Table)]


def test_a_long_paper_lists_its_contents_on_one_page_and_a_short_one_not():
    def contents(record):
        return [b for b in everything(paper_of(record)) if isinstance(b, Contents)]

    assert len(contents(read(sample.path("docx")))) == 1
    assert contents(record_of(PAPER)) == []


def cell(row, column, words, page):
    start = 100 * row + 10 * column
    return Cell(row=row, column=column, text=words, places=(Place(page=page, start=start, end=start + len(words)),))


def test_a_row_that_a_page_parted_is_one_row_again():
    cells = (
        *(cell(0, 0, "No.", 1), cell(0, 1, "Recommendation", 1)),
        *(cell(1, 0, "1", 1), cell(1, 1, "Repair the", 1)),
        *(cell(2, 0, "", 2), cell(2, 1, "two piers.", 2)),
        *(cell(3, 0, "2", 2), cell(3, 1, "Publish fares.", 2)),
    )
    whole = Recommendation(id="r1", number="1", text="Repair the two piers.", places=(*cells[3].places, *cells[5].places))
    record = Record(
        pages=(Page(number=1, text="x" * 500), Page(number=2, text="x" * 500)),
        passages=(Passage(kind="table", cells=cells, header_rows=1),),
        evaluations=(Evaluation(id="I", statements=(whole,)),),
    )
    table = next(b for b in everything(paper_of(record)) if isinstance(b, Table))
    assert table.rows == 3
    assert [(c.row, c.column, "|".join(plain(w) for w in c.paragraphs)) for c in table.cells] == [
        *((0, 0, "No."), (0, 1, "Recommendation")),
        *((1, 0, "1"), (1, 1, "Repair the two piers.")),
        *((2, 0, "2"), (2, 1, "Publish fares.")),
    ]
