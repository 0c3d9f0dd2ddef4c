"""An acronym is used and nowhere spelt out.

## What it does
Looks for acronyms in the running text that are neither introduced ("Country Programme Outcome (CPO)") nor in the list of
acronyms. In a paper that spells most of its acronyms out, one that stands behind "the" is named from the second use on, where
it is no part of a longer name ("the ADM Oversight Committee") and no name of a project, a programme or the like.
Common ones of the language ("UN", "COVID-19"), the paper's own organisation and words set in capitals are left out.

## Why it is bad
A reader from outside the organisation, a member of a governing body for one, does not know what is meant.

## Options
- `uses`: how often it must stand in the text of a paper that spells few of its acronyms out (3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import acronyms, spells
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import Said, plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.acronyms import Use
    from evaltrail.check.paper import Paper

RULE = Rule(
    code="LAN001",
    severity="warning",
    sources=("UNEG quality checklist: acronyms are spelt out",),
    papers=ANY,
    options={"uses": 3},
)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe CPO was late. Each CPO had a budget. No CPO was closed.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLe PTBA est en retard. Chaque PTBA a un budget. Aucun PTBA n’est clos.\n",
    (
        "# Evaluation of the water programme\n\n## Acronyms\n\n| CPO | Country Programme Outcome |\n| --- | --- |\n"
        "| DDG | Deputy Director General |\n\n## Findings\n\nThe CPO was late. The DDG was told by the QTRM. The QTRM agreed.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "The Country Programme Outcome (CPO) was late. Each CPO had a budget. No CPO was closed.\n"
    ),
    (
        "# Évaluation du programme\n\n## Constatations\n\n"
        "Le plan de travail et budget annuel (PTBA) est en retard. Chaque PTBA a un budget. Aucun PTBA n’est clos.\n"
    ),
)

_CLAIMS = 5
_MANY = 8
"""Acronyms spelt out by which a paper without a list shows that it means to spell out all."""
_AGAIN = 2
"""Uses from which an acronym behind an article is named in a paper that spells out all others."""
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]{2,}")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each of the most used, and one for the rest."""
    found = acronyms(paper)
    known = frozenset(paper.listed("check_language", "known_acronyms"))
    own = _own_names(paper)
    words = _words(paper)
    defined = {part for d in found.definitions for part in (d, *re.split(r"[/–&-]", d))}
    missing: list[tuple[str, list[Use]]] = []
    thorough = found.listing or sum(d.sure for ds in found.definitions.values() for d in ds) >= _MANY
    article = paper.words_of("check_language", "articles")
    things = frozenset(paper.listed("check_language", "named_things"))
    for name, uses in found.uses.items():
        running = [u for u in uses if u.unit.kind in ("paragraph", "item") and not u.unit.within & _ASIDE]
        few = [u for u in running if not _part_of_name(u, things)] if thorough and len(running) < options["uses"] else []
        enough = len(running) >= options["uses"] or (len(few) >= _AGAIN and _with_article(article, few))
        if not enough or len(name) < _SHORTEST or not name.isupper() or name in known or name in own:
            continue
        parts = [p for p in re.split(r"[/–&-]", name) if p]
        if name in defined or name.lower() in words or any(c.isdigit() for c in name):
            continue
        if len(parts) > 1:
            continue
        if (name.endswith("S") and name[:-1] in defined) or f"{name}S" in defined or _is_name(name, words) or _on_page(paper, name, uses):
            continue
        missing.append((name, running))
    missing.sort(key=lambda pair: -len(pair[1]))
    for name, all_uses in missing[:_CLAIMS]:
        yield Message(
            say("The acronym {acronym} is used {times} and not spelt out.", acronym=name, times=_times(len(all_uses))),
            _at(paper, all_uses[0]),
        )
    rest = missing[_CLAIMS:]
    if rest:
        names = tuple(name for name, _ in rest[:6])
        more = plural(len(rest) - 6, " and {number} more", " and {number} more") if len(rest) > 6 else ""
        yield Message(
            say("Further acronyms are used and not spelt out: {acronyms}{more}.", acronyms=names, more=more),
            _at(paper, rest[0][1][0]),
            related=tuple(Related(name, _at(paper, uses[0])) for name, uses in rest[1:]),
        )
    if not missing and len(found.definitions) >= _SHORTEST:
        first = next(d for ds in found.definitions.values() for d in ds)
        yield Message(say("The acronyms used are spelt out."), paper.at(first.unit, first.start, first.end), right=True)


def _part_of_name(use: Use, things: frozenset[str]) -> bool:
    """Whether a word with a capital follows, or the kind of thing that is called so stands beside it ("the COMPASS project")."""
    after = use.unit.text[use.end : use.end + 40].split(None, 1)
    before = use.unit.text[max(0, use.start - 20) : use.start].split()
    beside = {before[-1].lower()} if before else set()
    if after and use.unit.text[use.end : use.end + 1].isspace():
        if after[0][:1].isupper():
            return True
        beside.add(after[0].strip(".,;:()").lower())
    return bool(beside & things)


def _with_article(article: re.Pattern[str] | None, uses: list[Use]) -> bool:
    """Whether an article stands before the acronym somewhere: names of firms and things seldom have one."""
    before = (u.unit.text[max(0, u.start - 6) : u.start] for u in uses)
    return article is not None and any(m.end() == len(b.rstrip()) for b in before for m in article.finditer(b))


def _times(n: int) -> Said:
    return say("once") if n == 1 else say("twice") if n == 2 else say("{number} times", number=n)


def _is_name(name: str, words: frozenset[str]) -> bool:
    """Whether the capitals may be a name that is spoken as a word and not an acronym: long, with vowels."""
    del words
    return len(name) > _SPOKEN and sum(c in "AEIOUY" for c in name) * 3 >= len(name)


def _on_page(paper: Paper, name: str, uses: tuple[Use, ...]) -> bool:
    """Whether a page has it in brackets or at the beginning of a line of a list, or it stands with a sum of money."""
    bracket = re.compile(
        rf"[(\[“\"]\s*(?:[A-Z][\w.&-]*\s){{0,2}}{re.escape(name)}\+?s?\s*[)\],;/”\"]"
        rf"|^\W*{re.escape(name)}\+?s?\s*(?:[:–—=(-]|\s{{2,}}|$)",
        re.MULTILINE,
    )
    line = re.compile(rf"^{re.escape(name)}\s+(\S.*)$", re.MULTILINE)
    if any(re.search(rf"{name}\s?\d|\d\s?{name}", u.unit.text) for u in uses[:5]):
        return True
    for page in paper.record.pages:
        if name in page.text:
            if bracket.search(page.text):
                return True
            if any(spells(name, m[1]) or spells(name, " ".join(m[1].split()[: len(name)])) for m in line.finditer(page.text)):
                return True
    return False


_SPOKEN = 4
_ASIDE = frozenset({"references", "contents", "foreign", "annex"})


def _at(paper: Paper, use: Use) -> tuple[Any, ...]:
    return paper.at(use.unit, use.start, use.end)


def _own_names(paper: Paper) -> frozenset[str]:
    """Acronyms in the paper's own organisation, symbol and title: its readers know them."""
    text = " ".join(filter(None, (paper.record.document.organisation, paper.record.document.symbol, paper.record.document.title)))
    return frozenset(_WORD.findall(text))


def _words(paper: Paper) -> frozenset[str]:
    """Words that the paper also writes in small letters or with one capital, so that capitals are only their setting."""
    small: set[str] = set()
    for piece in set("\n".join(u.text for u in paper.units).split()):
        if piece.isalpha() and piece.islower():
            small.add(piece)
        elif not piece.isupper():
            small.update(w.lower() for w in _WORD.findall(piece) if not w.isupper())
    return frozenset(small)
