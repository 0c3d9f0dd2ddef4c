"""Sentences that answer: "Recommendation 2 was accepted", "The agency agreed with our recommendation", "The operator replied: …"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.outline import join
from evaltrail.read.recognise.candidates import Candidate
from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail.read.recognise.words import alternation, fold
from evaltrail.text import packs
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Block, Text
    from evaltrail.read.recognise.sections import Setting

_NUMBER = r"(?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,2}(?:\s?\([a-z]\)|[a-z](?![a-z]))?"
# The "a" of "3(a)" and of "3a" joins nothing; "1and3" is a number whose spaces were taken out.
_LINK = r"(?:\s*,\s*(?:(?:and|et|y|e)(?=[\s\dA-Z])\s*)?|\s*(?<=[\d)\s])(?:and|et|y|e|to|à|a)(?=[\s\dA-Z])\s*|\s*[&–-]\s*)"
_NEAR = 6
"""Blocks behind a recommendation in which a reply to it may stand."""


@cache
def _nouns() -> str:
    nouns: set[str] = set()
    for code in packs.languages():
        nouns.update(packs.pack(code, "statements").get("nouns", {}).get("recommendation", []))
    return "|".join(re.escape(n) for n in sorted(nouns, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    marks = {m for code in packs.languages() for m in packs.pack(code, "statements").get("marks", {}).get("number", [])}
    mark = "|".join(re.escape(m) for m in sorted(marks, key=len, reverse=True))
    # What follows is the sentence's verb in small letters; a capital letter begins the words of the recommendation itself.
    return re.compile(
        rf"^\W{{0,3}}(?:sub-?)?(?:{_nouns()})(?:s|es)?\s*(?:{mark})?\s*(?P<numbers>{_NUMBER}(?:{_LINK}{_NUMBER})*)\s*(?:\([^)]{{1,40}}\)\s*)?,?\s+(?=[a-zà-ÿ])",
        re.IGNORECASE,
    )


def reply_of(text: str) -> tuple[str, ...] | None:
    """Numbers of the recommendations that a paragraph answers by its opening words, None where it opens otherwise."""
    m = _pattern().match(text)
    if m is None or text[m.end()].isupper():
        return None
    return numbers_of(m.group("numbers"))


def numbers_of(printed: str) -> tuple[str, ...]:
    """The numbers of a printed list of them, ranges of whole numbers counted out: "1, 3 and 5–7"."""
    out: list[str] = []
    parts = re.split(rf"({_LINK})", printed)
    for i in range(0, len(parts), 2):
        number = re.sub(r"\s+", "", parts[i])
        if not number:
            continue
        link = parts[i - 1].strip() if i else ""
        if link in ("to", "à", "a", "–", "-") and out and out[-1].isdigit() and number.isdigit() and int(number) - int(out[-1]) < 40:
            out += [str(n) for n in range(int(out[-1]) + 1, int(number))]
        out.append(number)
    return tuple(out)


def unlabelled_answers(found: Sequence[Candidate], blocks: Sequence[Block], settings: Sequence[Setting]) -> list[Candidate]:
    """Answers that nothing labels, in a paper that makes recommendations and labels no answer to them."""
    asked = [c for c in found if c.kind == "recommendation" and c.parent is None and not c.setting.foreign]
    if not asked:
        return []
    return (
        _by_number(asked, blocks, settings)
        or _behind_quotations(asked, blocks, settings)
        or _replies(asked, blocks)
        or _agreements(asked, blocks, settings)
    )


def speaks_of_the_recommendations(text: str) -> bool:
    """Whether an answer opens by speaking of several recommendations at once, without numbers: "agrees with the three recommendations"."""
    first = fold(sentences(text)[0].text) if text.strip() else ""
    return bool(
        re.search(rf"\b(?:the|all|both|these|our|les|las|los|as|os|todas|toutes)\b[\w\s-]{{0,20}}?\b(?:{_nouns()})e?s\b(?!\s*\d)", first)
    )


def announces(text: str) -> bool:
    """Whether a line only announces a list: "We are making three recommendations:"."""
    words = fold(text)
    return len(words.split()) < 16 and bool(re.search(rf"\b(?:{_nouns()})e?s\b", words))


def _behind_quotations(asked: Sequence[Candidate], blocks: Sequence[Block], settings: Sequence[Setting]) -> list[Candidate]:
    """In a section of answers that repeats the recommendations: the paragraphs behind each, up to the next one or a heading."""
    starts = {int(c.order) for c in asked}
    out: list[Candidate] = []
    for c in asked:
        if c.basis == "row" or not any("response" in s.roles for s in c.setting.section.chain) or settings[int(c.order)].annex:
            continue
        parts: list[Text] = []
        j = max(c.last, int(c.order)) + 1
        while j < len(blocks) and j not in starts and blocks[j].kind in ("paragraph", "item"):
            parts.append(join([blocks[j].marker, blocks[j].content]) if blocks[j].kind == "item" else blocks[j].content)
            j += 1
        if parts:
            answer = _answer(join(parts, "\n"), max(c.last, int(c.order)) + 1, 0, c.setting, [c.number] if c.number else [], "heading")
            answer.target, answer.last = c, j - 1
            out.append(answer)
    # One paragraph behind one recommendation is its explanation as well as an answer; a verdict or a run of them tells.
    decided = [c for c in out if verdict_of(c.text.text) != "unclear"]
    return out if len(out) > 1 and decided else decided


def _open(setting: Setting) -> bool:
    return not (setting.summary or setting.aside or setting.foreign or setting.method)


def _by_number(asked: Sequence[Candidate], blocks: Sequence[Block], settings: Sequence[Setting]) -> list[Candidate]:
    """Sentences behind the recommendations that name them by number and say what became of them: half of them or more."""
    known = {c.number for c in asked if c.number}
    last = max(int(c.order) for c in asked)
    summary = all(c.setting.summary for c in asked)
    out: list[Candidate] = []
    for i, b in enumerate(blocks[last + 1 :], last + 1):
        if b.kind not in ("paragraph", "item") or not (_open(settings[i]) or summary):
            continue
        opening: list[tuple[int, tuple[str, ...]]] = []
        for s in sentences(b.text):
            named = reply_of(s.text)
            if named is not None and set(named) <= known:
                opening.append((s.start, named))
        for (start, named), end in zip(opening, [*[s for s, _ in opening[1:]], len(b.text)], strict=False):
            out.append(_answer(b.content.cut(start, end), i, start, settings[i], named, "sentence"))
    answered = {n for c in out for n in c.answers}
    return out if len(answered) * 2 >= len(known) and len(answered) > 1 else []


def _answer(text: Text, index: int, start: int, setting: Setting, numbers: Sequence[str], basis: str) -> Candidate:
    return Candidate("response", text, index + start / 100000, setting, basis, answers=list(numbers), last=index, group=("replies", basis))


def _replies(asked: Sequence[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """What follows a recommendation and says that somebody replied, or opens with a verdict on it."""
    starts = {int(c.order) for c in asked}
    out: list[Candidate] = []
    for c in asked:
        if c.setting.summary:
            continue
        behind = max(c.last, int(c.order)) + 1
        for j in range(behind, min(len(blocks), behind + _NEAR)):
            b = blocks[j]
            if j in starts or b.kind in ("table", "title") or (b.kind == "heading" and j > behind):
                break
            if b.kind not in ("paragraph", "item") or not _replied(b.text):
                continue
            out.append(_reply(c, blocks, j, starts))
            break
    return out


def _reply(asked: Candidate, blocks: Sequence[Block], index: int, starts: set[int]) -> Candidate:
    """The reply that begins at a block, with what it quotes behind a colon."""
    parts = [blocks[index].content]
    if parts[0].text.rstrip().endswith(":"):
        parts += [x.content for x in _quoted(blocks, index, starts)]
    answer = _answer(join(parts, "\n"), index, 0, asked.setting, [asked.number] if asked.number else [], "sentence")
    answer.target, answer.last = asked, index + len(parts) - 1
    return answer


def replies_in_lists(found: Sequence[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """Statements in which paragraphs numbered on behind a recommendation ("7.2 On 30 May the operator replied: …") are its answers."""
    out: list[Candidate] = []
    asked: Candidate | None = None
    starts = {int(c.order) for c in found}
    for c in found:
        if (
            c.kind == "recommendation"
            and c.basis in ("number", "paragraph", "sentence", "bullet")
            and asked is not None
            and _replied(c.text.text)
        ):
            out.append(_reply(asked, blocks, int(c.order), starts - {int(c.order)}))
            continue
        if c.kind == "recommendation":
            asked = c
        out.append(c)
    return out


def _quoted(blocks: Sequence[Block], index: int, starts: set[int]) -> Iterator[Block]:
    """Paragraphs behind a colon that are quoted: up to the next numbered one, heading or recommendation."""
    for j in range(index + 1, min(len(blocks), index + 12)):
        b = blocks[j]
        if j in starts or b.kind not in ("paragraph", "item") or (j > index + 1 and re.match(r"\d+(?:\.\d+)*\.?$", b.marker.text.strip())):
            return
        yield b


def _replied(text: str) -> bool:
    first = sentences(text)[:1]
    if not first:
        return False
    words = fold(first[0].text)
    head = " ".join(words.split()[:22])
    if alternation("verdicts", "replying").search(head) and (text.rstrip().endswith(":") or re.search(r"[:“\"]", text[:300])):
        return True
    if not re.search(_nouns(), words) or alternation("statements", "sentences", "recommendation").search(head):
        return False
    return verdict_of(first[0].text, strict=True) in ("accepted", "partially_accepted", "rejected")


def _agreements(asked: Sequence[Candidate], blocks: Sequence[Block], settings: Sequence[Setting]) -> list[Candidate]:
    """Sentences in which somebody agrees with the paper's recommendations or not: those of the section of answers, else of the last."""
    found: list[tuple[int, int, int]] = []
    mention = re.compile(_nouns(), re.IGNORECASE)
    for i, b in enumerate(blocks):
        if b.kind not in ("paragraph", "item") or not _open(settings[i]) or (settings[i].annex and "response" not in settings[i].roles):
            continue
        if not mention.search(b.text):
            continue
        each = sentences(b.text)
        deciding = [n for n, s in enumerate(each) if _agrees(s.text, answering="response" in settings[i].roles)]
        for k, n in enumerate(deciding):
            end = each[deciding[k + 1]].start if k + 1 < len(deciding) else len(b.text)
            found.append((i, each[n].start, end))
    if not found:
        return []
    home = [f for f in found if "response" in settings[f[0]].roles]
    section = settings[(home or found)[-1][0]].section
    chosen = [f for f in home or found if settings[f[0]].section is section]
    out: list[Candidate] = []
    for i, start, end in chosen:
        text = blocks[i].content.cut(start, end)
        answer = _answer(text, i, start, settings[i], _which(text.text, asked), "sentence")
        if len(asked) == 1:
            answer.target = asked[0]
        out.append(answer)
    return out


def _agrees(sentence: str, *, answering: bool) -> bool:
    """Whether a sentence says of somebody else than the writer that they agree or not with what "we" recommend.

    In a section of answers "the" recommendations are the paper's too.
    """
    words = fold(sentence)
    ours = "our|nos|notre|nuestra|nuestras|nossa|nossas"
    which = rf"{ours}|the|this|these|all|both|\d|la|las|les|a|as" if answering else ours
    named = re.search(rf"\b(?:{which})\b[\w\s,-]{{0,40}}?\b(?:{_nouns()})|(?:{_nouns()})e?s?\s+\d", words)
    if not named or re.match(r"(?:we|nous|nosotros|nós)\b", words):
        return False
    if alternation("statements", "sentences", "recommendation").search(words):
        return False
    return verdict_of(sentence, strict=True) != "unclear" or bool(alternation("verdicts", "unclear").search(words))


def _which(text: str, asked: Sequence[Candidate]) -> list[str]:
    """Numbers of the recommendations that an answer names; all of them where it speaks of them without numbers."""
    known = [c.number for c in asked if c.number]
    m = re.search(rf"(?:{_nouns()})(?:s|es)?\s+({_NUMBER}(?:{_LINK}{_NUMBER})*)", text, re.IGNORECASE)
    named = [n for n in numbers_of(m.group(1)) if n in known] if m else []
    return named or known
