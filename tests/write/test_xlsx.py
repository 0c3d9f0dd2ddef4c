"""The workbook: recommendations, actions and ratings a row each, set up to be read, sorted, printed, and computed by nobody."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args

import pytest
from openpyxl import load_workbook

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Action, Answer, DocumentInfo, Evaluation, Rating, Recommendation, Record, Response, Verdict
from evaltrail.write import Unwritable, written
from evaltrail.write.formats._cells import LONGEST
from evaltrail.write.formats._heads import Heads
from evaltrail.write.house import House
from evaltrail.write.rows import ACTIONS, RATINGS, RECOMMENDATIONS, Kind
from evaltrail.write.wording import languages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ASKED = Recommendation(
    id="1.r1", number="1", label="Recommendation 1", text="Buy a spare engine.", priority="high", time="short-term to long-term"
)
DONE = Action(number="1.1", text="Call for offers.", unit="FLEET", due="June 2025", status="ongoing")
REPLY = Response(id="1.a1", text="Accepted.", verdict="partially_accepted", answers=(Answer(id="1.r1"),), actions=(DONE,))
RATING = Rating(criterion="impact", value=5, scale="1-6", as_printed="Satisfactory")


def record(*statements: Any, language: str = "en", ratings: tuple[Rating, ...] = (), **info: Any) -> Record:
    document = DocumentInfo(**({"title": "Ferries & boats", "language": language} | info))
    return Record(document=document, evaluations=(Evaluation(id="1", title="Ferries", statements=statements, ratings=ratings),))


def book(r: Record, **more: Any) -> Workbook:
    return load_workbook(io.BytesIO(written(r, "xlsx", **more)))


def rows(page: Worksheet) -> list[dict[str, Any]]:
    head, *rest = page.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rest]


def test_every_table_has_a_sheet() -> None:
    found = book(record(ASKED, REPLY, ratings=(RATING,)))
    assert found.sheetnames == ["Recommendations", "Actions", "Ratings"]
    (asked,), (done,), (rated,) = (rows(page) for page in found.worksheets)
    assert (asked["Number"], asked["Recommendation"], asked["Response"]) == (1, "Buy a spare engine.", "Accepted.")
    assert (asked["Priority"], asked["Time"], asked["Verdict"]) == ("High", "Short-term to long-term", "Partially accepted")
    assert (done["Recommendation"], done["Action"], done["Due, as printed"]) == (1, "Call for offers.", "June 2025")
    assert (rated["Criterion"], rated["Rating"], rated["Rating, as printed"]) == ("Impact", 5, "Satisfactory")


def test_a_paper_without_ratings_has_no_sheet_of_them() -> None:
    assert book(record(ASKED)).sheetnames == ["Recommendations", "Actions"]


def test_a_record_with_nothing_to_list_is_refused() -> None:
    with pytest.raises(Unwritable, match="nothing to put in a table"):
        written(record(), "xlsx")


def test_heads_and_values_are_in_the_language_of_the_paper() -> None:
    page = book(record(ASKED, REPLY, language="fr")).worksheets[0]
    (row,) = rows(page)
    assert page.title == "Recommandations"
    assert (row["Priorité"], row["Délai"], row["Décision"]) == ("Élevée", "Court terme à long terme", "Partiellement acceptée")


def test_a_house_calls_things_by_its_own_words() -> None:
    house = House(words={"en": {"tables.responsible_units": "Lead", "verdicts.partially_accepted": "In part"}})
    (row,) = rows(book(record(ASKED, REPLY), house=house).worksheets[0])
    assert row["Verdict"] == "In part"
    assert "Lead" in row


def test_a_term_that_no_pack_knows_stands_as_it_is() -> None:
    odd = ASKED.model_copy(update={"criteria": ("impact", "=beauty"), "priority": "urgent"})
    (row,) = rows(book(record(odd)).worksheets[0])
    assert (row["Criteria"], row["Priority"]) == ("Impact; =beauty", "urgent")


def test_every_column_and_every_term_has_its_words_in_every_language() -> None:
    for language in languages():
        heads = Heads(language, House())
        for key in (*RECOMMENDATIONS, *ACTIONS, *RATINGS, "sheet_recommendations", "sheet_actions", "sheet_ratings", "sheet_long_texts"):
            assert heads(key)
        terms = {"kind": get_args(Kind), "verdict": get_args(Verdict), "time": ("short-term", "medium-term", "long-term", "ongoing")}
        for column, values in terms.items():
            assert all(heads.value(column, v) != v for v in values if language != "en" or "_" in v)


def test_a_language_without_words_gets_english_heads_and_a_sheet_from_right_to_left_where_it_is_written_so() -> None:
    assert not book(record(ASKED)).worksheets[0].sheet_view.rightToLeft
    page = book(record(ASKED, language="he")).worksheets[0]
    assert page.title == "Recommendations"
    assert page.sheet_view.rightToLeft


def test_numbers_and_days_are_cells_of_numbers_and_days() -> None:
    (done,) = rows(book(record(ASKED, REPLY)).worksheets[1])
    assert done["Due by"] == datetime(2025, 6, 30)  # noqa: DTZ001  # a day has no zone
    page = book(read(sample.path("pdf"))).worksheets[0]
    assert {type(r["Page"]) for r in rows(page)} == {int}


def test_numbers_of_recommendations_are_texts_where_one_of_them_is_no_number() -> None:
    part = Recommendation(id="1.r1a", number="1(a)", parent="1.r1", text="Ask.")
    assert [r["Number"] for r in rows(book(record(ASKED, part)).worksheets[0])] == ["1", "1(a)"]
    leading = ASKED.model_copy(update={"number": "1.10"})
    assert [r["Number"] for r in rows(book(record(leading)).worksheets[0])] == ["1.10"]
    assert [r["Number"] for r in rows(book(record(ASKED.model_copy(update={"number": None}))).worksheets[0])] == [None]


def test_the_head_stays_in_sight_can_be_filtered_and_is_printed_on_every_page() -> None:
    for page in book(record(ASKED, REPLY, ratings=(RATING,))).worksheets:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref == page.dimensions
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (1, 0, True)
        assert page.page_setup.paperSize == 9
        assert all(cell.alignment.wrap_text for cell in page[2])
        assert page.oddHeader.left.text == "Ferries && boats"


def test_the_head_has_the_colour_of_the_house_and_words_that_stand_out_from_it() -> None:
    for accent, words in (("#123c60", "00FFFFFF"), ("#ffe08a", "00000000")):
        head = book(record(ASKED), house=House(accent=accent, paper="us-letter")).worksheets[0]["A1"]
        assert head.fill.fgColor.rgb == f"00{accent[1:].upper()}"
        assert head.font.color.rgb == words


ARMED = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "＝1+1",
    '=HYPERLINK("http://127.0.0.1/")',
    "=cmd|'/C calc'!A0",
    "+41 22 799 61 11",
    "-5",
)


@pytest.mark.parametrize("words", ARMED)
def test_a_text_is_a_text_whatever_it_begins_with(words: str) -> None:
    cell = book(record(ASKED.model_copy(update={"text": words}))).worksheets[0]["D2"]
    assert cell.data_type == "s"
    assert cell.value == words.replace("\t", " ")
    assert cell.quotePrefix
    assert not book(record(ASKED)).worksheets[0]["D2"].quotePrefix


def test_libreoffice_computes_nothing_and_shows_every_text(calc: Callable[[Path, str, str], Path], tmp_path: Path) -> None:
    odd = (*ARMED, "_x0041_ is no A", "line\nline", "a\x07b", "𝒳 مرحبا")
    statements = [ASKED.model_copy(update={"id": f"r{n}", "number": None, "text": words}) for n, words in enumerate(odd)]
    (tmp_path / "a.xlsx").write_bytes(written(record(*statements), "xlsx"))
    sheet = (calc(tmp_path, "a.xlsx", "fods") / "a.fods").read_text(encoding="utf-8")
    assert "table:formula=" not in sheet
    assert "<text:p>_x0041_ is no A</text:p>" in sheet
    calc(tmp_path, "a.xlsx", "xlsx")
    shown = [row[3] for row in load_workbook(tmp_path / "as-xlsx" / "a.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True)]
    wanted = [words.replace("\t", " ").replace("\x07", "") for words in odd]
    assert [str(s).replace("_x005F_", "_") for s in shown] == wanted


def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own() -> None:
    long = " ".join(f"word{n}" for n in range(12_000))
    found = book(record(ASKED.model_copy(update={"text": long}), REPLY.model_copy(update={"text": long[::-1]})))
    assert found.sheetnames[-1] == "Long texts"
    first = found.worksheets[0]["D2"].value
    mark = "\n[continued on the sheet “Long texts”, text 1]"
    assert first.endswith(mark)
    more = [r for r in rows(found["Long texts"]) if r["Text"] == 1]
    assert [r["Part"] for r in more] == list(range(1, len(more) + 1))
    assert {r["Belongs to"] for r in more} == {"Recommendations, D2"}
    assert first.removesuffix(mark) + "".join(r["Words"] for r in more) == long
    assert all(len(str(cell)) <= LONGEST for page in found.worksheets for row in page.iter_rows(values_only=True) for cell in row)
    assert {r["Text"] for r in rows(found["Long texts"])} == {1, 2}


def test_five_thousand_words_fit_into_a_cell() -> None:
    words = "word " * 5000
    found = book(record(ASKED.model_copy(update={"text": words.strip()})))
    assert found.sheetnames == ["Recommendations", "Actions"]
    assert found.worksheets[0]["D2"].value == words.strip()


def test_the_same_record_gives_the_same_bytes_at_another_time() -> None:
    made = record(ASKED, REPLY)
    first = written(made, "xlsx")
    time.sleep(2.1)  # ZIP counts time in steps of two seconds
    assert written(Record.from_json(made.to_json()), "xlsx") == first


@pytest.mark.parametrize("day, said", [("2020-10-28", 2), ("2020-10", 0), (None, 0), ("yesterday", 0), ("2020-13-45", 0)])
def test_its_only_date_is_the_record_s(day: str | None, said: int) -> None:
    with zipfile.ZipFile(io.BytesIO(written(record(ASKED, date=day), "xlsx"))) as package:
        properties = package.read("docProps/core.xml").decode()
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    found = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", properties)
    assert found == ["2020-10-28T00:00:00Z"] * said
    assert not re.search(r"openpyxl", properties)
