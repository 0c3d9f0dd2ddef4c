"""The comment log as a table for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaltrail.write.formats.docx import MEDIA_TYPE as DOCX
from evaltrail.write.house import House
from evaltrail.write.model import Cell, Heading, Paper, Paragraph, Table, text
from evaltrail.write.word.document import document as docx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evaltrail_office.evaluations.models import Comment
    from evaltrail_office.shelf.models import Document

__all__ = ["DOCX", "as_docx", "table"]


def table(made: Iterable[Comment], names: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the log."""
    head = [
        _("Passage"), _("Comment by"), _("Group"), _("About"), _("Comment"), _("Decision"), _("Reason"), _("Decided by"),
        _("Disagreement"), _("To be printed"),
    ]  # fmt: skip
    rows = [
        [
            c.label,
            names.get(c.made_by, c.made_by),
            c.get_group_display() if c.group else "",
            c.get_kind_display(),
            c.text,
            c.get_decision_display() if c.decision else _("open"),
            c.reason,
            names.get(c.decided_by, c.decided_by),
            c.disagreement,
            _("yes") if c.printed else "",
        ]
        for c in made
    ]
    return head, rows


def as_docx(paper: Document, head: list[str], rows: list[list[str]]) -> bytes:
    """The log as a DOCX, of six columns: who and group, decision and who decided stand in one."""
    short = [head[0], head[1], head[3], head[4], head[5], head[6]]
    lines = []
    for label, who, group, about, said, decision, reason, by, disagreement, printed in rows:
        held = f"{head[8]}: {disagreement}" if disagreement else ""
        mark = f" ({head[9]})" if printed else ""
        last = "\n".join(filter(None, (reason, f"{held}{mark}")))
        lines.append([label, f"{who}\n{group}" if group else who, about, said, f"{decision}\n{by}" if by else decision, last])
    cells = [Cell(0, k, (text(name),), header=True) for k, name in enumerate(short)]
    for n, line in enumerate(lines, 1):
        cells += [Cell(n, k, tuple(text(p) for p in said.split("\n") if p), header=k == 0) for k, said in enumerate(line)]
    title = _("Comments on %(title)s") % {"title": paper.title}
    blocks = (
        Heading(text(title)),
        Paragraph(text(f"{paper.key}{', ' + paper.symbol if paper.symbol else ''}")),
        Table(len(lines) + 1, len(short), tuple(cells), header_rows=1, header_columns=1, widths=(1.0, 1.6, 1.1, 4.0, 1.5, 3.2)),
    )
    return docx(Paper(blocks=blocks, title=title, language=(get_language() or "en")[:2], house=House()))
