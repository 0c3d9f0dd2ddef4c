"""Words, days and headings of registers, in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail_office.follow_up.machine import Meaning
from evaltrail_office.follow_up.preset import shipped
from evaltrail_office.follow_up.registers import child, layout
from evaltrail_office.follow_up.registers.dates import day_of, order_of
from evaltrail_office.follow_up.registers.guess import guessed
from evaltrail_office.follow_up.registers.words import field_for, meaning_of, status_for, verdict_for


@pytest.mark.parametrize(
    "printed, meaning",
    [
        ("Not started", Meaning.OPEN),
        ("Not yet implemented", Meaning.OPEN),
        ("Open", Meaning.OPEN),
        ("Non commencée", Meaning.OPEN),
        ("Pas encore mise en œuvre", Meaning.OPEN),
        ("No iniciada", Meaning.OPEN),
        ("Pendiente", Meaning.OPEN),
        ("Partially implemented", Meaning.PARTIAL),
        ("On-going", Meaning.PARTIAL),
        ("Under implementation", Meaning.PARTIAL),
        ("Incomplete", Meaning.PARTIAL),
        ("En cours", Meaning.PARTIAL),
        ("En ejecución", Meaning.PARTIAL),
        ("Largely implemented", Meaning.SUBSTANTIAL),
        ("Implemented", Meaning.DONE),
        ("Closed acceptable", Meaning.DONE),
        ("Fully completed", Meaning.DONE),
        ("Mise en œuvre", Meaning.DONE),
        ("Clôturée", Meaning.DONE),
        ("Aplicada", Meaning.DONE),
        ("Closed – cancelled", Meaning.DROPPED),
        ("No longer applicable", Meaning.DROPPED),
        ("Sans objet", Meaning.DROPPED),
        ("Ya no procede", Meaning.DROPPED),
        ("Closed unacceptable", None),
        ("Unconfirmed", None),
        ("Unverified", None),
        ("Blue", None),
    ],
)
def test_a_status_is_understood_by_its_words_and_else_left_to_a_person(printed: str, meaning: Meaning | None) -> None:
    assert meaning_of(printed) == meaning


def test_a_status_becomes_one_of_the_presets() -> None:
    preset = shipped()["house"]
    assert [status_for(w, preset) for w in ("Done", "Superseded by 12/20", "Withdrawn", "In progress", "Green")] == [
        "done",
        "superseded",
        "no_longer_applicable",
        "under_way",
        "",
    ]


@pytest.mark.parametrize(
    "printed, verdict",
    [
        ("Accepted", "accepted"),
        ("We concur", "accepted"),
        ("Partially accepted", "partially_accepted"),
        ("Not accepted", "rejected"),
        ("Do not agree", "rejected"),
        ("Noted", "noted"),
        ("Acceptée en partie", "partially_accepted"),
        ("Rejetée", "rejected"),
        ("Aceptada", "accepted"),
        ("Sí", "accepted"),
        ("No", "rejected"),
        ("Later", ""),
    ],
)
def test_an_answer_is_understood_by_its_words(printed: str, verdict: str) -> None:
    assert verdict_for(printed) == verdict


@pytest.mark.parametrize(
    "heading, name",
    [
        ("Rec. No.", "number"),
        ("Recommendation", "text"),
        ("Revised due date", "due"),
        ("Original due date", "first_due"),
        ("Date closed", "closed"),
        ("Management response", "reply"),
        ("Key action(s)", "action"),
        ("Unité responsable", "unit"),
        ("Échéance", "due"),
        ("Réponse de la direction", "reply"),
        ("État de mise en œuvre", "status"),
        ("Recomendación", "text"),
        ("Respuesta de la administración", "reply"),
        ("Fecha prevista", "due"),
        ("Estado", "status"),
        ("Colour", ""),
    ],
)
def test_a_heading_names_its_field_in_three_languages(heading: str, name: str) -> None:
    assert field_for(heading)[0] == name


@pytest.mark.parametrize(
    "text, order, day",
    [
        ("2024-02-22", "day", date(2024, 2, 22)),
        ("3/4/2024", "day", date(2024, 4, 3)),
        ("3/4/2024", "month", date(2024, 3, 4)),
        ("13.4.24", "day", date(2024, 4, 13)),
        ("12 March 2024", "day", date(2024, 3, 12)),
        ("1er février 2025", "day", date(2025, 2, 1)),
        ("30 de junio de 2025", "day", date(2025, 6, 30)),
        ("March 2024", "day", date(2024, 3, 31)),
        ("Q1 2025", "day", date(2025, 3, 31)),
        ("4e trimestre 2025", "day", date(2025, 12, 31)),
        ("end of 2026", "day", date(2026, 12, 31)),
        ("2026", "day", date(2026, 12, 31)),
        ("12/2026", "day", date(2026, 12, 31)),
        ("31/2/2024", "day", None),
        ("ongoing", "day", None),
        ("soon", "day", None),
    ],
)
def test_days_are_read_and_a_month_stands_for_its_last_day(text: str, order: str, day: date | None) -> None:
    assert day_of(text, order) == day  # type: ignore[arg-type]


def test_which_number_is_the_day_is_told_by_those_above_twelve_or_left_open() -> None:
    assert order_of(["1/2/2024", "13/2/2024"]) == ("day", True)
    assert order_of(["1/2/2024", "1/25/2024"]) == ("month", True)
    assert order_of(["1/2/2024"]) == (None, True)
    assert order_of(["13/2/2024", "1/25/2024"]) == (None, True)
    assert order_of(["2024-01-02"]) == (None, False)


ROWS = [
    ["Harbour Board follow-up register", "", ""],
    ["As of", "1 May 2026", ""],
    [],
    ["No.", "Recommendation", "Status"],
    ["1", "The Board should dredge the inner basin before winter.", "Open"],
    ["2", "The Board should train its pilots.", "Closed"],
]


def test_the_headings_are_found_below_a_title() -> None:
    assert layout.header_of(ROWS) == 4


def test_the_largest_sheet_with_headings_is_chosen_before_a_hidden_one() -> None:
    longer = [*ROWS, ["3", "It should also mend the quay.", "Open"]]
    assert layout.chosen([(True, [["Read me"]]), (True, ROWS), (False, longer)]) == (1, 4)
    assert layout.chosen([(True, ROWS), (True, longer)]) == (1, 4)
    assert layout.chosen([(True, [["Read me"]])]) is None


def test_columns_are_told_apart_where_headings_are_missing_or_the_same() -> None:
    assert layout.headings_of(["Date", "", "Date"], 4) == ["Date", "(B)", "Date (2)", "(D)"]


def test_a_column_is_known_by_what_it_holds_where_its_heading_says_nothing() -> None:
    rows = [
        [
            f"{n}/26",
            f"The harbour office should mend quay number {n} before the winter storms.",
            "In progress" if n % 2 else "Not started",
            "Agree",
        ]
        for n in range(1, 9)
    ]
    fields = guessed(["A1", "B1", "C1", "D1"], rows, shipped()["house"])
    assert fields.columns == {"text": "B1", "status": "C1", "verdict": "D1", "number": "A1"}
    assert fields.statuses == {"In progress": "under_way", "Not started": "not_started"}
    assert fields.verdicts == {"Agree": "accepted"}


@pytest.mark.parametrize(
    "data, rows",
    [
        (b"a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1\t2\n".encode("utf-16"), [["a", "b"], ["1", "2"]]),
        ("\ufeffé,b\n1,2\n".encode(), [["é", "b"], ["1", "2"]]),
        ("é,b\n1,2\n".encode("cp1252"), [["é", "b"], ["1", "2"]]),
        (b'a,b\n"two\nlines",2\n', [["a", "b"], ["two\nlines", "2"]]),
    ],
)
def test_plain_text_is_read_in_its_encoding_and_with_its_own_separator(data: bytes, rows: list[list[str]]) -> None:
    assert child.sheets_of(data)[0]["rows"] == rows


def test_an_answer_of_one_word_under_the_heading_of_a_reply_is_a_verdict() -> None:
    rows = [["1", "The office should count its boats every spring.", "Partially accepted"], ["2", "It should paint them.", "Rejected"]]
    fields = guessed(["No.", "Recommendation", "Management response (accepted / rejected)"], rows, shipped()["house"])
    assert fields.columns["verdict"] == "Management response (accepted / rejected)"
    assert "reply" not in fields.columns


@pytest.mark.parametrize(
    "headings, row, columns",
    [
        (
            [
                "N°",
                "Recommandation",
                "Réponse de la direction",
                "Mesures prévues",
                "Unité responsable",
                "Échéance",
                "État de mise en œuvre",
            ],
            [
                "1",
                "Le bureau devrait former ses pilotes.",
                "D'accord : un cours aura lieu chaque printemps.",
                "Un cours",
                "Port",
                "31/12/2026",
                "En cours",
            ],
            ["number", "text", "reply", "action", "unit", "due", "status"],
        ),
        (
            ["N.º", "Recomendación", "Respuesta de la administración", "Acción clave", "Unidad responsable", "Plazo", "Estado"],
            [
                "1",
                "La oficina debería formar a sus prácticos.",
                "Estamos de acuerdo: habrá un curso cada primavera.",
                "Un curso",
                "Puerto",
                "31/12/2026",
                "Cumplida",
            ],
            ["number", "text", "reply", "action", "unit", "due", "status"],
        ),
    ],
)
def test_a_matrix_in_french_or_spanish_is_mapped_without_help(headings: list[str], row: list[str], columns: list[str]) -> None:
    fields = guessed(headings, [row], shipped()["house"])
    assert {name: headings.index(heading) for name, heading in fields.columns.items()} == {name: at for at, name in enumerate(columns)}
    assert all(fields.statuses.values())
