"""The ledger of a response matrix or form: who recommended what, what is answered, what is promised.

A table (or a form in running text) is read from top to bottom and told to the ledger line by line; the ledger knows
which recommendation, which response and which action are being spoken of, so that a unit or a date finds its owner.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Candidate, Promise
from evaltrail.read.recognise.words import fold, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.recognise.sections import Setting

FIELD_OF = {"unit": "responsible", "priority": "priority", "time": "time", "due": "time", "resources": "resources"}
"""Meaning of a column -> field of a recommendation."""
ENDS = '.!?;)”"'
"""Marks that end what stands in a cell."""
_CONTINUED = re.compile(r"^\W*(?:continued|cont(?:inuation|['’]?d)?\.?|suite|fin|continuación|continuação)\b\W*$")
_PLACEHOLDER = re.compile(r"^[\W_]*$")


@dataclass(slots=True)
class Ledger:
    """What a form has said so far, and what it is speaking of."""

    setting: Setting
    order: int = 0
    """Index of the block that is being read."""
    criteria: tuple[str, ...] = ()
    found: list[Candidate] = field(default_factory=list)
    group: list[Candidate] = field(default_factory=list)
    """The recommendations that are spoken of: one, or the numbered ones of a lettered block."""
    top: Candidate | None = None
    """The last recommendation that is not part of another."""
    letter: str = ""
    """The block's letter where its recommendations count from 1 in each block."""
    response: Candidate | None = None
    promise: Promise | None = None
    prompt: Text | None = None
    number: str | None = None
    """Number of a recommendation that is spoken of by its number alone."""
    used: bool = False
    steps: int = 0

    def go_on_from(self, before: Ledger) -> None:
        """Speak of what another ledger spoke of last."""
        self.group, self.letter, self.top, self.number = before.group, before.letter, before.top, before.number
        self.response, self.promise, self.prompt = before.response, before.promise, before.prompt

    @property
    def recommendation(self) -> Candidate | None:
        """The last recommendation spoken of."""
        return self.group[-1] if self.group else None

    def position(self) -> float:
        """Place in reading order of what is found next."""
        self.steps += 1
        return self.order + self.steps / 100000

    def state(self, kind: str, text: Text, *, number: str | None = None, label: str | None = None, within: bool = False) -> Candidate:
        """A statement; ``within`` adds a recommendation to the block that is spoken of."""
        self.used = True
        candidate = Candidate(
            kind,
            text,
            self.position(),
            self.setting,
            "row",
            number=number,
            label=label,
            criteria=self.criteria,
            group=("table", self.order, kind),
        )
        self.found.append(candidate)
        if kind == "recommendation":
            candidate.parent = self._parent(number)
            self.top = self.top if candidate.parent is not None else candidate
            self.number = None
            self.group = [*self.group, candidate] if within else [candidate]
            self.letter = self.letter if within else ""
            self.response = self.promise = self.prompt = None
        return candidate

    def _parent(self, number: str | None) -> Candidate | None:
        """The recommendation of which a number is a part: 1.2 of 1."""
        top = self.top
        return (
            top
            if top is not None and top.number and number and re.fullmatch(rf"{re.escape(top.number)}\.(?:\d{{1,2}}|[a-z])", number)
            else None
        )

    def repeats(self, kind: str, number: str | None, text: Text) -> bool:
        """Whether a label is that of the recommendation spoken of, printed again on the next page or with "continued"."""
        last = self.recommendation
        if kind != "recommendation" or number is None or last is None or last.number != number:
            return False
        words, known = fold(text.text), fold(last.text.text)
        return bool(_CONTINUED.match(words)) or words[:60] == known[:60]

    def refer(self, number: str) -> None:
        """Speak of a recommendation that stands elsewhere, by its number."""
        self.group, self.letter, self.number = [], "", number
        self.response = self.promise = self.prompt = None

    def ask(self, prompt: Text) -> None:
        """Something that is answered without being a statement of the paper."""
        self.prompt = prompt
        self.group, self.letter, self.number = [], "", None
        self.response = self.promise = None

    def respond(self, text: Text, numbers: Sequence[str] = (), *, verdict: bool = False) -> None:
        """Words of an answer: to what is spoken of, or to ``numbers``; ``verdict`` tells that they only say yes or no."""
        if _says_nothing(text):
            return
        self.used = True
        answer = self.response
        if numbers:
            named = [self.letter + n for n in numbers]
            if answer is not None and answer.basis == "verdict" and set(answer.answers) <= set(named):
                # The verdict stood in a field of its own before the words that name what they answer.
                answer.text, answer.basis, answer.answers = text, "row", named
            else:
                self._answer(text, named, "row")
            return
        if answer is None:
            answer = self._answer(text, None, "verdict" if verdict else "row")
            answer.verdict = text if verdict else None
        elif verdict:
            answer.verdict = answer.verdict or text
        elif answer.basis in ("verdict", "action"):
            answer.text, answer.basis = text, "row"
        else:
            answer.text = join([answer.text, text], "\n")

    def _answer(self, text: Text, numbers: list[str] | None, basis: str) -> Candidate:
        answer = Candidate(
            "response", text, self.position(), self.setting, basis, group=("table", self.order, "response"), prompt=self.prompt
        )
        if numbers is None:
            # An answer to a whole block goes to its first; those that are named have answers of their own.
            answer.target = self.group[0] if self.group else None
            numbers = [answer.target.number] if answer.target is not None and answer.target.number else [self.number] if self.number else []
        else:
            answer.target = next((c for c in self.group if c.number in numbers), None)
        answer.answers = numbers
        self.found.append(answer)
        self.response, self.promise = answer, None
        return answer

    def answers_for(self, organisation: str) -> None:
        """Say whose the answer is that is spoken of, where several organisations answer."""
        if self.response is not None:
            self.response.label = organisation

    def act(self, promise: Promise) -> None:
        """An action of the answer that is spoken of; it is the answer where none was given in words."""
        if _PLACEHOLDER.match(promise.text.text):
            return
        self.used = True
        if self.response is None:
            if not self.group and self.prompt is None and self.number is None:
                return
            self._answer(promise.text, None, "action")
        if self.response is not None:
            self.response.actions.append(promise)
        self.promise = promise

    def tell(self, meaning: str, text: Text) -> bool:
        """A field of the action that is spoken of, else of the recommendations; False where there is none to take it."""
        if (
            meaning in ("deliverables", "status", "due", "unit", "resources")
            and self.promise is not None
            and getattr(self.promise, meaning) is None
        ):
            setattr(self.promise, meaning, text)
            return True
        name = FIELD_OF.get(meaning)
        if name is None or not self.group:
            return False
        for c in self.group:
            c.fields.setdefault(name, text)
        self.used = True
        return True

    def add(self, meaning: str, text: Text) -> None:
        """A further line of a field of the action that is spoken of."""
        if self.promise is None:
            return
        have = getattr(self.promise, meaning)
        setattr(self.promise, meaning, text if have is None else join([have, text], "\n" if meaning == "deliverables" else "; "))


def _says_nothing(text: Text) -> bool:
    words = fold(text.text).strip(" .:")
    return not words or words in listed("statements", "none") or bool(_PLACEHOLDER.match(words))


def on_next_page(before: Text, text: Text) -> bool:
    """Whether a text begins on a later page than that on which the one before it ends."""
    return bool(before.pieces and text.pieces) and before.pieces[-1].page < text.pieces[0].page
