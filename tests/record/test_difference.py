"""What changed between two records: each kind of change is found, told once, and nothing else is told."""

from __future__ import annotations

import importlib.util
import random
from collections import Counter
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given

from evaltrail import diff, sample
from evaltrail.read import read
from evaltrail.record import Comparison, Edit, Record, edited

Fields = dict[str, Any]


def _versions() -> Any:
    """The module beside this one; tests are no package."""
    spec = importlib.util.spec_from_file_location("record_versions", Path(__file__).with_name("versions.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


versions = _versions()
sentence, statement, record, records, KINDS = versions.sentence, versions.statement, versions.record, versions.records, versions.KINDS


def in_short(found: Comparison) -> list[tuple[str, str, str]]:
    """Kind, way and name of each change."""
    return [(c.what, c.how, (c.new or c.old)[0].name) for c in found.changes]


def fields(found: Comparison, n: int = 0) -> dict[str, tuple[Any, Any]]:
    return {f.field: (f.old, f.new) for f in found.changes[n].fields}


FIVE = [statement(n) for n in range(1, 6)]


# One change each


def test_a_record_and_itself_have_no_difference() -> None:
    found = diff(record(*FIVE), record(*FIVE))
    assert found.empty
    assert found.tallies[1].what == "finding"
    assert found.tallies[1].same == 5


def test_a_word_that_changed_is_shown_in_its_text() -> None:
    after = [dict(FIVE[0], text=FIVE[0]["text"].replace("case 1", "case 9")), *FIVE[1:]]
    found = diff(record(*FIVE), record(*after))
    assert in_short(found) == [("finding", "changed", "Finding 1")]
    assert [(s.how, s.text) for s in found.changes[0].fields[0].words if s.how != "same"] == [("removed", "1"), ("added", "9")]


def test_one_that_was_put_in_is_added_and_those_after_it_only_have_another_number() -> None:
    after = [statement(1), dict(statement(9), number="2", label="Finding 2"), *(
        dict(s, id=f"x{n}", number=str(n + 1), label=f"Finding {n + 1}") for n, s in enumerate(FIVE[1:], 2)
    )]  # fmt: skip
    found = diff(record(*FIVE), record(*after))
    assert in_short(found) == [("finding", "added", "Finding 2"), *(("finding", "renumbered", f"Finding {n}") for n in (3, 4, 5, 6))]
    assert found.changes[1].by == "words"


def test_one_that_is_gone_is_told_where_it_stood() -> None:
    found = diff(record(*FIVE), record(*FIVE[:2], *FIVE[3:], statement(7)))
    assert in_short(found) == [("finding", "removed", "Finding 3"), ("finding", "added", "Finding 7")]


def test_one_that_was_moved_is_told_once_and_its_neighbours_are_not() -> None:
    found = diff(record(*FIVE), record(*FIVE[1:4], FIVE[0], FIVE[4]))
    assert in_short(found) == [("finding", "moved", "Finding 1")]
    assert fields(found) == {"order": (1, 4)}


def test_a_finding_that_became_a_conclusion_is_the_same_statement() -> None:
    after = [*FIVE[:4], dict(FIVE[4], kind="conclusion", number=None, label=None)]
    found = diff(record(*FIVE), record(*after))
    assert in_short(found) == [("conclusion", "changed", "Conclusion (1st, not numbered)")]
    assert fields(found)["kind"] == ("finding", "conclusion")


def test_a_choice_of_kinds_keeps_their_changes_and_counts_alone() -> None:
    asked = statement(1, "recommendation")
    after = [dict(FIVE[0], kind="conclusion"), *FIVE[1:], dict(asked, priority="high")]
    found = diff(record(*FIVE, asked), record(*after))
    assert [(c.what, c.how) for c in found.only("finding").changes] == [("conclusion", "changed")]
    assert {t.what: t.all_changes for t in found.only("finding").tallies} == {"finding": 0, "conclusion": 1}
    assert [c.what for c in found.only("recommendation").changes] == ["recommendation"]
    assert found.only("rating").empty


def test_a_match_by_likeness_says_how_like() -> None:
    before = dict(FIVE[0], number=None, label=None)
    after = dict(before, text=before["text"].replace(" in case 1", " of the first year"))
    found = diff(record(before, *FIVE[1:]), record(after, *FIVE[1:]))
    (change,) = found.changes
    assert change.by == "likeness"
    assert change.likeness is not None
    assert 0.5 < change.likeness < 1


def test_a_statement_written_wholly_anew_under_its_number_is_a_change() -> None:
    found = diff(record(*FIVE), record(dict(FIVE[0], text="Nothing of what stood here before has been kept by anybody."), *FIVE[1:]))
    assert in_short(found) == [("finding", "changed", "Finding 1")]
    assert found.changes[0].by == "name"
    assert (found.changes[0].likeness or 0) < 0.3


def test_one_that_was_split_in_two_is_told_as_split_and_not_as_added() -> None:
    whole = statement(1, "recommendation", text=f"{sentence(41)} {sentence(42)}")
    pieces = statement(1, "recommendation", text=sentence(41)), statement(2, "recommendation", text=sentence(42))
    found = diff(record(whole, *FIVE), record(*pieces, *FIVE))
    assert in_short(found) == [("recommendation", "split", "Recommendation 1")]
    assert [s.name for s in found.changes[0].new] == ["Recommendation 1", "Recommendation 2"]
    back = diff(record(*pieces, *FIVE), record(whole, *FIVE))
    assert in_short(back) == [("recommendation", "merged", "Recommendation 1")]


def test_what_else_changed_in_one_that_was_split_is_told_with_it() -> None:
    whole = statement(1, "recommendation", text=f"{sentence(41)} {sentence(42)}", priority="high")
    pieces = statement(1, "recommendation", text=sentence(41), priority="low"), statement(2, "recommendation", text=sentence(42))
    assert fields(diff(record(whole), record(*pieces)))["priority"] == ("high", "low")


def test_a_recommendation_s_owners_priority_time_and_printed_words_are_compared() -> None:
    before = statement(1, "recommendation", responsible=["LEGAL"], priority="high", as_printed={"time": "by 2025"}, criteria=["impact"])
    after = dict(before, responsible=["LEGAL", "FINANCE"], priority=None, as_printed={"time": "by 2026"}, criteria=[], house="x")
    assert fields(diff(record(before), record(after))) == {
        "criteria": (("impact",), ()),
        "responsible": (("LEGAL",), ("LEGAL", "FINANCE")),
        "priority": ("high", None),
        "as_printed.time": ("by 2025", "by 2026"),
        "house": (None, "x"),
    }


def test_a_response_s_verdict_answers_and_actions_are_compared() -> None:
    asked = [statement(n, "recommendation") for n in (1, 2)]
    actions = [{"text": sentence(51), "due": "2025", "number": "1.1"}, {"text": sentence(52), "number": "1.2"}]
    before = {
        "id": "a",
        "kind": "response",
        "text": "Agreed.",
        "verdict": "accepted",
        "answers": [{"id": "recommendation1"}],
        "actions": actions,
    }
    later = [dict(actions[0], due="2026"), {"text": sentence(53), "number": "1.3"}]
    after = dict(before, verdict="rejected", answers=[{"id": "recommendation2"}], actions=later)
    (change,) = diff(record(*asked, before), record(*asked, after)).changes
    assert {f.field for f in change.fields} == {"verdict", "answers"}
    assert [(a.how, (a.new or a.old)[0].name) for a in change.actions] == [
        ("changed", "Action 1.1"),
        ("removed", "Action 1.2"),
        ("added", "Action 1.3"),
    ]


def test_an_answer_to_a_recommendation_that_got_another_number_is_the_same_answer() -> None:
    answer = {"id": "a", "kind": "response", "text": sentence(60), "answers": [{"id": "recommendation1"}]}
    after = dict(statement(1, "recommendation"), number="2", label="Recommendation 2", id="new")
    found = diff(record(statement(1, "recommendation"), answer), record(after, dict(answer, answers=[{"id": "new"}])))
    assert [(c.what, c.how) for c in found.changes] == [("recommendation", "renumbered")]


def test_a_point_s_words_are_told_once_though_they_stand_in_the_whole_too() -> None:
    def asked(words: str) -> list[Fields]:
        return [
            statement(1, "recommendation", text=f"{sentence(71)}\n{words}\n{sentence(73)}"),
            {"id": "p", "kind": "recommendation", "number": "1(a)", "parent": "recommendation1", "text": words},
        ]

    found = diff(record(*asked(sentence(72))), record(*asked(sentence(72).replace("72", "80"))))
    assert in_short(found) == [("recommendation", "changed", "Recommendation 1")]


def test_ratings_decisions_footnotes_and_the_front_are_compared() -> None:
    def paper(value: float, upto: str, note: str, symbol: str) -> Record:
        base = record(*FIVE).model_dump(by_alias=True, mode="json")
        base["document"]["symbol"] = symbol
        base["evaluations"][0]["ratings"] = [{"criterion": "relevance", "value": value, "as_printed": f"{value:g}"}]
        base["evaluations"][0]["overall_responses"] = [{"text": sentence(81), "verdict": "accepted" if value > 3 else "rejected"}]
        base["decisions"] = [{"paragraph": "85", "text": f"paragraphs 1–{upto}", "refers": [{"from": "1", "to": upto}]}]
        base["footnotes"] = [{"number": "1", "text": sentence(82)}, {"number": "2", "text": note}]
        return Record.model_validate(base)

    found = diff(paper(4, "25", sentence(83), "A/1"), paper(2, "26", sentence(83).replace("83", "84"), "A/1/Rev.1"))
    assert [(c.what, c.how) for c in found.changes] == [
        ("document", "changed"),
        ("rating", "changed"),
        ("overall_response", "changed"),
        ("decision", "changed"),
        ("footnote", "changed"),
    ]
    assert fields(found, 1)["value"] == (4.0, 2.0)
    assert fields(found, 3)["refers"] == (("1–25",), ("1–26",))


def test_notes_after_one_that_was_put_in_are_counted_and_not_listed() -> None:
    notes = [{"number": str(n), "text": sentence(90 + n)} for n in range(1, 6)]
    later = [notes[0], {"number": "2", "text": sentence(99)}, *(dict(x, number=str(n)) for n, x in enumerate(notes[1:], 3))]
    found = diff(record(footnotes=notes), record(footnotes=later))
    assert in_short(found) == [("footnote", "added", "Footnote 2")]
    assert found.renumbered_footnotes == 4


def test_a_statement_that_went_to_another_part_is_the_same_one() -> None:
    def parts(*of: list[Fields]) -> Record:
        return Record.model_validate(
            {"evaluations": [{"id": str(n), "label": f"Part {n}", "title": f"Title {n}", "statements": s} for n, s in enumerate(of, 1)]}
        )

    moved = dict(FIVE[0], id="moved", number="3", label="Finding 3")
    found = diff(parts(FIVE[:2], [statement(7), statement(8)]), parts(FIVE[1:2], [statement(7), statement(8), moved]))
    assert in_short(found) == [("finding", "moved", "Finding 3")]
    assert fields(found)["part"] == ("Part 1: Title 1", "Part 2: Title 2")


def test_recommendation_1_of_three_parts_is_found_again_in_its_own() -> None:
    def paper(words: str) -> Record:
        three = [
            {
                "id": p,
                "label": f"Part {p}",
                "title": f"On {p}",
                "statements": [statement(1, "recommendation", id=f"{p}r", text=f"{sentence(n)} {words}")],
            }
            for n, p in enumerate("ABC", 1)
        ]
        return Record.model_validate({"evaluations": three})

    found = diff(paper("Soon."), paper("Later."))
    assert [(c.part, c.how) for c in found.changes] == [
        ("Part A: On A", "changed"),
        ("Part B: On B", "changed"),
        ("Part C: On C", "changed"),
    ]


# Running text


def passages(*texts: str, **more: Any) -> Record:
    return record(passages=[{"kind": "paragraph", "marker": f"{n}.", "text": t, **more} for n, t in enumerate(texts, 1)])


def test_paragraphs_are_added_removed_and_changed_and_other_numbers_are_counted() -> None:
    texts = [sentence(n) for n in range(100, 106)]
    later = [texts[0], sentence(200), texts[1].replace("101", "7"), *texts[2:5]]
    found = diff(passages(*texts), passages(*later))
    assert [(c.how, (c.new or c.old)[0].name) for c in found.running] == [
        ("added", "Paragraph 2"),
        ("changed", "Paragraph 3"),
        ("removed", "Paragraph 6"),
    ]
    assert found.renumbered_paragraphs == 4
    assert found.changes == ()


def test_a_passage_that_is_a_statement_is_not_told_again_as_running_text() -> None:
    def paper(words: str) -> Record:
        place = {"page": 1, "start": 0, "end": len(words)}
        return record(
            dict(FIVE[0], text=words, places=[place]),
            pages=[{"number": 1, "text": words}],
            passages=[{"kind": "paragraph", "text": words, "places": [place]}],
        )

    found = diff(paper(sentence(1)), paper(sentence(1).replace("1", "2")))
    assert len(found.changes) == 1
    assert found.running == ()


# Two papers that are no versions of one


def test_papers_with_little_in_common_are_said_to_be() -> None:
    found = diff(record(*(statement(n) for n in range(1, 9))), record(*(statement(n, text=sentence(n + 500)) for n in range(1, 9))))
    assert "little in common" in found.notes[0]
    assert {c.how for c in found.changes} == {"added", "removed"}


def test_papers_without_statements_are_told_apart_by_their_passages() -> None:
    found = diff(passages(*(sentence(n) for n in range(40))), passages(*(sentence(n + 700) for n in range(40))))
    assert "little in common" in found.notes[0]
    assert diff(passages(*(sentence(n) for n in range(40))), passages(*(sentence(n) for n in range(30)))).notes == ()


def test_of_two_languages_numbers_and_values_are_compared_and_words_are_not() -> None:
    french = record(statement(1, "recommendation", text="Le port devrait être réparé.", priority="low"), document={"language": "fr"})
    found = diff(record(statement(1, "recommendation", priority="high")), french)
    assert "different languages" in found.notes[0]
    assert fields(found, 1) == {"priority": ("high", "low")}


def test_an_empty_record_lacks_everything() -> None:
    found = diff(record(*FIVE), Record())
    assert Counter(c.how for c in found.changes if c.what == "finding") == {"removed": 5}
    assert diff(Record(), Record()).empty


def test_two_papers_of_two_hundred_pages_are_compared_in_well_under_a_second() -> None:
    def paper(words: str) -> Record:
        texts = [" ".join(sentence(10 * n + k) for k in range(4)) for n in range(2500)]
        texts = [t.replace(" coast ", f" {words} ") if n % 10 == 0 else t for n, t in enumerate(texts)]
        return record(*(statement(n) for n in range(200)), passages=[{"kind": "paragraph", "text": t} for t in texts])

    old, new = paper("coast"), paper("lake")
    began = process_time()
    found = diff(old, new)
    # 0.2 s where this was written.
    assert process_time() - began < 2
    assert 100 < len(found.running) <= 250
    assert {c.how for c in found.running} == {"changed"}


# Properties


@given(records())
def test_any_record_and_itself_have_no_difference(one: Record) -> None:
    found = diff(one, one)
    assert found.empty, found.changes or found.running
    assert found.typographic == 0


@given(records(), records())
def test_what_was_added_is_what_was_removed_the_other_way_round(one: Record, other: Record) -> None:
    there, back = diff(one, other), diff(other, one)

    def ids(found: Comparison, how: str) -> Counter[Any]:
        return Counter((c.what, s.id, s.name, s.text) for c in found.changes if c.how == how for s in (*c.old, *c.new))

    assert ids(there, "added") == ids(back, "removed")
    assert ids(there, "removed") == ids(back, "added")


@given(records(), records())
def test_every_statement_is_told_or_the_same_and_none_twice(one: Record, other: Record) -> None:
    found = diff(one, other)
    for side, of in (("old", one), ("new", other)):
        told = Counter(s.id for c in found.changes if c.what in KINDS for s in getattr(c, side))
        assert all(n == 1 for n in told.values())
        assert told.keys() <= {s.id for e in of.evaluations for s in e.statements}
    same = sum(t.same for t in found.tallies if t.what in KINDS)
    told_new = sum(len(c.new) for c in found.changes if c.what in KINDS)
    assert same + told_new == sum(len(e.statements) for e in other.evaluations)


@given(records(), records())
def test_a_difference_comes_back_from_json(one: Record, other: Record) -> None:
    found = diff(one, other)
    assert Comparison.from_json(found.to_json()) == found


@pytest.fixture(scope="module")
def paper() -> Record:
    return read(sample.path("pdf"))


def _edits(paper: Record, rng: random.Random) -> list[tuple[Edit, tuple[str, str]]]:
    """Some edits of different statements and ratings, each with the name and the field that are to be found."""
    out: list[tuple[Edit, tuple[str, str]]] = []
    for p, e in enumerate(paper.evaluations):
        for n, s in enumerate(e.statements):
            at = f"/evaluations/{p}/statements/{n}"
            if s.parent is not None or any(x.parent == s.id for x in e.statements) or rng.random() > 0.2:
                continue
            words = s.text.split(" ")
            k = rng.randrange(len(words))
            text = " ".join([*words[:k], "altered", *words[k + 1 :]])
            choices: list[tuple[str, Any, Any]] = [("text", s.text, text), ("criteria", list(s.criteria), ["efficiency", "impact"])]
            if s.kind == "recommendation":
                choices += [
                    ("priority", s.priority, "low" if s.priority != "low" else "high"),
                    ("responsible", list(s.responsible), ["NOBODY"]),
                ]
            if s.kind == "response":
                choices += [("verdict", s.verdict, "unclear")]
            field, old, new = rng.choice(choices)
            if old != new:
                out.append((Edit(pointer=f"{at}/{field}", old=old, new=new), (s.id, field)))
    return out


@pytest.mark.parametrize("seed", range(12))
def test_edits_of_a_record_are_found_again_and_nothing_else(paper: Record, seed: int) -> None:
    made = _edits(paper, random.Random(seed))  # noqa: S311 - the same edits in every run
    assert made
    found = diff(paper, edited(paper, [e for e, _ in made]))
    assert sorted((c.new[0].id or "", f.field) for c in found.changes for f in c.fields) == sorted(x for _, x in made)
    assert all(c.how == "changed" for c in found.changes)


def test_the_sample_paper_says_the_same_in_all_its_editions(paper: Record) -> None:
    assert diff(paper, read(sample.path("docx"))).changes == ()


def test_statements_taken_out_are_found_with_their_pages(paper: Record) -> None:
    data = paper.model_dump(by_alias=True, mode="json")
    gone = data["evaluations"][0]["statements"].pop(3)
    (change,) = diff(paper, Record.model_validate(data)).changes
    assert (change.how, change.old[0].id, change.old[0].page) == ("removed", gone["id"], gone["places"][0]["page"])
