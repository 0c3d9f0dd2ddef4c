"""Fields: instructions that are not printed, results that are, and the contents list (ECMA-376 part 1, 17.16)."""

from __future__ import annotations

from dataclasses import dataclass

_CONTENTS = ("TOC", "TOA", "INDEX", "RD")
_UNPRINTED = ("XE", "TC", "TA", "RD", "ASK", "SET", "PRIVATE")


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    in_result: bool = False

    @property
    def name(self) -> str:
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""


class Fields:
    """The fields open at a point of the text; they nest, and may span paragraphs."""

    def __init__(self) -> None:
        """No field open."""
        self._open: list[_Field] = []

    @property
    def hidden(self) -> bool:
        """Whether text here is an instruction or the result of a field that prints nothing."""
        return any(not f.in_result or f.name in _UNPRINTED for f in self._open)

    @property
    def in_contents(self) -> bool:
        """Whether text here is part of a contents list, a list of tables or an index."""
        return any(f.in_result and f.name in _CONTENTS for f in self._open)

    @property
    def calls_note(self) -> bool:
        """Whether text here is the number of a note that is called once more (NOTEREF)."""
        return bool(self._open) and self._open[-1].in_result and self._open[-1].name == "NOTEREF"

    def mark(self, kind: str | None) -> None:
        """A field character: begin, separate or end."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        """Part of an instruction."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += text
