"""Every part of a written DOCX is XML whose elements stand in the schema's order: Word refuses, or silently drops, what does not."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
import zipfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from evaltrail.read.formats import Options, docx
from evaltrail.write.model import Heading, Note, Paper, Paragraph, Run, Table, text
from evaltrail.write.word.document import document

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# Sequences of ECMA-376 part 1, annex A.1 (wml.xsd), as far as the element may hold anything that is written.
ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "ins del rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign "
        "rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "numPr": "ilvl numId",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "docPartObj": "docPartGallery docPartCategory docPartUnique",
    "settings": (
        "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
        "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
        "embedSystemFonts saveSubsetFonts mirrorMargins trackRevisions defaultTabStop autoHyphenation evenAndOddHeaders "
        "updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids themeFontLang clrSchemeMapping "
        "decimalSymbol listSeparator"
    ),
}
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
"""Properties stand before all else."""


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


every_block = beside("every_block")


def roots(data: bytes) -> Iterator[tuple[str, Any]]:
    """The XML parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name))


def disorder(root: Any) -> Iterator[str]:
    """What stands in another order than the schema's."""
    for el in root.iter():
        name = etree.QName(el).localname
        inner = [etree.QName(c).localname for c in el]
        order = ORDERS.get(name, "").split() if str(el.tag).startswith(W) else []
        if order:
            unknown = [c for c in inner if c not in order]
            places = [order.index(c) for c in inner if c in order]
            if unknown or places != sorted(places):
                yield f"{name}: {inner}"
        if name in FIRST and FIRST[name] in inner[1:]:
            yield f"{name}: {inner}"
        if name == "tc" and (not inner or inner[-1] != "p"):
            yield f"a cell ends with {inner[-1:]}"


def faults(data: bytes) -> list[str]:
    """Everything that Word would stumble over, as far as it can be seen without Word."""
    parts = dict(roots(data))
    found = [f"{name}: {fault}" for name, root in parts.items() for fault in disorder(root)]
    body = parts["word/document.xml"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
    for name, root in parts.items():
        if name.endswith(".rels"):
            folder = name.partition("_rels/")[0]
            found += [f"{name}: no part {r.get('Target')}" for r in root.iter(RELATIONSHIP) if folder + r.get("Target", "") not in names]
    styles = {s.get(f"{W}styleId") for s in parts["word/styles.xml"].iter(f"{W}style")}
    naming = [f"{W}{kind}" for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")]
    used = {s.get(f"{W}val") for root in parts.values() for s in root.iter(*naming)}
    found += [f"no style {s}" for s in used - styles]
    bookmarks = [b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")]
    found += [f"bookmark {b} twice" for b in bookmarks if bookmarks.count(b) > 1]
    ids = [b.get(f"{W}id") for b in body.iter(f"{W}bookmarkStart")]
    found += [] if len(ids) == len(set(ids)) else ["a bookmark's id twice"]
    nums = {"0", *(n.get(f"{W}numId") for n in parts["word/numbering.xml"].iter(f"{W}num"))}
    found += [
        f"no list {n.get(f'{W}val')}"
        for n in (*body.iter(f"{W}numId"), *parts["word/styles.xml"].iter(f"{W}numId"))
        if n.get(f"{W}val") not in nums
    ]
    notes = {n.get(f"{W}id") for n in parts["word/footnotes.xml"]}
    found += [f"no note {n.get(f'{W}id')}" for n in body.iter(f"{W}footnoteReference") if n.get(f"{W}id") not in notes]
    marks = [f.get(f"{W}fldCharType") for f in body.iter(f"{W}fldChar")]
    found += [] if marks.count("begin") == marks.count("end") == marks.count("separate") else ["a field is not closed"]
    return found


@pytest.mark.parametrize("direction,language", [("ltr", "en"), ("rtl", "ar")])
def test_a_paper_with_every_kind_of_block_is_sound(direction: str, language: str) -> None:
    assert faults(document(every_block.paper(direction=direction, language=language))) == []


@pytest.mark.parametrize("seed", range(30))
def test_a_paper_of_nothing_but_faults_is_sound_and_is_read(seed: int) -> None:
    data = document(every_block.hard(seed))
    assert faults(data) == []
    said = any("".join(root.itertext()).strip() for name, root in roots(data) if name == "word/document.xml")
    with nullcontext() if said else pytest.raises(docx.Unreadable):
        docx.outline(data, Options())


def test_an_empty_paper_is_sound() -> None:
    assert faults(document(Paper(()))) == []


def test_order_and_references_are_really_looked_at() -> None:
    data = document(every_block.paper())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    good = parts["word/document.xml"]
    for wrong in (
        good.replace(b'<w:pStyle w:val="Caption"/><w:keepNext/>', b'<w:keepNext/><w:pStyle w:val="Caption"/>'),
        good.replace(b'w:val="KeyFinding"', b'w:val="Nowhere"'),
        good.replace(b'<w:fldChar w:fldCharType="end"/>', b"", 1),
        good.replace(b'<w:numId w:val="1"/>', b'<w:numId w:val="77"/>', 1),
    ):
        assert wrong != good
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in {**parts, "word/document.xml": wrong}.items():
                archive.writestr(name, part)
        assert faults(out.getvalue())


HARD = Paper(
    (
        Heading(text("Skipped to the seventh level"), level=7),
        Paragraph((Run("control \x00\x0b characters and half a pair \ud800"), Run(note=5), Run(note=-1))),
        Paragraph(text("l" * 300)),
        Table(2, 2, (every_block.Cell(0, 0, (text("word " * 5000),)), every_block.Cell(7, 7, (text("outside"),)))),
        Table(1, 2, (every_block.Cell(0, 0, (text("under"),), column_span=2), every_block.Cell(0, 1, (text("over"),)))),
    ),
    notes=(Note("1", text("Nobody calls this.")),),
)


def test_hard_papers_are_opened_by_libreoffice(libreoffice: str, tmp_path: Path) -> None:
    papers = {"hard": HARD, "empty": Paper(()), "all": every_block.paper(), "rtl": every_block.paper(direction="rtl", language="ar")}
    papers |= {f"drawn{seed}": every_block.hard(seed) for seed in range(4)}
    for name, paper in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(document(paper))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [libreoffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *sorted(tmp_path.glob("*.docx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    assert sorted(p.stem for p in tmp_path.glob("*.pdf")) == sorted(papers)


def test_words_that_no_grid_holds_are_kept() -> None:
    said = " ".join(b.text for b in _deep(docx.outline(document(HARD), Options()).blocks))
    for words in ("outside", "under", "over", "word " * 5000, "l" * 300, "control characters and half a pair"):
        assert " ".join(words.split()) in said


def _deep(blocks: Any) -> Iterator[Any]:
    for b in blocks:
        yield b
        if b.table is not None:
            for c in b.table.cells:
                yield from _deep(c.blocks)
