"""Styles that a secretariat finds in the style pane, under the names that Word itself uses wherever it has one.

Faces are those that the written papers have in every format; ``fonts`` puts them into the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.word.looks import BODY_SIZE, HANG, HEADINGS, LINE, STEP, TITLE_SIZE, heading_look
from evaltrail.write.word.xml import flag, part, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.write.model import Paper
    from evaltrail.write.word.numbering import Placed

SERIF, SANS = "Source Serif Pro", "Source Sans Pro"
_COMPLEX = {SERIF: "Times New Roman", SANS: "Arial"}
"""Faces for Arabic and Hebrew, which those of the papers have not; every Word has them, and LibreOffice something for them."""
QUIET, WASH = "465059", "E9EDEF"
"""The design's ink of notes and labels, and the ground of heading rows. Words but headings are in the reader's own text colour."""

LISTED_LEVELS = 5
"""Levels of lists for which Word has styles."""

_KEEPS = re.compile("^(?:<w:keepNext/>)?(?:<w:keepLines/>)?")
"""What stands before a number among a paragraph's properties."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_REGIONS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "pt": "pt-PT", "ar": "ar-SA", "ru": "ru-RU", "zh": "zh-CN", "sv": "sv-SE",
            "de": "de-DE", "it": "it-IT", "nl": "nl-NL", "he": "he-IL", "fa": "fa-IR", "ur": "ur-PK"}  # fmt: skip
"""Word proofs by language and country; the country that a language without one is taken for."""


def language_tag(paper: Paper) -> str:
    """The paper's language with a country."""
    tag = paper.language if _TAG.fullmatch(paper.language) else "en"
    return _REGIONS.get(tag, tag)


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style."""

    id: str
    name: str
    based_on: str = "Normal"
    following: str = ""
    """Style of the paragraph that is begun after one of these; empty: the same."""
    paragraph: str = ""
    """Inside of its ``w:pPr``."""
    run: str = ""
    """Inside of its ``w:rPr``."""
    priority: int = 99


def _size(points: float) -> str:
    return w("sz", val=round(points * 2)) + w("szCs", val=round(points * 2))


def _fonts(name: str) -> str:
    return w("rFonts", ascii=name, hAnsi=name, cs=_COMPLEX[name])


def _spacing(before: float = 0, after: float = 0, line: float = 0) -> str:
    """Room above and below, and the least height of a line, in points."""
    said: dict[str, str | int] = {"before": round(before * 20), "after": round(after * 20)}
    if line:
        # Not as a multiple: of that LibreOffice leaves a heading alone at a page's foot.
        said |= {"line": round(line * 20), "lineRule": "atLeast"}
    return w("spacing", **said)


_BOLD = "<w:b/><w:bCs/>"


def _paragraph_styles(paper: Paper) -> Iterator[Style]:
    colour = w("color", val=paper.house.ink.lstrip("#").upper()) if paper.house is not None else ""
    keep = flag("keepNext") + flag("keepLines")
    yield Style("BodyText", "Body Text", paragraph=_spacing(0, 6, LINE), priority=1)
    yield Style(
        "NumberedParagraph",
        "Numbered Paragraph",
        "BodyText",
        paragraph=w("ind", left=HANG, hanging=HANG),
        priority=1,
    )
    yield Style("NumberedText", "Numbered Paragraph Text", "BodyText", paragraph=w("ind", left=HANG), priority=1)
    yield Style(
        "Title",
        "Title",
        following="BodyText",
        paragraph=keep + flag("suppressAutoHyphens") + _spacing(12, 12) + w("jc", val="left"),
        run=_fonts(SERIF) + _BOLD + colour + _size(TITLE_SIZE),
        priority=10,
    )
    yield Style(
        "Subtitle",
        "Subtitle",
        following="BodyText",
        paragraph=flag("keepNext") + _spacing(0, 10),
        run=_fonts(SERIF) + w("color", val=QUIET) + _size(13),
        priority=11,
    )
    for n in range(1, len(HEADINGS) + 1):
        size, before, after = heading_look(n)
        yield Style(
            f"Heading{n}",
            f"heading {n}",
            following="BodyText",
            paragraph=keep + flag("suppressAutoHyphens") + _spacing(before, after) + w("outlineLvl", val=n - 1),
            run=_fonts(SANS) + _BOLD + colour + _size(size),
            priority=9,
        )
        yield Style(f"Heading{n}Unlisted", f"Heading {n} Unlisted", f"Heading{n}", following="BodyText", priority=9)
    yield from _list_styles()
    yield from _small_styles(colour)


def _list_styles() -> Iterator[Style]:
    for kind in ("Bullet", "Number"):
        for n in range(1, LISTED_LEVELS + 1):
            end = f" {n}" if n > 1 else ""
            yield Style(
                f"List{kind}{n if n > 1 else ''}",
                f"List {kind}{end}",
                "BodyText",
                paragraph=_spacing(0, 4, LINE) + w("ind", left=STEP * n, hanging=STEP),
                priority=12,
            )


def _small_styles(colour: str) -> Iterator[Style]:
    sans = _fonts(SANS)
    yield Style(
        "Caption",
        "caption",
        following="BodyText",
        paragraph=flag("keepNext") + flag("keepLines") + _spacing(8, 4),
        run=sans + _BOLD + _size(9.5),
        priority=35,
    )
    yield Style("Symbol", "Document Symbol", paragraph=_spacing(0, 6) + w("jc", val="right"), run=sans + _BOLD + _size(11), priority=13)
    yield Style("FrontMatter", "Front Matter", paragraph=_spacing(0, 3), run=sans, priority=13)
    yield Style("SmallText", "Small Text", paragraph=_spacing(2, 6), run=w("color", val=QUIET) + _size(8.5), priority=14)
    yield Style("Figure", "Figure", following="Caption", paragraph=_spacing(4, 6) + w("jc", val="left"), priority=34)
    for id_, name in (("KeyFinding", "Key Finding"), ("PurposeText", "Purpose Text"), ("DraftDecision", "Draft Decision")):
        yield Style(id_, name, "BodyText", priority=15)
    yield Style("TableText", "Table Text", paragraph=_spacing(1, 1), run=_size(9), priority=36)
    yield Style("TableHeading", "Table Heading", "TableText", paragraph=flag("suppressAutoHyphens"), run=sans + _BOLD, priority=36)
    yield Style("TableRating", "Table Rating", "TableText", run=sans, priority=36)
    yield Style("TableTextSmall", "Table Text Small", "TableText", run=_size(7), priority=36)
    yield Style("TableHeadingSmall", "Table Heading Small", "TableHeading", run=_size(7), priority=36)
    yield Style("FootnoteText", "footnote text", paragraph=_spacing(0, 2), run=_size(8.5), priority=40)
    yield Style("Header", "header", paragraph=_tab_at_end(), run=sans + w("color", val=QUIET) + _size(8.5))
    yield Style("Footer", "footer", paragraph=_tab_at_end(), run=sans + w("color", val=QUIET) + _size(8.5))
    yield Style("TableGap", "Table Gap", paragraph=w("spacing", before=0, after=0, line=120, lineRule="exact"), run=_size(4))
    yield Style(
        "TOCHeading",
        "TOC Heading",
        following="BodyText",
        paragraph=flag("keepNext") + _spacing(12, 6),
        run=sans + _BOLD + colour + _size(13),
        priority=39,
    )
    for n in range(1, 10):
        indent = w("ind", left=HANG * (n - 1) // 2 + HANG, hanging=HANG)
        yield Style(f"TOC{n}", f"toc {n}", paragraph=_spacing(0, 2) + indent, run=_size(10), priority=39)


def _tab_at_end() -> str:
    """Room for a tab that ``styles`` fills in, since it depends on the paper's width."""
    return "{tab}"


def styles(paper: Paper, width: int, tied: Mapping[str, Placed]) -> bytes:
    """The part ``styles.xml``; ``width`` of a line in twips; ``tied`` are styles that a list numbers."""
    rtl = paper.direction == "rtl"
    tag = language_tag(paper)
    lang = w("lang", val=tag, eastAsia=tag, bidi=tag)
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w("rPr", w("rFonts", ascii=SERIF, hAnsi=SERIF, eastAsia=SERIF, cs=_COMPLEX[SERIF]), _size(BODY_SIZE), lang),
        ),
        w("pPrDefault", w("pPr", flag("widowControl"))),
    )
    normal = w(
        "style",
        w("name", val="Normal"),
        flag("qFormat"),
        w("pPr", flag("bidi", rtl)) if rtl else "",
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    tab = w("tabs", w("tab", val="right", pos=width))
    listed = "".join(_written(s, tied).replace("{tab}", tab) for s in _paragraph_styles(paper))
    return part("styles", defaults, _latent(), normal, _character_styles(paper), listed, _table_styles(paper))


def _latent() -> str:
    return w("latentStyles", defLockedState=0, defUIPriority=99, defSemiHidden=0, defUnhideWhenUsed=0, defQFormat=0, count=376)


def _written(s: Style, tied: Mapping[str, Placed]) -> str:
    paragraph = s.paragraph
    if s.id in tied or s.based_on in tied:
        at = tied.get(s.id)
        # A style that is made of a numbered one takes its number away.
        number = w("numPr", w("ilvl", val=at.level), w("numId", val=at.num)) if at else w("numPr", w("numId", val=0))
        paragraph = _KEEPS.sub(lambda keeps: keeps.group() + number, paragraph, count=1)
    return w(
        "style",
        w("name", val=s.name),
        w("basedOn", val=s.based_on),
        w("next", val=s.following) if s.following else "",
        w("uiPriority", val=s.priority),
        flag("qFormat", s.priority < 39),
        w("pPr", paragraph) if paragraph else "",
        w("rPr", s.run) if s.run else "",
        type="paragraph",
        styleId=s.id,
    )


def _character_styles(paper: Paper) -> str:
    accent = colour_of(paper)
    raised = w("vertAlign", val="superscript")
    link = w("color", val=accent)
    plain = w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    return plain + "".join(
        w(
            "style",
            w("name", val=name),
            w("basedOn", val="DefaultParagraphFont"),
            w("uiPriority", val=99),
            w("rPr", run),
            type="character",
            styleId=id_,
        )
        for id_, name, run in (("FootnoteReference", "footnote reference", raised), ("Hyperlink", "Hyperlink", link))
    )


def colour_of(paper: Paper) -> str:
    """The house's accent as Word writes colours; the plain house's where it is none."""
    accent = (paper.house.accent if paper.house is not None else "").lstrip("#").upper()
    return accent if len(accent) == 6 and all(c in "0123456789ABCDEF" for c in accent) else "123C60"  # rrggbb


def _edges(colour: str, size: int = 4, *, sides: tuple[str, ...] = ("top", "left", "bottom", "right", "insideH", "insideV")) -> str:
    return "".join(w(side, val="single", sz=size, space=0, color=colour) for side in sides)


def margins(across: int, above: int, below: int | None = None) -> str:
    """Room in cells in twips: at the sides, above, and below where it is another."""
    return w(
        "tblCellMar",
        w("top", w=above, type="dxa"),
        w("left", w=across, type="dxa"),
        w("bottom", w=above if below is None else below, type="dxa"),
        w("right", w=across, type="dxa"),
    )


def _table_styles(paper: Paper) -> str:
    accent = colour_of(paper)
    head = w(
        "tblStylePr",
        w("tcPr", w("shd", val="clear", color="auto", fill=WASH)),
        type="firstRow",
    )
    plain = w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        flag("semiHidden"),
        flag("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), margins(100, 0)),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    grids = [("PaperTable", "Paper Table"), ("ActionTable", "Action Table"), ("RatingsTable", "Ratings Table"), ("DataTable", "Data Table")]
    tables = "".join(_table_style(id_, name, _edges("7C8891"), margins(100, 40), more=head) for id_, name in grids)
    outline = ("top", "left", "bottom", "right")
    box = _edges(accent, 6, sides=outline)
    boxes = "".join(
        _table_style(id_, name, box, margins(170, 110, 20), fill=fill)
        for id_, name, fill in (
            ("PlainBox", "Plain Box", ""),
            ("PurposeBox", "Purpose Box", ""),
            ("KeyFindingBox", "Key Finding Box", "F4F6F7"),
            ("DecisionBox", "Decision Box", ""),
        )
    )
    return plain + tables + boxes


def _table_style(id_: str, name: str, borders: str, margins: str, *, more: str = "", fill: str = "") -> str:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=37),
        flag("qFormat"),
        w("tblPr", w("tblBorders", borders), margins),
        w("tcPr", w("shd", val="clear", color="auto", fill=fill)) if fill else "",
        more,
        type="table",
        styleId=id_,
    )
