"""The table of contents: a field whose entries stand as they were written until Word counts the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.model import Run
from evaltrail.write.word.xml import flag, w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Contents
    from evaltrail.write.word.inline import Inline


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading that the table names."""

    marker: str
    words: str
    level: int
    page: int
    """About where it stands."""


def contents(block: Contents, entries: Sequence[Entry], inline: Inline, width: int, *, new_page: bool = False) -> str:
    """The table of contents as Word's own building block; ``new_page`` where it begins one."""
    levels = max(1, min(block.levels, 9))
    props = w("pPr", w("pStyle", val="TOCHeading"), flag("pageBreakBefore", new_page))
    title = w("p", props, inline.runs(block.title)) if block.title else ""
    chosen = [(n, e) for n, e in enumerate(entries) if e.level <= levels]
    lines = [_line(n, e, inline, width) for n, e in chosen] or [""]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{levels}" \\h \\z </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    lines[0] = begin + lines[0]
    lines[-1] += end
    levels_of = [e.level for _, e in chosen] or [1]
    new = [new_page and not title and i == 0 for i in range(len(lines))]
    body = "".join(w("p", _props(at, width, new_page=n), line) for at, n, line in zip(levels_of, new, lines, strict=True))
    gallery = w("sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")))
    return w("sdt", gallery, w("sdtContent", title, body))


def _props(level: int, width: int, *, new_page: bool) -> str:
    tabs = w("tabs", w("tab", val="right", leader="dot", pos=width))
    return w("pPr", w("pStyle", val=f"TOC{level}"), flag("pageBreakBefore", new_page), tabs)


def _line(n: int, entry: Entry, inline: Inline, width: int) -> str:  # noqa: ARG001  # the width stands in the tab
    said = inline.text(Run(f"{entry.marker}\t" if entry.marker else "")) + inline.text(Run(entry.words))
    page = inline.field(f" PAGEREF _Toc{n} \\h ", inline.text(Run(str(entry.page))))
    return f'<w:hyperlink w:anchor="_Toc{n}" w:history="1">{said}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
