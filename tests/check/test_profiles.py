"""Profiles name only rules that there are and say only what their sources say; a house builds on them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from evaltrail import check, read
from evaltrail.check.profile import Profile, load, names
from evaltrail.check.rule import FAMILIES, rules
from evaltrail.check.sheet import sheet

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "docs" / "how-to" / "house.toml"
PROFILES = [load(n) for n in names()]
WITH_ITEMS = [p for p in PROFILES if p.items]
OF_INSTITUTIONS = [p for p in PROFILES if p.institution]
TODAY = date(2026, 6, 1)


def profiles(some):
    return pytest.mark.parametrize("profile", some, ids=lambda p: p.name)


def test_the_profiles_of_the_field_are_there():
    assert {"evaltrail", "good-practice", "ilo", "uneg", "undp", "geros", "un-swap", "ieg", "iom-meta-evaluation-2025"} <= set(names())
    assert {p.name for p in PROFILES if not p.institution} == {"evaltrail", "good-practice", "gender"}


@profiles(PROFILES)
def test_the_name_of_a_profile_is_that_of_its_file(profile):
    assert profile.name in names()
    assert load(profile.name) is profile


@profiles(PROFILES)
def test_every_rule_that_is_named_exists(profile):
    named = {*profile.rules.select, *profile.rules.ignore, *profile.settings, *(c for i in profile.items for c in i.codes)}
    assert named - set(rules()) - set(FAMILIES.values()) == set()


@profiles(WITH_ITEMS)
def test_every_rule_of_an_item_looks_at_a_kind_of_paper_that_the_item_is_for(profile):
    strange = [(i.id, c) for i in profile.items for c in i.codes if not rules()[c].rule.papers & set(i.papers)]
    assert strange == []


@profiles(OF_INSTITUTIONS)
def test_every_source_has_an_address_a_year_or_the_word_that_it_has_none_and_says_how_much_was_read(profile):
    for source in profile.sources:
        assert re.fullmatch(r"https://\S+", source.url)
        assert source.year or source.note.startswith("Undated"), source.key
        assert source.read == "full" or source.note or "part" in profile.note, source.key
    assert {i.source.partition(",")[0] for i in profile.items} == {s.key for s in profile.sources}


@profiles(OF_INSTITUTIONS)
def test_a_profile_with_an_institutions_name_says_what_could_not_be_read_and_selects_no_family(profile):
    assert "not" in profile.note
    assert not set(profile.rules.select) & set(FAMILIES.values())
    assert {r.code for r in profile.chosen()} == {*profile.rules.select, *(c for i in profile.items for c in i.codes)}


@profiles(OF_INSTITUTIONS)
def test_no_item_must_pass_where_no_source_says_so(profile):
    assert [i.id for i in profile.items if i.must_pass] == []


@profiles(WITH_ITEMS)
def test_items_are_sentences_and_their_ids_differ(profile):
    assert len({i.id for i in profile.items}) == len(profile.items)
    assert [i.text for i in profile.items if not i.text.endswith((".", ")"))] == []


def test_the_weights_of_the_meta_evaluation_add_up_to_100():
    profile = load("iom-meta-evaluation-2025")
    assert sum(i.weight for i in profile.items) == pytest.approx(100, abs=0.01)
    findings = [i.weight for i in profile.items if i.section.endswith("Findings")]
    assert sum(findings) == pytest.approx(25)
    assert profile.scoring.bands[0][1] == "exceeds requirements"


def test_the_checklist_of_common_practice_covers_all_families_and_has_items_that_must_pass():
    profile = load("good-practice")
    assert {r.family for r in profile.chosen()} == set(FAMILIES)
    assert {"FI1", "RE1", "RS1"} <= {i.id for i in profile.items if i.must_pass}


PAPERS = {
    "report": "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: The Ministry should publish it.\n",
    "empty": "\n",
}


@profiles(WITH_ITEMS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("genre", ["report", "summary", "response", "other"])
def test_a_paper_of_any_kind_can_be_held_against_it(profile, paper, genre):
    record = read(PAPERS[paper].encode(), name="paper.md") if PAPERS[paper].strip() else read(b"Words.", name="paper.txt")
    report = check(record, profile=profile, genre=genre, today=TODAY)
    assert report.failed == ()
    rows = sheet(record, profile, report=report).rows
    off = [r.id for r, i in zip(rows, profile.items, strict=True) if genre not in i.papers]
    assert off == [r.id for r in rows if r.why.startswith("The item is meant for")]


# A house profile


@pytest.fixture
def house():
    return load(str(page("house.toml")))


def page(name):
    """A page of the documentation, which does not come with the wheel."""
    file = HOUSE.parent / name
    if not file.is_file():
        pytest.skip("needs the documentation beside the tests")
    return file


def test_a_house_profile_takes_over_the_checklist_that_it_extends(house):
    assert len(house.items) == len(load("good-practice").items) + 2
    assert house.items[-1].must_pass
    assert house.institution is None


def test_a_house_profile_chooses_rules_sets_them_and_puts_some_aside(house):
    codes = {r.code for r in house.chosen()}
    assert "REC011" not in codes
    assert {"REC001", "REC002", "RES001", "FIN001"} <= codes
    assert house.settings["REC001"].options == {"most": 8}
    assert house.suppress[0].until == date(2027, 6, 30)


def test_a_house_profile_has_its_own_bands(house):
    assert [words for _, words in house.scoring.bands] == ["accepted", "accepted with changes", "returned"]


def test_the_page_about_sheets_counts_the_items_of_each_profile():
    text = page("fill-a-quality-sheet.md").read_text(encoding="utf-8")
    for profile in WITH_ITEMS:
        with_rules = sum(1 for i in profile.items if i.rules)
        assert re.search(rf"\| `{profile.name}` \|.*\| {len(profile.items)}, {with_rules} with rules \|", text), profile.name


def test_the_page_about_house_profiles_shows_the_example_as_it_stands():
    text = page("write-a-house-profile.md").read_text(encoding="utf-8")
    assert HOUSE.read_text(encoding="utf-8") in text
    fields = {
        *Profile.model_fields,
        *(f for m in ("suppress", "items", "sources") for f in Profile.model_fields[m].annotation.__args__[0].model_fields),
    }
    assert {f for f in fields if f"`{f}`" not in text} == set()
