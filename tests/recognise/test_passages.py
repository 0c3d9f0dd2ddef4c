"""A record holds the whole paper: every passage with its place, its section and what the headings make of it."""

from __future__ import annotations

import re

import pytest

from evaltrail import sample
from evaltrail.read import read
from evaltrail.text.normal import squeeze

MARKDOWN = """# Evaluation of the water programme

Opening words.

## 1. Executive summary

It did well.

## 2. Methodology

### 2.1 Limitations

Few people could be met.[^1]

| Source | Number |
|---|---|
| Interviews | 40 |

## 3. Findings

1. Wells work.

## Annex 1. Terms of reference

What was asked.

[^1]: Roads were closed.
"""


@pytest.fixture(scope="module")
def record():
    return read(MARKDOWN.encode(), name="paper.md")


def named(record, text):
    return next((i, p) for i, p in enumerate(record.passages) if p.text == text)


def test_passages_stand_in_reading_order_with_footnotes_left_out(record):
    texts = [p.text for p in record.passages if p.kind != "table"]
    assert texts[:4] == ["Evaluation of the water programme", "Opening words.", texts[2], "It did well."]
    assert not any("Roads were closed" in t for t in texts)


def test_a_passage_knows_the_heading_above_it(record):
    i, heading = next((i, p) for i, p in enumerate(record.passages) if p.kind == "heading" and "Limitations" in p.text)
    assert named(record, "Few people could be met.")[1].section == i
    around = record.passages[heading.section]
    assert "Methodology" in around.text


def test_headings_say_what_their_section_is_and_passages_inherit_it(record):
    heads = {p.text: p.heads for p in record.passages if p.heads}
    assert any("method" in h for h in heads.values())
    assert "summary" in named(record, "It did well.")[1].within
    assert "method" in named(record, "Few people could be met.")[1].within
    assert "annex" in named(record, "What was asked.")[1].within


def test_a_table_has_its_cells(record):
    table = next(p for p in record.passages if p.kind == "table")
    assert [(c.row, c.column, c.text) for c in table.cells] == [(0, 0, "Source"), (0, 1, "Number"), (1, 0, "Interviews"), (1, 1, "40")]
    assert table.cells[0].header
    assert not table.cells[2].header


def test_a_footnote_mark_is_where_it_stood(record):
    passage = named(record, "Few people could be met.")[1]
    assert [(m.at, m.number) for m in passage.marks] == [(len(passage.text), "1")]


@pytest.mark.parametrize("suffix", sample.FORMATS)
def test_the_words_of_every_passage_of_the_sample_stand_at_its_places(suffix):
    record = read(sample.path(suffix))
    assert len(record.passages) > 100
    for p in record.passages:
        for text, places in [(p.text, p.places), *((c.text, c.places) for c in p.cells)]:
            there = "".join(record.pages[x.page - 1].text[x.start : x.end] for x in places)
            # Marks of footnotes are cut from the words, not from the page.
            assert re.sub(r"\d", "", squeeze(text)) in re.sub(r"\d", "", squeeze(there)), p


def test_bold_and_italic_words_are_kept_with_the_passage_and_its_cells():
    page = b"<p>It was <b>well</b> done, <i>mostly</i>.</p><table><tr><th>Unit</th><th>Task</th></tr>"
    page += b"<tr><td>EVAL</td><td>To <b>write</b> it</td></tr></table>"
    record = read(page, name="paper.html")
    said = next(p for p in record.passages if p.kind == "paragraph")
    assert [said.text[a:b] for a, b in said.bold] == ["well"]
    assert [said.text[a:b] for a, b in said.italic] == ["mostly"]
    table = next(p for p in record.passages if p.kind == "table")
    assert [(c.text, [c.text[a:b] for a, b in c.bold]) for c in table.cells if c.bold] == [("To write it", ["write"])]


def test_passages_of_one_frame_share_its_key():
    page = b"<p>Before.</p><div style='border: 1px solid'><p>One.</p><p>Two.</p></div><p>After.</p>"
    boxes = [p.box for p in read(page, name="paper.html").passages if p.kind == "paragraph"]
    assert boxes[0] is None
    assert boxes[1] == boxes[2] is not None
    assert boxes[3] is None
