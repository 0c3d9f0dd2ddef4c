"""Work of evaluations in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail import __version__
from evaltrail.check import check
from evaltrail.check.sheet import sheet
from evaltrail_office.evaluations.actions_proposals import propose
from evaltrail_office.evaluations.models import Assessment, Check
from evaltrail_office.jobs.handlers import Work, handler
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Document, Version

if TYPE_CHECKING:
    from evaltrail.check.report import Report


@handler("evaluations.check", gettext_lazy("Checking a paper"))
def check_version(work: Work) -> dict[str, Any]:
    """Check a version of a document and keep the report. Done again, it replaces what an earlier version of the program found."""
    version = Version.objects.filter(pk=work.args["version"]).first()
    if version is None:
        return {}
    work.step(0, 1, _("checking"))
    report = check(store.load(version))
    keep(version, report)
    work.step(1, 1)
    return {"remarks": len(report.remarks)}


@handler("evaluations.assess", gettext_lazy("Holding a paper against a quality standard"))
def fill_sheet(work: Work) -> dict[str, Any]:
    """Find out for each item of an assessment's standard what the program has to say of it. Done again, it changes nothing."""
    found = Assessment.objects.select_related("document").filter(pk=work.args["assessment"]).first()
    if found is None or found.body is not None:
        return {}
    work.step(0, 1, _("checking"))
    version = found.document.versions.get(number=found.version)
    made = sheet(store.load(version), found.profile)
    Assessment.objects.filter(pk=found.pk, body__isnull=True).update(body=made.model_dump(mode="json", by_alias=True))
    work.step(1, 1)
    return {"items": len(made.rows)}


@handler("evaluations.facets", gettext_lazy("Looking what a paper is about"))
def look(work: Work) -> dict[str, Any]:
    """Propose from a paper's words what its evaluations are about. Done again, it changes nothing."""
    document = Document.objects.select_related("current").filter(key=work.args["document"]).exclude(current=None).first()
    return {"changed": _looked_at(document)} if document is not None else {}


@handler("evaluations.facets_of_all", gettext_lazy("Looking what all papers are about"))
def look_at_all(work: Work) -> dict[str, Any]:
    """The same for every paper: themes that the office has by now are found in papers that were read before."""
    keys = list(Document.objects.exclude(current=None).order_by("pk").values_list("pk", flat=True))
    changed = 0
    for n, pk in enumerate(keys):
        work.step(n, len(keys))
        document = Document.objects.select_related("current").filter(pk=pk).exclude(current=None).first()
        changed += _looked_at(document) if document is not None else 0
    work.step(len(keys), len(keys))
    return {"papers": len(keys), "changed": changed}


def _looked_at(document: Document) -> int:
    with transaction.atomic():
        changed = propose(document)
        if changed:
            note("system:facets", "proposed for", f"document:{document.key}", about=store.about(document), new={"changed": changed})
    return changed


def keep(version: Version, report: Report) -> Check:
    """Keep a report with its counts."""
    counted = [remark.severity for remark in report.remarks]
    columns = {
        "program": __version__,
        "profile": report.profile.name[:120],
        "errors": counted.count("error"),
        "warnings": counted.count("warning"),
        "notes": counted.count("note"),
        "body": report.model_dump(mode="json", by_alias=True),
    }
    kept, _made = Check.objects.update_or_create(version=version, defaults=columns)
    return kept
