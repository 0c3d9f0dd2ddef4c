"""Every rule finds its fault in its bad samples, is silent on its good ones, and is documented."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import FAMILIES, rules
from evaltrail.check.wording import Said
from evaltrail.link import linked
from evaltrail.read import read

TODAY = date(2026, 6, 1)
RULES = list(rules().values())
WITH_SAMPLES = [(r, s) for r in RULES for s in r.bad], [(r, s) for r in RULES for s in r.good]


def paper_of(sample):
    """A sample as a paper: Markdown, read as any other; what stands behind "=== another paper ===" is what it is compared with."""
    own, *others = sample.split("\n=== another paper ===\n")
    corpus = [(f"another paper {n}", read(o.encode(), name="other.md")) for n, o in enumerate(others, 1)]
    return Paper(linked(read(own.encode(), name="sample.md")), today=TODAY, corpus=corpus)


def faults(rule, sample):
    """What a rule says of a sample, whatever kind of paper it is taken for."""
    return [m for m in rule.check(paper_of(sample), rule.rule.options) if not m.right]


@pytest.mark.parametrize("rule,sample", WITH_SAMPLES[0], ids=lambda x: getattr(x, "code", "bad"))
def test_a_rule_finds_its_fault_in_each_bad_sample(rule, sample):
    assert faults(rule, sample), f"{rule.code} {rule.name} says nothing about its bad sample"


@pytest.mark.parametrize("rule,sample", WITH_SAMPLES[1], ids=lambda x: getattr(x, "code", "good"))
def test_a_rule_says_nothing_about_its_good_samples(rule, sample):
    assert [m.text for m in faults(rule, sample)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_rule_is_documented(rule):
    assert rule.bad, "a bad sample"
    assert rule.good, "a good sample"
    assert rule.rule.sources, "a source"
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    headings = re.findall(r"^## (.+)$", rule.doc, re.MULTILINE)
    assert headings[:2] == ["What it does", "Why it is bad"]
    assert set(headings) <= {"What it does", "Why it is bad", "Options", "Known problems"}
    assert ("Options" in headings) == bool(rule.rule.options)
    for option in rule.rule.options:
        assert f"`{option}`" in rule.doc


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_message_has_a_place_that_exists_and_one_sentence(rule):
    for sample in (*rule.bad, *rule.good):
        paper = paper_of(sample)
        for m in rule.check(paper, rule.rule.options):
            assert m.text.endswith(".")
            assert m.text[0].isupper() or not m.text[0].isalpha()
            assert "\n" not in m.text
            assert not strange(m, paper)
            for place in (*m.places, *(p for r in m.related for p in r.places)):
                page = paper.record.pages[place.page - 1]
                assert 0 <= place.start < place.end <= len(page.text)
            if rule.rule.suspects and not m.right:
                assert re.search(r"\b(may|might|seems?|perhaps|appears?|possibly)\b", m.text), m.text


def strange(message, paper):
    """What stands in a message and its related places as words of the paper, and is not in the paper: other languages cannot say it."""
    held = bare(" ".join((*(p.text for p in paper.record.pages), *(f"{e.label} {e.title}" for e in paper.record.evaluations))))
    return [
        words
        for text in (message.text, *(r.text for r in message.related))
        for place, words in (plain(text) if isinstance(text, Said) else [("", text)])
        if re.search("[a-z]{2}", words) and place not in {"right", "paper"} and any(bare(w) not in held for w in words.split("…"))
    ]


def plain(said):
    """The values of a sentence, and of those within it, that no language changes, with their places."""
    for place, value in said.values.items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Said):
                yield from plain(one)
            elif isinstance(one, str):
                yield place, one


def bare(text):
    """Letters and figures without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isalnum())


def test_every_family_has_rules():
    assert {r.family for r in RULES} == set(FAMILIES)
