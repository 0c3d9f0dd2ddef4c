"""Words of a paper as inline elements: faces, references, footnotes where they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.markup.akoma.tree import NAMESPACE, put, say
from evaltrail.write.markup.characters import fit
from evaltrail.write.markup.text import lines

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.write.markup.akoma.tree import Places
    from evaltrail.write.model import Paper, Run, Words


class Speaker:
    """Writes words, and remembers what they refer to until every place has its name."""

    def __init__(self, paper: Paper, places: Places) -> None:
        """Nothing is written yet."""
        self.anchors: dict[str, str] = {}
        """Name of the place by the block's anchor."""
        self._paper = paper
        self._places = places
        self._notes: dict[int, str] = {}
        self._refs: list[tuple[Element, str]] = []

    def words(self, el: Element, words: Words) -> None:
        """Write the words into the element."""
        for run in words:
            self._run(el, run)

    def uncalled(self) -> list[int]:
        """Notes that nothing has called so far."""
        return [i for i in range(len(self._paper.notes)) if i not in self._notes]

    def number(self, note: int) -> str:
        """A note's number as printed, its place among the notes where it has none."""
        return fit(self._paper.notes[note].number).strip() or str(note + 1)

    def settle(self) -> None:
        """Set what the references lead to; one that leads nowhere becomes plain words."""
        for el, anchor in self._refs:
            if anchor in self.anchors:
                el.set("href", f"#{self.anchors[anchor]}")
            else:
                el.tag = f"{{{NAMESPACE}}}span"

    def _run(self, el: Element, run: Run) -> None:
        if run.note is not None:
            self._note(el, run.note)
            return
        if not run.text:
            return
        if run.revision is not None:
            el = put(el, "del" if run.revision.removed else "ins")
        if run.to:
            el = put(el, "ref")
            self._refs.append((el, run.to))
        for tag in [t for t, on in (("b", run.bold), ("i", run.italic)) if on]:
            el = put(el, tag)
        first, *rest = run.text.split("\n")
        say(el, first)
        for line in rest:
            put(el, "eol")
            say(el, line)

    def _note(self, el: Element, note: int) -> None:
        """The note itself where it is called first, a mark that refers to it after."""
        if not 0 <= note < len(self._paper.notes):
            return
        marker = self.number(note)
        if note in self._notes:
            put(el, "noteRef", href=f"#{self._notes[note]}", marker=marker, placement="bottom")
            return
        self._notes[note] = self._places.name("authorialNote")
        inner = put(el, "authorialNote", eId=self._notes[note], marker=marker, placement="bottom")
        for line in lines(self._paper.notes[note].words):
            self.words(put(inner, "p"), line)
