"""Numbers and bullets are printed as Word prints them."""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def abstract(key: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def level(n: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def num(key: int, to: int, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{to}"/>{more}</w:num>'


OUTLINE = abstract(0, level(0, "%1."), level(1, "%1.%2."), level(2, "(%3)", "lowerLetter")) + num(1, 0)


def test_levels_count_and_restart_below_a_higher_one(word: Any) -> None:
    body = "".join(word.numbered(f"t{i}", 1, n) for i, n in enumerate([0, 1, 1, 2, 2, 0, 1, 2]))
    markers = [row[1] for row in word.rows(body, numbering=OUTLINE)]
    assert markers == ["1.", "1.1.", "1.2.", "(a)", "(b)", "2.", "2.1.", "(a)"]


def test_numbered_paragraphs_stay_paragraphs_and_letters_and_bullets_are_items(word: Any) -> None:
    numbering = (
        abstract(0, level(0, "%1."))
        + abstract(1, level(0, "%1)", "lowerLetter"))
        + abstract(2, level(0, "\uf0b7", "bullet"))
        + num(1, 0)
        + num(2, 1)
        + num(3, 2)
    )
    body = word.numbered("The Office", 1) + word.numbered("train", 2) + word.numbered("build", 3)
    assert word.rows(body, numbering=numbering) == [("paragraph", "1.", "The Office"), ("item1", "a)", "train"), ("item1", "•", "build")]


@pytest.mark.parametrize(
    "form,start,expected",
    [
        ("lowerRoman", 4, ["iv.", "v."]),
        ("upperRoman", 9, ["IX.", "X."]),
        ("lowerLetter", 26, ["z.", "aa."]),
        ("upperLetter", 52, ["ZZ.", "AAA."]),
        ("decimalZero", 9, ["09.", "10."]),
        ("ordinal", 2, ["2nd.", "3rd."]),
        ("cardinalText", 20, ["Twenty.", "Twenty-one."]),
        ("ordinalText", 20, ["Twentieth.", "Twenty-first."]),
        ("decimal", 0, ["0.", "1."]),
        ("ideographTraditional", 1, ["1.", "2."]),
    ],
)
def test_number_forms(word: Any, form: str, start: int, expected: Any) -> None:
    body = word.numbered("x", 1) + word.numbered("y", 1)
    assert [row[1] for row in word.rows(body, numbering=abstract(0, level(0, "%1.", form, start)) + num(1, 0))] == expected


def test_a_list_goes_on_in_another_instance_unless_its_start_is_overridden(word: Any) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, override)
    body = "".join(word.numbered("x", n) for n in [1, 1, 2, 3, 3, 1])
    assert [row[1] for row in word.rows(body, numbering=numbering)] == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_an_overridden_level_has_its_own_text(word: Any) -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "R%1:")}</w:lvlOverride>'
    assert word.rows(word.numbered("x", 2), numbering=abstract(0, level(0, "%1.")) + num(2, 0, override))[0][1] == "R1:"


def test_a_level_that_never_restarts_counts_on(word: Any) -> None:
    never = '<w:lvlRestart w:val="0"/>'
    numbering = abstract(0, level(0, "%1."), level(1, "%2.", more=never)) + num(1, 0)
    body = "".join(word.numbered("x", 1, n) for n in [0, 1, 1, 0, 1])
    assert [row[1] for row in word.rows(body, numbering=numbering)] == ["1.", "1.", "2.", "2.", "3."]


def test_legal_numbering_prints_digits(word: Any) -> None:
    numbering = abstract(0, level(0, "Part %1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + num(1, 0)
    body = "".join(word.numbered("x", 1, n) for n in [0, 0, 1])
    assert [row[1] for row in word.rows(body, numbering=numbering)] == ["Part I", "Part II", "2.1"]


def test_numbering_comes_from_a_style_and_its_tied_level(word: Any) -> None:
    styles = """<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
    <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>"""
    numbering = abstract(0, level(0, "%1", more='<w:pStyle w:val="H1"/>'), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')) + num(1, 0)
    body = (
        word.p("Findings", '<w:pStyle w:val="H1"/>')
        + word.p("Relevance", '<w:pStyle w:val="H2"/>')
        + word.p("Method", '<w:pStyle w:val="H2"/>')
    )
    assert word.rows(body, styles=styles, numbering=numbering) == [
        ("heading1", "1", "Findings"),
        ("heading2", "1.1", "Relevance"),
        ("heading2", "1.2", "Method"),
    ]


def test_number_zero_takes_a_style_s_numbering_away(word: Any) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="n"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = (
        word.p("a", '<w:pStyle w:val="N"/>')
        + word.p("b", '<w:pStyle w:val="N"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + word.p("c", '<w:pStyle w:val="N"/>')
    )
    assert [row[1] for row in word.rows(body, styles=styles, numbering=OUTLINE)] == ["1.", "", "2."]


def test_a_list_linked_to_a_numbering_style_has_that_style_s_levels(word: Any) -> None:
    styles = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="l"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = (
        abstract(0, more='<w:numStyleLink w:val="L"/>')
        + abstract(1, level(0, "#%1"), more='<w:styleLink w:val="L"/>')
        + num(1, 0)
        + num(2, 1)
    )
    assert word.rows(word.numbered("x", 1), styles=styles, numbering=numbering)[0][1] == "#1"


def test_an_empty_numbered_paragraph_counts_but_is_no_block(word: Any) -> None:
    body = (
        word.numbered("x", 1)
        + '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
        + word.numbered("y", 1)
    )
    assert [row[1] for row in word.rows(body, numbering=OUTLINE)] == ["1.", "3."]


def random_lists(seed: int) -> tuple[str, list[tuple[int, int]]]:
    """Four lists of four levels with two instances each, some started anew; and 150 paragraphs as (instance, level)."""
    rnd = random.Random(seed)  # noqa: S311 - the same lists in each run
    parts: list[str] = []
    for a in range(4):
        levels = []
        for n in range(4):
            text = rnd.choice([f"%{n + 1}.", f"(%{n + 1})", ".".join(f"%{k + 1}" for k in range(n + 1))])
            form = rnd.choice(["decimal", "decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"])
            levels.append(level(n, text, form, rnd.choice([1, 1, 3])))
        parts.append(abstract(a, *levels))
    for a in range(4):
        start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{rnd.choice([1, 4])}"/></w:lvlOverride>'
        parts += [num(2 * a + 1, a), num(2 * a + 2, a, rnd.choice(["", start]))]
    paragraphs, at = [], 0
    for _ in range(150):
        at = max(0, min(3, at + rnd.choice([-2, -1, 0, 0, 1, 1])))
        paragraphs.append((rnd.randint(1, 8), at))
    return "".join(parts), paragraphs


@pytest.mark.parametrize("seed", [1, 2])
def test_markers_are_those_that_libreoffice_prints(word: Any, libreoffice: str, tmp_path: Path, seed: int) -> None:
    numbering, paragraphs = random_lists(seed)
    body = "".join(word.numbered(f"t{i}", key, at) for i, (key, at) in enumerate(paragraphs))
    source = tmp_path / "list.docx"
    source.write_bytes(word.container(body, {"numbering": numbering}))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = [" ".join(line.split()) for line in (tmp_path / "list.txt").read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    assert [f"{marker} {words}" for _, marker, words in word.rows(body, numbering=numbering)] == printed


def test_a_level_used_before_the_one_above_uses_up_that_one_s_first_number(word: Any) -> None:
    body = word.numbered("x", 1, 1) + word.numbered("y", 1, 0)
    assert [row[1] for row in word.rows(body, numbering=OUTLINE)] == ["1.1.", "2."]
