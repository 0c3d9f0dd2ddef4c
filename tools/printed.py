"""Measure how much of what papers answer is offered ready to be taken over: verdicts, actions, units and dates.

    python tools/printed.py [--records DIR] [--each]

The papers and their labels are in the folder that ``EVALTRAIL_SHARED`` names, or in ``../shared`` beside the repository; those that are
set aside (``tests/reading/held_out.txt``) are left out. Each paper is read, put on the shelf of an office made for it, and confirmed as
it was read; the office knows the units that the labels name. ``--records`` takes records that were read before. ``--each`` prints what
is offered otherwise than labelled.

What counts: a verdict that is read as labelled ("read"), or left to a person beside a proposal that is ("proposed"); labelled actions that
are offered as actions; of these, the unit that is named first, all units that are named, and the last day by which it is promised, or
that the paper names none.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accuracy import PAPER, papers, read_papers, shared_folder
from scoring import begins_with, letters, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accuracy import Paper

    from evaltrail_office.follow_up.printed import Offer, OfferedAction

DAYS = {
    "2014-2015": (2015, 3, 31), "April 2023": (2023, 4, 30), "April 2023; June 2023; October 2023": (2023, 10, 31),
    "By June 2026": (2026, 6, 30), "December 2021": (2021, 12, 31), "December 2022": (2022, 12, 31), "December 2023": (2023, 12, 31),
    "December 2025": (2025, 12, 31), "December 2026": (2026, 12, 31), "December 2029": (2029, 12, 31), "Fall 2024": (2024, 11, 30),
    "June 2023; April 2024": (2024, 4, 30), "June 2023; April 2024; April 2024": (2024, 4, 30), "June 2025": (2025, 6, 30),
    "June 2026": (2026, 6, 30), "March 2026": (2026, 3, 31), "November 2022": (2022, 11, 30), "Q2 2022": (2022, 6, 30),
    "Q2 to Q4": (2022, 12, 31), "Q4": (2022, 12, 31), "September 2021": (2021, 9, 30), "September 2025": (2025, 9, 30),
    "Spring 2015": (2015, 5, 31), "Spring 2023": (2023, 5, 31), "Winter 2024": (2024, 3, 31), "by June 2025": (2025, 6, 30),
    "Starting on November 2022 and completed by October 2024": (2024, 10, 31), "Continuous": None, "N/A": None,
}  # fmt: skip
"""The last day of what the labels print as dates, as a person reads it; None: it names no day."""
_HEADS = r"(?:Programme|Unit|Office|Division|Directorate|Branch|Group|[A-Z]{2,})"
_TITLE = re.compile(r"^(?:Director General|DG|Executive Director),\s*")


@dataclass(slots=True)
class Tally:
    """What was offered of one paper, of how many."""

    stem: str
    counts: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    otherwise: list[str] = field(default_factory=list)

    def add(self, name: str, right: object, words: str = "") -> None:
        """One more, right or not."""
        self.of[name] += 1
        self.counts[name] += bool(right)
        if not right:
            self.otherwise.append(f"{self.stem} {name}: {words}")


NAMES = ("verdict read", "verdict read or proposed", "actions", "first unit", "all units", "date read", "date read or proposed")


def units_of(printed: str | None) -> list[str]:
    """The units that a label's words name, a code in brackets behind the name kept; titles and whole organisations left out."""
    found = []
    for piece in re.split(r"\s*;\s*", printed or ""):
        if _TITLE.match(piece):
            parts = [p for p in _TITLE.sub("", piece).split(", ") if re.search(r"Directorate|Branch", p)]
            found += parts[:1]
        elif piece.endswith(")") and not piece.endswith("(lead)"):
            found.append(piece)
        else:
            for part in re.split(rf",\s*|\s+with the support (?:of )?|(?<=Programme) and |(?<=[A-Z]{{2}}) and |(?<={'Unit'}) and ", piece):
                found += re.split(r"(?<=management) and ", re.sub(r"\s*\(lead\)", "", part))
    return [f for f in (re.sub(r"\s+", " ", f).strip() for f in found) if f and f != "N/A"]


def _named(words: str) -> tuple[str, str]:
    m = re.match(r"(.*?)\s*\(([A-Z&/]+)\)$", words)
    return (m[1], m[2]) if m else (words, "")


def labels_of(paper: Paper) -> list[dict[str, Any]]:
    """Labelled answers, each with the number of its part."""
    if paper.stem == PAPER:
        at = {"I": 0, "II": 1, "III": 2}
        return [r | {"at": at[r["part"]]} for r in paper.labels["responses"]]
    parts = list(enumerate(paper.labels["evaluations"]))
    asked = [r for _n, e in parts for r in e.get("recommendations") or ()]
    numbers, starts = {r["number"] for r in asked if r.get("number")}, {r["starts"] for r in asked}
    # Answers to what reviewers said of a plan are to no recommendation, so that nothing of them is followed.
    return [
        r | {"at": n}
        for n, e in parts
        for r in e.get("responses") or ()
        if (to := str(r.get("recommendation") or "")) and (set(to.split(" and ")) <= numbers or any(begins_with(to, x) for x in starts))
    ]


def names_in(paper: Paper) -> list[str]:
    """Every unit that the labels name."""
    found = [u for r in labels_of(paper) for a in r.get("actions") or () for u in units_of(a.get("unit"))]
    asked = [r for e in [paper.labels, *paper.labels["evaluations"]] for r in e.get("recommendations") or ()]
    found += [u for r in asked for u in (r.get("responsible") or r.get("addressees") or ()) if isinstance(u, str)]
    return list(dict.fromkeys(found))


def offered(paper: Paper, record: bytes) -> Iterator[tuple[int, Offer]]:
    """Put a paper into an office that knows its units, confirm it, and open its follow-up: (number of the part, what is offered)."""
    from evaltrail.record import Record
    from evaltrail_office.accounts.models import Grant, Unit, User
    from evaltrail_office.evaluations.actions import confirm_keys, propose_keys, refresh_stage
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.actions import opening
    from evaltrail_office.follow_up.printed import offers
    from evaltrail_office.shelf import store
    from evaltrail_office.shelf.actions import confirm
    from evaltrail_office.shelf.models import next_key

    Unit.objects.all().delete() if not Unit.objects.filter(charges__isnull=False).exists() else None
    head = User.objects.filter(email="head@office.example").first()
    if head is None:
        head = User.objects.create_user("head@office.example", "a long password", name="Head")
        Grant.objects.create(user=head, role="head", evaluation="", given_by="system:measure")
    named = [_named(n) for n in names_in(paper)]
    codes = {code for _name, code in named if code}
    for name, code in named:
        if (not code and name in codes) or Unit.objects.filter(name=name).exists():
            continue
        Unit.objects.create(key=next_key("U", Unit, 4), name=name[:200], code=code or (name if re.fullmatch(r"[A-Z&/-]{2,}", name) else ""))
    document = store.new_document(Record.from_json(record), actor="system:measure", kind="report")
    own = {}
    for n, part in enumerate(document.parts.order_by("pk")):
        made = Evaluation.objects.create(key=next_key("E", Evaluation, 5), title=f"{paper.stem} {n}", made_by="system:measure")
        part.evaluation_key = made.key
        part.save()
        own[n] = made
    propose_keys(document)
    confirm_keys(head, document)
    confirm(head, document, rest=True)
    document.refresh_from_db()
    document.stage = "issued"
    document.save()
    for n, evaluation in own.items():
        refresh_stage(evaluation.key)
        evaluation.refresh_from_db()
        if evaluation.recommendations.exists():
            follow_up = opening.open_follow_up(head, evaluation, started=document.date)
            for offer in offers(follow_up, document).answers:
                yield n, offer


def measured(paper: Paper, record: bytes) -> Tally:
    """What is offered of one paper."""
    tally, left = Tally(paper.stem), list(offered(paper, record))
    for label in labels_of(paper):
        starts = [label["starts"], *(label.get("alt_starts") or [])]
        at = next((n for n, (part, o) in enumerate(left) if _same(label, part, o) and any(begins_with(s, o.text) for s in starts)), None)
        found = None if at is None else left.pop(at)[1]
        words = f"{label['recommendation']}"
        wanted = verdicts(label)
        read = "unclear" if found is None else found.verdict or "unclear"
        proposal = getattr(found, "proposal", None)
        proposed = proposal.verdict if read == "unclear" and proposal else read
        clear = wanted - {"unclear"}
        if clear:
            tally.add("verdict read", found is not None and read in clear, f"{words} {read} {sorted(wanted)}")
            tally.add("verdict read or proposed", found is not None and proposed in clear, f"{words} {proposed} {sorted(wanted)}")
        for action in label.get("actions") or ():
            if action["starts"].startswith("N/A"):
                continue  # that nothing is promised
            same = found and next((a for a in found.actions if begins_with(action["starts"], a.text)), None)
            tally.add("actions", bool(same), f"{words} {action['starts']}")
            if same:
                _fields(tally, action, same, words)
    return tally


def _same(label: dict[str, Any], part: int, offer: Offer) -> bool:
    """Whether an offer may be the one that is labelled: by its part and the number of the recommendation, where that is printed."""
    number = offer.track.recommendation.number
    return part == label["at"] and (
        not number or number in str(label["recommendation"]).split(" and ") or len(str(label["recommendation"])) > 12
    )


def _fields(tally: Tally, label: dict[str, Any], action: OfferedAction, words: str) -> None:
    wanted = {letters(_named(u)[0]) for u in units_of(label.get("unit"))} | {letters(_named(u)[1]) for u in units_of(label.get("unit"))} - {
        ""
    }
    if wanted:
        every = [u for u in (action.unit, *getattr(action, "others", ())) if u is not None]
        first = letters(_named(units_of(label["unit"])[0])[0])
        right = bool(every) and first in {letters(every[0].name), letters(every[0].code)}
        tally.add("first unit", right, f"{words} {label['unit']!r}: {[u.name for u in every]}")
        names = {letters(u.name) for u in every} | {letters(u.code) for u in every} - {""}
        whole = wanted <= names and len(every) == len(units_of(label["unit"]))
        tally.add("all units", whole, f"{words} {label['unit']!r}: {[u.name for u in every]}")
    if label.get("due"):
        day = DAYS[label["due"]]
        wanted_day = date(*day) if day else None
        proposed = action.due or getattr(action, "proposed", None)
        tally.add("date read", action.due == wanted_day and (day is not None or not proposed), f"{words} {label['due']!r}: {action.due}")
        tally.add("date read or proposed", proposed == wanted_day, f"{words} {label['due']!r}: {proposed}")


def table(tallies: list[Tally]) -> str:
    """A Markdown table."""
    lines = ["| paper | " + " | ".join(NAMES) + " |", "|---|" + "---:|" * len(NAMES)]
    whole = Tally("all")
    for t in tallies:
        whole.counts += t.counts
        whole.of += t.of
    for t in [*tallies, whole]:
        cells = (f"{t.counts[n]}/{t.of[n]}" if t.of[n] else "" for n in NAMES)
        lines += [f"| {t.stem} | {' | '.join(cells)} |"]
    return "\n".join(lines)


def main() -> int:
    """Print the table; 2 where the labelled papers are not there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=Path)
    parser.add_argument("--each", action="store_true")
    asked = parser.parse_args()
    found = [p for p in papers(shared_folder()) if not p.held_out and labels_of(p)]
    if not found:
        sys.stderr.write("the labelled papers are not there\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"EVALTRAIL_DATA": folder, "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        records = ((p, (asked.records / f"{p.stem}.json").read_bytes()) for p in found) if asked.records else read_papers(found)
        tallies = [measured(p, record) for p, record in records if record is not None]
    print(table(tallies))
    if asked.each:
        print("\n".join(line for t in tallies for line in t.otherwise))
    return 0


if __name__ == "__main__":
    sys.exit(main())
