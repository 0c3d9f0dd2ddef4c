"""Odd and broken records: each time one clear line, or a sound paper that says what the record says."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import docx
import pypdfium2
import pytest
from lxml import etree, html
from openpyxl import load_workbook

from evaltrail.cli import main
from evaltrail.record import Record
from evaltrail.write import Unwritable
from evaltrail.write.formats import formats
from evaltrail.write.house import HouseError, load
from evaltrail.write.order import Order
from evaltrail.write.papers import kinds

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Buy a spare engine"
CONTROLS = "".join(map(chr, range(1, 32))) + "\x7f\x85\u2028\ufffe\uffff\u202e\u200b"
LONG_CELL = " ".join(f"word{n}" for n in range(5000))


def rec(**more: Any) -> dict[str, Any]:
    return {"kind": "recommendation", "id": "r1", "number": "1", "label": "Recommendation 1", "text": f"{WORDS}.", **more}


def reply(**more: Any) -> dict[str, Any]:
    return {"kind": "response", "id": "a", "text": "Yes.", "answers": [{"id": "r1"}], **more}


def record(*statements: dict[str, Any], passages: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A record of these statements and passages; without passages one of a draft."""
    e = {"id": "1", "title": "Ferries", "statements": list(statements), **more.pop("evaluation", {})}
    return {"document": {"title": "Ferries", "language": "en"}, "evaluations": [e], "passages": passages or [], **more}


def paper(*passages: dict[str, Any], **more: Any) -> dict[str, Any]:
    head = {"kind": "title", "text": "Ferries"}, {"kind": "heading", "level": 1, "text": "Recommendations", "section": 0}
    return record(rec(), passages=[*head, {"kind": "paragraph", "text": f"{WORDS}.", "section": 1}, *passages], **more)


def table(*cells: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "table", "cells": list(cells), **more}


PAPERS = tuple(n for n, f in sorted(formats().items()) if not getattr(f, "OF_RECORD", False))
WHOLE = (None, "same", "governing-body", "report")
"""Kinds that leave nothing of a record out."""

CASES: dict[str, dict[str, Any]] = {
    "no number": record(rec(number=None, label=None), rec(id="r2", number=None)),
    "no number in a paper": paper(),
    "no words": record(rec(text=""), {"kind": "finding", "id": "f", "text": ""}, rec(id="r2")),
    "two of one id": record(rec(), rec(), reply(id="r1")),
    "parent of itself": record(rec(parent="r1"), rec(id="r2", parent="r3"), rec(id="r3", parent="r2"), rec(id="r4", parent="none")),
    "an answer to nothing": record(rec(), reply(answers=[{"id": "none"}, {"record": "x", "id": "y"}])),
    "an unknown criterion": record(
        rec(criteria=["beauty", "impact"]),
        {"kind": "finding", "id": "f", "text": "Fine.", "criteria": ["beauty"]},
        evaluation={"ratings": [{"criterion": "beauty", "value": 7, "scale": "1-6"}, {"as_printed": "Good"}]},
    ),
    "scales that are none": record(
        rec(),
        evaluation={
            "ratings": [
                {"criterion": "impact", "value": v, "scale": s}
                for v, s in ((3, "x"), (3, "3-3"), (-4, "6-1"), (2.5, "1-4: 1 = Poor; 9 = Good"), (1e300, "0-1e300"), (3, ""))
            ]
        },
    ),
    "control characters": record(
        rec(text=f"{WORDS}{CONTROLS}.", label=CONTROLS, responsible=[CONTROLS], as_printed={"responsible": f"FLEET{CONTROLS}"}),
        reply(text=f"Yes{CONTROLS}", actions=[{"text": CONTROLS, "due": CONTROLS}]),
        document=dict.fromkeys(("title", "symbol", "organisation", "language", "date"), f"a{CONTROLS}"),
    ),
    "control characters in a paper": paper(
        {"kind": "heading", "level": 1, "text": f"A{CONTROLS}", "marker": CONTROLS, "section": 0},
        {"kind": "item", "level": 1, "text": f"b{CONTROLS}", "marker": "\x01"},
        table({"row": 0, "column": 0, "text": CONTROLS}),
        footnotes=[{"number": "1\x00", "text": f"c{CONTROLS}"}],
    ),
    "a cell of 5,000 words": paper(table({"row": 0, "column": 0, "text": "A", "header": True}, {"row": 0, "column": 1, "text": LONG_CELL})),
    "a statement of 5,000 words": record(rec(text=f"{WORDS}. {LONG_CELL}", as_printed={"responsible": LONG_CELL})),
    "a word without end": record(rec(text=f"{WORDS}. {'x' * 20_000}")),
    "a word without end in a cell": paper(table({"row": 0, "column": 0, "text": "x" * 3000}, {"row": 0, "column": 1, "text": "y"})),
    "markup": record(
        rec(text=f"{WORDS} </p><script>alert(1)</script> #strong[x] $x$ `y` \\ {{}} &amp; <!-- ]]> _x0041_"),
        document={"title": "</title>#x"},
    ),
    "cells that overlap": paper(
        table(
            {"row": 0, "column": 0, "row_span": 3, "column_span": 3, "text": "a"},
            {"row": 1, "column": 1, "text": "b"},
            {"row": 1, "column": 1, "text": "c"},
            header_rows=9,
        )
    ),
    "cells out of order and apart": paper(table({"row": 2, "column": 3, "text": "b"}, {"row": 0, "column": 0, "text": "a"})),
    "a table without cells": paper(table(), table(header_rows=2)),
    "only heads": paper(table({"row": 0, "column": 0, "text": "a", "header": True}, header_rows=1)),
    "spans beyond the words": paper(
        {"kind": "paragraph", "text": "abc", "bold": [[2, 90], [5, 3]], "italic": [[0, 2], [1, 3]], "marks": [{"at": 99, "number": "7"}]},
        {"kind": "paragraph", "text": "abc", "marks": [{"at": 1, "number": "1"}, {"at": 1, "number": "1"}, {"at": 2, "number": "2"}]},
        footnotes=[{"number": "1", "text": ""}, {"number": "1", "text": "twice"}, {"number": "*", "text": "star"}],
    ),
    "levels beyond any style": paper(
        {"kind": "heading", "level": 40, "text": "deep"},
        {"kind": "item", "level": 30, "text": "deep", "marker": "(a)"},
        {"kind": "caption", "text": ""},
    ),
    "frames in turn": paper(
        *({"kind": k, "text": k, "box": b} for k, b in zip(("paragraph", "item", "heading", "item"), "abab", strict=True))
    ),
    "other scripts": record(
        rec(text=f"{WORDS}. توصية: شراء محرك 3 (a) 建议 การ 𝒳 👩‍👩‍👧 e\u0301"),
        document={"title": "تقييم العبارات", "language": "ar", "date": "2020-02"},
    ),
    "a language that is none": record(rec(), document={"title": "", "language": "not a tag", "date": "2020-13-45"}),
    "decisions that refer to nothing": record(
        rec(),
        decisions=[{"paragraph": None, "text": "Take note.", "refers": [{"from": "9", "to": "x"}]}],
        paragraphs=[{"number": "1", "text": "a"}],
    ),
    "links to nothing": record(rec(), evaluation={"links": [{"from": "f9", "to": "r1", "kind": "leads_to", "basis": "stated"}]}),
    "nothing at all": {},
    "an evaluation with nothing": {"evaluations": [{"id": ""}]},
}


def words_of(data: bytes, to: str) -> str:
    """What a reader of the file sees, once a program of its kind has taken it for sound."""
    match to:
        case "docx":
            document = docx.Document(io.BytesIO(data))
            return "".join(document.element.body.itertext())
        case "pdf":
            with pypdfium2.PdfDocument(data) as pdf:
                assert len(pdf)
                return " ".join(page.get_textpage().get_text_bounded() for page in pdf)
        case "html":
            assert "\x00" not in data.decode("utf-8")
            return str(html.fromstring(data.decode("utf-8")).text_content())
        case "xml":
            return "".join(etree.fromstring(data).itertext())
        case "xlsx":
            book = load_workbook(io.BytesIO(data))
            return " ".join(str(v) for page in book for row in page.iter_rows(values_only=True) for v in row)
        case "csv":
            table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
            assert len({len(row) for row in table}) == 1
            return " ".join(v for row in table for v in row)
        case "json":
            return " ".join(s.text for e in Record.from_json(data).evaluations for s in e.statements)
        case _:
            pytest.fail(f"say here how a file of the new format {to!r} is opened")


def sound(case: str, to: str, kind: str | None) -> None:
    """Write the record; the file opens and has its words, or one line says why there is none."""
    made = Record.model_validate(CASES[case])
    try:
        data = formats()[to].written(Order(made, kind))
    except Unwritable as e:
        said = str(e)
    else:
        said = ""
        seen = " ".join(words_of(data, to).split())
        # PDFium gives the words of a paragraph that runs from right to left in another order.
        there = all(w in seen for w in WORDS.split())
        assert there or WORDS not in json.dumps(CASES[case]) or kind not in WHOLE
        whole = (to in PAPERS and kind in (None, "same")) if made.passages else kind in WHOLE
        if "5,000 words" in case and whole:
            assert all(word in seen for word in ("word0 ", "word2500 ", "word4999"))
        assert data == formats()[to].written(Order(made, kind))
    assert "\n" not in said
    assert bool(said) <= (case in ("nothing at all", "an evaluation with nothing") or kind is not None)


@pytest.mark.parametrize("to", sorted(formats()))
@pytest.mark.parametrize("case", CASES)
def test_an_odd_record_gives_a_sound_file_or_one_line(case: str, to: str) -> None:
    sound(case, to, None)


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize("case", CASES)
def test_an_odd_record_gives_a_sound_paper_of_any_kind_or_one_line(case: str, kind: str) -> None:
    sound(case, "html", kind)


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize("case", ["no number", "an unknown criterion", "control characters", "a statement of 5,000 words"])
@pytest.mark.parametrize("to", PAPERS)
def test_the_oddest_records_give_sound_papers_of_any_kind_and_format(to: str, case: str, kind: str) -> None:
    sound(case, to, kind)


@pytest.mark.parametrize("to", sorted(formats()))
def test_every_format_has_a_program_that_opens_it_here(to: str) -> None:
    made = Record.model_validate(CASES["no number in a paper"])
    assert WORDS in words_of(formats()[to].written(Order(made)), to)


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"<svg", b"<html></html>", b"\xff\xd8\xff"])
@pytest.mark.parametrize("name", ["logo.png", "logo.svg", "logo.jpg"])
def test_a_logo_that_is_no_picture_is_one_line(name: str, data: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "house.toml").write_text(f'[logo]\nfile = "{name}"\ndescription = "A boat"\n')
    with pytest.raises(HouseError):
        load(tmp_path)
    (tmp_path / "r.json").write_text(json.dumps({"schema": "evaltrail.record/1", **CASES["no number in a paper"]}))
    assert main(["write", str(tmp_path / "r.json"), "--house", str(tmp_path), "-o", str(tmp_path / "a.html")]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n"), name in err) == ("", 1, True), err
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "it is empty"),
        (b"[1, 2]", "it is JSON, but no record of Evaltrail"),
        (b'{"schema": "evaltrail.record/1", ', "it is not sound JSON ("),
        (b'{"schema": "evaltrail.record/2"}', "it was written by a newer Evaltrail"),
        (b'{"schema": "evaltrail.record/1", "evaluations": 3}', "it is no sound record: evaluations: "),
        (b'{"schema": "evaltrail.record/1", "evaluations": [{"id": "1", "statements": [{"kind": "wish"}]}]}', "it is no sound record: "),
    ],
)
@pytest.mark.parametrize("to", sorted(formats()))
def test_what_is_no_record_is_one_line_and_no_file(
    to: str, content: bytes, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.json").write_bytes(content)
    assert main(["write", str(tmp_path / "r.json"), "--to", to, "-o", str(tmp_path / "out")]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"evaltrail: {tmp_path / 'r.json'}: {said}")
    assert not (tmp_path / "out").exists()
