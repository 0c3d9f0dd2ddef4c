"""Bringing registers, saying what their columns mean, taking them over and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaltrail_office.accounts.access import may, visible
from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import forms_registers as forms
from evaltrail_office.follow_up import queries_registers as queries
from evaltrail_office.follow_up.actions import register_undoing
from evaltrail_office.follow_up.actions import registers as actions
from evaltrail_office.follow_up.models import Mapping, Register
from evaltrail_office.follow_up.registers import known
from evaltrail_office.follow_up.registers.fields import Fields
from evaltrail_office.follow_up.registers.preview import first_rows
from evaltrail_office.follow_up.registers.reading import MOST_BYTES, too_large
from evaltrail_office.follow_up.tables import MEDIA_TYPES, as_csv, as_xlsx
from evaltrail_office.intake.streaming import IntoShelf, Kept

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User

PAGE = 50
UNITS = 40
"""Printed units on a page: each has a list to choose from."""


class IntoShelfSmall(IntoShelf):
    """As the others are kept, and dropped earlier: a register is no scan of a report."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a chunk, as far as a register goes."""
        left = super().receive_data_chunk(raw_data, start)
        if self._size > MOST_BYTES:
            self._drop()
        return left


def _own(request: HttpRequest, key: str) -> Register:
    """A register that the person sees, 404 else."""
    rows = Register.objects.select_related("evaluation", "mapping", "job")
    found: Register = get_object_or_404(visible(signed_in(request), rows), key=key)
    return found


@csrf_exempt  # the check reads the whole upload; it is made in ``_bring``, once the way into the shelf is laid
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registers(request: HttpRequest) -> HttpResponse:
    """Where registers are brought, and those that were."""
    user = signed_in(request)
    own = queries.plannable(user)
    if not (may(user, Verb.PLAN) or own.exists()):
        raise PermissionDenied(_("Registers are brought by the head of evaluation, and by the manager of an evaluation for that one."))
    if request.method == "POST":
        request.upload_handlers = [IntoShelfSmall(request)]
        return csrf_protect(_bring)(request)
    return _list(request, user, forms.Bring(evaluations=own, whole_office=may(user, Verb.PLAN)))


def _list(request: HttpRequest, user: User, form: forms.Bring, status: int = 200) -> HttpResponse:
    rows = visible(user, Register.objects.select_related("evaluation", "mapping"))
    context = {"form": form, "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "mb": MOST_BYTES >> 20}
    return render(request, "follow_up/registers/list.html", context, status=status)


def _bring(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    # Reading POST reads the file.
    form = forms.Bring(request.POST, evaluations=queries.plannable(user), whole_office=may(user, Verb.PLAN))
    kept = request.FILES.get("file")
    if not isinstance(kept, Kept):
        form.add_error(None, _("No file was chosen. Choose an XLSX or CSV file, then send it."))
    elif not kept.size:
        form.add_error(None, _("%(file)s: It is empty (0 bytes). Export it again.") % {"file": kept.name})
    elif kept.fault == "disk":
        form.add_error(None, _("There is no room left for it on the office's disk. Ask the administrator, then bring it again."))
    elif not kept.sha256:
        form.add_error(None, f"{kept.name}: {too_large()}")
    if not form.is_valid() or not isinstance(kept, Kept):
        return _list(request, user, form, 422)
    made = actions.bring(user, name=queries.shown_name(kept.name or ""), sha256=kept.sha256, evaluation=form.cleaned_data["evaluation"])
    return redirect("register", key=made.key)


@never_cache
@require_safe
def register(request: HttpRequest, key: str) -> HttpResponse:
    """A register: what it would bring, or how far it has come, or what became of it."""
    return _page(request, _own(request, key))


def _page(request: HttpRequest, found: Register, form: forms.Mapped | None = None, status: int = 200) -> HttpResponse:
    user = signed_in(request)
    context: dict[str, Any] = {"register": found, "may_plan": may(user, Verb.PLAN, found.evaluation), "asked": request.get_full_path()}
    under_way = found.state in {Register.State.UPLOADED, Register.State.IMPORTING, Register.State.REVERSING}
    context["under_way"] = under_way and not queries.given_up(found)
    context["given_up"] = under_way and queries.given_up(found)
    if found.state == Register.State.READ:
        fields = Fields.model_validate(found.fields)
        context |= {
            "form": form or forms.Mapped(register=found),
            "sheet_form": forms.Sheet(register=found),
            "first": first_rows(found),
            "counts": queries.Counts.of(found),
            "fields": fields,
            "missing": fields.missing(found.headings),
            "mappings": Mapping.objects.all()[:200],
            "rest": queries.own_evaluation(found),
        }
    elif found.state in {Register.State.IMPORTED, Register.State.REVERSED}:
        context["outcomes"] = queries.outcomes(found)
    part = request.headers.get("HX-Target") == "progress"
    return render(request, "follow_up/registers/progress.html" if part else "follow_up/registers/register.html", context, status=status)


@require_POST
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Read another sheet, or take another row for the headings."""
    found = _own(request, key)
    form = forms.Sheet(request.POST, register=found)
    if form.is_valid():
        try:
            actions.read_anew(signed_in(request), found, form.cleaned_data["sheet"], form.cleaned_data["header"])
        except Refused as fault:
            messages.error(request, str(fault))
    else:
        messages.error(request, _("Choose a sheet of the file, and the number of the row that holds the headings."))
    return redirect("register", key=key)


@require_POST
def mapping(request: HttpRequest, key: str) -> HttpResponse:
    """Say what the columns mean, or use a mapping that is remembered."""
    user, found = signed_in(request), _own(request, key)
    if "use" in request.POST:
        chosen = get_object_or_404(Mapping, pk=request.POST["use"]) if request.POST["use"].isdigit() else None
        if chosen is None:
            raise Http404
        try:
            actions.use(user, found, chosen)
            messages.success(request, _("The mapping “%(name)s” is used.") % {"name": chosen.name})
        except Refused as fault:
            messages.error(request, str(fault))
        return redirect("register", key=key)
    if found.state != Register.State.READ:
        messages.error(request, _("It is %(state)s.") % {"state": found.get_state_display()})
        return redirect("register", key=key)
    form = forms.Mapped(request.POST, register=found)
    if form.is_valid():
        try:
            actions.remap(user, found, form.chosen(), name=form.cleaned_data["name"])
        except Refused as fault:
            told(form, fault)
        else:
            messages.success(request, _("The mapping is kept. What it would bring is counted anew."))
            return redirect("register", key=key)
    return _page(request, found, form, 422)


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest, key: str) -> HttpResponse:
    """Which units the printed words mean, page by page."""
    user, found = signed_in(request), _own(request, key)
    counts = queries.printed_units(found)
    page = Paginator(list(counts), UNITS).get_page(request.GET.get("page"))
    was = Fields.model_validate(found.fields)
    words = known.units_named(list(page))
    offered = {u.key: f"{u.name} ({u.code})" if u.code else u.name for u in Unit.objects.filter(valid_until=None)}
    form = forms.Units(request.POST or None, words=words, counts=counts, known=offered, was=was)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remap(user, found, was.model_copy(update={"units": {**was.units, **form.chosen()}}))
        except Refused as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, _("The units of this page are kept."))
        return redirect(request.get_full_path())
    context = {"register": found, "form": form, "page": page, "all": len(counts)}
    return render(request, "follow_up/registers/units.html", context, status=422 if form.errors else 200)


@require_POST
def take_over(request: HttpRequest, key: str) -> HttpResponse:
    """Have the rows taken over."""
    try:
        actions.begin(signed_in(request), _own(request, key))
    except Refused as fault:
        messages.error(request, str(fault))
    return redirect("register", key=key)


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Have an import taken back."""
    try:
        register_undoing.begin_back(signed_in(request), _own(request, key))
    except Refused as fault:
        messages.error(request, str(fault))
    return redirect("register", key=key)


@require_safe
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """What became of each row."""
    found = _own(request, key)
    filters = queries.Filters.of(request.GET)
    page = Paginator(queries.rows(found, filters), PAGE).get_page(request.GET.get("page"))
    context = {
        "register": found,
        "page": page,
        "lines": queries.told(found, page.object_list),
        "filters": filters,
        "outcomes": queries.outcomes(found),
        "kinds": queries.kinds(found),
    }
    return render(request, "follow_up/registers/rows.html", context)


@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """What became of each row, as a file."""
    found = _own(request, key)
    if form not in MEDIA_TYPES:
        raise Http404
    lines = map(tuple, queries.table(found, queries.Filters.of(request.GET)))
    heads = next(lines)
    body = as_csv(heads, lines) if form == "csv" else as_xlsx(found.name, "Rows", heads, lines, widths={}, width=18)
    response = HttpResponse(body, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{found.key}-rows.{form}"'
    return response
