"""Statements in bold through a paper that has neither label nor section for them, as inspection and bank reports set them."""

from __future__ import annotations

import pytest

PLAIN = (
    "The harbour authority runs eleven ferries between the four islands, and most of them sail twice a day in summer.",
    "Two of the piers date from the last century, when stone was brought from the mainland by sailing boat.",
    "Tickets are sold on board, in two offices and since last year on a page of the authority as well.",
    "Winter storms close the northern route for about three weeks, and the mail then goes by way of the capital.",
)
ASKS = {
    "en": "The Inspector recommends that the harbour master publish the log books of ferry {n} every month.",
    "fr": "Le capitaine du port devrait publier les journaux de bord du bac {n} à la fin de chaque mois.",
    "es": "El capitán del puerto debería publicar los diarios de a bordo del barco {n} cada mes.",
    "pt": "O capitão do porto deveria publicar os diários de bordo da barca {n} no fim de cada mês.",
}


def inspection(sentence: str, count: int, *, bold: bool = True) -> str:
    """A report of running paragraphs, every third of which ends with the sentence."""
    out = ["# Review of the ferries", "## The service"]
    for n in range(1, 3 * count + 1):
        asked = sentence.format(n=n)
        out.append(f"{n}. {PLAIN[n % 4]}" + (f" **{asked}**" if bold and n % 3 == 0 else f" {asked}" if n % 3 == 0 else ""))
        if n == 3 * count // 2:
            out.append("## The piers")
    return "\n".join(out)


@pytest.mark.parametrize("language", ASKS)
def test_bold_sentences_that_ask_in_running_paragraphs_are_recommendations(lines, language: str) -> None:
    paper = lines(inspection(ASKS[language], 6))
    assert paper.texts("recommendation") == [ASKS[language].format(n=n) for n in range(3, 19, 3)]


def test_the_same_sentences_in_plain_type_recommend_nothing(lines) -> None:
    assert lines(inspection(ASKS["en"], 6, bold=False)).kinds() == {}


def test_fewer_than_five_bold_sentences_are_emphasis(lines) -> None:
    assert lines(inspection(ASKS["en"], 4)).kinds() == {}


def test_bold_sentences_that_tell_and_do_not_ask_recommend_nothing(lines) -> None:
    paper = lines(inspection("The log books of ferry {n} lay open on the table of the harbour master.", 6))
    assert paper.numbers("recommendation") == []


def test_bold_openings_of_numbered_paragraphs_are_findings(lines) -> None:
    numbered = "\n".join(f"{n}. **The crew of ferry {n} was paid late in every month of the year.** {PLAIN[n % 4]}" for n in range(1, 13))
    paper = lines(f"# Review of the ferries\n## The service\n{numbered}")
    assert paper.openings("finding", 5) == [f"The crew of ferry {n}" for n in range(1, 13)]


def test_bold_openings_numbered_by_chapter_keep_their_numbers_and_leave_the_first_chapter_out(lines) -> None:
    first = "\n".join(f"1.{n} **The review looked at ferry {n} in the summer of the third year.** {PLAIN[n % 4]}" for n in range(1, 4))
    second = "\n".join(f"2.{n} **The crew of ferry {n} was paid late in every month of the year.** {PLAIN[n % 4]}" for n in range(1, 7))
    paper = lines(f"# Review of the ferries\n## 1. Why this review\n{first}\n## 2. The service\n{second}")
    assert paper.numbers("finding") == [f"2.{n}" for n in range(1, 7)]


def test_bold_openings_here_and_there_are_emphasis(lines) -> None:
    text = "\n".join(f"**Ferry {n} was late in winter.** {PLAIN[n % 4]}" if n % 4 == 0 else PLAIN[n % 4] for n in range(1, 25))
    assert lines(f"# Review of the ferries\n## The service\n{text}").kinds() == {}


def test_bold_openings_of_a_chapter_on_method_find_nothing(lines) -> None:
    text = "\n".join(f"**The team looked at ferry {n} with great care.** {PLAIN[n % 4]}" for n in range(1, 9))
    assert lines(f"# Review of the ferries\n## Introduction\nThe ferries were reviewed last year.\n## Methodology\n{text}").kinds() == {}


def test_bold_openings_explain_where_findings_are_labelled(lines) -> None:
    text = "\n".join(f"**The crew of ferry {n} was paid late in winter.** {PLAIN[n % 4]}" for n in range(1, 9))
    paper = lines(f"# Review of the ferries\n## Findings\nFinding 1: Crews are paid late on all routes.\n{text}")
    assert paper.numbers("finding") == ["1"]
