"""What the documentation says is there, works and is complete."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import reference

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(p for folder in (ROOT, ROOT / "docs") for p in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md")))
WRITTEN_BY_HAND = [p for p in PAGES if "reference" not in p.parts]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+\s+(.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = unquote(target).partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), f"{target} leads nowhere"
        assert aim.is_relative_to(ROOT), f"{target} leads out of the repository"
        if anchor:
            assert anchor in anchors(aim.read_text(encoding="utf-8")), f"{target}: no such heading"


@cache
def reached_from_the_readme() -> frozenset[Path]:
    reached: set[Path] = set()
    todo = [ROOT / "README.md"]
    while todo:
        here = todo.pop()
        if here in reached or here.suffix != ".md":
            continue
        reached.add(here)
        links = re.findall(r"\]\(([^)\s#]+)", without_code(here.read_text(encoding="utf-8")))
        todo += [aim for link in links if (aim := (here.parent / link).resolve()).is_file()]
    return frozenset(reached)


@pytest.mark.parametrize("page", [p for p in PAGES if p.is_relative_to(ROOT / "docs")], ids=name)
def test_every_page_can_be_reached_from_the_readme(page: Path) -> None:
    assert page in reached_from_the_readme()


def test_the_reference_is_up_to_date() -> None:
    assert reference.written() == reference.pages().keys(), "make docs"
    stale = [n for n, text in reference.pages().items() if (ROOT / "docs/reference" / n).read_text(encoding="utf-8") != text]
    assert stale == [], "make docs"


def test_the_readme_has_between_500_and_700_words_and_a_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    words = re.findall(r"[^\W\d_][\w’'-]*", re.sub(r"\]\([^)]*\)", "]", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))
    assert 500 <= len(words) <= 700
    pictures = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text)
    assert pictures
    assert all(len(words) > 20 for words, _ in pictures), "a picture has a description"


def parsers() -> list[tuple[str, argparse.ArgumentParser]]:
    from evaltrail.cli import build_parser

    whole = build_parser()
    return [("evaltrail", whole), *reference._subcommands(whole)]


@pytest.mark.parametrize("command, parser", parsers())
def test_every_command_and_option_says_what_it_does(command: str, parser: argparse.ArgumentParser) -> None:
    assert (parser.description or "").strip()
    undescribed = [a.dest for a in parser._actions if not isinstance(a, argparse._SubParsersAction) and not (a.help or "").strip()]
    assert undescribed == []
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert command == "evaltrail" or f"## evaltrail {command}\n" in page
    assert [o for a in parser._actions for o in a.option_strings if f"`{o}`" not in page] == []


def test_every_variable_of_the_environment_is_explained() -> None:
    used = {v for p in (ROOT / "src").rglob("*.py") for v in re.findall(r"\bEVALTRAIL_[A-Z_]+", p.read_text(encoding="utf-8"))}
    explained = "".join(p.read_text(encoding="utf-8") for p in WRITTEN_BY_HAND)
    assert {v for v in used if f"`{v}`" not in explained} == set()


def test_every_make_target_that_is_mentioned_exists_and_says_what_it_does() -> None:
    targets = dict(re.findall(r"^([a-z-]+):.*?## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    mentioned = {t for p in PAGES for t in re.findall(r"`make ((?:[a-z-]+ ?)+)`", p.read_text(encoding="utf-8"))}
    assert {t for some in mentioned for t in some.split()} <= targets.keys()


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_every_decision_says_why_what_and_what_follows(decision: Path) -> None:
    headings = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings[:2] == ["Context", "Decision"]
    assert headings[-1] == "Consequences"
    assert decision.name in (decision.parent / "README.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(p.name[:4]) for p in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize(
    "page",
    [
        "docs/tutorial.md",
        *(
            f"docs/how-to/{n}.md"
            for n in ("use-the-library", "correct-a-wrong-reading", "read-many-files", "fill-a-quality-sheet", "charts")
        ),
    ],
)
def test_the_programs_of_the_page_run_as_they_stand(page: str, tmp_path: Path) -> None:
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert blocks
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for number, (language, code) in enumerate(blocks):
        if language == "python":
            (tmp_path / f"block{number}.py").write_text(code, encoding="utf-8")
            command = [sys.executable, f"block{number}.py"]
        else:
            command = ["sh", "-e", "-c", code]
        done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{code}\n{done.stderr}"


def test_no_path_of_this_machine_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git repository")
    here = {f"{ROOT}{os.sep}", f"{Path.home()}{os.sep}"} - {os.sep}
    files = [ROOT / entry for entry in listed.stdout.split("\0") if entry and (ROOT / entry).is_file()]
    assert [p for p in files if any(path.encode() in p.read_bytes() for path in here)] == []
