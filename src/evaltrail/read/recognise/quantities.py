"""Recognises quantities: the ledger of every number of a document, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.record import Quantity
from evaltrail.text.lexicon import dollar_of
from evaltrail.text.numbers import decimal_mark
from evaltrail.text.quantities import amounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.read.outline import Text
    from evaltrail.text.quantities import Amount


def quantities(texts: Iterable[tuple[str | None, Text]], language: str | None = None) -> list[Quantity]:
    """The quantities of a document's texts, in order.

    Each text comes with the number of the paragraph that it belongs to ("9"), "fnN" for a footnote, or None.
    ``language`` is the document's; None or a language without a pack looks for the words of all packs.
    How figures are written (decimal mark) and whose dollar a "$" is are told from all texts together.
    """
    numbered = list(texts)
    decimal = decimal_mark((t.text for _, t in numbered), language)
    dollar = dollar_of("\n".join(t.text for _, t in numbered if "$" in t.text or "USD" in t.text or "Canad" in t.text))
    return [
        _quantity(a, paragraph, text)
        for paragraph, text in numbered
        for a in amounts(text.text, language, decimal=decimal, dollar=dollar)
    ]


def _quantity(a: Amount, paragraph: str | None, text: Text) -> Quantity:
    part = text.cut(a.start, a.end)
    return Quantity(
        value=a.value,
        unit=a.unit,
        of=a.of,
        upper=a.upper,
        bound=a.bound,
        out_of=a.out_of,
        text=part.text,
        paragraph=paragraph,
        places=part.places(),
    )
