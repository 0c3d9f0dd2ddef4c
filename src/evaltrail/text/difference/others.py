"""What changed beside the statements: the paper itself, its parts, ratings, answers to the whole, decisions, footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from evaltrail.record import Change
from evaltrail.text.difference.fields import Fields
from evaltrail.text.difference.pairs import Thing, pairs
from evaltrail.text.difference.statements import Placed, how
from evaltrail.text.difference.version import part_name, rating_name
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail.record import Compared, Decision, Footnote, Model, OverallResponse, Rating, Sighting
    from evaltrail.text.difference.matching import Matched
    from evaltrail.text.difference.pairs import Pair
    from evaltrail.text.difference.version import Sighted

_T = TypeVar("_T", bound="Model")

_LAST = 1 << 30
"""Order of what is told after all statements of its part."""
_OVERALL = "Response to the evaluation as a whole"
_DOCUMENT = ("symbol", "organisation", "date", "language")


class Others:
    """The rest of two records side by side."""

    def __init__(self, old: Sighted, new: Sighted, same: Matched) -> None:
        self.old, self.new, self.same = old, new, same
        self.typographic = 0
        self.renumbered_footnotes = 0
        self.unchanged: dict[Compared, int] = {}
        """Things of each kind that are the same."""

    def changes(self) -> list[Placed]:
        """All changes of these."""
        out = self._document()
        parts = self.same.part_new
        mine, theirs = self.old.record.evaluations, self.new.record.evaluations
        for i, j in self.same.parts:
            out += self._evaluation(i, j)
            out += self._ratings(mine[i].ratings, theirs[j].ratings, (j, 0), part_name(theirs[j]))
            out += self._overall(mine[i].overall_responses, theirs[j].overall_responses, (j, 0), part_name(theirs[j]))
        for i, e in enumerate(mine):
            if i not in parts:
                at = (min(i, len(theirs)), 1)
                name = part_name(e) or "A part without a title"
                out.append(Placed(at, (-1, 0, i), Change(what="evaluation", how="removed", part=name, old=(self.old.sighting(name),))))
                out += self._ratings(e.ratings, (), at, name)
                out += self._overall(e.overall_responses, (), at, name)
        for j, e in enumerate(theirs):
            if j not in parts.values():
                name = part_name(e) or "A part without a title"
                out.append(Placed((j, 0), (-1, 0, 0), Change(what="evaluation", how="added", part=name, new=(self.new.sighting(name),))))
                out += self._ratings((), e.ratings, (j, 0), name)
                out += self._overall((), e.overall_responses, (j, 0), name)
        return [*out, *self._decisions(), *self._footnotes()]

    def _document(self) -> list[Placed]:
        a, b = self.old.record.document, self.new.record.document
        fields = Fields(texts=self.same.same_language)
        fields.text("title", a.title, b.title)
        for name in _DOCUMENT:
            fields.value(name, getattr(a, name), getattr(b, name))
        fields.unknown(a, b)
        self.typographic += fields.typographic
        if not fields.found:
            return []
        seen = self.old.sighting("The paper", text=a.title), self.new.sighting("The paper", text=b.title)
        return [Placed((-1, 0), (0, 0, 0), Change(what="document", how="changed", old=seen[:1], new=seen[1:], fields=tuple(fields.found)))]

    def _evaluation(self, i: int, j: int) -> list[Placed]:
        a, b = self.old.record.evaluations[i], self.new.record.evaluations[j]
        fields = Fields(texts=self.same.same_language)
        fields.words("label", a.label, b.label)
        fields.text("title", a.title, b.title)
        fields.value("period.from", a.period.from_, b.period.from_)
        fields.value("period.to", a.period.to, b.period.to)
        fields.unknown(a, b)
        self.typographic += fields.typographic
        if not fields.found:
            self._same("evaluation")
            return []
        names = part_name(a) or "The evaluation", part_name(b) or "The evaluation"
        seen = self.old.sighting(names[0]), self.new.sighting(names[1])
        change = Change(
            what="evaluation", how="changed", part=part_name(b) or None, old=seen[:1], new=seen[1:], by="name", fields=tuple(fields.found)
        )
        return [Placed((j, 0), (-1, 0, 0), change)]

    def _ratings(self, old: Sequence[Rating], new: Sequence[Rating], part: tuple[int, int], name: str) -> list[Placed]:
        def named(r: Rating) -> tuple[str, str]:
            return fold(r.criterion or r.criterion_as_printed or ""), fold(r.of or "")

        def compare(a: Rating, b: Rating, fields: Fields) -> None:
            fields.value("value", a.value, b.value)
            if a.value is not None and a.value == b.value and f"{a.value:g}" in (a.as_printed, b.as_printed):
                fields.typographic += a.as_printed != b.as_printed  # the same mark as a word and as a number
            else:
                fields.words("as_printed", a.as_printed, b.as_printed)
            fields.words("scale", a.scale, b.scale)
            fields.words("criterion_as_printed", a.criterion_as_printed, b.criterion_as_printed)
            fields.unknown(a, b)

        return self._listed(
            "rating",
            old,
            new,
            pairs([Thing("", named(r)) for r in old], [Thing("", named(r)) for r in new]),
            compare,
            (
                lambda n: self.old.sighting(rating_name(old[n]), old[n].places, _mark(old[n])),
                lambda n: self.new.sighting(rating_name(new[n]), new[n].places, _mark(new[n])),
            ),
            part=part,
            order=_LAST,
            name=name or None,
        )

    def _overall(self, old: Sequence[OverallResponse], new: Sequence[OverallResponse], part: tuple[int, int], name: str) -> list[Placed]:
        def compare(a: OverallResponse, b: OverallResponse, fields: Fields) -> None:
            fields.words("label", a.label, b.label)
            fields.text("text", a.text, b.text)
            fields.value("verdict", a.verdict, b.verdict)
            fields.unknown(a, b)

        found = self._pairs([(o.text, o.label) for o in old], [(o.text, o.label) for o in new], alone=True)
        return self._listed(
            "overall_response",
            old,
            new,
            found,
            compare,
            (
                lambda n: self.old.sighting(_OVERALL, old[n].places, old[n].text),
                lambda n: self.new.sighting(_OVERALL, new[n].places, new[n].text),
            ),
            part=part,
            order=_LAST + 1,
            name=name or None,
        )

    def _decisions(self) -> list[Placed]:
        old, new = self.old.record.decisions, self.new.record.decisions

        def compare(a: Decision, b: Decision, fields: Fields) -> None:
            fields.value("paragraph", a.paragraph, b.paragraph)
            fields.text("text", a.text, b.text)
            fields.value("refers", _ranges(a), _ranges(b))
            fields.unknown(a, b)

        found = self._pairs([(d.text, d.paragraph) for d in old], [(d.text, d.paragraph) for d in new], alone=True)
        return self._listed(
            "decision",
            old,
            new,
            found,
            compare,
            (
                lambda n: self.old.sighting(_decision_name(old[n]), old[n].places, old[n].text),
                lambda n: self.new.sighting(_decision_name(new[n]), new[n].places, new[n].text),
            ),
            part=(_LAST, 0),
            order=0,
        )

    def _footnotes(self) -> list[Placed]:
        old, new = self.old.record.footnotes, self.new.record.footnotes

        def compare(a: Footnote, b: Footnote, fields: Fields) -> None:
            fields.value("number", a.number, b.number)
            fields.text("text", a.text, b.text)
            fields.unknown(a, b)

        found = self._pairs([(f.text, f.number) for f in old], [(f.text, f.number) for f in new])
        out = self._listed(
            "footnote",
            old,
            new,
            found,
            compare,
            (
                lambda n: self.old.sighting(f"Footnote {old[n].number}", old[n].places, old[n].text),
                lambda n: self.new.sighting(f"Footnote {new[n].number}", new[n].places, new[n].text),
            ),
            part=(_LAST, 1),
            order=0,
        )
        # A note that was put in gives all that follow another number: these are counted.
        kept = [p for p in out if p.change.how != "renumbered"]
        self.renumbered_footnotes = len(out) - len(kept)
        return kept

    # What all have in common

    def _pairs(self, old: Sequence[tuple[str, str | None]], new: Sequence[tuple[str, str | None]], *, alone: bool = False) -> list[Pair]:
        """Pairs by words and name; ``alone``: one that has no other is taken for the same in any case."""
        words = self.same.same_language
        name = "the only one" if alone and len(old) == 1 == len(new) else None
        mine, theirs = ([Thing(text if words else "", name or fold(n or "") or None) for text, n in side] for side in (old, new))
        return pairs(mine, theirs)

    def _listed(  # noqa: PLR0913 - what is compared, how, and where it is told
        self,
        what: Compared,
        old: Sequence[_T],
        new: Sequence[_T],
        found: list[Pair],
        compare: Callable[[_T, _T, Fields], None],
        seen: tuple[Callable[[int], Sighting], Callable[[int], Sighting]],
        *,
        part: tuple[int, int],
        order: int,
        name: str | None = None,
    ) -> list[Placed]:
        out: list[Placed] = []
        new_of = {p.old: p.new for p in found}
        for p in found:
            fields = Fields(texts=self.same.same_language)
            compare(old[p.old], new[p.new], fields)
            self.typographic += fields.typographic
            if not fields.found:
                self._same(what)
                continue
            changed = tuple(fields.found)
            like = round(p.likeness, 3) if self.same.same_language and what != "rating" else None
            change = Change(
                what=what, how=how(changed), part=name, old=(seen[0](p.old),), new=(seen[1](p.new),), by=p.by, likeness=like, fields=changed
            )
            out.append(Placed(part, (order, 2 * p.new + 1, 0), change))
        for i in range(len(old)):
            if i not in new_of:
                before = max((new_of[k] for k in range(i) if k in new_of), default=-1)
                out.append(Placed(part, (order, 2 * before + 2, i), Change(what=what, how="removed", part=name, old=(seen[0](i),))))
        added = sorted(set(range(len(new))) - set(new_of.values()))
        out += [Placed(part, (order, 2 * j + 1, 0), Change(what=what, how="added", part=name, new=(seen[1](j),))) for j in added]
        return out

    def _same(self, what: Compared) -> None:
        self.unchanged[what] = self.unchanged.get(what, 0) + 1


def _mark(r: Rating) -> str:
    if r.value is None:
        return r.as_printed
    value = f"{r.value:g}"
    return f"{value} ({r.as_printed})" if r.as_printed and r.as_printed != value else value


def _decision_name(d: Decision) -> str:
    return f"Decision, paragraph {d.paragraph}" if d.paragraph else "Decision"


def _ranges(d: Decision) -> tuple[str, ...]:
    return tuple(r.from_ if r.from_ == r.to else f"{r.from_}–{r.to}" for r in d.refers)
