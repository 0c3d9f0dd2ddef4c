"""Who can act: names of bodies and people in office, and the one that a recommendation's sentence asks to act."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from evaltrail.read.recognise.words import fold, listed
from evaltrail.text import packs

ACRONYM = re.compile(r"(?:[A-Z]{2,}[A-Z0-9]*|[A-Z][a-z]?[A-Z][A-Za-z]*)(?:[/&–.-][A-Z][A-Za-z0-9]*)*s?")
"""A short name in capitals, with parts after a slash or a dash: ACT/EMP, DWT/CO–Lima, DWTs."""
# The head of a name is the last word before one of these: "Secretary | of the Treasury", "organizations | that have not".
_BEHIND_HEAD = re.compile(
    r"\s+(?:of|in|at|for|with|on|from|to|who|which|that|and/or|still|having|under|responsible|concerned|including|de|du|des|d['’]|del|da|do|dos|das|en|em|à|aux?|qui|que|chargée?s?|para)\b|\s*[,(;:]|['’]s\s"
)
_DETERMINER = re.compile(
    r"^(?:the|all|both|each|every|any|these|those|its|their|our|relevant\s+(?=the)|le|la|les|l['’]|tous\s+les|toutes\s+les|el|los|las|todos\s+los|todas\s+las|o|a|os|as|todos\s+os|todas\s+as)\s*(?<=[\s'’])",
    re.IGNORECASE,
)
_OPENS_ADVERB = re.compile(
    r"^(?:by|in|at|on|with|within|given|as|since|while|when|where|if|to|for|from|based|building|following|because|during|after|before|through|despite|although|under|considering|drawing|once|moving|going|using|having|where|while|overall|"
    r"d['’]|dans|à|au|en|afin|pour|compte|étant|avec|lors|si|par|sur|depuis|con|para|al|a fin|dado|desde|si|según|com|até|no|na|dada|se)\b",
    re.IGNORECASE,
)


@cache
def heads() -> frozenset[str]:
    """Words for somebody who can act, folded, all languages."""
    return listed("fields", "bodies", "heads")


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(h for h in heads() if " " in h)


def without_determiner(name: str) -> str:
    """A name without its article."""
    return _DETERMINER.sub("", name.strip()).strip()


def ends_as_body(name: str) -> bool:
    """Whether the last word of a name is a body, a person in office, a short name, or a bracket."""
    words = name.split()
    if not words:
        return False
    last = words[-1].strip(".,;:*")
    return bool(last.endswith(")") or ACRONYM.fullmatch(last.strip("()")) or _is_head(last) or fold(" ".join(words[-2:])) in _phrases())


def _is_head(word: str) -> bool:
    folded = fold(word).strip("'\"").removesuffix("(s)")
    return folded in heads() or folded.rpartition("-")[2] in heads()


def opens_as_body(name: str) -> bool:
    """Whether a name's head, the word before "of" and the like, is a body or a short name."""
    plain = without_determiner(name)
    m = _BEHIND_HEAD.search(plain)
    head = plain[: m.start()] if m and m.start() else plain
    if re.match(r".+['’]s\s", plain):  # "HC's Assistant Deputy Minister of ..."
        return opens_as_body(re.split(r"['’]s\s", plain, maxsplit=1)[1])
    if ends_as_body(head):
        return True
    # "IOM Nigeria", "UNDP Country Office": a short name with capitals behind it.
    words = head.split()
    return len(words) in (2, 3) and bool(ACRONYM.fullmatch(words[0])) and all(w[:1].isupper() for w in words[1:]) and not _thing(words[-1])


@cache
def _things() -> frozenset[str]:
    out: set[str] = set()
    for code in packs.languages():
        out.update(fold(w) for w in packs.pack(code, "fields").get("bodies", {}).get("things", []))
    return frozenset(out)


def _thing(word: str) -> bool:
    return fold(word) in _things() or fold(word).removesuffix("s") in _things()


@cache
def _behind() -> re.Pattern[str]:
    """Verbs that stand behind the one who is asked."""
    return re.compile(rf"(?<!\w)(?:{_either(None, 'behind')})(?!\w)", re.IGNORECASE)


@cache
def _that() -> re.Pattern[str]:
    """Verbs in front of "that" and the one who is asked."""
    return re.compile(rf"(?<!\w)(?:{_either(None, 'that')})\s+(?:that|que|qu['’])\s*(?=\S)", re.IGNORECASE)


@cache
def _to() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """(verb right before the one who is asked, word behind) for each language: "urges the Bureau | to"."""
    links = {"en": r"to", "fr": r"de|d['’]|à", "es": r"a|que", "pt": r"a|que"}
    out = []
    for code in packs.languages():
        verb = re.compile(rf"(?<!\w)(?:{_either(code, 'to')})\s+(?=\S)", re.IGNORECASE)
        out.append((verb, re.compile(rf"\s+(?:{links.get(code, 'to')})\s*(?=[a-zà-ÿ])")))
    return tuple(out)


def _either(language: str | None, name: str) -> str:
    codes = (language,) if language else packs.languages()
    words = {w for c in codes for w in packs.pack(c, "fields").get("asking", {}).get(name, ())}
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)) or "(?!)"


def asked_of(text: str) -> tuple[int, int] | None:
    """Span of the one whom a recommendation's words ask to act, None where they name nobody.

    The subject of "should" and the like, or the one behind "recommends that" and "urges"; a thing that
    "should be strengthened" is not asked.
    """
    m = re.match(r"\([^)]{3,80}\)\s*[:.–-]?\s*", text)
    at = m.end() if m else 0  # "(based on conclusion 2): The bureau should …"
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZÀ-Þ])|\n", text[at:1200]):
        start = text.index(sentence, at)
        at = start + len(sentence)
        found = _asked_in(sentence)
        if found is not None:
            return start + found[0], start + found[1]
        if at > 500:
            break
    return None


def _asked_in(sentence: str) -> tuple[int, int] | None:
    """The first verb of asking decides: "X should request that Y act" asks X, "we recommend that X should act" too."""
    verbs: list[tuple[int, tuple[int, int]]] = []
    m = _that().search(sentence)
    if m is not None:
        verbs.append((m.start(), (m.end(), _until(sentence, m.end()))))
    for verb, link in _to():
        m = verb.search(sentence)
        if m is not None:
            ends = [e.start() for e in link.finditer(sentence, m.end()) if e.start() - m.end() < 160]
            # "those that permit an exception to the rule for their staff | to end it": the first end behind somebody, else the first.
            end = next((e for e in ends if ends_as_body(sentence[m.end() : e])), ends[0] if ends else m.end())
            verbs.append((m.start(), (m.end(), end)))
    m = _behind().search(sentence)
    if m is not None and not _passive(sentence[m.end() :]):
        verbs.append((m.start(), (0, m.start())))
    for _, span in sorted(verbs):
        found = _first_name(sentence, *span)
        if found is not None:
            return found
    return None


_SMALL = frozenset(
    {
        "and",
        "of",
        "or",
        "et",
        "y",
        "e",
        "de",
        "des",
        "du",
        "del",
        "da",
        "do",
        "dos",
        "das",
        "in",
        "to",
        "for",
        "with",
        "on",
        "the",
        "at",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "pour",
        "para",
    }
)


def _until(sentence: str, start: int) -> int:
    """End of a name behind "that": the verb, known as "should" or as the first small word behind a name that can act."""
    m = _behind().search(sentence, start)
    if m is not None:
        return m.start()
    words = list(re.finditer(r"\S+", sentence[start:]))
    for before, word in pairwise(words[:15]):
        name = sentence[start : start + before.end()]
        if word.group()[0].isupper() or word.group() in _SMALL:
            continue
        if ends_as_body(name) or (before.group()[0].isupper() and opens_as_body(name)):
            return start + word.start()
    return start


def _passive(behind: str) -> bool:
    """Whether what follows "should" is done to the subject: "be strengthened", "être renforcée"."""
    return bool(
        re.match(
            r"\s*(?:,[^,]{1,60},\s*)?(?:also\s+|therefore\s+|not\s+|aussi\s+|ainsi\s+)?(?:be|être|ser|have\s+been)\s+(?!responsible|able|encouraged|aware|prepared|ready|asked|requested|invited|more\s|in\s)",
            behind,
            re.IGNORECASE,
        )
    )


def _first_name(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The first part between commas that names somebody who can act; openings such as "By the end of 2026," are passed over."""
    at = start
    for part in sentence[start:end].split(","):
        left, right = at, at + len(part)
        at = right + 1
        words = part.strip()
        opened = re.match(r"(?:and|also|therefore|however|furthermore|in addition|et|y|e)\s+", words, re.IGNORECASE)
        words = words[opened.end() :] if opened else words
        if not words or (_OPENS_ADVERB.match(words) and not ACRONYM.match(words)):
            continue
        if re.fullmatch(r"(?:it|this|these|they|there|we|he|she|one|il|elle|se|ce|cela)", words, re.IGNORECASE):
            return None
        name = without_determiner(words)
        if opens_as_body(name) and len(name.split()) <= 24:
            left = sentence.index(name, left)
            return left, _last_name(sentence, left + len(name), end)
        return None
    return None


def _last_name(sentence: str, at: int, end: int) -> int:
    """End of a name or list of names that goes on behind commas in capitals: "Service, Innovation and Training Branch"."""
    last = at
    for part in sentence[at:end].split(",")[1:]:
        words = part.strip()
        plain = re.sub(r"^(?:and|et|y|e)\s+", "", words)
        if not plain[:1].isupper() or _OPENS_ADVERB.match(plain):
            break
        at = sentence.index(words, at) + len(words)
        if ends_as_body(words) or opens_as_body(plain):
            last = at
    return last
