"""What answers that say neither yes nor no may mean, with the words that this rests on."""

from __future__ import annotations

import pytest

from evaltrail.check.implied import implied
from evaltrail.record import Answer, DocumentInfo, Evaluation, Recommendation, Record, Response


def meant(text: str, language: str = "en", verdict: str = "unclear") -> tuple[str, str, str] | None:
    """Of one answer: verdict, why, and the words."""
    asked = Recommendation(id="1.r1", number="1", text="Train the fitters of all landing sites.")
    said = Response.model_validate({"id": "1.a1", "text": text, "verdict": verdict, "answers": [Answer(id="1.r1")]})
    record = Record(document=DocumentInfo(title="Ports", language=language), evaluations=(Evaluation(id="1", statements=(asked, said)),))
    found = implied(record).get("1.a1")
    return (found.verdict, found.why, found.words) if found else None


def test_what_is_done_as_recommended_and_what_is_promised_mean_acceptance() -> None:
    assert meant("The site opened in May. The intention is to do exactly as recommended.") == (
        "accepted",
        "does",
        "The intention is to do exactly as recommended.",
    )
    assert meant("Fitters matter. The Division will train twelve of them.") == (
        "accepted",
        "promises",
        "The Division will train twelve of them.",
    )


@pytest.mark.parametrize(
    "text, language",
    [
        ("Le Bureau formera douze monteurs.", "fr"),
        ("La Oficina capacitará a doce montadores.", "es"),
        ("O Escritório formará doze montadores.", "pt"),
    ],
)
def test_promises_are_understood_in_the_languages_of_the_packs(text: str, language: str) -> None:
    assert meant(text, language) == ("accepted", "promises", text)


def test_what_is_looked_at_or_was_done_before_means_that_it_is_noted() -> None:
    assert meant("The Division will consider this.") == ("noted", "considers", "The Division will consider this.")
    assert meant("The Division has trained twelve fitters already.") == (
        "noted",
        "told",
        "The Division has trained twelve fitters already.",
    )


def test_a_refusal_means_rejection_and_beside_a_promise_acceptance_in_part() -> None:
    no = "Training at every site is not feasible."
    assert meant(no) == ("rejected", "refuses", no)
    assert meant(f"{no} The Division will train those of the north.") == ("partially_accepted", "refuses_in_part", no)
    assert meant("It is not possible to tell at this stage.") is None


def test_no_position_nothing_said_and_a_clear_answer_imply_nothing() -> None:
    assert meant("The Division neither agreed nor disagreed. It will train twelve.") is None
    assert meant("Fitters matter for landing sites.") is None
    assert meant("Accepted. The Division will train twelve.", verdict="accepted") is None


def test_an_answer_that_takes_note_and_promises_may_mean_acceptance() -> None:
    text = "The Office has taken note and will train the fitters."
    assert meant(text, verdict="noted") == ("accepted", "promises", text)
    assert meant("The Office takes note of it.", verdict="noted") is None
