"""Answers in running text: what labels and headings found is put in order, what nothing labels is found by its sentence.

An answer to the evaluation as a whole is set apart; an action plan under an answer becomes that answer's actions; a
statement of agreement above an answer becomes its verdict; lines such as "Target date: June 2026" become an action's
fields.  Where a paper labels no answers at all they are looked for by their sentences (:mod:`.replies`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Candidate, Promise
from evaltrail.read.recognise.columns import exact_meanings
from evaltrail.read.recognise.labels import label_of
from evaltrail.read.recognise.promises import without_lead
from evaltrail.read.recognise.replies import announces, numbers_of, replies_in_lists, speaks_of_the_recommendations, unlabelled_answers
from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail.read.recognise.words import alternation, fold
from evaltrail.text.dates import dates
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_CODE = re.compile(r"\W*(\d{1,2}(?:\.\d{1,2}){1,2})[.):]?\s*")
_FIELD = re.compile(r"\s*([^:\n]{2,60}?)\s*:\s*(?=\S)")
_ACTION_FIELDS = ("unit", "due", "status", "resources")


def settle(found: list[Candidate], blocks: Sequence[Block], settings: Sequence[Setting]) -> tuple[list[Candidate], list[Candidate]]:
    """(statements with their answers, answers to the evaluation as a whole), each in reading order."""
    found = sorted(found, key=lambda c: c.order)
    found = _recommendations_repeated(replies_in_lists(found, blocks), blocks)
    _extend(found, blocks)
    _verdicts_apart(found, blocks)
    found, whole = _share_out(found, blocks)
    found = _plans(found, blocks)
    found = [c for c in found if c.kind != "response" or re.search(r"[^\W\d_]{2}", c.text.text)]
    for c in found:
        if c.kind == "response" and c.basis in ("label", "heading") and not c.actions:
            _plan_within(c, blocks)
            _fields_in_text(c)
    found = [c for c in found if not (c.kind == "recommendation" and c.text.text.rstrip().endswith(":") and announces(c.text.text))]
    if not any(c.kind == "response" and not c.setting.summary for c in found):
        found = sorted([*found, *unlabelled_answers(found, blocks, settings)], key=lambda c: c.order)
    return found, whole


def _recommendations_repeated(found: Sequence[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """In a response of its own "Recommendation 1: …" repeats the recommendation; what follows it answers."""
    known = {c.number for c in found if c.kind == "recommendation"}
    out: list[Candidate] = []
    for c in found:
        out.append(c)
        label = label_of(c.label, alone=True) if c.label and c.kind == "response" and c.basis in ("label", "heading") else None
        if label is None or label.kind != "recommendation" or label.number in known:
            continue
        first, _, rest = c.text.text.partition("\n")
        if verdict_of(first) != "unclear" or len(first.split()) < 5:
            continue
        c.kind, c.number, c.answers, c.target = "recommendation", label.number, [], None
        begin = c.last + 1 if not rest else None
        if begin is not None and not (begin < len(blocks) and blocks[begin].kind in ("paragraph", "item")):
            continue
        answer = Candidate(
            "response", c.text.cut(len(first)), c.order + 0.5, c.setting, "heading", block=c.block, last=c.last, group=("repeated",)
        )
        if begin is not None:
            answer.text, answer.order, answer.last = blocks[begin].content, begin, begin
        c.text = c.text.cut(0, len(first))
        answer.target, answer.answers = c, [label.number] if label.number else []
        answer.actions, c.actions = c.actions, []
        out.append(answer)
    return out


def _extend(found: Sequence[Candidate], blocks: Sequence[Block]) -> None:
    """Answers under a heading go on to the next statement, heading or table; a plan under a heading of its own belongs to them."""
    starts = {int(c.order) for c in found}
    for c in found:
        if c.kind != "response" or c.basis != "heading":
            continue
        parts = [c.text]
        for j in range(c.last + 1, len(blocks)):
            b = blocks[j]
            if j in starts or (b.kind == "heading" and not _plan_heading(b)) or b.kind in ("table", "title", "caption"):
                break
            parts.append(join([b.marker, b.content]) if b.kind == "item" else b.content)
            c.last = j
        c.text = join(parts, "\n")


def _plan_heading(b: Block) -> bool:
    return (
        len(b.text.split()) <= 6 and (b.kind == "heading" or b.bold > 0.9) and bool(alternation("statements", "plans").search(fold(b.text)))
    )


def _share_out(found: Sequence[Candidate], blocks: Sequence[Block]) -> tuple[list[Candidate], list[Candidate]]:
    """(statements, answers to the whole): what each answer under a heading answers.

    An answer is to the whole where it is called overall, stands under a heading over all answers, or speaks of "the
    recommendations" and each has its own.  One behind a list of recommendations answers all of them, or is a numbered
    list of answers to each.
    """
    out: list[Candidate] = []
    whole: list[Candidate] = []
    waiting: list[Candidate] = []
    for n, c in enumerate(found):
        if c.kind == "recommendation" and c.parent is None and (c.number is None or all(c.number != r.number for r in waiting)):
            waiting.append(c)
        if c.kind != "response" or c.basis == "row":
            out.append(c)
            continue
        c.answers = [number for a in c.answers for number in numbers_of(a)]
        later = found[n + 1 :]
        if _speaks_of_all(c, waiting, later, blocks):
            whole.append(c)
            continue
        if len(waiting) > 1 and not _numbered(c) and not any(a.kind == "response" for a in later):
            parts = _numbered_items(c, waiting, blocks)
            if not parts and not _decides(c):
                whole.append(c)  # "The response will be published apart": it speaks of all and decides nothing
                continue
            out += parts or [c]
            if not parts and any(r.number for r in waiting):
                c.answers, c.target = [r.number for r in waiting if r.number], None
        elif c.target is not None or c.answers or _decides(c):
            out.append(c)
        waiting = []
    return out, whole


def _decides(c: Candidate) -> bool:
    """Whether an answer says yes or no, or promises something."""
    return bool(c.actions) or c.verdict is not None or verdict_of(c.text.text) != "unclear"


def _numbered(c: Candidate) -> bool:
    return bool(c.label and re.search(r"\d", c.label))


def _numbered_items(c: Candidate, waiting: Sequence[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """An answer whose paragraphs are numbered as the recommendations before it: one answer each; empty where they are not."""
    numbers = [r.number or str(n) for n, r in enumerate(waiting, 1)]
    starts: list[int] = []
    for i in range(int(c.order), c.last + 1):
        marker = blocks[i].marker.text.strip(" .()")
        if len(starts) < len(numbers) and marker == numbers[len(starts)] and blocks[i].kind in ("item", "paragraph"):
            starts.append(i)
    if len(starts) != len(numbers):
        return []
    out: list[Candidate] = []
    for asked, start, end in zip(waiting, starts, [*starts[1:], c.last + 1], strict=True):
        parts = [blocks[start].content, *[join([b.marker, b.content]) for b in blocks[start + 1 : end] if b.kind in ("item", "paragraph")]]
        answer = Candidate(
            "response", join(parts, "\n"), start, c.setting, "heading", label=c.label, block=blocks[start], last=end - 1, group=c.group
        )
        answer.target, answer.answers = asked, [asked.number] if asked.number else []
        out.append(answer)
    return out


def _speaks_of_all(c: Candidate, waiting: Sequence[Candidate], later: Sequence[Candidate], blocks: Sequence[Block]) -> bool:
    if c.label and alternation("statements", "overall").search(fold(c.label)):
        return True
    if _numbered(c) or len(waiting) == 1:
        return False
    if not any(a.kind == "recommendation" or (a.kind == "response" and a.basis != "action") for a in later):
        return False
    if any(a.kind == "response" for a in later) and speaks_of_the_recommendations(c.text.text):
        return True
    if c.block is not None and c.block.kind == "heading":
        level = c.block.level
        below = (i for i, b in enumerate(blocks) if i > c.order and b.kind == "heading" and 0 < b.level <= level)
        end = next(below, len(blocks))
        if any(a.kind in ("response", "recommendation") and a.order < end for a in later):
            return True
    # Answers that give their number follow, up to one to the recommendation that this one only stands behind.
    numbered = [a for a in later if a.kind == "response" and a.target is None and a.answers]
    return (
        bool(numbered)
        and c.target is not None
        and any(c.target.number in a.answers for a in numbered)
        and c.target.number not in numbered[0].answers
    )


def _verdicts_apart(found: Sequence[Candidate], blocks: Sequence[Block]) -> None:
    """The verdict of an answer from a heading ("Statement of agreement") with its words below, or a line ("Position: agree")."""
    answers = [c for c in found if c.kind == "response"]
    for i, b in enumerate(blocks):
        if b.kind == "table" or len(b.text) > 200:
            continue
        value: Text | None = None
        if (
            "verdict" in exact_meanings(b.text)
            and (b.kind == "heading" or b.bold > 0.9)
            and i + 1 < len(blocks)
            and blocks[i + 1].kind in ("paragraph", "item")
        ):
            value = blocks[i + 1].content
        elif (m := _FIELD.match(b.text)) and "verdict" in exact_meanings(m.group(1)):
            value = b.content.cut(m.end())
        if value is None or len(value.text.split()) > 40:
            continue
        near = [c for c in answers if i < c.order <= i + 4 or c.order <= i <= c.last + 2]
        if near and near[0].verdict is None:
            near[0].verdict = value


def _plans(found: list[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """Action plans behind an answer to the same recommendation become its actions."""
    out: list[Candidate] = []
    answer: Candidate | None = None
    for c in found:
        if c.kind == "recommendation":
            answer = None
        if c.kind == "response":
            plan = bool(c.label and alternation("statements", "plans").search(fold(c.label)))
            if plan and answer is not None and c.basis != "row":
                answer.actions += [*_actions(blocks[int(c.order) + 1 : c.last + 1]), *c.actions]
                continue
            answer = c
        out.append(c)
    return out


def _plan_within(c: Candidate, blocks: Sequence[Block]) -> None:
    """A plan under a heading of its own inside an answer: its items are actions, the answer ends before it."""
    for j in range(int(c.order) + 1, c.last):
        b = blocks[j]
        if _plan_heading(b):
            first = blocks[j + 1].text
            at = c.text.text.find(first[:60]) if first else -1
            c.actions = _actions(blocks[j + 1 : c.last + 1])
            if c.actions and at > 0:
                c.text = c.text.cut(
                    0,
                    max(c.text.text.rfind("\n", 0, c.text.text.rfind("\n", 0, at)), 0)
                    if c.text.text[:at].rstrip().endswith(b.text)
                    else at,
                )
            return
    c.actions = [p for b in blocks[int(c.order) + 1 : c.last + 1] if b.kind == "item" for p in [_dated(b.content)] if p is not None]


def _dated(item: Text) -> Promise | None:
    """An item that ends with a date in brackets: "Set up a register (June 2026)."."""
    m = re.search(r"\s*\(([^()]{3,40})\)\s*[.;]?$", item.text)
    if m is None:
        return None
    when = dates(m.group(1))
    if not when or sum(d.end - d.start for d in when) * 2 < len(m.group(1)):
        return None
    return Promise(item.cut(0, m.start()), due=item.cut(m.start(1), m.end(1)))


def _actions(blocks: Sequence[Block]) -> list[Promise]:
    """The actions of a plan in running text: numbered, in items or paragraphs, each with lines of its fields."""
    out: list[Promise] = []
    number: str | None = None
    for b in blocks:
        if b.kind not in ("paragraph", "item"):
            continue
        code = _CODE.match(f"{b.marker.text} {b.text}" if b.marker.text[:1].isdigit() else b.text)
        if code and code.end() >= len(b.text):
            number = code.group(1)
            continue
        named = _field(b.text)
        if named is not None:
            if out:
                setattr(out[-1], named[0], b.content.cut(named[1]))
            continue
        text = b.content if code is None or b.marker.text[:1].isdigit() else b.content.cut(code.end())
        complete = bool(out) and out[-1].due is not None
        if not out or number is not None or code is not None or (b.kind == "item" and out[-1].number is None) or complete:
            promise = _dated(text) or Promise(without_lead(text))
            promise.number = number or (code.group(1) if code else None)
            out.append(_with_trailing_field(promise))
            number = None
        else:
            out[-1].text = join([out[-1].text, text], "\n")
    return out


def _with_trailing_field(promise: Promise) -> Promise:
    """An action whose last sentence names a field: "Draw up a list. Expected completion date: May 2026"."""
    for s in sentences(promise.text.text)[1:]:
        named = _field(s.text)
        if named is not None and len(s.text.split()) < 25:
            setattr(promise, named[0], promise.text.cut(s.start + named[1], s.end))
            promise.text = promise.text.cut(0, s.start)
            break
    return promise


def _field(text: str) -> tuple[str, int] | None:
    """(field of an action, offset of its value) when a line opens with a field's name."""
    m = _FIELD.match(text)
    if m is None:
        return None
    meanings = exact_meanings(m.group(1))
    name = next((x for x in _ACTION_FIELDS if x in meanings), None)
    return (name, m.end()) if name is not None else None


def _fields_in_text(c: Candidate) -> None:
    """Lines of an answer that name a unit, a date or a status: its words are an action with these fields."""
    kept: list[Text] = []
    fields: dict[str, Text] = {}
    at = 0
    for n, line in enumerate(c.text.text.split("\n")):
        piece = c.text.cut(at, at + len(line))
        at += len(line) + 1
        named = _field(line) if n else None
        if named is not None and len(line.split()) < 40:
            fields.setdefault(named[0], piece.cut(named[1]))
        else:
            kept.append(piece)
    if fields and {"unit", "due"} & set(fields):
        c.text = join(kept, "\n")
        c.actions.append(Promise(c.text, fields.get("unit"), fields.get("due"), fields.get("status"), resources=fields.get("resources")))
