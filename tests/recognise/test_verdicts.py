import pytest

from evaltrail.read.recognise.verdicts import verdict_of

ACCEPTED, PARTLY, REJECTED, NOTED, UNCLEAR = "accepted", "partially_accepted", "rejected", "noted", "unclear"


@pytest.mark.parametrize(
    "words,verdict",
    [
        ("Agree.", ACCEPTED),
        ("Fully accepted.", ACCEPTED),
        ("Management concurs.", ACCEPTED),
        ("Management supports the recommendation.", ACCEPTED),
        ("This recommendation is welcomed.", ACCEPTED),
        ("Recommendation 7 accepted: the form is being redrawn.", ACCEPTED),
        ("Agree with the recommendation. A working group will meet in May.", ACCEPTED),
        ("The agency generally agreed with our findings and recommendations.", ACCEPTED),
        ("The Minister, in a letter of 3 May, accepted the recommendation.", ACCEPTED),
        ("Recommendation 2 was implemented by adding a module to the course.", ACCEPTED),
        ("Partially agree. The nexus is already part of the plan.", PARTLY),
        ("Agreed in principle; subject to resources.", PARTLY),
        ("Accepted with modification", PARTLY),
        ("The Office partly agrees with Recommendation 3.", PARTLY),
        ("Management accepts the recommendation in part.", PARTLY),
        ("Management accepts the recommendation, with the exception of the last point.", PARTLY),
        ("Management does not fully agree with the recommendation.", PARTLY),
        ("Management agrees with the first part but does not agree with the second part of the recommendation.", PARTLY),
        ("We value this comment and largely agree with it.", PARTLY),
        ("Rejected. The tool exists already.", REJECTED),
        ("Not accepted.", REJECTED),
        ("The Department does not agree with this recommendation.", REJECTED),
        ("The Ministry cannot accept the recommendation.", REJECTED),
        ("The Department did not concur with this recommendation.", REJECTED),
        ("The Secretariat takes note of this recommendation and will come back to it.", NOTED),
        ("Duly noted; the case studies will be shorter.", NOTED),
        ("This suggestion will be taken into consideration.", NOTED),
        ("The bureau takes note of the recommendation and accepts it.", ACCEPTED),
    ],
)
def test_the_opening_of_an_answer_decides_its_verdict(words: str, verdict: str) -> None:
    assert verdict_of(words) == verdict


@pytest.mark.parametrize(
    "words",
    [
        "The team has drawn up a plan for the agreed framework.",
        "Programmes will apply agreed standards.",
        "The agreed actions will be carried out in line with accepted practice.",
        "As noted by the evaluators, risks are many.",
        "Partners agreed on a joint calendar, which starts in 2024.",
        "The centre will continue to accept new cases.",
        "The ministries have agreed to share their data with the agency.",
        "The report was accepted by the board in 2019.",
        "The agency neither agreed nor disagreed with our recommendation but named steps that it had taken.",
        "Recommendations 1 and 4 were found to be outside what the organization can decide alone.",
        "",
    ],
)
def test_a_word_of_agreement_that_only_describes_something_is_no_verdict(words: str) -> None:
    assert verdict_of(words) == UNCLEAR


def test_further_on_only_the_answering_side_decides() -> None:
    opening = "Thank you for the comment. The matter is wide. It has many sides. "
    assert verdict_of(opening + "We agree that the second component needs more staff.") == ACCEPTED
    assert verdict_of(opening + "Many partners agree that the second component needs more staff.") == UNCLEAR


@pytest.mark.parametrize(
    "words,verdict",
    [
        ("☒ Agree ☐ Partially agree ☐ Disagree", ACCEPTED),
        ("☐ Agree ☒ Partially agree ☐ Disagree", PARTLY),
        ("Agree ☐ Partially agree ☐ Disagree ☒", REJECTED),
        ("[ ] Accepted [x] Partially accepted [ ] Rejected", PARTLY),
        ("☐ Agree ☐ Partially agree ☐ Disagree", UNCLEAR),
    ],
)
def test_the_ticked_box_of_a_form_decides(words: str, verdict: str) -> None:
    assert verdict_of(words) == verdict


@pytest.mark.parametrize(
    "words,verdict",
    [
        ("Accept / Partially accept / Reject", UNCLEAR),
        ("accepted, partially accepted or rejected", UNCLEAR),
        ("Management response (Accept/Partially accept/Reject): Recommendation accepted.", ACCEPTED),
        ("Statement of agreement or disagreement: Agree", ACCEPTED),
    ],
)
def test_the_choices_printed_on_a_form_decide_nothing(words: str, verdict: str) -> None:
    assert verdict_of(words) == verdict


@pytest.mark.parametrize(
    "words,verdict",
    [
        ("Yes", ACCEPTED),
        ("Oui", ACCEPTED),
        ("Sí", ACCEPTED),
        ("Sim", ACCEPTED),
        ("No", REJECTED),
        ("Partial", PARTLY),
        ("Non acceptée", REJECTED),
        ("Under consideration", NOTED),
        ("Accepted. The office will do so in 2026.", ACCEPTED),
        ("N/A", UNCLEAR),
    ],
)
def test_a_field_of_its_own_needs_no_sentence(words: str, verdict: str) -> None:
    assert verdict_of(words, field=True) == verdict


@pytest.mark.parametrize(
    "words,verdict",
    [
        ("La direction accepte la recommandation.", ACCEPTED),
        ("D'accord. Le bureau y travaille déjà.", ACCEPTED),
        ("Acceptée partiellement", PARTLY),
        ("La Direction n’accepte pas cette recommandation.", REJECTED),
        ("La direction n'est pas d'accord avec la recommandation.", REJECTED),
        ("Le Bureau prend note de la recommandation.", NOTED),
        ("Se acepta la recomendación.", ACCEPTED),
        ("La Administración está de acuerdo con la recomendación.", ACCEPTED),
        ("La Oficina acepta parcialmente la recomendación.", PARTLY),
        ("La dirección no acepta la recomendación.", REJECTED),
        ("De acuerdo con el plan de trabajo, la oficina seguirá adelante.", UNCLEAR),
        ("A gestão concorda com a recomendação.", ACCEPTED),
        ("Aceite parcialmente.", PARTLY),
        ("A Direção não concorda com esta recomendação.", REJECTED),
        ("De acordo com o plano, a equipa seguirá em frente.", UNCLEAR),
    ],
)
def test_answers_are_understood_in_french_spanish_and_portuguese(words: str, verdict: str) -> None:
    assert verdict_of(words) == verdict
