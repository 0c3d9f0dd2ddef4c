from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltrail.text.quantities import Amount, amounts

CASES = Path(__file__).parent / "cases"


def cases() -> list[tuple[str, str, tuple[str, ...]]]:
    """Language, text and expected lines of every case in the folder."""
    out: list[tuple[str, str, tuple[str, ...]]] = []
    for path in sorted(CASES.glob("quantities_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("  "):
                language, text, expected = out[-1]
                out[-1] = (language, text, (*expected, line.strip()))
            else:
                out.append((path.stem[-2:], line, ()))
    return out


def shown(a: Amount) -> str:
    """An amount as the case files write it."""
    value = f"{a.value:.15g}" + (f"–{a.upper:.15g}" if a.upper is not None else "") + (f"/{a.out_of:.15g}" if a.out_of is not None else "")
    return f"{a.bound + ' ' if a.bound else ''}{value} | {a.unit or '-'} | {a.of or '-'}"


@pytest.mark.parametrize("language, text, expected", cases())
def test_each_number_of_a_sentence_has_its_unit_and_what_it_counts(language: str, text: str, expected: tuple[str, ...]) -> None:
    assert tuple(shown(a) for a in amounts(text, language)) == expected


def test_there_are_cases_in_four_languages() -> None:
    counts = {code: sum(1 for c in cases() if c[0] == code) for code in ("en", "fr", "es", "pt")}
    assert min(counts.values()) >= 30
    assert sum(counts.values()) >= 150


def test_the_documents_decimal_mark_decides_what_the_figures_leave_open() -> None:
    assert amounts("Il compte 1.234 agents.", "fr")[0].value == 1234
    assert amounts("Il compte 1.234 agents.", "fr", decimal=".")[0].value == 1.234


def test_a_bare_dollar_is_the_documents() -> None:
    assert [a.unit for a in amounts("It cost $5 million and US$3 million.", "en", dollar="CAD")] == ["CAD", "USD"]


def test_an_unknown_language_still_has_its_figures_with_signs() -> None:
    found = amounts("Totalt 43 procent av 155 utvärderingar kostade 12 000 EUR år 2014.", "sv")
    assert [(a.value, a.unit) for a in found] == [(43, "percent"), (12000, "EUR"), (2014, "year")]


def test_the_axis_of_a_chart_is_no_row_of_quantities() -> None:
    assert amounts("0% 10% 20% 30% 40% 50%", "en") == []


@given(st.text(alphabet=st.sampled_from("0123456789 .,-–/%$€()ofandtwonehalf\n")))
def test_any_text_is_read_and_every_amount_stands_in_it(text: str) -> None:
    end = 0
    for a in amounts(text, "en"):
        assert 0 <= a.start < a.end <= len(text)
        assert text[a.start : a.end].strip()
        end = a.end
    assert end <= len(text)
