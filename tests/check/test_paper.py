"""What rules ask of a paper: its kind, its units and sections, and the place of any words."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail import sample
from evaltrail.check.paper import Paper
from evaltrail.check.unit import part
from evaltrail.read import read
from evaltrail.record import Page, Place
from evaltrail.text.normal import squeeze

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module", params=sample.FORMATS)
def paper(request):
    return Paper(read(sample.path(request.param)), today=TODAY)


def words(paper, places):
    return "".join(paper.record.pages[p.page - 1].text[p.start : p.end] for p in places)


def test_the_sample_is_a_paper_that_sums_up_evaluations(paper):
    assert paper.genre == "summary"


def test_the_place_of_every_sentence_holds_its_words(paper):
    count = 0
    for unit in paper.running:
        for s in paper.sentences(unit):
            assert squeeze(s.text) == squeeze(words(paper, paper.at(unit, s.start, s.end)))
            count += 1
    assert count > 100


def test_the_place_of_a_word_has_the_box_of_its_line_and_no_other():
    paper = Paper(read(sample.path("pdf")), today=TODAY)
    unit = max((u for u in paper.running if u.kind == "paragraph" and len(u.places) == 1), key=lambda u: len(u.places[0].boxes))
    last = unit.text.rsplit(" ", 1)[1]
    (place,) = paper.at(unit, len(unit.text) - len(last))
    assert len(unit.places[0].boxes) > 3
    assert place.boxes == (unit.places[0].boxes[-1],)


def test_a_place_is_found_through_hyphens_line_breaks_and_markers():
    page = Page(number=1, text="3. The pro-\ngramme met its\ntargets in 2019.")
    text = "The programme met its targets in 2019."
    start = text.index("programme")
    (place,) = part([page], text, [Place(page=1, start=0, end=len(page.text))], start, start + len("programme"))
    assert page.text[place.start : place.end] == "pro-\ngramme"


def test_words_that_cannot_be_found_give_the_place_of_the_whole():
    page = Page(number=1, text="Something else stands here.")
    whole = Place(page=1, start=0, end=10)
    assert part([page], "The programme", [whole], 4, 13) == (whole,)


def test_sections_hold_their_subsections():
    text = "# Evaluation\n\n## Methodology\n\nA.\n\n### Limitations\n\nB.\n\n## Findings\n\nC.\n"
    paper = Paper(read(text.encode(), name="s.md"), today=TODAY)
    found = {s.title: [u.text for u in paper.under(s)] for s in paper.sections}
    assert found["Methodology"] == ["A.", "Limitations", "B."]
    assert found["Limitations"] == ["B."]
    assert found["Findings"] == ["C."]
    assert paper.section("method").title == "Methodology"


@pytest.mark.parametrize(
    "text,genre",
    [
        ("# Annual report 2024\n\nThe company grew.\n", "other"),
        (
            "# Management response\n\n## Recommendation 1\n\nPublish it.\n\nManagement response: Accepted. It will be published in May.\n",
            "response",
        ),
    ],
)
def test_the_kind_of_paper_is_told_from_what_it_holds(text, genre):
    assert Paper(read(text.encode(), name="s.md"), today=TODAY).genre == genre
