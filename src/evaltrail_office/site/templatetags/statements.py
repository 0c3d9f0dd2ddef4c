"""What pages of an evaluation say over and over: lines and nodes of a trail, its threads as a list, rows of statements.

``{% load statements %}``. A page of sixty statements has hundreds of these, and a template takes several times as long over each, most
of it in looking names up. ``markup`` escapes whatever comes from papers and people.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.template.defaultfilters import linebreaksbr
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evaltrail_office.site.templatetags import office

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail.check.report import Remark
    from evaltrail_office.evaluations.page import EvaluationPage
    from evaltrail_office.evaluations.page_parts import AnswerRow, ReadThread, Ref, Row, Shown, Step
    from evaltrail_office.evaluations.trail import Gap, Picture

register = template.Library()

_ON_NODE, _IN_SUMMARY, _IN_STEP = 120, 90, 140
"""Characters of a statement that are shown."""
_WITHOUT_CONCLUSIONS = 2
"""Columns of a trail that leads from findings straight to what follows: there no finding lacks a conclusion."""


def markup(pattern: str, *pieces: str | int) -> SafeString:
    """Markup with these pieces in place of each ``%s``; what is no markup itself is escaped.

    ``format_html`` does the same and takes three times as long: it looks for lazy words and for things with a markup of their own.
    """
    return SafeString(pattern % tuple([p if p.__class__ is SafeString else escape(str(p)) for p in pieces]))


def joined(pieces: Iterable[str], between: str = "") -> SafeString:
    """Pieces one after the other, escaped in the same way."""
    return SafeString(between.join([p if p.__class__ is SafeString else escape(p) for p in pieces]))


def cut(text: str, most: int) -> str:
    """A text of no more than so many characters, with dots where it goes on; a mark over a letter stays with it."""
    if len(text) <= most:
        return text
    end = most - 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return f"{text[:end]}…"


# The trail


@register.simple_tag
def trail_lines(picture: Picture) -> SafeString:
    """Lines of a trail's picture, and those that break off."""
    said = [
        markup(
            '<path d="%s" class="%s" data-t="%s"/>', x.path, "proposed" if x.proposed else "stated", " ".join([str(t) for t in x.threads])
        )
        for x in picture.lines
    ]
    return joined([*said, *(markup('<path d="%s" class="%s"/>', g.path, "due" if g.due else "gap") for g in picture.gaps)])


@register.simple_tag
def trail_nodes(page: EvaluationPage) -> SafeString:
    """What stands in a trail's picture: its nodes, and what is missing."""
    return joined([*map(_node, page.shown), *map(_gap, page.picture.gaps)])


def _node(shown: Shown) -> SafeString:
    node = shown.node
    return markup(
        '<a class="node" href="%s" data-n="%s" data-t="%s" data-x="%s" data-y="%s"><span class="node-label"><b>%s</b>%s%s%s</span>'
        '<span class="node-text%s">%s</span></a>\n',
        shown.address,
        node.at,
        " ".join([str(t) for t in node.threads]),
        node.column,
        node.row,
        shown.label,
        markup(' <span class="node-note">%s</span>', shown.note) if shown.note else "",
        office.icon(shown.state) if shown.state else "",
        rating_cell(shown.rating.value, shown.rating.scale) if shown.rating else "",
        " sans" if shown.sans else "",
        cut(shown.text, _ON_NODE),
    )


def _gap(gap: Gap) -> SafeString:
    return markup(
        '<p class="missing%s" data-x="%s" data-y="%s">%s<span>%s</span></p>\n',
        " due" if gap.due else "",
        gap.column,
        gap.row,
        "" if gap.due else office.icon("broken"),
        gap.said,
    )


@register.simple_tag
def rating_cell(value: float | None, scale: str = "") -> SafeString:
    """What ``{% rating %}`` draws; there are few values, so that a process draws each once."""
    return _rating(value, scale, get_language())


@lru_cache(maxsize=1000)
def _rating(value: float | None, scale: str, language: str | None) -> SafeString:  # noqa: ARG001 - its words are in that language
    return SafeString(get_template("site/parts/rating.html").render(office.rating(value, scale)))


@register.simple_tag
def rating_boxes(value: float | None, scale: str = "", earlier: float | None = None) -> SafeString:
    """What ``{% boxes %}`` draws, each once in a process."""
    return _boxes(value, scale, earlier, get_language())


@lru_cache(maxsize=1000)
def _boxes(value: float | None, scale: str, earlier: float | None, language: str | None) -> SafeString:  # noqa: ARG001 - as above
    return SafeString(get_template("site/parts/boxes.html").render(office.boxes(value, scale, earlier)))


@register.simple_tag
def trail_threads(page: EvaluationPage) -> SafeString:
    """A trail's threads, for reading as a list; the first is open."""
    return joined(_thread(thread, first=n == 0) for n, thread in enumerate(page.threads))


def _thread(thread: ReadThread, *, first: bool) -> SafeString:
    broken: str = ""
    if thread.breaks:
        said = ngettext("%(n)s break", "%(n)s breaks", thread.breaks) % {"n": thread.breaks}
        broken = markup(" %s", office.state("broken", said))
    return markup(
        '<details%s><summary><b>%s</b> <span class="report">%s</span>%s</summary><ol>%s</ol></details>\n',
        " open" if first else "",
        thread.label,
        cut(thread.text, _IN_SUMMARY),
        broken,
        joined(_step(step) for step in thread.steps),
    )


def _step(step: Step) -> SafeString:
    how = SafeString(' class="cut"' if step.missing else ' class="likely"' if step.proposed else "")
    return markup(
        '<li%s><a href="%s"><b>%s</b></a>%s%s <span class="report">%s</span>%s</li>\n',
        how,
        step.address,
        step.label,
        markup(" %s", office.icon(step.state)) if step.state else "",
        markup(' <span class="small quiet">%s</span>', _("(proposed)")) if step.proposed else "",
        cut(step.text, _IN_STEP),
        joined(markup(" %s", office.state("broken", said)) for said in step.missing),
    )


# Rows of statements


@register.simple_tag
def statement_rows(picture: Picture, rows: Iterable[Row]) -> SafeString:
    """Statements with what the office has beside them; ``picture``: the trail that they are on."""
    concludes = len(picture.columns) > _WITHOUT_CONCLUSIONS
    return joined(
        markup(
            '<div class="row" id="%s"><div class="record"><div class="statement"><span class="no">%s</span><div>%s<p class="note">%s</p>%s'
            '</div></div></div>\n<div class="margin">%s</div></div>\n',
            row.id,
            row.label,
            joined(_paragraphs(row)),
            joined(_note(row)),
            joined(map(_answer, row.answers)),
            joined(_margin(row, concludes=concludes)),
        )
        for row in rows
    )


def _paragraphs(row: Row) -> Iterator[SafeString]:
    leads = row.kind == "recommendation"
    for n, words in enumerate(row.paragraphs):
        yield markup('<p class="text%s">%s</p>', " lead" if leads and n == 0 else "", words)


def _note(row: Row) -> Iterator[SafeString]:
    """Under a statement: on what it rests, where it stands, whether somebody confirmed it."""
    if row.kind == "recommendation" and row.rests_on:
        yield markup("%s %s · ", _("Rests on"), _refs(row.rests_on))
    yield markup('<a class="place" href="%s">%s</a>', row.spot.address, row.spot.words)
    if row.confirmed:
        yield markup(" · %s", office.state("confirmed", _("confirmed")))


def _refs(refs: Iterable[Ref]) -> SafeString:
    proposed = markup(" %s", _("(proposed)"))
    return joined((markup('<a href="%s">%s</a>%s', r.address, r.label, proposed if r.proposed else "") for r in refs), ", ")


def _answer(answer: AnswerRow) -> SafeString:
    return markup(
        '<div class="answer"><p class="note">%s · <a class="place" href="%s">%s</a></p><p class="report">%s</p></div>',
        office.state(answer.verdict),
        answer.spot.address,
        answer.spot.words,
        linebreaksbr(answer.text),
    )


def _margin(row: Row, *, concludes: bool) -> Iterator[SafeString]:
    """What the office has beside a statement."""
    for said in row.missing:
        yield markup("<p>%s</p>", office.state("broken", said))
    if row.kind == "finding" and row.evidence:
        yield _evidence(row)
    if row.kind in {"finding", "conclusion"}:
        if row.leads_to:
            yield markup("<p>%s %s</p>", _("Leads to"), _refs(row.leads_to))
        elif row.kind == "conclusion":
            yield _ends(_("Leads to no recommendation"))
        elif concludes:
            yield _ends(_("Leads to no conclusion"))
    if row.kind == "recommendation":
        yield markup('<dl class="terms">%s</dl>', joined(_terms(row)))
        for answer in row.answers:
            for action in answer.actions:
                more = "".join(f" · {words}" for words in (action.due, action.status) if words)
                yield markup(
                    '<p><b>%s</b> %s <span class="note">%s%s</span></p>', action.number or "", action.text, action.unit or "", more
                )
    for found in row.remarks:
        yield remark(found)


def _evidence(row: Row) -> SafeString:
    n = len(row.evidence)
    said = ngettext("%(n)s piece of evidence", "%(n)s pieces of evidence", n) % {"n": n}
    numbers = ""
    if row.quantities:
        numbers = "; " + ngettext("%(n)s number", "%(n)s numbers", row.quantities) % {"n": row.quantities}
    return markup("<p>%s: %s%s</p>", said, _refs(row.evidence), numbers)


def _ends(said: str) -> SafeString:
    return markup('<p><span class="state state-claimed">%s<span>%s</span></span></p>', office.icon("warning"), said)


def _terms(row: Row) -> Iterator[SafeString]:
    """To whom a recommendation goes, and what it says of when and with what."""
    if row.key:
        yield _term(_("Key"), row.key)
    priority = office.term(row.priority)
    terms = (
        (_("Unit"), row.unit),
        (_("Priority"), priority[:1].upper() + priority[1:]),
        (_("Time"), office.term(row.time)),
        (_("Resources"), office.term(row.resources)),
    )
    unknown = _("Not stated in the report")
    for name, words in terms:
        yield _term(name, words or unknown)


def _term(name: str, words: str) -> SafeString:
    return markup("<div><dt>%s</dt><dd>%s</dd></div>", name, words)


@register.simple_tag
def remark(said: Remark, address: str = "") -> SafeString:
    """A remark of the checks; ``address`` of its place."""
    return markup(
        '<div class="message %s">%s<div>%s<p class="rule-name">%s <span class="quiet">%s</span>%s</p></div></div>\n',
        said.severity,
        office.icon(said.severity),
        office.remark_words(said),
        said.name,
        said.rule,
        markup(' · <a href="%s">%s</a>', address, _("place")) if address else "",
    )
