"""The page of an evaluation, and what belongs to it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from evaltrail.check.report import Remark
from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations import queries, writing
from evaltrail_office.evaluations.actions import ask_for_check
from evaltrail_office.evaluations.actions_proposals import ask_for_proposals
from evaltrail_office.evaluations.page import LISTED, LISTS, EvaluationPage
from evaltrail_office.evaluations.whole import Whole, whole_of
from evaltrail_office.shelf.models import Rating

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evaltrail_office.evaluations.models import Check, Evaluation
    from evaltrail_office.shelf.models import Document

HISTORY = 8
"""Entries of the history on the evaluation's page; all are on a page of their own."""
REMARKS = 12
ROWS = 30
"""Of the trail on the evaluation's page; a longer one is whole on a page of its own."""
ENTRIES = 50
MOST_NODES = 2000
"""Nodes of one trail that styles are made for."""


@require_safe
def evaluation(request: HttpRequest, key: str) -> HttpResponse:
    """What the papers of an evaluation say, and what is being done about it."""
    found = get_object_or_404(queries.evaluations(request.user), key=key)
    papers = queries.papers(request.user, found)
    whole = whole_of(papers, found.key)
    checks = queries.checks(papers)
    for paper in papers:
        # The page does not wait for the check.
        if paper.current_id and paper.pk not in checks:
            ask_for_check(paper, asked_by="system:evaluations")
            ask_for_proposals(paper, asked_by="system:evaluations")
    if not queries.reviews(request.user, found.key):
        checks = {}
    context: dict[str, Any] = {
        "evaluation": found,
        "papers": papers,
        "may_match": may(request.user, Verb.MATCH, found),
        "forms": writing.FORMS,
        "most": LISTED,
        "section": "library",
    }
    if whole is not None:
        context |= _account(whole, found, papers, checks)
    entries = list(queries.history(request.user, found.key, papers)[: HISTORY + 1])
    context["history"] = entries[:HISTORY]
    context["more_history"] = len(entries) > HISTORY
    context["names"] = queries.names(e.actor for e in entries)
    context["proposals"] = queries.proposals(papers).count() if context["may_match"] else 0
    return render(request, "evaluations/evaluation.html", context)


def _account(whole: Whole, found: Evaluation, papers: list[Document], checks: dict[int, Check]) -> dict[str, Any]:
    """What the account of the evaluation adds to the page."""
    first = whole.first
    check = checks.get(first.document.pk)
    remarks = [Remark.model_validate(r) for r in check.body["remarks"]] if check else []
    own = {s.id for s in first.evaluation.statements}
    about = [r for r in remarks if r.statement in own or r.statement is None]
    by_statement: dict[str, list[Remark]] = {}
    for remark in about:
        if remark.statement:
            by_statement.setdefault(remark.statement, []).append(remark)
    page = EvaluationPage(
        whole,
        confirmed=frozenset(statement for statement, when in whole.confirmed.items() if when is not None),
        remarks=by_statement,
        earlier=_earlier(first.document, found, papers),
        most_rows=ROWS,
    )
    mine = [when for (document, _), when in whole.confirmed.items() if document == first.document.key]
    return {
        "page": page,
        "picture": page.picture,
        "first": first,
        "numbers": sum(q.unit != "year" for q in first.record.quantities),
        "check": check,
        "remarks": about[:REMARKS],
        "remark_count": len(about),
        "confirmed": (sum(when is not None for when in mine), len(mine)),
        "threads_css": -(-max(len(page.picture.nodes), 1) // 50) * 50,
    }


def _earlier(document: Document, found: Evaluation, papers: list[Document]) -> dict[str, tuple[float, str]]:
    """Ratings of the edition that this paper replaces, where the person sees it."""
    old = next((paper for paper in papers if paper.pk == document.replaces_id), None)
    if old is None:
        return {}
    rows = Rating.objects.filter(document=old, part__evaluation_key=found.key).exclude(value=None)
    year = str(old.date.year) if old.date else ""
    return {r.criterion: (float(r.value or 0), year) for r in rows}


@require_safe
def trail(request: HttpRequest, key: str) -> HttpResponse:
    """The whole trail on a page of its own."""
    found = get_object_or_404(queries.evaluations(request.user), key=key)
    whole = whole_of(queries.papers(request.user, found), found.key)
    if whole is None:
        raise Http404
    page = EvaluationPage(whole)
    nodes = -(-max(len(page.picture.nodes), 1) // 50) * 50
    context = {"evaluation": found, "page": page, "picture": page.picture, "threads_css": nodes, "section": "library"}
    return render(request, "evaluations/trail.html", context)


@require_safe
def statements(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """All findings, conclusions, recommendations or lessons of an evaluation."""
    found = get_object_or_404(queries.evaluations(request.user), key=key)
    whole = whole_of(queries.papers(request.user, found), found.key)
    kinds = LISTS.get(name)
    if whole is None or kinds is None:
        raise Http404
    page = EvaluationPage(whole, most_rows=ROWS)
    listed = Paginator(range(page.count(*kinds)), LISTED).get_page(request.GET.get("page"))
    rows = page.rows(*kinds, start=(listed.number - 1) * LISTED, most=LISTED)
    context = {"evaluation": found, "page": page, "listed": listed, "rows": rows, "name": name, "section": "library"}
    return render(request, "evaluations/statements.html", context)


@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that was done about an evaluation."""
    found = get_object_or_404(queries.evaluations(request.user), key=key)
    papers = queries.papers(request.user, found)
    entries = Paginator(queries.history(request.user, found.key, papers), ENTRIES).get_page(request.GET.get("page"))
    context = {"evaluation": found, "page": entries, "names": queries.names(e.actor for e in entries), "section": "library"}
    return render(request, "evaluations/history.html", context)


@login_not_required
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def threads(request: HttpRequest, count: int) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """Style rules by which a node of a trail lights its thread, for trails of up to so many nodes; also the rows of the picture.

    They are the same for every trail and hold nothing of it: a page may not carry styles of its own.
    """
    if not 0 < count <= MOST_NODES:
        raise Http404
    lit = ",\n".join(f'.trail:has([data-n="{n}"]:is(:hover,:focus-visible)) [data-t~="{n}"]' for n in range(count))
    declarations = "--word:var(--ink);--soft:var(--ink-2);--line:var(--ink);--wide:4;--square:10px;--tint:initial;--tint-word:initial"
    rows = "\n".join(f'[data-y="{n}"]{{grid-row:{n + 1}}}' for n in range(count))
    return HttpResponse(f"{lit} {{{declarations}}}\n{rows}\n", content_type="text/css")
