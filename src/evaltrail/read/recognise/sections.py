"""Where a block stands: under which headings, and what these make of it.

A heading gives its section a role (findings, recommendations, annex, ...) by its words, and criteria
(relevance, ...).  A block inherits both from the headings above it.  Levels told from typography are not
always right, so a heading that only names a criterion or a single statement does not end the section
around it, and an executive summary lasts until the report proper begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from evaltrail.read.recognise.bodies import opens_as_body
from evaltrail.read.recognise.labels import label_of, label_of_several
from evaltrail.read.recognise.words import alternation, fold, keyed, listed, without_enumerator
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail.read.outline import Block

STATEMENT_ROLES = ("findings", "conclusions", "lessons", "good_practices", "recommendations", "response")
KIND_OF_ROLE = {
    "findings": "finding",
    "conclusions": "conclusion",
    "lessons": "lesson",
    "good_practices": "good_practice",
    "recommendations": "recommendation",
    "response": "response",
}
_SPLIT = re.compile(r"\s*(?:,|;|/|:|\||&| - | and | et | y | e |\+)\s*")
_QUALIFIED = alternation("statements", "qualifiers")
_OPENERS = frozenset({"background", "method", "contents"})


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what it makes of the blocks under it."""

    index: int
    """Index of the heading among the outline's blocks; -1 for the text before the first one."""
    level: int
    title: str
    roles: frozenset[str] = frozenset()
    criteria: tuple[str, ...] = ()
    foreign: bool = False
    parent: Section | None = None

    @property
    def chain(self) -> tuple[Section, ...]:
        """The section and those around it, innermost first."""
        out: list[Section] = []
        s: Section | None = self
        while s is not None:
            out.append(s)
            s = s.parent
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the headings above a block make of it."""

    section: Section
    roles: frozenset[str]
    """Statement roles of the nearest heading that has any."""
    criteria: tuple[str, ...]
    summary: bool
    annex: bool
    aside: bool
    """In contents, references, foreword and the like."""
    foreign: bool
    method: bool
    background: bool


@dataclass(slots=True)
class _State:
    stack: list[Section] = field(default_factory=list)
    summary_until: int = -1


@lru_cache(maxsize=4096)
def roles_of(title: str) -> frozenset[str]:
    """Roles that a heading's words give: exact words, parts joined by "and", or strong words inside a short heading."""
    words = fold(without_enumerator(title)).strip(" .:-*")
    known = keyed("sections", "roles")
    if words in known:
        return frozenset({known[words]})
    if re.match(alternation("sections", "roles", "annex").pattern, words):
        # "Annex 3: Management response" is an annex and a response.
        rest = re.sub(r"^\w+\s+(?:\d+|[a-z]|[ivx]+)\s*[-:.)]*\s*", "", words)
        return frozenset({"annex"}) | (roles_of(rest) - {"summary"} if rest != words else frozenset())
    if len(words.split()) > 14:
        return frozenset()
    if _heads_answers(without_enumerator(title).strip(" .:-*")):
        return frozenset({"response"})
    parts = [p for p in _SPLIT.split(words) if p]
    found = {known[p] for p in parts if p in known}
    if len(words.split()) <= 9:
        behind = 0
        for m in alternation("sections", "contained", "words").finditer(words):
            # "Recommendations for …", "Emerging good practices", "Conclusions Recommendations" (two headings run
            # together), but not "Aligning with best practices to …".
            before = _QUALIFIED.sub("", words[behind : m.start()]).strip(" ,&/")
            if before in ("", "and", "et", "y", "e") or (m.end() == len(words) and len(before.split()) <= 4):
                found.add(known.get(m.group(), ""))
                behind = m.end()
    return frozenset(found - {""})


def _heads_answers(title: str) -> bool:
    """Whether a heading names somebody's answers to this paper ("Response of the Ministry", "Office response to the recommendations").

    "Response to the storm" and "Government response to the pandemic" answer no paper.
    """
    m = _answers_pattern().fullmatch(title)
    if m is None or not (m["whose"] or m["what"]):
        return False
    before = _QUALIFIED.sub("", fold(m["before"])).strip()
    return (not m["whose"] or opens_as_body(m["whose"])) and (not before or opens_as_body(m["before"].strip()))


@lru_cache(maxsize=1)
def _answers_pattern() -> re.Pattern[str]:
    # Of "office response" and "response" only the second: who answers is told by itself.
    nouns = sorted({w for code in packs.languages() for w in packs.pack(code, "statements")["nouns"]["response"] if " " not in w})
    answered = sorted(listed("sections", "roles", "recommendations") | listed("sections", "roles", "findings"), key=len, reverse=True)
    noun, what = ("|".join(re.escape(w) for w in words) for words in (nouns, answered))
    to = r"(?:to|on|à|aux?|a|ao|aos|às)"
    return re.compile(
        rf"(?P<before>(?:[\w’'-]+\s+){{0,4}}?)(?:{noun})s?"
        r"(?:\s+(?:of|from|by|de|du|des|del|da|do|dos|das)\s+(?:the\s+|la\s+|l['’]\s?|los\s+|las\s+)?"
        rf"(?P<whose>(?:(?!\b{to}\s)[^,;:.]){{2,60}}?))?(?:\s+{to}\s+(?P<what>(?:[\w’'-]+\s+){{0,4}}?(?:{what})))?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4096)
def is_pure(title: str) -> bool:
    """Whether a heading is made of words of roles and nothing else ("Lessons learned and good practices")."""
    words = fold(without_enumerator(title)).strip(" .:-*")
    known = keyed("sections", "roles")
    return all(p in known or _QUALIFIED.sub("", p).strip() in known for p in ([words] if words in known else _SPLIT.split(words)) if p)


@lru_cache(maxsize=4096)
def criteria_of(title: str) -> tuple[str, ...]:
    """Criteria that a heading names, in the order printed; none for a heading that is a sentence."""
    words = fold(without_enumerator(title))
    if len(words.split()) > 26 or words.endswith("."):
        return ()
    known = keyed("criteria")
    found: list[str] = []
    for m in re.finditer(_criteria_pattern(), words):
        name = known[m.group()]
        if name not in found:
            found.append(name)
    if not found and words.endswith("?"):
        # "How efficiently were funds used?"
        stems = {word[:7]: name for word, name in reversed(known.items()) if len(word) >= 7}
        found = list(dict.fromkeys(stems[w[:7]] for w in re.findall(r"[^\W\d_]{8,}", words) if w[:7] in stems))
    return tuple(found)


@lru_cache(maxsize=1)
def _criteria_pattern() -> re.Pattern[str]:
    names = sorted(keyed("criteria"), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in names) + r")(?!\w)")


def is_foreign(title: str) -> bool:
    """Whether a heading is about statements of another paper or another time."""
    return bool(alternation("sections", "foreign", "words").search(fold(title)))


def settings(blocks: Sequence[Block], is_label: Callable[[Block], bool]) -> list[Setting]:
    """One setting a block, in order. ``is_label`` says whether a heading is that of a single statement."""
    out: list[Setting] = []
    stack: list[Section] = [Section(-1, 0, "")]
    ends = _summary_ends(blocks, is_label)
    summary_end = _first_chapter(blocks, is_label)
    front = _front(blocks)
    for i, block in enumerate(blocks):
        if _is_heading(block) and not is_label(block) and not _heads_answer_to_several(stack, block):
            section = _open(stack, block, i, titles=i < front)
            if "summary" in section.roles and not section.roles & {"findings", "conclusions", "recommendations"}:
                summary_end = max(summary_end, ends.get(i, i))
        out.append(_setting(stack[-1], summary=i < summary_end))
    return out


def _heads_answer_to_several(stack: Sequence[Section], block: Block) -> bool:
    """Whether "Recommendations 1 and 2" stands in a section of answers, where it labels one answer and opens no section."""
    answering = any("response" in s.roles and (block.kind != "heading" or not block.level or s.level < block.level) for s in stack)
    return answering and label_of_several(block.text) is not None


_CHAPTER = re.compile(r"\s*(?:chapter|chapitre|capítulo)?\s*(\d{1,2}|[IVX]{1,4})(?:\.\d{1,2})*[.):]?(?=\s|$)", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def _first_chapter(blocks: Sequence[Block], is_label: Callable[[Block], bool]) -> int:
    """Index of the heading "1" of a report whose chapters are numbered, else -1: what stands before it sums up or introduces.

    Chapters, or their sections "1.1", "1.2", "2.1", count from 1 to 4 or more at one level of heading, begin in the
    first part of the report and reach into its last.
    """
    runs: dict[int, list[tuple[int, int]]] = {}
    for i, block in enumerate(blocks):
        if block.kind != "heading" or is_label(block):
            continue
        m = _CHAPTER.match(f"{block.marker.text} {block.text}")
        if m is None:
            continue
        number = int(m.group(1)) if m.group(1).isdigit() else _ROMAN.get(m.group(1).upper(), 0)
        run = runs.setdefault(block.level, [])
        if number == 1 and (not run or 1 < run[-1][1] < 4):
            runs[block.level] = [(i, 1)]
        elif run and number in (run[-1][1], run[-1][1] + 1):
            run.append((i, number))
    for _, run in sorted(runs.items()):
        if run and run[-1][1] >= 4 and run[0][0] < 0.35 * len(blocks) and run[-1][0] > 0.5 * len(blocks):
            return run[0][0]
    return -1


_TOLD_BY_BOLD = frozenset({*STATEMENT_ROLES, "summary", "annex", "decision", "contents", "references"})
"""Roles that a line of bold text may give; "Context" in bold is more often a run-in title than a chapter."""


def _is_heading(block: Block) -> bool:
    if block.kind == "heading":
        return True
    return (
        block.kind in ("paragraph", "item")
        and label_of(block.text, alone=True) is None
        and block.bold > 0.9
        and len(block.text) < 90
        and bool(roles_of(block.text) & _TOLD_BY_BOLD)
        and not block.text.endswith(".")
    )


def _front(blocks: Sequence[Block]) -> int:
    """How many blocks stand on the first page before its text begins, six at most: among them is the paper's own title."""
    for i, block in enumerate(blocks[:6]):
        words = len(block.text.split())
        text = (block.kind == "paragraph" and words >= 8 and block.text.endswith(".")) or (block.kind == "item" and words >= 4)
        if text or block.page != 1 or block.kind == "table":
            # The heading right above the text is that of its section, where a larger one stands before it.
            above = blocks[i - 1] if i else block
            titled = above.kind == "heading" and any(b.kind == "title" or 0 < b.level < above.level for b in blocks[: i - 1])
            return i - titled
    return min(6, len(blocks))


def _open(stack: list[Section], block: Block, index: int, *, titles: bool) -> Section:
    """The section that a heading opens, put on the stack; ``titles`` tells that it may be the paper's own title."""
    title = block.text if not block.marker.text else f"{block.marker.text} {block.text}"
    roles, criteria = roles_of(title), criteria_of(title)
    if block.kind == "title" or (titles and not is_pure(title)):
        # A paper's own title ("… : findings and lessons learned") says nothing of one section.
        roles = frozenset()
    # A depth among items is no level among headings: a line of bold stands under the heading above it, whatever block it is.
    level = block.level or 2 if block.kind == "heading" else stack[-1].level + 1
    if block.kind == "title":
        level = 0
    only_criterion = bool(criteria) and not roles
    while len(stack) > 1:
        top = stack[-1]
        if (roles or criteria) and top.roles & {"contents", "references"} and not top.roles & set(STATEMENT_ROLES):
            # A foreword's or a list's heading is often set larger than those of the report.
            stack.pop()
            continue
        if top.level < level:
            break
        if top.level == level and only_criterion and top.roles & set(STATEMENT_ROLES) and not top.criteria:
            break
        if "annex" in top.roles and top.level == level and not roles & {*STATEMENT_ROLES, "annex"} and not re.match(r"(?i)part\b", title):
            break
        stack.pop()
    section = Section(index, level, title, roles, criteria, is_foreign(title), stack[-1])
    stack.append(section)
    return section


def _setting(section: Section, *, summary: bool) -> Setting:
    chain = section.chain
    roles: frozenset[str] = frozenset()
    for s in chain:
        if s.roles & set(STATEMENT_ROLES):
            roles = s.roles & frozenset(STATEMENT_ROLES)
            break
        if s.roles & {"decision", "references", "contents"}:
            break
    every = frozenset().union(*(s.roles for s in chain))
    criteria = next((s.criteria for s in chain if s.criteria), ())
    return Setting(
        section=section,
        roles=roles,
        criteria=criteria,
        summary=summary,
        annex="annex" in every,
        aside=_aside(chain),
        # Terms of reference in an annex say what findings and lessons are to be like.
        foreign=any(s.foreign or {"annex", "method"} <= s.roles for s in chain),
        method=not roles and "method" in every,
        background=not roles and "background" in every,
    )


def _aside(chain: tuple[Section, ...]) -> bool:
    """Whether the nearest heading with any role is one of contents, foreword, references and the like."""
    for s in chain:
        if s.roles & {"contents", "references"}:
            return not s.roles & set(STATEMENT_ROLES)
        if s.roles or s.criteria:
            return False
    return False


def _summary_ends(blocks: Sequence[Block], is_label: Callable[[Block], bool]) -> dict[int, int]:
    """Index at which each summary heading's region ends: where the report proper begins."""
    ends: dict[int, int] = {}
    headings = [(i, b) for i, b in enumerate(blocks) if _is_heading(b) and not is_label(b)]
    for n, (i, block) in enumerate(headings):
        if "summary" not in roles_of(block.text):
            continue
        level = _level(block)
        end = None
        fallback = None
        for j, other in headings[n + 1 :]:
            deep = _level(other)
            title = f"{other.marker.text} {other.text}"
            if deep > level:
                continue
            if fallback is None:
                fallback = j
            known = roles_of(title)
            if (
                known & _OPENERS
                or "annex" in known
                or re.match(r"\s*(?:1|I|A)[.)\s]\s*(?:\D|$)", title)
                or _part().match(title)
                or (_numbered(title) and not _numbered(block.text))
            ):
                end = j
                break
        if end is not None and fallback is not None and end - fallback > max(60, len(blocks) // 4):
            end = fallback
        ends[i] = end if end is not None else (fallback if fallback is not None else len(blocks))
    return ends


def _level(block: Block) -> int:
    """Level of a heading; of one that is told by bold alone, or has none, that of a chapter's sections."""
    return (block.level if block.kind in ("heading", "title") else 0) or 2


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    """The heading of the first of several parts that are evaluations of their own: "Part I. Small ports"."""
    words = "|".join(re.escape(w) for w in sorted(listed("sections", "parts", "words")))
    return re.compile(rf"\s*(?i:{words})\s+(?:I|1|A)\b\s*[-–—:.]?\s*\w")


def _numbered(title: str) -> bool:
    return bool(re.match(r"\s*(?:\d{1,2}(?:\.\d+)*\.?|[IVX]{1,4}\.)\s+\S", title))
