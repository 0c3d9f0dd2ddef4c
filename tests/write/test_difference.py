"""The difference of two versions as text, HTML, DOCX and JSON: what is said, how it is marked, and that any difference can be written."""

from __future__ import annotations

import importlib.util
import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from lxml import etree, html

from evaltrail import diff, sample
from evaltrail.read import read
from evaltrail.record import Comparison, Record
from evaltrail.write.difference import Showing, forms, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _versions() -> Any:
    file = Path(__file__).parents[1] / "record" / "versions.py"
    spec = importlib.util.spec_from_file_location("record_versions", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


versions = _versions()
sentence, statement, record = versions.sentence, versions.statement, versions.record


@pytest.fixture(scope="module")
def two() -> tuple[Record, Record]:
    """The sample paper and a later version of it, with a change of every kind."""
    old = read(sample.path("pdf"))
    data = old.model_dump(by_alias=True, mode="json")
    first, second, third = (e["statements"] for e in data["evaluations"])
    named = {s["id"]: s for part in (first, second, third) for s in part}
    data["document"] |= {"symbol": "MSO/C.58/PRG/4/Rev.1", "date": "2024-03"}
    named["I.f5"]["text"] = named["I.f5"]["text"].replace("29 of its 40", "31 of its 40").replace("73 per cent", "78 per cent")
    named["I.f7"]["kind"] = "conclusion"
    named["I.r3"] |= {"priority": "medium", "responsible": ["DSG/P", "LEGAL"]}
    first.remove(named["I.r4"])
    first.insert(4, first.pop(1))
    whole = named["II.r2"]
    opening, rest = whole["text"].split("\n", 1)
    second.insert(second.index(whole) + 1, dict(whole, id="II.new", number="9", label="Recommendation 9", text=rest))
    whole["text"] = opening
    named["II.a3"] |= {"verdict": "partially_accepted", "actions": [{"text": "Merge the branches.", "due": "2025", "number": "3.1"}]}
    third.append(
        {"id": "III.new", "kind": "recommendation", "number": "5", "label": "Recommendation 5", "text": "Publish <all> & more.\nSoon."}
    )
    data["evaluations"][2]["ratings"][0]["value"] = 3.0
    data["decisions"][0]["refers"][0]["to"] = "26"
    data["passages"][9]["text"] += " It replaces the version of February 2024."
    return old, Record.model_validate(data)


@pytest.fixture(scope="module")
def found(two: tuple[Record, Record]) -> Comparison:
    return diff(*two)


NAMED = Showing(names=("old.pdf", "new.docx"), running=True)


def text(of: Comparison, **how: Any) -> str:
    return written(of, "text", Showing(**({"names": ("old.pdf", "new.docx")} | how))).decode()


# Text


def test_the_first_line_counts_what_changed_with_recommendations_first(found: Comparison) -> None:
    first, second = text(found).splitlines()[:2]
    assert first == (
        "1 recommendation changed, 1 added, 1 removed, 1 split; 1 response changed; 1 action added; 1 rating changed; "
        "1 finding changed, 1 moved; 1 conclusion changed; 1 front page changed; 1 decision changed"
    )
    assert second == "from old.pdf to new.docx"


def test_a_change_names_its_place_in_both_versions_and_marks_its_words(found: Comparison) -> None:
    block = next(b for b in text(found).split("\n\n") if "Key finding 5" in b)
    assert block.splitlines()[0] == "~ Key finding 5 changed (old p. 3 → new p. 3)"
    assert "The programme met [-29-]{+31+} of its 40 targets ([-73-]{+78+} per cent)." in block


def test_fields_are_named_and_lists_shown_name_by_name(found: Comparison) -> None:
    block = next(b for b in text(found).split("\n\n") if "Recommendation 3 changed" in b)
    assert block.splitlines()[1:] == ["    Responsible: [-FINANCE-], DSG/P, {+LEGAL+}", "    Priority: high → medium"]


def test_running_text_is_counted_and_listed_only_where_it_is_asked_for(found: Comparison) -> None:
    assert "Of the running text, 1 paragraph changed; these are not listed here." in text(found)
    assert "It replaces the version" not in text(found)
    assert "{+ It replaces the version of February 2024.+}" in text(found, running=True)


def test_colours_take_the_place_of_marks_and_are_ended_in_every_line(found: Comparison) -> None:
    painted = text(found, colour=True, wrap=True, width=60)
    assert "\x1b[31;9m29\x1b[0m\x1b[32;4m31\x1b[0m" in painted
    assert "[-29-]" not in painted
    assert all(line.count("\x1b[") == 2 * line.count("\x1b[0m") for line in painted.splitlines())
    assert all(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) <= 60 for line in painted.splitlines())


def test_no_difference_is_said_in_a_line(two: tuple[Record, Record]) -> None:
    assert text(diff(two[0], two[0])) == "no difference\nfrom old.pdf to new.docx\n"


def test_no_control_character_of_a_paper_reaches_the_terminal() -> None:
    old = record(statement(1, text="The \x1b[31mred\x07 report\u202e says so."))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text(diff(old, record())))


# HTML


@pytest.fixture(scope="module")
def page(found: Comparison) -> Any:
    return html.fromstring(written(found, "html", NAMED))


def test_the_page_marks_words_as_removed_and_added(page: Any) -> None:
    (item,) = [li for li in page.cssselect(".changes > li") if li.cssselect("h3")[0].text == "Key finding 5"]
    assert [(e.tag, e.text) for e in item.cssselect(".said")[0]] == [("del", "29"), ("ins", "31"), ("del", "73"), ("ins", "78")]
    assert [dd.text for dd in item.cssselect(".margin dd")] == ["p. 3", "p. 3"]


def test_every_link_of_the_page_leads_to_a_place_on_it_and_ids_are_there_once(page: Any) -> None:
    ids = [e.get("id") for e in page.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    assert {a.get("href").removeprefix("#") for a in page.cssselect("a")} <= set(ids)


def test_the_page_needs_nothing_from_elsewhere_and_says_what_the_paper_says_in_its_language(page: Any) -> None:
    assert not page.cssselect("script, link, img, iframe")
    assert {p.get("lang") for p in page.cssselect(".said")} == {"en"}
    assert "Publish <all> & more.Soon." in page.text_content()


def test_the_counts_of_the_page_are_those_of_the_difference(page: Any, found: Comparison) -> None:
    rows = {tr.cssselect("th")[0].text: [td.text_content() for td in tr.cssselect("td")] for tr in page.cssselect(".counts tbody tr")}
    tally = next(t for t in found.tallies if t.what == "recommendation")
    # Changed, added, removed, moved, split, the same: what no kind has is no column.
    assert rows["Recommendations"] == ["1", "1", "1", "–", "1", str(tally.same)]


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (390, "dark")])
def test_the_page_passes_axe_at_both_widths_in_both_themes(
    browser: Browser, found: Comparison, tmp_path: Path, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    file = tmp_path / "changes.html"
    file.write_bytes(written(found, "html", NAMED))
    tab = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    tab.goto(file.as_uri())
    results = axe.Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.context.close()


# DOCX


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        return etree.fromstring(package.read("word/document.xml"))


def words(paragraph: Any, without: str) -> str:
    """The words of a paragraph with all changes made (``without`` removed words) or undone (without added ones)."""
    return "".join(
        t.text or "" for t in paragraph.iter(f"{W}t", f"{W}delText") if not any(e.tag == f"{W}{without}" for e in t.iterancestors())
    )


def test_the_document_tracks_changes_that_can_be_made_and_undone(two: tuple[Record, Record], found: Comparison) -> None:
    paragraphs = list(body(written(found, "docx", NAMED)).iter(f"{W}p"))
    texts = [next(s.text for s in r.evaluations[0].statements if s.number == "5" and s.kind == "finding") for r in two]
    (changed,) = [p for p in paragraphs if words(p, "del").startswith("The programme met")]
    assert words(changed, "ins") == texts[0]
    assert words(changed, "del") == texts[1]


def test_every_tracked_change_has_the_author_an_id_of_its_own_and_the_newer_paper_s_date(found: Comparison) -> None:
    tracked = list(body(written(found, "docx", NAMED)).iter(f"{W}ins", f"{W}del"))
    assert len(tracked) > 20
    assert {e.get(f"{W}author") for e in tracked} == {"Evaltrail diff"}
    assert len({e.get(f"{W}id") for e in tracked}) == len(tracked)
    assert {e.get(f"{W}date") for e in tracked} == {"2024-03-01T00:00:00Z"}


def test_a_statement_that_was_put_in_goes_with_its_paragraphs_when_the_change_is_undone(found: Comparison) -> None:
    paragraphs = list(body(written(found, "docx", NAMED)).iter(f"{W}p"))
    added = [p for p in paragraphs if words(p, "del") in ("Publish <all> & more.", "Soon.")]
    assert [p.find(f"{W}pPr/{W}rPr/{W}ins") is not None for p in added] == [True, True]
    changed = next(p for p in paragraphs if words(p, "del").startswith("The programme met"))
    assert changed.find(f"{W}pPr/{W}rPr") is None


def test_without_a_date_of_the_newer_paper_there_is_none(two: tuple[Record, Record]) -> None:
    undated = two[1].model_copy(update={"document": two[1].document.model_copy(update={"date": None})})
    tracked = list(body(written(diff(two[0], undated), "docx", NAMED)).iter(f"{W}ins", f"{W}del"))
    assert tracked
    assert all(e.get(f"{W}date") is None for e in tracked)


def test_libreoffice_opens_the_document_and_prints_all_its_words(libreoffice: str, found: Comparison, tmp_path: Path) -> None:
    file = tmp_path / "changes.docx"
    file.write_bytes(written(found, "docx", NAMED))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [libreoffice, profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, file],
        check=True,
        capture_output=True,
        timeout=120,
    )
    said = (tmp_path / "changes.txt").read_text(encoding="utf-8-sig")
    assert "Key finding 5 changed" in said
    assert "Publish <all> & more." in said


# All of them


@pytest.mark.parametrize("form", forms())
def test_the_same_difference_gives_the_same_bytes(found: Comparison, form: str) -> None:
    assert written(found, form, NAMED) == written(Comparison.from_json(found.to_json()), form, NAMED)


def test_the_data_comes_back(found: Comparison) -> None:
    assert Comparison.from_json(written(found, "json")) == found


@settings(max_examples=settings().max_examples // 10)
@given(versions.records(), versions.records())
def test_the_difference_of_any_two_records_can_be_written(one: Record, other: Record) -> None:
    of = diff(one, other)
    for running in (False, True):
        showing = Showing(running=running, wrap=True, width=40, colour=running)
        assert written(of, "text", showing).decode()
        assert html.fromstring(written(of, "html", showing)).cssselect("h1")
        assert len(body(written(of, "docx", showing)))
