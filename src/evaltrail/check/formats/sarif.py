"""SARIF 2.1.0 (OASIS Standard, 27 March 2020): for code review systems and editors that show the results of checks."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from evaltrail.check.formats._source import SourceLines
from evaltrail.check.formats._words import family
from evaltrail.check.rule import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.formats import Checked, Style
    from evaltrail.check.report import Remark
    from evaltrail.check.rule import Loaded
    from evaltrail.record import Place

NAME = "sarif"
ENDING = ".sarif"

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def written(checked: Sequence[Checked], style: Style) -> str:
    """One log with one run over all papers; what was found to be right comes as results of the kind "pass" where it is asked for."""
    known = rules()
    ran = {code for c in checked for code in c.report.rules}
    codes = [code for code in known if code in ran]
    index = {code: i for i, code in enumerate(codes)}
    results = [r for i, c in enumerate(checked) for r in _results(c, i, index, style)]
    failed = [(c, f) for c in checked for f in c.report.failed]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "Evaltrail", "semanticVersion": _version(), "rules": [_rule(known[code]) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(c) for c in checked],
        "results": results,
        "invocations": [
            {
                "executionSuccessful": not failed,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": f"{c.name}: the rule {f.rule} broke off: {f.fault}"},
                        "descriptor": {"id": f.rule},
                    }
                    for c, f in failed
                ],
            }
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _version() -> str:
    """The program's version; of a copy that was never installed nothing is known."""
    try:
        return version("evaltrail")
    except PackageNotFoundError:
        return "0.0.0"


def _rule(rule: Loaded) -> dict[str, Any]:
    what = rule.doc.partition("## What it does")[2].partition("\n## ")[0]
    return {
        "id": rule.code,
        "name": "".join(w.capitalize() for w in rule.name.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": " ".join(what.split()) or f"{rule.title}."},
        "help": {"text": rule.doc.replace("## ", "").strip(), "markdown": rule.doc.strip()},
        "defaultConfiguration": {"level": rule.rule.severity},
        "properties": {
            "tags": [rule.family, rule.rule.status],
            "sources": list(rule.rule.sources),
            "precision": "medium" if rule.rule.suspects else "high",
            "version": rule.rule.version,
        },
    }


def _artifact(c: Checked) -> dict[str, Any]:
    out: dict[str, Any] = {"location": {"uri": uri(c)}}
    if c.record.document.media_type and "/" in c.record.document.media_type:
        out["mimeType"] = c.record.document.media_type
    # A record's file has another hash than the paper that it was read from.
    if c.record.document.sha256 and c.source is not None:
        out["hashes"] = {"sha-256": c.record.document.sha256}
    if c.record.document.title:
        out["description"] = {"text": c.record.document.title}
    out["properties"] = {"genre": c.report.genre, "profile": c.report.profile.name, "profileVersion": c.report.profile.version}
    return out


def uri(c: Checked) -> str:
    """The paper's address: relative where its path is, so that a log can be read on another machine."""
    if c.path is None:
        return "standard-input"
    path = PurePath(c.path)
    # A name that is not UTF-8 keeps its bytes.
    quoted = quote(path.as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}" if path.is_absolute() else quoted


def _results(c: Checked, artifact: int, index: dict[str, int], style: Style) -> list[dict[str, Any]]:
    lines = SourceLines(c.record, c.source)
    out = [_result(c, artifact, index, r, lines) for r in c.report.remarks]
    for s in c.report.suppressed:
        result = _result(c, artifact, index, s.remark, lines)
        until = {"until": s.until.isoformat()}
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": s.reason, "properties": until}]
        out.append(result)
    if style.confirmations:
        out += [{**_result(c, artifact, index, r, lines), "kind": "pass", "level": "none"} for r in c.report.confirmations]
    return out


def _result(c: Checked, artifact: int, index: dict[str, int], remark: Remark, lines: SourceLines) -> dict[str, Any]:
    here = {"uri": uri(c), "index": artifact}
    out: dict[str, Any] = {"ruleId": remark.rule}
    if remark.rule in index:
        out["ruleIndex"] = index[remark.rule]
    out |= {
        "kind": "fail",
        "level": remark.severity,
        "message": {"text": remark.message},
        "locations": [_location(c, here, p, lines) for p in remark.places] or [{"physicalLocation": {"artifactLocation": here}}],
        "partialFingerprints": {"evaltrail/v1": remark.fingerprint},
    }
    related = [
        {**_location(c, here, p, lines), "id": i, "message": {"text": r.text}} for i, r in enumerate(remark.related) for p in r.places[:1]
    ]
    if related:
        out["relatedLocations"] = related
    properties: dict[str, Any] = {"family": family(remark.rule), "status": remark.status, "possible": remark.suspects}
    properties |= {k: v for k, v in (("statement", remark.statement), ("proposal", remark.proposal)) if v}
    if remark.repair:
        properties["repair"] = [e.model_dump(mode="json") for e in remark.repair]
    out["properties"] = properties
    return out


def _location(c: Checked, here: dict[str, Any], place: Place, lines: SourceLines) -> dict[str, Any]:
    words = c.record.pages[place.page - 1].text[place.start : place.end] if place.page <= len(c.record.pages) else ""
    found = lines.region(place)
    region: dict[str, Any]
    if found is not None:
        region = {"startLine": found.start[0], "startColumn": found.start[1], "endLine": found.end[0], "endColumn": found.end[1]}
    else:
        # Offsets in the page's text as the record has it: a PDF or a DOCX has no lines of its own.
        region = {"charOffset": place.start, "charLength": max(0, place.end - place.start)}
    region |= {"snippet": {"text": words}, "properties": {"page": place.page}}
    return {"physicalLocation": {"artifactLocation": here, "region": region}}
