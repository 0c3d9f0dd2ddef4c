"""How reports are written: text, JSON, SARIF and HTML, each from a report whose every part is known."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import html

from evaltrail import sample
from evaltrail.check.formats import Checked, Style, formats
from evaltrail.check.formats._boxes import boxed
from evaltrail.check.formats._excerpt import columns
from evaltrail.check.formats._source import SourceLines
from evaltrail.check.report import Failed, ProfileUsed, RelatedPlace, Remark, Report, Suppressed
from evaltrail.check.run import check
from evaltrail.read import read
from evaltrail.record import Edit, Place, Record

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

LINES = (
    "Évaluation du port",
    "The harbour <was> rebuilt in 2019 by the Ports Unit, which also dredged the channel and trained the pilots of both shores.",
    "港の評価 says 2020 & nothing else",
    "The harbour was rebuilt in 2020.",
)
TEXT = "\n".join(LINES)


def place(words: str, page: int = 1, text: str = TEXT) -> Place:
    start = text.index(words)
    return Place(page=page, start=start, end=start + len(words))


def remark(message: str, *words: str, **more: object) -> Remark:
    settings = {"rule": "NUM001", "name": "value-in-wrong-column", "severity": "error", "status": "preview", "version": 1}
    return Remark.model_validate(
        settings | {"message": message, "places": tuple(place(w) for w in words), "fingerprint": "0123456789abcdef"} | more
    )


def checked(*remarks: Remark, media_type: str = "text/html", source: bytes | None = None, **more: object) -> Checked:
    record = Record.model_validate(
        {"document": {"title": "Landing <well>", "language": "en", "media_type": media_type}, "pages": [{"number": 1, "text": TEXT}]}
    )
    report = Report.model_validate(
        {
            "genre": "report",
            "checked": date(2026, 6, 30),
            "profile": ProfileUsed(name="evaltrail", title="All rules", version="1"),
            "rules": ("REC001", "NUM001"),
            "remarks": remarks,
        }
        | more
    )
    return Checked("paper.html", record, report, source, "some folder/paper.html")


def text_of(*papers: Checked, **style: object) -> str:
    return formats()["text"].written(papers, Style(**style))  # type: ignore[arg-type]


# Text


def test_a_remark_is_a_line_with_place_code_and_severity_and_its_words_underlined() -> None:
    said = text_of(checked(remark("One year is wrong.", "2020 & nothing")))
    assert said.startswith("paper.html: NUM001 [error] One year is wrong. (preview)\n")
    shown, under = said.splitlines()[1:3]
    assert shown == "    | 港の評価 says 2020 & nothing else"
    # Each of the four characters before takes two columns.
    assert under == "    | " + " " * (8 + len(" says ")) + "^" * len("2020 & nothing")


def test_what_the_whole_paper_lacks_says_so_and_shows_no_words() -> None:
    assert text_of(checked(remark("There is no summary."))).splitlines()[:2] == [
        "paper.html: the whole paper: NUM001 [error] There is no summary. (preview)",
        "",
    ]


def test_a_text_file_names_the_line_and_a_paper_with_pages_the_page() -> None:
    assert "paper.html: line 3: NUM001" in text_of(checked(remark("x", "2020 &"), media_type="text/plain"))
    record = Record.model_validate({"pages": [{"number": i, "width": 595, "height": 842, "text": TEXT} for i in (1, 2)]})
    two = checked(remark("x").model_copy(update={"places": (place("2020 &", page=2),)}))
    assert "paper.html: page 2: NUM001" in text_of(Checked("paper.html", record, two.report))


def test_a_long_line_is_broken_and_only_the_rows_with_the_passage_are_shown() -> None:
    rows = text_of(checked(remark("x", "trained the pilots")), width=60).splitlines()[1:3]
    assert rows[0].startswith("    | … ")
    assert "trained the pilots" in rows[0]
    assert rows[1].index("^") == rows[0].index("trained")
    assert rows[1].count("^") == len("trained the pilots")


@pytest.mark.parametrize("width", [40, 61, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = remark("A message that goes on " + "and on " * 30, LINES[1], LINES[2], proposal="word " * 40)
    for line in text_of(checked(long), width=width, wrap=True).splitlines()[:-5]:
        assert sum(columns(c) for c in line) <= width


def test_a_pipe_gets_each_message_in_one_line() -> None:
    assert "on " * 100 in text_of(checked(remark("on " * 100 + "and off"))).splitlines()[0]


def test_a_paper_cannot_steer_the_terminal() -> None:
    hostile = checked(remark("He said \x1b[31mred\x07\u202e", "The harbour was"))
    page = hostile.record.pages[0].model_copy(update={"text": TEXT.replace("The harbour was", "The \x1b]0;x\x07bour wa")})
    record = hostile.record.model_copy(update={"pages": (page,)})
    said = text_of(Checked("p", record, hostile.report))
    assert not set("\x1b\x07\u202e") & set(said)


def test_colour_is_only_where_it_is_asked_for() -> None:
    one = checked(remark("x", "2020 &"))
    assert "\x1b[" not in text_of(one)
    painted = text_of(one, colour=True)
    assert "\x1b[1;31mNUM001 [error]\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == text_of(one)


def test_doubt_related_places_proposal_and_repair_are_said() -> None:
    edit = Edit(pointer="/document/title", old="Landing <well>", new="Landing")
    related = (RelatedPlace(text="another year", places=(place("2019"),)),)
    said = text_of(checked(remark("x", "2020 &", suspects=True, related=related, proposal="2019", repair=(edit,))))
    assert "x (possible, preview)" in said
    assert "    = related: another year\n    | The harbour <was> rebuilt in 2019" in said
    assert "    = proposal: 2019\n" in said
    assert "    = repair: can be made with --fix\n" in said
    assert "1 remark can be mended in the record: --fix OUT" in said


def test_the_end_counts_by_severity_and_family_and_what_was_set_aside() -> None:
    other = remark("y", rule="REC001", name="too-many", severity="note")
    gone = Suppressed(remark=other, reason="known", until=date(2027, 1, 1))
    said = text_of(checked(remark("x"), other, suppressed=(gone,), expired=("the suppression of REC001 ended on 2026-01-01",)))
    assert "paper.html: 1 error, 1 note (taken for an evaluation report in English; 2 rules of “All rules”)" in said
    assert re.search(r"^  recommendations +1  #", said, re.MULTILINE)
    assert re.search(r"^  numbers +1  #", said, re.MULTILINE)
    assert "1 remark suppressed by the profile" in said
    assert "expired: the suppression of REC001 ended on 2026-01-01" in said
    assert said.endswith("What a rule means and why: evaltrail check --explain NUM001\n")


def test_a_paper_without_faults_is_told_so() -> None:
    assert text_of(checked(confirmations=(remark("It is right."),))).startswith("paper.html: nothing found (")
    assert "NUM001 [right] It is right." in text_of(checked(confirmations=(remark("It is right."),)), confirmations=True)


def test_several_papers_are_told_one_after_the_other_with_a_total() -> None:
    said = text_of(checked(remark("x")), checked())
    assert "2 papers: 1 error" in said
    assert said.count("paper.html: ") == 3


# JSON


def test_one_report_is_an_object_and_several_are_a_list() -> None:
    one = checked(remark("x"))
    assert Report.model_validate_json(formats()["json"].written([one], Style())) == one.report
    assert [r["schema"] for r in json.loads(formats()["json"].written([one, one], Style()))] == ["evaltrail.check/1"] * 2


# SARIF


def sarif(*papers: Checked, **style: object) -> dict[str, object]:
    return json.loads(formats()["sarif"].written(papers, Style(**style)))["runs"][0]  # type: ignore[arg-type,no-any-return]


def test_sarif_is_valid(shared: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((shared / "schemas" / "sarif-schema-2.1.0.json").read_text())
    gone = Suppressed(remark=remark("z"), reason="known", until=date(2027, 1, 1))
    related = (RelatedPlace(text="another", places=(place("2019"),)),)
    edit = Edit(pointer="/document/title", old="Landing <well>", new="Landing")
    full = checked(
        remark("x", "2020 &", related=related, proposal="y", repair=(edit,)),
        remark("none"),
        suppressed=(gone,),
        failed=(Failed(rule="REC001", fault="ValueError: no"),),
        confirmations=(remark("right", "2019"),),
    )
    real = read(sample.path("txt"))
    whole = Checked("paper.txt", real, check(real, today=date(2026, 6, 30)), sample.path("txt").read_bytes(), str(sample.path("txt")))
    for papers in ([], [full], [full, whole]):
        text = formats()["sarif"].written(papers, Style(confirmations=True))
        jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker()).validate(json.loads(text))


def test_sarif_names_rule_place_fingerprint_and_page() -> None:
    run = sarif(checked(remark("x", "2020 &")))
    (result,) = run["results"]  # type: ignore[misc]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]  # type: ignore[index]
    assert (result["ruleId"], rule["id"], rule["name"]) == ("NUM001", "NUM001", "ValueInWrongColumn")
    assert rule["defaultConfiguration"]["level"] == "error"
    assert "Why it is bad" in rule["help"]["markdown"]
    at = result["locations"][0]["physicalLocation"]
    assert at["artifactLocation"] == {"uri": "some%20folder/paper.html", "index": 0}
    assert (at["region"]["charOffset"], at["region"]["charLength"]) == (TEXT.index("2020 &"), 6)
    assert at["region"]["properties"] == {"page": 1}
    assert result["partialFingerprints"] == {"evaltrail/v1": "0123456789abcdef"}


def test_sarif_gives_suppressions_with_their_justification_and_tells_rules_that_broke_off() -> None:
    gone = Suppressed(remark=remark("z"), reason="known since May", until=date(2027, 1, 1))
    run = sarif(checked(suppressed=(gone,), failed=(Failed(rule="REC001", fault="ValueError: no"),)))
    assert run["results"][0]["suppressions"][0]["justification"] == "known since May"  # type: ignore[index]
    (invocation,) = run["invocations"]  # type: ignore[misc]
    assert invocation["executionSuccessful"] is False
    assert "REC001" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_gives_lines_and_columns_of_a_markdown_file() -> None:
    source = b"# Evaluation\r\n\r\nSee [the *long* table](https://example.org/a/b/c).\r\n\r\n- one **harbour** was built\r\n"
    record = read(source, name="s.md")
    text = record.pages[0].text
    region = SourceLines(record, source).region(place("harbour was", text=text))
    assert region is not None
    assert (region.start, region.end) == ((5, 9), (5, 22))


def test_a_passage_that_the_file_does_not_hold_has_no_lines() -> None:
    source = b"# Evaluation\n\nThe harbour was built.\n"
    record = read(source, name="s.md")
    assert SourceLines(record, b"# Something else\n").region(place("harbour was", text=record.pages[0].text)) is None
    assert SourceLines(record, None).region(place("harbour was", text=record.pages[0].text)) is None


# HTML


def page_of(one: Checked) -> str:
    return formats()["html"].written([one], Style())


def with_everything() -> Checked:
    related = (RelatedPlace(text="another year", places=(place("2019"),)),)
    return checked(
        remark("The <year> is wrong.", "2020 &", related=related, proposal="2019"),
        remark("There is no summary.", rule="SUM001", severity="warning"),
        remark("On the same words.", "2020 &", severity="note", rule="ZZZ999"),
        suppressed=(Suppressed(remark=remark("z", "2019"), reason="known <since> May", until=date(2027, 1, 1)),),
        failed=(Failed(rule="REC001", fault="ValueError: <no>"),),
        expired=("the suppression of REC001 ended on 2026-01-01",),
        confirmations=(remark("It is right.", "Évaluation"),),
    )


def test_the_page_needs_nothing_from_elsewhere_and_every_link_leads_somewhere() -> None:
    text = page_of(with_everything())
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', text) == []
    tree = html.fromstring(text)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//@href")} - set(ids) == set()


def test_each_remark_leads_to_its_place_and_back_two_on_the_same_words_as_well() -> None:
    tree = html.fromstring(page_of(with_everything()))
    for key in ("m1", "m3"):
        assert tree.xpath(f'//li[@id="{key}"]//a[@href="#b-{key}"]')
        (mark,) = tree.xpath(f'//a[@id="b-{key}"]')
        assert mark.get("href") == f"#{key}"
    assert tree.xpath('//*[@id="whole"]//li[@id="m2"]')


def test_the_page_says_what_was_suppressed_why_what_was_right_and_what_broke_off() -> None:
    text = page_of(with_everything())
    assert "known &lt;since&gt; May (until 1 January 2027)" in text
    assert "The &lt;year&gt; is wrong." in text
    assert "It is right." in html.fromstring(text).xpath('string(//*[@id="right"]//details)')
    assert "ValueError: &lt;no&gt;" in text
    assert "The suppression of REC001 ended on 2026-01-01." in text


def test_the_chart_has_a_title_and_says_its_numbers() -> None:
    tree = html.fromstring(page_of(with_everything()))
    (chart,) = tree.xpath('//*[local-name()="svg"][@class="chart"]')
    assert chart.xpath("string(.//title)") == "Remarks by family of rules"
    assert "numbers: 1 error" in chart.xpath("string(.//desc)")


def test_a_page_shows_one_paper() -> None:
    with pytest.raises(ValueError, match="one paper"):
        formats()["html"].written([checked(), checked()], Style())


def test_a_paper_without_faults_has_a_page_too() -> None:
    assert "found nothing to say" in page_of(checked())


@pytest.fixture(scope="session")
def sample_pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("check")
    out = []
    for kind in ("pdf", "docx"):
        record = read(sample.path(kind))
        one = Checked(f"paper.{kind}", record, check(record, today=date(2026, 6, 30)), sample.path(kind).read_bytes())
        out.append(folder / f"{kind}.html")
        out[-1].write_text(page_of(one), encoding="utf-8")
    return out


def test_the_pages_of_a_pdf_are_shown_with_boxes_that_lead_to_their_remarks(sample_pages: list[Path]) -> None:
    tree = html.fromstring(sample_pages[0].read_text(encoding="utf-8"))
    assert tree.xpath("//img")
    boxes = tree.xpath('//*[local-name()="a"][starts-with(@class, "b ")]')
    assert boxes
    ids = set(tree.xpath("//@id"))
    assert {h[1:] for h in tree.xpath("//@href")} <= ids


def test_a_place_that_a_rule_gave_by_its_words_alone_is_boxed_where_the_page_has_them() -> None:
    pdf = sample.path("pdf").read_bytes()
    record = read(pdf)
    known = next(p for s in record.evaluations[0].statements for p in s.places if len(p.boxes) > 1)
    bare = known.model_copy(update={"boxes": ()})
    (found,) = boxed(record, pdf, [bare])
    assert len(found.boxes) == len(known.boxes)
    for there, here in zip(known.boxes, found.boxes, strict=True):
        # The first line's box holds the statement's label too.
        assert here[1:] == pytest.approx(there[1:], abs=4)
        assert here[0] > there[0] - 4
    assert boxed(record, pdf, [known]) == (known,)
    assert boxed(record, None, [bare]) == (bare,)


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (390, "dark")])
@pytest.mark.parametrize("which", [0, 1])
def test_the_page_passes_axe_at_both_widths_in_both_themes(
    browser: Browser, sample_pages: list[Path], which: int, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    tab = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    tab.goto(sample_pages[which].as_uri())
    tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    results = axe.Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.context.close()
