"""Write docs/reference from the code: commands, record, diagnostics, language packs, rules, figures.

``--check`` writes nothing and fails if a page is not what would be written.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from figure_pages import figure_page
from rule_pages import profile_page, rule_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
TARGET = ROOT / "docs" / "reference"
NOTE = "<!-- Written by `make docs` from the code. Changes belong there. -->\n\n"


def main() -> int:
    """Write the pages, or with ``--check`` name those that are out of date and return 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a page is out of date")
    args = parser.parse_args()
    stale = [name for name, text in pages().items() if not _same(TARGET / name, text)]
    stale += [name for name in written() if name not in pages()]
    if args.check:
        for name in stale:
            print(f"docs/reference/{name} is out of date: make docs", file=sys.stderr)
        return 1 if stale else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in pages():
            (TARGET / name).parent.mkdir(exist_ok=True)
            (TARGET / name).write_text(pages()[name], encoding="utf-8")
        else:
            (TARGET / name).unlink()
        print(f"docs/reference/{name}")
    return 0


def written() -> set[str]:
    """Names of the pages that are there."""
    return {p.relative_to(TARGET).as_posix() for p in TARGET.rglob("*") if p.is_file()}


@cache
def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    found = {
        "commands.md": NOTE + commands(),
        "record.md": NOTE + record(),
        "record.schema.json": schema(),
        "check-report.md": NOTE + check_report(),
        "difference.md": NOTE + difference(),
        "corrections.md": NOTE + corrections(),
        "profiles.md": NOTE + profile_page(),
        "figures.md": NOTE + figure_page(),
        "diagnostics.md": NOTE + diagnostics(),
        "language-packs.md": NOTE + language_packs(),
    }
    titles = {name: text.removeprefix(NOTE).splitlines()[0].lstrip("# ") for name, text in found.items() if name.endswith(".md")}
    titles["rules/README.md"] = "Rules"
    found |= {name: NOTE + text for name, text in rule_pages().items()}
    index = "\n".join(f"- [{title}]({name})" for name, title in titles.items())
    schema_line = "- [JSON Schema of the record](record.schema.json)"
    found["README.md"] = f"{NOTE}# Reference\n\n{index}\n{schema_line}\n"
    return found


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# Commands


def commands() -> str:
    """Every command with its arguments and options, from the parser itself."""
    from evaltrail.cli import build_parser

    parser = build_parser()
    lines = ["# Commands", "", parser.description or "", ""]
    lines += _options(parser)
    lines += ["", "```text", (parser.epilog or "").strip(), "```"]
    for name, command in _subcommands(parser):
        lines += ["", f"## evaltrail {name}", "", f"`{_synopsis(name, command)}`", "", (command.description or "").strip(), ""]
        lines += _options(command)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _subcommands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to list its arguments
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.items()


def _shown(action: argparse.Action) -> str:
    """The action's value as written on the command line, empty for a switch."""
    if action.nargs == 0:
        return ""
    name = action.metavar if isinstance(action.metavar, str) else "|".join(map(str, action.choices or ())) or action.dest.upper()
    return {"+": f"{name}…", "*": f"[{name}…]", "?": f"[{name}]"}.get(str(action.nargs), name)


def _synopsis(name: str, command: argparse.ArgumentParser) -> str:
    """The command on one line, set without argparse because its form changes from Python to Python."""
    words = ["evaltrail", name]
    for action in command._actions:  # noqa: SLF001
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._HelpAction):  # noqa: SLF001
            continue
        if action.option_strings:
            written = " ".join(filter(None, (action.option_strings[0], _shown(action))))
            words.append(written if action.required else f"[{written}]")
        else:
            words.append(_shown(action))
    return " ".join(words)


def _options(parser: argparse.ArgumentParser) -> list[str]:
    rows = []
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:  # noqa: SLF001
            continue
        names = ", ".join(f"`{o}`" for o in action.option_strings)
        value = _shown(action)
        written = f"{names} `{value}`" if names and value else names or f"`{value}`"
        text = (action.help or "") % {**vars(action), "prog": parser.prog}
        rows.append(f"| {_cell(written)} | {_cell(text)} |")
    return ["| argument | meaning |", "|---|---|", *rows] if rows else []


# Record


def schema() -> str:
    """The record's JSON Schema."""
    from evaltrail.record import json_schema

    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def record() -> str:
    """Every object of the record with its fields, from the JSON Schema."""
    from evaltrail.record import SCHEMA, Record, json_schema

    whole = json_schema()
    objects = {"Record": {k: v for k, v in whole.items() if k != "$defs"}, **whole["$defs"]}
    lines = [
        "# The record",
        "",
        (Record.__doc__ or "").strip(),
        "",
        f"Its schema is `{SCHEMA}`; [record.schema.json](record.schema.json) is the same as JSON Schema, and so is what",
        "`evaltrail schema` prints. Readers keep fields that they do not know. Unknown is null, never a guess.",
        "",
        "Offsets count code points in `pages[].text`. Boxes are left, bottom, right, top in points, with the origin at the",
        "bottom left of the page ([why](../decisions/0004-boxes-as-pdfium-gives-them.md)).",
    ]
    lines += _objects(objects, "Record")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def check_report() -> str:
    """Every object of the report of a check with its fields, from its JSON Schema."""
    from evaltrail.check.report import SCHEMA, Report
    from evaltrail.record import json_schema

    whole = Report.model_json_schema(by_alias=True)
    # What the record's page tells already is linked to it.
    known = json_schema()["$defs"].keys()
    objects = {"Report": {k: v for k, v in whole.items() if k != "$defs"}, **{k: v for k, v in whole["$defs"].items() if k not in known}}
    lines = [
        "# The report of a check",
        "",
        f"What `evaltrail check --format json` writes; its schema is `{SCHEMA}`.",
        *_objects(objects, "Report"),
    ]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
    return re.sub(r"\]\(#(\w+)\)", lambda m: m[0] if m[1] in {o.lower() for o in objects} else f"](record.md#{m[1]})", text)


def difference() -> str:
    """Every object of the difference of two papers with its fields, from its JSON Schema."""
    from evaltrail.record import DIFFERENCE_SCHEMA, Comparison

    whole = Comparison.model_json_schema(by_alias=True)
    objects = {"Comparison": {k: v for k, v in whole.items() if k != "$defs"}, **whole["$defs"]}
    lines = [
        "# The difference of two papers",
        "",
        f"What `evaltrail diff -o changes.json` writes; its schema is `{DIFFERENCE_SCHEMA}`.",
        *_objects(objects, "Comparison"),
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def corrections() -> str:
    """Every kind of correction with its fields, from its JSON Schema."""
    from pydantic import TypeAdapter

    from evaltrail.record import Correction

    whole = TypeAdapter[Any](Correction).json_schema(by_alias=True)
    names = [value["$ref"].rsplit("/", 1)[1] for value in whole["oneOf"]]
    objects = {name: whole["$defs"][name] for name in (*names, *(n for n in whole["$defs"] if n not in names))}
    lines = [
        "# Corrections",
        "",
        "What a person changed in a record, kept on its own, so that it can be made again on a better reading of the same paper",
        "([how](../how-to/correct-a-wrong-reading.md)). `kind` tells which of the following it is. `corrected()` makes them, in order;",
        "what does not fit is a conflict with a line that says why.",
        *_objects(objects, ""),
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _objects(objects: dict[str, Any], first: str) -> list[str]:
    lines = []
    for name, one in objects.items():
        about = "" if name == first else " ".join(str(one.get("description", "")).split())
        lines += ["", f"## {name}", "", about, "", "| field | type | meaning |", "|---|---|---|"]
        for field, value in one.get("properties", {}).items():
            needed = " (required)" if field in one.get("required", ()) else ""
            lines.append(f"| `{field}`{needed} | {_cell(_type(value))} | {_cell(str(value.get('description', '')))} |")
    return lines


def _type(value: dict[str, Any]) -> str:
    """A field's type in words, with links to the objects it holds."""
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return ", ".join(f"`{json.dumps(v)}`" for v in value["enum"])
    for key in ("anyOf", "oneOf"):
        if key in value:
            return " or ".join(_type(v) for v in value[key])
    if value.get("type") == "array":
        if "prefixItems" in value:
            return "[" + ", ".join(_type(v) for v in value["prefixItems"]) + "]"
        return f"list of {_type(value.get('items', {}))}"
    if isinstance(value.get("additionalProperties"), dict):
        return f"object of {_type(value['additionalProperties'])} by name"
    return str(value.get("type", "any"))


# Diagnostics


class Message(NamedTuple):
    """A code with the words that come with it; values that are filled in are shown as dots."""

    code: str
    words: str


def diagnostics() -> str:
    """Every code that a record's diagnostics or an unreadable file can have, read out of the source."""
    from evaltrail.read.formats import Unreadable

    notes: set[Message] = set()
    stops: set[Message] = set()
    for path in sorted((SOURCE / "evaltrail" / "read").rglob("*.py")):
        for maker, message in _messages(ast.parse(path.read_text(encoding="utf-8"))):
            (notes if maker == "Diagnostic" else stops).add(message)
    lines = [
        "# Diagnostics",
        "",
        "Codes stay the same from version to version; the words beside them may change.",
        "",
        "## In a record",
        "",
        "What stands in `diagnostics` of a record. Where words were lost (`lost` is true), `evaltrail read` ends with exit code 3.",
        "",
        *_messages_table(notes),
        "",
        "## Files that cannot be read",
        "",
        f"`evaltrail read` says it in one line and ends with exit code 2; the library raises `{Unreadable.__name__}` with the code.",
        "",
        *_messages_table(stops),
    ]
    return "\n".join(lines) + "\n"


def _messages_table(messages: set[Message]) -> list[str]:
    by_code: dict[str, list[str]] = {}
    for code, words in sorted(messages):
        have = by_code.setdefault(code, [])
        if words:
            have.append(words)
    rows = [f"| `{code}` | {'<br>'.join(_cell(w) for w in words)} |" for code, words in by_code.items()]
    return ["| code | words |", "|---|---|", *rows]


def _messages(tree: ast.Module) -> Iterator[tuple[str, Message]]:
    """Codes with their words, and the name of what is made of them.

    They stand side by side: as the first two arguments, as ``code=`` and ``message=``, in a tuple or in a dictionary.
    """
    constants = {t.id: n.value for n in tree.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
    for node in ast.walk(tree):
        maker, code, words = "", None, None
        if isinstance(node, ast.Call):
            maker = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            named = {k.arg: k.value for k in node.keywords}
            if "code" in named:
                code, words = named["code"], named.get("message")
            elif len(node.args) >= 2 and maker in {"Unreadable", "Diagnostic"}:
                code, words = node.args[:2]
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Constant | ast.JoinedStr):
            code, words = node.elts
            if " " not in _words(words, constants):
                continue
        elif isinstance(node, ast.Dict):
            named = {
                k.value: v for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Constant) and isinstance(k.value, str)
            }
            code, words = named.get("code"), named.get("message")
        if isinstance(code, ast.Constant) and isinstance(code.value, str) and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code.value):
            yield maker, Message(code.value, _words(words, constants))


def _words(node: ast.AST | None, constants: dict[str, ast.expr]) -> str:
    """The words of a message, with … for what is filled in; empty where they are put together elsewhere."""
    if isinstance(node, ast.Constant):
        return re.sub(r"\{[^{}]*\}", "…", str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(v, constants) if isinstance(v, ast.Constant) else "…" for v in node.values)
    if isinstance(node, ast.Name):
        return _words(constants.get(node.id), constants)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return _words(node.func.value, constants)
    return ""


# Language packs


def language_packs() -> str:
    """Topics and keys of the language packs, with the comments of the English ones."""
    folder = SOURCE / "evaltrail" / "text" / "languages"
    codes = sorted((p.name for p in folder.iterdir() if p.is_dir()), key=lambda c: (c != "en", c))
    lines = [
        "# Language packs",
        "",
        "What the reader knows of a language stands in TOML files, `src/evaltrail/text/languages/<code>/<topic>.toml`.",
        "[How to add a language](../how-to/add-a-language.md) tells how to extend them.",
    ]
    for path in sorted((folder / "en").glob("*.toml")):
        head, comments = _comments(path.read_text(encoding="utf-8"))
        lines += ["", f"## {path.stem}", "", head, "", "| key | meaning | languages |", "|---|---|---|"]
        keys = {c: _keys(_toml(folder / c / path.name)) for c in codes}
        for key in dict.fromkeys(k for own in keys.values() for k in own):
            lines.append(f"| `{key}` | {_cell(comments.get(key, ''))} | {' '.join(c for c in codes if key in keys[c])} |")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _keys(table: dict[str, Any], prefix: str = "") -> list[str]:
    """Dotted keys. A table of single values (a mapping of words) counts as one key; other tables stand before theirs."""
    out = []
    for key, value in table.items():
        out.append(prefix + key)
        if isinstance(value, dict) and any(isinstance(v, dict | list) for v in value.values()):
            out += _keys(value, f"{prefix}{key}.")
    return out


def _comments(text: str) -> tuple[str, dict[str, str]]:
    """The comment at the head of a pack, and the comment directly over each key or table."""
    lines = text.splitlines()
    top = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = " ".join(line.lstrip("# ") for line in lines[:top])
    comments: dict[str, str] = {}
    waiting: list[str] = []
    table = ""
    for line in lines[top:]:
        if line.startswith("#"):
            waiting.append(line.lstrip("# "))
            continue
        if found := re.match(r"\[+([\w.-]+)\]+", line):
            comments[found[1]] = " ".join(waiting)
            table = found[1] + "."
        elif found := re.match(r"([\w-]+)\s*=", line):
            comments[table + found[1]] = " ".join(waiting)
        waiting = []
    return head, comments


if __name__ == "__main__":
    sys.exit(main())
