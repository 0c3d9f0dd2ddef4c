"""Which countries an evaluation is about. A country that is merely mentioned is not one of them: precise before complete."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.about.found import Found
from evaltrail.about.names import Named, find
from evaltrail.about.wording import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.about.lines import Line, Lines
    from evaltrail.about.model import Ground

_LIST = re.compile(r"\s*(?:,|;|/|&|-|\(|\)|\n|and|et|y|e|the|la|le|les|l'|el|as well as|ainsi que|así como|\s)*\s*", re.IGNORECASE)
"""What may stand between two countries of one list."""
_GIVING = r"^(?:\W+\w+){{0,2}}\W+(?:{})\b"
"""That one of the next three words is of giving."""
_MOST_STATED = 12
_NAME, _ADJECTIVE = 1.0, 0.7
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")
_OFTEN, _SHARE = 5, 0.6
_OFTEN_IN_BODY, _SHARE_OF_BODY = 15, 0.7
_NAME_OF_A_BODY = 8
_LONGEST_COVER_LINE = 300
_LONGEST_NAME = 120
_PERSON = re.compile(r"@|\b(?:officer|director|manager|coordinator|responsable|oficial|street|avenue|box|tel|phone)\b", re.IGNORECASE)


def countries(lines: Lines) -> list[Found]:
    """Countries, and the regions that the title names."""
    language = lines.language
    found = [f for line in lines.all if line.zone == "title" or line.topic == "title_rows" for f in _in_title(line, language)]
    # "Danish support to Nepal": an adjective counts only where no country is named.
    named = [f for f in found if f.kind == "country"]
    regions = [f for f in found if f.kind == "region"]
    if any(f.score == _NAME for f in named):
        named = [f for f in named if f.score == _NAME]
    named += [f for line in lines.all if line.topic == "country_rows" for f in _in_row(line, language)]
    for line in lines.of("cover"):
        named += _on_cover(line, language)
    if not any(f.ground in {"title", "row"} for f in named):
        named += [f for line in lines.of("summary") for f in _stated(line, language)]
    if not named and not regions:
        named += _most_named(lines) or _issuer(lines)
    return [*named, *_regions(regions)]


def _in_title(line: Line, language: str | None) -> Iterator[Found]:
    """Countries of a title, but for those that give the money or that people come from."""
    ground: Ground = "row" if line.zone == "row" else "title"
    mentions = list(find(line.text, language))
    several = sum(bool(m.code) for m in mentions) > 1
    for m in mentions:
        if m.region:
            if m.region != "-":
                yield Found("region", m.region, ground, line, m.start, m.end, 0.9)
            continue
        before, after = line.text[: m.start], line.text[m.end :]
        if pattern("from", language, r"\b(?:{})\s+(?:the\s+|la\s+|le\s+)?(?:\w+\s+and\s+)?$").search(before) and several:
            continue
        possessive = after.startswith("'s")
        follow = after[2:] if possessive else after
        gives = pattern("giving", language, _GIVING).search(follow)
        if (m.adjective or possessive) and gives and (m.adjective or several):
            continue
        if m.ambiguous and not m.adjective and not _placed(m, mentions, line.text, language):
            continue
        yield Found("country", m.code, ground, line, m.start, m.end, _ADJECTIVE if m.adjective else _NAME)


def _in_row(line: Line, language: str | None) -> Iterator[Found]:
    for m in find(line.text, language):
        if m.code and not m.adjective:
            yield Found("country", m.code, "row", line, m.start, m.end, 0.95)


def _on_cover(line: Line, language: str | None) -> Iterator[Found]:
    """Countries after a word that says where, or before a colon: the cover names the authors' countries too."""
    body = len(line.text.split()) <= _NAME_OF_A_BODY and pattern("national", language).search(line.text)
    if _PERSON.search(line.text) or body or len(line.text) > _LONGEST_COVER_LINE:
        return
    mentions = list(find(line.text, language))
    for m in mentions:
        headed = m.start == 0 and re.match(r"\s*:\s", line.text[m.end :])
        if m.code and not m.adjective and (headed or _placed(m, mentions, line.text, language)):
            yield Found("country", m.code, "cover", line, m.start, m.end, 0.8)


def _placed(m: Named, mentions: list[Named], text: str, language: str | None) -> bool:
    """Whether a word that says where stands before a country, or it stands in a list of countries."""
    start = m.start
    for left, right in pairwise(o for o in mentions if o.code and not o.adjective):
        if m in {left, right} and "," in text[left.end : right.start] and _LIST.fullmatch(text, left.end, right.start):
            return True
    for other in reversed([o for o in mentions if o.end <= m.start and o.code]):
        if not _LIST.fullmatch(text, other.end, start):
            break
        start = other.start
    return bool(pattern("where", language, r"\b(?:{})\s+(?:the\s+|la\s+|le\s+|el\s+|l')?(?:[Rr]epublic\s+of\s+)?$").search(text[:start]))


def _stated(line: Line, language: str | None) -> Iterator[Found]:
    """Countries of a list of which a sentence says that what is evaluated was done there."""
    at = 0
    for sentence in _SENTENCE.split(line.text):
        start = line.text.index(sentence, at)
        at = start + len(sentence)
        if not pattern("evaluand", language).search(sentence) or pattern("elsewhere", language, r"\b(?:{})").search(sentence):
            continue
        for group in _groups(list(find(sentence, language)), sentence):
            before = sentence[: group[0].start]
            cue = pattern("done_in", language, r"\b(?:{})\b[^.;]{{0,90}}$").search(before)
            led = pattern("leading", language, r"(?:\b(?:{})|:)\s*(?:the\s+|la\s+|le\s+|el\s+|l'|[\w\s]{{0,20}}:)?\s*$").search(before)
            if cue and led and len(group) <= _MOST_STATED:
                for m in group:
                    yield Found("country", m.code, "stated", line, start + m.start, start + m.end, 0.65)


def _groups(mentions: list[Named], text: str) -> Iterator[list[Named]]:
    group: list[Named] = []
    for m in mentions:
        plain = bool(m.code) and not m.adjective
        if plain and group and _LIST.fullmatch(text, group[-1].end, m.start):
            group.append(m)
            continue
        if group:
            yield group
        group = [m] if plain else []
    if group:
        yield group


def _most_named(lines: Lines) -> list[Found]:
    """The one country that headings and summary name far more often than any other, else the whole paper."""
    for zones, often, share in (
        (("title", "cover", "heading", "summary"), _OFTEN, _SHARE),
        (("title", "cover", "heading", "summary", "body"), _OFTEN_IN_BODY, _SHARE_OF_BODY),
    ):
        seen: Counter[str] = Counter()
        first: dict[str, tuple[Line, Named]] = {}
        for line in lines.of(*zones):
            for m in find(line.text, lines.language):
                if m.code:
                    seen[m.code] += 1
                    if line.zone in {"heading", "summary", "body"}:
                        first.setdefault(m.code, (line, m))
        if not seen:
            continue
        code, n = seen.most_common(1)[0]
        if n >= often and n / seen.total() >= share and code in first:
            line, m = first[code]
            return [Found("country", code, "mentions", line, m.start, m.end, 0.55, n)]
    return []


def _issuer(lines: Lines) -> list[Found]:
    """The country of a national body whose paper it is, where the body does not work abroad."""
    language = lines.language
    for line in lines.of("cover", "title"):
        if len(line.text) > _LONGEST_NAME or pattern("abroad", language).search(line.text):
            continue
        mentions = [m for m in find(line.text, language) if m.code]
        if len(mentions) == 1 and pattern("national", language).search(line.text):
            m = mentions[0]
            return [Found("country", m.code, "issuer", line, m.start, m.end, 0.5)]
    return []


def _regions(found: list[Found]) -> list[Found]:
    return list({f.value: f for f in reversed(found)}.values())
