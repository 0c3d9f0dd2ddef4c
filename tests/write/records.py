"""Records for the tests of writing: drafts as an office holds them, and papers with all their passages.

A record is sound only if what is derived in it (normal values, verdicts, parts, periods) is what its words say.  Here that is
done by asking the readers' own normalising functions, so that a test that writes and reads tells of writing and reading alone.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from evaltrail.read.recognise.bodies import asked_of
from evaltrail.read.recognise.deadlines import time_of
from evaltrail.read.recognise.decisions import paragraph_ranges
from evaltrail.read.recognise.fields import normal
from evaltrail.read.recognise.units import units
from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail.record import (
    Action,
    Answer,
    AsPrinted,
    Decision,
    DocumentInfo,
    Evaluation,
    Footnote,
    Observation,
    OverallResponse,
    Period,
    Rating,
    Recommendation,
    Record,
    Response,
)
from evaltrail.text.dates import period_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from evaltrail.record import AnyStatement

_spec = importlib.util.spec_from_file_location("write_sentences", Path(__file__).with_name("sentences.py"))
assert _spec is not None
assert _spec.loader is not None
words = importlib.util.module_from_spec(_spec)
sys.modules["write_sentences"] = words
_spec.loader.exec_module(words)

_KINDS = {"finding": "f", "conclusion": "c", "lesson": "l", "good_practice": "g"}
_LETTERS = "abcdefgh"


@dataclass
class _Writer:
    """Draws sentences of one language and fills them in; no sentence of a pool twice, so that no statement repeats another."""

    rng: Random
    words: Any
    said: set[str] = field(default_factory=set)
    evaluations: int = 1

    def figures(self) -> dict[str, str]:
        """Values of the slots."""
        rng = self.rng
        first = rng.randint(2010, 2018)
        last, due = first + rng.randint(2, 6), rng.randint(2026, 2030)
        n = rng.randint(3, 12)
        m, big = n + rng.randint(2, 9), rng.randint(101, 9899)
        return {
            "n": str(n),
            "m": str(m),
            "pct": str(rng.randint(6, 94)),
            "big": f"{big:,}",
            "big2": f"{big + 100:,}",
            "big2n": str(m * 10 + 40),
            "y0": str(first),
            "y1": str(last),
            "y1s": f"{last % 100:02}",
            "y2": str(due),
            "y2s": f"{(due + 1) % 100:02}",
            "y3": str(due + 3),
            "place": rng.choice(words.PLACES),
        }

    def say(self, pool: tuple[str, ...]) -> str:
        """A sentence that was not said before, as long as the pool has one."""
        left = [s for s in pool if s not in self.said] or list(pool)
        chosen = self.rng.choice(left)
        self.said.add(chosen)
        filled: str = chosen.format(**self.figures()) if "{" in chosen else chosen
        return filled

    def has(self, pool: tuple[str, ...], made: int = 0) -> bool:
        """Whether an evaluation that has made so many statements of a pool may take another.

        Each has its share of what was not said yet: readers take statements of the same words for one.
        """
        return made < max(1, len(pool) // self.evaluations) and any(s not in self.said for s in pool)

    def statement(self, pool: tuple[str, ...], most: int = 3) -> str:
        """One to some sentences, in one to three paragraphs."""
        out = self.say(pool)
        for _ in range(self.rng.randint(0, most)):
            out += self.rng.choice((" ", " ", "\n")) + self.say(self.words.more)
        return out

    def yes(self, share: float = 0.5) -> bool:
        """Whether something is so, in a share of the cases."""
        return self.rng.random() < share

    def several(self, of: Sequence[Any], least: int, most: int) -> list[Any]:
        """Some of the things, in their order."""
        return sorted(self.rng.sample(list(of), self.rng.randint(least, most)))

    def some(self, most: int, least: int = 0) -> range:
        """A number of times."""
        return range(1, self.rng.randint(least, most) + 1)


@dataclass(frozen=True)
class Shape:
    """What a drawn record may hold."""

    languages: tuple[str, ...] = ("en", "fr", "es")
    evaluations: int = 3
    decisions: bool = True
    verdicts_apart: bool = True
    """Responses whose words do not say whether they accept."""
    answers_to_several: bool = True


PLAIN = Shape()


def records(shape: Shape = PLAIN) -> st.SearchStrategy[Record]:
    """Drafts: sound records without passages."""
    return st.randoms(use_true_random=False).map(lambda rng: draft(rng, shape))


def draft(rng: Random, shape: Shape = PLAIN) -> Record:
    """One draft; a generator of the same seed gives the same."""
    language = rng.choice([x for x in words.LANGUAGES if x.code in shape.languages])
    w = _Writer(rng, language)
    several = w.evaluations = rng.randint(1, shape.evaluations)
    evaluations = [_evaluation(w, n if several > 1 else 0, shape) for n in range(1, several + 1)]
    title = evaluations[0].title if several == 1 else _TITLES[language.code]
    decisions = [_decision(w)] if shape.decisions and w.yes() else []
    return Record(
        document=DocumentInfo(
            title=title,
            symbol=rng.choice((None, "MSO/C.58/PRG/4")),
            organisation=rng.choice((None, "Maritime Skills Organization")),
            language=language.code,
            date=rng.choice((None, "2024", "2024-05", "2024-05-17")),
            state="draft",
        ),
        evaluations=tuple(evaluations),
        decisions=tuple(decisions),
        footnotes=tuple(Footnote(number=str(n), text=w.say(language.notes)) for n in w.some(2)),
    )


_TITLES = {
    "en": "Independent evaluations of the year",
    "fr": "Évaluations indépendantes de l’année",
    "es": "Evaluaciones independientes del año",
}
_ROMAN = ("", "I", "II", "III", "IV")
_PART = {"en": "Part", "fr": "Partie", "es": "Parte"}


def _evaluation(w: _Writer, part: int, shape: Shape) -> Evaluation:
    title = w.say(w.words.titles)
    span = period_of(title, "", w.words.code)
    key = _ROMAN[part] or "1"
    statements: list[AnyStatement] = [s for kind in _KINDS for s in _observations(w, key, kind, least=1 if kind == "finding" else 0)]
    asked = _recommendations(w, key)
    statements += asked
    wholes = [r for r in asked if r.parent is None]
    if w.yes():
        statements += _responses(w, key, wholes, shape)
    return Evaluation(
        id=key,
        label=f"{_PART[w.words.code]} {_ROMAN[part]}" if part else None,
        title=title,
        period=Period.model_validate({"from": span[0], "to": span[1]}) if span else Period(),
        statements=tuple(statements),
        ratings=_ratings(w),
        overall_responses=tuple(_overall(w) for _ in w.some(1)) if any(s.kind == "response" for s in statements) else (),
    )


def _observations(w: _Writer, key: str, kind: str, least: int) -> list[Observation]:
    label = w.rng.choice((None, *w.words.labels[kind]))
    out: list[Observation] = []
    groups = _criteria(w) if kind == "finding" else [()]
    for criteria in groups:
        for _ in w.some(2 if kind == "finding" else 3, least):
            if not w.has(w.words.says[kind], len(out)):
                break
            n = len(out) + 1
            out.append(
                Observation(
                    id=f"{key}.{_KINDS[kind]}{'' if label else 'n'}{n}",
                    kind=kind,
                    number=str(n) if label else None,
                    label=label.format(n=n) if label else None,
                    text=w.statement(w.words.says[kind]),
                    criteria=criteria,
                )
            )
    return out


def _criteria(w: _Writer) -> list[tuple[str, ...]]:
    """Groups of findings: one without a criterion, or some criteria in their order, two of them now and then together."""
    chosen = w.several(range(6), 0, 3)
    names = [list(w.words.criteria)[i] for i in chosen]
    if len(names) == 3 and w.yes():
        return [(names[0],), (names[1], names[2])]
    return [(n,) for n in names] or [()]


def _recommendations(w: _Writer, key: str) -> list[Recommendation]:
    style = w.rng.choice(("1", "1", "1", "A.1"))
    parts = w.rng.choice((None, None, "letter", "decimal", "bullet"))
    out: list[Recommendation] = []
    for n in w.some(4):
        if not w.has(w.words.asks, n - 1):
            break
        number = style.replace("1", str(n))
        lists = parts is not None and not (parts == "decimal" and style != "1") and w.has(w.words.opens) and w.yes()
        own = _parts(w, number, parts or "") if lists else []
        text = (
            "\n".join([w.say(w.words.opens), *(f"{marker} {words}" for _, marker, words in own)]) if own else w.statement(w.words.asks, 2)
        )
        whole = Recommendation(
            id=f"{key}.r{number}",
            number=number,
            label=w.words.labels["recommendation"][0].format(n=number),
            text=text,
            **_fields(w, text),
        )
        out.append(whole)
        out += [
            Recommendation(id=f"{whole.id}.p{i}", parent=whole.id, number=own_number, text=words.rstrip(";,"))
            for i, (own_number, _, words) in enumerate(own, 1)
        ]
    return out


def _parts(w: _Writer, number: str, style: str) -> list[tuple[str | None, str, str]]:
    """(number, marker, words) of two to four parts."""
    out = []
    asked = w.rng.sample(w.words.parts, w.rng.randint(2, min(4, len(w.words.parts))))
    for i, words_of in enumerate(asked):
        end = "." if i == len(asked) - 1 else ";"
        marker = {"letter": f"({_LETTERS[i]})", "decimal": f"{number}.{i + 1}", "bullet": "•"}[style]
        own = {"letter": f"{number}({_LETTERS[i]})", "decimal": marker, "bullet": None}[style]
        out.append((own, marker, words_of.format(**w.figures()) + end))
    return out


def _fields(w: _Writer, text: str) -> dict[str, Any]:
    """Responsible units, priority, time and resources: all of them, some or none, each with its normal value.

    Where no unit or time is printed, what the recommendation's own words say of them stands in the record.
    """
    printed: dict[str, str] = {}
    if w.yes():
        printed["responsible"] = ", ".join(dict.fromkeys(w.say(w.words.units) for _ in w.some(3, 1)))
        for name in ("priority", "time", "resources"):
            if w.yes(0.75):
                printed[name] = w.say(w.words.printed[name])
    for name, says in (("responsible", asked_of), ("time", time_of)):
        span = says(text)
        if name not in printed and span is not None:
            printed[name] = text[slice(*span)]
    return {
        "responsible": units(printed.get("responsible", "")),
        "as_printed": AsPrinted(**printed),
        **{name: normal(name, value) for name, value in printed.items() if name != "responsible"},
    }


def _responses(w: _Writer, key: str, asked: list[Recommendation], shape: Shape) -> list[Response]:
    out: list[Response] = []
    left = list(asked)
    while left:
        together = 2 if shape.answers_to_several and len(left) > 1 and w.rng.choice((False, False, True)) else 1
        of, left = left[:together], left[together:]
        out.append(_response(w, key, of, shape))
    return out


def _response(w: _Writer, key: str, of: list[Recommendation], shape: Shape) -> Response:
    given = w.rng.choice(sorted(w.words.answers))
    text = w.say(w.words.answers[given])
    for _ in w.some(2):
        text += w.rng.choice((" ", "\n")) + w.say(w.words.after)
    verdict = verdict_of(text)
    if verdict == "unclear" and shape.verdicts_apart:
        verdict = w.rng.choice(("unclear", "accepted", "partially_accepted", "rejected"))
    numbers = [r.number or "" for r in of]
    label = w.words.labels["recommendation"][0].format(n=numbers[0])
    if len(numbers) > 1:
        noun, conjunction = label.removesuffix(f" {numbers[0]}"), {"en": "and", "fr": "et", "es": "y"}[w.words.code]
        plural = "es" if noun.endswith("ón") else "s"
        label = f"{noun.replace('ón', 'on') if plural == 'es' else noun}{plural} {f' {conjunction} '.join(numbers)}"
    return Response(
        id=f"{key}.a{numbers[0]}",
        label=label,
        text=text,
        answers=tuple(Answer(id=r.id) for r in of),
        verdict=verdict,
        actions=_actions(w),
    )


def _actions(w: _Writer) -> tuple[Action, ...]:
    """No action or up to three, all with the same columns."""
    columns = w.several(("deliverables", "due", "resources", "status", "unit"), 0, 5)
    pools = {
        "unit": w.words.units,
        "due": w.words.dues,
        "status": w.words.statuses,
        "deliverables": w.words.deliverables,
        "resources": w.words.money,
    }
    numbered = w.yes()
    return tuple(
        Action(
            text=w.say(w.words.actions),
            number=str(n) if numbered else None,
            **{name: w.say(pools[name]) for name in sorted(columns)},
        )
        for n in w.some(3)
    )


def _overall(w: _Writer) -> OverallResponse:
    text = "\n".join(w.say(w.words.overall) for _ in w.some(2, 1))
    return OverallResponse(text=text, verdict=verdict_of(text))


def _ratings(w: _Writer) -> tuple[Rating, ...]:
    if not w.yes():
        return ()
    legend = "1-6: " + "; ".join(f"{n} = {words}" for n, words in enumerate(w.words.scale, 1))
    chosen = w.several(range(6), 2, 6)
    out = []
    for criterion, name in [list(w.words.criteria.items())[i] for i in chosen]:
        value = w.rng.randint(1, 6)
        as_printed = w.words.scale[value - 1]
        out.append(Rating(criterion=criterion, criterion_as_printed=name, value=value, scale=legend, as_printed=as_printed))
    return tuple(out)


def _decision(w: _Writer) -> Decision:
    text = w.say(w.words.decisions)
    return Decision(text=text, refers=tuple(paragraph_ranges(text)))
