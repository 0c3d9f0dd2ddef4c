"""Whether a written file says what its record says: compared are the facts that a reader can see, and the words of the whole paper.

A kind of paper that prints every statement is compared fact by fact. One that shortens (a brief, a summary) prints other words than
the record has, so the words that it was composed of are looked for in the file, and the file's words in those. All files of one
paper also have to say the same among themselves.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from evaltrail.record import discrepancies, facts
from evaltrail.text.normal import squeeze
from evaltrail.write.house import House
from evaltrail.write.model import Contents, Figure, Frame, Heading, Item, Paragraph, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail.record import Discrepancy, Passage, Record

WHOLE = frozenset({"governing-body", "report"})
"""Kinds that print everything that their record holds."""
ANSWERED = ("recommendation", "response", "overall response", "evaluation")
"""What a response matrix prints of its record."""
SHOWN = 240
"""Characters of a value that a difference shows."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that only the record, or only the file, says."""

    form: str
    kind: str
    said: str
    """By the record; empty: nothing."""
    read: str
    """In the file; empty: nothing."""

    def to_data(self) -> dict[str, str]:
        """For a job's result."""
        return asdict(self)


def compared(record: Record, kind: str, house: House | None = None) -> int:
    """How many facts and paragraphs a file of this kind is compared with."""
    whole = kind in {*WHOLE, "response-matrix"}
    said = sum(n for fact, n in facts(record).items() if _printed(fact.kind, record, kind)) if whole else 0
    return said + sum(1 for b in _blocks(compose(Order(record, kind, house or House())).blocks) if _flat(b))


def differences(record: Record, back: Record, kind: str, form: str, house: House | None = None) -> list[Difference]:
    """What a file that was read back says otherwise than the record that it was written from; empty where they say the same."""
    found: list[Difference] = []
    if kind in {*WHOLE, "response-matrix"}:
        found += told(_unsaid(d for d in discrepancies(record, back) if _printed(d.fact.kind, record, kind)), form)
    return [*found, *_words(record, back, kind, form, house or House())]


def among(backs: dict[str, Record]) -> list[Difference]:
    """What the files of one paper say otherwise than the first of them."""
    (first, one), *others = backs.items()
    return [
        d
        for form, other in others
        for d in told((x for x in discrepancies(one, other) if len(one.evaluations) > 1 or x.fact.kind != "evaluation"), f"{first}, {form}")
    ]


def _unsaid(found: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Without labels and printed words that the record leaves to the paper: who wrote "high" did not say how it is printed."""
    every = list(found)
    open_ = {(d.fact.kind, d.fact.of) for d in every if d.lost and d.fact.value is None and d.fact.kind.endswith((".label", " as printed"))}
    return [d for d in every if (d.fact.kind, d.fact.of) not in open_]


def told(found: Iterable[Discrepancy], form: str) -> list[Difference]:
    """Discrepancies as people read them."""
    out = []
    for d in found:
        words = _line(d.fact.of, d.fact.value)
        out.append(Difference(form, d.fact.kind, words if d.lost else "", "" if d.lost else words))
    return out


def _line(of: str, value: Any) -> str:
    values = value if isinstance(value, tuple) else (value,)
    shown = ", ".join(str(v) for v in values if v not in (None, ())) or "–"
    line = f"{' '.join(of.split())[: SHOWN // 2]}: {shown}" if of else shown
    return " ".join(line.split())[:SHOWN]


def _printed(fact: str, record: Record, kind: str) -> bool:
    """Whether a paper of the kind prints such facts as the record has them, and adds none of its own."""
    if fact == "decision" or (fact == "paragraph" and not record.paragraphs):
        # The paper numbers its paragraphs, and its decision may be in any words: those are compared as words.
        return False
    if fact == "evaluation" and len(record.evaluations) == 1:
        # A paper on one evaluation has no parts, so that its own title stands for it.
        return False
    if kind == "response-matrix":
        # Answers stand beside what they answer and have no label of their own.
        return fact.partition(".")[0] in ANSWERED and fact != "response.label"
    return True


def _words(record: Record, back: Record, kind: str, form: str, house: House) -> Iterator[Difference]:
    """Blocks of the paper that the file lacks, and passages of the file that the paper lacks."""
    blocks = [" ".join(b.split()) for b in _blocks(compose(Order(record, kind, house)).blocks)]
    passages = [" ".join(p.split()) for p in _passages(back)]
    file, paper = _joined([back.document.title, *passages, *(p.text for p in back.pages)]), _joined(blocks)
    for block in blocks:
        if _flat(block) not in file:
            yield Difference(form, "words", block[:SHOWN], "")
    for passage in passages:
        if _flat(passage) not in paper:
            yield Difference(form, "words", "", passage[:SHOWN])


def _joined(words: Iterable[str]) -> str:
    return "".join(_flat(w) for w in words)


def _flat(words: str) -> str:
    # A hyphen at a line's end may be the paper's or the word's, and bullets are drawn by the program that shows the file.
    return "".join(c for c in squeeze(words) if c.isalnum())


def _blocks(blocks: Iterable[Any]) -> Iterator[str]:
    for b in blocks:
        match b:
            case Frame():
                yield from _blocks(b.blocks)
            case Heading() | Paragraph() | Item():
                yield f"{b.marker} {plain(b.words)}"
            case Table():
                yield plain(b.caption)
                yield from (plain(w) for c in b.cells for w in c.paragraphs)
            case Figure():
                yield plain(b.caption)
                yield from _blocks([b.data] if b.data is not None else [])
            case Contents():
                yield plain(b.title)
            case _:
                pass


def _passages(back: Record) -> Iterator[str]:
    for p in back.passages:
        if "aside" not in p.within:
            yield from _of(p)


def _of(p: Passage) -> Iterator[str]:
    yield f"{p.marker} {p.text}"
    for c in p.cells:
        yield from c.text.split("\n")
