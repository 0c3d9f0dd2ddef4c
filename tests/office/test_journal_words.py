"""Every verb and every thing of the journal has words that people read, in their own language."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.html import strip_tags

import evaltrail_office
from evaltrail_office.evaluations import models as of_evaluations
from evaltrail_office.follow_up.machine import MOVES
from evaltrail_office.journal import words
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.models import How

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE = Path(evaltrail_office.__file__).parent
Call = tuple[str, ast.expr, ast.expr]
"""Where something is noted, the verb, the thing."""


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if called == name:
                yield node


def _values(node: ast.expr, tree: ast.Module, function: ast.FunctionDef | None) -> set[str]:
    """What a verb can be: the texts that the expression may have. An empty set where this cannot be told."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return _values(one, tree, function) | _values(other, tree, function)
        case ast.Subscript(value=ast.Name(id=table)):
            (found,) = (a.value for a in tree.body if isinstance(a, ast.Assign) and ast.unparse(a.targets[0]) == table)
            assert isinstance(found, ast.Dict)
            return {text for value in found.values for text in _values(value, tree, function)}
        case ast.Attribute(value=ast.Call(func=ast.Name(id="How")), attr="value"):
            return set(How.values)
        case ast.Attribute(value=ast.Name(id="found"), attr="words"):
            return {move.words for move in MOVES}
        case ast.Name(id=name) if function is not None:
            given = [a.arg for a in function.args.args]
            if name in given:
                at = given.index(name)
                return {t for call in _calls(tree, function.name) for t in _values(call.args[at], tree, None)}
            set_to = [a.value for a in ast.walk(function) if isinstance(a, ast.Assign) and ast.unparse(a.targets[0]) == name]
            return {text for value in set_to for text in _values(value, tree, function)}
        case _:
            return set()


def _kinds(node: ast.expr, tree: ast.Module, function: ast.FunctionDef | None) -> set[str]:
    """Kinds of thing that an expression may name: what stands before its colon."""
    match node:
        case ast.Constant(value=str(text)) | ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return {text.partition(":")[0]}
        case ast.IfExp(body=one, orelse=other):
            return _kinds(one, tree, function) | _kinds(other, tree, function)
        case ast.Subscript(value=inner):
            return _kinds(inner, tree, function)
        case ast.Name(id=name) if function is not None:
            set_to = [a.value for a in ast.walk(function) if isinstance(a, ast.Assign) and ast.unparse(a.targets[0]) == name]
            return {kind for value in set_to for kind in _kinds(value, tree, function)}
        case ast.Call(func=ast.Name(id=name)):
            (called,) = (f for f in tree.body if isinstance(f, ast.FunctionDef) and f.name == name)
            given = [r.value for r in ast.walk(called) if isinstance(r, ast.Return)]
            return {kind for value in given if value is not None for kind in _kinds(value, tree, called)}
        case _:
            return set()


def noted() -> Iterator[tuple[str, set[str], set[str]]]:
    """Every place of the code that writes into the journal, its verbs and its kinds of thing."""
    for path in sorted(OFFICE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        for call in _calls(tree, "note"):
            where = f"{path.relative_to(OFFICE).as_posix()}:{call.lineno}"
            inside = [f for f in functions if f.lineno <= call.lineno <= (f.end_lineno or 0)]
            named = {k.arg: k.value for k in call.keywords}
            told = named.get("verb") or call.args[1]
            thing = named.get("thing") or call.args[2]
            function = inside[-1] if inside else None
            yield where, _values(told, tree, function), _kinds(thing, tree, function)


def test_every_verb_that_is_noted_has_a_label() -> None:
    found = list(noted())
    assert len(found) > 60
    unreadable = [where for where, verbs, _kinds in found if not verbs]
    assert not unreadable, f"say the verb so that it can be read from the source: {unreadable}"
    unlabelled = {(where, verb) for where, verbs, _kinds in found for verb in verbs if verb not in words.VERBS}
    assert not unlabelled, "evaltrail_office/journal/words.py lacks a label for these"


def test_every_kind_of_thing_that_is_noted_has_a_label() -> None:
    found = list(noted())
    unreadable = [where for where, _verbs, kinds in found if not kinds]
    assert not unreadable, f"say the thing's kind so that it can be read from the source: {unreadable}"
    unlabelled = {(where, kind) for where, _verbs, kinds in found for kind in kinds if kind not in words.THINGS}
    assert not unlabelled, "evaltrail_office/journal/words.py lacks a label for these"


def test_no_label_outlives_its_verb() -> None:
    used = {verb for _where, verbs, _kinds in noted() for verb in verbs}
    assert {name for name in words.VERBS if name not in used and name.rpartition(" ")[0] not in used} == set()


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_label_has_a_place_for_its_thing(language: str) -> None:
    with translation.override(language):
        for name in words.VERBS:
            assert words.verb(name).count("%(thing)s") == 1, name
        for kind in words.THINGS:
            assert "%" not in words.thing(kind, "X-1")


@pytest.mark.parametrize(
    "language, told",
    [("en", "confirmed document D-000012"), ("fr", "a confirmé le document D-000012"), ("es", "confirmó el documento D-000012")],
)
def test_an_entry_is_told_in_the_language_of_the_interface(language: str, told: str) -> None:
    entry = Entry(actor="P-1", verb="confirmed", thing="document:D-000012")
    with translation.override(language):
        shown = Template("{% load office %}{% done entry %}").render(Context({"entry": entry}))
    assert strip_tags(shown) == told
    assert 'href="/documents/D-000012/"' in shown


def test_the_same_verb_means_another_thing_where_its_kind_says_so() -> None:
    assert words.verb("granted", "grant") != words.verb("granted", "person")


def test_a_verb_and_a_thing_without_a_label_stand_as_they_are() -> None:
    assert words.verb("turned 100%") % {"thing": words.thing("stone", "7")} == "turned 100% stone 7"


def test_words_of_a_thing_cannot_bring_markup() -> None:
    shown = Template("{% load office %}{% done entry %}").render(Context({"entry": Entry(actor="P-1", verb="<b>", thing="x:<i>")}))
    assert "<b>" not in shown
    assert "<i>" not in shown


def test_a_gate_is_told_by_its_name() -> None:
    entry = Entry(actor="P-1", verb="passed", thing=f"gate:E-000007/{of_evaluations.GateKind.DRAFT}")
    assert Template("{% load office %}{% done entry %}").render(Context({"entry": entry})) == "passed gate E-000007, draft report"
