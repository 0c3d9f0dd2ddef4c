"""Bytes of all kinds: encodings, sniffing, broken and hostile pages, and pieces that stay true."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltrail.read.formats import Options, Unreadable, html
from evaltrail.read.formats.html import decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evaltrail.read.outline import Outline


WORDS = "évaluation – « résumé »"


@pytest.mark.parametrize(
    "data",
    [
        f"<p>{WORDS}".encode(),
        b"\xef\xbb\xbf" + f"<p>{WORDS}".encode(),
        f"<p>{WORDS}".encode("utf-16"),
        f'<meta charset="windows-1252"><p>{WORDS}'.encode("cp1252"),
        f'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>{WORDS}'.encode("cp1252"),
        f'<?xml version="1.0" encoding="utf-8"?><html><p>{WORDS}'.encode(),
        f"<p>{WORDS}".encode("cp1252"),
        f'<meta charset="utf-16"><p>{WORDS}'.encode(),
        f'<meta charset="no-such-thing"><p>{WORDS}'.encode(),
    ],
)
def test_the_encoding_is_found(data: bytes) -> None:
    assert WORDS in decode(data)
    assert html.outline(data, Options()).blocks[0].text == WORDS


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><html>",
        b"\n <html lang='en'>",
        b"\xef\xbb\xbf<!doctype html>",
        b"<?xml version='1.0'?><html xmlns='x'>",
        "<html>".encode("utf-16"),
        b"<!-- saved from url --><html>",
        b"<div><p>A fragment</p></div>",
    ],
)
def test_a_page_is_known_by_its_bytes(head: bytes) -> None:
    assert html.sniff(head, 1000)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"Plain words",
        b"# Heading\n\n<p>text</p>",
        b"<div>\n<p align=center>Logo</p></div>\n\n# Report\n",
        b"<?xml version='1.0'?><rss></rss>",
    ],
)
def test_other_bytes_are_no_page(head: bytes) -> None:
    assert not html.sniff(head, len(head))


@pytest.mark.parametrize("data", [b"", b"  \n", b"<html><body></body></html>", b"<html><script>x()</script></html>"])
def test_a_page_without_words_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        html.outline(data, Options())
    assert caught.value.code in {"empty", "no-text"}
    assert "\n" not in str(caught.value)


def test_the_language_is_the_one_that_the_page_declares() -> None:
    assert html.outline(b"<html lang='fr-CA'><p>Rapport", Options()).language == "fr"
    assert html.outline(b"<html xml:lang='es'><p>Informe", Options()).language == "es"
    assert html.outline(b"<html><p>Report", Options()).language is None


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "font"])
def test_a_page_nested_ten_thousand_deep_is_read_without_a_crash(tag: str) -> None:
    depth = 10_000
    opening = "".join(f"<{t}" for t in tag.split("<"))
    data = (opening + ">") * depth + "deep words"
    began = time.perf_counter()
    outline = html.outline(data.encode(), Options())
    assert time.perf_counter() - began < 20
    assert "deep words" in outline.pages[0].text


def test_hostile_spans_do_not_fill_the_memory() -> None:
    cells = "<td colspan=1000000 rowspan=1000000>x</td>" * 50
    outline = html.outline(f"<table>{f'<tr>{cells}</tr>' * 50}</table>".encode(), Options())
    assert outline.blocks[0].table is not None


@pytest.mark.parametrize(
    "body",
    [
        "<p style='font-size:1.2.3px;color:rgb(1.2.3,4,5);top:.px;position:absolute'>words</p>",
        "<style>" + ".a{" * 20_000 + "</style><p>words</p>",
        "<style>" + "/*" * 20_000 + "</style><p>words</p>",
        "<style>" + "x" * 200_000 + "</style><p>words</p>",
        "<svg><rect x='1e999' y='--' width='9' height='9'/><text>words</text></svg><p>words</p>",
        "<p style='position:absolute;top:1px;left:1px'>&#16;words</p><p style='position:absolute;top:9px;left:1px'>&#16;words</p>",
        "<div id='page99999999-div'><p class='ft99999999' style='position:absolute;top:1px'>words</p></div>",
        "<table><tr><td colspan=-1 rowspan=x>words<td>y</table>",
        "<ol start=99999999999999999999><li value=-5>words</ol>",
    ],
)
def test_nonsense_in_styles_numbers_and_drawings_is_read_past(body: str) -> None:
    began = time.perf_counter()
    assert "words" in html.outline(f"<html>{body}</html>".encode(), Options()).pages[0].text
    assert time.perf_counter() - began < 10


INLINE = st.sampled_from(["b", "i", "span", "a href='#x'", "sup", "font color=red", "span style='display:none'"])
BLOCKS = st.sampled_from(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol type=a",
        "td",
        "tr",
        "table",
        "h2",
        "blockquote",
        "dd",
        "pre",
        "section",
        "aside",
        "nav",
        "details",
        "summary",
        "br",
        "figcaption",
        "caption",
    ]
)
TEXTS = st.text(alphabet=st.sampled_from("ab é.-\n\u00a0\u200b(1)•“&lt;—"), max_size=12)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>", st.one_of(INLINE, BLOCKS), st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_every_piece_of_any_page_is_true(assert_true_of_any: Callable[[Outline], None], tree: str) -> None:
    try:
        outline = html.outline(f"<html><body>{tree}</body></html>".encode(), Options())
    except Unreadable as error:
        if error.code != "no-text":
            raise
        return
    assert_true_of_any(outline)


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_an_outline_or_one_clear_line(data: bytes) -> None:
    try:
        html.outline(data, Options())
    except Unreadable as error:
        if "\n" in str(error):
            raise


def test_real_pages_are_read_truly(shared: Path, root: Path, assert_true: Callable[[Outline], None]) -> None:
    held_out = (root / "tests/reading/held_out.txt").read_text(encoding="utf-8").split()
    paths = [
        p for p in sorted((shared / "reports").glob("*.html")) + sorted((shared / "unlabelled").glob("*/*.html")) if p.stem not in held_out
    ]
    assert paths
    for path in paths:
        assert_true(html.outline(path.read_bytes(), Options()))
