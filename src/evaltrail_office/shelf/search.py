"""Search over statements and passages: an index beside the database, derived from it and made anew from it.

Workers alone write it. Whoever searches reads it and asks the database about every hit before it is shown, so that an index that is behind
shows less, never more.
"""

from __future__ import annotations

import fcntl
import functools
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy
from django.conf import settings

from evaltrail_office.accounts.access import visible
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Document
from evaltrail_office.shelf.places import Rectangle, around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser

    from evaltrail.record import Page, Place, Record
    from evaltrail_office.accounts.models import User

LAYOUT = "2"
"""Changes with the fields below; an index of another layout is left aside and made anew."""
STEMMED = {"en": "english", "fr": "french", "es": "spanish", "pt": "portuguese"}
_FIELDS = ("plain", *(f"text_{code}" for code in STEMMED))
PASSAGE = "passage"
LOOKED_AT = 2000
"""Hits that are asked of the database at most, before a search says that there may be more."""
_HEAP = 50_000_000


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found, in a document that the person may see."""

    document: Document
    kind: str
    """Of a statement, or ``passage``."""
    id: str
    """Of the statement; of a passage its place in the record's list."""
    label: str
    text: str
    page: int | None
    marks: tuple[tuple[int, int], ...] = ()
    """Spans of the text that were looked for: first code point and one past the last."""
    score: float = 0.0
    part: str = ""
    """Title of the evaluation that it belongs to, where the paper holds several."""
    box: Rectangle | None = None
    """Where it stands on that page; None where the paper has no pages."""


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of hits, best first."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    """Whether another page follows."""
    seen: int = 0
    """Hits up to the end of this page."""
    query: str = ""
    faults: tuple[str, ...] = field(default=())
    """What of the query says nothing, in words for people."""


def search(
    user: User | AnonymousUser, query: str, *, kinds: Iterable[str] = (), evaluation: str = "", limit: int = 20, offset: int = 0
) -> Hits:
    """Statements and passages with the words of the query, best first; only of documents that the person may see.

    Words in quotation marks stand beside each other; a word after a minus sign stands nowhere in it. Accents, case and endings do not
    matter.
    ``kinds`` limits to kinds of statement, or to ``passage``; ``evaluation`` to the papers of one evaluation.
    """
    asked = _asked(query)
    index = _reader()
    if not asked or index is None:
        faults = () if asked or not query.strip() else ("There is no word to search for: write at least one, as in: repair contracts",)
        return Hits(query=query, faults=faults)
    found: list[Hit] = []
    allowed: dict[str, Document | None] = {}
    for rows in _ranked(index.searcher(), _narrowed(index, asked, kinds, evaluation), max(50, 2 * (offset + limit))):
        new = {_first(row, "document") for _, row in rows} - allowed.keys()
        shown = {d.key: d for d in visible(user, Document.objects.select_related("source").filter(key__in=new))} if new else {}
        allowed.update({key: shown.get(key) for key in new})
        for score, row in rows:
            document = allowed[_first(row, "document")]
            if document is not None:
                found.append(_hit(document, row, score))
        if len(found) > offset + limit:
            break
    words = _words(asked)
    page = tuple(_marked(hit, words) for hit in found[offset : offset + limit])
    return Hits(page, len(found) > offset + limit, offset + len(page), query)


def index(document: Document) -> None:
    """Ask a worker to index a document anew, after the transaction. ``store.put`` asks for every new version."""
    # Without a key: a job under way may have read the version before.
    enqueue("shelf.index", {"document": document.key}, asked_by="system:search", priority=-1)


def rebuild() -> None:
    """Ask a worker to make the whole index anew from the database."""
    enqueue("shelf.reindex", {}, asked_by="system:search", key="reindex", priority=-2)


def write(documents: Iterable[Document], *, anew: bool = False) -> int:
    """Index documents, in a worker; one that is gone from the database is to be dropped by ``drop``. Returns rows written.

    Raises ``OSError`` where the disk is full; the index stays as it was.
    """
    count = 0
    with _writer(anew=anew) as writer:
        for document in documents:
            writer.delete_documents_by_term("document", document.key)
            for row in _rows(document, store.record_of(document)):
                writer.add_document(tantivy.Document.from_dict(row))
                count += 1
    return count


def drop(key: str) -> None:
    """Take a document out of the index, in a worker."""
    with _writer() as writer:
        writer.delete_documents_by_term("document", key)


def folder() -> Path:
    """Where the index is."""
    return Path(settings.DATA) / "search" / LAYOUT


@contextmanager
def _writer(*, anew: bool = False) -> Iterator[Any]:
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    # One writer at a time, of all processes; the system lets the lock go when one is killed.
    with (place.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (place / ".tantivy-writer.lock").unlink(missing_ok=True)
        damaged = False
        try:
            opened = _open(place)
        except ValueError:
            # A damaged index is worth nothing: all of it stands in the database.
            damaged = True
            shutil.rmtree(place)
            place.mkdir(mode=0o700)
            opened = _open(place)
        writer = opened.writer(_HEAP, num_threads=1)
        try:
            if anew:
                # Readers see the old rows until the new ones are there.
                writer.delete_all_documents()
            yield writer
        except BaseException:
            writer.rollback()
            raise
        writer.commit()
        writer.wait_merging_threads()
        if damaged and not anew:
            # What this writer brought is only a part of it.
            rebuild()


@functools.lru_cache(maxsize=4)
def _opened(place: Path, made: float) -> tantivy.Index:  # noqa: ARG001 - another index at the same place has another time
    return _open(place)


def _reader() -> tantivy.Index | None:
    """The index, as it was last committed; None where nothing was indexed yet."""
    place = folder()
    try:
        made = (place / "meta.json").stat()
    except FileNotFoundError:
        return None
    opened = _opened(place, place.stat().st_ctime_ns if made else 0)
    opened.reload()
    return opened


def _open(place: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    for name in ("document", "kind", "id"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("evaluation", tokenizer_name="raw", index_option="basic")
    for name in ("label", "text", "part", "box"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("page", stored=True)
    builder.add_text_field("plain", tokenizer_name="plain")
    for code in STEMMED:
        builder.add_text_field(f"text_{code}", tokenizer_name=f"text_{code}")
    opened = tantivy.Index(builder.build(), path=str(place))
    opened.register_tokenizer("plain", _analyzer(""))
    for code, language in STEMMED.items():
        opened.register_tokenizer(f"text_{code}", _analyzer(language))
    return opened


def _analyzer(language: str) -> tantivy.TextAnalyzer:
    """Words in lower case without accents; of a known language without their endings."""
    built = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.remove_long(60)).filter(tantivy.Filter.lowercase())
    )
    if language:
        # The stemmer knows words with their accents.
        built = built.filter(tantivy.Filter.stemmer(language))
    return built.filter(tantivy.Filter.ascii_fold()).build()


def _rows(document: Document, record: Record) -> Iterator[dict[str, Any]]:
    """What is found of a record: every statement, and every passage that is none."""
    language = (record.document.language or "")[:2]
    field_name = f"text_{language}" if language in STEMMED else "plain"
    keys = {p.record_id: p.evaluation_key for p in document.parts.all()}
    titles = {e.id: e.title or e.label or "" for e in record.evaluations} if len(record.evaluations) > 1 else {}
    pages = {p.number: p for p in record.pages}
    stated: list[Place] = []
    for evaluation in record.evaluations:
        for s in evaluation.statements:
            stated += s.places
            row = {"kind": s.kind, "id": s.id, "label": s.label or s.number or "", "page": s.places[0].page if s.places else 0}
            row |= {"part": titles.get(evaluation.id, ""), "box": _box(pages, s.places)}
            yield {**row, "document": document.key, "evaluation": keys.get(evaluation.id, ""), "text": s.text, field_name: s.text}
    by_page: dict[int, list[Place]] = {}
    for place in stated:
        by_page.setdefault(place.page, []).append(place)
    every = sorted(set(keys.values()) - {""})
    for n, passage in enumerate(record.passages):
        text = passage.text or "\n".join(c.text for c in passage.cells if c.text)
        if not text.strip() or _holds(passage.places, by_page):
            continue
        places = passage.places or tuple(p for c in passage.cells for p in c.places)
        own = [keys[passage.evaluation]] if passage.evaluation in keys else every
        row = {"kind": PASSAGE, "id": str(n), "label": passage.marker, "page": places[0].page if places else 0}
        row |= {"part": titles.get(passage.evaluation or "", ""), "box": _box(pages, places)}
        yield {**row, "document": document.key, "evaluation": own, "text": text, field_name: text}


def _box(pages: Mapping[int, Page], places: Sequence[Place]) -> str:
    """The rectangle on the first page of these places, in per cent of the page: ``12.5 30 70.2 8``; empty for a paper without pages."""
    sheet = pages.get(places[0].page) if places else None
    found = around(sheet, places) if sheet is not None else None
    return " ".join(f"{v:g}" for v in (found.x, found.y, found.width, found.height)) if found is not None else ""


def _holds(places: Iterable[Place], stated: Mapping[int, list[Place]]) -> bool:
    """Whether a statement stands in these places: it is found itself, with its label and number."""
    return any(p.start <= s.start < p.end for p in places for s in stated.get(p.page, ()))


_TERM = re.compile(r'(-?)(?:"([^"]+)"|([^\s"]+))')


def _asked(query: str) -> list[tuple[bool, list[str]]]:
    """What is looked for: for each word or phrase whether it is to be there, and its words."""
    asked = [(not minus, re.findall(r"\w+", phrase or word)) for minus, phrase, word in _TERM.findall(query[:1000])]
    asked = [(there, words) for there, words in asked if words][:40]
    return asked if any(there for there, _ in asked) else []


def _narrowed(
    index: tantivy.Index, asked: list[tuple[bool, list[str]]], kinds: Iterable[str], evaluation: str
) -> tuple[tantivy.Query, ...]:
    """What is looked for first, and what after it: what has all of the words comes before what has some."""
    parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
    for there, words in asked:
        # Made of word signs alone: the parser finds nothing in it to take for an operator.
        quoted = '"' + " ".join(words) + '"' if len(words) > 1 else f'"{words[0]}"'
        parts.append((tantivy.Occur.Should if there else tantivy.Occur.MustNot, index.parse_query_lenient(quoted, list(_FIELDS))[0]))
    only: list[tuple[tantivy.Occur, tantivy.Query]] = []
    wanted = sorted(set(kinds))
    if wanted:
        only.append((tantivy.Occur.Must, tantivy.Query.const_score_query(tantivy.Query.term_set_query(index.schema, "kind", wanted), 0.0)))
    if evaluation:
        of = tantivy.Query.term_query(index.schema, "evaluation", evaluation)
        only.append((tantivy.Occur.Must, tantivy.Query.const_score_query(of, 0.0)))
    queries = [tantivy.Query.boolean_query([(tantivy.Occur.Must, tantivy.Query.boolean_query(parts)), *only])]
    if len([1 for there, _ in asked if there]) > 1:
        # Asked in one, each would be weighed for every statement with some of the words, which takes three times as long.
        full = tantivy.Query.boolean_query([(tantivy.Occur.Must if o == tantivy.Occur.Should else o, q) for o, q in parts])
        queries.insert(0, tantivy.Query.boolean_query([(tantivy.Occur.Must, tantivy.Query.boost_query(full, 4.0)), *only]))
    return tuple(queries)


def _ranked(searcher: tantivy.Searcher, queries: Iterable[tantivy.Query], step: int) -> Iterator[list[tuple[float, Any]]]:
    """Rows with their scores, so many at a time: those of the first query, then those of the next that were not among them."""
    seen: set[tuple[int, int]] = set()
    looked = 0
    for wanted in queries:
        at = 0
        while looked < LOOKED_AT:
            hits = searcher.search(wanted, step, offset=at, count=False).hits
            new = [(score, address) for score, address in hits if (address.segment_ord, address.doc) not in seen]
            seen.update((address.segment_ord, address.doc) for _, address in new)
            at, looked = at + step, looked + step
            yield [(score, searcher.doc(address)) for score, address in new]
            if len(hits) < step:
                break


def _first(row: Any, name: str) -> str:
    return str(row.get_first(name) or "")


def _hit(document: Document, row: Any, score: float) -> Hit:
    return Hit(
        document,
        _first(row, "kind"),
        _first(row, "id"),
        _first(row, "label"),
        _first(row, "text"),
        row.get_first("page") or None,
        (),
        score,
        _first(row, "part"),
        Rectangle(*map(float, box.split())) if (box := _first(row, "box")) else None,
    )


@functools.cache
def _stems() -> dict[str, tantivy.TextAnalyzer]:
    return {language: _analyzer(language) for language in ("", *STEMMED.values())}


def _words(asked: list[tuple[bool, list[str]]]) -> dict[str, set[str]]:
    """The words that are to be there as each language's index knows them."""
    every = " ".join(word for there, words in asked if there for word in words)
    return {language: set(analyzer.analyze(every)) for language, analyzer in _stems().items()}


def _marked(hit: Hit, words: dict[str, set[str]]) -> Hit:
    language = STEMMED.get(hit.document.language[:2], "")
    stem = _stems()[language]
    spans = (m.span() for m in re.finditer(r"\w+", hit.text) if set(stem.analyze(m.group())) & words[language])
    return replace(hit, marks=tuple(spans))
