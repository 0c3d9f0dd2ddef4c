"""A quality sheet suggests only what rules said, scores only what people judged, and brings judgements back from every format."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import html

from evaltrail import read
from evaltrail.check.profile import Profile, Refused, load
from evaltrail.check.report import Failed, ProfileUsed, Remark, Report, Suppressed
from evaltrail.check.score import Judgements
from evaltrail.check.sheet import sheet
from evaltrail.check.sheets import endings, judgements, written
from evaltrail.record import Place

TODAY = date(2026, 6, 1)
WORDS = 'The evaluators spoke with forty people in nine villages. =HYPERLINK("x")'
PAPER = f"# Evaluation of the water programme\n\n## Findings\n\n{WORDS}\n"
ITEMS = (
    {"id": "A1", "section": "Method", "text": "Sources are named.", "rules": ["REC001"], "must_pass": True, "weight": 3},
    {"id": "A2", "section": "Method", "text": "Sampling is told.", "rules": ["STR001"], "papers": ["report", "summary"]},
    {"id": "B1", "section": "=SUM(1)", "text": "+1 is good", "weight": 0.5},
    {"id": "B2", "section": "=SUM(1)", "text": "Responses are there.", "papers": ["response"], "weight": 2},
)
BANDS = [[0.8, "good"], [0.5, "fair"], [0.0, "weak"]]


@pytest.fixture(scope="module")
def record():
    return read(PAPER.encode(), name="paper.md")


def house(**more):
    items = [{"papers": ["report"], **i} for i in ITEMS]
    return Profile.model_validate({"name": "house", "title": "House", "version": "1", "items": items, "scoring": {"bands": BANDS}, **more})


def remark(code="REC001", *, right=False, words="", severity="warning", suspects=False, record=None):
    places = ()
    if words:
        start = record.pages[0].text.index(words)
        places = (Place(page=1, start=start, end=start + len(words)),)
    return Remark(
        rule=code,
        name="x",
        severity=severity,
        status="preview",
        version=1,
        suspects=suspects,
        message="It is there." if right else "It is not there.",
        places=places,
        fingerprint="0" * 16,
    )


def report(remarks=(), confirmations=(), *, genre="report", rules=("REC001", "STR001"), **more):
    used = ProfileUsed(name="house", title="House", version="1")
    return Report(genre=genre, checked=TODAY, profile=used, rules=rules, remarks=remarks, confirmations=confirmations, **more)


def found(record, *args, item="A1", profile=None, **more):
    made = sheet(record, profile or house(), report=report(*args, **more))
    return next(r for r in made.rows if r.id == item)


# What is suggested


def test_a_confirmation_alone_meets_an_item(record):
    row = found(record, (), (remark(right=True, words="forty people", record=record),))
    assert row.suggestion == "met"
    assert [(e.speaks, e.words) for e in row.evidence] == [("for", "forty people")]


def test_silence_never_meets_an_item(record):
    row = found(record)
    assert row.suggestion == "for a person to judge"
    assert row.why


def test_a_fault_alone_is_not_met_and_both_are_partly_met(record):
    assert found(record, (remark(),)).suggestion == "not met"
    assert found(record, (remark(),), (remark(right=True),)).suggestion == "partly met"


@pytest.mark.parametrize("weak", [{"suspects": True}, {"severity": "note"}])
def test_a_suspicion_or_a_note_alone_is_never_more_than_seems_partly_met(record, weak):
    assert found(record, (remark(**weak),)).suggestion == "seems partly met"
    assert found(record, (remark(**weak),), (remark(right=True),)).suggestion == "seems partly met"
    assert found(record, (remark(**weak), remark())).suggestion == "not met"


def test_an_item_that_only_suspecting_rules_confirm_seems_met(record):
    assert found(record, (), (remark(right=True, suspects=True),)).suggestion == "seems met"


def test_an_item_is_firmly_met_only_where_every_rule_that_looked_confirms_it(record):
    both = house(items=[{"id": "A1", "section": "s", "text": "t", "rules": ["REC001", "STR001"]}])
    one, other = remark(right=True), remark("STR001", right=True)
    assert found(record, (), (one,), profile=both).suggestion == "seems met"
    assert found(record, (), (one, other), profile=both).suggestion == "met"
    assert found(record, (), (one,), profile=both, rules=("REC001",)).suggestion == "met"


def test_an_item_that_rules_see_only_in_part_stays_for_a_person_with_what_they_confirm(record):
    part = house(items=[{"id": "A1", "section": "s", "text": "t", "rules": ["REC001"], "in_part": True}])
    row = found(record, (), (remark(right=True),), profile=part)
    assert row.suggestion == "for a person to judge"
    assert [e.speaks for e in row.evidence] == ["for"]
    assert "only a part" in row.why
    assert found(record, (remark(),), profile=part).suggestion == "seems partly met"


def test_an_item_without_rules_is_for_a_person(record):
    assert found(record, item="B1").suggestion == "for a person to judge"


def test_an_item_for_another_kind_of_paper_is_not_applicable(record):
    row = found(record, item="B2")
    assert row.suggestion == "not applicable"
    assert "management responses" in row.why


def test_an_item_that_applies_and_whose_rules_are_for_another_kind_of_paper_is_for_a_person(record):
    row = found(record, item="A2", genre="summary")
    assert row.suggestion == "for a person to judge"
    assert row.why == "Its rules are not meant for summaries of evaluations."


def test_a_rule_that_was_not_run_or_broke_off_leaves_the_item_to_a_person(record):
    assert found(record, rules=()).why == "Its rules were not run."
    assert found(record, failed=(Failed(rule="REC001", fault="x"),)).why == "Its rules broke off."


def test_what_a_house_suppresses_does_not_count_against_an_item(record):
    row = found(record, suppressed=(Suppressed(remark=remark(), reason="agreed", until=TODAY),))
    assert row.suggestion == "for a person to judge"
    assert "suppresses" in row.why


def test_an_item_hears_only_the_messages_that_have_its_words(record):
    one = {"id": "A1", "section": "s", "text": "t", "rules": ["REC001: cat|there"]}
    assert found(record, (remark(),), profile=house(items=[one])).suggestion == "not met"
    assert found(record, (remark(),), profile=house(items=[{**one, "rules": ["REC001: cat"]}])).suggestion == "for a person to judge"


def test_words_that_the_message_quotes_are_not_shown_again(record):
    one = remark(words="forty people", record=record)
    quoting = one.model_copy(update={"message": "It says “… forty people”."})
    assert [e.words for e in found(record, (one, quoting)).evidence] == ["forty people", ""]


def test_only_the_first_remarks_are_shown_and_the_rest_counted(record):
    row = found(record, tuple(remark() for _ in range(8)), (remark(right=True),))
    assert [e.speaks for e in row.evidence] == ["against"] * 3 + ["for"]
    assert row.more == 5


def test_a_profile_without_items_makes_no_sheet(record):
    with pytest.raises(Refused, match="“evaltrail” has no checklist"):
        sheet(record, "evaltrail")


@pytest.mark.parametrize("name", ["uneg", "good-practice"])
def test_a_sheet_is_made_from_the_record_alone(record, name):
    made = sheet(record, name, today=TODAY)
    assert [r.id for r in made.rows] == [i.id for i in load(name).items]
    assert made.score.share is None


# What is scored


def scored(record, profile=None, **words):
    profile = profile or house()
    return sheet(record, profile, report=report(), judgements=Judgements(profile="house", words=words)).score


def test_what_the_program_found_does_not_enter_the_score(record):
    score = sheet(record, house(), report=report((), (remark(right=True),))).score
    assert (score.share, score.judged, score.applicable) == (None, 0, 4.5)
    assert score.in_words == "No score yet: 0 per cent of the weight is judged."


def test_the_score_is_the_share_of_the_judged_weight(record):
    score = scored(record, A1="met", A2="partly met")
    assert score.share == pytest.approx((3 + 0.5) / 4)
    assert score.band == "good"
    assert not score.provisional
    assert score.in_words == "Score: 88 per cent (good). 89 per cent of the weight is judged."


def test_the_score_is_provisional_until_80_per_cent_of_the_weight_is_judged(record):
    assert scored(record, A1="met").provisional
    assert scored(record, A1="met").in_words.startswith("Provisional score: 100 per cent")
    ten = house(items=[{"id": str(n), "section": "s", "text": "t", "weight": 0.1} for n in range(10)])
    assert scored(record, ten, **{str(n): "met" for n in range(7)}).provisional
    assert not scored(record, ten, **{str(n): "met" for n in range(8)}).provisional


def test_an_item_judged_not_applicable_leaves_the_weight(record):
    score = scored(record, A1="met", A2="not applicable")
    assert (score.applicable, score.judged) == (3.5, 3)


def test_an_item_that_the_program_holds_for_not_applicable_counts_once_it_is_judged(record):
    score = scored(record, B2="met")
    assert (score.applicable, score.judged) == (6.5, 2)


def test_a_must_pass_item_that_is_not_met_fails_the_whole(record):
    score = scored(record, A1="not met", A2="met", B1="met")
    assert score.failed == ("A1",)
    assert score.band is None
    assert score.in_words.startswith("Fails, whatever the score: A1 must pass and is not met.")
    assert scored(record, A2="met").open == ("A1",)


def test_a_profile_brings_its_own_scale(record):
    swap = load("un-swap")
    made = sheet(
        record, swap, report=report(), judgements=Judgements(profile="un-swap", words={"1": "Score  3", "2": "score 0", "3": "score 3"})
    )
    assert made.score.share == pytest.approx(2 / 3)
    assert made.rows[0].judgement == "score 3"


@pytest.mark.parametrize(
    "given, said",
    [
        (Judgements(profile="uneg", name="f.xlsx"), "f.xlsx: it is a sheet of profile “uneg”, not of “house”"),
        (Judgements(profile="house", name="f.xlsx", words={"Z9": "met"}), "f.xlsx: the profile “house” has no item Z9"),
        (
            Judgements(profile="house", name="f.xlsx", words={"A1": "good"}),
            "f.xlsx: item A1 is judged “good”. It can be met, partly met, not met",
        ),
    ],
)
def test_judgements_that_do_not_fit_are_refused_in_one_line(record, given, said):
    with pytest.raises(Refused) as refused:
        sheet(record, house(), report=report(), judgements=given)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_judgements_of_another_version_of_paper_or_profile_are_taken_and_said(record):
    given = Judgements(profile="house", version="0", sha256="0" * 64, words={"A1": "met"})
    made = sheet(record, house(), report=report(), judgements=given)
    assert len(made.notes) == 2
    assert made.score.judged == 3
    for ending in (".html", ".docx"):
        assert b"PK" in (data := written(made, f"s{ending}")) or b"another version of the paper" in data


# What is written, and what comes back


@pytest.fixture(scope="module")
def filled(record):
    given = Judgements(
        profile="house", words={"A1": "partly met", "B1": "met", "B2": "not applicable"}, comments={"A1": "=1+1", "A2": "See page 3\nand 4"}
    )
    told = report((remark(words=WORDS[-16:], record=record),), (remark(right=True, words="forty people", record=record),))
    return sheet(record, house(note="A note.\x07"), report=told, judgements=given)


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".json"])
def test_judgements_come_back_from_what_was_written(filled, tmp_path, ending):
    file = tmp_path / f"sheet{ending}"
    file.write_bytes(written(filled, file))
    back = judgements(file)
    assert (back.profile, back.version, back.name) == ("house", "1", str(file))
    assert back.sha256 == filled.sha256
    assert back.words == {"A1": "partly met", "B1": "met", "B2": "not applicable"}
    assert back.comments == {"A1": "=1+1", "A2": "See page 3\nand 4"}


@pytest.mark.parametrize("ending", endings())
def test_the_same_sheet_gives_the_same_bytes(filled, ending):
    data = written(filled, f"s{ending}")
    assert data == written(filled, f"s{ending}")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2026-06-01" in package.read("docProps/core.xml")
            assert not re.search(rb"modified[^>]*>(?!2026-06-01)", package.read("docProps/core.xml").partition(b"</dcterms:modified>")[0])


def refusal(file):
    """Why a file is refused; None where it is read. Nothing is printed beside it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            judgements(file)
        except Refused as e:
            return str(e)
        return None


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".json"])
def test_a_damaged_sheet_is_read_or_refused_and_nothing_else(filled, tmp_path, ending):
    whole = written(filled, f"s{ending}")
    draw = random.Random(5)  # noqa: S311 - no secret hangs on it
    file = tmp_path / f"s{ending}"
    for n in range(60):
        data = bytearray(whole[: draw.randrange(len(whole))] if n % 3 == 0 else whole)
        for _ in range(draw.randrange(1, 30)):
            if data:
                data[draw.randrange(len(data))] = draw.randrange(256)
        file.write_bytes(bytes(data))
        assert refusal(file) is None or refusal(file).startswith(f"{file}: ")


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_a_package_with_damaged_parts_is_read_or_refused_and_nothing_else(filled, tmp_path, ending):
    draw = random.Random(6)  # noqa: S311 - no secret hangs on it
    file = tmp_path / f"s{ending}"
    with zipfile.ZipFile(io.BytesIO(written(filled, file))) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    for name, sound in parts.items():
        for broken in (b"", b"<x/>", sound[: draw.randrange(len(sound))], sound.replace(b"t", b"q")):
            with zipfile.ZipFile(file, "w") as package:
                for n, data in parts.items():
                    package.writestr(n, broken if n == name else data)
            assert refusal(file) is None or refusal(file).startswith(f"{file}: ")


def test_a_package_that_would_unpack_to_very_much_is_refused(tmp_path):
    file = tmp_path / "s.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(110 << 20))
    with pytest.raises(Refused, match="it unpacks to 110 MB"):
        judgements(file)


def test_a_short_json_file_holds_judgements(tmp_path):
    file = tmp_path / "j.json"
    file.write_text('{"profile": "uneg", "judgements": {"1.1": "met", "1.3": null}, "comments": {"1.1": "Yes."}}')
    back = judgements(file)
    assert (back.words, back.comments) == ({"1.1": "met"}, {"1.1": "Yes."})


def test_the_words_of_a_paper_never_become_a_formula(filled):
    book = openpyxl.load_workbook(io.BytesIO(written(filled, "s.xlsx")))
    formulas = {c.column_letter for row in book["Sheet"].iter_rows() for c in row if c.data_type == "f"}
    assert formulas == {"C", "K"}
    said = [
        c for row in book["Sheet"].iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith(("=SUM(1)", "=1+1", "+1 is"))
    ]
    assert {(c.data_type, bool(c.quotePrefix)) for c in said} == {("s", True)}
    assert len(said) == 4
    assert not [c for n in ("About", "Scale") for row in book[n].iter_rows() for c in row if c.data_type == "f"]


def test_the_workbook_offers_the_words_of_the_scale(filled):
    book = openpyxl.load_workbook(io.BytesIO(written(filled, "s.xlsx")))
    (offered,) = book["Sheet"].data_validations.dataValidation
    assert (offered.type, offered.formula1, str(offered.sqref)) == ("list", "Scale!$A$2:$A$5", "I13:I16")
    assert [book["Scale"][f"A{n}"].value for n in range(2, 6)] == ["met", "partly met", "not met", "not applicable"]
    assert book["Sheet"].print_title_rows == "$12:$12"


def test_the_document_lies_and_repeats_its_heads_and_offers_the_words(filled):
    document = docx.Document(io.BytesIO(written(filled, "s.docx")))
    page = document.sections[0]
    assert page.page_width > page.page_height
    tables = [t for t in document.tables if t.rows[0].cells[0].text == "Item"]
    assert len(tables) == len(filled.sections)
    for table in tables:
        assert table.style.name == "Table Grid"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        order = [e.tag for e in table._tbl.tblPr]
        assert order.index(qn("w:tblBorders")) < order.index(qn("w:tblLayout"))
        for row in table.rows[1:]:
            listed = row._tr.findall(f".//{qn('w:listItem')}")
            assert [i.get(qn("w:value")) for i in listed] == ["choose", "met", "partly met", "not met", "not applicable"]
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["Method", "=SUM(1)"]


def test_the_page_needs_nothing_from_elsewhere_and_shows_every_item(filled):
    text = written(filled, "s.html").decode()
    tree = html.fromstring(text)
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', text) == []
    assert [t.text_content() for t in tree.xpath("//tbody//th")] == ["A1", "A2", "B1", "B2"]
    assert "It is not there." in text
    assert "=HYPERLINK(&quot;x&quot;)" in text


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (390, "dark")])
def test_the_page_passes_axe_at_both_widths_in_both_themes(browser, filled, tmp_path, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    page = tmp_path / "sheet.html"
    page.write_bytes(written(filled, page))
    tab = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    tab.goto(page.as_uri())
    results = axe.Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.context.close()


def drawn(record, seed):
    """A sheet with random judgements under one of three scales."""
    draw = random.Random(seed)  # noqa: S311 - no secret hangs on it
    must = [{**i, "must_pass": draw.random() < 0.3, "weight": draw.choice([0.1, 0.5, 1, 2.5])} for i in ITEMS * 3]
    items = [{**i, "id": f"{i['id']}.{n}", "papers": i.get("papers", ["report"])} for n, i in enumerate(must)]
    scale = draw.choice(
        [
            [[1, "met"], [0.5, "partly met"], [0, "not met"]],
            [[1, "3, full"], [2 / 3, "2"], [1 / 3, "1"], [0, "0"]],
            [[0.9, "yes"], [0, "no"]],
        ]
    )
    profile = house(items=items, scoring={"scale": scale, "bands": draw.choice([[], BANDS])})
    words = [*(w for _, w in scale), "not applicable"]
    share = draw.choice([0, 0.5, 0.85, 1])
    given = {i["id"]: draw.choice(words) for i in items if draw.random() < share}
    return sheet(record, profile, report=report(), judgements=Judgements(profile="house", words=given))


def test_the_formulas_of_the_workbook_come_to_the_same_score(calc, record, tmp_path):
    sheets = {f"s{n:02}": drawn(record, n) for n in range(24)}
    assert {s.score.provisional for s in sheets.values()} == {True, False}
    assert any(s.score.failed for s in sheets.values())
    for name, made in sheets.items():
        (tmp_path / f"{name}.xlsx").write_bytes(written(made, "s.xlsx"))
    out = calc(tmp_path, "s*.xlsx", "xlsx")
    for name, made in sheets.items():
        page = openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True)["Sheet"]
        score = made.score
        assert page["C4"].value == pytest.approx(score.applicable), name
        assert page["C5"].value == pytest.approx(score.judged), name
        assert page["C7"].value == len(score.failed), name
        state = "no score yet" if score.share is None else "fails" if score.failed else "provisional" if score.provisional else "complete"
        assert page["C8"].value == state, name
        assert (page["C9"].value or None) == score.band, name
        if score.share is None:
            assert not page["C6"].value
        else:
            assert page["C6"].value == pytest.approx(score.share), name
        back = judgements(out / f"{name}.xlsx")
        assert back.words == {r.id: r.judgement for r in made.rows if r.judgement}


def test_judgements_survive_a_writer_other_than_ours(libreoffice, filled, tmp_path):
    import subprocess

    (tmp_path / "s.docx").write_bytes(written(filled, "s.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [
        libreoffice,
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        tmp_path / "out",
        tmp_path / "s.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    back = judgements(tmp_path / "out" / "s.docx")
    assert back.words == {"A1": "partly met", "B1": "met", "B2": "not applicable"}
    assert back.profile == "house"
