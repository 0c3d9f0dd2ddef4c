from __future__ import annotations

import pytest

from evaltrail.text.headings import unit_in


@pytest.mark.parametrize(
    "words, language, expected",
    [
        ("Budget (US$ million)", "en", ("USD", 1e6)),
        ("Cost (USD m)", "en", ("USD", 1e6)),
        ("Expenditure ($000s)", "en", ("USD", 1e3)),
        ("Amount in thousands of euros", "en", ("EUR", 1e3)),
        ("Share, %", "en", ("percent", 1)),
        ("Percentage of total", "en", ("percent", 1)),
        ("Millions of beneficiaries", "en", (None, 1e6)),
        ("Number of interviews", "en", (None, 1)),
        ("Montant (en milliers d’euros)", "fr", ("EUR", 1e3)),
        ("Pourcentage des répondants", "fr", ("percent", 1)),
        ("Presupuesto (millones de dólares)", "es", ("USD", 1e6)),
        ("Orçamento (milhões de euros)", "pt", ("EUR", 1e6)),
    ],
)
def test_a_head_names_the_unit_and_scale_of_its_figures(words: str, language: str, expected: tuple[str | None, float]) -> None:
    assert unit_in(words, language) == expected
