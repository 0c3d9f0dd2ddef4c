"""Every kind of paper, in every direction, is a file that no program has to mend: DOCX in the schema's order, HTML nested as it must be."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from evaltrail import sample
from evaltrail.read import read
from evaltrail.write import written
from evaltrail.write.order import Unwritable
from evaltrail.write.papers import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.record import Record


def beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"write_{name}")
    if known is None:
        spec = importlib.util.spec_from_file_location(f"write_{name}", Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        known = sys.modules[f"write_{name}"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(known)
    return known


records = beside("records")
faults = beside("test_docx_sound").faults
closed = beside("test_html").closed

DRAFTS = 4
PHRASING = "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup svg time u var wbr"
"""Elements that a paragraph, a heading or a caption may hold; anything else ends it where it begins (HTML, 13.2.6.4.7)."""
ONLY_WORDS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
WITHIN = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "caption": {"table"},
    "colgroup": {"table"},
    "col": {"colgroup"},
    "figcaption": {"figure"},
}
ALONE = ("a", "p", "main", "h1")
"""Elements that never stand in one of their own."""


@cache
def papers() -> tuple[Record, ...]:
    """The sample paper, drafts, and the same as a language from right to left has them."""
    drafts = [records.draft(Random(seed)) for seed in range(DRAFTS)]  # noqa: S311 (the same paper for the same seed)
    found = [read(sample.path("pdf")), *drafts]
    turned = [r.model_copy(update={"document": r.document.model_copy(update={"language": "ar"})}) for r in found[:2]]
    return (*found, *turned)


def each(kind: str, to: str) -> Iterator[bytes]:
    """The papers of a kind that the records can make."""
    made = 0
    for record in papers():
        try:
            yield written(record, to, kind=kind)
        except Unwritable:
            continue
        made += 1
    assert made


@pytest.mark.parametrize("kind", kinds())
def test_a_docx_of_any_kind_stands_in_the_schemas_order(kind: str) -> None:
    assert [f for data in each(kind, "docx") for f in faults(data)] == []


def misplaced(root: Any) -> Iterator[str]:
    """What a browser would move or close on its own."""
    names: set[str] = set()
    for el in root.iter():
        if not isinstance(el.tag, str) or "}" in el.tag:
            continue
        above = el.getparent().tag if el.getparent() is not None else ""
        if el.tag in WITHIN and above not in WITHIN[el.tag]:
            yield f"{el.tag} in {above}"
        if el.tag in ALONE and any(a.tag == el.tag for a in el.iterancestors()):
            yield f"{el.tag} in {el.tag}"
        if el.tag in ONLY_WORDS:
            yield from (f"{c.tag} in {el.tag}" for c in el.iter() if "}" not in c.tag and c is not el and c.tag not in PHRASING.split())
        if above in {"ul", "ol"} and el.tag != "li":
            yield f"{el.tag} in {above}"
        name = el.get("id")
        if name is not None and (name in names or not name or any(c.isspace() for c in name)):
            yield f"id {name!r}"
        names.add(name)


def page(data: bytes) -> Any:
    """The page by the rules of XML, which forgive nothing."""
    return etree.fromstring(closed(data.decode()))


@pytest.mark.parametrize("kind", kinds())
def test_a_page_of_any_kind_is_nested_as_it_must_be(kind: str) -> None:
    for data in each(kind, "html"):
        root = page(data)
        assert list(misplaced(root)) == []
        assert [root.get("dir"), root.get("lang")] in (["ltr", root.get("lang")], ["rtl", "ar"])


def test_nesting_is_really_looked_at() -> None:
    wrong = "<html><body><p>One<div>two</div></p><ul><p>three</p></ul><td>four</td><i id='a b'/><a><b><a/></b></a></body></html>"
    assert sorted(misplaced(etree.fromstring(wrong))) == ["a in a", "div in p", "id 'a b'", "p in ul", "td in body"]
