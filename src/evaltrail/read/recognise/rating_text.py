"""Ratings in running text: announced ("Rating: Good - 3"), given by a verb ("was rated satisfactory for efficiency"), or behind a criterion's name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.recognise.rating_legends import legend_of
from evaltrail.read.recognise.rating_marks import Mark, heading_before, is_excluded, is_one_phrase, title_of, trimmed
from evaltrail.read.recognise.rating_words import (
    Value,
    any_word,
    core,
    criteria_words,
    criterion_names,
    criterion_stems,
    either,
    entries,
    is_rateable,
    name_of,
    of_others,
    pack,
    plain,
    present,
    scale_words,
    triggers,
    value_at,
    whole_value,
)
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_PROSE = frozenset({"satisfaction", "likelihood", "success"})
_PLAIN_LEVELS = frozenset({"high", "low"})
_SHORT = 110
_OUT_OF = re.compile(r"(?<![\w.,])\d(?:[.,]\d)?\s?(?:/|\w{2,5} \w{2}|\w{2,5})\s?\d")
_BOUNDARY = re.compile(r"[.;:!?]\s|[\n(\[•|]|\s-\s")
_NEXT_WORD = re.compile(r"\s+[a-zà-ÿ]|\s*:")


def text_marks(blocks: Sequence[Block], settings: Sequence[Setting], start: int, end: int) -> list[Mark]:
    """Marks in the paragraphs, items and headings from ``start`` up to ``end``."""
    out: list[Mark] = []
    lows = [b.text.lower() if b.table is None and len(b.text) > 3 and b.kind != "caption" else "" for b in blocks[start:end]]
    whole = "\n".join(lows)
    strong, levels = present(triggers("strong"), whole), present(triggers("levels"), whole)
    weak = present(triggers("weak"), whole) if levels else ()
    stems = present(criterion_stems(), "\n".join(low for low in lows if len(low) <= _SHORT))
    sections: set[int] = set()
    for i, low in enumerate(lows, start):
        if not low:
            continue
        spoken = _any(strong, low) or (_any(levels, low) and _any(weak, low))
        short = len(low) <= _SHORT and _any(stems, low)
        if not (spoken or short) or is_excluded(settings[i]):
            continue
        low = plain(blocks[i].text)  # noqa: PLW2901  only now worth its cost
        found = list(_of_block(blocks, settings, i, start, low, sections)) if spoken else []
        if short and not found:
            found = list(_headed(blocks[i], i, low))
        out.extend(found)
    return out


def _any(words: tuple[str, ...], text: str) -> bool:
    # A plain loop: any() over a generator costs three times as much, and this runs for each paragraph.
    for w in words:  # noqa: SIM110
        if w in text:
            return True
    return False


def _of_block(blocks: Sequence[Block], settings: Sequence[Setting], i: int, first: int, low: str, sections: set[int]) -> Iterator[Mark]:
    b = blocks[i]
    led = list(_leads(blocks, settings, i, first, low, sections))
    yield from led
    if led or b.kind in ("title", "heading") or settings[i].background or settings[i].method:
        return
    if not any_word("verbs").search(low) and not _nouns().search(low) and not any_word("weak_verbs").search(low):
        return
    for s in sentences(b.text):
        yield from _stated(b, i, low, s.start, s.end, settings[i])


# Announced: "Rating: Good - 3".


@cache
def _after() -> re.Pattern[str]:
    of, filler = either(entries("for")), either(entries("filler"))
    return re.compile(
        rf"(?:\s+{filler}(?!\w)){{0,3}}(?P<scope>\s+{of}(?:\s+|(?<='))[^:=.;()\n]{{2,70}}?)?(?:\s*\((?P<inside>[^()]{{1,30}})\))?\s*(?P<sep>:|=|\s-(?=\s)|(?(scope)(?!)|\s(?=\()))\s*[\"'(\[]?\s*"
    )


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])" + either(entries("nouns")) + r"(?![\w-])")


def _leads(blocks: Sequence[Block], settings: Sequence[Setting], i: int, first: int, low: str, sections: set[int]) -> Iterator[Mark]:
    """Announced marks of a block. ``sections`` holds the sections that already have one: a second one, "Overall rating:", is that of the whole."""
    b = blocks[i]
    done = 0
    for m in _nouns().finditer(low):
        if m.start() < done:
            continue
        after = _after().match(low, m.end())
        if after is None:
            continue
        value = value_at(b.text, low, after.end(), announced=True)
        if value is None or (value.words and not value.number and _NEXT_WORD.match(b.text, value.end)) or of_others(low[max(0, m.start() - 90) : m.start()]):
            continue
        begin = max((x.end() for x in _BOUNDARY.finditer(low, max(0, m.start() - 160), m.start())), default=max(0, m.start() - 160))
        phrase, inherited = b.text[begin : after.start("sep")], False
        printed = _named(b.text, begin, m.start(), after.start("sep"))
        if printed is None and (not core(phrase) or len(phrase.split()) > 7):
            again = settings[i].section.index in sections
            sections.add(settings[i].section.index)
            printed = trimmed(phrase) if again and any_word("overall").search(plain(phrase)) else _context(blocks, settings, i, first, begin)
            inherited = True
        if printed is None:
            continue
        legend = legend_of(f"rating ({after['inside']})") if after["inside"] else None
        done = value.end
        yield Mark(printed, value, b.content.cut(value.start, value.end), i, "lead", legend=legend, inherited=inherited)


def _named(text: str, begin: int, noun: int, sep: int) -> str | None:
    """What the announcing phrase itself names: "Overall performance score for relevance", "Relevance rating"."""
    phrase = trimmed(text[begin:sep])
    if not is_rateable(phrase):
        return None
    rest = core(phrase)
    if rest and len(phrase.split()) <= 9:
        if not core(text[noun:sep]) and core(text[begin:noun]):
            return trimmed(text[begin:noun])
        return re.sub(r"^(?:[Tt]he|[Ll][ae']|[Ee]l|[OoAa])\s+", "", phrase)
    if rest:
        names = [m for m in criterion_names().finditer(plain(phrase))]
        return phrase[names[-1].start() : names[-1].end()] if names and len(names) == 1 else None
    return None


def _context(blocks: Sequence[Block], settings: Sequence[Setting], i: int, first: int, begin: int) -> str | None:
    """What a mark is of that names nothing itself: from the words before it, the line above, the headings."""
    text = blocks[i].text
    before = trimmed(text[:begin])
    phrase = plain(text[begin : begin + 60])
    if before and text[:begin].rstrip(" ([-–—")[-1:] not in ".;!?" and len(before) <= 70 and is_one_phrase(before) and core(before):
        return before if is_rateable(before) else None
    opening = criterion_names().match(plain(text))
    if opening and begin and not re.match(r"\s*(?:of|de|du|del|da|do|to|and|et|y|e|,|/|&)\b", plain(text)[opening.end() :]):
        return text[: opening.end()]
    above = heading_before(blocks, i, first) or title_of(settings[i].section)
    if above is not None:
        return above if is_rateable(above) else None
    if any_word("overall").match(phrase):
        lead = re.match(r"[^:=(]{3,60}", text[begin:])
        return trimmed(lead[0]) if lead else None
    return None


# Given by a verb: "was rated highly satisfactory for relevance, satisfactory for effectiveness".


@cache
def _linking() -> re.Pattern[str]:
    """What may stand between a verb, or "rating", and the value: "as", "a score of", "for efficiency is"."""
    words = [*entries("links"), *entries("nouns"), *entries("for"), *entries("and"), *criteria_words(), "the", "la", "le", "el", "o", "a"]
    return re.compile(r"(?:[\s,\"'(]|(?<!\w)" + either(words) + r"(?!\w))*$")


@cache
def _names_or_overall() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + either([*criteria_words(), *entries("overall")]) + r")(?![\w-])")


@cache
def _listing() -> re.Pattern[str]:
    """What may stand between criteria of a list, or between a value and its criteria."""
    return re.compile(
        r"(?:[\s,/()\"'&]|(?<!\w)" + either([*entries("and"), *entries("for"), "the", "its", "criteria of", "criterion of", "la", "le", "les", "l'", "el", "los", "las", "o", "a", "os", "as"]) + r"(?!\w))*"
    )


def _stated(b: Block, i: int, low: str, start: int, end: int, setting: Setting) -> Iterator[Mark]:
    marker = _marker(b, i, low, start, end)
    if marker is not None:
        yield marker
        return
    strong = True
    verb = any_word("verbs").search(low, start, end) or _nouns().search(low, start, end)
    if verb is None:
        strong, verb = False, any_word("weak_verbs").search(low, start, end)
    if verb is None or of_others(low[start:end]) or any_word("not_criteria").search(low, start, verb.start()):
        return
    values = list(_values(b.text, low, verb, start, end, strong))
    if not values:
        return
    names = [n for n in _names_or_overall().finditer(low, start, end)]
    yield from _paired(b, i, low, start, end, verb, values, names, setting)


def _values(text: str, low: str, verb: re.Match[str], start: int, end: int, strong: bool) -> Iterator[Value]:
    """Values of the sentence: the first one joined to the verb by linking words, or right before the noun ("a satisfactory rating")."""
    before = [a for a, b in scale_words(low, max(start, verb.start() - 50), verb.start()) if not low[b : verb.start()].strip(" \"'")]
    at = before[-1] if before else verb.end()
    joined = bool(before)
    for here in sorted([*(a for a, _ in scale_words(low, at, end)), *(m.start() for m in _OUT_OF.finditer(low, at, end))]):
        value = value_at(text, low, here) if here >= at else None
        if value is None or value.start >= end:
            continue
        if not joined:
            gap = low[verb.end() : here]
            if not (_linking().match(gap) or (len(gap) < 90 and re.search(r"\s(?:as|at|comme|como)\s+(?:being\s+)?[\"']?$", gap))):
                return
            joined = True
        if not _fits_prose(value, low, verb, here, strong):
            return
        yield value
        at = value.end


def _fits_prose(value: Value, low: str, verb: re.Match[str], at: int, strong: bool) -> bool:
    """Whether words that also occur outside scales are meant as a mark here."""
    if value.number is not None and value.top is not None:
        return strong
    if value.level is None:
        return False
    scale, level = value.level
    if strong:
        return scale in _PROSE or bool(value.code) or value.number is not None or len(low[verb.end() : at].strip(" \"'")) <= 3
    return scale == "satisfaction" and " " in value.words and value.words.split()[0] not in ("fully", "not", "less", "pleinement")


def _paired(b: Block, i: int, low: str, start: int, end: int, verb: re.Match[str], values: list[Value], names: list[re.Match[str]], setting: Setting) -> Iterator[Mark]:
    """Each value with the criteria that follow it ("satisfactory for efficiency and impact") or, failing that, those before it."""
    last = start
    for k, v in enumerate(values):
        until = values[k + 1].start if k + 1 < len(values) else end
        behind = _listed(low, v.end, until, names, introduced=True)
        ahead = _before(low, last, v.start, names) if not behind else []
        chosen = behind or ahead
        if not chosen and k == 0:
            printed = _subject(b.text, low, start, verb, setting)
            if printed is not None:
                yield Mark(printed, v, b.content.cut(v.start, v.end), i, "verb")
        for n in chosen:
            yield Mark(b.text[n.start() : n.end()], v, b.content.cut(v.start, v.end), i, "verb")
        last = max(v.end, chosen[-1].end() if behind else v.end)


def _listed(low: str, at: int, until: int, names: list[re.Match[str]], *, introduced: bool) -> list[re.Match[str]]:
    """Criteria named one after the other from ``at``."""
    out: list[re.Match[str]] = []
    for n in names:
        if n.start() < at or n.end() > until:
            continue
        gap = low[at : n.start()]
        if _listing().fullmatch(gap) is None or (introduced and not out and not any_word("for").search(gap)):
            break
        out.append(n)
        at = n.end()
    return out


def _before(low: str, last: int, until: int, names: list[re.Match[str]]) -> list[re.Match[str]]:
    """The criteria of the last list before a value."""
    out: list[re.Match[str]] = []
    for n in reversed([n for n in names if n.start() >= last and n.end() <= until]):
        if out and _listing().fullmatch(low[n.end() : out[0].start()]) is None:
            # "Overall, the efficiency of the project was rated": the nearer name is the one that counts.
            break
        out.insert(0, n)
    if len(out) > 1 and name_of(out[0].group()) == "overall":
        out = out[1:]
    return out


def _subject(text: str, low: str, start: int, verb: re.Match[str], setting: Setting) -> str | None:
    """Who is rated, where the sentence names no criterion: the section's criterion, else the project itself."""
    subject = re.sub(r"\s+(?:" + either(entries("links")) + r"|has|have|can|therefore|also)*\s*$", "", text[start : verb.start()]).strip()
    if len(subject.split()) > 5 or core(subject):
        return None
    criteria = setting.section.criteria
    if len(criteria) == 1:
        return trimmed(setting.section.title)
    return trimmed(subject) if subject and re.search(r"[^\W\d_]{3}", subject) and any_word("overall").search(plain(subject)) else None


@cache
def _marker_names() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + either(w for g in pack().get("markers", {}) for w in entries("markers", g)) + r"(?!\w)")


def _marker(b: Block, i: int, low: str, start: int, end: int) -> Mark | None:
    """"… can be rated as Gen 1 (…) on the Gender Marker scale"."""
    name = _marker_names().search(low, start, end)
    verb = any_word("verbs").search(low, start, end) if name else None
    if name is None or verb is None or of_others(low[start:end]):
        return None
    m = re.compile(r"(?:\s|" + either(entries("links")) + r"(?!\w))*[\"']?(?P<code>[a-z]{2,4}[ -]?(?P<n>\d)[ab]?)(?!\w)").match(low, verb.end(), end)
    if m is None:
        return None
    value = Value(m.start("code"), m.end("code"), float(m["n"]), code=m["code"])
    return Mark(b.text[name.start() : name.end()], value, b.content.cut(value.start, value.end), i, "marker")


# Behind a criterion's name: "Relevance – Highly satisfactory", "Efficiency (MS)".


def _headed(b: Block, i: int, low: str) -> Iterator[Mark]:
    for m in re.finditer(r"\s*(?::|\s-|=|\()\s*", low):
        printed = trimmed(b.text[: m.start()])
        if not printed or name_of(printed) is None:
            continue
        tail = low[m.end() :].rstrip(" .;)]")
        value = whole_value(b.text[m.end() : m.end() + len(tail)] + (")" if "(" in tail and not tail.endswith(")") else ""))
        if value is None or value.bare:
            return
        value = Value(m.end() + value.start, min(m.end() + value.end, len(b.text)), value.number, value.top, value.words, value.code, value.level)
        yield Mark(printed, value, b.content.cut(value.start, value.end), i, "heading")
        return
