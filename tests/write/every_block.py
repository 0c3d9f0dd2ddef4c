"""A paper that holds every kind of block, and papers of any blocks at all."""

from __future__ import annotations

import random

from evaltrail.write.house import House, Logo
from evaltrail.write.model import (
    Cell,
    Contents,
    Figure,
    Frame,
    Heading,
    Item,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Run,
    Table,
    text,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120"><title>own</title><desc>own too</desc>'
    '<defs><clipPath id="cut"><rect width="300" height="120"/></clipPath></defs><script>alert(1)</script>'
    '<g clip-path="url(#cut)" onclick="alert(2)"><rect id="bar" x="10" y="10" width="200" height="24" fill="#255b80"/>'
    '<a href="https://example.org/"><text x="10" y="60" font-size="12" fill="currentColor">Relevance</text></a></g></svg>'
)
PICTURE = Picture(SVG, "Ratings by criterion", "Relevance was rated 5 of 6.", 300, 120)
LOGO = Logo(SVG.encode(), "image/svg+xml", "A wave", 60, 24)
HOUSE = House(name="merrow", organisation="Merrow Sea Organization", accent="#7a1f3d", logo=LOGO)
ACTION = Table(
    2,
    4,
    tuple(
        Cell(r, c, (text(words),), header=r == 0)
        for r, row in enumerate(
            (
                ("Responsible unit", "Priority", "Time implication", "Resource implication"),
                ("Ports, Harbours and Landing Sites Department; regional offices", "High", "Short-term", "Low"),
            )
        )
        for c, words in enumerate(row)
    ),
    header_rows=1,
    style="action",
)
RATINGS = Table(
    7,
    2,
    tuple(
        Cell(r, c, (text(words),), header=r == 0, rating=share if c else None)
        for r, (name, mark, share) in enumerate(
            [("Criterion", "Rating", None)] + [(f"Criterion {n}", f"{n} of 6", (n - 1) / 5) for n in range(6, 0, -1)]
        )
        for c, words in enumerate((name, mark))
    ),
    header_rows=1,
    header_columns=1,
    style="ratings",
    caption=text("Table 1. Ratings"),
    anchor="ratings",
)


def paper(*, direction: str = "ltr", language: str = "en") -> Paper:
    """One of each: blocks, styles, frames, footnotes called once, twice and never, references forward and back."""
    wide = Table(
        3,
        7,
        (
            *(Cell(r, c, (text(f"r{r} c{c}"),), header=r == 0) for r in range(2) for c in range(7)),
            Cell(2, 0, (text("all seven "), text("in two paragraphs", bold=True)), column_span=7),
        ),
        header_rows=1,
    )
    return Paper(
        blocks=(
            Paragraph(text("MSO/C.58/PRG/4"), style="symbol"),
            Paragraph(text("58th Session, Port Alvane", bold=True), style="front"),
            Paragraph(text("Fourth item on the agenda"), style="front"),
            Heading(text("Three evaluations of work at sea"), level=0, listed=False),
            Paragraph(text("Findings and response"), style="subtitle"),
            Frame(
                (Heading(text("Purpose of the document"), listed=False), Paragraph(text("The Council is invited to decide."))), "purpose"
            ),
            Contents(text("Contents")),
            PageBreak(),
            Heading(text("Introduction")),
            Paragraph((Run("Boats land at nine sites."), Run(note=0), Run(" See paragraph "), Run("2", to="second"), Run(".")), "1."),
            Heading(text("Findings"), marker="A."),
            Frame(
                (
                    Paragraph((Run("Key finding 1:", bold=True), Run(" Landing is safe at seven sites of nine."))),
                    Paragraph((Run("Key finding 2:", bold=True), Run(" 43 per cent of crews were asked."), Run(note=0), Run(note=1))),
                ),
                "finding",
            ),
            Paragraph(
                (Run("Where a committee keeps the books, fees are paid: "), Run("always", italic=True), Run(".")), "2.", anchor="second"
            ),
            Item(text("in Estmar before noon;"), "(a)"),
            Item(text("43 boats at a time;"), "(i)", 2),
            Item(text("in Kelvane after noon."), "(b)"),
            Paragraph(text("A paragraph without a number.")),
            Item(text("quays"), "–"),
            Item(text("lights"), "–"),
            Heading(text("Ratings"), level=2, marker="2.1"),
            RATINGS,
            Paragraph(text("6 = highly satisfactory; 1 = highly unsatisfactory"), style="small"),
            Figure(
                PICTURE,
                text("Figure 1. Ratings by criterion"),
                Table(1, 2, (Cell(0, 0, (text("Relevance"),), header=True), Cell(0, 1, (text("5"),))), style="data"),
            ),
            Paragraph(text("Figure 2. A figure that is not there"), style="caption"),
            Heading(text("Recommendations"), level=1, marker="B."),
            Heading(text("Recommendation 1"), level=2),
            Paragraph(text("Repair the slipways before the season of 2025, and say who pays."), "3.", anchor="r1"),
            ACTION,
            wide,
            Frame((Paragraph(text("The Council decides to act on paragraph 3."), "4."),), "decision"),
            Frame((Paragraph(text("A plain box.")), Item(text("with an item"), "•")), "plain"),
        ),
        notes=(
            Note("1", text("Nine in 2021;\nten in 2022.")),
            Note("*", (Run("See the annual report, "), Run("2021", italic=True), Run("."))),
            Note("3", text("Nobody calls this note.")),
        ),
        title="Three evaluations of work at sea",
        symbol="MSO/C.58/PRG/4",
        organisation="Merrow Sea Organization",
        language=language,
        direction=direction,  # type: ignore[arg-type]
        date="2024-02",
        house=HOUSE,
        continued="Page {page} of {pages}",
    )


HARD = (
    "",
    " ",
    "<script>alert('x')</script>",
    "</style></main>&amp;&#0;]]>",
    "control \x00\x01\x0b\x0c\x1f\x7f\x85 end",
    "half a pair \ud800 and \udfff",
    "no characters \ufffe\uffff\ufdd0\U0001fffe",
    "line\nbreak\r\nand\ttab",
    "l" * 300,
    "\"quoted\" & 'so'",
    "العربية ثم English",
    "a\u0301 combining 🌊",
    "word " * 5000,
)


def hard(seed: int) -> Paper:
    """A paper of blocks drawn at random, with texts and numbers that no paper should have."""
    rng = random.Random(seed)  # noqa: S311  # a seed that gives the same paper every time

    def words() -> tuple[Run, ...]:
        return tuple(
            Run(
                rng.choice(HARD),
                bold=rng.random() < 0.3,
                italic=rng.random() < 0.2,
                note=rng.choice((None, None, None, -1, 0, 1, 99)),
                to=rng.choice((None, None, "here", "nowhere", "a b<c")),
            )
            for _ in range(rng.randrange(4))
        )

    def cell() -> Cell:
        return Cell(
            rng.randrange(4),
            rng.randrange(4),
            tuple(words() for _ in range(rng.randrange(3))),
            rng.choice((1, 1, 2, 9)),
            rng.choice((1, 1, 3, 9)),
            header=rng.random() < 0.2,
            rating=rng.choice((None, 0.0, 0.5, 1.0, 7.0)),
            picture=rng.choice((None, None, PICTURE, Picture("<svg", "broken", "no drawing", 1, 1))),
        )

    def table() -> Table:
        cells = tuple(cell() for _ in range(rng.randrange(6)))
        return Table(
            rng.randrange(5), rng.randrange(5), cells, rng.randrange(3), rng.randrange(2), words(), anchor=rng.choice((None, "here"))
        )

    def block(depth: int = 0) -> object:
        anchor = rng.choice((None, "here", "a b<c"))
        marker = rng.choice(("", "26.", "(a)", "<b>", "\x00", "•"))
        kinds = (
            lambda: Heading(words(), rng.randrange(12), marker, anchor),
            lambda: Paragraph(words(), marker, rng.choice(("body", "front", "symbol", "small", "caption")), anchor),
            lambda: Item(words(), marker, rng.choice((0, 1, 1, 2, 5)), anchor),
            table,
            lambda: Figure(rng.choice((PICTURE, Picture("", "", "", 0, 0))), words(), rng.choice((None, table())), anchor),
            lambda: Contents(words(), rng.randrange(4)),
            PageBreak,
            lambda: Frame(tuple(block(1) for _ in range(rng.randrange(4))), rng.choice(("plain", "purpose", "finding", "decision"))),  # type: ignore[misc]
        )
        return kinds[rng.randrange(len(kinds) - depth)]()

    notes = tuple(Note(rng.choice(HARD[:9]), words()) for _ in range(rng.randrange(3)))
    house = House(accent=rng.choice(("#123c60", "red;}")), paper=rng.choice(("a4", "us-letter", "?")), logo=rng.choice((None, LOGO)))
    return Paper(
        tuple(block() for _ in range(rng.randrange(12))),  # type: ignore[misc]
        notes,
        rng.choice(HARD[:9]),
        rng.choice((None, *HARD[:9])),
        rng.choice((None, *HARD[:9])),
        rng.choice(("en", "ar", "", "x y", "pt-BR")),
        rng.choice(("ltr", "rtl")),
        rng.choice((None, "2020", "2020-10", "2020-10-28", "soon", "2020-99")),
        house,
        rng.choice(HARD[:9]),
    )
