"""The paper and its statements side by side: a leaf for each page, or for each stretch of a text without pages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from evaltrail.demo import terms
from evaltrail.demo.items import continued, item, place, rating, said
from evaltrail.demo.summary import lang
from evaltrail.facsimile import Mark, is_pdf, marked, pictures, sheet, stretches

if TYPE_CHECKING:
    from evaltrail.demo.items import Entries
    from evaltrail.record import Record


def marks_of(record: Record, entries: Entries) -> list[Mark]:
    """Everything that is pointed out in the paper, each with the entry that speaks of it."""
    out = []
    for s in entries.statements.values():
        title = f"{entries.name(s)}: {s.text[:120]}"
        out.append(Mark(entries.anchors[s.id], entries.tag(s), terms.KINDS[s.kind][1], title, s.places))
    for i, e in enumerate(record.evaluations, 1):
        for j, r in enumerate(e.ratings, 1):
            name = r.criterion_as_printed or r.criterion or "rating"
            out.append(Mark(f"r{i}-{j}", "–" if r.value is None else f"{r.value:g}", "t", f"Rating of {name}", r.places))
    out += [Mark(f"d{i}", "D", "t", f"Decision: {d.text[:120]}", d.places) for i, d in enumerate(record.decisions, 1)]
    return out


def leaves(record: Record, entries: Entries, marks: list[Mark], source: bytes | None) -> str:
    """Each page that holds something: its picture or its words on the left, its statements on the right."""
    held = sorted({p.page for m in marks for p in m.places})
    shown = pictures(source, held) if source is not None and is_pdf(source) else {}
    out = []
    for number in held:
        page = record.pages[number - 1]
        here = [m for m in marks if m.on(number)]
        if number in shown:
            out.append(_leaf(record, entries, here, number, f"Page {number}", sheet(page, shown[number], here)))
            continue
        several = len(record.pages) > 1
        for i, (start, end) in enumerate(stretches(page, here)):
            kept = " lines" if record.document.media_type == "text/plain" else ""
            shell = f'<div class="words{kept}" tabindex="0" role="region" aria-label="Words {i + 1}"{lang(record)}>'
            words = f"{shell}{marked(page, start, end, here)}</div>"
            begun = [m for m in here if start <= min(p.start for p in m.on(number)) < end]
            name = f"Page {number}" + (f", part {i + 1}" if i else "") if several else f"Text, part {i + 1}"
            out.append(_leaf(record, entries, begun, number, name, words, part=i))
    return "".join(out)


def _leaf(record: Record, entries: Entries, marks: list[Mark], number: int, name: str, picture: str, part: int = 0) -> str:
    ids = {anchor: key for key, anchor in entries.anchors.items()}
    rows = []
    for m in sorted(marks, key=lambda m: (min(p.start for p in m.on(number)), -max(p.end for p in m.on(number)))):
        if m.anchor not in ids:
            rows.append(_other(record, entries, m))
            continue
        s = entries.statements[ids[m.anchor]]
        begun = terms.page_of(s.places)
        rows.append(item(entries, s) if begun == number else continued(entries, s, begun))
    key = f"page-{number}" + (f"-{part}" if part else "")
    held = terms.counted(sum(1 for m in marks if m.anchor in ids), "statement")
    return (
        f'<section class="leaf" id="{key}" aria-labelledby="h-{key}"><header><h3 id="h-{key}">{name}</h3><p>{held}</p></header>'
        f'{picture}<ol class="items"{lang(record)}>{"".join(rows)}</ol></section>\n'
    )


def _other(record: Record, entries: Entries, mark: Mark) -> str:
    """The entry of a rating or a decision."""
    if mark.anchor.startswith("d"):
        d = record.decisions[int(mark.anchor[1:]) - 1]
        body = f"<h4>Decision{place(entries, d.places, d.paragraph, mark.anchor)}</h4>{said(d.text)}"
    else:
        i, j = (int(x) for x in mark.anchor[1:].split("-"))
        body = rating(entries, record.evaluations[i - 1].ratings[j - 1], mark.anchor, linked=False)
    tag = f'<a class="tag k-t" href="#b-{mark.anchor}" aria-label="to its place">{escape(mark.tag)}</a>'
    return f'<li id="{mark.anchor}" class="k-t"><div>{tag}</div><div>{body}</div></li>'
