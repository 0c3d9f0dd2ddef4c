"""One page of HTML: the counts, the contents, then each change with its words and, in the margin, where it stands in both versions."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from evaltrail.facsimile import page
from evaltrail.write.difference import _words as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import Change, Comparison, FieldChange, Sighting, Stretch
    from evaltrail.write.difference import Showing

NAME = "html"
ENDINGS = (".html", ".htm")

_LONG = 1500
"""Characters of a text above which only what stands around its changes is shown."""
_FOLDED = 60
"""Changes above which the contents are folded up."""
_FOOT = "Compared by Evaltrail. Statements were matched by their number and words; where likeness alone decided, it says so."
_SIGNS = {
    "changed": '<path d="M2 4h10M2 10h10"/><path d="M9 1.5L12 4 9 6.5M5 7.5L2 10l3 2.5"/>',
    "added": '<path d="M7 1.5v11M1.5 7h11"/>',
    "removed": '<path d="M1.5 7h11"/>',
    "moved": '<path d="M4 13V1.5M1.5 4L4 1.5 6.5 4M10 1v11.5M7.5 10l2.5 2.5 2.5-2.5"/>',
    "renumbered": '<path d="M5 1.5L3.5 12.5M10.5 1.5L9 12.5M1.5 5h11M1.5 9h11"/>',
    "split": '<path d="M1.5 7H6L12 2.5M6 7l6 4.5"/>',
    "merged": '<path d="M12.5 7H8L2 2.5M8 7l-6 4.5"/>',
}
_COLUMNS = (*say.WAYS, "same")
_HEADS = {"same": "The same"}


def written(comparison: Comparison, showing: Showing) -> bytes:
    """The page as UTF-8."""
    return _Page(comparison, showing).text().encode("utf-8")


class _Page:
    def __init__(self, comparison: Comparison, showing: Showing) -> None:
        self.of, self.showing = comparison, showing
        self.listed = [*comparison.changes, *(comparison.running if showing.running else ())]
        self.anchors = {id(c): f"c{n}" for n, c in enumerate(self.listed, 1)}
        self.names = say.names(comparison, showing)

    def text(self) -> str:
        """The whole page."""
        title = self.of.new.title or self.names[1]
        groups = self._groups()
        links = [("summary", "Summary")]
        if groups:
            links += [("contents", "Contents"), ("changes", "Changes")]
        body = self._head(title) + self._summary() + self._contents(groups)
        for n, (key, name, changes) in enumerate(groups):
            # The header leads to the first part.
            mark = '<span id="changes"></span>' if not n else ""
            body += f"{mark}{self._part(key, name, changes)}"
        css = (files("evaltrail.write.difference") / "page.css").read_text(encoding="utf-8")
        return page(f"Changes to {title} · Evaltrail", links, body, _FOOT, css)

    def _groups(self) -> list[tuple[str, str, list[Change]]]:
        """Anchor, heading and changes of each part."""
        some = say.by_part(self.of.changes)
        if self.showing.running:
            some += [(f"Running text: {part}", changes) for part, changes in say.by_part(self.of.running)]
        return [(f"part-{n}", name, changes) for n, (name, changes) in enumerate(some, 1)]

    # Above the changes

    def _head(self, title: str) -> str:
        old, new = self.of.old, self.of.new
        lang = _lang(new.language)
        facts = [("Older version", self.names[0], say.about(old)), ("Newer version", self.names[1], say.about(new))]
        rows = "".join(
            f'<div><dt>{n}</dt><dd>{escape(name)}<span class="small about">{escape(more)}</span></dd></div>' for n, name, more in facts
        )
        said = say.summary(self.of)
        return (
            f'<div class="head"><p class="small">Changes between two versions</p><h1{lang}>{escape(title)}</h1>'
            f'<dl class="facts">{rows}</dl><p class="lead">{escape(said[:1].upper() + said[1:])}.</p></div>\n'
        )

    def _summary(self) -> str:
        notes = "".join(f'<p class="message">{escape(n)}</p>' for n in self.of.notes)
        rest = [x for x in say.aside(self.of, self.showing) if x not in self.of.notes]
        notes += "".join(f'<p class="small also">{escape(x)}</p>' for x in rest)
        tallies = say.in_order(self.of.tallies)
        table = ""
        if tallies:
            columns = [w for w in say.WAYS if any(getattr(t, w) for t in tallies)] + ["same"]
            heads = "".join(f'<th scope="col" class="number">{_HEADS.get(c, c.capitalize())}</th>' for c in columns)
            rows = ""
            for t in tallies:
                cells = "".join(f'<td class="number">{self._count(t.what, c, getattr(t, c))}</td>' for c in columns)
                name = say.NOUNS[t.what][1]
                rows += f'<tr><th scope="row">{name[:1].upper()}{name[1:]}</th>{cells}</tr>'
            table = (
                '<div class="scroll" tabindex="0" role="region" aria-labelledby="counts"><table class="counts">'
                '<caption id="counts" class="small">How many of each kind; a count leads to the first that it counts.</caption>'
                f'<thead><tr><th scope="col">Kind</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
            )
        return f'<section class="part" id="summary"><header><h2>Summary</h2></header>{notes}{table}</section>\n'

    def _count(self, what: str, way: str, number: int) -> str:
        if not number:
            return '<span class="quiet">–</span>'
        first = next(
            (c for c in self.of.changes if (c.what, c.how) == (what, way) or any((a.what, a.how) == (what, way) for a in c.actions)), None
        )
        words = f"{number:,}"
        if first is None:
            return words
        noun = say.NOUNS[what][number != 1]
        return f'<a href="#{self.anchors[id(first)]}" aria-label="{words} {noun} {way}">{words}</a>'

    def _contents(self, groups: Sequence[tuple[str, str, list[Change]]]) -> str:
        if not groups:
            return ""
        rows = ""
        for _, name, changes in groups:
            items = "".join(f'<li>{_sign(c.how)}<a href="#{self.anchors[id(c)]}">{escape(say.heading(c))}</a></li>' for c in changes)
            shown = " open" if len(self.listed) <= _FOLDED else ""
            rows += f"<details{shown}><summary>{escape(name)} ({len(changes):,})</summary><ul>{items}</ul></details>"
        return f'<section class="part" id="contents"><header><h2>Contents</h2></header><div class="toc">{rows}</div></section>\n'

    # The changes

    def _part(self, key: str, name: str, changes: Sequence[Change]) -> str:
        count = f"{len(changes):,} {'change' if len(changes) == 1 else 'changes'}"
        items = "".join(self._change(c) for c in changes)
        head = f"<header><h2>{escape(name)}</h2><p>{count}</p></header>"
        return f'<section class="part" id="{key}">{head}<ol class="changes">{items}</ol></section>\n'

    def _change(self, change: Change) -> str:
        inside = self._inside(change) + "".join(self._action(a) for a in change.actions)
        return (
            f'<li id="{self.anchors[id(change)]}" class="{change.how}"><div class="what"><h3>{escape(_name(change))}</h3>{inside}</div>'
            f'<div class="margin">{self._margin(change)}</div></li>\n'
        )

    def _inside(self, change: Change) -> str:
        out = ""
        if not change.fields and not change.actions:
            out += "".join(self._whole(s, "del", self.of.old.language) for s in change.old)
            out += "".join(self._whole(s, "ins", self.of.new.language) for s in change.new)
        for f in change.fields:
            if f.field == "text":
                for piece, words in say.pieces(change, f):
                    named = f'<b class="piece" lang="en">{escape(piece)}</b> ' if piece else ""
                    out += f'<p class="said" dir="auto"{_lang(self.of.new.language)}>{named}{_words(words)}</p>'
        told = say.context(change)
        out += f'<p class="said context" dir="auto"{_lang(self.of.new.language)}>{escape(told)}</p>' if told else ""
        rest = say.told_fields(change)
        if rest:
            rows = "".join(f'<tr><th scope="row">{escape(say.field_name(f.field))}</th><td>{_value(f)}</td></tr>' for f in rest)
            label = escape(f"Fields of {_name(change)} that changed")
            out += f'<table class="fields" aria-label="{label}"><tbody>{rows}</tbody></table>'
        return out

    @staticmethod
    def _whole(seen: Sighting, tag: str, language: str | None) -> str:
        return f'<p class="said" dir="auto"{_lang(language)}><{tag}>{_lines(seen.text)}</{tag}></p>' if seen.text else ""

    def _action(self, action: Change) -> str:
        at = "; ".join(f"{which} {where}" for which, where in say.places(action))
        small = f'<p class="small">{at}</p>' if at else ""
        head = f"<h4>{_sign(action.how)}{escape(say.heading(action))}</h4>"
        return f'<div class="action">{head}{self._inside(action)}{small}</div>'

    @staticmethod
    def _margin(change: Change) -> str:
        facts = [("Older version" if which == "old" else "Newer version", at) for which, at in say.places(change)]
        matched = say.match(change)
        if matched:
            facts.append(("Matched", matched.removeprefix("matched ")))
        rows = "".join(f"<div><dt>{n}</dt><dd>{escape(v)}</dd></div>" for n, v in facts)
        word = change.how.capitalize()
        return f'<p class="state">{_sign(change.how)}{word}</p>' + (f"<dl>{rows}</dl>" if rows else "")


def _name(change: Change) -> str:
    """What it is called, by both its names where it had another."""
    old, new = [s.name for s in change.old], [s.name for s in change.new]
    if old and new and old != new:
        return f"{say.listed(old)} → {say.listed(new)}"
    return say.listed(new or old)


def _sign(how: str) -> str:
    return f'<svg class="sign {how}" viewBox="0 0 14 14" aria-hidden="true">{_SIGNS[how]}</svg>'


def _lang(language: str | None) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _words(stretches: Sequence[Stretch]) -> str:
    """The stretches of a text; a long one only around what changed."""
    if sum(len(s.text) for s in stretches) > _LONG:
        return _marked(say.excerpted(stretches, 40))
    return _marked((s.how, s.text) for s in stretches)


def _value(f: FieldChange) -> str:
    pieces = say.excerpted(f.words, 40) if f.words else say.value_pieces(f)
    shown = _marked(p for p in pieces)
    if f.old in (None, (), ""):
        return f'<span class="quiet">{say.NOTHING}</span> → {shown}'
    return f'{shown} → <span class="quiet">{say.NOTHING}</span>' if f.new in (None, (), "") else shown


def _marked(pieces: Iterable[tuple[str, str]]) -> str:
    tags = {"removed": "del", "added": "ins"}
    return "".join(f"<{tags[sort]}>{_lines(words)}</{tags[sort]}>" if sort in tags else _lines(words) for sort, words in pieces)
