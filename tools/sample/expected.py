"""What a careful reader finds in the sample paper, as data that tests compare a reading with."""

from __future__ import annotations

import json
from typing import Any

from . import content


def build(paper: dict[str, Any]) -> bytes:
    """The expected content as JSON."""
    data = {
        "document": {key: paper[key] for key in ("title", "symbol", "organisation", "language")},
        "paragraphs": {str(n): content.plain(text) for n, text in content.paragraphs(paper)},
        "footnotes": {number: content.plain(text) for number, text in paper["footnotes"].items()},
        "evaluations": [_evaluation(part) for part in paper["part"]],
        "decision": {"paragraph": str(paper["decision"]["n"]), "text": paper["decision"]["text"], "refers": paper["decision"]["refers"]},
        "quantities": paper["quantities"],
        "scale": paper["rating_words"],
        "faults": paper["faults"],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _evaluation(part: dict[str, Any]) -> dict[str, Any]:
    conclusions = [{"paragraph": str(p["n"]), "text": content.plain(p["text"])} for p in part["conclusions"]["paragraphs"]]
    return {
        "label": part["label"],
        "title": part["title"],
        "period": part["period"],
        "findings": [_statement(f) | {"criteria": s["criteria"]} for s in part["section"] for f in s["box"]],
        "conclusions": conclusions,
        **_lessons(part),
        "recommendations": [_recommendation(r) for r in part["recommendation"]],
        "responses": [_response(a) for a in part["response"]["answers"]],
        "overall_response": [str(p["n"]) for p in part["response"]["overall"]],
        # Bars are lost in plain text: there only the part that prints a table has ratings.
        "ratings": part["assessment"]["ratings"],
        "ratings_in_words": "table_caption" in part["assessment"],
    }


def _statement(item: dict[str, Any]) -> dict[str, Any]:
    return {"number": item.get("number"), "label": item.get("label"), "text": content.plain(item["text"])}


def _lessons(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"lesson": [], "good_practice": []}
    for key, kind in (("lessons", "lesson"), ("good_practices", "good_practice")):
        for item in part.get(key, {}).get("items", []):
            found[item.get("kind", kind)].append(_statement(item))
    return {"lessons": found["lesson"], "good_practices": found["good_practice"]}


def _recommendation(r: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": r["number"],
        "paragraph": str(r["n"]),
        "text": content.plain(r["text"]),
        "subs": [{"number": s["letter"], "text": s["text"]} for s in r.get("subs", [])],
        "units": r["units"],
        "printed": {"responsible": r["responsible"], **{key: r[key][0] for key in ("priority", "time", "resources")}},
        **{key: r[key][1] or None for key in ("priority", "time", "resources")},
    }


def _response(a: dict[str, Any]) -> dict[str, Any]:
    return {"recommendation": a["number"], "paragraph": str(a["n"]), "text": content.plain(a["text"][0]), "verdict": a["verdict"]}
