"""Only the document's own words become blocks; everything that is shown stays in the page's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.read.outline import Outline


PROSE = "<p>" + "The evaluation asked whether the ports are safer than before, and whether the works still serve the people. " * 4 + "</p>"
SITE = """
<div class="cookie-banner"><p>We use cookies. <a href="/c">Settings</a></p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">Jobs</a></li></ul></nav></header>
<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/r">Reports</a></li></ol>
{}
<div class="social-share"><a href="#">Share</a></div>
<footer><ul><li><a href="/terms">Terms</a></li></ul><p>© The Office</p></footer>
"""


@pytest.mark.parametrize(
    "main",
    [
        f"<main><h1>Report</h1>{PROSE}</main>",
        f'<div role="main"><h1>Report</h1>{PROSE}</div>',
        f'<div id="wrap"><div class="col"><article><h1>Report</h1>{PROSE}</article></div></div>',
        f'<div><h1>Report</h1><div class="text">{PROSE}</div></div>',
    ],
    ids=["main", "role", "article", "no mark-up of its own"],
)
def test_navigation_banners_and_footers_of_a_site_are_set_aside(rows: Callable[..., Any], page: Callable[..., Outline], main: str) -> None:
    found = rows(SITE.format(main))
    assert [r[0] for r in found] == ["title", "paragraph"]
    text = page(SITE.format(main)).pages[0].text
    for words in ("We use cookies", "Jobs", "Reports", "Share", "Terms", "© The Office"):
        assert words in text


def test_a_title_block_beside_the_main_element_belongs_to_the_document(rows: Callable[..., Any]) -> None:
    body = (
        f"<header><p>EV/12/4</p></header><h1>Report on ports</h1><nav><a href='#a'>A</a></nav><main><h2 id='a'>A</h2>{PROSE}{PROSE}</main>"
    )
    assert [r[2] for r in rows(body)][:3] == ["EV/12/4", "Report on ports", "A"]


def test_a_contents_list_goes_aside_with_its_heading(rows: Callable[..., Any], page: Callable[..., Outline]) -> None:
    body = f"""<h1>Report</h1><h2>On this page</h2>
    <ul><li><a href="#a">Findings</a></li><li><a href="#b">Conclusions</a></li><li><a href="#c">Annexes</a></li></ul>
    <h2 id="a">Findings</h2>{PROSE}<h2 id="b">Conclusions</h2>{PROSE}<h2 id="c">Annexes</h2>{PROSE}"""
    assert [r[2] for r in rows(body) if r[0].startswith("heading")] == ["Findings", "Conclusions", "Annexes"]
    assert "On this page" in page(body).pages[0].text


def test_a_heading_over_a_list_of_its_own_subsections_stays(rows: Callable[..., Any]) -> None:
    body = f"""<h1>Report</h1><h2>Annexes</h2>
    <ul><li><a href="#a">People met</a></li><li><a href="#b">Documents</a></li><li><a href="#c">Questions</a></li></ul>
    <h3 id="a">People met</h3>{PROSE}<h3 id="b">Documents</h3>{PROSE}<h3 id="c">Questions</h3>{PROSE}"""
    assert [r[2] for r in rows(body) if r[0].startswith("heading")] == ["Annexes", "People met", "Documents", "Questions"]


def test_a_contents_list_of_printed_page_numbers_goes_aside(rows: Callable[..., Any]) -> None:
    names = ["Introduction", "Method", "Findings", "Annexes"]
    entries = "".join(f"<p>{name} {page}</p>" for name, page in zip(names, [3, 7, 9, 31], strict=True))
    body = f"<h1>Report</h1>{entries}" + "".join(f"<h2>{name}</h2>{PROSE}{PROSE}" for name in names)
    assert [r[2] for r in rows(body) if r[0] != "paragraph"] == ["Report", *names]
    assert "Introduction 3" not in [r[2] for r in rows(body)]


def test_paragraphs_that_happen_to_end_in_rising_numbers_stay(rows: Callable[..., Any]) -> None:
    facts = "".join(
        f"<p>{what} {n}</p>" for what, n in [("Countries", 9), ("Landing sites", 12), ("Reports read", 41), ("Interviews", 126)]
    )
    assert [r[2] for r in rows(f"<h1>Report</h1>{facts}{PROSE * 6}")][1:5] == [
        "Countries 9",
        "Landing sites 12",
        "Reports read 41",
        "Interviews 126",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>x y z</p>",
        "<p style='display: none'>x y z</p>",
        "<p class='sr-only'>x y z</p>",
        "<script>x y z</script>",
        "<template><p>x y z</p></template>",
        "<p class='gone'>x y z</p>",
        "<!-- x y z -->",
    ],
)
def test_what_is_never_shown_is_not_read(page: Callable[..., Outline], hidden: str) -> None:
    outline = page(f"<h1>Report</h1>{hidden}{PROSE}", "<style>.gone { display: none }</style>")
    assert "x y z" not in outline.pages[0].text


def test_a_closed_tab_or_fold_of_a_saved_page_is_read(rows: Callable[..., Any]) -> None:
    body = f"<h1>R</h1>{PROSE}<div role='tabpanel' hidden><p>Response: agreed.</p></div>"
    body += "<details><summary>Recommendation 2</summary><p>Train.</p></details>"
    assert [r[2] for r in rows(body)][2:] == ["Response: agreed.", "Recommendation 2", "Train."]


def test_a_search_form_is_set_aside_but_a_form_around_the_whole_page_is_not(rows: Callable[..., Any]) -> None:
    body = f"<form id='aspnet'><form><label>Search</label><input></form><h1>Report</h1>{PROSE}</form>"
    assert [r[0] for r in rows(body)][-2:] == ["title", "paragraph"]
