"""The demo's page holds everything that the record says, beside the paper, and works without network or script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import html

from evaltrail import demo, sample
from evaltrail.facsimile import regions

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from evaltrail.record import Record


@pytest.fixture(scope="session")
def sample_page(sample_record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.write_demo_page(sample_record, sample.path("pdf"), tmp_path_factory.mktemp("demo") / "demo.html")


@pytest.fixture
def tree(sample_page: Path) -> html.HtmlElement:
    return html.fromstring(sample_page.read_text(encoding="utf-8"))


def opened(browser: Browser, page: Path, **options: object) -> Page:
    tab = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    tab.goto(page.as_uri())
    return tab


def test_it_needs_nothing_from_elsewhere_and_no_script(sample_page: Path) -> None:
    text = sample_page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', text) == []
    assert re.findall(r'url\("?(?!"?data:)', text) == []


def test_every_statement_has_one_entry_and_every_link_a_target(tree: html.HtmlElement, sample_record: Record) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    statements = [s for e in sample_record.evaluations for s in e.statements]
    assert len(tree.xpath('//li[starts-with(@id, "s")]')) == len(statements)
    assert {h[1:] for h in tree.xpath("//@href")} - set(ids) == set()


def test_every_page_that_holds_a_statement_is_shown_with_its_boxes(tree: html.HtmlElement, sample_record: Record) -> None:
    held = {p.page for e in sample_record.evaluations for s in e.statements for p in s.places}
    assert held <= {int(x.removeprefix("page-")) for x in tree.xpath('//section[@class="leaf"]/@id')}
    boxed = set(tree.xpath('//*[local-name()="a"][starts-with(@class, "b ")]/@href'))
    assert {f"#{x}" for x in tree.xpath('//li[starts-with(@id, "s")]/@id')} <= boxed


def test_what_the_paper_says_is_escaped_and_what_is_unknown_is_said(record: Record, tmp_path: Path) -> None:
    text = demo.write_demo_page(record, None, tmp_path / "new" / "demo.html").read_text(encoding="utf-8")
    assert "Boats land &lt;safely&gt; at nine sites." in text
    assert "<safely>" not in text
    assert 'not known <span class="printed">printed “Long”</span>' in text
    assert "not stated in the paper" in text
    assert "Leads to" in text
    assert "proposed 0.71" in text


def test_a_paper_without_pages_is_shown_by_its_marked_words(record: Record, tmp_path: Path) -> None:
    tree = html.fromstring(demo.write_demo_page(record, b"<html>", tmp_path / "demo.html").read_text(encoding="utf-8"))
    (marked,) = tree.xpath('//a[@id="b-s1"]')
    assert marked.text_content() == "F1Key finding 1: Boats land <safely> at nine sites."
    assert tree.xpath("//img") == []


@pytest.mark.parametrize("suffix", ["docx", "html", "txt"])
def test_every_format_of_the_sample_can_be_shown(suffix: str, tmp_path: Path) -> None:
    page = demo.run(tmp_path, sample.path(suffix), browser=False)
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    assert tree.xpath('//a[starts-with(@class, "m ")]')
    assert (tmp_path / "demo.json").stat().st_size > 10_000


def test_the_command_prints_the_table_and_where_the_page_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = demo.run(tmp_path / "out", browser=False)
    said = capsys.readouterr().out
    assert "Part I. Support to small ports and landing sites" in said
    assert str(page) in said
    assert page == (tmp_path / "out" / "demo.html").resolve()


def test_lines_that_follow_each_other_become_one_box_and_others_stay_apart() -> None:
    paragraph = [(100.0, 700.0 - 14 * i, 400.0, 712.0 - 14 * i) for i in range(3)]
    assert regions(paragraph) == [(100.0, 672.0, 400.0, 712.0)]
    assert len(regions([*paragraph, (100.0, 300.0, 400.0, 312.0)])) == 2
    assert regions([(100.0, 700.0, 108.0, 712.0), (112.0, 700.0, 400.0, 712.0)]) == [(100.0, 700.0, 400.0, 712.0)]
    assert regions([]) == []


def test_pointing_at_a_statement_lights_its_box_and_the_other_way_round(browser: Browser, sample_page: Path) -> None:
    tab = opened(browser, sample_page, viewport={"width": 1440, "height": 1000})
    box = tab.locator("#b-s1 rect").first
    entry = tab.locator("#s1")

    def width() -> str:
        return str(box.evaluate("e => getComputedStyle(e).strokeWidth"))

    def ground() -> str:
        return str(entry.evaluate("e => getComputedStyle(e).backgroundColor"))

    at_rest = (width(), ground())
    entry.hover()
    assert width() != at_rest[0]
    tab.mouse.move(5, 5)
    assert (width(), ground()) == at_rest
    box.hover()
    assert ground() != at_rest[1]
    box.click()
    assert tab.url.endswith("#s1")
    tab.context.close()


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (390, "dark")])
def test_the_page_passes_axe_at_both_widths_in_both_themes(browser: Browser, sample_page: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    tab = opened(browser, sample_page, viewport={"width": width, "height": 900}, color_scheme=scheme)
    results = axe.Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.context.close()
