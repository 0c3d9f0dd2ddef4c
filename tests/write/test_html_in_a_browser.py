"""A written page in a real browser: accessible, no wider than the window, right in both directions, and fit to print."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from lxml import html

from evaltrail import sample
from evaltrail.read import read
from evaltrail.write import written
from evaltrail.write.house import House
from evaltrail.write.markup.page.shell import page
from evaltrail.write.model import Cell, Heading, Paper, Paragraph, Run, Table, text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_spec = importlib.util.spec_from_file_location("write_every_block", Path(__file__).with_name("every_block.py"))
assert _spec is not None
assert _spec.loader is not None
every_block = sys.modules.setdefault("write_every_block", importlib.util.module_from_spec(_spec))
if not hasattr(every_block, "paper"):
    _spec.loader.exec_module(every_block)

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {
        "every block": page(every_block.paper()),
        "right to left": page(every_block.paper(direction="rtl", language="ar")),
        "sample": written(read(sample.path("pdf")), "html").decode(),
    }


def opened(browser: Browser, source: str, **context: Any) -> Page:
    """The page in a context of its own. What it may not do is set aside for the tests' own script."""
    tab = browser.new_context(bypass_csp=True, **context).new_page()
    tab.set_content(source)
    return tab


def fits(tab: Page) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    "name, width, scheme",
    [
        ("every block", 1440, "light"),
        ("every block", 390, "dark"),
        ("right to left", 1440, "dark"),
        ("sample", 390, "light"),
    ],
)
def test_the_page_passes_axe_at_both_widths_in_both_themes(
    browser: Browser, pages: dict[str, str], name: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    tab = opened(browser, pages[name], viewport={"width": width, "height": 900}, color_scheme=scheme)
    results = axe.Axe().run(tab, options={"runOnly": _RULES})
    assert results.violations_count == 0, results.generate_report()
    assert fits(tab)
    tab.context.close()


def test_the_browser_builds_the_elements_that_were_written(browser: Browser) -> None:
    tab = opened(browser, "", viewport={"width": 390, "height": 900})
    for seed in range(25):
        source = page(every_block.hard(seed))
        tab.set_content(source)
        built = tab.evaluate("[...document.querySelectorAll('*')].map(e => e.localName.toLowerCase())")
        parsed = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        assert built == [el.tag.lower() for el in parsed.iter() if isinstance(el.tag, str)], seed
        assert fits(tab), seed
    tab.context.close()


def test_the_page_runs_nothing_and_asks_for_nothing(browser: Browser) -> None:
    tab = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda r: asked.append(r.url))
    tab.on("console", lambda m: said.append(m.text))
    tab.on("dialog", lambda d: said.append(d.message))
    tab.set_content(page(every_block.paper()))
    assert [a for a in asked if not a.startswith("data:")] == []
    assert said == []
    tab.close()


def test_numbers_hang_on_the_side_on_which_lines_begin(browser: Browser, pages: dict[str, str]) -> None:
    sides = {}
    for name in ("every block", "right to left"):
        tab = opened(browser, pages[name], viewport={"width": 900, "height": 900})
        number = tab.locator("p.numbered .marker").first.bounding_box()
        around = tab.locator("p.numbered").first.bounding_box()
        assert number is not None
        assert around is not None
        sides[name] = number["x"] - around["x"] < around["width"] / 2
        tab.context.close()
    assert sides == {"every block": True, "right to left": False}


def test_only_the_keyboard_or_a_link_shows_the_way_past_the_head(browser: Browser, pages: dict[str, str]) -> None:
    tab = opened(browser, pages["every block"], viewport={"width": 900, "height": 900})
    skip = tab.locator("a.skip")
    assert (skip.bounding_box() or {"x": 0})["x"] < 0
    tab.keyboard.press("Tab")
    assert (skip.bounding_box() or {"x": -1})["x"] >= 0
    tab.context.close()


def test_forced_colours_keep_the_scale_and_the_boxes(browser: Browser, pages: dict[str, str]) -> None:
    tab = opened(browser, pages["every block"], viewport={"width": 900, "height": 900}, forced_colors="active")
    fills = tab.evaluate("[...document.querySelectorAll('td.rating')].map(e => getComputedStyle(e).backgroundColor)")
    assert len(set(fills)) == 6
    assert tab.evaluate("getComputedStyle(document.querySelector('.box-finding')).borderTopWidth") == "2px"
    tab.context.close()


def printed(browser: Browser, source: str) -> pypdfium2.PdfDocument:
    tab = browser.new_page()
    tab.set_content(source)
    data = tab.pdf(prefer_css_page_size=True)
    tab.close()
    return pypdfium2.PdfDocument(data)


def words(document: pypdfium2.PdfDocument) -> list[str]:
    return [" ".join(p.get_textpage().get_text_bounded().split()) for p in document]


def test_in_print_a_table_repeats_its_headings_and_splits_no_short_row(browser: Browser) -> None:
    row = "A sentence of some length that fills two lines of its column in print, and so could be torn. "
    cells = [Cell(0, c, (text(name),), header=True) for c, name in enumerate(("Headed one", "Headed two"))]
    cells += [Cell(r, c, (text(f"begin{r}-{c} {row * 2} end{r}-{c}"),)) for r in range(1, 31) for c in range(2)]
    found = words(printed(browser, page(Paper((Heading(text("T"), 0), Table(31, 2, tuple(cells), 1)), house=House()))))
    assert len(found) >= 2
    assert all("Headed one" in p for p in found)
    for r in range(1, 31):
        assert sum(f"begin{r}-0" in p and f"end{r}-0" in p for p in found) == 1


def test_in_print_no_heading_stands_at_the_foot_of_a_page(browser: Browser) -> None:
    blocks: list[Any] = [Heading(text("Title"), 0)]
    for n in range(40):
        blocks += [Heading(text(f"Heading{n}x"), 1 + n % 3), Paragraph((Run(f"Words{n}x " * (40 + 7 * n % 90)),))]
    found = words(printed(browser, page(Paper(tuple(blocks), house=House()))))
    assert len(found) > 3
    for n in range(40):
        assert any(f"Heading{n}x" in p and f"Words{n}x" in p for p in found), n


def test_in_print_pages_have_the_houses_size_and_their_number_in_words(browser: Browser) -> None:
    paper = Paper(
        (Heading(text("T"), 0), Paragraph((Run("Words. " * 3000),))),
        symbol="X/1",
        house=House(paper="us-letter"),
        continued="Page {page} of {pages}",
    )
    document = printed(browser, page(paper))
    assert [round(x) for x in document[0].get_size()] == [612, 792]
    assert all(f"Page {n} of {len(document)}" in p and "X/1" in p for n, p in enumerate(words(document), 1))
