"""Footnotes in the many ways that pages have them: the mark cut from the text, the note with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.read.outline import Outline


PROSE = "<p>" + "Words of a report about ports. " * 10 + "</p>"

STYLES = {
    "raised link, ordered list": (
        '<sup><a href="#fn1" id="r1">1</a></sup>',
        '<section><h2>Notes</h2><ol><li id="fn1"><p>See annex 2. <a href="#r1">↩</a></p></li></ol></section>',
    ),
    "Canada's web experience toolkit": (
        '<sup id="fn1-rf"><a class="fn-lnk" href="#fn1"><span class="wb-inv">Footnote </span>1</a></sup>',
        """<aside class="wb-fnote" role="note"><h2 id="fn">Footnotes</h2><dl><dt>Footnote 1</dt><dd id="fn1"><p>See annex 2.</p>
        <p class="fn-rtn"><a href="#fn1-rf"><span class="wb-inv">Return to footnote </span>1<span class="wb-inv"> referrer</span></a></p>
        </dd></dl></aside>""",
    ),
    "Word": (
        '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span class="MsoFootnoteReference">[1]</span></a>',
        """<div><hr><div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> See annex 2.</p>
        </div></div>""",
    ),
    "LibreOffice": (
        '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>See annex 2.</p></div>',
    ),
    "Google Docs": (
        '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
        '<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> See annex 2.</span></p></div>',
    ),
    "pandoc": (
        '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
        """<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>See annex 2.
        <a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol></section>""",
    ),
    "EPUB": (
        '<a epub:type="noteref" href="#n1">1</a>',
        '<aside epub:type="footnote" id="n1"><p>1. See annex 2.</p></aside>',
    ),
    "WordPress": (
        '<sup data-fn="a1" class="fn"><a href="#a1" id="a1-link">1</a></sup>',
        """<ol class="wp-block-footnotes"><li id="a1">See annex 2.
        <a href="#a1-link" aria-label="Jump to footnote reference 1">↩︎</a></li></ol>""",
    ),
    "anchor without a link back": (
        '<sup>[<a href="#note_1">1</a>]</sup>',
        '<p><a name="note_1"></a>1 See annex 2.</p>',
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_note_is_tied_to_its_mark(page: Callable[..., Outline], assert_true: Callable[[Outline], None], style: str) -> None:
    mark, note = STYLES[style]
    outline = page(f"<h1>R</h1>{PROSE}<p>Ports are safer.{mark} They cost more.</p>{PROSE}{note}")
    block = next(b for b in outline.blocks if b.text.startswith("Ports"))
    assert block.text == "Ports are safer. They cost more."
    assert block.marks == ((16, "1"),)
    assert [(n.kind, n.number, n.text) for n in outline.footnotes] == [("footnote", "1", "See annex 2.")]
    assert not any("annex 2" in b.text or b.text in {"Notes", "Footnotes", "1"} for b in outline.blocks)
    assert_true(outline)


def test_several_marks_at_one_place_lose_the_commas_between_them(page: Callable[..., Outline]) -> None:
    marks = '<sup><a href="#fn1">1</a></sup><sup>,</sup> <sup><a href="#fn2">2</a></sup>'
    notes = '<ol><li id="fn1">One.</li><li id="fn2">Two.</li></ol>'
    outline = page(f"<h1>R</h1>{PROSE}<p>Ports{marks} are safer.</p>{notes}")
    assert outline.blocks[2].text == "Ports are safer."
    assert outline.blocks[2].marks == ((5, "1"), (5, "2"))


def test_a_note_of_several_paragraphs_is_one_block(page: Callable[..., Outline]) -> None:
    outline = page(f'<h1>R</h1>{PROSE}<p>Ports<sup><a href="#fn1">1</a></sup>.</p><div id="fn1"><p>One.</p><p>Two.</p></div>')
    assert [n.text for n in outline.footnotes] == ["One.\nTwo."]


def test_two_marks_may_call_one_note(page: Callable[..., Outline]) -> None:
    mark = '<sup><a href="#fn1">1</a></sup>'
    outline = page(f'<h1>R</h1>{PROSE}<p>Ports{mark}.</p><p>Quays{mark}.</p><ol><li id="fn1">One.</li></ol>')
    assert [b.marks for b in outline.blocks[2:]] == [((5, "1"),), ((5, "1"),)]
    assert len(outline.footnotes) == 1


def test_a_link_to_a_table_or_a_letter_of_a_glossary_is_no_mark(page: Callable[..., Outline]) -> None:
    body = f'<h1>R</h1><p><a href="#a">A</a> <a href="#b">B</a></p>{PROSE}<p>See table <a href="#table5">5</a>.</p><h2 id="a">A</h2>{PROSE}'
    body += f'<h2 id="b">B</h2>{PROSE}<table id="table5"><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>'
    outline = page(body)
    assert not outline.footnotes
    assert "See table 5." in [b.text for b in outline.blocks]


def test_raised_exponents_are_no_marks(page: Callable[..., Outline]) -> None:
    (block,) = page("<p>An area of 5 km<sup>2</sup> and 10<sup>6</sup> people</p>").blocks
    assert block.text == "An area of 5 km2 and 106 people"
    assert not block.marks


def test_notes_that_a_converter_left_between_paragraphs_are_tied_and_the_torn_sentence_joined(
    page: Callable[..., Outline], assert_true: Callable[[Outline], None]
) -> None:
    body = """<h1>R</h1><p>The ports became safer over the years of the programme. [1] The works, which were built in all nine member</p>
    <p>1 See annex 2.</p><p>2 GAO, Ports of the north (2020).</p><h4>Background</h4>
    <p>countries, still stand. [2] They cost more than planned.[3]</p><p>3 <i>Ibid.</i>, p. 4.</p>"""
    outline = page(body)
    assert [(n.number, n.text) for n in outline.footnotes] == [
        ("1", "See annex 2."),
        ("2", "GAO, Ports of the north (2020)."),
        ("3", "Ibid., p. 4."),
    ]
    assert [b.text for b in outline.blocks] == [
        "R",
        (
            "The ports became safer over the years of the programme. "
            "The works, which were built in all nine member countries, still stand. They cost more than planned."
        ),
        "Background",
    ]
    assert [number for _, number in outline.blocks[1].marks] == ["1", "2", "3"]
    assert_true(outline)


def test_numbers_before_paragraphs_that_nothing_calls_are_no_notes(page: Callable[..., Outline]) -> None:
    outline = page("<h1>R</h1><p>1 Introduction to the ports</p><p>2 Method of the work</p><p>3 Findings of the work</p><p>4 Annexes</p>")
    assert not outline.footnotes


def test_a_note_whose_mark_is_lost_is_a_note_where_its_list_holds_notes(page: Callable[..., Outline]) -> None:
    items = "<li id='n1'><span>1</span> Called. <a href='#r1'>↩</a></li><li><span>2</span> Not called.</li><li>No number.</li>"
    text = "<h1>R</h1><p>Words.<a id='r1' href='#n1' role='doc-noteref'><sup>1</sup></a></p>"
    said = page(f"{text}<section role='doc-endnotes'><ol style='list-style:none'>{items}</ol></section>")
    assert [(n.number, n.text) for n in said.footnotes] == [("1", "Called."), ("2", "Not called.")]
    assert [b.text for b in said.blocks] == ["R", "Words.", "No number."]
    unsaid = page(f"{text}<ol style='list-style:none'>{items}</ol>")
    assert [n.number for n in unsaid.footnotes] == ["1"]


def test_two_notes_under_one_sign_that_both_print_it_are_two(page: Callable[..., Outline]) -> None:
    notes = "<p id='a'>* The first.</p><p id='b'>* The second.</p><p id='c'>** The third.</p>"
    calls = "".join(f"<a href='#{name}'><sup>{sign}</sup></a>" for name, sign in (("a", "*"), ("b", "*"), ("c", "**")))
    outline = page(f"<h1>R</h1><p>Words.{calls}</p>{notes}")
    assert [(n.number, n.text) for n in outline.footnotes] == [("*", "The first."), ("*", "The second."), ("**", "The third.")]
