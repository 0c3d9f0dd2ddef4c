"""Records to be compared: made of sentences that share few words, and drawn ones with all that a sound record may hold."""

from __future__ import annotations

import random
import re
from typing import Any

from hypothesis import strategies as st

from evaltrail.record import Record

Fields = dict[str, Any]

WORDS = re.findall(
    r"\w+",
    """
harbour committee inspects ferries pilots trained coast council funds repair slipway market women sell catch winter
storms beacons maintained spare parts arrive late contract signed delay region office delegates budget survey households
income rises safety radios islands schools syllabus captains examine certificate inspection port state control lessons shared
across programmes
""",
)


def sentence(n: int) -> str:
    """A sentence that shares few words with others."""
    rng = random.Random(n)  # noqa: S311 - the same sentences in every run
    return " ".join(rng.sample(WORDS, 12)).capitalize() + f" in case {n}."


def statement(n: int, kind: str = "finding", **more: Any) -> Fields:
    return {"id": f"{kind}{n}", "kind": kind, "number": str(n), "label": f"{kind.capitalize()} {n}", "text": sentence(n), **more}


def record(*statements: Fields, **more: Any) -> Record:
    evaluation = {"id": "1", "label": "Part I", "title": "The ports", "statements": statements}
    return Record.model_validate({"document": {"title": "Ports", "language": "en"}, "evaluations": [evaluation], **more})


KINDS = ("finding", "conclusion", "lesson", "recommendation", "response")


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Records with numbers given twice, parts without a whole, words of blanks, answers to nothing."""
    some = st.sampled_from((*(sentence(n) for n in range(12)), "Accepted.", "", " ", "…", f"{sentence(1)}\n{sentence(2)}", "评估报告"))
    numbers = st.sampled_from((None, "1", "2", "2(a)", "Ⅳ"))

    def one(part: int, n: int) -> Fields:
        kind = draw(st.sampled_from(KINDS))
        more: Fields = {}
        if kind == "response":
            more = {"answers": draw(st.sampled_from(([], [{"id": "1.0"}], [{"id": "nobody"}]))), "actions": [{"text": draw(some)}]}
        parent = draw(st.sampled_from((None, None, f"{part}.0", "nobody")))
        return {
            "id": f"{part}.{n}",
            "kind": kind,
            "number": draw(numbers),
            "label": draw(numbers),
            "text": draw(some),
            "parent": parent,
            **more,
        }

    def part(n: int) -> Fields:
        return {
            "id": str(n),
            "label": draw(st.sampled_from((None, "Part I"))),
            "title": draw(st.sampled_from(("", "Ports", "Ferries"))),
            "statements": [one(n, k) for k in range(draw(st.integers(0, 5)))],
            "ratings": [{"criterion": draw(st.sampled_from((None, "impact"))), "value": draw(st.sampled_from((None, 2.0)))}]
            * draw(st.integers(0, 2)),
            "overall_responses": [{"text": draw(some)}] * draw(st.integers(0, 2)),
        }

    return Record.model_validate(
        {
            "document": {"title": draw(some), "language": draw(st.sampled_from((None, "en", "en", "fr")))},
            "evaluations": [part(n) for n in range(draw(st.integers(0, 3)))],
            "footnotes": [{"number": "1", "text": draw(some)} for _ in range(draw(st.integers(0, 3)))],
            "decisions": [{"text": draw(some)} for _ in range(draw(st.integers(0, 2)))],
            "passages": [
                {"kind": draw(st.sampled_from(("heading", "paragraph", "item"))), "text": draw(some)}
                for _ in range(draw(st.integers(0, 5)))
            ],
        }
    )
