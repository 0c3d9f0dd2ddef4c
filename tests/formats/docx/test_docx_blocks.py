"""Styles, runs, tables, boxes, fields and drawings of a document."""

from __future__ import annotations

from typing import Any

import pytest

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Sous"><w:name w:val="Sous"/><w:basedOn w:val="Titre1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Fort"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hid"><w:name w:val="hid"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Panel"><w:name w:val="panel"/><w:pPr><w:shd w:val="clear" w:fill="E2EFDA"/></w:pPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
"""


def styled(word: Any, words: str, style: str) -> str:
    return word.p(words, f'<w:pStyle w:val="{style}"/>')


def test_headings_titles_and_captions_are_known_by_their_styles_in_any_language(word: Any) -> None:
    body = (
        styled(word, "Rapport", "T")
        + styled(word, "Constats", "Titre1")
        + styled(word, "Pertinence", "Sous")
        + styled(word, "Figure 1", "Cap")
        + styled(word, "x", "Loop")
    )
    outline = word.read(body, styles=STYLES)
    assert [(b.kind, b.level) for b in outline.blocks] == [("title", 0), ("heading", 1), ("heading", 1), ("caption", 0), ("paragraph", 0)]
    assert outline.title == "Rapport"
    assert outline.language == "fr"
    assert [b.size for b in outline.blocks[:3]] == [11.0, 16.0, 16.0]
    assert [b.bold for b in outline.blocks[:3]] == [0.0, 1.0, 1.0]


def test_a_direct_outline_level_makes_a_heading_and_a_long_one_is_running_text(word: Any) -> None:
    body = word.p("Findings", '<w:outlineLvl w:val="2"/>') + styled(word, "Words of a paragraph. " * 30, "Titre1")
    assert [row[0] for row in word.rows(body, styles=STYLES)] == ["heading3", "paragraph"]


def test_bold_and_italic_follow_styles_toggles_and_direct_settings(word: Any) -> None:
    body = word.p(
        word.r("plain ")
        + word.r("strong ", '<w:rStyle w:val="Fort"/>')
        + word.r("both ", "<w:b/><w:i/>")
        + word.r("off", '<w:rStyle w:val="Fort"/><w:b w:val="0"/>')
    ) + word.p(word.r("bold ") + word.r("toggled", '<w:rStyle w:val="Fort"/>'), '<w:pStyle w:val="Titre1"/>')
    first, second = word.read(body, styles=STYLES).blocks
    assert first.text == "plain strong both off"
    assert first.bold_spans == ((6, 17),)
    assert first.italic_spans == ((13, 17),)
    assert second.bold_spans == ((0, 4),)


def test_hidden_text_is_not_read(word: Any) -> None:
    body = word.p(word.r("seen ") + word.r("gone ", "<w:vanish/>") + word.r("gone too ", '<w:rStyle w:val="Hid"/>') + word.r("again"))
    outline = word.read(body, styles=STYLES)
    assert outline.blocks[0].text == "seen again"
    assert "gone" not in outline.pages[0].text


def test_tabs_special_hyphens_symbols_and_equations_are_characters(word: Any) -> None:
    parts = (
        '<w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t><w:sym w:font="Wingdings" w:char="F0FC"/>'
    )
    run = f"<w:r>{parts}</w:r>"
    math = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    assert word.rows(word.p(run + math))[0][2] == "a b-cd✓x=1"


def test_tracked_changes_are_accepted_and_told(word: Any) -> None:
    body = (
        word.p(
            word.r("The Office ")
            + f"<w:ins w:id='1'>{word.r('will ')}</w:ins>"
            + "<w:del w:id='2'><w:r><w:delText>may </w:delText></w:r></w:del>"
            + word.r("act.")
        )
        + word.p(word.r("First half "), "<w:rPr><w:del w:id='3'/></w:rPr>")
        + word.p("second half.")
        + f"<w:moveFrom w:id='4'>{word.p('moved away')}</w:moveFrom><w:moveTo w:id='5'>{word.p('moved here')}</w:moveTo>"
    )
    outline = word.read(body)
    assert [b.text for b in outline.blocks] == ["The Office will act.", "First half second half.", "moved here"]
    (told,) = outline.diagnostics
    assert told.code == "tracked-changes"
    assert "2 insertions and 3 deletions" in told.message


def test_comments_are_told_with_their_number(word: Any) -> None:
    outline = word.read(word.p("x"), comments='<w:comment w:id="0"><w:p/></w:comment><w:comment w:id="1"><w:p/></w:comment>')
    assert [(d.code, "2 comments" in d.message) for d in outline.diagnostics] == [("comments", True)]


def field(instruction: str, result: str) -> str:
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
    return f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


def test_fields_print_their_result_and_not_their_instruction(word: Any) -> None:
    body = word.p(
        word.r("See paragraph ")
        + field(" REF _Ref1 \\r ", word.r("26"))
        + word.r(", page ")
        + f"<w:fldSimple w:instr='PAGEREF x'>{word.r('4')}</w:fldSimple>"
    )
    assert word.rows(body)[0][2] == "See paragraph 26, page 4"


def test_a_note_called_once_more_by_a_field_is_a_mark_and_no_word(word: Any) -> None:
    again = field(" NOTEREF _Ref9 \\f \\h ", word.r("1", '<w:vertAlign w:val="superscript"/>'))
    body = word.p(word.r("Ports") + call("footnote", 7) + word.r(" are safer")) + word.p(word.r("Quays") + again + word.r(" too."))
    outline = word.read(body, footnotes=note("footnote", 7, word.r(" First.")))
    assert [(b.text, b.marks) for b in outline.blocks] == [("Ports are safer", ((5, "1"),)), ("Quays too.", ((5, "1"),))]
    assert len(outline.footnotes) == 1


def test_numbers_are_paragraphs_unless_the_style_is_one_of_lists(word: Any) -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = '<w:style w:type="paragraph" w:styleId="LN"><w:name w:val="List Number"/></w:style>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = word.p("One", number) + word.p("Two", f'<w:pStyle w:val="LN"/>{number}')
    assert word.rows(body, numbering=lists, styles=styles) == [("paragraph", "1.", "One"), ("item1", "2.", "Two")]


@pytest.mark.parametrize(
    "form,kind", [("%1.", "paragraph"), ("A.%1", "paragraph"), ("R%1:", "paragraph"), ("(%1)", "item1"), ("Box %1", "item1")]
)
def test_a_number_with_the_letter_of_its_part_is_a_paragraphs(word: Any, form: str, kind: str) -> None:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{form}"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    assert word.rows(word.numbered("Words.", 1), numbering=lists) == [(kind, form.replace("%1", "4"), "Words.")]


def test_a_contents_list_is_set_aside_as_field_as_style_and_as_building_block(word: Any) -> None:
    begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    begin += "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    as_field = word.p(begin + word.r("Findings 4")) + word.p("Conclusions 9") + word.p("<w:r><w:fldChar w:fldCharType='end'/></w:r>")
    gallery = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    as_block = f"<w:sdt>{gallery}<w:sdtContent>{word.p('Contents')}</w:sdtContent></w:sdt>"
    outline = word.read(as_block + as_field + styled(word, "Annexes 12", "TM1") + word.p("Body"), styles=STYLES)
    assert [b.text for b in outline.blocks] == ["Body"]
    for words in ("Contents", "Findings 4", "Conclusions 9", "Annexes 12"):
        assert words in outline.pages[0].text


def test_links_smart_tags_and_content_controls_only_wrap_their_words(word: Any) -> None:
    body = (
        word.p(
            f"<w:hyperlink r:id='x'>{word.r('a ')}</w:hyperlink><w:smartTag>{word.r('b ')}</w:smartTag>"
            f"<w:sdt><w:sdtContent>{word.r('c')}</w:sdtContent></w:sdt>"
        )
        + f"<w:sdt><w:sdtContent>{word.p('d')}</w:sdtContent></w:sdt><w:customXml>{word.p('e')}</w:customXml>"
    )
    assert [row[2] for row in word.rows(body)] == ["a b c", "d", "e"]


def note(kind: str, key: str, words: str) -> str:
    return f'<w:{kind} w:id="{key}"><w:p><w:r><w:{kind}Ref/></w:r>{words}</w:p></w:{kind}>'


def call(kind: str, key: str, more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{key}" {more}/></w:r>'


def test_footnotes_and_endnotes_are_tied_to_their_marks(word: Any) -> None:
    body = word.p(word.r("Ports") + call("footnote", 7) + word.r(" are safer.") + call("endnote", 2)) + word.p(
        word.r("Quays") + call("footnote", 3) + word.r(" too.")
    )
    outline = word.read(
        body,
        footnotes=note("footnote", 3, word.r(" Second."))
        + note("footnote", 7, word.r(" First."))
        + '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>',
        endnotes=note("endnote", 2, word.r(" Last.")),
    )
    assert [(b.text, b.marks) for b in outline.blocks] == [("Ports are safer.", ((5, "1"), (16, "i"))), ("Quays too.", ((5, "2"),))]
    assert [(n.number, n.text) for n in outline.footnotes] == [("1", "First."), ("i", "Last."), ("2", "Second.")]
    assert all(n.kind == "footnote" for n in outline.footnotes)


def test_a_note_with_a_mark_of_its_own_does_not_count(word: Any) -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    body = word.p(word.r("Ports") + own + word.r(" and quays") + call("footnote", 2) + word.r("."))
    outline = word.read(body, footnotes=note("footnote", 1, word.r("Own.")) + note("footnote", 2, word.r("Counted.")))
    assert outline.blocks[0].text == "Ports and quays."
    assert outline.blocks[0].marks == ((5, "*"), (15, "1"))


def test_settings_give_the_notes_another_number_format(word: Any) -> None:
    settings = '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
    outline = word.read(word.p(word.r("x") + call("endnote", 2)), endnotes=note("endnote", 2, word.r("n")), settings=settings)
    assert outline.footnotes[0].number == "1"


def cell(words: str, props: str = "") -> str:
    inner = words if words.startswith(("<w:p", "<w:tbl")) else f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    return f"<w:tc>{f'<w:tcPr>{props}</w:tcPr>' if props else ''}{inner}</w:tc>"


def table(*rows: str, props: str = "") -> str:
    return f"<w:tbl><w:tblPr>{props}</w:tblPr>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"


def test_a_table_has_spans_and_heading_rows(word: Any) -> None:
    rows = (
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("Unit") + cell("When", '<w:gridSpan w:val="2"/>'),
        cell("Ports", '<w:vMerge w:val="restart"/><w:shd w:fill="DDEEFF"/>') + cell("2024") + cell("now"),
        cell("", "<w:vMerge/>") + cell("2025") + cell("later"),
    )
    (block,) = word.read(table(*rows)).blocks
    grid = block.table
    assert (block.kind, grid.rows, grid.columns, grid.header_rows) == ("table", 3, 3, 1)
    assert [(c.row, c.column, c.row_span, c.column_span, c.header, c.content().text) for c in grid.cells] == [
        (0, 0, 1, 1, True, "Unit"),
        (0, 1, 1, 2, True, "When"),
        (1, 0, 2, 1, False, "Ports"),
        (1, 1, 1, 1, False, "2024"),
        (1, 2, 1, 1, False, "now"),
        (2, 1, 1, 1, False, "2025"),
        (2, 2, 1, 1, False, "later"),
    ]
    assert grid.cells[2].fill == "#ddeeff"


def test_a_table_style_that_marks_the_first_row_gives_a_heading_row(word: Any) -> None:
    rows = (cell("Unit") + cell("When"), cell("Ports") + cell("2024"))
    props = '<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="{}"/>'
    assert word.read(table(*rows, props=props.format(1)), styles=STYLES).blocks[0].table.header_rows == 1
    assert word.read(table(*rows, props=props.format(0)), styles=STYLES).blocks[0].table.header_rows == 0


def test_rows_that_were_deleted_are_gone_and_rows_in_controls_stay(word: Any) -> None:
    rows = table(cell("a") + cell("b"), "<w:trPr><w:del w:id='1'/></w:trPr>" + cell("c") + cell("d"))
    rows = rows.replace("</w:tbl>", f"<w:sdt><w:sdtContent><w:tr>{cell('e')}{cell('f')}</w:tr></w:sdtContent></w:sdt></w:tbl>")
    assert [c.content().text for c in word.read(rows).blocks[0].table.cells] == ["a", "b", "e", "f"]


def test_a_table_in_a_cell_is_a_table_in_the_cell(word: Any) -> None:
    inner = table(cell("x") + cell("y"), cell("1") + cell("2"))
    outer = word.read(table(cell("a") + cell(inner + "<w:p/>"), cell("b") + cell("c"))).blocks[0].table
    (nested,) = outer.cells[1].blocks
    assert [c.content().text for c in nested.table.cells] == ["x", "y", "1", "2"]


def test_a_table_of_one_cell_is_a_box(word: Any) -> None:
    body = (
        word.p("before") + table(cell(word.p("Key finding 1") + word.p("Ports are safer."), '<w:shd w:fill="E2EFDA"/>')) + word.p("after")
    )
    blocks = word.read(body).blocks
    assert [b.text for b in blocks] == ["before", "Key finding 1", "Ports are safer.", "after"]
    assert blocks[1].box
    assert blocks[1].box == blocks[2].box
    assert blocks[1].fill == "#e2efda"
    assert blocks[0].box is None
    assert blocks[3].box is None


def test_shaded_and_bordered_paragraphs_that_follow_each_other_share_a_box(word: Any) -> None:
    borders = "<w:pBdr>" + "".join(f"<w:{side} w:val='single'/>" for side in ("top", "left", "bottom", "right")) + "</w:pBdr>"
    body = (
        styled(word, "a", "Panel")
        + styled(word, "b", "Panel")
        + word.p("c")
        + styled(word, "d", "Panel")
        + word.p("e", borders)
        + word.p("f", "<w:pBdr><w:bottom w:val='single'/></w:pBdr>")
    )
    a, b, c, d, e, f = word.read(body, styles=STYLES).blocks
    assert a.box == b.box is not None
    assert a.fill == "#e2efda"
    assert d.box not in {None, a.box}
    assert e.box not in {None, d.box}
    assert c.box is None
    assert f.box is None


def text_box(words: str) -> str:
    return f"""<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>
    <wps:spPr><a:solidFill><a:srgbClr val="FFF2CC"/></a:solidFill></wps:spPr>
    <wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx></wps:wsp>
    </a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{words}</w:txbxContent>
    </v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_a_text_box_is_read_once_after_its_anchor_as_a_box(word: Any) -> None:
    body = word.p(word.r("anchor ") + text_box(word.p("Finding 1") + word.p("Ports.")) + word.r("goes on")) + word.p("next")
    blocks = word.read(body).blocks
    assert [b.text for b in blocks] == ["anchor goes on", "Finding 1", "Ports.", "next"]
    assert blocks[1].box == blocks[2].box is not None
    assert blocks[1].fill == "#fff2cc"
    assert blocks[3].box is None


def test_an_old_drawing_s_text_box_is_read(word: Any) -> None:
    body = word.p(
        '<w:r><w:pict><v:rect fillcolor="#fff2cc"><v:textbox><w:txbxContent>'
        f"{word.p('Old')}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )
    (block,) = word.read(body).blocks
    assert (block.text, block.fill) == ("Old", "#fff2cc")


def test_lines_of_a_cell_are_paragraphs_unless_a_sentence_goes_on(word: Any) -> None:
    broken = "<w:p><w:r><w:t>Ports unit</w:t><w:br/><w:t>Finance unit</w:t></w:r></w:p>"
    going = "<w:p><w:r><w:t>train the</w:t><w:br/><w:t>staff</w:t></w:r></w:p>"
    cells = word.read(table(cell(broken) + cell(going))).blocks[0].table.cells
    assert [[b.text for b in c.blocks] for c in cells] == [["Ports unit", "Finance unit"], ["train the staff"]]


def test_headers_and_footers_stay_in_the_page_s_text_only(word: Any) -> None:
    outline = word.read(
        word.p("Body"),
        header1=f"<w:hdr @names@>{word.p('EV/12/4')}</w:hdr>",
        header2=f"<w:hdr @names@>{word.p('EV/12/4')}</w:hdr>",
        footer1=f"<w:ftr @names@>{word.p('Page 3')}</w:ftr>",
    )
    assert [b.text for b in outline.blocks] == ["Body"]
    assert outline.pages[0].text.split("\n")[:3] == ["EV/12/4", "Body", "Page 3"]


def drawing(graphic: str) -> str:
    return f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"


CHART = """<c:chartSpace @names@><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Ratings</a:t></a:r></a:p></c:rich></c:tx></c:title>
<c:plotArea><c:barChart>
<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Part I</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Relevance</c:v></c:pt><c:pt idx="1"><c:v>Impact</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>5</c:v></c:pt>
<c:pt idx="1"><c:v>4.2999999999999998</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
</c:barChart></c:plotArea></c:chart></c:chartSpace>"""


def test_a_chart_is_a_caption_and_a_table_of_its_values(word: Any) -> None:
    body = word.p(drawing('<c:chart r:id="r_chart1"/>'))
    caption, block = word.read(body, chart1=CHART).blocks
    assert (caption.kind, caption.text) == ("caption", "Ratings")
    assert [[block.table.at(r, c).content().text for c in range(2)] for r in range(3)] == [
        ["", "Part I"],
        ["Relevance", "5"],
        ["Impact", "4.3"],
    ]
    assert (block.style, block.table.header_rows) == ("chart", 1)


def test_the_words_of_a_diagram_are_a_box(word: Any) -> None:
    points = '<dgm:pt><dgm:t><a:p><a:r><a:t>Inputs</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt type="pres"/>'
    data = f"<dgm:dataModel @names@><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    body = word.p(drawing('<dgm:relIds r:dm="r_data1"/>'))
    (block,) = word.read(body, data1=data).blocks
    assert block.text == "Inputs"
    assert block.box


def test_the_strict_variant_is_read_alike(word: Any) -> None:
    from evaltrail.read.formats import Options
    from evaltrail.read.formats import docx as reader

    data = word.container(word.p("Findings", '<w:outlineLvl w:val="0"/>'))
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            new.writestr(
                name,
                part.replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            )
    assert [(b.kind, b.text) for b in reader.outline(out.getvalue(), Options()).blocks] == [("heading", "Findings")]


def test_a_document_of_python_docx_is_read_whole(word: Any) -> None:
    made = pytest.importorskip("docx", reason="needs python-docx").Document()
    made.core_properties.title = "Evaluation of small ports"
    made.add_heading("Findings", 1)
    made.add_paragraph("Ports are safer.")
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("second", style="List Number")
    made.add_paragraph("point", style="List Bullet")
    grid = made.add_table(2, 3, style="Light Grid Accent 1")
    for i, name in enumerate(["Unit", "Priority", "Time"]):
        grid.cell(0, i).text = name
    grid.cell(1, 0).merge(grid.cell(1, 1)).text = "Ports"
    outline = word.saved(made)
    assert outline.title == "Evaluation of small ports"
    assert [(b.kind, b.marker.text, b.text) for b in outline.blocks[:5]] == [
        ("heading", "", "Findings"),
        ("paragraph", "", "Ports are safer."),
        ("item", "1.", "first"),
        ("item", "2.", "second"),
        ("item", "•", "point"),
    ]
    cells = outline.blocks[5].table.cells
    assert [c.content().text for c in cells] == ["Unit", "Priority", "Time", "Ports", ""]
    assert cells[3].column_span == 2
    assert outline.blocks[5].table.header_rows == 1


@pytest.mark.parametrize("title", ["Microsoft Word - Draft 3", "Document1", "", "report.docx"])
def test_a_title_in_the_properties_that_says_nothing_is_not_taken(word: Any, title: str) -> None:
    made = pytest.importorskip("docx", reason="needs python-docx").Document()
    made.core_properties.title = title
    made.add_paragraph("x")
    assert word.saved(made).title == ""


def test_embedded_files_are_told(word: Any) -> None:
    outline = word.read(word.p("x") + '<w:altChunk r:id="r9"/>')
    assert [d.code for d in outline.diagnostics] == ["embedded-files"]
