"""From a paper to its record: what belongs together, in the order of the paper, with ids, links and places."""

from __future__ import annotations

import json
from collections import Counter

import pytest

REPORT = """
<h1>Independent evaluation of the ferries of the four islands, 2017–2021</h1>
<h2>Executive summary</h2>
<h3>Recommendations</h3>
<ol><li>Repair the northern pier before the winter storms begin.</li>
<li>Publish the fares of every route on the page of the authority.</li></ol>
<h2>1. Introduction</h2>
<p>The authority runs eleven ferries between the four islands.<a href="#n1" id="r1" role="doc-noteref"><sup>1</sup></a>
The team held 43 interviews.</p>
<h2>2. Findings</h2>
<h3>2.1 Relevance</h3>
<p><strong>Finding 1:</strong> The service is what the islanders ask for.</p>
<h3>2.2 Efficiency</h3>
<p><strong>Finding 2:</strong> Fuel costs a third more than at the neighbouring ports (see recommendation 2).</p>
<h2>3. Conclusions</h2>
<p><strong>Conclusion 1.</strong> The route is needed as long as there is no bridge.</p>
<h2>4. Recommendations</h2>
<p><strong>Recommendation 1:</strong> The authority should repair the northern pier before the winter storms begin.</p>
<table><tr><th>Responsible unit</th><th>Priority</th><th>Time implication</th><th>Resource implication</th></tr>
<tr><td>Harbour office, ferry board</td><td>High</td><td>Short-term</td><td>Low</td></tr></table>
<p><strong>Recommendation 2:</strong> The authority should publish the fares of every route on its page.</p>
<table><tr><th>Responsible unit</th><th>Priority</th><th>Time implication</th><th>Resource implication</th></tr>
<tr><td>Ministry of Ports</td><td>Medium</td><td>Long-term</td><td>High</td></tr></table>
<h2>5. Lessons learned</h2>
<ul><li>Crews know the weather better than the office does.</li><li>A timetable that nobody sees helps nobody.</li></ul>
<h2>Annex 1: Management response</h2>
<p><strong>Recommendation 1:</strong> The authority should repair the northern pier before the winter storms begin.</p>
<p><strong>Management response:</strong> Accepted. The work begins in May.</p>
<p><strong>Recommendation 2:</strong> The authority should publish the fares of every route on its page.</p>
<p><strong>Management response:</strong> Rejected. Fares change with the tide.</p>
<section role="doc-endnotes"><ol>
<li id="n1" role="doc-footnote"><p>Two more are being built. <a href="#r1" role="doc-backlink">↩</a></p></li></ol></section>
"""


@pytest.fixture(scope="module")
def paper(page):
    return page(REPORT)


def test_every_kind_is_read_once(paper) -> None:
    assert paper.kinds() == {"conclusion": 1, "finding": 2, "lesson": 2, "recommendation": 2, "response": 2}


def test_ids_are_made_of_kind_and_number_and_stand_for_one_thing(paper) -> None:
    ids = [s.id for e in paper.record.evaluations for s in e.statements]
    assert ids == ["1.f1", "1.f2", "1.c1", "1.r1", "1.r2", "1.ln1", "1.ln2", "1.a1", "1.a2"]
    assert max(Counter(ids).values()) == 1


def test_a_recommendation_has_what_its_table_says_as_printed_and_normalised(paper) -> None:
    first, second = paper.all("recommendation")
    assert first.responsible == ("Harbour office", "ferry board")
    assert (first.priority, first.time, first.resources) == ("high", "short-term", "low")
    assert (second.as_printed.priority, second.as_printed.time, second.as_printed.resources) == ("Medium", "Long-term", "High")
    assert first.origin["priority"].how == "printed"


def test_findings_have_the_criteria_of_their_sections_and_say_whence(paper) -> None:
    assert paper.criteria("finding") == [("relevance",), ("efficiency",)]
    assert {s.origin["criteria"].how for s in paper.all("finding")} == {"inferred"}


def test_answers_lead_to_the_recommendations_of_the_body(paper) -> None:
    assert [(s.verdict, [a.id for a in s.answers]) for s in paper.all("response")] == [("accepted", ["1.r1"]), ("rejected", ["1.r2"])]
    (evaluation,) = paper.record.evaluations
    assert [(link.from_, link.to) for link in evaluation.links if link.kind == "answers"] == [("1.a1", "1.r1"), ("1.a2", "1.r2")]


def test_the_evaluation_has_the_title_and_period_of_the_paper(paper) -> None:
    (evaluation,) = paper.record.evaluations
    assert (evaluation.period.from_, evaluation.period.to) == (2017, 2021)
    assert evaluation.title == paper.record.document.title == "Independent evaluation of the ferries of the four islands, 2017–2021"


def test_a_footnote_stands_with_the_place_of_its_mark(paper) -> None:
    (note,) = paper.record.footnotes
    assert note.text == "Two more are being built."
    text = paper.record.pages[0].text
    assert [text[p.start : p.end].split()[-1] for p in note.marks] == ["islands."]


def test_numbers_of_the_text_are_in_the_ledger(paper) -> None:
    assert (43.0, "interviews") in [(q.value, q.unit) for q in paper.record.quantities]


def test_every_statement_stands_where_it_says(paper) -> None:
    text = paper.record.pages[0].text
    for statement in (s for e in paper.record.evaluations for s in e.statements):
        printed = " ".join(" ".join(text[p.start : p.end] for p in statement.places).split())
        assert printed == " ".join(statement.text.split())


def test_a_paper_read_twice_gives_the_same_record(page, paper) -> None:
    assert json.loads(page(REPORT).record.to_json()) == json.loads(paper.record.to_json())


def test_the_same_paper_in_markdown_states_the_same(markdown) -> None:
    paper = markdown(
        """
# Independent evaluation of the ferries

## Findings

### Relevance

**Finding 1:** The service is what the islanders ask for.

## Recommendations

**Recommendation 1:** The authority should repair the northern pier.

| Responsible unit | Priority | Time |
|---|---|---|
| Ferry board | High | Short-term |

## Lessons learned

- Crews know the weather better than the office does.
- A timetable that nobody sees helps nobody.
"""
    )
    assert paper.kinds() == {"finding": 1, "lesson": 2, "recommendation": 1}
    assert paper.all("recommendation")[0].responsible == ("Ferry board",)


def test_an_action_table_whose_columns_are_lost_still_completes_its_recommendation(plain) -> None:
    paper = plain(
        """Evaluation of the ferries of the four islands

Recommendations

Recommendation 1

26. The authority should repair the northern pier before the winter storms begin, and the steps first of all.

Responsible unit Priority Time implication Resource implication

PORTS, FERRYBOARD High Short-term Within existing
resources

Recommendation 2

27. The authority should publish the fares of every route on the page of the authority, in both languages.

Responsible unit Priority Time implication Resource implication

PORTS Medium Long-term Low
"""
    )
    found = paper.all("recommendation")
    assert [r.number for r in found] == ["1", "2"]
    assert [r.priority for r in found] == ["high", "medium"]
    assert [r.time for r in found] == ["short-term", "long-term"]
    assert found[0].responsible == ("PORTS", "FERRYBOARD")
    assert found[0].as_printed.resources == "Within existing resources"


def test_a_response_that_first_quotes_its_recommendation_is_read_without_the_quotation(lines) -> None:
    quoted = "The authority should repair the northern pier before the winter storms begin."
    paper = lines(
        f"""
# Ferries of the four islands
## Recommendations
### Recommendation 1
{quoted}
## Management response
### Recommendation 1
{quoted}
The Office accepts the recommendation and begins in May.
"""
    )
    assert paper.texts("recommendation") == [quoted]
    assert paper.texts("response") == ["The Office accepts the recommendation and begins in May."]


def test_running_paragraphs_are_told_from_lists_that_begin_anew(lines, filler) -> None:
    texts = filler(12).split("\n")
    numbered = "\n".join(f"{n}. {line}\n" + ("1) one pier\n2) two piers" if n % 4 == 0 else "") for n, line in enumerate(texts, 1))
    paper = lines(f"# Ferries\n## The service\n{numbered}")
    assert [p.number for p in paper.record.paragraphs] == [str(n) for n in range(1, 13)]
    assert [p.text for p in paper.record.paragraphs] == texts


def test_a_long_list_in_one_place_numbers_no_paragraphs(lines, filler) -> None:
    items = "\n".join(f"{n}. {line}" for n, line in enumerate(filler(10).split("\n"), 1))
    assert lines(f"# Ferries\n{filler(30)}\n## List\n{items}").record.paragraphs == ()


def test_a_paper_without_statements_gives_an_evaluation_without_any(lines, filler) -> None:
    paper = lines(f"# Ferries of the four islands\n{filler(5)}")
    (evaluation,) = paper.record.evaluations
    assert evaluation.statements == ()
    assert evaluation.title == "Ferries of the four islands"


def test_the_language_is_told_from_the_text(lines) -> None:
    text = (
        "Les bacs relient les quatre îles tous les jours, et les passagers paient à bord. Le quai du nord est ancien et doit être réparé."
    )
    assert lines(f"# Évaluation\n{text}\n{text}").record.document.language == "fr"
