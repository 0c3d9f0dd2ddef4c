"""The entry of one statement: number, words, fields, verdict, links and places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from evaltrail.demo import terms

if TYPE_CHECKING:
    from evaltrail.record import Action, AnyStatement, Evaluation, Place, Rating, Recommendation, Record, Response

_POINT = re.compile(r"[•▪–-] |\(?[a-z0-9]{1,3}[.)] ")
_SIGNS = {
    "accepted": '<path d="M4.2 7.2l2 2 3.8-4.2"/>',
    "partially_accepted": '<path d="M4.2 7h5.6"/>',
    "rejected": '<path d="M4.8 4.8l4.4 4.4M9.2 4.8l-4.4 4.4"/>',
    "noted": '<path d="M4.2 5.6h5.6M4.2 8.4h5.6"/>',
    "unclear": '<path d="M5.4 5.4a1.7 1.7 0 113 1c-.6.7-1.4.8-1.4 1.8M7 10v.4"/>',
}


@dataclass(frozen=True, slots=True)
class Entries:
    """All statements of a record with the anchors of their entries, and who answers whom."""

    anchors: dict[str, str]
    statements: dict[str, AnyStatement]
    evaluations: dict[str, Evaluation]
    """Evaluation of each statement."""
    answered: dict[str, list[Response]]
    paragraphs: dict[str, str]
    """Number of the paragraph in which a statement begins."""
    paged: bool
    """Whether the paper has pages to name; otherwise places are named by paragraph alone."""
    shown: frozenset[int]
    """Pages that hold a statement, a rating or a decision, and are therefore shown."""

    @classmethod
    def of(cls, record: Record) -> Entries:
        """The entries of a record, numbered in its order."""
        found = [(e, s) for e in record.evaluations for s in e.statements]
        answered: dict[str, list[Response]] = {}
        for _, s in found:
            if s.kind == "response":
                for a in s.answers:
                    if a.record is None:
                        answered.setdefault(a.id, []).append(s)
        paragraphs = {s.id: n for _, s in found if (n := _paragraph(record, s.places))}
        anchors = {s.id: f"s{i}" for i, (_, s) in enumerate(found, 1)}
        paged = len(record.pages) > 1 or any(p.height for p in record.pages)
        pointed = [*(s for _, s in found), *(r for e in record.evaluations for r in e.ratings), *record.decisions]
        shown = frozenset(p.page for x in pointed for p in x.places)
        return cls(anchors, {s.id: s for _, s in found}, {s.id: e for e, s in found}, answered, paragraphs, paged, shown)

    def link(self, key: str) -> str:
        """A link to a statement's entry by its label; the bare id where the record does not hold it."""
        if key not in self.anchors:
            return escape(key)
        return f'<a href="#{self.anchors[key]}">{escape(self.name(self.statements[key]))}</a>'

    def tag(self, statement: AnyStatement) -> str:
        """Letter and number of a statement; an answer without a number of its own has that of what it answers."""
        if statement.kind == "response" and not statement.number:
            to = [self.statements[a.id] for a in statement.answers if a.record is None and a.id in self.statements]
            return "A" + terms.tag(to[0])[1:] if to else "A"
        return terms.tag(statement)

    def name(self, statement: AnyStatement) -> str:
        """What to call a statement; an answer after what it answers, for it is often headed by that alone."""
        if statement.kind != "response":
            return terms.heading(statement)
        to = [terms.heading(self.statements[a.id]) for a in statement.answers if a.record is None and a.id in self.statements]
        return f"Answer to {', '.join(to)}" if to else "Answer to the evaluation as a whole"


def _paragraph(record: Record, places: tuple[Place, ...]) -> str | None:
    if not places:
        return None
    first = places[0]
    for p in record.paragraphs:
        # A paragraph's marker stands before its text; a statement may begin at either.
        if any(q.page == first.page and q.start - 8 <= first.start < q.end for q in p.places):
            return p.number
    return None


def verdict(value: str | None) -> str:
    """A verdict: ring, then word."""
    words = terms.VERDICTS.get(value or "", "no verdict stated").capitalize()
    sign = f'<svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="5.8"/>{_SIGNS.get(value or "", "")}</svg>'
    return f'<span class="state">{sign}{words}</span>'


def place(entries: Entries, places: tuple[Place, ...], paragraph: str | None = None, anchor: str = "") -> str:
    """Where something stands, as a link to it: to its own box or words where ``anchor`` has them, else to its page."""
    page = terms.page_of(places)
    target = f"b-{anchor}" if anchor else f"page-{page}"
    words = where(entries, places, paragraph)
    if not page or not words:
        return ""
    if page not in entries.shown:
        return f'<span class="place">{words}</span>'
    return f'<a class="place" href="#{target}">{words}</a>'


def where(entries: Entries, places: tuple[Place, ...], paragraph: str | None = None) -> str:
    """Page and paragraph in words: 'p. 38, §83'."""
    page = f"p. {terms.page_of(places)}" if entries.paged and places else ""
    note = f"note {paragraph[2:]}" if paragraph and paragraph.startswith("fn") else ""
    said = (page, note or (f"§{paragraph}" if paragraph else ""))
    return ", ".join(x for x in said if x) or ("in the text" if places else "")


def item(entries: Entries, statement: AnyStatement) -> str:
    """The list item of a statement."""
    _, colour, name, _ = terms.KINDS[statement.kind]
    anchor = entries.anchors[statement.id]
    at = place(entries, statement.places, entries.paragraphs.get(statement.id), anchor)
    parts = [f"<h4>{escape(entries.name(statement))}{_score(statement)}{at}</h4>", said(statement.text)]
    parts += _meta(entries, statement)
    return (
        f'<li id="{anchor}" class="k-{colour}"><div><a class="tag k-{colour}" href="#b-{anchor}" '
        f'aria-label="{name}, to its place">{escape(entries.tag(statement))}</a></div><div>{"".join(parts)}</div></li>'
    )


def said(text: str) -> str:
    """A statement's words, paragraph by paragraph; points hang at their marks."""
    paragraphs = (f'<p class="point">{escape(p)}</p>' if _POINT.match(p) else f"<p>{escape(p)}</p>" for p in text.split("\n") if p.strip())
    return f'<div class="said">{"".join(paragraphs)}</div>'


def continued(entries: Entries, statement: AnyStatement, page: int) -> str:
    """The item of a statement that began on an earlier page."""
    colour = terms.KINDS[statement.kind][1]
    anchor = entries.anchors[statement.id]
    return (
        f'<li class="k-{colour} also-{anchor}"><div><span class="tag k-{colour}">{escape(entries.tag(statement))}</span></div>'
        f"<div><p>{entries.link(statement.id)}, continued from page {page}</p></div></li>"
    )


def _score(statement: AnyStatement) -> str:
    """How sure the reader was, where it says so."""
    scores = [o.score for o in statement.origin.values() if o.score is not None]
    if not scores:
        return ""
    score = min(scores)
    word = "sure" if score >= 0.9 else "likely" if score >= 0.7 else "doubtful"
    return f'<span class="score"><i style="--s:{score:.0%}"></i>{word} {score:.2f}</span>'


def _meta(entries: Entries, statement: AnyStatement) -> list[str]:
    out = []
    if statement.criteria:
        out.append(f'<p class="small meta">{escape(", ".join(statement.criteria).capitalize())}</p>')
    if statement.kind == "recommendation":
        out += _fields(entries, statement)
    if statement.kind == "response":
        out += _answer(entries, statement)
    if statement.parent in entries.statements:
        out.append(f'<p class="small meta">Part of {entries.link(str(statement.parent))}</p>')
    out += _links(entries, statement)
    return out


def _links(entries: Entries, statement: AnyStatement) -> list[str]:
    """Links to other statements but answers, which have their own line."""
    said = []
    for link in entries.evaluations[statement.id].links:
        if link.kind == "answers" or statement.id not in (link.from_, link.to):
            continue
        verb = link.kind.replace("_", " ")
        score = "" if link.score is None else f" {link.score:.2f}"
        basis = {"stated": "stated", "person": "confirmed"}.get(link.basis, f"proposed{score}")
        if link.from_ == statement.id:
            said.append(f"{verb.capitalize()} {entries.link(link.to)} ({basis})")
        else:
            passive = {"supports": "Supported by", "leads to": "Rests on", "implements": "Implemented by"}[verb]
            said.append(f"{passive} {entries.link(link.from_)} ({basis})")
    return [f'<p class="small meta">{" · ".join(said)}</p>'] if said else []


def _fields(entries: Entries, r: Recommendation) -> list[str]:
    """Unit, priority, time and resources, normalised and as printed, and the answers."""
    printed = r.as_printed
    out = []
    if r.parent is None or any((r.responsible, printed.responsible, printed.priority, printed.time, printed.resources)):
        units = "".join(f'<span class="unit">{escape(u)}</span>' for u in r.responsible) or _unknown(printed.responsible)
        rows = [
            ("Responsible unit", units),
            ("Priority", _value(r.priority, printed.priority)),
            ("Time", _value(r.time, printed.time)),
            ("Resources", _value(r.resources, printed.resources)),
        ]
        out.append('<dl class="fields">' + "".join(f"<dt>{n}</dt><dd>{v}</dd>" for n, v in rows) + "</dl>")
    answers = entries.answered.get(r.id, [])
    out += [f'<p class="answer">{verdict(a.verdict)} <a href="#{entries.anchors[a.id]}">{_page(entries, a)}</a></p>' for a in answers]
    if r.parent is None and r.id not in entries.answered:
        out.append('<p class="answer quiet">No answer in this paper</p>')
    return out


def _page(entries: Entries, answer: Response) -> str:
    at = where(entries, answer.places, entries.paragraphs.get(answer.id))
    return f"answer, {at}" if at else "answer"


def _value(value: str | None, words: str | None) -> str:
    if value is None:
        return _unknown(words)
    same = words is None or words.casefold() == value.casefold()
    return escape(value.capitalize()) + ("" if same else f' <span class="printed">printed “{escape(str(words))}”</span>')


def _unknown(words: str | None) -> str:
    """A value that is not known: said in words, never left blank."""
    if words:
        return f'not known <span class="printed">printed “{escape(words)}”</span>'
    return f'<span class="quiet">{terms.UNKNOWN}</span>'


def _answer(entries: Entries, response: Response) -> list[str]:
    to = [entries.link(a.id) if a.record is None else escape(f"{a.id} of {a.record}") for a in response.answers]
    return [f'<p class="answer">{verdict(response.verdict)} {", ".join(to)}</p>', *(_action(a) for a in response.actions)]


def _action(action: Action) -> str:
    said = [x for x in (action.unit, action.due and f"due {action.due}", action.status) if x]
    return f'<p class="small meta">Action: <span class="said">{escape(action.text)}</span> {escape(" · ".join(said))}</p>'


def rating(entries: Entries, value: Rating, anchor: str, *, linked: bool = True) -> str:
    """A criterion's row: boxes filled to the value, the value in words, its place."""
    name = value.criterion_as_printed or (value.criterion or "rating").capitalize()
    low, high = terms.scale_of(value.scale)
    level = None if value.value is None else round(value.value)
    if level is None or not low <= level <= high or high - low > 9:
        boxes = "<span></span>"
    else:
        # The scale's colours are those of six points; other scales take the nearest.
        colour = 1 + round((level - low) * 5 / max(1, high - low))
        middle = (low + high - 1) // 2 if (high - low + 1) % 2 == 0 else None
        cells = []
        for i in range(low, high + 1):
            classes = " ".join(c for c in ("on" if i <= level else "", "line" if i == middle else "") if c)
            cells.append(f'<i class="{classes}">{i if i == level else ""}</i>')
        boxes = f'<span class="boxes v{colour}" aria-hidden="true">{"".join(cells)}</span>'
    shown = "" if value.value is None else f"{value.value:g}"
    words = value.as_printed if value.as_printed not in ("", shown) else ""
    said = " ".join(x for x in (f"<b>{shown}</b>" if shown else "", escape(words)) if x)
    at = place(entries, value.places, None, anchor) if linked else ""
    return f'<div class="rating"><span class="criterion">{escape(name)}<span class="small">{said}</span></span>{boxes}{at}</div>'
