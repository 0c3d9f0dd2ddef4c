"""What statements rest on and lead to, as the paper states it, and what of its body speaks of the same."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from evaltrail.check.grounds import all_terms, share, terms, words_with
from evaltrail.check.once import once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation, Statement

MOSTLY = 0.6
"""Share of the statements of a kind with a stated link from which on the paper is one that states them."""
_ANSWERS = frozenset({"recommendations", "response", "decision", "contents"})
"""What is no ground for a recommendation."""
_FEWEST = 5
"""Different words that a statement must have to be told apart from the rest."""
_RICH = 600
"""Different words of a body from which on a statement whose words are not in it stands alone."""
_ALONE = 0.45
_OTHERS = 0.55
"""Share of the usual statement's share below which one stands alone."""


def stated(paper: Paper, evaluation: Evaluation, kind: str, *, into: bool) -> tuple[list[Statement], list[Statement]]:
    """Whole statements of a kind with and without a link that the text states or a person made.

    Args:
        paper: the paper.
        evaluation: whose statements.
        kind: their kind.
        into: whether links to them count, from findings and conclusions; else links from them to recommendations or conclusions.
    """
    links = paper.links_to if into else paper.links_from
    having: list[Statement] = []
    lacking: list[Statement] = []
    for s in evaluation.statements:
        if s.kind != kind or s.parent is not None:
            continue
        family = (s, *paper.parts.get(s.id, ()))
        known = any(x.basis != "proposed" and x.kind in ("supports", "leads_to") for t in family for x in links.get(t.id, ()))
        (having if known else lacking).append(s)
    return having, lacking


def body_terms(paper: Paper, *without: str) -> frozenset[str]:
    """Stems of the words of the paper outside its recommendations, responses and decisions, and outside further roles."""
    left_out = _ANSWERS | frozenset(without)
    return frozenset().union(*(own for within, own in _terms_by_roles(paper).items() if not within & left_out))


@once
def _terms_by_roles(paper: Paper) -> dict[frozenset[str], frozenset[str]]:
    """Stems by what the headings above make of the text."""
    texts: dict[frozenset[str], list[str]] = {}
    for u in paper.units:
        texts.setdefault(frozenset(u.within), []).append(u.text)
    return {within: all_terms(own, paper.language) for within, own in texts.items()}


def standing_alone(
    paper: Paper, statements: Sequence[Statement], body: frozenset[str], *, most: float = _ALONE
) -> list[tuple[Statement, list[str]]]:
    """Statements whose words the body does not have, each with the words that are not there, as they stand.

    In a long body a small share of words in common is enough to say so; in a short one a statement is held against
    the usual share of the others.

    Args:
        paper: the paper.
        statements: those that are looked at.
        body: stems of what they may rest on.
        most: share of a statement's words in the body, 0 to 1, below which one can stand alone.
    """
    own = [(s, terms(s.text, paper.language)) for s in statements]
    shares = [share(t, body) for _, t in own]
    found = []
    for (s, t), part in zip(own, shares, strict=True):
        if len(t) < _FEWEST:
            continue
        usual = median(shares) if len(shares) >= 3 else 0.0
        least = most if len(body) >= _RICH else min(most, _OTHERS * usual)
        if part < least:
            found.append((s, words_with(s.text, t - body)))
    return found
