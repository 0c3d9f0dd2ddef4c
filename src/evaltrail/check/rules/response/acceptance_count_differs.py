"""The announced numbers of accepted, partly accepted or rejected recommendations are not those of the answers.

## What it does
Reads sentences that count ("accepts five of the seven recommendations fully, and two partially (3 and 5)") and holds each
number, the whole, and the recommendations named against the answers that follow. Answers that do not say whether they
accept could be either, so a difference is reported only where these cannot make up for it.

## Why it is bad
The count is what a governing body quotes. If the answers say otherwise, nobody knows what was accepted.

## Known problems
Counts in more than one sentence, of which each speaks of some recommendations only, are held against all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import of
from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.response import _answer, _counts
from evaltrail.check.unit import part
from evaltrail.check.wording import Said, listed, plural, say
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Evaluation, Place, Response

RULE = Rule(code="RES011", severity="error", sources=("consistency",), papers=WITH_ANSWERS, version=2)

_PAPER = """# Evaluation of the water programme

## Recommendations

Recommendation 1: The Ministry should publish a yearly report on wells.

Recommendation 2: The Ministry should train the water committees.

Recommendation 3: The Ministry should map all wells.

## Management response

{}

### Recommendation 1

Accepted. The Ministry will publish the report in June 2027.

### Recommendation 2

Partially accepted. The Ministry will train some of them, as money is short.

### Recommendation 3

Accepted. The Ministry will map the wells in 2027.
"""
_FRENCH = """# Évaluation du programme de l'eau

Le présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de ce qui en découle pour le ministère.

## Recommandations

Recommandation 1 : Le ministère devrait publier un rapport chaque année.

Recommandation 2 : Le ministère devrait former les comités de l'eau.

## Réponse de la direction

{}

### Recommandation 1

Acceptée. Le ministère publiera le rapport en juin 2027.

### Recommandation 2

Partiellement acceptée. Le ministère formera une partie des comités, car les moyens manquent.
"""
BAD = (
    _PAPER.format("The Ministry accepts all three recommendations fully."),
    _PAPER.format("The Ministry accepts one of the three recommendations fully, and two partially."),
    _FRENCH.format("Le ministère accepte les deux recommandations."),
    _FRENCH.format("Des deux recommandations, le ministère en accepte une et n’en accepte pas une."),
)
GOOD = (
    _PAPER.format("The Ministry accepts two of the three recommendations fully, and one partially (2)."),
    _FRENCH.format("Le ministère accepte entièrement une des deux recommandations, et une partiellement."),
)

_VERDICTS = frozenset({"accepted", "partially_accepted", "rejected"})


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield what each counting sentence says wrongly, or that it is right."""
    del options
    around = _around(paper)
    for evaluation, responses in _answer.by_evaluation(paper):
        said: set[str] = set()
        total = sum(len(r.answers) for r in responses)
        for text, places, of_all in _texts(evaluation, around):
            for sentence in sentences(text):
                claims = None if sentence.text in said else _counts.claims(paper, sentence.text)
                # In running text only a count of all: "three were accepted and implemented" may speak of some.
                if claims is None or not (of_all or total in (claims.whole, sum(c.count for c in claims.of.values()))):
                    continue
                said.add(sentence.text)
                where = part(paper.record.pages, text, tuple(places), sentence.start, sentence.end)
                yield from _compared(paper, evaluation, responses, claims, where)


def _around(paper: Paper) -> Mapping[str, Sequence[Unit]]:
    """Running text that stands around the answers, by evaluation."""
    out: dict[str, list[Unit]] = {}
    only = paper.evaluations[0].id if len(paper.evaluations) == 1 else None
    for u in paper.running:
        if "response" in u.within or paper.genre == "response":
            out.setdefault(only or u.evaluation or "", []).append(u)
    return out


def _texts(evaluation: Evaluation, around: Mapping[str, Sequence[Unit]]) -> Iterator[tuple[str, Sequence[Place], bool]]:
    """Where counts are announced: answers to the evaluation as a whole, else what stands around the answers."""
    for o in evaluation.overall_responses:
        yield o.text, o.places, True
    for u in around.get(evaluation.id, ()):
        yield u.text, u.places, False


def _compared(
    paper: Paper, evaluation: Evaluation, responses: Sequence[Response], claims: _counts.Claims, where: tuple[Place, ...]
) -> Iterator[Message]:
    by_verdict: dict[str, list[Response]] = {}
    for r in responses:
        by_verdict.setdefault(r.verdict or "unclear", []).append(r)
    answered = {k: sum(len(r.answers) for r in v) for k, v in by_verdict.items()}
    open_ = sum(n for v, n in answered.items() if v not in _VERDICTS)
    label = of(evaluation, several=True)
    wrong = False
    for verdict, claim in claims.of.items():
        own = by_verdict.get(verdict, [])
        have = answered.get(verdict, 0)
        if not have <= claim.count <= have + open_:
            wrong = True
            yield Message(
                plural(
                    claim.count,
                    "The text counts {number} {verdict} recommendation{label}; by the answers it is {have}.",
                    "The text counts {number} {verdict} recommendations{label}; by the answers it is {have}.",
                    verdict=_word(verdict, claim.count),
                    label=label,
                    have=have,
                ),
                where,
                related=tuple(Related(say("{name}.", name=_answer.name(paper, r)), r.places[:1]) for r in own),
            )
        elif other := _others(paper, own, claim):
            wrong = True
            yield Message(
                plural(
                    len(claim.numbers),
                    "The text names {numbers} as {verdict}{label}; by the answers it is {others}.",
                    "The text names {numbers} as {verdict}{label}; by the answers it is {others}.",
                    numbers=listed(claim.numbers),
                    verdict=_word(verdict, len(claim.numbers)),
                    label=label,
                    others=other,
                ),
                where,
            )
    total = sum(answered.values())
    if claims.whole is not None and claims.whole != total:
        wrong = True
        yield Message(
            plural(
                claims.whole,
                "The text speaks of {number} recommendation{label}; {total} are answered.",
                "The text speaks of {number} recommendations{label}; {total} are answered.",
                label=label,
                total=total,
            ),
            where,
        )
    if not wrong and not open_:
        counts = listed([say("{number} {verdict}", number=c.count, verdict=_word(v, c.count)) for v, c in claims.of.items()])
        yield Message(say("The count of answers{label} is right: {counts}.", label=label, counts=counts), where, right=True)


def _others(paper: Paper, own: Sequence[Response], claim: _counts.Claim) -> Said | None:
    """The numbers of the recommendations that have the verdict, where the text names others."""
    numbers = [s.number for r in own for s in _answer.answered(paper, r)]
    known = [n for n in numbers if n]
    if not claim.numbers or len(known) < len(numbers) or len(claim.numbers) != len(known) or set(claim.numbers) == set(known):
        return None
    return listed(known)


def _word(verdict: str, number: int) -> Said:
    """What so many recommendations are called that have a verdict."""
    match verdict:
        case "accepted":
            return plural(number, "fully accepted", "fully accepted")
        case "partially_accepted":
            return plural(number, "partly accepted", "partly accepted")
        case _:
            return plural(number, "rejected", "rejected")
