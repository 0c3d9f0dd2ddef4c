"""The sample paper as PDF, set by typst: tagged, bars as vectors, the same bytes every time."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from . import content

TEXTS = {"text", "lead"}
LISTS_OF_TEXTS = {"bullets", "body"}


def build(paper: dict[str, Any]) -> bytes:
    """The paper's PDF."""
    data = json.dumps(_prepared(paper, paper["footnotes"]), ensure_ascii=False, default=str)
    return typst.compile(
        str(content.PARTS / "paper.typ"),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": data},
        pdf_standards=["ua-1"],
    )


def french() -> bytes:
    """The French sample's PDF."""
    return typst.compile(str(content.PARTS / "french.typ"), font_paths=fonts(), ignore_system_fonts=True)


def fonts() -> list[str]:
    """Folders of the two faces, which come as packages."""
    found = []
    for name in ("font_source_serif_pro", "font_source_sans_pro"):
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            message = f"the package {name} is not installed"
            raise ModuleNotFoundError(message)
        found.append(str(Path(spec.origin).parent / "files"))
    return found


def _prepared(value: Any, notes: dict[str, str]) -> Any:
    """Texts become runs, footnote marks the runs of their note; everything else stays."""
    if isinstance(value, list):
        return [_prepared(v, notes) for v in value]
    if not isinstance(value, dict):
        return value
    out: dict[str, Any] = {}
    for key, v in value.items():
        if key in TEXTS and isinstance(v, str):
            out[key] = _runs(v, notes)
        elif (key in LISTS_OF_TEXTS or key in TEXTS) and isinstance(v, list):
            out[key] = [_runs(t, notes) for t in v]
        else:
            out[key] = _prepared(v, notes)
    return out


def _runs(text: str, notes: dict[str, str]) -> list[Any]:
    return [[kind, _runs(notes[words], notes) if kind == "fn" else words] for kind, words in content.runs(text)]
