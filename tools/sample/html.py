"""The sample paper as one HTML page: semantic elements, charts as inline SVG, notes at the end with links both ways."""

from __future__ import annotations

from html import escape
from typing import Any

from . import content

STYLE = (content.PARTS / "page.css").read_text(encoding="utf-8")


def build(paper: dict[str, Any]) -> bytes:
    """The paper's HTML page in UTF-8."""
    body = [*_front(paper), *_contents(paper), "<main>"]
    body += ['<section id="introduction">', f"<h2>{escape(paper['introduction']['heading'])}</h2>"]
    body += [*_paragraphs(paper, paper["introduction"]["paragraphs"]), "</section>"]
    for i, part in enumerate(paper["part"], 1):
        body += [
            f'<section id="part-{i}">',
            f"<h2>{escape(part['label'])}. {escape(part['title'])}</h2>",
            *_part(paper, part),
            "</section>",
        ]
    decision = paper["decision"]
    body += ['<section id="decision">', f"<h2>{escape(decision['heading'])}</h2>", '<div class="decision">']
    body += [_numbered(decision["n"], f"<strong>{_inline(decision['text'])}</strong>"), "</div>", "</section>", "</main>", *_notes(paper)]
    head = (
        f'<!DOCTYPE html>\n<html lang="{paper["language"]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(paper["title"])}</title>\n'
        f'<meta name="dcterms.identifier" content="{escape(paper["symbol"])}">\n'
        f'<meta name="dcterms.publisher" content="{escape(paper["organisation"])}">\n<style>\n{STYLE}</style>\n</head>\n<body>\n'
    )
    return (head + "\n".join(body) + "\n</body>\n</html>\n").encode()


def _inline(text: str) -> str:
    out = []
    for kind, words in content.runs(text):
        if kind == "fn":
            out.append(f'<sup><a id="ref{words}" href="#fn{words}" role="doc-noteref">{words}</a></sup>')
        else:
            tag = {"b": "strong", "i": "em"}.get(kind)
            out.append(f"<{tag}>{escape(words, quote=False)}</{tag}>" if tag else escape(words, quote=False))
    return "".join(out)


def _numbered(number: int, inner: str) -> str:
    return f'<p class="numbered" id="p{number}"><span class="n">{number}.</span> {inner}</p>'


def _bullets(texts: list[str]) -> list[str]:
    return ["<ul>", *(f"<li>{_inline(t)}</li>" for t in texts), "</ul>"]


def _paragraphs(paper: dict[str, Any], paragraphs: list[dict[str, Any]]) -> list[str]:
    out = []
    for p in paragraphs:
        out.append(_numbered(p["n"], _inline(p["text"])))
        if "bullets" in p:
            out += _bullets(p["bullets"])
        if "table" in p:
            t = paper["tables"][p["table"]]
            out += _table(t["header"], t["rows"], t["caption"])
    return out


def _table(header: list[str], rows: list[list[str]], caption: str = "", name: str = "") -> list[str]:
    out = [f'<table class="{name}">' if name else "<table>"]
    if caption:
        out.append(f"<caption>{escape(caption)}</caption>")
    out.append("<thead><tr>" + "".join(f'<th scope="col">{escape(c)}</th>' for c in header) + "</tr></thead>")
    out += ["<tbody>", *("<tr>" + "".join(f"<td>{escape(c, quote=False)}</td>" for c in r) + "</tr>" for r in rows), "</tbody>", "</table>"]
    return out


def _front(paper: dict[str, Any]) -> list[str]:
    purpose = paper["purpose"]
    lines = "".join(f"<dt>{escape(a)}:</dt><dd>{escape(b)}.</dd>" for a, b in purpose["lines"])
    return [
        "<header>",
        f'<p class="symbol">{escape(paper["symbol"])}</p>',
        f"<p><strong>{escape(paper['organisation'])}</strong><br>{escape(paper['body'])}<br>{escape(paper['session'])}</p>",
        f"<p>{escape(paper['section'])} · Date: {escape(paper['date'])} · Original: {escape(paper['original'])}</p>",
        "</header>",
        f"<p>{escape(paper['item'])}</p>",
        f"<h1>{escape(paper['title'])}</h1>",
        '<section class="purpose">',
        f"<h2>{escape(purpose['heading'])}</h2>",
        f"<p>{_inline(purpose['text'])}</p>",
        f"<dl>{lines}</dl>",
        "</section>",
    ]


def _contents(paper: dict[str, Any]) -> list[str]:
    items = [f'<li><a href="#introduction">{escape(paper["introduction"]["heading"])}</a></li>']
    items += [f'<li><a href="#part-{i}">{escape(p["label"])}. {escape(p["title"])}</a></li>' for i, p in enumerate(paper["part"], 1)]
    items.append(f'<li><a href="#decision">{escape(paper["decision"]["heading"])}</a></li>')
    return ['<nav aria-label="Contents">', "<h2>Contents</h2>", "<ol>", *items, "</ol>", "</nav>"]


def _part(paper: dict[str, Any], part: dict[str, Any]) -> list[str]:
    out = [f"<h3>{escape(part['scope_heading'])}</h3>", *_paragraphs(paper, part["scope"]), f"<h3>{escape(part['findings_heading'])}</h3>"]
    for s in part["section"]:
        out += [f"<h4>{escape(s['heading'])}</h4>", '<aside class="findings">']
        for f in s["box"]:
            label = f"<strong>{escape(f['label'])}</strong> " if "label" in f else ""
            out.append(f"<p>{label}{_inline(f['text'])}</p>")
        out += ["</aside>", *_paragraphs(paper, s["paragraphs"])]
    assessment = part["assessment"]
    out += [
        f"<h3>{escape(assessment['heading'])}</h3>",
        _numbered(assessment["n"], _inline(assessment["text"])),
        *_chart(paper, assessment),
    ]
    if "table_caption" in assessment:
        words = paper["rating_words"]
        rows = [[c, str(v), words[v - 1]] for c, v in assessment["ratings"]]
        out += _table(["Criterion", "Rating", "In words"], rows, assessment["table_caption"])
    out += [f"<h3>{escape(part['conclusions']['heading'])}</h3>", *_paragraphs(paper, part["conclusions"]["paragraphs"])]
    for key in ("lessons", "good_practices"):
        if key in part:
            out += _lessons(part[key])
    out.append("<h3>Recommendations</h3>")
    for r in part["recommendation"]:
        out += _recommendation(r)
    out += [f"<h3>{escape(part['response']['heading'])}</h3>", *_paragraphs(paper, part["response"]["overall"])]
    for a in part["response"]["answers"]:
        out += [f"<h4>{escape(a['heading'])}</h4>", _numbered(a["n"], _inline(a["text"][0]))]
        out += [f'<p class="follow">{_inline(t)}</p>' for t in a["text"][1:]]
    return out


def _lessons(lessons: dict[str, Any]) -> list[str]:
    out = [f"<h3>{escape(lessons['heading'])}</h3>"]
    if lessons["style"] == "labelled":
        return out + [_numbered(i["n"], f"<strong>{escape(i['label'])}</strong> {_inline(i['text'])}") for i in lessons["items"]]
    return [*out, _numbered(lessons["n"], _inline(lessons["text"])), *_bullets([i["text"] for i in lessons["items"]])]


def _recommendation(r: dict[str, Any]) -> list[str]:
    out = [f"<h4>{escape(r['heading'])}</h4>", _numbered(r["n"], f"<strong>{_inline(r['text'])}</strong>")]
    out += [f'<p class="follow">{_inline(t)}</p>' for t in [*r.get("body", []), *([r["lead"]] if "lead" in r else [])]]
    if "bullets" in r:
        out += _bullets(r["bullets"])
    if "subs" in r:
        out += ['<ol class="letters" type="a">', *(f"<li>{_inline(s['text'])}</li>" for s in r["subs"]), "</ol>"]
    header = ["Responsible unit", "Priority", "Time implication", "Resource implication"]
    return out + _table(header, [[r["responsible"], r["priority"][0], r["time"][0], r["resources"][0]]], name="action")


def _chart(paper: dict[str, Any], assessment: dict[str, Any]) -> list[str]:
    """Horizontal bars; the axis begins at 0 and is marked 1 to 6, each unit is 60 wide."""
    unit, row, left = 60, 30, 150
    ratings, number = assessment["ratings"], assessment["n"]
    height = row * len(ratings)
    said = ", ".join(f"{c} {v}" for c, v in ratings)
    out = ["<figure>", f"<figcaption>{escape(assessment['caption'])}</figcaption>"]
    out.append(f'<svg role="img" aria-labelledby="d{number}" viewBox="0 0 {left + 6 * unit + 20} {height + 30}" width="100%">')
    out.append(f'<desc id="d{number}">Horizontal bars on a scale of 1 to 6: {escape(said)}.</desc>')
    for i in range(1, 7):
        x = left + i * unit
        out.append(f'<line x1="{x}" y1="0" x2="{x}" y2="{height}" stroke="#9fb2bc"/>')
        out.append(f'<text x="{x}" y="{height + 20}" text-anchor="middle">{i}</text>')
    for i, (criterion, value) in enumerate(ratings):
        out.append(f'<text x="{left - 10}" y="{i * row + 19}" text-anchor="end">{escape(criterion)}</text>')
        out.append(f'<rect x="{left}" y="{i * row + 6}" width="{value * unit}" height="{row - 12}" fill="#1f5673"/>')
    legend = " ".join(f"<span>{v} = {escape(paper['rating_words'][v - 1])}</span>" for v in range(6, 0, -1))
    return [
        *out,
        f'<line x1="{left}" y1="0" x2="{left}" y2="{height}" stroke="#1d2a33"/>',
        "</svg>",
        f'<p class="legend">{legend}</p>',
        "</figure>",
    ]


def _notes(paper: dict[str, Any]) -> list[str]:
    out = ['<section class="notes" role="doc-endnotes">', "<h2>Notes</h2>", "<ol>"]
    for number, text in paper["footnotes"].items():
        back = f'<a href="#ref{number}" role="doc-backlink" aria-label="Back to the text">↩</a>'
        out.append(f'<li id="fn{number}" role="doc-footnote"><p>{_inline(text)} {back}</p></li>')
    return [*out, "</ol>", "</section>"]
