"""Statements told by the headings of a section: sentences, topics, numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from evaltrail.read.recognise.requests import asking
from evaltrail.read.recognise.sections import roles_of
from evaltrail.read.recognise.ways.unit import Unit
from evaltrail.read.recognise.wording import criteria_only, is_sentence
from evaltrail.read.recognise.words import without_enumerator


def stating_headings(units: list[Unit]) -> list[Unit]:
    """Subheadings that are sentences, where most subheadings of the section are."""
    heads = [u for u in units if u.block.kind == "heading" and not criteria_only(u.block.text) and not roles_of(u.block.text)]
    out = sentence_headings(heads)
    return out if len(out) >= 2 and 2 * len(out) >= len(heads) else []


def headed_topics(units: list[Unit]) -> list[Unit]:
    """Subheadings each with a paragraph under it, two at least: the heading and its text are one statement."""
    out = [
        u
        for n, u in enumerate(units[:-1])
        if u.block.kind == "heading"
        and units[n + 1].block.kind == "paragraph"
        and not roles_of(u.block.text)
        and not criteria_only(u.block.text)
        and "?" not in u.block.text
        and 2 <= len(u.block.text.split()) <= 25
    ]
    heads = [u for u in units if u.block.kind == "heading" and not roles_of(u.block.text)]
    return out if len(out) >= 2 and len(out) >= 0.7 * len(heads) else []


def sentence_headings(units: list[Unit]) -> list[Unit]:
    """Subheadings that are sentences."""
    return [
        u
        for u in units
        if u.block.kind == "heading"
        and len(u.block.text.split()) >= 6
        and not roles_of(u.block.text)
        and not criteria_only(u.block.text)
        and "?" not in u.block.text
        and is_sentence(u.block.text)
    ]


def headed(units: list[Unit]) -> list[Unit]:
    """The first paragraph under each numbered subheading ("1 - Communication"), where the section is made of such."""
    out: list[Unit] = []
    for n, u in enumerate(units[:-1]):
        m = re.match(
            r"\s*[\[(]?(\d{1,2})[\])]?\s*[.):–—-](?!\d)", f"{u.block.marker.text} {u.block.text}" if u.block.marker.text else u.block.text
        )
        body = units[n + 1]
        if (
            u.block.kind == "heading"
            and m
            and len(u.block.text.split()) < 12
            and body.block.kind == "paragraph"
            and not body.block.marker.text
        ):
            out.append(Unit(body.index, body.block, body.setting, m.group(1)))
    return out if out and out[0].number == "1" else []


def headed_paragraphs(units: list[Unit]) -> list[Unit]:
    """The paragraph under each subheading, where nearly every subheading has one and no more; the heading too where it states."""
    heads = [n for n, u in enumerate(units) if u.block.kind == "heading" and not roles_of(u.block.text)]
    titles = [without_enumerator(units[n].block.text) for n in heads]
    # Where half of the headings are sentences, all that are long enough are meant to be.
    state = 2 * sum("?" not in t and is_sentence(t) for t in titles) >= len(titles)
    out: list[Unit] = []
    for title, (n, end) in zip(titles, pairwise([*heads, len(units)]), strict=True):
        body = units[n + 1 : end]
        if len(body) == 1 and body[0].block.kind == "paragraph" and len(body[0].block.text.split()) >= 12:
            out.append(units[n] if state and len(title.split()) >= 6 else body[0])
    return out if 10 * len(out) >= 7 * len(heads) else []


def asking_headings(units: list[Unit]) -> list[Unit]:
    """Subheadings that ask for something ("Repair the pier"), where most do; each with the paragraph under it."""
    heads = [u for u in units if u.block.kind == "heading" and not roles_of(u.block.text) and not criteria_only(u.block.text)]
    out = [u for u in heads if asking(u.language).asks(without_enumerator(u.block.text))]
    return out if len(out) >= 2 and 10 * len(out) >= 7 * len(heads) else []
