"""Statements told by their markers: numbers that count, codes, bullets."""

from __future__ import annotations

import re

from evaltrail.read.recognise.sections import is_pure
from evaltrail.read.recognise.ways.unit import COMPOSITE, DECIMAL, Unit, count, giver, title_of_section
from evaltrail.read.recognise.wording import SENTENCE_END, introduces, is_sentence, states
from evaltrail.read.recognise.words import alternation, fold, without_enumerator

_LETTERED = re.compile(r"^\(?[a-z]{1,4}[.)]$")


def numbered_items(units: list[Unit]) -> list[Unit]:
    """Items or paragraphs whose markers count 1, 2, 3 within the section (lettered codes such as B2 too)."""
    found: list[Unit] = []
    for u in units:
        marker = u.block.marker.text.strip()
        if u.running or (u.block.kind == "heading" and not (len(u.block.text.split()) >= 8 and is_sentence(u.block.text))):
            continue
        m = COMPOSITE.match(marker) or DECIMAL.match(marker)
        if m:
            found.append(Unit(u.index, u.block, u.setting, m.group(1)))
    return found


def key_list(units: list[Unit]) -> list[Unit]:
    """A numbered list of sentences straight under a heading such as "Key findings"."""
    head = giver(units[0].setting)
    direct = [u for u in units if u.setting.section.index == head and u.index != head]
    found = [u for u in numbered_items(direct) if u.block.kind != "heading" and len(u.block.text.split()) >= 8]
    if not found:
        # "5.1", "5.2" … where the section is nothing but such: short numbered sentences under "Findings".
        numbered = [
            Unit(u.index, u.block, u.setting, u.block.marker.text.strip(" .()"))
            for u in direct
            if COMPOSITE.match(u.block.marker.text.strip()) and len(u.block.text.split()) >= 8
        ]
        words = sum(len(u.block.text.split()) for u in numbered)
        if (
            3 <= len(numbered) <= 40
            and len(numbered) >= 0.8 * len(direct)
            and words <= 90 * len(numbered)
            and is_pure(title_of_section(units[0].setting))
        ):
            found = numbered
    if not found or found[0].index - direct[0].index > 2:
        return []
    run = found[:1]
    for u in found[1:]:
        if u.index - run[-1].index > 3 or count(u) != count(run[-1]) + 1:
            break
        run.append(u)
    return run


def numbered_paragraphs(units: list[Unit]) -> list[Unit]:
    """Paragraphs with a number of their own, the paper's running one included."""
    return [
        Unit(u.index, u.block, u.setting, running=u.running)
        for u in units
        if u.block.kind == "paragraph" and DECIMAL.match(u.block.marker.text.strip())
    ]


def key_paragraphs(units: list[Unit]) -> list[Unit]:
    """The paper's numbered paragraphs under "Main findings": such a heading says that each of them is one."""
    title = fold(without_enumerator(title_of_section(units[0].setting)))
    if len(title.split()) < 2 or not alternation("statements", "qualifiers").match(title):
        return []
    found = [u for u in numbered_paragraphs(units) if u.running]
    long = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 12]
    return found if len(found) >= 0.7 * len(long) else []


def bullets(units: list[Unit]) -> list[Unit]:
    """Items of the outermost level; lettered ones are parts of something, unless they are all that an opening sentence lists."""
    items = [u for u in units if u.block.kind == "item"]
    if not items:
        return []
    least = min(u.block.level for u in items)
    outer = [u for u in items if u.block.level == least]
    plain = [u for u in outer if not _LETTERED.match(u.block.marker.text.strip())]
    if not plain and _LETTERED.match(outer[0].block.marker.text.strip()) and outer[0].block.marker.text.strip("(.) ") in ("a", "i"):
        text = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 6]
        return outer if len(text) <= 1 and all(u.block.text.rstrip().endswith(":") and not u.block.marker.text for u in text) else []
    return plain


def only_bullets(units: list[Unit]) -> list[Unit]:
    """Bulleted sentences, where the section is little more than these."""
    items = [u for u in bullets(units) if len(u.block.text.split()) >= 4 and u.block.text.rstrip().endswith(SENTENCE_END)]
    found = [u for u in items if len(u.block.text.split()) >= 8]
    text = [u for u in units if u.block.kind in ("paragraph", "item") and len(u.block.text.split()) >= 6]
    if sum(u.block.text.rstrip().endswith(":") for u in text) > 1:
        # Each of several paragraphs is spelled out by items of its own.
        return []
    if len(found) < 2 or len(found) < 0.6 * len(text):
        return []
    # Where most say what they say in eight words and more, a shorter one says it in four.
    return items if 2 * len(found) >= len(items) else found


def leading_bullets(units: list[Unit]) -> list[Unit]:
    """The bulleted sentences that come first under a heading such as "Key findings", whatever prose stands behind them."""
    if not alternation("statements", "qualifiers").search(fold(title_of_section(units[0].setting))):
        return []
    run: list[Unit] = []
    for u in units:
        if u.block.kind == "item" and (run[0] if run else u).block.level < u.block.level:
            continue
        if u.block.kind == "item" and states(u.block.text):
            run.append(u)
        elif run or not introduces(u.block.text):
            break
    return run
