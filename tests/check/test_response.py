"""What the rules on management's answers say beyond their samples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.check.rules.response import _counts
from evaltrail.link import linked
from evaltrail.read import read

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 6, 1)
HEAD = """# Evaluation of the water programme

## Recommendations

Recommendation 1: The Ministry should publish a yearly report on wells.

Recommendation 2: The Ministry should train the water committees.

Recommendation 3: The Ministry should map all wells.

## Management response

"""
TABLE = """# Management response to the evaluation of the water programme

| Recommendation | Response | Key action | Responsible | Deadline | Status |
|---|---|---|---|---|---|
"""


def paper_of(text):
    return Paper(linked(read(text.encode(), name="sample.md")), today=TODAY)


def said(code, text, *, right=False):
    """Texts of what a rule says of a paper in Markdown: its faults, or what it finds right."""
    rule = rules()[code]
    return [m.text for m in rule.check(paper_of(text), rule.rule.options) if m.right == right]


def answering(*answers, before=""):
    return HEAD + before + "\n\n" + "\n\n".join(f"### Recommendation {n}\n\n{a}" for n, a in enumerate(answers, 1)) + "\n"


def claims(sentence, language="en"):
    paper = paper_of("# Note\n\nSome text.\n")
    record = paper.record.model_copy(update={"document": paper.record.document.model_copy(update={"language": language})})
    found = _counts.claims(Paper(record, today=TODAY), sentence)
    return None if found is None else ({v: (c.count, c.numbers) for v, c in found.of.items()}, found.whole)


@pytest.mark.parametrize(
    "sentence,expected",
    [
        (
            "The Office accepts five of the seven recommendations fully, and two partially (3 and 5).",
            ({"accepted": (5, ()), "partially_accepted": (2, ("3", "5"))}, 7),
        ),
        (
            "Of the nine recommendations, six were accepted, two partially accepted and one rejected.",
            ({"accepted": (6, ()), "partially_accepted": (2, ()), "rejected": (1, ())}, 9),
        ),
        ("Management accepts six recommendations and rejects one.", ({"accepted": (6, ()), "rejected": (1, ())}, None)),
        ("All seven recommendations were accepted.", ({"accepted": (7, ())}, 7)),
        ("The Office agrees with Recommendation 3.", None),
        ("The 12 recommendations concern water.", None),
        ("The share of recommendations accepted was 80 per cent.", None),
    ],
)
def test_a_sentence_that_counts_answers_is_read(sentence, expected):
    assert claims(sentence) == expected


@pytest.mark.parametrize(
    "language,sentence",
    [
        ("fr", "Le Bureau accepte entièrement cinq des sept recommandations, et deux partiellement (3 et 5)."),
        ("es", "La Oficina acepta plenamente cinco de las siete recomendaciones, y dos parcialmente (3 y 5)."),
        ("pt", "O Bureau aceita plenamente cinco das sete recomendações, e duas parcialmente (3 e 5)."),
    ],
)
def test_a_sentence_that_counts_answers_is_read_in_other_languages(language, sentence):
    assert claims(sentence, language) == ({"accepted": (5, ()), "partially_accepted": (2, ("3", "5"))}, 7)


def test_a_count_with_the_wrong_recommendations_in_brackets_is_found():
    answers = ("Accepted. It will be done in 2027.", "Partially accepted, as money is short.", "Accepted. It will be done in 2027.")
    right = "The Ministry accepts two of the three recommendations fully, and one partially (2)."
    assert said("RES011", answering(*answers, before=right)) == []
    assert said("RES011", answering(*answers, before=right), right=True)
    [message] = said("RES011", answering(*answers, before=right.replace("(2)", "(3)")))
    assert "names 3" in message
    assert "it is 2" in message


def test_answers_without_a_verdict_may_make_up_for_a_count():
    answers = ("Accepted. It will be done in 2027.", "The wells are many.", "Accepted. It will be done in 2027.")
    assert said("RES011", answering(*answers, before="The Ministry accepts all three recommendations.")) == []
    assert said("RES011", answering(*answers, before="The Ministry accepts one of the three recommendations."))


@pytest.mark.parametrize(
    "answer",
    [
        "The Ministry will do so.",
        "The Ministry is already doing so.",
        "UNICEF consulted other organizations.",
        "A register was launched.",
        "Accepted, by June 2027.",
    ],
)
def test_what_is_done_was_done_or_has_a_date_is_a_promise(answer):
    assert said("RES002", answering(answer, "The Ministry will do so.", "The Ministry will do so.")) == []


@pytest.mark.parametrize(
    "answer",
    [
        "This recommendation is welcomed.",
        "The Ministry takes note of this.",
        "This recommendation will guide existing efforts.",
        "The recommendation has been accepted.",
        "The Ministry agrees that wells are a key to success.",
    ],
)
def test_welcome_agreement_and_what_the_recommendation_does_by_itself_promise_nothing(answer):
    assert said("RES002", answering(answer, "The Ministry will do so.", "The Ministry will do so."))


def test_several_actions_below_one_owner_share_it():
    row = "| {}. Improve the wells of district number {}. | Accepted | Do this | {} | June 2027 | Ongoing |\n"
    shared_cells = TABLE + "".join(row.format(n, n, "Ministry" if n in (1, 4) else "") for n in range(1, 7))
    assert said("RES006", shared_cells) == []
    one_left_out = TABLE + "".join(row.format(n, n, "" if n == 3 else "Ministry") for n in range(1, 7))
    assert len(said("RES006", one_left_out)) == 1


def test_an_action_called_not_applicable_is_none_that_a_rejection_promises():
    row = "| 1. Improve the wells of all districts. | Rejected: this is in place | {} | {} | {} | |\n"
    assert said("RES019", TABLE + row.format("N/A as already developed", "N/A", "N/A")) == []
    assert said("RES019", TABLE + row.format("Draw a map", "Ministry", "June 2027"))


def test_the_governing_body_paper_is_confirmed_in_its_counts_and_faulted_for_empty_answers(shared: Path):
    paper = Paper(linked(read(shared / "paper" / "gb340_pfa_7.txt")), today=TODAY)

    def texts(code, right):
        return [m.text for m in rules()[code].check(paper, rules()[code].rule.options) if m.right == right]

    assert texts("RES011", right=True) == ["The count of answers of Part III is right: 5 fully accepted and 2 partly accepted."]
    assert texts("RES011", right=False) == []
    assert any(t.startswith("The answer to recommendation 7 (Part I) promises nothing") for t in texts("RES002", right=False))
    assert not any("(Part II)" in t or "(Part III)" in t for t in texts("RES002", right=False))
    assert texts("RES001", right=False) == []


def test_an_acceptance_that_is_negated_counts_as_rejection():
    assert claims("Il accepte une des quatre recommandations pleinement et une partiellement, et il n’en accepte pas une.", "fr") == (
        {"accepted": (1, ()), "partially_accepted": (1, ()), "rejected": (1, ())},
        4,
    )
    assert claims("Of the four recommendations it accepts two, and one it does not fully accept.") is None


@pytest.mark.parametrize("owner", ["To be confirmed", "TBD", "–", "?"])
def test_an_owner_that_is_still_open_is_none(owner):
    rows = [
        f"| {n}. Publish report {n} on the wells of the country. | Accepted | Publish it | {o} | June 2027 |"
        for n, o in enumerate(["Ministry of Water", owner, "Ministry of Land"], 1)
    ]
    head = TABLE.replace(" Status |", "").replace("|---|---|---|---|---|---|", "|---|---|---|---|---|")
    assert said("RES006", head + "\n".join(rows) + "\n") == ["An action of the answer to recommendation 2 has no owner; 2 of 3 have one."]


def test_a_rejection_with_thanks_alone_gives_no_reason():
    assert said("RES003", answering("The Ministry thanks the evaluators. It cannot accept this recommendation.", "Accepted.", "Accepted."))
    assert not said(
        "RES003",
        answering("The Ministry thanks the evaluators. It cannot accept this, because the law forbids it.", "Accepted.", "Accepted."),
    )


def test_an_answer_that_says_it_in_other_words_is_not_called_unclear():
    done, undone = "The Ministry has begun to do exactly as recommended.", "The Ministry does not see a need for this."
    assert said("RES012", answering(done, undone, "Accepted. The Ministry will map the wells.")) == []
    assert said("RES012", answering(done, "The wells are many.", "Accepted. The Ministry will map the wells."))


def test_an_answer_that_argues_against_the_matter_promises_nothing_and_need_not():
    against = "Training is costly, but the committees change each year."
    assert said("RES002", answering(against, "This recommendation is welcomed.", "Accepted. The Ministry will map the wells.")) == [
        "The answer to recommendation 2 promises nothing: it names no action and no date."
    ]


def test_what_cannot_be_known_yet_needs_no_alternative():
    text = "Rejected, because it is not possible {} whether the wells can be mapped."
    assert said("RES009", answering(text.format("to determine"), "Accepted.", "Accepted.")) == []
    assert said("RES009", answering("Rejected, because it is not possible.", "Accepted.", "Accepted."))


def test_no_action_needs_no_owner_and_no_date():
    rows = "| {}. Publish report {} on the wells of every district. | Accepted | {} | {} | {} | Ongoing |\n"
    full = "".join(rows.format(n, n, "Publish it", "Ministry of Water", "May 2027") for n in (1, 2, 3))
    for code in ("RES006", "RES007"):
        assert said(code, TABLE + full + rows.format(4, 4, "No action needed", "", "")) == []
        assert said(code, TABLE + full + rows.format(4, 4, "Print it", "", ""))


def test_what_evaluators_reply_to_an_answer_is_no_recommendation_without_an_answer():
    whole = paper_of(answering("Accepted. It will be done.", "Accepted. It will be done.", "Accepted. It will be done."))
    record = whole.record
    first = next(s for s in record.evaluations[0].statements if s.kind == "recommendation")
    answer = next(s for s in record.evaluations[0].statements if s.kind == "response")
    reply = first.model_copy(update={"id": "1.r9", "number": None, "places": answer.places})
    evaluation = record.evaluations[0].model_copy(update={"statements": (*record.evaluations[0].statements, reply)})
    paper = Paper(record.model_copy(update={"evaluations": (evaluation,)}), today=TODAY)
    rule = rules()["RES001"]
    assert [m for m in rule.check(paper, rule.rule.options) if not m.right] == []
