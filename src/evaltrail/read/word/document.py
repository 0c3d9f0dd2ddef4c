"""One DOCX to an outline."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.read.formats import Unreadable
from evaltrail.read.markup import printed
from evaltrail.read.markup.draft import Composer, Draft
from evaltrail.read.markup.finish import finish
from evaltrail.read.markup.headings import promoted, title_at
from evaltrail.read.markup.page import HEAD_BLOCKS, joined_footnotes
from evaltrail.read.word.body import Reader
from evaltrail.read.word.graphics import read_chart, read_diagram
from evaltrail.read.word.numbering import Numbering
from evaltrail.read.word.package import W, local, val
from evaltrail.read.word.styles import Styles
from evaltrail.record import Diagnostic
from evaltrail.text.symbols import symbol_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.read.outline import Outline
    from evaltrail.read.word.package import Package

_CHANGES = {"ins": "insertion", "moveTo": "insertion", "del": "deletion", "moveFrom": "deletion"}
_GENERIC_TITLE = re.compile(
    r"^$|^(?:microsoft word\b.*|document\d*|untitled.*|sans titre.*|template.*|.*\.docx?|.*\.dotx?|\W+)$", re.IGNORECASE
)


class _DocumentReader(Reader):
    """A reader that knows the package's parts."""

    def __init__(self, package: Package, composer: Composer, styles: Styles, numbering: Numbering) -> None:
        super().__init__(composer, styles, numbering)
        self._package = package
        self.part = package.main

    def graphic(self, kind: str, key: str) -> None:
        """Read a chart's values or a diagram's words where they are anchored."""
        target = self._package.relations(self.part).get(key)
        if target is None:
            return
        root = self._package.xml(target[1])
        if root is None:
            return
        (read_chart if kind == "chart" else read_diagram)(self, root)


def read(package: Package, out: Outline) -> None:
    """Fill the outline from the package."""
    root = package.xml(package.main)
    body = next((el for el in root if local(el) == "body"), None) if root is not None else None
    if root is None or body is None:
        raise Unreadable("bad-format", "its main document has no body. Open it in Word and save a copy")
    styles = Styles(package.related_xml("styles"))
    numbering = Numbering(package.related_xml("numbering"), styles)
    composer = Composer()
    reader = _DocumentReader(package, composer, styles, numbering)
    _note_forms(package, reader, root)
    main = composer.into
    running = _furniture(package, reader, "header")
    composer.into, reader.part = main, package.main
    reader.story(body)
    composer.end()
    notes = _notes(package, reader)
    running += _furniture(package, reader, "footer")
    out.pages[0].text = composer.text
    printed.tidy(main, notes)
    out.blocks = promoted(finish(main))
    out.footnotes = joined_footnotes(finish(notes))
    out.language = _language(reader, package)
    out.title = _title(out, package)
    out.symbol = symbol_of((b.text for b in out.blocks[:HEAD_BLOCKS]), running, out.pages[0].text)
    out.diagnostics.extend(_noticed(root, package))


def _furniture(package: Package, reader: _DocumentReader, kind: str) -> list[str]:
    """Running headers or footers: on the page's text once each, in no block. Their lines."""
    seen: set[str] = set()
    before = len(reader.composer.text)
    reader.aside = True
    for name in dict.fromkeys(package.related(package.main, kind)):
        root = package.xml(name)
        words = "".join(root.itertext()).strip() if root is not None else ""
        if root is None or not words or words in seen:
            continue
        seen.add(words)
        reader.part = name
        reader.composer.into = []
        reader.story(root)
        reader.composer.end()
    reader.aside = False
    return reader.composer.text[before:].splitlines()


def _note_forms(package: Package, reader: Reader, root: Element) -> None:
    """Number formats of footnotes and endnotes: the document's settings, else the first section that has its own."""
    settings = package.related_xml("settings")
    for kind in ("footnote", "endnote"):
        for where in (settings, root):
            found = where.find(f".//{W}{kind}Pr/{W}numFmt") if where is not None else None
            if found is not None and val(found):
                reader.note_forms[kind] = val(found) or "decimal"
                break


def _notes(package: Package, reader: _DocumentReader) -> list[Draft]:
    """Drafts of the notes that the text calls, in the order in which it calls them."""
    out: list[Draft] = []
    bodies: dict[tuple[str, str], Element] = {}
    parts: dict[str, str] = {}
    for kind in ("footnote", "endnote"):
        for name in package.related(package.main, f"{kind}s")[:1]:
            root = package.xml(name)
            parts[kind] = name
            for el in root.iterfind(f"{W}{kind}") if root is not None else ():
                bodies[kind, val(el, "id") or ""] = el
    reader.composer.into = out
    called = 0
    # A note may call another note, so the list grows while it is read.
    while called < len(reader.notes):
        note = reader.notes[called]
        called += 1
        body = bodies.pop((note.kind, note.id), None)
        if body is None:
            continue
        reader.part, reader.note = parts[note.kind], note.number
        reader.story(body)
        reader.composer.end()
    reader.note = None
    return out


def _language(reader: Reader, package: Package) -> str | None:
    """ISO 639-1 code that Word's proofing has for most of the text."""
    votes: Counter[str] = Counter()
    for tag, count in reader.languages.items():
        votes[tag.lower().replace("_", "-").split("-")[0]] += count
    if votes:
        return votes.most_common(1)[0][0][:3]
    settings = package.related_xml("settings")
    declared = val(settings.find(f"{W}themeFontLang")) if settings is not None else None
    return declared.lower().split("-")[0][:3] if declared else None


def _title(out: Outline, package: Package) -> str:
    """Words of the title block, else the title in the properties where it says something."""
    titles = [b.text for b in out.blocks if b.kind == "title"]
    if titles:
        return titles[0]
    largest = title_at(out.blocks)
    if largest is not None:
        out.blocks[largest] = replace(out.blocks[largest], kind="title", level=0)
        return out.blocks[largest].text
    core = next((name for kind, name in package.relations("").values() if kind == "core-properties"), None)
    root = package.xml(core) if core is not None else None
    declared = next((" ".join((el.text or "").split()) for el in root if local(el) == "title"), "") if root is not None else ""
    return "" if _GENERIC_TITLE.match(declared) else declared


def _noticed(root: Element, package: Package) -> list[Diagnostic]:
    """Diagnostics on tracked changes, comments and embedded files, with counts."""
    out: list[Diagnostic] = []
    counts = Counter(_CHANGES[name] for el in root.iter(*(f"{W}{n}" for n in _CHANGES)) if (name := local(el)) and _is_change(el))
    if counts:
        said = " and ".join(f"{n} {kind}{'s' if n != 1 else ''}" for kind, n in sorted(counts.items(), reverse=True))
        out.append(
            Diagnostic(code="tracked-changes", message=f"The document holds tracked changes ({said}); it is read as if all were accepted.")
        )
    comments = package.related_xml("comments")
    number = sum(1 for _ in comments.iterfind(f"{W}comment")) if comments is not None else 0
    if number:
        said = f"{number} comments, which are" if number > 1 else "1 comment, which is"
        out.append(Diagnostic(code="comments", message=f"The document holds {said} not read."))
    embedded = sum(1 for _ in root.iter(f"{W}altChunk"))
    if embedded:
        said = f"{embedded} embedded files" if embedded > 1 else "1 embedded file"
        out.append(Diagnostic(code="embedded-files", message=f"The document holds {said}, not read: save it anew in Word.", lost=True))
    return out


def _is_change(el: Element) -> bool:
    """Whether an insertion or deletion holds something: words, a paragraph's end or a table row."""
    parent = el.getparent()
    return len(el) > 0 or (parent is not None and local(parent) in {"rPr", "trPr"})
