"""What stands on one page with a recommendation's table: the words over it, as far as they are not too long."""

from __future__ import annotations

from evaltrail.write.model import Heading, Item, Paragraph, Table, text
from evaltrail.write.together import MOST, over_tables

ACTION = Table(1, 1, (), style="action")


def test_the_paragraphs_and_items_between_a_heading_and_the_table_are_kept_with_it() -> None:
    blocks = (
        Paragraph(text("Before.")),
        Heading(text("Recommendation 1")),
        Paragraph(text("Ask.")),
        Item(text("more;")),
        Paragraph(text("Why.")),
        ACTION,
        Paragraph(text("After.")),
    )
    assert over_tables(blocks) == {2, 3, 4}


def test_a_numbered_paragraph_is_the_first_that_is_kept() -> None:
    blocks = (Paragraph(text("Before."), "1."), Paragraph(text("Ask."), "2."), Paragraph(text("Why.")), ACTION)
    assert over_tables(blocks) == {1, 2}


def test_of_long_words_the_last_ones_are_kept() -> None:
    blocks = (Paragraph(text("Ask. " * MOST)), Paragraph(text("Why.")), ACTION)
    assert over_tables(blocks) == {1}


def test_another_table_keeps_nothing() -> None:
    assert over_tables((Paragraph(text("As follows.")), Table(1, 1, ()))) == frozenset()
