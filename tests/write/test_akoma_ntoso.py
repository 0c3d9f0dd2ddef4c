"""A paper as Akoma Ntoso: valid, complete, with places named by the convention and statements that say their kind."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Record
from evaltrail.write import written
from evaltrail.write.house import House
from evaltrail.write.markup.akoma.document import document
from evaltrail.write.markup.akoma.identity import language_of, slug
from evaltrail.write.markup.akoma.tree import Places
from evaltrail.write.model import Contents, Frame, Heading, Item, Note, Paper, Paragraph, Run, Table, plain, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_spec = importlib.util.spec_from_file_location("write_every_block", Path(__file__).with_name("every_block.py"))
assert _spec is not None
assert _spec.loader is not None
every_block = sys.modules.setdefault("write_every_block", importlib.util.module_from_spec(_spec))
if not hasattr(every_block, "paper"):
    _spec.loader.exec_module(every_block)

_NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
_EMPTY = Record()


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared / "schemas" / "akomantoso" / "akomantoso30.xsd"))


def of(*blocks: Any, record: Record = _EMPTY, notes: tuple[Note, ...] = (), **more: Any) -> Element:
    return etree.fromstring(document(Paper(blocks, notes, house=House(), **more), record))


def one(el: Element, path: str) -> Element:
    found = el.findall(path, _NS)
    assert len(found) == 1, path
    return found[0]


def names(el: Element, path: str) -> list[str | None]:
    return [x.get("eId") for x in el.findall(path, _NS)]


def words(el: Element) -> str:
    return " ".join("".join(el.itertext()).split())


def test_a_paper_of_every_block_is_valid(schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.fromstring(document(every_block.paper(), _EMPTY)))


def test_the_sample_is_valid(schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.fromstring(written(read(sample.path("pdf")), "xml")))


def test_no_paper_however_bad_is_invalid(schema: etree.XMLSchema) -> None:
    for seed in range(120):
        found = etree.fromstring(document(every_block.hard(seed), _EMPTY))
        assert schema.validate(found), (seed, schema.error_log)


def test_an_empty_paper_is_valid_and_says_what_is_not_known(schema: etree.XMLSchema) -> None:
    found = of()
    schema.assertValid(found)
    work = one(found, ".//a:FRBRWork")
    assert one(work, "a:FRBRuri").get("value") == "/akn/zz/doc/report/0001/nn"
    assert one(work, "a:FRBRdate").attrib == {"date": "0001-01-01", "name": "unknown"}
    assert one(found, ".//a:TLCOrganization[@eId='organisation']").get("showAs") == "not stated"


@pytest.mark.parametrize(
    "date, written_date, how",
    [
        ("2020-10-28", "2020-10-28", "day"),
        ("2020-10", "2020-10-01", "month"),
        ("2020", "2020-01-01", "year"),
        ("soon", "0001-01-01", "unknown"),
        (None, "0001-01-01", "unknown"),
    ],
)
def test_a_date_is_whole_and_says_how_much_of_it_is_known(date: str | None, written_date: str, how: str) -> None:
    assert one(of(date=date), ".//a:FRBRWork/a:FRBRdate").attrib == {"date": written_date, "name": how}


def test_a_paper_is_identified_by_its_symbol_date_and_language() -> None:
    found = of(symbol="GB.340/PFA/7", date="2020-10-28", language="fr", organisation="International Labour Office")
    assert [el.get("value") for el in found.findall(".//a:FRBRuri", _NS)] == [
        "/akn/zz/doc/report/2020-10-28/gb.340-pfa-7",
        "/akn/zz/doc/report/2020-10-28/gb.340-pfa-7/fra@",
        "/akn/zz/doc/report/2020-10-28/gb.340-pfa-7/fra@.akn",
    ]
    assert one(found, ".//a:FRBRnumber").get("value") == "GB.340/PFA/7"
    assert one(found, ".//a:FRBRlanguage").get("language") == "fra"
    assert one(found, ".//a:TLCOrganization[@eId='organisation']").get("showAs") == "International Labour Office"


def test_a_language_without_three_letters_here_keeps_its_own() -> None:
    assert [language_of(tag) for tag in ("pt-BR", "cy", "")] == ["por", "cy", "und"]
    assert slug("A/78/6 (Sect. 1)") == "a-78-6-sect.-1"


def test_places_are_named_by_what_is_around_them_and_their_number() -> None:
    found = of(
        Heading(text("Title"), 0),
        Heading(text("Part"), 1, "II."),
        Paragraph(text("Introduced.")),
        Heading(text("Findings"), 2),
        Paragraph(text("Numbered."), "26."),
        Item(text("an item"), "(a)"),
        Item(text("inside"), "–", 2),
        Paragraph(text("Loose.")),
        Paragraph(text("Again."), "26."),
    )
    assert names(found, ".//a:mainBody/a:section") == ["sec_II"]
    assert names(found, ".//a:subsection/a:paragraph") == ["sec_II__subsec_1__para_26", "sec_II__subsec_1__para_26_2"]
    assert names(found, ".//a:item") == [
        "sec_II__subsec_1__para_26__list_1__item_a",
        "sec_II__subsec_1__para_26__list_1__item_a__list_1__item_1",
    ]
    assert names(found, ".//a:section/a:intro") == ["sec_II__intro"]
    assert [el.get("name") for el in found.findall(".//a:subsection/a:hcontainer", _NS)] == ["text"]
    assert [words(el) for el in found.findall(".//a:num", _NS)] == ["II.", "26.", "(a)", "–", "26."]


def test_a_name_is_given_once() -> None:
    places = Places()
    assert [places.name("item", "x", n) for n in ("(a)", "a.", "", "1", "")] == [
        "x__item_a",
        "x__item_a_2",
        "x__item_1",
        "x__item_1_2",
        "x__item_2",
    ]


def test_all_words_of_the_paper_stand_in_the_document_in_their_order() -> None:
    paper = every_block.paper()
    found = etree.fromstring(document(paper, _EMPTY))
    for note in found.findall(".//a:authorialNote", _NS) + found.findall(".//a:toc", _NS):
        above = note.getparent()
        assert above is not None
        etree.strip_elements(above, note.tag, with_tail=False)
    said = words(one(found, "a:doc"))
    at = 0
    for b in paper.walk():
        if isinstance(b, Heading | Paragraph | Item):
            at = said.index(plain(b.words), at)
        elif isinstance(b, Table):
            for c in b.cells:
                for p in c.paragraphs:
                    at = said.index(plain(p).strip(), at)


def test_the_title_and_symbol_stand_in_the_preface_with_the_purpose() -> None:
    found = etree.fromstring(document(every_block.paper(), _EMPTY))
    preface = one(found, ".//a:preface")
    assert words(one(preface, ".//a:docNumber")) == "MSO/C.58/PRG/4"
    assert words(one(preface, ".//a:docTitle")) == "Three evaluations of work at sea"
    assert words(one(preface, "a:blockContainer[@class='purpose']")).startswith("Purpose of the document")
    assert [(words(i), i.get("href"), i.get("level")) for i in preface.findall("a:toc/a:tocItem", _NS)] == [
        ("Introduction", "#sec_1", "1"),
        ("A. Findings", "#sec_A", "1"),
        ("2.1 Ratings", "#sec_A__subsec_2.1", "2"),
        ("B. Recommendations", "#sec_B", "1"),
        ("Recommendation 1", "#sec_B__subsec_1", "2"),
    ]


def test_a_paper_without_a_title_has_no_preface() -> None:
    found = of(Paragraph(text("Words.")), Heading(text("One")), Contents(text("Contents")))
    assert found.find(".//a:preface", _NS) is None
    assert words(one(found, ".//a:mainBody")) == "Words.OneOne"


def test_a_footnote_stands_where_it_is_called_first_and_is_referred_to_after() -> None:
    body = (Paragraph((Run("One"), Run(note=1), Run(". Two"), Run(note=1), Run(note=7), Run("."))),)
    found = of(*body, notes=(Note("a", text("Not called.")), Note("*", text("Called\ntwice."))))
    note = one(found, ".//a:authorialNote")
    assert (note.get("marker"), note.get("placement"), [words(p) for p in note]) == ("*", "bottom", ["Called", "twice."])
    assert one(found, ".//a:noteRef").attrib == {"href": f"#{note.get('eId')}", "marker": "*", "placement": "bottom"}
    left = one(found, ".//a:hcontainer[@name='notes']")
    assert words(left) == "aNot called."


def test_a_reference_leads_to_its_place_and_is_plain_where_that_is_missing() -> None:
    words_of = (Run("See "), Run("26", to="p26"), Run(" and "), Run("99", to="gone"))
    found = of(Paragraph(words_of), Paragraph(text("There."), "26.", anchor="p26"))
    assert [(words(r), r.get("href")) for r in found.findall(".//a:ref", _NS)] == [("26", "#para_26")]
    assert names(found, ".//a:mainBody/a:paragraph") == ["para_26"]
    assert words(one(found, ".//a:span")) == "99"


def test_a_drawing_stands_in_its_own_vocabulary_and_can_do_nothing() -> None:
    found = etree.fromstring(document(every_block.paper(), _EMPTY))
    svg = one(found, ".//a:tblock/a:foreign")[0]
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert b"alert" not in etree.tostring(svg)
    assert words(one(found, ".//a:tblock/a:heading")) == "Figure 1. Ratings by criterion"


def test_statements_say_their_kind() -> None:
    long = "Repair the slipways before the season, and say who pays for it."
    shared_words = "These words are both a finding and a conclusion of it."
    record = Record.model_validate(
        {
            "evaluations": [
                {
                    "id": "e",
                    "statements": [
                        {"id": "r", "kind": "recommendation", "label": "Recommendation 1.", "text": f"{long}\nMore of it."},
                        {"id": "f", "kind": "finding", "text": shared_words},
                        {"id": "c", "kind": "conclusion", "text": shared_words},
                    ],
                }
            ],
            "decisions": [{"paragraph": "9", "text": "The Council decides to act on all paragraphs."}],
        }
    )
    found = of(
        Paragraph(text(f"Recommendation 1. {long}"), "1."),
        Item(text(long), "(a)"),
        Paragraph(text(shared_words)),
        Frame((Paragraph(text("The Council decides to act on all paragraphs."), "9."),), "decision"),
        record=record,
    )
    assert one(found, ".//a:paragraph[a:num='1.']").get("refersTo") == "#recommendation"
    assert one(found, ".//a:item[a:num='(a)']").get("refersTo") == "#recommendation"
    assert one(found, ".//a:blockContainer").get("refersTo") == "#decision"
    assert one(found, ".//a:item[a:num='9.']").get("refersTo") == "#decision"
    assert [p.get("refersTo") for p in found.findall(".//a:p", _NS) if words(p) == shared_words] == [None]
    assert [c.get("eId") for c in found.findall(".//a:TLCConcept", _NS)] == ["recommendation", "decision"]


def test_the_same_record_gives_the_same_bytes() -> None:
    record = read(sample.path("docx"))
    assert written(record, "xml") == written(record, "xml")
    assert written(record, "xml").startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
