"""Whatever sound record is given, no rule breaks off, every remark stands on its page, and every output can be written."""

from __future__ import annotations

import json
import os
from datetime import date
from itertools import product
from time import process_time
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaltrail import sample as sample_paper
from evaltrail.check import check
from evaltrail.check.formats import Checked, Style, formats
from evaltrail.check.profile import Profile, Selection, load, names
from evaltrail.check.report import Report
from evaltrail.check.rule import rules
from evaltrail.check.sheet import sheet
from evaltrail.cli.papers import record_of
from evaltrail.read import read
from evaltrail.record import Conflict, Role, Verdict, edited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.report import Remark
    from evaltrail.record import Place, Record

TODAY = date(2026, 6, 1)
EVERY_RULE = Profile(name="every", title="Every rule", version="1", rules=Selection(select=tuple(rules())))

PIECES = (
    *("Evaluation of the water programme", "Finding 3: ", "Recommendation 2.1 (a)", "Lesson", "5.4.", "Annex B", "Table 2."),
    *("The Ministry should repair 63 per cent of the wells by June 2026.", "See recommendation 99 and paragraphs 7–3.", "Partly accepted"),
    *(
        "five of the seven recommendations fully, and two partially",
        "a total of 30 interviews (12 women, 9 men)",
        "31/02/2021",
        "2014–2019",
    ),
    *("World Food Programme (WFP)", "WFP", "UNEG", "effectiveness was rated 4 on a scale of 1 to 6", "Highly satisfactory", "12,5 %"),
    *("La recommandation 3 devrait être mise en œuvre d’ici à 2027.", "Constatación 4", "Recomendação 2", "oui", "n/a", "TBD", "2014–2019"),
    *("High", "Medium-term", "long-term", "gender equality and human rights", "US$ 1.2 million", "EUR 1 200", "Figure 1:"),
    *(
        "[placeholder]",
        "((",
        ")",
        "“",
        "’s",
        "…",
        "ﬁnding",
        "ẞ İ ǰ",
        "مرحبا",
        "評価",
        "\u00ad",
        "\u200b",
        "e\u0301",
        "𝔘𝔫𝔦𝔬𝔫",
        "1²",
        "٣",
        "Ⅳ",
        "½",
    ),
    *(
        "of the the",
        "approximately",
        "0",
        "00",
        "-1",
        "9" * 30,
        "1.1.1.1.1",
        "a)",
        "•",
        "I.",
        "iv",
        "\n",
        "\n",
        "\t",
        ". ",
        ", ",
        "; ",
        ": ",
    ),
)
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=8).map(" ".join)
ROLES = st.lists(st.sampled_from(get_args(Role)), max_size=2, unique=True)
CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability", "gender", "", "an odd one")
NUMBERS = st.one_of(
    st.none(), st.sampled_from(("1", "2", "2", "3", "3(a)", "4.1", "10", "B", "iv", "", "9" * 30, "9" * 5000, "0", "²", "1-2"))
)
IDS = st.sampled_from(("a", "b", "c", "d", "e", "f", "nowhere", ""))
AMOUNTS = st.one_of(st.sampled_from((0, -1, 1, 2.5, 6, 63, 1e300, 1e-300, 2019)), st.floats(allow_nan=False, allow_infinity=False))
MAYBE_WORDS = st.one_of(st.none(), WORDS)
PRINTED = st.one_of(st.none(), st.sampled_from(("High", "Medium-term", "Low", "Short-term", "élevée", "")), WORDS)
PRINTED_NUMBERS = NUMBERS.map(str)
VERDICTS = st.sampled_from((None, *get_args(Verdict)))
SCALES = ("", "1-6", "6-1", "1-4: 1 = Poor; 2 = Fair; 3 = Good", "-", "1-", "a-b", "1-1: = ;")


FIELDS = ("responsible", "priority", "time", "resources")
Strategy = st.SearchStrategy[Any]


def some(one: Strategy, most: int = 3) -> Strategy:
    return st.lists(one, max_size=most)


class Parts:
    """The parts of a record whose pages hold these texts: each value by its type and each place within its page, and nothing more."""

    def __init__(self, texts: list[str]) -> None:
        sizes = [len(t) for t in texts]
        box = st.tuples(*[st.sampled_from((0, 20.5, 300, -4))] * 4)
        ends = st.integers(1, max(len(sizes), 1)).flatmap(
            lambda page: st.tuples(st.just(page), *[st.integers(0, sizes[page - 1] if sizes else 0)] * 2)
        )
        place = st.tuples(ends, some(box, 2)).map(lambda p: {"page": p[0][0], "start": min(p[0][1:]), "end": max(p[0][1:]), "boxes": p[1]})
        self.places = some(place, 2) if texts else st.just([])
        written = st.one_of(WORDS, st.sampled_from(texts)) if texts else WORDS
        self._stood = st.fixed_dictionaries({"text": written, "places": self.places})

    def words(self, **fields: Strategy) -> Strategy:
        """Words with their places and other fields."""
        return st.tuples(self._stood, st.fixed_dictionaries(fields)).map(lambda two: {**two[0], **two[1]})

    def statement(self) -> Strategy:
        common = {
            "id": IDS,
            "parent": st.one_of(st.none(), IDS),
            "number": NUMBERS,
            "label": MAYBE_WORDS,
            "criteria": some(st.sampled_from(CRITERIA), 2),
        }
        recommendation = self.words(
            kind=st.just("recommendation"),
            responsible=some(st.one_of(st.sampled_from(("WFP", "ILO", "all", "")), WORDS), 2),
            priority=st.sampled_from((None, "high", "low", "strange")),
            time=st.sampled_from((None, "short-term", "long-term", "short-term to long-term", "strange")),
            resources=st.sampled_from((None, "low", "existing", "strange")),
            as_printed=st.fixed_dictionaries(dict.fromkeys(FIELDS, PRINTED)),
            **common,
        )
        response = self.words(
            kind=st.just("response"),
            answers=some(st.fixed_dictionaries({"record": st.sampled_from((None, None, "other")), "id": IDS}), 2),
            prompt=MAYBE_WORDS,
            verdict=VERDICTS,
            actions=some(
                self.words(unit=PRINTED, due=MAYBE_WORDS, status=MAYBE_WORDS, number=NUMBERS, deliverables=MAYBE_WORDS, resources=PRINTED),
                2,
            ),
            **common,
        )
        kinds = st.sampled_from(("finding", "conclusion", "lesson", "good_practice"))
        return st.one_of(self.words(kind=kinds, **common), recommendation, recommendation, response)

    def evaluation(self) -> Strategy:
        rating = st.fixed_dictionaries(
            {
                "criterion": st.one_of(st.none(), st.sampled_from((*CRITERIA, "overall"))),
                "criterion_as_printed": MAYBE_WORDS,
                "of": MAYBE_WORDS,
                "value": st.one_of(st.none(), AMOUNTS),
                "scale": st.one_of(st.sampled_from(SCALES), WORDS),
                "as_printed": WORDS,
                "places": self.places,
            }
        )
        link = {
            "from": IDS,
            "to": IDS,
            "kind": st.sampled_from(("supports", "leads_to", "answers", "implements")),
            "basis": st.sampled_from(("stated", "proposed", "person")),
            "score": st.sampled_from((None, 0, 1)),
            "places": self.places,
        }
        period = {"from": st.sampled_from((None, 2014, 0, -5)), "to": st.sampled_from((None, 2012, 10**12))}
        return st.fixed_dictionaries(
            {
                "id": IDS,
                "label": MAYBE_WORDS,
                "title": WORDS,
                "period": st.fixed_dictionaries(period),
                "statements": some(self.statement(), 6),
                "ratings": some(rating),
                "links": some(st.fixed_dictionaries(link)),
                "overall_responses": some(self.words(label=MAYBE_WORDS, verdict=VERDICTS), 1),
            }
        )

    def passages(self) -> Strategy:
        spans = {"row_span": st.integers(1, 3), "column_span": st.integers(1, 3)}
        cell = self.words(row=st.integers(0, 4), column=st.integers(0, 4), header=st.booleans(), **spans)
        passage = self.words(
            kind=st.sampled_from(("title", "heading", "heading", "paragraph", "paragraph", "item", "table", "table", "caption")),
            level=st.integers(0, 4),
            marker=st.sampled_from(("", "1.", "(a)", "•", "26.", "2.1", "9" * 30, "²")),
            section=st.integers(0, 9),
            heads=ROLES,
            within=ROLES,
            evaluation=st.one_of(st.none(), IDS),
            marks=some(st.fixed_dictionaries({"at": st.integers(0, 400), "number": PRINTED_NUMBERS}), 1),
            cells=some(cell, 6),
            header_rows=st.integers(0, 3),
        )
        # A passage stands under one before it, or under none.
        return some(passage, 8).map(lambda ps: [{**p, "section": p["section"] if p["section"] < i else None} for i, p in enumerate(ps)])

    def quantity(self) -> Strategy:
        return self.words(
            value=AMOUNTS,
            unit=st.sampled_from((None, "percent", "USD", "year", "interviews")),
            of=MAYBE_WORDS,
            upper=st.one_of(st.none(), AMOUNTS),
            bound=st.sampled_from((None, "about", "at_most")),
            out_of=st.one_of(st.none(), AMOUNTS),
            paragraph=st.sampled_from((None, "1", "fn1", "")),
        )

    def record(self) -> dict[str, Strategy]:
        refers = st.fixed_dictionaries({"from": PRINTED_NUMBERS, "to": PRINTED_NUMBERS})
        document = {
            "title": WORDS,
            "symbol": MAYBE_WORDS,
            "language": st.sampled_from((None, "en", "en", "fr", "es", "pt", "de", "zz", "")),
            "media_type": st.sampled_from(("", "text/plain", "application/pdf")),
        }
        return {
            "document": st.fixed_dictionaries(document),
            "evaluations": some(self.evaluation(), 2),
            "decisions": some(self.words(refers=some(refers, 1), paragraph=NUMBERS), 1),
            "paragraphs": some(self.words(number=PRINTED_NUMBERS), 4),
            "footnotes": some(self.words(number=PRINTED_NUMBERS, marks=self.places), 2),
            "quantities": some(self.quantity()),
            "passages": self.passages(),
        }


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A record as a file holds it."""
    texts = draw(some(WORDS))
    size = draw(st.sampled_from(((0, 0), (595, 842))))
    pages = [{"number": i, "width": size[0], "height": size[1], "text": t} for i, t in enumerate(texts, 1)]
    return {"schema": "evaltrail.record/1", "pages": pages, **draw(st.fixed_dictionaries(Parts(texts).record()))}


def sound(data: dict[str, Any]) -> Record:
    """The record as the program takes it in, which refuses what is not sound."""
    return record_of(json.dumps(data).encode())


def spoken_of(remarks: tuple[Remark, ...]) -> Iterator[Place]:
    for r in remarks:
        yield from r.places
        for other in r.related:
            yield from other.places


@pytest.fixture(autouse=True)
def _as_for_users(monkeypatch: pytest.MonkeyPatch) -> None:
    if "EVALTRAIL_DEBUG" not in os.environ:
        monkeypatch.delenv("EVALTRAIL_DEBUG", raising=False)


ANY_RECORD = settings(max_examples=settings().max_examples // 2, suppress_health_check=list(HealthCheck))


@ANY_RECORD
@given(records(), st.sampled_from((None, "report", "summary", "response", "other")))
def test_no_rule_breaks_off_and_every_remark_stands_on_its_page(data: dict[str, Any], genre: Any) -> None:
    record = sound(data)
    report = check(record, profile=EVERY_RULE, genre=genre, today=TODAY)
    assert report.failed == ()
    sizes = [len(p.text) for p in record.pages]
    for p in spoken_of((*report.remarks, *report.confirmations)):
        assert 1 <= p.page <= len(sizes)
        assert 0 <= p.start <= p.end <= sizes[p.page - 1]
    assert Report.model_validate_json(report.to_json()) == report


@settings(ANY_RECORD, max_examples=settings().max_examples // 7)
@given(data=records(), genre=st.sampled_from(("report", "summary", "response")), confirmations=st.booleans())
def test_every_output_can_be_written_of_any_record(data: dict[str, Any], genre: Any, *, confirmations: bool) -> None:
    record = sound(data)
    report = check(record, profile=EVERY_RULE, genre=genre, today=TODAY)
    checked = Checked("paper", record, report, None, None)
    for form in formats().values():
        assert form.written([checked], Style(width=60, wrap=confirmations, confirmations=confirmations)).endswith("\n")
    for name in names():
        if load(name).items:
            assert len(sheet(record, name, today=TODAY).rows) == len(load(name).items)


@pytest.mark.parametrize("share", [0.3, pytest.param(1, marks=pytest.mark.soak)])
def test_a_paper_of_one_endless_paragraph_is_checked_in_seconds(share: float) -> None:
    letters = [chr(65 + i) for i in range(26)]
    pairs = product(letters, letters * int(24 * share))
    names = (f"1) the {a}{b} Programme (W{a}{b}P) in 2024 has {i} wells" for i, (a, b) in enumerate(pairs))
    record = read("; ".join(names).encode(), name="endless.txt")
    begun = process_time()
    assert check(record, profile=EVERY_RULE, genre="report", today=TODAY).failed == ()
    assert process_time() - begun < 12 * share


def repaired_by_itself(record: Record) -> int:
    """How many remarks can be repaired: each repair fits the record and makes it one of which the rule says no longer the same."""
    report = check(record, profile=EVERY_RULE, today=TODAY)
    remarks = [r for r in report.remarks if r.repair]
    for r in remarks:
        made = sound(json.loads(edited(record, r.repair).to_json()))
        assert made != record
        assert (r.rule, r.message) not in {(a.rule, a.message) for a in check(made, profile=EVERY_RULE, today=TODAY).remarks}
    return len(remarks)


def repaired_together(record: Record) -> None:
    """All repairs that fit one after another leave a record in which nothing more of theirs can be repaired by the same edits."""
    report = check(record, profile=EVERY_RULE, today=TODAY)
    made, done = record, []
    for r in report.remarks:
        try:
            made = edited(made, r.repair)
        except Conflict:
            continue
        done += [(r.rule, r.message)] if r.repair else []
    left = {(a.rule, a.message) for a in check(made, profile=EVERY_RULE, today=TODAY).remarks}
    assert left.isdisjoint(done)


@st.composite
def tables_of_recommendations(draw: st.DrawFn) -> Record:
    """Recommendations whose values of priority, time and resources stand in any of the columns."""
    values = st.sampled_from((None, "High", "Medium", "Low", "Medium-term", "Short-term", "Élevée", "Court terme", "2027"))
    levels = st.sampled_from((None, "high", "low", "medium-term"))
    columns = ("priority", "time", "resources")
    one = st.fixed_dictionaries({**dict.fromkeys(columns, levels), "as_printed": st.fixed_dictionaries(dict.fromkeys(columns, values))})
    rows = draw(st.lists(one, min_size=1, max_size=3))
    statements = [{"id": f"r{i}", "kind": "recommendation", "number": str(i), "text": "Repair.", **r} for i, r in enumerate(rows, 1)]
    return sound({"schema": "evaltrail.record/1", "evaluations": [{"id": "e", "statements": statements}]})


@ANY_RECORD
@given(tables_of_recommendations())
def test_every_repair_can_be_made_and_then_the_rule_has_nothing_left_to_say_of_it(record: Record) -> None:
    repaired_by_itself(record)
    repaired_together(record)


def test_every_repair_of_the_samples_can_be_made() -> None:
    samples = [(sample, f"{code}.md") for code, rule in rules().items() for sample in rule.bad if rule.family == "numbers"]
    assert sum(repaired_by_itself(read(sample.encode(), name=name)) for sample, name in samples) >= 2
    repaired_by_itself(read(sample_paper.path("txt")))
