"""The trail of an evaluation: what a record says about which statement rests on which."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evaltrail.record import Recommendation, Response
from evaltrail.write.charts._chart import Look
from evaltrail.write.charts._trail_parts import Trail, TrailBreak, TrailLine, TrailNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from evaltrail.record import Evaluation, Statement
    from evaltrail.write.charts._trail_parts import Column, Sign

_COLUMNS: dict[str, Column] = {
    "finding": "findings",
    "conclusion": "conclusions",
    "lesson": "conclusions",
    "good_practice": "conclusions",
    "recommendation": "recommendations",
    "response": "responses",
}
_SIGNS: dict[str | None, Sign] = {"accepted": "accepted", "partially_accepted": "partially_accepted", "rejected": "rejected"}


def trail_of(
    evaluation: Evaluation,
    *,
    evidence: Mapping[str, Sequence[str]] | None = None,
    recommendations: Collection[str] | None = None,
    look: Look | None = None,
) -> Trail:
    """The trail that the links of a record make.

    Args:
        evaluation: its statements, links and answers. Parts of a recommendation count as the whole; lessons and good practices stand
            among the conclusions, and only where something follows from them.
        evidence: what each finding cites, by the finding's id; None: a record does not say, and the column is left out.
        recommendations: ids of those whose threads are wanted; None: everything. The way to divide a long trail.
        look: the words.

    A line breaks off before a conclusion that rests on no finding, before a recommendation that rests on nothing, after a
    recommendation without an answer where others have one, and after an answer that accepts and promises nothing.  Where a paper has no
    finding, or no answer at all, nothing is said to be missing there.
    """
    made = _Made(evaluation, evidence, look or Look())
    trail = Trail(tuple(made.nodes()), tuple(made.lines()), tuple(made.breaks()))
    return trail if recommendations is None else _threads(trail, set(recommendations))


class _Made:
    """The parts of one evaluation's trail."""

    def __init__(self, evaluation: Evaluation, evidence: Mapping[str, Sequence[str]] | None, look: Look) -> None:
        self.look = look
        self.evidence = evidence
        by_id = {s.id: s for s in evaluation.statements}
        self.whole = {s.id: _whole(s, by_id) for s in evaluation.statements}
        joined = {i for link in evaluation.links for i in (self.whole.get(link.from_), self.whole.get(link.to)) if i is not None}
        kept = [s for s in evaluation.statements if self.whole[s.id] == s.id]
        self.statements = [s for s in kept if s.kind not in ("lesson", "good_practice") or s.id in joined]
        self.labels = Counter(s.label for s in self.statements)
        self.columns = {s.id: _COLUMNS[s.kind] for s in self.statements}
        self.found = dict.fromkeys(self._found(evaluation))

    def _found(self, evaluation: Evaluation) -> Iterator[TrailLine]:
        """The lines between statements; a stated one of the same ends counts before a proposed one."""
        ends: dict[tuple[str, str], bool] = {}
        for link in evaluation.links:
            # A response is said to answer; the line runs from what it answers to it.
            a, b = (link.to, link.from_) if link.kind == "answers" else (link.from_, link.to)
            pair = (self.whole.get(a, a), self.whole.get(b, b))
            ends[pair] = ends.get(pair, True) and link.basis == "proposed"
        for s in self.statements:
            for answer in s.answers if isinstance(s, Response) else ():
                if answer.record is None:
                    ends[self.whole.get(answer.id, answer.id), s.id] = False
        order = ["evidence", "findings", "conclusions", "recommendations", "responses", "actions"]
        for (a, b), proposed in ends.items():
            if a in self.columns and b in self.columns and order.index(self.columns[a]) < order.index(self.columns[b]):
                yield TrailLine(a, b, proposed)

    def nodes(self) -> Iterator[TrailNode]:
        for s in self.statements:
            for k, cited in enumerate((self.evidence or {}).get(s.id, ()) if s.kind == "finding" else ()):
                yield TrailNode(f"{s.id}/evidence/{k}", "evidence", "", cited)
            yield self._node(s)
            for k, action in enumerate(s.actions if isinstance(s, Response) else ()):
                label = " ".join(p for p in (action.number, action.status) if p)
                yield TrailNode(f"{s.id}/action/{k}", "actions", label, action.text, action.due or "")

    def _node(self, s: Statement) -> TrailNode:
        if isinstance(s, Response):
            label = self.look.word(s.verdict or "unclear")
            return TrailNode(s.id, "responses", label, s.text, sign=_SIGNS.get(s.verdict, ""))
        number = (s.number or "").strip(" .():")
        short = len(number) <= 6 and number
        label = f"{self.look.word(f'{s.kind}_letter')}{number}" if short and number[0].isdigit() else (number or self._own_label(s))
        note = self.look.word(s.priority) if isinstance(s, Recommendation) and s.priority in ("high", "medium", "low") else ""
        return TrailNode(s.id, self.columns[s.id], label, s.text, note)

    def _own_label(self, s: Statement) -> str:
        """The label as printed, unless others have the same: "Findings" over each of many tells them not apart."""
        return s.label if s.label and self.labels[s.label] == 1 else ""

    def lines(self) -> Iterator[TrailLine]:
        yield from self.found
        for s in self.statements:
            for k in range(len((self.evidence or {}).get(s.id, ())) if s.kind == "finding" else 0):
                yield TrailLine(f"{s.id}/evidence/{k}", s.id)
            for k in range(len(s.actions) if isinstance(s, Response) else 0):
                yield TrailLine(s.id, f"{s.id}/action/{k}")

    def breaks(self) -> Iterator[TrailBreak]:
        there = set(self.columns.values())
        rests = {line.end for line in self.found}
        answered = {line.start for line in self.found if self.columns[line.end] == "responses"}
        word = self.look.word
        for s in self.statements:
            if s.kind == "finding" and self.evidence is not None and not self.evidence.get(s.id):
                yield TrailBreak(s.id, "evidence", word("no_evidence"))
            if s.kind == "conclusion" and "findings" in there and s.id not in rests:
                yield TrailBreak(s.id, "findings", word("no_finding"))
            if s.kind == "recommendation" and there & {"findings", "conclusions"} and s.id not in rests:
                concluded = "conclusions" in there
                yield TrailBreak(
                    s.id, "conclusions" if concluded else "findings", word("no_conclusion") if concluded else word("no_finding")
                )
            if s.kind == "recommendation" and "responses" in there and s.id not in answered:
                yield TrailBreak(s.id, "responses", word("no_response"))
            if isinstance(s, Response) and s.verdict in ("accepted", "partially_accepted") and not s.actions:
                yield TrailBreak(s.id, "actions", word("no_action"))


def _whole(s: Statement, by_id: Mapping[str, Statement]) -> str:
    """The statement of which another is a part, of whatever depth; a circle of parts ends where it began."""
    seen = {s.id}
    while s.parent is not None and s.parent in by_id and s.parent not in seen:
        s = by_id[s.parent]
        seen.add(s.id)
    return s.id


def _threads(trail: Trail, wanted: set[str]) -> Trail:
    """What leads to the wanted recommendations and what follows from them."""
    kept = {n.id for n in trail.nodes if n.id in wanted}
    for back in (True, False):
        edge = set(kept & wanted)
        while edge:
            edge = {(x.start if back else x.end) for x in trail.lines if (x.end if back else x.start) in edge} - kept
            kept |= edge
    return Trail(
        tuple(n for n in trail.nodes if n.id in kept),
        tuple(x for x in trail.lines if x.start in kept and x.end in kept),
        tuple(b for b in trail.breaks if b.node in kept),
    )
