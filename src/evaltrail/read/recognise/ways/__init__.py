"""The ways in which writers set statements that nothing labels, for each kind the most structured first."""

from __future__ import annotations

from dataclasses import replace

from evaltrail.read.recognise.ways import bold, boxes, headings, numbers, prose
from evaltrail.read.recognise.ways.unit import Unit, Way, count, giver, title_of_section

__all__ = ["WAYS", "Unit", "Way", "count", "giver", "title_of_section"]

_BULLETED = Way("only_bullets", numbers.only_bullets, "bullet")
_NUMBERED_ITEMS = Way("numbered_items", numbers.numbered_items, "number", counts=True)
_NUMBERED_PARAGRAPHS = Way("numbered_paragraphs", numbers.numbered_paragraphs, "paragraph", prose=True)
_BOLD_LEADS = Way("bold_leads", bold.bold_leads, "bold")
_BOLD_STATEMENTS = Way("bold_statements", bold.bold_statements, "bold")
_SENTENCE_HEADINGS = Way("sentence_headings", headings.sentence_headings, "heading")
_BOXES = Way("boxes", boxes.boxes, "box")
_BULLETS = Way("bullets", numbers.bullets, "bullet")
_IN_SHORT_LISTS = (
    _NUMBERED_ITEMS,
    _BOLD_LEADS,
    Way("headed_topics", headings.headed_topics, "heading", topics=True),
    _BULLETS,
    _SENTENCE_HEADINGS,
    _BOLD_STATEMENTS,
    replace(_NUMBERED_PARAGRAPHS, least=1),
    Way("paragraphs", prose.paragraphs, "paragraph", prose=True, pure=True),
)

WAYS: dict[str, tuple[Way, ...]] = {
    "finding": (
        Way("key_list", numbers.key_list, "number", counts=True, least=3),
        Way("finding_boxes", boxes.finding_boxes, "box"),
        Way("bold_blocks", bold.bold_blocks, "bold"),
        Way("rule_of_bold", bold.rule_of_bold, "bold"),
        Way("stating_headings", headings.stating_headings, "heading"),
        replace(_BULLETED, direct=True, pure=True),
        Way("leading_bullets", numbers.leading_bullets, "bullet", direct=True, pure=True),
        Way("criteria_leads", bold.criteria_leads, "bold", direct=True, pure=True),
        Way("key_paragraphs", numbers.key_paragraphs, "paragraph", prose=True, pure=True, least=5),
    ),
    "conclusion": (
        _BOXES,
        _NUMBERED_ITEMS,
        Way("headed", headings.headed, "number"),
        _BOLD_LEADS,
        _BOLD_STATEMENTS,
        Way("bold_phrases", bold.bold_phrases, "bold", prose=True),
        _NUMBERED_PARAGRAPHS,
        Way("bold_words", bold.bold_words, "bold", prose=True, pure=True),
        _BULLETED,
        Way("headed_paragraphs", headings.headed_paragraphs, "paragraph", prose=True, pure=True, topics=True),
    ),
    "lesson": _IN_SHORT_LISTS,
    "good_practice": _IN_SHORT_LISTS,
    "recommendation": (
        _BOXES,
        _NUMBERED_ITEMS,
        _BOLD_LEADS,
        replace(_BOLD_STATEMENTS, least=1),
        _BULLETS,
        _NUMBERED_PARAGRAPHS,
        _SENTENCE_HEADINGS,
        Way("asking_headings", headings.asking_headings, "heading", topics=True),
        Way("requests", prose.requests, "sentence", prose=True, least=1),
    ),
}
