"""What the office writes down of its own running: a line a request and a job, without the words of papers, people or links.

``EVALTRAIL_LOG=json`` writes each as JSON on standard error, for whatever collects them; without it faults alone are told, in words.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.urls import resolve
from django.urls.exceptions import Resolver404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

log = logging.getLogger("evaltrail_office.requests")
_TOLD_BY_PROXY = re.compile(r"[\w.:-]{8,64}")
_NAME_OF_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_KEY = re.compile(r"\d{1,12}|[A-Z]{1,2}-\d{4,12}")
"""Parts of an address that are told: numbers and keys. Whatever else stands in one may be a link's secret, or words."""
_number: ContextVar[str] = ContextVar("request", default="")


def request_number() -> str:
    """Of the request under way; empty outside of one."""
    return _number.get()


def logged(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request a number, which the answer carries too, and write one line about it."""

    def answer(request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Request-ID", "")
        number = told if _TOLD_BY_PROXY.fullmatch(told) else secrets.token_hex(8)
        held = _number.set(number)
        began, counted = time.perf_counter(), _Counted()
        try:
            with connection.execute_wrapper(counted):
                response = get_response(request)
            response.headers["X-Request-ID"] = number
            event = {
                "request": number,
                # Known only where the page asked who it is: a line is not worth a query.
                "person": getattr(getattr(request, "_cached_user", None), "key", ""),
                "method": request.method if request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other",
                "path": shown_path(request),
                "status": response.status_code,
                "ms": round(1000 * (time.perf_counter() - began), 1),
                "queries": counted.queries,
            }
            log.info("request", extra={"event": event})
        finally:
            _number.reset(held)
        return response

    return answer


class _Counted:
    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own
        self.queries += 1
        return execute(sql, params, many, context)


def shown_path(request: HttpRequest) -> str:
    """The address that was asked for as far as it may be written down: its pattern, with numbers and keys in place of their names."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return "(no such page)"
    if "(?P" in match.route or match.route.startswith("^"):
        return f"({match.url_name})"

    def part(name: re.Match[str]) -> str:
        value = str(match.kwargs.get(name[1], ""))
        return value if _KEY.fullmatch(value) else "…"

    return "/" + _NAME_OF_PART.sub(part, match.route)


class Words(logging.Formatter):
    """A line for people: what happened and where, without the words of exceptions, which may be those of papers."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; with EVALTRAIL_DEBUG=1 a traceback follows."""
        from django.conf import settings

        line = f"evaltrail: {_message(record)}"
        if (where := _where(record)) is not None:
            line += f": {where['type']} at {where['at']}"
        if number := request_number():
            line += f" (request {number})"
        if settings.DEBUG and record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


class JsonLines(logging.Formatter):
    """The same as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "event": _message(record)}
        line |= getattr(record, "event", {})
        if (number := request_number()) and "request" not in line:
            line["request"] = number
        if (where := _where(record)) is not None:
            line["fault"] = where
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith("django."):
        # Its own lines print the address as it came, and that may be a link that lets somebody in.
        request, status = getattr(record, "request", None), getattr(record, "status_code", "")
        path = shown_path(request) if request is not None and hasattr(request, "path_info") else ""
        return " ".join(str(w) for w in (record.name, status, path) if w)
    return record.getMessage()


def _where(record: logging.LogRecord) -> dict[str, str] | None:
    from evaltrail_office.jobs.worker import where

    if not record.exc_info or record.exc_info[1] is None:
        return None
    fault = record.exc_info[1]
    return {"type": type(fault).__name__, "at": where(fault)}


def logging_settings(how: str) -> dict[str, Any]:
    """Django's ``LOGGING`` for ``faults`` (told in words) or ``json`` (a line a request and a job)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{__name__}.{'JsonLines' if how == 'json' else 'Words'}"}},
        "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": "WARNING", "handlers": ["terminal"]},
        "loggers": {
            "evaltrail_office": {"level": "INFO" if how == "json" else "WARNING"},
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            # What was asked for wrongly stands in the line of the request already.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
        },
    }
