"""Tables whose columns a tool kept apart by blanks."""

from __future__ import annotations

TABLE = """
The authority answers for four things.

Responsible unit             Priority      Time            Resources

Harbour office, northern     High          Short-term      Low
island

Ministry of ferries          Medium        Long-term       Within existing
                                                           resources

Crews                        Low           Medium-term     None

This was agreed with the ministry in the spring of that year and not before.
"""


def cells(outline, source: str) -> list[list[str]]:
    (table,) = (b.table for b in outline(source).blocks if b.table is not None)
    return [[c.content().text for c in table.row(r)] for r in range(table.rows)]


def test_rows_and_cells_of_several_lines_are_put_together(outline) -> None:
    assert cells(outline, TABLE) == [
        ["Responsible unit", "Priority", "Time", "Resources"],
        ["Harbour office, northern island", "High", "Short-term", "Low"],
        ["Ministry of ferries", "Medium", "Long-term", "Within existing resources"],
        ["Crews", "Low", "Medium-term", "None"],
    ]


def test_the_text_around_a_table_is_none_of_it(rows) -> None:
    found = rows(TABLE)
    assert [kind for kind, _, _ in found] == ["paragraph", "table", "paragraph"]


def test_rows_need_no_blank_lines_between_them(outline) -> None:
    source = "Route        Ferries    Crew\nNorthern     3          12\nSouthern     5          20\nMail         1          4\n"
    assert cells(outline, source) == [["Route", "Ferries", "Crew"], ["Northern", "3", "12"], ["Southern", "5", "20"], ["Mail", "1", "4"]]


def test_an_empty_cell_stays_empty(outline) -> None:
    source = "Route        Ferries    Crew\n\nNorthern     3          12\n\nSouthern                20\n\nMail         1          4\n"
    (table,) = (b.table for b in outline(source).blocks if b.table is not None)
    assert table.at(2, 1) is None
    assert table.at(2, 2).content().text == "20"


def test_two_columns_of_words_are_text(rows) -> None:
    assert all(kind != "table" for kind, _, _ in rows("Harbour office        The ministry of ferries\n\nof the northern       and piers\n"))


def test_a_lone_line_in_columns_is_no_table(rows) -> None:
    assert [kind for kind, _, _ in rows("Route        Ferries    Crew\n\nThe authority runs eleven ferries between the four islands.\n")][
        -1
    ] == "paragraph"
    assert all(kind != "table" for kind, _, _ in rows("Route        Ferries    Crew\n\nThe authority runs eleven ferries.\n"))
