"""Language packs are written by people who do not program: a slip in one is named, with its file."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
LANGUAGES = SOURCE / "evaltrail" / "text" / "languages"
PACKS = sorted(LANGUAGES.glob("*/*.toml"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Values by dotted key, tables among them."""
    out: dict[str, Any] = {}
    for key, value in table.items():
        out[prefix + key] = value
        if isinstance(value, dict):
            out |= flat(value, f"{prefix}{key}.")
    return out


def read(pack: Path) -> dict[str, Any]:
    return flat(tomllib.loads(pack.read_text(encoding="utf-8")))


@cache
def asked_for() -> frozenset[str]:
    """Every string in the library's code: the keys that it asks for are among them."""
    trees = (ast.parse(p.read_text(encoding="utf-8")) for p in (SOURCE / "evaltrail").rglob("*.py"))
    return frozenset(n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def is_open(table: dict[str, Any]) -> bool:
    """Whether a table's keys are the language's own words (numbers, currencies) and not names that the code asks for."""
    return not any(isinstance(v, dict | list) for v in table.values()) or sum(k not in asked_for() for k in table) * 2 >= len(table)


@pytest.mark.parametrize("pack", PACKS, ids=name)
def test_the_file_can_be_read(pack: Path) -> None:
    assert read(pack)


@pytest.mark.parametrize("pack", [p for p in PACKS if p.parent.name != "en"], ids=name)
def test_no_key_is_misspelt(pack: Path) -> None:
    assert (LANGUAGES / "en" / pack.name).is_file(), f"no topic {pack.stem}: the English packs name them"
    english = read(LANGUAGES / "en" / pack.name)
    wrong = []
    for key in read(pack).keys() - english.keys():
        parent, _, last = key.rpartition(".")
        siblings = {k.rpartition(".")[2]: v for k, v in english.items() if k.rpartition(".")[0] == parent}
        if last not in asked_for() and not is_open(siblings):
            wrong.append(key)
    assert wrong == []


@pytest.mark.parametrize("pack", [p for p in PACKS if p.parent.name != "en"], ids=name)
def test_a_list_is_a_list_in_every_language(pack: Path) -> None:
    english, own = read(LANGUAGES / "en" / pack.name), read(pack)
    assert {key for key in own.keys() & english.keys() if type(own[key]) is not type(english[key])} == set()


@pytest.mark.parametrize("pack", PACKS, ids=name)
def test_no_entry_is_empty(pack: Path) -> None:
    assert [
        key for key, value in read(pack).items() if isinstance(value, list) and any(isinstance(v, str) and not v.strip() for v in value)
    ] == []
