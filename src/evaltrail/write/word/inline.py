"""Words as runs: faces, footnote calls, references as fields, scripts that run from right to left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.model import Run, plain
from evaltrail.write.word.xml import escaped, flag, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.write.model import Revision, Words
    from evaltrail.write.word.notes import Notes

_LEFTWARD = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RIGHTWARD = "[A-Za-z\u00c0-\u052f]"
_LEFTWARDS = re.compile(f"({_LEFTWARD}(?:(?!{_RIGHTWARD}).)*)", re.DOTALL)
_RIGHTWARDS = re.compile(f"({_RIGHTWARD}(?:(?!{_LEFTWARD}).)*(?!{_LEFTWARD})[\\w)]|{_RIGHTWARD})", re.DOTALL)
_BREAKS = re.compile(r"(\r\n?|\n|\t|\u00ad)")
_BROKEN = {"\t": "<w:tab/>", "\u00ad": "<w:softHyphen/>"}
_DIRTY = ' w:dirty="true"'


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference may point to: a block with an anchor."""

    bookmark: str
    words: str
    """What the block says: a reference whose words are the same shows them."""
    number: str
    """The block's number where Word counts it, without the stop at its end, else empty."""


@dataclass(slots=True)
class Bookmarks:
    """Bookmarks and their ids, in the order in which they are set."""

    count: int = 0
    names: set[str] = field(default_factory=set)

    def around(self, name: str, inner: str) -> str:
        """The runs in a bookmark."""
        self.count += 1
        self.names.add(name)
        return w("bookmarkStart", id=self.count, name=name) + inner + w("bookmarkEnd", id=self.count)


@dataclass(slots=True)
class Inline:
    """Writes words."""

    notes: Notes
    targets: Mapping[str, Target]
    rtl: bool
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    ink: str = ""
    """Colour of the words as Word writes it, where the ground under them wants one; empty: the style's."""

    def runs(self, words: Words) -> str:
        """The words as runs; notes called one right after the other are parted by a raised comma."""
        out: list[str] = []
        for i, run in enumerate(words):
            if run.note is not None:
                last = bool(out) and i > 0 and words[i - 1].note is not None and not run.text
                out.append(self._calls(run.note, apart=last))
            if run.text:
                out.append(self._referring(run) if run.to else self.text(run))
        return "".join(out)

    def text(self, run: Run, style: str = "") -> str:
        """One run's words in its face, cut where the script's direction changes."""
        runs = "".join(
            f"<w:r>{self._face(run, style, rtl=rtl)}{_characters(piece)}</w:r>" for piece, rtl in self._scripts(run.text) if piece
        )
        return self._tracked(run.revision, runs) if run.revision is not None and runs else runs

    def end(self, words: Words) -> str:
        """Properties of the end of a paragraph: one that was put in or taken out whole goes with its end."""
        first = words[0].revision if words else None
        return w("rPr", self._tracked(first, "")) if first is not None and all(r.revision == first for r in words) else ""

    def _tracked(self, revision: Revision, runs: str) -> str:
        """Runs that were put in or taken out, as Word's review pane shows them; all ids of a document come from one count."""
        self.bookmarks.count += 1
        said: dict[str, str | int] = {"id": self.bookmarks.count, "author": revision.author}
        if revision.date:
            said["date"] = revision.date
        if revision.removed:
            return w("del", runs.replace("<w:t>", "<w:delText>").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>"), **said)
        return w("ins", runs, **said)

    def leading(self) -> str:
        """Marks of the notes that nothing calls and that stand before all that are called."""
        return self._marks(self.notes.after.get(None, []))

    def _scripts(self, text: str) -> Iterator[tuple[str, bool]]:
        if not self.rtl:
            pieces = [text] if text.isascii() else _LEFTWARDS.split(text)
            yield from ((p, bool(i % 2)) for i, p in enumerate(pieces))
            return
        pieces = _RIGHTWARDS.split(text)
        for i in range(1, len(pieces), 2):
            # Both brackets around a name are of one direction, or Word shows them on the same side of it.
            while pieces[i].endswith(")") and pieces[i].count(")") > pieces[i].count("("):
                pieces[i], pieces[i + 1] = pieces[i][:-1], ")" + pieces[i + 1]
        yield from ((p, not i % 2) for i, p in enumerate(pieces))

    def _face(self, run: Run, style: str, *, rtl: bool) -> str:
        props = w("rStyle", val=style) if style else ""
        props += "<w:b/><w:bCs/>" if run.bold else ""
        props += "<w:i/><w:iCs/>" if run.italic else ""
        props += w("color", val=self.ink) if self.ink else ""
        props += flag("rtl", rtl)
        return f"<w:rPr>{props}</w:rPr>" if props else ""

    def _referring(self, run: Run) -> str:
        """Words that refer to a block: Word's cross-reference where it shows just these words, else a link."""
        target = self.targets.get(run.to or "")
        if target is None:
            return self.text(run)
        if target.number and run.text == target.number:
            return self.field(rf" REF {target.bookmark} \n \h ", self.text(run))
        if run.text == target.words:
            return self.field(rf" REF {target.bookmark} \h ", self.text(run))
        return f'<w:hyperlink w:anchor="{target.bookmark}" w:history="1">{self.text(run)}</w:hyperlink>'

    @staticmethod
    def field(instruction: str, result: str, *, dirty: bool = False) -> str:
        """A field with the result that stands until it is updated."""
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"{_DIRTY if dirty else ""}/></w:r>'
            f'<w:r><w:instrText xml:space="preserve">{escaped(instruction)}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def _calls(self, index: int, *, apart: bool) -> str:
        if not 0 <= index < len(self.notes.notes):
            return ""
        comma = _COMMA if apart else ""
        if index in self.notes.begun:
            mark = f"<w:r>{_RAISED}<w:t>{escaped(self.notes.mark(index))}</w:t></w:r>"
            return comma + self.field(rf" NOTEREF _RefNote{self.notes.id(index)} \f \h ", mark)
        self.notes.begun.add(index)
        first = self._mark(index)
        if index in self.notes.again:
            first = self.bookmarks.around(f"_RefNote{self.notes.id(index)}", first)
        more = self.notes.after.get(index, [])
        return comma + first + (_COMMA if more else "") + self._marks(more)

    def _marks(self, indices: list[int]) -> str:
        return _COMMA.join(self._mark(i) for i in indices)

    def _mark(self, index: int) -> str:
        key = self.notes.id(index)
        if index in self.notes.counted:
            return f'<w:r>{_RAISED}<w:footnoteReference w:id="{key}"/></w:r>'
        mark = escaped(self.notes.mark(index))
        return f'<w:r>{_RAISED}<w:footnoteReference w:customMarkFollows="1" w:id="{key}"/><w:t>{mark}</w:t></w:r>'


_COMMA = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>,</w:t></w:r>'
"""Between two marks. Not in their style, or LibreOffice takes it for part of a mark of its own."""
_RAISED = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'


def _characters(text: str) -> str:
    """Characters as ``w:t`` with breaks and tabs between."""
    out = []
    for piece in _BREAKS.split(text):
        if not piece:
            continue
        if piece in _BROKEN:
            out.append(_BROKEN[piece])
        elif piece[0] in "\r\n":
            out.append("<w:br/>")
        else:
            said = escaped(piece)
            keep = ' xml:space="preserve"' if said != said.strip() or "  " in said else ""
            out.append(f"<w:t{keep}>{said}</w:t>")
    return "".join(out)


def words_said(words: Words) -> str:
    """The words as one line."""
    return " ".join(plain(words).split())
