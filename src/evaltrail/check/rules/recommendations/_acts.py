"""What a recommendation asks to be done: its acts, each beginning with a verb in the form of a command or after "should"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from evaltrail.text import packs
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOPIC = "check_recommendations"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_OBJECT = 2
"""Words from which on what stands between two verbs is the first one's object."""
_SUBJECT = 10
"""Words that the name of one who acts may have."""
_STRONG = frozenset(".;:!?")
_STEP = 4
"""Words behind a second verb among which what the first one was about stands again."""
_LONG = 5
"""Letters of a word that says what something is about."""
_LEAD = 30
"""Words that may stand before the command, up to a comma: "As part of the new strategy, clarify …"."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the stretch of the recommendation's text from its verb, or from the clause before it, to the next act."""

    start: int
    end: int
    verb: str
    """In lower case."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A language's words of command."""

    verbs: frozenset[str]
    endings: tuple[str, ...]
    no_verbs: frozenset[str]
    adverbs: frozenset[str]
    asking: re.Pattern[str] | None
    joining: re.Pattern[str] | None
    determiners: frozenset[str]
    marks: frozenset[str]
    subordinate: re.Pattern[str] | None
    no_acts: frozenset[str]
    effects: frozenset[str]
    back: frozenset[str]

    def is_verb(self, word: str) -> bool:
        """Whether a word is a verb in the form of a command (in Romance languages an infinitive)."""
        low = word.lower()
        infinitive = bool(self.endings) and len(low) > 3 and low.endswith(self.endings) and low not in self.no_verbs
        return low in self.verbs or infinitive


@cache
def wording(language: str) -> Wording:
    """The words of command of a language, English standing in for one without a pack."""
    table = packs.pack(language, TOPIC) or packs.pack("en", TOPIC)

    def any_of(key: str) -> re.Pattern[str] | None:
        words = sorted(table.get(key, ()), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})(?!\w)", re.IGNORECASE) if words else None

    return Wording(
        frozenset(table.get("verbs", ())),
        tuple(table.get("endings", ())),
        frozenset(table.get("no_verbs", ())),
        frozenset(table.get("adverbs", ())),
        any_of("asking"),
        any_of("joining"),
        frozenset(table.get("determiners", ())),
        frozenset(table.get("infinitive_marks", ())),
        any_of("subordinate"),
        frozenset(table.get("no_acts", ())),
        frozenset(table.get("effects", ())),
        frozenset(table.get("back", ())),
    )


def verb_at(text: str, at: int, language: str, *, purpose: bool = True) -> tuple[int, int] | None:
    """The span of the command that begins at an offset, adverbs before it skipped; None where there is none.

    ``purpose`` says whether the marks of an infinitive ("to", "de") may stand before it: within a sentence they make a
    purpose and no command.
    """
    w = wording(language)
    skipped, marked = 0, False
    for m in _WORD.finditer(text, at):
        if text[at : m.start()].strip(' «“"(•–-\u00a0'):
            return None
        low = m[0].lower()
        infinitive = purpose and marked and low not in w.determiners and low not in w.adverbs
        if w.is_verb(m[0]) or infinitive:
            return m.start(), m.end()
        if low not in w.adverbs or skipped > 2 or (not purpose and low in w.marks):
            return None
        at, skipped, marked = m.end(), skipped + 1, low in w.marks and not w.endings
        if text[at : at + 1] == ",":
            at += 1
    return None


def command(text: str, language: str) -> tuple[int, int] | None:
    """The span of a sentence's command: at its beginning, or after a clause that leads up to it and a comma."""
    first = verb_at(text, 0, language)
    if first is not None:
        return first
    at = text.find(",")
    while at > 0 and text.count(" ", 0, at) < _LEAD:
        found = verb_at(text, at + 1, language, purpose=False)
        if found is not None:
            return found
        at = text.find(",", at + 1)
    return None


def asked(text: str, language: str) -> tuple[int, int] | None:
    """The span of the verb that a sentence asks for after "should"; None where it asks in another way or not at all."""
    w = wording(language)
    for m in w.asking.finditer(text) if w.asking else ():
        found = _after_modal(text, m.end(), language)
        if found is not None:
            return found
    return None


def _after_modal(text: str, at: int, language: str) -> tuple[int, int] | None:
    """The span of the verb behind "should": of a known one, or of whatever word stands there in a language without infinitive endings."""
    found = verb_at(text, at, language)
    w = wording(language)
    if found is not None or w.endings:
        return found
    for m in islice(_WORD.finditer(text, at), 3):
        low = m[0]
        if text[at : m.start()].strip() or not low.islower() or low in w.determiners or low in w.no_acts:
            return None
        if low not in w.adverbs and not low.endswith("ly"):
            return m.start(), m.end()
        at = m.end()
    return None


def acts(text: str, language: str) -> list[Act]:
    """The acts of a recommendation's operative text, in order, none within another."""
    verbs: list[tuple[int, int, int]] = []  # where the act begins, its verb's span
    for s in sentences(text):
        head = command(s.text, language) or asked(s.text, language)
        if head is None:
            continue
        verbs.append((s.start, s.start + head[0], s.start + head[1]))
        verbs += [(s.start + begin, s.start + a, s.start + b) for begin, a, b in _joined(s.text, head, language)]
    ends = [*(v[0] for v in verbs[1:]), len(text)]
    return [Act(first, end, text[a:b].lower()) for (first, a, b), end in zip(verbs, ends, strict=False)]


def _joined(text: str, head: tuple[int, int], language: str) -> Iterator[tuple[int, int, int]]:
    """Where further commands of a sentence begin, and their spans.

    They stand after a semicolon, or after "and" once the verb before has its object.
    """
    w = wording(language)
    last = head[1]
    others = list(_others(text, head, language))
    if others:
        yield from others
        return
    cuts = [(m.start(), m.end(), True) for m in re.finditer(r";", text)]
    if w.joining:
        cuts += [(m.start(), m.end(), False) for m in w.joining.finditer(text)]
    for start, end, strong in sorted(cuts):
        if start < last:
            continue
        at = end
        if strong and w.joining and (m := w.joining.match(text, end + 1)):
            at = m.end()
        if w.asking and (m := w.asking.match(text, at + 1)):
            at = m.end()
        found = verb_at(text, at, language)
        if found is None or not _separate(text[last:start], text[found[1] :], language, strong=strong):
            continue
        yield at, *found
        last = found[1]


def _others(text: str, head: tuple[int, int], language: str) -> Iterator[tuple[int, int, int]]:
    """Acts of others in the same sentence: "…, the Ministry should issue a decree, and the Board should hire two engineers"."""
    w = wording(language)
    last = head[1]
    for m in w.asking.finditer(text, head[1]) if w.asking else ():
        found = _after_modal(text, m.end(), language)
        cut = max(text.rfind(",", last, m.start()), text.rfind(";", last, m.start()))
        if found is None or cut < 0 or len(text[cut : m.start()].split()) > _SUBJECT:
            continue
        at = cut + 1
        if w.joining and (joint := w.joining.match(text, at + 1)):
            at = joint.end()
        yield at, *found
        last = found[1]


def _separate(between: str, after: str, language: str, *, strong: bool) -> bool:
    """Whether what stands between two verbs and after the second makes them two acts and not one with two verbs."""
    w = wording(language)
    if strong:
        return True
    if sum(x.lower() not in w.adverbs for x in _WORD.findall(between)) < _OBJECT or (w.subordinate and w.subordinate.search(between)):
        return False  # "review and amend …", "a system to monitor … and follow up"
    following = _WORD.match(after.lstrip())
    if following and following[0].lower() in w.determiners:
        return True
    # Behind a list the last item may be a noun that looks like a verb: "the plans, the rules, and budget lines".
    return between.rstrip().endswith(",") and between.count(",") == 1


def whole(text: str, found: Sequence[Act], language: str) -> list[Act]:
    """The acts of :func:`acts` with those joined that one sentence makes one: an act and its effect, or its next step.

    Only where "and" joins them: what stands in a sentence of its own or after a semicolon is an act.
    """
    out: list[Act] = []
    for act in found:
        before = out[-1] if out else None
        if before is not None and _follows(text, before, act, language):
            out[-1] = Act(before.start, act.end, before.verb)
        else:
            out.append(act)
    return out


def _follows(text: str, first: Act, second: Act, language: str) -> bool:
    """Whether an act is the effect of the one before or a step with the same thing."""
    w = wording(language)
    before = text[first.start : second.start]
    joint = list(w.joining.finditer(before)) if w.joining else []
    if not joint or before[joint[-1].end() :].strip() or before[: joint[-1].start()].rstrip()[-1:] in _STRONG:
        return False
    own = text[second.start : second.end]
    at = own.lower().find(second.verb) + len(second.verb)
    if second.verb in w.effects and not any(x.lower() in w.marks for x in _WORD.findall(own[: at - len(second.verb)])):
        return True
    following = [x.lower() for x in _WORD.findall(own[at:])][:_STEP]
    # What leads up to the first command is no object: "In future projects, map all wells and …".
    about = {x.lower() for x in _WORD.findall(before[before.lower().find(first.verb) :]) if len(x) >= _LONG} - w.determiners - w.adverbs
    return (bool(following) and following[0] in w.back) or bool(about.intersection(following))


def operative(text: str) -> str:
    """The part of a recommendation's text that asks: its first paragraph; what follows explains."""
    return text.partition("\n")[0]
