"""The API as a whole: its routers, what becomes of exceptions, and its addresses."""

from __future__ import annotations

import re
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern, path, re_path
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.api.problems import Problem, from_pydantic, not_found, not_valid
from evaltrail_office.api.tags import NotModified
from evaltrail_office.api.v1 import (
    actions,
    answers,
    bring,
    corrections,
    documents,
    evaluations,
    export,
    figures,
    follow_up,
    governing,
    office,
    plan,
)
from evaltrail_office.follow_up.moving import Overtaken, WrongState
from evaltrail_office.intake.actions import TooMany

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http.response import HttpResponseBase

PREFIX = "/api/v1/"
api = NinjaAPI(title="Evaltrail", version="1", urls_namespace="api-v1", openapi_url=None, docs_url=None)
for module in (evaluations, documents, corrections, bring, plan, follow_up, answers, actions, governing, figures, export, office):
    api.add_router("", module.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, fault: Problem) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return fault.response()


@api.exception_handler(NotModified)
def _not_modified(request: HttpRequest, fault: NotModified) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return fault.response()


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, fault: Http404) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return not_found().response()


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, fault: PermissionDenied) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return Problem("not-allowed", str(fault), _("Ask who gives roles in the evaluation for one that may do it.")).response()


@api.exception_handler(TooMany)
def _full(request: HttpRequest, fault: TooMany) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return Problem("conflict", str(fault)).response()


@api.exception_handler(Overtaken)
def _overtaken(request: HttpRequest, fault: Overtaken) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return Problem("overtaken", str(fault), _("Read it again, and send the revision that it has now.")).response()


@api.exception_handler(WrongState)
def _wrong_state(request: HttpRequest, fault: WrongState) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return Problem("conflict", str(fault), _("Read it again: moves says what you may do with it now.")).response()


@api.exception_handler(Refused)
def _refused_by_rules(request: HttpRequest, fault: Refused) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return not_valid(f"body.{fault.field}" if fault.field else "body", str(fault)).response()


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, fault: ValidationError) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return from_pydantic({**error, "loc": _place(error["loc"])} for error in fault.errors).response()


def _place(loc: Sequence[int | str]) -> Sequence[int | str]:
    """Where a field stands for whoever sends it: ninja also names the argument that takes all fields of a kind together."""
    where, *rest = loc
    if len(rest) > 1 and isinstance(rest[1], str):
        rest = rest[1:]
    elif where == "body":
        rest = []
    return ("body" if where == "form" else where, *rest)


@api.exception_handler(SuspiciousOperation)
def _too_large(request: HttpRequest, fault: SuspiciousOperation) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return Problem("too-large", str(fault), _("Send less at a time.")).response()


@api.exception_handler(MultiPartParserError)
def _no_form(request: HttpRequest, fault: MultiPartParserError) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return Problem("unreadable", str(fault), _("Send a form as multipart/form-data.")).response()


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, fault: HttpError) -> HttpResponse:  # noqa: ARG001 - every handler takes it
    return Problem("unreadable", str(fault), _("Send JSON as UTF-8.")).response()


@cache
def _parameters() -> Mapping[tuple[str, str], frozenset[str]]:
    """Names of the query's parameters by path and method, as the description has them."""
    described = api.get_openapi_schema(path_prefix=PREFIX)
    return {
        (route, method): frozenset(p["name"] for p in operation["parameters"] if p["in"] == "query")
        for route, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def _checked(pattern: URLPattern) -> Callable[..., HttpResponseBase]:
    """A view of ninja's as this office answers it: with a sign-in of its own, and no parameter overlooked."""
    inner = pattern.callback
    route = PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))

    @wraps(inner)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "HEAD":
            # A server leaves out the body of whatever answers HEAD.
            request.method = "GET"
        answer = _refused(request, route) or inner(request, *args, **kwargs)
        if answer.status_code == 405:
            allowed = answer.headers.get("Allow", "")
            answer = Problem("no-such-method", _("It can be: %(methods)s.") % {"methods": allowed}, headers={"Allow": allowed}).response()
        patch_vary_headers(answer, ("Authorization", "Cookie"))
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    # Who changes something with a session shows the form's token all the same: see ``security``.
    view.csrf_exempt = True  # type: ignore[attr-defined]
    view.login_required = False  # type: ignore[attr-defined]
    return view


def _refused(request: HttpRequest, route: str) -> HttpResponse | None:
    if "\x00" in request.path_info:
        return not_found().response()
    known = _parameters().get((route, (request.method or "").lower()))
    for name, value in request.GET.items():
        if "\x00" in name or "\x00" in value:
            return Problem("not-valid", _("The query holds the character U+0000."), errors=[("query", "U+0000")]).response()
        if known is not None and name not in known:
            can_be = ", ".join(sorted(known)) or _("none")
            said = _("there is no such parameter here; there are: %(names)s") % {"names": can_be}
            return Problem("not-valid", f"query.{name}: {said}", errors=[(f"query.{name}", said)]).response()
    return None


def nothing_here(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """Answer addresses of the API that are none."""
    return Problem("not-found", _("There is no such address."), _("The addresses are listed on the page /api/.")).response()


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]
nothing_here.login_required = False  # type: ignore[attr-defined]


def urlpatterns() -> list[URLPattern]:
    """Addresses below ``/api/v1/``."""
    made = [
        URLPattern(pattern.pattern, _checked(pattern), pattern.default_args, f"api-{pattern.name}")
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and str(pattern.pattern)
    ]
    # A path ends at a line's end; addresses that are none may hold one.
    return [*made, path("", nothing_here, name="api-root"), re_path(r"^[\s\S]*$", nothing_here, name="api-nothing")]
