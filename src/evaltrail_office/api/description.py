"""The API's description: OpenAPI for programs, and the same as pages are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from evaltrail.record import Correction
from evaltrail_office.api.problems import KINDS, MEDIA_TYPE
from evaltrail_office.api.security import BearerToken
from evaltrail_office.api.v1.whole import PREFIX, api

_REF = "#/components/schemas/"


@cache
def openapi() -> dict[str, Any]:
    """OpenAPI 3.1. Problems have their own media type; scopes stand with each operation; a correction has its schema."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    made["info"] = {
        "title": "Evaltrail",
        "version": "1",
        "description": "Evaluations, what their papers state, and what is done about it: all that the office's pages show and do.",
    }
    made["servers"] = [{"url": "/"}]
    schemas: dict[str, Any] = made["components"]["schemas"]
    change = TypeAdapter[Any](Correction).json_schema(ref_template=_REF + "{model}")
    schemas.update(change.pop("$defs"))
    schemas["Correction"] = change
    scopes = _scopes()
    for methods in made["paths"].values():
        for operation in methods.values():
            _finish(operation, scopes[operation["operationId"]])
    body = made["paths"][f"{PREFIX}documents/{{key}}/corrections"]["post"]["requestBody"]
    body["content"]["application/json"]["schema"] = {"$ref": f"{_REF}Correction"}
    return made


def _finish(operation: dict[str, Any], scopes: tuple[str, ...]) -> None:
    operation["x-scopes"] = list(scopes)
    for parameter in operation["parameters"]:
        if parameter["name"] == "If-Match":
            # Whoever leaves it out is told so in words of its own, and not that a field is missing.
            parameter["required"] = True
            parameter["schema"].pop("default", None)
    responses = operation["responses"]
    for status in list(responses):
        answer = responses.pop(status)
        content = answer.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            answer["content"] = {MEDIA_TYPE: content["application/json"]}
        elif len(content) > 1:
            # What is streamed is never one piece of JSON.
            content.pop("application/json", None)
        responses[str(status)] = answer


@cache
def _scopes() -> dict[str, tuple[str, ...]]:
    """Scopes that a token needs, by operation: one of them is enough."""
    found = {}
    for _prefix, router in api._routers:  # noqa: SLF001 - ninja's list of what was added
        for view in router.path_operations.values():
            for operation in view.operations:
                callbacks = operation.auth_callbacks or router.auth
                token = next(c for c in callbacks if isinstance(c, BearerToken))
                found[str(operation.operation_id)] = tuple(scope.value for scope in token.scopes)
    return found


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    where: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    scopes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    answer: str
    body: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands in an answer or a request."""

    name: str
    description: str
    fields: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The whole page."""

    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    shapes: tuple[Shape, ...]
    problems: tuple[tuple[str, int, str], ...]


def described() -> Described:
    """The description as a page is made of it."""
    whole = openapi()
    groups: dict[str, list[Operation]] = {}
    for path, methods in whole["paths"].items():
        for method, one in methods.items():
            groups.setdefault(one["tags"][0], []).append(_operation(path, method, one))
    shapes = tuple(
        Shape(name, schema.get("description", "").partition("\n")[0], _fields(schema))
        for name, schema in sorted(whole["components"]["schemas"].items())
        if schema.get("properties")
    )
    problems = tuple((kind, status, str(title)) for kind, (status, title) in KINDS.items())
    return Described(tuple((tag, tuple(some)) for tag, some in groups.items()), shapes, problems)


def _operation(path: str, method: str, one: dict[str, Any]) -> Operation:
    parameters = tuple(
        Parameter(p["name"], p["in"], _kind(p["schema"]), p["required"], p.get("description", "")) for p in one["parameters"]
    )
    answer = next(a for status, a in one["responses"].items() if status.startswith("2"))
    body = one.get("requestBody", {}).get("content", {})
    return Operation(
        one["operationId"],
        method.upper(),
        path,
        one.get("description", one["summary"]),
        tuple(one["x-scopes"]),
        parameters,
        " | ".join(_kind(c["schema"]) if "json" in media and "jsonl" not in media else media for media, c in answer["content"].items()),
        " | ".join(_kind(c["schema"]) if media == "application/json" else media for media, c in body.items()),
    )


def _fields(schema: dict[str, Any]) -> tuple[Parameter, ...]:
    required = set(schema.get("required", ()))
    return tuple(
        Parameter(name, "", _kind(field), name in required, field.get("description", "")) for name, field in schema["properties"].items()
    )


def _kind(schema: dict[str, Any]) -> str:
    """What a value can be, in a line."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(_kind(s) for s in schema[several]))
    if "enum" in schema:
        return " | ".join(str(v) for v in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    kind = str(schema.get("format") or schema.get("type") or "any")
    if kind == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return kind
