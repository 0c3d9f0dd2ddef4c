"""One version of a paper with what a comparison asks of it: names of its things, pages, lines and paragraphs of its places."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from evaltrail.record import Sighting, Version
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Action, AnyStatement, Evaluation, Place, Rating, Record

NOUNS = {
    "finding": "Finding",
    "conclusion": "Conclusion",
    "lesson": "Lesson",
    "good_practice": "Good practice",
    "recommendation": "Recommendation",
    "response": "Response",
}


class Sighted:
    """A record as one of two versions."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.paged = len(record.pages) > 1 or any(p.height for p in record.pages)
        self.statements: list[AnyStatement] = [s for e in record.evaluations for s in e.statements]
        self.part_of = [n for n, e in enumerate(record.evaluations) for _ in e.statements]
        """Index of the evaluation of each statement."""
        self.at = {s.id: i for i, s in reversed(list(enumerate(self.statements)))}
        """id -> index of the statement."""
        self.names, self.order = self._named()
        """Name of each statement, and its place among those of its kind in its part, from 1."""
        self._paragraphs = self._paragraphs_by_page()
        self._lines: list[int] | None = None

    def version(self) -> Version:
        """What the paper is."""
        d = self.record.document
        return Version(
            title=d.title,
            symbol=d.symbol,
            organisation=d.organisation,
            language=d.language,
            date=d.date,
            sha256=d.sha256,
            media_type=d.media_type,
            pages=len(self.record.pages) if self.paged else 0,
            statements=len(self.statements),
        )

    def statement(self, index: int) -> Sighting:
        """A statement as this version has it."""
        s = self.statements[index]
        return self.sighting(self.names[index], s.places, s.text, s.id)

    def sighting(self, name: str, places: Sequence[Place] = (), text: str = "", id_: str | None = None) -> Sighting:
        """Something as this version has it, with the page, line and paragraph of its first words."""
        first = places[0] if places else None
        return Sighting(
            id=id_,
            name=name,
            page=first.page if first and self.paged else None,
            line=self._line(first) if first else None,
            paragraph=self._paragraph(first) if first else None,
            text=text,
        )

    def _line(self, place: Place) -> int | None:
        if self.record.document.media_type not in ("text/plain", "text/markdown") or self.paged or not self.record.pages:
            return None
        if self._lines is None:
            text = self.record.pages[0].text
            self._lines = [i for i, c in enumerate(text) if c == "\n"]
        return bisect_right(self._lines, place.start) + 1

    def _paragraphs_by_page(self) -> dict[int, list[tuple[int, int, str]]]:
        out: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for p in self.record.paragraphs:
            for place in p.places:
                out[place.page].append((place.start, place.end, p.number))
        for some in out.values():
            some.sort()
        return out

    def _paragraph(self, place: Place) -> str | None:
        some = self._paragraphs.get(place.page, [])
        n = bisect_right(some, (place.start + 1, -1, "")) - 1
        return some[n][2] if n >= 0 and some[n][0] <= place.start < some[n][1] else None

    def _named(self) -> tuple[list[str], list[int]]:
        order: list[int] = []
        counts: Counter[tuple[int, str, str | None]] = Counter()
        for i, s in enumerate(self.statements):
            counts[self.part_of[i], s.kind, s.parent] += 1
            order.append(counts[self.part_of[i], s.kind, s.parent])
        return [self._name(i, order) for i in range(len(order))], order

    def _name(self, i: int, order: list[int]) -> str:
        s, noun, place = self.statements[i], NOUNS[self.statements[i].kind], order[i]
        if s.kind == "response":
            answered = [self._plain_name(self.at[a.id]) for a in s.answers if a.record is None and a.id in self.at]
            if answered:
                return f"{noun} to {answered[0]}" + (f" and {len(answered) - 1} more" if answered[1:] else "")
            if s.label and fold(s.label).startswith(("recommendation", "recommandation", "recomend")):
                return f"{noun} to {s.label}"
        if s.number or s.label:
            return self._plain_name(i)
        whole = self.at.get(s.parent) if s.parent else None
        if whole is not None and whole != i:
            above = self.statements[whole]
            named = self._plain_name(whole) if above.number or above.label else f"{NOUNS[above.kind]} ({ordinal(order[whole])})"
            return f"{named}, point {place}"
        return f"{noun} ({ordinal(place)}, not numbered)"

    def _plain_name(self, i: int) -> str:
        s = self.statements[i]
        if s.label and (not s.number or fold(s.number) in fold(s.label)):
            return s.label
        return f"{s.label or NOUNS[s.kind]} {s.number}" if s.number else s.label or NOUNS[s.kind]


def ordinal(number: int) -> str:
    """'1st', '2nd', '11th'."""
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def part_name(evaluation: Evaluation) -> str:
    """'Part I: Support to small ports'."""
    return ": ".join(x for x in (evaluation.label, evaluation.title) if x)


def rating_name(rating: Rating) -> str:
    """'Rating of relevance', with the project or country where it is not the whole's."""
    what = rating.criterion_as_printed or rating.criterion or "what is not named"
    return f"Rating of {what[:1].lower() + what[1:]}" + (f", {rating.of}" if rating.of else "")


def action_name(action: Action, place: int) -> str:
    """'Action 2.1'; '1st action, not numbered'."""
    return f"Action {action.number}" if action.number else f"{ordinal(place)} action"
