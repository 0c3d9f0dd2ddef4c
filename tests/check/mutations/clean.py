"""Clean papers: reports in which nothing is wrong, drawn in many words, places and numbers."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from recall_mutations import numbers, programmes, text_en, words_en, words_en_b
from recall_mutations.draft import Action, Draft, Finding, Leaf, Observation, Part, Rating, Recommendation, Response, Table

if TYPE_CHECKING:
    from types import ModuleType

ORDER = (
    "contents",
    "acronyms",
    "data_sheet",
    "summary",
    "background",
    "background.logic",
    "method",
    "method.criteria",
    "method.data",
    "method.analysis",
    "method.ethics",
    "method.limits",
    "findings",
    "ratings",
    "conclusions",
    "lessons",
    "practices",
    "recommendations",
    "response",
)
UNNUMBERED = ("contents", "acronyms", "data_sheet", "summary")
VERDICTS = ("accepted", "accepted", "partially", "rejected", "accepted")


def papers(count: int) -> st.SearchStrategy[Draft]:
    """Clean papers; ``count`` different ones, so that what was read of one can be kept."""
    return st.integers(0, count - 1).map(report)


def report(seed: int) -> Draft:
    """The clean report of a seed, always the same."""
    return _Report(Random(seed), seed).made()  # noqa: S311 (the same paper for the same seed)


class _Report:
    """One report while it is put together: its programme, figures and words."""

    def __init__(self, rng: Random, seed: int, programme: programmes.Programme | None = None, *, second: bool | None = None) -> None:
        self.rng = rng
        self.seed = seed
        self.words: ModuleType = words_en
        second = rng.random() < 0.5 if second is None else second
        self.says: ModuleType = words_en_b if second else words_en
        """Which of the two sets of findings and what rests on them it has."""
        self.text: dict[str, tuple[str, ...]] = text_en.TEXT | (words_en_b.TEXT if second else {})
        self.programme = programme or rng.choice(programmes.ENGLISH)
        p = self.programme
        self.f = numbers.drawn(rng, p.districts)
        self.f |= {
            k: getattr(p, k) for k in ("name", "short", "organisation", "org", "country", "people", "thing", "act", "skill", "ministry")
        }
        self.f |= {f"d{i}": d for i, d in enumerate(p.districts)}
        self.f |= {"people_cap": p.people[0].upper() + p.people[1:], "q": 0, "due": self.f["paper"] + 1}
        self.f["n_officials"], self.f["n_partners"] = rng.sample(range(3, 9), 2)
        self.scale = rng.choice(self.words.SCALES)
        self.f["legend"] = "; ".join(f"{n} = {w}" for n, w in zip(range(6, 0, -1), reversed(self.scale), strict=True))

    def say(self, key: str, **more: Any) -> str:
        """One of the ways of saying a thing, filled in."""
        return self.rng.choice(self.text[key]).format(**self.f, **more)

    def made(self) -> Draft:
        """The report."""
        part = self.stated()
        part.ratings = self.rated()
        names = {k: self.rng.choice(v) for k, v in self.words.HEADINGS.items()}
        leaves = [Leaf(k, names[k], 3 if "." in k else 2, self.blocks(k, part), k not in UNNUMBERED) for k in ORDER]
        leaves += [
            Leaf(f"annex.{key}", f"Annex {i}. {title}", 2, self.annex(key, text), numbered=False)
            for i, (key, title, text) in enumerate(self.words.ANNEXES, 1)
        ]
        draft = Draft(
            self.seed,
            "report",
            "en",
            self.title(),
            self.front(),
            self.acronyms(),
            leaves,
            [part],
            {1: self.say("note"), 2: self.say("note2"), 3: self.say("note3")},
            self.rng.random() < 0.7,
            dict(self.words.LABELS),
            self.f,
        )
        draft.genre = "report"
        return draft

    def stated(self) -> Part:
        """What the evaluation states, but for its ratings."""
        part = Part(self.f["name"], facts=self.f)
        self.findings(part)
        self.conclusions(part)
        self.recommendations(part)
        self.answers(part)
        return part

    def title(self) -> str:
        """Title with object, place and period."""
        ways = (
            "Independent evaluation of the {name} in {country}, {y0}–{y1}",
            "Final evaluation of the {name} in {country} ({y0}–{y1})",
            "Evaluation of the {name}, {country}, {y0}–{y1}",
        )
        return self.rng.choice(ways).format(**self.f)

    def front(self) -> list[str]:
        """Who wrote it, for whom, and when."""
        a, b = self.rng.sample(self.words.NAMES, 2)
        more = {"a": a, "b": b, "day": self.rng.randrange(2, 28), "month": self.rng.choice(numbers.MONTHS)}
        self.f["front"] = more
        return [self.rng.choice(self.words.FRONT[k]).format(**self.f, **more) for k in ("by", "for", "date")]

    def acronyms(self) -> dict[str, str]:
        """The acronyms of the text, in order."""
        p = self.programme
        return dict(sorted([(p.short, p.name), (p.org, p.organisation), *p.units]))

    # What is stated

    def findings(self, part: Part) -> None:
        """One or two findings a criterion."""
        for q, criterion in enumerate(self.words.CRITERIA, 1):
            variants = self.says.FINDINGS[criterion]
            chosen = variants if self.rng.random() < 0.5 else variants[:1] if criterion == "Effectiveness" else [self.rng.choice(variants)]
            for n, (text, evidence) in enumerate(chosen):
                number = len(part.findings) + 1
                said = evidence.format(**(self.f | {"q": q}))
                tail = "" if "question" in said or n else f" This answers question {q}."
                more = [self.say("filler")] if self.rng.random() < 0.4 else []
                if criterion == "Effectiveness" and not n:
                    part.facts["tables"] = {number: [self.trained()]}
                part.findings.append(
                    Finding(number, criterion, text.format(**self.f), [said + tail, *(m for m in more if not self.said(part, m))])
                )

    def trained(self) -> Table:
        """The table of people trained, with its totals."""
        f = self.f
        rows = [["District", "Women", "Men", "Total"], *([d, f"{w:,}", f"{m:,}", f"{w + m:,}"] for d, w, m in f["by_district"])]
        return Table(
            "Table 1. People trained, by district",
            [*rows, ["Total", f"{f['trained_women']:,}", f"{f['trained_men']:,}", f"{f['trained']:,}"]],
        )

    def said(self, part: Part, words: str) -> bool:
        """Whether a finding has the words already."""
        return any(words in f.evidence for f in part.findings)

    def of(self, part: Part, *criteria: str) -> str:
        """Findings of criteria in words: "finding 3", "findings 3 and 4"."""
        found = [str(f.number) for f in part.findings if f.criterion in criteria]
        return f"finding {found[0]}" if len(found) == 1 else f"findings {', '.join(found[:-1])} and {found[-1]}"

    def conclusions(self, part: Part) -> None:
        """Conclusions, lessons and good practices, each on its findings."""
        for i, (text, criteria) in enumerate(self.says.CONCLUSIONS, 1):
            of = self.of(part, *criteria)
            basis = self.rng.choice(("({Of})", "(based on {of})")).format(of=of, Of=of.capitalize())
            part.conclusions.append(Observation(i, text.format(**self.f), basis))
        for i, (text, criterion) in enumerate(self.says.LESSONS, 1):
            part.lessons.append(Observation(i, text.format(**self.f), f"({self.of(part, criterion).capitalize()})"))
        for i, text in enumerate(self.says.PRACTICES, 1):
            part.practices.append(Observation(i, text.format(**self.f), f"({self.of(part, 'Impact').capitalize()})"))

    def recommendations(self, part: Part) -> None:
        """Five recommendations, each with unit, target, date and basis."""
        bases = self.rng.choice(self.words.BASIS)
        for i, (text, measure, of, priority, time, resources) in enumerate(self.says.RECOMMENDATIONS, 1):
            short, full = self.programme.units[(i + self.seed) % 3]
            criterion = self.says.CONCLUSIONS[of][1][0]
            finding = self.of(part, criterion)
            month = self.rng.choice(numbers.MONTHS)
            part.recommendations.append(
                Recommendation(
                    i,
                    text.format(**self.f, unit=full),
                    measure.format(**self.f, month=month),
                    bases.format(c=of + 1, f=finding),
                    short,
                    priority,
                    time,
                    resources,
                )
            )

    def answers(self, part: Part) -> None:
        """An answer to each recommendation."""
        steps = self.rng.sample(self.says.ACTIONS, 6)
        ways = self.rng.sample(self.says.RESPONSES["accepted"], 3)
        for r, verdict in zip(part.recommendations, VERDICTS, strict=True):
            short, full = self.programme.units[(r.number + self.seed) % 3]
            pair = ways.pop() if verdict == "accepted" else self.rng.choice(self.says.RESPONSES[verdict])
            due = f"{self.rng.choice(numbers.MONTHS)} {self.f['due']}"
            actions = [Action(steps[r.number], short, due, "Not started")] if verdict != "rejected" else []
            part.responses.append(Response(r.number, verdict, [s.format(**self.f, unit=full) for s in pair], actions))

    def rated(self) -> list[Rating]:
        """A rating a criterion, and the overall one, their median."""
        good = (4, 5, 6)
        values = {c: self.rng.choice(good if c not in ("Efficiency", "Sustainability") else (3, 4)) for c in self.words.CRITERIA}
        part_why = {
            "Relevance": "Needs were met",
            "Coherence": "Plans were shared",
            "Effectiveness": "Targets on skills were reached",
            "Efficiency": "Purchases were late",
            "Impact": "Income rose",
            "Sustainability": "Upkeep has no budget",
        }
        out = [Rating(c, self.scale[v - 1], v, part_why[c]) for c, v in values.items()]
        middle = sorted(values.values())[2]
        return [*out, Rating("Overall", self.scale[middle - 1], middle, "Middle of the six ratings")]

    # Sections

    def blocks(self, key: str, part: Part) -> list[Any]:
        """What stands under a heading, but for what the part states."""
        say = self.say
        if key == "data_sheet":
            f = self.f
            return [
                Table(
                    "",
                    [
                        ["Item", "Data"],
                        ["Title", f["name"]],
                        ["Country", f["country"]],
                        ["Organisation", f["organisation"]],
                        ["Partner", f["ministry"]],
                        ["Period", f"{f['y0']}–{f['y1']}"],
                        ["Budget", f"US${f['budget']} million"],
                    ],
                )
            ]
        if key == "summary":
            shorts = "\n".join(f"- {r.text}" for r in part.recommendations)
            return [
                *(say(f"summary.{k}") for k in ("object", "purpose", "method", "findings", "conclusions")),
                "The report makes five recommendations:",
                shorts,
            ]
        if key == "background":
            return [say("background"), say("background.people")]
        if key == "method.criteria":
            asked = "\n".join(f"{i}. {self.words.QUESTIONS[c].format(**self.f)}" for i, c in enumerate(self.words.CRITERIA, 1))
            return [say("method.criteria"), asked, say("method.scale")]
        if key == "method.data":
            return [say(f"method.{k}") for k in ("documents", "interviews", "survey", "sampling", "gender")]
        if key == "method.analysis":
            return [say("method.triangulation")]
        if key == "method.ethics":
            return [say("method.ethics"), say("method.consultation")]
        return [say(key)] if key in self.text else []

    def annex(self, key: str, text: str | None) -> list[Any]:
        """What stands in an annex."""
        f = self.f
        if text is not None:
            return text.format(**f).split("\n\n")
        if key == "people":
            w1, m1 = self.rng.randrange(5, 15), self.rng.randrange(5, 15)
            w2, m2 = f["women"] - w1 - 4, f["men"] - m1 - 3
            rows = [
                ["Group", "Women", "Men", "Total"],
                [f["ministry"], str(w1), str(m1), str(w1 + m1)],
                ["Partners", "4", "3", "7"],
                [f["people_cap"], str(w2), str(m2), str(w2 + m2)],
                ["Total", str(f["women"]), str(f["men"]), str(f["interviews"])],
            ]
            return [Table("Table 3. People met, by group", rows)]
        if key == "matrix":
            rows = [["Question", "Indicator", "Sources"]]
            rows += [
                [
                    f"Question {i} ({c})",
                    ("Share of needs met", "Overlaps found", "Targets reached", "Weeks of delay", "Income index", "Fees collected")[i - 1],
                    (
                        "Documents, interviews",
                        "Work plans, interviews",
                        "Registers, groups",
                        "Accounts, interviews",
                        "Surveys, diaries",
                        "Account books, visits",
                    )[i - 1],
                ]
                for i, c in enumerate(self.words.CRITERIA, 1)
            ]
            return [Table("Table 4. Questions, indicators and sources", rows)]
        rows = [
            ["Outcome", "Indicator", "Target", "Actual"],
            ["Skills", "People trained", f"{f['target']:,}", f"{f['trained']:,}"],
            [f"{f['thing'].capitalize()}", f"{f['thing'].capitalize()} {f['act']}", str(f["planned"]), str(f["built"])],
        ]
        return [Table("Table 5. Targets and results", rows)]


def long_report(seed: int) -> Draft:
    """A clean report of more than 10,000 words: case notes of villages in its findings."""
    draft = report(seed)
    rng = Random(seed)  # noqa: S311 (the same paper for the same seed)
    f = draft.facts
    ways = (
        "In {v}, {p} met under a tree and told how the {t} had been {a} over {n} weeks; the notes of that day fill {m} pages.",
        "The visit to {v} took {n} hours, and {m} {p} came; they showed the {t} and the log in which each repair is entered by hand.",
        "{v} lies {n} kilometres from the district office, which sends {m} visitors a year to look at the {t} and to speak with {p}.",
        "At {v} the chair of the committee read out {m} pages of minutes, and {p} added what had happened in the {n} weeks since.",
    )
    syllables = ("ka", "lo", "mi", "ta", "ru", "ne", "so", "ba", "wi", "du")
    names = sorted({"".join(rng.choices(syllables, k=3)).capitalize() for _ in range(420)})
    rng.shuffle(names)
    notes = [
        rng.choice(ways).format(v=v, p=f["people"], t=f["thing"], a=f["act"], n=rng.randrange(2, 90), m=rng.randrange(2, 60)) for v in names
    ]
    per = len(notes) // len(draft.part.findings)
    for i, finding in enumerate(draft.part.findings):
        own = notes[i * per : (i + 1) * per]
        finding.evidence += [" ".join(own[j : j + 4]) for j in range(0, len(own), 4)]
    draft.genre = None
    return draft
