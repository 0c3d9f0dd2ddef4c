from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from evaltrail import read
from evaltrail.read.outline import Block, Cell, Piece, Table, Text
from evaltrail.read.recognise.quantities import quantities
from evaltrail.text.normal import squeeze

if TYPE_CHECKING:
    from pathlib import Path


def on_page(text: str, *, page: int = 1, start: int = 0) -> Text:
    """A text that stands unbroken on a page."""
    return Text(text, (Piece(0, page, start, len(text), (72, 700, 520, 712)),))


def test_a_quantity_keeps_its_words_its_paragraph_and_its_place() -> None:
    [found] = quantities([("9", on_page("It exceeded its target by 127 per cent.", page=3, start=40))], "en")
    assert (found.value, found.unit, found.of, found.text, found.paragraph) == (127, "percent", "target", "127 per cent", "9")
    [place] = found.places
    assert (place.page, place.start, place.end, place.boxes) == (3, 66, 78, ((72, 700, 520, 712),))


def test_a_quantity_over_a_line_break_has_one_box_a_line() -> None:
    page = "a budget of US$25 \nmillion."
    text = Text("a budget of US$25 million.", (Piece(0, 1, 0, 17, (0, 20, 90, 30)), Piece(18, 1, 19, 8, (0, 8, 40, 18))))
    [found] = quantities([("12", text)], "en")
    assert (found.value, found.unit) == (25_000_000, "USD")
    [place] = found.places
    assert page[place.start : place.end] == "US$25 \nmillion"
    assert place.boxes == ((0, 20, 90, 30), (0, 8, 40, 18))


def test_footnotes_and_texts_without_a_number_are_read_too() -> None:
    found = quantities([("fn4", on_page("131 interviews")), (None, on_page("Ten countries"))], "en")
    assert [(q.value, q.unit, q.paragraph) for q in found] == [(131, "interviews", "fn4"), (10, "countries", None)]


def test_how_figures_are_written_is_told_from_the_whole_document() -> None:
    texts = [(None, on_page("Le taux est de 2.5 % puis 3.75 % et 4.5 %, 7.5 %, 8.25 %, pour 1,234 agents."))]
    assert 1234 in [q.value for q in quantities(texts, "fr")]
    texts = [(None, on_page("Le taux est de 2,5 % pour 1.234 agents."))]
    assert [q.value for q in quantities(texts, "fr")] == [2.5, 1234]


def test_a_dollar_in_a_canadian_paper_is_canadian() -> None:
    texts = [(None, on_page("Health Canada spent $5 million. Canada and Canadians gained $3 million."))]
    assert [q.unit for q in quantities(texts, "en")] == ["CAD", "CAD"]


def test_the_paper_gives_every_quantity_of_its_labels(shared: Path) -> None:
    """The numbered paragraphs, findings and footnotes are cut out of the text by their markers alone."""
    text = (shared / "paper" / "gb340_pfa_7.txt").read_text(encoding="utf-8")
    joined = re.sub(r"[ \t]*\n[ \t]*", " ", text)
    labels = json.loads((shared / "gold" / "gb340_pfa_7.json").read_text(encoding="utf-8"))["quantities"]
    found = [(q.value, f"{q.of} {q.unit}".lower().replace(" ", "")) for q in quantities([(None, on_page(joined))], "en")]
    missing = [label for label in labels if not any(v == label[1] and label[2].lower().replace(" ", "")[:6] in words for v, words in found)]
    assert missing == []


def table(*rows: str, header_rows: int = 1) -> Table:
    """A table of cells parted by bars, each on its own line of a page."""
    cells = []
    for i, row in enumerate(rows):
        for j, words in enumerate(row.split("|")):
            content = on_page(words.strip(), start=100 * i + 20 * j)
            cells.append(Cell(i, j, (Block("paragraph", content),), header=i < header_rows))
    return Table(len(rows), len(rows[0].split("|")), tuple(cells), header_rows)


def ledger(t: Table, language: str = "en") -> list[tuple[float, str | None, str | None]]:
    return [(q.value, q.unit, q.of) for q in quantities([(None, t)], language)]


def test_a_number_in_a_table_takes_its_unit_and_subject_from_the_heads() -> None:
    found = ledger(table("Region | Budget (US$ million) | Share, %", "Africa | 12.5 | 50", "Asia | 6 | 24"))
    assert found == [
        (12_500_000, "USD", "Africa; Budget (US$ million)"),
        (50, "percent", "Africa; Share, %"),
        (6_000_000, "USD", "Asia; Budget (US$ million)"),
        (24, "percent", "Asia; Share, %"),
    ]


def test_the_years_of_a_head_are_years_and_the_numbering_of_rows_counts_nothing() -> None:
    found = ledger(table("No. | Output | 2018 | 2019", "1 | Workshops | 12 | 1,415", "2 | Manuals | 3 | 4"))
    assert found == [
        (2018, "year", None),
        (2019, "year", None),
        (12, None, "Workshops; 2018"),
        (1415, None, "Workshops; 2019"),
        (3, None, "Manuals; 2018"),
        (4, None, "Manuals; 2019"),
    ]


def test_prose_in_a_cell_is_read_as_prose() -> None:
    words = "The Office will train 12 teachers in three countries before the end of the biennium."
    assert ledger(table("Action | Due", f"{words} | June 2022")) == [
        (12, "teachers", "teachers"),
        (3, "countries", "countries"),
        (2022, "year", None),
    ]


def test_a_number_of_a_table_has_the_place_of_its_cell() -> None:
    [found] = quantities([("7", table("Region | Projects", "Africa | 12"))], "en")
    assert (found.text, found.paragraph) == ("12", "7")
    assert [(p.start, p.end) for p in found.places] == [(120, 122)]


def test_every_quantity_of_the_paper_is_found_again_at_its_places(shared: Path) -> None:
    record = read(shared / "paper" / "gb340_pfa_7.txt")
    assert len(record.quantities) > 80
    for q in record.quantities:
        printed = "".join(record.pages[p.page - 1].text[p.start : p.end] for p in q.places)
        assert squeeze(printed) == squeeze(q.text)
