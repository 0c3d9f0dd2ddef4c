"""A trail becomes a picture: rows, lines that meet their nodes, breaks that stay open, threads that stop where nobody confirmed."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from evaltrail.write.charts import Trail, TrailBreak, TrailLine, TrailNode
from evaltrail_office.evaluations.trail import COLUMNS, HIGH, fitting, only, picture

SMALL = Trail(
    (
        TrailNode("e", "evidence", "§6"),
        TrailNode("f1", "findings", "F1"),
        TrailNode("f2", "findings", "F2"),
        TrailNode("c1", "conclusions", "C1"),
        TrailNode("r1", "recommendations", "R1"),
        TrailNode("r2", "recommendations", "R2"),
        TrailNode("a1", "responses", "Accepted"),
    ),
    (
        TrailLine("e", "f1"),
        TrailLine("f1", "c1"),
        TrailLine("f2", "c1", proposed=True),
        TrailLine("c1", "r1"),
        TrailLine("f2", "r2"),
        TrailLine("r1", "a1"),
    ),
    (TrailBreak("f2", "evidence", "No evidence cited"), TrailBreak("a1", "actions", "Promises no action")),
)


def threads(trail: Trail) -> dict[str, set[str]]:
    """The nodes in each node's thread."""
    drawn = picture(trail)
    names = {n.at: n.node.id for n in drawn.nodes}
    found: dict[str, set[str]] = {name: set() for name in names.values()}
    for n in drawn.nodes:
        for at in n.threads:
            found[names[at]].add(n.node.id)
    return found


def test_columns_stand_in_their_order_with_what_is_in_them() -> None:
    assert [(c.name, c.count) for c in picture(SMALL).columns] == [
        ("evidence", 1),
        ("findings", 2),
        ("conclusions", 1),
        ("recommendations", 2),
        ("responses", 1),
        ("actions", 0),
    ]


def test_a_thread_goes_both_ways_along_what_is_stated() -> None:
    assert threads(SMALL)["c1"] == {"e", "f1", "c1", "r1", "a1"}
    assert threads(SMALL)["r2"] == {"f2", "r2"}


def test_a_line_that_is_only_proposed_carries_no_thread_further() -> None:
    # From F2 to C1 nobody confirmed it; R1 and its answer are not F2's. The line itself is lit with both.
    assert threads(SMALL)["f2"] == {"f2", "r2"}
    assert "f2" not in threads(SMALL)["a1"]
    drawn = picture(SMALL)
    at = {n.node.id: n.at for n in drawn.nodes}
    (proposed,) = (line for line in drawn.lines if line.proposed)
    assert {at["f2"], at["c1"], at["r1"]} <= set(proposed.threads)


def test_a_break_is_a_gap_in_the_line_and_names_what_is_missing() -> None:
    drawn = picture(SMALL)
    assert drawn.breaks == 2
    evidence, action = drawn.gaps
    assert (evidence.said, evidence.column, action.said, action.column) == ("No evidence cited", 0, "Promises no action", 5)
    # Two pieces with a bar each: four moves of the pen.
    assert evidence.path.count("M") == 4


def test_a_line_that_passes_a_column_has_a_row_of_its_own_there() -> None:
    # From F2 to R2, past the conclusions.
    drawn = picture(SMALL)
    rows = {n.node.id: n.row for n in drawn.nodes}
    (passing,) = (line for line in drawn.lines if line.path.count("M") == 2)
    assert f" {rows['c1'] * HIGH + 6}H" not in passing.path


def test_what_is_not_yet_due_is_no_break() -> None:
    waiting = Trail(SMALL.nodes, SMALL.lines, (TrailBreak("r2", "responses", "Answer due 4 April", due=True),))
    drawn = picture(waiting)
    assert drawn.breaks == 0
    assert [gap.due for gap in drawn.gaps] == [True]


def test_an_empty_trail_is_an_empty_picture() -> None:
    assert picture(Trail(())).nodes == ()


def test_a_part_of_a_trail_has_what_leads_to_it_and_what_follows() -> None:
    part = only(SMALL, ["r2"])
    assert {n.id for n in part.nodes} == {"f2", "r2"}
    assert [b.node for b in part.breaks] == ["f2"]


def test_a_long_trail_shows_the_threads_of_as_many_recommendations_as_fit() -> None:
    nodes = tuple(n for k in range(20) for n in (TrailNode(f"f{k}", "findings", f"F{k}"), TrailNode(f"r{k}", "recommendations", f"R{k}")))
    long = Trail(nodes, tuple(TrailLine(f"f{k}", f"r{k}") for k in range(20)))
    part, shown = fitting(long, 6)
    assert (shown, len(part.nodes)) == (6, 12)
    assert fitting(long, 20) == (long, 0)


def test_where_one_thread_alone_is_too_long_its_evidence_is_left_out() -> None:
    evidence = tuple(TrailNode(f"e{k}", "evidence", "") for k in range(9))
    one = Trail((*evidence, *SMALL.nodes[1:]), (*SMALL.lines[1:], *(TrailLine(e.id, "f1") for e in evidence)), SMALL.breaks)
    part, shown = fitting(one, 5)
    assert shown == 1
    assert {n.column for n in part.nodes} == {"findings", "conclusions", "recommendations", "responses"}


def test_every_recommendation_has_its_thread_as_a_list() -> None:
    first, second = picture(SMALL).threads
    assert (first.of.id, [n.id for n in first.nodes]) == ("r1", ["e", "f1", "f2", "c1", "r1", "a1"])
    assert first.proposed == {"f2"}
    assert (second.of.id, [n.id for n in second.nodes], [b.said for b in second.gaps]) == ("r2", ["f2", "r2"], ["No evidence cited"])


nodes = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), unique=True, min_size=1, max_size=30)
pairs = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29), st.booleans()), max_size=60)


@given(nodes, pairs)
def test_any_trail_is_drawn_with_whole_rows_and_lines_that_begin_and_end_at_nodes(
    there: list[tuple[int, int]], joined: list[tuple[int, int, bool]]
) -> None:
    made = [TrailNode(f"{c}.{n}", COLUMNS[c], str(n)) for c, n in there]
    lines = [TrailLine(made[a % len(made)].id, made[b % len(made)].id, p) for a, b, p in joined]
    drawn = picture(Trail(tuple(made), tuple(lines)))
    assert {n.node.id for n in drawn.nodes} == {n.id for n in made}
    assert len({(n.column, n.row) for n in drawn.nodes}) == len(made)
    heights = {n.row * HIGH + 6 for n in drawn.nodes} | {row * HIGH + 6 for row in range(drawn.rows)}
    for line in drawn.lines:
        assert {int(y) for y in re.findall(r"M[\d.]+ (\d+)", line.path)} <= heights
    for n in drawn.nodes:
        assert n.at in n.threads
