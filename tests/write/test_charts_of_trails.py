from __future__ import annotations

import pytest

from evaltrail.record import Action, Answer, Evaluation, Link, Observation, Recommendation, Response
from evaltrail.write import charts as c
from evaltrail.write.charts._colour import ALARM
from evaltrail.write.charts._trail_rows import rows_of
from tests.write.charted import SVG, root, rows, texts


def evaluation(**changed: object) -> Evaluation:
    """Three findings, two conclusions, three recommendations, one with a part, and two answers."""
    statements = (
        *(Observation(id=f"f{n}", kind="finding", number=f"{n}.", text=f"Finding {n} in its words") for n in (1, 2, 3)),
        *(Observation(id=f"c{n}", kind="conclusion", number=str(n), text=f"Conclusion {n}") for n in (1, 2)),
        Observation(id="l1", kind="lesson", text="A lesson that leads nowhere"),
        *(Recommendation(id=f"r{n}", number=str(n), text=f"Recommendation {n}", priority="high") for n in (1, 2, 3)),
        Recommendation(id="r1a", parent="r1", number="1(a)", text="A part"),
        Response(
            id="m1",
            text="We agree.",
            verdict="accepted",
            answers=(Answer(id="r1"),),
            actions=(Action(text="Issue it", number="1.1", due="2025"),),
        ),
        Response(id="m2", text="This proposal is welcomed.", verdict="partially_accepted", answers=(Answer(id="r2"),)),
    )
    links = (
        Link(from_="f1", to="c1", kind="supports", basis="stated"),
        Link(from_="f2", to="c1", kind="supports", basis="proposed", score=0.7),
        Link(from_="c1", to="r1a", kind="leads_to", basis="stated"),
        Link(from_="c2", to="r2", kind="leads_to", basis="person"),
        Link(from_="m1", to="r1", kind="answers", basis="stated"),
    )
    return Evaluation(**{"id": "e1", "statements": statements, "links": links} | changed)


def ends(trail: c.Trail) -> set[tuple[str, str, bool]]:
    return {(x.start, x.end, x.proposed) for x in trail.lines}


def test_lines_follow_the_links_and_answers_of_the_record() -> None:
    assert ends(c.trail_of(evaluation())) == {
        ("f1", "c1", False),
        ("f2", "c1", True),
        ("c1", "r1", False),  # a part's line is the whole's
        ("c2", "r2", False),
        ("r1", "m1", False),
        ("r2", "m2", False),
        ("m1", "m1/action/0", False),
    }


def test_statements_are_named_by_letter_and_number_and_answers_by_their_verdict() -> None:
    nodes = {n.id: n for n in c.trail_of(evaluation()).nodes}
    assert [nodes[i].label for i in ("f1", "c2", "r3", "m1", "m2", "m1/action/0")] == [
        "F1",
        "C2",
        "R3",
        "Accepted",
        "Accepted in part",
        "1.1",
    ]
    assert nodes["r1"].note == "high"
    assert nodes["m2"].sign == "partially_accepted"
    assert "r1a" not in nodes
    assert "l1" not in nodes


def test_a_break_is_where_something_rests_on_nothing_or_nothing_follows() -> None:
    found = {(b.node, b.column, b.said) for b in c.trail_of(evaluation()).breaks}
    assert found == {
        ("c2", "findings", "Rests on no finding"),
        ("r3", "conclusions", "Rests on no conclusion"),
        ("r3", "responses", "No response"),
        ("m2", "actions", "Promises no action"),
    }


def test_a_paper_without_answers_or_findings_misses_none() -> None:
    only = tuple(s for s in evaluation().statements if s.kind == "recommendation")
    assert c.trail_of(evaluation(statements=only, links=())).breaks == ()


def test_evidence_is_missed_only_where_evidence_is_told() -> None:
    trail = c.trail_of(evaluation(), evidence={"f1": ["Survey of 412 people"], "f2": ["Ledgers"]})
    assert [n.text for n in trail.nodes if n.column == "evidence"] == ["Survey of 412 people", "Ledgers"]
    assert ("f1/evidence/0", "f1", False) in ends(trail)
    assert [b.node for b in trail.breaks if b.column == "evidence"] == ["f3"]


def test_a_stated_link_counts_before_a_proposed_one_between_the_same() -> None:
    both = tuple(Link(from_="f1", to="c1", kind="supports", basis=b) for b in ("proposed", "stated", "proposed"))
    assert ends(c.trail_of(evaluation(links=both))) >= {("f1", "c1", False)}


def test_the_threads_of_some_recommendations_can_be_taken_alone() -> None:
    trail = c.trail_of(evaluation(), recommendations={"r1"})
    assert {n.id for n in trail.nodes} == {"f1", "f2", "c1", "r1", "m1", "m1/action/0"}
    assert trail.breaks == ()


def test_links_to_what_is_not_there_and_circles_of_parts_do_no_harm() -> None:
    odd = (
        Recommendation(id="a", parent="b", text="A"),
        Recommendation(id="b", parent="a", text="B"),
        Observation(id="f", kind="finding", text="F"),
    )
    links = (Link(from_="f", to="gone", kind="leads_to", basis="stated"), Link(from_="f", to="f", kind="supports", basis="stated"))
    trail = c.trail_of(evaluation(statements=odd, links=links))
    assert trail.lines == ()
    assert c.trail(trail).picture.height > 0


def test_a_broken_line_is_red_has_a_gap_between_two_bars_and_a_box_that_says_why() -> None:
    chart = c.trail(c.trail_of(evaluation()))
    assert "No response" in texts(chart)
    boxes = [el for el in root(chart).iter(f"{SVG}rect") if el.get("stroke") == ALARM]
    red = [el for el in root(chart).iter(f"{SVG}line") if el.get("stroke") == ALARM]
    assert len(boxes) == 4
    assert len(red) == 4 * (4 + 1)  # two lines and two bars each, and one in the legend
    assert "Breaks: 4 (C2: Rests on no finding; R3: Rests on no conclusion; R3: No response; Accepted in part: Promises no action)." in (
        chart.picture.description
    )


def test_a_proposed_line_is_dotted_and_what_is_not_yet_due_dashed() -> None:
    trail = c.Trail(
        (c.TrailNode("r", "recommendations", "R1"), c.TrailNode("f", "findings", "F1")),
        (c.TrailLine("f", "r", proposed=True),),
        (c.TrailBreak("r", "responses", "Answer due 4 April", due=True),),
    )
    chart = c.trail(trail)
    dashes = [el.get("stroke-dasharray") for tag in ("line", "path") for el in root(chart).iter(f"{SVG}{tag}")]
    assert dashes.count("1.2 2.2") == 2
    assert dashes.count("3.2 2.4") == 2
    assert "Breaks: 0." in chart.picture.description


def test_the_data_of_a_trail_say_where_each_statement_leads_and_what_is_missing() -> None:
    data = rows(c.trail(c.trail_of(evaluation())).data)
    assert data[0] == ["Kind", "Number", "Text", "Leads to", "Missing"]
    assert ["Findings", "F2", "Finding 2 in its words", "C1 (proposed)", ""] in data
    assert ["Recommendations", "R3, high", "Recommendation 3", "", "Rests on no conclusion; No response"] in data


def test_columns_without_anything_are_left_out() -> None:
    trail = c.Trail((c.TrailNode("f", "findings", "F1", "One"), c.TrailNode("r", "recommendations", "R1", "Two")), (c.TrailLine("f", "r"),))
    drawn = texts(c.trail(trail))
    assert [t for t in drawn if t in {"Evidence", "Findings", "Conclusions", "Recommendations", "Responses"}] == [
        "Findings",
        "Recommendations",
    ]


def test_lines_that_run_backwards_or_twice_are_drawn_once_or_not() -> None:
    nodes = (c.TrailNode("f", "findings", "F1"), c.TrailNode("r", "recommendations", "R1"))
    trail = c.Trail(nodes, (c.TrailLine("f", "r"), c.TrailLine("f", "r"), c.TrailLine("r", "f"), c.TrailLine("f", "x")))
    assert "Lines: 1 stated, 0 proposed." in c.trail(trail).picture.description


def test_threads_that_do_not_meet_run_level() -> None:
    layers = [[f"a{i}" for i in range(5)], ["b4", "b3", "b2", "b1", "b0"], [f"c{i}" for i in range(5)]]
    got = rows_of(layers, [(f"a{i}", f"b{i}") for i in range(5)] + [(f"b{i}", f"c{i}") for i in range(5)])
    assert all(got[f"a{i}"] == got[f"b{i}"] == got[f"c{i}"] for i in range(5))


@pytest.mark.parametrize("many", [1, 7, 40])
def test_no_two_of_a_column_share_a_row_and_no_row_is_empty(many: int) -> None:
    layers = [[f"{k}{i}" for i in range((many * (k + 2)) % 11 + 1)] for k in range(5)]
    joins = [(f"{k}{i % len(layers[k])}", f"{k + 1}{(i * 3) % len(layers[k + 1])}") for k in range(4) for i in range(many)]
    got = rows_of(layers, joins)
    assert all(len({got[n] for n in layer}) == len(layer) for layer in layers)
    assert sorted(set(got.values())) == list(range(max(got.values()) + 1))


def test_of_nothing_rows_are_nothing() -> None:
    assert rows_of([], []) == {}
    assert rows_of([[], ["a"], []], []) == {"a": 0}


def test_a_label_that_many_share_names_none_of_them() -> None:
    found = tuple(
        Observation(id=f"f{n}", kind="finding", label=label, text=f"Words {n}")
        for n, label in enumerate(("Findings", "Findings", "On ice"))
    )
    assert [n.label for n in c.trail_of(evaluation(statements=found, links=())).nodes] == ["", "", "On ice"]


def test_the_papers_order_stands_where_no_other_crosses_less() -> None:
    got = rows_of([["e1", "e2"], ["f1", "f2", "f3"]], [("e1", "f1"), ("e1", "f2"), ("e2", "f2"), ("e2", "f3")])
    assert [n for n in sorted(got, key=got.__getitem__) if n[0] == "f"] == ["f1", "f2", "f3"]
    crossed = rows_of([["e1", "e2"], ["f1", "f2"]], [("e1", "f2"), ("e2", "f1")])
    assert (crossed["e1"], crossed["e2"]) == (crossed["f2"], crossed["f1"])


def test_a_proposed_line_does_not_move_what_stated_lines_hold_in_place() -> None:
    nodes = tuple(
        c.TrailNode(f"{k}{i}", column, f"{k.upper()}{i}") for k, column in (("f", "findings"), ("r", "recommendations")) for i in range(4)
    )
    stated = tuple(c.TrailLine(f"f{i}", f"r{i}") for i in range(4))
    drawn = texts(c.trail(c.Trail(nodes, (*stated, c.TrailLine("f0", "r3", proposed=True)))))
    assert [t for t in drawn if t[0] in "FR" and t[1:].isdigit()] == [n.label for n in nodes]
    lines = next(el.get("d", "") for el in root(c.trail(c.Trail(nodes, stated))).iter(f"{SVG}path"))
    assert "C" not in lines
