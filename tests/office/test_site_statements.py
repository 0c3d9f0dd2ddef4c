"""What pages of an evaluation say over and over."""

from __future__ import annotations

from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from evaltrail_office.evaluations.page_parts import AnswerRow, Ref, Row, Spot
from evaltrail_office.evaluations.trail import Picture
from evaltrail_office.site.templatetags.statements import cut, joined, markup, statement_rows

SPOT = Spot("p. 3, §8", "/documents/D-000001/statements/r1/")


@given(st.text())
def test_whatever_comes_from_a_paper_is_escaped_and_markup_is_not(words: str) -> None:
    inner = markup("<b>%s</b>", words)
    for made in (markup("<p>%s%s</p>", inner, words), joined([inner, words])):
        text = made.replace("<p>", "").replace("</p>", "").replace("<b>", "", 1).replace("</b>", "", 1)
        assert isinstance(made, SafeString)
        assert not set(text) & set("<>\"'")


@given(st.text(), st.integers(min_value=2, max_value=40))
def test_a_text_is_cut_to_its_length_and_says_so(words: str, most: int) -> None:
    said = cut(words, most)
    assert said == words if len(words) <= most else said.endswith("…")
    assert words.startswith(said.removesuffix("…"))


def test_a_mark_over_a_letter_stays_with_it() -> None:
    assert cut("abe\u0301cde", 4) == "abe\u0301…"


def test_a_row_with_signs_of_markup_in_every_word_has_none_but_its_own() -> None:
    evil = "<script>alert('&')</script>"
    answer = AnswerRow("a1", "accepted", evil, SPOT, promise=False, actions=())
    ref = Ref(evil, SPOT.address, proposed=True)
    row = Row(
        id=evil, kind="recommendation", label=evil, text=evil, spot=Spot(evil, '"><i>'), confirmed=True, rests_on=(ref,), leads_to=(),
        evidence=(), quantities=0, missing=(evil,), remarks=(), key=evil, answers=(answer,), unit=evil, priority=evil, time=evil,
        resources=evil,
    )  # fmt: skip
    finding = Row(
        id=evil, kind="finding", label=evil, text=evil, spot=SPOT, confirmed=False, rests_on=(), leads_to=(ref,), evidence=(ref,),
        quantities=2, missing=(), remarks=(),
    )  # fmt: skip
    made = statement_rows(Picture(), [row, finding])
    assert "<script" not in made
    assert "<i>" not in made
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in made
    assert "(proposed)" in made
